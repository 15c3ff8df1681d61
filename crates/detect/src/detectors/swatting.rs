//! Swatting: asks for or announces a hoax emergency call.
//!
//! It must not flag people who tell that they were swatted, or news of it.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "swatting", version: 3, what: "asks for or announces a hoax emergency call" };

const RULES: &[Rule] = &[
    rule(
        "swat.call",
        0.75,
        r"\b(?:swat (?:raid|team|party|visit|call)|swat delivered|delivered swat|raid delivered)\b[a-z ,']{0,30}(?:to|at|for|on|tonight|house|clerk|him|her)?",
    ),
    rule(
        "swat.hoax",
        0.75,
        r"\b(?:phone|call|dial|ring|text|contact|tell)(?: up)? (?:the )?(?:sheriff|police|cops|911|fbi|tip line|dispatch)[a-z ,']{0,10}(?:say|tell|report|claim|that)[a-z ,']{0,15}(?:you |they |he |she |someone )?(?:heard|saw|seen|smelled|has|have|had|is|there)[a-z ,']{0,12}(?:gunfire|gunshots?|shots|screams?|screaming|bomb|gun|guns|hostage|meth|body|fight|weapon|explosion)",
    ),
    rule(
        "swat.hoax",
        0.8,
        r"\b(?:called|calling|call|phoned|dialed|tell|told|text(?:ed)?) (?:in )?(?:911|the (?:cops|police|sheriff)|emergency)[a-z ,']{0,20}(?:and )?(?:said|say|saying|told|tell|telling|claimed|claiming|reported|report|that)[a-z ,']{0,20}(?:shooter|hostages?|bomb|gun|guns|armed|shots|meth|kidnapp\w+|dead body|fire|murder|intruder|screaming)",
    ),
    rule(
        "swat.hoax",
        0.75,
        r"\b(?:call in|phone in|report|fake|make up|make) (?:a |an |some )?(?:fake |anonymous |false )?(?:hostage|bomb|shooter|shooting|active shooter|home invasion|gas leak|overdose|domestic)[a-z ]{0,20}(?:at|on|to|about|for)\b",
    ),
    rule(
        "swat.es",
        0.75,
        r"\b(?:digan(?:le)?s?|llamen|llama|avisen|reporten|diganle) (?:a |al )?(?:la policia|policia|911|la patrulla)[a-z ,]{0,20}(?:que )?(?:hay|tiene|tienen|esta|con)[a-z ]{0,15}(?:bomba|armas?|rehen\w*|drogas|tirador|secuestr\w+|pistola)",
    ),
    rule(
        "swat.call",
        0.75,
        r"\b(?:send|sic|get) (?:the )?(?:cops|police|swat|swat team|sheriff|feds|k9)(?: team)?[a-z ]{0,10}(?:in|over|to|on) (?:heavy|guns|hot|him|her|them|his|this)",
    ),
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
