//! `cargo xtask evaluate-ocr [FOLDER]`: how well text in screenshot-like pictures is read, beside plain Tesseract.
//!
//! The folder (default `../shared/detection/pii_screens`) holds `dev.jsonl`, one picture a line: `file`, `style`, `text`,
//! `spans` of personal data with a `type`, and `kind`. The pictures show an invented name and handle above the text, which
//! the text does not hold: the character errors are those of the stretch of what was read that fits the text best.
//! Personal data counts as found where it stands in what was read once both are folded (letters and digits only, and
//! `O`/`0`, `I`/`l`/`1` taken as one, as the detectors fold them). A false alarm is a picture without personal data in
//! whose reading a number in the form of an SSN or a telephone number stands that its text does not have.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use pixels::ocr::{Bounds, Reader};
use pixels::picture::{Limits, Picture, open};
use serde_json::Value;

/// Runs the evaluation; `--verbose` prints each picture that was not read exactly.
pub fn run(arguments: &[String]) -> Result<()> {
    let verbose = arguments.iter().any(|argument| argument == "--verbose");
    let folder = arguments.iter().find(|argument| !argument.starts_with("--"));
    let folder = Path::new(folder.map_or("../shared/detection/pii_screens", String::as_str));
    let samples = samples(folder)?;
    let reader = Reader::find(Bounds::laptop()).map_err(|trouble| anyhow!("{trouble}"))?;
    println!("{} pictures of {}, {}", samples.len(), folder.display(), reader.version());
    for (name, plainly) in [("tesseract --psm 6", true), ("redress", false)] {
        let began = Instant::now();
        let texts = read(&reader, &samples, plainly)?;
        let seconds = began.elapsed().as_secs_f64();
        println!("\n{name}");
        print(&samples, &texts, seconds, verbose && !plainly);
    }
    Ok(())
}

struct Sample {
    picture: Picture,
    file: String,
    style: String,
    text: String,
    /// Type and text of each personal datum.
    personal: Vec<(String, String)>,
}

fn samples(folder: &Path) -> Result<Vec<Sample>> {
    let list = folder.join("dev.jsonl");
    let list = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    list.lines().map(|line| sample(folder, line)).collect()
}

fn sample(folder: &Path, line: &str) -> Result<Sample> {
    let row: Value = serde_json::from_str(line)?;
    let text = |value: &Value, field: &str| value[field].as_str().unwrap_or_default().to_owned();
    let file = text(&row, "file");
    let bytes = fs::read(folder.join(&file)).with_context(|| format!("cannot read {file}"))?;
    let picture = open(&bytes, &Limits::phone()).with_context(|| file.clone())?;
    let spans = row["spans"].as_array().cloned().unwrap_or_default();
    let personal = spans.iter().map(|span| (text(span, "type"), text(span, "text"))).collect();
    Ok(Sample { picture, file, style: text(&row, "style"), text: text(&row, "text"), personal })
}

fn read(reader: &Reader, samples: &[Sample], plainly: bool) -> Result<Vec<String>> {
    let mut texts = vec![String::new(); samples.len()];
    let mut failed = None;
    if plainly {
        // Two at a time as below, so that the seconds can be compared.
        let half = samples.len().div_ceil(2);
        std::thread::scope(|scope| {
            for (samples, texts) in samples.chunks(half).zip(texts.chunks_mut(half)) {
                scope.spawn(move || {
                    for (sample, text) in samples.iter().zip(texts) {
                        *text =
                            reader.read_plainly(&sample.picture).map(|page| page.text).unwrap_or_default();
                    }
                });
            }
        });
    } else {
        let mut rest = samples.iter().enumerate();
        reader.read_many(
            2,
            || rest.next().map(|(index, sample)| (index, Ok(sample.picture.clone()))),
            |index, _, page| match page {
                Ok(page) => texts[index] = page.text,
                Err(trouble) => failed = Some(trouble),
            },
        );
    }
    match failed {
        Some(trouble) => Err(anyhow!("{trouble}")),
        None => Ok(texts),
    }
}

#[derive(Default)]
struct Tally {
    errors: usize,
    letters: usize,
    found: usize,
    personal: usize,
}

fn print(samples: &[Sample], texts: &[String], seconds: f64, verbose: bool) {
    let mut styles: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut types: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut alarms, mut clean) = (0, 0);
    for (sample, read) in samples.iter().zip(texts) {
        let (truth, read) = (spaced(&sample.text), spaced(read));
        let errors = distance(&truth, &read);
        for style in [sample.style.as_str(), "all"] {
            let tally = styles.entry(style).or_default();
            tally.errors += errors;
            tally.letters += truth.chars().count();
        }
        if verbose && errors > 0 {
            println!("  {errors} {} {}\n    {truth}\n    {read}", sample.style, sample.file);
        }
        for (kind, personal) in &sample.personal {
            let found = folded(&read).contains(&folded(personal));
            if verbose && !found {
                println!("  missed {kind} {personal} in {}", sample.file);
            }
            for kind in [kind.as_str(), "all"] {
                let tally = types.entry(kind).or_default();
                tally.personal += 1;
                tally.found += usize::from(found);
            }
        }
        if sample.personal.is_empty() {
            clean += 1;
            alarms += usize::from(numbers(&read).iter().any(|number| !numbers(&truth).contains(number)));
        }
    }
    for (style, tally) in &styles {
        let rate = 100.0 * tally.errors as f64 / tally.letters.max(1) as f64;
        println!("  {style:<8} {rate:5.2} % character errors ({} of {})", tally.errors, tally.letters);
    }
    for (kind, tally) in &types {
        println!("  {kind:<8} {} of {} found", tally.found, tally.personal);
    }
    println!("  false alarms on {clean} clean pictures: {alarms}");
    println!("  {:.2} s a picture, two at a time ({seconds:.1} s)", seconds / samples.len().max(1) as f64);
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded(text: &str) -> String {
    let letters = text.to_lowercase();
    let letters = letters.chars().filter(char::is_ascii_alphanumeric);
    letters
        .map(|c| {
            if c == 'o' {
                '0'
            } else if matches!(c, 'i' | 'l') {
                '1'
            } else {
                c
            }
        })
        .collect()
}

/// Returns runs of nine to eleven digits with at most one mark between any two: SSN and telephone numbers.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_alphabetic() || c == '\n')
        .flat_map(|part| part.split("  "))
        .map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>())
        .filter(|digits| (9..=11).contains(&digits.len()))
        .collect()
}

/// The smallest number of edits between `truth` and any stretch of `read`.
fn distance(truth: &str, read: &str) -> usize {
    let read: Vec<char> = read.chars().collect();
    let mut row = vec![0; read.len() + 1];
    for (line, letter) in truth.chars().enumerate() {
        let mut before = row[0];
        row[0] = line + 1;
        for (column, other) in read.iter().enumerate() {
            let changed = before + usize::from(letter != *other);
            before = row[column + 1];
            row[column + 1] = changed.min(before + 1).min(row[column] + 1);
        }
    }
    row.into_iter().min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_of_the_best_stretch() {
        assert_eq!(distance("plate RDR-0000", "Oo Name @handle plate RDR-OO00 ts"), 2);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(folded("RDR-OlI0"), "rdr0110");
        assert_eq!(numbers("call (202) 555-0143 or 911"), ["2025550143"]);
    }
}
