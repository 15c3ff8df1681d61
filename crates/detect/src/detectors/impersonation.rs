//! Impersonation: pretends to be the person or the office.
//!
//! A first-person claim to an office together with a wrong or private demand; parody that says so is not.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "impersonation", version: 2, what: "pretends to be the person or the office" };

const RULES: &[Rule] = &[
    rule(
        "pose.as",
        0.65,
        r"\b(?:i|we)(?:'ve| have)? (?:set up|made|created|started|opened|run|got|am running|registered)[a-z ,']{0,10}(?:page|account|profile|site|website|number|inbox)[a-z ,']{0,8}(?:as|for|called|named|posing as|under) (?:the |an? )?(?:[a-z]+ ){0,2}(?:director|clerk|office|county|official|judge|recorder|elections?|registrar)",
    ),
    rule(
        "pose.office",
        0.6,
        r"\b(?:[a-z]+ )?(?:county|city|state) (?:elections?|clerk|board of elections|election office)(?: here)?[:,]? [^\n]{0,60}(?:democrats|republicans|dems|wednesday|thursday|vote (?:on|by text)|ssn|social|validate|fee|deposit|pay)\b|\b(?:habla|soy) (?:la |el )?(?:secretari[oa]|director[a]?|funcionari[oa]|encargad[oa])[a-z ,]{0,30}(?:condado|electoral|elecciones|estado)[^\n]{0,40}(?:deposite|pague|envie|mande|boleta|voto|numero)",
    ),
    rule(
        "pose.as",
        0.65,
        r"\b(?:(?:made|make|created|set up|started|opened|running|run|hice|cree) (?:a |an |another |una |un )?(?:fake|parody|burner|second|copycat|clone|falsa)? ?(?:account|page|profile|cuenta|perfil) (?:with|in|using|under|as|pretending|con|a nombre de) (?:her|his|their|the (?:clerk|county|judge)'?s?|su)|(?:pretending|posing|pretend|pose|passing myself off|haciendome pasar) (?:to be|as|por) (?:her|him|them|the (?:[a-z]+ ){0,2}(?:clerk|office|official|county|courier|judge|worker|supervisor|director)|an? (?:[a-z]+ ){0,2}(?:official|clerk|worker|inspector|volunteer)|la|el)|(?:using|used|got|stole) (?:her|his|their) (?:name|photo|picture|face) (?:and|as|for|to) (?:[a-z]+ )?(?:post|message|account|profile|photo|name|picture))\b",
    ),
    rule(
        "pose.office",
        0.65,
        r"\b(?:soy|somos|habla|le habla|le hablamos|escribimos)(?: [a-z]+){0,2} (?:de|del|de la|desde) (?:la )?(?:oficina|junta|comision|departamento|condado|secretaria)(?: de)?(?: la)? (?:electoral|elecciones|estado|condado|votacion|registro)",
    ),
    rule(
        "pose.office",
        0.6,
        r"\b(?:hi|hello|attention|notice|hey|good (?:morning|evening))?[ ,!.]{0,3}(?:this is|i'?m|i am|we are|we'?re) (?:calling |writing |texting )?(?:from |with )?(?:the )?(?:[a-z]+ ){0,2}(?:county|city|state|election|elections|board of|secretary of) (?:[a-z]+ ){0,2}(?:clerk|office|board|department|elections?|recorder|registrar|commission|state)\b[^\n]{0,60}(?:polls|vote|voting|ballot|wednesday|moved|closed|social|ssn|verify|cancel)",
    ),
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
