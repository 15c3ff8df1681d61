//! A large case, from import to verification: speed of each command, processor time, cores kept busy, memory.
//!
//! The real program is run, as a person would run it: build it first with `cargo build --release -p redress`.
//! `REDRESS_POSTS` sets how many posts the capture holds (300,000; the figure asked of a case is 1,000,000).
//! `REDRESS_WORK` names a folder for the case, on the disk that is to be measured.

use std::fs;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

/// Findings that are confirmed, and so exhibits in the package.
const EXHIBITS: usize = 50;

/// Prints a row for each command.
pub fn run() -> Result<()> {
    let posts: u64 = std::env::var("REDRESS_POSTS").ok().and_then(|n| n.parse().ok()).unwrap_or(300_000);
    let program = std::env::current_exe()?.with_file_name("redress");
    ensure!(program.is_file(), "{} is not there: cargo build --release -p redress", program.display());
    let work = std::env::var_os("REDRESS_WORK").map_or_else(std::env::temp_dir, PathBuf::from);
    let work = work.join(format!("redress-bench-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let outcome = steps(&program, &work, posts);
    fs::remove_dir_all(&work)?;
    outcome
}

fn steps(program: &Path, work: &Path, posts: u64) -> Result<()> {
    let capture = work.join("posts.ndjson");
    let mut file = BufWriter::with_capacity(1 << 20, fs::File::create(&capture)?);
    let bytes = self::capture(&mut file, 0..posts)?;
    file.flush()?;
    let megabytes = bytes as f64 / 1e6;
    println!(
        "X NDJSON of {posts} posts, {megabytes:.0} MB; one in five asks who he is, names a plate or threatens\n"
    );
    println!("| command | wall s | CPU s | cores busy | MB/s | posts/s | most memory MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let case = work.join("case");
    let case = case.to_str().context("the folder's name is no text")?;
    let file = capture.to_str().context("the folder's name is no text")?;
    let out = work.join("package");
    let out = out.to_str().context("the folder's name is no text")?;
    let step =
        |arguments: &[&str], megabytes: Option<f64>| measured(program, work, arguments, megabytes, posts);
    step(&["new", case, "--role", "election-worker", "--state", "PA"], None)?;
    step(&["import", case, file], Some(megabytes))?;
    fs::remove_file(&capture)?;
    step(&["scan", case], None)?;
    step(&["trace", case], None)?;
    let list = step(&["--json", "review", case, "list"], None)?;
    let list: Value = serde_json::from_slice(&fs::read(list)?)?;
    let lines = list["lines"].as_array().context("the list has no lines")?;
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).take(EXHIBITS).collect();
    let mut confirm = vec!["review", case, "confirm", "--why", "bench"];
    confirm.extend(&ids);
    step(&confirm, None)?;
    step(&["export", case, "--for", "police", "--out", out], None)?;
    step(&["verify", case], None)?;
    println!("\n{} lines to review, {} exhibits in the package", lines.len(), ids.len());
    Ok(())
}

/// Runs one command, prints its row, and returns where its output lies.
pub(super) fn measured(
    program: &Path,
    work: &Path,
    arguments: &[&str],
    megabytes: Option<f64>,
    posts: u64,
) -> Result<PathBuf> {
    let output = work.join("output");
    let (start, before) = (Instant::now(), children_seconds());
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(fs::File::create(&output)?)
        .stderr(Stdio::null())
        .spawn()?;
    let (status_of_child, mut most) = (format!("/proc/{}/status", child.id()), 0);
    let status = loop {
        // The peak only grows, so the last look before the end is near enough.
        most = most.max(peak_mb(&status_of_child));
        match child.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    let (wall, cpu) = (start.elapsed().as_secs_f64(), children_seconds() - before);
    let name = arguments.iter().find(|word| !word.starts_with('-')).unwrap_or(&"");
    // 1 is “done, with troubles”: the extension's export has known defects, which are told.
    if !matches!(status.code(), Some(0 | 1)) {
        bail!("`redress {name}` ended with {status}: {}", fs::read_to_string(&output)?);
    }
    let rate = megabytes.map_or_else(String::new, |megabytes| format!("{:.0}", megabytes / wall));
    println!(
        "| {name} | {wall:.1} | {cpu:.1} | {:.2} | {rate} | {:.0} | {most} |",
        cpu / wall,
        posts as f64 / wall
    );
    Ok(output)
}

fn peak_mb(path: &str) -> u64 {
    let status = fs::read_to_string(path).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

/// Processor seconds of ended children, user and system (fields 16 and 17 of proc(5), 100 ticks a second).
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Sentences that concern the person, one post in five; the others are chatter.
const AIMED: [&str; 5] = [
    "Need help identifying this man dropping off a whole crate of ballots. Who is he?",
    "Gray hatchback, plate RDR-0000. Somebody knows him.",
    "We know where you live and we are coming for you tonight.",
    "He is a ballot mule and he was paid for every crate.",
    "The county says he is its own courier; the crate was empty.",
];
const CHATTER: [&str; 5] = [
    "Lines are short and everyone was friendly, bring your ID and some water.",
    "Turnout in the county is up four percent over 2020.",
    "My sister says the school fair starts at 6 and there will be cake.",
    "I do not agree with him but he made one good point about housing.",
    "Prices went from 2.28 to 3.44 and nobody explains why that is.",
];

/// Writes an invented capture: each line is the sample's first, with its own id, author, time and words.
pub(super) fn capture(to: &mut impl Write, posts: Range<u64>) -> Result<u64> {
    let sample = samples::text("zeeschuimer-x-ndjson/sample.ndjson");
    let line = sample.lines().next().context("the sample is empty")?;
    let words = "Need help identifying this man dropping off a whole crate of ballots at the Example County annex. Mule? 🤔";
    ensure!(line.contains(words), "the sample's first post has other words now");
    let mut bytes = 0;
    for number in posts {
        // 4,194,304 snowflake steps are a second; the posts fall within twelve days.
        let id = 1_985_724_259_103_670_395 + number * 4_194_304;
        let author = number % 40_000;
        let list = if number % 5 == 0 { &AIMED } else { &CHATTER };
        let text = format!("{} ({number})", list[(number / 5) as usize % 5]);
        let own = line
            .replace("1985724259103670395", &id.to_string())
            .replace("1690000000000000001", &(1_690_000_000_000_000_001 + author).to_string())
            .replace("example_watcher", &format!("example_{author}"))
            .replace("Tue Nov 04 15:02:11 +0000 2025", &written(id))
            .replace(words, &text);
        to.write_all(own.as_bytes())?;
        to.write_all(b"\n")?;
        bytes += own.len() as u64 + 1;
    }
    Ok(bytes)
}

/// Returns the time an id carries as X writes it.
fn written(id: u64) -> String {
    let seconds = ((id >> 22) + 1_288_834_974_657) / 1000;
    // The capture begins on Tuesday, 4 November 2025, at 15:02:11 UTC and stays within the month.
    let since = seconds - 1_762_214_400;
    let (day, rest) = (since / 86_400, since % 86_400);
    let names = ["Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Mon"];
    format!(
        "{} Nov {:02} {:02}:{:02}:{:02} +0000 2025",
        names[day as usize % 7],
        4 + day,
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}
