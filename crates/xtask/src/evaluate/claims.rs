//! Claims: reading libraries of them, and finding the right one among thousands.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use detect::claims::Library;
use record::Claim;
use serde_json::Value;

use super::Report;
use crate::posts::lines;

/// Reads a library of claims; `variants` is the field that holds other ways of saying.
pub fn read(path: &Path, variants: &str) -> Result<Vec<Claim>> {
    Ok(lines(path)?
        .iter()
        .map(|line| {
            let word = |field: &str| line[field].as_str().map(str::to_owned);
            Claim {
                id: word("id").unwrap_or_default(),
                claim: word("claim").or_else(|| word("vclaim")).unwrap_or_default(),
                variants: line[variants]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|v| v.as_str().map(str::to_owned))
                    .collect(),
                title: word("title"),
                date: None,
                sources: Vec::new(),
                verdict: None,
                verdict_as_of: None,
                open_matter: false,
                known: word("subtitle"),
            }
        })
        .collect())
}

pub(super) fn retrieval(report: &mut Report, folder: &Path, name: &str) -> Result<()> {
    let path = folder.join("dev.jsonl");
    if report.absent(&path) {
        return Ok(());
    }
    let library = Library::new(read(&folder.join("vclaims.jsonl"), "variants")?);
    let mut splits: BTreeMap<String, (usize, f64, usize)> = BTreeMap::new();
    let start = Instant::now();
    let mut asked = 0;
    for post in lines(&path)? {
        let right: Vec<&str> =
            post["vclaims"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let text = post["text"].as_str().unwrap_or_default();
        let matches = library.rank(text, 5).matches;
        asked += 1;
        let (mut hits, mut sum) = (0.0, 0.0);
        for (at, found) in matches.iter().enumerate() {
            if right.contains(&found.claim.as_str()) {
                hits += 1.0;
                sum += hits / (at as f64 + 1.0);
            }
        }
        let entry = splits.entry(post["official_split"].as_str().unwrap_or_default().to_owned()).or_default();
        entry.0 += 1;
        entry.1 += sum / right.len().clamp(1, 5) as f64;
        let first = matches.first().is_some_and(|found| right.contains(&found.claim.as_str()));
        entry.2 += usize::from(first);
        if !first {
            report.miss("checkthat", &format!("{right:?} got {:?}", matches.first().map(|m| &m.claim)), text);
        }
    }
    let each = start.elapsed().as_secs_f64() * 1000.0 / f64::from(asked.max(1));
    report.heads(&format!("{name} (claims)"), &["split", "posts", "MAP@5", "first right"]);
    for (split, (count, sum, first)) in splits {
        report.say(&format!(
            "| {split} | {count} | {:.3} | {:.3} |",
            sum / count as f64,
            first as f64 / count as f64
        ));
    }
    println!("\n{each:.2} ms a query over {} claims.", library.claims().len());
    Ok(())
}
