//! Times as platforms and programs write them, each read with who said it and what is doubtful about it.

use values::{Doubt, Moment, Platform, Precision, SaidBy, Severity, Trouble};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `Tue Nov 04 15:02:11 +0000 2025`, the form of X's older interfaces.
pub(crate) fn x_date(given: &str) -> Option<Moment> {
    let mut parts = given.split_ascii_whitespace().skip(1);
    let month = month(parts.next()?)?;
    let day = parts.next()?.parse().ok()?;
    let (hour, minute, second) = clock(parts.next()?)?;
    let zone = zone(parts.next()?)?;
    let year = parts.next()?.parse().ok()?;
    Some(Moment::from_seconds(seconds(year, month, day, hour, minute, second)? - zone, SaidBy::Platform))
}

/// Reads the date of a mail (RFC 5322, section 3.3): `Tue, 4 Nov 2025 12:06:15 -0500`. `-0000` says that the zone of the
/// sender is not told; the instant is right all the same.
pub(crate) fn mail_date(given: &str, said_by: SaidBy) -> Option<Moment> {
    let given = given.split('(').next().unwrap_or(given);
    let given = given.split_once(',').map_or(given, |(_, rest)| rest);
    let mut parts = given.split_ascii_whitespace();
    let day = parts.next()?.parse().ok()?;
    let month = month(parts.next()?)?;
    let year: i64 = parts.next()?.parse().ok()?;
    let year = match year {
        0..=49 => year + 2000,
        50..=999 => year + 1900,
        _ => year,
    };
    let (hour, minute, second) = clock(parts.next()?)?;
    let zone = match parts.next() {
        Some("GMT" | "UT" | "UTC" | "Z") => 0,
        Some(text) => zone(text)?,
        None => {
            let local = seconds(year, month, day, hour, minute, second)?;
            return Some(Moment::from_seconds(local, said_by).with_doubt(Doubt::ZoneUnknown));
        }
    };
    Some(Moment::from_seconds(seconds(year, month, day, hour, minute, second)? - zone, said_by))
}

/// Reads what a browser writes for a date: `Tue Nov 04 2025 15:02:11 GMT-0500 (Eastern Standard Time)`.
pub(crate) fn browser_date(given: &str, said_by: SaidBy) -> Option<Moment> {
    let mut parts = given.split_ascii_whitespace().skip(1);
    let month = month(parts.next()?)?;
    let day = parts.next()?.parse().ok()?;
    let year = parts.next()?.parse().ok()?;
    let (hour, minute, second) = clock(parts.next()?)?;
    let zone = zone(parts.next()?.strip_prefix("GMT")?)?;
    Some(Moment::from_seconds(seconds(year, month, day, hour, minute, second)? - zone, said_by))
}

/// Reads a time in any of the forms a table holds: RFC 3339, the same without a zone, X's own, a mail's, seconds or
/// milliseconds since 1970.
pub(crate) fn any(given: &str, said_by: SaidBy) -> Option<Moment> {
    let given = given.trim();
    if let Ok(number) = given.trim_end_matches(".0").parse::<i64>() {
        return epoch(number, said_by);
    }
    Moment::parse(given, said_by)
        .or_else(|_| Moment::parse_local(given, said_by))
        .ok()
        .or_else(|| x_date(given))
        .or_else(|| mail_date(given, said_by))
}

/// Reads `11/4/2025 10:02 PM`, as spreadsheets write a time in a table: day or month first, by the person's word or by a
/// number above 12. Where neither settles it the moment is that of the month first, and carries the doubt.
pub(crate) fn slashed(given: &str, day_first: Option<bool>) -> Option<Moment> {
    let (date, rest) = given.trim().split_once([' ', ',']).unwrap_or((given.trim(), ""));
    let mut numbers = date.split(['/', '.', '-']).map(|part| part.parse::<u32>().ok());
    let (a, b, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || !(1900..=2200).contains(&year) {
        return None;
    }
    let rest = rest.trim_matches([' ', ',']).to_ascii_lowercase();
    let (digits, half) =
        rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len()));
    let (mut hour, minute, second) = if digits.is_empty() { (0, 0, 0) } else { clock(digits)? };
    match half.trim().replace(['.', ' '], "").as_str() {
        "" => {}
        "am" if hour <= 12 => hour %= 12,
        "pm" if hour <= 12 => hour = hour % 12 + 12,
        _ => return None,
    }
    let open = a <= 12 && b <= 12 && a != b && day_first.is_none();
    let day_is_first = if a > 12 { true } else { b <= 12 && day_first == Some(true) };
    let (day, month) = if day_is_first { (a, b) } else { (b, a) };
    let local = local(i64::from(year), month, day, hour, minute, second, SaidBy::File)?;
    let precision = match digits.matches(':').count() {
        0 => Precision::Day,
        1 => Precision::Minute,
        _ => Precision::Second,
    };
    let doubt = if open { Doubt::DayMonthOrder } else { Doubt::ZoneUnknown };
    Some(Moment::from_millis(local.millis(), precision, SaidBy::File).with_doubt(doubt))
}

