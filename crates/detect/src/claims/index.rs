//! An index of terms over claims: BM25 (Robertson and Zaragoza, 2009), with each term's gain worked out when it is built.

use super::text::ByHash;

/// Saturation of a repeated term.
const K1: f32 = 1.2;
/// How much long texts are held back.
const B: f32 = 0.5;

/// So many texts tell by themselves how rare a term is, as much as what is known beside them.
const ENOUGH: f32 = 1500.0;
/// What a usual term is worth where the texts are too few to tell.
const USUAL: f32 = 0.25;

/// Terms and the texts that hold them.
pub(super) struct Index {
    ids: ByHash<u32>,
    /// For each term, where its entries begin in `entries`.
    starts: Vec<u32>,
    /// Text and gain.
    entries: Vec<(u32, f32)>,
    /// For each term, how rare it is.
    rarity: Vec<f32>,
    top: f32,
}

impl Index {
    /// Indexes texts, each the hashes of its terms. `usual` tells which terms are usual outside these texts: how rare a term
    /// is in a few dozen texts says little about how rare it is in posts.
    pub fn new(texts: &[Vec<u64>], usual: impl Fn(u64) -> bool) -> Self {
        let mut ids: ByHash<u32> = ByHash::default();
        let mut postings: Vec<Vec<(u32, f32)>> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            for term in text {
                let next = postings.len() as u32;
                let id = *ids.entry(*term).or_insert(next) as usize;
                if id == postings.len() {
                    postings.push(Vec::new());
                }
                match postings[id].last_mut() {
                    Some(last) if last.0 == at as u32 => last.1 += 1.0,
                    _ => postings[id].push((at as u32, 1.0)),
                }
            }
        }
        let total = texts.len() as f32;
        let mean = (texts.iter().map(Vec::len).sum::<usize>() as f32 / total.max(1.0)).max(1.0);
        let own = total / (total + ENOUGH);
        let mut rarity: Vec<f32> = postings.iter().map(|list| rarity(total, list.len() as f32)).collect();
        for (term, id) in &ids {
            if usual(*term) {
                rarity[*id as usize] *= own + (1.0 - own) * USUAL;
            }
        }
        let mut starts = Vec::with_capacity(postings.len() + 1);
        let mut entries = Vec::with_capacity(postings.iter().map(Vec::len).sum());
        for (list, rarity) in postings.iter().zip(&rarity) {
            starts.push(entries.len() as u32);
            entries.extend(list.iter().map(|(at, count)| {
                let length = texts[*at as usize].len() as f32;
                (*at, rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / mean)))
            }));
        }
        starts.push(entries.len() as u32);
        let top = rarity.iter().copied().fold(0.1, f32::max);
        Self { ids, starts, entries, rarity, top }
    }

    /// Returns the number of a term.
    pub fn id(&self, term: u64) -> Option<u32> {
        self.ids.get(&term).copied()
    }

    /// Returns how rare the term with this number is.
    pub fn rarity(&self, id: u32) -> f32 {
        self.rarity[id as usize]
    }

    /// Returns the most that the term with this number adds to any text.
    pub fn most(&self, id: u32) -> f32 {
        self.entries[self.range(id)].iter().map(|(_, gain)| *gain).fold(0.0, f32::max)
    }

    /// Returns how many terms there are.
    pub fn len(&self) -> usize {
        self.rarity.len()
    }

    /// Returns where the entries of a term stand among all entries, and for each of them its text.
    pub fn entries(&self, id: u32) -> (usize, impl Iterator<Item = usize>) {
        let range = self.range(id);
        (range.start, self.entries[range].iter().map(|(at, _)| *at as usize))
    }

    /// Returns where the entry of a term for the text `at` stands among all entries, where that text holds the term.
    #[inline]
    pub fn entry(&self, id: u32, at: usize) -> Option<usize> {
        let range = self.range(id);
        let found = self.entries[range.clone()].binary_search_by_key(&(at as u32), |(at, _)| *at).ok()?;
        Some(range.start + found)
    }

    fn range(&self, id: u32) -> std::ops::Range<usize> {
        self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize
    }

    /// Returns how rare the rarest term is.
    pub fn top(&self) -> f32 {
        self.top
    }

    /// Adds the gains of a term to the texts that hold it, times `weight`.
    pub fn add(&self, id: u32, weight: f32, scores: &mut [f32]) {
        for (at, gain) in &self.entries[self.range(id)] {
            scores[*at as usize] += gain * weight;
        }
    }
}

/// How rare a term is that `held` of `total` texts hold.
pub(super) fn rarity(total: f32, held: f32) -> f32 {
    (1.0 + (total - held + 0.5) / (held + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_weigh_more() {
        let index = Index::new(&[vec![1, 2], vec![1, 3], vec![1]], |term| term == 2);
        let (common, rare) = (index.id(1).unwrap(), index.id(3).unwrap());
        assert!(index.rarity(rare) > index.rarity(common));
        assert!(index.rarity(rare) > index.rarity(index.id(2).unwrap()));
        let mut scores = vec![0.0; 3];
        index.add(rare, 2.0, &mut scores);
        assert!(scores[1] > 0.0 && scores[0] == 0.0 && scores[2] == 0.0);
        assert_eq!(index.id(9), None);
        assert_eq!(Index::new(&[], |_| false).id(1), None);
    }
}
