//! Texts that are the same or nearly the same.
//!
//! Exact copies are collapsed first. Each remaining text becomes the set of its 5-byte shingles and a MinHash signature of it;
//! signatures are sorted band by band, so that texts which agree in a band stand side by side, and each is held against its
//! neighbours: first by signature, then by the exact share of common shingles (Jaccard). So nothing is joined by a guess; a
//! pair may be missed, and `cargo xtask bench network` prints how many are.

use crate::names;

/// Bytes in a shingle. Five bytes fit in a number as they are: no two shingles are ever confused.
const SHINGLE: usize = 5;
/// Hashes in a signature.
const HASHES: usize = 96;
/// Hashes in a band: three let texts that share half their shingles meet in some band 98 times in 100.
const ROWS: usize = 3;
/// Neighbours a text is held against in each band.
const NEIGHBOURS: usize = 6;
/// By how much a signature may be wrong about the share of common shingles: four of its standard errors.
const ERROR: f64 = 0.2;
/// A text that was held against so many others without being like any is not held against more. Texts made from one template
/// share much with a hundred thousand others and are yet not alike; without an end each would be compared in every band.
const TRIES: u8 = 48;

/// Numbers of all sets of shingles that are kept at a time: 64 MiB.
const KEPT: usize = 8 << 20;

/// The last 16 bits of each least hash: two texts agree in one by chance once in 65,536, which their shingles then refute.
type Signature = [u16; HASHES];

/// Returns the groups of at least two texts of which each shares at least `least` of its shingles with another of the group.
///
/// Texts are compared as bytes; the caller folds case, spacing and look-alikes. Empty texts belong to no group. Groups
/// hold indices, ascending; groups are sorted by their first.
pub fn groups(texts: &[&[u8]], least: f64) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..texts.len()).filter(|at| !texts[*at].is_empty()).collect();
    order.sort_by(|a, b| texts[*a].cmp(texts[*b]).then(a.cmp(b)));
    let copies: Vec<&[usize]> = order.chunk_by(|a, b| texts[*a] == texts[*b]).collect();
    let mut sets = Sets::new(copies.len());
    join_alike(&copies.iter().map(|same| texts[same[0]]).collect::<Vec<_>>(), least, &mut sets);
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

/// Joins the distinct `texts` that are alike.
fn join_alike(texts: &[&[u8]], least: f64, sets: &mut Sets) {
    let signatures: Vec<Signature> = texts.iter().map(|text| signature(text)).collect();
    let mut known = Known { texts, sets: vec![None; texts.len()], kept: 0, tried: vec![0; texts.len()] };
    let mut keyed: Vec<(u64, u32, u32)> = Vec::with_capacity(texts.len());
    for band in 0..HASHES / ROWS {
        keyed.clear();
        keyed.extend(signatures.iter().enumerate().map(|(at, signature)| {
            // The values behind the band order texts within it, so that the most alike stand nearest.
            let value = |index: usize| u32::from(signature[(band * ROWS + index) % HASHES]);
            let agree = u64::from(value(0)) << 32 | u64::from(value(1) << 16 | value(2));
            (agree, value(3) << 16 | value(4), at as u32)
        }));
        keyed.sort_unstable();
        for index in 1..keyed.len() {
            let (key, _, at) = keyed[index];
            let at = at as usize;
            for (_, _, near) in
                keyed[index.saturating_sub(NEIGHBOURS)..index].iter().rev().filter(|n| n.0 == key)
            {
                let near = *near as usize;
                if known.tried[at] == TRIES {
                    break;
                }
                if sets.joined(at, near) || agreement(&signatures[at], &signatures[near]) < least - ERROR {
                    continue;
                }
                if known.alike(at, near, least) {
                    known.tried[at] = 0;
                    sets.join(at, near);
                } else {
                    known.tried[at] += 1;
                }
            }
        }
    }
}

