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
    /// The language's word for the half of the day is not known here: only the day is.
    half_unknown: bool,
}

/// Returns the stamp of a line and what follows it, `None` where the line continues a message.
pub(super) fn split(line: &str) -> Option<(Stamp, &str)> {
    let line = line.trim_start_matches(['\u{200E}', '\u{200F}', '\u{FEFF}', '\u{202A}', '\u{202B}']);
    let (stamp, rest) = match line.strip_prefix('[') {
        Some(inner) => inner.split_once(']')?,
        None => line.split_once(" - ")?,
    };
    if stamp.len() > 48 {
        return None;
    }
    Some((read(&plain(stamp))?, rest.trim_start_matches(' ')))
}

/// Returns a stamp in ASCII digits, with plain spaces and without marks of direction.
fn plain(stamp: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    stamp
        .chars()
        .filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{061C}'))
        .map(|c| match c {
            '\u{0660}'..='\u{0669}' => digit(c, '\u{0660}'),
            '\u{06F0}'..='\u{06F9}' => digit(c, '\u{06F0}'),
            '\u{0966}'..='\u{096F}' => digit(c, '\u{0966}'),
            '\u{060C}' => ',',
            '\u{202F}' | '\u{A0}' | '\u{2009}' => ' ',
            c => c,
        })
        .collect()
}

/// What phones write for the first and the second half of the day, in lower case, without dots and spaces.
const MORNING: [&str; 9] = ["am", "上午", "午前", "오전", "ص", "πμ", "पूर्वाह्न", "dop", "fm"];
const AFTERNOON: [&str; 9] = ["pm", "下午", "午後", "오후", "م", "μμ", "अपराह्न", "odp", "em"];

fn read(stamp: &str) -> Option<Stamp> {
    let (date, clock) = apart(stamp)?;
    let mut parts = date.trim().trim_end_matches('.').split(['/', '.', '-']);
    let mut number = || parts.next()?.trim().parse::<u32>().ok();
    let numbers = [number()?, number()?, number()?];
    if parts.next().is_some() {
        return None;
    }
    let clock = clock.to_lowercase();
    // Some languages say “at” before the clock, others the half of the day.
    let begins = clock.find(|c: char| c.is_ascii_digit())?;
    let (before, clock) = clock.split_at(begins);
    let end = clock.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(clock.len());
    let (digits, after) = clock.split_at(end);
    let mut parts = digits.trim_end_matches('.').split([':', '.']).map(|part| part.parse::<u32>().ok());
    let mut hour = parts.next()??;
    let minute = parts.next()??;
    let second = match parts.next() {
        Some(second) => Some(second?),
        None => None,
    };
    let letters = |text: &str| -> String { text.chars().filter(|c| !" .,".contains(*c)).collect() };
    let (before, after) = (letters(before), letters(after));
    let known = |half: &[&str]| half.contains(&after.as_str()) || half.contains(&before.as_str());
    let mut half_unknown = false;
    if known(&MORNING) {
        hour = if hour <= 12 { hour % 12 } else { return None };
    } else if known(&AFTERNOON) {
        hour = if hour <= 12 { hour % 12 + 12 } else { return None };
    } else if !after.is_empty() {
        if after.chars().count() > 12 || after.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        half_unknown = hour <= 12;
    } else if before.chars().count() > 6 {
        return None;
    }
    let fits = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
    fits.then_some(Stamp { numbers, year_first: numbers[0] > 999, hour, minute, second, half_unknown })
}

