//! Digits however they are written: `2`, `two`, `dos`, `O`, set apart by blanks, dots or dashes.
//!
//! A row is a stretch of digits with nothing between them but signs that part numbers; detectors of phone and social
//! security numbers read rows. (Full-width and keycap digits are plain here already: folding saw to it.)

use std::ops::Range;

/// A row of digits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The values.
    pub digits: Vec<u8>,
    /// Where each stands, in bytes of the folded text.
    pub places: Vec<Range<usize>>,
    /// How many digits were words or look-alike letters.
    pub disguised: usize,
}

const NAMES: &[(&str, u8)] = &[
    ("zero", 0),
    ("oh", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("niner", 9),
    ("cero", 0),
    ("uno", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
];

impl Row {
    /// Returns the places of digits `from..to` as one range.
    pub fn range(&self, from: usize, to: usize) -> Range<usize> {
        self.places[from].start..self.places[to - 1].end
    }

    /// Returns the lengths of the groups that signs cut the row into.
    pub fn groups(&self) -> Vec<usize> {
        let mut out = vec![1];
        for pair in self.places.windows(2) {
            if pair[1].start == pair[0].end {
                *out.last_mut().expect("it starts with one entry") += 1;
            } else {
                out.push(1);
            }
        }
        out
    }
}

/// Returns the rows of at least `fewest` digits in `text`.
pub(crate) fn rows(text: &str, fewest: usize) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut row = Row { digits: Vec::new(), places: Vec::new(), disguised: 0 };
    let mut at = 0;
    let mut parted = 0;
    let mut close = |row: &mut Row| {
        if row.digits.len() >= fewest {
            out.push(row.clone());
        }
        row.digits.clear();
        row.places.clear();
        row.disguised = 0;
    };
    while at < bytes.len() {
        if let Some(end) = token(bytes, at, &mut row) {
            at = end;
            parted = 0;
        } else if matches!(
            bytes[at],
            b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'+' | b'_' | b',' | b'*' | b'~'
        ) && parted < 3
        {
            // A full stop and a blank end a sentence, and with it a number.
            if bytes[at] == b'.' && bytes.get(at + 1) == Some(&b' ') && row.disguised == 0 {
                close(&mut row);
            }
            at += 1;
            parted += 1;
        } else {
            close(&mut row);
            // The rest of a word is no place for a number to begin.
            if bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'@' | b'$') {
                while at < bytes.len()
                    && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'@' | b'$'))
                {
                    at += 1;
                }
            } else {
                at += 1;
            }
            parted = 0;
        }
    }
    close(&mut row);
    out
}

/// Reads one word of digits at `at` into `row` and returns where it ends; nothing where the word is another.
fn token(bytes: &[u8], at: usize, row: &mut Row) -> Option<usize> {
    if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'@' | b'$')) {
        return None;
    }
    let length = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &bytes[at..at + length];
    let end = at + length;
    let first = *word.first()?;
    let figures = word.iter().filter(|b| b.is_ascii_digit()).count();
    if figures == 0 {
        // Words: one digit each, alone or run together with dashes elsewhere.
        let (_, digit) =
            NAMES.iter().find(|(name, _)| name.as_bytes()[0] == first && name.as_bytes() == word)?;
        row.digits.push(*digit);
        row.places.push(at..end);
        row.disguised += 1;
        return Some(end);
    }
    // O for 0, l and i for 1 inside a number; and a phone extension or label ends it.
    let read = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'o' => Some(0),
        b'l' | b'i' => Some(1),
        b's' if figures * 2 >= word.len() => Some(5),
        b'b' if figures * 2 >= word.len() => Some(8),
        _ => None,
    };
    if word.iter().any(|b| read(*b).is_none()) {
        return None;
    }
    for (offset, digit) in word.iter().filter_map(|b| read(*b)).enumerate() {
        row.digits.push(digit);
        row.places.push(at + offset..at + offset + 1);
    }
    row.disguised += word.len() - figures;
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> = rows(text, 3)
            .iter()
            .map(|row| {
                let digits: String = row.digits.iter().map(|d| char::from(b'0' + d)).collect();
                (digits, text[row.range(0, row.digits.len())].to_owned())
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_are_read_however_written() {
        check("call (303) 555-0143 now", &[("3035550143", "303) 555-0143")]);
        check("three one three five 5", &[("31355", "three one three five 5")]);
        check("6o2.555.o197", &[("6025550197", "6o2.555.o197")]);
        check("5 5 5 - 0 1 7 9, she", &[("5550179", "5 5 5 - 0 1 7 9")]);
        check("@u_12345 abc123 k9", &[]);
        check("cinco cinco cinco", &[("555", "cinco cinco cinco")]);
    }
}
