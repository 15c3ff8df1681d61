//! Finds private texts in other texts, however they were dressed up.
//!
//! Both sides are folded: case, accents, full-width and mathematical letters, common look-alikes of other scripts, digits
//! for letters, and everything that is neither letter nor digit falls away, with each folded character remembering the
//! bytes it came from. So `R D R - 0 0 0 0`, `ＲＤＲ０000` and `rdr.oooo` are one plate. Where in doubt it finds too much:
//! a word too many under a bar costs less than an address in public. It is not a detector: it knows only the texts it
//! was given.

use std::ops::Range;

/// One private text in the form it is looked for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pattern {
    form: String,
    /// Only whole words match, not parts of longer ones.
    whole_words: bool,
    /// No separator may stand inside.
    unbroken: bool,
    /// Also looked for among digits written as words.
    spelled: bool,
    /// A single plain word, which may be an ordinary word of a language too (May, Grace, Will).
    plain_word: bool,
}

impl Pattern {
    /// Returns the pattern of `text`, or `None` where nothing comparable is left of it.
    pub(crate) fn new(text: &str, spelled: bool) -> Option<Self> {
        let folded = Folded::of(text, false);
        if folded.form.is_empty() {
            return None;
        }
        let words = folded.gap.iter().filter(|gap| **gap).count();
        let digits = folded.digit.iter().any(|digit| *digit);
        let length = folded.form.chars().count();
        let plain_word = words <= 1 && !digits;
        Some(Self {
            whole_words: plain_word || length < 7,
            unbroken: words <= 1 && length < 5,
            spelled,
            plain_word,
            form: folded.form,
        })
    }

    /// Tells whether this is a single plain word.
    pub(crate) const fn is_plain_word(&self) -> bool {
        self.plain_word
    }
}

/// A character that stands for something already covered: it matches nothing and joins nothing.
pub(crate) const COVER: char = '█';

/// A text prepared for searching, both as it is and with digit words read as digits.
pub(crate) struct Haystack {
    plain: Folded,
    spelled: Option<Folded>,
}

impl Haystack {
    /// Prepares `text`.
    pub(crate) fn new(text: &str) -> Self {
        let plain = Folded::of(text, false);
        let spelled = Folded::of(text, true);
        let spelled = (spelled.form != plain.form).then_some(spelled);
        Self { plain, spelled }
    }

    /// Returns where `pattern` stands, in bytes of the original text, unmerged.
    pub(crate) fn find(&self, pattern: &Pattern) -> Vec<Range<usize>> {
        let mut found = self.plain.find(pattern);
        if let (true, Some(spelled)) = (pattern.spelled, &self.spelled) {
            found.extend(spelled.find(pattern));
        }
        found
    }
}

/// A folded text. `gap`, `digit`, `start` and `end` have one entry for each byte of `form`.
struct Folded {
    form: String,
    start: Vec<u32>,
    end: Vec<u32>,
    /// Whether a separator (or the start) stands before.
    gap: Vec<bool>,
    digit: Vec<bool>,
    /// Whether it lies in an unbroken run of hexadecimal digits as long as a common digest.
    digest: Vec<bool>,
    length: usize,
}

impl Folded {
    fn of(text: &str, spelled: bool) -> Self {
        let mut folded = Self {
            form: String::with_capacity(text.len()),
            start: Vec::with_capacity(text.len()),
            end: Vec::with_capacity(text.len()),
            gap: Vec::with_capacity(text.len()),
            digit: Vec::with_capacity(text.len()),
            digest: Vec::with_capacity(text.len()),
            length: text.len(),
        };
        let mut rest = 0;
        let mut gap = true;
        while rest < text.len() {
            let word = word_length(&text[rest..]);
            if word > 0 {
                let token = &text[rest..rest + word];
                let digest = is_digest(token);
                if let Some(number) = spelled.then(|| spelled_digit(token)).flatten() {
                    folded.push(number, rest, rest + word, gap, true, false);
                    gap = false;
                } else {
                    for (offset, c) in token.char_indices() {
                        let end = rest + offset + c.len_utf8();
                        plain(c, |one, digit| {
                            folded.push(one, rest + offset, end, gap, digit, digest);
                            gap = false;
                        });
                    }
                }
                rest += word;
            } else {
                let Some(c) = text[rest..].chars().next() else { break };
                // Invisible and combining characters split no word: that is what they are abused for.
                gap |= !is_invisible(c);
                rest += c.len_utf8();
            }
        }
        folded
    }

