//! Rules: small patterns over the plain reading of a post, each with a reason code and a weight.
//!
//! How a rule is written stands in [`crate::pattern`]. A book holds the rules of one detector. Of all rules of all books
//! only those are asked whose needed words stand in the text; one pass over the text finds these ([`crate::gate`]).

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

use regex::bytes::{Regex, RegexBuilder};
use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input};

use crate::ahead;
use crate::automaton::Automaton;
use crate::begins::{self, Begins};
use crate::gate::{Gate, Seen};
use crate::pattern::{expand, key};

/// One pattern.
pub(crate) struct Rule {
    /// The reason shown when it matches.
    pub code: &'static str,
    /// How much it says, 0 to 1.
    pub weight: f32,
    /// The pattern.
    pub pattern: &'static str,
}

/// Writes a rule on one line.
pub(crate) const fn rule(code: &'static str, weight: f32, pattern: &'static str) -> Rule {
    Rule { code, weight, pattern }
}

/// A match of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hit {
    pub rule: usize,
    pub code: &'static str,
    pub weight: f32,
    /// In bytes of the reading.
    pub range: Range<usize>,
}

/// The rules of one detector, ready to run. A rule is compiled when it is first asked: few ever are.
pub(crate) struct Book {
    each: Vec<OnceLock<Ready>>,
    /// The rules as an ordinary program of regular expressions has them.
    #[cfg(test)]
    plain: Vec<OnceLock<Regex>>,
    rules: Vec<&'static Rule>,
    /// The number that its first rule has in [`GATE`].
    first: OnceLock<usize>,
}

/// A rule that is compiled, and where it may begin to match.
struct Ready {
    begins: Begins,
    ends: DFA,
    /// What threads have seen of the automaton so far.
    caches: Pool<Cache, Make>,
    /// How often it was asked.
    asked: AtomicU32,
}

/// Whether a rule that may begin nearly anywhere matches at all is asked in one go only when it was asked so often: the
/// automaton grows large with that, and takes as long to grow as asking some thousand times place by place.
const LEARNING: u32 = 2000;

/// Makes room for what a thread will see of an automaton.
type Make = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A plain reading that rules are asked about.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    text: &'a str,
    seen: Seen,
    /// Where words begin.
    words: OnceCell<Cow<'a, [begins::Word]>>,
}

impl<'a> Text<'a> {
    /// Prepares `text`, of which `seen` says what [`look`] said.
    pub fn new(text: &'a str, seen: Seen) -> Self {
        Self { text, seen, words: OnceCell::new() }
    }

    /// As [`Text::new`], where it is known which words begin in it.
    pub fn with(text: &'a str, seen: Seen, words: &'a [begins::Word]) -> Self {
        Self { text, seen, words: OnceCell::from(Cow::Borrowed(words)) }
    }

    /// Returns the same text once more.
    pub fn again(&self) -> Self {
        match self.words.get() {
            Some(Cow::Borrowed(words)) => Self::with(self.text, self.seen, words),
            _ => Self::new(self.text, self.seen),
        }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &'a str {
        self.text
    }
}

/// Room for the lazily built automaton of a rule; a smaller cache is thrown away and rebuilt on every post.
const ROOM: usize = 24 << 20;

/// Returns the book of every detector, and the marks.
pub(crate) fn books() -> impl Iterator<Item = &'static Book> {
    crate::detectors::books().into_iter().chain([&*crate::stance::BOOK])
}

/// The gate before the rules of all books.
pub(crate) static GATE: LazyLock<Gate> = LazyLock::new(|| {
    ahead::gate(&keys()).unwrap_or_else(|| {
        let mut patterns = Vec::new();
        books().for_each(|book| patterns.extend(book.rules.iter().map(|rule| expand(rule.pattern))));
        patterns.extend(crate::detectors::searches().iter().map(|search| search.pattern.clone()));
        Gate::new(patterns.iter().map(String::as_str))
    })
});

/// Numbers all patterns, and returns their keys in that order, lower half first.
pub(crate) fn keys() -> Vec<u32> {
    let mut keys = Vec::new();
    let mut add = |pattern: &str| {
        let key = key(pattern);
        keys.extend([key as u32, (key >> 32) as u32]);
    };
    let mut next = 0;
    for book in books() {
        // It is always the same number, so that it does not matter who was first.
        let _ = book.first.set(next);
        next += book.rules.len();
        book.rules.iter().for_each(|rule| add(rule.pattern));
    }
    for (at, search) in crate::detectors::searches().iter().enumerate() {
        let _ = search.number.set(next + at);
        add(&search.pattern);
    }
    keys
}

/// Returns which rules are worth asking about `text`, a plain reading.
pub(crate) fn look(text: &str) -> Seen {
    GATE.look(text)
}

impl Book {
    /// Prepares `rules`, which are part of the program.
    pub fn new(rules: &'static [Rule]) -> Self {
        Self::of(&[rules])
    }

    /// Prepares rules that stand in several lists, in their order.
    pub fn of(lists: &[&'static [Rule]]) -> Self {
        let rules: Vec<&'static Rule> = lists.iter().copied().flatten().collect();
        Self {
            each: rules.iter().map(|_| OnceLock::new()).collect(),
            #[cfg(test)]
            plain: rules.iter().map(|_| OnceLock::new()).collect(),
            rules,
            first: OnceLock::new(),
        }
    }

    /// Returns the codes of the rules.
    #[cfg(test)]
    pub fn codes(&self) -> Vec<&'static str> {
        self.rules.iter().map(|rule| rule.code).collect()
    }

