//! The prefilter: one pass over a post decides which detectors are worth asking.
//!
//! Most posts hold nothing; what they cost decides whether ten million of them can be read on a laptop. From every place
//! where a word begins the stems below are looked for; what is found is a set of flags. It errs on the side of asking.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::begins;
use crate::gate::{Gate, Mask, Seen, Trie};
use crate::memo::Memo;
use crate::rules::GATE;

/// Which groups of stems occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Flags(pub u16);

impl Flags {
    /// Words of violence and death.
    pub const HARM: Self = Self(1);
    /// Words of hinted harm.
    pub const VEILED: Self = Self(2);
    /// Asking who or where somebody is; calling to go, call or write.
    pub const FIND: Self = Self(4);
    /// Insults.
    pub const ABUSE: Self = Self(8);
    /// Words in front of contact data: phone, address, plate.
    pub const CONTACT: Self = Self(16);
    /// Work, school, family, daily ways, whereabouts.
    pub const LIFE: Self = Self(32);
    /// Emergency calls, voters kept away, pretended offices.
    pub const OFFICE: Self = Self(64);
    /// Words of claims; set from the library's own words.
    pub const CLAIM: Self = Self(128);
    /// A digit stands in the text.
    pub const DIGIT: Self = Self(256);
    /// An @ stands in the text.
    pub const AT: Self = Self(512);
    /// Letters mixed with digits and signs, or drawn out.
    pub const MASKED: Self = Self(1024);
    /// Single letters in a row.
    pub const APART: Self = Self(2048);

