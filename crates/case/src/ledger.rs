//! The ledger: an append-only log of events with a Merkle tree over its lines and a signed checkpoint.
//!
//! `ledger/log` holds one event a line, as JSON. The line without its line feed is the leaf. `ledger/checkpoint` is the
//! signed size and root. A line is written and synced first, the checkpoint after it: a crash in between leaves lines
//! the checkpoint does not cover yet, which are taken up at the next opening; a line without its line feed was never
//! acknowledged and is cut off.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use record::{Event, What};
use seal::checkpoint::Checkpoint;
use seal::merkle::{self, Frontier};
use seal::note::{Note, SigningKey, VerifierKey};
use seal::proof::Proof;
use values::Digest;

use crate::keys::{self, Keys};
use crate::{CaseError, disk};

/// The ledger of an open case.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    log: File,
    length: u64,
    lines: Vec<String>,
    leaves: Vec<Digest>,
    frontier: Frontier,
    key: SigningKey,
    checkpoint: Note,
}

impl Ledger {
    /// Begins the ledger of a new case with its first event.
    pub(crate) fn create(
        root: &Path,
        origin: &str,
        first: impl FnOnce(&VerifierKey) -> Event,
    ) -> Result<Self, CaseError> {
        let folder = root.join("ledger");
        disk::make_folder(&folder)?;
        let key = Keys::under(&folder).make(origin)?;
        let log = disk::append_to(&folder.join("log"))?;
        let checkpoint = Checkpoint::of(origin, &[]).sign(&key);
        let (lines, leaves) = (Vec::new(), Vec::new());
        let frontier = Frontier::new();
        let mut ledger = Self { folder, log, length: 0, lines, leaves, frontier, key, checkpoint };
        let event = first(&ledger.key.verifier());
        ledger.append(&[event])?;
        Ok(ledger)
    }

    /// Opens the ledger under `root`: reads every line, cuts off a torn one, checks the checkpoint.
    pub(crate) fn open(root: &Path) -> Result<Self, CaseError> {
        let folder = root.join("ledger");
        let key = Keys::under(&folder).load()?;
        let path = folder.join("log");
        let bytes = disk::read(&path)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let lines = read_lines(&bytes[..whole])?;
        let checkpoint = read_checkpoint(&folder)?;
        let log = disk::append_to(&path)?;
        let leaves: Vec<Digest> = lines.iter().map(|line| merkle::leaf(line.as_bytes())).collect();
        let mut frontier = Frontier::new();
        leaves.iter().for_each(|leaf| frontier.append(*leaf));
        let length = whole as u64;
        let mut ledger = Self { folder, log, length, lines, leaves, frontier, key, checkpoint };
        let covered = ledger.check()?;
        if whole < bytes.len() {
            ledger.log.set_len(length).map_err(disk::failed("Writing", &path))?;
        }
        if covered < ledger.leaves.len() as u64 {
            ledger.sign()?;
        }
        Ok(ledger)
    }

    /// Returns how many events there are.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Returns the root over all events.
    pub fn root(&self) -> Digest {
        self.frontier.root()
    }

    /// Returns the root over the first `size` events, or `None` where there are fewer.
    pub fn root_at(&self, size: u64) -> Option<Digest> {
        let size = usize::try_from(size).ok()?;
        self.leaves.get(..size).map(merkle::root)
    }

    /// Returns the signed checkpoint over all events.
    pub fn checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// Returns the key that checks the checkpoint.
    pub fn verifier(&self) -> VerifierKey {
        self.key.verifier()
    }

    /// Returns the line of event `index`, exactly as it was hashed.
    pub fn line(&self, index: u64) -> Option<&str> {
        self.lines.get(usize::try_from(index).ok()?).map(String::as_str)
    }

