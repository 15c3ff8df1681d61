//! What a state's law says about the time to sue over a statement, and about asking for a retraction first.

use serde::{Deserialize, Serialize};

use super::{Origin, STALE_AFTER_DAYS, Standing, row};
use crate::day::Day;
use crate::text::{Lang, Text};

/// What the days of a retraction rule are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// The day the person learned of the statement.
    Knowledge,
    /// Back from the day a suit is filed.
    BeforeSuit,
}

/// One state, or the District of Columbia.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateDefamation {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// Two capital letters.
    pub jurisdiction: String,
    /// Its name.
    pub name: Text,
    /// Months to sue over libel, which posts are.
    pub limitation_months: u32,
    /// A shorter period that another source names.
    #[serde(default)]
    pub limitation_months_shortest: Option<u32>,
    /// Months to sue over spoken words, where different.
    #[serde(default)]
    pub slander_limitation_months: Option<u32>,
    /// The statute.
    pub limitation_citation: String,
    /// What was read.
    pub limitation_source: String,
    /// Whether it was read.
    pub limitation_seen: bool,
    /// `yes`, `no` or `mitigation`.
    pub retraction: String,
    /// The statute's reach: empty, `media`, `newspapers`, `all`, `any medium`.
    pub retraction_whom: String,
    /// The statute.
    pub retraction_citation: String,
    /// The rule, in words.
    pub retraction_rule: Text,
    /// Days of the rule.
    #[serde(default)]
    pub retraction_days: Option<u32>,
    /// From when they count.
    #[serde(default)]
    pub retraction_counts_from: Option<CountsFrom>,
    /// What was read.
    pub retraction_source: String,
    /// Whether it was read.
    pub retraction_seen: bool,
    /// `yes`, `no` or `uncertain`.
    pub anti_slapp: String,
    /// The statute.
    pub anti_slapp_citation: String,
    /// What was read.
    pub anti_slapp_source: String,
    /// Whether it was read.
    pub anti_slapp_seen: bool,
    /// How the state treats one publication that is seen many times.
    pub single_publication: String,
    /// What was read.
    pub single_publication_source: String,
    /// Whether it was read.
    pub single_publication_seen: bool,
}

row!(StateDefamation, "state", [name, retraction_rule], []);

impl StateDefamation {
    /// Returns the shortest period, in months, that may apply to a post in this state.
    pub fn shortest_months(&self) -> u32 {
        let others = [self.limitation_months_shortest, self.slander_limitation_months];
        others.into_iter().flatten().fold(self.limitation_months, u32::min)
    }

    /// Makes the sources of the columns the row's, the one of the limitation period first.
    pub(crate) fn gather_sources(&mut self) {
        let columns = [
            &self.limitation_source,
            &self.retraction_source,
            &self.anti_slapp_source,
            &self.single_publication_source,
        ];
        let mut sources: Vec<String> = Vec::new();
        for source in columns {
            if !source.is_empty() && !sources.contains(source) {
                sources.push(source.clone());
            }
        }
        self.origin.sources = sources;
    }

    /// Returns how far the limitation period can be relied on, on `today`.
    pub fn limitation_standing(&self, today: Day) -> Standing {
        self.column_standing(self.limitation_seen, &self.limitation_source, today)
    }

    /// Returns how far the retraction rule can be relied on, on `today`.
    pub fn retraction_standing(&self, today: Day) -> Standing {
        self.column_standing(self.retraction_seen, &self.retraction_source, today)
    }

    fn column_standing(&self, seen: bool, source: &str, today: Day) -> Standing {
        match self.origin.age_days(today) {
            Some(age)
                if seen && !source.is_empty() && !self.origin.weak.iter().any(|weak| weak == source) =>
            {
                if age > STALE_AFTER_DAYS { Standing::Stale } else { Standing::Read }
            }
            _ => Standing::Unverified,
        }
    }

    /// Returns the sentence on the law against suits that silence speech: a reason to have all evidence on day one.
    pub fn anti_slapp_shown(&self) -> Text {
        let (name, nombre, cited) = (&self.name.en, self.name.in_lang(Lang::Es), &self.anti_slapp_citation);
        match self.anti_slapp.as_str() {
            "yes" => Text::new(
                format!(
                    "{name} has an anti-SLAPP law ({cited}): a suit can be struck early and fees shifted. Have evidence for every element on day one."
                ),
                format!(
                    "En {nombre} hay una ley anti-SLAPP ({cited}): una demanda puede rechazarse pronto e imponer honorarios. Tenga pruebas de cada elemento desde el primer día."
                ),
            ),
            "no" => Text::new(
                format!("No anti-SLAPP law was found for {name}. Check it before a suit."),
                format!("No se halló ley anti-SLAPP en {nombre}. Compruébelo antes de demandar."),
            ),
            _ => Text::new(
                format!("Sources differ on whether {name} has an anti-SLAPP law. Check it before a suit."),
                format!(
                    "Las fuentes difieren sobre si en {nombre} hay una ley anti-SLAPP. Compruébelo antes de demandar."
                ),
            ),
        }
    }

    /// Tells whether the statute asks for, or rewards, a retraction demand.
    pub fn wants_demand(&self) -> bool {
        self.retraction == "yes"
    }
}
