//! `redress lock` and `redress unlock`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::lock::{self, Outcome};

use crate::cli;
use crate::exit::Done;
use crate::outside;
use crate::screen::{Screen, count};

pub fn lock(args: &cli::Lock, screen: &Screen) -> Result<Done, ActionError> {
    let ask = || {
        let typed = outside::passphrase(args.passphrase_file.as_deref(), true)?;
        lock::passphrase(&typed, args.work)
    };
    let outcome = lock::lock(&args.case, ask, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(Done::Well)
}

pub fn unlock(args: &cli::Lock, screen: &Screen) -> Result<Done, ActionError> {
    let typed = outside::passphrase(args.passphrase_file.as_deref(), false)?;
    let passphrase = lock::passphrase(&typed, None)?;
    let outcome = lock::unlock(&args.case, &passphrase, &screen.context(None))?;
    screen.outcome(&outcome, tell)?;
    Ok(if outcome.broken.is_empty() { Done::Well } else { Done::WithTroubles })
}

fn tell(outcome: &Outcome) -> String {
    let (word, again) = match (outcome.locked, outcome.resumed) {
        (true, false) => ("Locked", "unlock"),
        (true, true) => ("Finished locking", "unlock"),
        (false, false) => ("Unlocked", "lock"),
        (false, true) => ("Finished unlocking", "lock"),
    };
    let mut text = format!("{word}: {}.\n", count(outcome.files, "file", "files"));
    for broken in &outcome.broken {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  does not read: {broken}");
    }
    for remark in &outcome.remarks {
        let _ = writeln!(text, "  {remark}");
    }
    let _ = writeln!(text, "Next: redress {again} {}", outcome.case.display());
    text
}
