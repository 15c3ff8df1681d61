//! Workplace: where an identifiable private person works.
//!
//! Needs a person and a place; a public office holder’s office is public.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "workplace", version: 3, what: "a place of work together with a person" };

const RULES: &[Rule] = &[
    rule(
        "work.job",
        0.45,
        r"\b(?:nurse|paralegal|teacher|manager|cashier|janitor|driver|bartender|waitress|waiter|server|coach|realtor|dentist|hygienist|receptionist|secretary|assistant|aide|mechanic|barber|stylist|electrician|plumber|welder|teller|cook|chef|librarian|pharmacist|technician|tech|accountant|bookkeeper|counselor|therapist|pastor|principal|officer|lead|foreman|engineer|custodian|cleaner|stocker|clerk|salesman|saleswoman|rep|agent|analyst|broker|butcher|baker|florist|tailor|contractor|landscaper|trainer|instructor|tutor|professor|babysitter|caregiver|enfermer[oa]|maestr[oa]|cajer[oa]|gerente|chofer|secretari[oa]|mecanic[oa]|cociner[oa]|mesero|mesera|vendedor[a]?|contador[a]?|dependiente)(?: at| for| with| over at| down at| en| de|,) (?:the |el |la )?[a-z0-9]",
    ),
    rule(
        "work.does",
        0.4,
        r"\b(?:she|he|ella) [a-z]{3,}s (?:[a-z]+ ){0,3}(?:at|en) (?:the |la |el )?[a-z0-9]",
    ),
    rule(
        "work.label",
        0.45,
        r"\b(?:his|her|their|su) (?:employer|boss|company|firm|shop|office|workplace|job|work|empleador|jef[ea]|patron),? (?:is |at |es )?(?:the |la |el )?[a-z0-9]",
    ),
    rule(
        "work.role",
        0.5,
        r"\b(?:'s|is|es|trabaja de|trabaja como|works as|working as) (?:an? |the |un |una |la |el )?(?:[a-z]+ ){0,2}(?:nurse|paralegal|teacher|manager|cashier|janitor|driver|bartender|waitress|waiter|server|coach|realtor|dentist|hygienist|receptionist|secretary|assistant|aide|mechanic|barber|stylist|electrician|plumber|welder|teller|cook|chef|librarian|pharmacist|technician|tech|accountant|bookkeeper|counselor|therapist|pastor|principal|officer|lead|foreman|engineer|custodian|cleaner|stocker|clerk|salesman|saleswoman|rep|agent|analyst|broker|butcher|baker|florist|tailor|contractor|landscaper|trainer|instructor|tutor|professor|babysitter|caregiver|enfermer[oa]|maestr[oa]|cajer[oa]|gerente|chofer|secretari[oa]|mecanic[oa]|cociner[oa]|mesero|mesera|vendedor[a]?|contador[a]?|dependiente)\b",
    ),
    rule(
        "support.place",
        0.3,
        r"\b(?:find (?:him|her|them) (?:at|in|behind|there)|linkedin (?:says|has)|shift\b|turno|still there|hello|say hi|kitchen|next to the|at (?:store|location|branch)|branch|sucursal|does (?:his|her) (?:boss|employer)|know what)\b",
    ),
    rule(
        "work.at",
        0.6,
        r"\b<WHO>(?:'s| is)?(?: also| still| actually| currently| now| only){0,2} (?:works?|employed|clocks? in|moonlights?|bartends?|waits tables|waitresses|teaches|nurses|cashiers|cooks|tends bar|delivers|does (?:hair|nails|security|taxes)|trabaja|labora|atiende)\b[a-z ]{0,25}?(?:at|in|for|over at|out of|en|para) (?:the |la |el |las |los )?[a-z0-9]",
    ),
    rule(
        "work.named",
        0.45,
        r"\b[a-z]{2,} [a-z'-]{2,}[,]?(?: [a-z ]{0,25},)? (?:works|clocks in|moonlights|is employed|bartends|waits tables|teaches|trabaja|labora)\b[a-z ,]{0,30}?(?:at|for|in|over at|en|para) (?:the |la |el )?[a-z0-9]",
    ),
    rule(
        "work.role",
        0.55,
        r"\b(?:he|she|ella|el)(?:'s| is| es) (?:an? |the |un |una |la |el )?(?:[a-z]+ ){0,2}(?:nurse|paralegal|teacher|manager|cashier|janitor|driver|bartender|waitress|waiter|server|coach|realtor|dentist|hygienist|receptionist|secretary|assistant|aide|mechanic|barber|stylist|electrician|plumber|welder|clerk|teller|cook|chef|librarian|pharmacist|technician|supervisor|accountant|bookkeeper|counselor|therapist|pastor|principal|enfermer[oa]|maestr[oa]|cajer[oa]|gerente|chofer|secretari[oa]) (?:over |down |up )?(?:at|for|with|in|en|de) (?:the |la |el )?[a-z0-9]",
    ),
    rule(
        "work.label",
        0.55,
        r"\b(?:employer|workplace|day job|place of work|works at|empleador|trabajo|job) ?(?:is|:|=|-|es) ?(?:the )?[a-z0-9]",
    ),
    rule(
        "work.front",
        0.55,
        r"\b(?:<WHO>(?:'s| is| works?)?|(?:she|he)'s|find (?:her|him)|catch (?:her|him)) (?:always |usually |working |behind |at |on ){1,3}the (?:front desk|counter|register|till|reception|night shift|day shift|deli|bar|desk|checkout|window|line) (?:of|at|in|over at)",
    ),
    rule(
        "work.hired",
        0.55,
        r"\b(?:(?:lo|la) (?:contrataron|emplearon) en|works? (?:for|at) (?:his|her) (?:dad|mom|brother|family|uncle)'?s?|(?:hired|employed) (?:him|her|by)|(?:drives|works|delivers|installs|cleans|cooks|sells|counts) for) (?:the |la |el )?[a-z0-9]",
    ),
    rule(
        "support.ask",
        0.3,
        r"\b(?:ask for|call (?:the|that|his|her|their) (?:firm|boss|manager|work|shop|store|employer|company|hr)|leave (?:a|them a|him a|her a|some) (?:review|reviews)|(?:his|her|their) (?:boss|employer|manager|hr|supervisor)(?:'s)?\b|let (?:his|her|their) (?:boss|employer|work)|ahi (?:lo|la) (?:encuentran|pueden|hallan)|(?:can |you'll )find (?:him|her) there|stop by|(?:google|yelp) reviews?|are they ok with|should know (?:what|who)|on their (?:site|website|page))\b",
    ),
    rule(
        "support.target",
        0.25,
        r"\b(?:found (?:him|her|them)|turns out|(?:in|from) the (?:video|clip|footage|photo|picture)|(?:ballot|drop ?box|mule|vest|van|backpack) (?:guy|lady|man|woman|dude|girl)|del video|name ?tag|nombre|se llama|name'?s?(?: is|:| =)? [a-z]+ [a-z]+)\b",
    ),
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
