//! Folded text: a plain ASCII reading of a text, with the way back to the bytes it was read from.
//!
//! People who want to be read by people but not by programs write `k1ll`, `ｋｉｌｌ`, `кill`, `k\u{200b}ill` or `7️⃣0️⃣2️⃣`. Folding
//! undoes what can be undone letter by letter: case, accents, look-alike letters of other scripts, full-width and
//! mathematical letters, keycap digits, invisible characters, typographic quotes and dashes, HTML entities. Every folded
//! byte knows the bytes of the original it stands for, so a match in the folded text is a [`Span`] of the original.
//!
//! It is not Unicode normalisation and not translation: what has no plain reading becomes one placeholder byte.

use std::ops::Range;
use std::sync::LazyLock;

use crate::Span;

/// The byte that stands for a character without a plain reading.
pub const UNREAD: char = '\u{1a}';

/// A plain, lower-case, ASCII reading of a text and the way back.
///
/// Invariant: the text is ASCII; where it is mapped, the first run begins at its first byte, each run behind the one
/// before it, and the bytes they stand for never fall. No runs are kept where every byte stands for itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folded {
    text: String,
    runs: Vec<Run>,
    mapped: bool,
}

/// Neighbouring bytes of a folded text and what they stand for: each the next byte of the original where one byte is
/// meant (`end` is `start` and one), else all of them the same bytes. A run reaches to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    at: u32,
    start: u32,
    end: u32,
}

impl Run {
    /// Returns what the folded byte `at`, one of this run, stands for.
    fn origin(self, at: u32) -> (u32, u32) {
        if self.end - self.start == 1 {
            let start = self.start + (at - self.at);
            (start, start + 1)
        } else {
            (self.start, self.end)
        }
    }
}

impl Folded {
    /// Folds `original`.
    pub fn of(original: &str) -> Self {
        Self::with(original, &|_| None)
    }

    /// Folds `original`, asking `words` first for the ASCII words that a character outside ASCII is to be read as
    /// (pictures such as a knife). The words are set off by spaces.
    pub fn with(original: &str, words: &dyn Fn(char) -> Option<&'static str>) -> Self {
        let mut folded = Self::default();
        folded.refill(original, words);
        folded
    }

    /// Folds `original` into this value and reuses its memory.
    pub fn refill(&mut self, original: &str, words: &dyn Fn(char) -> Option<&'static str>) {
        self.text.clear();
        self.runs.clear();
        self.mapped = !is_plain(original);
        if self.mapped {
            self.read(original, words);
        } else {
            self.text.push_str(original);
            self.text.make_ascii_lowercase();
        }
    }

    /// Returns the folded text: ASCII, lower case.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the original that the folded bytes `range` stand for. A range that reaches behind the text
    /// is held to it; an empty one gives an empty span.
    pub fn origin(&self, range: Range<usize>) -> Span {
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        if !self.mapped {
            return Span::new(start, end);
        }
        if start == end {
            let at =
                if start < self.text.len() { self.of_byte(start).0 } else { self.last().map_or(0, |m| m.1) };
            return Span::new(at as usize, at as usize);
        }
        Span::new(self.of_byte(start).0 as usize, self.of_byte(end - 1).1 as usize)
    }

    /// Tells whether the folded byte `at` was written as a capital; `original` is what was folded.
    pub fn capital(&self, original: &str, at: usize) -> bool {
        if !self.mapped {
            return original.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
        }
        self.origin(at..at + 1).of(original).is_some_and(|c| c.chars().any(char::is_uppercase))
    }

    /// Returns what the byte `at` of a mapped text stands for.
    fn of_byte(&self, at: usize) -> (u32, u32) {
        let at = narrow(at);
        let behind = self.runs.partition_point(|run| run.at <= at);
        behind.checked_sub(1).map_or((0, 0), |run| self.runs[run].origin(at))
    }

    /// Returns what the last byte of a mapped text stands for.
    fn last(&self) -> Option<(u32, u32)> {
        let run = self.runs.last()?;
        Some(run.origin(narrow(self.text.len()) - 1))
    }

