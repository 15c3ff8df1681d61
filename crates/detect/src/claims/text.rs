//! The words of a post or a claim as ranking sees them: stemmed, without filler, hashtags taken apart, links left out.
//!
//! A word stands for itself and, where `data/concepts.txt` knows it, for what it speaks of: “courier”, “mule” and “mula” share
//! a concept, so a post in Spanish reaches a claim in English.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use values::Folded;

/// A map whose keys are already good hashes.
pub(super) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

/// Passes a hash through.
#[derive(Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A word that says something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// The stem.
    pub stem: String,
    /// Hash of the stem.
    pub key: u64,
    /// In bytes of the reading.
    pub range: Range<usize>,
    /// Whether it was written with a capital: a name, or the beginning of a sentence.
    pub capital: bool,
    /// Whether a digit is in it.
    pub number: bool,
}

/// Returns the words of `reading` that say something. `original` is what it was read from.
pub(super) fn words(original: &str, reading: &Folded) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    each(original, reading, |range| {
        if let Some(stem) = root(&reading.as_str()[range.clone()]) {
            out.push(Word {
                key: hash(stem.as_bytes()),
                capital: reading.capital(original, range.start),
                number: stem.bytes().any(|byte| byte.is_ascii_digit()),
                stem,
                range,
            });
        }
    });
    out
}

/// Calls `word` with the place of every word of `reading`, links, lists of who is answered and signatures left out.
#[inline]
pub(super) fn each(original: &str, reading: &Folded, mut word: impl FnMut(Range<usize>)) {
    let text = reading.as_str();
    let bytes = text.as_bytes();
    let signed = signature(text).unwrap_or(0..0);
    let mut tell = |range: Range<usize>| {
        if !signed.contains(&range.start) {
            word(range);
        }
    };
    let mut at = addressed(text);
    while at < bytes.len() {
        if KIND[usize::from(bytes[at])] != WORD {
            at += 1;
            continue;
        }
        let start = at;
        at += bytes[at..].iter().take_while(|b| KIND[usize::from(**b)] == WORD).count();
        if matches!(bytes.get(at), Some(b':' | b'.'))
            && let Some(end) = link(text, start)
        {
            at = end;
            continue;
        }
        while bytes.get(at) == Some(&b'\'') && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            at += 2 + bytes[at + 2..].iter().take_while(|b| KIND[usize::from(**b)] == WORD).count();
        }
        let tag = start > 0 && matches!(bytes[start - 1], b'#' | b'@' | b'_');
        if tag && at - start > 4 {
            parts(bytes, start..at, |at| reading.capital(original, at)).into_iter().for_each(&mut tell);
        } else {
            tell(start..at);
        }
    }
}

/// Letters and digits; nothing for all else.
static KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            kinds[byte] = WORD;
        }
        byte += 1;
    }
    kinds
};
const WORD: u8 = 1;

/// Returns the stem of a word as it stands in a text; `None` where it says nothing.
pub(super) fn root(given: &str) -> Option<String> {
    let bare = given.strip_suffix("'s").unwrap_or(given);
    let word = if bare.contains('\'') { bare.replace('\'', "") } else { bare.to_owned() };
    (word.len() >= 2 && STOP.binary_search(&word.as_str()).is_err()).then(|| stem(word))
}

/// Cuts a hashtag or mention where its spelling shows a new word: `StopTheSteal2020`.
fn parts(bytes: &[u8], range: Range<usize>, upper: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for at in range.start + 1..range.end {
        let (digit, before) = (bytes[at].is_ascii_digit(), bytes[at - 1].is_ascii_digit());
        let begins = upper(at) && !before && (!upper(at - 1) || (at + 1 < range.end && !upper(at + 1)));
        if digit != before || begins {
            out.push(start..at);
            start = at;
        }
    }
    out.push(start..range.end);
    out
}

/// Returns where the mentions end that a reply to many begins with: they say to whom, not of what. One or two may be what
/// the post is about.
fn addressed(text: &str) -> usize {
    let mut rest = text.trim_start();
    let mut count = 0;
    while let Some(name) = rest.strip_prefix('@') {
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
        rest = name[end..].trim_start();
        count += 1;
    }
    if count > 2 { text.len() - rest.len() } else { 0 }
}

/// Returns where a web address that begins at `at` ends.
fn link(text: &str, at: usize) -> Option<usize> {
    if !matches!(text.as_bytes()[at], b'h' | b'w' | b't' | b'p') {
        return None;
    }
    let rest = &text[at..];
    let begins =
        ["https:/", "http:/", "www.", "t.co/", "pic.twitter.com/"].iter().any(|head| rest.starts_with(head));
    begins.then(|| at + rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()))
}

/// Returns the date that pages write under a post they show: `(@name) january 14, 2020`. It says when, not what.
fn signature(text: &str) -> Option<Range<usize>> {
    const MONTHS: [&str; 12] = [
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
    ];
    if !text.as_bytes().contains(&b'(') {
        return None;
    }
    let close = text.rfind(") ")?;
    let open = text[..close].rfind("(@")?;
    let date = &text[close + 2..];
    let fits = close - open < 40 && date.len() < 22 && MONTHS.iter().any(|month| date.starts_with(month));
    fits.then(|| close + 2..text.len())
}

