//! Works out of the rules what takes long: which words each cannot match without, and its automaton. See `src/ahead.rs`.
//!
//! Rules are read off their sources as text: a pattern is the raw string behind `rule("code", weight,` or
//! `Search::new(`. What is missed here is worked out when the program runs, and a test tells that it was missed.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

#[allow(dead_code, reason = "half of it is for the program that runs")]
mod src {
    pub mod automaton;
    pub mod begins;
    pub mod gate;
    pub mod lexicon;
    pub mod pattern;
    pub mod tape;
    pub mod words;
}
use src::*;

/// Where rules stand, in the order of `detectors::books`; then where searches stand, in the order of `detectors::searches`.
const BOOKS: [&str; 16] = [
    "detectors/threat.rs",
    "detectors/threat/fate.rs",
    "detectors/threat/hints.rs",
    "detectors/incitement.rs",
    "detectors/swatting.rs",
    "detectors/intimidation.rs",
    "detectors/impersonation.rs",
    "detectors/call_to_identify.rs",
    "detectors/harassment.rs",
    "detectors/workplace.rs",
    "detectors/school.rs",
    "detectors/family.rs",
    "detectors/routine.rs",
    "detectors/location.rs",
    "detectors/urgency.rs",
    "stance.rs",
];
const SEARCHES: [(&str, &[&str]); 2] = [
    ("detectors/plate.rs", &["AFTER", "BEFORE", "SHAPE", "VEHICLE", "FRAME"]),
    ("detectors/address.rs", &["STREET", "ROUTE", "BOX", "HOUSE", "NATIVE", "SPOKEN"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=src");
    println!("cargo:rerun-if-changed=build.rs");
    let mut rules: Vec<String> = Vec::new();
    for book in BOOKS {
        rules.extend(patterns(&fs::read_to_string(Path::new("src").join(book))?));
    }
    let mut searches: Vec<String> = Vec::new();
    for (file, names) in SEARCHES {
        let source = fs::read_to_string(Path::new("src").join(file))?;
        searches.extend(names.iter().filter_map(|name| search(&source, name)));
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("gate.bin"), gate(&rules, &searches))?;
    fs::write(Path::new(&out).join("automata.bin"), automata(&rules))?;
    Ok(())
}

fn gate(rules: &[String], searches: &[String]) -> Vec<u8> {
    let mut tape = tape::Writer::default();
    let keys = rules.iter().chain(searches).map(|pattern| pattern::key(pattern));
    tape.list(keys.flat_map(|key| [key as u32, (key >> 32) as u32]));
    let written: Vec<String> =
        rules.iter().map(|rule| pattern::expand(rule)).chain(searches.iter().cloned()).collect();
    gate::Gate::new(written.iter().map(String::as_str)).write(&mut tape);
    tape.0
}

fn automata(rules: &[String]) -> Vec<u8> {
    let mut all: Vec<(u64, Vec<u8>)> = Vec::new();
    for rule in rules {
        if let Some(automaton) = automaton::Automaton::of(&pattern::expand(rule)) {
            let mut bytes = Vec::new();
            automaton.write(&mut bytes);
            all.push((pattern::key(rule), bytes));
        }
    }
    all.sort();
    all.dedup_by_key(|(key, _)| *key);
    let mut out = (all.len() as u32).to_le_bytes().to_vec();
    let mut end = 0;
    for (key, bytes) in &all {
        out.extend(key.to_le_bytes());
        out.extend((end as u32).to_le_bytes());
        end += bytes.len();
        out.extend((end as u32).to_le_bytes());
    }
    all.iter().for_each(|(_, bytes)| out.extend(bytes));
    out
}

/// Returns the patterns of the rules in a source.
fn patterns(source: &str) -> Vec<String> {
    let mut out = Vec::new();
    for call in source.split("rule(").skip(1) {
        // A code and a weight stand in front of the pattern.
        let Some(code) = call.trim_start().strip_prefix('"') else { continue };
        let Some((_, rest)) = code.split_once('"') else { continue };
        out.extend(raw(rest));
    }
    out
}

/// Returns the first raw string in `source`.
fn raw(source: &str) -> Option<String> {
    let at = source.find("r\"").into_iter().chain(source.find("r#")).min()?;
    let opened = &source[at + 1..];
    let signs = opened.bytes().take_while(|byte| *byte == b'#').count();
    let body = opened[signs..].strip_prefix('"')?;
    let (body, _) = body.split_once(&format!("\"{}", "#".repeat(signs)))?;
    Some(body.to_owned())
}

/// Returns the pattern of the search called `name`, written out.
fn search(source: &str, name: &str) -> Option<String> {
    let (_, rest) = source.split_once(&format!("static {name}: LazyLock<Search>"))?;
    let (_, rest) = rest.split_once("Search::new(")?;
    let pattern = raw(rest)?;
    if !rest.starts_with("&format!(") {
        return Some(pattern::expand(&pattern));
    }
    // Strings of the same file are put in by their names.
    let (mut out, mut rest) = (String::new(), pattern.as_str());
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let sign = &rest[at..=at];
        if rest[at + 1..].starts_with(sign) {
            out.push_str(sign);
            rest = &rest[at + 2..];
            continue;
        }
        let (named, behind) = rest[at + 1..].split_once('}')?;
        let (_, value) = source.split_once(&format!("const {named}: &str ="))?;
        out.push_str(value.split('"').nth(1)?);
        rest = behind;
    }
    out.push_str(rest);
    Some(pattern::expand(&out))
}
