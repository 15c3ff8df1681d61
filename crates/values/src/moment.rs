//! A point in time, with who said it, how exactly, and what is doubtful about it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A point in time as some source stated it.
///
/// Ordered by the instant first, so a list of moments sorts by time. The instant is in milliseconds since
/// 1970-01-01T00:00:00Z and may be less exact than that: see [`Precision`]. A time without a zone keeps the instant it
/// would have in UTC, together with [`Doubt::ZoneUnknown`]: the true instant lies within 14 hours of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    millis: i64,
    precision: Precision,
    said_by: SaidBy,
    doubt: Option<Doubt>,
}

/// How exactly a moment was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Some time in a year.
    Year,
    /// Some time in a month.
    Month,
    /// Some time on a day.
    Day,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
    /// To the millisecond.
    Millisecond,
}

/// Who stated a moment. The order is not one of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaidBy {
    /// The platform's server, in a field of its answer.
    Platform,
    /// The platform's own id, which carries the time it was given out (snowflake, TID).
    PlatformId,
    /// The author's client, unchecked by the server.
    Author,
    /// The clock of the computer or extension that captured it.
    Collector,
    /// The name or metadata of a file.
    File,
    /// A person who wrote it down.
    Person,
    /// A clock of this computer, at the moment redress did something.
    Redress,
    /// A time-stamping authority.
    Authority,
}

/// What is doubtful about a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Local time of a place the source does not name: off by up to 14 hours.
    ZoneUnknown,
    /// Day and month could be the other way round.
    DayMonthOrder,
    /// Remembered by a person.
    About,
    /// Two sources in the same capture disagree.
    Disagrees,
}

/// Why a text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a time redress can read; write it like 2025-11-04T15:02:11Z")]
pub struct NotAMoment {
    /// The text as given.
    pub given: String,
}

/// Milliseconds from the Unix epoch to the epoch of X ids, 2010-11-04T01:42:54.657Z.
const SNOWFLAKE_EPOCH: i64 = 1_288_834_974_657;
/// The first X id that carries a time; smaller ones were handed out in plain order before November 2010.
const FIRST_SNOWFLAKE: u64 = 29_700_859_247;

impl Moment {
    /// Returns the moment `millis` milliseconds since the Unix epoch.
    pub const fn from_millis(millis: i64, precision: Precision, said_by: SaidBy) -> Self {
        Self { millis, precision, said_by, doubt: None }
    }

    /// Returns the moment `seconds` since the Unix epoch, exact to the second.
    pub const fn from_seconds(seconds: i64, said_by: SaidBy) -> Self {
        Self::from_millis(seconds.saturating_mul(1000), Precision::Second, said_by)
    }

    /// Returns the time inside an X id (`(id >> 22) + 1288834974657` ms), or `None` for an id from before they had one.
    pub fn of_snowflake(id: u64) -> Option<Self> {
        (id >= FIRST_SNOWFLAKE).then(|| {
            Self::from_millis((id >> 22) as i64 + SNOWFLAKE_EPOCH, Precision::Millisecond, SaidBy::PlatformId)
        })
    }

    /// Reads an RFC 3339 time with a zone (`2025-11-04T15:02:11.054Z`, `2025-11-04 15:02:11+00:00`).
    ///
    /// Errors where there is no zone: a time without one is read with [`Moment::parse_local`].
    pub fn parse(given: &str, said_by: SaidBy) -> Result<Self, NotAMoment> {
        let timestamp: jiff::Timestamp = given.trim().parse().map_err(|_| not_a_moment(given))?;
        let precision = if given.contains('.') { Precision::Millisecond } else { Precision::Second };
        Ok(Self::from_millis(timestamp.as_millisecond(), precision, said_by))
    }