/// Reads seconds, or milliseconds where the number is too large for seconds of our time. Small numbers are no times.
pub(crate) fn epoch(number: i64, said_by: SaidBy) -> Option<Moment> {
    match number {
        100_000_000..=99_999_999_999 => Some(Moment::from_seconds(number, said_by)),
        100_000_000_000..=99_999_999_999_999 => {
            Some(Moment::from_millis(number, Precision::Millisecond, said_by))
        }
        _ => None,
    }
}

/// Returns a local time moved to UTC by a zone a person named; as it is where none was named.
pub(crate) fn in_zone(moment: Moment, zone_minutes: Option<i32>) -> Moment {
    match (moment.doubt(), zone_minutes) {
        (Some(Doubt::ZoneUnknown), Some(minutes)) => {
            let millis = moment.millis() - i64::from(minutes) * 60_000;
            Moment::from_millis(millis, moment.precision(), moment.said_by())
        }
        _ => moment,
    }
}

/// Returns the instant `year-month-day hour:minute:second` UTC, `None` where there is no such day.
pub(crate) fn local(
    year: i64,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    said_by: SaidBy,
) -> Option<Moment> {
    Some(
        Moment::from_seconds(seconds(year, month, day, hour, minute, second)?, said_by)
            .with_doubt(Doubt::ZoneUnknown),
    )
}

/// Returns the moment of an X post by its id and by the time stated, and a trouble where the two disagree.
///
/// The id carries milliseconds, the stated time seconds, so they agree when less than two seconds lie between them.
pub(crate) fn of_x_post(id: &str, stated: Option<Moment>) -> (Option<Moment>, Option<Trouble>) {
    by_id(id.parse().ok().and_then(Moment::of_snowflake), stated, Platform::X)
}

/// Returns the moment of a post by its platform's id and by the time stated, and a trouble where the two disagree.
pub(crate) fn by_id(
    of_id: Option<Moment>,
    stated: Option<Moment>,
    platform: Platform,
) -> (Option<Moment>, Option<Trouble>) {
    match (of_id, stated) {
        (Some(of_id), Some(stated)) => {
            let apart = match stated.precision() {
                Precision::Day => (stated.millis() - of_id.millis()).abs() - 86_400_000,
                _ => (stated.millis() - of_id.millis()).abs(),
            };
            if apart < 2_000 || stated.doubt().is_some() {
                return (Some(of_id), None);
            }
            let trouble = Trouble::new(
                "time.disagrees_with_id",
                Severity::Warn,
                format!(
                    "The capture says that the post was written at {}, its id was given out by {} at {}; one of the two was changed.",
                    stated.to_rfc3339(),
                    platform.shown(),
                    of_id.to_rfc3339()
                ),
                "Look for another capture of the same post before relying on its time.",
            );
            (Some(of_id.with_doubt(Doubt::Disagrees)), Some(trouble))
        }
        (of_id, stated) => (of_id.or(stated), None),
    }
}

/// Returns when a capture was made by the collector's clock, and a trouble where that lies before what it captured.
pub(crate) fn collected(clock: Option<Moment>, written: Option<Moment>) -> (Option<Moment>, Option<Trouble>) {
    match (clock, written) {
        (Some(clock), Some(written)) if clock.millis() + 2_000 < written.millis() => {
            let trouble = Trouble::new(
                "time.collector_clock",
                Severity::Warn,
                format!(
                    "The clock of the collecting computer says {}, which is before the post was written ({}); that clock was wrong.",
                    clock.to_rfc3339(),
                    written.to_rfc3339()
                ),
                "Do not rely on capture times of this file; look for a capture with a server's date.",
            );
            (Some(clock.with_doubt(Doubt::Disagrees)), Some(trouble))
        }
        (clock, _) => (clock, None),
    }
}

fn month(name: &str) -> Option<u32> {
    let at = MONTHS
        .iter()
        .position(|known| name.get(..3).is_some_and(|three| known.eq_ignore_ascii_case(three)))?;
    Some(at as u32 + 1)
}