/// Sets of shingles, made when needed and kept while there is room: those of a million texts would fill half a gigabyte.
struct Known<'a> {
    texts: &'a [&'a [u8]],
    sets: Vec<Option<Box<[u64]>>>,
    /// Numbers in `sets`.
    kept: usize,
    /// Comparisons of each text since it was last like another.
    tried: Vec<u8>,
}

impl Known<'_> {
    fn alike(&mut self, one: usize, other: usize, least: f64) -> bool {
        if self.kept > KEPT {
            self.sets.fill(None);
            self.kept = 0;
        }
        for at in [one, other] {
            if self.sets[at].is_none() {
                let mut set = Vec::new();
                shingles(self.texts[at], &mut set);
                self.kept += set.len();
                self.sets[at] = Some(set.into());
            }
        }
        match (&self.sets[one], &self.sets[other]) {
            (Some(one), Some(other)) => jaccard(one, other) >= least,
            _ => false,
        }
    }
}

/// Calls `each` with every shingle of a text as a number; a text shorter than a shingle is one shingle.
fn each_shingle(text: &[u8], mut each: impl FnMut(u64)) {
    if text.len() < SHINGLE {
        each(names::hash(text) | 1 << 63);
        return;
    }
    let mut number = 0;
    for (at, byte) in text.iter().enumerate() {
        number = (number << 8 | u64::from(*byte)) & 0xff_ffff_ffff;
        if at + 1 >= SHINGLE {
            each(number);
        }
    }
}

/// Fills `set` with the distinct shingles of a text, ascending.
fn shingles(text: &[u8], set: &mut Vec<u64>) {
    set.clear();
    each_shingle(text, |number| set.push(number));
    set.sort_unstable();
    set.dedup();
}

/// Returns the signature of a text: one hash a shingle, dealt into bins, the least of each bin; an empty bin takes what a
/// bin chosen by its own number holds (one permutation hashing with optimal densification, Shrivastava 2017).
fn signature(text: &[u8]) -> Signature {
    const EMPTY: u32 = u32::MAX;
    let mut least = [EMPTY; HASHES];
    each_shingle(text, |number| {
        let hash = mixed(number);
        let bin = (((hash >> 32) * HASHES as u64) >> 32) as usize;
        least[bin] = least[bin].min((hash as u32).min(EMPTY - 1));
    });
    std::array::from_fn(|bin| {
        let (mut value, mut from) = (least[bin], bin as u64 + 1);
        while value == EMPTY {
            from = mixed(from);
            value = least[(from % HASHES as u64) as usize];
        }
        value as u16
    })
}

/// Returns the share of hashes in which two signatures agree: an estimate of the share of common shingles.
fn agreement(a: &Signature, b: &Signature) -> f64 {
    a.iter().zip(b).filter(|(a, b)| a == b).count() as f64 / HASHES as f64
}

fn mixed(mut value: u64) -> u64 {
    value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
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
    fn texts_of_one_template_that_are_not_alike_cost_little_and_hide_no_copy() {
        let text = |n: u64| {
            let draw = |at: u64| mixed(n.wrapping_mul(31).wrapping_add(at)) % 100_000_000;
            format!(
                "the count of box {:08} in county {:08} by {:08} and {:08}",
                draw(1),
                draw(2),
                draw(3),
                draw(4)
            )
        };
        let mut texts: Vec<String> = (0..3000).map(text).collect();
        for n in [7, 1234, 2999] {
            texts.push(format!("{}!", texts[n]));
        }
        let bytes: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        assert_eq!(groups(&bytes, 0.9), [vec![7, 3000], vec![1234, 3001], vec![2999, 3002]]);
    }

    #[test]
    fn a_chain_of_variants_is_one_group() {
        let words: Vec<String> = (0..30).map(|n| format!("word{n:02}")).collect();
        let texts: Vec<String> = (0..6).map(|shift| words[shift..shift + 24].join(" ")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(&texts, &[&[0, 1, 2, 3, 4, 5]]);
    }
}
