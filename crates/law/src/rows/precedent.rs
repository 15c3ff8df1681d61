//! A comparable case: what evidence carried it, what failed.

use record::{Kind, Role};
use serde::{Deserialize, Serialize};

use super::{Origin, row};
use crate::text::{Lang, Text};

/// What sort of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrecedentType {
    /// A civil suit.
    Civil,
    /// A prosecution.
    Criminal,
    /// A ruling that sets a rule.
    Doctrine,
    /// Something that happened and in which no case was found.
    Pattern,
}

/// A party as court records name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defendant {
    /// The name in the records.
    pub name: String,
    /// Originator, publisher, amplifier … in words.
    pub role: Text,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Precedent {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// What sort.
    pub r#type: PrecedentType,
    /// Its name. The same in every language.
    pub case: String,
    /// The court.
    pub court: String,
    /// The docket number, as far as seen.
    pub docket: String,
    /// When it was filed, as exact as known.
    pub filed: String,
    /// When it was decided, as exact as known.
    pub decided: Text,
    /// Roles of the person targeted. Empty: any.
    pub roles: Vec<Role>,
    /// Findings it compares with.
    pub kinds: Vec<Kind>,
    /// What was said, as the records have it. English only: quoted.
    pub statements: Vec<String>,
    /// Who was sued or charged.
    pub defendants: Vec<Defendant>,
    /// What was claimed or charged.
    pub claims: Vec<String>,
    /// What evidence was used.
    pub evidence_used: Vec<Text>,
    /// How it ended.
    pub outcome: Text,
    /// Whole dollars; 0 when none or not public.
    pub amount_usd: u64,
    /// Which.
    pub amount_note: String,
    /// Months of prison, for criminal cases.
    #[serde(default)]
    pub sentence_months: Option<u32>,
    /// What to learn from it.
    pub lessons: Vec<Text>,
}

impl Precedent {
    /// Returns its name with court and time, as far as there are any.
    pub fn cited(&self) -> Text {
        let cited = |decided: &str| {
            let court = Some(self.court.as_str()).filter(|court| *court != "none");
            let parts: Vec<&str> =
                court.into_iter().chain([decided]).filter(|part| !part.is_empty()).collect();
            match parts.is_empty() {
                true => self.case.clone(),
                false => format!("{} ({})", self.case, parts.join(", ")),
            }
        };
        Text::new(cited(&self.decided.en), cited(self.decided.in_lang(Lang::Es)))
    }
}

row!(Precedent, "precedent", [decided, outcome], [evidence_used, lessons]);
