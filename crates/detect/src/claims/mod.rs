//! Claims: which known claims a post speaks of, best first, or none.
//!
//! A first look by BM25 over stemmed words, what they speak of (`data/concepts.txt`) and groups of letters picks some dozen
//! claims; a linear ranker over what post and claim share (`ranker`) puts them in order, and a second one says how likely
//! the first of them is meant at all. Both sets of weights are small text files made by `cargo xtask train`. No network, no
//! model download; a library of some ten thousand claims is searched within a few milliseconds.

mod bound;
mod frames;
mod index;
mod query;
mod ranker;
mod text;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use record::{Claim, Stance};
use values::Folded;

use crate::stance::Marks;
use bound::{Asked, Bound, Bounds, Tops};
use index::Index;
use query::{Query, Room};
use ranker::{Places, Sight};
use text::Word;

pub use ranker::{FEATURES, Features, Weights};

/// Claims, indexed.
pub struct Library {
    claims: Vec<Claim>,
    words: Index,
    grams: Index,
    docs: Vec<Doc>,
    stems: Vec<String>,
    weights: Weights,
    bound: Bound,
    places: Places,
    /// How rare each frame is among the claims.
    framed: Vec<f32>,
    /// Sets what is remembered of words apart from other libraries'.
    number: u64,
}

/// A claim as ranking sees it.
struct Doc {
    /// Each way it is said; the claim itself first, then its title.
    ways: Vec<Way>,
    /// Every term, once, sorted.
    all: Vec<u32>,
    /// Terms written with a capital.
    names: Terms,
    /// Terms with a digit, once, sorted.
    numbers: Vec<u32>,
    /// How many words it has in all: the logarithm of one more, a fifth of it.
    long: f32,
    /// Square root of the sum of squared rarities of `all`.
    norm: f32,
    /// Whether it says that something is not so.
    negative: bool,
    /// What it says, by its frames.
    frames: frames::Mask,
}

/// One way a claim is said.
struct Way {
    /// Its terms in order, and their rarities together.
    order: Vec<u32>,
    whole: f32,
    once: Terms,
}

/// Some terms, once, sorted.
struct Terms {
    ids: Vec<u32>,
    /// Their rarities together.
    whole: f32,
}

/// A claim that a post speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The claim's id.
    pub claim: String,
    /// 0 to 1; from 0.5 on the post is likely to speak of it.
    pub score: f32,
    /// How the writer stands to it.
    pub stance: Stance,
    /// The words of the post that speak of it, as posted.
    pub words: Vec<String>,
}

/// What a post speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Matches {
    /// Best first; at most as many as were asked for.
    pub matches: Vec<Match>,
    /// Whether none of the claims is likely meant.
    pub none: bool,
}

/// A match, in bytes of the reading.
pub(crate) struct Found {
    pub claim: usize,
    pub score: f32,
    pub range: Range<usize>,
    pub words: Vec<Range<usize>>,
    /// Those of them that say a frame the claim says too.
    said: Vec<Range<usize>>,
    /// Whether the post says more of it than what claims before it hold too: the first does.
    pub adds: bool,
}

impl Found {
    /// Tells how the writer stands to the claim, and the words that show it.
    pub fn stance(&self, marks: &Marks, library: &Library) -> (Stance, Option<Range<usize>>) {
        // A frame says that something is so, even where the claim says of something else that it is not.
        let (words, negative) = match self.said.as_slice() {
            [] => (&self.words, library.docs[self.claim].negative),
            _ => (&self.said, false),
        };
        marks.on_claim(&self.range, words, negative)
    }
}

/// Claims that are put in order after the first look.
const CANDIDATES: usize = 40;
/// Words and concepts of the library that together weigh less than this many of the rarest word, or of which no claim
/// holds more than the second, mean no claim where nothing is said outright. Of what our own and real posts are found
/// to speak of, what counted held 2.5 and 2.2 or more.
const LEAST: f32 = 1.5;
const OF_ONE: f32 = 0.9;
/// A claim behind others stands by words of its own that weigh this part of the rarest word, or by a frame of its own.
const OWN: f32 = 1.0;
/// What a shared concept weighs beside a shared word.
const CONCEPT: f32 = 0.35;
/// What a shared frame weighs beside a shared word.
const FRAME: f32 = 1.0;
/// What a shared group of letters weighs beside a shared word.
const GRAM: f32 = 0.05;

