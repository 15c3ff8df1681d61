//! The last leak check: the finished pages as a reader sees them, text layer and pixels.
//!
//! `report` has already searched what every page is made of. This looks at the PDFs from outside, with programs that are
//! not ours: poppler's `pdftotext` and `pdfinfo` for words and metadata, `pdftoppm` and Tesseract for what is drawn,
//! pictures included. Where one is missing the check says so and is *not checked*; it never passes in silence.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use case::verify::Check;
use case::verify::Verdict;
use pixels::ocr::{Bounds, Reader};
use pixels::picture::{Limits, open};
use rayon::prelude::*;
use report::{Recipient, RedactionMap};

use crate::context::Unit;
use crate::{ActionError, Context};

/// Points per inch at which pages are drawn: ten-point letters are then read well, and a page takes about a second.
const DPI: &str = "110";

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
    let mut drawn: Vec<(&String, &Vec<u8>, Option<u32>)> =
        pictures.iter().map(|(name, bytes)| (*name, *bytes, None)).collect();
    for (name, bytes) in pdfs {
        let Some(count) = page_count(bytes) else { return not_checked(missing("pdfinfo")) };
        drawn.extend((1..=count).map(|page| (*name, *bytes, Some(page))));
    }
    context.progress.begin("Reading the pages as drawn", Some(drawn.len() as u64), Unit::Items);
    let looked: Result<Vec<Option<String>>, ActionError> = drawn
        .par_iter()
        .map(|(name, bytes, page)| {
            let place = page.map_or_else(|| name.to_string(), |page| format!("{name}, page {page}"));
            let png = match page {
                None => bytes.to_vec(),
                Some(page) => {
                    let number = page.to_string();
                    let arguments = ["-r", DPI, "-gray", "-png", "-f", &number, "-l", &number, "-"];
                    match ran("pdftoppm", &arguments, bytes) {
                        Some(png) => png,
                        None => return Ok(Some(missing("pdftoppm"))),
                    }
                }
            };
            let read = open(&png, &Limits::phone()).map_err(|refused| refused.to_string());
            let read = read.and_then(|picture| {
                // Pages are dark letters on white, as the program likes them; pictures are prepared first.
                let read = if page.is_some() { reader.read_plainly(&picture) } else { reader.read(&picture) };
                read.map_err(|trouble| trouble.what)
            });
            context.progress.advance(1);
            match read {
                Ok(text) if map.find(recipient, &text.text, false).is_empty() => Ok(None),
                Ok(_) => Err(leak(&format!("{place}, as drawn,"))),
                Err(why) => Ok(Some(format!("{place}: {why}"))),
            }
        })
        .collect();
    context.progress.end();
    match looked?.into_iter().flatten().next() {
        Some(why) => not_checked(why),
        None => Ok(Check { what, verdict: Verdict::Passed }),
    }
}

fn page_count(pdf: &[u8]) -> Option<u32> {
    let output = ran("pdfinfo", &["-"], pdf)?;
    let text = String::from_utf8_lossy(&output);
    text.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok())
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