    /// Tells whether any of `other` is set.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Stems, parted by `|`. Each must begin where a word begins; one that ends with `$` must end where a word ends.
const STEMS: &[(Flags, &str)] = &[
    (
        Flags::HARM,
        "kill|murder|break |leg$|legs$|knee|caved|gut$|gutted|skin |electric chair|the hell out|the shit out|starve|ground|rot$|wall$|live to|to live|die,|matar|mueras|mueran|quemar|colgar|balazo|plomo|tiro$|firebomb|pulp|bullets|last day|shoot|shot$|shots$|stab|knife|knives|hang$|hanging|hanged|hangs$|hung$|lynch|execut|behead|decapitat|slaughter|massacr|strangl|chok|drown|poison|\
         assassin|exterminat|eradicat|annihilat|butcher|burn|torch|bomb|nuke|gas$|gassed|gas the|bullet|rape|raping|rapist|tortur|maim$|cripple|impale|dismember|castrat|\
         neuter|steriliz|stomp|bury|buried|blow up|blown up|run over|ran over|run them over|ran them over|run him|run her|run'em|run em|off the road|mow them|mow down|string up|string them|beat|bash|punch|smash|smack|slap|whip|hurt|harm$|attack|destroy|\
         dead|death|die$|dies$|died$|dying|rope|noose|gallow|guillotin|firing squad|gun$|guns$|gunned|rifle|ammo|blood|bleed|grave$|graves$|coffin|morgue|rot in hell|burn in hell|wipe out|wiped|wipe them|\
         take out|take them out|taken out|take him out|take her out|taken care of|put an end|put down|put them|end |hunt|suffer|crush|violen|genocid|holocaust|\
         throat|neck$|necks$|skull|brains|bones|teeth|deserve|stoned|weapon|sword|machete|axe$|acid$|crucif|cull$|culled|put a bullet|head off|heads off|heads roll|heads on|pike|hellfire|\
         vanish|disappear|world without|better off without|unalive|kys$|matar|mato$|muere|muert|asesin|ahorc|colgar|fusil|\
         disparar|reventar|violar|degoll|linch|apunal|balear|sangre|reload|trigger|kick his|kick her|kick their|kick your|kick the|ass kicked|ass beat|beat down|go to hell|necks|knock|get rid of|rid of|throw her|throw him|throw them|thrown|out of a helicopter|helicopter|drag|hit by|hit her|hit him|spank|whoop|ass whoop|choking|hope|wish|nooses|lamppost|lamp post|firing line|drive through|drive thru|run through",
    ),
    (
        Flags::CLAIM,
        "stole|steal|rigg|rig$|rigs$|cheat|fraud|hijack|installed|illegals|noncitizen|non citizen|undocumented|prefilled|pre-filled|harvest|mules|2000mules|drop box|dropbox|stuff|starlink|sharpie|backdat|postmark|shred|ballot dump|dumps|more votes|more ballots|census|bamboo|actually won|really won|never won|not win|bused|crowd|robar|robad|amana|trampa|fraude|ilegales|mulas|urnas",
    ),
    (
        Flags::VEILED,
        "know where|know what|to her house|to his house|to their house|a su casa|go to his|go to her|storm|by force|block every|block the|block all|whatever it takes|a lesson|grab your|bring your|agarren|seen where|seen your|your face|your address|forget|pity|lastima|smile|stays that|stitches|desk forever|forever|for long|check under|checking under|gate code|door code|people like|insurance|que bonit|que lind|se donde|espalda|a visit|hands on him|hands on her|hands on you|hands on them|walking again|walk again|breathing|cure|cents|lead$|running it off|run it off|stay that way|last election|final election|second amendment|with my|know which|know when|know your|know the|drive home|driving home|drive safe|looked|you looked|enjoy|retire|locks|remember|quiet|move|learn|ambulance|sheriff|before we do|more of us|rope|gallows|terrible if|awful if|hell of a|hear you|find you|find the|end up|window|neighbors|one week|out of my hands|courtroom|prison|show up|figure out|traitors|see you at|tick|time is|warn|cuidate|cuídate|ojala|where she live|where he live|where they live|be a shame|real shame|damn shame|sleep tight|sleep well|sweet dreams|watch your|watch ur|look over your|looking over your|over your shoulder|\
         coming for|coming after|come for you|coming to your|brakes|life insurance|feet deep|feet under|ft under|ditch|gitmo|guantanamo|nuremberg|second amendment|2nd amendment|2a$|take note|\
         tick tock|ticktock|tick-tock|clock is ticking|days are numbered|days numbered|day of reckoning|reckoning|consequences|pay for|pays$|will pay|gonna pay|find out|fafo|mercy|hours to|days to|or else|resign|\
         tribunal|treason|hide$|hiding|justice is coming|we know|i know|see you soon|see you real|be seeing you|visit|knock|nice dog|nice house|nice family|nice car|nice kid|lovely|cute kid|beautiful family|pretty house|\
         be careful|stay safe|special place|over/under|not saying|no alarm|alone|unlocked|no security|no cameras|dox|dropping|leak|over under|making it to|make it to|make it through|lock and load|locked and loaded|lock n load|boogaloo|civil war|1776|tree of liberty|liberty tree|\
         won't be safe|wont be safe|not safe|never be safe|regret|watching you|we see you|i see you|remember your|remember this|expiration|last chance|last warning|final warning|warned|accidents|accident|something happen|something bad|something might|\
         donde vive|cuidado|te vas a|va a pagar|van a pagar|vas a pagar|sabemos|pagaras|atente|lo siento por|judgment|judgement|sniper|target|crosshair|bullseye|hope you|hope your|hope her|hope his|hope she|hope he|hope they|enjoy your|enjoy it while|while you can|while it lasts|sleep with|one eye open|funeral|obituary|body bag|widow|orphan|dead man|marked|handle it ourselves|handled|take care of|dealt with|deal with|get what|got what|what's coming|whats coming|what is coming|karma|won't end well|wont end well|end badly|not end well|your kids|your family|your wife|your daughter|your son|your house|your home|your street|your car|your door|tu casa|tu familia|tus hijos|thoughts and prayers|\
         kevlar|bulletproof|bullet proof|flak jacket|body armo|bodyarmo|panic room|fireproof|fire proof|sleep light|pleasant dreams|nighty night|romanov|mussolini|ceau|saddam|bin laden|hoffa|hymn|eulog|headstone|tombstone|casket|hearse|pallbearer|undertaker|pine box|black dress|black suit|brake|lug nut|tires|steering|\
         latch|deadbolt|back gate|side door|garage|basement|bark$|motion light|porch light|your dog|your boy|your girl|your son|your alarm|your camera|your mother|your mom|your dad|your husband|your parents|chipper|quicklime|shovel|tarp$|quarry|swamp|creek|culvert|others back|boys back|back any|back much|frenos|carretera|amanecer|a golpes|a palos|a tiros|a balazos|torches|pitchfork|face is|your mouth|kneecap|thumbs|fingers|through with|finished with|protect you|save you",
    ),
    (
        Flags::FIND,
        "who is|who are|who's under|under that|figure out|names|everything on|everything about|anything on|sleuths|detectives|you know what to do|to whoever|address for|necesitamos|compartan|difund|hay que|ayuden|this man|this woman|this guy|de quien|diganme|investig|face$|unmask|put a name|dig |list of|post his|post her|post their|expose|facebook|instagram|identity|whoever|what's in|phone off|in person|near her|near him|dmv|look up|his name|who he|who she|full name|his employer|her employer|ring her|ring his|lives near|tag for|track|read me|dm me|who's|whos$|who dis|who knows|who owns|whose|anyone know|anybody know|somebody know|someone know|any one know|does any|recognize|recognise|identif|i.d.|id this|id on|id him|id her|id them|id that|an id|need id|ids on|get an id|\
         find him|find her|find them|find this|find that|find out|finding this|found him|found her|track|hunt|name and|drop his|drop her|drop the|drop a name|drop their|his name|her name|their name|names and|want names|need names|need a name|want a name|got a name|\
         name of|name this|name him|name her|names,|dox|where does|where do they|where he|where she|where they|where's he|run the plate|run this plate|run that plate|run his|run her|run those|trace|owner of|expose|famous|do your thing|do its thing|do ur thing|work your magic|internet|crowdsourc|spreadsheet|\
         call|say hi|call him|call her|call them|call this|call and|call the|give him a|give her a|give them a|flood|blow up|light up|ring him|email him|email her|email them|text him|text her|text them|write to|message him|message her|dm him|go see|go talk|go say|go ask|\
         knock|pay him|pay her|pay them|show up|let him know|let her know|let them know|tell him|tell her|contact|spread|retweet|rt until|rt if|share until|make this viral|go viral|quien|alguien|como se llama|donde vive|donde trabaja|encontr|identifi|busquen|averig|viral|\
         reward|bounty|face to|put a name|facial rec|any info|anyone in|know this|know that|know who|knows him|knows her|know him|know her|looking for|she picks|he picks|picks up|be polite|say hi|say hello|polite|mailbox|voicemail|inbox|zoom in|enhance|lanyard|badge|plate|socials|anons|patriots|autists|sleuth|digg|dig into|dig up|let's get|lets get|let's find|lets find|help us|help me|help find|ask him|ask her|ask them|confront|protest at|outside his|outside her|outside their|his house|her house|their house|his door|her door",
    ),
    (
        Flags::ABUSE,
        "idiot|moron|sack of|cow$|hog$|troll|crackhead|junkie|slob|rata|cerda|vendid|asco|escoria|lacra|bruja|imbecil|retard|dumb|dipshit|shit|dick|prick$|pricks$|cocksuck|ass$|asshole|assh|asswipe|asshat|bitch|cunt|whore|slut|hoe$|hoes$|skank|hag$|hags$|bastard|fuck|f*ck|fck|motherfuck|scum|trash|\
         garbage|filth|vermin|rat$|rats$|cockroach|pig$|pigs$|swine|parasit|maggot|degenerat|pervert|perv$|pervs$|pedo|groomer|creep|loser|clown|coward|traitor|\
         crook|liar|thief|thieves|pos$|piece of|waste of|disgrac|disgust|pathetic|worthless|ugly|fat$|fatass|lardass|subhuman|animal|monster|demon|satan|evil|lunatic|psycho|\
         nutjob|nut job|nutcase|wacko|libtard|trumptard|magat|nazi|fascist|commie|bootlick|simp$|simps$|grift|con man|conman|felon|racist|tyrant|turd|douche|wanker|twat|tosser|\
         slime|sleaz|weasel|snake|hack$|hacks$|shill|cuck|fag$|fags$|faggot|trann|nigg|coon$|ape$|monkey|gorilla|senile|demented|derang|brainless|braindead|brain dead|stupid|lying|vile|\
         ashamed|go back to|your kind|shut up|shut the|stfu|puta|puto|pendej|cabron|idiota|estupid|basura|rata$|ratas$|cerd|mierda|zorra|perra$|maldit|traidor|rot$|sicko|nasty|horrible|cackl|bimbo|dei hire|kunt|orange|diaper|hypocrit|bully|cheater|fraud|joke$|sad excuse|treasonous|criminal|insane|crazy|delusional|unhinged|weird|goofy|hell",
    ),
    (
        Flags::CONTACT,
        "phone|cell$|cell:|cell#|call$|call:|number|# |text$|address|lives at|live at|living at|house is|home is|plate|tag$|tag:|tags$|car reg|registration|reg$|license|licence|ssn|social|dob$|\
         email|e-mail|mail|gmail|(at)|[at]|dot$|found it|find him at|find her at|reach|telefono|celular|direccion|domicilio|placa|matricula|correo|seguro social|vive en|residence|resides|moved to|sleeps|suv$|sedan|truck|honda|toyota|ford$|chevy|vin$|driving a|drives a|silverado|crv|five|zero|cinco|cero",
    ),
    (
        Flags::LIFE,
        "works|bowls|drinks|plays|volunteers|coaches|is named|moonlight|bartend|waits tables|nurses at|front desk|counter of|register at|day job|workplace|hired|contrat|panaderia|paralegal|nurse|cashier|manager at|enrolled|grade|grader|kid's|twins|oldest|little girl|little boy|grandma|grandpa|aunt|uncle|cousin|day care|guarderia|estudia|colegio|primaria|leaves the|like clockwork|catch him|catch her|catch them|find him at|find her at|same route|same spot|jogs|weeknight|sundays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|todos los|todas las|los sabados|los domingos|los lunes|los martes|los jueves|los viernes|trailer|duplex|townhouse|apartment|condo|cabin|above the|across from|stays|live look|sighting|casa|esta ahora|ahorita|vive|trabaja|parking|every|each|named|his name|delivers|parks in|works as|works in|working at|work at|employ|his job|her job|job at|shift|clocks|linkedin|teach|attends|attend|goes to|go to|school|elementary|\
         kindergarten|daycare|preschool|academy|campus|his wife|her husband|his kid|her kid|his son|her son|his daughter|her daughter|their kid|his mom|her mom|her mother|his mother|her dad|his dad|brother|sister|\
         wife|husband|daughter|son$|kids|children|every day|everyday|every morning|every night|every evening|every afternoon|each morning|every week|every sunday|every monday|every tuesday|every wednesday|every thursday|every friday|every saturday|daily|\
         mornings|evenings|at night|gets home|gets off|leaves|walks|walk$|jogs|jog$|gym$|church|parks|parked|same time|same path|same route|routine|right now|currently|just saw|just spotted|spotted|is at|he's at|she's at|they're at|hes at|shes at|heading|headed|on her way|on his way|\
         staying at|airbnb|zillow|redfin|bedroom|bath$|house on|house at|home on|lives|next door|neighbor|neighbour|street|counts votes|counting|contractor|county|trabaja|escuela|hijos|hija|hijo|esposa|esposo|marido|vive|cada|manana|todos los|todas las|ahora mismo|iglesia|gimnasio|last seen|sighting|live location|outside|sits at|eats at|drinks at|hangs out|picks up|drops off|lunch|maiden name|born|birthday",
    ),
    (
        Flags::OFFICE,
        "swat|911|photograph|taking pictures|ice$|find out|pretend|posing|fake account|account with|su voto|soy de|somos de|urnas|casillas|rifles|te presentes|no te |no vayas|vote by|vote at|by monday|by friday|or else|or everyone|or we|renunci|hay una bomba|digan a|llamen a|hostage|shooter|bomb threat|hostage|active shooter|wellness check|welfare check|police to|cops to|fake call|send the cops|send cops|send the police|call in a|anonymous tip|swatteado|\
         don't vote|dont vote|do not vote|vote by text|text to vote|vote by phone|vote online|election day|november 6|stay home|polls are closed|polling place|arrest|ice will|ice agents|ice is|ice at|immigration at|immigration agents|at the polls|bring guns|bring your|armed|\
         patrol|polls|turned away|warrants|checked for|challenge|i am the|i'm the|im the|this is the|official account|official message|official notice|on behalf of|your registration|your ballot|your vote|fine to vote|pay a|verify your|confirm your|resign|no voten|no vote|arrestad|migra$|casilla|soy la|soy el|watching|follow|refuse to certify|certif|deport|quit$|your job|step down|drop box|dropbox|stake out|film",
    ),
];

/// The stems, ready to be looked for.
pub(crate) struct Prefilter {
    stems: Trie,
    found: Vec<Stem>,
    /// Signs that a stem begins with.
    signs: [bool; 256],
    /// Sets what is remembered of words apart from other prefilters'.
    number: u64,
    gate: &'static Gate,
}

/// What a stem means.
#[derive(Debug, Clone, Copy, Default)]
struct Stem {
    /// The groups it stands for as the beginning of a word.
    begins: Flags,
    /// The groups it stands for as the end of a word.
    ends: Flags,
    /// What it adds to a claim at most if it is a word of one, else 0; see [`ENOUGH`].
    claim: f32,
}

thread_local! {
    /// What words come to, for the prefilter with this number.
    static MEMO: RefCell<(u64, Memo<u64>)> = RefCell::new((0, Memo::default()));
}

// What is remembered of a word: a number of these bits and its flags; the stem of a claim that adds most and how much, where
// it is one; where a stem may go on behind it; the numbers of what it is on the right of another word; then the needs of
// rules that it meets alone, as the place and the bits of each part of the mask that is not empty.
const TRIPLED: u64 = 1 << 16;
/// A stem may go on behind the word.
const OPEN: u64 = 1 << 17;
/// It is a word of a claim.
const CLAIM: u64 = 1 << 18;
/// Where the number of what it is on the left of another word stands in the first number, and how many it is on the right.
const LEFT: u32 = 32;
const RIGHTS: u32 = 48;

impl Prefilter {
    /// Prepares the stems and the `words` of the claims.
    pub fn new(words: &[(String, f32)]) -> Self {
        let mut stems: BTreeMap<&[u8], Stem> = BTreeMap::new();
        for (flag, list) in STEMS {
            for stem in list.split('|').map(str::trim).filter(|stem| !stem.is_empty()) {
                let found = stems.entry(stem.trim_end_matches('$').as_bytes()).or_default();
                let side = if stem.ends_with('$') { &mut found.ends } else { &mut found.begins };
                *side = side.with(*flag);
            }
        }
        for (word, adds) in words {
            stems.entry(word.as_bytes()).or_default().claim = *adds;
        }
        let found = stems.values().copied().collect();
        let mut signs = [false; 256];
        for stem in stems.keys() {
            signs[usize::from(stem[0])] |= !stem[0].is_ascii_alphanumeric();
        }
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let stems = Trie::new(stems.keys().zip(0..).map(|(stem, number)| (*stem, number)));
        Self { stems, found, signs, number, gate: &GATE }
    }

