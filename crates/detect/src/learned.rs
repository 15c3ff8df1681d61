//! The learned part: a linear model over hashed word and letter groups and over what the rules said.
//!
//! It raises or lowers what rules propose, and proposes on its own where it is nearly sure. What it goes by can be shown:
//! the words that weighed most. Weights are made by `cargo xtask train` and are part of the program; `docs/model-card.md`
//! says from what, and how good it is. Without weights it says nothing and rules stand alone.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use crate::memo::Memo;

/// How many weights each head has, as a power of two.
pub const BITS: u32 = 17;

/// What the heads tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    /// Serious harm stated, wished or hinted at.
    Threat,
    /// Abuse of an identifiable person.
    Harassment,
}

impl Head {
    /// Both, in the order of the file.
    pub const ALL: [Self; 2] = [Self::Threat, Self::Harassment];
}

/// A feature: which weight it takes, how strong it is, and the words it stands for, in bytes of the reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Which weight, below two to the power of [`BITS`].
    pub index: u32,
    /// How strong.
    pub value: f32,
    /// The words.
    pub range: Range<usize>,
}

/// Weights of one head.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// What is added in any case.
    pub bias: f32,
    /// What one step of a stored weight is worth.
    pub step: f32,
    /// One per index.
    pub weights: Vec<i8>,
}

static SHIPPED: &[u8] = include_bytes!("../model/weights.bin");

static MODEL: LazyLock<Vec<Weights>> = LazyLock::new(|| read(SHIPPED));

const MAGIC: &[u8; 4] = b"RDL1";

/// Writes weights as the file that ships: magic, then a head each: bias, step, one byte a weight.
pub fn write(heads: &[Weights]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for head in heads {
        out.extend(head.bias.to_le_bytes());
        out.extend(head.step.to_le_bytes());
        out.extend(head.weights.iter().map(|weight| weight.to_le_bytes()[0]));
    }
    out
}

/// Reads what [`write()`] wrote; empty where it is something else.
pub fn read(bytes: &[u8]) -> Vec<Weights> {
    let size = (1 << BITS) + 8;
    let Some(rest) = bytes.strip_prefix(MAGIC.as_slice()) else { return Vec::new() };
    if rest.len() != size * Head::ALL.len() {
        return Vec::new();
    }
    let number = |bytes: &[u8]| bytes.try_into().map(f32::from_le_bytes).unwrap_or(0.0);
    rest.chunks_exact(size)
        .map(|head| Weights {
            bias: number(&head[..4]),
            step: number(&head[4..8]),
            weights: head[8..].iter().map(|byte| i8::from_le_bytes([*byte])).collect(),
        })
        .collect()
}

/// Words that say nothing to a reader who is shown them as a reason, sorted.
const FILLER: [&str; 60] = [
    "a", "all", "an", "and", "are", "as", "at", "be", "but", "by", "como", "de", "do", "el", "en", "for",
    "from", "get", "got", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "is",
    "it", "la", "los", "me", "my", "no", "not", "of", "on", "or", "our", "que", "she", "so", "that", "the",
    "their", "them", "they", "this", "to", "was", "we", "what", "where", "who", "with", "you", "your",
];

/// The words that spoke most for what a head looks for.
pub(crate) struct Words {
    /// The one that spoke most.
    pub strongest: Range<usize>,
    /// Those to show a reader, strongest first; words that tell nothing only where there are no others.
    pub shown: Vec<Range<usize>>,
}

/// A post as the learned part weighs it: what each of its words comes to, and what rules said of it.
#[derive(Default)]
pub(crate) struct Weighed {
    tokens: Vec<Token>,
    /// All of their words and pairs, and groups of letters.
    words: Part,
    letters: Part,
    /// What the codes of rules and marks come to.
    said: [f32; HEADS],
}

/// A word of a post, with the weights of its features together.
struct Token {
    /// In bytes of the reading.
    range: Range<usize>,
    words: [i32; HEADS],
    letters: [i32; HEADS],
}

/// Features: how many, and their weights together.
type Part = (usize, [i32; HEADS]);

fn add(part: &mut Part, more: Part) {
    part.0 += more.0;
    part.1.iter_mut().zip(more.1).for_each(|(sum, weight)| *sum += weight);
}

/// Weighs a plain reading and what was `said` of it, codes of rules and marks with their strength; `None` without weights.
/// It comes to what the [`features`] of the same text come to, without making them one by one.
pub(crate) fn weigh(text: &str, said: &[(&str, f32)]) -> Option<Weighed> {
    let model = BOTH.as_ref()?;
    let mut out = Weighed::default();
    each_word(text, model, |range, words, letters| {
        add(&mut out.words, words);
        add(&mut out.letters, letters);
        out.tokens.push(Token { range, words: words.1, letters: letters.1 });
    });
    for (code, strength) in said {
        let weights = model[index(hash(4, code.as_bytes())) as usize];
        out.said.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f32::from(weight) * strength);
    }
    Some(out)
}

