//! Workplace: where an identifiable private person works.
//!
//! Needs a person and a place; a public office holder’s office is public.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "workplace", version: 1, what: "a place of work together with a person" };

const RULES: &[Rule] = &[
    rule(
        "work.at",
        0.65,
        r"\b(?:he|she|they) (?:works?|bartends|clerks|stocks shelves|drives|delivers|is on shift|does security) (?:nights |days |part ?time |full ?time |weekends |the [a-z]+ )?(?:at|out of) (?:the )?[a-z]",
    ),
    rule(
        "work.counts",
        0.7,
        r"\b(?:name'?s?|names?) (?:is |are )?[a-z]+ [a-z]+[ ,]{1,3}(?:and )?(?:who |he |she )?(?:works?|delivers|drives|runs|manages|owns|counts|teaches|is an? [a-z]+) (?:for|at|the|in|votes|ballots|out)",
    ),
    rule(
        "work.trade",
        0.65,
        r"\b(?:his|her|their) (?:wife|husband|brother|sister|mom|dad|mother|father|daughter|son|partner) (?:is (?:a|an|the) (?:[a-z]+ )?(?:dentist|nurse|teacher|realtor|doctor|lawyer|baker|cop|barber|manager|principal|coach|owner|clerk|pastor|accountant|mechanic)|works?|runs|owns|manages) (?:on|at|in|of|for|the)?",
    ),
    rule(
        "work.at",
        0.65,
        r"\b(?:he|she|they|his (?:wife|mom|mother|sister|girlfriend)|her (?:husband|mom|mother|boyfriend|brother)|wife|husband|this (?:guy|man|woman|lady)|who) (?:also |still |actually |currently |now )?(?:works?|is employed|clerks|teaches|bartends|waits tables|cuts hair|nurses|is a (?:nurse|teacher|manager|cashier|clerk|janitor|driver|bartender|waitress|coach)) (?:at|for|in|over at|nights at|the (?:counter|register|desk) at|days at) (?:the )?[a-z0-9]",
    ),
    rule(
        "work.employer",
        0.65,
        r"\b(?:his|her|their) (?:employer|boss|job|work(?:place)?|place of work|shift|office) (?:is|at|starts|number is|ends)\b",
    ),
    rule(
        "work.linkedin",
        0.7,
        r"\b(?:found|here'?s|here is|this is|got) (?:his|her|their) (?:linkedin|facebook|employer|job|workplace|resume|insta(?:gram)?)\b",
    ),
    rule(
        "work.counts",
        0.7,
        r"\b(?:(?:her|his) name is|name'?s) [a-z]+ [a-z]+[,]? (?:and )?(?:she|he) (?:counts|works|drives|delivers|teaches|handles|processes|runs)",
    ),
    rule(
        "work.counts",
        0.55,
        r"\b(?:she|he) (?:counts (?:votes|ballots)|delivers (?:mail|ballots)|drives (?:for|a truck)|works the) (?:in|for|at) (?:precinct|the|ward)?",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Workplace, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("Her name is Lorna Petty and [she counts votes in precinct 14]", kind);
        marked("[He works at the Halden post office]", kind);
        marked("She works hard for us", kind);
    }
}
