//! `cargo xtask bench network`: the co-action kernel against reference answers, and its cost.
//!
//! Reference lists and measured sets lie in `../shared/network` and are read only where they are there.

mod exports;
mod generate;
mod planted;
mod texts;
mod whole;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use network::together::{Actions, Chance, Columns, Measure, Question, Wanted, each, read_csv, together};

/// A data set, a window in seconds, a reference list whose first columns are one account, the other, weight.
const REFERENCES: &[(&str, i64, &str)] = &[
    ("german_hashtag_id.csv", 60, "ct_german_hashtag_60_mp1.csv"),
    ("german_url_id.csv", 60, "ct_german_url_60_mp1.csv"),
    ("russian_dedup.csv", 60, "ct_russian_60_mp1.csv"),
    ("russian_dedup.csv", 60, "tk_russian_coretweet_60.csv"),
    ("german_url_id.csv", 60, "tk_german_url_colink_60.csv"),
    ("german_url_id.csv", 3600, "tk_german_url_colink_3600.csv"),
];

/// What a child of this bench is asked to run: `FILE WINDOW [null]`.
const CHILD: &str = "REDRESS_BENCH_NETWORK";

/// Runs the bench.
pub fn run() -> Result<()> {
    if let Ok(asked) = std::env::var(CHILD) {
        return child(&asked);
    }
    let shared = PathBuf::from("../shared/network");
    if shared.is_dir() {
        for (data, within_s, reference) in REFERENCES {
            compare(&shared, data, *within_s, reference)?;
        }
    } else {
        println!("../shared/network is not here: references not compared");
    }
    exports::run()?;
    planted::run()?;
    texts::run()?;
    whole::run()?;
    scale()
}

/// Prints what the kernel and its peers cost over generated actions. Sizes come from `REDRESS_BENCH_ROWS`.
fn scale() -> Result<()> {
    let sizes = std::env::var("REDRESS_BENCH_ROWS").unwrap_or_else(|_| "10000,100000,423000,1000000".into());
    println!(
        "\n| actions | window | program | edges | weight | CPU s | peak MB |\n| --- | --- | --- | --- | --- | --- | --- |"
    );
    for rows in sizes.split(',').filter_map(|size| size.trim().parse::<u64>().ok()) {
        let file = PathBuf::from(format!("target/bench/actions-{rows}.csv"));
        if !file.exists() {
            fs::create_dir_all("target/bench")?;
            let mut to = std::io::BufWriter::new(fs::File::create(&file)?);
            generate::write_csv(rows, &mut to)?;
        }
        for within_s in [60, 3600] {
            if within_s == 3600 && rows > 423_000 {
                continue;
            }
            let this = std::env::current_exe()?;
            for (program, null) in [("redress", ""), ("redress, chance of each edge", " null")] {
                if !null.is_empty() && (within_s > 60 || rows > 1_000_000) {
                    continue;
                }
                let asked = format!("{} {within_s}{null}", file.display());
                let mut child = std::process::Command::new(&this);
                let out = child.args(["bench", "network"]).env(CHILD, asked).output()?;
                row(rows, within_s, program, &out);
            }
            for (peer, most) in [("duckdb", 1_000_000), ("polars", 1_000_000)] {
                let python = Path::new("target/peers/bin/python");
                if within_s > 60 || rows > most || !python.exists() {
                    continue;
                }
                let out = std::process::Command::new(python)
                    .args(["-c", PEERS, peer])
                    .arg(&file)
                    .arg(within_s.to_string())
                    .output()?;
                row(rows, within_s, peer, &out);
            }
        }
    }
    Ok(())
}

fn row(rows: u64, within_s: i64, program: &str, out: &std::process::Output) {
    let text = String::from_utf8_lossy(&out.stdout);
    match text.lines().rev().find_map(|line| line.strip_prefix("= ")) {
        Some(figures) if out.status.success() => {
            println!("| {rows} | {within_s} s | {program} | {} |", figures.replace(' ', " | "));
        }
        _ => {
            let error = String::from_utf8_lossy(&out.stderr);
            println!(
                "| {rows} | {within_s} s | {program} | failed: {} | | | |",
                error.lines().last().unwrap_or("")
            );
        }
    }
}

/// Runs one measurement in this process and prints `= edges weight cpu_s peak_mb`.
fn child(asked: &str) -> Result<()> {
    let mut words = asked.split(' ');
    let (Some(file), Some(within_s)) = (words.next(), words.next()) else { bail!("nothing asked") };
    let actions = read(Path::new(file))?;
    let read_s = cpu_seconds()?;
    let (mut edges, mut weight) = (0u64, 0u64);
    let mut question = question(within_s.parse()?);
    if words.next() == Some("null") {
        question.chance = Chance::Times { draws: 1000, seed: 1 };
    }
    each(&actions, &question, &mut |_| true, &mut |edge| {
        edges += 1;
        weight += edge.weight;
        true
    })?;
    println!("read {read_s}");
    println!("= {edges} {weight} {:.2} {}", cpu_seconds()?, peak_mb()?);
    Ok(())
}

/// Returns user and system time of this process.
fn cpu_seconds() -> Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    // Fields 14 and 15 of proc(5), counted from the third here; a tick is 10 ms on every Linux that runs this.
    let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
    Ok(ticks as f64 / 100.0)
}

fn peak_mb() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}

/// The same question in DuckDB and Polars.
const PEERS: &str = include_str!("network/peers.py");

fn question(within_s: i64) -> Question {
    Question {
        within_ms: within_s * 1000,
        min_weight: 1,
        measure: Measure::Pairs,
        chance: Chance::None,
        nearer_ms: Vec::new(),
        max_pairs_per_object: None,
        memory_budget: 8 << 30,
    }
}

fn read(path: &Path) -> Result<Actions> {
    let file = fs::File::open(path).with_context(|| path.display().to_string())?;
    let table = read_csv(file, &Wanted { columns: &Columns::coortweet(), kinds: &[] })?;
    ensure!(table.troubles.is_empty(), "{}: {:?}", path.display(), table.troubles);
    Ok(table.actions)
}

/// Prints how the kernel's edges differ from a reference list. CooRTweet counts pairs; the toolkit lists either direction
/// with the distinct posts of the first account, which are our `posts_a` and `posts_b`.
fn compare(shared: &Path, data: &str, within_s: i64, reference: &str) -> Result<()> {
    let actions = read(&shared.join(data))?;
    let answer = together(&actions, &question(within_s), &mut |_| true)?;
    let name = |account| actions.account_name(account).to_owned();
    let directed = reference.starts_with("tk_");
    let mut ours: BTreeMap<(String, String), u64> = BTreeMap::new();
    for edge in &answer.edges {
        ours.insert((name(edge.a), name(edge.b)), if directed { edge.posts_a } else { edge.weight });
        if directed {
            ours.insert((name(edge.b), name(edge.a)), edge.posts_b);
        }
    }
    let text = fs::read_to_string(shared.join("ref").join(reference))?;
    let mut theirs: BTreeMap<(String, String), u64> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let field: Vec<&str> = line.split(',').map(|field| field.trim_matches('"')).collect();
        let (one, other) = (field[0].to_owned(), field[1].to_owned());
        let pair = if directed || one < other { (one, other) } else { (other, one) };
        theirs.insert(pair, field[2].parse()?);
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