impl Library {
    /// Indexes `claims`.
    pub fn new(claims: Vec<Claim>) -> Self {
        Self::with(claims, Weights::shipped().clone())
    }

    /// Indexes `claims`, to be ranked with `weights`.
    pub fn with(claims: Vec<Claim>, weights: Weights) -> Self {
        let ways: Vec<Vec<Vec<Word>>> = claims
            .iter()
            .map(|claim| {
                let title = claim.title.as_deref();
                let all = std::iter::once(claim.claim.as_str())
                    .chain(title)
                    .chain(claim.variants.iter().map(String::as_str));
                all.map(|way| text::words(way, &Folded::of(way))).collect()
            })
            .collect();
        let mut texts = Vec::with_capacity(ways.len());
        let mut letters = Vec::with_capacity(ways.len());
        for claim in &ways {
            let mut terms: Vec<u64> = Vec::new();
            let mut grams: Vec<u64> = Vec::new();
            let mut seen: Vec<u64> = Vec::new();
            for word in claim.iter().flatten() {
                terms.push(word.key);
                if !seen.contains(&word.key) {
                    seen.push(word.key);
                    text::grams(&word.stem, &mut grams);
                }
            }
            let mut concepts: Vec<u64> = seen.iter().flat_map(|key| text::concepts(*key)).copied().collect();
            concepts.sort_unstable();
            concepts.dedup();
            terms.extend(concepts);
            texts.push(terms);
            letters.push(grams);
        }
        let words = Index::new(&texts, text::usual);
        let grams = Index::new(&letters, |_| false);
        let docs: Vec<Doc> = ways
            .iter()
            .zip(&claims)
            .map(|(ways, claim)| {
                let negative = crate::stance::negative(Folded::of(&claim.claim).as_str());
                Doc { frames: said(claim), ..doc(ways, &words, negative) }
            })
            .collect();
        let mut stems: Vec<String> = ways.into_iter().flatten().flatten().map(|word| word.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        let bound = Bound::new(&docs, &words, &weights);
        let places = Places::new(&docs, &words);
        let framed = frames::rarities(docs.iter().map(|doc| doc.frames));
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self { claims, words, grams, docs, stems, weights, bound, places, framed, number }
    }

    /// Returns the claims, as given.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Returns at most `top` claims that `text` may speak of, best first, and whether none is likely meant.
    pub fn rank(&self, text: &str, top: usize) -> Matches {
        let folded = Folded::of(text);
        let marks = Marks::of(folded.as_str(), &crate::rules::look(folded.as_str()));
        let found = self.match_reading(text, &folded, top);
        let none = found.first().is_none_or(|best| best.score < crate::THRESHOLD);
        let matches = found
            .into_iter()
            .map(|found| Match {
                claim: self.claims[found.claim].id.clone(),
                score: found.score,
                stance: found.stance(&marks, self).0,
                words: found
                    .words
                    .iter()
                    .filter_map(|word| folded.origin(word.clone()).of(text))
                    .map(str::to_owned)
                    .collect(),
            })
            .collect();
        Matches { matches, none }
    }

    /// Returns what the ranker sees of `text` and of the claims nearest to it, in the order of the first look: for training.
    pub fn features(&self, text: &str) -> Vec<(usize, Features)> {
        query::with_room(|room| {
            room.ask(self, text, &Folded::of(text)).letters();
            let Room { query, scores, .. } = room;
            self.words_look(query, scores);
            let asked = self.first_look(query, scores);
            let near = self.nearest(&asked, scores, usize::MAX);
            near.into_iter().map(|near| (near.claim, near.features)).collect()
        })
    }

    /// Returns the stems that call for a look at the claims, the rarer words of the library, with the most that each adds to
    /// any claim, in parts of what the rarest word does.
    pub(crate) fn stems(&self) -> Vec<(String, f32)> {
        let rare = |stem: &String| {
            let id = self.words.id(text::hash(stem.as_bytes()))?;
            let rare = self.words.rarity(id) > self.words.top() * 0.1;
            rare.then(|| (stem.clone(), self.words.most(id) / self.words.top()))
        };
        self.stems.iter().filter(|stem| stem.len() >= 4).filter_map(rare).collect()
    }

    /// Ranks the claims for a plain reading of `original`.
    pub(crate) fn match_reading(&self, original: &str, reading: &Folded, top: usize) -> Vec<Found> {
        query::with_room(|room| {
            room.ask(self, original, reading).letters();
            let Room { query, scores, .. } = room;
            self.words_look(query, scores);
            let asked = self.first_look(query, scores);
            self.found(&asked, scores, reading, top)
        })
    }

    /// As [`Library::match_reading`], for the many posts that speak of no claim: none where the best is sure to score
    /// below `least`, or where the words shared with the library are together too usual for any claim to be meant.
    pub(crate) fn match_likely(
        &self,
        original: &str,
        reading: &Folded,
        top: usize,
        least: f32,
    ) -> Vec<Found> {
        query::with_room(|room| {
            room.ask(self, original, reading);
            if room.query.frames == 0 && room.query.weight < LEAST * self.words.top() {
                return Vec::new();
            }
            // Cheaper than a first look at all, and enough for most posts.
            self.words_look(&mut room.query, &mut room.scores);
            let held = room.scores.words.iter().copied().fold(0.0, f32::max);
            if room.query.frames == 0 && held < OF_ONE * self.words.top() {
                return Vec::new();
            }
            room.letters();
            let Room { query, scores, .. } = room;
            let asked = self.first_look(query, scores);
            if asked.query.frames == 0 && !self.bound.may_reach(&asked, &self.docs, scores, least) {
                return Vec::new();
            }
            let mut found = self.found(&asked, scores, reading, top);
            if found.first().is_some_and(|best| best.score < least) {
                found.clear();
            }
            found
        })
    }

    fn found(&self, asked: &Asked<'_>, scores: &Scores, reading: &Folded, top: usize) -> Vec<Found> {
        let mut near = self.nearest(asked, scores, top.max(2));
        near.sort_by(|a, b| b.order.total_cmp(&a.order).then(a.claim.cmp(&b.claim)));
        let Some(best) = near.first() else { return Vec::new() };
        let meant =
            self.weights.meant(&best.features, best.order - near.get(1).map_or(0.0, |next| next.order));
        let highest = best.order;
        near.truncate(top);
        let (mut held, mut framed): (Vec<u32>, frames::Mask) = (Vec::new(), 0);
        near.into_iter()
            .map(|near| {
                // The first is as likely as the ranker says; those behind fall off with their order.
                let part = if highest > near.order { (near.order / highest).max(0.0) } else { 1.0 };
                let all = &self.docs[near.claim].all;
                let mut hit: Vec<Range<usize>> = Vec::new();
                let mut own = 0.0;
                for term in asked.query.asked.iter().filter(|term| all.binary_search(&term.id).is_ok()) {
                    hit.push(asked.query.terms[term.first].range.clone());
                    if !held.contains(&term.id) {
                        held.push(term.id);
                        own += term.rarity;
                    }
                }
                let shared = self.docs[near.claim].frames;
                let adds = near.order == highest
                    || own >= OWN * self.words.top()
                    || asked.query.frames & shared & !framed > 0;
                framed |= asked.query.frames & shared;
                let said = asked.query.said.iter().filter(|(frame, _)| shared & (1 << frame) > 0);
                let said: Vec<Range<usize>> = said.flat_map(|(_, words)| words.clone()).collect();
                // What is said is told by its frame; without one, by all the words that are shared.
                let core = if said.is_empty() { &hit } else { &said };
                let start = core.iter().map(|range| range.start).min().unwrap_or(0);
                let end = core.iter().map(|range| range.end).max().unwrap_or(reading.as_str().len());
                hit.extend(said.iter().filter(|words| !hit.contains(words)).cloned().collect::<Vec<_>>());
                hit.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
                // What stands within a longer stretch is shown with it.
                let mut shown = 0;
                hit.retain(|range| {
                    let further = range.end > shown;
                    shown = shown.max(range.end);
                    further
                });
                Found {
                    claim: near.claim,
                    score: (meant * part).clamp(0.0, 1.0),
                    range: start..end,
                    words: hit,
                    said,
                    adds,
                }
            })
            .collect()
    }

    /// Scores every claim by words.
    fn words_look(&self, query: &mut Query, scores: &mut Scores) {
        query.sort();
        scores.clear(self.claims.len());
        query.asked.iter().for_each(|term| self.words.add(term.id, 1.0, &mut scores.words));
    }

    /// Scores every claim by concepts and groups of letters too, after [`Library::words_look`], and works out what it can
    /// come to.
    fn first_look<'a>(&'a self, query: &'a mut Query, scores: &mut Scores) -> Asked<'a> {
        query.spoken.iter().for_each(|id| self.words.add(*id, CONCEPT, &mut scores.concepts));
        query.grams.iter().for_each(|id| self.grams.add(*id, GRAM, &mut scores.grams));
        scores.add_up();
        if query.frames > 0 {
            for (score, doc) in scores.all.iter_mut().zip(&self.docs) {
                *score += FRAME * frames::weigh(query.frames & doc.frames, &self.framed);
            }
        }
        let sight = Sight::new(query, &self.words, &self.places, &self.framed);
        let asked = Asked { query, sight, index: &self.words, weights: &self.weights };
        self.bound.sum(&asked, &mut scores.bounds);
        asked
    }

    /// Returns the claims nearest to a post: those that the first look puts first, and of these the `top` first in order
    /// and perhaps some more.
    fn nearest(&self, asked: &Asked<'_>, scores: &Scores, top: usize) -> Vec<Near> {
        let query = asked.query;
        if query.asked.is_empty() && query.spoken.is_empty() && query.frames == 0 {
            return Vec::new();
        }
        let mut first: Vec<(f32, usize)> = Vec::with_capacity(scores.all.len());
        first.extend((0..).zip(&scores.all).filter(|(_, all)| **all > 0.0).map(|(claim, all)| (*all, claim)));
        let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if first.len() > CANDIDATES {
            first.select_nth_unstable_by(CANDIDATES, order);
            first.truncate(CANDIDATES);
        }
        first.sort_unstable_by(order);
        let tops = scores.tops(first.iter().map(|(_, claim)| *claim));
        // What frames add is in no bound.
        let top = if query.frames > 0 { usize::MAX } else { top };
        let most = Tops::of(asked, &tops);
        let mut near: Vec<Near> = Vec::with_capacity(first.len());
        // The best orders so far, highest first.
        let mut best: Vec<f32> = Vec::with_capacity(first.len());
        for (rank, (_, claim)) in first.iter().enumerate() {
            if top <= best.len() && most.order(scores, *claim) - most.behind(rank) < best[top - 1] {
                continue;
            }
            let doc = (*claim, &self.docs[*claim], scores.bounds.hits[*claim]);
            let features = asked.sight.features(doc, rank, &scores.of(*claim), &tops);
            let order = self.weights.order(&features);
            if top < CANDIDATES {
                best.insert(best.partition_point(|other| *other >= order), order);
            }
            near.push(Near { claim: *claim, order, features });
        }
        near
    }
}

/// What the first look says of each claim.
#[derive(Debug, Default)]
struct Scores {
    words: Vec<f32>,
    concepts: Vec<f32>,
    grams: Vec<f32>,
    /// All of these; see [`Scores::add_up`].
    all: Vec<f32>,
    /// The most each can come to; see [`Bound`].
    bounds: Bounds,
}

impl Scores {
    fn clear(&mut self, count: usize) {
        for scores in [&mut self.words, &mut self.concepts, &mut self.grams] {
            scores.clear();
            scores.resize(count, 0.0);
        }
    }

