//! Incitement: calls on others to do harm.
//!
//! Told from a threat by whom it speaks to: imperatives, “somebody”, “let’s”, “we should”, “patriots”.

use std::sync::LazyLock;

use super::Detector;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "incitement", version: 3, what: "calls on others to do harm" };

const RULES: &[Rule] = &[
    rule(
        "incite.arms",
        0.7,
        r"\b(?:take our|take your|bring|carry|show up with|come with|ride with|meet with)(?: (?:our|your|the|some|plenty of|all the|all your))? (?:guns|rifles|rope|ropes|torches|gas cans?|bats|weapons|pitchforks|nooses?|shotguns)\b",
    ),
    rule(
        "incite.rise",
        0.65,
        r"\b(?:rise up|take up arms|start (?:the )?(?:war|shooting|burning|fires?)|time to (?:fight|shoot|burn|kill|act|take (?:up arms|it to them))|end (?:this|the) (?:count|election|steal) (?:ourselves|by force|tonight)|stop (?:them|this|the count) (?:ourselves|by force|with force|at gunpoint))\b",
    ),
    rule(
        "incite.lesson",
        0.65,
        r"\b(?:who'?s (?:going to|gonna)|who will|someone (?:needs|has|ought) to|somebody (?:needs|has|ought) to|is (?:someone|anyone|anybody) (?:going to|gonna)|alguien (?:tiene que|debe|deberia))[a-z ,']{0,12}(?:do something about|deal with|handle|take care of|stop|silence|shut up|fix|darle un susto|dar un susto|hacer algo con|callar)\b",
    ),
    rule(
        "incite.go",
        0.7,
        r"\b(?:everybody|everyone|all of (?:you|us)|patriots|y'?all|let'?s(?: all)?|we (?:all )?(?:need to|should|must|gotta)|vayan(?: todos| todas)?|vamos(?: todos)?|hay que ir|todos)[a-z ,]{0,20}(?:go(?:ing)? to|show up (?:at|to)|head (?:to|over to)|march (?:to|on)|descend on|surround|meet (?:up )?at|swarm|get over to|a su|a la casa de) ?(?:his|her|their|the (?:clerk|judge|courier|director|supervisor)'?s?|casa)? ?(?:house|home|street|apartment|porch|driveway|casa|domicilio|oficina)?[a-z ,]{0,25}(?:make (?:him|her|them)|teach (?:him|her|them)|drag|answer|pay|force|confront|sa[ck]\w+l[oa]s?|justice|tonight|esta noche|until|a la calle)",
    ),
    rule(
        "incite.storm",
        0.7,
        r"\b(?:storm|raid|overrun|rush|take over|break into|invade|siege|lay siege to|occupy|swarm) (?:the|that|this|every|their) (?:[a-z]+ ){0,2}(?:warehouse|building|office|offices|center|centre|courthouse|capitol|counting|station|facility|room|annex|tabulation|arena|polls)\b",
    ),
    rule(
        "incite.block",
        0.65,
        r"\b(?:(?:don'?t|do not|never) let (?:them|those|these|the|any|him|her)(?: [a-z]+){0,3} (?:leave|out|escape|get away|walk out|get out|drive off)|block (?:every|all|the) (?:exits?|doors?|roads?|driveways?)|by any means necessary|do whatever it takes|by force|at gunpoint)\b",
    ),
    rule(
        "incite.lesson",
        0.65,
        r"\b(?:some(?:one|body)|patriots|a few of (?:us|you)|real men|we|alguien)(?: [a-z]+){0,3} (?:teach|show|give|shut|silence|stop|handle|fix|take care of|deal with|pay|visit|rough up|mess up|work over|ensen\w+|dar)(?:l[oa]s?)? (?:him|her|them|that [a-z]+|this [a-z]+|those [a-z]+|the [a-z]+|una leccion|un susto)(?: up| down)? ?(?:a lesson|a message|what happens|for good|permanently|once and for all|some respect|the hard way|a reason|what we do)",
    ),
    rule(
        "incite.arms",
        0.7,
        r"\b(?:grab|get|bring|load|pick up|carry|take|traigan|agarren|saquen|lleven) (?:your|the|ur|some|sus|las|los) (?:own )?(?:guns?|rifles?|ar-?15s?|weapons?|pitchforks|torches|ropes?|ammo|shotguns?|bats?|pistols?|firearms?|armas?|pistolas?|machetes?|antorchas)\b",
    ),
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
