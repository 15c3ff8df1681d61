//! The learned part of matching: what post and claim share, in some twenty numbers, and two sets of weights over them.
//!
//! The first set puts claims in order, the second says how likely the first of them is meant. Weights are made by
//! `cargo xtask train` from our own invented posts and claims only, held near a plain mixture of BM25 and letter groups
//! where our few hundred posts say little; `docs/model-card.md` says how good that is.

use std::cell::RefCell;
use std::sync::LazyLock;

use super::index::Index;
use super::query::{Query, Term};
use super::{Doc, Terms, Way};

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

/// Where some of [`FEATURES`] stand.
pub(super) mod at {
    pub const FIRST: usize = 0;
    pub const FIRST_WORDS: usize = 1;
    pub const FIRST_LETTERS: usize = 2;
    pub const FIRST_CONCEPTS: usize = 3;
    pub const RANK: usize = 4;
    pub const HELD_CLAIM: usize = 5;
    pub const HELD_TITLE: usize = 6;
    pub const HELD_BEST: usize = 7;
    pub const HELD_NAMES: usize = 8;
    pub const IN_ORDER: usize = 9;
    pub const PAIRS: usize = 10;
    pub const HELD_NUMBERS: usize = 11;
    pub const MISSING: usize = 12;
    pub const OF_POST: usize = 13;
    pub const OF_POST_NAMES: usize = 14;
    pub const COSINE: usize = 15;
    pub const RAREST: usize = 16;
    pub const NEAR: usize = 17;
    pub const COUNT: usize = 18;
    pub const WEIGHT: usize = 19;
    pub const CONCEPTS: usize = 20;
    pub const LENGTH: usize = 21;
}

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

    /// Returns the sum that [`Weights::meant()`] is the logistic of, without margin and bias.
    pub(super) fn sum(&self, features: &Features) -> f32 {
        self.meant.iter().zip(features).map(|(weight, value)| weight * value).sum()
    }
}

/// A post, ready to be held beside one claim after another.
pub(super) struct Sight<'a> {
    index: &'a Index,
    query: &'a Query,
    /// Terms written with a capital, and with a digit, once each, sorted.
    pub names: Vec<u32>,
    numbers: Vec<u32>,
    /// Which terms the post holds: a bit each.
    held: Vec<u64>,
    /// Rarity of all known terms, once each.
    pub whole: f32,
    /// The same for names.
    pub named: f32,
    norm: f32,
    /// Lists that are needed for one claim after another.
    lists: RefCell<Lists>,
}

#[derive(Default)]
struct Lists {
    /// Terms that post and claim share, once each, sorted.
    hit: Vec<u32>,
    /// Where these stand in the post.
    places: Vec<(u32, usize)>,
    row: Vec<f32>,
    seen: Vec<u32>,
}

/// Words that stand this near to each other speak of one thing.
const WINDOW: usize = 14;