    /// Returns the groups that occur in `folded`, and which rules are worth asking about it; `begins` becomes the places where
    /// words begin, as [`crate::begins::words`] tells them.
    pub fn look(&self, folded: &str, begins: &mut Vec<begins::Word>) -> (Flags, Seen) {
        begins.clear();
        MEMO.with_borrow_mut(|(number, memo)| {
            if *number != self.number {
                *number = self.number;
                memo.clear();
            }
            self.read(folded.as_bytes(), memo, begins)
        })
    }

    fn read(&self, bytes: &[u8], memo: &mut Memo<u64>, begins: &mut Vec<begins::Word>) -> (Flags, Seen) {
        let (mut found, mut shape) = (Found::default(), Shape::default());
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let mut kinds = 0;
            while at < bytes.len() && KIND[usize::from(bytes[at])] > 0 {
                kinds |= KIND[usize::from(bytes[at])];
                at += 1;
            }
            if kinds == LETTER {
                if start == 0 || bytes[start - 1] != b'_' {
                    begins.push(begins::Word::of(bytes, start));
                }
                let known = self.word(bytes, start..at, memo, &mut found);
                shape.letters(at - start, known & TRIPLED > 0);
                // No stem begins with a blank.
                at += usize::from(bytes.get(at) == Some(&b' '));
            } else if kinds > 0 {
                shape.mixed(bytes, start..at);
                self.parts(bytes, start..at, memo, &mut found, begins);
            } else {
                if bytes[at] == b'_' && (at == 0 || !in_word(bytes[at - 1])) {
                    begins.push(begins::Word::of(bytes, at));
                }
                self.sign(bytes, at, &mut found);
                at += 1;
            }
        }
        (found.flags.with(shape.flags()), self.gate.met(found.needs))
    }

