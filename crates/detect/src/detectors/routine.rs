//! Routine: when and where a person regularly is.
//!
//! Needs a person and a repeated time or way.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "routine", version: 1, what: "when and where a person regularly is" };

const RULES: &[Rule] = &[
    rule(
        "routine.every",
        0.7,
        r"\b(?:(?:the )?(?:clerk|courier|judge|worker|driver|recorder)|he|she) (?:parks?|bowls?|drinks|plays|eats|volunteers|coaches|shops|prays|gets coffee|goes)[^.!?\n]{0,40}(?:every|each|by \d|at \d|around \d|nights?\b|mornings?\b)",
    ),
    rule(
        "routine.every",
        0.7,
        r"\b(?:he|she|they|his (?:wife|kids)|her (?:husband|kids)|el|ella) (?:[a-z]+ ){0,2}?(?:walks?|jogs?|runs?|goes|go|drives?|leaves?|parks?|eats?|drinks?|works? out|gets? (?:home|off|there|coffee|gas)|comes? home|picks? up|drops? off|takes?|rides?|swims?|shops?|stops?|sits?|smokes?|sale|camina|va|llega|corre)[^.!?\n]{0,45}(?:every|each|cada|todos los|todas las|daily|at \d|around \d|by \d|on (?:sun|mon|tues|wednes|thurs|fri|satur)days)\b",
    ),
    rule(
        "routine.when",
        0.7,
        r"\b(?:what time|when) (?:he|she|they) (?:gets?|leaves?|comes?|goes|go|walks?|finish(?:es)?|picks?|drops?)(?: up| off)? (?:home|to|work|for|there|kids|off|your|his|her|out)",
    ),
    rule(
        "routine.same",
        0.55,
        r"\b(?:he|she|they|his|her|their)[^.!?\n]{0,40}same (?:path|route|time|seat|spot|gym|coffee shop|parking spot|bench|trail)\b[^.!?\n]{0,12}(?:same (?:time|path|route|day)|every|each)",
    ),
    rule(
        "routine.home",
        0.6,
        r"\b(?:she|he|they) (?:picks? up|gets? home|gets? off|is home|is (?:alone|there)|comes? home|clocks? (?:in|out)|answers)[a-z ]{0,15}(?:after|at|around|by|before) \d",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Routine, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[She leaves for work at 7:15 every day]", kind);
        marked("I walk every morning", kind);
    }
}
