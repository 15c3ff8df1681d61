//! A self-contained proof that one entry is in a log (`c2sp.org/tlog-proof@v1`).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra (base64, optional)
//! index 73894
//! gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
//! …
//!
//! (the signed checkpoint)
//! ```

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use values::Digest;

use crate::checkpoint::Checkpoint;
use crate::merkle;
use crate::note::{Note, NoteError, VerifierKey};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof of one entry. Kept in files that end in `.tlog-proof`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Data the application adds; not covered by the proof.
    pub extra: Option<Vec<u8>>,
    /// The entry's place in the log, from 0.
    pub index: u64,
    /// The inclusion path, the entry's sibling first.
    pub path: Vec<Digest>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// Why a proof is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// The text does not have the form of a proof.
    #[error("this is not a tlog-proof@v1: {0}")]
    Form(&'static str),
    /// The checkpoint is not accepted.
    #[error(transparent)]
    Checkpoint(#[from] NoteError),
    /// Entry and path do not lead to the checkpoint's root.
    #[error(
        "the entry is not at place {index} of the {size} entries that the checkpoint covers, or it was changed"
    )]
    NotIncluded {
        /// The place the proof names.
        index: u64,
        /// The size of the log.
        size: u64,
    },
}

impl Proof {
    /// Makes the proof of entry `index` from all leaf hashes that `checkpoint` covers. `None` where there is no such entry.
    pub fn of(leaves: &[Digest], index: usize, checkpoint: &Note) -> Option<Self> {
        let path = merkle::inclusion(leaves, index)?;
        Some(Self { extra: None, index: index as u64, path, checkpoint: checkpoint.clone() })
    }

    /// Checks that `entry` stands where the proof says, in a log that `key` signed. Returns the checkpoint.
    pub fn verify(&self, entry: &[u8], key: &VerifierKey) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, key)?;
        let reached =
            merkle::root_from_inclusion(merkle::leaf(entry), self.index, checkpoint.size, &self.path);
        if reached == Some(checkpoint.root) {
            Ok(checkpoint)
        } else {
            Err(ProofError::NotIncluded { index: self.index, size: checkpoint.size })
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", STANDARD.encode(hash.as_bytes()))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Proof {
    type Err = ProofError;

    fn from_str(given: &str) -> Result<Self, ProofError> {
        let (head, note) = given.split_once("\n\n").ok_or(ProofError::Form("no blank line"))?;
        let mut lines = head.lines().peekable();
        if lines.next() != Some(HEADER) {
            return Err(ProofError::Form("the first line is another"));
        }
        let mut extra = None;
        if let Some(line) = lines.next_if(|line| line.starts_with("extra ")) {
            let bytes = STANDARD.decode(&line["extra ".len()..]);
            extra = Some(bytes.map_err(|_| ProofError::Form("the extra data is not base64"))?);
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index ")?.parse().ok());
        let index = index.ok_or(ProofError::Form("no index"))?;
        let hash = |line: &str| -> Option<Digest> {
            let bytes: [u8; 32] = STANDARD.decode(line).ok()?.try_into().ok()?;
            Some(Digest::from_bytes(bytes))
        };
        let path: Option<Vec<Digest>> = lines.map(hash).collect();
        let path = path.filter(|path| path.len() <= 63).ok_or(ProofError::Form("a hash is not 32 bytes"))?;
        Ok(Self { extra, index, path, checkpoint: note.parse()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::SigningKey;

    #[test]
    fn a_proof_reads_back_and_fails_after_any_one_byte_changed() {
        let key = SigningKey::new("redress.example/case", [9; 32]).unwrap();
        let entries: Vec<Vec<u8>> = (0..11u8).map(|n| vec![n; 5]).collect();
        let leaves: Vec<Digest> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
        let checkpoint = Checkpoint::of(key.name(), &leaves).sign(&key);
        let proof = Proof::of(&leaves, 6, &checkpoint).unwrap();
        let text = proof.to_string();
        assert_eq!(text.parse(), Ok(proof));
        for index in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[index] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let accepted = changed
                .parse::<Proof>()
                .is_ok_and(|proof| proof.verify(&entries[6], &key.verifier()).is_ok());
            assert!(!accepted, "byte {index} changed and nobody noticed");
        }
    }
}
