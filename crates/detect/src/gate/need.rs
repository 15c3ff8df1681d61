//! What a pattern cannot match without, read off the pattern itself.
//!
//! A need is a list of words of which at least one must stand in a text for the pattern to match there. A pattern may have
//! several needs; all must be met. Needs say nothing about order and they may be too weak, never too strong: where nothing
//! can be told, there is no need, and the pattern is asked each time.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// A run of letters and digits that a text must hold; or two, of neighbouring words, which is far rarer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// The letters and digits; of two runs with [`PARTS`] between them, whatever stands there in a text.
    pub text: Vec<u8>,
    /// No letter or digit stands in front of it.
    pub starts: bool,
    /// No letter or digit stands behind it.
    pub ends: bool,
}

impl Piece {
    /// Returns both runs where the piece is of two.
    pub fn pair(&self) -> Option<(&[u8], &[u8])> {
        let at = self.text.iter().position(|byte| *byte == PARTS)?;
        Some((&self.text[..at], &self.text[at + 1..]))
    }
}

/// Pieces of which one must occur, and about how often a text holds one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    pub pieces: BTreeSet<Piece>,
    pub often: f32,
}

/// Stands in strings for whatever a rule's space may match, which never is a letter or digit.
const PARTS: u8 = b' ';

/// A rule's space as it is parsed; see [`crate::pattern::expand`].
static SPACE: LazyLock<Hir> = LazyLock::new(|| {
    let parsed = crate::pattern::parse(&crate::pattern::expand(" "));
    parsed.unwrap_or_else(Hir::fail)
});

/// Strings that a part matches, each once; spaces as [`PARTS`].
type Strings = Vec<Vec<u8>>;

/// Strings are written out only up to this many, and by putting others together only up to so many.
const STRINGS: usize = 1500;
const JOINED: usize = 100;

/// A need that nearly every text meets is none.
const OFTEN: f32 = 0.7;

/// Returns what `pattern`, a regular expression over bytes, cannot match without; the rarest need first.
pub(crate) fn needs(pattern: &str) -> Vec<Need> {
    let Some(hir) = crate::pattern::parse(pattern) else { return Vec::new() };
    let outside = Sides { left: false, right: false };
    let mut found = Reader { pairs: true, known: &Known::default() }.both(&hir, outside);
    found.retain(|need| need.often < OFTEN);
    found.sort_by(|a, b| a.often.total_cmp(&b.often).then_with(|| a.pieces.cmp(&b.pieces)));
    found.dedup_by(|a, b| a.pieces == b.pieces);
    found
}

/// Whether a letter or digit at the edge of a part is sure to have none beside it.
#[derive(Clone, Copy)]
struct Sides {
    left: bool,
    right: bool,
}

/// Reads needs off a part.
#[derive(Clone, Copy)]
struct Reader<'a> {
    /// Reads on over spaces, to come to pairs of words; else every word is looked at alone, of which more may be told.
    pairs: bool,
    known: &'a Known,
}

/// What [`Reader::strings`] said of a part, with and without pairs: it is asked for every part, and for all parts around it.
type Known = RefCell<HashMap<(*const Hir, bool), Option<Rc<Strings>>>>;

