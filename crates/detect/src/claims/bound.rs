//! The most a claim can score beside a post: whether ranking is worth its cost.
//!
//! Most posts share a word or two with some claim and speak of none. What the ranker would say of a claim is never more
//! than a sum over the shared words: each feature is at most what the words add to it one by one. These sums are made
//! when the index is built, so a post is ruled out at the cost of one number for each shared word.

use super::index::Index;
use super::query::Query;
use super::ranker::{Features, Sight, Weights, at};
use super::{CANDIDATES, Doc, Scores, Terms};

/// Sums are rounded otherwise than the ranker's.
const ROUNDING: f32 = 0.01;

/// What shared words can add at most: to the sum that says how likely a claim is meant, and to its order.
pub(super) struct Bound {
    /// For each entry of the index of words, what the word can add to its claim.
    pulls: Vec<[f32; 2]>,
    /// For each claim, what may be added whatever is shared: to the one, to the other.
    base: [Vec<f32>; 2],
}

impl Bound {
    /// Works it out for the claims `docs`, indexed in `index`.
    pub fn new(docs: &[Doc], index: &Index, weights: &Weights) -> Self {
        let both = [&weights.meant, &weights.order];
        let base = |doc: &Doc, weights: &Features| {
            // Features that are at most one, whatever the words are.
            let loose = [at::FIRST_LETTERS, at::FIRST_WORDS, at::RANK, at::MISSING, at::COSINE, at::NEAR];
            loose.iter().map(|feature| weights[*feature].max(0.0)).sum::<f32>()
                + weights[at::LENGTH].max(0.0) * doc.long
                // It is asked of posts that say no frame.
                + if doc.frames > 0 { weights[at::UNSAID] } else { 0.0 }
        };
        let mut pulls = Vec::new();
        for id in 0..index.len() as u32 {
            pulls.extend(index.entries(id).1.map(|claim| both.map(|w| pull(id, &docs[claim], index, w))));
        }
        Self { pulls, base: both.map(|weights| docs.iter().map(|doc| base(doc, weights)).collect()) }
    }

    /// Adds up what the words of a post can add to each claim, and how rare they are.
    pub fn sum(&self, post: &Asked<'_>, sums: &mut Bounds) {
        let Asked { query, sight, index, weights, .. } = post;
        for (sums, base) in [&mut sums.meant, &mut sums.order].into_iter().zip(&self.base) {
            sums.clear();
            sums.extend_from_slice(base);
        }
        sums.shared.clear();
        sums.shared.resize(self.base[0].len(), 0.0);
        sums.rarest = 0.0;
        sums.hits.clear();
        sums.hits.resize(self.base[0].len(), 0);
        let both = [&weights.meant, &weights.order];
        let by_name = both.map(|weights| weights[at::OF_POST_NAMES].max(0.0) / sight.named);
        let by_word = both.map(|weights| weights[at::OF_POST] / sight.whole);
        for (place, slot) in query.sorted.iter().enumerate() {
            let (term, bit) = (&query.asked[*slot as usize], hit(place));
            let more =
                [0, 1].map(|n| term.rarity * (by_word[n] + if term.capital { by_name[n] } else { 0.0 }));
            let (start, claims) = index.entries(term.id);
            for (claim, pull) in claims.zip(&self.pulls[start..]) {
                sums.meant[claim] += pull[0] + more[0];
                sums.order[claim] += pull[1] + more[1];
                sums.shared[claim] += term.rarity;
                sums.hits[claim] |= bit;
            }
            sums.rarest = sums.rarest.max(term.rarity);
        }
    }

    /// Tells whether the best of the claims `docs` may score `least` or more beside a post: first by what no claim can
    /// exceed, then, for the few claims left, by what they do share with the post.
    pub fn may_reach(&self, post: &Asked<'_>, docs: &[Doc], scores: &Scores, least: f32) -> bool {
        let weights = post.weights;
        let wanted = wanted(weights, least);
        let Some(first) = FirstLook::of(scores) else { return false };
        if !first.ranked(scores) {
            return true;
        }
        let tops = first.tops;
        let meant = Most::of(post, &weights.meant, &tops);
        let top = Tops::of(post, &tops);
        let start = weights.meant[at::FIRST];
        // The most that a claim comes to whose order stands above another's by so much.
        let most = |claim: usize, margin: f32| {
            start * (scores.all[claim] / tops[0])
                + scores.bounds.meant[claim]
                + meant.words * scores.words[claim]
                + meant.near(scores, claim)
                + meant.concepts * scores.concepts[claim]
                + (weights.margin * margin).max(0.0)
        };
        let reaches = |claim: usize, margin: f32| {
            let most = most(claim, margin);
            most >= wanted && most - meant.spare(post, scores, claim) >= wanted
        };
        let mut near = Near { post, docs, tops, best: first.best, front: 0.0 };
        if near.first_reaches(scores, wanted) {
            return true;
        }
        let behind = top.behind(1);
        (0..docs.len()).any(|claim| {
            // How far it can stand before the first.
            let margin = top.order(scores, claim) - behind - near.front;
            margin > 0.0
                && claim != first.best[0]
                && scores.all[claim] > 0.0
                && reaches(claim, margin)
                && near.reaches(claim, scores, wanted)
        })
    }
}

