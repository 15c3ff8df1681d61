//! A post yields proposed findings: threats, exposures of private data, calls to identify, abuse, known claims.
//!
//! ```text
//! text ─fold─▶ plain reading ─prefilter─▶ flags ─▶ detectors ─▶ findings with words, score and reasons
//! ```
//!
//! Everything here is a function of the text, of the case's private set and of its claims: no disk, no clock, no
//! randomness. A finding is a proposal; a person decides. Detectors live under `detectors/`, one file each; what they
//! share is beside them: how the writer stands to the words (`stance`), whose the data is (`whose`), the plain reading
//! (`post`), the rules (`rules`) and their word lists (`lexicon`).
//!
//! This crate knows nothing of where posts come from, and nothing of law.
//!
//! ```
//! use detect::{Detectors, Options};
//! use record::{Kind, PrivateSet};
//!
//! let detectors = Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] });
//! let text = "Who is this guy? Drop his name.";
//! let findings = detectors.detect(text);
//! assert!(findings.iter().any(|finding| finding.kind == Kind::CallToIdentify && finding.counts));
//! ```

mod ahead;
mod automaton;
mod begins;
pub mod claims;
mod detectors;
mod digits;
mod gate;
pub mod learned;
mod lexicon;
mod memo;
mod pattern;
mod post;
mod prefilter;
mod private;
pub mod reasons;
mod rules;
mod stance;
mod tape;
mod whose;
mod words;

use std::cell::RefCell;

use record::{Claim, Finding, PrivateSet};
use values::{Folded, Span};

pub use detectors::Detector;
pub use reasons::Language;

use post::Post;
use prefilter::{Flags, Prefilter};

/// A score from here on counts, unless something speaks against it.
pub const THRESHOLD: f32 = 0.5;

/// Returns name, version and description of every detector.
pub fn roster() -> &'static [Detector] {
    detectors::ROSTER
}

/// What the detectors of a case need to know.
pub struct Options<'a> {
    /// The person's own data; exposures of exactly these score highest.
    pub private: &'a PrivateSet,
    /// The claims to match posts against.
    pub claims: &'a [Claim],
}

/// The detectors, compiled once for a case and shared by threads.
pub struct Detectors {
    prefilter: Prefilter,
    private: private::Private,
    claims: claims::Library,
}

thread_local! {
    /// The folded text of the post in hand, and where its words begin: most posts are looked at without allocating.
    static SCRATCH: RefCell<(Folded, Vec<begins::Word>)> = RefCell::default();
}

impl Detectors {
    /// Compiles the detectors.
    pub fn new(options: &Options) -> Self {
        let claims = claims::Library::new(options.claims.to_vec());
        let prefilter = Prefilter::new(&claims.stems());
        detectors::warm();
        Self { prefilter, private: private::Private::new(options.private), claims }
    }

    /// Returns what is found in `text`, sorted by where it starts, then by kind; the same for the same text. Findings below
    /// the threshold are among them, with `counts` false.
    pub fn detect(&self, text: &str) -> Vec<Finding> {
        SCRATCH.with_borrow_mut(|(folded, words)| {
            folded.refill(text, &post::picture);
            self.look(text, folded, words)
        })
    }

