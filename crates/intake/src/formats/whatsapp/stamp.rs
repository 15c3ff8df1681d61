//! The day and time a WhatsApp line opens with: `[11/4/25, 10:02:11 AM] ` on iPhones, `4/11/25, 10:02 - ` on Android,
//! with the marks and spaces of each language.

use values::{Doubt, Moment, Precision, SaidBy};

use crate::time;

/// What the first number of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Day,
    Month,
    /// The year stands first, then month and day.
    Year,
}

/// Day and time as the line has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    numbers: [u32; 3],
    year_first: bool,
    hour: u32,
    minute: u32,
    second: Option<u32>,
}

/// Returns the stamp of a line and what follows it, `None` where the line continues a message.
pub(super) fn split(line: &str) -> Option<(Stamp, &str)> {
    let line = line.trim_start_matches(['\u{200E}', '\u{200F}', '\u{FEFF}']);
    let (stamp, rest) = match line.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => line.split_once(" - ")?,
    };
    if stamp.len() > 48 {
        return None;
    }
    Some((read(stamp)?, rest.trim_start_matches(' ')))
}

fn read(stamp: &str) -> Option<Stamp> {
    let (date, clock) = stamp.split_once(',').or_else(|| stamp.split_once(' '))?;
    let mut parts = date.trim().split(['/', '.', '-']);
    let mut number = || parts.next()?.trim().parse::<u32>().ok();
    let numbers = [number()?, number()?, number()?];
    if parts.next().is_some_and(|rest| !rest.is_empty()) {
        return None;
    }
    let clock = clock.replace(['\u{202F}', '\u{A0}'], " ").to_lowercase();
    let digits_end = clock
        .trim_start()
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .unwrap_or(clock.trim_start().len());
    let (digits, half) = clock.trim_start().split_at(digits_end);
    let mut parts = digits.trim_end_matches('.').split([':', '.']).map(|part| part.parse::<u32>().ok());
    let mut hour = parts.next()??;
    let minute = parts.next()??;
    let second = match parts.next() {
        Some(second) => Some(second?),
        None => None,
    };
    let half: String = half.chars().filter(char::is_ascii_alphabetic).collect();
    match half.as_str() {
        "" => {}
        "am" | "pm" if hour > 12 => return None,
        "am" => hour %= 12,
        "pm" => hour = hour % 12 + 12,
        _ => return None,
    }
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
    fits.then_some(Stamp { numbers, year_first: numbers[0] > 999, hour, minute, second })
}

impl Stamp {
    /// Returns the order this date leaves no doubt about.
    pub(super) fn settles(&self) -> Option<Order> {
        match self.numbers {
            _ if self.year_first => Some(Order::Year),
            [day, month, _] if day > 12 && month <= 12 => Some(Order::Day),
            [month, day, _] if day > 12 && month <= 12 => Some(Order::Month),
            _ => None,
        }
    }

    /// Returns the moment; without an order, that of the day first, marked as doubtful where the two numbers differ.
    pub(super) fn moment(&self, order: Option<Order>) -> Option<Moment> {
        let [a, b, c] = self.numbers;
        let full = |year: u32| if year < 100 { year + 2000 } else { year };
        let (year, month, day) = match order {
            _ if self.year_first => (a, b, c),
            Some(Order::Month) => (full(c), a, b),
            _ => (full(c), b, a),
        };
        let local = time::local(
            i64::from(year),
            month,
            day,
            self.hour,
            self.minute,
            self.second.unwrap_or(0),
            SaidBy::Collector,
        )?;
        let precision = if self.second.is_some() { Precision::Second } else { Precision::Minute };
        let doubt = if order.is_none() && !self.year_first && a != b {
            Doubt::DayMonthOrder
        } else {
            Doubt::ZoneUnknown
        };
        Some(Moment::from_millis(local.millis(), precision, SaidBy::Collector).with_doubt(doubt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_many_phones() {
        let check = |line: &str, order: Order, expected: Option<&str>| {
            let moment = split(line).and_then(|(stamp, _)| stamp.moment(Some(order)));
            assert_eq!(moment.map(Moment::to_rfc3339).as_deref(), expected, "{line}");
        };
        check("[11/4/25, 10:02:11\u{202F}AM] A: b", Order::Month, Some("2025-11-04T10:02:11Z"));
        check("\u{200E}[11/4/25, 10:02:11 PM] A: b", Order::Month, Some("2025-11-04T22:02:11Z"));
        check("4/11/25, 10:02 - A: b", Order::Day, Some("2025-11-04T10:02Z"));
        check("4/11/25 12:02 a. m. - A: b", Order::Day, Some("2025-11-04T00:02Z"));
        check("04.11.25, 22:02 - A: b", Order::Day, Some("2025-11-04T22:02Z"));
        check("[2025-11-04, 10:02:11] A: b", Order::Year, Some("2025-11-04T10:02:11Z"));
        check("he came at 10 - 11", Order::Day, None);
        check("31/2/25, 10:02 - A: b", Order::Day, None);
        check("[a] b", Order::Day, None);
    }

    #[test]
    fn an_unsettled_order_is_a_doubt() {
        let stamp = |line: &str| split(line).unwrap().0;
        assert_eq!(stamp("4/11/25, 10:02 - A: b").moment(None).unwrap().doubt(), Some(Doubt::DayMonthOrder));
        assert_eq!(stamp("4/4/25, 10:02 - A: b").moment(None).unwrap().doubt(), Some(Doubt::ZoneUnknown));
        assert_eq!(stamp("13/4/25, 10:02 - A: b").settles(), Some(Order::Day));
        assert_eq!(stamp("4/13/25, 10:02 - A: b").settles(), Some(Order::Month));
        assert_eq!(stamp("4/11/25, 10:02 - A: b").settles(), None);
    }
}
