//! The ledger: an append-only log of events with a Merkle tree over its lines and a signed checkpoint.
//!
//! `ledger/log` holds one event a line, as JSON. The line without its line feed is the leaf. `ledger/checkpoint` is the
//! signed size and root. A line is written and synced first, the checkpoint after it: a crash in between leaves lines
//! the checkpoint does not cover yet, which are taken up at the next opening; a line without its line feed was never
//! acknowledged and is cut off.
//!
//! Which key signs is itself an event, so the log says for each of its sizes whose signature its checkpoint must bear:
//! an old checkpoint stays checkable after the key was changed. A locked case has no signing key at hand; its ledger
//! can be looked at (`Ledger::look`) and not appended to.

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
    /// Where each key came into force: from that many events on. In the order of the log; never empty.
    keys: Vec<(u64, VerifierKey)>,
    /// Absent where the case is locked.
    signer: Option<SigningKey>,
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
        let (frontier, keys, signer) = (Frontier::new(), vec![(0, key.verifier())], Some(key));
        let mut ledger = Self { folder, log, length: 0, lines, leaves, frontier, keys, signer, checkpoint };
        let event = first(&ledger.verifier());
        ledger.append(&[event])?;
        Ok(ledger)
    }

    /// Opens the ledger under `root`: reads every line, cuts off a torn one, checks the checkpoint.
    pub(crate) fn open(root: &Path) -> Result<Self, CaseError> {
        let (mut ledger, torn, covered) = Self::read(root)?;
        ledger.signer = Some(Keys::under(&ledger.folder).load(&ledger.verifier())?);
        if torn {
            let path = ledger.folder.join("log");
            ledger.log.set_len(ledger.length).map_err(disk::failed("Writing", &path))?;
        }
        if covered < ledger.size() {
            ledger.sign()?;
        }
        Ok(ledger)
    }

    /// Reads the ledger under `root` and checks its checkpoint, without the signing key and without changing anything.
    pub(crate) fn look(root: &Path) -> Result<Self, CaseError> {
        Self::read(root).map(|(ledger, ..)| ledger)
    }

    /// Reads lines and checkpoint. Returns also whether a torn line follows, and how many lines the checkpoint covers.
    fn read(root: &Path) -> Result<(Self, bool, u64), CaseError> {
        let folder = root.join("ledger");
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
        let (keys, signer) = (Vec::new(), None);
        let mut ledger = Self { folder, log, length, lines, leaves, frontier, keys, signer, checkpoint };
        ledger.keys = keys_in_force(&ledger)?;
        let covered = ledger.check()?;
        Ok((ledger, whole < bytes.len(), covered))
    }

    /// Returns the folder `ledger`.
    pub fn folder(&self) -> &Path {
        &self.folder
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
        self.keys[self.keys.len() - 1].1.clone()
    }

    /// Returns every key that ever signed, each with the number of events from which on it did, in order.
    pub fn verifiers(&self) -> &[(u64, VerifierKey)] {
        &self.keys
    }

    /// Returns the key whose signature a checkpoint over `size` events must bear.
    pub fn verifier_at(&self, size: u64) -> &VerifierKey {
        let later = self.keys.partition_point(|(from, _)| *from <= size);
        &self.keys[later.max(1) - 1].1
    }

    /// Checks that `note` is a checkpoint of this log as it once was. Returns what it says.
    pub fn was(&self, note: &Note) -> Result<Checkpoint, CaseError> {
        let wrong = |what: String| CaseError::NotOfThisLog(what);
        let said = Checkpoint::read(note.text()).map_err(|error| wrong(error.to_string()))?;
        let checkpoint = Checkpoint::verify(note, self.verifier_at(said.size))
            .map_err(|error| wrong(error.to_string()))?;
        match self.root_at(checkpoint.size) {
            Some(root) if root == checkpoint.root => Ok(checkpoint),
            Some(_) => Err(wrong("its root is another than that of this log".to_owned())),
            None => Err(wrong("it covers more events than this log has".to_owned())),
        }
    }

    /// Makes again every checkpoint this log ever had under its present key, the latest first.
    ///
    /// Signatures of the kind used here depend on nothing but key and text, so these are the same bytes as then.
    pub fn past_checkpoints(&self) -> impl Iterator<Item = Note> + '_ {
        let from = self.keys[self.keys.len() - 1].0.max(1);
        let mut notes = Vec::new();
        if let Some(key) = &self.signer {
            let mut frontier = Frontier::new();
            for leaf in &self.leaves {
                frontier.append(*leaf);
                if frontier.size() >= from {
                    let (origin, size, root) = (key.name().to_owned(), frontier.size(), frontier.root());
                    notes.push(Checkpoint { origin, size, root });
                }
            }
        }
        notes.into_iter().rev().filter_map(|checkpoint| Some(checkpoint.sign(self.signer.as_ref()?)))
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

    /// Returns the proof that event `index` is in the log, against an earlier checkpoint of it; `None` where that does
    /// not cover it.
    pub fn proof_under(&self, index: u64, checkpoint: &Note) -> Option<Proof> {
        let size = usize::try_from(self.was(checkpoint).ok()?.size).ok()?;
        Proof::of(self.leaves.get(..size)?, usize::try_from(index).ok()?, checkpoint)
    }

    /// Appends events and signs the new checkpoint. When this returns, they survive a power cut.
    ///
    /// On an error the log is cut back to what it was: none of the events happened.
    pub fn append(&mut self, events: &[Event]) -> Result<(), CaseError> {
        if self.signer.is_none() {
            return Err(CaseError::Locked(self.folder.parent().unwrap_or(&self.folder).to_owned()));
        }
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
        let before = (self.length, self.lines.len(), self.frontier.clone(), self.checkpoint.clone());
        let written = self.log.write_all(text.as_bytes()).and_then(|()| self.log.sync_data());
        let signed = match written {
            Ok(()) => {
                self.length += text.len() as u64;
                for line in lines {
                    let leaf = merkle::leaf(line.as_bytes());
                    self.leaves.push(leaf);
                    self.frontier.append(leaf);
                    self.lines.push(line);
                }
                self.sign()
            }
            Err(error) => Err(disk::failed("Writing", &path)(error)),
        };
        if signed.is_err() {
            // A disk that is full takes part of a line, or the lines and no checkpoint: take it all back, so that what
            // was reported as failed did not happen after all.
            let _second_failure_is_mended_at_the_next_opening = self.log.set_len(before.0);
            self.length = before.0;
            self.lines.truncate(before.1);
            self.leaves.truncate(before.1);
            (self.frontier, self.checkpoint) = (before.2, before.3);
        }
        signed
    }

    fn sign(&mut self) -> Result<(), CaseError> {
        let Some(key) = &self.signer else { return Ok(()) };
        let checkpoint = Checkpoint {
            origin: key.name().to_owned(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        self.checkpoint = checkpoint.sign(key);
        disk::replace(&self.folder.join("checkpoint"), self.checkpoint.to_string().as_bytes())
    }

    /// Makes a new signing key, of the same name, and puts it in force with the event that says so.
    ///
    /// The new key is on disk before the event, and takes the old one's place after it: whichever of the two a crash
    /// leaves, the log says which is in force and both are there.
    pub(crate) fn change_key(
        &mut self,
        event: impl FnOnce(&VerifierKey) -> Event,
    ) -> Result<VerifierKey, CaseError> {
        let origin = self.verifier().name().to_owned();
        let keys = Keys::under(&self.folder);
        let next = keys.make_next(&origin)?;
        let verifier = next.verifier();
        let event = event(&verifier);
        let before = (self.signer.replace(next), self.keys.len());
        self.keys.push((self.size() + 1, verifier.clone()));
        if let Err(error) = self.append(&[event]) {
            if self.keys.last().is_some_and(|(from, _)| *from > self.size()) {
                self.signer = before.0;
                self.keys.truncate(before.1);
            }
            return Err(error);
        }
        keys.promote_next(&verifier)?;
        Ok(verifier)
    }

    /// Checks the checkpoint's signature and root against the lines, and the key against the log's own record of it.
    /// Returns how many lines the checkpoint covers.
    fn check(&self) -> Result<u64, CaseError> {
        let broken = |what: String| CaseError::LedgerBroken(what);
        let said = Checkpoint::read(self.checkpoint.text()).map_err(|error| broken(error.to_string()))?;
        let key = self.verifier_at(said.size);
        let checkpoint =
            Checkpoint::verify(&self.checkpoint, key).map_err(|error| broken(error.to_string()))?;
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

/// The keys that the log itself says sign it, with the number of events from which on.
fn keys_in_force(ledger: &Ledger) -> Result<Vec<(u64, VerifierKey)>, CaseError> {
    let mut keys = Vec::new();
    for event in ledger.events(0) {
        let (line, event) = event?;
        match event.what {
            What::Opened { key, .. } | What::KeyChanged { key } => {
                keys.push((line + 1, keys::verifier(&key)?));
            }
            _ => {}
        }
    }
    if keys.is_empty() { Err(CaseError::LedgerBroken("it has no first event".to_owned())) } else { Ok(keys) }
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
