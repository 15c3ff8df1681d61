//! What a pattern cannot match without, read off the pattern itself.
//!
//! A need is a list of words of which at least one must stand in a text for the pattern to match there. A pattern may have
//! several needs; all must be met. Needs say nothing about order and they may be too weak, never too strong: where nothing
//! can be told, there is no need, and the pattern is asked each time.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// A run of letters and digits that a text must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Piece {
    /// The letters and digits.
    pub text: Vec<u8>,
    /// No letter or digit stands in front of it.
    pub starts: bool,
    /// No letter or digit stands behind it.
    pub ends: bool,
}

/// Pieces of which one must occur, and about how often a text holds one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    pub pieces: BTreeSet<Piece>,
    pub often: f32,
}

/// Strings that a part matches, each once.
type Strings = Vec<Vec<u8>>;

/// Strings are written out only up to this many, and by putting others together only up to so many.
const STRINGS: usize = 1500;
const JOINED: usize = 100;

/// A need that nearly every text meets is none.
const OFTEN: f32 = 0.7;

/// Returns what `pattern`, a regular expression over bytes, cannot match without; the rarest need first.
pub(crate) fn needs(pattern: &str) -> Vec<Need> {
    let parsed = ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern);
    let Ok(hir) = parsed else { return Vec::new() };
    let mut found = of(&hir, Sides { left: false, right: false });
    found.retain(|need| need.often < OFTEN);
    found.sort_by(|a, b| a.often.total_cmp(&b.often));
    found.dedup_by(|a, b| a.pieces == b.pieces);
    found
}

/// Whether a letter or digit at the edge of a part is sure to have none beside it.
#[derive(Clone, Copy)]
struct Sides {
    left: bool,
    right: bool,
}

fn of(hir: &Hir, sides: Sides) -> Vec<Need> {
    if let Some(strings) = strings(hir) {
        return need(&strings, sides).into_iter().collect();
    }
    match hir.kind() {
        HirKind::Capture(group) => of(&group.sub, sides),
        HirKind::Repetition(repeated) if repeated.min > 0 => {
            let alone = repeated.max == Some(1);
            of(&repeated.sub, Sides { left: alone && sides.left, right: alone && sides.right })
        }
        HirKind::Alternation(branches) => {
            // One need a branch, its rarest; any of them will do.
            let mut all = Need { pieces: BTreeSet::new(), often: 0.0 };
            for branch in branches {
                let best = of(branch, sides).into_iter().min_by(|a, b| a.often.total_cmp(&b.often));
                let Some(best) = best else { return Vec::new() };
                all.pieces.extend(best.pieces);
            }
            all.often = often(&all.pieces);
            vec![all]
        }
        HirKind::Concat(parts) => row(parts, sides),
        _ => Vec::new(),
    }
}

/// One step of a row: strings that are written out, or a part that is not.
enum Step<'a> {
    Strings(Strings),
    Part(&'a Hir),
}

fn row(parts: &[Hir], sides: Sides) -> Vec<Need> {
    let mut steps: Vec<Step> = Vec::new();
    for part in parts {
        let Some(new) = strings(part).or_else(|| least(part)) else {
            steps.push(Step::Part(part));
            continue;
        };
        if let Some(Step::Strings(before)) = steps.last_mut()
            && let Some(both) = joined(before, &new)
        {
            *before = both;
        } else {
            steps.push(Step::Strings(new));
        }
        if strings(part).is_none() {
            // More of it may follow.
            steps.push(Step::Part(part));
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
            Step::Part(part) => out.extend(of(part, here)),
        }
    }
    out
}

