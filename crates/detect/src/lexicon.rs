//! The word lists that rules share, English and Spanish.
//!
//! Lists are pieces of regular expressions over the plain reading: lower case, no accents. They may name each other.

/// Returns the list called `name`.
pub(crate) fn list(name: &str) -> Option<&'static str> {
    LISTS.iter().find(|(known, _)| *known == name).map(|(_, list)| *list)
}

const LISTS: &[(&str, &str)] = &[
    (
        "YOU",
        r"you|u|ya|yall|y'all|your (?:ass|family|kids|children|wife|husband)|you (?:all|people|guys|two|fucks?|bitch(?:es)?)|ustedes|usted",
    ),
    ("THEM", r"him|her|them|'?em|<YOU>"),
    (
        "FOLK",
        r"people|persons?|men|man|women|woman|guys?|girls?|boys?|ladies|lady|kids?|child(?:ren)?|bab(?:y|ies)|bitch(?:es)?|bastards?|fuck(?:er)?s?|motherfuckers?|scum(?:bags?)?|traitors?|criminals?|crooks?|pigs?|cops?|police|judges?|clerks?|workers?|counters?|officials?|employees|staff|couriers?|mules?|drivers?|carriers?|mail(?:man|men)|postal|officers?|directors?|senators?|politicians?|presidents?|governors?|congress(?:man|woman|men)|democrats?|dems?|republicans?|liberals?|libs?|libtards?|lefties|leftists?|conservatives?|commies|communists?|marxists?|fascists?|nazis?|magas?|maggots?|trump(?:ers?|tards?|ists?)|voters?|journalists?|reporters?|immigrants?|migrants?|refugees?|foreigners?|illegals?|aliens?|invaders?|muslims?|jews?|jewish|christians?|hindus?|catholics?|blacks?|whites?|mexicans?|asians?|chinese|indians?|arabs?|gays?|lesbians?|queers?|trans|transgenders?|trann(?:y|ie|ies)s?|fag(?:got)?s?|dykes?|homos?|homosexuals?|shemales?|koreans?|russians?|africans?|americans?|turks?|israelis?|palestinians?|pakistanis?|gypsies|gypsy|islamists?|cripples?|cheaters?|nigg(?:er|a|ah)s?|coons?|spics?|kikes?|pakis?|chinks?|beaners?|retards?|feminists?|feminazis?|whores?|sluts?|hoes?|thots?|cunts?|skanks?|rapists?|pedos?|pedophiles?|groomers?|predators?|thieves|thief|rats?|snitch(?:es)?|neighbou?rs?|protest(?:e|o)rs?|rioters?|terrorists?|elites?|billionaires?|landlords?|ceos?|bankers?|lawyers?|doctors?|teachers?|families|family|wife|husband|daughters?|sons?|mothers?|mom|fathers?|dad|heads?|necks?|throats?|hombres?|mujer(?:es)?|gente|ninos?|tipos?|cabron(?:es)?|putas?|putos?|traidor(?:es)?|ratas?|funcionari[oa]s?|judi[oa]s?|negros?|maric(?:on|ones|as?)",
    ),
    (
        "TARGET",
        r"(?:<THEM>|(?:all |every |any |each |some |more |the |these |those |that |this |them |such |us |our |your |their |his |her |an? |one of |half |most |any of |rest |next |first |other |of |those |kinds? of |every single |fucking |damn |goddamn |dirty |filthy |corrupt |lying |evil |stupid |little |old |ugly |fat |black |white |brown |gay |trans |jewish |muslim |disabled |female |male |foreign |illegal |mexican |election |poll |vote |ballot |county |government |postal |police |entire |whole |last ){0,5}(?:<FOLK>)|everyone|everybody|anyone|anybody|someone|@[a-z0-9_]+)",
    ),
    (
        "KILL",
        r"kill|k[i1*]ll|murder|shoot|stab|knife|hang|lynch|execute|behead|decapitate|slaughter|massacre|strangle|choke|drown|poison|assassinate|exterminate|eradicate|annihilate|butcher|burn|torch|bomb|nuke|gas|rape|gang ?rape|torture|maim|cripple|gut|crush|impale|dismember|mutilate|castrate|curb ?stomp|bury|unalive|neuter|execut|waste|wipe out|take out|snuff out|gun down|shoot up|blow up|run over|mow down|string up|beat (?:the )?(?:hell|shit|crap|fuck|life|living|breaks|piss|air)[a-z ]{0,12}out of|stomp|beat up|beat|bash|punch|smash|whip|smack|slap|kick|hurt|harm|attack|destroy|put down|put an end to|do away with|get rid of|hunt down|hunt|skin|matar|mato|matare|asesinar|ahorcar|colgar|quemar|fusilar|disparar|golpear|reventar|violar|degollar|linchar|apunalar|balear",
    ),
    // Verbs that mean killing or grave harm and little else.
    (
        "LETHAL",
        r"kill|murder|execut(?:e)?|hang|lynch|shoot|behead|slaughter|massacr(?:e)?|exterminat(?:e)?|eradicat(?:e)?|annihilat(?:e)?|gas|nuk(?:e)?|bomb|burn|stab|strangl(?:e)?|chok(?:e)?|drown|poison|rap(?:e)?|castrat(?:e)?|sterili[sz](?:e)?|euthani[sz](?:e)?|butcher|impal(?:e)?|crucify|skin|gut|cull|gun down|wip(?:e)? out|put down|string up|run over|set fire to|matar|mat(?:en|emos)|quem(?:ar|en|emos)|colg(?:ar|uen|uemos)|violar|fusil(?:ar|en|emos)|linch(?:ar|en|emos)",
    ),
    // What people put between such words to be louder.
    (
        "OATH",
        r"(?:(?:fucking|fuckin|freaking|goddamn|god damn|damn|bloody|just|really|literally|all|also|please|simply|honestly|probably|definitely|seriously|only|fully|publicly|slowly) ){0,2}",
    ),
    (
        "KILLED",
        r"killed|murdered|shot(?: dead)?|stabbed|hanged|hung|lynched|executed|beheaded|slaughtered|massacred|strangled|choked|drowned|poisoned|assassinated|exterminated|eradicated|annihilated|burned|burnt|torched|bombed|nuked|gassed|raped|gang ?raped|tortured|crushed|impaled|castrated|buried|wiped out|taken out|gunned down|blown up|run over|beaten|bashed|punched|whipped|stoned(?: to death)?|hurt|attacked|destroyed|put down|put to death|put up against (?:the|a) wall|put in (?:the )?ground|thrown off|dead|six feet under|6 feet under|guillotined|crucified|euthanized|culled|neutered|sterilized|flogged|skinned|hit by|asesinad[oa]s?|ahorcad[oa]s?|colgad[oa]s?|quemad[oa]s?|fusilad[oa]s?|muert[oa]s?",
    ),
    (
        "KILLING",
        r"killing|murdering|shooting|stabbing|hanging|lynching|executing|beheading|slaughtering|massacring|strangling|choking|drowning|poisoning|assassinating|exterminating|eradicating|burning|bombing|gassing|raping|torturing|beating|punching",
    ),
    (
        "WILL",
        r"(?:i|we|im|ill|imma|ima|i'?ma|gonna|about to|can'?t wait to|time to|vamos a|voy a|hay que|alguien deberia|deberian|somebody|someone|they|he|she)(?:'?ll| will| shall| would| should|'?d| could| can't wait to| cant wait to| cannot wait to| can finally|'?m| am|'?re| are| r| was| is|'?ve)?(?: (?:just|really|so|all|gladly|happily|personally|definitely|absolutely|fucking|totally|literally|seriously|honestly|straight up|gotta|probably|soon|still|even|only|also|always)){0,2}(?: (?:going to|gonna|gon|finna|bout to|about to|ready to|want to|wanna|need to|have to|got to|gotta|love to|like to|plan to|planning to|hope to|ought to|intend to|wish to|prefer to|swear i will|will be|dying to|itching to))?(?: (?:just|really|all|gladly|happily|personally|fucking|totally|be|go|come|come and|go and)){0,2}",
    ),
    (
        "DAYTIME",
        r"today|tonight|tomorrow|soon|this (?:week|weekend|morning|evening|afternoon)|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:by|before|after) (?:midnight|dawn|sunrise|the election|certification)|hoy|esta noche|manana|pronto",
    ),
    (
        "STAFF",
        r"(?:(?:election|poll|vote|ballot|county|city|state|precinct|postal|polling)s? )?(?:workers?|clerks?|judges?|officials?|counters?|couriers?|directors?|supervisors?|inspectors?|officers?|commissioners?|recorders?|registrars?|carriers?|mules?|watchers?|employees|staff|board|volunteers?)",
    ),
    (
        "DOCS",
        r"names?|address(?:es)?|home address|phone(?: number)?s?|number|info|information|socials?|facebook|insta(?:gram)?|linkedin|workplace|employer|job|license plates?|plates?|identity|identities|id|ids|photos?|pics?|pictures?|details|nombres?|direccion(?:es)?|domicilio|telefono|numero|datos|placas?",
    ),
    (
        "SOMEONE",
        r"(?:(?:this|that|the|these|those) (?:[a-z]+ ){0,3}(?:guy|man|woman|lady|girl|boy|dude|person|people|guys|men|women|clown|thug|pos|piece of (?:shit|garbage|trash)|scumbag|asshole|bitch|creep|mule|courier|driver|worker|poll worker|karen|idiot|punk|individual|suspect|thief|criminal|traitor|clerk|judge|counter|employee|carrier|mail(?:man|woman)|hag|loser|owner|fella|fellow|chick|kid|one)s?|him|her|them|he|she|they|este|esta|esa|ese)",
    ),
    (
        "INSULT",
        r"idiots?|morons?|imbeciles?|retards?|retarded|dumb ?ass(?:es)?|dumb ?fucks?|dipshits?|shitheads?|shit ?bags?|shit ?stains?|dickheads?|dicks?|pricks?|cocksuckers?|assholes?|assh[o0]les?|asswipes?|asshats?|bitch(?:es)?|cunts?|whores?|sluts?|hoes?|skanks?|hags?|bastards?|mother ?fuckers?|fuckers?|fucktards?|fuckwits?|fuckface|scum(?:bags?)?|trash|garbage|filth|vermin|rats?|cockroach(?:es)?|pigs?|swine|parasites?|maggots?|degenerates?|perverts?|pervs?|pedos?|pedophiles?|paedos?|groomers?|creeps?|losers?|clowns?|cowards?|traitors?|traitorous|crooks?|liars?|thieves|thief|pos|piece of (?:shit|crap|garbage|trash|work|filth)|sacks? of shit|waste of (?:space|oxygen|skin|air|breath)|disgrace|disgusting|pathetic|worthless|ugly|fat ass|fatass|lard ?ass|subhumans?|animals?|monsters?|demons?|demonic|satanic|evil|lunatics?|psychos?|psychopaths?|nut ?jobs?|nutcases?|wackos?|libtards?|trumptards?|magats?|nazis?|fascists?|commies?|bootlickers?|simps?|grifters?|con ?man|felons?|rapists?|racists?|tyrants?|turds?|douche(?:bag)?s?|wankers?|twats?|tossers?|slimeballs?|sleaze(?:bag)?s?|weasels?|snakes?|hacks?|shills?|cucks?|fags?|faggots?|tranny|nigg(?:er|a)s?|coon|ape|monkeys?|gorillas?|senile|demented|deranged|brain ?dead|stupid|dumb|dumbest|stupidest|corrupt|vile|braindead|goofy|hoe|puta|puto|pendej[oa]s?|cabron(?:es)?|idiotas?|imbecil(?:es)?|estupid[oa]s?|basura|rata|ratas|cerd[oa]s?|malnacid[oa]s?|hijo de puta|hija de puta|mierda|zorra|perra|maldit[oa]s?|traidor[a]?",
    ),
    // A private person spoken of: pronoun, described person, relative.
    (
        "WHO",
        r"(?:he|she|ella|(?:the|this|that|our|your|el|la|este|esta|ese|esa) (?:[a-z-]+ ){0,2}(?:guy|man|woman|lady|girl|dude|chick|driver|courier|mule|clerk|worker|counter|carrier|mailman|supervisor|director|inspector|volunteer|recorder|registrar|custodian|runner|collector|employee|postmaster|senora|senor|tipo|mensajer[oa]|funcionari[oa]|carter[oa]|trabajador[a]?|mula)|(?:his|her|their|the (?:clerk|courier|judge|driver|worker|mule|supervisor|recorder|director|carrier)'?s?|sus?) (?:<KIN>))",
    ),
    (
        "KIN",
        r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fiancee?|mom|mother|mama|dad|father|parents|brothers?|sisters?|sons?|daughters?|kids?|child(?:ren)?|baby|boys?|girls?|twins|oldest|youngest|eldest|toddler|grand(?:ma|mother|pa|father|kids?|son|daughter)|aunt|uncle|cousin|in-laws|ex|esposa|esposo|marido|mujer|papa|madre|padre|hij[oa]s?|herman[oa]s?|abuel[oa]s?|suegr[oa])",
    ),
    // When something happens again and again.
    (
        "AGAIN",
        r"(?:every|each|daily|always|most (?:nights|mornings|days|evenings|afternoons)|(?:on )?(?:sun|mon|tues|wednes|thurs|fri|satur)days|weekdays?|weekends|(?:in the )?(?:mornings|evenings|afternoons)|nights|like clockwork|same (?:route|time|spot|seat|path|bench)|(?:at|around|by|before|after) (?:about |like )?(?:[0-9]{1,2}(?::[0-9]{2})?|noon|midnight|dawn|sunrise|sunset|dark|work|seven|eight|nine|ten|six|five|four|three)|todos los|todas las|cada|los (?:lunes|martes|miercoles|jueves|viernes|sabados|domingos)|por las? (?:mananas?|tardes?|noches?)|a las [a-z0-9]+)",
    ),
    (
        "HABIT",
        r"(?:walks?|jogs?|runs?|goes|leaves?|parks?|eats?|drinks?|works? out|lifts|gets? (?:home|off|in|there|coffee|gas|lunch|breakfast|groceries|gas)|grabs? (?:coffee|lunch|breakfast)|comes? home|picks? up|drops? off|takes? (?:the|a|his|her|smoke|lunch)|rides?|swims?|shops?|stops? (?:at|by|for)|sits?|smokes?|drives?|bowls?|prays?|attends?|volunteers?|clocks? (?:in|out)|heads?|has (?:lunch|coffee|breakfast)|sale|camina|va|llega|corre|toma|come|pasa|trota|regresa|recoge|deja)",
    ),
    (
        "SCHOOL",
        r"(?:school|elementary|middle|high|academy|kindergarten|pre-?k|daycare|preschool|prep|montessori|charter|college|campus|primaria|secundaria|escuela|colegio|preparatoria|guarderia|kinder|jv|varsity|pickup line)",
    ),
    (
        "DWELLING",
        r"(?:house|home|trailer|duplex|townhouse|townhome|apartments?|condo|cabin|mobile home|bungalow|farmhouse|ranch house|rental|unit|building|casa|casita|apartamento|departamento|edificio|porch|mailbox)",
    ),
    (
        "LOOKS",
        r"(?:white|blue|yellow|red|green|gray|grey|brown|tan|pink|beige|brick|stone|wooden|old|big|little|small|corner|first|second|third|fourth|last|only|two ?story|one ?story|rosada?|azul|blanc[oa]|amarill[oa]|verde|roj[oa]|gris|primera?|segund[oa]|ultima?)",
    ),
    (
        "BESIDE",
        r"(?:across (?:from|the)|next (?:to|door)|behind|above|past the|by the|near the|beside|at the end of|end of|on the (?:left|right|corner)|corner of|with (?:the|a|an)|two doors|down the (?:street|road|block)|off (?:of )?(?:route|highway|exit)|frente a|al lado de|detras de|en la esquina|de la esquina|con (?:el|la|un|una)|arriba de|junto a)",
    ),
];