impl Reader<'_> {
    /// Reads with and without pairs, where these are wanted.
    fn both(self, hir: &Hir, sides: Sides) -> Vec<Need> {
        let mut found = self.of(hir, sides);
        if self.pairs {
            found.extend(Self { pairs: false, ..self }.of(hir, sides));
        }
        found
    }

    fn of(self, hir: &Hir, sides: Sides) -> Vec<Need> {
        if let Some(strings) = self.strings(hir) {
            return need(&strings, sides).into_iter().collect();
        }
        match hir.kind() {
            HirKind::Capture(group) => self.of(&group.sub, sides),
            HirKind::Repetition(repeated) if repeated.min > 0 => {
                let alone = repeated.max == Some(1);
                self.of(&repeated.sub, Sides { left: alone && sides.left, right: alone && sides.right })
            }
            HirKind::Alternation(branches) => {
                // One need a branch, its rarest; any of them will do.
                let mut all = Need { pieces: BTreeSet::new(), often: 0.0 };
                for branch in branches {
                    let of = self.both(branch, sides).into_iter();
                    let Some(best) = of.min_by(|a, b| a.often.total_cmp(&b.often)) else { return Vec::new() };
                    all.pieces.extend(best.pieces);
                }
                all.often = often(&all.pieces);
                vec![all]
            }
            HirKind::Concat(parts) => self.row(parts, sides),
            _ => Vec::new(),
        }
    }

    fn row(self, parts: &[Hir], sides: Sides) -> Vec<Need> {
        let mut steps: Vec<Step> = Vec::new();
        for part in parts {
            // Behind what a part begins with that goes on without end more of it may follow.
            let (strings, more) = match self.strings(part) {
                Some(all) => (Some(all), false),
                None => (self.least(part), true),
            };
            let Some(new) = strings else {
                steps.push(Step::Part(part));
                continue;
            };
            if let Some(Step::Strings(before)) = steps.last_mut()
                && let Some(both) = joined(before, &new)
            {
                *before = Rc::new(both);
            } else {
                steps.push(Step::Strings(new));
            }
            if more {
                steps.push(Step::More(part));
            }
        }
        let mut out = Vec::new();
        for at in 0..steps.len() {
            let here = Sides {
                left: parted(steps[..at].iter().rev(), Edge::Last, sides.left),
                right: parted(steps[at + 1..].iter(), Edge::First, sides.right),
            };
            match &steps[at] {
                Step::Strings(strings) => out.extend(need(strings, here)),
                Step::Part(part) | Step::More(part) => out.extend(self.of(part, here)),
            }
        }
        out
    }

    /// Returns all strings that a part matches, where these are few.
    fn strings(self, hir: &Hir) -> Option<Rc<Strings>> {
        let key = (std::ptr::from_ref(hir), self.pairs);
        let known = self.known.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let found = self.written_out(hir).map(Rc::new);
            self.known.borrow_mut().insert(key, found.clone());
            found
        })
    }

    fn written_out(self, hir: &Hir) -> Option<Strings> {
        if self.pairs && *hir == *SPACE {
            return Some(vec![vec![PARTS]]);
        }
        match hir.kind() {
            HirKind::Empty => Some(vec![Vec::new()]),
            HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
            HirKind::Class(class) => {
                // The digits are the largest class that is worth writing out.
                let all: Strings = bytes(class).take(11).map(|b| vec![b]).collect();
                (all.len() <= 10).then_some(all)
            }
            HirKind::Look(_) => None,
            HirKind::Capture(group) => self.strings(&group.sub).map(Rc::unwrap_or_clone),
            HirKind::Repetition(Repetition { min, max: Some(max), sub, .. }) if *max <= 3 => {
                let once = self.strings(sub)?;
                let mut power = vec![Vec::new()];
                let mut all = Strings::new();
                for times in 0..=*max {
                    if times >= *min {
                        all.extend(power.iter().cloned());
                    }
                    if times < *max {
                        power = joined(&power, &once)?;
                    }
                }
                once_each(all)
            }
            HirKind::Repetition(_) => None,
            HirKind::Concat(parts) => {
                let mut all = vec![Vec::new()];
                for part in parts {
                    all = joined(&all, &self.strings(part)?)?;
                }
                Some(all)
            }
            HirKind::Alternation(branches) => {
                let mut all = Strings::new();
                for branch in branches {
                    all.extend(self.strings(branch)?.iter().cloned());
                    if all.len() > STRINGS {
                        return None;
                    }
                }
                once_each(all)
            }
        }
    }

    /// Returns the strings that a part which may go on without end begins with: `x` of `x+`.
    fn least(self, hir: &Hir) -> Option<Rc<Strings>> {
        match hir.kind() {
            HirKind::Repetition(Repetition { min: 1, max: None, sub, .. }) => self.strings(sub),
            _ => None,
        }
    }
}

