//! Proofs of time over this log's checkpoints: `ledger/stamps`.
//!
//! ```text
//! ledger/stamps/<digest>.tsr          what the authority sent, as received; named by its own SHA-256
//! ledger/stamps/<digest>.checkpoint   the signed checkpoint it is over
//! ledger/stamps/<digest>.pem          the certificates from the signer to the root it was checked against
//! ```
//!
//! An OpenTimestamps proof ends in `.ots` and has no certificates. A stamp of a checkpoint covers every event up to its
//! size, and every object those name. They lie beside the log, not among the objects, so that they stay readable while
//! the private part is locked.

use std::path::{Path, PathBuf};

use record::{StampKind, What};
use seal::keys::Hash;
use seal::note::Note;
use seal::timestamp::{self, Covered, Ended};
use seal::x509::{self, Certificate};
use seal::{ots, roots};
use values::{Digest, Moment};

use crate::ledger::Ledger;
use crate::verify::{Check, Verdict};
use crate::{CaseError, disk};

/// One kept proof of time.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// How many events it covers.
    pub size: u64,
    /// What sort of proof.
    pub kind: StampKind,
    /// Its bytes, as received.
    pub token: Vec<u8>,
    /// The signed checkpoint it is over.
    pub checkpoint: Vec<u8>,
    /// The certificates kept with it (PEM), signer first; empty for OpenTimestamps.
    pub certificates: String,
}

/// A proof of time that is to be kept.
#[derive(Debug, Clone)]
pub struct NewStamp<'a> {
    /// What sort of proof.
    pub kind: StampKind,
    /// Its bytes, as received.
    pub token: &'a [u8],
    /// The checkpoint it is over.
    pub checkpoint: &'a Note,
    /// The chain it was checked against, each DER, signer first.
    pub chain: &'a [Vec<u8>],
}

fn path(folder: &Path, token: &Digest, ending: &str) -> PathBuf {
    folder.join("stamps").join(format!("{token}.{ending}"))
}

impl Ledger {
    /// Writes a proof's files. Returns its digest and how many events it covers.
    pub(crate) fn keep_stamp(&self, new: &NewStamp<'_>) -> Result<(Digest, u64), CaseError> {
        let size = self.was(new.checkpoint)?.size;
        let digest = Digest::of(new.token);
        let folder = self.folder();
        disk::make_folder(&folder.join("stamps"))?;
        let pem: String = new.chain.iter().map(|der| x509::to_pem(der)).collect();
        if !pem.is_empty() {
            disk::replace(&path(folder, &digest, "pem"), pem.as_bytes())?;
        }
        disk::replace(&path(folder, &digest, "checkpoint"), new.checkpoint.to_string().as_bytes())?;
        disk::replace(&path(folder, &digest, new.kind.ending()), new.token)?;
        disk::sync_folder(folder)?;
        Ok((digest, size))
    }

    /// Reads every proof that the log names. Errors where one is gone.
    pub fn stamps(&self) -> Result<Vec<Stamp>, CaseError> {
        let mut stamps = Vec::new();
        for event in self.events(0) {
            if let What::Stamped { size, token, kind } = event?.1.what {
                stamps.push(self.stamp(size, &token, kind)?);
            }
        }
        Ok(stamps)
    }

    fn stamp(&self, size: u64, token: &Digest, kind: StampKind) -> Result<Stamp, CaseError> {
        let read = |ending: &str| {
            disk::read(&path(self.folder(), token, ending)).map_err(|_| CaseError::ObjectBroken(*token))
        };
        let bytes = read(kind.ending())?;
        if Digest::of(&bytes) != *token {
            return Err(CaseError::ObjectBroken(*token));
        }
        let certificates =
            read("pem").map(|pem| String::from_utf8_lossy(&pem).into_owned()).unwrap_or_default();
        Ok(Stamp { size, kind, token: bytes, checkpoint: read("checkpoint")?, certificates })
    }

    /// Checks every proof of time the log names; `roots` are trusted beside those shipped.
    pub(crate) fn check_stamps(&self, trusted: &[Certificate]) -> Result<Vec<Check>, CaseError> {
        let mut known = roots::shipped();
        known.extend_from_slice(trusted);
        let mut checks = Vec::new();
        for event in self.events(0) {
            let What::Stamped { size, token, kind } = event?.1.what else { continue };
            checks.push(match self.stamp(size, &token, kind) {
                Ok(stamp) => self.check_stamp(&stamp, &known),
                Err(error) => Check {
                    what: format!("The proof of time over {size} events is there and unchanged"),
                    verdict: Verdict::Failed(error.to_string()),
                },
            });
        }
        Ok(checks)
    }

