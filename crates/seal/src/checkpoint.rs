//! A signed tree head (`c2sp.org/tlog-checkpoint`): origin, size and root of a log, as the text of a signed note.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use values::Digest;

use crate::merkle;
use crate::note::{Note, NoteError, SigningKey, VerifierKey};

/// What a log was when it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many entries it held.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
}

impl Checkpoint {
    /// Returns the head of the log `origin` over `leaves` (leaf hashes).
    pub fn of(origin: &str, leaves: &[Digest]) -> Self {
        Self { origin: origin.to_owned(), size: leaves.len() as u64, root: merkle::root(leaves) }
    }

    /// Writes the three lines of the body.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.as_bytes()))
    }

    /// Signs the body.
    pub fn sign(&self, key: &SigningKey) -> Note {
        key.sign(&self.body())
    }

    /// Reads the body. Lines behind the third are extensions and ignored. Errors with [`NoteError::Form`].
    pub fn read(body: &str) -> Result<Self, NoteError> {
        let mut lines = body.lines();
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(NoteError::Form("no origin"))?;
        let size = lines.next().ok_or(NoteError::Form("no tree size"))?;
        if size.len() > 1 && size.starts_with('0') || !size.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoteError::Form("the tree size is not a plain number"));
        }
        let size = size.parse().map_err(|_| NoteError::Form("the tree size is not a plain number"))?;
        let root = lines.next().and_then(|line| STANDARD.decode(line).ok());
        let root: Option<[u8; 32]> = root.and_then(|bytes| bytes.try_into().ok());
        let root = root.ok_or(NoteError::Form("no root hash"))?;
        Ok(Self { origin: origin.to_owned(), size, root: Digest::from_bytes(root) })
    }

    /// Reads the checkpoint of `note` where `key` signed it and it is of the log the key is named after.
    pub fn verify(note: &Note, key: &VerifierKey) -> Result<Self, NoteError> {
        let checkpoint = Self::read(note.verify(key)?)?;
        if checkpoint.origin == key.name() {
            Ok(checkpoint)
        } else {
            Err(NoteError::Form("the checkpoint is of another log"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_reads_back() {
        let key = SigningKey::new("redress.example/case", [3; 32]).unwrap();
        let checkpoint = Checkpoint::of(key.name(), &[merkle::leaf(b"a"), merkle::leaf(b"b")]);
        let note = checkpoint.sign(&key);
        assert_eq!(Checkpoint::verify(&note.to_string().parse().unwrap(), &key.verifier()), Ok(checkpoint));
    }

    #[test]
    fn sizes_are_plain_numbers() {
        for size in ["01", "+1", "-1", "1 ", "", "99999999999999999999"] {
            assert!(
                Checkpoint::read(&format!("a\n{size}\n{}\n", STANDARD.encode([0; 32]))).is_err(),
                "{size}"
            );
        }
    }
}
