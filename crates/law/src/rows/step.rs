//! A step of the plan: what to do, why, how.

use record::{Exposure, Kind, Role};
use serde::{Deserialize, Serialize};

use super::{Origin, row};
use crate::text::Text;

/// When a step is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Now.
    FirstHour,
    /// By tomorrow.
    FirstDay,
    /// Within seven days.
    FirstWeek,
    /// Within the first month, and again.
    Months,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 4] = [Self::FirstHour, Self::FirstDay, Self::FirstWeek, Self::Months];

    /// Returns how many days after the plan was made the phase ends.
    pub const fn days(self) -> i64 {
        match self {
            Self::FirstHour => 0,
            Self::FirstDay => 1,
            Self::FirstWeek => 7,
            Self::Months => 30,
        }
    }

    /// Returns its heading.
    pub fn shown(self) -> Text {
        let (en, es) = match self {
            Self::FirstHour => ("The first hour", "La primera hora"),
            Self::FirstDay => ("The first day", "El primer día"),
            Self::FirstWeek => ("The first week", "La primera semana"),
            Self::Months => ("The months after", "Los meses siguientes"),
        };
        Text::new(en, es)
    }
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForWhom {
    /// The person, or somebody who helps them.
    Person,
    /// Their family and household.
    Family,
    /// Their employer or election office.
    Employer,
}

impl ForWhom {
    /// Everyone, in order.
    pub const ALL: [Self; 3] = [Self::Person, Self::Family, Self::Employer];

    /// Returns the heading of their sheet.
    pub fn shown(self) -> Text {
        let (en, es) = match self {
            Self::Person => ("For you", "Para usted"),
            Self::Family => ("For family and household", "Para la familia y el hogar"),
            Self::Employer => {
                ("For the employer or election office", "Para el empleador o la oficina electoral")
            }
        };
        Text::new(en, es)
    }
}

/// How far the source of a step says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// The source says this.
    Direct,
    /// The source gives the fact behind it.
    Partial,
    /// The conclusion is ours; the source only shows why.
    OwnAdvice,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// Its place in the list.
    pub order: u32,
    /// When.
    pub phase: Phase,
    /// Who does it.
    pub for_whom: ForWhom,
    /// For which roles. Empty: any.
    pub roles: Vec<Role>,
    /// For which findings. Empty together with `exposures`: any.
    pub kinds: Vec<Kind>,
    /// For which exposures.
    pub exposures: Vec<Exposure>,
    /// Days after which to do it again.
    #[serde(default)]
    pub repeat_days: Option<u32>,
    /// What to do.
    pub step: Text,
    /// Why.
    pub why: Text,
    /// How.
    pub how: Text,
    /// How far the source says the same.
    pub support: Support,
}

row!(Step, "step", [step, why, how], []);
