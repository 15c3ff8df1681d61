//! A phone full of screenshots, imported and read by the real program: `redress import`, then `redress scan`, with the
//! program for text as its children. Build redress first with `cargo build --release -p redress`.
//!
//! Every picture is another one, since the same bytes twice are one capture.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::ImageFormat;
use pixels::drawn::{Words, screen};
use serde_json::Value;
use values::Platform;

use super::case::measured;

const APPS: [Platform; 5] =
    [Platform::X, Platform::Facebook, Platform::TruthSocial, Platform::Telegram, Platform::Sms];

/// Prints a row for each command, and what was read. `REDRESS_SCREENSHOTS` sets how many there are (1,000).
pub fn run() -> Result<()> {
    let count =
        std::env::var("REDRESS_SCREENSHOTS").ok().and_then(|count| count.parse().ok()).unwrap_or(1000);
    let program = std::env::current_exe()?.with_file_name("redress");
    ensure!(program.is_file(), "{} is not there: cargo build --release -p redress", program.display());
    let work = std::env::var_os("REDRESS_WORK").map_or_else(std::env::temp_dir, PathBuf::from);
    let work = work.join(format!("redress-bench-{}", std::process::id()));
    fs::create_dir_all(&work)?;
    let outcome = steps(&program, &work, count);
    fs::remove_dir_all(&work)?;
    outcome
}

fn steps(program: &Path, work: &Path, count: u64) -> Result<()> {
    let roll = work.join("roll");
    fs::create_dir(&roll)?;
    let mut bytes = 0;
    for number in 0..count {
        let picture = drawn(number)?;
        bytes += picture.len();
        // As an Android phone names them, one every seven seconds from 10 in the morning on.
        let second = 36_000 + number * 7;
        let name =
            format!("Screenshot_20251104-{:02}{:02}{:02}.png", second / 3600, second / 60 % 60, second % 60);
        fs::write(roll.join(name), picture)?;
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{count} screenshots of 1080 by 1600, {megabytes:.0} MB; posts/s are pictures a second\n");
    println!("| command | wall s | CPU s | cores busy | MB/s | posts/s | most memory MB |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let case = work.join("case");
    let case = case.to_str().context("the folder's name is no text")?;
    let folder = roll.to_str().context("the folder's name is no text")?;
    measured(program, work, &["new", case, "--role", "election-worker", "--state", "PA"], None, count)?;
    measured(program, work, &["import", case, folder], Some(megabytes), count)?;
    let scanned = measured(program, work, &["--json", "scan", case], Some(megabytes), count)?;
    let scanned: Value = serde_json::from_slice(&fs::read(scanned)?)?;
    let of = |name: &str| scanned["pictures"][name].as_u64().unwrap_or(0);
    let read = of("read");
    println!(
        "\n{read} pictures read, {} with words, {} as part of a longer page, {} not read, {} posts proposed from them, {} findings in all",
        of("with_words"),
        of("stitched"),
        count.saturating_sub(read),
        of("proposed"),
        scanned["proposed"]
    );
    ensure!(read == count && of("with_words") == count, "not every picture was read: {scanned}");
    Ok(())
}

fn drawn(number: u64) -> Result<Vec<u8>> {
    let text = format!(
        "Who is the man with the gray hatchback, plate RDR-{number:04}? Somebody at the drop box on Example Street must \
         know him. Call 202-555-01{:02} and tell us where he lives.",
        number % 100
    );
    let (time, views) = (format!("10:{:02} AM · Nov 4, 2025", number % 60), number.to_string());
    let words = Words {
        name: "Example Watcher",
        handle: "example_watcher",
        time: &time,
        text: &text,
        counts: &["12", "3", "45", &views],
    };
    let picture = screen(APPS[number as usize % APPS.len()], number % 2 == 1, &words);
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.rgb().write_to(&mut bytes, ImageFormat::Png)?;
    Ok(bytes.into_inner())
}