    /// Reads a time without a zone (`2025-11-04T15:02:11`, `2025-11-04 15:02`, `2025-11-04`) as if it were UTC and marks
    /// it [`Doubt::ZoneUnknown`].
    pub fn parse_local(given: &str, said_by: SaidBy) -> Result<Self, NotAMoment> {
        let text = given.trim();
        let precision = match text.len() {
            ..=10 => Precision::Day,
            11..=16 => Precision::Minute,
            _ => Precision::Second,
        };
        let civil: jiff::civil::DateTime = text.parse().map_err(|_| not_a_moment(given))?;
        let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| not_a_moment(given))?;
        Ok(Self::from_millis(zoned.timestamp().as_millisecond(), precision, said_by)
            .with_doubt(Doubt::ZoneUnknown))
    }

    /// Returns the same moment with a doubt on it.
    #[must_use]
    pub const fn with_doubt(mut self, doubt: Doubt) -> Self {
        self.doubt = Some(doubt);
        self
    }

    /// Returns milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.millis
    }

    /// Returns whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.millis.div_euclid(1000)
    }

    /// Returns how exactly it was stated.
    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// Returns who stated it.
    pub const fn said_by(self) -> SaidBy {
        self.said_by
    }

    /// Returns what is doubtful about it.
    pub const fn doubt(self) -> Option<Doubt> {
        self.doubt
    }

    /// Writes the instant in RFC 3339, UTC, with as many digits as its precision has (never fewer than the day).
    pub fn to_rfc3339(self) -> String {
        let Ok(timestamp) = jiff::Timestamp::from_millisecond(self.millis) else {
            // Only reachable for instants outside the years -9999..9999, which no source states.
            return format!("{} ms", self.millis);
        };
        let civil = timestamp.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let (date, time) = (civil.date(), civil.time());
        let day = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        match self.precision {
            Precision::Year => day[..day.len() - 6].to_owned(),
            Precision::Month => day[..day.len() - 3].to_owned(),
            Precision::Day => day,
            Precision::Minute => format!("{day}T{clock}Z"),
            Precision::Second => format!("{day}T{clock}:{:02}Z", time.second()),
            Precision::Millisecond => {
                format!("{day}T{clock}:{:02}.{:03}Z", time.second(), time.millisecond())
            }
        }
    }

    /// Writes the instant for a reader: `2025-11-04 15:02:11 UTC`, without `UTC` and with the doubt where there is one.
    pub fn shown(self) -> String {
        let text = self.to_rfc3339().replace('T', " ");
        let bare = text.trim_end_matches('Z');
        match self.doubt {
            None if bare.len() > 10 => format!("{bare} UTC"),
            None => bare.to_owned(),
            Some(Doubt::ZoneUnknown) => format!("{bare} (local time, zone not stated)"),
            Some(Doubt::DayMonthOrder) => {
                format!("{} (day and month may be swapped)", self.both_readings("or"))
            }
            Some(Doubt::About) => format!("about {bare}"),
            Some(Doubt::Disagrees) => format!("{bare} (sources disagree)"),
        }
    }
}

impl Moment {
    /// Writes the instant for a reader of Spanish, as [`Moment::shown`] does for one of English.
    pub fn shown_in_spanish(self) -> String {
        let bare = self.to_rfc3339().replace('T', " ");
        let bare = bare.trim_end_matches('Z');
        match self.doubt {
            None => self.shown(),
            Some(Doubt::ZoneUnknown) => format!("{bare} (hora local, zona no indicada)"),
            Some(Doubt::DayMonthOrder) => {
                format!("{} (día y mes pueden estar invertidos)", self.both_readings("o"))
            }
            Some(Doubt::About) => format!("hacia {bare}"),
            Some(Doubt::Disagrees) => format!("{bare} (las fuentes no coinciden)"),
        }
    }
}

impl Moment {
    /// Returns the same clock time on the day with day and month exchanged; `None` where neither is in doubt, or where
    /// there is no such day. Both readings stand until a person says which is right.
    pub fn other_reading(self) -> Option<Self> {
        if self.doubt != Some(Doubt::DayMonthOrder) {
            return None;
        }
        let utc = jiff::tz::TimeZone::UTC;
        let civil = jiff::Timestamp::from_millisecond(self.millis).ok()?.to_zoned(utc.clone()).datetime();
        let other = civil.with().day(civil.month()).month(civil.day()).build().ok()?;
        let millis = other.to_zoned(utc).ok()?.timestamp().as_millisecond();
        Some(Self { millis, ..self })
    }