/// One step of a row: strings that are written out, or a part that is not, or one that may go on behind its strings.
enum Step<'a> {
    Strings(Rc<Strings>),
    Part(&'a Hir),
    More(&'a Hir),
}

/// Tells whether what stands beside a letter or digit, going through `steps` away from it, is sure to be neither.
fn parted<'a>(steps: impl Iterator<Item = &'a Step<'a>>, edge: Edge, outside: bool) -> bool {
    for step in steps {
        let (word, empty) = match step {
            Step::Strings(strings) => strings_edge(strings, edge),
            Step::Part(part) if ends_word(part, edge) => return true,
            Step::Part(part) => part_edge(part, edge),
            Step::More(part) => (part_edge(part, edge).0, true),
        };
        if word {
            return false;
        }
        if !empty {
            return true;
        }
    }
    outside
}

/// Tells whether a letter or digit beside `part` is sure to have no other beside it there.
fn ends_word(part: &Hir, edge: Edge) -> bool {
    match part.kind() {
        HirKind::Look(Look::WordAscii | Look::Start | Look::End | Look::StartLF | Look::EndLF) => true,
        HirKind::Capture(group) => ends_word(&group.sub, edge),
        HirKind::Alternation(branches) => branches.iter().all(|branch| ends_word(branch, edge)),
        _ => part_edge(part, edge) == (false, false),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    First,
    Last,
}

/// Tells whether strings may begin or end with a letter or digit, and whether one may be empty.
fn strings_edge(strings: &[Vec<u8>], edge: Edge) -> (bool, bool) {
    let sign = |string: &Vec<u8>| match edge {
        Edge::First => string.first().copied(),
        Edge::Last => string.last().copied(),
    };
    let word = strings.iter().filter_map(sign).any(|b| b.is_ascii_alphanumeric());
    (word, strings.iter().any(Vec::is_empty))
}

/// The same of any part.
fn part_edge(part: &Hir, edge: Edge) -> (bool, bool) {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => (false, true),
        HirKind::Literal(literal) => strings_edge(&[literal.0.to_vec()], edge),
        HirKind::Class(class) => (bytes(class).any(|b| b.is_ascii_alphanumeric()), false),
        HirKind::Capture(group) => part_edge(&group.sub, edge),
        HirKind::Repetition(repeated) => {
            let (word, empty) = part_edge(&repeated.sub, edge);
            (word, empty || repeated.min == 0)
        }
        HirKind::Alternation(branches) => branches.iter().fold((false, false), |all, branch| {
            let (word, empty) = part_edge(branch, edge);
            (all.0 || word, all.1 || empty)
        }),
        HirKind::Concat(parts) => {
            let mut word = false;
            let mut step = |part: &Hir| {
                let (here, empty) = part_edge(part, edge);
                word = word || here;
                empty
            };
            let empty = match edge {
                Edge::First => parts.iter().all(&mut step),
                Edge::Last => parts.iter().rev().all(&mut step),
            };
            (word, empty)
        }
    }
}

fn bytes(class: &Class) -> impl Iterator<Item = u8> + '_ {
    let ranges: Vec<(u8, u8)> = match class {
        Class::Bytes(class) => class.ranges().iter().map(|r| (r.start(), r.end())).collect(),
        Class::Unicode(class) => class
            .ranges()
            .iter()
            .map(|r| (u8::try_from(r.start()).unwrap_or(u8::MAX), u8::try_from(r.end()).unwrap_or(u8::MAX)))
            .collect(),
    };
    ranges.into_iter().flat_map(|(from, to)| from..=to)
}

