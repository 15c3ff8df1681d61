//! `cargo xtask law …`: the rows of `crates/law/data`.
//!
//! - `check`: are they as documented? Writes `docs/law-review.md`, the list a reviewer works through. `--today 2026-11-23`
//!   counts ages from that day instead of this computer's.
//! - `compare FOLDER`: do they say of their sources what the first research said of them?
//! - `key NAME FILE` and `pack FOLDER --key FILE --out PACK`: make a signed pack of new or corrected rows.

mod compare;
mod pack;

use std::path::Path;

use ::law::{Day, Library};
use anyhow::{Context, Result, bail};

const USE: &str = "use:
  cargo xtask law check [--today 2026-11-23]
  cargo xtask law compare FOLDER
  cargo xtask law key NAME FILE
  cargo xtask law pack FOLDER --key FILE --out PACK [--made 2026-11-23]";

/// Runs the chore.
pub fn run(arguments: &[String]) -> Result<()> {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["check"] => check(today()?),
        ["check", "--today", day] => check(read_day(day)?),
        ["compare", folder] => compare::run(Path::new(folder)),
        ["key", name, file] => pack::key(name, Path::new(file)),
        ["pack", folder, "--key", key, "--out", out] => {
            pack::pack(Path::new(folder), Path::new(key), Path::new(out), today()?)
        }
        ["pack", folder, "--key", key, "--out", out, "--made", day] => {
            pack::pack(Path::new(folder), Path::new(key), Path::new(out), read_day(day)?)
        }
        _ => bail!("{USE}"),
    }
}

fn check(today: Day) -> Result<()> {
    // The files as they lie there, so that a row that does not read is told in words.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../law/data");
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name))
            .with_context(|| format!("cannot read crates/law/data/{name}"))
    };
    let mut files = Vec::new();
    for name in Library::file_names() {
        files.push((name, read(name)?, read(&name.replace(".toml", ".es.toml"))?));
    }
    let files: Vec<_> =
        files.iter().map(|(name, rows, spanish)| (*name, rows.as_str(), spanish.as_str())).collect();
    let library = &Library::read(&files)?;
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

fn read_day(given: &str) -> Result<Day> {
    given.parse().with_context(|| format!("“{given}” is no day; write it like 2026-11-23"))
}

fn today() -> Result<Day> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let days = i64::try_from(now.as_secs() / 86_400)?;
    Ok(::law::days_after(Day::constant(1970, 1, 1), days))
}
