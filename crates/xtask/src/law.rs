//! `cargo xtask law check`: are the rows of `crates/law/data` as documented? Writes `docs/law-review.md`, the list a
//! reviewer works through.
//!
//! `--today 2026-11-23` counts ages from that day instead of this computer's.

use std::path::Path;

use ::law::{Day, Library};
use anyhow::{Context, Result, bail};

/// Runs the chore.
pub fn run(arguments: &[String]) -> Result<()> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => check(today()?),
        ["check", "--today", day] => check(day.parse().context("write the day like 2026-11-23")?),
        _ => bail!("use: cargo xtask law check [--today 2026-11-23]"),
    }
}

fn check(today: Day) -> Result<()> {
    let library = Library::shipped();
    let problems = ::law::check::problems(library);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/law-review.md");
    std::fs::write(&path, ::law::check::review(library, today)).context("cannot write docs/law-review.md")?;
    let (mut rows, mut unverified) = (0, 0);
    library.each_row(&mut |row| {
        rows += 1;
        unverified += usize::from(row.origin.unverified());
    });
    println!("{rows} rows, {unverified} unverified; docs/law-review.md written");
    for problem in &problems {
        println!("{problem}");
    }
    if !problems.is_empty() {
        bail!("{} problems; data/README.md says how a row is written", problems.len());
    }
    Ok(())
}

fn today() -> Result<Day> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let days = i64::try_from(now.as_secs() / 86_400)?;
    Ok(::law::days_after(Day::constant(1970, 1, 1), days))
}
