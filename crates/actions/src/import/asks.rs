//! What a capture does not say itself and a person is asked: which number of a date is the day, and how far its clock was
//! from UTC.
//!
//! Both readings of a date come from reading the kept bytes twice, once in each order; nothing is written. An answer reads
//! the capture again and stands in the ledger with that reading, as it does for `redress import --first … --zone …`.

use std::fs::File;
use std::io::{BufReader, Seek as _};

use case::Case;
use case::view::CaptureRow;
use intake::{Limits, Options};
use record::{Item, Sink};
use values::{Digest, Moment};

use super::{FileOutcome, answers, import_found};
use crate::files::Found;
use crate::{ActionError, Context};

/// Codes of troubles that ask which number of a date is the day.
pub const ORDER: [&str; 2] = ["whatsapp.day_or_month", "csv.day_or_month"];
/// The code of the trouble that asks how far a clock was from UTC.
pub const ZONE: &str = "time.no_zone";

/// What one capture leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The capture.
    pub capture: Digest,
    /// Its name.
    pub name: String,
    /// Which number is the day, where that is open.
    pub order: Option<Order>,
    /// Whether it is open how far the clock was from UTC.
    pub zone: bool,
}

/// Both ways to read the dates of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// As a person can choose between them.
    Either(Box<Readings>),
    /// The capture was read by a format or a mapping that somebody named; without it, it reads differently. Whoever took it
    /// in answers there.
    ReadAnotherWay,
}

/// A first date that differs, and how each order runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// The date with the day first, as the clock of the capture showed it.
    pub day_first: Moment,
    /// The same date with the month first.
    pub month_first: Moment,
    /// How often the dates run back with the day first, in the order of the capture.
    pub day_runs_back: u64,
    /// How often they do with the month first.
    pub month_runs_back: u64,
}

/// What a person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply {
    /// Whether the first number is the day; `None` leaves it open.
    pub day_first: Option<bool>,
    /// The minutes by which the clock was ahead of UTC (New York in winter: -300); `None` leaves it open.
    pub zone_minutes: Option<i32>,
}

/// Returns what captures leave open, in the order they were kept. Reads those whose dates have two readings.
pub fn open(case: &Case) -> Result<Vec<Question>, ActionError> {
    let codes = [ORDER[0], ORDER[1], ZONE];
    let mut questions = Vec::new();
    for (row, codes) in case.view().captures_with_codes(&codes)? {
        let order = codes.iter().any(|code| ORDER.contains(&code.as_str()));
        questions.push(Question {
            order: if order { Some(readings(case, &row)?) } else { None },
            zone: codes.iter().any(|code| code == ZONE),
            capture: row.digest,
            name: row.name,
        });
    }
    Ok(questions)
}

/// Reads a capture again by what a person said of it. Errors where it leaves nothing open, or the zone is none.
pub fn reply(
    case: &mut Case,
    capture: &Digest,
    reply: Reply,
    context: &Context<'_>,
) -> Result<FileOutcome, ActionError> {
    let codes = [ORDER[0], ORDER[1], ZONE];
    let asked = case.view().captures_with_codes(&codes)?;
    let Some((row, _)) = asked.into_iter().find(|(row, _)| row.digest == *capture) else {
        return Err(ActionError::Request(
            "Nothing is asked of this file. Go back and choose again.".to_owned(),
        ));
    };
    if reply.zone_minutes.is_some_and(|minutes| minutes.abs() > 14 * 60) {
        return Err(ActionError::Request(
            "No clock is more than 14 hours from UTC. Choose a place from the list.".to_owned(),
        ));
    }
    let options = Options {
        day_first: reply.day_first,
        zone_minutes: reply.zone_minutes,
        ..Options::plain(Limits::ordinary())
    };
    let found = Found { path: case.objects().path(capture), name: row.name };
    let outcome = import_found(case, &[found], &options, context)?;
    outcome
        .files
        .into_iter()
        .next()
        .ok_or_else(|| ActionError::OurFault("A part of the import stopped without saying why.".to_owned()))
}

/// The times of a reading, in the order of the capture.
#[derive(Default)]
struct Times(Vec<Option<Moment>>);

impl Sink for Times {
    fn take(&mut self, item: Item) {
        if let Item::Post { post, .. } = item {
            self.0.push(post.written);
        }
    }
}

fn readings(case: &Case, row: &CaptureRow) -> Result<Order, ActionError> {
    let earlier =
        answers::taken_from(row.reader.as_deref().unwrap_or_default(), &Options::plain(Limits::ordinary()));
    let read = |day_first: bool| -> Result<Option<Times>, ActionError> {
        let file = case.objects().open(&row.digest)?;
        let open = || -> std::io::Result<Box<dyn intake::Bytes>> {
            let mut file: File = file.try_clone()?;
            file.rewind()?;
            Ok(Box::new(BufReader::with_capacity(1 << 18, file)))
        };
        let source = intake::Stream::new(&row.name, || row.digest, row.size, open);
        let options = Options { day_first: Some(day_first), ..earlier.clone() };
        let mut times = Times::default();
        Ok(intake::read(&source, &options, &mut times).is_ok().then_some(times))
    };
    let (Some(day), Some(month)) = (read(true)?, read(false)?) else { return Ok(Order::ReadAnotherWay) };
    let differ = day.0.iter().zip(&month.0).find_map(|pair| match pair {
        (Some(day), Some(month)) if day.millis() != month.millis() => Some((*day, *month)),
        _ => None,
    });
    let as_before = u64::try_from(day.0.len()).is_ok_and(|posts| posts == row.posts);
    Ok(match differ {
        Some((day_first, month_first)) if as_before => Order::Either(Box::new(Readings {
            day_first,
            month_first,
            day_runs_back: runs_back(&day.0),
            month_runs_back: runs_back(&month.0),
        })),
        _ => Order::ReadAnotherWay,
    })
}

/// Counts how often a time lies on an earlier day than the one before it.
fn runs_back(times: &[Option<Moment>]) -> u64 {
    const DAY: i64 = 86_400_000;
    let days: Vec<i64> = times.iter().flatten().map(|at| at.millis().div_euclid(DAY)).collect();
    days.windows(2).filter(|pair| pair[1] < pair[0]).count() as u64
}