    /// Returns the events from `first` on, each with its place in the log.
    pub fn events(&self, first: u64) -> impl Iterator<Item = Result<(u64, Event), CaseError>> + '_ {
        let skip = usize::try_from(first).unwrap_or(usize::MAX);
        self.lines.iter().enumerate().skip(skip).map(|(index, line)| {
            let event = serde_json::from_str(line).map_err(|error| {
                CaseError::LedgerBroken(format!("line {} does not read as an event: {error}", index + 1))
            })?;
            Ok((index as u64, event))
        })
    }

    /// Returns the proof that event `index` is in the log, against the present checkpoint.
    pub fn proof(&self, index: u64) -> Option<Proof> {
        Proof::of(&self.leaves, usize::try_from(index).ok()?, &self.checkpoint)
    }

    /// Appends events and signs the new checkpoint. When this returns, they survive a power cut.
    ///
    /// On an error the log is cut back to what it was: none of the events happened.
    pub fn append(&mut self, events: &[Event]) -> Result<(), CaseError> {
        let mut text = String::new();
        let mut lines = Vec::with_capacity(events.len());
        for event in events {
            let line = serde_json::to_string(event)
                .map_err(|error| CaseError::LedgerBroken(format!("an event cannot be written: {error}")))?;
            text.push_str(&line);
            text.push('\n');
            lines.push(line);
        }
        let path = self.folder.join("log");
        let written = self.log.write_all(text.as_bytes()).and_then(|()| self.log.sync_data());
        if let Err(error) = written {
            // A disk that is full takes part of a line: take it back, so that the log ends with a whole one.
            let _second_failure_is_mended_at_the_next_opening = self.log.set_len(self.length);
            return Err(disk::failed("Writing", &path)(error));
        }
        self.length += text.len() as u64;
        for line in lines {
            let leaf = merkle::leaf(line.as_bytes());
            self.leaves.push(leaf);
            self.frontier.append(leaf);
            self.lines.push(line);
        }
        self.sign()
    }

    fn sign(&mut self) -> Result<(), CaseError> {
        let checkpoint = Checkpoint {
            origin: self.key.name().to_owned(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        self.checkpoint = checkpoint.sign(&self.key);
        disk::replace(&self.folder.join("checkpoint"), self.checkpoint.to_string().as_bytes())
    }

    /// Checks the checkpoint's signature and root against the lines, and the key against the log's own record of it.
    /// Returns how many lines the checkpoint covers.
    fn check(&self) -> Result<u64, CaseError> {
        let broken = |what: String| CaseError::LedgerBroken(what);
        let key = current_key(self)?;
        let checkpoint =
            Checkpoint::verify(&self.checkpoint, &key).map_err(|error| broken(error.to_string()))?;
        match self.root_at(checkpoint.size) {
            None => Err(broken(format!(
                "the checkpoint covers {} events and the log holds {}",
                checkpoint.size,
                self.leaves.len()
            ))),
            Some(root) if root != checkpoint.root => Err(broken("an event was changed".to_owned())),
            Some(_) => Ok(checkpoint.size),
        }
    }
}

/// The key that the log itself says signs it now.
fn current_key(ledger: &Ledger) -> Result<VerifierKey, CaseError> {
    let mut current = None;
    for event in ledger.events(0) {
        match event?.1.what {
            What::Opened { key, .. } | What::KeyChanged { key } => current = Some(key),
            _ => {}
        }
    }
    let current = current.ok_or_else(|| CaseError::LedgerBroken("it has no first event".to_owned()))?;
    keys::verifier(&current)
}

fn read_lines(bytes: &[u8]) -> Result<Vec<String>, CaseError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| CaseError::LedgerBroken(format!("it is not UTF-8 ({error})")))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn read_checkpoint(folder: &Path) -> Result<Note, CaseError> {
    let text = String::from_utf8(disk::read(&folder.join("checkpoint"))?)
        .map_err(|_| CaseError::LedgerBroken("the checkpoint is not text".to_owned()))?;
    text.parse().map_err(|error: seal::note::NoteError| CaseError::LedgerBroken(error.to_string()))
}
