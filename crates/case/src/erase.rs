//! Erasing: bytes go, their digest stays as a tombstone in the ledger.
//!
//! The event is the commit: what it names is deleted after it, and a crash in between is finished at the next opening.
//! A capture takes with it what was made of it alone: its file name, its readings, files found inside it, and the sealed
//! words of exhibits that no other capture shows. `verify` then says how much was erased, and passes.
//!
//! What stays says that there was something: digests, sizes, counts and times, decisions with the words a person wrote
//! about them, and the map of a trace, which holds keys of posts and accounts and no words. Deleting a file does not
//! scrub the disk, and copies that left in packages are out of reach.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use record::{Actor, Capture, What};
use seal::proof::Proof;
use serde::Serialize;
use values::{Digest, Moment};

use crate::folder::{self, Case};
use crate::ledger::Ledger;
use crate::{CaseError, private, statements};

/// What is to be erased.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// These captures, with what was made of them alone.
    Captures(&'a [Digest]),
    /// Everything that the ledger names, the private set, what the app keeps and the index.
    Everything,
}

/// One tombstone, with the proof that it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tombstone {
    /// SHA-256 of the bytes that were erased.
    pub object: Digest,
    /// The line of the ledger, exactly as it was hashed.
    pub line: String,
    /// A C2SP `tlog-proof@v1` that the line is in the ledger.
    pub proof: String,
}

/// What a person may keep: what was erased, when, on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// When.
    pub at: Moment,
    /// On whose word.
    pub by: Actor,
    /// Why, in their words.
    pub why: String,
    /// What was erased.
    pub erased: Vec<Tombstone>,
    /// The key that checks the proofs.
    pub key: String,
}

/// What the ledger's detail object holds.
#[derive(Serialize)]
struct Detail<'a> {
    by: &'a Actor,
    why: &'a str,
}

/// For each digest that was ever erased, the place of the last event that says so.
pub(crate) fn erasures(ledger: &Ledger) -> Result<HashMap<Digest, u64>, CaseError> {
    let mut places = HashMap::new();
    for event in ledger.events(0) {
        let (place, event) = event?;
        if let What::Erased { object, .. } = event.what {
            places.insert(object, place);
        }
    }
    Ok(places)
}

/// Returns the digests that are erased now: named by an `Erased` event and by no later one. The same bytes may be kept
/// again after they were erased.
pub fn erased(ledger: &Ledger) -> Result<HashSet<Digest>, CaseError> {
    let mut places = erasures(ledger)?;
    if !places.is_empty() {
        for event in ledger.events(0) {
            let (place, event) = event?;
            if !matches!(event.what, What::Erased { .. }) {
                for digest in named(&event.what) {
                    if places.get(&digest).is_some_and(|erased| *erased < place) {
                        places.remove(&digest);
                    }
                }
            }
        }
    }
    Ok(places.into_keys().collect())
}

/// Returns the objects that an event names.
pub fn named(what: &What) -> Vec<Digest> {
    match what {
        What::Kept { capture, detail, .. } => vec![*capture, *detail],
        What::Read { capture, reading, .. } => vec![*capture, *reading],
        What::PicturesRead { reading, .. } => vec![*reading],
        What::Transcribed { transcription } => vec![*transcription],
        What::Logged { incident } => vec![*incident],
        What::Proposed { findings, .. } => vec![*findings],
        What::Traced { map, parameters } => vec![*map, *parameters],
        What::Decided { decisions, .. } => vec![*decisions],
        What::Exhibited { exhibit, opened_by, .. } => vec![*exhibit, *opened_by],
        What::Redacted { map, .. } => vec![*map],
        What::StepMarked { mark: noted }
        | What::Reported { report: noted }
        | What::ElementAnswered { answer: noted } => vec![*noted],
        What::ReportAnswered { report, answer } => vec![*report, *answer],
        What::Exported { detail, .. }
        | What::Viewed { detail }
        | What::Signed { detail, .. }
        | What::Erased { detail, .. } => vec![*detail],
        _ => Vec::new(),
    }
}

/// Tells whether the event at `place` can no longer be replayed, because what it names was erased after it.
pub(crate) fn touches(place: u64, what: &What, erasures: &HashMap<Digest, u64>) -> bool {
    !erasures.is_empty()
        && !matches!(what, What::Erased { .. })
        && named(what).iter().any(|digest| erasures.get(digest).is_some_and(|erased| *erased > place))
}

impl Case {
    /// Erases bytes and returns the receipt. Errors, with nothing changed, where a capture is not in the case.
    pub fn erase(
        &mut self,
        which: Which<'_>,
        by: &Actor,
        why: &str,
        now: Moment,
    ) -> Result<Receipt, CaseError> {
        let targets = match which {
            Which::Captures(captures) => self.with_what_hangs_on(captures)?,
            Which::Everything => self.everything()?,
        };
        let outcome = self.erase_objects(&targets, by, why, now);
        let first = self.told("erase", now, outcome)?;
        if matches!(which, Which::Everything) {
            private::erase(self.root())?;
            statements::erase(self.root())?;
            folder::erase_desk(self.root())?;
        }
        let mut erased = Vec::new();
        for (place, object) in targets.iter().enumerate() {
            let line = first + place as u64;
            erased.push(Tombstone {
                object: *object,
                line: self.ledger().line(line).unwrap_or_default().to_owned(),
                proof: self.ledger().proof(line).as_ref().map(Proof::to_string).unwrap_or_default(),
            });
        }
        let key = self.ledger().verifier().to_string();
        Ok(Receipt { at: now, by: by.clone(), why: why.to_owned(), erased, key })
    }

