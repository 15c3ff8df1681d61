//! School: where somebody’s children are taught.
//!
//! Needs a child or a parent named or pointed to.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "school", version: 1, what: "a school together with a person or their children" };

const RULES: &[Rule] = &[
    rule(
        "school.kids",
        0.75,
        r"\b(?:his|her|their) (?:[a-z]+ )?(?:kids?'?s?|sons?'?s?|daughters?'?s?|child(?:ren)?'?s?) ?'?(?:s )?(?:school|preschool|daycare|kindergarten|teacher|bus|academy)\b",
    ),
    rule(
        "school.es",
        0.75,
        r"\b(?:sus? hij[oa]s? (?:van|va|estudian?) (?:a|en)|trabaja en la escuela|maestr[oa] en)\b",
    ),
    rule(
        "school.kids",
        0.8,
        r"\b(?:his|her|their|your|the clerk'?s|courier'?s|sus) (?:[a-z]+ )?(?:kids?|child(?:ren)?|sons?|daughters?|boys?|girls?|twins|hij[oa]s?)[^.!?\n]{0,25}(?:go(?:es)? to|attends?|at|enrolled (?:at|in)|in|graduat\w+ from|van a|va a|estudia)[^.!?\n]{0,30}(?:school|elementary|middle|high|academy|kindergarten|daycare|preschool|prep|montessori|escuela|primaria|colegio)",
    ),
    rule(
        "school.pickup",
        0.75,
        r"\b(?:picks? up|drops? off|dropping off|picking up) (?:his|her|their|the) (?:kids?|child(?:ren)?|sons?|daughters?)[^.!?\n]{0,30}(?:school|elementary|academy|daycare|kindergarten|at \d)",
    ),
    rule(
        "school.wife",
        0.75,
        r"\b(?:wife|husband|mother|mom|sister|daughter|she|he) (?:teaches|is a teacher|substitutes|coaches|works) (?:[a-z ]{0,15})?(?:at|in) [^.!?\n]{0,30}(?:school|elementary|middle|high|academy|kindergarten|daycare|prep)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::School, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[His kids go to Elm Hollow Elementary]", kind);
        marked("Schools are closed today", kind);
    }
}
