//! Where a rule may begin to match: most rules begin with one of a few words.
//!
//! A rule is tried only where such a word begins, and goes no further than it fits. Searching the whole text goes through
//! many more states, and as each of some hundred rules is asked rarely, none of them is at hand.

use std::collections::BTreeSet;

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::look;
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{Hir, HirKind, Look};

/// Where the matches of a pattern begin.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Begins {
    /// The first bytes, a bit each.
    firsts: [u64; 4],
    /// For the first two bytes, see [`row`], a bit for each third one, by its low six bits.
    rows: [u64; 64],
    places: Places,
    /// Whatever the text begins with, a match may begin there.
    first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Places {
    /// Where a word begins.
    Words = 0,
    /// Where a word begins or ends.
    Edges = 1,
    Anywhere = 2,
}

impl Begins {
    /// Reads it off a pattern over bytes that matches no empty text, and off its automaton.
    pub fn of(hir: &Hir, nfa: &NFA) -> Self {
        let first = hir.properties().look_set().contains(Look::Start);
        let mut begins = Self { firsts: [0; 4], rows: [0; 64], places: Places::Anywhere, first };
        let reader = Reader {
            nfa,
            bytes: nfa.byte_classes().representatives(0..=255).filter_map(|unit| unit.as_u8()).collect(),
        };
        let start = reader.closure([nfa.start_anchored()]);
        let mut words = true;
        for first in reader.steps(&start) {
            for byte in reader.alike(first.0) {
                words &= is_word(byte);
                begins.firsts[usize::from(byte >> 6)] |= 1 << (byte & 63);
            }
            reader.fill(&mut begins.rows, first);
        }
        if bounded(hir) {
            // Signs stand at the edge of a word where one ends.
            begins.places = if words { Places::Words } else { Places::Edges };
        }
        begins
    }

    /// Calls `each` with the places of `bytes` where a match may begin, in order; it returns where to go on, or `None` to
    /// leave it there. `words` are the places where words begin, see [`Begins::asks_words`].
    #[inline]
    pub fn places(&self, bytes: &[u8], words: &[Word], mut each: impl FnMut(usize) -> Option<usize>) {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mut from = 0;
        if self.first && !bytes.is_empty() {
            match each(0) {
                Some(next) => from = next.max(1),
                None => return,
            }
        }
        let mut ask = |at: usize| {
            let first = bytes[at];
            if self.firsts[usize::from(first >> 6)] >> (first & 63) & 1 == 1
                && self.rows[row(first, byte(at + 1))] >> (byte(at + 2) & 63) & 1 == 1
                && at >= from
            {
                match each(at) {
                    Some(next) => from = next,
                    None => return false,
                }
            }
            true
        };
        match self.places {
            Places::Words => {
                let fits = |word: &&Word| self.rows[usize::from(word.row)] >> (word.third & 63) & 1 == 1;
                let _ = words.iter().filter(fits).all(|word| ask(word.at as usize));
            }
            Places::Edges => {
                let mut inside = false;
                let _ = bytes.iter().enumerate().all(|(at, byte)| {
                    let edge = is_word(*byte) != inside;
                    inside ^= edge;
                    !edge || ask(at)
                });
            }
            Places::Anywhere => {
                let _ = (0..bytes.len()).all(ask);
            }
        }
    }

    /// Tells whether matches may begin with nearly any letter, so that whether there is one at all is better asked first.
    pub fn wide(&self) -> bool {
        self.places != Places::Words && self.firsts[1].count_ones() >= 20
    }

    /// Tells whether it wants to know where words begin.
    pub fn asks_words(&self) -> bool {
        self.places == Places::Words
    }

    /// Writes it down.
    #[allow(dead_code, reason = "only the build script and tests write")]
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(self.places as u8 | u8::from(self.first) << 4);
        self.firsts.iter().for_each(|firsts| out.extend(firsts.to_le_bytes()));
        let filled = (0..64).filter(|row| self.rows[*row] > 0).fold(0_u64, |all, row| all | 1 << row);
        out.extend(filled.to_le_bytes());
        self.rows.iter().filter(|row| **row > 0).for_each(|row| out.extend(row.to_le_bytes()));
    }

    /// Reads what [`Begins::write`] wrote.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (kind, rest) = bytes.split_first()?;
        *bytes = rest;
        let places = match kind & 15 {
            0 => Places::Words,
            1 => Places::Edges,
            _ => Places::Anywhere,
        };
        let mut number = || {
            let (number, rest) = bytes.split_first_chunk()?;
            *bytes = rest;
            Some(u64::from_le_bytes(*number))
        };
        let firsts = [number()?, number()?, number()?, number()?];
        let filled = number()?;
        let mut begins = Self { firsts, rows: [0; 64], places, first: kind >> 4 > 0 };
        for row in (0..64).filter(|row| filled >> row & 1 == 1) {
            begins.rows[row] = number()?;
        }
        Some(begins)
    }
}

fn row(first: u8, second: u8) -> usize {
    usize::from(first.wrapping_mul(5) ^ second) & 63
}

/// Where a word begins, and what it begins with, as rules are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    at: u32,
    row: u8,
    third: u8,
}

impl Word {
    /// Returns the word that begins at `at`.
    #[inline]
    pub fn of(bytes: &[u8], at: usize) -> Self {
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        Self { at: at as u32, row: row(byte(at), byte(at + 1)) as u8, third: byte(at + 2) }
    }
}

