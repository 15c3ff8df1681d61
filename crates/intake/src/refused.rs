//! Why a capture was not read at all.

use std::fmt;

/// A refusal: nothing of the capture was read. Two plain sentences: what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// A stable dotted code such as `file.empty`.
    pub code: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub next: String,
}

impl Refused {
    /// Returns a refusal.
    pub fn new(code: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code, what: what.into(), next: next.into() }
    }

    /// Returns the refusal for a file the operating system would not let us read to the end.
    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::new(
            "file.unreadable",
            format!("The file could not be read to its end: {error}."),
            "Check that the disk or stick is still connected and that you may open the file, then import it again.",
        )
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.what, self.next, self.code)
    }
}

impl std::error::Error for Refused {}
