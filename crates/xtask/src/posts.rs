//! Posts to measure on: labelled sets, ordinary posts, and where there are none, made-up ones.
//!
//! Labelled sets and real posts lie beside the repository, in `../shared`, and are only read. Nothing of them is kept.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// Returns the folder beside the repository that holds material, whether or not it exists.
pub fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")
}

/// Reads the JSON lines of `path`.
pub fn lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| path.display().to_string()))
        .collect()
}

/// Returns ordinary posts: real ones where they are present, else made-up ones; and which of the two.
pub fn ordinary() -> Result<(Vec<String>, &'static str)> {
    let mut posts = Vec::new();
    if let Ok(folder) = std::fs::read_dir(shared().join("real")) {
        let mut paths: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.to_string_lossy().ends_with(".csv.gz")) {
            let mut plain = Vec::new();
            flate2::read::MultiGzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut plain)?;
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(plain.as_slice());
            let text = reader.headers()?.iter().position(|name| name == "text");
            for row in reader.records() {
                let row = row?;
                // Rows of advertisements are shifted; their text stands elsewhere.
                if let Some(text) = text.and_then(|at| row.get(at)).filter(|_| row.get(1) != Some("ad_tweet"))
                {
                    posts.push(text.to_owned());
                }
            }
        }
    }
    if posts.is_empty() { Ok((made_up(4000), "made-up posts")) } else { Ok((posts, "real posts")) }
}

/// Makes `count` harmless posts of ordinary length from a few lists, the same ones each time.
fn made_up(count: usize) -> Vec<String> {
    const OPENINGS: [&str; 6] = [
        "Just voted, took ten minutes.",
        "@friend Cannot believe this weather ☀️",
        "The debate last night was something.",
        "Reading about the new library plan",
        "BREAKING: turnout in the county is up 4% over 2020,",
        "“We will count every ballot”, the clerk said",
    ];
    const MIDDLES: [&str; 6] = [
        "Lines are short and everyone was friendly, bring your ID and some water.",
        "My sister says the school fair starts at 6 and there will be cake for 5 dollars.",
        "Prices went from 2.28 to 3.44 and nobody explains why that is.",
        "The candidates spoke about taxes, roads and the price of eggs for 90 minutes.",
        "I do not agree with him but he made one good point about housing.",
        "Who are you voting for and why? Be nice in the replies please.",
    ];
    const ENDINGS: [&str; 5] = ["https://t.co/AbCdEf1234", "#Election2024 #Vote", "😂😂", "", "Thoughts?"];
    let pick = |list: &[&'static str], at: usize| list[at % list.len()];
    (0..count)
        .map(|n| format!("{} {} {}", pick(&OPENINGS, n), pick(&MIDDLES, n / 6), pick(&ENDINGS, n / 36)))
        .collect()
}
