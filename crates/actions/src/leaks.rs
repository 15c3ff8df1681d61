//! The last leak check: the finished pages as a reader sees them, text layer and pixels.
//!
//! `report` has already searched what every page is made of. This looks at the PDFs from outside, with programs that are
//! not ours: poppler's `pdftotext` and `pdfinfo` for words and metadata, `pdftoppm` and Tesseract for what is drawn,
//! pictures included. The first page of each document and every page with a picture are read whole; of the others, what
//! is drawn beyond the words of the text layer ([`drawn`]). Where a program is missing the check says so and is *not
//! checked*; it never passes in silence.

mod drawn;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use case::verify::Check;
use case::verify::Verdict;
use pixels::ocr::{Bounds, Reader};
use pixels::picture::{Limits, open};
use rayon::prelude::*;
use report::{Recipient, RedactionMap};

use crate::context::Unit;
use crate::{ActionError, Context};

/// Pages drawn in one go: a page of pixels takes a megabyte.
const AT_ONCE: u32 = 8;

/// Searches every PDF and picture of `files`. Errors where something private shows, naming the page.
pub(crate) fn check(
    files: &BTreeMap<String, Vec<u8>>,
    recipient: Recipient,
    map: &RedactionMap,
    context: &Context<'_>,
) -> Result<Vec<Check>, ActionError> {
    if map.withholds_nothing(recipient) {
        return Ok(Vec::new());
    }
    let ending = |endings: &[&str]| -> Vec<(&String, &Vec<u8>)> {
        files.iter().filter(|(name, _)| endings.iter().any(|ending| name.ends_with(ending))).collect()
    };
    let (pdfs, pictures) = (ending(&[".pdf"]), ending(&[".png", ".jpg"]));
    Ok(vec![words(&pdfs, recipient, map)?, pages(&pdfs, &pictures, recipient, map, context)?])
}

fn leak(place: &str) -> ActionError {
    ActionError::Refused(format!(
        "No package was written: {place} would show something private. Add it to private.toml or to the redaction map (`redress redact`), or cover the picture."
    ))
}

/// What a PDF says of itself and the words a reader can copy out of it.
fn words(
    pdfs: &[(&String, &Vec<u8>)],
    recipient: Recipient,
    map: &RedactionMap,
) -> Result<Check, ActionError> {
    let what = "The words and metadata of every PDF show nothing private".to_owned();
    for (name, bytes) in pdfs {
        for (program, arguments) in
            [("pdftotext", &["-enc", "UTF-8", "-", "-"][..]), ("pdfinfo", &["-enc", "UTF-8", "-"][..])]
        {
            let Some(output) = ran(program, arguments, bytes) else {
                return Ok(Check { what, verdict: Verdict::NotChecked(missing(program)) });
            };
            for (page, text) in String::from_utf8_lossy(&output).split('\u{c}').enumerate() {
                if !map.find(recipient, text, false).is_empty() {
                    return Err(leak(&format!("{name}, page {}, as {program} reads it,", page + 1)));
                }
            }
        }
    }
    Ok(Check { what, verdict: Verdict::Passed })
}

