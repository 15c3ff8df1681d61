//! `redress import`.

use std::fmt::Write as _;
use std::path::Path;

use actions::import::{self, Became, Outcome};
use actions::{ActionError, files};
use intake::{Limits, Mapping, Options};
use values::Severity;

use crate::cli::{self, First};
use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

/// Troubles told for each file before the rest is only counted.
const TOLD: usize = 6;

pub fn run(args: &cli::Import, screen: &Screen) -> Result<Done, ActionError> {
    let mut options = Options::plain(Limits::ordinary());
    if let Some(format) = &args.format {
        let known: Vec<&str> = intake::formats().iter().map(|format| format.name).collect();
        if !known.contains(&format.as_str()) {
            return Err(ActionError::Request(format!(
                "There is no format “{format}”. Use one of {}, or leave --as out.",
                known.join(", ")
            )));
        }
        options.force = Some(format.clone());
    }
    if let Some(map) = &args.map {
        options.mapping = Some(Mapping::parse(map).map_err(ActionError::Request)?);
    }
    if let Some(minutes) = args.max_minutes {
        options.limits.max_file_seconds = minutes * 60;
        options.limits.max_archive_seconds = minutes * 360;
    }
    if let Some(entries) = args.max_entries {
        options.limits.max_entries = entries;
    }
    options.day_first = args.first.map(|first| matches!(first, First::Day));
    options.zone_minutes = args.zone.as_deref().map(zone).transpose()?;
    // Named files are looked for before the case is touched: a typing error changes nothing.
    files::find(&args.files)?;
    let mut case = open(&args.case)?;
    let request = import::Request { paths: &args.files, options: &options };
    let outcome = import::import(&mut case, &request, &screen.context(None))?;
    screen.outcome(&outcome, |outcome| tell(outcome, &args.case))?;
    Ok(if outcome.troubled() { Done::WithTroubles } else { Done::Well })
}

/// Reads `-05:00` as minutes.
fn zone(given: &str) -> Result<i32, ActionError> {
    let read = || {
        let (sign, digits) = match given.strip_prefix('-').or_else(|| given.strip_prefix('\u{2212}')) {
            Some(digits) => (-1, digits),
            None => (1, given.strip_prefix('+')?),
        };
        let (hours, minutes) = digits.split_once(':')?;
        let (hours, minutes) = (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?);
        ((0..=14).contains(&hours) && (0..60).contains(&minutes)).then_some(sign * (hours * 60 + minutes))
    };
    read().ok_or_else(|| {
        ActionError::Request(format!(
            "“{given}” is no distance from UTC. Write it like -05:00 (New York in winter) or +01:00."
        ))
    })
}

/// Asks which number of a date is the day, for each file in which that is open.
fn questions(outcome: &Outcome, case: &Path) -> String {
    let open: Vec<_> = outcome
        .files
        .iter()
        .filter(|file| file.troubles.iter().any(|trouble| trouble.code.ends_with(".day_or_month")))
        .collect();
    if open.is_empty() {
        return String::new();
    }
    let mut text =
        "\nA question is open: which number of a date is the day? Until you say it, both readings are shown.\n"
            .to_owned();
    for file in open {
        let path = file.path.display().to_string();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  redress import {} {} --first day      (or --first month)",
            case.display(),
            quoted(&harmless(&path))
        );
    }
    text
}

/// Returns a path as it can be typed.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if path.chars().all(plain) { path.to_owned() } else { format!("\"{}\"", path.replace('"', "\\\"")) }
}

/// Says what a file held: a backup of calls holds no posts.
fn held(posts: u64, incidents: u64) -> String {
    match (posts, incidents) {
        (_, 0) => count(posts, "post", "posts"),
        (0, _) => count(incidents, "call", "calls"),
        _ => format!("{}, {}", count(posts, "post", "posts"), count(incidents, "call", "calls")),
    }
}

fn tell(outcome: &Outcome, case: &Path) -> String {
    let mut text = String::new();
    for file in &outcome.files {
        let name = harmless(&file.name);
        let format = file.format.as_deref().unwrap_or("unknown");
        // Writing to a String cannot fail.
        let _ = match &file.became {
            Became::Imported => {
                writeln!(text, "  kept     {name}  ({format}, {})", held(file.posts, file.incidents))
            }
            Became::AlreadyThere => writeln!(text, "  had it   {name}  (the same bytes are in the case)"),
            Became::Refused { code, what, next } => {
                writeln!(text, "  refused  {name}\n           {what} {next} ({code})")
            }
        };
        if let Some(original) = &file.stripped_from {
            let _ = writeln!(
                text,
                "           secrets were stripped; a derivative is kept. SHA-256 of the file as received:\n           {original}"
            );
        }
        for trouble in file.troubles.iter().take(TOLD) {
            let weight = if trouble.severity > Severity::Note { "trouble" } else { "note   " };
            let _ = writeln!(text, "  {weight}  {}", harmless(&trouble.to_string()));
        }
        let more = file.trouble_count.saturating_sub(file.troubles.len().min(TOLD) as u64);
        if more > 0 {
            let _ = writeln!(text, "           and {more} more; --json lists them");
        }
    }
    let files = outcome.files.len() as u64;
    let _ = writeln!(
        text,
        "\n{}; {} new, {} in the case.",
        count(files, "file", "files"),
        count(outcome.new_posts, "post", "posts"),
        outcome.posts_in_case
    );
    text.push_str(&questions(outcome, case));
    if outcome.new_posts > 0 {
        let _ = writeln!(text, "Next: redress scan {}", case.display());
    }
    text
}
