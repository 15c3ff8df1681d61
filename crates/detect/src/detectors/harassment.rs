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
    version: 3,
    what: "profane, degrading or dehumanising abuse of an identifiable person",
};

const RULES: &[Rule] = &[
    rule(
        "abuse.this",
        0.65,
        r"\b(?:fat|ugly|greasy|nasty|lying|miserable|useless|diseased|worthless|filthy|slimy|rotten|wretched|disgusting|stupid|pathetic|two-bit|crack|dirty|inbred|bloated|hideous)[a-z ,*-]{0,16}(?:cow|hog|toad|slug|parasite|hag|whore|pig|rat|troll|leech|worm|maggot|snake|weasel|witch|skank|goblin|sow|beast|vermin|cockroach|sack of [a-z]+|excuse for)\b",
    ),
    rule(
        "abuse.choke",
        0.65,
        r"\b(?:go )?(?:choke on|drown in|crawl back|rot with|stick) (?:your|it|under|to your)[a-z ,]{0,25}(?:lies|rock|hole|cave|sewer|swamp|up your)",
    ),
    rule(
        "abuse.es",
        0.7,
        r"\b(?:que asco de|maldit[oa]|pinche|vieja|puerc[oa]|asqueros[oa]|parece un[a]?|cara de) (?:vieja|viejo|mujer|tipo|sapo|rata|cerd[oa]|perr[oa]|bruja|idiota|loc[oa]|ladron[a]?|mentiros[oa]|gord[oa])\b",
    ),
    rule(
        "abuse.you",
        0.75,
        r"\b(?:you(?:'?re| are|r)?|u r|ur|@[a-z0-9_]+ (?:is|are|you are)) (?:[a-z]+ ){0,2}(?:human |absolute |total |walking |literal |living )(?:<INSULT>|trash|scum|garbage|waste)\b",
    ),
    rule(
        "abuse.what_a",
        0.7,
        r"\bwhat an? (?:[a-z]+ ){0,3}(?:<INSULT>|(?:sack|piece|bag|pile) of [a-z]+)(?: [a-z]+){0,2} (?:he|she|you|(?:that|this|the) [a-z ]{3,25}|(?:our|your) [a-z]+) (?:is|are|turned out)\b",
    ),
    rule(
        "abuse.this",
        0.7,
        r"\b(?:this|that|the|some|our) (?:[a-z]+ ){0,1}(?:fat|ugly|lying|stupid|dumb|crooked|filthy|nasty|dirty|disgusting|braindead|brain dead|pathetic|worthless|corrupt|evil|retarded|gross|smelly|inbred|low ?life)(?: (?:ass|fat|ugly|old|lying|stupid|dumb|little|fucking|f\*+ing))* (?:troll|cow|hog|pig|hag|bitch|cunt|whore|rat|troglodyte|idiot|moron|clown|creature|thing|beast|freak|bastard|loser|slob|goblin|witch|skank|fool|fuck|lady|woman|man|guy|clerk|worker)\b",
    ),
    rule(
        "abuse.est",
        0.7,
        r"\b(?:dumbest|stupidest|fattest|ugliest|laziest|nastiest|most (?:corrupt|worthless|disgusting|pathetic|stupid|incompetent)) (?:bitch|cunt|idiot|moron|clerk|hag|pig|bastard|loser|liar|fuck|person|woman|man|worker|sack of [a-z]+|piece of [a-z]+)\b",
    ),
    rule(
        "abuse.is",
        0.65,
        r"\b(?:(?:that|this|the|our|your) (?:[a-z]+ ){0,2}(?:worker|clerk|carrier|courier|mailman|counter|lady|woman|man|guy|director|supervisor|official|judge)|she|he)(?:'s| is) (?:just |such |nothing but |truly |clearly |literally )?(?:a |an )?(?:[a-z*]+ ){0,3}(?:cow|hog|troll|skank|whore|bitch|pig|hag|cunt|moron|idiot|rat|scum|trash|garbage|crackhead|junkie|tramp|goblin|slob|witch)\b",
    ),
    rule(
        "abuse.es",
        0.75,
        r"\b(?:eres|es|son|que) (?:una?|el|la|puras?|puros?)? ?(?:[a-z]+ ){0,2}(?:rata|cerd[oa]|basura|asco|vendid[oa]|corrupt[oa]|idiota|imbecil|estupid[oa]|ladron[a]?|perr[oa]|zorra|puta|puto|pendej[oa]|sinverguenza|desgraciad[oa]|mentiros[oa]|lacra|escoria|bruja|vieja (?:fea|gorda|loca|bruja)|gord[oa] asqueros[oa])\b",
    ),
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