    /// Returns name, version and description of every detector.
    pub fn roster(&self) -> &'static [Detector] {
        roster()
    }

    /// Returns what the learned part sees of `text`, for training it.
    pub fn features(&self, text: &str) -> Vec<learned::Feature> {
        let folded = Folded::with(text, &post::picture);
        let flags = Flags(u16::MAX);
        let unmasked = post::unmasked(&folded, flags);
        let reading = unmasked.as_ref().unwrap_or(&folded);
        let rules = rules::Text::new(reading.as_str(), rules::look(reading.as_str()));
        let post = Post::new(text, [&folded, reading], flags, rules::look(folded.as_str()), rules);
        detectors::features(&post)
    }

    fn look(&self, text: &str, folded: &Folded, words: &mut Vec<begins::Word>) -> Vec<Finding> {
        let (mut flags, plain) = self.prefilter.look(folded.as_str(), words);
        let exact = self.private.find(folded);
        if flags == Flags::default() && exact.is_empty() {
            return Vec::new();
        }
        let unmasked = post::unmasked(folded, flags);
        let mut seen = plain;
        if let Some(read) = &unmasked {
            let (more, new) = self.prefilter.look(read.as_str(), words);
            (flags, seen) = (flags.with(more), new);
        }
        let reading = unmasked.as_ref().unwrap_or(folded);
        let rules = rules::Text::with(reading.as_str(), seen, words);
        let post = Post::new(text, [folded, reading], flags, plain, rules);
        let mut findings = detectors::run(&post, &self.claims);
        private::merge(&mut findings, exact);
        for finding in &mut findings {
            finding.span = without_piece(text, finding.span);
            for span in finding.reasons.iter_mut().filter_map(|reason| reason.span.as_mut()) {
                *span = without_piece(text, *span);
            }
        }
        findings.sort_by(|a, b| {
            let key = |f: &Finding| (f.span.start(), f.kind, f.what, f.span.end());
            key(a).cmp(&key(b)).then(b.score.get().total_cmp(&a.score.get()))
        });
        findings
    }
}

/// Returns `span` without the first letter of a word it ends with: a rule may look one letter ahead (`works at E`), and a
/// letter of what is withheld must not stand in a reason.
fn without_piece(text: &str, span: Span) -> Span {
    let Some(words) = span.of(text) else { return span };
    let mut back = words.chars().rev();
    let ends_inside = back.next().is_some_and(char::is_alphanumeric)
        && back.next().is_some_and(|before| !before.is_alphanumeric())
        && text[span.end()..].chars().next().is_some_and(char::is_alphanumeric);
    if !ends_inside {
        return span;
    }
    let whole = words.trim_end_matches(char::is_alphanumeric).trim_end();
    if whole.is_empty() { span } else { Span::new(span.start(), span.start() + whole.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_of_the_next_word_stands_in_a_finding() {
        let detectors = Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] });
        let text =
            "He works at Elm Hollow school. He lives at 14 Sample Lane. They will kill him at 9 tonight.";
        let findings = detectors.detect(text);
        assert!(findings.len() >= 3, "{findings:?}");
        for span in findings.iter().flat_map(|f| f.reasons.iter().filter_map(|r| r.span).chain([f.span])) {
            let words = span.of(text).unwrap();
            let next = text[span.end()..].chars().next().unwrap_or(' ');
            assert!(!next.is_alphanumeric() || !words.ends_with(char::is_alphanumeric), "{words:?}");
        }
        let span = |text: &str, end| without_piece(text, Span::new(0, end)).end();
        assert_eq!(span("works at Elm", 10), 8);
        assert_eq!(span("works at E", 10), 10);
        assert_eq!(span("threatens", 8), 8);
        assert_eq!(span("Elm", 1), 1);
        assert_eq!(span("trabaja en Ándes", 13), 10);
    }

    #[test]
    fn the_same_text_gives_the_same_findings_on_any_thread() {
        let detectors = Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] });
        let text = "He lives at 1420 Larkspur Ct. Let's find him. We will kill him tonight. (202) 555-0143";
        let first = detectors.detect(text);
        assert!(first.len() >= 3);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(detectors.detect(text), first));
            }
        });
        assert!(detectors.detect("what a lovely day").is_empty());
        assert!(detectors.detect("").is_empty());
    }

    #[test]
    fn odd_input_does_no_harm() {
        let detectors = Detectors::new(&Options { private: &PrivateSet::default(), claims: &[] });
        for text in [
            "\0",
            "@",
            "kill",
            "“",
            "(((((((((",
            "5",
            "k i l l",
            "🔪🔪🔪",
            "a@",
            "@a.",
            "plate",
            "lives at",
            "'''",
        ] {
            for finding in detectors.detect(&text.repeat(50)) {
                assert!(finding.span.of(&text.repeat(50)).is_some());
            }
        }
    }
}
