//! A finding: a proposed reading of a post, with spans and reasons; and a person's decision on it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use values::{Digest, Moment, Score, Span};

use crate::{Actor, PostKey};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// Every value, in the order of the enum.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the word used on the command line and in JSON.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }

        impl FromStr for $name {
            type Err = String;

            /// Reads the word. Errors with a sentence that lists the words there are.
            fn from_str(given: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|value| value.word() == given).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|value| value.word()).collect();
                    format!("“{given}” is not one of {}", known.join(", "))
                })
            }
        }
    };
}

words! {
    /// What a finding is about.
    Kind {
        /// States, wishes or hints at serious harm to people.
        Threat = "threat",
        /// Calls on others to do harm.
        Incitement = "incitement",
        /// Discloses where or how a private person can be found.
        Dox = "dox",
        /// Asks others to identify, locate, expose or contact a person.
        CallToIdentify = "call-to-identify",
        /// Profane, degrading or dehumanising abuse of an identifiable person.
        Harassment = "harassment",
        /// Matches a claim of the library.
        FalseClaim = "false-claim",
        /// Meant to keep voters or officials from doing what they may do.
        Intimidation = "intimidation",
        /// Pretends to be the person or the office.
        Impersonation = "impersonation",
        /// Asks for or announces a hoax emergency call.
        Swatting = "swatting",
    }
}

impl Kind {
    /// Returns its place among kinds when the gravest come first: 0 for a threat. The order in which a person with two
    /// minutes should read, never a measure of guilt.
    pub const fn gravity(self) -> usize {
        match self {
            Self::Threat => 0,
            Self::Swatting => 1,
            Self::Incitement => 2,
            Self::Dox => 3,
            Self::CallToIdentify => 4,
            Self::Intimidation => 5,
            Self::Impersonation => 6,
            Self::Harassment => 7,
            Self::FalseClaim => 8,
        }
    }
}

words! {
    /// What a dox finding exposes.
    Exposure {
        /// A home or street address.
        Address = "address",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A social security number, whole or in part.
        Ssn = "ssn",
        /// A licence plate.
        Plate = "plate",
        /// A place of work together with a name.
        Workplace = "workplace",
        /// Family members.
        Family = "family",
        /// A school.
        School = "school",
        /// When and where a person regularly is.
        Routine = "routine",
        /// Where a person is now.
        Location = "location",
    }
}

words! {
    /// Whose data it is. Only `private` and `unknown` count as dox.
    Whose {
        /// A private person's.
        Private = "private",
        /// The writer's own.
        Own = "own",
        /// A public office's.
        Official = "official",
        /// An event's or a business's.
        Event = "event",
        /// Not to be told from the words.
        Unknown = "unknown",
    }
}

words! {
    /// How openly a threat is said.
    Level {
        /// Says the harm.
        Explicit = "explicit",
        /// Hints at it.
        Veiled = "veiled",
    }
}

words! {
    /// How the writer stands to the words.
    Stance {
        /// Says it as their own.
        Asserted = "asserted",
        /// Asks whether it is so.
        Asked = "asked",
        /// Says it is not so.
        Denied = "denied",
        /// Tells that others say it: quotation, news, court report.
        Reported = "reported",
    }
}

/// One reason for a finding: a stable code, and the words in the post that caused it.
///
/// The sentence shown for a code, in each language, is `detect`'s: see its `reasons` module.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// A stable dotted code such as `threat.verb`.
    pub code: Cow<'static, str>,
    /// The words, in bytes of the post's text; `None` for a reason that is not about certain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// What identifies a finding: the SHA-256 of post, kind, exposure, detector name and span; the same at every scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingId(Digest);

impl FindingId {
    /// Takes a digest that [`Finding::id`] gave earlier.
    pub const fn from_stored(digest: Digest) -> Self {
        Self(digest)
    }

    /// Returns the digest.
    pub const fn digest(&self) -> Digest {
        self.0
    }

    /// Returns the first ten hex digits: what a person types.
    pub fn short(&self) -> String {
        self.0.to_string()[..10].to_owned()
    }
}

impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A proposed reading of one post. A proposal only: nothing of it leaves the house before a person confirmed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// What a dox finding exposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<Exposure>,
    /// Whose the exposed data is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Whose>,
    /// How openly a threat is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// How the writer stands to the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The matched claim's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// The detector and its version: `threat/1`.
    pub detector: Cow<'static, str>,
    /// The words, in bytes of the post's text.
    pub span: Span,
    /// Strength from 0 to 1, comparable within a kind.
    pub score: Score,
    /// Why, strongest first; never empty.
    pub reasons: Vec<Reason>,
    /// Whether the score reaches the shipped threshold and nothing (quotation, denial, a public office …) speaks against.
    pub counts: bool,
}

impl Finding {
    /// Returns what identifies this finding on `post`.
    pub fn id(&self, post: &PostKey) -> FindingId {
        let detector = self.detector.split('/').next().unwrap_or_default();
        let what = self.what.map_or("", Exposure::word);
        let claim = self.claim.as_deref().unwrap_or_default();
        let (start, end) = (self.span.start(), self.span.end());
        let name = format!("{post}\n{}\n{what}\n{claim}\n{detector}\n{start}-{end}", self.kind);
        FindingId(Digest::of(name.as_bytes()))
    }
}

words! {
    /// What a person decided about a finding.
    Choice {
        /// The finding is right and may leave in a package.
        Confirm = "confirm",
        /// The finding is wrong or does not belong.
        Reject = "reject",
        /// Neither; something was noted.
        Note = "note",
    }
}

/// A person's yes or no to a finding. The latest of several holds; earlier ones stay in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Which finding.
    pub finding: FindingId,
    /// What was decided.
    pub choice: Choice,
    /// Who decided.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