impl Weighed {
    /// Returns how likely `head` finds what it looks for, from 0 to 1.
    pub fn likely(&self, head: Head) -> f32 {
        likely(head, sum(head, &self.words, &self.letters) + self.said[head as usize])
    }
}

/// Returns what words and groups of letters come to for `head`.
fn sum(head: Head, words: &Part, letters: &Part) -> f32 {
    words.1[head as usize] as f32 * value(words.0) + letters.1[head as usize] as f32 * value(letters.0)
}

/// Returns how likely `head` finds what it looks for where features come to `sum`.
fn likely(head: Head, sum: f32) -> f32 {
    let Some(weights) = MODEL.get(head as usize) else { return 0.0 };
    1.0 / (1.0 + (-(weights.bias + sum * weights.step)).exp())
}

/// Returns the words of `text`, which `weighed` is about, that spoke most for what `head` looks for, at most `count` of them
/// to be shown.
pub(crate) fn words(head: Head, text: &str, weighed: &Weighed, count: usize) -> Option<Words> {
    let (of_words, of_letters) = (value(weighed.words.0), value(weighed.letters.0));
    let gain = |token: &Token| {
        token.words[head as usize] as f32 * of_words + token.letters[head as usize] as f32 * of_letters
    };
    let mut sums: Vec<(Range<usize>, f32)> =
        weighed.tokens.iter().map(|token| (token.range.clone(), gain(token))).collect();
    sums.retain(|(_, sum)| *sum > 0.0);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
    let strongest = sums.first()?.0.clone();
    let tells = |range: &Range<usize>| FILLER.binary_search(&&text[range.clone()]).is_err();
    if sums.iter().any(|(range, _)| tells(range)) {
        sums.retain(|(range, _)| tells(range));
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    for (range, _) in sums {
        if out.len() < count && !out.iter().any(|other| other.start < range.end && range.start < other.end) {
            out.push(range);
        }
    }
    Some(Words { strongest, shown: out })
}

/// What the model sees of a plain reading, one by one, for training: each word, pair of words and, of each word, each group of
/// three to five letters once; and `said`, the codes of rules and marks with their strength.
pub(crate) fn features(text: &str, said: &[(&str, f32)]) -> Vec<Feature> {
    let mut out: Vec<Feature> = Vec::with_capacity(text.len() * 4 + said.len());
    let bytes = text.as_bytes();
    let middle = ROOM.with_borrow_mut(|room| {
        let Room { met, letters, .. } = room;
        met.next();
        let feature = |index: u32, range: &Range<usize>| Feature { index, value: 0.0, range: range.clone() };
        let (mut before, mut once) = (Hashed::BEGIN, Vec::new());
        for token in tokens(bytes) {
            let word = Hashed::of(shown(&bytes[token.clone()]));
            if met.first(word.index()) {
                out.push(feature(word.index(), &token));
                once.push(token.clone());
            }
            let pair = before.pair(word);
            if met.first(pair) {
                out.push(feature(pair, &token));
            }
            before = word;
        }
        let middle = out.len();
        for token in &once {
            let groups = letters.get(shown(&bytes[token.clone()]), groups_of);
            out.extend(groups.iter().map(|index| feature(*index, token)));
        }
        middle
    });
    let (words, letters) = (value(middle), value(out.len() - middle));
    out[..middle].iter_mut().for_each(|feature| feature.value = words);
    out[middle..].iter_mut().for_each(|feature| feature.value = letters);
    for (code, strength) in said {
        out.push(Feature { index: index(hash(4, code.as_bytes())), value: *strength, range: 0..0 });
    }
    out
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::new(Room::default());
}

/// Which indices were met in the text in hand.
struct Met {
    /// For each index, the number of the text that last held it. Numbers begin again after a while.
    last: Vec<u8>,
    text: u8,
}

impl Default for Met {
    fn default() -> Self {
        Self { last: vec![0; 1 << BITS], text: 0 }
    }
}

impl Met {
    /// Goes on to the next text.
    fn next(&mut self) {
        self.text = self.text.checked_add(1).unwrap_or_else(|| {
            self.last.fill(0);
            1
        });
    }

    /// Notes an index and tells whether this text holds it for the first time.
    #[inline(always)]
    fn first(&mut self, index: u32) -> bool {
        std::mem::replace(&mut self.last[index as usize], self.text) != self.text
    }
}

/// Room that is kept from post to post.
#[derive(Default)]
struct Room {
    met: Met,
    /// What words come to in all.
    sums: Memo<Sum>,
    /// By word: the indices of its groups of letters, once each.
    letters: Memo<u32>,
}

/// How many heads there are.
const HEADS: usize = Head::ALL.len();

/// A weight for each head.
type Pair = [i8; HEADS];

/// What a word comes to.
#[derive(Debug, Clone, Copy)]
struct Sum {
    word: Hashed,
    weights: Pair,
    /// How many groups of letters it has, and their weights together.
    letters: u16,
    sums: [i16; HEADS],
}

/// Returns how likely each head finds what it looks for in a plain reading of which no rule said anything: what [`weigh`] comes
/// to, without a list of words.
pub(crate) fn glance(text: &str) -> [f32; HEADS] {
    let Some(model) = &*BOTH else { return [0.0; HEADS] };
    let (mut words, mut letters): (Part, Part) = Default::default();
    each_word(text, model, |_, own, groups| {
        add(&mut words, own);
        add(&mut letters, groups);
    });
    Head::ALL.map(|head| likely(head, sum(head, &words, &letters)))
}

/// Calls `see` with each word of a text, what it and its pair with the word before come to, and its groups of letters; with
/// nothing for what was there before.
#[inline(always)]
fn each_word(text: &str, model: &[Pair], mut see: impl FnMut(Range<usize>, Part, Part)) {
    let bytes = text.as_bytes();
    ROOM.with_borrow_mut(|room| {
        let Room { met, sums, .. } = room;
        met.next();
        let mut before = Hashed::BEGIN;
        for range in tokens(bytes) {
            let known = sums.get(shown(&bytes[range.clone()]), |word, out| out.push(Sum::of(word, model)));
            let [known] = known else { continue };
            let (mut words, mut letters): (Part, Part) = Default::default();
            if met.first(known.word.index()) {
                words = (1, known.weights.map(i32::from));
                letters = (known.letters.into(), known.sums.map(i32::from));
            }
            let pair = before.pair(known.word);
            if met.first(pair) {
                add(&mut words, (1, model[pair as usize].map(i32::from)));
            }
            before = known.word;
            see(range, words, letters);
        }
    });
}

impl Sum {
    fn of(word: &[u8], model: &[Pair]) -> Self {
        let own = Hashed::of(word);
        let (mut groups, mut sums) = (Vec::new(), [0; HEADS]);
        groups_of(word, &mut groups);
        for group in &groups {
            sums.iter_mut().zip(model[*group as usize]).for_each(|(sum, weight)| *sum += i16::from(weight));
        }
        Self { word: own, weights: model[own.index() as usize], letters: groups.len() as u16, sums }
    }
}

/// The weights of all heads side by side; `None` without weights.
static BOTH: LazyLock<Option<Vec<[i8; HEADS]>>> = LazyLock::new(|| {
    let heads: [&Weights; HEADS] = [MODEL.get(Head::Threat as usize)?, MODEL.get(Head::Harassment as usize)?];
    Some((0..1 << BITS).map(|at| heads.map(|head| head.weights[at])).collect())
});

/// Returns how strong each of `count` features of a kind is: words and pairs are one, groups of letters the other. Each
/// weighs the same however long the post is.
fn value(count: usize) -> f32 {
    1.4 / (count.max(1) as f32).sqrt()
}

/// A word as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hashed(u32);

impl Hashed {
    /// Stands in front of the first word.
    const BEGIN: Self = Self(0x2545_F491);

    fn of(word: &[u8]) -> Self {
        Self(hash(1, word))
    }

    fn index(self) -> u32 {
        index(self.0)
    }

    /// Returns the index of this word with the `next` behind it.
    fn pair(self, next: Self) -> u32 {
        index(mixed((self.0.rotate_left(13) ^ next.0).wrapping_mul(0x85EB_CA6B)))
    }
}

fn tokens(bytes: &[u8]) -> Tokens<'_> {
    Tokens { bytes, at: 0, count: 0 }
}