fn clock(text: &str) -> Option<(u32, u32, u32)> {
    let mut parts = text.split(':').map(|part| part.parse::<u32>().ok());
    let hour = parts.next()??;
    let minute = parts.next()??;
    let second = parts.next().unwrap_or(Some(0))?;
    (hour < 24 && minute < 60 && second < 61).then_some((hour, minute, second))
}

/// Reads `+0530` or `-05:00` as seconds.
fn zone(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = text[1..].chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

/// Days since 1970 by the civil calendar (Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”).
fn seconds(year: i64, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=last).contains(&day) || !(1900..=2200).contains(&year) || hour > 23 || minute > 59 || second > 60
    {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_in_many_forms() {
        let expected = "2025-11-04T15:02:11Z";
        let shown = |moment: Option<Moment>| moment.unwrap().to_rfc3339();
        assert_eq!(shown(x_date("Tue Nov 04 15:02:11 +0000 2025")), expected);
        assert_eq!(shown(mail_date("Tue, 4 Nov 2025 10:02:11 -0500 (EST)", SaidBy::Author)), expected);
        assert_eq!(
            shown(browser_date(
                "Tue Nov 04 2025 10:02:11 GMT-0500 (Eastern Standard Time)",
                SaidBy::Collector
            )),
            expected
        );
        for given in [
            "2025-11-04T15:02:11Z",
            "1762268531",
            "1762268531.0",
            "2025-11-04 15:02:11+00:00",
            "Tue Nov 04 15:02:11 +0000 2025",
        ] {
            assert_eq!(shown(any(given, SaidBy::Platform)), expected, "{given}");
        }
        assert_eq!(any("2025-11-04 15:02:11", SaidBy::File).unwrap().doubt(), Some(Doubt::ZoneUnknown));
    }

    #[test]
    fn a_time_of_a_spreadsheet_is_open_until_a_number_or_a_person_settles_it() {
        let check = |given: &str, day_first: Option<bool>, expected: Option<&str>| {
            let shown = slashed(given, day_first).map(Moment::shown);
            assert_eq!(shown.as_deref(), expected, "{given}");
        };
        let local = |text: &str| format!("{text} (local time, zone not stated)");
        check("11/14/2025 10:02 PM", None, Some(&local("2025-11-14 22:02")));
        check("14/11/2025 10:02:03", None, Some(&local("2025-11-14 10:02:03")));
        check("11/4/2025", Some(true), Some(&local("2025-04-11")));
        check("11/4/2025 12:02 a.m.", Some(false), Some(&local("2025-11-04 00:02")));
        check(
            "11/4/2025 9:02",
            None,
            Some("2025-04-11 09:02 or 2025-11-04 09:02 (day and month may be swapped)"),
        );
        check("4/4/2025 9:02", None, Some(&local("2025-04-04 09:02")));
        for given in ["11/4", "13/13/2025", "11/4/25 9:02", "a/b/2025", "11/4/2025 25:00", "1/1/2025 x"] {
            check(given, None, None);
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(x_date("Tue Feb 30 15:02:11 +0000 2025"), None);
        assert!(x_date("Thu Feb 29 15:02:11 +0000 2024").is_some());
        for given in [
            "",
            "x",
            "Tue Nov",
            "Tue Nov 04 25:02:11 +0000 2025",
            "Tue Nov 04 15:02:11 0000 2025",
            "é é é é é é",
        ] {
            assert_eq!(x_date(given), None, "{given}");
            assert_eq!(mail_date(given, SaidBy::Author), None, "{given}");
            assert_eq!(browser_date(given, SaidBy::Author), None, "{given}");
        }
    }

    #[test]
    fn an_id_and_a_stated_time_are_compared() {
        let stated = x_date("Tue Nov 04 15:02:11 +0000 2025");
        let (moment, trouble) = of_x_post("1985724259103670395", stated);
        assert_eq!((moment.unwrap().said_by(), trouble), (SaidBy::PlatformId, None));
        let (moment, trouble) = of_x_post("1985724259103670395", x_date("Tue Nov 04 16:02:11 +0000 2025"));
        assert_eq!(moment.unwrap().doubt(), Some(Doubt::Disagrees));
        assert_eq!(trouble.unwrap().code, "time.disagrees_with_id");
    }

    #[test]
    fn a_collector_cannot_see_a_post_before_it_is_written() {
        let written = x_date("Tue Nov 04 15:02:11 +0000 2025");
        let clock = x_date("Tue Nov 04 14:02:11 +0000 2025");
        assert_eq!(collected(clock, written).1.unwrap().code, "time.collector_clock");
        assert_eq!(collected(written, clock).1, None);
    }
}