fn once_each(mut strings: Strings) -> Option<Strings> {
    strings.sort_unstable();
    strings.dedup();
    (strings.len() <= STRINGS).then_some(strings)
}

/// Returns every string of `first` followed by every string of `second`, where these are few.
fn joined(first: &[Vec<u8>], second: &[Vec<u8>]) -> Option<Strings> {
    let few = first.len().min(second.len()) <= 3;
    if first.len() * second.len() > if few { STRINGS } else { JOINED } {
        return None;
    }
    if first.len() == 1 && first[0].is_empty() {
        return Some(second.to_vec());
    }
    once_each(first.iter().flat_map(|a| second.iter().map(move |b| [a.as_slice(), b].concat())).collect())
}

/// Returns the need of one of `strings`, each by its rarest run of letters and digits or two neighbouring runs.
fn need(strings: &[Vec<u8>], sides: Sides) -> Option<Need> {
    let mut pieces = BTreeSet::new();
    for string in strings {
        let mut best: Option<(f32, Option<Range<usize>>, Range<usize>)> = None;
        let mut offer = |rate: f32, left: Option<Range<usize>>, run: &Range<usize>| {
            if best.as_ref().is_none_or(|(other, ..)| rate < *other) {
                best = Some((rate, left, run.clone()));
            }
        };
        let starts = |run: &Range<usize>| run.start > 0 || sides.left;
        let ends = |run: &Range<usize>| run.end < string.len() || sides.right;
        // The run in front, where it is a whole word, and how rare it is.
        let mut before: Option<(f32, Range<usize>)> = None;
        let mut at = 0;
        while at < string.len() {
            let length = string[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if length == 0 {
                at += 1;
                continue;
            }
            let run = at..at + length;
            at = run.end;
            let often = rate(&string[run.clone()], starts(&run), ends(&run));
            offer(often, None, &run);
            if let Some((left, before)) = before {
                let right = rate(&string[run.clone()], true, ends(&run));
                offer(left * right * BESIDE, Some(before), &run);
            }
            before = starts(&run).then_some((often, run));
        }
        let (_, left, run) = best?;
        let (starts, ends) = (starts(&run), ends(&run));
        let text = match left {
            Some(left) => [&string[left], &[PARTS], &string[run]].concat(),
            None => string[run].to_vec(),
        };
        pieces.insert(Piece { text, starts, ends });
    }
    let often = often(&pieces);
    Some(Need { pieces, often })
}

fn often(pieces: &BTreeSet<Piece>) -> f32 {
    let of = |piece: &Piece| match piece.pair() {
        Some((left, right)) => rate(left, true, true) * rate(right, true, piece.ends) * BESIDE,
        None => rate(&piece.text, piece.starts, piece.ends),
    };
    pieces.iter().map(of).sum::<f32>().min(1.0)
}

/// About how often a text holds a run, a word or the beginning, end or middle of one. A guess from its length and how usual
/// words are; only speed rests on it.
fn rate(text: &[u8], starts: bool, ends: bool) -> f32 {
    let by_length = |rates: [f32; 5]| rates[text.len().clamp(1, 5) - 1];
    if text.iter().any(u8::is_ascii_digit) {
        return if text.len() == 1 { 0.04 } else { 0.004 };
    }
    match (starts, ends) {
        (true, true) => match COMMON.binary_search_by_key(&text, |(word, _)| *word) {
            Ok(at) => COMMON[at].1,
            Err(_) => by_length([0.03, 0.006, 0.003, 0.0015, 0.001]),
        },
        (true, false) => {
            let from = COMMON.partition_point(|(word, _)| *word < text);
            let words = COMMON[from..].iter().take_while(|(word, _)| word.starts_with(text));
            words.map(|(_, rate)| rate).sum::<f32>() + by_length([0.9, 0.4, 0.04, 0.01, 0.003])
        }
        _ => {
            let holds = |word: &[u8]| text.len() <= 4 && word.windows(text.len()).any(|part| part == text);
            let words = COMMON.iter().filter(|(word, _)| holds(word)).map(|(_, rate)| rate).sum::<f32>();
            words + by_length([1.0, 0.7, 0.1, 0.02, 0.005])
        }
    }
}

/// About how often two words of a text stand side by side.
const BESIDE: f32 = 0.5;

/// The most usual words, with the part of posts that hold one: between what political posts of some twenty words hold, and
/// longer ones.
const USUAL: &[(f32, &str)] = &[
    (0.6, "the"),
    (0.4, "to and"),
    (0.33, "a is t of"),
    (0.24, "s in that it you i for"),
    (0.14, "he are this on not they with"),
    (0.1, "we was be have all so your if"),
    (0.08, "but no what about his she like at my as by just will do can from up who out or"),
    (
        0.05,
        "when how her would more because him their has did now re an one why been get us than m know think only people don vote",
    ),
    (
        0.03,
        "time even said were should right our over them me good going then never down after back want go make any too same say need got again let had there",
    ),
];

/// The part of posts that hold one of the other words of [`crate::words::common`].
const OTHER: f32 = 0.01;

/// Words that stand in many posts, sorted, with the part of posts that hold them.
static COMMON: LazyLock<Vec<(&'static [u8], f32)>> = LazyLock::new(|| {
    let usual = USUAL.iter().flat_map(|(rate, words)| words.split(' ').map(|word| (word.as_bytes(), *rate)));
    let mut words: Vec<(&[u8], f32)> = usual.collect();
    for word in crate::words::common() {
        if !words.iter().any(|(known, _)| *known == word) {
            words.push((word, OTHER));
        }
    }
    words.sort_unstable_by_key(|(word, _)| *word);
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the needs of a pattern, each written as its pieces with `|` between them and `.` at sides that are open.
    #[track_caller]
    fn check(pattern: &str, expected: &[&str]) {
        let found: Vec<String> = needs(&crate::pattern::expand(pattern))
            .iter()
            .map(|need| {
                let shown: Vec<String> = need
                    .pieces
                    .iter()
                    .map(|piece| {
                        let side = |parted: bool| if parted { "" } else { "." };
                        let text = String::from_utf8_lossy(&piece.text);
                        format!("{}{text}{}", side(piece.starts), side(piece.ends))
                    })
                    .collect();
                shown.join("|")
            })
            .collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn needs_are_read_off_patterns() {
        check(r"\bwatch your back\b", &["watch your", "watch", "back", "your"]);
        check(
            r"\b(?:kill|shoot)s? (?:him|her)\b",
            &[
                "kill her|kill him|kills her|kills him|shoot her|shoot him|shoots her|shoots him",
                "kill|kills|shoot|shoots",
                "her|him",
            ],
        );
        check(r"\bidentif\w+", &["identif."]);
        check(
            r"\b(?:very )?(?:slim|slimy) [a-z ]{0,5}throats?",
            &["slim|slimy", "slim|slimy|very slim|very slimy", ".throat.|.throats."],
        );
        check(r"\b[a-z]+ (?:no |yes )*", &[]);
        check(
            r"(?:\bhang (?:on|in)\b|\bkillers?\b)",
            &["hang in|hang on|killer|killers", "hang|killer|killers"],
        );
        check(r"\bdon'?t certify", &["dont certify.|t certify.", "certify.", "don t|dont"]);
        check(r"\b(?:dox+|unmask)", &["dox.|unmask."]);
        check(r"\brope(?: is)+[a-z ]{0,8}cheap\b", &["rope is.", "rope", ".cheap"]);
        check(r"\b(?:go|see) (?:[a-z]+ ){0,2}there", &["go|see", "there."]);
        check(r"(?:^|[.!]) ?(?:name|out)(?:[.!]|$)", &["name|out"]);
    }
}
