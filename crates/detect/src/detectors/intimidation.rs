//! Intimidation: meant to keep voters or officials from doing what they may do.
//!
//! False voting times, arrests at the polls, armed watching, ultimatums to officials.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector = Detector {
    name: "intimidation",
    version: 1,
    what: "meant to keep voters or officials from doing what they may do",
};

const RULES: &[Rule] = &[
    rule(
        "intimidate.polls",
        0.7,
        r"\b(?:ice|immigration|la migra|border patrol|police|cops|militia|proud boys|armed (?:men|patriots|guards|patrols?)|snipers?)(?: agents?| officers?)? (?:will|gonna|going to|are going to|is going to|'ll|are|is|van a|va a|estara)(?: be| estar)? (?:at|outside|checking|watching|patrolling|arresting|en|in front of)[a-z ]{0,30}(?:polls?|polling|drop ?box(?:es)?|voting|vote|precincts?|voters?|casillas?|everyone)",
    ),
    rule(
        "intimidate.arrest",
        0.65,
        r"\b(?:you|they|voters?|people|anyone)(?: who [a-z ]{2,30})? (?:will|can|gonna|'ll) (?:be )?(?:arrested|deported|jailed|fined|reported|prosecuted|detained|doxx?ed|followed)[a-z ]{0,20}(?:if|for|when|at) [a-z ]{0,20}(?:vot|poll|ballot|show up|turn)",
    ),
    rule(
        "intimidate.armed",
        0.7,
        r"\b(?:bring|carry|show up with|be there with) (?:your |our |a )?(?:guns?|rifles?|ar-?15s?|weapons?|firearms?)[a-z ]{0,30}(?:polls?|polling|drop ?box|precinct|counting|election)",
    ),
    rule(
        "intimidate.armed",
        0.55,
        r"\b(?:we(?: will|'ll| are)|patriots will) (?:be )?(?:armed|watching|patrolling|filming|follow(?:ing)?|staking out|standing guard)[a-z ]{0,30}(?:polls?|polling|drop ?box(?:es)?|voters?|who(?:ever)? votes?|every (?:car|mule|voter|person)|everyone)",
    ),
    rule(
        "intimidate.resign",
        0.75,
        r"\b(?:resign|quit|step down|don'?t certify|do not certify|refuse to certify|stop the count|walk away|renuncia)(?: (?:now|today|tonight|this))?(?: or|, or| else| if you (?:value|love|know)) (?:else|we|you|i|your|the|face|pay|suffer|something)",
    ),
    rule(
        "intimidate.resign",
        0.7,
        r"\byou have (?:[0-9]+|one|two|three|twenty ?four|forty ?eight) (?:hours?|days?|minutes?|weeks?) to (?:resign|quit|leave|step down|get out|come clean|confess|fix|decide)",
    ),
    rule(
        "intimidate.false_date",
        0.65,
        r"\b(?:(?:democrats|republicans|dems|liberals|maga|trump (?:voters|supporters)|harris (?:voters|supporters)) vote (?:on )?(?:wednesday|november 6|nov 6|the (?:6th|day after))|vote (?:by|via|from) (?:text|sms|phone|tweet|facebook)|text (?:your vote|vote|\w+ to \d{5}) to vote|(?:election|voting) (?:day )?(?:has been |was |is )?(?:moved|postponed|pushed|changed) to|skip the line[a-z ]{0,20}text)",
    ),
    rule(
        "intimidate.office",
        0.6,
        r"\b(?:certify|count|verify) (?:it|this|that|those|the)[a-z ]{0,30}(?:and see what happens|at your own risk|and find out|and you'?ll regret|and we'?ll be at)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    out.extend(by_rules(post, &ABOUT, Kind::Intimidation, &BOOK).map(|(found, _)| found));
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Intimidation;
        marked("[ICE will be at the polls] tomorrow checking everyone", kind);
        marked("[Resign or we will] make sure your family pays", kind);
        marked("Your vote matters, polls close at 8", kind);
    }
}
