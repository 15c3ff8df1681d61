//! Claims: which known claims a post speaks of, best first, or none.
//!
//! Ranking is BM25 over stemmed words of claim, title and ways it is said, together with the share of the claim's own rare
//! words that the post holds, and pairs of neighbouring words. No network, no model download; a library of some thousand
//! claims is searched in well under five milliseconds.

use std::collections::BTreeMap;
use std::ops::Range;

use record::{Claim, Stance};
use values::Folded;

use crate::stance::Marks;

/// Claims, indexed.
pub struct Library {
    claims: Vec<Claim>,
    terms: BTreeMap<String, u32>,
    postings: Vec<Vec<(u32, f32)>>,
    rarity: Vec<f32>,
    /// One way a claim is said: the claim, how long the text is in words, its weight in all.
    ways: Vec<Way>,
    mean: f32,
}

struct Way {
    claim: usize,
    length: f32,
    whole: f32,
    terms: Vec<u32>,
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
}

const K1: f32 = 1.2;
const B: f32 = 0.5;

impl Library {
    /// Indexes `claims`.
    pub fn new(claims: Vec<Claim>) -> Self {
        let mut library = Self {
            claims,
            terms: BTreeMap::new(),
            postings: Vec::new(),
            rarity: Vec::new(),
            ways: Vec::new(),
            mean: 1.0,
        };
        let mut bags: Vec<(usize, Vec<String>)> = Vec::new();
        for (at, claim) in library.claims.iter().enumerate() {
            let mut ways = vec![claim.claim.as_str()];
            ways.extend(claim.variants.iter().map(String::as_str));
            if let Some(title) = &claim.title {
                ways.push(title);
            }
            for way in ways {
                let folded = Folded::of(way);
                bags.push((at, words(folded.as_str()).into_iter().map(|word| word.stem).collect()));
            }
        }
        let mut seen_in: Vec<(u32, usize)> = Vec::new();
        for (claim, bag) in &bags {
            let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
            for stem in bag {
                let next = library.terms.len() as u32;
                let id = *library.terms.entry(stem.clone()).or_insert(next);
                if id as usize == library.postings.len() {
                    library.postings.push(Vec::new());
                    seen_in.push((0, usize::MAX));
                }
                *counts.entry(id).or_default() += 1.0;
                let seen = &mut seen_in[id as usize];
                if seen.1 != *claim {
                    *seen = (seen.0 + 1, *claim);
                }
            }
            let way = library.ways.len() as u32;
            for (id, count) in &counts {
                library.postings[*id as usize].push((way, *count));
            }
            library.ways.push(Way {
                claim: *claim,
                length: bag.len() as f32,
                whole: 0.0,
                terms: counts.into_keys().collect(),
            });
        }
        let total = library.claims.len() as f32;
        library.rarity = seen_in
            .iter()
            .map(|(count, _)| (1.0 + (total - *count as f32 + 0.5) / (*count as f32 + 0.5)).ln())
            .collect();
        for way in &mut library.ways {
            way.whole = way.terms.iter().map(|id| library.rarity[*id as usize]).sum();
        }
        library.mean =
            library.ways.iter().map(|way| way.length).sum::<f32>() / (library.ways.len().max(1) as f32);
        library
    }