    /// Reads words with signs between them.
    fn parts(
        &self,
        bytes: &[u8],
        range: Range<usize>,
        memo: &mut Memo<u64>,
        found: &mut Found,
        begins: &mut Vec<begins::Word>,
    ) {
        let mut at = range.start;
        while at < range.end {
            let length = bytes[at..range.end].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            if length > 0 {
                if at == 0 || bytes[at - 1] != b'_' {
                    begins.push(begins::Word::of(bytes, at));
                }
                self.word(bytes, at..at + length, memo, found);
                at += length;
            } else {
                self.sign(bytes, at, found);
                at += 1;
            }
        }
    }

    /// Looks for stems that begin with the sign at `at`.
    fn sign(&self, bytes: &[u8], at: usize, found: &mut Found) {
        if self.signs[usize::from(bytes[at])] && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            self.stems.walk(bytes, at, |number, end| self.find(number, end, bytes, found));
        }
    }

    /// Reads a word of letters and digits; returns what is remembered of it.
    fn word(&self, bytes: &[u8], range: Range<usize>, memo: &mut Memo<u64>, found: &mut Found) -> u64 {
        let known = memo.get(&bytes[range.clone()], |word, out| self.describe(word, out));
        let [head, rest @ ..] = known else { return 0 };
        let head = *head;
        found.flags = found.flags.with(Flags(head as u16));
        let mut rest = rest;
        if head & (CLAIM | OPEN) > 0 {
            if head & CLAIM > 0
                && let [claim, others @ ..] = rest
            {
                rest = others;
                found.claim(*claim as u32, f32::from_bits((claim >> 32) as u32));
            }
            if head & OPEN > 0
                && let [place, others @ ..] = rest
            {
                rest = others;
                self.stems.go_on(*place as u32, bytes, range.end, |number, end| {
                    self.find(number, end, bytes, found);
                });
            }
        }
        let rights = (head >> RIGHTS) as usize;
        if rights > 0 {
            let (rights, others) = rest.split_at(rights);
            rest = others;
            if found.left > 0 {
                for right in rights {
                    self.gate.side_by_side(found.left, *right as u16, &mut found.needs);
                }
            }
        }
        found.left = (head >> LEFT) as u16;
        for need in rest.chunks_exact(2) {
            found.needs[need[0] as usize] |= need[1];
        }
        head
    }

    /// Writes what a word comes to.
    fn describe(&self, word: &[u8], out: &mut Vec<u64>) {
        let mut found = Found::default();
        let mut claim = (0, 0.0);
        let open = self.stems.walk(word, 0, |number, end| {
            self.find(number, end, word, &mut found);
            let adds = self.found[number as usize].claim;
            if adds > claim.1 {
                claim = (number, adds);
            }
        });
        let set = |is: bool, bit: u64| if is { bit } else { 0 };
        let tripled = word.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
        let (left, rights) = self.gate.neighbours(word);
        let bits = set(tripled, TRIPLED) | set(open.is_some(), OPEN) | set(claim.1 > 0.0, CLAIM);
        out.push(u64::from(found.flags.0) | bits | u64::from(left) << LEFT | (rights.len() as u64) << RIGHTS);
        if claim.1 > 0.0 {
            out.push(u64::from(claim.0) | u64::from(claim.1.to_bits()) << 32);
        }
        out.extend(open.map(u64::from));
        out.extend(rights.into_iter().map(u64::from));
        for (place, bits) in self.gate.needs(word).into_iter().enumerate().filter(|(_, bits)| *bits > 0) {
            out.extend([place as u64, bits]);
        }
    }

    /// Notes a stem that was found up to `end`.
    fn find(&self, number: u32, end: usize, bytes: &[u8], found: &mut Found) {
        let stem = &self.found[number as usize];
        found.flags = found.flags.with(stem.begins);
        if stem.ends != Flags::default() && bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric()) {
            found.flags = found.flags.with(stem.ends);
        }
        if stem.claim > 0.0 {
            found.claim(number, stem.claim);
        }
    }
}

