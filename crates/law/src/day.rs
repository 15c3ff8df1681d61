//! Calendar days: what deadlines are counted in.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use values::{Doubt, Moment, Precision, SaidBy};

/// A day of the calendar.
pub type Day = Date;

/// How far behind UTC the clocks of Hawaii are, the furthest of any state.
const FURTHEST_WEST_HOURS: i64 = 10;

/// Returns the earliest day any state's calendar can have shown at `moment`.
///
/// A post written at 02:00 UTC was still written the evening before in every state; counted from the later day, a
/// deadline would be shown a day too late. A moment known only to the day, month or year keeps its first day, and a time
/// that a person wrote down by the clock where they were keeps theirs. Where day and month may be the other way round, the
/// earlier of the two readings is taken: nobody guesses which is right, and the shorter deadline is the safe one.
pub fn earliest_day(moment: Moment) -> Option<Day> {
    let by_own_clock = moment.said_by() == SaidBy::Person && moment.doubt() == Some(Doubt::ZoneUnknown);
    let back = match moment.precision() {
        Precision::Year | Precision::Month | Precision::Day => 0,
        _ if by_own_clock => 0,
        _ => FURTHEST_WEST_HOURS * 3_600_000,
    };
    let day_of = |millis| {
        let at = jiff::Timestamp::from_millisecond(millis).ok()?;
        Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())
    };
    let mut day = day_of(moment.millis().saturating_sub(back))?;
    if moment.doubt() == Some(Doubt::DayMonthOrder) {
        // What stands in the source is the moment's own date; the way west is gone from its other reading as well.
        let written = day_of(moment.millis())?;
        if let Ok(swapped) = Day::new(written.year(), written.day(), written.month()) {
            day = day.min(after(swapped, days_between(written, day).days()));
        }
    }
    match moment.precision() {
        Precision::Year => Day::new(day.year(), 1, 1).ok(),
        Precision::Month => Some(day.first_of_month()),
        _ => Some(day),
    }
}

/// Returns the day `months` after `day`; the last day of the month where that day does not exist there.
pub fn months_after(day: Day, months: u32) -> Day {
    after(day, i64::from(months).months())
}

/// Returns the day `days` after `day`.
pub fn days_after(day: Day, days: i64) -> Day {
    after(day, days.days())
}

fn after(day: Day, span: Span) -> Day {
    // The calendar ends in the year 9999; a limit past it is as good as none.
    day.saturating_add(span)
}

/// Returns how many days lie from `from` to `to`; negative where `to` is earlier.
pub fn days_between(from: Day, to: Day) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_day_is_that_of_the_furthest_west() {
        let check = |given: &str, expected: &str| {
            let moment = Moment::parse(given, SaidBy::Platform).unwrap();
            assert_eq!(earliest_day(moment).unwrap().to_string(), expected, "{given}");
        };
        check("2024-10-30T02:00:00Z", "2024-10-29");
        check("2024-10-30T09:59:59Z", "2024-10-29");
        check("2024-10-30T10:00:00Z", "2024-10-30");
        let day = Moment::parse_local("2024-10-30", SaidBy::Person).unwrap();
        assert_eq!(earliest_day(day).unwrap().to_string(), "2024-10-30");
        let call = Moment::parse_local("2024-10-30 08:05", SaidBy::Person).unwrap();
        assert_eq!(earliest_day(call).unwrap().to_string(), "2024-10-30");
        let export = Moment::parse_local("2024-10-30 08:05", SaidBy::Platform).unwrap();
        assert_eq!(earliest_day(export).unwrap().to_string(), "2024-10-29", "perhaps a server's clock");
        let unsettled = |given| {
            let moment =
                Moment::parse_local(given, SaidBy::Collector).unwrap().with_doubt(Doubt::DayMonthOrder);
            earliest_day(moment).unwrap().to_string()
        };
        assert_eq!(unsettled("2025-11-04 10:02"), "2025-04-11", "the earlier of 4 November and 11 April");
        assert_eq!(unsettled("2025-04-11 10:02"), "2025-04-11");
        assert_eq!(unsettled("2025-11-04 08:02"), "2025-04-10", "perhaps the evening before");
        assert_eq!(unsettled("2025-11-13 10:02"), "2025-11-13", "there is no thirteenth month");
        let month = Moment::from_millis(day.millis(), Precision::Month, SaidBy::Person);
        assert_eq!(earliest_day(month).unwrap().to_string(), "2024-10-01");
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(months_after(day("2024-02-29"), 12), day("2025-02-28"));
        assert_eq!(months_after(day("2024-10-29"), 12), day("2025-10-29"));
        assert_eq!(months_after(day("2024-08-31"), 6), day("2025-02-28"));
        assert_eq!(days_between(day("2024-10-29"), day("2025-10-29")), 365);
        assert_eq!(days_between(day("2025-01-02"), day("2025-01-01")), -1);
    }
}
