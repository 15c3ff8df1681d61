//! `redress export`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::export::{self, Outcome};
use report::Language;

use crate::cli;
use crate::commands::{language, open, paper};
use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(args: &cli::Export, screen: &Screen) -> Result<Done, ActionError> {
    let recipient =
        args.recipient.parse().map_err(|what: String| ActionError::Request(format!("{what}.")))?;
    let paper = paper(&args.paper)?;
    let mut case = open(&args.case)?;
    let language = language(args.language.as_deref(), &case)?;
    let request =
        export::Request { recipient, out: &args.out, language: Language::of_code(&language), paper };
    let outcome = export::export(&mut case, &request, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(Done::Well)
}

pub fn tell(outcome: &Outcome) -> String {
    let mut text = format!(
        "Wrote the package for {} into {}\n  {}, {} covered, {}\n",
        outcome.recipient,
        outcome.package.display(),
        count(outcome.exhibits.len() as u64, "exhibit", "exhibits"),
        count(outcome.redactions, "text", "texts"),
        count(outcome.files, "file", "files"),
    );
    // Writing to a String cannot fail.
    for left in &outcome.left_out {
        let _ = writeln!(text, "  left out: {} {}", left.what, left.why);
    }
    let _ = writeln!(
        text,
        "  manifest: {}\nRead data/report.pdf first. Anybody can check the package: see VERIFY.txt in it, or\n  redress verify {}",
        outcome.manifest,
        outcome.package.display()
    );
    text
}
