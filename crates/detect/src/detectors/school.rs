//! School: where somebody’s children are taught.
//!
//! Needs a child or a parent named or pointed to.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "school", version: 3, what: "a school together with a person or their children" };

const RULES: &[Rule] = &[
    rule(
        "school.at",
        0.45,
        r"\b(?:the|both|their|his|her|your|sus?|los|las|el|la) (?:<KIN>|kids|gemel[oa]s|nin[oa]s?)(?:'s)? (?:are|is|go|goes|rides?|takes?|attends?|starts?|esta|estan|va|van|estudian?) (?:all |both |bus [0-9]+ |the bus )?(?:at|to|in|en|al?) (?:the |la |el |l[oa]s )?(?:escuela |colegio |primaria )?[a-z]",
    ),
    rule(
        "school.class",
        0.4,
        r"\b(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|[0-9]{1,2}(?:st|nd|rd|th)) ?graders?|mrs?\.? [a-z]+'?s (?:class|room|homeroom)|primer grado|segundo grado|tercer grado|cuarto grado)\b",
    ),
    rule(
        "support.theirs",
        0.3,
        r"\b(?:(?:his|her|their) (?:kids?|son|daughter|boy|girl)|uniforms?|bus [0-9]+|softball|soccer|little league|ballet|recital|class\b)",
    ),
    rule(
        "school.kids",
        0.75,
        r"\b(?:his|her|their|your|sus?|the (?:clerk|courier|judge|driver|worker|mule|supervisor|recorder|director|carrier)'?s?|(?:clerk|courier|judge|driver|worker|mule)'s) (?:[a-z0-9]+ ){0,2}(?:<KIN>)(?:'s| is| are)? (?:[a-z0-9]+ ){0,3}?(?:goes to|go to|attends?|enrolled|plays|starts?|student|grader|freshman|sophomore|junior|senior|in|at|estudian?|van?|asisten?)[^.!?\n]{0,35}(?:<SCHOOL>)",
    ),
    rule(
        "school.grade",
        0.55,
        r"\b(?:kid|child|son|daughter|boy|girl|twins|nino|nina|hij[oa])(?:'s| is| are)? (?:an? |in |un |una )?(?:enrolled (?:at|in)|(?:[0-9](?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth) grade(?:r)? (?:at|in)|estudian? en|va a la|van a la|asiste a) (?:the |el |la )?[a-z]",
    ),
    rule(
        "school.place",
        0.5,
        r"\b(?:day ?care|preschool|school|guarderia|escuela|colegio) (?:is|es|:|=) (?:the |el |la )?[a-z]{3,}",
    ),
    rule(
        "support.child",
        0.3,
        r"\b(?:drops? off|picks? up|dropping off|picking up|pickup line|drop off line|just saying|grade|grado|(?:out|salen) (?:at|a las?) [0-9a-z]+|bus stop|minivan|after school|recess|practice|home games?)\b",
    ),
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