/// Writes the groups of letters of a word, each once.
fn groups_of(word: &[u8], out: &mut Vec<u32>) {
    let first = out.len();
    each_group(word, |index| {
        if !out[first..].contains(&index) {
            out.push(index);
        }
    });
}

/// Calls `each` with the groups of three to five letters of a word.
#[inline(always)]
fn each_group(word: &[u8], mut each: impl FnMut(u32)) {
    let (mut room, mut states) = ([b' '; 26], [0u32; 26]);
    let length = word.len().min(24);
    room[1..=length].copy_from_slice(&word[..length]);
    let padded = &room[..length + 2];
    // A longer group goes on from the shorter one that begins at the same letter.
    for (state, group) in states.iter_mut().zip(padded.windows(2)) {
        *state = step(step(begin(3), group[0]), group[1]);
    }
    for size in 3..=5 {
        for (state, group) in states.iter_mut().zip(padded.windows(size)) {
            *state = step(*state, group[size - 1]);
            each(index(mixed(*state)));
        }
    }
}

fn index(hash: u32) -> u32 {
    hash & ((1 << BITS) - 1)
}

/// Words that stand for many: mentions, addresses of the web and numbers say only that they are there.
fn shown(word: &[u8]) -> &[u8] {
    match word.first() {
        Some(b'@') => b"@",
        Some(b'0'..=b'9') => b"0",
        _ if word.starts_with(b"http") || word.starts_with(b"t.co") => b"h",
        _ => word,
    }
}

