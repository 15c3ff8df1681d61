//! An event: one line of the ledger.
//!
//! An event holds digests and counts, never words of a post, names of files or notes of a person: those lie in objects
//! that the event names. So the ledger can be shown to prove one exhibit without showing the others, and stays readable
//! while the private part of a case is locked.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use values::{Digest, Moment};

use crate::Sign;

/// Who did something: the name a person gave, or redress itself with its version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actor(String);

impl Actor {
    /// Who it was where nobody gave a name. Stands so in the ledger; what is shown says it in the reader's language.
    pub const UNNAMED: &str = "someone at this computer";

    /// Returns a person under the name they gave; an empty name becomes “someone at this computer”.
    pub fn person(name: &str) -> Self {
        let name = name.trim();
        Self(if name.is_empty() { Self::UNNAMED.to_owned() } else { name.to_owned() })
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Numbers that pages of a production were given. None of them is ever given again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bates {
    /// What stands before the number.
    pub prefix: String,
    /// The first number.
    pub first: u32,
    /// The last number; every number between is given too.
    pub last: u32,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When redress wrote it, by this computer's clock.
    pub at: Moment,
    /// The version of redress that wrote it.
    pub redress: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Each names objects by digest and gives counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum What {
    /// The case was opened.
    Opened {
        /// A random name of the case, part of the log's origin.
        case: String,
        /// The version of the disk format.
        format: u32,
        /// The public key checkpoints are signed with, as a C2SP verifier key.
        key: String,
    },
    /// A capture was kept.
    Kept {
        /// Its digest.
        capture: Digest,
        /// Its size in bytes.
        size: u64,
        /// The digest of the bytes as received, where secrets were stripped and the kept bytes are a derivative.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stripped_from: Option<Digest>,
        /// How many secrets were stripped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stripped: Option<u64>,
        /// The object that holds name and times (a [`crate::Capture`]).
        detail: Digest,
    },
    /// A kept capture was read.
    Read {
        /// The capture.
        capture: Digest,
        /// The reader and its version: `x-zeeschuimer/1`, or `unknown/1`. Behind a space each, what a person answered
        /// that the capture does not say: `whatsapp/2 first=day zone=-300`.
        reader: String,
        /// The object that holds every item read, in order.
        reading: Digest,
        /// How many posts were read.
        posts: u64,
        /// How many troubles were met.
        troubles: u64,
    },
    /// The text in kept pictures was read.
    PicturesRead {
        /// The program that read it, with its version: `ocr/1 tesseract 5.3.0`.
        reader: String,
        /// The object that holds what was read, one picture a line.
        reading: Digest,
        /// How many pictures.
        pictures: u64,
        /// How many troubles were met.
        troubles: u64,
    },
    /// A person said what a picture shows: confirmed or corrected what was read in it.
    Transcribed {
        /// The object that holds it (a [`crate::Transcription`]).
        transcription: Digest,
    },
    /// A person wrote an incident down.
    Logged {
        /// The object that holds it (a [`crate::Incident`]).
        incident: Digest,
    },
    /// Detectors proposed findings.
    Proposed {
        /// The object that holds them.
        findings: Digest,
        /// How many posts were looked at.
        posts: u64,
        /// How many findings count.
        counting: u64,
        /// The detectors with their versions.
        detectors: BTreeMap<String, u32>,
    },
    /// Ties were traced.
    Traced {
        /// The object that holds the map.
        map: Digest,
        /// The object that holds the parameters.
        parameters: Digest,
    },
    /// A person decided about findings.
    Decided {
        /// The object that holds the decisions.
        decisions: Digest,
        /// How many.
        count: u64,
        /// Whether the decisions are those of the scripted demo and not of a person.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        demo: bool,
    },
    /// A confirmed item was given its number.
    Exhibited {
        /// The number.
        number: u32,
        /// The object that commits to what the exhibit is made of, field by field, without showing any of it.
        exhibit: Digest,
        /// The object that opens those commitments. It stays in the case; packages carry the fields they may show.
        opened_by: Digest,
    },
    /// A package left.
    Exported {
        /// For whom: the kind of recipient.
        recipient: String,
        /// SHA-256 of the package's `manifest-sha256.txt`.
        manifest: Digest,
        /// The numbers of the exhibits in it.
        exhibits: Vec<u32>,
        /// How many redactions were made.
        redactions: u64,
        /// The Bates numbers its pages were given, where they were given any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bates: Option<Bates>,
        /// The object that holds where it was written and what was left out.
        detail: Digest,
    },
    /// The redaction map was changed. The latest one holds.
    Redacted {
        /// The object that holds the whole map as it is now.
        map: Digest,
        /// How many pictures it speaks of.
        pictures: u64,
        /// How many boxes it covers in them.
        boxes: u64,
    },
    /// Hidden content was shown to a person.
    Viewed {
        /// The object that says what, to whom.
        detail: Digest,
    },
    /// A helper came through the door of the local app, was refused there, or left.
    Signed {
        /// Which of these.
        sign: Sign,
        /// The object that says who and from where (a [`crate::Signing`]).
        detail: Digest,
    },
    /// The case was checked.
    Verified {
        /// Checks passed.
        passed: u64,
        /// Checks failed.
        failed: u64,
        /// Checks that could not be made.
        not_checked: u64,
    },
    /// A proof of time over a checkpoint of this log was taken in; it lies in `ledger/stamps`.
    Stamped {
        /// The size of the log the checkpoint covers.
        size: u64,
        /// The digest of the proof's bytes, which is also its name.
        token: Digest,
        /// What sort of proof it is.
        #[serde(default)]
        kind: StampKind,
    },
    /// Something was sent to an address outside this computer. Written before it is sent.
    Called {
        /// The command that did it.
        command: String,
        /// The address.
        address: String,
        /// SHA-256 of the bytes sent.
        sent: Digest,
    },
    /// A person marked a step of the plan as done, or took that back.
    StepMarked {
        /// The object that says which, who and when (a [`crate::StepMark`]).
        mark: Digest,
    },
    /// A person wrote down that something was reported to somebody.
    Reported {
        /// The object that says what, to whom and when.
        report: Digest,
    },
    /// A person wrote down what came back to a report.
    ReportAnswered {
        /// The object of the report.
        report: Digest,
        /// The object that says what came back.
        answer: Digest,
    },
    /// A person answered the question of a law's element with exhibits, or took the answer back.
    ElementAnswered {
        /// The object that says which, with what and why (a [`crate::ElementAnswer`]).
        answer: Digest,
    },
    /// The signing key was changed.
    KeyChanged {
        /// The new public key, as a C2SP verifier key.
        key: String,
    },
    /// The private part was locked with a passphrase.
    Locked,
    /// The private part was unlocked.
    Unlocked,
    /// Bytes were erased; their digest stays as a tombstone.
    Erased {
        /// The digest of what was erased.
        object: Digest,
        /// The object that says why and on whose word.
        detail: Digest,
    },
    /// A command that would have changed the case failed.
    Failed {
        /// The command.
        command: String,
        /// The trouble's or error's code.
        code: String,
    },
}

/// What sort of proof of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StampKind {
    /// A response or token of a time-stamping authority (RFC 3161).
    #[default]
    Rfc3161,
    /// An OpenTimestamps proof.
    OpenTimestamps,
}

impl StampKind {
    /// Returns the ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Rfc3161 => "tsr",
            Self::OpenTimestamps => "ots",
        }
    }
}

