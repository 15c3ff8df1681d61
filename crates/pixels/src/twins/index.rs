//! All hashes within a distance of one, exactly, without comparing each.
//!
//! A hash is sixteen words of sixteen bits. Two hashes at most 31 bits apart differ by at most one bit in at least one
//! word (31 is less than sixteen times two), so it is enough to look at those that share a word up to one bit: multi-index
//! hashing (Norouzi, Punjani and Fleet, 2012). What is found is what comparing all would find.

use super::Hash;

/// Words in a hash, and values a word can have.
const WORDS: usize = 16;
const VALUES: usize = 1 << 16;
/// The largest distance the words still guarantee.
const EXACT: u32 = 31;
/// So few hashes are compared one by one, without tables.
const FEW: usize = 4096;

/// A hash found near another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Differing bits.
    pub distance: u32,
    /// The position of the found hash in the list the index was made of.
    pub position: usize,
}

/// Hashes made ready for searching.
#[derive(Debug, Clone)]
pub struct Index {
    hashes: Vec<Hash>,
    /// For each word: where the positions of each value begin, then the positions. Empty for few hashes.
    tables: Vec<(Vec<u32>, Vec<u32>)>,
}

impl Index {
    /// Makes an index of hashes. Those of too little quality should be left out by the caller: they match anything flat.
    pub fn new(hashes: Vec<Hash>) -> Self {
        let tables = if hashes.len() < FEW || u32::try_from(hashes.len()).is_err() {
            Vec::new()
        } else {
            (0..WORDS).map(|word| table(&hashes, word)).collect()
        };
        Self { hashes, tables }
    }

    /// Returns the number of hashes.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Tells whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Returns every hash at most `distance` bits from `hash`, nearest first, then by position.
    pub fn near(&self, hash: Hash, distance: u32) -> Vec<Match> {
        let mut found: Vec<Match> = if self.tables.is_empty() || distance > EXACT {
            (0..self.hashes.len()).filter_map(|position| self.compared(hash, position, distance)).collect()
        } else {
            self.candidates(hash)
                .into_iter()
                .filter_map(|position| self.compared(hash, position as usize, distance))
                .collect()
        };
        found.sort_unstable();
        found
    }

    fn compared(&self, hash: Hash, position: usize, most: u32) -> Option<Match> {
        let distance = self.hashes.get(position)?.distance(hash);
        (distance <= most).then_some(Match { distance, position })
    }

    fn candidates(&self, hash: Hash) -> Vec<u32> {
        let mut candidates = Vec::new();
        for (word, (starts, positions)) in hash.words().into_iter().zip(&self.tables) {
            let changed = (0..16).map(|bit| word ^ (1 << bit));
            for value in std::iter::once(word).chain(changed) {
                let value = usize::from(value);
                if let (Some(&from), Some(&to)) = (starts.get(value), starts.get(value + 1)) {
                    candidates.extend(positions.get(from as usize..to as usize).unwrap_or_default());
                }
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// Sorts the positions by the value of one word (counting sort).
fn table(hashes: &[Hash], word: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; VALUES + 1];
    for hash in hashes {
        starts[usize::from(hash.words()[word]) + 1] += 1;
    }
    for value in 0..VALUES {
        starts[value + 1] += starts[value];
    }
    let mut next = starts.clone();
    let mut positions = vec![0u32; hashes.len()];
    for (position, hash) in hashes.iter().enumerate() {
        let slot = &mut next[usize::from(hash.words()[word])];
        positions[*slot as usize] = position as u32;
        *slot += 1;
    }
    (starts, positions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(count: usize) -> Vec<Hash> {
        let mut state = 0x1234_5678_9abc_def1u64;
        let mut word = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        (0..count).map(|_| Hash::of_bits([word(), word(), word(), word()])).collect()
    }

    /// Flips `count` bits spread over all words, the worst case for the tables.
    fn flipped(hash: Hash, count: u32) -> Hash {
        let mut bits = [0u64; 4];
        for bit in 0..count {
            let at = (bit * 8 + bit / 32) % 256;
            bits[at as usize / 64] |= 1 << (at % 64);
        }
        let words = hash.words();
        let own: [u64; 4] = std::array::from_fn(|index| {
            (0..4).fold(0, |sum, word| sum << 16 | u64::from(words[index * 4 + word]))
        });
        Hash::of_bits(std::array::from_fn(|index| own[index] ^ bits[index]))
    }

    #[test]
    fn the_index_finds_what_comparing_all_finds() {
        for count in [0, 10, FEW + 500] {
            let mut hashes = random(count);
            for (position, distance) in [(0, 0), (1, 1), (2, 15), (3, 30), (4, 31), (5, 32)] {
                if let Some(&hash) = hashes.get(position) {
                    hashes.push(flipped(hash, distance));
                }
            }
            let index = Index::new(hashes.clone());
            for &hash in hashes.iter().take(40) {
                for most in [0, 15, 31, 40] {
                    let mut expected: Vec<Match> = hashes
                        .iter()
                        .enumerate()
                        .map(|(position, other)| Match { distance: other.distance(hash), position })
                        .filter(|found| found.distance <= most)
                        .collect();
                    expected.sort_unstable();
                    assert_eq!(index.near(hash, most), expected);
                }
            }
            assert_eq!(index.len(), hashes.len());
            assert_eq!(index.is_empty(), hashes.is_empty());
        }
    }
}