    fn push(&mut self, one: char, start: usize, end: usize, gap: bool, digit: bool, digest: bool) {
        for index in 0..one.len_utf8() {
            self.start.push(start as u32);
            self.end.push(end as u32);
            self.gap.push(gap && index == 0);
            self.digit.push(digit);
            self.digest.push(digest);
        }
        self.form.push(one);
    }

    fn find(&self, pattern: &Pattern) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.form[from..].find(&pattern.form).map(|at| at + from) {
            let end = at + pattern.form.len();
            if self.stands(pattern, at, end) {
                let stop = self.end[end - 1] as usize;
                found.push(self.start[at] as usize..stop.min(self.length));
            }
            from = at + self.form[at..].chars().next().map_or(1, char::len_utf8);
        }
        found
    }

    /// Tells whether a match is one: not a part of a longer number, word or digest.
    fn stands(&self, pattern: &Pattern, at: usize, end: usize) -> bool {
        let free_before = self.gap[at];
        let free_after = end == self.form.len() || self.gap[end];
        let inside_number =
            !free_before && self.digit[at] && self.digit[at - 1] && self.end[at - 1] <= self.start[at]
                || !free_after && self.digit[end] && self.digit[end - 1];
        let inside_word = pattern.whole_words && !(free_before && free_after);
        let broken = pattern.unbroken && self.gap[at + 1..end].iter().any(|gap| *gap);
        let inside_digest = self.digest[at] && self.digest[end - 1] && !(free_before && free_after);
        // The l of “cell 202…” is no country code: a last letter of a word does not begin what stands behind the word.
        let tail = !free_before && !self.digit[at] && self.gap.get(at + 1) == Some(&true);
        !(inside_number || inside_word || broken || inside_digest || tail)
    }
}

/// Returns the length in bytes of the run of letters, digits and invisible characters at the start of `text`.
fn word_length(text: &str) -> usize {
    if !text.chars().next().is_some_and(is_word) {
        return 0;
    }
    text.find(|c| !is_word(c) && !is_invisible(c)).unwrap_or(text.len())
}

fn is_word(c: char) -> bool {
    let mut any = false;
    plain(c, |_, _| any = true);
    any
}

fn is_digest(token: &str) -> bool {
    matches!(token.len(), 40 | 64 | 128) && token.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}'
        | '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// Gives the folded characters of `c`, none for a separator or an invisible one; and whether `c` is a digit.
fn plain(c: char, mut give: impl FnMut(char, bool)) {
    if c == COVER {
        return give(COVER, false);
    }
    if is_invisible(c) {
        return;
    }
    let c = undressed(c);
    if c == '$' {
        return give('s', false);
    }
    if !c.is_alphanumeric() {
        return;
    }
    for lower in c.to_lowercase() {
        if !is_invisible(lower) {
            give(class(unaccented(lower)), c.is_numeric());
        }
    }
}

/// Returns the plain letter or digit of a full-width, mathematical, circled or regional one.
fn undressed(c: char) -> char {
    let code = c as u32;
    let letter = |offset: u32| char::from(b'a' + (offset % 26) as u8);
    let digit = |offset: u32| char::from(b'0' + (offset % 10) as u8);
    match code {
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
        0x1d400..=0x1d6a3 => letter(code - 0x1d400),
        0x1d7ce..=0x1d7ff => digit(code - 0x1d7ce),
        0x2460..=0x2468 => digit(code - 0x2460 + 1),
        0x24ea => '0',
        0x24b6..=0x24cf => letter(code - 0x24b6),
        0x24d0..=0x24e9 => letter(code - 0x24d0),
        0x1f130..=0x1f149 => letter(code - 0x1f130),
        0x1f150..=0x1f169 => letter(code - 0x1f150),
        0x1f170..=0x1f189 => letter(code - 0x1f170),
        0x1f1e6..=0x1f1ff => letter(code - 0x1f1e6),
        0x2070 => '0',
        0xb9 => '1',
        0xb2 => '2',
        0xb3 => '3',
        0x2074..=0x2079 => digit(code - 0x2070),
        0x2080..=0x2089 => digit(code - 0x2080),
        0x660..=0x669 => digit(code - 0x660),
        0x966..=0x96f => digit(code - 0x966),
        _ => c,
    }
}