impl<'a> Sight<'a> {
    /// Looks at a post.
    pub fn new(query: &'a Query, index: &'a Index) -> Self {
        let pick = |wanted: fn(&Term) -> bool| {
            let mut ids: Vec<u32> =
                query.terms.iter().filter(|term| wanted(term)).map(|term| term.id).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let names = pick(|term| term.capital);
        let mut held = vec![0; index.len() / 64 + 1];
        query.asked.iter().for_each(|(id, _)| held[*id as usize / 64] |= 1 << (id % 64));
        let sum = |ids: &mut dyn Iterator<Item = u32>| ids.map(|id| index.rarity(id)).sum::<f32>().max(0.1);
        Self {
            index,
            query,
            named: sum(&mut names.iter().copied()),
            names,
            numbers: pick(|term| term.number),
            held,
            whole: sum(&mut query.asked.iter().map(|(id, _)| *id)),
            lists: RefCell::default(),
            norm: query.asked.iter().map(|(id, _)| index.rarity(*id).powi(2)).sum::<f32>().sqrt().max(0.1),
        }
    }

    /// Tells whether the post holds a term.
    fn holds(&self, id: u32) -> bool {
        self.held[id as usize / 64] >> (id % 64) & 1 == 1
    }

    /// Returns what part of some terms the post holds, by rarity.
    fn share(&self, terms: &Terms) -> f32 {
        let held = terms.ids.iter().filter(|id| self.holds(**id));
        held.map(|id| self.index.rarity(*id)).sum::<f32>() / terms.whole.max(0.1)
    }

    /// Returns what post and claim share. `scores` and `tops` are those of the first look: in all, by words, by letters, by
    /// concepts; this claim's and the highest.
    pub fn features(&self, doc: &Doc, rank: usize, scores: &[f32; 4], tops: &[f32; 4]) -> Features {
        let rarity = |id: u32| self.index.rarity(id);
        let lists = &mut *self.lists.borrow_mut();
        let Lists { hit, places, row, seen } = lists;
        hit.clear();
        hit.extend(doc.all.iter().filter(|id| self.holds(**id)));
        places.clear();
        let here = self.query.terms.iter().filter(|term| hit.contains(&term.id));
        places.extend(here.map(|term| (term.id, term.at)));
        let weight: f32 = hit.iter().map(|id| rarity(*id)).sum();
        let mut shares = [0.0; 2];
        let mut best = (0, f32::NEG_INFINITY);
        for (at, way) in doc.ways.iter().enumerate() {
            let share = self.share(&way.once);
            if let Some(kept) = shares.get_mut(at) {
                *kept = share;
            }
            // Of two that are alike the last one holds.
            if share.total_cmp(&best.1).is_ge() {
                best = (at, share);
            }
        }
        let way = doc.ways.get(best.0);
        let own_numbers = doc.numbers.iter().filter(|id| self.numbers.binary_search(id).is_ok()).count();
        let top = self.index.top();
        [
            scores[0] / tops[0].max(0.1),
            scores[1] / tops[1],
            scores[2] / tops[2],
            scores[3] / tops[3],
            1.0 / (1.0 + rank as f32),
            shares[0],
            shares[1],
            best.1.max(0.0),
            self.share(&doc.names),
            way.map_or(0.0, |way| self.in_order(way, places, row)),
            way.map_or(0.0, |way| self.pairs(&way.order)),
            (own_numbers as f32).min(2.0) / 2.0,
            if doc.numbers.is_empty() { 0.0 } else { 1.0 - own_numbers as f32 / doc.numbers.len() as f32 },
            weight / self.whole,
            self.names.iter().filter(|id| hit.binary_search(id).is_ok()).map(|id| rarity(*id)).sum::<f32>()
                / self.named,
            hit.iter().map(|id| rarity(*id).powi(2)).sum::<f32>() / (self.norm * doc.norm),
            hit.iter().map(|id| rarity(*id)).fold(0.0, f32::max) / top,
            self.window(places, seen) / weight.max(0.1),
            (hit.len() as f32).min(8.0) / 8.0,
            1.0 - (-weight / (2.5 * top)).exp(),
            if self.query.spoken.is_empty() { 0.0 } else { 1.0 - (-scores[3] / 2.0).exp() },
            (1.0 + doc.length).ln() / 5.0,
        ]
    }

    /// Longest common subsequence of post and way, by rarity, as a part of the way. `places` are the words that the post
    /// shares with the claim; others change nothing.
    fn in_order(&self, way: &Way, places: &[(u32, usize)], row: &mut Vec<f32>) -> f32 {
        row.clear();
        row.resize(way.order.len() + 1, 0.0);
        for (term, _) in places {
            let mut corner = 0.0;
            for at in 0..way.order.len() {
                let above = row[at + 1];
                row[at + 1] = if way.order[at] == *term {
                    corner + self.index.rarity(*term)
                } else {
                    above.max(row[at])
                };
                corner = above;
            }
        }
        row[way.order.len()] / way.whole.max(0.1)
    }

    /// Neighbouring words that are neighbours in both, as a part of the way's.
    fn pairs(&self, way: &[u32]) -> f32 {
        let both = |pair: &&[u32]| pair.iter().all(|id| self.holds(*id));
        let beside = |pair: &&[u32]| {
            self.query.terms.windows(2).any(|two| two[0].id == pair[0] && two[1].id == pair[1])
        };
        let hits = way.windows(2).filter(both).filter(beside).count();
        hits as f32 / (way.len().saturating_sub(1)).max(1) as f32
    }

    /// The most rarity of the words at `places` within a stretch of the post.
    fn window(&self, places: &[(u32, usize)], seen: &mut Vec<u32>) -> f32 {
        let mut best = 0.0_f32;
        for (from, (_, start)) in places.iter().enumerate() {
            seen.clear();
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
