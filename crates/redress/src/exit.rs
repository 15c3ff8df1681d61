//! The one place that prints errors and chooses exit codes.
//!
//! 0 done · 1 done with troubles, or a check failed · 2 wrong use · 3 the reader of the output has gone · 70 our fault.

use std::io::Write as _;
use std::process::ExitCode;

use actions::ActionError;
use case::CaseError;

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    Well,
    /// With troubles, or a check failed.
    WithTroubles,
}

/// Returns the exit code of a command that did its work.
pub fn done(done: Done) -> ExitCode {
    ExitCode::from(match done {
        Done::Well => 0,
        Done::WithTroubles => 1,
    })
}

/// Prints what clap says of the words typed. Asking for help is not wrong use.
pub fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be told to a terminal that is gone.
    let _gone = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// Prints why a command failed and returns its exit code.
pub fn failed(error: &ActionError, json: bool) -> ExitCode {
    let code = code(error);
    if code == 3 {
        return ExitCode::from(3);
    }
    let mut words = error.to_string();
    if code == 70 {
        words.push_str(
            "\nThis is our fault, not yours. Nothing of the case was changed. Please report these words.",
        );
    }
    let mut stderr = std::io::stderr().lock();
    let _gone = if json {
        writeln!(stderr, "{}", serde_json::json!({ "error": words, "exit": code }))
    } else {
        writeln!(stderr, "redress: {words}")
    };
    ExitCode::from(code)
}

fn code(error: &ActionError) -> u8 {
    match error {
        ActionError::PipeClosed => 3,
        ActionError::Request(_) | ActionError::File { .. } => 2,
        ActionError::Refused(_) => 1,
        ActionError::OurFault(_) => 70,
        ActionError::Case(case) => match case {
            CaseError::NotACase(_)
            | CaseError::InTheWay(_)
            | CaseError::TooNew { .. }
            | CaseError::Settings { .. }
            | CaseError::NotNow(_)
            | CaseError::NoSuch(_) => 2,
            CaseError::Disk { .. }
            | CaseError::InUse
            | CaseError::LedgerBroken(_)
            | CaseError::ObjectBroken(_)
            | CaseError::NotOfThisLog(_)
            | CaseError::Locked(_)
            | CaseError::HalfLocked { .. }
            | CaseError::WrongPassphrase
            | CaseError::LockedFile { .. }
            | CaseError::Key(_) => 1,
            _ => 70,
        },
        _ => 70,
    }
}
