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

/// Returns how likely `head` finds what it looks for, from 0 to 1; 0 without weights.
pub(crate) fn ask(head: Head, features: &[Feature]) -> f32 {
    let Some(weights) = MODEL.get(head as usize) else { return 0.0 };
    let sum: f32 = features
        .iter()
        .map(|feature| f32::from(weights.weights[feature.index as usize]) * feature.value)
        .sum();
    1.0 / (1.0 + (-(weights.bias + sum * weights.step)).exp())
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

/// Returns the words of `text` that spoke most for what `head` looks for, at most `count` of them to be shown.
pub(crate) fn words(head: Head, text: &str, features: &[Feature], count: usize) -> Option<Words> {
    let weights = MODEL.get(head as usize)?;
    let mut sums: Vec<(Range<usize>, f32)> = Vec::new();
    // What stands for one word stands together, and words come in their order: mostly it is the same one or the next.
    let mut last = 0;
    for feature in features.iter().filter(|feature| !feature.range.is_empty()) {
        let gain = f32::from(weights.weights[feature.index as usize]) * feature.value;
        let is = |at: &usize| sums.get(*at).is_some_and(|(range, _)| *range == feature.range);
        match [last, last + 1].into_iter().find(is).or_else(|| (0..sums.len()).find(is)) {
            Some(at) => {
                sums[at].1 += gain;
                last = at;
            }
            None => {
                last = sums.len();
                sums.push((feature.range.clone(), gain));
            }
        }
    }
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

/// What the model sees of a plain reading: words, pairs of words, groups of three to five letters, and `said`, the codes of
/// rules and marks with their strength.
pub(crate) fn features(text: &str, said: &[(&str, f32)]) -> Vec<Feature> {
    let mut out: Vec<Feature> = Vec::with_capacity(text.len() * 4 + said.len());
    let mut middle = 0;
    let mut add = |part: Part, index: u32, range: &Range<usize>| {
        out.push(Feature { index, value: 0.0, range: range.clone() });
        middle += usize::from(part == Part::Words);
    };
    ROOM.with_borrow_mut(|room| match &*BOTH {
        Some(model) => each_first(text, model, room, |part, index, _, range| add(part, index, range)),
        None => {
            room.met.next();
            groups(text, |part, index, range| {
                if room.met.first(index) {
                    add(part, index, range);
                }
            });
        }
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
    /// By word: its own index and the indices of its groups of letters, once each, with the weights of all heads.
    words: Memo<(u32, Pair)>,
    /// The words of the text in hand, and where the answers for each stand.
    answers: Vec<(Range<usize>, Range<usize>)>,
}

/// A weight for each head.
type Pair = [i8; Head::ALL.len()];

/// Returns about how likely each head finds what it looks for in a plain reading of which no rule said anything: what [`ask`]
/// says of its [`features`] but for rounding, at a small part of the cost.
pub(crate) fn glance(text: &str) -> [f32; Head::ALL.len()] {
    let Some(model) = &*BOTH else { return [0.0; Head::ALL.len()] };
    // How many features of each part there are, and their weights together.
    let (mut counts, mut sums) = ([0; 2], [[0_i32; Head::ALL.len()]; 2]);
    ROOM.with_borrow_mut(|room| {
        each_first(text, model, room, |part, _, weights, _| {
            counts[part as usize] += 1;
            for (sum, weight) in sums[part as usize].iter_mut().zip(weights) {
                *sum += i32::from(weight);
            }
        });
    });
    let values = counts.map(value);
    std::array::from_fn(|head| {
        let sum = sums[0][head] as f32 * values[0] + sums[1][head] as f32 * values[1];
        let weights = &MODEL[head];
        1.0 / (1.0 + (-(weights.bias + sum * weights.step)).exp())
    })
}

/// Calls `each` with all that the model sees of a text as [`groups`] does, each only the first time, and with its weights.
/// What a word comes to is remembered.
#[inline(always)]
fn each_first(
    text: &str,
    model: &[Pair],
    room: &mut Room,
    mut each: impl FnMut(Part, u32, Pair, &Range<usize>),
) {
    let Room { met, words, answers } = room;
    met.next();
    answers.clear();
    // Answers that this text asks for stay where they are while it is read.
    words.make_room(TOKENS, text.len() + TOKENS, GROUPS);
    let bytes = text.as_bytes();
    let mut before: &[u8] = b"<";
    for token in tokens(bytes) {
        let word = shown(&bytes[token.clone()]);
        let place = words.place(word, |word, out| {
            let own = index(hash(1, word));
            out.push((own, model[own as usize]));
            let first = out.len();
            each_group(word, |index| {
                if !out[first..].iter().any(|(known, _)| *known == index) {
                    out.push((index, model[index as usize]));
                }
            });
        });
        if let Some((own, weights)) = words.answers(place.start..place.start + 1).first()
            && met.first(*own)
        {
            each(Part::Words, *own, *weights, &token);
        }
        let pair = index(hash(hash(2, before), word));
        if met.first(pair) {
            each(Part::Words, pair, model[pair as usize], &token);
        }
        answers.push((token, place.start + 1..place.end));
        before = word;
    }
    for (token, place) in answers.iter() {
        for (index, weights) in words.answers(place.clone()) {
            if met.first(*index) {
                each(Part::Letters, *index, *weights, token);
            }
        }
    }
}

/// The weights of all heads side by side; `None` without weights.
static BOTH: LazyLock<Option<Vec<[i8; Head::ALL.len()]>>> = LazyLock::new(|| {
    let heads: [&Weights; Head::ALL.len()] =
        [MODEL.get(Head::Threat as usize)?, MODEL.get(Head::Harassment as usize)?];
    Some((0..1 << BITS).map(|at| heads.map(|head| head.weights[at])).collect())
});

/// The two kinds of what the model sees of a text. Each weighs the same however long the post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Words and pairs of words.
    Words,
    /// Groups of letters.
    Letters,
}

/// Returns how strong each of `count` features of a part is.
fn value(count: usize) -> f32 {
    1.4 / (count.max(1) as f32).sqrt()
}

/// Calls `each` with all that the model sees of a text, words first, with the words it stands for; things that occur twice
/// are told twice.
#[inline(always)]
fn groups(text: &str, mut each: impl FnMut(Part, u32, &Range<usize>)) {
    let bytes = text.as_bytes();
    each_word(bytes, |index, token| each(Part::Words, index, token));
    for token in tokens(bytes) {
        each_group(shown(&bytes[token.clone()]), |index| each(Part::Letters, index, &token));
    }
}

fn tokens(bytes: &[u8]) -> Tokens<'_> {
    Tokens { bytes, at: 0, count: 0 }
}

/// Calls `each` with the words and pairs of words of a text.
#[inline(always)]
fn each_word(bytes: &[u8], mut each: impl FnMut(u32, &Range<usize>)) {
    let mut before: &[u8] = b"<";
    for token in tokens(bytes) {
        let word = shown(&bytes[token.clone()]);
        each(index(hash(1, word)), &token);
        each(index(hash(hash(2, before), word)), &token);
        before = word;
    }
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

/// Words of a text that are looked at, and groups of letters that a word has at most.
const TOKENS: usize = 400;
const GROUPS: usize = 72;

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
        let shown = words(Head::Threat, text, &features(text, &[]), 3).unwrap().shown;
        assert!(!shown.is_empty());
        assert!(shown.iter().all(|range| !FILLER.contains(&&text[range.clone()])), "{shown:?}");
    }

    #[test]
    fn a_glance_says_what_the_features_say() {
        for line in include_str!("../data/posts.jsonl").lines() {
            let text = values::Folded::of(line);
            let features = features(text.as_str(), &[]);
            let mut all: Vec<(u32, Range<usize>)> = Vec::new();
            groups(text.as_str(), |_, index, range| {
                if !all.iter().any(|(known, _)| *known == index) {
                    all.push((index, range.clone()));
                }
            });
            assert!(features.iter().map(|feature| (feature.index, feature.range.clone())).eq(all));
            let glance = glance(text.as_str());
            for head in Head::ALL {
                let asked = ask(head, &features);
                assert!((glance[head as usize] - asked).abs() < 1e-4, "{head:?} {asked} {glance:?} {line}");
            }
        }
    }
}
