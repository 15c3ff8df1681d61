//! Texts that are the same or nearly the same.
//!
//! Exact copies are collapsed first. Each remaining text becomes the set of its 5-byte shingles; MinHash signatures are cut
//! into bands, texts that agree in a band are candidates, and every candidate is verified by the exact share of common
//! shingles (Jaccard). So nothing is joined by a guess; a pair may be missed, and the bench prints how many are.

use crate::names;

/// Bytes in a shingle.
const SHINGLE: usize = 5;
/// Hashes in a signature.
const HASHES: usize = 64;
/// Hashes in a band: few, so that texts sharing half their shingles still meet in some band.
const ROWS: usize = 2;

/// Returns the groups of at least two texts of which each shares at least `least` of its shingles with another of the group.
///
/// Texts are compared as bytes; the caller folds case, spacing and look-alikes. Empty texts belong to no group. Groups
/// hold indices, ascending; groups are sorted by their first.
pub fn groups(texts: &[&[u8]], least: f64) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..texts.len()).filter(|at| !texts[*at].is_empty()).collect();
    order.sort_by(|a, b| texts[*a].cmp(texts[*b]).then(a.cmp(b)));
    let copies: Vec<&[usize]> = order.chunk_by(|a, b| texts[*a] == texts[*b]).collect();
    let shingles: Vec<Vec<u64>> = copies.iter().map(|same| shingled(texts[same[0]])).collect();
    let mut sets = Sets::new(copies.len());
    for band in 0..HASHES / ROWS {
        let mut keyed: Vec<(u64, usize)> =
            shingles.iter().enumerate().map(|(at, set)| (band_key(set, band), at)).collect();
        keyed.sort_unstable();
        for bucket in keyed.chunk_by(|a, b| a.0 == b.0) {
            // Each against the one before it, and against the first: enough to join what hangs together.
            for (index, (_, at)) in bucket.iter().enumerate().skip(1) {
                for other in [bucket[index - 1].1, bucket[0].1] {
                    if !sets.joined(*at, other) && jaccard(&shingles[*at], &shingles[other]) >= least {
                        sets.join(*at, other);
                    }
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, same) in copies.iter().enumerate() {
        groups.entry(sets.top(at)).or_default().extend(*same);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// Returns the sorted hashes of a text's shingles; a text shorter than a shingle is one shingle.
fn shingled(text: &[u8]) -> Vec<u64> {
    let mut set: Vec<u64> = if text.len() < SHINGLE {
        vec![names::hash(text)]
    } else {
        text.windows(SHINGLE).map(names::hash).collect()
    };
    set.sort_unstable();
    set.dedup();
    set
}

fn band_key(set: &[u64], band: usize) -> u64 {
    let mut key = band as u64;
    for row in 0..ROWS {
        let salt = ((band * ROWS + row) as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let least = set.iter().map(|hash| mixed(hash ^ salt)).min().unwrap_or_default();
        key = mixed(key ^ least);
    }
    key
}

fn mixed(mut value: u64) -> u64 {
    value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value ^ (value >> 32)
}

/// Returns the share of common members of two sorted sets.
fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        common += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}

/// Disjoint sets of numbers.
struct Sets(Vec<usize>);

impl Sets {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn top(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn joined(&mut self, a: usize, b: usize) -> bool {
        self.top(a) == self.top(b)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&[usize]]) {
        let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        assert_eq!(groups(&texts, 0.6), expected);
    }

    #[test]
    fn copies_and_variants_meet_and_strangers_do_not() {
        let text =
            "who is this man with the bag of ballots at the drop box, share this until somebody names him";
        let variant =
            "who is this man with the bag of ballots at the drop box!! share this until somebody names him";
        check(&[text, "a quiet day at the library", variant, text], &[&[0, 2, 3]]);
        check(&["", ""], &[]);
        check(&["ok", "ok", "no"], &[&[0, 1]]);
        check(&[], &[]);
    }

    #[test]
    fn a_chain_of_variants_is_one_group() {
        let words: Vec<String> = (0..30).map(|n| format!("word{n:02}")).collect();
        let texts: Vec<String> = (0..6).map(|shift| words[shift..shift + 24].join(" ")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(&texts, &[&[0, 1, 2, 3, 4, 5]]);
    }
}