    /// Returns the patterns of the rules, written out.
    #[cfg(test)]
    pub fn patterns(&self) -> Vec<String> {
        self.rules.iter().map(|rule| expand(rule.pattern)).collect()
    }

    /// Returns the patterns of the rules.
    #[cfg(test)]
    pub fn as_written(&self) -> Vec<&'static str> {
        self.rules.iter().map(|rule| rule.pattern).collect()
    }

    /// Returns where rules match in `text`, at most three places a rule, in the order of the rules.
    pub fn hits(&self, text: &Text) -> Vec<Hit> {
        let mut hits = Vec::new();
        // A book that the gate does not know is asked in full.
        let (first, all) = (self.first.get().copied().unwrap_or(0), Seen::ALL);
        let seen = if self.first.get().is_some() { &text.seen } else { &all };
        for rule in seen.rules(first..first + self.rules.len()) {
            self.search(rule - first, text, &mut hits);
        }
        hits
    }

    /// As [`Book::hits`], of one rule.
    pub fn ask(&self, rule: usize, text: &Text, hits: &mut Vec<Hit>) {
        let worth = |first: &usize| text.seen.rules(first + rule..first + rule + 1).next().is_some();
        if self.first.get().is_none_or(worth) {
            self.search(rule, text, hits);
        }
    }

    fn search(&self, index: usize, text: &Text, hits: &mut Vec<Hit>) {
        let rule = self.rules[index];
        let Ready { begins, ends, caches, asked } = self.each[index].get_or_init(|| ready(rule.pattern));
        let bytes = text.text.as_bytes();
        let words: &[begins::Word] = if !begins.asks_words() {
            &[]
        } else {
            text.words.get_or_init(|| {
                let mut words = Vec::with_capacity(bytes.len() / 4);
                begins::words(text.text, &mut words);
                Cow::Owned(words)
            })
        };
        let (mut cache, mut count) = (None, 0);
        if begins.wide() && asked.fetch_add(1, Ordering::Relaxed) >= LEARNING {
            let cache = cache.get_or_insert_with(|| caches.get());
            if let Ok(None) = ends.try_search_fwd(cache, &Input::new(bytes)) {
                return;
            }
        }
        begins.places(bytes, words, |at| {
            let cache = cache.get_or_insert_with(|| caches.get());
            let here = Input::new(bytes).range(at..).anchored(Anchored::Yes);
            // A search fails only where it is told to give up at some byte or to save room; it is not.
            let Ok(Some(end)) = ends.try_search_fwd(cache, &here) else { return Some(at) };
            let range = at..end.offset();
            hits.push(Hit { rule: index, code: rule.code, weight: rule.weight, range });
            count += 1;
            (count < MOST).then_some(end.offset())
        });
    }

    /// As [`Book::hits`], of all rules, without looking where they may begin.
    #[cfg(test)]
    pub fn everywhere(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let regex = self.plain[index].get_or_init(|| pattern(rule.pattern));
            hits.extend(regex.find_iter(text.as_bytes()).take(MOST).map(|found| Hit {
                rule: index,
                code: rule.code,
                weight: rule.weight,
                range: found.range(),
            }));
        }
        hits
    }
}

/// Places that a rule is found at, at most.
const MOST: usize = 3;

/// One pattern that is searched for in whole texts, behind the same gate; compiled when it is first asked. It must be among
/// [`crate::detectors::searches`], else it is always asked.
pub(crate) struct Search {
    pattern: String,
    regex: OnceLock<Regex>,
    number: OnceLock<usize>,
}

impl Search {
    /// Prepares a pattern, with the conveniences of rules.
    pub fn new(pattern: &str) -> Self {
        Self { pattern: expand(pattern), regex: OnceLock::new(), number: OnceLock::new() }
    }

    /// Returns the pattern, written out.
    #[cfg(test)]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Tells whether the pattern may match in the text that `seen` is about.
    pub fn worth(&self, seen: &Seen) -> bool {
        self.number.get().is_none_or(|number| seen.rules(*number..number + 1).next().is_some())
    }

    /// Returns the pattern to search with, where it may match in the text that `seen` is about.
    pub fn if_worth(&self, seen: &Seen) -> Option<&Regex> {
        self.worth(seen).then(|| self.regex())
    }

    /// Returns the pattern to search with.
    pub fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| compile(&self.pattern))
    }
}

/// Compiles one pattern with the conveniences of rules.
pub(crate) fn pattern(text: &str) -> Regex {
    compile(&expand(text))
}

/// Makes a rule ready to be searched for place by place. Looking for its words first, as patterns do by themselves, was the
/// gate's work already: in texts that passed it they stand everywhere.
fn ready(text: &str) -> Ready {
    let Automaton { begins, nfa } = ahead::automaton(text)
        .or_else(|| Automaton::of(&expand(text)))
        .expect("the rules are constants and every test makes them ready");
    let ends = DFA::builder()
        .configure(Config::new().cache_capacity(ROOM).skip_cache_capacity_check(true))
        .build_from_nfa(nfa)
        .unwrap_or_else(|error| panic!("the rules are constants and every test makes them ready: {error}"));
    let own = ends.clone();
    let make: Make = Box::new(move || own.create_cache());
    Ready { begins, ends, caches: Pool::new(make), asked: AtomicU32::new(0) }
}

fn compile(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .size_limit(ROOM)
        .dfa_size_limit(ROOM)
        .build()
        .unwrap_or_else(|error| panic!("the rules are constants and every test compiles them: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_spaces_are_written_out() {
        let found =
            pattern(r"\bwe know where <YOU>").find(b"so we  know, where you").map(|found| found.range());
        assert_eq!(found, Some(3..22));
    }
}
