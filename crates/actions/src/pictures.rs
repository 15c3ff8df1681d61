//! `redress pictures`, and the first half of `redress scan`: the text in kept pictures is read, the post inside a
//! screenshot is proposed, and a person confirms or corrects it.
//!
//! ```text
//! captures ─roll: in the order taken, scrolled ones together─▶ workers: stitch, read, propose, fingerprint ─▶ ledger
//! ```
//!
//! The page a picture shows becomes a post with the text as it was read, so that detectors look at it like at any other;
//! every word keeps its pixels. What is proposed beside it (author, time, words, counts) enters the post only by a
//! person's word.

mod decide;
mod detail;
mod roll;
mod same;
pub mod twins;

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use case::Case;
use case::pictures::PictureReading;
use pixels::ocr::{Bounds, Reader};
use serde::Serialize;
use values::{Digest, Severity, Trouble};

use crate::context::Unit;
use crate::{ActionError, Context};

pub use decide::{Correction, Decided, accept, refuse};
pub(crate) use detail::of_row as detail;
pub use detail::{Boxed, Detail, List, Shown, boxes, is_page, list};
use roll::{Job, Roll};

/// Raised when the same picture and program would give another reading than before.
const VERSION: u32 = 1;
/// Pictures whose readings are written to the ledger at once: what a kill costs at most.
const AT_ONCE: usize = 24;

/// What reading pictures came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Outcome {
    /// Pictures read now.
    pub read: u64,
    /// Pictures among them in which words were found.
    pub with_words: u64,
    /// Pictures among them that belong to a longer page: stitched where they overlap, and read as one.
    pub stitched: u64,
    /// Posts proposed from them, for a person to confirm or correct.
    pub proposed: u64,
    /// Pictures that could not be read now because the program is missing.
    pub waiting: u64,
    /// What could not be done.
    pub troubles: Vec<Trouble>,
}

impl Outcome {
    /// Tells whether something was not read that may hold words.
    pub fn troubled(&self) -> bool {
        self.troubles.iter().any(|trouble| trouble.severity > Severity::Note)
    }
}

/// Troubles told one by one; all are in the case.
const TOLD: usize = 50;

/// Reads every picture of the case that this reader did not read yet.
pub fn read(case: &mut Case, context: &Context<'_>) -> Result<Outcome, ActionError> {
    // No reader is called so: these are all pictures of the case.
    if Roll::of(case, Some("-"))?.is_empty() {
        return Ok(Outcome::default());
    }
    let reader = match Reader::find(Bounds::laptop()) {
        Ok(reader) => reader,
        Err(trouble) => {
            let waiting = Roll::of(case, None)?.len() as u64;
            let troubles = if waiting > 0 { vec![trouble] } else { Vec::new() };
            return Ok(Outcome { waiting, troubles, ..Outcome::default() });
        }
    };
    let name = format!(
        "ocr/{VERSION} {}{}",
        reader.version(),
        if reader.spanish().is_none() { " eng+spa" } else { " eng" }
    );
    let roll = Roll::of(case, Some(&name))?;
    if roll.is_empty() {
        return Ok(Outcome::default());
    }
    context.progress.begin("Reading the text in pictures", Some(roll.len() as u64), Unit::Items);
    let outcome = with_workers(case, roll, &reader, &name, context);
    context.progress.end();
    let mut outcome = outcome?;
    outcome.troubles.extend(reader.spanish().filter(|_| outcome.read > 0));
    Ok(outcome)
}

/// Takes what the workers read, and writes it down a few pictures at a time.
struct Desk<'a> {
    case: &'a mut Case,
    reader: &'a str,
    waiting: Vec<PictureReading>,
    outcome: Outcome,
    failed: Option<ActionError>,
}