    /// Returns this text with `edits` made: each replaces a range of folded bytes by ASCII letters. Edits must be in
    /// order and must not overlap; one that does not fit is left out. Where old and new are equally long each byte keeps
    /// its own origin, else every new byte stands for the whole range.
    #[must_use]
    pub fn rewritten(&self, edits: &[(Range<usize>, String)]) -> Self {
        let mut out = Self { mapped: true, ..Self::default() };
        let mut at = 0;
        for (range, new) in edits {
            if range.start < at || range.end > self.text.len() || range.end < range.start || !new.is_ascii() {
                continue;
            }
            out.copy(self, at..range.start);
            if new.len() == range.len() {
                for (offset, byte) in new.bytes().enumerate() {
                    out.push(byte, self.origin(range.start + offset..range.start + offset + 1));
                }
            } else {
                let whole = self.origin(range.clone());
                new.bytes().for_each(|byte| out.push(byte, whole));
            }
            at = range.end;
        }
        out.copy(self, at..self.text.len());
        out
    }

    fn copy(&mut self, from: &Self, range: Range<usize>) {
        for at in range {
            self.push(from.text.as_bytes()[at], from.origin(at..at + 1));
        }
    }

    fn push(&mut self, byte: u8, origin: Span) {
        let new = Run {
            at: narrow(self.text.len()),
            start: narrow(origin.start()),
            end: narrow(origin.end()).max(narrow(origin.start())),
        };
        let goes_on = self.runs.last().is_some_and(|run| run.origin(new.at) == (new.start, new.end));
        if !goes_on {
            self.runs.push(new);
        }
        self.text.push(char::from(byte).to_ascii_lowercase());
    }

    /// Adds bytes that stand for themselves, the first for the byte `start`.
    fn push_plain(&mut self, plain: &str, start: usize) {
        let (at, from) = (self.text.len(), narrow(start));
        self.text.push_str(plain);
        self.text[at..].make_ascii_lowercase();
        let at = narrow(at);
        if self.runs.last().is_none_or(|run| run.origin(at) != (from, from + 1)) {
            self.runs.push(Run { at, start: from, end: from + 1 });
        }
    }

    /// Makes the last byte stand also for the bytes up to `end`.
    fn stretch(&mut self, end: usize) {
        let Some((start, _)) = self.last() else { return };
        let at = narrow(self.text.len()) - 1;
        self.runs.pop_if(|run| run.at == at);
        self.runs.push(Run { at, start, end: narrow(end) });
    }

    fn read(&mut self, original: &str, words: &dyn Fn(char) -> Option<&'static str>) {
        let bytes = original.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let own = bytes[at..].iter().take_while(|b| b.is_ascii() && **b != b'&').count();
            if own > 0 {
                at += own;
                self.push_plain(&original[start..at], start);
                continue;
            }
            if bytes[at] == b'&' {
                let (length, byte) = entity(&original[start..]).unwrap_or((1, b'&'));
                at += length;
                self.push(byte, Span::new(start, at));
                continue;
            }
            let Some(c) = original[start..].chars().next() else { break };
            at += c.len_utf8();
            let (end, here) = (at, Span::new(start, at));
            if let Some(word) = words(c) {
                self.push(b' ', Span::new(start, start));
                word.bytes().for_each(|byte| self.push(byte, here));
                self.push(b' ', Span::new(end, end));
                continue;
            }
            match plain(c) {
                Plain::Byte(byte) => self.push(byte, here),
                Plain::Two(first, second) => {
                    self.push(first, here);
                    self.push(second, here);
                }
                Plain::Nothing => {}
                Plain::Joins => {
                    if self.last().is_some_and(|last| last.1 as usize == start) {
                        self.stretch(end);
                    }
                }
                Plain::Unread => self.push(UNREAD as u8, here),
            }
        }
    }
}

