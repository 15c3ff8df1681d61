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
        if row.digits.is_empty() {
            return;
        }
        if row.digits.len() >= fewest {
            out.push(row.clone());
        }
        row.digits.clear();
        row.places.clear();
        row.disguised = 0;
    };
    // The rest of a word is no place for a number to begin.
    let rest =
        |from: usize| from + bytes[from..].iter().take_while(|b| KIND[usize::from(**b)] & WORD > 0).count();
    while at < bytes.len() {
        let byte = bytes[at];
        let kind = KIND[usize::from(byte)];
        if kind & (LETTER | FIGURE) > 0 {
            let (mut end, mut figures) = (at, 0);
            while let Some(next) = bytes.get(end).map(|b| KIND[usize::from(*b)])
                && next & (LETTER | FIGURE) > 0
            {
                figures += usize::from(next & FIGURE > 0);
                end += 1;
            }
            parted = 0;
            if token(bytes, at..end, figures, &mut row) {
                at = end;
                continue;
            }
            close(&mut row);
            at = rest(end);
        } else if kind & PARTS > 0 && parted < 3 {
            // A full stop and a blank end a sentence, and with it a number.
            if byte == b'.' && bytes.get(at + 1) == Some(&b' ') && row.disguised == 0 {
                close(&mut row);
            }
            at += 1;
            parted += 1;
        } else {
            close(&mut row);
            at = rest(at).max(at + 1);
            parted = 0;
        }
    }
    close(&mut row);
    out
}

/// Kinds of bytes: letters, digits, what parts digits of one number, what words go on with.
const LETTER: u8 = 1;
const FIGURE: u8 = 2;
const PARTS: u8 = 4;
const WORD: u8 = 8;

static KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        if b.is_ascii_alphabetic() {
            kinds[byte] = LETTER | WORD;
        } else if b.is_ascii_digit() {
            kinds[byte] = FIGURE | WORD;
        } else if matches!(b, b'_' | b'@' | b'$') {
            kinds[byte] = WORD;
        }
        if matches!(b, b' ' | b'-' | b'.' | b'(' | b')' | b'/' | b'+' | b'_' | b',' | b'*' | b'~') {
            kinds[byte] |= PARTS;
        }
        byte += 1;
    }
    kinds
};

/// Reads a word of letters and `figures` digits into `row` where it says digits, and tells whether it does.
fn token(bytes: &[u8], at: Range<usize>, figures: usize, row: &mut Row) -> bool {
    let word = &bytes[at.clone()];
    if figures == 0 {
        // Words: one digit each, alone or run together with dashes elsewhere.
        if !(2..=6).contains(&word.len()) || !b"zotfsencdqu".contains(&word[0]) {
            return false;
        }
        let Some((_, digit)) = NAMES.iter().find(|(name, _)| name.as_bytes() == word) else { return false };
        row.digits.push(*digit);
        row.places.push(at);
        row.disguised += 1;
        return true;
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
    if figures < word.len() && word.iter().any(|b| read(*b).is_none()) {
        return false;
    }
    for (place, digit) in at.zip(word.iter().filter_map(|b| read(*b))) {
        row.digits.push(digit);
        row.places.push(place..place + 1);
    }
    row.disguised += word.len() - figures;
    true
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
