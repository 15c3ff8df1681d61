//! A call, voicemail, letter or visit, written down by a person.

use serde::{Deserialize, Serialize};
use values::{Digest, Moment};

/// What sort of incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// A telephone call.
    Call,
    /// A recorded message.
    Voicemail,
    /// Paper mail or a note left behind.
    Letter,
    /// Somebody came.
    Visit,
    /// Said face to face.
    InPerson,
}

impl IncidentKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Call, Self::Voicemail, Self::Letter, Self::Visit, Self::InPerson];

    /// Returns the word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Voicemail => "voicemail",
            Self::Letter => "letter",
            Self::Visit => "visit",
            Self::InPerson => "in-person",
        }
    }
}

/// One incident. Stands in the same timeline, findings and packages as posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// What sort.
    pub kind: IncidentKind,
    /// When it happened, with its doubt.
    pub when: Moment,
    /// Who it was, as far as known, in the words of whoever wrote it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The calling number or sender's address as shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The exact words.
    #[serde(default)]
    pub words: String,
    /// How long it lasted, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// Who saw or heard it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<String>,
    /// Who has the original (paper, answering machine).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_with: Option<String>,
    /// To whom it was reported, with the report's number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported_to: Vec<String>,
    /// A kept recording or photograph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Digest>,
}