/// Returns the concepts of a stem.
pub(super) fn concepts(key: u64) -> &'static [u64] {
    CONCEPTS.get(&key).map_or(&[], Vec::as_slice)
}

/// Stem to the concepts it stands for.
static CONCEPTS: LazyLock<ByHash<Vec<u64>>> = LazyLock::new(|| {
    let mut map: ByHash<Vec<u64>> = ByHash::default();
    for line in include_str!("../../data/concepts.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((name, words)) = line.split_once(':') else { continue };
        let concept = hash(format!("={}", name.trim()).as_bytes());
        for word in words.split_whitespace() {
            let all = map.entry(hash(stem(word.to_owned()).as_bytes())).or_default();
            if !all.contains(&concept) {
                all.push(concept);
            }
        }
    }
    map
});

/// Tells whether a stem is so usual in posts that sharing it says little.
pub(super) fn usual(key: u64) -> bool {
    static USUAL: LazyLock<ByHash<()>> = LazyLock::new(|| {
        let lines = include_str!("../../data/common.txt").lines().filter(|line| !line.starts_with('#'));
        lines
            .flat_map(str::split_whitespace)
            .map(|word| (hash(stem(word.to_owned()).as_bytes()), ()))
            .collect()
    });
    USUAL.contains_key(&key)
}

/// FNV-1a, mixed.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut state = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3);
    }
    state ^ (state >> 29)
}

/// Adds the hashes of all groups of four and five letters of a stem set between blanks.
pub(super) fn grams(stem: &str, out: &mut Vec<u64>) {
    let mut room = [b' '; 34];
    let length = stem.len().min(32);
    room[1..=length].copy_from_slice(&stem.as_bytes()[..length]);
    for size in 4..=5 {
        out.extend(room[..length + 2].windows(size).map(hash));
    }
}

/// Words that say nothing, sorted.
const STOP: &[&str] = &[
    "al", "amp", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "co", "com", "con",
    "could", "de", "del", "did", "do", "does", "el", "en", "es", "for", "from", "had", "has", "have", "he",
    "her", "his", "how", "http", "https", "if", "in", "is", "it", "its", "just", "la", "las", "los", "me",
    "my", "not", "of", "on", "or", "our", "para", "pic", "por", "que", "rt", "se", "she", "so", "that",
    "the", "their", "them", "there", "these", "they", "this", "those", "to", "twitter", "un", "una", "was",
    "we", "were", "what", "when", "who", "will", "with", "would", "you", "your",
];

/// Cuts the usual English and Spanish endings.
pub(super) fn stem(mut word: String) -> String {
    for (ending, least, with) in [
        ("ization", 4, "ize"),
        ("ational", 4, "ate"),
        ("fulness", 4, "ful"),
        ("iveness", 4, "ive"),
        ("ies", 2, "y"),
        ("sses", 2, "ss"),
        ("ments", 4, ""),
        ("ment", 4, ""),
        ("ings", 3, ""),
        ("ing", 3, ""),
        ("edly", 4, ""),
        ("ed", 3, ""),
        ("ers", 4, "er"),
        ("ions", 4, "ion"),
        ("es", 4, "e"),
        ("ly", 4, ""),
        ("s", 3, ""),
    ] {
        if let Some(base) = word.strip_suffix(ending)
            && base.len() >= least
            && !(ending == "s" && base.ends_with(['s', 'u', 'i']))
        {
            let keep = base.len();
            word.truncate(keep);
            word.push_str(with);
            break;
        }
    }
    let bytes = word.as_bytes();
    let len = bytes.len();
    if len > 4 && bytes[len - 1] == bytes[len - 2] && !matches!(bytes[len - 1], b'l' | b's' | b'e' | b'o') {
        word.pop();
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text, &Folded::of(text)).into_iter().map(|word| word.stem).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_are_taken_apart_and_stemmed() {
        assert!(STOP.is_sorted());
        check("The machines were flipping votes", &["machin", "flip", "vot"]);
        check("see #StopTheSteal2020 @CNNNews", &["see", "stop", "steal", "2020", "cnn", "new"]);
        check("see https://example.com/a/long-slug pic.twitter.com/abc now", &["see", "now"]);
        check(
            "the clerk lied — Somebody (@some_body) January 14, 2020",
            &["clerk", "lied", "somebody", "som", "body"],
        );
        check("@joe_biden @you @me the count", &["count"]);
        check("el reloj", &["reloj"]);
    }

    #[test]
    fn two_languages_share_concepts() {
        let of = |word: &str| concepts(hash(stem(word.into()).as_bytes()));
        assert!(of("boletas").iter().any(|concept| of("ballots").contains(concept)));
        assert!(of("umbrella").is_empty());
    }
}
