//! The rows of the library: one type per table, each with where it comes from and how old it is.
//!
//! A row is data somebody read somewhere on a day. Three things follow it wherever it is shown: its source, whether that
//! source was read at all, and how long ago.

use serde::{Deserialize, Serialize};

use crate::day::{Day, days_between};
use crate::text::Text;

mod channel;
mod claim;
mod defamation;
mod limit;
mod precedent;
mod provision;
mod rule;
mod step;

pub use channel::{Channel, ChannelKind, Fill, FormField};
pub use claim::ClaimRow;
pub use defamation::{CountsFrom, StateDefamation};
pub use limit::{Limit, LimitFrom, LimitKind};
pub use precedent::{Defendant, Precedent, PrecedentType};
pub use provision::{ElementRow, Provision, ProvisionKind, Route, Speaks};
pub use rule::PlatformRule;
pub use step::{ForWhom, Phase, Step, Support};

/// Days after which a row says that it is old.
pub const STALE_AFTER_DAYS: i64 = 180;

/// How far a row can be relied on, on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Its source was read, not longer than 180 days ago. That is no lawyer's check.
    Read,
    /// Its source was read, but longer ago than 180 days.
    Stale,
    /// Its source was not read, or is a copy that has to be replaced by the original.
    Unverified,
}

/// Where a row comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The row's stable id.
    pub id: String,
    /// Addresses the row rests on, most important first. Empty for a row from memory.
    pub sources: Vec<String>,
    /// Further addresses that were read beside them, or where the original can be checked.
    pub also: Vec<String>,
    /// Whether at least part of the source was read.
    pub seen: bool,
    /// The day it was read.
    pub verified_on: Option<Day>,
    /// Sources that are copies or weak pages, whose original has to be found.
    pub weak: Vec<String>,
    /// A note for reviewers: English, listed in `docs/law-review.md`, never part of a package.
    pub note: String,
}

impl Origin {
    /// Tells whether the row must be shown as unverified: nobody read its source, or all it has are weak ones.
    pub fn unverified(&self) -> bool {
        !self.seen
            || self.verified_on.is_none()
            || self.sources.iter().all(|source| self.weak.iter().any(|bad| bad == source))
    }

    /// Returns how many days ago the source was read.
    pub fn age_days(&self, today: Day) -> Option<i64> {
        self.verified_on.map(|on| days_between(on, today))
    }

    /// Returns how far the row can be relied on, on `today`.
    pub fn standing(&self, today: Day) -> Standing {
        match self.age_days(today) {
            _ if self.unverified() => Standing::Unverified,
            Some(age) if age > STALE_AFTER_DAYS => Standing::Stale,
            _ => Standing::Read,
        }
    }

    /// Returns the sentence that says how far the row can be relied on, to stand beside it.
    pub fn standing_shown(&self, today: Day) -> Text {
        standing_shown(self.standing(today), self.verified_on, today)
    }
}

/// Returns the sentence for a standing; `on` is the day the source was read.
pub(crate) fn standing_shown(standing: Standing, on: Option<Day>, today: Day) -> Text {
    let age = on.map_or(0, |on| days_between(on, today)).max(0);
    let (ago, hace) = match age {
        0 => ("today".to_owned(), "hoy".to_owned()),
        1 => ("1 day ago".to_owned(), "hace 1 día".to_owned()),
        _ => (format!("{age} days ago"), format!("hace {age} días")),
    };
    match (standing, on) {
        (Standing::Read, Some(on)) => {
            Text::new(format!("Source read on {on}, {ago}."), format!("Fuente leída el {on}, {hace}."))
        }
        (Standing::Stale, Some(on)) => Text::new(
            format!("Source read on {on}, {ago}: that is old, check it again before use."),
            format!("Fuente leída el {on}, {hace}: es antigua, vuelva a comprobarla antes de usarla."),
        ),
        _ => Text::new(
            "Unverified: the original source has not been read. Check it before use.",
            "Sin verificar: no se ha leído la fuente original. Compruébela antes de usarla.",
        ),
    }
}

/// What every row has.
pub trait Row {
    /// The name of the table in the data files: `law`, `channel`.
    const TABLE: &'static str;

    /// Returns where it comes from.
    fn origin(&self) -> &Origin;

    /// Puts down where it comes from; called once, by the reader of the data.
    fn with_origin(self, origin: Origin) -> Self;

    /// Returns every text of the row that is shown to a reader, with its field's name. None of them is empty.
    fn shown(&self) -> Vec<(&'static str, &Text)>;

    /// Returns the stable id.
    fn id(&self) -> &str {
        &self.origin().id
    }

    /// Tells whether the row must be shown as unverified.
    fn unverified(&self) -> bool {
        self.origin().unverified()
    }
}

/// Writes the plain part of [`Row`]: the table's name, then the fields that hold one text, then those that hold several.
macro_rules! row {
    ($type:ty, $table:literal, [$($one:ident),*], [$($many:ident),*]) => {
        impl $crate::rows::Row for $type {
            const TABLE: &'static str = $table;

            fn origin(&self) -> &$crate::rows::Origin {
                &self.origin
            }

            fn with_origin(self, origin: $crate::rows::Origin) -> Self {
                Self { origin, ..self }
            }

            fn shown(&self) -> Vec<(&'static str, &$crate::text::Text)> {
                let mut shown = vec![$((stringify!($one), &self.$one)),*];
                $(shown.extend(self.$many.iter().map(|text| (stringify!($many), $crate::rows::AsText::text(text))));)*
                shown.retain(|(_, text)| !text.is_empty());
                shown
            }
        }
    };
}
pub(crate) use row;

/// Something with one text to show: a text itself, or an element's question.
pub(crate) trait AsText {
    /// Returns the text.
    fn text(&self) -> &Text;
}

impl AsText for Text {
    fn text(&self) -> &Text {
        self
    }
}

/// Reads a day that may be empty: `""`, `"2024-10-29"`.
pub(crate) fn maybe_day<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Option<Day>, D::Error> {
    let given = String::deserialize(reader)?;
    if given.is_empty() {
        return Ok(None);
    }
    given.parse().map(Some).map_err(|_| {
        serde::de::Error::custom(format!(
            "“{given}” is not a day; write it like 2024-10-29, or leave it empty"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standing_follows_the_source_and_the_calendar() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let read = Origin {
            id: "a".into(),
            sources: vec!["https://example.org/a".into()],
            seen: true,
            verified_on: Some(day("2026-11-23")),
            ..Origin::default()
        };
        assert_eq!(read.standing(day("2026-11-23")), Standing::Read);
        assert_eq!(read.standing(day("2027-05-22")), Standing::Read);
        assert_eq!(read.standing(day("2027-05-23")), Standing::Stale);
        let weak = Origin { weak: vec!["https://example.org/a".into()], ..read.clone() };
        assert_eq!(weak.standing(day("2026-11-23")), Standing::Unverified);
        let memory = Origin { seen: false, ..read.clone() };
        assert!(memory.unverified());
        let two = Origin {
            sources: vec!["https://example.org/a".into(), "https://example.org/b".into()],
            weak: vec!["https://example.org/a".into()],
            ..read
        };
        assert!(!two.unverified(), "one good source is enough");
    }
}
