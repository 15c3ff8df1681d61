//! Family: who belongs to somebody, with a name or a way to find them.
//!
//! Public figures’ families in ordinary talk are not.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "family", version: 2, what: "family members by name or place" };

const RULES: &[Rule] = &[
    rule(
        "family.list",
        0.6,
        r"\b(?:wife|husband|sons?|daughters?|kids?|mom|mother|dad|father|brothers?|sisters?|esposa|esposo|hijos?|hijas?|mama|papa) ?[:=-] ?[a-z]{2,}",
    ),
    rule(
        "family.named",
        0.5,
        r"\b(?:married to|casad[oa] con|dating|(?:a|an?) (?:baby |little )?(?:girl|boy|son|daughter) named|hij[oa] se llama|hij[oa] llamad[oa]) [a-z]{2,}",
    ),
    rule(
        "family.named",
        0.5,
        r"\b(?:his|her|their|sus?|the (?:clerk|courier|judge|driver|worker|mule|supervisor|recorder|director)'?s) (?:<KIN>)(?:'s name)?(?:,| is| are| se llaman?| named| called| es)? [a-z]{2,}",
    ),
    rule(
        "family.named",
        0.5,
        r"\b(?:he|she|they)(?:'s| has| have|'ve)? ?(?:got )?(?:a|an|one|two|three|four|[2-5]) (?:little |young |grown |teenage )?(?:girls?|boys?|kids|daughters?|sons?|children)[,:]? (?:named )?[a-z]{2,}",
    ),
    rule(
        "support.more",
        0.3,
        r"\b(?:(?:his|her|their) (?:mom|mother|dad|father|wife|husband|oldest|youngest|brother|sister|kids?) (?:is |are |named )?[a-z]+[^.!?\n]{0,30} (?:his|her|their) (?:mom|mother|dad|father|oldest|youngest|brother|sister|kids?)|pass it on|whole family|entire family|next door|doors down|su mama vive|toda la familia)\b",
    ),
    rule(
        "family.name",
        0.7,
        r"\b(?:judge|clerk|courier|worker|recorder|supervisor|driver|guy|carrier)'?s (?:wife|husband|kids?|son|daughter|mother|mom|father|dad|brother|sister) (?:is named|is called|named|goes by|'s name|name is)\b",
    ),
    rule(
        "family.name",
        0.7,
        r"\b(?:his|her|their) (?:wife|husband|kids?|son|daughter|mother|mom|father|dad|brother|sister|girlfriend|boyfriend|partner|parents|children)(?:'s|s)?(?: maiden)? (?:names? (?:is|are)|is named|are named|named|is called)\b",
    ),
    rule(
        "family.lives",
        0.7,
        r"\b(?:his|her|their) (?:wife|husband|kids?|son|daughter|mother|mom|father|dad|brother|sister|girlfriend|boyfriend|parents|children|ex) (?:also )?(?:lives?|works?|drives|parks|sleeps) (?:at|in|on|near|with)\b",
    ),
    rule(
        "family.es",
        0.7,
        r"\bsu (?:esposa|esposo|hija|hijo|madre|mama|padre|papa|hermana|hermano) (?:se llama|vive en|trabaja en)\b",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Family, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[his wife’s name is Corinne] and they have two boys", kind);
        marked("my wife is lovely", kind);
    }
}
