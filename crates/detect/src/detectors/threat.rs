//! Threat: states, wishes or hints at serious harm to people.
//!
//! A verb of violence, a person it is aimed at, and a will, wish or claim of desert; hints are a list of their own. What it
//! must not flag: quotation, news, denial, counter-speech, fiction, sport, idiom, harm to things.

mod fate;
mod hints;

use std::sync::LazyLock;

use record::{Finding, Kind, Level};

use super::{Detector, Said, blend};
use crate::learned::Head;
use crate::post::Post;
use crate::prefilter::Flags;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "threat", version: 6, what: "states, wishes or hints at serious harm to people" };

const RULES: &[Rule] = &[
    rule(
        "threat.would",
        0.5,
        r"\b(?:would|should|could|wish (?:i|they|he|she|someone))(?: have|'?ve| of| had)+ (?:[a-z]+ly )?(?:just )?(?:killed|shot|stabbed|beaten|beat|punched|kicked|whipped|slapped|choked|burned|burnt|hanged|hung|strangled|boxed|smashed|slit|gutted|raped|drowned) (?:<TARGET>|his|her|their|your|its)",
    ),
    rule(
        "threat.norm",
        0.55,
        r"\b(?:send|ship|put) (?:all |every |the |these |those |you |them )?(?:[a-z]+ ){0,2}to hell\b|\b(?:put|turn) the gas on\b|\bget dead\b|\b(?:must|should|need to|ought to) be (?:annihilated|gassed|culled|wiped out|exterminated|eradicated)\b",
    ),
    rule(
        "threat.end",
        0.8,
        r"\b(?:will|gonna|going to|'ll|i'?d|want to|wanna|let's) (?:personally |gladly |happily )?(?:end|gut|skin|slaughter|bleed|feed|drag|drown|hang|burn|string|hurt|cut|carve|butcher) (?:you|u|him|her|them|that [a-z]+|this [a-z]+|those [a-z]+|the [a-z]+)(?: up| out| down)? (?:and (?:every|your|his|her|all)|like (?:a|an) [a-z]+|to (?:my|the) (?:hogs|pigs|dogs|fish|gators?|wolves|crows|sharks)|behind (?:a|the|my)|in (?:the|a|his|her) (?:river|lake|bathtub|sleep|bed|blood|own)|from (?:the|a) [a-z]+|by (?:the|his|her) (?:neck|hair|throat|feet))",
    ),
    rule(
        "threat.gore",
        0.75,
        r"\b(?:want|like|love|need|bring|see|hope)[a-z' ]{0,12} (?:his|her|their|your|that [a-z]+'s) (?:head|heads|skull|skulls|brains?|guts|throat|throats|face|neck|necks|teeth|blood|body|bodies|scalp)(?: (?:on|all over|in|under|rolling|splattered|across|smeared)\b|$|[.!])",
    ),
    rule(
        "threat.watch",
        0.75,
        r"\b(?:happily|gladly|love to|like to|pay to|can'?t wait to|dying to|enjoy|want to|wanna|live to|waiting to) (?:watch|watching|see|seeing) (?:<TARGET>|(?:that|this|those|every) [a-z]+|him|her|them|you)(?: all)? (?:swing|hang|burn|bleed|suffer|die|beg|choke|drown|rot|fry|squirm|dangle|twitch|fall)\b",
    ),
    rule(
        "threat.drag",
        0.8,
        r"\b(?:should|ought to|needs? to|deserves? to|must|gonna|will|going to|gotta|has to|have to|let's) (?:all )?(?:be |get |see |have )?(?:them |him |her |you )?(?:drag(?:ged)?|drawn|strung|tarred|flogged|whipped|keelhauled|thrown|tossed|fed|tied|hung|stuffed|torn) (?:him |her |them |you )?(?:and quartered|and feathered|behind (?:a|the|my)|under (?:a|the) [a-z]+|off (?:a|the) (?:bridge|roof|building|cliff)|up by|to (?:the|my) (?:hogs|pigs|dogs|wolves|gators?|gallows|wall|tree|post)|apart|limb|in (?:a|the) (?:river|ditch|lake|trunk)|from (?:a|the) (?:tree|bridge|pole|lamp ?post|rafters))",
    ),
    rule(
        "threat.wall",
        0.8,
        r"\b(?:against|up against|to) (?:the|a) (?:wall|firing squad|gallows|guillotine|chopping block|stake|electric chair|woodchipper)(?: and| for|[.!]|$)|\b(?:el|al) paredon\b",
    ),
    rule(
        "threat.owner",
        0.8,
        r"\b(?:bat|bullet|rope|noose|shovel|hole|grave|rifle|round|knife|brick|tree|ditch|trunk|bag|toe tag|axe|crowbar|pipe|hammer)s? (?:has|have|had|got|with|bears?|carries|marked for|reserved for|waiting for|picked out for) (?:your|his|her|their|you|him|them)(?: name| names)?\b",
    ),
    rule(
        "threat.match",
        0.75,
        r"\b(?:one|a|all it takes is a|all it takes is one|just one) (?:match|bullet|bomb|grenade|molotov|spark|shot|stray bullet|can of gas)\b[a-z ,']{0,25}(?:all|would|could|fix|solve|end|away|need|is)[a-z ,']{0,30}",
    ),
    rule(
        "threat.toe",
        0.8,
        r"\b(?:toe tag|body bag|pine box|cold slab|morgue|in a casket|in a hearse|obituary|wearing cement|cement shoes|dirt nap|meet your maker|last breath)\b",
    ),
    rule(
        "threat.range",
        0.75,
        r"\b(?:my|our|the) (?:rifle|scope|crosshairs?|sights?|gun|ar-?15|9mm|glock|shotgun)(?:'s| is| are)? (?:[a-z]+ ){0,3}(?:zeroed|sighted|loaded|ready|aimed|cleaned|trained|pointed|waiting|oiled)\b|\b[0-9]+ (?:yards|meters|feet) from (?:your|his|her|the|my)\b",
    ),
    rule(
        "threat.may",
        0.75,
        r"\b(?:may|hope|let|pray)(?: god)? (?:that )?(?:every|each|all|any|the|these|those|that|this|you|they|he|she|him|her)(?: [a-z]+){0,5} (?:bleed|bleeds|rot|rots|burn|burns|die|dies|choke|chokes|suffer|suffers|perish|drown|drowns|hang|hangs)(?: out| slowly| in| for| on| alone|[.!]|$)",
    ),
    rule(
        "threat.es",
        0.8,
        r"\b(?:(?:le|les|te|lo|la|los) (?:voy|vamos|van) a (?:partir|romper|reventar|quebrar|cortar|meter|pegar|dar|volar|arrancar|sacar)|(?:hay|tienen|tenemos|deberian|habria) (?:que|de) ?(?:prenderle?s?|darle?s?|meterle?s?|romperle?s?|partirle?s?|quemarl[oa]s?|colgarl[oa]s?|lincharl[oa]s?|matarl[oa]s?|golpearl[oa]s?)|merecen? (?:el paredon|la horca|la muerte|morir|un balazo|la silla|que los? maten|que la maten)|(?:prenderle|prendanle|echenle|metanle) (?:fuego|candela|plomo|bala)|(?:partir|romper)(?:le|te|les) (?:la cara|la madre|el hocico|los huesos|las piernas))\b",
    ),
    rule(
        "veiled.ask_kids",
        0.7,
        r"\b(?:do|does|how'?s|how is|is|are|did) (?:your|ur) (?:kids?|children|daughter|son|wife|husband|mom|mother|boys?|girls?|little ones?)[a-z ]{0,12}(?:still|walk|ride|get|play|go|take|sleep|like|enjoy|safe|doing|home|alone)\b|\bsay (?:hi|hello) to (?:your|the) (?:kids|wife|husband|daughter|son|family|little ones)\b",
    ),
    rule(
        "veiled.locks",
        0.65,
        r"\b(?:i'?d|you should|you might want to|better|might wanna|may want to|time to|you'?ll want to|maybe|if i were you)[a-z ,']{0,12}(?:get|buy|invest in|check|change|install|keep|lock|sleep|update|move|hire|leave|pack|double check)[a-z ,']{0,12}(?:a (?:big )?dog|dogs|an? alarm|your locks|the locks|new locks|cameras?|a gun|security|smoke (?:alarm|detector)s?|fire (?:extinguisher|insurance)|a vest|your will|your doors?|the doors?|bodyguards?|town|away|if i were you)\b|\bi'?d [a-z ]{3,30} if i were you\b",
    ),
    rule(
        "veiled.insured",
        0.7,
        r"\b(?:hope|is|are|better be|keep|got|pray)[a-z ]{0,12}(?:your|her|his|that|the) (?:house|home|place|car|building|office|barn|truck)(?:'s| is| are)? (?:well |fully |still )?(?:insured|fireproof|bulletproof|fire proof)\b|\b(?:fire|flood|life|homeowners?) insurance\b[a-z ,']{0,15}(?:paid|current|up to date|handy|you|your)",
    ),
    rule(
        "veiled.target",
        0.7,
        r"\b(?:target|bullseye|crosshairs?|price|bounty|mark)(?:'s| is)? (?:on|over) (?:you|your|her|his|their|him|them)\b|\b(?:you'?re|you are|she'?s|he'?s) (?:a )?(?:marked|on (?:a|the|my|our) list|on borrowed time|living on borrowed|next in line)\b",
    ),
    rule(
        "veiled.alone",
        0.65,
        r"\b(?:when|while|if|next time|soon as|as soon as|once) (?:nobody|no one|there'?s no|no cameras?|the cameras)[a-z' ]{0,12}(?:filming|watching|looking|around|listening|there|rolling|off)\b|\b(?:lots of|nothing but|so many) (?:woods|trees|dark|ditches|empty)[a-z ,']{0,20}(?:your|you|there)\b",
    ),
    rule(
        "veiled.saw_you",
        0.7,
        r"\b(?:you|she|he) (?:look(?:ed)?|seem(?:ed)?|sounded?)[a-z ,']{1,18}(?:getting (?:out|in|into|off)|leaving|walking|at (?:the|your)|outside|coming|in (?:your|that|the)|last night|this morning|pumping|unlocking|when you)\b",
    ),
    rule(
        "veiled.asking",
        0.65,
        r"\b(?:boys|guys|friends|people|fellas|folks|men|patriots|neighbors)[a-z' ]{0,14}(?:asking|wondering|curious|talking) (?:where|about where|what time|when|which) (?:you|she|he|your|they)\b",
    ),
    rule(
        "veiled.have",
        0.65,
        r"\b(?:we|i)(?:'ve| have)?(?: got| have)? (?:your|ur) (?:license )?(?:plates?|shift|schedule|address|route|name|house|routine|number|new address)\b[a-z ,']{0,30}(?:and|time|now|too|patience|ready)",
    ),
    rule(
        "veiled.warn",
        0.6,
        r"\b(?:don'?t|do not|can'?t|cannot|won'?t be able to|never) (?:say|claim|act like|pretend) (?:nobody|no one|you weren'?t|we didn'?t|i didn'?t|they didn'?t|you didn'?t) (?:told|warn(?:ed)?|tell|know)\b",
    ),
    rule(
        "veiled.es",
        0.7,
        r"\b(?:(?:ya )?sabemos (?:cual|cuales|como|por donde|donde|cuando|quienes)|(?:ojala|espero que|dios quiera que) no (?:te|le|les) (?:pase|ocurra|suceda) nada|(?:cierra|cierre|cierren) (?:bien )?(?:la puerta|las puertas|tu puerta|la ventana|las ventanas|con llave)|(?:duerme|duerman) (?:bien|tranquil[oa]s?) mientras|accidentes pasan|te andan buscando|ten(?:ga)? mucho cuidado|(?:tus|sus) (?:hijos|hijas|ninos) (?:van|salen|juegan|caminan))\b",
    ),
    rule(
        "threat.visit_armed",
        0.85,
        r"\b(?:coming|come|show(?:ing)? up|be there|be at|head(?:ing)?|driv(?:e|ing)|visit(?:ing)?|pull(?:ing)? up|waiting|outside|swing by|stop by)[a-z ,']{0,35}(?:with (?:my|a|our|some|the|his|two|an) (?:rifle|gun|guns|shotgun|ar-?15|glock|pistol|bat|rope|noose|torch|gasoline|gas can|boys|machete|knife|crowbar|hammer|baseball bat|posse|friends and)|armed|strapped|locked and loaded|con (?:mi|un|una) (?:rifle|pistola|arma|escopeta|machete|bate))",
    ),
    rule(
        "threat.bomb",
        0.8,
        r"\b(?:put|plant|plants|planting|set|drop|throw|toss|send|mail|leave|lob|toss|stick) (?:a |an |some |another |the )?(?:pipe )?(?:bombs?|explosives?|molotovs?|grenades?|dynamite|c4|anthrax|white powder|firebombs?|ricin) (?:under|in|into|at|on|through|to|inside|near|by)",
    ),
    rule(
        "threat.cure",
        0.8,
        r"\b(?:only|best|one|final) (?:cure|answer|solution|fix|language|remedy|medicine|way|justice)[a-z ,']{0,45}(?:is|are|understand[s]?|:)[a-z ,']{0,12}(?:lead|bullets?|rope|a rope|nooses?|hanging|violence|hot lead|lead poisoning|death|a noose|the gallows|firing squad|blood|buckshot|hollow ?points?|9mm|a bullet|fire|to kill)\b",
    ),
    rule(
        "threat.price",
        0.75,
        r"\b(?:bullets?|ammo|rope|rounds?|9mm|a noose)(?: (?:is|are|costs?|only costs?))+[a-z ]{0,8}(?:[0-9]+|a dollar|a buck|cheap|cheaper|fifty|fifteen|pennies)\b",
    ),
    rule(
        "threat.vehicle",
        0.8,
        r"\b(?:run|running|ram|ramming|force|forcing|push|pushing|drive|driving|smash|smashing) (?:it|that (?:van|car|truck)|this (?:van|car|truck)|his (?:van|car|truck)|her (?:van|car|truck)|him|her|them) (?:right |straight )?(?:off (?:the|a) (?:road|bridge|cliff|highway)|into (?:a|the) (?:ditch|tree|river|wall))\b",
    ),
    rule(
        "threat.cripple",
        0.8,
        r"\b(?:won'?t|never|wouldn'?t|will not)(?: be| be able to| ever)? (?:(?:walk(?:ing)?|breath(?:e|ing)|see(?:ing)?|stand(?:ing)?|talk(?:ing)?) (?:again|straight|anymore)|chew(?:ing)? (?:again|solid)|eat(?:ing)? solid)\b",
    ),
    rule(
        "threat.hands_on",
        0.7,
        r"\b(?:when|once|if|wait till|wait until|til) (?:i|we) (?:get|lay|put) (?:my|our|these) hands on (?:him|her|them|you|that|this)\b",
    ),
    rule(
        "threat.ditch",
        0.8,
        r"\b(?:found|find|finding|identif\w+)[a-z ,']{0,25}(?:in (?:a|the|some) (?:ditch|river|trunk|landfill|swamp|shallow grave|hole|dumpster|woods|lake|alley|field)|by (?:his|her|their|your) (?:teeth|dental))\b",
    ),
    rule(
        "threat.es",
        0.8,
        r"\b(?:(?:le|les|te|lo|la|los|las) (?:metan?|metemos|meto|meta|peguen|pego|pegue|damos|den|doy|dispar\w+|prend\w+|revient\w+|cort\w+|romp\w+) (?:un |unos |una |el |la |los |fuego )?(?:tiros?|balazos?|bala|balas|plomazos?|plomo|punalada|machetazo|fuego|cuello|garganta|cabeza|piernas|huesos|cara)|(?:voy|vamos|van) a (?:quemar|incendiar|volar|balacear|destruir|prender) (?:tu|su|la|sus|tus) (?:casa|carro|oficina|familia|negocio|camioneta)|(?:linchar|colgar|fusilar|quemar|matar|ahorcar|apedrear)(?:l[oa]s?|te)? (?:a todos|a todas|vivos?|vivas?|en la plaza|de un arbol|de un poste)|no (?:vas|va|van) a (?:salir|llegar|amanecer|vivir)[a-z ]{0,15}(?:viv[oa]s?|manana|navidad)?)\b",
    ),
    rule(
        "veiled.shame",
        0.75,
        r"\b(?:be|been|is|'?s|seria|que|sure would be|it'?d be|would be) (?:a |an |such a |una )?(?:real |damn |crying |terrible |awful |big |verdadera )*(?:shame|pity|tragedy|waste|lastima|pena|heartbreak) (?:if|when|should|were|that|to (?:lose|see)|que|si)\b[^.!?\n]{0,45}(?:happen|something|anything|burn|fire|accident|lost|broke|hurt|caught|loud|gone|got|flat|went|pas\w+|ocurr\w+|suced\w+|quem\w+)",
    ),
    rule(
        "veiled.seen",
        0.75,
        r"\b(?:we|i)(?:'ve| have)? (?:seen|saw|noticed|watched|found|know|got|mapped|memorized|been to|been past|drove by|driven by|drive by|walked by) (?:exactly )?(?:where you (?:park|live|work|sleep|shop|eat|walk|go|run|jog|drink|pray)|your (?:house|car|driveway|kids|wife|dog|street|route|face|parking spot|porch|garage|bedroom|window|back door|daughter|family)|what (?:you drive|time you|car you))",
    ),
    rule(
        "veiled.forget",
        0.7,
        r"\b(?:we|i)(?:'ll| will)?(?: not|n'?t| never| won'?t) (?:ever )?forget (?:your|his|her|their) (?:face|faces|name|names|address|addresses|house|plate|license)\b|\b(?:won'?t|will never|never) forget (?:your|his|her|their) (?:face|name|address|house)[a-z ,]{0,15}(?:or|and|nor) (?:your|his|her|their) (?:face|name|address|house|car)",
    ),
    rule(
        "veiled.stay",
        0.7,
        r"\b(?:hope|pray|wish)(?:ing)? (?:it|she|he|they|that|your [a-z]+|nothing|no one|nobody)[a-z ]{0,12}(?:stays? (?:that way|safe|healthy|pretty|in one piece|like that)|happens? to|gets? hurt|makes? it home|gets? home|lasts)\b",
    ),
    rule(
        "veiled.hide",
        0.7,
        r"\b(?:you|he|she|they)(?:'ll| will)? ?(?:won'?t|can'?t|cannot|not|couldn'?t|will not)(?: be able to)? (?:hide|run|stay hidden|keep hiding|sit safe)(?: behind [a-z ]{3,25}| in [a-z ]{3,25}| from (?:us|this|the people|justice))? ?(?:forever|for long|much longer|always|all your life)",
    ),
    rule(
        "veiled.stitches",
        0.7,
        r"\b(?:snitch(?:es)?|rats?|cheaters?|mules?|stuffers?|traitors?|thieves|liars)[a-z ]{0,25}(?:get|end up (?:with|in)|belong in|need|earn) (?:stitches|ditches|what they (?:deserve|get)|buried|graves|cement shoes|six feet)\b",
    ),
    rule(
        "veiled.disappear",
        0.7,
        r"\b(?:people|folks|clerks?|officials?|workers?|counters?|women|men|someone|traitors|rats) like (?:you|her|him|that|them)[a-z ]{0,15}(?:disappear|vanish|go missing|turn up dead|have accidents|don'?t (?:last|live)|get (?:hurt|found))",
    ),
    rule(
        "veiled.under_car",
        0.7,
        r"\b(?:check|checking|look|looking)[a-z ]{0,12} (?:under|beneath|behind) (?:your|ur|his|her|their) (?:car|truck|bed|hood|door|seat)\b",
    ),
    rule(
        "veiled.last",
        0.65,
        r"\b(?:enjoy|savor|hope you enjoy(?:ed)?|make the most of|cherish)[a-z ]{0,12}(?:your|her|his|their|this|the) (?:last|final) (?:election|christmas|thanksgiving|day|meal|count|summer|weekend|birthday|breath|breaths|night|week)\b",
    ),
    rule(
        "veiled.code",
        0.65,
        r"\b(?:we|i) (?:know|have|got) (?:the |your |a )?(?:back door|gate|alarm|door|garage|entry) (?:code|key|keys|combination)s?\b",
    ),
    rule(
        "veiled.visit",
        0.75,
        r"\b(?:someone|somebody|some (?:people|folks|friends|boys|patriots)|people|we|a few of us|friends of mine)(?:'s|'re|'ll| is| are| will)? (?:going to|gonna|be|will)? ?(?:pay(?:ing)?|come|coming|stop(?:ping)?|drop(?:ping)?|swing(?:ing)?|show(?:ing)?)[a-z ]{0,12}(?:you|her|him|them|your (?:house|home|place|door)|by|up)[a-z ]{0,8}(?:a visit|soon|tonight|tomorrow|late at night|unannounced|not the friendly)",
    ),
    rule(
        "veiled.second",
        0.7,
        r"\b(?:second|2nd|2) ?(?:amendment|a)\b[a-z ,']{0,20}(?:exists?|is|was|were|written|made)[a-z ,']{0,15}(?:for|because)[a-z ,']{0,15}(?:this|that|people|officials?|clerks?|you|exactly|these|tyrants|times)",
    ),
    rule(
        "veiled.es",
        0.7,
        r"\b(?:sabemos (?:a que hora|donde|cuando|que carro|quien|todo)|(?:se|ya se|conozco|conocemos) (?:donde|tu (?:casa|calle|carro|familia|horario)|a tus)|cuida(?:te|te mucho|do con)? (?:la|tu|tus|a tu|a tus) (?:espalda|espaldas|familia|hijos|casa)|que (?:bonit[oa]|lind[oa]|hermos[oa]) (?:familia|casa|hija|hijo|carro|ninos)[a-z ]{0,12}(?:tienes?|tiene)?|(?:algo|un accidente)(?: malo)? (?:te|le|les) (?:puede|va a|podria) (?:pasar|ocurrir|suceder)|te (?:tenemos|tengo) (?:en la mira|vigilad[oa]|ubicad[oa]|fichad[oa])|(?:duerme|duerman) con un ojo abierto|(?:tus|sus) dias estan contados|nos vamos a ver (?:pronto|las caras)|vas a (?:saber|ver) (?:quienes|lo que)|te (?:vas|va) a arrepentir)\b",
    ),
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
        r"\b(?:will|'?ll|gonna|going to|deserves? to|should|needs? to|ought to|must|can|has to|have to) (?:all |both |just |fucking |soon |be made to )?(?:(?:die|hang|burn|bleed|swing)(?:$|[.!?,\x22]| (?:for (?:what|this|it|that|your|her|his|their)|in (?:a|prison|hell|jail|pain|agony)|a (?:horrible|slow|painful|miserable)|at (?:my|our|the hands)|soon|like (?:a|the|dogs?|animals?)|tonight|today|horribl[ey]|painfully|slowly|screaming|alone|by (?:my|our|the|spring|christmas)|you))|suffer (?:for|like|a|as|the same)|rot in hell|drop dead|perish|burn in hell)",
    ),
    rule(
        "threat.desert",
        0.85,
        r"\b(?:should|deserves?|needs?|ought|must|gotta|want|wants|wish|hope|hoping|rather|would|like|love|better|merecen?|deberian?)[^.!?\n]{0,40}? (?:be|get|to be|see(?:ing)?|have been|ser|been) (?:all |just |publicly |slowly |fucking |brutally |violently |taken out and |dragged out and |rounded up and |put |lined up and |immediately |promptly |also )?(?:<KILLED>)\b",
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
        r"\b(?:world|country|america|planet|society|everyone|we)(?:'d| would)? (?:be |is )?(?:a )?(?:much |far |so much )?better (?:off |place )?(?:without (?:[a-z]+ ){0,4}(?:<FOLK>|<THEM>)|(?:without|if|when|with)[^.!?\n]{0,40}(?:dead|died|eradicated|gone|deported|hanged|shot|killed|disappear\w*|vanish\w*|drop dead))\b",
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
        r"(?:^|[.!?\n\x1a]) *(?:just |please |go |now |so |and |then |ok |yes |yeah |lets |let's )?(?:kill|murder|shoot|stab|hang|lynch|execute|behead|slaughter|burn|torch|bomb|drown|gas|rape|exterminate|eradicate|nuke|string up|run over|annihilate|guillotine|castrate|choke) (?:all of them|'?em|them|him|her|(?:all |every |these |those |the |that |this |any )(?:[a-z]+ ){0,2}(?:<FOLK>)|@)",
    ),
    rule(
        "threat.body",
        0.8,
        r"\b(?:cut|slit|slash|snap|break|wring|crush|smash|bash|blow|stomp|kick|cave|split|rip|bust|chop|knock|beat|punch|shoot|put a (?:bullet|knife|hole)|saw|carve)[a-z ]{0,18}(?:your|his|her|their|that|ur|every|those|these|in|of|off)[a-z ]{0,22}(?:throats?|necks?|skulls?|heads?|faces?|legs?|knee ?caps?|kneecaps|teeth|brains?|jaws?|bones?|guts|balls|fingers|spine|eyes|limbs|arms?)\b",
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
        r"\b(?:your|his|her|their) (?:family|kids?|children|wife|husband|daughter|son|mother|mom|parents|loved ones)(?: and you| too)? (?:will|is gonna|are gonna|'?ll|is going to|are going to|should|gonna|better|pays?|is next|are next)(?: all| be| not be| never be)? (?:pay|pays|die|suffer|next|dead|hurt|watch|cry|regret|sorry|hide|safe|burn|bleed|starve)\b",
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
    rule(
        "threat.intent",
        0.8,
        r"\b(?:i|we)(?:'?m| am|'?re| are|'?ll be| will be|m) (?:gonna be |going to be |so |just )?(?:<KILLING>) (?:<TARGET>)",
    ),
    rule(
        "threat.intent",
        0.8,
        r"\b(?:will|gonna|going to|coming to|here to|want to|wanna|i'?ll|we'?ll|i'?d|ready to|love to|like to|have to|(?:^|[.!?] ?)(?:let'?s|lets)) (?:happily |gladly |personally |just )?(?:kill|murder|shoot|stab|hang|lynch|execute|behead|slaughter|strangle|burn|skin|gut|butcher|beat|rape|torture|drown|bury|choke) (?:<TARGET>)",
    ),
    rule(
        "threat.body",
        0.8,
        r"\b(?:throats?|necks?|heads?|skulls?|face|legs|teeth|brains?)(?: is| are|'s)? (?:going to be|gonna be|gonna get|will be|should be|needs? to be|about to be|getting|on a|on pikes?|will roll|gonna roll|are going to roll) ?(?:slit|cut|caved|snapped|broken|bashed|smashed|blown|crushed|kicked|pike|spike|stick)?",
    ),
    rule(
        "threat.body",
        0.75,
        r"\b(?:needs?|deserves?|wants?|should (?:get|have)|gets?) (?:his|her|their|your|that) (?:[a-z]+ )?(?:heads?|skulls?|face|legs?|teeth|necks?|throats?|ass|jaw|knees?) (?:caved|kicked|bashed|broken|knocked|smashed|slit|cut|snapped|stomped|beat|beaten|whooped|blown|shot)",
    ),
    rule(
        "threat.beat",
        0.8,
        r"\b(?:beat|beating|knock|kick|smack|choke|stomp|whoop|slap) (?:the (?:living |ever living )?(?:hell|shit|crap|fuck|life|piss|daylights|teeth) out of (?:<TARGET>|that|this|the)|(?:<TARGET>) (?:to (?:a pulp|death)|senseless|bloody|unconscious|within an inch))",
    ),
    rule(
        "threat.put",
        0.8,
        r"\b(?:put|puts|send|sends|lay|throw|toss|stand|line|leave)(?:s|ing)? (?:<TARGET>) (?:all )?(?:up )?(?:against (?:a|the) wall|in(?:to)? (?:the|a) (?:ground|grave|box|hole|body ?bag|woodchipper|river|ditch|trunk|fire)|to (?:death|sleep|the (?:gallows|guillotine|firing squad))|six feet|out of (?:a|the) helicopter|off (?:a|the) (?:bridge|roof|building|cliff)|down like)",
    ),
    rule(
        "threat.put",
        0.8,
        r"\b(?:leave|leaving|carried out|go home|come home|coming out) in (?:a )?(?:body ?bag|coffin|casket|box|hearse|pieces)",
    ),
    rule(
        "threat.vehicle",
        0.8,
        r"\b(?:run|mow|plow|roll) (?:<TARGET>|(?:this|that|the|these|those) [a-z]+) (?:over|down|off the (?:road|bridge))",
    ),
    rule(
        "threat.wish",
        0.75,
        r"\b(?:may|let) (?:he|she|they|you|him|her|them|it|(?:his|her|their|your) [a-z]+)(?: all)? (?:rot|burn|die|starve|suffer|perish|choke|bleed|hang)\b",
    ),
    rule(
        "threat.wish",
        0.75,
        r"\b(?:hope|pray|wish|want)(?:s|ing)? (?:that )?(?:some(?:one|body)|god|the lord|karma|they|a (?:truck|bus|car))[^.!?\n]{0,20} (?:puts?|kills?|shoots?|hits?|runs?|takes?|burns?|ends?|stabs?|beats?|hangs?|strikes?) (?:<THEM>)\b",
    ),
    rule(
        "threat.wish",
        0.75,
        r"\b(?:i|we) want (?:<THEM>|that [a-z]+|this [a-z]+|these [a-z]+)(?: all)? (?:dead|gone for good|buried|six feet under|hanged|shot|swinging)\b",
    ),
    rule(
        "threat.die",
        0.75,
        r"\b(?:die,? [a-z]+,? die|die (?:traitors?|bitch|pigs?|scum|rats?|cunt|nazi|commie)|(?:only good [a-z ]{2,30} is a dead)|dead (?:wo)?men (?:count|tell|cast|can'?t|don'?t)|(?:hours?|days?|minutes?) (?:left )?to live|won'?t (?:live|survive|make it) (?:to|long|through|past|until|another)|not (?:live|survive) (?:to|through|another|long)|won'?t see (?:christmas|thanksgiving|another|the (?:new year|morning|inauguration)))\b",
    ),
    rule(
        "threat.arson",
        0.75,
        r"\b(?:(?:or|until|and|before|then) (?:i|we)(?:'?ll| will)? (?:burn|torch|bomb|blow)[a-z ]{1,25}(?:down|up|ground)|(?:burn|torch|firebomb|bomb) (?:your|his|her|their) (?:[a-z]+ )?(?:house|home|car|office|place|building|family)|(?:house|home|place|building|center)[a-z ]{0,12} burns? (?:down )?with (?:you|him|her|them))",
    ),
    rule(
        "threat.es",
        0.8,
        r"\b(?:(?:te|lo|la|los|las|les) (?:voy|vamos|van) a (?:matar|quemar|colgar|reventar|golpear|partir|romper|buscar|balear|hacer pagar)|(?:voy|vamos|van|hay que|deberian|alguien deberia|deben|habria que|merecen?|quiero) ?(?:a )?(?:que )?(?:matar|quemar|colgar|fusilar|ahorcar|linchar|golpear|reventar|balear)(?:te|lo|la|los|las|le|les)? ?(?:a|al|la|el|su|todos|todas)?|(?:darle|dale|denle|meterle|darles)s? (?:un |unos )?(?:balazos?|tiros?|plomo|plomazos?|golpes)|ojala (?:que )?(?:te |se )?(?:mueras?|mueran|maten|quemes?|quemen|pudras?)|que se mueran?|muerte a|te mueras)\b",
    ),
    rule(
        "veiled.es",
        0.75,
        r"\b(?:cuida(?:te|do)? la espalda|(?:te|los|la|lo) (?:estamos|estoy) (?:vigilando|viendo|siguiendo)|sabemos (?:donde|a que hora|que carro|quien)|ya sabemos donde|te va a pesar|vas a pagar|van a pagar|no te (?:vas|podras) a? ?esconder|tus hijos|tu familia (?:va|pagara)|atente)",
    ),
    rule(
        "veiled.private",
        0.8,
        r"\b(?:i|we) (?:all )?(?:know|see|found|got) (?:exactly )?(?:what|which|where|when|who) (?:time |car |window |door |room |bus |school |street |gym |church |house |truck |road )?(?:you|your|ur|she|he|they|her|his|is yours|is hers|is his)[a-z ]{0,20}\b(?:drive|drives|live|lives|sleep|sleeps|park|parks|work|works|shop|shops|go|goes|yours|hers|kids|home|school|daycare|walk|walks|eat|eats|love|are)\b",
    ),
    rule(
        "veiled.private",
        0.7,
        r"\b(?:i|we) know (?:the (?:daycare|school|route|gym|church|car|plate|street)|which (?:window|door|car|house|bus)|your (?:kids|wife|route|routine|schedule|daughter|son|mother|car|plate))\b",
    ),
    rule(
        "veiled.private",
        0.75,
        r"\b(?:you looked (?:nice|good|tired|pretty|scared|cute|lovely|cold|alone)|your (?:kids?|daughter|son|wife|mom|mother|little (?:girl|boy))(?: all)? (?:gets?|walks?|plays?|rides?|leaves?|looks?|looked|takes?|waits?|goes|go) (?:off|to|home|the|at|so|on|nice|pretty|by|alone|in)|your neighbou?rs? (?:told|says?|gave)|outside your (?:house|home|window|door|work|school))",
    ),
    rule(
        "veiled.last",
        0.7,
        r"\b(?:enjoy (?:your|the|this|that|every)(?: [a-z]+){0,2}? ?(?:last|final|while (?:you|it|they))(?: (?:days?|weeks?|months?|hours?|minutes?|year)(?: on| alive| in your| before| with| as a|$|[.!,])| (?:[a-z]+))??(?:$|[.!,?]| (?:on|alive|with|before|as|in|you|it|they|can|last|still|have|meal|sunrise|breath|moments?|weekend|night|summer|christmas|election))|(?:say goodbye|kiss goodbye|wave goodbye) to|last (?:thanksgiving|christmas|birthday|summer|easter|meal|sunrise) (?:with|you|as|on earth)|while you (?:still )?can\b)",
    ),
    rule(
        "veiled.delay",
        0.7,
        r"\b(?:(?:how (?:fast|long|quick(?:ly)?)|wonder if|before|better hope|hope)[a-z ']{0,20}(?:ambulance|sheriff|cops|police|911|help|paramedics|fire (?:department|truck))[a-z ']{0,15}(?:gets?|takes?|arrives?|comes?|can|before we)|more of us than|(?:no ?one|no ?body)(?:'s| is| will|'ll)?(?: going to| gonna)? (?:hear|find|miss|save|help|protect|be there for) (?:you|him|her|them))",
    ),
    rule(
        "veiled.shame",
        0.75,
        r"\b(?:(?:would|'?d|will) be|hell of a thing|hate (?:for|to see|if)|wouldn'?t want|shame|pity|terrible|awful|tragic|sad) (?:a )?(?:real )?(?:shame|terrible|awful|tragic|sad|unfortunate|pity|thing|to see|for|if)[a-z ]{0,12}(?:if|when|were|something|anything|that|your|his|her|their|the)[^.!?\n]{0,45}(?:brakes?|fire|burn\w*|happen(?:s|ing)?\b|happened to (?:<THEM>|your|his|her|their|that)|accident|broke|crash\w*|missing|disappear\w*|hurt|gave out|doors locked|figure out|find out where)",
    ),
    rule(
        "veiled.never",
        0.7,
        r"\b(?:(?:people|traitors|rats|clerks|cheats|folks) like (?:you|her|him|them) (?:don'?t|never|won'?t|usually|always|tend to|end) (?:get to|last|make it|retire|live|grow|sleep|see|die|end|disappear)|(?:some|plenty of|lots of) (?:folks|people|us|men|patriots)[a-z ]{0,20} (?:own|have|got) (?:rope|guns|rifles|shovels|long memories)|gallows (?:are|is) (?:going|being|ready)|guess who'?s (?:first|next)|you(?:'?re| are) (?:next|first|on the list)|(?:own|bring|got|buy|have|some|more|sell(?:ing)?) rope\b|rope is|trees? (?:are|is) (?:free|waiting|tall))",
    ),
    rule(
        "veiled.traitors",
        0.7,
        r"\b(?:what|how) (?:they|we|happens?|happened|used to)(?: (?:did|do|does|used to do|always did|deal|dealt))? (?:to|with) (?:traitors|spies|thieves|rats|snitches|people like|cheats|tyrants|kings)\b",
    ),
    rule(
        "veiled.court",
        0.7,
        r"\b(?:won'?t be (?:in|a) (?:a )?(?:court(?:room)?|judge|trial|jail)|(?:isn'?t|not|no|ain'?t) (?:going to be )?(?:in )?(?:a )?(?:prison|jail|court(?:room)?)(?:$|[.!?])|(?:ends?|finish(?:es)?) (?:only )?one way (?:for)?)",
    ),
    rule(
        "veiled.meet",
        0.7,
        r"\b(?:see|meet|catch|find) (?:you|u|him|her) (?:at|outside|after|by|behind) (?:your|the|his|her) (?:[a-z']+ )?(?:kid'?s?|kids'?|daughter'?s?|son'?s?|church|school|home|house|gym|car|door|game|recital|work|driveway|porch|soccer)",
    ),
    rule(
        "veiled.hands",
        0.7,
        r"\b(?:out of my hands|can'?t (?:be responsible|promise|guarantee)[a-z ]{0,20}(?:what happens|happens|safety|safe)|not (?:be )?responsible for what (?:happens|comes|people|they)|(?:one|two|three) (?:day|week|hour)s? to (?:make|fix|leave|do|quit))",
    ),
    rule(
        "veiled.find",
        0.7,
        r"\b(?:we(?:'?ll| will| can| are going to|'?re going to)|i(?:'?ll| will)) (?:always |just |still )?find (?:you|u|him|her|them|your|the new (?:place|house|address)|out where)\b|\byou can (?:move|run|hide|delete)\b",
    ),
    rule(
        "veiled.lesson",
        0.65,
        r"\b(?:end(?:s|ed)? up like (?:the|him|her|them|jeffrey|epstein|that)|learn the hard way|(?:he|she|they|you)(?:'?ll| will) (?:learn|see|find out)(?:$|[.!?])|teach (?:you|her|him|them) a lesson|mak(?:e|ing) an example (?:of|out of) (?:you|her|him|them)|picked the wrong (?:county|town|people|fight|election)|won'?t be (?:smiling|laughing|so (?:smug|brave|tough))[a-z ]{0,12}when)",
    ),
    rule(
        "veiled.careful",
        0.65,
        r"\b(?:(?:be|better be|stay) careful (?:driving|walking|going|out there|tonight|at night|on (?:the|your|that|those|these)|starting|when|who)|(?:drive|travel|get home) safe[a-z ]{0,15}(?:clerk|judge|courier|mule|traitor)|hope you(?:'?ve| have)? (?:got |have )?(?:good |strong |better )?(?:locks?|insurance|security|an alarm|a good alarm|bodyguards?)|dark roads?)",
    ),
    rule(
        "threat.life",
        0.8,
        r"\b(?:will|gonna|going to|want to|'?ll|'?d|let'?s) (?:fucking |just )?(?:end|finish) (?:you|him|them|u)(?:$|[.!,])",
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
        r"\b(?:we|i|they|people|patriots|someone|justice|karma|the people|retribution|hell|reckoning|storm)(?:'?re| are|'?m| am| is|'?s|'?ll be)? (?:all )?coming (?:for|after|to get|to find) (?:you|u|him|her|them|ya|y'?all|every (?:one|last|single) (?:of|one)|(?:your|his|her|their) (?:family|kids|house|home|door|ass|head)|(?:the|that|this) (?:[a-z]+ )?(?:clerk|courier|judge|counter|worker|driver|recorder|traitors?))\b",
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
        0.75,
        r"\b(?:tick ?-?tock|clock is ticking|(?:your|his|her|their|ur) (?:days are numbered|time is (?:coming|near)|day is coming|time will come|turn is coming|number is up)|days (?:are )?numbered|tienes los dias contados)\b",
    ),
    rule(
        "veiled.pay",
        0.75,
        r"\b(?:(?:you|he|she|they|your family|every one of (?:you|them)|these (?:people|traitors))(?:'?ll| will| are going to| is going to|'?re going to|'?re gonna| gonna| must| should| better)? (?:all )?(?:pay (?:for (?:this|that|it|what)|dearly|with (?:your|his|her|their))|regret (?:this|that|it|what|the day|ever|crossing)|answer for|get what(?:'?s| is)? (?:coming|you deserve|they deserve)|get (?:yours|theirs|his|hers)|be sorry|face (?:the )?(?:music|consequences|justice|the people))|(?:your|his|her|the) family pays|(?:vas|van|va) a pagar|se (?:va|van) a arrepentir)\b",
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
        0.75,
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
        r"\b(?:(?:we|i)(?:'?re| are|'?m| am|'?ve been| have been) (?:all )?(?:(?:watching|following|tracking) (?:you|your|ur|him|her|them|his|their)|(?:parked )?outside (?:your|his|her|their)|parked outside)|(?:saw|seen|watched|filmed|followed) (?:you|your (?:kids|wife|family|car|house|daughter))|(?:i|we) (?:see|saw|know|remember|got|have) (?:you|your|ur) (?:faces?|car|plates?|house|kids|wife|every move|name|routine|schedule)|(?:know|knows) (?:what time|when|which|what) (?:you|your|she|he|they)[a-z ]{0,20}(?:home|work|leave|sleep|school|car|drive|get))\b",
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
    rule("threat.plain", 0.25, r"\b(?:<LETHAL>)(?:ing)? (?:<OATH>)(?:<TARGET>)\b"),
    rule(
        "threat.should_die",
        0.7,
        r"\b(?:should|must|ought to|needs? to|deserves? to|has to|have to|gotta|had better|got to) (?:<OATH>)(?:die|burn|hang|rot|bleed|suffer|swing|fry|drown|choke|perish|drop dead|be (?:<OATH>)(?:<KILLED>|set on fire|strung up|put to death|eliminated|purged|erased|slain))\b",
    ),
    rule(
        "threat.order",
        0.5,
        r"(?:^|[.!?:] ?|\b(?:go|please|pls|just|everyone|someone|somebody|and|let'?s|lets|now|guys|boys|patriots) )(?:<OATH>)(?:kill|murder|execute|hang|lynch|shoot|behead|slaughter|massacre|exterminate|gas|nuke|burn|stab|strangle|drown|rape|castrate|sterili[sz]e|wipe out|gun down|string up) (?:<OATH>)(?:<TARGET>)\b",
    ),
    rule(
        "threat.fate",
        0.45,
        r"\b(?:will|gonna|going to|'ll|shall|about to|sooner or later) (?:<OATH>)(?:get|be|end up) (?:<OATH>)(?:you |him |her |them |yourself )?(?:<KILLED>|set on fire|strung up|chopped(?: up)?|put to death|knifed|lit up|slain|jumped)\b",
    ),
    rule(
        "threat.yourself",
        0.65,
        r"\b(?:kys|(?:kill|hang|shoot|drown|neck|burn|stab|unalive) (?:your|ur) ?(?:self|selves)|cut your (?:own )?(?:veins|wrists|throat)|jump off (?:a|the|of a|the nearest) (?:bridge|roof|building|cliff)|(?:go |just )(?:drink|swallow|eat) (?:bleach|a bullet|poison|a gun)|end your (?:own |miserable |sorry |pathetic )*life|suck[- ]start a (?:shotgun|pistol|glock))\b",
    ),
    rule(
        "threat.beat",
        0.4,
        r"\b(?:smack|slap|beat|whip|break|bust|kick|stomp|punch|whoop|bash|choke|backhand|pimp slap) (?:(?:the|that) (?:[a-z]+ ){0,2}(?:ass|shit|hell|crap|fuck|teeth|life|taste|black|white|gay|stupid|soul)(?: right| straight)? (?:out|off|outta)|(?:that|this|the|her|his|their|your|ur|a|some|those|these) (?:[a-z]+ ){0,2}(?:ass|face|head|mouth|teeth|bitch(?:es)?|whores?|cunts?|sluts?|hoes?|trann(?:y|ies)|fagg?ots?|punks?|thugs?|degenerates?))\b",
    ),
    rule(
        "threat.purge",
        0.3,
        r"\b(?:remove|eliminate|purge|cleanse|erase|eradicate|exterminate|get rid of|wipe out|do away with|mow down|take out) (?:<OATH>)(?:all |every |each |the |these |those |your |of |them |this )*(?:(?:world|earth|planet|country|land) of )?(?:<FOLK>)\b",
    ),
    rule(
        "threat.genocide",
        0.5,
        r"\b(?:(?:genocide|extermination|ethnic cleansing|mass (?:killings?|murders?|executions?|hangings?)|gas chambers?|death camps?|firing squads?|public hangings?)[a-z ]{0,25}(?:is|are|for|would be|should be|must|needs?|now|again|when)[a-z ]{0,25}(?:hope|answer|solution|good|right|needed|necessary|justified|again|all|them|every|back|return|coming|only)|bring back (?:the )?(?:hangings?|lynchings?|public executions?|guillotines?|gallows|firing squads?|stonings?|gas chambers?|crusades?|inquisition|death penalty for (?:<TARGET>)))\b",
    ),
    rule(
        "threat.fancy",
        0.5,
        r"\b(?:fantasi[sz]\w+|dream\w*|daydream\w*|can'?t wait|itching|dying|love|want|wanna|like|ready|happy|glad|enjoy|looking forward|nothing better than)(?: of| about| to| watching| seeing| see| watch| be| the (?:thought|idea|day)){0,4} (?:i |we |someone )?(?:<KILLING>|tearing apart|choking|strangling|gutting|hanging|burning|shooting) (?:<OATH>)(?:<TARGET>)\b",
    ),
    rule(
        "threat.licence",
        0.45,
        r"\b(?:rights?|license|licence|allowed|permission|legal|okay|ok|fine|legalize|open season|bounty|fair game|green light)(?: to| on| for)? (?:<LETHAL>)(?:ing)? (?:<TARGET>)\b",
    ),
    rule("threat.licence", 0.45, r"\b(?:open season on (?:<TARGET>)|(?:<TARGET>) (?:are|is) fair game)\b"),
    rule(
        "threat.modal",
        0.6,
        r"\b(?:should(?:a| have| 've|'ve)?|must|ought to|needs? to|has to|have to|had to|gotta|better|dare you to|love to|like to|time to|ability to|chance to|excuse to|reason to|step is to|want(?:s|ed)? to|wanna|let me|wish (?:i|we|they|someone|somebody) (?:could|would)|if only (?:i|we|they|someone) (?:could|would)) (?:<OATH>)(?:<LETHAL>) (?:<OATH>)(?:<TARGET>)\b",
    ),
    rule(
        "threat.fine",
        0.5,
        r"\b(?:<LETHAL>)(?:ing)? (?:<TARGET>)(?: [a-z]+){0,2} (?:is|are|was|'s|would be|its|it's) (?:<OATH>)(?:very |so |a |an |pretty )?(?:good|great|fun|fine|ok|okay|right|justified|awesome|beautiful|funny|blessing|service|solution|answer|hobby|sport|legal)\b",
    ),
    rule(
        "threat.dead_ones",
        0.5,
        r"\b(?:love|like|want|wanna see|need|prefer|more|good|only good|enough|nothing but|pile of|stack of) (?:<OATH>)dead (?:<FOLK>)\b",
    ),
    rule(
        "threat.illness",
        0.65,
        // Who died of it is no wish: “they let people die of covid”.
        r"(?:\b(?:wish|hope|pray|give|gets?|catch(?:es)?|contracts?|deserves?|needs?)[^.!?\n]{0,25}|(?:^|[.!?,\n] ?|\b(?:and|should|must|please|just|go|can|better|to) )die of[^.!?\n]{0,25}) (?:hiv|aids|cancer|covid|ebola|a stroke|a heart attack|leukemia|the plague|tumou?rs?)\b(?: (?:to|on|upon|for|in|and) |[^a-z]|$)",
    ),
    rule(
        "threat.limb",
        0.65,
        r"\b(?:cut|chop|rip|tear|saw|slice|hack|bite|shoot|blow|yank|lop)(?:ping|ting|ing|s)? (?:off )?(?:your|ur|his|her|their|that|those) (?:<OATH>)(?:[a-z]+ )?(?:penis(?:es)?|dicks?|balls|tongues?|fingers?|hands?|ears?|tits?|boobs?|nuts|cocks?|breasts?|feet|toes|lips|nose|eyes?|heads?)(?: (?:off|out|and)|[^a-z]|$)",
    ),
    rule(
        "threat.unmissed",
        0.45,
        r"\b(?:nobody|no one|noone|none of us) (?:would|will|'d|'ll|is gonna|is going to)(?: have| even| ever)? miss(?:ed)? (?:<THEM>|that|this)\b",
    ),
    rule(
        "threat.aim",
        0.6,
        r"\b(?:aim(?:ing|ed)?|shoot|fire|pull the trigger)[a-z ]{0,12} (?:for|at|to) (?:the|his|her|your|their) (?:heads?|faces?|hearts?|chests?|knees?|backs?)\b|\b(?:run|runs|running)[a-z ,]{0,20} faster than (?:my|a|the|our|any) bullets?\b|\bdodge (?:my|our|these|a) bullets?\b",
    ),
    rule(
        "threat.over",
        0.75,
        r"\b(?:run|ran|running|mow|mowed|plow|plowed|roll|rolled) (?:<OATH>)(?:(?:all|every|each|any|some) (?:of )?)?(?:<TARGET>|(?:these|those|the) [a-z]+(?: [a-z]+)?) (?:the (?:fuck|hell) )?(?:over|down)\b",
    ),
    rule(
        "threat.place",
        0.45,
        r"\b(?:nuke|bomb|carpet bomb|flatten|level|burn down|burn|raze|torch|blow up|glass) (?:<OATH>)(?:that|this|the|their|every|all|those|these) (?:<OATH>)(?:[a-z*]+ ){0,2}(?:country|city|town|village|nation|mosques?|church(?:es)?|temples?|synagogues?|continent|neighbou?rhood|state|school|place|building|office|capitol|courthouse|hospital)\b",
    ),
    rule(
        "threat.end_you",
        0.75,
        r"\b(?:will|gonna|going to|'ll|about to|imma|ima|finna) (?:<OATH>)(?:end|finish|destroy|ruin|deal with|take care of|bury|waste|smoke|ice|cap|clap|body|drop|slap|punch|beat up) (?:you|u|ya|your (?:ass|family|whole|life))\b",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::of(&[RULES, fate::RULES, hints::RULES]));

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
            "You'd [better wear kevlar] to the hearing",
            "[Your dog didn't even bark] at us",
            "[Pick out your headstone]",
            "she must resign by June or face a recall petition",
            "Bought a shovel and some seeds today",
            "hang on, traffic is murder",
            "he kills it from three, what a shot",
            "no one deserves to be shot",
            "\"You should be shot\" is not ok to say to a clerk",
            "We should kill this bill",
            "[Go die of cancer], clerk",
            "They let a million people die of covid!",
            "You are going to destroy our whole way of life",
            "It is as if you break your leg and then, to fix it, you break your other leg",
            "[Be careful on the road] tonight, clerk",
            "Be careful on how you treat people",
        ] {
            marked(post, kind);
        }
    }
}