    fn check_stamp(&self, stamp: &Stamp, known: &[Certificate]) -> Check {
        let note = std::str::from_utf8(&stamp.checkpoint).ok().and_then(|text| text.parse::<Note>().ok());
        let covers = match &note {
            Some(note) => self.was(note).map_err(|error| error.to_string()),
            None => Err("the checkpoint it is over does not read".to_owned()),
        };
        let over = format!("the ledger's first {} events", stamp.size);
        match covers {
            Ok(checkpoint) if checkpoint.size == stamp.size => judge(stamp, &over, known),
            Ok(_) => {
                let why = "the checkpoint it is over has another size than the ledger says".to_owned();
                Check { what: format!("A proof of time covers {over}"), verdict: Verdict::Failed(why) }
            }
            Err(why) => {
                Check { what: format!("A proof of time covers {over}"), verdict: Verdict::Failed(why) }
            }
        }
    }
}

/// Checks one proof of time against the bytes it is over, and says so of `over`.
pub fn judge(stamp: &Stamp, over: &str, known: &[Certificate]) -> Check {
    match stamp.kind {
        StampKind::Rfc3161 => judge_token(stamp, over, known),
        StampKind::OpenTimestamps => judge_ots(stamp, over),
    }
}

fn judge_token(stamp: &Stamp, over: &str, known: &[Certificate]) -> Check {
    let others = x509::from_pem(&stamp.certificates);
    let checks = timestamp::verify(&stamp.token, Covered::Data(&stamp.checkpoint), None, &others, known);
    let (at, by) = said(&checks);
    let what = format!("{by} saw {over} at {at} (RFC 3161)");
    let verdict = match checks.first_fault() {
        None => Verdict::Passed,
        Some(fault) => match &fault.ended {
            // Nothing is wrong with the stamp itself: whose root to trust is the reader's to say.
            Ended::Failed(why) if fault.name == "chain" && only_untrusted(&stamp.token, stamp, &others) => {
                Verdict::NotChecked(format!(
                    "{why}. Everything else about it holds; name the root you trust with --trust ROOT.pem"
                ))
            }
            Ended::Failed(why) => Verdict::Failed(format!("{}: {why}", fault.name)),
            Ended::NotChecked(why) => Verdict::NotChecked(why.clone()),
            Ended::Passed => Verdict::Passed,
        },
    };
    Check { what, verdict }
}

/// Tells whether the stamp holds once the root kept with it is taken for trusted.
fn only_untrusted(token: &[u8], stamp: &Stamp, others: &[Certificate]) -> bool {
    timestamp::verify(token, Covered::Data(&stamp.checkpoint), None, others, others).holds()
}

fn said(checks: &timestamp::Checks) -> (String, String) {
    let stamp = checks.stamp.as_ref();
    (
        stamp.map_or_else(|| "an unreadable time".to_owned(), |stamp| stamp.at.to_rfc3339()),
        stamp.and_then(|stamp| stamp.signer.clone()).map_or_else(
            || "A time-stamping authority".to_owned(),
            |signer| format!("The time-stamping authority “{signer}”"),
        ),
    )
}

fn judge_ots(stamp: &Stamp, over: &str) -> Check {
    let what = format!("A Bitcoin block covers {over} (OpenTimestamps)");
    let verdict = match ots::Proof::read(&stamp.token) {
        Err(error) => Verdict::Failed(error.to_string()),
        Ok(proof) if !is_over(&proof, &stamp.checkpoint) => {
            Verdict::Failed("the proof is over other bytes than the checkpoint".to_owned())
        }
        // The header of a block is not in the proof, and fetching it needs the network: never passed here.
        Ok(proof) => Verdict::NotChecked(lower_first(&proof.said())),
    };
    Check { what, verdict }
}

/// Tells whether an OpenTimestamps proof is over these bytes.
pub fn is_over(proof: &ots::Proof, bytes: &[u8]) -> bool {
    let digest = match proof.hash {
        ots::FileHash::Sha256 => Hash::Sha256.of(bytes),
        // Weak or not computed here: such a proof does not fix the bytes.
        _ => return false,
    };
    digest == proof.digest
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().collect::<String>() + chars.as_str())
}

/// Returns the time in a proof, where it holds one that an authority signed. Nothing is checked.
pub fn time_said(stamp: &Stamp) -> Option<Moment> {
    match stamp.kind {
        StampKind::Rfc3161 => timestamp::read(&stamp.token).ok().map(|read| read.at),
        StampKind::OpenTimestamps => None,
    }
}