/// What is drawn on the pages, and in the pictures beside them.
fn pages(
    pdfs: &[(&String, &Vec<u8>)],
    pictures: &[(&String, &Vec<u8>)],
    recipient: Recipient,
    map: &RedactionMap,
    context: &Context<'_>,
) -> Result<Check, ActionError> {
    let what = "The pages as drawn, pictures included, show nothing private to a program that reads pixels"
        .to_owned();
    let not_checked = |why: String| Ok(Check { what: what.clone(), verdict: Verdict::NotChecked(why) });
    let reader = match Reader::find(Bounds { runs: 1, ..Bounds::laptop() }) {
        Ok(reader) => reader,
        Err(trouble) => return not_checked(format!("{} {}", trouble.what, trouble.next)),
    };
    let mut parts = Vec::new();
    for (name, bytes) in pdfs {
        let Some(places) = drawn::places(bytes) else { return not_checked(missing("pdftotext")) };
        let Some(pictured) = drawn::pictured(bytes) else { return not_checked(missing("pdfimages")) };
        let pdf = Arc::new(Pdf { name, bytes, places, pictured });
        let count = u32::try_from(pdf.places.len()).unwrap_or(u32::MAX);
        let firsts = (1..=count).step_by(AT_ONCE as usize);
        parts
            .extend(firsts.map(|first| Part::Pages(Arc::clone(&pdf), first, count.min(first + AT_ONCE - 1))));
    }
    parts.extend(pictures.iter().map(|(name, bytes)| Part::Picture(name, bytes)));
    let total = parts.iter().map(Part::len).sum();
    context.progress.begin("Reading the pages as drawn", Some(total), Unit::Items);
    let judge = |place: &str, read: Result<String, String>| {
        context.progress.advance(1);
        match read {
            Ok(text) if map.find(recipient, &text, false).is_empty() => Ok(None),
            Ok(_) => Err(leak(&format!("{place}, as drawn,"))),
            Err(why) => Ok(Some(format!("{place}: {why}"))),
        }
    };
    let looked: Result<Vec<Option<String>>, ActionError> = parts
        .par_iter()
        .map(|part| match part {
            Part::Picture(name, bytes) => {
                let read = open(bytes, &Limits::phone()).map_err(|refused| refused.to_string());
                // Pictures are prepared first; pages are dark letters on white, as the program likes them.
                let read = read.and_then(|picture| reader.read(&picture).map_err(|trouble| trouble.what));
                judge(name, read.map(|page| page.text))
            }
            Part::Pages(pdf, first, last) => {
                let Some(sheets) = drawn::sheets(pdf.bytes, *first, *last) else {
                    return Ok(Some(missing("pdftoppm")));
                };
                for mut sheet in sheets {
                    let place = format!("{}, page {}", pdf.name, sheet.number);
                    let whole = sheet.number == 1 || pdf.pictured.contains(&sheet.number);
                    let words = &pdf.places[sheet.number as usize - 1];
                    let left = whole || drawn::paint_over(&mut sheet, words);
                    let read = match left {
                        false => Ok(String::new()),
                        true => reader
                            .read_page(sheet.width, sheet.height, sheet.gray)
                            .map(|page| page.text)
                            .map_err(|trouble| trouble.what),
                    };
                    if let Some(why) = judge(&place, read)? {
                        return Ok(Some(why));
                    }
                }
                Ok(None)
            }
        })
        .collect();
    context.progress.end();
    match looked?.into_iter().flatten().next() {
        Some(why) => not_checked(why),
        None => Ok(Check { what, verdict: Verdict::Passed }),
    }
}

/// A document, and what poppler says of its pages.
struct Pdf<'a> {
    name: &'a str,
    bytes: &'a [u8],
    places: Vec<drawn::Places>,
    pictured: BTreeSet<u32>,
}

/// What is looked at in one go: some pages of a document, or a picture beside them.
enum Part<'a> {
    Pages(Arc<Pdf<'a>>, u32, u32),
    Picture(&'a str, &'a [u8]),
}

impl Part<'_> {
    fn len(&self) -> u64 {
        match self {
            Self::Pages(_, first, last) => u64::from(last - first + 1),
            Self::Picture(..) => 1,
        }
    }
}

fn missing(program: &str) -> String {
    format!(
        "the program `{program}` did not run; install poppler (Debian and Ubuntu: `sudo apt install poppler-utils`; macOS: `brew install poppler`) and export again"
    )
}

/// Runs a program with `input`; `None` where it is missing or fails.
fn ran(program: &str, arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let output = std::thread::scope(|scope| {
        // Written from another thread: a program that answers before it has read everything would block both.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output()
    });
    output.ok().filter(|output| output.status.success()).map(|output| output.stdout)
}