/// Words of a text that are looked at.
const TOKENS: usize = 400;

/// The words and telling signs of a text, at most [`TOKENS`].
struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    count: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        while self.at < self.bytes.len() && self.count < TOKENS {
            let start = self.at;
            let byte = self.bytes[start];
            self.at += 1;
            if byte.is_ascii_alphanumeric() || byte == b'@' {
                let goes_on = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'\'' | b'_');
                self.at += self.bytes[self.at..].iter().take_while(goes_on).count();
                self.count += 1;
                return Some(start..self.at);
            }
            if matches!(byte, b'!' | b'?' | b'"') && (start == 0 || self.bytes[start - 1] != byte) {
                self.count += 1;
                return Some(start..self.at);
            }
        }
        None
    }
}

/// FNV-1a over `bytes`, from `seed`, mixed so that the low bits are good.
fn hash(seed: u32, bytes: &[u8]) -> u32 {
    mixed(bytes.iter().fold(begin(seed), |state, byte| step(state, *byte)))
}

fn begin(seed: u32) -> u32 {
    0x811C_9DC5 ^ seed.wrapping_mul(0x9E37_79B9)
}

fn step(state: u32, byte: u8) -> u32 {
    (state ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn mixed(state: u32) -> u32 {
    state ^ (state >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let head =
            |bias| Weights { bias, step: 0.5, weights: (0..1 << BITS).map(|at| (at % 251) as i8).collect() };
        let heads = vec![head(-1.0), head(2.0)];
        assert_eq!(read(&write(&heads)), heads);
        assert!(read(b"something else").is_empty());
    }

    #[test]
    fn features_are_the_same_each_time_and_in_range() {
        let first = features("we will find you @you http://x 555", &[("threat.intent", 0.8)]);
        assert_eq!(first, features("we will find you @you http://x 555", &[("threat.intent", 0.8)]));
        assert!(first.iter().all(|feature| feature.index < 1 << BITS && feature.value > 0.0));
    }

    #[test]
    fn words_that_tell_nothing_are_no_reason() {
        assert!(FILLER.is_sorted());
        let text = "we know where you are, i will burn your house";
        let shown = words(Head::Threat, text, &weigh(text, &[]).unwrap(), 3).unwrap().shown;
        assert!(!shown.is_empty());
        assert!(shown.iter().all(|range| !FILLER.contains(&&text[range.clone()])), "{shown:?}");
    }

    #[test]
    fn what_is_weighed_is_what_the_features_say() {
        for line in include_str!("../data/posts.jsonl").lines().chain(["", "a a a b a", "ing ring sing ring"])
        {
            let text = values::Folded::of(line);
            for said in [&[][..], &[("threat.intent", 0.5), ("shown.idiom", 0.5)]] {
                let features = features(text.as_str(), said);
                let weighed = weigh(text.as_str(), said).unwrap();
                for head in Head::ALL {
                    let weight =
                        |f: &Feature| f32::from(MODEL[head as usize].weights[f.index as usize]) * f.value;
                    let asked = likely(head, features.iter().map(weight).sum());
                    let near = |other: f32| (asked - other).abs() < 1e-4;
                    assert!(near(weighed.likely(head)), "{head:?} {asked} {line}");
                    assert!(
                        !said.is_empty() || near(glance(text.as_str())[head as usize]),
                        "{head:?} {line}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_word_said_twice_is_seen_once_and_a_pair_apart_from_the_other_way_round() {
        let indices = |text: &str| features(text, &[]).iter().map(|f| f.index).collect::<Vec<u32>>();
        assert_eq!(indices("burn it").len(), indices("burn it it").len() - 1, "one more pair");
        assert_ne!(indices("burn it")[3], indices("it burn")[3]);
    }
}
