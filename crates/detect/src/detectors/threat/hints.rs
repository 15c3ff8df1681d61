//! Threats without a verb of killing, by what they lean on: what the dead need, how a car fails, how a home was looked
//! over, where a body goes, whose end somebody will share, the gear that will be needed, what is done to each bone.
//!
//! Written by kind of saying and wider than any one wording. What is also said harmlessly weighs so little that it takes
//! two such, or the learned part, to count. Rules begin with their rarer words, for speed.

use crate::rules::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    // The body.
    rule(
        "threat.body",
        0.8,
        r"\b(?:break|breaking|snap|smash|crush|cut|chop|saw|rip|bust|shatter|mangle)(?: off| out)? (?:every|each|all|both)(?: single| last| one| of| (?:your|his|her|their|those|these))*(?: [a-z]+)? (?:fingers?|bones?|ribs?|thumbs?|teeth|tooth|toes?|knuckles?|limbs?|joints?|wrists?|kneecaps?|arms|legs|hands|feet|ears|knees)\b",
    ),
    rule(
        "threat.body",
        0.8,
        r"\b(?:your|ur|his|her|their) (?:[a-z]+ )?(?:throats?|necks?|heads?|skulls?|faces?|legs?|arms?|fingers?|jaws?|knee ?caps?|knees|teeth|tongues?|hands?|spines?|ribs)(?:'s|'re| is| are)? (?:going to|gonna|about to|will|gon|should|needs? to|ought to|has to|deserves? to|must) (?:<OATH>)(?:be|get|end up|come) (?:<OATH>)(?:cut|slit|snapped|broken|smashed|split|opened|bashed|caved|chopped|crushed|blown|busted|ripped|torn|stomped|removed|mashed|shattered)\b",
    ),
    rule(
        "threat.cripple",
        0.78,
        r"\b(?:take|taking|have|shoot|shooting|shatter) (?:out )?(?:your|ur|his|her|their|both|somebody'?s|one of (?:your|his|her)) (?:[a-z]+ )?(?:knee ?caps?|thumbs|tongue|trigger finger|eyeballs?)\b",
    ),
    rule(
        "threat.beat",
        0.8,
        r"\b(?:beat|beating|whoop|whup|stomp|knock|kick|smack|slap|scare|choke) (?:the (?:[a-z]+ )?(?:brakes|breaks|dog ?shit|snot|stuffing|soul|daylights|dust|wheels|bark|white|tar|hide)|your (?:brains|lights)|(?:his|her|their) (?:brains|lights)) (?:off|out|outta)(?: of)?(?: <THEM>| (?:that|this|the) [a-z]+)?\b",
    ),
    rule(
        "threat.beat",
        0.55,
        r"\b(?:run|running|roll|rolling|pull|pulling|creep|creeping|slide|sliding|sneak|walk) up on (?:you|u|ya|him|her|them|y'?all|(?:that|this|the) (?:<STAFF>))\b",
    ),
    rule(
        "threat.beat",
        0.62,
        r"\b(?:pick|picking|spit|spitting|swallow|swallowing|sweep|sweeping|collect|collecting|looking for) (?:up )?(?:your|ur|his|her|their)(?: own)? (?:[a-z]+ )?(?:teeth|jaw|tooth|brains|fingers|eyeballs?|guts)\b",
    ),
    rule(
        "threat.fate",
        0.5,
        r"\b(?:by the time|when|once|before|after) (?:i|we)(?:'m|'re| am| are| get| got)? (?:done|through|finished) with (?:you|u|him|her|them|(?:that|this|the) [a-z]+)\b|\bby the time (?:i|we)(?:'m|'re| am| are) (?:done|through|finished)\b",
    ),
    rule(
        "threat.drag",
        0.7,
        r"\b(?:drag|dragged|dragging|haul|hauled|hauling|yank|yanked|yanking) (?:<THEM>|(?:that|this|the|those|these|every) (?:[a-z]+ )?(?:<STAFF>|man|woman|guy|lady|rat|traitor|thief|crook|mailman|judge|hag|bitch|bastard)s?) (?:out|outside|off|down|from|behind) (?:to |of |into |in |from |by |onto )?(?:the|their|his|her|your|a|that|some) (?:[a-z]+ )?(?:streets?|parking lot|alley|lawn|yard|office|desk|chair|cars?|trucks?|bed|houses?|homes?|woods|barn|building|courthouse|square|steps|dirt)\b",
    ),
    rule(
        "threat.means",
        0.78,
        r"\b(?:let (?:him|her|them|you|u) have it|introduce (?:him|her|them|you|(?:that|this|the) [a-z]+) to|go to work on (?:him|her|them|you)|work (?:him|her|them|you) over|go at (?:him|her|them|you))(?: with)? (?:a|an|my|the|this|that|both|some|our|your) (?:[a-z]+ )?(?:iron|bat|pipe|barrels?|hammer|crowbar|shovel|axe|brick|chain|wrench|rifle|shotgun|glock|machete|louisville|pliers|blade|boots?|bullet|lead|rope|taser|cattle prod|sledge\w*|blow ?torch|hatchet|mr\.? 12 gauge)\b",
    ),
    rule(
        "threat.range",
        0.8,
        r"\b(?:empty|emptying|emptied|unload|unloading|dump|dumping) (?:(?:a|an|the|my|this|that|whole|entire|full|both|every) ){1,3}(?:magazines?|mags?|clips?|cylinder|chambers?|barrels?|revolver|glock|9mm|ar-?15)\b",
    ),
    rule(
        "threat.intent",
        0.78,
        r"\bi (?:shoot|bury|hang|gut|drop|skin|stab|execute) (?:thieves|traitors|cheats|cheaters|rats|liars|crooks|commies|tyrants|snitches|vote thieves|people who|anyone who|anybody who)\b",
    ),
    rule(
        "threat.end",
        0.76,
        r"\b(?:shut|sew|wire|staple|tape|nail|silence)(?:s|ting|ing)? (?:it|you|him|her|them|(?:that|your|ur|his|her|their) (?:[a-z]+ ){0,2}(?:mouth|trap|lips|eyes|yap|face))(?: up| shut)? (?:for good|for ever|forever|permanently|for keeps|once and for all)\b",
    ),
    rule(
        "threat.die",
        0.78,
        r"\b(?:you|u|ya)(?:'re|'ll| are| will)? (?:just )?(?:not|won'?t|ain'?t|aren'?t|never)(?: going to| gonna| be| even)* (?:making it|make it|live|living|last|lasting|survive|surviving|see|seeing|alive|breathing)(?: to see| to| till| until| past| through| come| by| for| in)? (?:next |the |another |this |new |your |one more )*(?:january|february|march|april|may|june|july|august|september|october|november|december|christmas|thanksgiving|easter|halloween|new year'?s?|hanukkah|spring|summer|winter|sunrise|sunset|sunday|monday|friday|birthday|weekend|holidays)\b",
    ),
    rule(
        "threat.death",
        0.76,
        r"\b(?:treat|treated|end up|ends up|ending up|finish|go out|dealt with|deserves?|gets?|handle[ds]?|wind up|meet|suffer|share|do to (?:you|him|her|them|these people)) (?:[a-z]+ ){0,6}?(?:romanovs?|mussolini|ceau[sc]escus?|gadd?h?afi|qaddafi|saddam|louis xvi|marie antoinette|robespierre|caesar|czars?|tsars?|bin laden|jfk|rasputin|quisling|lindbergh|jimmy hoffa|hoffa|julius rosenberg|benedict arnold|abraham lincoln)\b",
    ),
    rule(
        "threat.death",
        0.74,
        r"\b(?:blood|bodies|corpses) (?:is |are |will |gonna |going to |be )*(?:run|running|flow|flowing|spill|spilled|pool|pooling|all over|on|in|down) (?:(?:the|your|those|these|that|every|his|her) )?(?:[a-z]+ )?(?:ballots?|floors?|steps|walls|lobby|desks?|doors?|porch|machines?|pavement|carpet|tables?|hallways?|gutters?|parking lot|polls)\b",
    ),
    rule(
        "threat.death",
        0.74,
        r"\b(?:your|ur|his|her|their) blood (?:will|is going to|gonna|'ll|should|needs to|must|is what|is on the|all over)\b",
    ),
    rule(
        "threat.fate",
        0.76,
        r"\bor (?:you|u|he|she|they)(?:'ll| will| gonna|'re going to|'re gonna|'s going to|'s gonna| are going to| is going to) (?:be )?(?:bleed|bleeding|wake up (?:in|without|to|dead)|never (?:walk|wake|eat|breathe|see another)|buried|swing|swinging|burn|burning|lose (?:an?|more|your) (?:[a-z]+ )?(?:fingers?|teeth|legs?|eyes?|hands?|life)|need (?:an?|new) (?:ambulance|teeth|face|jaw|wheelchair|casket|coffin)|limp|limping|eat (?:through|your))\b",
    ),
    // What the dead need.
    rule(
        "veiled.insurance",
        0.78,
        r"\b(?:pick|choose|order|buy|rent|write|draft|prepare|plan|price|pay for|book|reserve|measure|fit|get|planning|picking|choosing|writing|sing|singing|deliver|rehearse)(?: out| up| for| on)? (?:your|ur|you a|you an|yourself a|yourself an)(?: own)? (?:[a-z]+ )?(?:hymns?|eulog(?:y|ies)|obituary|obit|headstone|tombstone|gravestone|epitaph|casket|coffin|urn|hearse|pallbearers?|undertaker|funeral|burial plot|plot|grave|pine box|black (?:dress|suit|veil)|last (?:words|rites|meal)|will|cremation|shroud)\b",
    ),
    rule(
        "veiled.insurance",
        0.5,
        r"\b(?:pick|choose|order|buy|rent|write|draft|plan|price|book|reserve|measure|fit|planning|picking|choosing|writing)(?: out| up| for| on)? (?:a|an|the|her|his|their|him a|her a|them a|some)(?: own)? (?:[a-z]+ )?(?:hymns?|eulog(?:y|ies)|obituary|headstone|tombstone|gravestone|epitaph|casket|coffin|hearse|pallbearers?|undertaker|funeral|burial plot|pine box|black (?:dress|suit|veil)|last (?:words|rites)|shroud)\b",
    ),
    rule(
        "veiled.insurance",
        0.78,
        r"\b(?:tell|warn|ask|remind|kiss|hug|hold) (?:your|ur|her|his|their) (?:<KIN>)s? (?:[a-z]+ ){0,5}?(?:black (?:dress|suit|veil)|good ?bye|good ?night|funeral|casket|coffin|flowers|widow\w*|insurance|brakes?|one last time|for the last time|headstone|raise the kids|without you|not to wait up|you loved)\b",
    ),
    rule(
        "threat.owner",
        0.8,
        r"\b(?:bullets?|rounds?|shells?|slugs?|rope|noose|branch|lamp ?posts?|grave|hole|headstone|tombstone|casket|coffin|hearse|funeral|procession|slab|toe tag|body ?bag|drawer|obituary|brick|blade|axe|pine box|cemetery|morgue|molotov|cinder ?blocks?|ditch|stretcher|ambulance|wood ?chipper)s?(?: [a-z]+){0,6}? (?:your|ur|his|her|their) (?:[a-z]+ )?names? (?:[a-z]+ ){0,2}?(?:on|in|all over|carved)\b",
    ),
    rule(
        "veiled.locks",
        0.76,
        r"\b(?:better|best|should|oughta|ought to|need to|needs to|gonna need|going to need|will need|'ll need|want to|wanna|might want|hope you|hope she|hope he|time to|start|starts)(?: (?:you|he|she|they|to|be|start|own|have|got|invest|in|wear|wearing|buy|buying|get|order|put|on|sleep|pack|bring|a|an|some|your|that|the|good|nice|thick|new)){0,6} (?:kevlar|bullet ?proof|flak jacket|body ?armou?r|armou?red|panic room|fire ?proof)\b",
    ),
    // The car.
    rule(
        "veiled.shame",
        0.72,
        r"\b(?:brakes?|brake lines?|lug ?nuts?|steering|fuel lines?|gas lines?|tires|wheels|axles?)(?: on (?:[a-z]+ ){1,3}?(?:thing|things|car|cars|truck|trucks|van|vans|minivans?|suvs?|roads?))? (?:can|could|might|may|tend to|have a way of|sometimes|do|are known to)(?: [a-z]+){0,3}? (?:fail|go out|give out|give way|come off|come loose|blow|snap|quit|unreliable|cut|work loose|fall off|get cut)\b",
    ),
    rule(
        "veiled.shame",
        0.6,
        r"\b(?:your|ur|her|his|their) (?:[a-z]+ )?(?:brakes?|brake lines?|lug ?nuts?|steering|fuel line|gas line|tires|wheels) (?:[a-z]+ ){0,4}?(?:fail|failed|give out|gave out|soft|spongy|loose|looser|cut|come off|came off|unreliable|tampered|off|funny|snap)\b",
    ),
    rule(
        "veiled.nice",
        0.55,
        r"\b(?:nice|cute|lovely|beautiful|pretty|sweet|adorable|pretty little) (?:[a-z]+ )?(?:minivan|suv|pickup|ride|wheels|subaru|honda|corolla|bike|swing set|tree ?house|trampoline|flower beds?|curtains|boat|garage|mailbox|deck|cottage|lake house|cabin) (?:that )?(?:you|your|ur|u) [a-z]+",
    ),
    // The home and those in it.
    rule(
        "veiled.surveil",
        0.76,
        r"\b(?:your|ur) (?:[a-z]+ )?(?:dogs?|pup|puppy|alarm|motion lights?|porch lights?|cameras?|doorbell|security lights?|watchdog|cat) (?:did ?n'?t|did not|never|does ?n'?t|don'?t|was ?n'?t|weren'?t|slept|sleeps)(?: even| ever| much| once)? (?:bark|notice|go off|come on|catch|see|hear|wake|stir|growl|blink|record|through|mind|make a sound|a sound)\b",
    ),
    rule(
        "veiled.locks",
        0.66,
        r"\b(?:you|u) (?:(?:really|might|should|ought|oughta|may|want|need|to|forgot|left|leave|didn'?t|never|keep|always|wanna|ever) ){1,4}(?:fix |latch |lock |close |shut |check |replace |repair |oil |leaving |leave |get )?(?:that|the|your|ur) (?:[a-z]+ ){0,2}?(?:latch|lock|gate|back door|side door|garage|garage door|kitchen window|bedroom window|window|screen door|basement|bulkhead|hinge|deadbolt|sliding door|curtains?|blinds)\b",
    ),
    rule(
        "veiled.seen",
        0.6,
        r"\b(?:took|taking|had|went for|going for|enjoyed|enjoying) (?:a|my|our|another) (?:[a-z]+ )?(?:walk|stroll|drive|ride|jog|look) (?:down|past|by|along|around|through|on|up|near|over to) (?:your|ur|her|his|[a-z]+ (?:lane|ln|street|st|road|rd|drive|dr|ave|avenue|court|ct|way|circle|place|blvd))\b",
    ),
    rule(
        "veiled.watch",
        0.76,
        r"\b(?:you|u|she|he|better|should|gotta|ought to|oughta|can|must|i'?d|and) sleep (?:light|lightly)\b|(?:^|[.!?\n] {0,2})sleep (?:light|lightly)\b",
    ),
    rule(
        "veiled.watch",
        0.55,
        r"\b(?:sweet|pleasant) dreams\b|\bnighty night\b|\bsleep (?:well|tight|good|sound|soundly|easy)(?:[.,!]|$)",
    ),
    rule(
        "veiled.surveil",
        0.62,
        r"\b(?:i'?m|we'?re|i am|we are|parked|sitting|waiting) (?:only |just |right |about |like )?(?:(?:two|three|four|a few|one|a couple|couple|a couple of|half a|five|ten) (?:streets?|houses?|blocks?|doors?|minutes?|driveways) (?:over|away|down|up|off)|around the corner|across the street|down the (?:street|block|road)|at the end of your|behind your)\b",
    ),
    rule(
        "veiled.ask_kids",
        0.72,
        r"\b(?:saw|seen|watched|met|noticed|passed|spotted|filmed|photographed) (?:your|ur) (?:[a-z]+ )?(?:boys?|girls?|sons?|daughters?|kids?|twins|toddler|little ones?|baby|grandson|granddaughter|grandkids)(?: again)? (?:at|by|near|outside|walking|waiting|playing|getting|on|in|riding|alone|all alone|today|yesterday|this)\b",
    ),
    rule("veiled.shame", 0.45, r"\b(?:be|been) (?:such |quite |a real )?a (?:pity|shame)(?:$|[.!])"),
    rule(
        "veiled.ask_kids",
        0.76,
        r"\b(?:kids|children|daughters|sons|boys|girls|babies|little ones|grandkids)[a-z ,]{0,16}[.?!,;]{1,3} ?(?:better |you should |go |so )?(?:count|check on|hold|hug|mind|keep an eye on|look after|hang on to|keep close to) (?:them|'?em|him|her)\b",
    ),
    rule(
        "veiled.ask_kids",
        0.66,
        r"\bhow(?:'s| is| are|s) (?:your|ur) (?:[a-z]+ )?(?:<KIN>)s?(?: [a-z]+){0,3}? (?:liking|enjoying|holding up|settling in|settling|sleeping|getting to|at that|at the|over at|over on|doing at|doing over|doing in|finding)\b",
    ),
    rule(
        "veiled.visit",
        0.5,
        r"\b(?:stop|drop|swing|pop|look|come) (?:in|by|over)(?: on (?:her|him|them))? (?:and |to )(?:say (?:hi|hello)|introduce|tell (?:her|him|them)|give (?:her|him|them)|check on (?:her|him|them)|see (?:her|him|them)|meet (?:her|him|them))\b",
    ),
    // Where a body goes.
    rule(
        "veiled.ditch",
        0.74,
        r"\b(?:wood ?chippers?|chippers?|quick ?lime|bag of lime|pig farm|hogs|pigs|gators?|crawl ?space|cement mixer|bone saw|septic tank|mine ?shaft|quarry|incinerator|acid|tarps?|swamps?|shovels?)(?: [a-z]+){0,4}? (?:(?:do|does|will|won'?t|don'?t|doesn'?t|never)(?: even)? leave (?:much|nothing|anything|a trace|any)|all i'?m (?:gonna|going to) say|(?:with|for) (?:you|him|her|them|people like|this clerk|that clerk|this judge|that judge)|big enough for|no (?:one|body) (?:looks|finds|will|would)|eat (?:anything|everything|bones?))\b",
    ),
    rule(
        "veiled.ditch",
        0.74,
        r"\b(?:know|got|have|'ve) (?:a |some |my |this )?(?:guys?|fella|cousin|buddy|people|uncle|friends?|place|spot|farm) (?:with|that has|who has|who owns|who does|out by|out past|up in) (?:a |an |some |the |lots of )?(?:[a-z]+ )?(?:chippers?|backhoe|excavator|lime|pigs|hogs|swamps?|quarry|woods|acid|crematory|crematorium|cement|concrete|gators?|shovels?|incinerator)\b",
    ),
    rule(
        "veiled.ditch",
        0.6,
        r"\b(?:bought|buying|picked up|grabbed|packed|brought|sharpened|dug out) (?:me |myself )?(?:a|an|the|my|two|some) (?:new |good |big |bigger |sharp |nice )*(?:shovels?|spade|ropes?|tarps?|bag of lime|lime|hacksaw|body bags?|nooses?|plastic sheeting|duct tape)\b[a-z ,.]{0,50} (?:you|your|ur|yours)\b",
    ),
    rule(
        "threat.ditch",
        0.76,
        r"\b(?:away from being|will be|'ll be|gonna be|going to be|end up|ends up|wind up|winds up|'ll end up) (?:found |fished out |floating |face down |dumped |dug up |pulled out |scraped )(?:up )?(?:of |in |at |on |from |off |by )?(?:a|the|some|that) (?:[a-z]+ )?(?:rivers?|creek|pond|quarry|bay|well|bayou|canal|culvert|ditch|barrel|storm drain|reservoir|cornfield|swamp|lake|trunk|dumpster|woods|alley|harbor|pavement|sidewalk|highway)\b",
    ),
    rule(
        "veiled.not_make",
        0.68,
        r"\b(?:none of (?:them|you|these people|y'?all)|not one of (?:them|you)|nobody in there|no one in there)(?: is| are|'s)?(?: ever| gonna| going to)? (?:walks?|walking|comes?|coming|gets?|getting|makes? it|making it) (?:back )?(?:out|home)\b",
    ),
    // Time, others, and what things are for.
    rule(
        "veiled.hands",
        0.76,
        r"\b(?:hold|holding|keep|keeping|call|calling) (?:the |my |these |those |all |all the )?(?:others|boys|guys|dogs|folks|men|crowd|rest|rest of them|patriots|brothers|hounds|wolves|hotheads) (?:back|off|away|calm|quiet|in check|on a leash)(?: [a-z]+){0,3}? (?:any ?(?:more|longer)|much longer|forever|from you|for long|for you)\b",
    ),
    rule(
        "veiled.clock",
        0.6,
        r"\b(?:running out of|ran out of|run out of|low on) (?:years|tomorrows|birthdays|christmases|sunrises|breaths|heartbeats|lives)\b|\byears? off (?:your|ur|his|her) life\b",
    ),
    rule(
        "veiled.traitors",
        0.78,
        r"\b(?:know|knew|remember|remembered|forgot|forget|learn|learned|show|find out|wonder|teach|taught|remind|reminded) (?:[a-z]+ ){0,4}?(?:what|why) (?:the |those |these |that |we have |god made |our )?(?:lamp ?posts?|ropes?|nooses?|gallows|oak trees?|trees|light poles?|guillotines?|pitchforks|firing squads?|hanging tree|tar and feathers)(?: are| were| was| is)? (?:[a-z]+ )?for\b",
    ),
    rule(
        "veiled.forget",
        0.62,
        r"\b(?:we|i|patriots)(?:'ve| have)? (?:all )?(?:remember|memori[sz]e|memori[sz]ed|never forget|don'?t forget|won'?t forget|saved|screenshotted|kept) (?:every |all |your |all your |the |each of your )*(?:faces?|plates?|license plates?)\b",
    ),
    rule(
        "veiled.fafo",
        0.6,
        r"\b(?:bring|bringing|light|lighting|carry|carrying|grab|sharpen) (?:your |our |the |some )?(?:torches|pitchforks?|gasoline|molotovs?|kerosene|lighter fluid|gas cans?|tar and feathers)\b",
    ),
    rule(
        "veiled.hide",
        0.72,
        r"\b(?:cops|deputies|police|sheriff|feds|fbi|security|guards?|judge|badge|courts?|media)(?: [a-z]+){0,2}? (?:can'?t|cannot|won'?t|wont|cant) (?:protect|guard|save|babysit|hide) (?:you|u|him|her|them) (?:forever|always|every|all|for ?ever|from (?:us|me|the people|what)|when|everywhere|24)\b",
    ),
    // Spanish.
    rule(
        "threat.es",
        0.78,
        r"\b(?:amanecer|aparecer|terminar|acabar|amaneces|apareces|encontrar)(?:te|lo|la|los)? (?:[a-z]+ ){0,3}?(?:con (?:la boca|moscas|un tiro|la cabeza)|con la boca llena|en (?:una |un |el |la )?(?:zanja|rio|canal|cajuela|baldio|fosa|cajon|panteon|barranc[oa]|hoyo|tambo)|encobijad[oa]s?|descuartizad[oa]s?|colgad[oa]s?|flotando|tirad[oa]s? en|sin (?:dientes|lengua|dedos|cabeza))\b",
    ),
    rule(
        "threat.es",
        0.78,
        r"\b(?:vamos|voy|van|hay que|toca|deberian|habria que|tendrian que|merecen?)(?: [a-z]+){1,9}? a (?:golpes|balazos|tiros|palos|machetazos|chingadazos|patadas|plomazos|pedradas|batazos|cuchilladas)\b",
    ),
    rule(
        "veiled.es",
        0.64,
        r"\b(?:andate|anda|ande|andese|maneja|maneje|vete|vaya|cuidese|cuidate|que se cuide|que te cuides|tenga cuidado|ten cuidado)(?: [a-z]+){0,7}? (?:carretera|frenos|de noche|por la noche|sol[oa]s?|curvas?|esquina|al salir|tus hijos|sus hijos|tu familia|su familia|el camino)\b",
    ),
    rule(
        "veiled.shame",
        0.62,
        r"\bfrenos (?:[a-z]+ ){0,3}?(?:fallan|fallen|fallar|fallan?|se cortan|se rompen|cortados|flojos|no sirven)\b",
    ),
    rule(
        "veiled.es",
        0.76,
        r"\bque (?:bonit[oa]s?|lind[oa]s?|guap[oa]s?|grandes?) (?:se (?:ve|ven|ha puesto|esta poniendo)|esta|estan|anda|luce|salio) (?:tu|su|tus|sus) (?:nin[oa]s?|hij[oa]s?|mujer|esposa|familia|nieto|nieta|mama|bebe|casa)\b",
    ),
];
