//! The learned part of matching: what post and claim share, in some twenty numbers, and two sets of weights over them.
//!
//! The first set puts claims in order, the second says how likely the first of them is meant. Weights are made by
//! `cargo xtask train` from our own invented posts and claims only, held near a plain mixture of BM25 and letter groups
//! where our few hundred posts say little; `docs/model-card.md` says how good that is.

use std::sync::LazyLock;

use super::Doc;
use super::index::Index;
use super::text::Word;

/// The numbers, in order: name, and the weight that ordering starts from before anything is learned.
pub const FEATURES: [(&str, f32); COUNT] = [
    // First look, as a part of the best.
    ("first.part", 1.0),
    ("first.words", 0.0),
    ("first.letters", 0.0),
    ("first.concepts", 0.0),
    ("first.rank", 0.0),
    // What part of the claim, weighed by rarity, the post holds.
    ("held.claim", 0.0),
    ("held.title", 0.0),
    ("held.best_way", 0.1),
    ("held.names", 0.0),
    ("held.in_order", 0.1),
    ("held.pairs", 0.0),
    ("held.numbers", 0.0),
    ("missing.numbers", 0.0),
    // What part of the post the claim holds.
    ("of_post.words", 0.0),
    ("of_post.names", 0.0),
    ("cosine", 0.0),
    // How much that is.
    ("rarest", 0.0),
    ("near", 0.0),
    ("count", 0.0),
    ("weight", 0.0),
    ("concepts", 0.0),
    ("length", 0.0),
];

const COUNT: usize = 22;

/// What the ranker sees of one claim beside a post, in the order of [`FEATURES`].
pub type Features = [f32; COUNT];

/// The two sets of weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Puts claims in order.
    pub order: Features,
    /// Says how likely the best is meant.
    pub meant: Features,
    /// For how far the best stands before the next.
    pub margin: f32,
    /// Added in any case.
    pub bias: f32,
}

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../../model/claims.txt")));

impl Weights {
    /// Returns the weights that ship.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Returns the weights that nothing was learned for.
    pub fn plain() -> Self {
        Self { order: FEATURES.map(|(_, start)| start), meant: [0.0; COUNT], margin: 0.0, bias: 0.0 }
    }

    /// Reads what [`Weights::write()`] wrote. A line that is not known is passed over: a set without it does without it.
    pub fn read(text: &str) -> Self {
        let mut weights = Self::plain();
        for line in text.lines() {
            let mut words = line.split_whitespace();
            let (Some(name), Some(order), Some(meant)) = (words.next(), words.next(), words.next()) else {
                continue;
            };
            let (Ok(order), Ok(meant)) = (order.parse::<f32>(), meant.parse::<f32>()) else { continue };
            match name {
                "bias" => weights.bias = meant,
                "margin" => weights.margin = meant,
                _ => {
                    if let Some(at) = FEATURES.iter().position(|(known, _)| *known == name) {
                        (weights.order[at], weights.meant[at]) = (order, meant);
                    }
                }
            }
        }
        weights
    }

    /// Writes the weights a line each: name, for the order, for being meant.
    pub fn write(&self) -> String {
        let mut out = String::from(
            "# Made by `cargo xtask train` from our own posts and claims: name, weight in order, weight in being meant.\n",
        );
        for (at, (name, _)) in FEATURES.iter().enumerate() {
            out += &format!("{name} {:.4} {:.4}\n", self.order[at], self.meant[at]);
        }
        out + &format!("margin 0 {:.4}\nbias 0 {:.4}\n", self.margin, self.bias)
    }

    /// Returns a number that is higher for claims more likely meant, comparable within one post.
    pub fn order(&self, features: &Features) -> f32 {
        self.order.iter().zip(features).map(|(weight, value)| weight * value).sum()
    }

    /// Returns how likely a claim is meant that stands first by `margin`, 0 to 1.
    pub fn meant(&self, features: &Features, margin: f32) -> f32 {
        let sum: f32 = self.meant.iter().zip(features).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-(sum + self.margin * margin + self.bias)).exp())
    }
}

/// A post, ready to be held beside one claim after another.
pub(super) struct Sight<'a> {
    index: &'a Index,
    /// Terms in order, with repetitions; with their place among all words of the post.
    terms: Vec<(u32, usize)>,
    names: Vec<u32>,
    numbers: Vec<u32>,
    concepts: usize,
    /// Rarity of all known terms, once each.
    whole: f32,
    /// The same for names.
    named: f32,
    norm: f32,
}

/// Words that stand this near to each other speak of one thing.
const WINDOW: usize = 14;