impl What {
    /// Returns the word the ledger uses for this sort of event.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Kept { .. } => "kept",
            Self::Read { .. } => "read",
            Self::PicturesRead { .. } => "pictures-read",
            Self::Transcribed { .. } => "transcribed",
            Self::Logged { .. } => "logged",
            Self::Proposed { .. } => "proposed",
            Self::Traced { .. } => "traced",
            Self::Decided { .. } => "decided",
            Self::Exhibited { .. } => "exhibited",
            Self::Exported { .. } => "exported",
            Self::Redacted { .. } => "redacted",
            Self::Viewed { .. } => "viewed",
            Self::Signed { sign: Sign::In, .. } => "signed-in",
            Self::Signed { sign: Sign::Refused, .. } => "sign-in-refused",
            Self::Signed { sign: Sign::Out, .. } => "signed-out",
            Self::Verified { .. } => "verified",
            Self::Stamped { .. } => "stamped",
            Self::StepMarked { .. } => "step-marked",
            Self::Reported { .. } => "reported",
            Self::ReportAnswered { .. } => "report-answered",
            Self::ElementAnswered { .. } => "element-answered",
            Self::Called { .. } => "called",
            Self::KeyChanged { .. } => "key-changed",
            Self::Locked => "locked",
            Self::Unlocked => "unlocked",
            Self::Erased { .. } => "erased",
            Self::Failed { .. } => "failed",
        }
    }
}
