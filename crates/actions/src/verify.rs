//! `redress verify`: a case, or a package, checked line by line.

use std::path::Path;

use case::Case;
use case::verify::{Check, Verdict};
use record::What;
use serde::Serialize;

use crate::context::Unit;
use crate::{ActionError, Context};

/// What checking came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// `case` or `package`.
    pub of: &'static str,
    /// The checks, in order.
    pub checks: Vec<Check>,
    /// How many passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
    /// How many could not be made.
    pub not_checked: u64,
}

impl Outcome {
    fn of(of: &'static str, checks: Vec<Check>) -> Self {
        let count = |wanted: fn(&Verdict) -> bool| {
            checks.iter().filter(|check| wanted(&check.verdict)).count() as u64
        };
        Self {
            of,
            passed: count(|verdict| matches!(verdict, Verdict::Passed)),
            failed: count(|verdict| matches!(verdict, Verdict::Failed(_))),
            not_checked: count(|verdict| matches!(verdict, Verdict::NotChecked(_))),
            checks,
        }
    }
}

/// Checks a case; that it was checked is written to its ledger.
pub fn case(case: &mut Case, context: &Context<'_>) -> Result<Outcome, ActionError> {
    context.progress.begin("Checking", None, Unit::Items);
    let checks = case.verify(|| context.progress.advance(1))?;
    context.progress.end();
    let outcome = Outcome::of("case", checks);
    let (passed, failed, not_checked) = (outcome.passed, outcome.failed, outcome.not_checked);
    if failed == 0 {
        case.append(context.now(), vec![What::Verified { passed, failed, not_checked }])?;
    }
    Ok(outcome)
}

/// Tells whether `path` looks like a case rather than a package.
pub fn is_case(path: &Path) -> bool {
    path.join("case.toml").is_file()
}