/// Tells whether what stands beside a letter or digit, going through `steps` away from it, is sure to be neither.
fn parted<'a>(steps: impl Iterator<Item = &'a Step<'a>>, edge: Edge, outside: bool) -> bool {
    for step in steps {
        let (word, empty) = match step {
            Step::Strings(strings) => strings_edge(strings, edge),
            Step::Part(part) => match part.kind() {
                // Beside a letter or digit these hold only where it has no other beside it.
                HirKind::Look(Look::WordAscii | Look::Start | Look::End | Look::StartLF | Look::EndLF) => {
                    return true;
                }
                _ => part_edge(part, edge),
            },
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

/// Returns all strings that a part matches, where these are few.
fn strings(hir: &Hir) -> Option<Strings> {
    match hir.kind() {
        HirKind::Empty => Some(vec![Vec::new()]),
        HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
        HirKind::Class(class) => {
            // The digits are the largest class that is worth writing out.
            let all: Strings = bytes(class).take(11).map(|b| vec![b]).collect();
            (all.len() <= 10).then_some(all)
        }
        HirKind::Look(_) => None,
        HirKind::Capture(group) => strings(&group.sub),
        HirKind::Repetition(Repetition { min, max: Some(max), sub, .. }) if *max <= 3 => {
            let once = strings(sub)?;
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
                all = joined(&all, &strings(part)?)?;
            }
            Some(all)
        }
        HirKind::Alternation(branches) => {
            let mut all = Strings::new();
            for branch in branches {
                all.extend(strings(branch)?);
                if all.len() > STRINGS {
                    return None;
                }
            }
            once_each(all)
        }
    }
}

/// Returns the strings that a part which may go on without end begins with: `x` of `x+`.
fn least(hir: &Hir) -> Option<Strings> {
    match hir.kind() {
        HirKind::Repetition(Repetition { min: 1, max: None, sub, .. }) => strings(sub),
        _ => None,
    }
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

/// Returns the need of one of `strings`, each by its rarest run of letters and digits.
fn need(strings: &[Vec<u8>], sides: Sides) -> Option<Need> {
    let mut pieces = BTreeSet::new();
    for string in strings {
        let mut best: Option<Piece> = None;
        let mut at = 0;
        while at < string.len() {
            let length = string[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if length == 0 {
                at += 1;
                continue;
            }
            let piece = Piece {
                text: string[at..at + length].to_vec(),
                starts: at > 0 || sides.left,
                ends: at + length < string.len() || sides.right,
            };
            at += length;
            if best.as_ref().is_none_or(|other| rate(&piece) < rate(other)) {
                best = Some(piece);
            }
        }
        pieces.insert(best?);
    }
    let often = often(&pieces);
    Some(Need { pieces, often })
}

fn often(pieces: &BTreeSet<Piece>) -> f32 {
    pieces.iter().map(rate).sum::<f32>().min(1.0)
}

/// About how often a text holds a piece. A guess from its length and how usual words are; only speed rests on it.
fn rate(piece: &Piece) -> f32 {
    let text = piece.text.as_slice();
    let by_length = |rates: [f32; 5]| rates[text.len().clamp(1, 5) - 1];
    if text.len() == 1 && text[0].is_ascii_digit() {
        return 0.04;
    }
    match (piece.starts, piece.ends) {
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

/// The most usual words, with the part of texts of some two dozen words that hold one.
const USUAL: &[(f32, &str)] = &[
    (0.7, "the"),
    (0.48, "to and"),
    (0.42, "a of"),
    (0.3, "in is i you"),
    (0.22, "that it for"),
    (0.15, "on he are this be have"),
    (0.12, "they with we not his was your"),
    (0.1, "at all will so my as by if or just what no from but"),
    (0.07, "her she their has do can who about up out like one an me our how get"),
];

/// The part of texts that hold one of the other words of [`crate::words::common`].
const OTHER: f32 = 0.05;

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
        let found: Vec<String> = needs(&crate::rules::expand(pattern))
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
        check(r"\bwatch your back\b", &["watch", "back", "your"]);
        check(r"\b(?:kill|shoot)s? (?:him|her)\b", &["kill|kills|shoot|shoots", "her|him"]);
        check(r"\bidentif\w+", &["identif."]);
        check(r"\b(?:very )?(?:slim|slimy) [a-z ]{0,5}throats?", &["slim|slimy", ".throat.|.throats."]);
        check(r"\b[a-z]+ (?:no |yes )*", &[]);
        check(r"(?:\bhang (?:on|in)\b|\bkillers?\b)", &["hang|killer|killers"]);
        check(r"\bdon'?t certify", &["certify.", "don|dont"]);
        check(r"\b(?:dox+|unmask)", &["dox.|unmask."]);
    }
}
