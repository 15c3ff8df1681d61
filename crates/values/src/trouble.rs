//! Something imperfect about an input or the world, after which we go on.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Place;

/// How much a trouble weighs for evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the evidence stands as it is.
    Note,
    /// Weakens an item; it is still readable and kept.
    Warn,
    /// A rule of the format is broken, or something could not be read.
    Invalid,
    /// Refused before reading further.
    Reject,
}

/// A trouble: a stable code, where it is, what happened, what to do.
///
/// A trouble is a value and travels with the result. It is never an error: see the crate that could not do its work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trouble {
    /// A stable dotted code such as `x.rounded_id`. Scripts and tests rely on it; it never changes meaning.
    pub code: Cow<'static, str>,
    /// How much it weighs.
    pub severity: Severity,
    /// Where in the input, when it is about one place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What happened and what it means for evidence: one or two plain sentences.
    pub what: String,
    /// What to do next, or what would repair it.
    pub next: String,
}

impl Trouble {
    /// Returns a trouble without a place.
    pub fn new(
        code: &'static str,
        severity: Severity,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self { code: Cow::Borrowed(code), severity, place: None, what: what.into(), next: next.into() }
    }

    /// Returns the same trouble, said of `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

impl fmt::Display for Trouble {
    /// Writes what and next as two sentences, then the place and the code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.next)?;
        match &self.place {
            Some(place) => write!(f, " ({}, {place})", self.code),
            None => write!(f, " ({})", self.code),
        }
    }
}
