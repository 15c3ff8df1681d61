//! Location: where a person is now.
//!
//! Live whereabouts of a private person; a candidate’s rally is an event.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector = Detector { name: "location", version: 1, what: "where a person is now" };

const RULES: &[Rule] = &[
    rule(
        "where.now",
        0.75,
        r"\b(?:he|she|they|the (?:clerk|courier|mule|driver|judge)|this (?:guy|woman|man)|(?:he|she|they)'?(?:s|re))(?: is| are|'s|'re)? (?:[a-z]+ ){0,2}?(?:at|in|inside|outside|near|parked|eating|sitting|standing|staying|on)[^.!?\n]{1,45}(?:right now|as we speak|as i type|rn\b|currently|this minute|just now|ahora mismo)",
    ),
    rule(
        "where.saw",
        0.65,
        r"\b(?:just (?:saw|spotted|seen|passed)|spotted|i see|eyes on) (?:him|her|them|the (?:clerk|courier|mule|driver)) (?:[a-z]+ ){0,2}?(?:at|in|inside|outside|near|leaving|parked|on|walking|getting)\b",
    ),
    rule(
        "where.way",
        0.65,
        r"\b(?:he|she|they)(?:'?s| is|'?re| are) (?:on (?:his|her|their) way|heading|headed|driving|walking|leaving)[^.!?\n]{0,30}(?:now|toward|to|on|down|from)\b",
    ),
    rule(
        "where.staying",
        0.65,
        r"\b(?:staying|hiding|holed up|crashing) (?:at|in|with) (?:the|a|an|his|her|their) [a-z ]{0,25}(?:hotel|motel|inn|airbnb|cabin|lodge|mother|sister|brother|parents|place|house|apartment|room)",
    ),
    rule(
        "where.house",
        0.65,
        r"\b(?:inside pics|zillow|redfin|floor ?plan|street ?view|google maps|listing)[^.!?]{0,40}(?:clerk|judge|worker|courier|his|her|their)(?:'?s)? (?:house|home|place|apartment)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Location, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[she is at the Kroger on 5th right now], grey coat", kind);
        marked("I am at home right now", kind);
    }
}
