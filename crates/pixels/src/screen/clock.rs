//! Times as apps write them: `10:11 AM · Nov 4, 2025`, `Tuesday, November 4 at 10:11 AM`, `4 nov. 2025`, `3h`.

use values::{Doubt, Moment, SaidBy};

use super::Shown;

/// Months in English and Spanish, by their first three letters.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb"],
    &["mar"],
    &["apr", "abr"],
    &["may"],
    &["jun"],
    &["jul"],
    &["aug", "ago"],
    &["sep"],
    &["oct"],
    &["nov"],
    &["dec", "dic"],
];

/// Reads a stretch of words as a time, or `None` where it is none.
pub(super) fn read(text: &str) -> Option<Shown> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '·' | '•'))
        .filter(|w| !w.is_empty())
        .collect();
    let clock = words.iter().enumerate().find_map(|(index, word)| hour_minute(word, words.get(index + 1)));
    let date = date(&words);
    let shown = |at| Some(Shown { words: text.trim().to_owned(), at });
    match (date, clock) {
        (Some((Some(year), month, day)), Some((hour, minute))) => {
            let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}");
            shown(Moment::parse_local(&text, SaidBy::Platform).ok())
        }
        (Some((Some(year), month, day)), None) => {
            shown(Moment::parse_local(&format!("{year:04}-{month:02}-{day:02}"), SaidBy::Platform).ok())
        }
        // A day without a year, or an hour without a day, is a time only beside the screenshot's own.
        (Some((None, ..)), _) => shown(None),
        (None, Some(_)) => shown(None),
        (None, None) => ago(&words).then_some(()).and_then(|()| shown(None)),
    }
}

/// Gives a time without a year, a day or both those of the moment the screenshot was made, if that is known.
pub(super) fn beside(shown: &Shown, taken: Option<Moment>) -> Option<Moment> {
    let taken = taken?;
    if shown.at.is_some() {
        return shown.at;
    }
    let lower = shown.words.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '·' | '•'))
        .filter(|w| !w.is_empty())
        .collect();
    let (_, month, day) = date(&words)?;
    let year: i64 = taken.to_rfc3339().get(..4)?.parse().ok()?;
    let (hour, minute) =
        words.iter().enumerate().find_map(|(index, word)| hour_minute(word, words.get(index + 1)))?;
    let of_year = |year: i64| {
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}");
        Moment::parse_local(&text, SaidBy::Platform).ok()
    };
    // The latest such day that is not after the screenshot; the year is a guess, and said to be one.
    let at = of_year(year)
        .filter(|at| at.millis() <= taken.millis() + 86_400_000)
        .or_else(|| of_year(year - 1))?;
    Some(at.with_doubt(Doubt::ZoneUnknown))
}

type Date = (Option<u32>, u32, u32);

fn date(words: &[&str]) -> Option<Date> {
    for (index, word) in words.iter().enumerate() {
        if let Some(date) = figures(word) {
            return Some(date);
        }
        let Some(month) = month(word) else { continue };
        let number = |at: Option<usize>| {
            let word = words.get(at?)?.trim_end_matches(['.', ',']);
            word.trim_end_matches("th").trim_end_matches("st").trim_end_matches("nd").parse::<u32>().ok()
        };
        let is_day = |day: &u32| (1..=31).contains(day);
        let is_year = |year: &u32| (2000..2100).contains(year);
        let before = number(index.checked_sub(1)).filter(is_day).or_else(|| {
            // Spanish: 4 de noviembre de 2025.
            (words.get(index.checked_sub(1)?) == Some(&"de"))
                .then(|| number(index.checked_sub(2)))?
                .filter(is_day)
        });
        let after = number(Some(index + 1)).filter(is_day);
        let year = (index + 1..=index + 3).find_map(|at| number(Some(at)).filter(is_year));
        if let Some(day) = after.or(before) {
            return Some((year, month, day));
        }
    }
    None
}