/// Tells whether a byte is one of a word, as the edges of words are told in rules.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Words of claims call for no look where all together add less than this, in parts of what the rarest word does. Less than
/// the look itself then asks of a single claim, since usual words are not among these.
const ENOUGH: f32 = 0.7;

/// What was found so far.
#[derive(Default)]
struct Found {
    flags: Flags,
    /// The last word of a claim, and what words of claims add together.
    claim: Option<u32>,
    adds: f32,
    needs: Mask,
    /// What the last word is on the left of another.
    left: u16,
}

impl Found {
    /// Notes a word of a claim. One says nothing; different ones that add enough together call for a look.
    fn claim(&mut self, number: u32, adds: f32) {
        let before = self.claim.replace(number);
        if before == Some(number) {
            return;
        }
        self.adds += adds;
        if before.is_some() && self.adds >= ENOUGH {
            self.flags = self.flags.with(Flags::CLAIM);
        }
    }
}

/// Kinds of bytes that words are made of; 0 for all others.
const LETTER: u8 = 1;
const FIGURE: u8 = 2;
const SIGN: u8 = 4;

static KIND: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        kinds[byte] = if b.is_ascii_alphabetic() {
            LETTER
        } else if b.is_ascii_digit() {
            FIGURE
        } else if sign(b) {
            SIGN
        } else {
            0
        };
        byte += 1;
    }
    kinds
};

