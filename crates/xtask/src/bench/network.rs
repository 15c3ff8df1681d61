//! `cargo xtask bench network`: the co-action kernel against reference answers, and its cost.
//!
//! Reference lists and measured sets lie in `../shared/network` and are read only where they are there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use network::together::{Actions, Chance, Columns, Measure, Question, each, read_csv, together};

/// A data set, a window in seconds, a reference list and its three columns: one account, the other, weight.
const REFERENCES: &[(&str, i64, &str, [usize; 3])] = &[
    ("german_hashtag_id.csv", 60, "ct_german_hashtag_60_mp1.csv", [0, 1, 2]),
    ("german_url_id.csv", 60, "ct_german_url_60_mp1.csv", [0, 1, 2]),
    ("russian_dedup.csv", 60, "ct_russian_60_mp1.csv", [0, 1, 2]),
    ("russian_dedup.csv", 60, "tk_russian_coretweet_60.csv", [0, 1, 2]),
    ("german_url_id.csv", 60, "tk_german_url_colink_60.csv", [0, 1, 2]),
    ("german_url_id.csv", 3600, "tk_german_url_colink_3600.csv", [0, 1, 2]),
];

/// Runs the bench.
pub fn run() -> Result<()> {
    let shared = PathBuf::from("../shared/network");
    if shared.is_dir() {
        for (data, within_s, reference, columns) in REFERENCES {
            compare(&shared, data, *within_s, reference, columns)?;
        }
        for within_s in [60, 3600] {
            measure(&shared.join("russian_dedup.csv"), within_s)?;
        }
    } else {
        println!("../shared/network is not here: references not compared");
    }
    Ok(())
}

fn question(within_s: i64) -> Question {
    Question {
        within_ms: within_s * 1000,
        min_weight: 1,
        measure: Measure::Pairs,
        chance: Chance::None,
        max_pairs_per_object: None,
        memory_budget: 8 << 30,
    }
}

fn read(path: &Path) -> Result<Actions> {
    let file = fs::File::open(path).with_context(|| path.display().to_string())?;
    let table = read_csv(file, &Columns::coortweet())?;
    ensure!(table.troubles.is_empty(), "{}: {:?}", path.display(), table.troubles);
    Ok(table.actions)
}

/// Prints how the kernel's edges differ from a reference list.
fn compare(shared: &Path, data: &str, within_s: i64, reference: &str, columns: &[usize; 3]) -> Result<()> {
    let actions = read(&shared.join(data))?;
    let answer = together(&actions, &question(within_s), &mut |_| true)?;
    let name = |account| actions.account_name(account).to_owned();
    let ours: BTreeMap<(String, String), u64> =
        answer.edges.iter().map(|edge| ((name(edge.a), name(edge.b)), edge.weight)).collect();
    let text = fs::read_to_string(shared.join("ref").join(reference))?;
    let mut theirs: BTreeMap<(String, String), u64> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let field: Vec<&str> = line.split(',').map(|field| field.trim_matches('"')).collect();
        let (one, other) = (field[columns[0]].to_owned(), field[columns[1]].to_owned());
        let pair = if one < other { (one, other) } else { (other, one) };
        theirs.insert(pair, field[columns[2]].parse()?);
    }
    let missing = theirs.keys().filter(|pair| !ours.contains_key(*pair)).count();
    let extra = ours.keys().filter(|pair| !theirs.contains_key(*pair)).count();
    let other = ours.iter().filter(|(pair, weight)| theirs.get(*pair).is_some_and(|w| w != *weight)).count();
    println!(
        "{reference:<34} {:>6} edges, {missing} missing, {extra} extra, {other} of another weight",
        theirs.len()
    );
    Ok(())
}

/// Prints what reading and asking cost.
fn measure(path: &Path, within_s: i64) -> Result<()> {
    let start = Instant::now();
    let actions = read(path)?;
    let read_s = start.elapsed().as_secs_f64();
    let start = Instant::now();
    let bill = each(&actions, &question(within_s), &mut |_| true, &mut |_| true)?;
    println!(
        "{} rows within {within_s} s: {} edges of {} pairs; read {read_s:.3} s, asked {:.3} s",
        actions.rows(),
        bill.edges,
        bill.pairs,
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
