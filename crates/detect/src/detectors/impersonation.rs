//! Impersonation: pretends to be the person or the office.
//!
//! A first-person claim to an office together with a wrong or private demand; parody that says so is not.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "impersonation", version: 1, what: "pretends to be the person or the office" };

const RULES: &[Rule] = &[
    rule(
        "pose.office",
        0.55,
        r"\b(?:this is|i am|i'm|we are|soy|somos) (?:the |an? |el |la )?(?:official|real|verified|oficial)? ?(?:account|page|profile|office|representative|spokesperson|cuenta|pagina)?(?: (?:of|for|from|de|del))? ?(?:the )?(?:[a-z]+ )?(?:county|city|state|elections?|condado)(?: [a-z]+)? (?:clerk|office|board|department|director|elections|recorder|registrar|officials?|account)\b",
    ),
    rule("pose.office", 0.55, r"\bthis is the official (?:account|page|profile) (?:of|for)\b"),
    rule(
        "pose.demand",
        0.5,
        r"\b(?:(?:verify|confirm|send|update|reply with|enviar?|verifique) (?:us )?(?:your|su|tu) (?:ssn|social(?: security)?|ballot|vote|registration|date of birth|identity|seguro social)|your (?:registration|ballot|vote) (?:was|is|has been) (?:cancell?ed|rejected|suspended|voided|flagged)[^.]{0,40}(?:click|link|call|pay|verify|reply|text|here))",
    ),
    rule(
        "pose.new_account",
        0.55,
        r"\b(?:new|backup|second|other|real) account (?:of|for) (?:the )?(?:county|clerk|elections?)[^.]{0,40}(?:old one|hacked|suspended|follow)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    out.extend(by_rules(post, &ABOUT, Kind::Impersonation, &BOOK).map(|(found, _)| found));
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Impersonation;
        marked(
            "[This is the official account of the county clerk]: your registration was cancelled, verify your SSN here",
            kind,
        );
        marked("I am the proud mother of a county clerk", kind);
    }
}