    fn add_up(&mut self) {
        let parts = self.words.iter().zip(&self.concepts).zip(&self.grams);
        self.all.clear();
        self.all.extend(parts.map(|((words, concepts), grams)| words + concepts + grams));
    }

    /// Returns what a claim scored in all, by words, by letters and by concepts.
    fn of(&self, claim: usize) -> [f32; 4] {
        [self.all[claim], self.words[claim], self.grams[claim], self.concepts[claim]]
    }

    /// Returns the highest of each over `claims`.
    fn tops(&self, claims: impl Iterator<Item = usize>) -> [f32; 4] {
        claims.fold([0.1; 4], |tops, claim| {
            let of = self.of(claim);
            std::array::from_fn(|at| tops[at].max(of[at]))
        })
    }
}

/// A claim near a post.
struct Near {
    claim: usize,
    order: f32,
    features: Features,
}

/// Returns what a claim says, in any of its ways.
fn said(claim: &Claim) -> frames::Mask {
    let ways = std::iter::once(&claim.claim).chain(&claim.title).chain(&claim.variants);
    ways.fold(0, |all, way| all | frames::mask(&frames::of(way, &Folded::of(way))))
}

fn doc(claim: &[Vec<Word>], words: &Index, negative: bool) -> Doc {
    let id = |word: &Word| words.id(word.key);
    let once = |mut ids: Vec<u32>| {
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let sum = |ids: &[u32]| ids.iter().map(|id| words.rarity(*id)).sum::<f32>();
    let terms = |ids: Vec<u32>| {
        let ids = once(ids);
        Terms { whole: sum(&ids), ids }
    };
    let every = || claim.iter().flatten();
    let all = once(every().filter_map(id).collect());
    let ways = claim.iter().map(|way| {
        let order: Vec<u32> = way.iter().filter_map(id).collect();
        Way { whole: sum(&order), once: terms(order.clone()), order }
    });
    Doc {
        ways: ways.collect(),
        names: terms(every().filter(|word| word.capital).filter_map(id).collect()),
        numbers: once(every().filter(|word| word.number).filter_map(id).collect()),
        long: (1.0 + every().count() as f32).ln() / 5.0,
        norm: all.iter().map(|id| words.rarity(*id).powi(2)).sum::<f32>().sqrt().max(0.1),
        negative,
        frames: 0,
        all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(id: &str, claim: &str, variants: &[&str]) -> Claim {
        Claim {
            id: id.into(),
            claim: claim.into(),
            variants: variants.iter().map(|v| (*v).into()).collect(),
            title: None,
            date: None,
            sources: Vec::new(),
            verdict: None,
            verdict_as_of: None,
            open_matter: false,
            known: None,
        }
    }

    #[test]
    fn the_right_claim_comes_first_and_none_when_there_is_none() {
        let library = Library::new(vec![
            claim(
                "suitcases",
                "Election workers pulled suitcases of fake ballots from under a table.",
                &["suitcases of ballots"],
            ),
            claim(
                "starlink",
                "Starlink was used to change the vote count.",
                &["Musk satellites altered the count"],
            ),
            claim("sharpie", "Sharpies were handed out so that ballots would be rejected.", &[]),
        ]);
        let matches = library.rank("They pulled SUITCASES of ballots from under the table!", 2);
        assert_eq!(matches.matches[0].claim, "suitcases");
        assert_eq!(matches.matches[0].stance, Stance::Asserted);
        assert!(!matches.none);
        assert!(matches.matches[0].words.contains(&"SUITCASES".to_owned()));
        assert!(library.rank("What a lovely morning", 3).none);
        let stolen =
            Library::new(vec![claim("stolen", "2020 was stolen and Biden did not really win.", &[])]);
        for (text, expected) in [
            ("they stole the 2020 election", Stance::Asserted),
            ("nobody stole the 2020 election", Stance::Denied),
            ("Biden didn't win, he cheated", Stance::Asserted),
        ] {
            assert_eq!(stolen.rank(text, 1).matches[0].stance, expected, "{text}");
        }
        assert!(Library::new(Vec::new()).rank("x", 3).none);
    }

    #[test]
    fn a_claim_behind_another_stands_by_words_of_its_own() {
        let library = Library::new(vec![
            claim("movie", "Paid mules stuffed drop boxes.", &["2000 mules proved it"]),
            claim("skater", "A skater in Lincoln was a mule.", &["a mule stuffed the drop boxes in Lincoln"]),
            claim("starlink", "Starlink satellites changed the vote count.", &[]),
        ]);
        let adds = |text: &str| -> Vec<(String, bool)> {
            let found = library.match_reading(text, &Folded::of(text), 3);
            found.iter().map(|found| (library.claims()[found.claim].id.clone(), found.adds)).collect()
        };
        let of = |id: &str, adds: bool| (id.to_owned(), adds);
        assert_eq!(adds("Paid mules stuffed drop boxes!"), [of("movie", true), of("skater", false)]);
        let both = adds("Paid mules stuffed drop boxes, and Starlink satellites changed the count!");
        assert!(both.contains(&of("movie", true)) && both.contains(&of("starlink", true)), "{both:?}");
        let text = "Ballot mule caught";
        let found = library.match_reading(text, &Folded::of(text), 1);
        let words: Vec<&str> = found[0].words.iter().map(|word| &text[word.clone()]).collect();
        assert_eq!(words, ["Ballot mule"]);
    }
}