impl Desk<'_> {
    fn take(&mut self, readings: Vec<PictureReading>, proposed: bool, context: &Context<'_>) {
        self.outcome.read += readings.len() as u64;
        self.outcome.stitched += if readings.len() > 1 { readings.len() as u64 } else { 0 };
        self.outcome.proposed += u64::from(proposed);
        self.outcome.with_words += readings.iter().filter(|reading| reading.item.is_some()).count() as u64;
        for trouble in readings.iter().flat_map(|reading| &reading.troubles) {
            if self.outcome.troubles.len() < TOLD {
                self.outcome.troubles.push(trouble.clone());
            }
        }
        context.progress.advance(readings.len() as u64);
        self.waiting.extend(readings);
        if self.waiting.len() >= AT_ONCE {
            self.write(context);
        }
    }

    fn write(&mut self, context: &Context<'_>) {
        let readings = std::mem::take(&mut self.waiting);
        if readings.is_empty() || self.failed.is_some() {
            return;
        }
        if let Err(error) = self.case.pictures_read(self.reader, &readings, context.now()) {
            self.failed = Some(error.into());
        }
    }
}

/// One worker a core: each takes the next picture, or the next few that belong together, and no more than that is open.
fn with_workers(
    case: &mut Case,
    roll: Roll,
    reader: &Reader,
    name: &str,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let desk = Desk { case, reader: name, waiting: Vec::new(), outcome: Outcome::default(), failed: None };
    let (roll, desk, stop) = (Mutex::new(roll), Mutex::new(desk), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    // A poisoned lock means that another worker panicked; its panic is passed on by `scope`.
                    let Some(job) = roll.lock().ok().and_then(|mut roll| roll.next()) else { return };
                    let (readings, proposed) = read_one(&job, reader);
                    let Ok(mut desk) = desk.lock() else { return };
                    desk.take(readings, proposed, context);
                    if desk.failed.is_some() {
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let mut desk = desk
        .into_inner()
        .map_err(|_| ActionError::OurFault("Reading the pictures stopped without saying why.".to_owned()))?;
    desk.write(context);
    match desk.failed {
        Some(error) => Err(error),
        None => Ok(desk.outcome),
    }
}

/// Reads the pictures of one job. Returns a reading for each, and whether a post is proposed.
fn read_one(job: &Job, reader: &Reader) -> (Vec<PictureReading>, bool) {
    let detail = Detail::read(job, reader);
    let first = job.pictures.first().map(|entry| entry.picture);
    let mut readings = Vec::with_capacity(job.pictures.len());
    let (detail, mut troubles) = match detail {
        Ok(detail) => (detail, Vec::new()),
        Err(trouble) => (Detail::unread(), vec![*trouble]),
    };
    let proposed = detail.proposed.is_some();
    for (at, entry) in job.pictures.iter().enumerate() {
        let own = if at == 0 { detail.clone() } else { detail.of_a_part(at, first) };
        let item = if at == 0 { detail::item(&own, job) } else { None };
        let Ok(text) = serde_json::to_string(&own) else { continue };
        let Ok(raw) = serde_json::value::RawValue::from_string(text) else { continue };
        readings.push(PictureReading {
            picture: entry.picture,
            item,
            troubles: std::mem::take(&mut troubles),
            detail: raw,
        });
    }
    (readings, proposed)
}

/// Finds the picture that the beginning of a digest, or a file's name, names.
pub fn named(case: &Case, given: &str) -> Result<Digest, ActionError> {
    let wanted = given.trim().to_lowercase();
    let rows = case.view().pictures()?;
    let fits = |digest: &Digest, name: &str| {
        wanted.len() >= 4 && digest.to_string().starts_with(&wanted) || {
            let name = name.to_lowercase();
            name == wanted || name.rsplit(['/', '\\']).next() == Some(wanted.as_str())
        }
    };
    let found: Vec<&Digest> =
        rows.iter().filter(|row| fits(&row.picture, &row.name)).map(|row| &row.picture).collect();
    match found[..] {
        [one] => Ok(*one),
        [] => Err(ActionError::Request(format!(
            "There is no read picture “{given}” in this case. See `redress pictures CASE`; after an import, run `redress scan CASE` first."
        ))),
        _ => Err(ActionError::Request(format!(
            "“{given}” names several pictures. Write more of the digest that `redress pictures CASE` shows."
        ))),
    }
}
