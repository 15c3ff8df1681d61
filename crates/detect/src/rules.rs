//! Rules: small patterns over the plain reading of a post, each with a reason code and a weight.
//!
//! A rule is written as a regular expression over lower-case ASCII with two conveniences: a space stands for one to three
//! characters that may part words within a clause, and `<NAME>` stands for a list of [`crate::lexicon`]. A book holds
//! the rules of one detector. Of all rules of all books only those are asked whose needed words stand in the text; one
//! pass over the text finds these ([`crate::gate`]).

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::bytes::{Regex, RegexBuilder};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, meta};

use crate::begins::{self, Begins};
use crate::gate::{Gate, Seen};
use crate::lexicon;

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
    rules: Vec<&'static Rule>,
    /// The number that its first rule has in [`GATE`].
    first: OnceLock<usize>,
}

/// A rule that is compiled, and where it may begin to match.
struct Ready {
    regex: meta::Regex,
    begins: Option<Begins>,
}

/// A plain reading that rules are asked about.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    text: &'a str,
    seen: Seen,
    /// Where words begin.
    words: OnceCell<Vec<u32>>,
}

impl<'a> Text<'a> {
    /// Prepares `text`, of which `seen` says what [`look`] said.
    pub fn new(text: &'a str, seen: Seen) -> Self {
        Self { text, seen, words: OnceCell::new() }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// Returns which rules are worth asking.
    pub fn seen(&self) -> &Seen {
        &self.seen
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
    let mut patterns = Vec::new();
    for book in books() {
        // The gate is built once, so no book has a number yet.
        let _ = book.first.set(patterns.len());
        patterns.extend(book.rules.iter().map(|rule| expand(rule.pattern)));
    }
    for search in crate::detectors::searches() {
        let _ = search.number.set(patterns.len());
        patterns.push(search.pattern.clone());
    }
    Gate::new(patterns.iter().map(String::as_str))
});

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
        Self { each: rules.iter().map(|_| OnceLock::new()).collect(), rules, first: OnceLock::new() }
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
        let Ready { regex, begins } = self.each[index].get_or_init(|| ready(rule.pattern));
        let bytes = text.text.as_bytes();
        let hit = |range| Hit { rule: index, code: rule.code, weight: rule.weight, range };
        let Some(begins) = begins else {
            hits.extend(regex.find_iter(bytes).take(MOST).map(|found| hit(found.range())));
            return;
        };
        let words = text.words.get_or_init(|| {
            let mut words = Vec::with_capacity(bytes.len() / 4);
            begins::words(text.text, &mut words);
            words
        });
        let (mut from, mut count) = (0, 0);
        for at in begins.places(bytes, words) {
            if at < from {
                continue;
            }
            if let Some(found) = regex.find(Input::new(bytes).range(at..).anchored(Anchored::Yes)) {
                from = found.end();
                hits.push(hit(found.range()));
                count += 1;
                if count == MOST {
                    return;
                }
            }
        }
    }

    /// As [`Book::hits`], of all rules, without looking where they may begin.
    #[cfg(test)]
    pub fn everywhere(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let regex = &self.each[index].get_or_init(|| ready(rule.pattern)).regex;
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

/// Compiles the pattern of a rule to be searched for step by step. Looking for its words first, as patterns do by
/// themselves, was the gate's work already: in texts that passed it they stand everywhere.
fn ready(text: &str) -> Ready {
    let pattern = expand(text);
    let regex = meta::Regex::builder()
        .configure(
            meta::Regex::config()
                .auto_prefilter(false)
                .utf8_empty(false)
                .nfa_size_limit(Some(ROOM))
                .hybrid_cache_capacity(ROOM),
        )
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .build(&pattern)
        .unwrap_or_else(|error| panic!("the rules are constants and every test compiles them: {error}"));
    Ready { regex, begins: Begins::of(&pattern) }
}

fn compile(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .size_limit(ROOM)
        .dfa_size_limit(ROOM)
        .build()
        .unwrap_or_else(|error| panic!("the rules are constants and every test compiles them: {error}"))
}

/// Writes out the conveniences.
pub(crate) fn expand(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 4);
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if c == '<'
            && let Some(end) = rest.find('>')
            && let Some(list) = lexicon::list(&rest[1..end])
        {
            out.push_str("(?:");
            out.push_str(&expand(list));
            out.push(')');
            rest = &rest[end + 1..];
            continue;
        }
        match c {
            ' ' => out.push_str(r#"(?:[ ,'"*\x1a\n-]{1,3})"#),
            other => out.push(other),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
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
