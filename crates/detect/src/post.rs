//! One post as detectors see it: the plain reading, its flags, its clauses, and how the writer stands to the words.

use std::cell::OnceCell;
use std::ops::Range;

use values::{Folded, Span};

use crate::digits::Row;
use crate::gate::Seen;
use crate::prefilter::Flags;
use crate::rules::Text;
use crate::stance::Marks;

/// What every detector is given.
pub(crate) struct Post<'a> {
    /// The text as posted.
    pub original: &'a str,
    /// The plain reading, letter by letter: for numbers, addresses, plates.
    pub folded: &'a Folded,
    /// The plain reading with taken-apart and disguised words put together: for words.
    pub reading: &'a Folded,
    /// Which groups of stems occur.
    pub flags: Flags,
    /// [`Post::reading`] as rules are asked about it.
    pub rules: Text<'a>,
    /// Which patterns are worth searching for in [`Post::folded`].
    pub seen_plain: Seen,
    /// Signs of quotation, news, question, denial and the like, over [`Post::reading`]; see [`Post::marks`].
    pub marks: OnceCell<Marks<'a>>,
    /// Rows of digits in [`Post::folded`]; see [`Post::rows`].
    pub rows: OnceCell<Vec<Row>>,
}

impl<'a> Post<'a> {
    /// Returns a post with its plain reading and the reading of its words, and what the gate said: of the first, and of the
    /// second as rules are asked about it.
    pub fn new(
        original: &'a str,
        [folded, reading]: [&'a Folded; 2],
        flags: Flags,
        seen_plain: Seen,
        rules: Text<'a>,
    ) -> Self {
        let (marks, rows) = (OnceCell::new(), OnceCell::new());
        Self { original, folded, reading, flags, rules, seen_plain, marks, rows }
    }

    /// Returns the reading.
    pub fn text(&self) -> &str {
        self.reading.as_str()
    }

    /// Returns the marks, found when they are first asked for: most posts never are.
    pub fn marks(&self) -> &Marks<'a> {
        self.marks.get_or_init(|| Marks::in_text(self.rules.again()))
    }

    /// Returns the rows of at least `fewest` digits in the plain reading; fewer than three are no row.
    pub fn rows(&self, fewest: usize) -> impl Iterator<Item = &Row> {
        let rows = self.rows.get_or_init(|| crate::digits::rows(self.folded.as_str(), 3));
        rows.iter().filter(move |row| row.digits.len() >= fewest)
    }

    /// Returns where `range` of the reading stands in the original.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.reading.origin(range.clone())
    }

    /// Tells whether the folded byte `at` was written as a capital.
    pub fn capital(&self, at: usize) -> bool {
        self.folded.capital(self.original, at)
    }
}

/// Returns the words that a picture is read as, for pictures that harsh posts are written with.
pub(crate) fn picture(c: char) -> Option<&'static str> {
    Some(match c {
        '🔪' | '🗡' | '⚔' | '🪓' => "stab",
        '🔫' => "shoot",
        '💣' | '🧨' => "bomb",
        '👊' | '🤜' | '🤛' => "punch",
        '🔨' => "bash",
        '☠' | '⚰' | '🪦' => "dead",
        '🪢' => "noose",
        '👨' => "man",
        '👩' => "woman",
        '👦' => "boy",
        '👧' => "girl",
        '👳' | '🧕' | '☪' => "muslim",
        '✡' | '🕎' => "jew",
        '🏳' | '🌈' | '👬' | '👭' => "gay",
        _ => return None,
    })
}

/// Returns the clause of `text` that holds `range`: up to the nearest `.`, `!`, `?`, `;`, line end, web address or
/// mention on each side. A full stop inside a number or an abbreviation of one letter does not end a clause.
pub(crate) fn clause(text: &str, range: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let ends = |at: usize| {
        ENDS[usize::from(bytes[at])]
            && match bytes[at] {
                b'\n' | b'!' | b'?' | b';' => true,
                b'@' => true,
                b'.' => {
                    let next = bytes.get(at + 1).copied().unwrap_or(b' ');
                    let single = at >= 2
                        && bytes[at - 1].is_ascii_alphabetic()
                        && !bytes[at - 2].is_ascii_alphanumeric();
                    !next.is_ascii_alphanumeric() && !single
                }
                b'-' => at > 0 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' '),
                _ => false,
            }
    };
    let start = (0..range.start.min(bytes.len())).rev().find(|at| ends(*at)).map_or(0, |at| at + 1);
    let end = (range.end.min(bytes.len())..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len());
    start..end.max(start)
}

/// Signs that may end a clause.
static ENDS: [bool; 256] = {
    let (mut ends, signs, mut at) = ([false; 256], b"\n!?;@.-", 0);
    while at < signs.len() {
        ends[signs[at] as usize] = true;
        at += 1;
    }
    ends
};

/// Returns `folded` with disguised words put together, or `None` where there are none: letters set apart (`k i l l`),
/// digits and signs in place of letters (`k1ll`, `sh00t`, `a$$hole`, `m*rder`). `flags` are those of this text.
pub(crate) fn unmasked(folded: &Folded, flags: Flags) -> Option<Folded> {
    let text = folded.as_str();
    let edits = if flags.any(Flags::APART) { apart(text) } else { Edits::new() };
    if edits.is_empty() {
        if !flags.any(Flags::MASKED) {
            return None;
        }
        let edits = disguised(text);
        return (!edits.is_empty()).then(|| folded.rewritten(&edits));
    }
    let joined = folded.rewritten(&edits);
    let more = disguised(joined.as_str());
    Some(if more.is_empty() { joined } else { joined.rewritten(&more) })
}

