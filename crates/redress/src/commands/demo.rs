//! `redress demo`.

use std::fmt::Write as _;
use std::path::Path;

use actions::ActionError;
use actions::demo::{self, Outcome};

use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(dir: &Path, screen: &Screen) -> Result<Done, ActionError> {
    let outcome = demo::demo(dir, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(if outcome.verify.failed == 0 { Done::Well } else { Done::WithTroubles })
}

fn tell(outcome: &Outcome) -> String {
    let mut text = String::from("Everybody in this demo is invented.\n\n");
    let secrets = outcome.import.files.iter().filter(|file| file.stripped_from.is_some()).count() as u64;
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "Kept {} with {}; session secrets stripped from {}.",
        count(outcome.import.files.len() as u64, "capture", "captures"),
        count(outcome.import.posts_in_case, "post", "posts"),
        count(secrets, "file", "files"),
    );
    let found: Vec<String> =
        outcome.scan.counting.iter().map(|(kind, number)| format!("{number} {kind}")).collect();
    let _ = writeln!(text, "Found {}.", found.join(", "));
    let _ = writeln!(
        text,
        "Seen and not counted: {} (quotation, question, denial, satire, news, weaker matches).",
        outcome.scan.not_counting
    );
    let _ = writeln!(
        text,
        "{} went on after a correction came to them.",
        count(outcome.kept_on, "account", "accounts")
    );
    let _ = writeln!(
        text,
        "A scripted review (no person looked; every page says so) confirmed {}: {}.",
        count(outcome.confirmed, "finding", "findings"),
        count(outcome.exhibits, "exhibit", "exhibits"),
    );
    let _ = writeln!(text, "\nPackages:");
    for package in &outcome.packages {
        let _ = writeln!(
            text,
            "  {:<8} {}",
            package.recipient,
            package.package.join("data/report.pdf").display()
        );
    }
    let _ = writeln!(
        text,
        "\nChecked the case: {} passed, {} failed, {} not checked.",
        outcome.verify.passed, outcome.verify.failed, outcome.verify.not_checked
    );
    let police = outcome.packages.first().map(|package| package.package.display().to_string());
    let _ = writeln!(
        text,
        "\nNext:\n  redress verify {}\n  redress review {}\n  redress plan {}\n  redress new my-case --role election-worker --state PA",
        police.unwrap_or_default(),
        outcome.case.display(),
        outcome.case.display(),
    );
    text
}
