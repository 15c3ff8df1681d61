//! Incitement: calls on others to do harm.
//!
//! Told from a threat by whom it speaks to: imperatives, “somebody”, “let’s”, “we should”, “patriots”.

use std::sync::LazyLock;

use super::Detector;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "incitement", version: 1, what: "calls on others to do harm" };

const RULES: &[Rule] = &[
    rule(
        "incite.somebody",
        0.8,
        r"\b(?:some(?:one|body)|any(?:one|body)|patriots|real men|y'?all|alguien)(?: (?:please|just|should|needs? to|has to|must|ought to|really|go|better|gotta|can|will|pls|tiene que|debe|deberia)){0,4} (?:<KILL>) (?:<TARGET>)",
    ),
    rule(
        "incite.somebody",
        0.75,
        r"\b(?:some(?:one|body)|patriots)(?: (?:please|just|should|needs? to|has to|must)){0,3} (?:run|force|drive|push|knock) (?:<TARGET>|(?:that|this|his|her|their) [a-z ]{2,20}) (?:off (?:the|a) (?:road|bridge|roof|cliff)|over|down|into)",
    ),
    rule(
        "incite.imperative",
        0.75,
        r"(?:^|[.!?\n:] *|\b(?:go|just|please|time to|gotta|lets|let's|let us|we (?:should|need to|must|have to|ought to)|they should|you should|should) )(?:hang|lynch|execute|shoot|kill|murder|stab|behead|exterminate|eradicate|burn|drown|rape|bomb|slaughter|string up|gas|torch|stone|behead|guillotine|annihilate|nuke|curb ?stomp) (?:all (?:of )?)?(?:'?em|them|him|her|every|each|these|those|that|this|the) ?(?:<FOLK>|all|one)?\b",
    ),
    rule(
        "incite.arson",
        0.8,
        r"\b(?:burn|torch|bomb|blow up|firebomb|shoot up) (?:down )?(?:the|that|this|their|his|her|every|those) (?:[a-z]+ ){0,3}(?:center|centre|office|offices|building|house|home|courthouse|warehouse|facility|headquarters|hq|dropbox|drop box|capitol|station|polling place)(?: down| up| to the ground)?",
    ),
    rule(
        "incite.arms",
        0.6,
        r"\b(?:grab|get|bring|load|lock and load|pick up) (?:your|the|ur) (?:guns?|rifles?|ar-?15s?|weapons?|pitchforks|rope|ropes|ammo|shotguns?)\b",
    ),
    rule(
        "incite.justice",
        0.55,
        r"\b(?:time for|bring back|we need|need|demand) (?:the )?(?:public )?(?:hangings?|executions?|gallows|guillotines?|lynchings?|firing squads?|civil war|bloodshed|violence|ropes?|nooses?)\b",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Incitement;
        marked("[Somebody run that silver van off the road]", kind);
        marked("[Hang them all].", kind);
        marked("[Let’s burn the counting center down]", kind);
        marked("Never hang them.", kind);
        marked("Let’s hang out and burn some calories", kind);
    }
}