/// Reads `11/4/25` and `11/4/2025`, month first as phones in the United States write, and `2025-11-04`.
fn figures(word: &str) -> Option<Date> {
    let parts: Vec<u32> = word.split(['/', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match parts[..] {
        [year @ 2000..2100, month, day] => (year, month, day),
        [month, day, year @ 2000..2100] => (year, month, day),
        [month, day, year @ 10..100] => (2000 + year, month, day),
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((Some(year), month, day))
}

fn month(word: &str) -> Option<u32> {
    let letters = word.trim_end_matches('.');
    let known = letters.len() >= 3 && letters.len() <= 10 && letters.chars().all(char::is_alphabetic);
    let index = MONTHS.iter().position(|names| names.iter().any(|name| letters.starts_with(name)))?;
    // “March” is a month and “marched” is not; longer forms are taken from the full names only.
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
        "sept",
    ];
    (known && (letters.len() == 3 || full.contains(&letters))).then_some(index as u32 + 1)
}

fn hour_minute(word: &str, next: Option<&&str>) -> Option<(u32, u32)> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == '.');
    let suffix = word.get(digits.len()..)?;
    let (hour, minute) = digits.split_once(':')?;
    let (mut hour, minute): (u32, u32) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    let half = if suffix.is_empty() { next.copied().unwrap_or_default() } else { suffix };
    match half.chars().filter(char::is_ascii_alphabetic).collect::<String>().as_str() {
        "pm" if hour < 12 => hour += 12,
        "am" if hour == 12 => hour = 0,
        _ => {}
    }
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Tells whether the words are an age: `3h`, `5 min`, `2d`, `hace 3 horas`, `yesterday`.
fn ago(words: &[&str]) -> bool {
    const UNITS: &[&str] =
        &["s", "m", "min", "mins", "h", "hr", "hrs", "d", "w", "wk", "mo", "y", "horas", "días"];
    let whole = |word: &str| {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < word.len() && UNITS.contains(&unit)
    };
    match words {
        [word] => whole(word) || matches!(*word, "yesterday" | "ayer" | "now"),
        [number, unit, rest @ ..] if rest.len() < 2 => {
            number.bytes().all(|b| b.is_ascii_digit()) && UNITS.contains(unit)
                || whole(number) && *unit == "ago"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_apps_write_them() {
        let check = |text: &str, expected: Option<&str>| {
            let at = read(text).map(|shown| shown.at.map_or("(no day)".to_owned(), Moment::to_rfc3339));
            assert_eq!(at.as_deref(), expected, "{text}");
        };
        check("10:11 AM · Nov 4, 2025", Some("2025-11-04T10:11Z"));
        check("3:05 PM · Nov 4, 2025 · 12.3K Views", Some("2025-11-04T15:05Z"));
        check("12:05 AM Nov 4 2025", Some("2025-11-04T00:05Z"));
        check("November 4, 2025 at 10:11 AM", Some("2025-11-04T10:11Z"));
        check("4 nov. 2025", Some("2025-11-04"));
        check("4 de noviembre de 2025", Some("2025-11-04"));
        check("11/4/25, 10:11 PM", Some("2025-11-04T22:11Z"));
        check("Tuesday, Nov 4 10:11 AM", Some("(no day)"));
        check("10:11", Some("(no day)"));
        check("3h", Some("(no day)"));
        check("5 min", Some("(no day)"));
        check("Yesterday", Some("(no day)"));
        check("we may march on 4", None);
        check("plate RDR-0000", None);
        check("99:99", None);
        check("", None);
        check("1:é5", None);
    }

    #[test]
    fn a_day_without_a_year_takes_that_of_the_screenshot() {
        let taken = Moment::parse_local("2026-01-02 08:00", SaidBy::File).ok();
        let check = |text: &str, expected: Option<&str>| {
            let at = beside(&read(text).unwrap(), taken).map(Moment::shown);
            assert_eq!(at.as_deref(), expected, "{text}");
        };
        check("Nov 4 10:11 AM", Some("2025-11-04 10:11 (local time, zone not stated)"));
        check("Jan 1 10:11 AM", Some("2026-01-01 10:11 (local time, zone not stated)"));
        check("10:11", None);
    }
}