/// Tells whether folding `text` is lower-casing: ASCII without HTML entities.
pub fn is_plain(text: &str) -> bool {
    text.is_ascii()
        && !(text.contains('&') && text.match_indices('&').any(|(at, _)| entity(&text[at..]).is_some()))
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

const ENTITIES: [(&str, u8); 8] = [
    ("&amp;", b'&'),
    ("&lt;", b'<'),
    ("&gt;", b'>'),
    ("&quot;", b'"'),
    ("&#39;", b'\''),
    ("&#039;", b'\''),
    ("&apos;", b'\''),
    ("&nbsp;", b' '),
];

/// Returns length and reading of the HTML entity `text` begins with.
fn entity(text: &str) -> Option<(usize, u8)> {
    ENTITIES.iter().find(|(name, _)| text.starts_with(name)).map(|(name, byte)| (name.len(), *byte))
}

enum Plain {
    Byte(u8),
    Two(u8, u8),
    /// Invisible; leaves no trace.
    Nothing,
    /// Invisible, and part of the character in front of it.
    Joins,
    Unread,
}

/// U+00C0 to U+017F, one plain letter each; `?` where there is none.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo?ouuuuy?saaaaaaaceeeeiiiidnooooo?ouuuuy?y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/// U+1EA0 to U+1EF9, Vietnamese.
const VIET: &[u8; 90] =
    b"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
/// Letters of other scripts and small capitals that look like a plain one.
const LOOKALIKES: &str = "аaАaсcСcԁdеeЕeёeЁeһhНhіiІiїiјjЈjкkКkӏlмmМmпnоoОoрpРpԛqѕsЅsтtТtгrуyУyүyхxХxԝwвbВbзzьbьb\
αaΑaβbΒbεeΕeηnΗhιiΙiκkΚkμmΜmνvΝnοoΟoρpΡpτtΤtυuΥyχxΧxωwΖzγyσoɑaɡgɩiɪiıiʟlʀrɴnᴀaʙbᴄcᴅdᴇeғfɢgʜhᴊjᴋkᴍmᴏoᴘpǫqꜱsᴛtᴜuᴠvᴡwʏyᴢzℎhℓlℯe℮eℊgℴoℬbℰeℱfℋhℐiℒlℳmℛrℂcℍhℕnℙpℚqℝrℤz";

fn plain(c: char) -> Plain {
    let code = c as u32;
    let nth = |first: u8, base: u32, round: u32| Plain::Byte(first + ((code - base) % round) as u8);
    match code {
        0xC0..=0x17F => match LATIN[(code - 0xC0) as usize] {
            b'?' => Plain::Unread,
            letter => Plain::Byte(letter),
        },
        0x1EA0..=0x1EF9 => Plain::Byte(VIET[(code - 0x1EA0) as usize]),
        0xAD | 0x34F | 0x61C | 0x115F | 0x1160 | 0x180B..=0x180E | 0x200B..=0x200F => Plain::Nothing,
        0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE0FFF => Plain::Nothing,
        0x300..=0x36F | 0x483..=0x489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF => Plain::Joins,
        0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0x1F3FB..=0x1F3FF => Plain::Joins,
        0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Plain::Byte(b' '),
        0x85 | 0x2028 | 0x2029 => Plain::Byte(b'\n'),
        0x2018..=0x201B | 0x2032 | 0xB4 | 0x2BC => Plain::Byte(b'\''),
        0x201C..=0x201F | 0x2033 | 0xAB | 0xBB | 0x300C | 0x300D => Plain::Byte(b'"'),
        0x2010..=0x2015 | 0x2212 | 0x2043 | 0xFE58 | 0xFE63 => Plain::Byte(b'-'),
        0xB7 | 0x2219 | 0x22C5 | 0x2024 | 0x3002 | 0x2026 => Plain::Byte(b'.'),
        0x2022 | 0x25CF | 0x25E6 => Plain::Byte(b'*'),
        0xB2 | 0xB3 => Plain::Byte(b'2' + (code - 0xB2) as u8),
        0xB9 => Plain::Byte(b'1'),
        0x2070 => Plain::Byte(b'0'),
        0x2074..=0x2079 => nth(b'4', 0x2074, 10),
        0x2080..=0x2089 => nth(b'0', 0x2080, 10),
        0x2460..=0x2468 => nth(b'1', 0x2460, 10),
        0x2776..=0x277E => nth(b'1', 0x2776, 10),
        0x2780..=0x2788 => nth(b'1', 0x2780, 10),
        0x24EA | 0x24FF => Plain::Byte(b'0'),
        0x24B6..=0x24E9 => nth(b'a', 0x24B6, 26),
        0x1F130..=0x1F149 => nth(b'a', 0x1F130, 26),
        0x1F150..=0x1F169 => nth(b'a', 0x1F150, 26),
        0x1F170..=0x1F189 => nth(b'a', 0x1F170, 26),
        0x1F51F => Plain::Two(b'1', b'0'),
        0x1D400..=0x1D6A3 => nth(b'a', 0x1D400, 26),
        0x1D7CE..=0x1D7FF => nth(b'0', 0x1D7CE, 10),
        0xFF01..=0xFF5E => Plain::Byte((code - 0xFEE0) as u8),
        _ => lookalike(c),
    }
}

fn lookalike(c: char) -> Plain {
    if !matches!(c as u32, 0x180..=0x58F | 0x1D00..=0x1DBF | 0x2100..=0x214F | 0xA720..=0xA7FF) {
        return Plain::Unread;
    }
    let at = SORTED.binary_search_by_key(&c, |(odd, _)| *odd);
    at.map_or(Plain::Unread, |at| Plain::Byte(SORTED[at].1))
}

/// [`LOOKALIKES`], sorted; of two readings of one letter the first holds.
static SORTED: LazyLock<Vec<(char, u8)>> = LazyLock::new(|| {
    let letters: Vec<char> = LOOKALIKES.chars().collect();
    let mut pairs: Vec<(char, u8)> = letters.chunks_exact(2).map(|pair| (pair[0], pair[1] as u8)).collect();
    pairs.sort_by_key(|(odd, _)| *odd);
    pairs.dedup_by_key(|(odd, _)| *odd);
    pairs
});

#[cfg(test)]
mod tests {
    use super::*;

    /// Folds, finds `word` and checks that it stands for `expected` in the original.
    #[track_caller]
    fn check(original: &str, word: &str, expected: &str) {
        let folded = Folded::of(original);
        let at = folded.as_str().find(word).unwrap_or_else(|| panic!("no “{word}” in {:?}", folded.as_str()));
        assert_eq!(folded.origin(at..at + word.len()).of(original), Some(expected));
    }

    #[test]
    fn disguised_words_read_plainly_and_lead_back() {
        check("They all DIE", "die", "DIE");
        check("тhey dеserve it", "they deserve", "тhey dеserve");
        check("a ｋｉｌｌ b", "kill", "ｋｉｌｌ");
        check("a k\u{200b}i\u{200d}ll b", "kill", "k\u{200b}i\u{200d}ll");
        check("call 7️⃣0️⃣2️⃣ now", "702 ", "7️⃣0️⃣2️⃣ ");
        check("call ７０２ now", "702", "７０２");
        check("𝓴𝓲𝓵𝓵 them", "kill", "𝓴𝓲𝓵𝓵");
        check("ⓚⓘⓛⓛ", "kill", "ⓚⓘⓛⓛ");
        check("la dirección", "direccion", "dirección");
        check("e\u{301}l", "el", "e\u{301}l");
        check("you&#39;re &amp; me", "you're & me", "you&#39;re &amp; me");
        check("“we’ll see” – soon", "we'll see\" - soon", "we’ll see” – soon");
    }

    #[test]
    fn pictures_become_words_when_asked() {
        let folded = Folded::with("i will 🔪you", &|c| (c == '🔪').then_some("stab"));
        assert_eq!(folded.as_str(), "i will  stab you");
        assert_eq!(folded.origin(8..12).of("i will 🔪you"), Some("🔪"));
        assert_eq!(Folded::of("a 🔪").as_str(), "a \u{1a}");
    }

    #[test]
    fn edits_keep_the_way_back() {
        let original = "k 1 l l “x”";
        let folded = Folded::of(original);
        let edits = [(1..2, String::new()), (2..3, "i".into()), (3..4, String::new()), (5..6, String::new())];
        let plain = folded.rewritten(&edits);
        assert_eq!(plain.as_str(), "kill \"x\"");
        assert_eq!(plain.origin(0..4).of(original), Some("k 1 l l"));
        assert_eq!(plain.origin(5..8).of(original), Some("“x”"));
        assert_eq!(plain.origin(20..30), Span::new(original.len(), original.len()));
    }

    #[test]
    fn every_character_folds_to_ascii_and_back_into_the_text() {
        for code in 0..=0x10FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let original = format!("a{c}z");
            let folded = Folded::of(&original);
            assert!(folded.as_str().is_ascii());
            let whole = folded.origin(0..folded.as_str().len());
            assert_eq!(whole.of(&original), Some(original.as_str()), "{code:x}");
            for at in 0..folded.as_str().len() {
                assert!(folded.origin(at..at + 1).of(&original).is_some(), "{code:x}");
            }
        }
    }
}
