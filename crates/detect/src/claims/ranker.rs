//! The learned part of matching: what post and claim share, in two dozen numbers, and two sets of weights over them.
//!
//! The first set puts claims in order, the second says how likely the first of them is meant. Weights are made by
//! `cargo xtask train` from our own invented posts and claims only, held near what particular claims taught before,
//! where our few hundred posts say little; `docs/model-card.md` says how good that is.

use std::cell::RefCell;
use std::sync::LazyLock;

use super::index::Index;
use super::query::Query;
use super::{Doc, Way, frames};

/// The numbers, in order: name, and the weight that ordering starts from and is held near: what was learned from posts about
/// particular claims alone, before general ones joined them, which say little about names, numbers and order of words.
pub const FEATURES: [(&str, f32); COUNT] = [
    // First look, as a part of the best.
    ("first.part", 0.95),
    ("first.words", -0.09),
    ("first.letters", -0.01),
    ("first.concepts", 0.11),
    ("first.rank", 0.06),
    // What part of the claim, weighed by rarity, the post holds.
    ("held.claim", -0.08),
    ("held.title", 0.05),
    ("held.best_way", -0.02),
    ("held.names", 0.02),
    ("held.in_order", 0.05),
    ("held.pairs", 0.1),
    ("held.numbers", 0.01),
    ("missing.numbers", -0.06),
    // What part of the post the claim holds.
    ("of_post.words", -0.07),
    ("of_post.names", 0.08),
    ("cosine", -0.08),
    // How much that is.
    ("rarest", -0.08),
    ("near", -0.09),
    ("count", 0.05),
    ("weight", 0.0),
    ("concepts", 0.04),
    ("length", 0.02),
    // What both say, by frames: as a part of what the claim says, of what the post says, and how much that is.
    ("frames.claim", 0.2),
    ("frames.post", 0.2),
    ("frames", 0.0),
    // A claim that has frames, and the post says none of them.
    ("frames.unsaid", 0.0),
];

const COUNT: usize = 26;

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
    pub const UNSAID: usize = 25;
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

/// For each entry of the index of words, where in the claim the word stands.
pub(super) struct Places {
    entries: Vec<Place>,
    ways: Vec<u32>,
}

struct Place {
    /// In which ways the claim is said: where their numbers stand.
    ways: (u32, u32),
    /// Written with a capital.
    name: bool,
    /// A digit is in it.
    number: bool,
}

impl Places {
    /// Notes where the words of the claims `docs` stand, that are indexed in `index`.
    pub fn new(docs: &[Doc], index: &Index) -> Self {
        let (mut entries, mut ways) = (Vec::new(), Vec::new());
        for id in 0..index.len() as u32 {
            for claim in index.entries(id).1 {
                let (doc, start) = (&docs[claim], ways.len() as u32);
                let holds = |ids: &[u32]| ids.binary_search(&id).is_ok();
                ways.extend((0..).zip(&doc.ways).filter(|(_, way)| holds(&way.once.ids)).map(|(at, _)| at));
                let ways = (start, ways.len() as u32);
                entries.push(Place { ways, name: holds(&doc.names.ids), number: holds(&doc.numbers) });
            }
        }
        Self { entries, ways }
    }
}

/// A post, ready to be held beside one claim after another.
pub(super) struct Sight<'a> {
    index: &'a Index,
    places: &'a Places,
    query: &'a Query,
    framed: &'a [f32],
    /// Rarity of all known terms, once each.
    pub whole: f32,
    /// The same for names.
    pub named: f32,
    norm: f32,
}

/// Lists that are needed for one claim after another.
#[derive(Debug, Default)]
struct Lists {
    /// Terms that post and claim share, once each, sorted: their places among the terms of the post.
    hit: Vec<u32>,
    /// For each term of the post, whether it is one of these.
    is_hit: Vec<bool>,
    /// Where these stand in the post, and their rarity.
    places: Vec<(u32, usize, f32)>,
    /// For each way the claim is said, the rarity of what it shares with the post.
    ways: Vec<f32>,
    row: Vec<f32>,
    seen: Vec<u32>,
}

thread_local! {
    static LISTS: RefCell<Lists> = RefCell::new(Lists::default());
}

/// Words that stand this near to each other speak of one thing.
pub(super) const WINDOW: usize = 14;

impl<'a> Sight<'a> {
    /// Looks at a post, whose terms are sorted.
    pub fn new(query: &'a Query, index: &'a Index, places: &'a Places, framed: &'a [f32]) -> Self {
        let sum = |rarities: &mut dyn Iterator<Item = f32>| rarities.sum::<f32>().max(0.1);
        let sorted = query.sorted.iter().map(|slot| &query.asked[*slot as usize]);
        Self {
            index,
            places,
            query,
            framed,
            named: sum(&mut sorted.filter(|term| term.capital).map(|term| term.rarity)),
            whole: sum(&mut query.asked.iter().map(|term| term.rarity)),
            norm: query.asked.iter().map(|term| term.rarity.powi(2)).sum::<f32>().sqrt().max(0.1),
        }
    }

    /// Returns what the post and the claim `doc`, number `claim`, share; `hits` are the words that both hold, see
    /// [`hit`](super::bound::hit). `scores` and `tops` are those of the first look: in
    /// all, by words, by letters, by concepts; this claim's and the highest.
    pub fn features(
        &self,
        (claim, doc, hits): (usize, &Doc, u64),
        rank: usize,
        scores: &[f32; 4],
        tops: &[f32; 4],
    ) -> Features {
        LISTS.with_borrow_mut(|lists| self.features_in(lists, (claim, doc, hits), rank, scores, tops))
    }

