//! Harassment: profane, degrading or dehumanising abuse of an identifiable person.
//!
//! An insult needs a person: you, a mention, a name, he or she. Groups, things and the writer’s own self are not.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, Said, blend};
use crate::learned::Head;
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector = Detector {
    name: "harassment",
    version: 1,
    what: "profane, degrading or dehumanising abuse of an identifiable person",
};

const RULES: &[Rule] = &[
    rule(
        "abuse.you",
        0.8,
        r"\b(?:you(?:'?re| are|r)?|ur|u r|u) (?:(?:a|an|the|such|just|nothing but|all|are|so|one|such a|fucking|absolute|complete|total|real|most|little|literal|pathetic|disgusting|worthless|lying|dirty|filthy|corrupt|sick|fat|ugly|old|stupid|dumb|evil|vile|piece of) ){0,5}(?:<INSULT>)\b",
    ),
    rule(
        "abuse.name",
        0.7,
        r"\b(?:he|she|this (?:guy|man|woman|bitch|lady|dude)|@[a-z0-9_]+|trump|biden|harris|kamala|walz|vance|musk|obama|hillary|clinton|pelosi|rfk(?: jr)?|joe|donald|that (?:guy|man|woman|lady)|clerk)(?:'?s| is| was| are| has always been)? (?:(?:a|an|the|such|just|nothing but|so|one|fucking|absolute|complete|total|real|most|little|literal|pathetic|disgusting|worthless|lying|dirty|filthy|corrupt|sick|fat|ugly|old|stupid|dumb|evil|vile|piece of|senile) ){0,5}(?:<INSULT>)\b",
    ),
    rule(
        "abuse.is",
        0.6,
        r"\b(?:[a-z]{3,} [a-z]\.?|(?:mr|mrs|ms|dr)\.? [a-z]+|@[a-z0-9_]+|(?:that|this|the|our|your) (?:[a-z]+ ){0,2}(?:clerk|worker|judge|courier|director|official|woman|man|lady|guy|senator|governor|mayor|candidate|president|vp|host|reporter|anchor)) (?:is|was|'s) (?:just |such |nothing but |truly |clearly )?(?:a |an )?(?:<INSULT>)\b",
    ),
    rule(
        "abuse.fuck",
        0.75,
        r"\b(?:fuck|screw|f\*ck|fck) (?:you|u|off|him|her|@[a-z0-9_]+|trump|biden|harris|kamala|walz|vance|musk|joe|donald|this (?:guy|man|woman|bitch))\b",
    ),
    rule(
        "abuse.call",
        0.75,
        r"\b(?:ugly|lying|stupid|fat|dumb|old|dirty|filthy|corrupt|evil|retarded|pathetic|worthless|disgusting|nasty|senile|fucking|demented|treasonous|crooked|sick|cackling|drunk|lazy|incompetent|little) (?:(?:ass|old|lying|fat|ugly|little|dumb|stupid|fucking) )?(?:hag|bitch|cunt|whore|slut|clerk|idiot|moron|traitor|pig|rat|liar|crook|loser|clown|thief|bastard|fuck|fucker|asshole|piece of (?:shit|garbage|trash)|scum|scumbag|creep|pervert|pedo|coward|hoe|skank|witch|bimbo|thug|puppet)\b",
    ),
    rule(
        "abuse.kind",
        0.75,
        r"\b(?:go back to (?:where you|your (?:own )?country|mexico|africa|china|india)|(?:don'?t want|hate) your kind|your kind (?:is|are|isn'?t|don'?t)|your (?:kids|children|mother|mom|family) (?:should be|must be|are|is) (?:ashamed|embarrassed)|nobody (?:likes|loves) you|no one (?:likes|loves) you|you disgust me|you make me sick|shut (?:the fuck )?up,? (?:you|bitch|u|idiot|moron)|eat shit|suck my|kiss my ass|rot in hell|go to hell|stfu)\b",
    ),
    rule(
        "abuse.es",
        0.75,
        r"\b(?:eres|es|usted es|maldit[oa]|pinche|puta|puto) (?:un |una |el |la )?(?:<INSULT>)\b",
    ),
    rule("abuse.slur", 0.6, r"\b(?:retard(?:ed)?|faggot|tranny|nigger|spic|kike|cunt|coon)\b"),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, said: &Said, out: &mut Vec<Finding>) {
    let rules = said.abuse.as_ref().map(|(found, _)| found.clone());
    out.extend(blend(post, &ABOUT, Kind::Harassment, Head::Harassment, rules, said));
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Harassment;
        marked("@clerk_dana [you are a worthless traitor]", kind);
        marked("[ugly lying hag], you know it", kind);
        marked("my headphones are trash", kind);
        marked("I am such an idiot, forgot my umbrella", kind);
    }
}