/// Writes where words begin in `text` to `out`: letters, digits and underscores with none in front of them.
pub(crate) fn words(text: &str, out: &mut Vec<Word>) {
    let bytes = text.as_bytes();
    let mut inside = false;
    for (at, first) in bytes.iter().enumerate() {
        let word = is_word(*first);
        if word && !inside {
            out.push(Word::of(bytes, at));
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
        HirKind::Look(Look::WordAscii) => true,
        HirKind::Capture(group) => bounded(&group.sub),
        HirKind::Concat(parts) => parts.first().is_some_and(bounded),
        HirKind::Alternation(branches) => branches.iter().all(bounded),
        // What matches nothing begins nowhere.
        HirKind::Class(class) => class.is_empty(),
        _ => false,
    }
}

/// Reads off an automaton what matches begin with where the text does not begin.
struct Reader<'a> {
    nfa: &'a NFA,
    /// One byte of each class that the automaton does not tell apart.
    bytes: Vec<u8>,
}

/// States that an automaton may be in.
type States = BTreeSet<StateID>;

impl Reader<'_> {
    /// Returns the states that are reached without reading; of these only such as read or match.
    fn closure(&self, from: impl IntoIterator<Item = StateID>) -> States {
        let mut open: Vec<StateID> = from.into_iter().collect();
        let (mut met, mut found) = (States::new(), States::new());
        while let Some(id) = open.pop() {
            if !met.insert(id) {
                continue;
            }
            match self.nfa.state(id) {
                // What needs the beginning of the text matches nowhere else.
                State::Look { look: look::Look::Start, .. } | State::Fail => {}
                State::Look { next, .. } | State::Capture { next, .. } => open.push(*next),
                State::Union { alternates } => open.extend(alternates.iter()),
                State::BinaryUnion { alt1, alt2 } => open.extend([*alt1, *alt2]),
                _ => _ = found.insert(id),
            }
        }
        found
    }

    /// Returns the bytes that may be read next, one of each class, and the states behind them.
    fn steps(&self, from: &States) -> Vec<(u8, States)> {
        let next = |byte: u8, id: &StateID| match self.nfa.state(*id) {
            State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
            State::Sparse(all) => all.matches_byte(byte),
            State::Dense(all) => all.matches_byte(byte),
            _ => None,
        };
        let behind = |byte: u8| self.closure(from.iter().filter_map(|id| next(byte, id)));
        let all = self.bytes.iter().map(|byte| (*byte, behind(*byte)));
        all.filter(|(_, states)| !states.is_empty()).collect()
    }

    /// Returns the bytes of the same class.
    fn alike(&self, byte: u8) -> impl Iterator<Item = u8> {
        let classes = self.nfa.byte_classes();
        (0..=u8::MAX).filter(move |other| classes.get(*other) == classes.get(byte))
    }

    fn matches(&self, states: &States) -> bool {
        states.iter().any(|id| matches!(self.nfa.state(*id), State::Match { .. }))
    }

    /// Fills in what may stand behind a first byte.
    fn fill(&self, rows: &mut [u64; 64], (first, states): (u8, States)) {
        if self.matches(&states) {
            // Behind it there may be anything.
            rows.fill(u64::MAX);
            return;
        }
        for (second, states) in self.steps(&states) {
            let thirds = if self.matches(&states) {
                u64::MAX
            } else {
                let thirds = self.steps(&states).into_iter().flat_map(|(third, _)| self.alike(third));
                thirds.fold(0, |all, third| all | 1 << (third & 63))
            };
            for first in self.alike(first) {
                self.alike(second).for_each(|second| rows[row(first, second)] |= thirds);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: &[usize]) {
        let hir = crate::pattern::parse(&crate::pattern::expand(pattern)).unwrap();
        let begins = Begins::of(&hir, &crate::automaton::compiled(&hir).unwrap());
        let mut written = Vec::new();
        begins.write(&mut written);
        assert_eq!(Begins::read(&mut written.as_slice()).as_ref(), Some(&begins), "{pattern}");
        let (mut begin, mut found) = (Vec::new(), Vec::new());
        words(text, &mut begin);
        begins.places(text.as_bytes(), &begin, |at| {
            found.push(at);
            Some(at)
        });
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn places_are_where_a_match_may_begin() {
        check(r"\b(?:kill|shoot)s? him\b", "killed, shot; skill x_kill", &[0, 8]);
        check(r"\bkilt", "killed, skill", &[0]);
        check(r"\bi see", "i in it, i sit", &[9]);
        check(r"\b(?:u|ok) go", "u go, ok go", &[0, 6]);
        check(r"\b[a-z]+ day", "a day", &[0, 2]);
        check(r"^(?:no|yes)", "no yes", &[0]);
        check(r"kill", "killed, skill", &[0, 9]);
        check(r"\b(?:kill|\$ ?[0-9]+)", "killed 5$5", &[0, 8]);
        check(r"(?:^|[.!])a b", "a b. a .a .a b", &[0, 7, 10]);
        check(r"\b(?:very )?x", "ab", &[]);
        check(r"^ab|\bcd", "x ab cd", &[0, 5]);
        check(r"(?:^|\n) *ab", "ab\n ab ab", &[0, 2]);
        check(r"^[^.]*x", "ab ab", &[0]);
    }

    #[test]
    fn it_goes_on_where_it_is_told() {
        let hir = crate::pattern::parse("a").unwrap();
        let begins = Begins::of(&hir, &crate::automaton::compiled(&hir).unwrap());
        let mut found = Vec::new();
        begins.places(b"aaaaa", &[], |at| {
            found.push(at);
            (at < 3).then_some(at + 3)
        });
        assert_eq!(found, [0, 3]);
    }
}