const ACCENTED: &str = "aàáâãäåāăąα а|cçćčсϲ|dďđԁ|eèéêëēĕėęěе|gğģɡ|hһ|iìíîïīĭįıіι|jј|kκк|lĺļľł|mм|nñńņňո|oòóôõöøōŏőоοօ|pрρ|rŕřг|sśşšѕ|tţťτт|uùúûüūůűųս|vνѵ|wŵԝ|xхχ|yýÿуү|zźżžᴢ|bЬв";

/// Returns the Latin letter a letter is an accented form or a look-alike of; any other unchanged.
fn unaccented(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    ACCENTED
        .split('|')
        .find(|row| row.chars().skip(1).any(|other| other == c))
        .map_or(c, |row| row.chars().next().unwrap_or(c))
}

/// Returns the class of letters and digits commonly written for one another.
const fn class(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | 'l' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    }
}

fn spelled_digit(token: &str) -> Option<char> {
    const WORDS: [(&str, char); 21] = [
        ("zero", '0'),
        ("oh", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("cero", '0'),
        ("uno", '1'),
        ("dos", '2'),
        ("tres", '3'),
        ("cuatro", '4'),
        ("cinco", '5'),
        ("seis", '6'),
        ("siete", '7'),
        ("ocho", '8'),
        ("nueve", '9'),
    ];
    let token = token.to_lowercase();
    WORDS.iter().find(|(word, _)| *word == token).map(|(_, digit)| class(*digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: &str) {
        let pattern =
            Pattern::new(pattern, pattern.chars().filter(char::is_ascii_digit).count() >= 7).unwrap();
        let found = Haystack::new(text).find(&pattern);
        let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found.join(" | "), expected, "in {text:?}");
    }

    #[test]
    fn a_plate_is_found_in_every_dress() {
        for text in [
            "RDR-0000",
            "rdr 0000",
            "R.D.R.0.0.0.0",
            "ＲＤＲ００００",
            "RDROOOO",
            "r\u{200b}dr0\u{2060}000",
            "𝐑𝐃𝐑𝟎𝟎𝟎𝟎",
        ] {
            check("RDR-0000", &format!("plate {text}!"), text);
        }
        check("RDR-0000", "0️⃣ RDR0️⃣0️⃣0️⃣0️⃣", "RDR0️⃣0️⃣0️⃣0");
    }

    #[test]
    fn a_number_is_not_found_inside_a_longer_one() {
        check("202 555 0143", "id 9920255501437", "");
        check("202 555 0143", "call (202) 555-0143 now", "202) 555-0143");
        check(
            "202 555 0143",
            "two zero two, five five five, oh one four three",
            "two zero two, five five five, oh one four three",
        );
    }

    #[test]
    fn a_name_is_found_as_a_word() {
        check("Jordan", "jordan, JORDÁN and J0RDAN, not Jordanian", "jordan | JORDÁN | J0RDAN");
        check("May", "may I? m a y. dismay", "may");
        check("Jordan Example", "#FindJordanExample", "JordanExample");
        check("Jordan", "Јоrdаn in look-alikes", "Јоrdаn");
    }

    #[test]
    fn digests_stay_whole() {
        let digest = "abc123".repeat(10) + "abcd";
        check("ABC123", &digest, "");
        check("ABC-1234", &format!("{digest} abc 1234"), "abc 1234");
    }
}
