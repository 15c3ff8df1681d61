//! A post as it is asked about: the words the library knows, what they speak of, their groups of letters.
//!
//! What a word comes to is worked out once and remembered ([`Memo`]): stem, term, concepts and groups of letters follow
//! from the word and the library alone.

use std::cell::RefCell;
use std::ops::Range;

use values::Folded;

use super::ranker::WINDOW;
use super::{CONCEPT, Library, Scores, frames, text};
use crate::memo::Memo;

/// What a post asks.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Words that are terms of the library, in order.
    pub terms: Vec<Term>,
    /// Each term once, in the order of their first words.
    pub asked: Vec<Ask>,
    /// Where the terms stand in `asked`, by their numbers; see [`Query::sort`].
    pub sorted: Vec<u32>,
    /// Concepts, once each.
    pub spoken: Vec<u32>,
    /// Groups of letters that claims hold, once each; see [`Room::letters`].
    pub grams: Vec<u32>,
    /// What it says, by its frames, and where: those that some claim says too.
    pub frames: frames::Mask,
    pub said: Vec<frames::Said>,
    /// The words of frames.
    framed: Vec<frames::Word>,
    /// The same as the words give them.
    heard: Vec<u32>,
    /// Rarity of terms and concepts together.
    pub weight: f32,
}

/// A term that a post holds.
#[derive(Debug)]
pub(super) struct Ask {
    pub id: u32,
    pub rarity: f32,
    /// The place of its first word in [`Query::terms`].
    pub first: usize,
    /// Written with a capital at least once.
    pub capital: bool,
    /// A digit is in it.
    pub number: bool,
}

/// A word that is a term of the library.
#[derive(Debug)]
pub(super) struct Term {
    pub id: u32,
    /// Its place in [`Query::asked`].
    pub slot: u32,
    /// Its place among all words of the post that say something.
    pub at: usize,
    /// In bytes of the reading.
    pub range: Range<usize>,
}

/// Room to ask in, kept from post to post.
#[derive(Default)]
pub(super) struct Room {
    /// The library that the rest is about.
    library: u64,
    /// By word: [`term`](NONE), how many concepts, these, groups of letters; nothing for words that say nothing.
    memo: Memo<u32>,
    /// For each term, the number of the post that last held it, and its place in [`Query::asked`] then.
    met: Vec<(u32, u32)>,
    /// For each group of letters, the number of the post that last held it.
    met_grams: Vec<u32>,
    post: u32,
    pub query: Query,
    pub scores: Scores,
}

/// Stands for a word that is no term.
const NONE: u32 = u32::MAX;
/// Set beside the number of concepts where a digit is in the word.
const NUMBER: u32 = 1 << 31;
/// The word is in a frame: its sets stand behind that number, a quarter each; two words of a frame begin with it; it says
/// nothing else.
const FRAMED: u32 = 1 << 30;
const BEGINS: u32 = 1 << 29;
const MUTE: u32 = 1 << 28;
const COUNT: u32 = MUTE - 1;

thread_local! {
    static ROOM: RefCell<Room> = RefCell::new(Room::default());
}

/// Lends the room of this thread.
pub(super) fn with_room<T>(work: impl FnOnce(&mut Room) -> T) -> T {
    ROOM.with_borrow_mut(work)
}