/// Cuts a stamp into date and clock: by a comma, or by the first space behind three numbers (`2025. 11. 4. 10:02`).
fn apart(stamp: &str) -> Option<(&str, &str)> {
    if let Some(parts) = stamp.split_once(',') {
        return Some(parts);
    }
    let mut numbers = 0;
    let mut in_number = false;
    for (at, c) in stamp.char_indices() {
        if c == ' ' && numbers == 3 {
            return Some((&stamp[..at], &stamp[at..]));
        }
        numbers += u32::from(c.is_ascii_digit() && !in_number);
        in_number = c.is_ascii_digit();
    }
    None
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

    /// Tells whether this date can be read in two ways.
    pub(super) fn is_open(&self) -> bool {
        self.settles().is_none() && self.numbers[0] != self.numbers[1]
    }

    /// Returns the numbers of the date as they stand.
    pub(super) const fn numbers(&self) -> [u32; 3] {
        self.numbers
    }

    /// Returns year, month and day.
    fn date(&self, order: Order) -> (u32, u32, u32) {
        let [a, b, c] = self.numbers;
        let full = |year: u32| if year < 100 { year + 2000 } else { year };
        match order {
            _ if self.year_first => (a, b, c),
            Order::Month => (full(c), a, b),
            Order::Day | Order::Year => (full(c), b, a),
        }
    }

    /// Returns the day, for comparing; `None` where there is none such.
    pub(super) fn day(&self, order: Order) -> Option<(u32, u32, u32)> {
        self.moment(order).map(|_| self.date(order))
    }

    /// Returns the moment; `None` where there is no such day.
    pub(super) fn moment(&self, order: Order) -> Option<Moment> {
        let (year, month, day) = self.date(order);
        let local = time::local(
            i64::from(year),
            month,
            day,
            self.hour,
            self.minute,
            self.second.unwrap_or(0),
            SaidBy::Collector,
        )?;
        let precision = match self.second {
            _ if self.half_unknown => Precision::Day,
            Some(_) => Precision::Second,
            None => Precision::Minute,
        };
        Some(Moment::from_millis(local.millis(), precision, SaidBy::Collector).with_doubt(Doubt::ZoneUnknown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_many_phones() {
        let check = |line: &str, order: Order, expected: Option<&str>| {
            let moment = split(line).and_then(|(stamp, _)| stamp.moment(order));
            assert_eq!(moment.map(Moment::to_rfc3339).as_deref(), expected, "{line}");
        };
        check("[11/4/25, 10:02:11\u{202F}AM] A: b", Order::Month, Some("2025-11-04T10:02:11Z"));
        check("\u{200E}[11/4/25, 10:02:11 PM] A: b", Order::Month, Some("2025-11-04T22:02:11Z"));
        check("4/11/25, 10:02 - A: b", Order::Day, Some("2025-11-04T10:02Z"));
        check("4/11/25 12:02 a. m. - A: b", Order::Day, Some("2025-11-04T00:02Z"));
        check("04.11.25, 22:02 - A: b", Order::Day, Some("2025-11-04T22:02Z"));
        check("[2025-11-04, 10:02:11] A: b", Order::Year, Some("2025-11-04T10:02:11Z"));
        check("11/4/25, 10:02\u{202F}PM - A: b", Order::Month, Some("2025-11-04T22:02Z"));
        check("04/11/2025 10:02 - A: b", Order::Day, Some("2025-11-04T10:02Z"));
        check("04/11/2025 à 10:02 - A: b", Order::Day, Some("2025-11-04T10:02Z"));
        check("04-11-2025 22:02 - A: b", Order::Day, Some("2025-11-04T22:02Z"));
        check("[4/11/25, 10:02:11 p.\u{A0}m.] A: b", Order::Day, Some("2025-11-04T22:02:11Z"));
        check("2025/11/4 下午10:02 - A: b", Order::Year, Some("2025-11-04T22:02Z"));
        check("[2025. 11. 4. 오후 10:02:11] A: b", Order::Year, Some("2025-11-04T22:02:11Z"));
        check("٤‏/١١‏/٢٠٢٥، ١٠:٠٢ م - A: b", Order::Day, Some("2025-11-04T22:02Z"));
        check("4.11.2025 klo 10.02 - A: b", Order::Day, Some("2025-11-04T10:02Z"));
        check("[4.11.25 kl. 10.02.11] A: b", Order::Day, Some("2025-11-04T10:02:11Z"));
        // A word for half a day that nobody here knows: the day is certain, the hour is not.
        check("4/11/25, 10:02 xyz - A: b", Order::Day, Some("2025-11-04"));
        check("1/2/3 men came at 10:02 with a very long story - A: b", Order::Day, None);
        check("he came at 10 - 11", Order::Day, None);
        check("31/2/25, 10:02 - A: b", Order::Day, None);
        check("[a] b", Order::Day, None);
    }

    #[test]
    fn a_number_above_twelve_settles_the_order() {
        let stamp = |line: &str| split(line).unwrap().0;
        assert!(stamp("4/11/25, 10:02 - A: b").is_open());
        assert!(!stamp("4/4/25, 10:02 - A: b").is_open());
        assert_eq!(stamp("13/4/25, 10:02 - A: b").settles(), Some(Order::Day));
        assert_eq!(stamp("4/13/25, 10:02 - A: b").settles(), Some(Order::Month));
        assert_eq!(stamp("4/11/25, 10:02 - A: b").settles(), None);
    }
}
