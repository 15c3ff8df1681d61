//! Where a rule may begin to match: most rules begin with one of a few words.
//!
//! A rule is tried only where such a word begins, and goes no further than it fits. Searching the whole text goes through
//! many more states, and as each of some hundred rules is asked rarely, none of them is at hand.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind, Look};

/// The words that the matches of a pattern begin with, by their first letters.
pub(crate) struct Begins {
    /// For the first two bytes, see [`row`], a bit for each third one, by its low six bits.
    rows: [u64; 64],
}

/// Strings that matches may begin with are written out up to so many, and so many letters of each.
const STRINGS: usize = 5000;
const LETTERS: usize = 3;

impl Begins {
    /// Reads it off `pattern`, a regular expression over bytes; `None` where matches may begin with anything but a word.
    pub fn of(pattern: &str) -> Option<Self> {
        let hir = ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).ok()?;
        if !bounded(&hir) {
            return None;
        }
        let mut extractor = Extractor::new();
        extractor.limit_literal_len(LETTERS).limit_total(STRINGS).limit_class(64).limit_repeat(LETTERS);
        let found = extractor.extract(&hir);
        let mut rows = [0; 64];
        for literal in found.literals()? {
            // Behind fewer letters there may be anything.
            match *literal.as_bytes() {
                [first, ..] if !is_word(first) => return None,
                [first] => (0..=127).for_each(|second| rows[row(first, second)] = u64::MAX),
                [first, second] => rows[row(first, second)] = u64::MAX,
                [first, second, third, ..] => rows[row(first, second)] |= 1 << (third & 63),
                [] => return None,
            }
        }
        Some(Self { rows })
    }

    /// Returns the places of `bytes` where a match may begin, of those where `words` begin.
    pub fn places<'a>(&'a self, bytes: &'a [u8], words: &'a [u32]) -> impl Iterator<Item = usize> {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let fits = move |at: &usize| {
            let at = *at;
            self.rows[row(byte(at), byte(at + 1))] >> (byte(at + 2) & 63) & 1 == 1
        };
        words.iter().map(|at| *at as usize).filter(fits)
    }
}

fn row(first: u8, second: u8) -> usize {
    usize::from(first.wrapping_mul(5) ^ second) & 63
}

/// Writes where words begin in `text` to `out`: letters, digits and underscores with none in front of them.
pub(crate) fn words(text: &str, out: &mut Vec<u32>) {
    let mut inside = false;
    for (at, byte) in text.bytes().enumerate() {
        let word = WORD[usize::from(byte)];
        if word && !inside {
            out.push(at as u32);
        }
        inside = word;
    }
}

/// Whether a byte is one of a word.
static WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        word[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    word
};

fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

/// Tells whether every match begins at the edge of a word.
fn bounded(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(Look::WordAscii | Look::Start) => true,
        HirKind::Capture(group) => bounded(&group.sub),
        HirKind::Concat(parts) => parts.first().is_some_and(bounded),
        HirKind::Alternation(branches) => branches.iter().all(bounded),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: Option<&[usize]>) {
        let begins = Begins::of(&crate::rules::expand(pattern));
        let mut begin = Vec::new();
        words(text, &mut begin);
        let found: Option<Vec<usize>> = begins.map(|begins| begins.places(text.as_bytes(), &begin).collect());
        assert_eq!(found.as_deref(), expected, "{pattern}");
    }

    #[test]
    fn places_are_where_a_match_may_begin() {
        check(r"\b(?:kill|shoot)s? him\b", "killed, shot; skill x_kill", Some(&[0, 8]));
        check(r"\bkilt", "killed, skill", Some(&[0]));
        check(r"\bi see", "i in it", Some(&[0]));
        check(r"\b(?:u|ok) go", "u go, ok go", Some(&[0, 6]));
        check(r"\b[a-z]+ day", "a day", Some(&[0, 2]));
        check(r"^(?:no|yes)", "no yes", Some(&[0, 3]));
        check(r"kill", "killed, skill", None);
        check(r"\b(?:kill|\$ ?[0-9]+)", "killed $5", None);
        check(r"(?:^|[.!])a b", "a b. a .a", None);
        check(r"\b(?:very )?", "very", None);
    }
}