/// The kinds of bytes: digits, @, and words that look taken apart or mixed with signs: wherever
/// [`crate::post::unmasked`] would change something, and in few places else.
#[derive(Default)]
struct Shape {
    digit: bool,
    sign_at: bool,
    masked: bool,
    apart: bool,
    /// Letters and digits that stand alone, one after the other, and the letters among them.
    lone: u32,
    lone_letters: u32,
}

impl Shape {
    fn flags(&self) -> Flags {
        let set = |is: bool, flag: Flags| if is { flag } else { Flags::default() };
        set(self.digit, Flags::DIGIT)
            .with(set(self.sign_at, Flags::AT))
            .with(set(self.masked, Flags::MASKED))
            .with(set(self.apart, Flags::APART))
    }

    /// A word of so many letters and nothing else.
    fn letters(&mut self, count: usize, tripled: bool) {
        if count == 1 {
            self.alone(true);
        } else {
            (self.lone, self.lone_letters) = (0, 0);
            self.masked |= tripled;
        }
    }

    fn alone(&mut self, letter: bool) {
        self.lone += 1;
        self.lone_letters += u32::from(letter);
        self.apart |= self.lone >= 3 && self.lone_letters >= 2;
    }

    /// A word with digits or signs in it.
    fn mixed(&mut self, bytes: &[u8], range: Range<usize>) {
        let mut word = Word::default();
        let alone = |at: usize| !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        for at in range {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                let letter = !byte.is_ascii_digit();
                self.digit |= !letter;
                if word.run == 0 && alone(at) {
                    self.alone(letter);
                } else {
                    (self.lone, self.lone_letters) = (0, 0);
                }
                word.tripled |= word.run >= 2 && bytes[at - 1] == byte && bytes[at - 2] == byte;
                word.run += 1;
                word.begun = true;
                word.letter |= letter;
                word.mixed |= !letter || word.held;
            } else {
                self.sign_at |= byte == b'@';
                if word.run == 0 && alone(at) && matches!(byte, b'$' | b'@') {
                    self.lone += 1;
                }
                word.run = 0;
                match byte {
                    // In front of a word these are marks (@name, #tag), behind it those are (no!, *no*).
                    b'#' | b'@' | b'*' if !word.begun => {}
                    b'!' | b'*' if word.begun => word.held = true,
                    _ => (word.begun, word.mixed) = (true, true),
                }
            }
        }
        self.masked |= word.hides();
    }
}