    /// Returns the claims, as given.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Returns at most `top` claims that `text` may speak of, best first, and whether none is likely meant.
    pub fn rank(&self, text: &str, top: usize) -> Matches {
        let folded = Folded::of(text);
        let marks = Marks::of(folded.as_str(), &crate::rules::look(folded.as_str()));
        let found = self.match_reading(folded.as_str(), top);
        let none = found.first().is_none_or(|best| best.score < crate::THRESHOLD);
        let matches = found
            .into_iter()
            .map(|found| Match {
                claim: self.claims[found.claim].id.clone(),
                score: found.score,
                stance: marks.on_claim(folded.as_str(), &found.range).0,
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

    /// Returns the stems that call for a look at the claims: the rarer words of the library.
    pub(crate) fn stems(&self) -> Vec<String> {
        let top = self.rarity.iter().copied().fold(0.0, f32::max);
        self.terms
            .iter()
            .filter(|(stem, id)| stem.len() >= 4 && self.rarity[**id as usize] > top * 0.1)
            .map(|(stem, _)| stem.clone())
            .collect()
    }

    /// Ranks the claims for a plain reading.
    pub(crate) fn match_reading(&self, text: &str, top: usize) -> Vec<Found> {
        if self.ways.is_empty() {
            return Vec::new();
        }
        let words = words(text);
        let mut asked: Vec<(u32, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if let Some(id) = self.terms.get(word.stem.as_str())
                && !asked.iter().any(|(known, _)| known == id)
            {
                asked.push((*id, at));
            }
        }
        let mut scores: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
        for (id, _) in &asked {
            let rarity = self.rarity[*id as usize];
            for (way, count) in &self.postings[*id as usize] {
                let length = self.ways[*way as usize].length;
                let gain = rarity * count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length / self.mean));
                let entry = scores.entry(*way).or_default();
                entry.0 += gain;
                entry.1 += rarity;
            }
        }
        // How much a word says depends on the size of the library; scores should not.
        let top_rarity = self.rarity.iter().copied().fold(0.1, f32::max);
        let mut best: BTreeMap<usize, (f32, u32)> = BTreeMap::new();
        for (way, (bm25, held)) in scores {
            let whole = self.ways[way as usize].whole.max(1.0);
            let share = held / whole;
            // Bounded: what part of the way it is said the post holds, and how much weight that is in all.
            let score = share * (1.0 - (-bm25 / (2.7 * top_rarity)).exp())
                + 0.25 * (1.0 - (-bm25 / (7.0 * top_rarity)).exp());
            let entry = best.entry(self.ways[way as usize].claim).or_insert((0.0, way));
            if score > entry.0 {
                *entry = (score, way);
            }
        }
        let mut ranked: Vec<(usize, f32, u32)> =
            best.into_iter().map(|(claim, (score, way))| (claim, score, way)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(top);
        ranked
            .into_iter()
            .map(|(claim, score, way)| {
                let terms = &self.ways[way as usize].terms;
                let hit: Vec<Range<usize>> = asked
                    .iter()
                    .filter(|(id, _)| terms.contains(id))
                    .map(|(_, at)| words[*at].range.clone())
                    .collect();
                let start = hit.iter().map(|range| range.start).min().unwrap_or(0);
                let end = hit.iter().map(|range| range.end).max().unwrap_or(text.len());
                Found { claim, score: score.clamp(0.0, 1.0), range: start..end, words: hit }
            })
            .collect()
    }
}

struct Word {
    stem: String,
    range: Range<usize>,
}

/// Returns the words of a plain text that say something, stemmed.
fn words(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_alphanumeric()
                || (bytes[at] == b'\'' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)))
        {
            at += 1;
        }
        let word = text[start..at].trim_end_matches("'s").replace('\'', "");
        if word.len() > 1 && !STOP.contains(&word.as_str()) {
            out.push(Word { stem: stem(&word), range: start..at });
        }
    }
    out
}

const STOP: &[&str] = &[
    "the", "an", "and", "or", "of", "to", "in", "on", "at", "for", "by", "with", "from", "as", "is", "are",
    "was", "were", "be", "been", "it", "its", "that", "this", "these", "those", "he", "she", "they", "them",
    "his", "her", "their", "we", "our", "you", "your", "me", "my", "did", "do", "does", "not", "so", "but",
    "if", "has", "have", "had", "will", "would", "can", "could", "there", "what", "who", "how", "when",
    "just", "rt", "https", "http", "co", "com", "amp", "pic", "twitter", "el", "la", "los", "las", "de",
    "del", "en", "un", "una", "que", "por", "con", "para", "se", "al", "es",
];

/// Cuts the usual English and Spanish endings.
fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    for (ending, least, with) in [
        ("ization", 4, "ize"),
        ("ational", 4, "ate"),
        ("fulness", 4, "ful"),
        ("iveness", 4, "ive"),
        ("ies", 2, "y"),
        ("sses", 2, "ss"),
        ("ments", 4, ""),
        ("ment", 4, ""),
        ("ings", 3, ""),
        ("ing", 3, ""),
        ("edly", 4, ""),
        ("ed", 3, ""),
        ("ers", 4, "er"),
        ("ions", 4, "ion"),
        ("es", 4, "e"),
        ("ly", 4, ""),
        ("s", 3, ""),
    ] {
        if let Some(base) = word.strip_suffix(ending)
            && base.len() >= least
            && !(ending == "s" && base.ends_with(['s', 'u', 'i']))
        {
            word = format!("{base}{with}");
            break;
        }
    }
    let bytes = word.as_bytes();
    let len = bytes.len();
    if len > 4 && bytes[len - 1] == bytes[len - 2] && !matches!(bytes[len - 1], b'l' | b's' | b'e' | b'o') {
        word.pop();
    }
    if word.len() > 4 && word.ends_with('e') {
        word.pop();
    }
    word
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
        assert!(Library::new(Vec::new()).rank("x", 3).none);
    }
}