    fn features_in(
        &self,
        lists: &mut Lists,
        (claim, doc, hits): (usize, &Doc, u64),
        rank: usize,
        scores: &[f32; 4],
        tops: &[f32; 4],
    ) -> Features {
        let Lists { hit, is_hit, places, ways, row, seen } = lists;
        hit.clear();
        is_hit.clear();
        is_hit.resize(self.query.asked.len(), false);
        ways.clear();
        ways.resize(doc.ways.len(), 0.0);
        let (mut weight, mut named, mut squares, mut rarest) = (0.0, 0.0, 0.0, 0.0_f32);
        let (mut held_names, mut own_numbers) = (0.0, 0);
        let mut left = hits;
        let places_hit = std::iter::from_fn(|| {
            let place = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (place < 64).then_some(place)
        });
        // Words that share the last bit are looked at one by one.
        let behind = if hits >> 63 > 0 { 64..self.query.sorted.len() } else { 0..0 };
        for place in places_hit.chain(behind) {
            let slot = &self.query.sorted[place];
            let term = &self.query.asked[*slot as usize];
            let Some(entry) = self.index.entry(term.id, claim) else { continue };
            let place = &self.places.entries[entry];
            hit.push(*slot);
            is_hit[*slot as usize] = true;
            weight += term.rarity;
            squares += term.rarity.powi(2);
            rarest = rarest.max(term.rarity);
            named += if term.capital { term.rarity } else { 0.0 };
            held_names += if place.name { term.rarity } else { 0.0 };
            own_numbers += usize::from(term.number && place.number);
            for way in &self.places.ways[place.ways.0 as usize..place.ways.1 as usize] {
                ways[*way as usize] += term.rarity;
            }
        }
        places.clear();
        let here = self.query.terms.iter().filter(|term| is_hit[term.slot as usize]);
        places.extend(here.map(|term| (term.id, term.at, self.query.asked[term.slot as usize].rarity)));
        let mut shares = [0.0; 2];
        let mut best = (0, f32::NEG_INFINITY);
        for (at, (way, held)) in doc.ways.iter().zip(&*ways).enumerate() {
            let share = if *held > 0.0 { held / way.once.whole.max(0.1) } else { 0.0 };
            if let Some(kept) = shares.get_mut(at) {
                *kept = share;
            }
            // Of two that are alike the last one holds.
            if share >= best.1 {
                best = (at, share);
            }
        }
        let way = doc.ways.get(best.0).filter(|_| !hit.is_empty());
        let top = self.index.top();
        let weigh = |frames| frames::weigh(frames, self.framed);
        let both = weigh(self.query.frames & doc.frames);
        let part = |whole: frames::Mask| if both > 0.0 { both / weigh(whole) } else { 0.0 };
        [
            scores[0] / tops[0].max(0.1),
            scores[1] / tops[1],
            scores[2] / tops[2],
            scores[3] / tops[3],
            1.0 / (1.0 + rank as f32),
            shares[0],
            shares[1],
            best.1.max(0.0),
            held_names / doc.names.whole.max(0.1),
            way.map_or(0.0, |way| Self::in_order(way, places, row)),
            way.map_or(0.0, |way| self.pairs(&way.order, places)),
            (own_numbers as f32).min(2.0) / 2.0,
            if doc.numbers.is_empty() { 0.0 } else { 1.0 - own_numbers as f32 / doc.numbers.len() as f32 },
            weight / self.whole,
            named / self.named,
            squares / (self.norm * doc.norm),
            rarest / top,
            Self::window(places, seen) / weight.max(0.1),
            (hit.len() as f32).min(8.0) / 8.0,
            1.0 - (-weight / (2.5 * top)).exp(),
            if self.query.spoken.is_empty() { 0.0 } else { 1.0 - (-scores[3] / 2.0).exp() },
            doc.long,
            part(doc.frames),
            part(self.query.frames),
            1.0 - (-both / 2.0).exp(),
            if doc.frames > 0 && both == 0.0 { 1.0 } else { 0.0 },
        ]
    }

    /// Longest common subsequence of post and way, by rarity, as a part of the way. `places` are the words that the post
    /// shares with the claim; others change nothing.
    fn in_order(way: &Way, places: &[(u32, usize, f32)], row: &mut Vec<f32>) -> f32 {
        row.clear();
        row.resize(way.order.len() + 1, 0.0);
        for (term, _, rarity) in places {
            let mut corner = 0.0;
            for at in 0..way.order.len() {
                let above = row[at + 1];
                row[at + 1] = if way.order[at] == *term { corner + rarity } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[way.order.len()] / way.whole.max(0.1)
    }

    /// Neighbouring words that are neighbours in both, as a part of the way's. `places` are the words that the post shares
    /// with the claim.
    fn pairs(&self, way: &[u32], places: &[(u32, usize, f32)]) -> f32 {
        let both = |pair: &&[u32]| pair.iter().all(|id| places.iter().any(|(held, _, _)| held == id));
        let beside = |pair: &&[u32]| {
            self.query.terms.windows(2).any(|two| two[0].id == pair[0] && two[1].id == pair[1])
        };
        let hits = way.windows(2).filter(both).filter(beside).count();
        hits as f32 / (way.len().saturating_sub(1)).max(1) as f32
    }

    /// The most rarity of the words at `places` within a stretch of the post.
    fn window(places: &[(u32, usize, f32)], seen: &mut Vec<u32>) -> f32 {
        let mut best = 0.0_f32;
        for (from, (_, start, _)) in places.iter().enumerate() {
            seen.clear();
            let mut sum = 0.0;
            for (id, _, rarity) in places[from..].iter().take_while(|(_, at, _)| at - start <= WINDOW) {
                if !seen.contains(id) {
                    seen.push(*id);
                    sum += rarity;
                }
            }
            best = best.max(sum);
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