    /// Writes both readings, the earlier first, with `or` between them.
    fn both_readings(self, or: &str) -> String {
        let bare = |moment: Self| moment.to_rfc3339().replace('T', " ").trim_end_matches('Z').to_owned();
        match self.other_reading() {
            Some(other) => format!("{} {or} {}", bare(self.min(other)), bare(self.max(other))),
            None => bare(self),
        }
    }
}

fn not_a_moment(given: &str) -> NotAMoment {
    NotAMoment { given: given.chars().take(80).collect() }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_rfc3339())
    }
}

/// The form on disk.
#[derive(Serialize, Deserialize)]
struct OnDisk {
    at: i64,
    precision: Precision,
    said_by: SaidBy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    doubt: Option<Doubt>,
}

impl Serialize for Moment {
    /// Writes `{"at": milliseconds, "precision", "said_by", "doubt"?}`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OnDisk { at: self.millis, precision: self.precision, said_by: self.said_by, doubt: self.doubt }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let OnDisk { at, precision, said_by, doubt } = OnDisk::deserialize(deserializer)?;
        Ok(Self { millis: at, precision, said_by, doubt })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_shows() {
        let moment =
            |precision| Moment::from_millis(1_762_268_531_054, precision, SaidBy::Platform).to_rfc3339();
        assert_eq!(moment(Precision::Year), "2025");
        assert_eq!(moment(Precision::Month), "2025-11");
        assert_eq!(moment(Precision::Day), "2025-11-04");
        assert_eq!(moment(Precision::Minute), "2025-11-04T15:02Z");
        assert_eq!(moment(Precision::Second), "2025-11-04T15:02:11Z");
        assert_eq!(moment(Precision::Millisecond), "2025-11-04T15:02:11.054Z");
    }

    #[test]
    fn a_time_without_a_zone_says_so() {
        let moment = Moment::parse_local("2025-11-04 15:02", SaidBy::File).unwrap();
        assert_eq!(moment.shown(), "2025-11-04 15:02 (local time, zone not stated)");
        assert!(Moment::parse("2025-11-04 15:02:11", SaidBy::File).is_err());
        assert_eq!(
            Moment::parse("2025-11-04 15:02:11+00:00", SaidBy::Platform).unwrap().shown(),
            "2025-11-04 15:02:11 UTC"
        );
    }

    #[test]
    fn two_readings_of_a_day_are_both_shown() {
        let open = |given: &str| {
            Moment::parse_local(given, SaidBy::Collector).unwrap().with_doubt(Doubt::DayMonthOrder)
        };
        let november = open("2025-11-04 10:02");
        let said = "2025-04-11 10:02 or 2025-11-04 10:02 (day and month may be swapped)";
        assert_eq!(november.shown(), said);
        assert_eq!(november.other_reading().unwrap().shown(), said);
        assert_eq!(november.other_reading().unwrap().other_reading(), Some(november));
        assert_eq!(
            november.shown_in_spanish(),
            "2025-04-11 10:02 o 2025-11-04 10:02 (día y mes pueden estar invertidos)"
        );
        // No month has that number, and nothing is in doubt where nothing is said to be.
        assert_eq!(open("2025-11-14 10:02").other_reading(), None);
        assert_eq!(Moment::parse_local("2025-11-04", SaidBy::File).unwrap().other_reading(), None);
    }

    #[test]
    fn ids_from_before_2010_hold_no_time() {
        assert_eq!(Moment::of_snowflake(20), None);
    }

    #[test]
    fn the_form_on_disk_is_pinned() {
        let moment = Moment::parse_local("2025-11-04", SaidBy::Person).unwrap();
        let text = serde_json::to_string(&moment).unwrap();
        assert_eq!(
            text,
            r#"{"at":1762214400000,"precision":"day","said_by":"person","doubt":"zone-unknown"}"#
        );
        assert_eq!(serde_json::from_str::<Moment>(&text).unwrap(), moment);
    }
}
