//! Somebody to tell: what they take, what they need, what they do not do.

use record::{Exposure, Kind, Role};
use serde::{Deserialize, Serialize};
use values::Platform;

use super::{AsText, Origin, row};
use crate::text::Text;

/// What sort of recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChannelKind {
    /// 911.
    Emergency,
    /// Local police.
    LawEnforcement,
    /// A note that protects, such as a flag at dispatch.
    Precaution,
    /// A federal agency that takes reports.
    Federal,
    /// A federal agency that only gives guidance.
    FederalGuidance,
    /// A state's office.
    State,
    /// The employer.
    Employer,
    /// Lawyers.
    LegalHelp,
    /// Help for victims, mental health.
    VictimHelp,
    /// The platforms.
    Platform,
    /// Something the person does on their own.
    SelfHelp,
    /// Reading.
    Guidance,
}

/// What of a case can answer a question of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// The exact words of the worst items.
    Words,
    /// Each statement: words, account, link, time.
    Statements,
    /// The accounts, by platform and id.
    Accounts,
    /// What kinds of personal data were exposed; never the data.
    Exposed,
    /// The person's role.
    Role,
    /// The state they live in.
    State,
    /// When it happened.
    Dates,
    /// The first publication in the collection.
    FirstDate,
    /// Links, with reach as captured.
    Links,
    /// Over which platforms and ways it came.
    Places,
    /// The claims matched, with what was found and when.
    Claims,
    /// Reports made earlier, with their numbers.
    Reports,
    /// Reports made earlier to an office, with their numbers: none to a platform.
    OfficeReports,
    /// Witnesses from the log.
    Witnesses,
    /// The list of exhibits with their digests.
    Evidence,
}

/// A question of a recipient's form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// The question.
    pub ask: Text,
    /// What of the case answers it. Nothing: only the person can, and the line stays blank for them.
    #[serde(default)]
    pub fill: Option<Fill>,
}

impl AsText for FormField {
    fn text(&self) -> &Text {
        &self.ask
    }
}

/// A recipient.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// Its name.
    pub name: Text,
    /// What sort.
    pub kind: ChannelKind,
    /// Its place in the list, smallest first.
    pub rank: u32,
    /// For whom. Empty: anyone.
    pub roles: Vec<Role>,
    /// For which findings. Empty together with `exposures`: any.
    pub kinds: Vec<Kind>,
    /// For which exposures.
    pub exposures: Vec<Exposure>,
    /// In which states. Empty: all.
    pub states: Vec<String>,
    /// Ways of contact that open it to any role: a threat by letter is for the postal inspectors whoever got it.
    pub ways: Vec<Platform>,
    /// What it takes.
    pub takes: Text,
    /// When to use it.
    pub when_to_use: Text,
    /// What they will ask for.
    pub fields: Vec<FormField>,
    /// How many characters its text form takes at most, where that is known.
    #[serde(default)]
    pub form_limit: Option<usize>,
    /// How to reach it.
    pub contact: Text,
    /// What it does not do.
    pub not_for: Text,
    /// What was known of its state on `status_as_of`.
    pub status: Text,
    /// The day the status is of, as exact as known: a day, a year, or nothing.
    pub status_as_of: String,
    /// What a reader must know before using it.
    #[serde(default)]
    pub caution: Text,
}

row!(Channel, "channel", [name, takes, when_to_use, contact, not_for, status, caution], [fields]);
