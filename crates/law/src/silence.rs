//! The non-enforcement log: what was reported when, to whom, under which rule, what came back, and how long nothing has.
//!
//! Silence is evidence too. An entry is written by a person after they reported; redress reports nothing by itself.

use record::Actor;
use serde::{Deserialize, Serialize};
use values::{Moment, Platform};

use crate::day::{Day, days_between};
use crate::text::Text;

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// A message that says only that the report arrived.
    Acknowledged,
    /// The post was removed.
    Removed,
    /// The post was labelled or its reach reduced.
    Labelled,
    /// The account was suspended or limited.
    AccountActed,
    /// The recipient says that no rule was broken, or that it will not act.
    Declined,
    /// The report was handed to somebody else, such as a request for a community note.
    Rerouted,
    /// The entry was written down by mistake. It stays in the ledger and counts for nothing.
    Mistaken,
}

impl Outcome {
    /// Every outcome, in the order they are offered.
    pub const ALL: [Self; 7] = [
        Self::Acknowledged,
        Self::Removed,
        Self::Labelled,
        Self::AccountActed,
        Self::Declined,
        Self::Rerouted,
        Self::Mistaken,
    ];

    /// Returns the word used on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::Removed => "removed",
            Self::Labelled => "labelled",
            Self::AccountActed => "account-acted",
            Self::Declined => "declined",
            Self::Rerouted => "rerouted",
            Self::Mistaken => "mistaken",
        }
    }

    /// Returns the words for a reader.
    pub fn shown(self) -> Text {
        let (en, es) = match self {
            Self::Acknowledged => ("acknowledged", "acuse de recibo"),
            Self::Removed => ("removed", "retirado"),
            Self::Labelled => ("labelled or reduced", "etiquetado o con alcance reducido"),
            Self::AccountActed => ("account suspended or limited", "cuenta suspendida o limitada"),
            Self::Declined => ("declined", "rechazado"),
            Self::Rerouted => ("handed on to somebody else", "remitido a otra instancia"),
            Self::Mistaken => ("written down by mistake", "anotado por error"),
        };
        Text::new(en, es)
    }
}

/// An answer to a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// When it came.
    pub at: Moment,
    /// What it was.
    pub outcome: Outcome,
    /// Its exact words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Who wrote it down.
    pub by: Actor,
}

/// One report that somebody made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// When.
    pub reported: Moment,
    /// To whom: an id of a channel, or `platform:` and the platform's word.
    pub to: String,
    /// The platform, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// What was reported: exhibit names.
    pub exhibits: Vec<String>,
    /// Under which rule: the id of a platform rule, or of a provision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The ticket or case number that came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The exact words that were sent, where they were written here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Who wrote it down.
    pub by: Actor,
    /// Answers, in the order they came. Each is kept on its own; they are put here when the log is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

/// How a report stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing, or only an acknowledgement, for so many days since the report.
    Silent {
        /// Whole days since the report.
        days: i64,
    },
    /// The last answer that says something, and how many days after the report it came.
    Answered {
        /// What it was.
        outcome: Outcome,
        /// Whole days from report to answer.
        after: i64,
    },
}

impl Report {
    /// Tells whether somebody wrote later that the entry was a mistake.
    pub fn is_mistaken(&self) -> bool {
        self.answers.iter().any(|answer| answer.outcome == Outcome::Mistaken)
    }

    /// Returns how the report stands on `today`, by the days of UTC. An acknowledgement alone is silence.
    pub fn standing(&self, today: Day) -> Standing {
        let answer = self.answers.iter().rev().find(|answer| answer.outcome != Outcome::Acknowledged);
        match answer {
            Some(answer) => Standing::Answered {
                outcome: answer.outcome,
                after: (answer.at.millis() - self.reported.millis()).div_euclid(86_400_000).max(0),
            },
            None => {
                let reported = jiff::Timestamp::from_millisecond(self.reported.millis())
                    .map_or(today, |at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
                // The calendar furthest west may still show the day before.
                Standing::Silent { days: days_between(reported, today).max(0) }
            }
        }
    }

    /// Returns the sentence for a package.
    pub fn shown(&self, today: Day) -> Text {
        let when = self.reported.shown();
        match self.standing(today) {
            Standing::Silent { days } => Text::new(
                format!(
                    "Reported {when}; no answer on the substance for {}, as of {today}.",
                    count_days(days).en
                ),
                format!(
                    "Denunciado: {when}; sin respuesta sobre el fondo durante {}, al {today}.",
                    count_days(days).es
                ),
            ),
            Standing::Answered { outcome, after } => {
                let Text { en, es } = outcome.shown();
                Text::new(
                    format!("Reported {when}; answered after {}: {en}.", count_days(after).en),
                    format!("Denunciado: {when}; respuesta tras {}: {es}.", count_days(after).es),
                )
            }
        }
    }
}

fn count_days(days: i64) -> Text {
    match days {
        1 => Text::new("1 day", "1 día"),
        _ => Text::new(format!("{days} days"), format!("{days} días")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use values::SaidBy;

    fn report(answers: Vec<Answer>) -> Report {
        Report {
            reported: at("2026-10-30T09:00:00Z"),
            to: "platform:x".to_owned(),
            platform: Some(Platform::X),
            exhibits: vec!["EX-0001".to_owned()],
            rule: Some("x-abuse".to_owned()),
            ticket: Some("0000-0001".to_owned()),
            words: String::new(),
            by: by(),
            answers,
        }
    }

    fn by() -> Actor {
        Actor::person("A. Helper")
    }

    fn at(text: &str) -> Moment {
        Moment::parse(text, SaidBy::Person).unwrap()
    }

    #[test]
    fn an_acknowledgement_is_still_silence() {
        let today = "2026-11-23".parse().unwrap();
        let got = Answer {
            at: at("2026-10-30T09:01:00Z"),
            outcome: Outcome::Acknowledged,
            words: String::new(),
            by: by(),
        };
        assert_eq!(report(vec![got.clone()]).standing(today), Standing::Silent { days: 24 });
        let no = Answer {
            at: at("2026-11-04T10:00:00Z"),
            outcome: Outcome::Declined,
            words: "We found no violation.".into(),
            by: by(),
        };
        let answered = report(vec![got, no]);
        assert_eq!(answered.standing(today), Standing::Answered { outcome: Outcome::Declined, after: 5 });
        assert!(answered.shown(today).es.contains("5 días"));
    }

    #[test]
    fn the_form_on_disk_is_pinned() {
        let text = serde_json::to_string(&report(Vec::new())).unwrap();
        assert_eq!(
            text,
            r#"{"reported":{"at":1793350800000,"precision":"second","said_by":"person"},"to":"platform:x","platform":"x","exhibits":["EX-0001"],"rule":"x-abuse","ticket":"0000-0001","by":"A. Helper"}"#
        );
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report(Vec::new()));
    }
}
