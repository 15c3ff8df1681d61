//! Frames: what is said of a stolen election, whatever the words are.
//!
//! “Biden cheated”, “they rigged 2020” and “the election was stolen from him” share hardly a word. A frame is a few sets of
//! words that stand near each other (`data/frames.txt`); posts and claims are both read for frames, so a claim is reached
//! through what it says. A library that speaks of something else has no frames and is matched as before.

use std::ops::Range;
use std::sync::LazyLock;

use values::Folded;

use super::text::{self, ByHash};

/// A set of sets of words, a bit each.
pub(super) type Sets = u128;

/// A set of frames, a bit each.
pub(super) type Mask = u64;

/// The frames there are, and the words that call for them.
struct Frames {
    names: Vec<&'static str>,
    lines: Vec<Line>,
    /// Of a word: which sets it is in, and whether two words of a set begin with it.
    words: ByHash<(Sets, bool)>,
    /// The same of two words, by the hash of the first, a blank and the second.
    pairs: ByHash<Sets>,
}

/// One way of saying a frame.
struct Line {
    frame: usize,
    /// The sets it needs.
    needs: Vec<Sets>,
    /// Whether they stand in this order.
    ordered: bool,
    within: u32,
    /// What must not stand near.
    without: Sets,
    all: Sets,
}

/// How many words a frame spans where nothing is said.
const WITHIN: u32 = 8;
/// How near a word must stand that a frame rules out.
const NEAR: u32 = 4;
/// How far the end of a sentence moves words apart.
const SENTENCE: u32 = 40;

static FRAMES: LazyLock<Frames> = LazyLock::new(|| Frames::read(include_str!("../../data/frames.txt")));

/// A word, or two, of some sets.
#[derive(Debug)]
pub(super) struct Word {
    sets: Sets,
    at: u32,
    range: Range<usize>,
}

/// A frame that a text says, with the first and the last of the words that say it, in bytes of the reading.
pub(super) type Said = (usize, [Range<usize>; 2]);

/// Returns the frames of a text, each once.
pub(super) fn of(original: &str, reading: &Folded) -> Vec<Said> {
    let mut words = Vec::new();
    let mut reader = Reader::new(reading.as_str(), &mut words);
    text::each(original, reading, |range| {
        let (sets, begins) = sets(&reading.as_str().as_bytes()[range.clone()]);
        reader.word(&range, sets, begins);
    });
    said(&words)
}

/// Returns the sets that a word is in, and whether two words of a set begin with it.
pub(super) fn sets(word: &[u8]) -> (Sets, bool) {
    FRAMES.words.get(&text::hash(word)).copied().unwrap_or_default()
}

/// Returns the frames that `words` say, each once.
pub(super) fn said(words: &[Word]) -> Vec<Said> {
    let here = words.iter().fold(0, |all, word| all | word.sets);
    let mut out: Vec<Said> = Vec::new();
    for line in FRAMES.lines.iter().filter(|line| line.all & !here == 0) {
        if !out.iter().any(|(frame, _)| *frame == line.frame)
            && let Some(words) = line.find(words)
        {
            out.push((line.frame, words));
        }
    }
    out
}

/// Reads the words of a text one after the other and keeps those of frames.
pub(super) struct Reader<'a> {
    text: &'a str,
    words: &'a mut Vec<Word>,
    at: u32,
    /// Where the last word ended, and where it stands if two words may begin with it.
    last: usize,
    first: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    /// Keeps the words of `text` in `words`.
    pub fn new(text: &'a str, words: &'a mut Vec<Word>) -> Self {
        Self { text, words, at: 0, last: 0, first: None }
    }

    /// Reads the next word, which is in `sets`; `begins` tells whether two words of a set may begin with it.
    #[inline]
    pub fn word(&mut self, range: &Range<usize>, sets: Sets, begins: bool) {
        let between = &self.text.as_bytes()[self.last.min(range.start)..range.start];
        let ends = between.iter().any(|byte| matches!(byte, b'.' | b'!' | b'?' | b'\n' | b';'));
        self.at += if ends { SENTENCE + 1 } else { 1 };
        self.last = range.end;
        let first = self.first.take().filter(|_| !ends);
        if begins {
            self.first = Some(range.clone());
        }
        let both = first.as_ref().and_then(|first| {
            FRAMES.pairs.get(&pair(&self.text[first.clone()], &self.text[range.clone()])).copied()
        });
        let sets = sets | both.unwrap_or_default();
        if sets > 0 {
            let start =
                if both.is_some() { first.map_or(range.start, |first| first.start) } else { range.start };
            self.words.push(Word { sets, at: self.at, range: start..range.end });
        }
    }
}

/// Returns the set of `frames`.
pub(super) fn mask(frames: &[Said]) -> Mask {
    frames.iter().fold(0, |all, (frame, _)| all | 1 << frame)
}

/// Returns the frames of a set.
fn each(frames: Mask) -> impl Iterator<Item = usize> {
    (0..Mask::BITS as usize).filter(move |frame| frames & (1 << frame) > 0)
}

/// Returns how rare `frames` are together; `rarities` says how rare each is.
pub(super) fn weigh(frames: Mask, rarities: &[f32]) -> f32 {
    each(frames).map(|frame| rarities[frame]).sum()
}

/// Returns how rare each frame is among claims of which `claims` are the frames; zero for one that no claim says.
pub(super) fn rarities(claims: impl ExactSizeIterator<Item = Mask>) -> Vec<f32> {
    let total = claims.len() as f32;
    let mut held = vec![0.0_f32; FRAMES.names.len()];
    claims.for_each(|frames| each(frames).for_each(|frame| held[frame] += 1.0));
    let rarity = |held: f32| if held > 0.0 { super::index::rarity(total, held) } else { 0.0 };
    held.into_iter().map(rarity).collect()
}

