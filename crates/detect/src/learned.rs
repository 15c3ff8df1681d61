//! The learned part: a linear model over hashed word and letter groups and over what the rules said.
//!
//! It raises or lowers what rules propose, and proposes on its own where it is nearly sure. What it goes by can be shown:
//! the words that weighed most. Weights are made by `cargo xtask train` and are part of the program; `docs/model-card.md`
//! says from what, and how good it is. Without weights it says nothing and rules stand alone.

use std::ops::Range;
use std::sync::LazyLock;

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

/// Returns the at most `count` words that spoke most for what `head` looks for, strongest first.
pub(crate) fn words(head: Head, features: &[Feature], count: usize) -> Vec<Range<usize>> {
    let Some(weights) = MODEL.get(head as usize) else { return Vec::new() };
    let mut sums: Vec<(Range<usize>, f32)> = Vec::new();
    for feature in features.iter().filter(|feature| !feature.range.is_empty()) {
        let gain = f32::from(weights.weights[feature.index as usize]) * feature.value;
        match sums.iter_mut().find(|(range, _)| *range == feature.range) {
            Some((_, sum)) => *sum += gain,
            None => sums.push((feature.range.clone(), gain)),
        }
    }
    sums.retain(|(_, sum)| *sum > 0.0);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.start.cmp(&b.0.start)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for (range, _) in sums {
        if out.len() < count && !out.iter().any(|other| other.start < range.end && range.start < other.end) {
            out.push(range);
        }
    }
    out
}

/// What the model sees of a plain reading: words, pairs of words, groups of three to five letters, and `said`, the codes of
/// rules and marks with their strength.
pub(crate) fn features(text: &str, said: &[(&str, f32)]) -> Vec<Feature> {
    let tokens = tokens(text);
    let mut out: Vec<Feature> = Vec::with_capacity(tokens.len() * 10);
    let mut seen = [0u64; (1 << BITS) / 64];
    let mut add = |out: &mut Vec<Feature>, hash: u32, range: Range<usize>| {
        let index = hash & ((1 << BITS) - 1);
        let (word, bit) = ((index / 64) as usize, 1u64 << (index % 64));
        if seen[word] & bit == 0 {
            seen[word] |= bit;
            out.push(Feature { index, value: 0.0, range });
        }
    };
    let bytes = text.as_bytes();
    let mut before: &[u8] = b"<";
    for token in &tokens {
        let word = shown(&bytes[token.clone()]);
        add(&mut out, hash(1, word), token.clone());
        add(&mut out, hash(hash(2, before), word), token.clone());
        before = word;
    }
    let middle = out.len();
    let mut room = [b' '; 26];
    for token in &tokens {
        let word = shown(&bytes[token.clone()]);
        let length = word.len().min(24);
        room[1..=length].copy_from_slice(&word[..length]);
        room[length + 1] = b' ';
        let padded = &room[..length + 2];
        for size in 3..=5 {
            for group in padded.windows(size) {
                add(&mut out, hash(3, group), token.clone());
            }
        }
    }
    // Each kind weighs the same however long the post is.
    let scale = |part: &mut [Feature], whole: f32| {
        let value = whole / (part.len().max(1) as f32).sqrt();
        part.iter_mut().for_each(|feature| feature.value = value);
    };
    scale(&mut out[..middle], 1.4);
    scale(&mut out[middle..], 1.4);
    for (code, strength) in said {
        out.push(Feature {
            index: hash(4, code.as_bytes()) & ((1 << BITS) - 1),
            value: *strength,
            range: 0..0,
        });
    }
    out
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

fn tokens(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() && out.len() < 400 {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric() || byte == b'@' {
            let start = at;
            at += 1;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'\'' | b'_'))
            {
                at += 1;
            }
            out.push(start..at);
        } else {
            if matches!(byte, b'!' | b'?' | b'"') && bytes.get(at.wrapping_sub(1)) != Some(&byte) {
                out.push(at..at + 1);
            }
            at += 1;
        }
    }
    out
}

/// FNV-1a over `bytes`, from `seed`, mixed so that the low bits are good.
fn hash(seed: u32, bytes: &[u8]) -> u32 {
    let mut state = 0x811C_9DC5 ^ seed.wrapping_mul(0x9E37_79B9);
    for byte in bytes {
        state = (state ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    }
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
}