/// Tells whether letters are hidden behind a sign.
const fn sign(byte: u8) -> bool {
    matches!(byte, b'$' | b'@' | b'!' | b'*' | b'+' | b'|' | b'#')
}

/// A word with the signs in it, as far as it is read.
#[derive(Default)]
struct Word {
    /// Letters and digits since the last sign.
    run: usize,
    begun: bool,
    letter: bool,
    /// A digit or sign stands in it.
    mixed: bool,
    /// A sign stands in it if a letter follows.
    held: bool,
    tripled: bool,
}

impl Word {
    fn hides(&self) -> bool {
        self.letter && (self.mixed || self.tripled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Flags]) {
        let found = Prefilter::new(&[("suitcase".into(), 0.5), ("table".into(), 0.3), ("chair".into(), 0.1)])
            .look(text, &mut Vec::new())
            .0;
        let wanted = expected.iter().fold(Flags::default(), |all, flag| all.with(*flag));
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn flags_are_set_by_stems_at_word_starts() {
        check("a democratic class sat in session", &[]);
        check("kill them", &[Flags::HARM]);
        check("that rat", &[Flags::ABUSE]);
        check("suitcases of them", &[]);
        check("suitcases under tables", &[Flags::CLAIM]);
        check("suitcases under chairs", &[]);
        check("h a n g them", &[Flags::APART]);
        check("see k1ll", &[Flags::MASKED, Flags::DIGIT]);
        check("@someone *so* no!", &[Flags::AT]);
        check("sooo", &[Flags::MASKED]);
        check("a$$ hat", &[Flags::MASKED]);
    }

    #[test]
    fn words_that_are_remembered_meet_what_the_whole_text_meets() {
        let prefilter = Prefilter::new(&[("suitcase".into(), 0.5)]);
        for line in include_str!("../data/posts.jsonl").lines().chain([
            "",
            "a",
            "you know",
            "x_you, know.",
            "don't",
            "_a __b c_ _ 1_2 a$_b $c _@d k1ll_x",
        ]) {
            let text = values::Folded::of(line);
            let (mut begin, mut begins) = (Vec::new(), vec![begins::Word::of(b"x", 0)]);
            crate::begins::words(text.as_str(), &mut begin);
            assert_eq!(
                prefilter.look(text.as_str(), &mut begins).1,
                crate::rules::look(text.as_str()),
                "{line}"
            );
            assert_eq!(begins, begin, "{line}");
        }
    }

    #[test]
    fn wherever_a_disguise_is_undone_the_flag_is_set() {
        let mut texts: Vec<String> = include_str!("../data/posts.jsonl").lines().map(str::to_owned).collect();
        for hidden in [
            "k1ll", "k!ll", "!diot", "a$$", "a$$hole!", "b*tch**", "#k1ll", "@b!tch", "k|ll", "k#ll",
            "shoooot",
        ] {
            texts.extend(
                ["{}", "so {} it", "({})", "x/{}.", "*{}*"].map(|around| around.replace("{}", hidden)),
            );
        }
        for apart in
            ["k i l l", "k.i.l.l", "k-i-l-l", "k _ i", "a $ s", "h a n g t h e m", "K  I  L  L   1 2"]
        {
            texts.extend(["{}", "so {} it", "1 {}", "{} 2"].map(|around| around.replace("{}", apart)));
        }
        let prefilter = Prefilter::new(&[]);
        let mut undone = 0;
        for text in &texts {
            let folded = values::Folded::of(text);
            let all = crate::post::unmasked(&folded, Flags(u16::MAX));
            let flags = prefilter.look(folded.as_str(), &mut Vec::new()).0;
            assert_eq!(crate::post::unmasked(&folded, flags), all, "{text}");
            undone += usize::from(all.is_some());
        }
        assert!(undone > 40, "{undone}");
    }
}