impl<'a> Sight<'a> {
    /// Looks at a post: its words, those the library knows, the concepts it speaks of.
    pub fn new(words: &[Word], asked: &[(u32, usize)], spoken: &[u32], index: &'a Index) -> Self {
        let terms: Vec<(u32, usize)> =
            words.iter().enumerate().filter_map(|(at, word)| Some((index.id(word.key)?, at))).collect();
        let pick = |wanted: fn(&Word) -> bool| {
            let mut ids: Vec<u32> =
                words.iter().filter(|word| wanted(word)).filter_map(|word| index.id(word.key)).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let names = pick(|word| word.capital);
        let sum = |ids: &mut dyn Iterator<Item = u32>| ids.map(|id| index.rarity(id)).sum::<f32>().max(0.1);
        Self {
            index,
            named: sum(&mut names.iter().copied()),
            names,
            numbers: pick(|word| word.number),
            concepts: spoken.len(),
            whole: sum(&mut asked.iter().map(|(id, _)| *id)),
            norm: asked.iter().map(|(id, _)| index.rarity(*id).powi(2)).sum::<f32>().sqrt().max(0.1),
            terms,
        }
    }

    /// Returns what post and claim share. `scores` and `tops` are those of the first look: in all, by words, by letters, by
    /// concepts; this claim's and the highest.
    pub fn features(&self, doc: &Doc, rank: usize, scores: &[f32; 4], tops: &[f32; 4]) -> Features {
        let rarity = |id: u32| self.index.rarity(id);
        let held = |id: &u32| self.terms.iter().any(|(term, _)| term == id);
        let mut hit: Vec<u32> =
            self.terms.iter().map(|(id, _)| *id).filter(|id| doc.all.binary_search(id).is_ok()).collect();
        let places: Vec<(u32, usize)> =
            self.terms.iter().filter(|(id, _)| doc.all.binary_search(id).is_ok()).copied().collect();
        hit.sort_unstable();
        hit.dedup();
        let weight: f32 = hit.iter().map(|id| rarity(*id)).sum();
        let share = |ids: &[u32]| {
            let mut once = ids.to_vec();
            once.sort_unstable();
            once.dedup();
            let whole: f32 = once.iter().map(|id| rarity(*id)).sum();
            once.iter().filter(|id| held(id)).map(|id| rarity(*id)).sum::<f32>() / whole.max(0.1)
        };
        let shares: Vec<f32> = doc.ways.iter().map(|way| share(way)).collect();
        let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(0);
        let way = doc.ways.get(best).map_or(&[] as &[u32], Vec::as_slice);
        let own_numbers = doc.numbers.iter().filter(|id| self.numbers.binary_search(id).is_ok()).count();
        let top = self.index.top();
        [
            scores[0] / tops[0].max(0.1),
            scores[1] / tops[1],
            scores[2] / tops[2],
            scores[3] / tops[3],
            1.0 / (1.0 + rank as f32),
            shares.first().copied().unwrap_or(0.0),
            shares.get(1).copied().unwrap_or(0.0),
            shares.get(best).copied().unwrap_or(0.0),
            share(&doc.names),
            self.in_order(way),
            self.pairs(way),
            (own_numbers as f32).min(2.0) / 2.0,
            if doc.numbers.is_empty() { 0.0 } else { 1.0 - own_numbers as f32 / doc.numbers.len() as f32 },
            weight / self.whole,
            self.names
                .iter()
                .filter(|id| doc.all.binary_search(id).is_ok())
                .map(|id| rarity(*id))
                .sum::<f32>()
                / self.named,
            hit.iter().map(|id| rarity(*id).powi(2)).sum::<f32>() / (self.norm * doc.norm),
            hit.iter().map(|id| rarity(*id)).fold(0.0, f32::max) / top,
            self.window(&places) / weight.max(0.1),
            (hit.len() as f32).min(8.0) / 8.0,
            1.0 - (-weight / (2.5 * top)).exp(),
            if self.concepts == 0 { 0.0 } else { 1.0 - (-scores[3] / 2.0).exp() },
            (1.0 + doc.length).ln() / 5.0,
        ]
    }

    /// Longest common subsequence of post and way, by rarity, as a part of the way.
    fn in_order(&self, way: &[u32]) -> f32 {
        let whole: f32 = way.iter().map(|id| self.index.rarity(*id)).sum();
        let mut row = vec![0.0_f32; way.len() + 1];
        for (term, _) in &self.terms {
            let mut corner = 0.0;
            for at in 0..way.len() {
                let above = row[at + 1];
                row[at + 1] =
                    if way[at] == *term { corner + self.index.rarity(*term) } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[way.len()] / whole.max(0.1)
    }

    /// Neighbouring words that are neighbours in both, as a part of the way's.
    fn pairs(&self, way: &[u32]) -> f32 {
        let hits = way
            .windows(2)
            .filter(|pair| self.terms.windows(2).any(|two| two[0].0 == pair[0] && two[1].0 == pair[1]))
            .count();
        hits as f32 / (way.len().saturating_sub(1)).max(1) as f32
    }

    /// The most rarity of shared words within a stretch of the post.
    fn window(&self, places: &[(u32, usize)]) -> f32 {
        let mut best = 0.0_f32;
        for (from, (_, start)) in places.iter().enumerate() {
            let mut seen: Vec<u32> = Vec::new();
            for (id, _) in places[from..].iter().take_while(|(_, at)| at - start <= WINDOW) {
                if !seen.contains(id) {
                    seen.push(*id);
                }
            }
            best = best.max(seen.iter().map(|id| self.index.rarity(*id)).sum());
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let mut weights = Weights::plain();
        (weights.order[3], weights.meant[5], weights.margin, weights.bias) = (0.25, -1.5, 2.0, -3.0);
        assert_eq!(Weights::read(&weights.write()), weights);
        assert_eq!(Weights::read("nonsense\nfirst.part x y\n"), Weights::plain());
    }

    #[test]
    fn weights_ship() {
        assert_ne!(Weights::shipped(), &Weights::plain());
    }
}
