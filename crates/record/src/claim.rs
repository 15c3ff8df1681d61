//! A claim: something already checked by others, with sources and a date.

use serde::{Deserialize, Serialize};

/// What the named sources found, on the day in [`Claim::verdict_as_of`]. Verdicts change: none is shown without its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Found false.
    False,
    /// Found misleading.
    Misleading,
    /// Found without support.
    Unsupported,
    /// Found partly right.
    Mixed,
    /// Found true. True cases of wrongdoing exist and stand here as such.
    True,
    /// Found to be made-up media.
    Hoax,
}

/// A claim of the library or of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// A stable id, lower case with dashes.
    pub id: String,
    /// The claim in one sentence.
    pub claim: String,
    /// Other ways it is said.
    #[serde(default, alias = "aliases", skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<String>,
    /// A short title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When it was first seen or checked (ISO date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Addresses of the sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// What was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The day the verdict is of (ISO date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict_as_of: Option<String>,
    /// Whether an inquiry or dispute was still open that day.
    #[serde(default)]
    pub open_matter: bool,
    /// What is known, in one or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}