    fn erase_objects(
        &mut self,
        targets: &BTreeSet<Digest>,
        by: &Actor,
        why: &str,
        now: Moment,
    ) -> Result<u64, CaseError> {
        let detail = self.objects().put_json(&Detail { by, why })?;
        let first = self.ledger().size();
        let events = targets.iter().map(|object| What::Erased { object: *object, detail }).collect();
        self.append(now, events)?;
        for digest in targets {
            self.objects().delete(digest)?;
        }
        self.forget()?;
        Ok(first)
    }

    /// The objects that hold words read in pictures that are erased. One object holds several pictures: what it says of
    /// the others is lost with it and can be read again.
    fn words_out_of(
        &self,
        erased: &BTreeSet<Digest>,
        gone: &HashSet<Digest>,
    ) -> Result<Vec<Digest>, CaseError> {
        let names: Vec<String> = erased.iter().map(Digest::to_string).collect();
        let about = |text: &[u8]| {
            let text = String::from_utf8_lossy(text);
            names.iter().any(|name| text.contains(name.as_str()))
        };
        let mut targets = Vec::new();
        for event in self.ledger().events(0) {
            match event?.1.what {
                What::PicturesRead { reading, .. } if !gone.contains(&reading) => {
                    let mut found = false;
                    folder::for_lines(self.objects(), &reading, |line| {
                        found |= about(line);
                        Ok(())
                    })?;
                    targets.extend(found.then_some(reading));
                }
                What::Transcribed { transcription } if !gone.contains(&transcription) => {
                    let found = about(&self.objects().get(&transcription)?);
                    targets.extend(found.then_some(transcription));
                }
                _ => {}
            }
        }
        Ok(targets)
    }

    fn everything(&self) -> Result<BTreeSet<Digest>, CaseError> {
        let gone = erased(self.ledger())?;
        let mut targets = BTreeSet::new();
        for event in self.ledger().events(0) {
            let what = event?.1.what;
            if !matches!(what, What::Erased { .. }) {
                targets.extend(named(&what));
            }
        }
        targets.retain(|digest| !gone.contains(digest));
        Ok(targets)
    }

    /// The captures, with their names, readings, members and the words of exhibits that only they show.
    fn with_what_hangs_on(&self, captures: &[Digest]) -> Result<BTreeSet<Digest>, CaseError> {
        let gone = erased(self.ledger())?;
        let mut kept: BTreeMap<Digest, (Vec<Digest>, Vec<String>)> = BTreeMap::new();
        let mut readings: Vec<(Digest, Digest)> = Vec::new();
        for event in self.ledger().events(0) {
            match event?.1.what {
                What::Kept { capture, detail, .. } if !gone.contains(&detail) => {
                    let known: Capture = self.objects().get_json(&detail, "a capture")?;
                    let entry = kept.entry(capture).or_default();
                    entry.0.push(detail);
                    entry.1.push(known.name);
                }
                What::Read { capture, reading, .. } if !gone.contains(&reading) => {
                    readings.push((capture, reading));
                }
                What::Logged { incident } if !gone.contains(&incident) => {
                    kept.entry(incident).or_default();
                }
                _ => {}
            }
        }
        let mut targets = BTreeSet::new();
        for capture in captures {
            let Some((_, names)) = kept.get(capture) else {
                return Err(CaseError::NoSuch(format!(
                    "There are no bytes {capture} in this case. `redress erase CASE` lists what there is."
                )));
            };
            targets.insert(*capture);
            // A file found inside a capture bears the capture's name before its own.
            for (member, (_, theirs)) in &kept {
                let inside = |name: &String| names.iter().any(|outer| name.starts_with(&format!("{outer}!")));
                if !theirs.is_empty() && theirs.iter().all(inside) {
                    targets.insert(*member);
                }
            }
        }
        let erased: BTreeSet<Digest> = targets.clone();
        for capture in &erased {
            targets.extend(kept.get(capture).into_iter().flat_map(|(details, _)| details));
            targets.extend(readings.iter().filter(|(of, _)| of == capture).map(|(_, reading)| reading));
        }
        targets.extend(self.words_out_of(&erased, &gone)?);
        for exhibit in self.view().exhibits()? {
            let seen = self.view().seen(&exhibit.post)?;
            if seen.is_none_or(|seen| seen.sightings.iter().all(|one| erased.contains(&one.capture.digest))) {
                targets.insert(exhibit.opened_by);
            }
        }
        Ok(targets)
    }
}
