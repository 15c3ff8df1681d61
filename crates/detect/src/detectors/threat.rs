//! Threat: states, wishes or hints at serious harm to people.
//!
//! A verb of violence, a person it is aimed at, and a will, wish or claim of desert; hints are a list of their own. What it
//! must not flag: quotation, news, denial, counter-speech, fiction, sport, idiom, harm to things.

use std::sync::LazyLock;

use record::{Finding, Kind, Level};

use super::{Detector, Said, blend};
use crate::learned::Head;
use crate::post::Post;
use crate::prefilter::Flags;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "threat", version: 1, what: "states, wishes or hints at serious harm to people" };

const RULES: &[Rule] = &[
    rule("threat.intent", 0.85, r"\b<WILL> (?:<KILL>) (?:<TARGET>)"),
    rule(
        "threat.intent",
        0.8,
        r"\b(?:i|we) (?:will |am going to |'?m gonna |'?ll |want to |have to |wanna )?(?:make|let|see|watch|want) (?:<TARGET>) (?:suffer|bleed|die|burn|hang|pay with|beg for|dead|swing)",
    ),
    rule(
        "threat.intent",
        0.85,
        r"\b(?:i|we)(?:'?ll| will| am going to| are going to|'?m going to|'?re going to|'?m gonna|'?re gonna| gonna) (?:put|shove|stick|fire) (?:a |an |some )?(?:bullets?|knife|rounds?|noose|blade|bat|boot)[a-z ]{0,15}(?:in|through|into|around|between|up)",
    ),
    rule(
        "threat.death",
        0.85,
        r"\b(?:will|'?ll|gonna|going to|deserves? to|should|needs? to|ought to|must|can|has to|have to) (?:all |both |just |fucking |soon |be made to )?(?:(?:die|hang|burn|bleed|swing)(?:$|[.!?,\x22]| (?:for|in|a|at|soon|like|tonight|today|horribl[ey]|painfully|slowly|screaming|alone|by|and|with|you|as|now|if|when))|suffer (?:for|like|a|as|the same)|rot in hell|drop dead|perish|burn in hell)",
    ),
    rule(
        "threat.desert",
        0.85,
        r"\b(?:should|deserves?|needs?|ought|has|have|must|gotta|want|wants|wish|hope|hoping|rather|would|like|love|better|merecen?|deberian?)[^.!?\n]{0,40}? (?:be|get|to be|see(?:ing)?|have been|ser|been|getting|being) (?:all |just |publicly |slowly |fucking |brutally |violently |taken out and |dragged out and |rounded up and |put |lined up and |immediately |promptly |also )?(?:<KILLED>)\b",
    ),
    rule(
        "threat.desert",
        0.75,
        r"\b(?:deserves?|deserving of|needs?|earned|should get|gets?|give (?:<TARGET>)) (?:the |a |an )?(?:rope|noose|bullets?|death(?: penalty)?|gallows|guillotine|firing squad|electric chair|needle|woodchipper|wood chipper|public execution|hanging|helicopter ride|beating|ass (?:whooping|beating|whipping)|curb ?stomp(?:ing)?|lynching|short rope|tall tree)\b",
    ),
    rule(
        "threat.wish",
        0.8,
        r"\b(?:hope|hopes|hoping|wish|wishing|pray|praying|can'?t wait (?:until|till|for|to see)|would love (?:to see|if)|want(?:ed)?|if only|like to see|espero que|ojala)[^.!?\n]{0,40}? (?:dies?|death|dead|die|killed|kills?|shot|gets? (?:hit|cancer|aids|hiv|raped|shot|killed|stabbed|run over|what)|hit by|hanged|hung|suffers?|chokes?|drowns?|burns?|burn in hell|raped|murdered|tortured|drops? dead|cancer|rots?|in (?:a )?(?:coffin|body bag|grave|casket|ditch)|mueran?|muera)\b",
    ),
    rule(
        "threat.death_to",
        0.85,
        r"(?:^|[.!?\n\x1a\x22]|\b(?:and|so|yes|just) ) ?death (?:to|for|upon) (?:all |every |the |any |these |those |that )?(?:[a-z]+)",
    ),
    rule(
        "threat.kill_you",
        0.85,
        r"\b(?:(?:go |please |just )?(?:kill|hang|shoot|neck|drown|off) (?:yourself|yourselves|urself|your self|ur self|themselves|himself|herself)|kys|kill ?your ?self)\b",
    ),
    rule(
        "threat.die",
        0.75,
        r"\b(?:drop dead|go die|die in a (?:fire|hole|ditch|car (?:crash|wreck))|(?:please |just |fucking )die (?:already|slowly|bitch|you|cunt|in|of)|burn in hell|rot in (?:hell|your grave)|you(?:'?re| are) (?:a )?dead (?:man|woman|meat|bitch)?|ur dead|(?:he|she|they)(?:'?s|'?re| is| are) dead (?:man|meat|to rights)|estas muert[oa]|muerete|te voy a matar|te vamos a matar|vas a morir)\b",
    ),
    rule(
        "threat.better",
        0.8,
        r"\b(?:world|country|america|planet|society|everyone|we)(?:'d| would)? (?:be |is )?(?:a )?(?:much |far |so much )?better (?:off |place )?(?:without|if|when|with(?:out)?)[^.!?\n]{0,40}(?:<FOLK>|<THEM>|dead|died|eradicated|gone)\b",
    ),
    rule(
        "threat.norm",
        0.85,
        r"\b(?:<KILLING>) (?:<TARGET>)[^.!?\n]{0,40} (?:should (?:be legal|not be illegal|n'?t be illegal|be decriminali[sz]ed|be encouraged|be allowed)|is (?:the (?:only|best|right)|justified|self defense|not (?:a crime|wrong|illegal)|ok(?:ay)?|fine|good|a public service|a solution)|would be (?:a favor|justice|justified|fun|great|good|nice))",
    ),
    rule(
        "threat.norm",
        0.8,
        r"\b(?:open season on|the only good <FOLK> is a dead|execution is the only|(?:kill|shoot|hang) on sight|final solution|round (?:them|'em) (?:all )?up and|line (?:them|'em) (?:all )?up(?: and| against)|day of the rope|free helicopter rides?|helicopter rides? for)\b",
    ),
    rule(
        "threat.best",
        0.75,
        r"\b(?:it would be (?:best|better|great|nice|good|awesome|fun)|best|in everybody'?s interest|easier|time|let'?s|better|we should|they should|you should|somebody should|someone should|someone|somebody|just|gotta|need to|must)(?: (?:to|just|all|if (?:we|someone|they)|already|go))* (?:<KILL>) (?:<TARGET>)",
    ),
    rule(
        "threat.imperative",
        0.75,
        r"(?:^|[.!?\n\x1a]) *(?:just |please |go |now |so |and |then |ok |yes |yeah |lets |let's )?(?:kill|murder|shoot|stab|hang|lynch|execute|behead|slaughter|burn|torch|bomb|drown|gas|rape|exterminate|eradicate|nuke|string up|run over|annihilate|guillotine|castrate|choke|run) (?:all |'?em|them|him|her|every|these|those|the |that |this |@)",
    ),
    rule(
        "threat.body",
        0.8,
        r"\b(?:cut|slit|slash|snap|break|wring|crush|smash|bash|blow|stomp|kick|cave|split|rip|bust|chop|knock|beat|punch|shoot|put a (?:bullet|knife|hole)|take|saw|carve)[a-z ]{0,18}(?:your|his|her|their|that|ur|every|those|these|in|of|off)[a-z ]{0,22}(?:throats?|necks?|skulls?|heads?|faces?|legs?|knee ?caps?|kneecaps|teeth|brains?|jaws?|bones?|guts|balls|fingers|spine|eyes|limbs|arms?)\b",
    ),
    rule(
        "threat.body",
        0.8,
        r"\b(?:(?:had|have|get|getting|got|with) (?:their|your|his|her) (?:throats?|necks?|heads?|hands?|balls|legs?) (?:cut|slit|snapped|broken|chopped|bashed|blown|caved|smashed|taken|lopped)|(?:snap|cut|slit|break|wring|crush|slash|twist) (?:the )(?:necks?|throats?|skulls?|legs?|bones?|spines?|heads?) (?:of|off))",
    ),
    rule(
        "threat.life",
        0.8,
        r"\b(?:end|take|ending|taking|finish) (?:your|his|her|their|every|that|all|those|these)[a-z' ]{0,25}(?:life|lives|existence)\b",
    ),
    rule(
        "threat.hands",
        0.8,
        r"\b(?:die|death|dies|suffer)[a-z ]{0,25}(?:at|by|with|from) (?:my|our) (?:own )?(?:hands?|knife|gun)\b",
    ),
    rule(
        "veiled.expose",
        0.6,
        r"\b(?:(?:full )?dox+(?:x?ing|x?ed)?[a-z ]{0,12}(?:drop(?:s|ping)?|coming|tonight|tomorrow|soon|incoming)|(?:dropping|releasing|leaking|posting|publishing) (?:your|his|her|their|the full|full|everything|all of)[a-z ]{0,20}(?:address|dox+|info|ssn|number|file|names?)?[a-z ]{0,10}(?:tonight|tomorrow|soon|at \d|unless|if))",
    ),
    rule(
        "threat.means",
        0.8,
        r"\b(?:bullet|rope|noose|knife|gun|glock|rifle|ar-?15|shotgun|machete|bat|brick|hammer|bomb|acid|gasoline|chainsaw|woodchipper)s? (?:with (?:your|his|her|their) name|for (?:you|him|her|them|every|each|all)|is waiting|are waiting|ready for|has (?:your|his|her) name|to (?:your|his|her|their) (?:head|face|neck|skull))",
    ),
    rule(
        "threat.imagery",
        0.75,
        r"\b(?:rope|noose|tree|lamp ?post|gallows|bullet|guillotine)s?[ .,;+&-]{1,4}(?:and |a |some |plus )?(?:rope|noose|tree|branch|lamp ?post|gallows|traitors?|<STAFF>)s?\b",
    ),
    rule(
        "threat.imagery",
        0.8,
        r"\b(?:hang(?:ing|ed)?|swing(?:ing)?|string|strung|heads?|bodies)(?: up)? (?:from|on|off) (?:the |a |every |some |nearest |tall |street )*(?:lamp ?posts?|trees?|light ?poles?|pikes?|spikes?|rope|bridge|branch(?:es)?|gallows)",
    ),
    rule(
        "threat.arson",
        0.85,
        r"\b(?:burn|torch|bomb|blow up|firebomb|shoot up|set fire to|burning|set)[a-z' ]{0,45}(?:down|up|ground|fire|ablaze)?[.,!]? (?:with|while) (?:them|him|her|everyone|you|all of them|'em) (?:still )?(?:in|inside)",
    ),
    rule(
        "threat.vehicle",
        0.85,
        r"\b(?:run|running|ran|force|mow|mowing|plow|drive|drove|driving) (?:<TARGET>|that [a-z ]{2,20}|(?:his|her|their) (?:car|truck|van|suv))? ?(?:off (?:the|a) (?:road|bridge|cliff)|(?:right |straight )?(?:over|down|through|into) (?:<TARGET>|them|the crowd|'em)|over with)",
    ),
    rule(
        "threat.family",
        0.85,
        r"\b(?:your|his|her|their) (?:family|kids?|children|wife|husband|daughter|son|mother|mom|parents|loved ones)(?: and you| too)? (?:will|is gonna|are gonna|'?ll|is going to|are going to|should|gonna|better|pays?|is next|are next)(?: all| be)? ?(?:pay|die|suffer|next|dead|hurt|watch|cry|regret|sorry|hide|safe|not be safe)?",
    ),
    rule(
        "threat.exec",
        0.7,
        r"\b(?:(?:public(?:ly)?|swift|immediate|mass|military) (?:executions?|hangings?|tribunals?)|treason (?:is|=|equals|means|carries|has)[a-z ]{0,15}(?:death|hanging|rope|execution)|(?:penalty|punishment|sentence) for treason|hanged for treason|hang for (?:treason|this|that|it|what)|firing squad|gallows|guillotine)\b",
    ),
    rule(
        "threat.emoji",
        0.7,
        r"\b(?:i|we|let'?s|lets|gonna|will|all|every|these|those|need to be|to) {0,2}[\x1a ]{0,4}(?:stab|shoot|bomb|punch|bash)[\x1a ]{1,5}(?:all |every |the |these |those |some |any )?(?:<FOLK>)",
    ),
    // Hints.
    rule(
        "veiled.where_you_live",
        0.85,
        r"\b(?:we|i|people|patriots|everyone|they)(?: all)?(?:'ve| have)? (?:know|knows|found out|got|have|see|sabemos) (?:exactly )?(?:where (?:you|she|he|they|your|his|her|their)[a-z ]{0,25}(?:live|lives|sleep|sleeps|work|works|park|parks|go|goes|are|is)|your (?:address|home address|street|house))\b",
    ),
    rule(
        "veiled.where_you_live",
        0.8,
        r"\b(?:sabemos|se) donde (?:vives|vive|viven|trabajas|duermes|estudian)",
    ),
    rule(
        "veiled.shame",
        0.85,
        r"\b(?:be|been|is|'?s) (?:such )?(?:a|an) (?:real |damn |crying |terrible |awful |total )*(?:shame|pity|tragedy) (?:if|when|should|were)[^.!?\n]{0,30}(?:happen|something|anything|burn|fire|accident|lost|broke|hurt|caught)",
    ),
    rule(
        "veiled.shame",
        0.75,
        r"\b(?:something (?:bad |terrible |unfortunate )?(?:might|may|could|is going to|will|were to|was to|happened|happens) ?(?:happen)?(?: to)? (?:to )?(?:you|him|her|them|your|that|his|her|their)|accidents? happens?\b|brakes? (?:fail|fails|can fail|go out))",
    ),
    rule(
        "veiled.coming",
        0.75,
        r"\b(?:we|i|they|people|patriots|someone|justice|karma|the people|retribution|hell|reckoning|storm)(?:'?re| are|'?m| am| is|'?s|'?ll be)? (?:all )?coming (?:for|after|to) (?:you|u|him|her|them|your|every|his|their|ya)\b",
    ),
    rule(
        "veiled.watch",
        0.7,
        r"\b(?:watch (?:your|ur) (?:back|step|6|six|mouth)|(?:better |should |keep |start )(?:be )?looking over (?:your|his|her|their) shoulders?|look over (?:your|his|her|their) shoulders?|sleep tight|sleep with one eye open|(?:check|start checking) (?:under )?(?:your|ur) (?:car|brakes|mirrors)|(?:you|he|she|they|nobody|no one|your family)(?:'?re| are| is|'?ll| will)? (?:never|not|won'?t|no longer|aren'?t|isn'?t) (?:be )?safe|lock (?:your|ur) doors|cuidate(?: la espalda)?|ten cuidado)\b",
    ),
    rule(
        "veiled.hide",
        0.75,
        r"\b(?:(?:can'?t|cannot|won'?t|nowhere to|no place to|couldn'?t|can) (?:run|hide|sleep)[a-z ]{0,35}(?:forever|long|from (?:us|me|the people|this|what)|for long|now|left)|nowhere (?:left )?to (?:run|hide)|you can run)\b",
    ),
    rule(
        "veiled.clock",
        0.65,
        r"\b(?:tick ?-?tock|(?:clock|time) is (?:ticking|running out|almost up)|(?:your|his|her|their|ur) (?:days are numbered|time is (?:coming|up|near)|day is coming|time will come|turn is coming|number is up)|days (?:are )?numbered|tienes los dias contados)\b",
    ),
    rule(
        "veiled.pay",
        0.65,
        r"\b(?:(?:you|he|she|they|your family|every one of (?:you|them)|these (?:people|traitors))(?:'?ll| will| are going to| is going to|'?re going to|'?re gonna| gonna| must| should| better)? (?:all )?(?:pay (?:for|dearly|the price|with)|regret|answer for|get what(?:'?s| is)? (?:coming|you deserve|they deserve)|get (?:yours|theirs|his|hers)|be sorry|face (?:the )?(?:music|consequences|justice|the people))|(?:your|his|her|the) family pays|(?:vas|van|va) a pagar|se (?:va|van) a arrepentir)\b",
    ),
    rule(
        "veiled.ditch",
        0.85,
        r"\b(?:(?:end|ends|ended|wind|winds|find|finds|finding|found|dumped|buried)[a-z ,']{0,35}(?:in (?:a|the|some) (?:same )?(?:ditch|river|trunk|landfill|swamp|shallow grave|hole|body ?bag|box|dumpster|woods|desert|lake|concrete)|face ?down|six feet|6 feet)|(?:six|6) (?:feet|ft|foot) (?:deep|under|down)|shallow grave|body ?bags?|dead man walking|toe tag|pushing up daisies|swim(?:ming)? with (?:the )?fish(?:es)?|snitches get stitches|get stitches)\b",
    ),
    rule(
        "veiled.insurance",
        0.85,
        r"\b(?:(?:life )?insurance (?:is )?(?:paid|up to date|current|policy)[a-z ]{0,10}|(?:write|update|updated|have) (?:your|ur|his|her) will\b|(?:hope|get|say) (?:your|his|her)? ?(?:affairs|goodbyes?|prayers|funeral|last words)(?: are| is)?(?: in order| ready| planned)?|kiss your (?:kids|wife|husband|family|ass)(?: goodbye)?|say goodbye to your)\b",
    ),
    rule(
        "veiled.arms",
        0.75,
        r"\b(?:(?:2a|2nd amendment|second amendment)(?: exists| is| was| people| solution| remed\w+| folks)?[a-z ']{0,25}(?:for (?:exactly |just )?(?:this|that|a reason|these|people)|remed\w+|solutions?|exactly|take note|why)|this is (?:what|why) (?:the|we have) (?:the )?(?:2a|2nd amendment|second amendment)|lock(?:ed)? (?:and|n|&) load(?:ed)?|cartridge box|tree of liberty|watered? with (?:the )?blood|blood of (?:tyrants|traitors|patriots)|(?:i'?m|we'?re|are|stay|get|come) (?:armed|strapped|locked and loaded))\b",
    ),
    rule(
        "veiled.tribunal",
        0.7,
        r"\b(?:nuremberg(?: trials?| code)?(?: 2(?:\.0)?|2\.0| for)?|military tribunals?|gitmo|guantanamo)[^.!?\n]{0,30}(?:for|awaits?|2|every|all|soon|is coming|them|you|justice|trials)",
    ),
    rule("veiled.tribunal", 0.55, r"\bno mercy\b"),
    rule(
        "veiled.fafo",
        0.6,
        r"\b(?:fafo|(?:fuck|f\*+ck|eff|mess|screw) around and find out|find out what happens|see what happens (?:to|when|if)|(?:last|final) warning|you(?:'?ve| have) been warned|consider (?:this|yourself) (?:a )?warn(?:ing|ed)|don'?t say (?:we|i) didn'?t warn|atente a las consecuencias)",
    ),
    rule(
        "veiled.ultimatum",
        0.8,
        r"\b(?:resign|quit|leave|step down|confess|stop|admit it|come clean|back off)[a-z ,]{0,25}(?:or (?:else|we will|we'll|i will|i'll|you will|you'll|your|face|pay|suffer|something))|\byou have \w+ (?:hours?|days?|minutes?|weeks?) (?:to|left|before)\b",
    ),
    rule(
        "veiled.soon",
        0.6,
        r"\b(?:(?:see|seeing|meet|visit(?:ing)?) (?:you|u|ya|him|her|them) (?:soon|tonight|real soon|very soon|at (?:home|your|his|her))|be seeing you|see you real soon|knock knock|(?:pay|paying) (?:you|him|her|them|your family) a (?:little |friendly |surprise |nice )*visit|drop(?:ping)? by (?:your|his|her|their)|nos vemos pronto)\b",
    ),
    rule(
        "veiled.knock",
        0.65,
        r"\b(?:go |someone |somebody |let'?s |we |should |will |gonna |to |come )(?:go )?(?:and )?(?:knock|knocking|bang|pound|kick)(?: in)? (?:on |down |in )?(?:his|her|their|your|the clerk'?s) doors?\b",
    ),
    rule(
        "veiled.nice",
        0.75,
        r"\b(?:nice|cute|lovely|beautiful|pretty|sweet|adorable|great|real nice) (?:little |family |white |blue |old |new )*(?:dog|cat|house|home|place|car|truck|family|kids?|daughters?|son|wife|porch|street|neighborhood|garden|yard|bedroom|pup|puppy)\b[^.!?\n]{0,40}(?:you|your|shame|there|happen|burn|walk|every|outside|alone|clerk|mr|mrs|ms)",
    ),
    rule(
        "veiled.surveil",
        0.75,
        r"\b(?:(?:we|i)(?:'?re| are|'?m| am|'?ve been| have been) (?:all )?(?:watching|following|tracking|outside|parked outside)(?: you| your| him| her| them| his)?|(?:saw|seen|watched|filmed|followed) (?:you|your (?:kids|wife|family|car|house|daughter))|(?:i|we) (?:see|saw|know|remember|got|have) (?:you|your|ur) (?:faces?|car|plates?|house|kids|wife|every move|name|routine|schedule)|(?:know|knows) (?:what time|when|which|what) (?:you|your|she|he|they)[a-z ]{0,20}(?:home|work|leave|sleep|school|car|drive|get))\b",
    ),
    rule(
        "veiled.place",
        0.75,
        r"\b(?:special place (?:in hell )?(?:for|reserved)|(?:place|room|cell|spot|plot|hole|cage|box) (?:reserved |waiting )?for (?:you|people like you|him|her|them|traitors))\b",
    ),
    rule(
        "veiled.not_make",
        0.75,
        r"\b(?:(?:over ?/? ?under|odds|bets?|betting|wager|how long)[^.!?\n]{0,25}(?:him|her|them|he|she|they|you)[^.!?\n]{0,15}(?:mak(?:es?|ing) it|surviv(?:es?|ing)|lasts?|lasting|still (?:alive|breathing|here))|(?:won'?t|not gonna|not going to|doesn'?t|never) (?:make|making) it (?:to|past|through|home|out)|(?:hope|if) (?:you|he|she|they) (?:make|makes) it (?:home|to))\b",
    ),
    rule(
        "veiled.not_saying",
        0.6,
        r"\b(?:i'?m |im |not |we'?re )?not (?:saying|telling (?:anyone|you)|suggesting|advocating)[^.!?\n]{0,30}(?:do anything|violence|but|hurt|go)",
    ),
    rule(
        "veiled.gone",
        0.6,
        r"\b(?:(?:take|taken|taking) (?:care of|out) (?:him|her|them|you|these|that)|(?:he|she|they|you)(?:'?ll| will| needs? to| should| must|'?s gonna) (?:just )?(?:disappear|vanish|be (?:dealt with|handled|taken care of|gone)|have an accident)|make (?:him|her|them|you) (?:disappear|vanish|go away)|deal with (?:him|her|them|you) (?:ourselves|our way|the old)|handle (?:this|it|them|him|her) ourselves|old (?:west|school|fashioned) justice|frontier justice|street justice)\b",
    ),
    rule(
        "veiled.rot",
        0.5,
        r"(?:^|[.!?\n,] *)(?:rot|burn|choke|suffer|die)(?: (?:in hell|on it|slowly|you|bitch|alone))?[.!]*$",
    ),
    rule(
        "veiled.zillow",
        0.55,
        r"\b(?:no (?:alarm|security|cameras?|dog|guards?)(?: sign| system)?|back door|unlocked|window|lives alone|home alone)\b[^.!?\n]{0,40}$",
    ),
    // Urgency.
    rule("urgent.time", 0.1, r"\b(?:<DAYTIME>)\b"),
    rule("urgent.family", 0.15, r"\byour (?:family|kids?|children|wife|husband|daughter|son)\b"),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, said: &Said, out: &mut Vec<Finding>) {
    let open = |code: &str| code.starts_with("threat.");
    let rules = said
        .threat
        .as_ref()
        .filter(|(_, hits)| hits.iter().any(|hit| open(hit.code) || hit.code.starts_with("veiled.")));
    let explicit = match rules {
        Some((_, hits)) => hits.iter().any(|hit| {
            open(hit.code) || hit.code == "veiled.where_you_live" || hit.code == "veiled.ultimatum"
        }),
        None => post.flags.any(Flags::HARM),
    };
    let rules = rules.map(|(found, _)| found.clone());
    let Some(mut found) = blend(post, &ABOUT, Kind::Threat, Head::Threat, rules, said) else { return };
    found.level = Some(if explicit { Level::Explicit } else { Level::Veiled });
    out.push(found);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Threat;
        for post in [
            "[We know where you live], Dana.",
            "[I will k1ll you]",
            "[I'm going to stab that clerk tomorrow]",
            "She [deserves to be hanged] for this",
            "[Would be a shame if something happened] to that house",
            "[H a n g   t h e m] all",
            "[тhey should all be shot]",
            "Hope your [life insurance is paid up]",
            "[i'll 🔪 you]",
            "[Te vamos a matar]",
            "hang on, traffic is murder",
            "he kills it from three, what a shot",
            "no one deserves to be shot",
            "\"You should be shot\" is not ok to say to a clerk",
            "We should kill this bill",
        ] {
            marked(post, kind);
        }
    }
}
