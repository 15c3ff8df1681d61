//! Pairs of neighbouring words: far rarer than their words, so that a rule made of usual words is seldom asked.

use std::collections::BTreeMap;

use super::trie::Trie;
use crate::tape::{Reader, Writer};

/// Pairs, each with the set of needs that it meets. A left is a whole word; a right is a whole word or the beginning of one.
pub(super) struct Pairs {
    lefts: Trie,
    rights: Trie,
    /// For each word of `rights`, the number of the right that is its beginning, and of the one that is the whole; 0 for none.
    numbers: Vec<(u16, u16)>,
    /// Set bits for all pairs, and few others; see [`place`].
    signs: Vec<u64>,
    /// Pairs, sorted, and beside each its set.
    pairs: Vec<(u16, u16)>,
    sets: Vec<u16>,
}

/// Bits that tell pairs from others, as a power of two: most words that stand side by side are no pair.
const SIGNS: u32 = 17;

/// Left, right, and whether the right is a whole word.
pub(super) type Pair<'a> = (&'a [u8], &'a [u8], bool);

impl Pairs {
    /// Prepares pairs and their sets.
    pub fn new(pairs: &BTreeMap<Pair, u16>) -> Self {
        let mut rights: BTreeMap<&[u8], (u16, u16)> = BTreeMap::new();
        let mut next = 0;
        for (_, right, whole) in pairs.keys() {
            let both = rights.entry(right).or_default();
            let number = if *whole { &mut both.1 } else { &mut both.0 };
            if *number == 0 {
                next += 1;
                *number = next;
            }
        }
        let mut lefts: BTreeMap<&[u8], u16> = BTreeMap::new();
        let mut all: Vec<((u16, u16), u16)> = Vec::new();
        for ((left, right, whole), set) in pairs {
            let next = lefts.len() as u16 + 1;
            let left = *lefts.entry(left).or_insert(next);
            let (begins, is) = rights[right];
            all.push(((left, if *whole { is } else { begins }), *set));
        }
        all.sort_unstable();
        let (pairs, sets): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let mut signs = vec![0; 1 << (SIGNS - 6)];
        for (left, right) in &pairs {
            let (word, bit) = place(*left, *right);
            signs[word] |= bit;
        }
        Self {
            lefts: Trie::new(lefts.into_iter().map(|(left, number)| (left, u32::from(number)))),
            numbers: rights.values().copied().collect(),
            rights: Trie::new(rights.into_keys().zip(0..)),
            signs,
            pairs,
            sets,
        }
    }

    /// Writes it down.
    #[allow(dead_code, reason = "only the build script and tests write")]
    pub fn write(&self, out: &mut Writer) {
        self.lefts.write(out);
        self.rights.write(out);
        out.list(self.numbers.iter().map(|both| two(*both)));
        out.list(self.signs.iter().flat_map(|signs| [*signs as u32, (*signs >> 32) as u32]));
        out.list(self.pairs.iter().map(|pair| two(*pair)));
        out.list(self.sets.iter().map(|set| u32::from(*set)));
    }

    /// Reads what [`Pairs::write`] wrote.
    pub fn read(tape: &mut Reader) -> Option<Self> {
        let (lefts, rights) = (Trie::read(tape)?, Trie::read(tape)?);
        let numbers = tape.list()?.map(apart).collect();
        let mut halves = tape.list()?;
        let mut signs = Vec::with_capacity(halves.len() / 2);
        while let Some(low) = halves.next() {
            signs.push(u64::from(low) | u64::from(halves.next()?) << 32);
        }
        let pairs = tape.list()?.map(apart).collect();
        let sets = tape.list()?.map(|set| set as u16).collect();
        Some(Self { lefts, rights, numbers, signs, pairs, sets })
    }

    /// Returns the number of the left that `word` is; 0 for none.
    pub fn left(&self, word: &[u8]) -> u16 {
        let mut found = 0;
        self.lefts.walk(word, 0, |number, end| {
            if end == word.len() {
                found = number as u16;
            }
        });
        found
    }

    /// Calls `each` with the number of every right that `word` is or begins with.
    pub fn rights(&self, word: &[u8], mut each: impl FnMut(u16)) {
        self.rights.walk(word, 0, |number, end| {
            let (begins, is) = self.numbers[number as usize];
            if begins > 0 {
                each(begins);
            }
            if is > 0 && end == word.len() {
                each(is);
            }
        });
    }

    /// Returns the set that `left` and `right` meet side by side.
    #[inline]
    pub fn set(&self, left: u16, right: u16) -> Option<u16> {
        let (word, bit) = place(left, right);
        if self.signs[word] & bit == 0 {
            return None;
        }
        self.pairs.binary_search(&(left, right)).ok().map(|at| self.sets[at])
    }
}

/// Returns two numbers as one.
#[allow(dead_code, reason = "only the build script and tests write")]
fn two((first, second): (u16, u16)) -> u32 {
    u32::from(first) | u32::from(second) << 16
}

/// Returns the two numbers that [`two`] made one.
fn apart(both: u32) -> (u16, u16) {
    (both as u16, (both >> 16) as u16)
}

/// Returns word and bit that stand for a pair in [`Pairs::signs`]; some pairs share one.
#[inline]
fn place(left: u16, right: u16) -> (usize, u64) {
    let mixed = (u32::from(left) << 16 | u32::from(right)).wrapping_mul(0x9E37_79B9) >> (32 - SIGNS);
    (mixed as usize / 64, 1 << (mixed % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_by_its_words() {
        let all: [(Pair, u16); 4] = [
            ((b"the", b"back", true), 1),
            ((b"the", b"back", false), 2),
            ((b"your", b"back", false), 3),
            ((b"your", b"b", false), 4),
        ];
        let pairs = Pairs::new(&BTreeMap::from(all));
        let sets = |left: &[u8], right: &[u8]| {
            let (left, mut sets) = (pairs.left(left), Vec::new());
            pairs.rights(right, |right| sets.extend(pairs.set(left, right)));
            sets
        };
        assert_eq!(sets(b"the", b"back"), [2, 1]);
        assert_eq!(sets(b"the", b"backs"), [2]);
        assert_eq!(sets(b"your", b"backs"), [4, 3]);
        assert_eq!(sets(b"you", b"back"), [] as [u16; 0]);
        assert_eq!(sets(b"yours", b"back"), [] as [u16; 0]);
        assert_eq!(sets(b"your", b"x"), [] as [u16; 0]);
    }
}