impl Frames {
    /// Reads the file that is part of the program.
    fn read(text: &'static str) -> Self {
        let mut sets: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut lines: Vec<(&str, &str)> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (name, rest) = line.split_once(':').unwrap_or((line, ""));
            match name.strip_prefix("= ") {
                Some(name) => sets.push((name, rest.split_whitespace().collect())),
                None => lines.push((name, rest)),
            }
        }
        let mut out =
            Self { names: Vec::new(), lines: Vec::new(), words: ByHash::default(), pairs: ByHash::default() };
        let number = |wanted: &str| sets.iter().position(|(name, _)| *name == wanted);
        for (at, (_, words)) in sets.iter().enumerate() {
            for word in words {
                match word.strip_prefix('@').and_then(number) {
                    Some(other) => sets[other].1.iter().for_each(|word| out.add(word, at)),
                    None => out.add(word, at),
                }
            }
        }
        for (name, rest) in lines {
            let frame = out.names.iter().position(|known| *known == name).unwrap_or_else(|| {
                out.names.push(name);
                out.names.len() - 1
            });
            let mut line =
                Line { frame, needs: Vec::new(), ordered: false, within: WITHIN, without: 0, all: 0 };
            let mut refused = false;
            for word in rest.split_whitespace() {
                match word {
                    "&" => {}
                    ">" => line.ordered = true,
                    "!" => refused = true,
                    _ => match (word.strip_prefix('/').and_then(|n| n.parse().ok()), number(word)) {
                        (Some(within), _) => line.within = within,
                        (None, Some(set)) if refused => line.without |= 1 << set,
                        (None, Some(set)) => line.needs.push(1 << set),
                        (None, None) => panic!("frames.txt is a part of the program; no set {word:?}"),
                    },
                }
            }
            line.all = line.needs.iter().fold(0, |all, set| all | set);
            out.lines.push(line);
        }
        out
    }

    fn add(&mut self, word: &str, set: usize) {
        match word.split_once('_') {
            None => self.words.entry(text::hash(word.as_bytes())).or_default().0 |= 1 << set,
            Some((first, second)) => {
                self.words.entry(text::hash(first.as_bytes())).or_default().1 = true;
                *self.pairs.entry(pair(first, second)).or_default() |= 1 << set;
            }
        }
    }
}

fn pair(first: &str, second: &str) -> u64 {
    let mix = text::hash(first.as_bytes()).rotate_left(23);
    mix ^ text::hash(second.as_bytes())
}

impl Line {
    /// Returns the first place that says it.
    fn find(&self, words: &[Word]) -> Option<[Range<usize>; 2]> {
        let begins = |word: &&Word| {
            if self.ordered { word.sets & self.needs[0] > 0 } else { word.sets & self.all > 0 }
        };
        words.iter().enumerate().filter(|(_, word)| begins(word)).find_map(|(from, first)| {
            let until = first.at + self.within;
            let near = words[from..].iter().take_while(|word| word.at <= until);
            let end = if self.ordered { self.in_order(near) } else { self.in_any(near) }?;
            let ruled_out = |word: &Word| {
                word.sets & self.without > 0 && word.at + NEAR >= first.at && word.at <= end.at + NEAR
            };
            (!words.iter().any(ruled_out)).then(|| [first.range.clone(), end.range.clone()])
        })
    }

    /// Each needed set in its turn, each met by a word of its own.
    fn in_order<'a>(&self, mut near: impl Iterator<Item = &'a Word>) -> Option<&'a Word> {
        let mut last = None;
        for need in &self.needs {
            last = Some(near.find(|word| word.sets & need > 0)?);
        }
        last
    }

    /// Every needed set. A word that is in two of them stands for one.
    fn in_any<'a>(&self, near: impl Iterator<Item = &'a Word>) -> Option<&'a Word> {
        let (mut met, mut count) = (0, 0);
        for word in near {
            if word.sets & self.all & !met > 0 {
                met |= word.sets & self.all;
                count += 1;
                if met == self.all && count >= self.needs.len() {
                    return Some(word);
                }
            } else if word.sets & self.all > 0 && met == self.all {
                // The second word where the first was in both.
                count += 1;
                if count >= self.needs.len() {
                    return Some(word);
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = of(text, &Folded::of(text)).iter().map(|(at, _)| FRAMES.names[*at]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sets_and_frames_fit() {
        assert!(FRAMES.names.len() <= Mask::BITS as usize);
        assert!(
            FRAMES
                .lines
                .iter()
                .all(|line| !line.needs.is_empty() && line.all.count_ones() as usize == line.needs.len())
        );
        let file = include_str!("../../data/frames.txt");
        let sets: Vec<&str> = file.lines().filter_map(|line| line.strip_prefix("= ")).collect();
        assert!(sets.len() <= Sets::BITS as usize, "{}", sets.len());
        for word in sets.iter().flat_map(|set| set.split_whitespace()) {
            assert!(word.matches('_').count() < 2, "{word} is more than two words");
        }
    }

    #[test]
    fn frames_are_seen_whatever_the_words() {
        check("Biden cheated.", &["stolen"]);
        check("he cheated on his wife", &[]);
        check("They will STEAL it, the election I mean", &["next_steal"]);
        check("The illegals all vote", &["noncitizens"]);
        check("illegal parking. Please vote", &[]);
        check("la maquina cambio los votos", &["machines"]);
        check("votes were found at 3 am in the night", &["night"]);
        check("what a nice day to vote early", &[]);
    }
}
