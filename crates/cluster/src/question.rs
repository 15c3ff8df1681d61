//! What can be asked: one SQL file each, with numbers put in where they belong.

use std::time::Duration;

/// A question about a table of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Pairs of accounts that acted on the same thing within a window, at least `least` times.
    Together {
        /// The window; both ends count.
        within: Duration,
        /// The least number of pairs.
        least: u64,
    },
    /// In how many pairs each account is.
    Strength {
        /// The window; both ends count.
        within: Duration,
    },
    /// Who was first on each thing.
    FirstSeen,
    /// Who went on after a correction they demonstrably saw.
    Notice,
    /// Views as captured, by thing.
    Reach,
}

impl Question {
    /// Returns the question as SQL that DataFusion and DuckDB understand alike; Spark and Sail ought to, and were not tried.
    pub fn sql(&self) -> String {
        let text = match self {
            Self::Together { .. } => include_str!("../sql/together.sql"),
            Self::Strength { .. } => include_str!("../sql/strength.sql"),
            Self::FirstSeen => include_str!("../sql/first_seen.sql"),
            Self::Notice => include_str!("../sql/notice.sql"),
            Self::Reach => include_str!("../sql/reach.sql"),
        };
        let (within, least) = match self {
            Self::Together { within, least } => (within.as_millis(), (*least).max(1)),
            Self::Strength { within } => (within.as_millis(), 1),
            _ => (0, 1),
        };
        text.replace("{within}", &within.to_string())
            // A window of nothing still needs a stretch to stand in.
            .replace("{step}", &within.max(1).to_string())
            .replace("{least}", &least.to_string())
    }

    /// Returns how many columns, from the first, a row is known and sorted by.
    pub const fn key(&self) -> usize {
        match self {
            Self::Together { .. } | Self::Notice => 2,
            Self::Strength { .. } | Self::FirstSeen | Self::Reach => 1,
        }
    }

    /// Returns the names of the answer's columns; all of them are 64-bit integers.
    pub const fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Together { .. } => &["account_a", "account_b", "weight", "objects", "delta_ms"],
            Self::Strength { .. } => &["account", "pairs"],
            Self::FirstSeen => &["object", "account", "first_ms", "tied", "accounts", "actions"],
            Self::Notice => &["object", "account", "noticed_ms", "went_on", "first_after_ms"],
            Self::Reach => &["object", "fewest", "most", "shown", "unknown"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_for_a_number_is_filled() {
        let within = Duration::from_secs(60);
        for question in [
            Question::Together { within, least: 2 },
            Question::Together { within: Duration::ZERO, least: 0 },
            Question::Strength { within },
            Question::FirstSeen,
            Question::Notice,
            Question::Reach,
        ] {
            let sql = question.sql();
            assert!(!sql.contains(['{', '}']), "{sql}");
            assert!(!sql.contains("% 0"), "{sql}");
            let order = sql.rsplit_once("ORDER BY ").expect("an order").1.trim().to_owned();
            assert_eq!(order, question.columns()[..question.key()].join(", "));
            let select = sql.rsplit_once("\nSELECT").expect("a last SELECT").1;
            for column in question.columns() {
                assert!(select.contains(column), "{column} in {select}");
            }
        }
    }
}
