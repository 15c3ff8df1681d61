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
    version: 4,
    what: "meant to keep voters or officials from doing what they may do",
};

const RULES: &[Rule] = &[
    rule(
        "intimidate.film",
        0.65,
        r"\b(?:smile|wave|say cheese|look up)[a-z ,']{0,12}(?:for|at|to) the cameras?\b|\b(?:putting|posting|publishing|sharing|uploading|plastering) (?:every|all|your|each|their)[a-z ,']{0,10}(?:faces?|plates?|names?|pictures?|photos?|videos?)[a-z ,']{0,10}(?:online|up|everywhere|on)",
    ),
    rule(
        "intimidate.polls",
        0.65,
        r"\b(?:vote|show up|drop|votas?|votan|go)[a-z ,']{0,30}(?:and|you'?ll|you will|te va a|les va a)[a-z ,']{0,12}(?:leav\w+ in (?:cuffs|handcuffs|a squad car|an? ambulance)|cuffs|arrested|deported|caer la migra|la migra|picked up|followed home|detained|regret it|jail)\b",
    ),
    rule(
        "intimidate.armed",
        0.65,
        r"\b(?:we|patriots)(?:'ll| will| are going to|'re going to)? (?:have|bring|be|station|park|post)[a-z ,']{0,20}(?:rifles|guns|ar-?15s|armed men|trucks and|militia|muscle|firepower)[a-z ,']{0,20}(?:at|outside|around|near|by)[a-z ,']{0,12}(?:drop ?box\w*|polls?|polling|precinct|count\w*|vot\w*)",
    ),
    rule(
        "intimidate.office",
        0.65,
        r"\b(?:sign|certify|count|approve|open|continue)[a-z ,']{0,20}(?:and|if you do)[a-z ,']{0,4}(?:your (?:career|job|life|family|house|pension)|you'?ll (?:lose|be|wish)|you will (?:lose|be|wish)|it'?ll be the last)[a-z ,']{0,30}",
    ),
    rule(
        "intimidate.film",
        0.65,
        r"\b(?:we|patriots|our (?:people|guys|team|members)|i)(?:'re|'ll| are| will|'m| am)? ?(?:going to |gonna |will )?(?:be )?(?:photograph(?:ing)?|film(?:ing)?|video(?:ing)?|record(?:ing)?|following|follow|tailing|tail|tracking|track|watching|posting|writing down|taking (?:pictures|photos|down))[a-z ,']{0,20}(?:you|every(?:one|body)?|every single (?:person|voter|car|one)|any(?:one|body)|all of you|voters?|plates?|each)[a-z ,']{0,30}(?:vot\w*|ballots?|drop ?box\w*|polls?|post(?:ing)? it|mail|line|online)?",
    ),
    rule(
        "intimidate.film",
        0.65,
        r"\b(?:if|when|anyone who|everyone who|who(?:ever)?) (?:you )?(?:votes?|drops?|mails?|shows? up|delivers?)[a-z ,']{0,30}(?:we|patriots|i)(?:'ll| will| are)?[a-z ]{0,12}(?:photograph|film|record|follow|post|expose|find|know|tail|report)",
    ),
    rule(
        "intimidate.polls",
        0.65,
        r"\b(?:ice|immigration|la migra|border patrol|deportation|militia|proud boys|police|cops|armed (?:men|patriots|guards))[a-z' ]{0,20}(?:will|gonna|'ll|are|is|van a|va a|estara) (?:be )?(?:there|waiting|outside|in line|watching|ready|estar|alli|esperando)",
    ),
    rule(
        "intimidate.armed",
        0.7,
        r"\b(?:armed|con (?:rifles?|armas?|pistolas?)|with (?:rifles?|guns?|ar-?15s?))[a-z ,']{0,40}(?:drop ?box\w*|polls?|polling|urnas?|casillas?|voters?|voting|precincts?|at your own risk)|\b(?:urnas?|casillas?|drop ?box\w*|polls)[a-z ,']{0,20}(?:con (?:rifles?|armas?|pistolas?)|with (?:rifles?|guns?|ar-?15s?)|armed)",
    ),
    rule(
        "intimidate.office",
        0.65,
        r"\b(?:certify|count|sign|approve|validate|certifica|firma)(?: it| this| that| those| them)?,?(?: and)? (?:find out|see what happens|you'?ll (?:see|regret|find out)|regret it|at your (?:own )?(?:risk|peril)|y veras|y ya veras|and answer to)",
    ),
    rule(
        "intimidate.resign",
        0.75,
        r"\b(?:resign|quit|step down|walk away|leave|renuncia|renuncie|dimite)(?: now| today| by [a-z0-9]+| before [a-z0-9]+| tonight)?,? (?:or|o|if not|before) (?:else|we|you|i|your|the|everyone|everybody|people|face|pay|suffer|something|todos|sabras|vas|te|ya)",
    ),
    rule(
        "intimidate.stay",
        0.65,
        r"\b(?:don'?t|do not|better not|no)(?: te| se)? (?:bother |even think about |dare |vayas|vengan|presentes|salgan|vayan|show|come|go|try)(?: up| out)?[a-z ]{0,15}(?:vot\w*|polls?|urnas?|casillas?)[a-z ,']{0,15}(?:if|unless|or|si) [a-z ,']{0,25}(?:know what'?s good|want to|value|like your|conviene|quieres|deported|regret|stay safe|health)",
    ),
    rule(
        "intimidate.risk",
        0.6,
        r"\b(?:vote|voting|drop off|deliver|count|votar|votas)[a-z ]{0,20}at your own (?:risk|peril)\b|\bquien se atreve a votar\b",
    ),
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
