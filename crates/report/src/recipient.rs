//! For whom a package is, on which paper and in which language.
//!
//! The kinds differ in three things: which document opens them, which of the person's private data they may see unless
//! the map says otherwise, and whether they get the original captures. The table of these is here and nowhere else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use values::Platform;

/// For whom a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipient {
    /// Local or state police: one page first.
    Police,
    /// A prosecutor or federal agency.
    Prosecutor,
    /// The platform a post stands on.
    Platform,
    /// The company that hosts a site.
    Host,
    /// The employer or election office, whose records may become public.
    Employer,
    /// The person's own lawyer.
    Counsel,
    /// Everybody.
    Public,
    /// The people the person lives with, their school and their dispatch centre: what to do before a hoax call.
    Household,
    /// Nobody but the person: the whole case in a form readable without redress.
    Archive,
}

impl Recipient {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Police,
        Self::Prosecutor,
        Self::Platform,
        Self::Host,
        Self::Employer,
        Self::Counsel,
        Self::Public,
        Self::Household,
        Self::Archive,
    ];

    /// Returns the word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::Prosecutor => "prosecutor",
            Self::Platform => "platform",
            Self::Host => "host",
            Self::Employer => "employer",
            Self::Counsel => "counsel",
            Self::Public => "public",
            Self::Household => "household",
            Self::Archive => "archive",
        }
    }

    /// Tells whether the kind sees the person's private data unless the map withholds it: those who speak or prosecute
    /// for the person, and the person. A police report can become a public record, so the police are not among them;
    /// a person may reveal single categories to them (see [`crate::RedactionMap::reveal`]).
    pub const fn sees_private(self) -> bool {
        matches!(self, Self::Counsel | Self::Prosecutor | Self::Archive)
    }

    /// Tells whether the kind gets the exhibits. A household needs to know what to do, not every word.
    pub const fn gets_exhibits(self) -> bool {
        !matches!(self, Self::Household)
    }

    /// Tells whether the kind sees exhibits that a person marked as privileged: the person and their counsel.
    pub const fn sees_privileged(self) -> bool {
        matches!(self, Self::Counsel | Self::Archive)
    }

    /// Tells whether the kind gets captures that also hold posts of others.
    pub const fn gets_whole_captures(self) -> bool {
        self.sees_private()
    }

    /// Tells whether the kind gets what was written down of calls, letters and visits beside the words: place, who has
    /// the original, to whom it was reported.
    pub const fn gets_incidents(self) -> bool {
        self.sees_private() || matches!(self, Self::Police | Self::Employer)
    }

    /// Tells whether the kind gets the names of witnesses: those who may have to ask them.
    pub const fn gets_witnesses(self) -> bool {
        self.sees_private() || matches!(self, Self::Police)
    }

    /// Tells whether the kind gets captures at all. A platform has its own, an office's records may be public.
    pub const fn gets_captures(self) -> bool {
        self.sees_private() || matches!(self, Self::Police)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Recipient {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == given)
            .ok_or_else(|| format!("“{given}” is not one of {}", Self::ALL.map(Self::word).join(", ")))
    }
}

/// Which desk a police report goes to. Each asks for other things first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Desk {
    /// The local police or sheriff.
    Local,
    /// The state's police or attorney general.
    State,
    /// The FBI's tip line, whose web form takes a limited text.
    Fbi,
    /// The Postal Inspection Service, for carriers and for what comes by mail.
    Postal,
}

impl Desk {
    /// Every desk.
    pub const ALL: [Self; 4] = [Self::Local, Self::State, Self::Fbi, Self::Postal];

    /// Returns the word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::State => "state",
            Self::Fbi => "fbi",
            Self::Postal => "postal",
        }
    }
}

impl FromStr for Desk {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|desk| desk.word() == given);
        known.ok_or_else(|| format!("“{given}” is not one of {}", Self::ALL.map(Self::word).join(", ")))
    }
}

/// The language of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Returns the code: `en` or `es`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// Returns the language of a code; English for any other, since that is what courts here read.
    pub fn of_code(code: &str) -> Self {
        if code.starts_with("es") { Self::Spanish } else { Self::English }
    }
}

/// The paper of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// US Letter.
    Letter,
    /// A4.
    A4,
}

impl Paper {
    /// Returns Typst's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "us-letter",
            Self::A4 => "a4",
        }
    }
}

/// How many exhibits one document shows: some 300 pages, which a desk's reader of PDF opens at once and a printer takes.
const EXHIBITS_IN_ONE: usize = 200;

/// How a package is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Its language.
    pub language: Language,
    /// Its paper.
    pub paper: Paper,
    /// The prefix of Bates numbers: letters, digits and dashes; others are dropped. Empty means `REDRESS`.
    pub bates_prefix: String,
    /// Only the exhibits of this platform; `None` for all.
    pub platform: Option<Platform>,
    /// The first Bates number, so that a later volume goes on where the last ended.
    pub bates_from: u32,
    /// The number of the volume, counted from 1.
    pub volume: u32,
    /// Which desk a police report goes to.
    pub desk: Desk,
    /// How many exhibits one document shows; more of them are set as volumes of this many.
    pub exhibits_in_one: usize,
}

impl Options {
    /// Returns the options of a first package in `language`.
    pub fn new(language: Language, paper: Paper) -> Self {
        Self {
            language,
            paper,
            bates_prefix: String::new(),
            platform: None,
            bates_from: 1,
            volume: 1,
            desk: Desk::Local,
            exhibits_in_one: EXHIBITS_IN_ONE,
        }
    }

    /// Returns the prefix of Bates numbers as it is printed: plain characters only, `REDRESS` where none is left.
    pub fn prefix(&self) -> String {
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let prefix: String = self.bates_prefix.chars().filter(plain).collect();
        if prefix.is_empty() { "REDRESS".to_owned() } else { prefix }
    }
}
