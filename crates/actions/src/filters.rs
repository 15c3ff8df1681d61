//! The filters: detectors, claim matching and co-action as plain streams, without a case.
//!
//! Their fields are part of the command line's contract: scripts and measurements rely on them.

mod line;
mod together;

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::{BufRead, Write};

pub use self::together::{
    Form, Input, Made, Makers, Output, Together, TogetherOutcome, Window, makers, together,
};
use crate::ActionError;
use detect::{Detectors, Options};
use rayon::prelude::*;
use record::{Claim, PrivateSet};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Lines looked at at once, or fewer where they are long; and how many of them one core takes at a time.
const BATCH: usize = 8192;
const BYTES: usize = 16 << 20;
const SHARE: usize = 128;

/// What a filter came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Outcome {
    /// Lines read.
    pub lines: u64,
    /// Lines that could not be read, as sentences; at most 100 are told.
    pub wrong: Vec<String>,
    /// How many there were.
    pub wrong_count: u64,
}

impl Outcome {
    fn wrong(&mut self, line: u64, what: &str) {
        self.wrong_count += 1;
        if self.wrong.len() < 100 {
            self.wrong.push(format!(
                "Line {line} is not {{\"id\", \"text\"}}: {what}. It was left out; mend it and run it again."
            ));
        }
    }
}

#[derive(Deserialize)]
struct PostLine<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// A match as the contract writes it.
#[derive(Serialize)]
struct MatchLine<'a> {
    claim: &'a str,
    score: f32,
    stance: record::Stance,
    words: &'a [String],
}

impl<'a> MatchLine<'a> {
    fn of(found: &'a detect::claims::Match) -> Self {
        Self { claim: &found.claim, score: found.score, stance: found.stance, words: &found.words }
    }
}

thread_local! {
    /// The sentence in hand.
    static ROOM: RefCell<String> = const { RefCell::new(String::new()) };
}

/// `redress detect`: posts in, findings out, a line for every post, in order.
pub fn detect(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    claims: &[Claim],
) -> Result<Outcome, ActionError> {
    let private = PrivateSet::default();
    let detectors = Detectors::new(&Options { private: &private, claims });
    each_batch(input, output, |line, out| {
        let post: PostLine<'_> = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let findings = detectors.detect(&post.text);
        ROOM.with_borrow_mut(|room| line::write(post.id.get(), &post.text, &findings, room, out));
        Ok(())
    })
}

/// `redress match`: posts in, the claims they match out.
pub fn match_claims(
    claims: &mut dyn BufRead,
    top: usize,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<Outcome, ActionError> {
    let library = detect::claims::Library::new(read_claims(claims)?);
    each_batch(input, output, |line, out| {
        let post: PostLine<'_> = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        let matches = library.rank(&post.text, top);
        out.extend_from_slice(b"{\"id\":");
        out.extend_from_slice(post.id.get().as_bytes());
        out.extend_from_slice(b",\"matches\":");
        let lines: Vec<MatchLine<'_>> = matches.matches.iter().map(MatchLine::of).collect();
        serde_json::to_writer(&mut *out, &lines).map_err(|error| error.to_string())?;
        out.extend_from_slice(if matches.none { b",\"none\":true}\n" } else { b",\"none\":false}\n" });
        Ok(())
    })
}

/// Reads a claim library, one JSON object a line. Errors with the line that does not read.
pub fn read_claims(claims: &mut dyn BufRead) -> Result<Vec<Claim>, ActionError> {
    let mut library = Vec::new();
    for (number, line) in claims.lines().enumerate() {
        let wrong = |what: String| {
            ActionError::Request(format!(
                "Line {} of the claims does not read: {what}. Each line is {{\"id\", \"claim\"}}, with \"variants\", \"title\", \"date\" and \"sources\" where known.",
                number + 1
            ))
        };
        let line = line.map_err(|error| wrong(error.to_string()))?;
        if !line.trim().is_empty() {
            library.push(serde_json::from_str(&line).map_err(|error| wrong(error.to_string()))?);
        }
    }
    Ok(library)
}

/// What came of one core's lines: the output, and what is wrong with which line.
type Written = (Vec<u8>, Vec<(usize, String)>);

/// Hands lines to `each` on all cores and writes what it wrote, in order.
fn each_batch(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    each: impl Fn(&[u8], &mut Vec<u8>) -> Result<(), String> + Sync,
) -> Result<Outcome, ActionError> {
    let mut outcome = Outcome::default();
    // The lines of a batch one behind the other, and where each ends.
    let (mut text, mut ends): (Vec<u8>, Vec<usize>) = (Vec::new(), Vec::with_capacity(BATCH));
    loop {
        text.clear();
        ends.clear();
        while ends.len() < BATCH && text.len() < BYTES {
            let count = input
                .read_until(b'\n', &mut text)
                .map_err(|error| ActionError::Request(format!("The input cannot be read: {error}.")))?;
            if count == 0 {
                break;
            }
            ends.push(text.len());
        }
        if ends.is_empty() {
            output.flush().map_err(gone)?;
            return Ok(outcome);
        }
        let written: Vec<Written> = ends
            .par_chunks(SHARE)
            .enumerate()
            .map(|(share, mine)| {
                let first = share * SHARE;
                let mut start = first.checked_sub(1).map_or(0, |before| ends[before]);
                let (mut out, mut wrong) = (Vec::with_capacity(mine.len() * 64), Vec::new());
                for (number, end) in mine.iter().enumerate() {
                    let (line, whole) = (text[start..*end].trim_ascii(), out.len());
                    start = *end;
                    if !line.is_empty()
                        && let Err(what) = each(line, &mut out)
                    {
                        out.truncate(whole);
                        wrong.push((first + number, what));
                    }
                }
                (out, wrong)
            })
            .collect();
        for (bytes, wrong) in written {
            output.write_all(&bytes).map_err(gone)?;
            wrong.iter().for_each(|(line, what)| outcome.wrong(outcome.lines + *line as u64 + 1, what));
        }
        outcome.lines += ends.len() as u64;
    }
}

fn gone(error: std::io::Error) -> ActionError {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        ActionError::PipeClosed
    } else {
        ActionError::Refused(format!("The output cannot be written: {error}. Make room and run it again."))
    }
}