/// What the words of a post can add to each claim.
#[derive(Debug, Default)]
pub(super) struct Bounds {
    /// To how likely it is meant, and to its order.
    meant: Vec<f32>,
    order: Vec<f32>,
    /// Rarity of the words that post and claim share.
    shared: Vec<f32>,
    /// Rarity of the rarest word of the post.
    rarest: f32,
    /// Which words these are; see [`hit`].
    pub hits: Vec<u64>,
}

/// Returns the bit that stands for the word of this place in [`Query::sorted`]. Words far behind share one.
pub(super) fn hit(place: usize) -> u64 {
    1 << place.min(63)
}

/// What steps of the first look add at most to a sum of features, and what was reckoned too high.
struct Most {
    words: f32,
    concepts: f32,
    weight: f32,
    rarest: f32,
    spoken: f32,
    /// What words that stand near each other take away, and whether all words of the post do.
    near: f32,
    narrow: bool,
}

impl Most {
    /// `tops` are the highest scores of the first look.
    fn of(post: &Asked<'_>, weights: &Features, tops: &[f32; 4]) -> Self {
        let gain = |feature: usize| weights[feature].max(0.0);
        Self {
            words: weights[at::FIRST_WORDS].min(0.0) / tops[1],
            concepts: gain(at::FIRST_CONCEPTS) / tops[3] + gain(at::CONCEPTS) / 2.0,
            weight: gain(at::WEIGHT),
            rarest: gain(at::RAREST) / post.index.top(),
            spoken: gain(at::CONCEPTS),
            near: weights[at::NEAR].min(0.0),
            narrow: post.query.narrow(),
        }
    }

    /// Returns what is taken away from a claim at least, since some of the words it shares stand near each other: all of
    /// them in a short post, else one, which weighs no less than the mean.
    fn near(&self, scores: &Scores, claim: usize) -> f32 {
        match scores.bounds.hits[claim] {
            0 => 0.0,
            _ if self.narrow => self.near,
            // Words far behind share a bit.
            hits if hits >> 63 > 0 => 0.0,
            hits => self.near / hits.count_ones() as f32,
        }
    }

    /// Returns by how much a sum was reckoned too high for a claim: features that level off were taken to rise on.
    fn spare(&self, post: &Asked<'_>, scores: &Scores, claim: usize) -> f32 {
        let over = |much: f32| much - (1.0 - (-much).exp());
        let shared = scores.bounds.shared[claim];
        self.weight * over(shared / (2.5 * post.index.top()))
            + self.rarest * (shared - scores.bounds.rarest).max(0.0)
            + self.spoken * over(scores.concepts[claim] / 2.0)
    }
}

/// The score is a logistic of a sum; returns the sum that is asked for.
fn wanted(weights: &Weights, least: f32) -> f32 {
    (least / (1.0 - least)).ln() - ROUNDING - weights.bias
}

/// The most that the order of a claim can come to beside a post.
pub(super) struct Tops {
    first: f32,
    top: f32,
    concepts: f32,
    /// What the score by words takes away.
    words: f32,
    rank: f32,
}

impl Tops {
    /// `tops` are the highest scores of the first look.
    pub fn of(post: &Asked<'_>, tops: &[f32; 4]) -> Self {
        let order = &post.weights.order;
        Self {
            first: order[at::FIRST],
            top: tops[0],
            concepts: of_concepts(order, tops),
            words: order[at::FIRST_WORDS].min(0.0) / tops[1],
            rank: order[at::RANK].max(0.0),
        }
    }

    /// Returns it for one claim.
    #[inline(always)]
    pub fn order(&self, scores: &Scores, claim: usize) -> f32 {
        self.first * scores.all[claim] / self.top
            + scores.bounds.order[claim]
            + self.concepts * scores.concepts[claim]
            + self.words * scores.words[claim]
            + ROUNDING
    }

    /// Returns what of this is to be taken away for a claim that stands at `rank` in the first look, or behind.
    pub fn behind(&self, rank: usize) -> f32 {
        self.rank * (1.0 - 1.0 / (1.0 + rank as f32))
    }
}

/// Returns the most that each step of the score by concepts adds.
fn of_concepts(weights: &Features, tops: &[f32; 4]) -> f32 {
    weights[at::FIRST_CONCEPTS].max(0.0) / tops[3] + weights[at::CONCEPTS].max(0.0) / 2.0
}

/// The highest scores of the first look.
struct FirstLook {
    tops: [f32; 4],
    /// The best two; the second is none where there is but one.
    best: [usize; 2],
    /// What the lowest of those scores in all that score highest by words, by letters and by concepts.
    lowest: f32,
}