type Edits = Vec<(Range<usize>, String)>;

/// Finds runs of three or more single letters with the same sign between them; two blanks part words.
fn apart(text: &str) -> Edits {
    let bytes = text.as_bytes();
    let lone = |at: usize| {
        let letter = |i: usize| bytes.get(i).is_some_and(|b| b.is_ascii_alphanumeric());
        bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'$' | b'@'))
            && !(at > 0 && letter(at - 1))
            && !letter(at + 1)
    };
    let mut edits = Edits::new();
    let mut at = 0;
    while at < bytes.len() {
        if !lone(at) {
            at += 1;
            continue;
        }
        let (first, mut last, mut gaps, mut letters) = (at, at, Vec::new(), 0);
        let parts = bytes.get(at + 1).copied().unwrap_or(0);
        letters += usize::from(bytes[at].is_ascii_alphabetic());
        if matches!(parts, b' ' | b'.' | b'-' | b'_' | b'*' | b'/') {
            loop {
                let mut next = last + 1;
                while bytes.get(next) == Some(&parts) && next - last <= 4 {
                    next += 1;
                }
                if next == last + 1 || !lone(next) {
                    break;
                }
                gaps.push(last + 1..next);
                letters += usize::from(bytes[next].is_ascii_alphabetic());
                last = next;
            }
        }
        let count = gaps.len() + 1;
        if count >= 3 && letters * 2 > count {
            let word: String = std::iter::once(first)
                .chain(gaps.iter().map(|gap| gap.end))
                .map(|i| char::from(bytes[i]))
                .collect();
            // Where every gap is one blank, the words have to be guessed from the letters.
            let uniform = gaps.iter().all(|gap| gap.len() == 1);
            let cuts = if uniform { crate::words::split(&word) } else { Vec::new() };
            for (index, gap) in gaps.into_iter().enumerate() {
                if gap.len() > 1 || cuts.contains(&(index + 1)) {
                    edits.push((gap, " ".into()));
                } else {
                    edits.push((gap, String::new()));
                }
            }
        }
        at = last + 1;
    }
    edits
}

/// Finds words of letters mixed with digits and signs that read as a word of harm or abuse when these are undone.
fn disguised(text: &str) -> Edits {
    let bytes = text.as_bytes();
    let mut edits = Edits::new();
    let mut at = 0;
    while at < bytes.len() {
        let (start, mut kinds) = (at, 0);
        while at < bytes.len() && PART[usize::from(bytes[at])] > 0 {
            kinds |= PART[usize::from(bytes[at])];
            at += 1;
        }
        let tripled =
            || bytes[start..at].windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
        if kinds & LETTER == 0 || (kinds == LETTER && !tripled()) {
            // Whatever ends a word is part of none.
            at += 1;
            continue;
        }
        let token = &bytes[start..at];
        at += 1;
        let trimmed = token.iter().rposition(|b| *b != b'!' && *b != b'*').map_or(0, |last| last + 1);
        let skip = token.iter().take_while(|b| matches!(b, b'#' | b'*' | b'@')).count();
        if trimmed <= skip {
            continue;
        }
        let token = &token[skip..trimmed];
        if token.len() < 3 || token.len() > 20 {
            continue;
        }
        let here = start + skip..start + trimmed;
        if token.iter().any(|byte| PART[usize::from(*byte)] != LETTER) {
            if let Some(word) = crate::words::undisguise(token) {
                edits.push((here, word));
            }
        } else if let Some(word) = crate::words::unstretch(token) {
            edits.push((here, word));
        }
    }
    edits
}

/// Which bytes a disguised word is made of: letters, and what stands in their place.
static PART: [u8; 256] = {
    let mut parts = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        parts[byte] = if b.is_ascii_alphabetic() {
            LETTER
        } else if b.is_ascii_digit() || matches!(b, b'$' | b'@' | b'!' | b'*' | b'+' | b'|' | b'#') {
            2
        } else {
            0
        };
        byte += 1;
    }
    parts
};
const LETTER: u8 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let folded = Folded::of(text);
        let read = unmasked(&folded, Flags(u16::MAX))
            .map_or_else(|| folded.as_str().to_owned(), |new| new.as_str().to_owned());
        assert_eq!(read, expected);
    }

    #[test]
    fn disguised_words_are_put_together() {
        check("H a n g   t h e m   a l l.", "hang them all.");
        check("k i l l them", "kill them");
        check("k.i.l.l them", "kill them");
        check("I will k1ll and sh00t and st4b", "i will kill and shoot and stab");
        check("m*rder the a$$hole", "murder the asshole");
        check("kiiiill them", "kill them");
        check("h a n g t h e m a l l", "hang them all");
        check("V V M 1 4 2 0", "v v m 1 4 2 0");
        check("covid19 and b52s and 2a", "covid19 and b52s and 2a");
    }

    #[test]
    fn a_clause_ends_at_stops_and_mentions() {
        let text = "one two. three four 5.5 mr. j. x @you five";
        let at = text.find("four").unwrap();
        assert_eq!(&text[clause(text, &(at..at + 4))], " three four 5.5 mr");
    }
}
