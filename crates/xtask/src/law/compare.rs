//! Do the rows say of their sources what the first research said of them? The research lies beside the checkout and is
//! read, never committed.
//!
//! A row may differ where somebody read more since: then it says so with a source of its own. It may never lose its date,
//! its doubt or its row. Each difference is printed, so that a reviewer sees what was changed after the research.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

/// A file of the research, the file of the rows, and the fields both have that say where a row comes from.
const FILES: [(&str, &str, &[&str]); 7] = [
    (
        "laws.toml",
        "laws.toml",
        &["jurisdiction", "citation", "source", "seen", "verified_on", "replace_before_shipping"],
    ),
    (
        "defamation.toml",
        "defamation.toml",
        &[
            "jurisdiction",
            "limitation_citation",
            "limitation_source",
            "limitation_seen",
            "anti_slapp_source",
            "anti_slapp_seen",
            "retraction_source",
            "retraction_seen",
            "seen",
            "verified_on",
            "replace_before_shipping",
        ],
    ),
    (
        "platforms.toml",
        "platforms.toml",
        &["clause", "source", "rule_version", "seen", "verified_on", "replace_before_shipping"],
    ),
    (
        "channels.toml",
        "channels.toml",
        &["source", "status_as_of", "seen", "verified_on", "replace_before_shipping"],
    ),
    (
        "precedents.toml",
        "precedents.toml",
        &["case", "court", "sources", "decided", "seen", "verified_on", "replace_before_shipping"],
    ),
    ("doxxed.toml", "steps.toml", &["source", "seen", "verified_on", "replace_before_shipping"]),
    (
        "claims.toml",
        "claims.toml",
        &[
            "verdict",
            "verdict_as_of",
            "open_matter",
            "sources",
            "seen",
            "verified_on",
            "replace_before_shipping",
        ],
    ),
];

/// Runs the comparison.
pub fn run(folder: &Path) -> Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../law/data");
    let (mut rows, mut differing, mut lost) = (0, 0, 0);
    for (research, ours, fields) in FILES {
        let (before, after) = (read(&folder.join(research))?, read(&data.join(ours))?);
        for (id, row) in &before {
            rows += 1;
            let Some(now) = after.get(id) else {
                println!("{ours} “{id}”: the row is gone.");
                lost += 1;
                continue;
            };
            if ours == "defamation.toml" {
                lost += usize::from(!same_length(id, row, now));
            }
            for field in fields {
                let (was, is) = (row.get(*field), now.get(*field));
                if was == is {
                    continue;
                }
                differing += 1;
                let gone = loses(field, was, is);
                lost += usize::from(gone);
                let mark = if gone { "LOST  " } else { "read since  " };
                println!("{mark}{ours} “{id}” {field}: {} → {}", shown(was), shown(is));
            }
        }
    }
    println!("{rows} rows of research, {differing} fields that say more now, {lost} that say less");
    if lost > 0 {
        bail!("{lost} fields lost what the research said");
    }
    Ok(())
}

/// Tells whether a change takes away a day, a doubt or a source.
fn loses(field: &str, was: Option<&Value>, is: Option<&Value>) -> bool {
    match (was, is) {
        (_, None) => true,
        (Some(Value::Boolean(was)), Some(Value::Boolean(is))) => *was && !*is,
        (Some(Value::String(was)), Some(Value::String(is))) => {
            let day_moved = field == "verified_on" && !was.is_empty() && is < was;
            is.is_empty() && !was.is_empty() || day_moved
        }
        (Some(Value::Array(was)), Some(Value::Array(is))) => was.iter().any(|one| !is.contains(one)),
        _ => false,
    }
}

/// Tells whether a state's time to sue is that of the research, in months.
fn same_length(id: &str, row: &Table, now: &Table) -> bool {
    let years = match row.get("limitation_years") {
        Some(Value::Integer(years)) => *years as f64,
        Some(Value::Float(years)) => *years,
        _ => return true,
    };
    let months = now.get("limitation_months").and_then(Value::as_integer).unwrap_or_default();
    let same = (years * 12.0 - months as f64).abs() < 0.01;
    if !same {
        println!("LOST  defamation.toml “{id}”: {years} years of the research are {months} months here");
    }
    same
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

fn read(path: &Path) -> Result<BTreeMap<String, Table>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let tables: Table = text.parse().with_context(|| format!("{} is no TOML", path.display()))?;
    let mut rows = BTreeMap::new();
    for row in tables.values().filter_map(Value::as_array).flatten().filter_map(Value::as_table) {
        let id = row.get("id").and_then(Value::as_str).context("a row without an id")?;
        rows.insert(id.to_owned(), row.clone());
    }
    Ok(rows)
}
