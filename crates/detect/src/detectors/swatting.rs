//! Swatting: asks for or announces a hoax emergency call.
//!
//! It must not flag people who tell that they were swatted, or news of it.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "swatting", version: 1, what: "asks for or announces a hoax emergency call" };

const RULES: &[Rule] = &[
    rule(
        "swat.call",
        0.85,
        r"\b(?:swat|swatting) (?:him|her|them|his|their|this|that|the|these|those) ?(?:house|place|home|guy|bitch|clerk|courier|family|address|asap)?\b",
    ),
    rule(
        "swat.call",
        0.8,
        r"\b(?:someone|somebody|who'?s? (?:gonna|going to|wants to)|time to|let'?s|gonna|going to|about to|should|we) (?:get |be |to )?swat(?:ting|ted)? ",
    ),
    rule(
        "swat.hoax",
        0.85,
        r"\b(?:call(?:ing)?|phone|dial|tell|ring) (?:in )?(?:911|the (?:cops|police|sheriff)|a (?:bomb threat|fake|hostage|shooting)|in a)[a-z ,']{0,30}(?:say|tell|claim|report|saying|there'?s|bomb|hostage|shooter|shots|armed|gun|at (?:his|her|their))",
    ),
    rule(
        "swat.hoax",
        0.75,
        r"\bsend (?:the )?(?:cops|police|swat(?: team)?|swat) (?:to|over to|at) (?:his|her|their|this|that) (?:house|home|place|door|address|family)",
    ),
    rule(
        "swat.hoax",
        0.6,
        r"\b(?:wellness|welfare) check (?:on|at) (?:his|her|their) (?:house|home|place|family|door)[^.]{0,20}(?:lol|lmao|every|again|tonight|3 ?am)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    out.extend(by_rules(post, &ABOUT, Kind::Swatting, &BOOK).map(|(found, _)| found));
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Swatting;
        marked("Somebody [swat her house] tonight", kind);
        marked("[call 911 and say there is a hostage] at the clerk’s place", kind);
        marked("I was swatted last week, it was terrifying", kind);
    }
}