impl FirstLook {
    /// `None` where no claim scores at all.
    fn of(scores: &Scores) -> Option<Self> {
        let mut best = [(0.0_f32, usize::MAX); 2];
        for (claim, all) in scores.all.iter().enumerate() {
            if *all > best[1].0 {
                best = if *all > best[0].0 { [(*all, claim), best[0]] } else { [best[0], (*all, claim)] };
            }
        }
        let mut lowest = f32::INFINITY;
        let mut top = |part: &[f32]| {
            let top = highest(part);
            if top > LEAST
                && let Some(tallest) = part.iter().position(|score| *score == top)
            {
                lowest = lowest.min(scores.all[tallest]);
            }
            top
        };
        let tops = [best[0].0.max(LEAST), top(&scores.words), top(&scores.grams), top(&scores.concepts)];
        (best[0].0 > 0.0).then_some(Self { tops, best: best.map(|(_, claim)| claim), lowest })
    }

    /// Tells whether the claims that score highest by parts are among those that are ranked.
    fn ranked(&self, scores: &Scores) -> bool {
        let lowest = self.lowest;
        scores.all.len() <= CANDIDATES
            || scores.all.iter().map(|all| u32::from(*all >= lowest)).sum::<u32>() as usize <= CANDIDATES
    }
}

/// The highest score that counts is at least this.
const LEAST: f32 = 0.1;

/// Returns the highest of scores, at least [`LEAST`]. None is below zero: their bits are in the same order as they are.
fn highest(scores: &[f32]) -> f32 {
    f32::from_bits(scores.iter().fold(LEAST.to_bits(), |high, score| high.max(score.to_bits())))
}

/// The second look, at claims that the sums do not rule out: by what they do share with the post.
struct Near<'a> {
    post: &'a Asked<'a>,
    docs: &'a [Doc],
    tops: [f32; 4],
    /// The best two of the first look.
    best: [usize; 2],
    /// How the first of them stands in order.
    front: f32,
}

impl Near<'_> {
    /// Looks at the first of the first look.
    fn first_reaches(&mut self, scores: &Scores, wanted: f32) -> bool {
        let weights = self.post.weights;
        let [first, second] = self.best;
        let features = self.features(first, 0, scores);
        self.front = weights.order(&features);
        let sum = weights.sum(&features);
        let within = |margin: f32| sum + (weights.margin * margin).max(0.0) >= wanted;
        // The second is looked at only where it decides.
        let spread = self.front.abs() + 2.0;
        within(spread)
            && (second == usize::MAX || {
                let next = weights.order(&self.features(second, 1, scores));
                within(self.front - next + ROUNDING)
            })
    }

    /// Looks at another one.
    fn reaches(&mut self, claim: usize, scores: &Scores, wanted: f32) -> bool {
        let weights = self.post.weights;
        // The rank of whoever is behind the best two is not known yet.
        let rank = if claim == self.best[1] { 1 } else { usize::MAX };
        let features = self.features(claim, rank, scores);
        let (mut order, mut sum) = (weights.order(&features), weights.sum(&features));
        if rank > 1 {
            order += weights.order[at::RANK].max(0.0) / 3.0;
            sum += weights.meant[at::RANK].max(0.0) / 3.0;
        }
        let margin = order - self.front + ROUNDING;
        // Whoever stands behind another is not the best.
        margin > 0.0 && sum + (weights.margin * margin).max(0.0) >= wanted
    }

    fn features(&self, claim: usize, rank: usize, scores: &Scores) -> Features {
        let hits = scores.bounds.hits[claim];
        self.post.sight.features((claim, &self.docs[claim], hits), rank, &scores.of(claim), &self.tops)
    }
}

/// What is held against the claims.
pub(super) struct Asked<'a> {
    pub query: &'a Query,
    pub sight: Sight<'a>,
    pub index: &'a Index,
    pub weights: &'a Weights,
}

/// Returns what the term `id` can add at most to the claim `doc`, by `weights`.
fn pull(id: u32, doc: &Doc, index: &Index, weights: &Features) -> f32 {
    let gain = |feature: usize| weights[feature].max(0.0);
    let (rarity, top) = (index.rarity(id), index.top());
    let share = |terms: &Terms| {
        if terms.ids.binary_search(&id).is_ok() { rarity / terms.whole.max(0.1) } else { 0.0 }
    };
    let way = |at: usize| doc.ways.get(at).map_or(0.0, |way| share(&way.once));
    let mut sum = gain(at::COUNT) / 8.0
        + gain(at::WEIGHT) * rarity / (2.5 * top)
        + gain(at::RAREST) * rarity / top
        + gain(at::HELD_CLAIM) * way(0)
        + gain(at::HELD_TITLE) * way(1)
        + gain(at::HELD_NAMES) * share(&doc.names);
    if doc.numbers.binary_search(&id).is_ok() {
        sum += gain(at::HELD_NUMBERS) / 2.0;
    }
    let best = doc.ways.iter().map(|way| {
        let times = way.order.iter().filter(|other| **other == id).count() as f32;
        gain(at::HELD_BEST) * share(&way.once)
            + gain(at::IN_ORDER) * rarity * times / way.whole.max(0.1)
            + gain(at::PAIRS) * times / way.order.len().saturating_sub(1).max(1) as f32
    });
    sum + best.fold(0.0, f32::max)
}
