//! `redress verify`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use actions::ActionError;
use actions::verify::{self, Outcome};
use case::CaseError;
use case::verify::Verdict;

use crate::commands::open;
use crate::exit::Done;
use crate::screen::Screen;

pub fn run(path: &Path, trust: &[PathBuf], screen: &Screen) -> Result<Done, ActionError> {
    let context = screen.context(None);
    let outcome = if verify::is_case(path) {
        match open(path) {
            Err(ActionError::Case(CaseError::Locked(_) | CaseError::HalfLocked { .. })) => {
                verify::locked(path, trust)?
            }
            case => verify::case(&mut case?, trust, &context)?,
        }
    } else {
        verify::package(path, trust, &context)?
    };
    screen.outcome(&outcome, tell)?;
    Ok(if outcome.failed == 0 { Done::Well } else { Done::WithTroubles })
}

fn tell(outcome: &Outcome) -> String {
    let mut text = String::new();
    for check in &outcome.checks {
        // Writing to a String cannot fail.
        let _ = match &check.verdict {
            Verdict::Passed => writeln!(text, "  passed       {}", check.what),
            Verdict::Failed(because) => writeln!(text, "  FAILED       {}: {because}", check.what),
            Verdict::NotChecked(because) => {
                writeln!(text, "  not checked  {}, because {because}", check.what)
            }
        };
    }
    let _ = writeln!(
        text,
        "\n{} passed, {} failed, {} not checked.",
        outcome.passed, outcome.failed, outcome.not_checked
    );
    if let Some(retention) = &outcome.retention {
        let _ = writeln!(text, "{retention}");
    }
    text
}
