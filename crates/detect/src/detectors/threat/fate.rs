//! Threats that tell somebody's end without a verb of killing: how they will leave, what waits for them, whose end they
//! will share, what little time is left; and how these are said in Spanish.
//!
//! Written by kind of saying. Those that are also said harmlessly weigh so little that they only put posts in order.

use crate::rules::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    rule(
        "threat.body",
        0.78,
        r"\b(?:you|u|he|she|they|that [a-z]+|the (?:clerk|judge|mule|courier|supervisor|guy|woman|man))(?:'ll|'re|'s| will| is| are| gonna)* (?:be )?(?:going to |gonna )?(?:leav(?:e|es|ing)|go(?:es|ing)? home|com(?:e|es|ing) (?:out|home)|carried out|wheeled out|ends? up) (?:[a-z]+ ){0,3}in (?:an? )?(?:ambulance|body ?bag|pine box|box|casket|coffin|hearse|stretcher|urn)\b",
    ),
    rule(
        "threat.intent",
        0.78,
        r"\bif (?:i|we) (?:ever )?(?:see|catch|find|meet|run into|spot) (?:you|u|him|her|them|that [a-z]+(?: [a-z]+)?|this [a-z]+)(?: [a-z]+){0,5}?[, ]{1,2}(?:i'?ll|i'?m gonna|we'?ll|he'?s|she'?s|they'?re|you'?re|he is|she is|they are|you are) (?:[a-z]+ ){0,3}?(?:dead|done for|finished|in an ambulance|hospital|beat|hurt|kill|knock|break|bleed|swing)",
    ),
    rule(
        "threat.intent",
        0.78,
        r"\b(?:feed|make|force) (?:you|u|him|her|them|(?:that|the|this) [a-z]+) (?:to )?(?:eat |swallow |choke on )?(?:your|ur|his|her|their) own (?:teeth|tongue|fingers|guts|blood)\b",
    ),
    rule(
        "threat.intent",
        0.78,
        r"\bdrag(?:ged|ging)? (?:you|u|him|her|them|(?:that|the|this) [a-z]+)(?: [a-z]+){0,5}? (?:by (?:your|ur|his|her|their|the) (?:hair|ankles|feet|neck|heels)|behind (?:a|my|the) (?:truck|car|pickup)|(?:into|through) the streets?)\b",
    ),
    rule(
        "threat.arson",
        0.85,
        r"\bburn(?:ing)? (?:that|this|the|your|ur|his|her|their) (?:[a-z]+ ){0,3}?(?:down |to the ground )?(?:[a-z]+ ){0,2}?with (?:you|all of you|them|him|her|every(?:one|body)|y'?all)(?: [a-z]+){0,2}? (?:inside|in it|still in)\b",
    ),
    rule(
        "threat.means",
        0.8,
        r"\b(?:ropes?|nooses?|bullets?|lamp ?posts?|rounds?|grave|coffin|tree|branch|hole|axe|knife) (?:and (?:a |an )?[a-z ]{3,12} )?(?:out there |waiting |reserved |ready )?(?:with|for|has|have|bearing|that has) (?:your|ur|his|her|their) names? (?:written )?(?:on|all over)\b",
    ),
    rule(
        "threat.means",
        0.78,
        r"\b(?:one|a|just one|it only takes one) (?:well|properly|carefully)[ -](?:aimed|placed) (?:round|shot|bullet|brick|rock)\b",
    ),
    rule(
        "threat.death",
        0.78,
        r"\b(?:gets?|getting|deserves?|needs?|give (?:him|her|them)|oughta get|ought to get|should get) (?:exactly )?(?:what|the) (?:same (?:end|fate|treatment) as )?(?:gaddafi|qaddafi|mussolini|ceau[sc]escu|saddam|bin laden|benedict arnold|judas|the rosenbergs)(?: (?:got|had|treatment|ending))?\b",
    ),
    rule(
        "threat.death",
        0.76,
        r"\b(?:put|putting) (?:(?:this|that|the) [a-z]+|him|her|them|you) out of (?:our|my|every(?:one|body)'?s) misery\b",
    ),
    rule(
        "veiled.ditch",
        0.7,
        r"\b(?:gets?|got|ends? up|belongs?|buried|bury|put|throw|dig(?:ging)?|dug)(?: [a-z]+){0,4} (?:in )?(?:a |an )?(?:shallow|unmarked) graves?\b",
    ),
    rule(
        "veiled.not_make",
        0.76,
        r"\bthe next (?:[a-z]+ ){1,7}(?:might|may|could|will|is going to|gonna) be (?:your|ur|his|her|their) last\b",
    ),
    rule(
        "veiled.clock",
        0.76,
        r"\b(?:(?:days|hours|minutes|weeks) (?:you'?ve|you have|u have|he has|she has|they have) (?:got )?(?:left|to live)|(?:that'?s|is) (?:all )?(?:the |how many )?(?:days|hours) (?:you'?ve got|you have|you got)|tus dias estan contados|te queda(?:n)? (?:poco|pocos dias))\b",
    ),
    rule(
        "veiled.insurance",
        0.55,
        r"\b(?:(?:put|get) your affairs in order|kiss your (?:kids|family|wife|husband) good ?(?:bye|night)|say your (?:good ?byes|prayers)|make (?:your )?peace with (?:god|your maker)|pick(?:ed)? out (?:a|your|her|his) (?:plot|casket|coffin|headstone)|write your (?:own )?obituary)\b",
    ),
    rule(
        "veiled.watch",
        0.76,
        r"\b(?:sleep(?:ing)? with (?:the lights on|one eye open)|keep (?:a light|the lights) on|lock (?:my|your|the) doors|start my (?:own )?car from (?:a distance|the porch)|check under (?:my|the) car)\b[a-z ,']{0,12}if i (?:were|was) (?:you|u|him|her|them|(?:that|the|this) [a-z]+)\b",
    ),
    rule(
        "veiled.watch",
        0.6,
        r"\bi'?d (?:be )?(?:sleep(?:ing)? with (?:the lights on|one eye open)|check(?:ing)? under (?:my|the) car|keep(?:ing)? (?:the|my) (?:curtains|doors) (?:shut|closed|locked))\b",
    ),
    rule(
        "veiled.shame",
        0.76,
        r"\b(?:shame|pity|too bad) (?:that )?(?:it'?s|it is|the (?:house|place|porch|roof) is|they'?re|wood) (?:all |only |just |so )?(?:made of wood|wood(?:en)?|flammable|dry as|so dry|not insured|a tinderbox)\b",
    ),
    rule(
        "veiled.ask_kids",
        0.76,
        r"\b(?:your|ur|his|her) (?:boy|girl|kids?|son|daughter|little (?:one|girl|boy|guy))(?: [a-z0-9']+){0,10}?[.?!, ]{1,3}(?:right[?,. ]{1,3})?(?:better )?(?:tell|remind) (?:him|her|them) (?:to )?(?:look both ways|be careful|watch (?:out|the road)|stay safe|not to)\b",
    ),
    rule(
        "veiled.surveil",
        0.66,
        r"\b(?:funny|amazing|crazy|interesting|sweet|nice) how (?:predictable|punctual|easy to find|easy to follow|careless|exposed|regular) (?:you|he|she|they|folks|people|some people)\b",
    ),
    rule(
        "veiled.alone",
        0.7,
        r"\b(?:somebody|someone|one of us|i|we)(?:'ll|'s|'m|'re| will| is| are| gonna| going to)* (?:going to |gonna )?(?:catch|corner|find|meet) (?:(?:that|the|this) [a-z]+|you|u|him|her|them) (?:all )?alone\b",
    ),
    rule(
        "threat.wish",
        0.7,
        r"\bhope (?:that )?(?:the next time|one day|some ?day|next time|when) (?:[a-z]+ ){0,9}(?:somebody|someone) (?:drops|shoots|stabs|jumps|runs|hits|beats|takes|puts) (?:him|her|you|them|a|one)\b",
    ),
    // Spanish.
    rule(
        "threat.intent",
        0.8,
        r"\b(?:(?:te|le|les|lo|la|los|las) (?:voy|vamos|van) a|(?:hay|habria|tendrian) que|deberian|toca) (?:[a-z]+ )?(?:(?:pegar|meter|dar|clavar)(?:te|le|les)? (?:un |unos |dos |una |tres )?(?:tiros?|balazos?|plomazos?|plomo|golpiza|paliza|punaladas?|cuchilladas?)|(?:partir|romper|reventar|desfigurar)(?:te|le|les)? (?:la |las |los |el |toda la )?(?:cara|madre|piernas|dientes|hocico|cabeza|crisma)|(?:colgar|fusilar|linchar|quemar|matar|degollar)(?:te|lo|la|los|las)?)\b",
    ),
    rule(
        "threat.wish",
        0.76,
        r"\bojala (?:que )?(?:te|la|lo|los|las|le|les|se) (?:[a-z]+ )?(?:atropelle[ns]?|mate[ns]?|muera[ns]?|queme[ns]?|viole[ns]?|fusile[ns]?|cuelgue[ns]?|pase por encima|de un infarto|encuentren muert[oa]s?)\b",
    ),
    rule(
        "veiled.where_you_live",
        0.76,
        r"\b(?:ya )?(?:sabemos|se|todos saben) (?:muy bien |bien )?(?:en que (?:calle|casa|barrio|colonia)|donde|por donde|a que hora)(?: [a-z]+){0,2}? (?:vives|trabajas|duermes|estacionas|pasas|sales|llegas|viven|estudian)\b",
    ),
];