impl Room {
    /// Reads a post.
    pub fn ask(&mut self, library: &Library, original: &str, reading: &Folded) -> &mut Self {
        if self.library != library.number {
            self.library = library.number;
            self.memo.clear();
            self.met = vec![(0, 0); library.words.len()];
            self.met_grams = vec![0; library.grams.len()];
            self.post = 0;
        }
        if self.post == u32::MAX {
            self.met.fill((0, 0));
            self.met_grams.fill(0);
            self.post = 0;
        }
        self.post += 1;
        let Self { memo, post, query, met, .. } = self;
        let post = *post;
        query.clear();
        let mut frames = frames::Reader::new(reading.as_str(), &mut query.framed);
        let mut at = 0;
        text::each(original, reading, |range| {
            let word = &reading.as_str()[range.clone()];
            let known = memo.get(word.as_bytes(), |_, out| describe(library, word, out));
            let [term, concepts, rest @ ..] = known else { return frames.word(&range, 0, false) };
            let (concepts, mut rest) = (*concepts, rest);
            if concepts & FRAMED > 0
                && let Some((sets, others)) = rest.split_first_chunk()
            {
                rest = others;
                frames.word(&range, sets_of(*sets), concepts & BEGINS > 0);
                if concepts & MUTE > 0 {
                    return;
                }
            } else {
                frames.word(&range, 0, false);
            }
            if *term != NONE {
                let capital = reading.capital(original, range.start);
                let (last, slot) = &mut met[*term as usize];
                if *last != post {
                    (*last, *slot) = (post, query.asked.len() as u32);
                    let rarity = library.words.rarity(*term);
                    query.weight += rarity;
                    let (first, number) = (query.terms.len(), concepts & NUMBER > 0);
                    query.asked.push(Ask { id: *term, rarity, first, capital, number });
                } else if capital {
                    query.asked[*slot as usize].capital = true;
                }
                query.terms.push(Term { id: *term, slot: *slot, at, range });
            }
            at += 1;
            let (concepts, grams) = rest.split_at((concepts & COUNT) as usize);
            for concept in concepts {
                if std::mem::replace(&mut met[*concept as usize].0, post) != post {
                    query.spoken.push(*concept);
                    query.weight += library.words.rarity(*concept) * CONCEPT;
                }
            }
            query.heard.extend_from_slice(grams);
        });
        query.say(library);
        self
    }

    /// Fills in the groups of letters of the post read last: only posts that may speak of a claim need them.
    pub fn letters(&mut self) {
        let Self { query, met_grams, post, .. } = self;
        let Query { heard, grams, .. } = query;
        grams.clear();
        grams.extend(
            heard.iter().filter(|gram| std::mem::replace(&mut met_grams[**gram as usize], *post) != *post),
        );
    }
}

impl Query {
    fn clear(&mut self) {
        self.terms.clear();
        self.asked.clear();
        self.sorted.clear();
        self.spoken.clear();
        self.grams.clear();
        self.heard.clear();
        self.framed.clear();
        self.frames = 0;
        self.said.clear();
        self.weight = 0.0;
    }

    /// Notes frames that some claim says.
    fn say(&mut self, library: &Library) {
        self.said = frames::said(&self.framed);
        self.said.retain(|(frame, _)| library.framed[*frame] > 0.0);
        self.frames = frames::mask(&self.said);
    }

    /// Tells whether any words of the post that are terms stand near each other.
    pub fn narrow(&self) -> bool {
        self.terms.first().zip(self.terms.last()).is_none_or(|(first, last)| last.at - first.at <= WINDOW)
    }

    /// Puts the terms in order of their numbers.
    pub fn sort(&mut self) {
        let Self { asked, sorted, .. } = self;
        sorted.clear();
        sorted.extend(0..asked.len() as u32);
        sorted.sort_unstable_by_key(|slot| asked[*slot as usize].id);
    }
}

/// Writes what `word` comes to.
fn describe(library: &Library, word: &str, out: &mut Vec<u32>) {
    let (sets, begins) = frames::sets(word.as_bytes());
    let framed = if sets > 0 || begins { FRAMED } else { 0 };
    let flags = framed | if begins { BEGINS } else { 0 };
    let parts = [0, 32, 64, 96].map(|by| (sets >> by) as u32);
    let Some(stem) = text::root(word) else {
        if framed > 0 {
            out.extend([NONE, flags | MUTE]);
            out.extend(parts);
        }
        return;
    };
    let key = text::hash(stem.as_bytes());
    out.push(library.words.id(key).unwrap_or(NONE));
    let place = out.len();
    out.push(0);
    if framed > 0 {
        out.extend(parts);
    }
    let before = out.len();
    out.extend(text::concepts(key).iter().filter_map(|concept| library.words.id(*concept)));
    let number = if stem.bytes().any(|byte| byte.is_ascii_digit()) { NUMBER } else { 0 };
    out[place] = (out.len() - before) as u32 | number | flags;
    let mut grams = Vec::new();
    text::grams(&stem, &mut grams);
    grams.sort_unstable();
    grams.dedup();
    out.extend(grams.into_iter().filter_map(|gram| library.grams.id(gram)));
}

/// Puts the sets of a word together.
fn sets_of(parts: [u32; 4]) -> frames::Sets {
    parts.iter().rev().fold(0, |all, part| all << 32 | frames::Sets::from(*part))
}
