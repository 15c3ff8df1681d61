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
    /// For each claim, what may be added whatever is shared.
    base: Vec<[f32; 2]>,
}

impl Bound {
    /// Works it out for the claims `docs`, indexed in `index`.
    pub fn new(docs: &[Doc], index: &Index, weights: &Weights) -> Self {
        let both = [&weights.meant, &weights.order];
        let base = |doc: &Doc, weights: &Features| {
            // Features that are at most one, whatever the words are.
            let loose = [at::FIRST_LETTERS, at::FIRST_WORDS, at::RANK, at::MISSING, at::COSINE, at::NEAR];
            loose.iter().map(|feature| weights[*feature].max(0.0)).sum::<f32>()
                + weights[at::LENGTH].max(0.0) * (1.0 + doc.length).ln() / 5.0
        };
        let mut pulls = Vec::new();
        for id in 0..index.len() as u32 {
            pulls.extend(index.entries(id).1.map(|claim| both.map(|w| pull(id, &docs[claim], index, w))));
        }
        Self { pulls, base: docs.iter().map(|doc| both.map(|weights| base(doc, weights))).collect() }
    }

    /// Adds up what the words of a post can add to each claim.
    pub fn sum(&self, post: &Asked<'_>, sums: &mut Vec<[f32; 2]>) {
        let Asked { query, sight, index, weights } = post;
        sums.clear();
        sums.extend_from_slice(&self.base);
        let both = [&weights.meant, &weights.order];
        let by_name = both.map(|weights| weights[at::OF_POST_NAMES].max(0.0) / sight.named);
        let by_word = both.map(|weights| weights[at::OF_POST] / sight.whole);
        for (id, _) in &query.asked {
            let (rarity, named) = (index.rarity(*id), sight.names.binary_search(id).is_ok());
            let more = [0, 1].map(|n| rarity * (by_word[n] + if named { by_name[n] } else { 0.0 }));
            let (start, claims) = index.entries(*id);
            for (claim, pull) in claims.zip(&self.pulls[start..]) {
                sums[claim][0] += pull[0] + more[0];
                sums[claim][1] += pull[1] + more[1];
            }
        }
    }

    /// Tells whether the best of the claims `docs` may score `least` or more beside a post: first by what no claim can
    /// exceed, then, for the few claims left, by what they do share with the post.
    pub fn may_reach(&self, post: &Asked<'_>, docs: &[Doc], scores: &Scores, least: f32) -> bool {
        let weights = post.weights;
        // The score is a logistic of a sum; this sum is asked for.
        let wanted = (least / (1.0 - least)).ln() - ROUNDING - weights.bias;
        let Some(first) = FirstLook::of(scores) else { return false };
        if !first.ranked(scores) {
            return true;
        }
        let tops = first.tops;
        let mut near = Near { post, docs, tops, best: first.best, front: 0.0 };
        if near.first_reaches(scores, wanted) {
            return true;
        }
        let concepts = of_concepts(&weights.meant, &tops);
        let low = weights.meant[at::FIRST_WORDS].min(0.0) / tops[1];
        (0..docs.len()).any(|claim| {
            // How far it can stand before the first.
            let part = scores.sum(claim) / tops[0];
            let margin = order(post, scores, &tops, claim) - near.front;
            let most = weights.meant[at::FIRST] * part
                + scores.bounds[claim][0]
                + low * scores.words[claim]
                + concepts * scores.concepts[claim]
                + (weights.margin * margin).max(0.0);
            margin > 0.0
                && most >= wanted
                && claim != first.best[0]
                && part > 0.0
                && near.reaches(claim, scores, wanted)
        })
    }
}

/// Returns the most that the order of a claim can come to. `tops` are the highest scores of the first look.
pub(super) fn order(post: &Asked<'_>, scores: &Scores, tops: &[f32; 4], claim: usize) -> f32 {
    let order = &post.weights.order;
    order[at::FIRST] * scores.sum(claim) / tops[0]
        + scores.bounds[claim][1]
        + of_concepts(order, tops) * scores.concepts[claim]
        + ROUNDING
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
        let (mut tops, mut tallest) = ([0.1_f32; 4], [f32::INFINITY; 4]);
        let mut best = [(0.0_f32, usize::MAX); 2];
        for claim in 0..scores.words.len() {
            let of = scores.of(claim);
            for part in 1..4 {
                if of[part] > tops[part] {
                    (tops[part], tallest[part]) = (of[part], of[0]);
                }
            }
            if of[0] > best[0].0 {
                best = [(of[0], claim), best[0]];
            } else if of[0] > best[1].0 {
                best[1] = (of[0], claim);
            }
        }
        tops[0] = tops[0].max(best[0].0);
        let lowest = tallest.into_iter().fold(f32::INFINITY, f32::min);
        (best[0].0 > 0.0).then_some(Self { tops, best: best.map(|(_, claim)| claim), lowest })
    }

    /// Tells whether the claims that score highest by parts are among those that are ranked.
    fn ranked(&self, scores: &Scores) -> bool {
        let count = scores.words.len();
        let lowest = self.lowest;
        count <= CANDIDATES || (0..count).filter(|claim| scores.sum(*claim) >= lowest).count() <= CANDIDATES
    }
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
        self.post.sight.features(&self.docs[claim], rank, &scores.of(claim), &self.tops)
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
