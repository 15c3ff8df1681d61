//! Rules: small patterns over the plain reading of a post, each with a reason code and a weight.
//!
//! A rule is written as a regular expression over lower-case ASCII with two conveniences: a space stands for one to three
//! characters that may part words within a clause, and `<NAME>` stands for a list of [`crate::lexicon`]. A book holds
//! the rules of one detector; it asks all of them in one pass and looks up the place only of those that matched.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

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

/// The rules of one detector, ready to run.
pub(crate) struct Book {
    set: RegexSet,
    each: Vec<Regex>,
    rules: &'static [Rule],
}

/// Room for the lazily built automata; a smaller cache is thrown away and rebuilt on every post.
const ROOM: usize = 24 << 20;

impl Book {
    /// Compiles `rules`, which are part of the program: a pattern that does not compile is caught by any test.
    pub fn new(rules: &'static [Rule]) -> Self {
        let patterns: Vec<String> = rules.iter().map(|rule| expand(rule.pattern)).collect();
        let set = RegexSetBuilder::new(&patterns)
            .unicode(false)
            .size_limit(ROOM * 4)
            .dfa_size_limit(ROOM)
            .build()
            .expect("the rules are constants and every test compiles them");
        let each = patterns.iter().map(|pattern| compile(pattern)).collect();
        Self { set, each, rules }
    }

    /// Returns the codes of the rules.
    #[cfg(test)]
    pub fn codes(&self) -> Vec<&'static str> {
        self.rules.iter().map(|rule| rule.code).collect()
    }

    /// Returns where rules match in `text`, at most three places a rule, in the order of the rules.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        for index in self.set.matches(text.as_bytes()).iter() {
            let rule = &self.rules[index];
            for found in self.each[index].find_iter(text.as_bytes()).take(3) {
                hits.push(Hit { rule: index, code: rule.code, weight: rule.weight, range: found.range() });
            }
        }
        hits
    }
}

/// Compiles one pattern with the conveniences of rules.
pub(crate) fn pattern(text: &str) -> Regex {
    compile(&expand(text))
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
fn expand(pattern: &str) -> String {
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
