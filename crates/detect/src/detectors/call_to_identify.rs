//! Call to identify: asks others to identify, locate, expose or contact a person.
//!
//! Harmless searches (a lost wallet, a missing person, a fan) are shown and do not count.

use std::sync::LazyLock;

use record::{Finding, Kind};

use super::{Detector, by_rules};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector = Detector {
    name: "call-to-identify",
    version: 3,
    what: "asks others to identify, locate, expose or contact a person",
};

const RULES: &[Rule] = &[
    rule(
        "find.where",
        0.75,
        r"\b(?:where|how) (?:can|do|could|would) (?:we|i|you|one|someone|anybody|anyone) (?:find|reach|get (?:a )?hold of|contact|meet|locate|see) (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.where",
        0.7,
        r"\bwhere (?:does|do|did) (?:he|she|they|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one)) (?:park|live|sleep|work|eat|drink|shop|hang|go|stay|worship|pray)\b",
    ),
    rule(
        "find.eyes",
        0.65,
        r"\b(?:need|want|get|keep|put) eyes on (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.name",
        0.75,
        r"\b(?:looking for|need|want|hunting for|searching for|paying for) (?:the |an? |his |her |their |any )?(?:[a-z]+ ){0,2}?(?:names?|address(?:es)?|phone|number|employer|identity|direccion|nombre) (?:of|for|on) (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.list",
        0.6,
        r"^(?:[^a-z]{0,4})(?:names?|who|address|employer|nombre)[.!?, ]{1,3}(?:names?|address|employer|town|where|phone|boss|job|direccion|donde)[.!?, ]{1,3}",
    ),
    rule(
        "find.knows",
        0.65,
        r"\b(?:some(?:one|body)|any(?:one|body)|one of you|y'?all|you people)(?: out there| here| on here)? (?:went to (?:school|high school|church|college) with|works? with|worked with|lives? (?:by|near|next to|with)|grew up with|dated|married|served with|goes to church with|is related to|must know|has to know|knows?) (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.hunt",
        0.65,
        r"(?:^|[.!?,] ?)(?:out|expose|dox+|name|id|identify|find|unmask) (?:him|her|them)[.!]",
    ),
    rule(
        "find.hunt",
        0.7,
        r"\b(?:put|blast|plaster|spread) (?:him|her|them|(?:his|her|their) (?:face|name|picture|photo))(?: on blast| all over| everywhere| on every)",
    ),
    rule(
        "find.crowd",
        0.7,
        r"\b(?:crowd ?sourcing|gathering|collecting|compiling|building|making) (?:the |a |an |their |all )?(?:identit(?:y|ies)|names?|list|dossier|file|addresses)\b",
    ),
    rule(
        "find.face",
        0.7,
        r"\b(?:facial rec(?:ognition)?|face search|reverse (?:image|search)|pimeyes|blow (?:this|that) (?:picture|photo|frame|image|still|screenshot) up|enhance (?:this|that|it|the) [a-z]+|zoom in on)\b",
    ),
    rule(
        "find.id",
        0.75,
        r"\b(?:whoever|anyone who|the first (?:one|person) (?:to|who)|first to|someone who)(?: can)? (?:ids?|names?|identif(?:y|ies)|finds?|outs?|doxx?(?:es)?|tracks? down|recogni[sz]es) (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|supervisor|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.plate",
        0.7,
        r"\b(?:any(?:one|body)|who|some(?:one|body)) (?:here )?(?:can )?(?:runs?|trace|check|look up|pull) (?:plates?|tags?|regs?|registrations?|vins?)\b",
    ),
    rule(
        "find.es",
        0.75,
        r"\b(?:de quien (?:es|sera|seria|son) (?:est[ae]|es[ae]|la|el)|como se llama (?:est[ae]|es[ae]|la|el)|(?:hasta|para) (?:saber|encontrar|dar con|averiguar)(?: quien| donde| la| lo)?|quien (?:es|sera) (?:est[ae]|es[ae]|la de|el de|la del|el del)|(?:difundan|compartan|rolen|pasen) (?:la|el|su|esta) (?:foto|cara|video|imagen)|a ver quien (?:la|lo) (?:conoce|reconoce|ubica)|(?:la|lo) (?:conocen|ubican|reconocen)\b)",
    ),
    rule(
        "find.crowd",
        0.75,
        r"\b(?:internet|reddit|twitter|x|facebook|patriots?|anons?|frens|folks|people|y'?all|you)(?: (?:sleuths|detectives|army|community|fam|friends))?[,:]? (?:sleuths|detectives|you know what to do|do what you do|let'?s (?:get to )?work|get to work|get on (?:it|this)|let'?s go to work)\b",
    ),
    rule("find.crowd", 0.6, r"\b(?:you know what to do|do what you do best)\b"),
    rule(
        "find.name",
        0.8,
        r"\b(?:\$ ?[0-9]+|[0-9]+ (?:dollars|bucks)|cash|reward|beer|bounty|prize|steak dinner) (?:reward |cash |bounty |waiting |goes )?(?:to|for) (?:whoever|anyone (?:who|that)|the first|the person who|someone who|a name|info|information|his|her|their|this)",
    ),
    rule(
        "find.name",
        0.75,
        r"\b(?:any ?(?:one|body)|some ?(?:one|body)|who|y'?all|you guys)(?: here| out there| please)? (?:has|have|got|gets?|find|finds|find me|knows?|can get|can find|can pull)(?: me| us)? (?:an? |the |any |this |that |his |her |their |some )?(?:(?:[a-z]+) ){0,2}?(?:<DOCS>) (?:for|of|on) (?:him|her|them|these|those|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|volunteer|postman|mailman|runner|thug|creep|one)|this one|that one|him)",
    ),
    rule(
        "find.name",
        0.7,
        r"\b(?:find|get|dig up|look up|need|want|post|drop|share|track down|pull)(?: me| us| out)? (?:this|that|the) (?:[a-z]+ ){0,2}(?:guy|man|woman|lady|driver|courier|worker|clerk|person|dude|girl|mule|carrier|counter|manager)'?s? (?:full |real |home |last )?(?:<DOCS>|boss|family|profile|pages?|house|socials)\b",
    ),
    rule(
        "find.id",
        0.8,
        r"\b(?:figure out|find out|work out|tell (?:me|us)|determine|learn|uncover|establish) (?:exactly )?(?:who|which (?:[a-z]+ ){0,3}(?:worker|carrier|guy|man|woman|lady|person|courier|clerk|driver|counter|one)) (?:this|that|these|those|he|she|they|is|are|was|did|the)",
    ),
    rule(
        "find.who",
        0.7,
        r"\b(?:who|whos|who'?s) (?:is |was )?(?:under|behind|inside|driving|wearing|in|holding|carrying|with) (?:that|this|the) (?:mask|cap|hat|hood|hoodie|truck|van|car|suv|vest|jacket|wheel|picture|photo|video|clip|backpack|uniform|account)\b",
    ),
    rule(
        "find.who",
        0.65,
        r"\b(?:who'?s|who is|who was) (?:the|that|this) (?:[a-z]+ ){0,2}(?:driver|courier|mule|clerk|supervisor|poll worker|counter|carrier|mailman|guy in|man in|woman in|lady in|guy with|lady with|woman with|man with)\b",
    ),
    rule(
        "find.hunt",
        0.75,
        r"\b(?:dox+|unmask|out|expose) (?:him|her|them|this (?:guy|one|woman|man|lady)) (?:already|now|asap|please|pls|then|all|immediately|before)\b",
    ),
    rule(
        "find.hunt",
        0.75,
        r"\b(?:dig up|dig into|get|find|gather|collect|compile|pull) (?:everything|all|anything|whatever|dirt|all the dirt|every detail)(?: (?:we|you) can)?(?: (?:about|on|for))? (?:him|her|them|(?:this|that|the|these|those|our) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|mule|mules|courier|couriers|driver|worker|workers|counter|counters|carrier|clerk|manager|official|volunteer|postman|mailman|runner|thug|creep|one))",
    ),
    rule(
        "find.hunt",
        0.7,
        r"\b(?:put|attach|match) (?:a |his |her |the )?names? (?:to|with|on) (?:the |this |that |these |his |her |every |all )?(?:face|faces|picture|photo|video|one|guy|him|her|them)\b",
    ),
    rule(
        "find.spread",
        0.7,
        r"\b(?:make|get|let'?s make|let'?s get) (?:him|her|them|this (?:guy|woman|man|lady|face|clown)|(?:his|her|their) face) (?:famous|trending|viral|known|recognized|identified|on every)\b|\b(?:rt|retweet|share|repost|difundan|compartan|comparte)[a-z ,]{0,12}(?:until|till|so|to|hasta|para|su (?:cara|foto)) (?:[a-z]+ ){0,3}?(?:knows?|finds?|find out|identif\w+|recogni[sz]es?|names?|gets? named|sepamos|lo encontremos|la encontremos|encontrarl[oa]|todos lo)?",
    ),
    rule(
        "find.names",
        0.65,
        r"\b(?:i|we|patriots) (?:want|need|demand|must have|will have|are collecting|are making a list of) (?:the |all the |all |their )?names\b",
    ),
    rule(
        "find.es",
        0.75,
        r"\b(?:(?:necesitamos|quiero|queremos|busco|buscamos|denme|pasenme|manden|consigan|den) (?:su|el|la|los|sus|un) (?:nombre|nombres|direccion|telefono|datos|numero|placa|domicilio|identidad)|(?:que )?(?:alguien|ayuden a|ayudenme a|ayudame a|ayudenos a) (?:identifi(?:que|quen|car)|encuentre|encontrar|reconozca|reconoce|localice|localizar)|(?:hay que|vamos a|tenemos que) (?:encontrar|identificar|localizar|averiguar|exponer|dar con|saber quien)|(?:averiguen|busquen|investiguen|diganme|digan) (?:quien|donde|como se llama|a este|a esta|su|todo)|compartan su (?:cara|foto)|de quien es (?:esta|esa|la) (?:placa|camioneta|casa|troca))\b",
    ),
    rule(
        "find.id",
        0.8,
        r"\b(?:can|could|will|would|please|pls|help)(?: (?:some|any)(?:one|body)| you| we| me| us| y'?all)? (?:please )?(?:id|identify|name|recogni[sz]e) (?:the|this|that|these|those|him|her|them)\b",
    ),
    rule(
        "find.id",
        0.8,
        r"\b(?:help|assistance|hand) (?:me |us )?(?:in |with )?(?:(?:identifying|id'?ing|naming|unmasking|tracking down) (?:<SOMEONE>|this|that|these|those|him|her|them)|(?:finding|locating|recogni[sz]ing) (?:<SOMEONE>|him|her))\b",
    ),
    rule(
        "find.id",
        0.8,
        r"\b(?:identity|name|names|address|socials|employer) of (?:the|this|that|these|those|every|each) (?:[a-z]+ ){0,4}(?:worker|guy|man|woman|lady|driver|courier|person|people|counter|clerk|dude|girl|mule|volunteer|employee|judge)s?\b",
    ),
    rule(
        "find.name",
        0.8,
        r"\b(?:does )?(?:any|some)(?:one|body) (?:here )?(?:have|got|has|know|find|share) (?:his|her|their) (?:<DOCS>)\b",
    ),
    rule(
        "find.name",
        0.75,
        r"\b(?:pay|give|\$[0-9]+|reward|bounty|cash)[^.!?\n]{0,30}(?:to )?(?:whoever|anyone who|the first|someone who)[^.!?\n]{0,25}(?:tells?|finds?|names?|gets?|identif\w+|knows?|who)",
    ),
    rule(
        "find.hunt",
        0.75,
        r"\b(?:expose|dox+|unmask|identify|track|find|locate|out) (?:him|her|them|this (?:guy|man|woman|clown|vehicle|car|person|rat|thug|courier|driver)|these (?:people|men|women|couriers|mules|rats))\b(?: down)?(?:$|[.!,]| (?:full|and|before|so|now|everywhere|please|asap|tonight))",
    ),
    rule(
        "find.who",
        0.75,
        r"\b(?:want|need|like|love|dying) to know (?:who|where|what) (?:<SOMEONE>|this|that|these)[a-z ]{0,12}(?:is|are|lives?|parks?|works?|sleeps?)\b",
    ),
    rule(
        "find.go",
        0.75,
        r"\b(?:go|someone|somebody|everyone|all of you|patriots|which one of you)(?: should| needs to| please| just| go| lives? near [a-z]+)*[ ?.]{1,3}(?:go )?(?:ask|see|tell|meet|confront|find|knock|greet|talk to) ?(?:on )?(?:him|her|them|his door|her door)? ?(?:in person|face to face|at (?:home|his|her|their)|to (?:his|her|their) face|$)",
    ),
    rule(
        "find.go",
        0.8,
        r"\b(?:show(?:ing)? up|turn up|go(?:ing)?|camp(?:ing)? out|head|meet|be|gather|rally|march) (?:over )?(?:at|to|outside|in front of|by) (?:his|her|their|the clerk'?s|the judge'?s) (?:house|home|place|door|apartment|driveway|porch|church|work)\b",
    ),
    rule(
        "find.contact",
        0.75,
        r"\b(?:ring|blow|call|light) (?:his|her|their) (?:phone|cell|line)(?: off the hook| up| until)?\b|\b(?:call|email|tell|contact|write) (?:his|her|their) (?:boss|employer|work|job|landlord|church|supervisor|wife|husband|manager)\b",
    ),
    rule(
        "find.face",
        0.7,
        r"\b(?:zoom in|enhance|look closely|screenshot)[^.!?\n]{0,40}(?:name|badge|plate|face|lanyard)\b[^.!?\n]{0,25}(?:name|who|read|id|tell|me)?",
    ),
    rule(
        "find.plate",
        0.75,
        r"\b(?:look up|run|search|check|trace|pull)(?: up)? (?:this|that|the|his|her|their|these|those) (?:license )?(?:tag|plate|number|reg|registration|vin)s?\b|\bdmv access\b|\btrack (?:this|that|the) (?:vehicle|car|truck|van|suv)\b",
    ),
    rule("find.who", 0.7, r"\b(?:who(?:'?s| is| are|s| tf is| the (?:hell|fuck) is|dis)) <SOMEONE>\b"),
    rule(
        "find.knows",
        0.75,
        r"\b(?:(?:any|some)(?:one|body)|who|does any(?:one|body))(?: here| in [a-z ]{3,25}| out there| else| please)? (?:knows?|recogni[sz]es?|id|identify|seen|got) (?:who |what |where )?(?:<SOMEONE>|this is|that is|(?:his|her|their) (?:<DOCS>)|lives|works)",
    ),
    rule(
        "find.knows",
        0.7,
        r"\b(?:some(?:one|body)|one of you|you guys|y'all|you all) (?:out there |here )?(?:knows?|recogni[sz]es?) (?:him|her|them|who|this|these|that)\b",
    ),
    rule(
        "find.name",
        0.85,
        r"\b(?:drop|post|give|share|tell|send|need|want|get|got|find|dm|reveal|leak|publish|release|put)(?: me| us| up| out| the| this| that| his| her| their| a| some| all| an| any){0,3} (?:<DOCS>)(?: and (?:<DOCS>))?(?: (?:now|please|on|of|below|here|in the comments|for))?\b",
    ),
    rule(
        "find.id",
        0.85,
        r"\b(?:need|get|want|gimme|looking for|find|can (?:we|anyone|someone)(?: get)?|help (?:me |us )?)(?: an?| some| please| to| me| us){0,2} (?:id|i\.d\.|ids|identify|identification|identity|name|names)(?: on| of| for| this| that| these| those| the| him| her| them)",
    ),
    rule(
        "find.hunt",
        0.85,
        r"\b(?:let'?s|lets|help(?: me| us)?|we (?:need to|must|should|will|'ll|gotta|are going to|have to)|gonna|time to|go|please|pls|anons|patriots|internet) (?:all )?(?:find|identify|id|track(?: down)?|locate|expose|hunt(?: down)?|dox+|unmask|out|name and shame|dig up|trace) (?:<SOMEONE>|out who|all of them|every one|these|those)",
    ),
    rule(
        "find.plate",
        0.8,
        r"\b(?:run|trace|look ?up|check|search|id|track) (?:that|this|the|his|her|their|those|these|it)(?: [a-z]+)? ?(?:plates?|tags?|vin|number|license|car|truck|owner)?\b[^.!?]{0,25}(?:plate|tag|owner|dmv|registered)",
    ),
    rule(
        "find.plate",
        0.8,
        r"\b(?:who owns|whose) (?:it|this|that|the|these|car|truck|plate|vehicle|suv|van)\b",
    ),
    rule(
        "find.crowd",
        0.8,
        r"\b(?:crowd ?sourc\w+|do (?:your|ur|its) (?:thing|magic|stuff)|work your magic|make (?:him|her|them|this (?:guy|man|woman|lady|person)) (?:famous|viral|go viral|infamous)|name and shame|fill in what you know|open ?source intel|reward for (?:info|his|her|the)|bounty on)",
    ),
    rule(
        "find.where",
        0.8,
        r"\b(?:where (?:does|do|did|is|are|can we find) (?:<SOMEONE>) (?:live|living|work|park|sleep|stay|hang|go|at)|(?:know|find out|tell me|tell us|find) where (?:<SOMEONE>|this|that) (?:lives?|works?|parks?|sleeps?|stays?))",
    ),
    rule(
        "find.go",
        0.8,
        r"\b(?:go |let'?s (?:all )?|everyone |someone |somebody |you should |we should |please |all of you |pls )(?:go )?(?:and )?(?:knock on|visit|pay|show up (?:at|to)|stop by|swing by|drop by|camp out(?:side)?|protest (?:at|outside)|wait (?:for|outside)|meet (?:him|her|them) at|confront|picket) (?:<SOMEONE>|his|her|their)\b",
    ),
    rule(
        "find.go",
        0.75,
        r"\b(?:pay (?:him|her|them) a (?:little |friendly |nice )?visit|knock on (?:his|her|their) door|(?:outside|in front of|at) (?:his|her|their) (?:house|home|place|door|office)\b[^.]{0,20}(?:tonight|tomorrow|now|\d))",
    ),
    rule(
        "find.contact",
        0.75,
        r"\b(?:call|text|e-?mail|message|ring|dm|phone|contact|write(?: to)?|flood|spam|blow up|light up|bombard)(?: (?:him|her|them|this (?:guy|man|woman|number|person|clerk)|his|her|their|it|(?:up )?(?:the|this|that|his|her) (?:number|phone|inbox|line|office|mail|email|dms?)))(?:[^.!?]{0,25} (?:and (?:tell|ask|let|say|remind|give|demand|see)|to (?:tell|let|ask|say|demand)|let (?:him|her|them)|tell (?:him|her|them)|until|every (?:day|hour)|all day|24/7|nonstop|tonight|at [(+0-9]|right now|non ?stop|day and night|what you think)| ?[:(+]* ?[0-9(])",
    ),
    rule(
        "find.flood",
        0.75,
        r"\b(?:flood|spam|blow up|light up|bombard|bomb|hammer|fill) (?:up )?(?:it|(?:his|her|their|this|the|that) (?:number|phone|inbox|line|voicemail|mail|e-?mail|dms?|mentions|comments|page|reviews|office))\b",
    ),
    rule(
        "find.polite",
        0.55,
        r"\b(?:be (?:polite|nice|respectful|civil|gentle)|(?:she|he) (?:picks up|answers|is home)|say (?:hi|hello) (?:to|for)|(?:go )?say hi\b|let (?:him|her|them) (?:know|hear)|tell (?:him|her|them) (?:what you think|how you feel|hi|hello|we said)|ask (?:him|her|them) (?:about|why|how|where))",
    ),
    rule(
        "find.tell",
        0.6,
        r"\b(?:call|text|e-?mail|message|phone|visit|write)(?: [a-z.@_]+){1,3} (?:and|to) (?:tell|let|ask) (?:him|her|them)\b",
    ),
    rule(
        "find.spread",
        0.55,
        r"\b(?:(?:share|retweet|rt|repost|spread)(?: this)?(?: far and wide| everywhere| until| till| so)[^.]{0,30}(?:finds?|found|identif|knows?|name|see (?:his|her|their) face)|(?:his|her|their) face (?:needs to be |should be |go |goes )?(?:everywhere|viral|all over))",
    ),
    rule(
        "find.es",
        0.75,
        r"\b(?:quien(?:es)? (?:es|son|conoce a|sabe) (?:este|esta|ese|esa|estos|esas|el|la|quien|donde|tipo)|alguien (?:sabe|conoce|reconoce|tiene|me dice)[a-z ]{0,20}(?:quien|donde|este|esta|ese|esa|nombre|datos|telefono|direccion|tipo)|(?:como se llama|donde (?:vive|trabaja)) (?:este|esta|ese|esa|el|la)?|(?:hay que|vamos a|ayuden a|busquen|encuentren|identifiquen) ?(?:encontrar|buscar|identificar|localizar|exponer)? ?(?:a |al |este|esta|esa|ese|lo|la|su)|hagan(?:lo|la)? (?:viral|famos[oa])|pasen (?:su|el) (?:nombre|numero|direccion|telefono))",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    out.extend(by_rules(post, &ABOUT, Kind::CallToIdentify, &BOOK).map(|(found, _)| found));
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::CallToIdentify;
        marked("Who is this guy?? Seen at the drop box. Somebody knows him. [Drop his name].", kind);
        marked("Patriots [we need an ID on] the woman in green. Let’s find her", kind);
        marked("[Who owns] that plate?", kind);
        marked("¿[Quién es este] tipo? Alguien sabe dónde vive?", kind);
        marked("[Need help identifying this] man dropping off a crate", kind);
        marked("Who is this band? I love them", kind);
        marked("Need help finding that recipe", kind);
    }
}
