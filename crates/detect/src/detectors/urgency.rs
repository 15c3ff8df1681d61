//! Urgency: what makes harm near: a time, a place, means, coming closer, family named.
//!
//! Each is a reason of its own, shown with its words and never a number: it changes no score. It is looked for only in
//! findings of harm that count. What posts around a post add (an answer under an exposure, one account writing again and
//! again) is seen by whoever has the case: `actions/around`.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::reason;
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

const RULES: &[Rule] = &[
    rule(
        "urgent.time",
        1.0,
        r"\b(?:<DAYTIME>|at [0-9]{1,2}(?::[0-9]{2})? ?(?:am|pm|o'?clock)|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|in (?:[0-9]+|a few|two|three) (?:minutes|hours|days)|next time|when (?:you|she|he) (?:leaves?|gets? (?:home|off)|comes? (?:home|out))|before (?:christmas|thanksgiving|dawn|sunrise)|election (?:day|night)|mientras duermes|al salir)\b",
    ),
    rule(
        "urgent.place",
        1.0,
        r"\b(?:(?:your|ur|his|her|their|the clerk'?s|the judge'?s) (?:front |back )?(?:house|home|place|street|office|work|church|school|driveway|porch|door|yard|apartment|car|garage|neighborhood|parking spot)|(?:at|outside|to|in front of|into) the (?:polls|polling place|drop ?box|courthouse|office|election office|elections office|counting center|warehouse|precinct|capitol|annex|clerk'?s office)|[0-9]{2,5} [a-z]+ (?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|ct|court)|(?:tu|su) (?:casa|oficina|calle|trabajo|escuela|iglesia)|en la (?:oficina|casilla)|(?:exactly )?where (?:(?:all of )?(?:you|u|ur|ya|she|he|they)(?: all| both|'?ve)?|(?:your|ur|his|her|their) (?:kids?|children|wife|husband|family|mom|mother|dad|parents|daughters?|sons?)) (?:[a-z]+ )?(?:lives?|sleeps?|parks?|parked|works?|eats?|shops?|walks?|jogs?|runs?|goes? to (?:school|church|work)|goes?|stays?|lay your heads?|rests? (?:your|his|her) head)|(?:what|which) (?:car|truck|door|window|room|church|gym|school|bus|road|route) (?:is (?:yours|his|hers)|you|he|she|they|your)|donde (?:vives?|viven|trabajas?|trabajan|duermes?|estacionas?|estudian?|van))\b",
    ),
    rule(
        "urgent.means",
        1.0,
        r"\b(?:guns?|rifles?|ar-?15s?|shotguns?|pistols?|glocks?|9mm|ammo|bullets?|ropes?|nooses?|knife|knives|machetes?|baseball bats?|bats?|gasoline|gas can|molotovs?|bombs?|explosives?|trucks?|axe|crowbar|hammer|acid|matches|torch(?:es)?|armas?|pistolas?|cuchillos?|soga|gasolina|balas?|balazos?|plomo)\b",
    ),
    rule(
        "urgent.approach",
        1.0,
        r"\b(?:(?:coming|on (?:my|our|the) way|heading|headed|driving|walking|pulling up|rolling up) (?:over|up|to|for|by|down|there)|(?:i'?m|we'?re|i am|we are) (?:already )?(?:outside|here|in the parking lot|parked|right behind|on your street)|(?:followed|following|tailing|watching|tracking) (?:you|u|her|him|them|your)|(?:saw|seen) (?:you|where you|your)|show(?:ing)? up|pull(?:ing)? up|waiting (?:for|outside)|knock(?:ing)? on|pay(?:ing)? (?:you|him|her|them) a (?:[a-z]+ ){0,2}(?:visit|call)|(?:voy|vamos) (?:a|para) (?:tu|su)|te (?:sigo|seguimos|espero|esperamos|vi|vimos))\b",
    ),
    rule(
        "urgent.family",
        1.0,
        r"\b(?:your|ur|his|her|their) (?:family|kids?|child(?:ren)?|wife|husband|daughters?|sons?|mother|mom|father|dad|parents|grandkids|baby)\b|\b(?:tu|tus|su|sus) (?:familia|hij[oa]s?|espos[oa]|madre|mama|padre|papa|ninos)\b",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Adds to findings of harm that count what makes it near.
pub(super) fn add(post: &Post, findings: &mut [Finding]) {
    let near = |finding: &Finding| {
        finding.counts
            && matches!(finding.kind, Kind::Threat | Kind::Incitement | Kind::Swatting | Kind::Intimidation)
    };
    if !findings.iter().any(near) {
        return;
    }
    let hits = BOOK.hits(&post.rules);
    for finding in findings.iter_mut().filter(|finding| near(finding)) {
        for hit in &hits {
            if !finding.reasons.iter().any(|known| known.code == hit.code) {
                finding.reasons.push(reason(post, hit.code, &hit.range));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::detectors::check::detect;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut codes: Vec<String> = detect(text)
            .iter()
            .filter(|finding| finding.counts)
            .flat_map(|finding| &finding.reasons)
            .map(|reason| reason.code.to_string())
            .filter(|code| code.starts_with("urgent."))
            .collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes, expected, "{text}");
    }

    #[test]
    fn what_makes_harm_near_is_a_reason_each() {
        check("We will kill you", &[]);
        check("We will kill you tonight", &["urgent.time"]);
        check(
            "We are coming to your house tonight with rifles to kill you and your kids",
            &["urgent.approach", "urgent.family", "urgent.means", "urgent.place", "urgent.time"],
        );
        check("Te vamos a matar en tu casa", &["urgent.place"]);
        check("We know where you live and where you park, Dana. You will pay.", &["urgent.place"]);
        check("Sabemos dónde vives y vas a pagar, traidora", &["urgent.place"]);
        let visit = detect("We will kill him. Pay him a little visit tonight.");
        let shown = visit.iter().flat_map(|finding| &finding.reasons).find(|r| r.code == "urgent.approach");
        let span = shown.and_then(|reason| reason.span).expect("a visit is coming closer");
        assert_eq!(
            span.of("We will kill him. Pay him a little visit tonight."),
            Some("Pay him a little visit")
        );
        check("Bring your kids to the office tonight, there is cake", &[]);
    }
}
