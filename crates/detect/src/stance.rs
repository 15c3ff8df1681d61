//! How the writer stands to the words: own, quoted, asked, denied, reported; and what else makes harsh words harmless.
//!
//! Every mark has a place, so that it can be shown. A mark says something about words near it: quotation about the words
//! between the quotes, a question about its sentence, news about its clause and the next, fiction and sport about the post.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr2_iter;
use record::Stance;

use crate::gate::Seen;
use crate::post::clause;
use crate::rules::{Book, Hit, Rule, Text, rule};

/// The marks of a post, each looked for when it is first asked for: few questions want all of them.
#[derive(Debug)]
pub(crate) struct Marks<'a> {
    text: Text<'a>,
    quotes: OnceCell<Vec<Range<usize>>>,
    hits: [OnceCell<Vec<Hit>>; RULES.len()],
}

/// What speaks against taking words at face value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Against {
    /// The reason code, `shown.…`.
    pub code: &'static str,
    /// Where it stands.
    pub range: Range<usize>,
    /// What is left of a score, 0 to 1.
    pub keeps: f32,
    /// The stance it means, where it means one.
    pub stance: Option<Stance>,
}

const RULES: &[Rule] = &[
    // Telling what others said.
    rule(
        "said",
        1.0,
        r"\b(?:said|says|say|saying|stating|states|quote|quoted|quoting|wrote|writes?|writing|tweeted|posted|posting|yelled|yelling|screamed|shouted|chant(?:ed|ing|s)?|told|telling|called|calling|messages?|comments?|threats?|texts?|emails?|letters?|voicemails?|posts?|statements?|phrases?|things|stuff|words?|like|sent|send|received|got|getting|titled|book|song|movie|film|album|episode|headline|sign|dijo|dicen|escribio|mensajes?|amenazas?)[ :,'-]{0,4}(?:like |such as |that |is |was |of |saying |reading )?$",
    ),
    rule(
        "shown.quotation",
        0.25,
        r"\b(?:(?:they|he|she|people|someone|somebody|trump|biden|officials?|police|some|who|and|then|also|literally|actually|only|just|voters?|trolls?) )(?:said|says|wrote|tweeted|yelled|screamed|shouted|claims?|claimed|told (?:me|us|her|him|them)|threatened|promised|vowed)\b|\b(?:tells|telling|told|urges|urged|asks|asked) (?:[a-z]+ ){1,3}to\b|\bstatement\b",
    ),
    rule(
        "shown.victim",
        0.2,
        r"\b(?:threatened (?:me|us|my|to)|threats? (?:against|to|at|towards?|on) (?:me|us|my|our|him|her|them|election|poll)|(?:got|getting|get|received?|receiving|gets) (?:death |more |so many |these |a |another |violent |nasty |vile )*(?:threats?|threatened|messages?|calls?|voicemails?|letters?|emails?)|(?:sent|send|sends|called|emailed|texted|messaged|told|telling|dm'?e?d) (?:me|us) |(?:my|our) (?:home|house|family|kids|address) (?:was|were|is|has|got)|i(?:'m| am| was) (?:scared|afraid|terrified|being)|(?:screamed|yelled|shouted|said|told us|warned us) (?:that )?(?:he|she|they|we)(?:'d|'ll| would| will| should)|someone (?:told|called|texted|messaged|sent|emailed) (?:me|us)|me amenaz|nos amenaz|recibi)",
    ),
    rule(
        "shown.news",
        0.3,
        r"\b(?:arrested|charged (?:with|for|after|over)|sentenced|convicted|pleaded|pled guilty|pleads? (?:not )?guilty|jailed|guilty of|(?:gets?|got|given|serving|serves|faces) (?:up to |at least )?[0-9]+ (?:months|years|days|weeks)|indicted|prosecut(?:or|ors|ed)|suspect(?:ed)?|alleged(?:ly)?|accused of|according to|police (?:say|said|report|are|arrest)|authorities|investigat(?:ors?|ing|ion)|the fbi|sheriff'?s? (?:office|deputies|department)|court (?:records|documents|filing|heard)|affidavit|reported(?:ly)?|reports? (?:say|that|of|documents?)|our report|the report|study|survey|researchers?|documented|breaking|just in|news|was (?:killed|shot|murdered|attacked|stabbed)|were (?:killed|shot|murdered|attacked)|(?:has|have) been (?:killed|shot|murdered|attacked)|assassination (?:attempt|plot)|attempted (?:assassination|murder)|tried to (?:kill|shoot|assassinate|murder|overthrow|hang)|wanted to (?:kill|hang|shoot)|plot(?:ted|ting)? to|plotting|jury|trial|murder of|killing of|death of|shooting (?:of|at|in)|detenid|detienen?|condenan|arrestad|acusad|segun|policia)\b",
    ),
    rule(
        "shown.counter",
        0.2,
        r"\b(?:please stop|stop (?:sharing|posting|spreading|doxx?ing|threatening|harassing|saying|calling)|(?:is|are|'s|was|that'?s) (?:not ok(?:ay)?|wrong|unacceptable|disgusting|despicable|horrif\w+|terrible|never ok(?:ay)?|illegal|a crime|a felony|dehumanizing|dehumanising|hurtful|deeply hurtful|chilling)|not ok(?:ay)? to|never ok(?:ay)? to|(?:i|we) (?:[a-z]+ )?condemn|condemn(?:s|ed|ing)? (?:the |these |all |any |such )?(?:threats?|violence|attacks?|harass\w+|doxx?ing|this|that|it)|no place (?:for|in)|should be (?:banned|reported|fired) for|i will report|report (?:it|this|them|these|him|her)|get (?:you )?(?:banned|blocked)|will get blocked|shame on (?:anyone|people|those|whoever)|have to stop|need to stop|needs to stop|must stop|has to stop|consequences for|shows (?:how|what)|horrible (?:thing|person|way)|leave (?:him|her|them) alone|take (?:it|this) down|deserve to be in prison for|in jail for|take you to court|can'?t believe (?:people|someone|anyone)|anyone who (?:says|writes|threatens)|whoever (?:says|said|wrote|writes|posted|sent|left|made|told)|people who (?:say|write|send|post|threaten|dox)|no respect for|(?:is|are|was) (?:sick|vile|evil|cowardly|shameful)\b[^.!?\n]{0,12}stop|leave (?:the|that|this) [a-z ]{2,20} (?:alone|be)|take it down|don'?t (?:share|post|spread|dox|threaten|harass|try to (?:identify|find))|no (?:l[oa]s? )?(?:amenac|compart|publiqu|difund)|por favor no|dejen de|basta de)\b",
    ),
    rule(
        "shown.negation",
        0.15,
        r"\b(?:not|never|no one|nobody|none|don'?t|do not|doesn'?t|does not|didn'?t|did not|won'?t|wouldn'?t|would never|should ?n'?t|should never|should not|must ?n'?t|must not|cannot|can'?t|isn'?t|is not|aren'?t|wasn'?t|without|against|no [a-z]+ (?:deserves?|ought|should|has to|needs?)|refuse to|stop|avoid|prevent|protect(?:ing)?|instead of|rather than|nadie|nunca|jamas|no)(?:[\x20\n]{1,2}[a-z']+){0,3}[\x20\n]?$",
    ),
    rule(
        "shown.fiction",
        0.2,
        r"\b(?:movie|film|novel|book (?:rec|review|club)|chapter|episode|season (?:[0-9]|finale|premiere)|finale|spoilers?|the show|tv show|series|netflix|hbo|anime|manga|video ?game|gameplay|gaming|the game|minecraft|fortnite|call of duty|gta|skyrim|elden ring|boss fight|final boss|my character|npc|dnd|d&d|campaign setting|western about|lyrics|song|album|podcast|true crime|fan ?fic|comic|pelicula|serie|novela|capitulo|videojuego)\b",
    ),
    rule(
        "shown.sport",
        0.2,
        r"\b(?:from three|three-?pointer|crossover|touchdowns?|quarterback|qb|offense|defense|defence|the coach|playoffs?|playbook|scored|scoring|inning|home run|pitcher|batting|goalie|hat trick|free throw|rebounds|dunk|buzzer|halftime|overtime|super bowl|nba|nfl|mlb|nhl|ufc|fantasy (?:team|football|league)|line ?up|bullpen|dropped \d+ on|partido|gol|equipo|futbol)\b",
    ),
    rule(
        "shown.idiom",
        0.1,
        r"(?:\bblow(?:s|n|ing)? up (?:in|is|on) (?:his|her|their|your|my|our) faces?\b|\b(?:if|when|say|suppose|like when) you (?:break|cut|smash|burn) your\b|\byou (?:break|cut) your (?:other )?(?:leg|arm|neck)\b|\bbreak (?:your|the) other\b|\bbeat the hell out of (?:my|the|that|a) (?:[a-z]+ ){0,1}(?:rug|car|engine|alternative|drum|old one|other option)\b|\bheads? will roll\b|\bcut off (?:their|his|her|your|my|our) nose\b|\bhead on\b|\b(?:followed|following) (?:you|u|back)\b[^.!?\n]{0,6}(?:$|[^a-z])|\bgot (?:you|us) covered\b|\bdrag(?:s|ged|ging)? (?:the|their|his|her|us|it|this)[a-z ]{1,25} down\b|\b(?:crush|bury|beat|destroy|slaughter|stomp|smash|whip|trounce|pummel)(?:ed|ing)? (?:them|him|her|these [a-z]+|the [a-z]+) (?:in november|next (?:month|week|year)|on election|at the|with (?:our )?votes?|by voting)|\bor (?:else )?(?:you(?:'ll| will) |we(?:'ll| will) |i(?:'ll| will) )?(?:face|be|get|see|file|start|call for)[a-z ]{0,14} (?:recall\w*|sued|lawsuits?|petition|subpoena\w*|audit\w*|impeach\w*|court|primary|primaried|voted out|complaint|charges|investigation|fired)\b|\b(?:pagar|arrepentir)[a-z ]{0,20}(?:en las urnas|con (?:tu|su|nuestro) voto|en noviembre|en la corte|en los tribunales|ante la ley)|\b(?:pay|regret\w*|answer)[a-z ,]{0,25}(?:at the (?:ballot|polls|voting)|in november|on election day|next election)|\bvot(?:e|ed|ing|es) for[a-z ,]{1,30}(?:regret\w*|sorry|pay)|\b(?:days are|number is|time is)[a-z ,]{1,20}(?:senator|governor|mayor|congress\w*|we vote|november|election)|\b(?:shot|shoots?|shooting) (?:himself|herself|themselves|yourself|myself) in the foot|\bhang (?:on|in|out|up|tight|around|with|a|the (?:flag|sign|picture|banner|wreath|lights))\b|\bhanging (?:out|on|in|around|with|by|over)|\bhung (?:up|out|over|jury)|\bkill(?:ing|ed|s)? (?:time|it|the (?:vibe|mood|bill|deal|economy|market|project|engine|lights|process|competition|filibuster|dream|party|joke|thread|buzz)|(?:a|this|that|any|his|her|our|their|the)(?: [a-z]+){0,2} (?:bill|plan|law|act|amendment|proposal|deal|motion|measure|policy|program|vibe|mood|buzz)|jobs|public|small business(?:es)?|two birds|some time|an hour|the game|my (?:vibe|mood|battery|phone)|democracy|me\b)|\bkilling me\b|\bkiller (?:deal|app|workout|crossover|whale|bee|song|view|feature|outfit)|\b(?:would|i'?d|to|could) kill for\b|dressed to kill|if looks could|\bmurder (?:hornets?|mystery|on my)|\bis (?:absolute |pure )?murder\b|shoot (?:me|us|him|her|them|you|over) (?:an?|your|the|some)? ?(?:e-?mail|text|message|dm|note|line|pic)|\bshoot(?:ing)? (?:hoops|for|from|the (?:breeze|shit|moon|messenger|film|video|puck|ball)|an? (?:film|movie|video|ad|commercial|scene|pilot|game|basket|[0-9]+)|pool|photos?|pictures?|up (?:in|to))|photo ?shoots?|\bshots? of (?:espresso|tequila|whiskey|vodka|insulin)|\b(?:flu|covid|vaccine|booster|long|mug|screen|head|game|best|hot|cheap|parting|big|one|free|money|selfie|video) ?shots?\b|\b(?:bomb ?cyclone|photo ?bomb|bath bombs?|the bomb|da bomb|bomb ass|bombed (?:the|my|that|an?) (?:test|exam|interview|audition|joke))|\bdead ?(?:line|lift|lock|pan|beat|pool|wood|end|weight|battery|last|serious|tired|wrong)|\b(?:drop|knock|sell|scared|bored|tickled|drunk)(?:ing|ed)? (?:to|pink|me|half)? ?dead?\b|\bdying (?:to|of|laughing|inside|rn|at this)|\bi(?:'m| am) (?:dead|dying|crying)|\b(?:die|died|dying) (?:laughing|inside|of (?:laughter|boredom|embarrassment|cringe|cuteness))|\bdie ?hards?\b|\bdie on (?:this|that|the|my)|(?:is|are|food|was) to die for\b|\bburn (?:calories|rubber|the (?:playbook|candle|midnight|toast|calories|bra|flag)|out|bridges)|\bburn(?:ed|t)? ?out\b|\bslow ?burn\b|\bburn(?:ing)? (?:question|man|desire|through (?:cash|money))|\bfired? up\b|(?:\b(?:is|are|am|was|were|been|be|totally|absolutely|straight|so)|'s|'re|'m) on fire\b|\bslay(?:ed|ing|s)?\b|\bcrush(?:ed|ing|es)? (?:it|this|that|on|the (?:interview|exam|test|workout|numbers|competition|debate|polls?))|\bhave a crush|\b(?:beat|beats|beating) (?:the (?:traffic|heat|odds|rush|system|spread|crowd|clock|streak|drum|egg)|around|eggs|them at the (?:polls|ballot)|(?:him|her|them|trump|harris|biden|kamala|you)? ?(?:in|at|by|on) (?:the )?(?:nov|polls?|ballot|election|primary|debate|court|swing|state|michigan|pennsylvania|georgia|wisconsin|arizona|a landslide|landslide|[0-9]))|\bdead(?:beat)\b|\b(?:will|would|can|could|to|'ll|gonna) (?:easily |still )?(?:beat|destroy|crush|smash|bury|slaughter|whip) (?:him|her|them|trump|harris|biden|kamala|vance|walz)(?:$|[.!?,]| (?:in|by|and|with|at|because|handily|easily|big))|\bhit (?:me up|the (?:road|gym|polls|like|books|nail|ground|link|button|hay|sack)|piece|song|single|a (?:home|wall|snag))|\bstab (?:at|in the dark)|\btake a stab|\bback ?stab\w*|\bgot (?:slaughtered|killed|murdered|crushed|destroyed|smoked|roasted) (?:in|by|at|on)|\bblow(?:n|s|ing)? up my (?:phone|notifications|mentions|feed)|\bblew up\b|\bbur(?:y|ied|ying) (?:them|him|her|us|me|you|it)? ?(?:in|under|with) (?:votes|ballots|paperwork|snow|a landslide|work|emails?|debt|the lede|laundry)|\b(?:them|him|her|it|this) (?:at|in|through) the (?:polls|ballot box|primary|general|midterms|debate)|\bexecut(?:e|ed|es|ing|ion of) (?:the|a|this|our|on|that)(?: [a-z]+){0,2} (?:plan|order|strategy|orders|play|contract|search|agenda|recount|program)|\bbreak a leg|\bbite the bullet|\bbullet ?(?:points?|proof|train|journal)|\bsilver bullet|\bdodged? a bullet|\broot and branch\b|\brope (?:them|him|her|me|in)? ?in\b|\bjump(?:ing)? ?rope|\bon the ropes|\bpull(?:ed|ing)? the trigger on|\btrigger(?:ed|ing)? (?:warnings?|by|the libs?|me|you|alert|a|an)|\bgas (?:prices?|station|pump|tax|line|stove|money|bill|up|lighting|mileage|car|is|at|was|and|leak|pedal)|\bgaslight\w*|\bknock(?:ing|ed)? (?:on wood|off|it out|out of the park|doors?|on doors?|em dead|it off)|\bknock(?:ed|s|ing)? (?:our|my|your|his|her|their|the)? ?socks|\bwhip(?:ped)? (?:cream|up|the votes?|count)|\bmajority whip|\bpunch(?:ed|ing)? (?:line|card|in|out|above|the (?:clock|ballot|ticket|card|air)|your ticket)|\bpunch ?(?:bowl|lines?|drunk)|\bsmash(?:ed|ing)? (?:that|the|like|hit|burger|bros|success|records?)|\battack ads?\b|\bheart attacks?|\bpanic attacks?|\bdestroy(?:ed|s|ing)? (?:our|the|this|that|your) (?:[a-z]+ )?(?:way of life|dream|middle class|schools|country|nation|economy|democracy|constitution|republic|party|argument|narrative|lives|world|planet|environment)|\bhunt(?:ing)? (?:for (?:a|the|bargains|easter)|season|license|dog|trip|deer)|\bwitch ?hunts?|\btreasure hunts?|\bjob ?hunt\w*|\bscavenger hunt|\bhouse ?hunt\w*|\bdeer hunt\w*|\bto death of\b|\bsick to death|\bdeath (?:tax|star|valley|metal|and taxes|penalty|toll|row|rates?)|\bblood (?:drive|type|test|pressure|moon|donor|bank|sugar|work)|\bgrave(?:yard| concern| mistake| danger| yard shift| yard)\b|\bshootout\b|\btrouble ?shoot\w*|\bchoke(?:d|s)? (?:up|on (?:my|coffee|the)|in the)|\bartichoke|\bdrowning in (?:debt|work|paperwork|emails?)|\bpoison (?:ivy|pill|oak)|\bto end (?:the|all|this|it)\b|\bno end\b|\bweek ?end)",
    ),
    rule(
        "shown.satire",
        0.3,
        // The signs that a space stands for are written out at “/s”, and the digits apart, so that the gate sees a word there.
        r"(?:(?:^|[(?:\x20,'\x22*\x1a\n{13}).!-])/s(?:[(?:\x20,'\x22*\x1a\n{}).!-]|$)|(?:[(?:\x20,'\x22*\x1a\n{13}).!-]|^)/s[13]|\b/sarcasm|\bsatire\b|\bparody\b|#satire|#parody|\bthe onion\b|\bbabylon bee\b|\b(?:just|only|totally) (?:kidding|joking)\b|\bjk\b|\b(?:is|was|it'?s|just|only|as|such|what|total|complete|that'?s|be|for|made) a joke\b|\bsarcasm\b)",
    ),
    rule(
        "shown.self",
        0.2,
        r"\b(?:i|me|myself) (?:want|wanna|would like|need) to (?:die|disappear)|\bkill(?:ing)? (?:me|myself|my ?self)\b|\bhurt(?:ing)? myself|\bself ?harm|\bshoot me\b|\bend me\b|\bsuicidal\b|\bi (?:deserve|should|could|would|might) (?:to )?die\b|\bi(?:'d| would) rather die\b|\bplease kill me",
    ),
    rule(
        "shown.harmless",
        0.3,
        r"\b(?:thank (?:him|her|them|you)|to thank|lost (?:my |his |her |your |a )?(?:wallet|dog|cat|phone|keys|ring|purse|bag|camera)|return (?:it|his|her|their|this)|reunite|missing (?:person|child|girl|boy|since|from|teen)|amber alert|silver alert|last seen wearing|good samaritan|so (?:talented|good|funny|cute|handsome|gorgeous|beautiful|kind)|i love (?:him|her|them|this)|the (?:actor|actress|artist|band|singer|song|author|painter|composer|character|player|goalie)|this (?:band|artist|song|actor|singer|painting|quote|movie|bird|plant|dog|cat|flower|bug)|voice actor|fan account|this little (?:guy|girl|dude|fella)|my yard|collar|guess who|trivia|free (?:rides?|coffee|donuts|pizza|snacks|food|cookies|childcare)|rides to the polls|pollsters?|polling (?:as|at)|running for|get to know|gracias a|perdi(?:o|do)|desaparecid[oa])\b",
    ),
    rule(
        "denied",
        0.2,
        r"\b(?:no evidence|not true|untrue|false(?:ly)?|debunk(?:ed|s|ing)?|fact ?-?check(?:s|ed|ers?)?|misinformation|disinformation|conspiracy(?: theor(?:y|ies|ists?))?|hoax|myth|baseless|unfounded|no proof|never happened|did(?:n'?t| not) happen|wasn'?t (?:stolen|rigged)|was not (?:stolen|rigged|a)|is ?n'?t (?:true|real)|no,? the|apologi[sz]ed|pulled the film|retracted|recanted|settled|lawsuit|paid \$?\d+|found no|no discrepanc|(?:is|was|are|were) (?:a )?(?:lie|fake|false|bogus|nonsense)|lies about|(?:big|the) lie|cleared (?:of|by)|was doing (?:his|her|their) job|sealed bags|dismissed|rumou?rs?|sin pruebas|es falso|desmentid|mentira)\b",
    ),
    rule(
        "reported",
        0.3,
        r"\b(?:claims? (?:that|of|about)|claimed|claiming|alleg(?:es?|ed|edly|ations?|ing)|accus(?:es?|ed|ing|ation)|according to|report(?:s|ed|edly|ing)?|says|said|believes|(?:they|people|voters|who|many|some|still|republicans|democrats|supporters|americans|percent) (?:really |actually |still |all )?believe|think(?:s|ing)? that|people who (?:say|think|believe)|so-called|apparently|supposedly|trending|muting|the word|asked about|was asked|testified|argue[sd]?|arguing|insist(?:s|ed)?|(?:over|airing|spreading|pushing|repeating) (?:the |false |these |those )?claims?|for (?:airing|claiming|saying|spreading|publishing|repeating)|told (?:the |a |an )?(?:[a-z]+ ){1,4}that|defamation|jurors?|jury|speech (?:was )?about|goes on about|ranting about|dicen que|segun|afirman?|aseguran?)\b",
    ),
];

pub(crate) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

impl<'a> Marks<'a> {
    /// Prepares for the marks of `text`, the reading of a post, of which `seen` says which rules are worth asking.
    pub fn of(text: &'a str, seen: &Seen) -> Self {
        Self::in_text(Text::new(text, *seen))
    }

    /// As [`Marks::of`].
    pub fn in_text(text: Text<'a>) -> Self {
        let hits = std::array::from_fn(|_| OnceCell::new());
        Self { text, quotes: OnceCell::new(), hits }
    }

    fn quotes(&self) -> &[Range<usize>] {
        self.quotes.get_or_init(|| quotes(self.text.as_str()))
    }

    /// Returns the hits of the rules whose codes are `wanted`, in the order of the rules.
    fn hits(&self, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = &Hit> {
        let rules = RULES.iter().zip(&self.hits).enumerate().filter(move |(_, (rule, _))| wanted(rule.code));
        rules.flat_map(|(at, (_, hits))| {
            hits.get_or_init(|| {
                let mut hits = Vec::new();
                BOOK.ask(at, &self.text, &mut hits);
                hits
            })
        })
    }

    /// Returns what speaks against taking the words at `range` at face value, strongest first.
    pub fn against(&self, range: &Range<usize>) -> Vec<Against> {
        let (text, mut out) = (self.text.as_str(), Vec::new());
        let here = clause(text, range);
        for quote in self.quotes() {
            // Words set in quotes count as another's where they are a part of the sentence, not the whole post.
            if quote.start <= range.start && range.end <= quote.end {
                let whole = quote.len() * 10 >= text.trim().len() * 9;
                let keeps = if whole { 0.6 } else { 0.3 };
                out.push(Against {
                    code: "shown.quotation",
                    range: quote.clone(),
                    keeps,
                    stance: Some(Stance::Reported),
                });
            }
        }
        let before = &text[here.start.min(range.start)..range.start];
        if let Some(hit) = negation(before) {
            let at = here.start + hit.start..here.start + hit.end;
            out.push(Against {
                code: "shown.negation",
                range: at,
                keeps: 0.15,
                stance: Some(Stance::Denied),
            });
        }
        if let Some(hit) = inner_negation(&text[range.clone()]) {
            let at = range.start + hit.start..range.start + hit.end;
            out.push(Against {
                code: "shown.negation",
                range: at,
                keeps: 0.15,
                stance: Some(Stance::Denied),
            });
        }
        // What is said in front of a quotation, denied near or told of claims is no sign by itself.
        let signs = |code: &str| !matches!(code, "said" | "shown.negation" | "denied" | "reported");
        for hit in self.hits(signs) {
            let near = match hit.code {
                "shown.quotation" => {
                    hit.range.end <= range.start + 2 && range.start - hit.range.end.min(range.start) < 60
                }
                "shown.idiom" => hit.range.start < range.end && range.start < hit.range.end,
                "shown.self" => hit.range.start <= range.end && range.start <= hit.range.end,
                "shown.victim" | "shown.counter" => !hit.range.contains(&range.start),
                "shown.news" => {
                    !(range.start <= hit.range.start && hit.range.end <= range.end) || range.len() < 40
                }
                "shown.fiction" | "shown.sport" | "shown.satire" | "shown.harmless" => true,
                _ => false,
            };
            if near {
                let stance = match hit.code {
                    "shown.quotation" | "shown.news" | "shown.victim" => Some(Stance::Reported),
                    "shown.counter" => Some(Stance::Denied),
                    _ => None,
                };
                out.push(Against {
                    code: hit.code,
                    range: hit.range.clone(),
                    keeps: RULES[hit.rule].weight,
                    stance,
                });
            }
        }
        out.sort_by(|a, b| a.keeps.total_cmp(&b.keeps).then(a.range.start.cmp(&b.range.start)));
        out.dedup_by(|a, b| a.code == b.code);
        out
    }

    /// Returns the codes of all marks, each once.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = self.hits(|_| true).map(|hit| hit.code).collect();
        if !self.quotes().is_empty() {
            codes.push("quotes");
        }
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Tells how the writer stands to a claim stated at `range`, and the words that show it. `words` are those that post and
    /// claim share; `negative` tells that the claim itself says that something is not so, so that saying it denies nothing.
    pub fn on_claim(
        &self,
        range: &Range<usize>,
        words: &[Range<usize>],
        negative: bool,
    ) -> (Stance, Option<Range<usize>>) {
        let text = self.text.as_str();
        let here = clause(text, range);
        let asked = question(text, &here);
        let denied = self.hits(|code| matches!(code, "denied" | "shown.counter")).next();
        if let Some(hit) = denied {
            // “or is that just a rumour?” asks.
            return match asked {
                Some(at) if here.start <= hit.range.start && hit.range.end <= here.end => {
                    (Stance::Asked, Some(at))
                }
                _ => (Stance::Denied, Some(hit.range.clone())),
            };
        }
        if let Some(at) = asked {
            return (Stance::Asked, Some(at));
        }
        if let Some(quote) =
            self.quotes().iter().find(|quote| quote.start <= range.start && range.end <= quote.end)
        {
            return (Stance::Reported, Some(quote.clone()));
        }
        if !negative && let Some(at) = denial(text, words) {
            return (Stance::Denied, Some(at));
        }
        let said = |hit: &&Hit| {
            let so = text[hit.range.end..].starts_with(" so");
            hit.code == "shown.satire" || hit.code == "reported" && !so
        };
        let told = |code: &str| matches!(code, "shown.satire" | "reported");
        if let Some(hit) = self.hits(told).find(said) {
            return (Stance::Reported, Some(hit.range.clone()));
        }
        (Stance::Asserted, None)
    }
}

/// Returns a denial of what a claim says: “did not”, “there were no”, right in front of words of the claim. What is said not
/// to have been counted, shown or let in is an accusation and no denial.
fn denial(text: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    static NOT: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"\b(?:(?:did|do|does|was|were|is|are|has|have|had)(?: not|n'?t)|(?:there|it) (?:is|are|was|were)(?: not|n'?t| no| never)|(?:has|have|had) no|no|never|nobody|nothing|none|no one|nope|no (?:hay|hubo|habia|es|era|eran|son|fue|fueron|han|se)|nunca|jamas|nadie|ningun[oa]?)(?: (?:even|ever|actually|really|have|has|get|be|been|being|a|an|any|one|single|the|by|of|such|in|ni|una|un|las|los|el|la|[0-9][0-9.,]*|thousand|million|ten|hundred)){0,3}[ ,]{1,2}$",
        )
    });
    // Complaints, not denials.
    static YET: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"\b(?:no (?:doubt|wonder|way|longer|matter|explanation|surprise)|(?:do|did|does)(?: not|n'?t) (?:want|care|tell|let|trust|believe|count|know|even need)|never (?:mind|forget|again)|nobody (?:wins|does|did|says|cares|talks)|no one (?:wins|does|did|says|cares|talks))[ ,a-z]{0,12}$",
        )
    });
    static LEFT_OUT: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"^(?:count(?:ed|ing)?|observ\w+|watch\w*|witness\w*|challeng\w*|sign(?:ed|atures?)?|chain|custody|record\w*|registered|eligible|audit\w*|verif\w+|check\w*|id|ids|ask\w*|request\w*|allow\w*|let|delivered|mailed|received|contad[oa]s?|testigos?|observador\w*|firma\w*)\b",
        )
    });
    words.iter().find_map(|word| {
        let here = clause(text, word);
        let before = &text.as_bytes()[here.start..word.start.max(here.start)];
        let found = NOT.find(before)?;
        let ours = &text.as_bytes()[word.start..];
        (!YET.is_match(before) && !LEFT_OUT.is_match(ours))
            .then(|| here.start + found.start()..here.start + found.end())
    })
}

/// Tells whether a text says that something is not so.
pub(crate) fn negative(text: &str) -> bool {
    static NOT: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(r"\b(?:not|no|never|without|missing|un[a-z]+ed|nobody|none|[a-z]+n'?t)\b")
    });
    NOT.is_match(text.as_bytes())
}

/// Returns a negation in the last words of `before`, in bytes of it.
pub(crate) fn negation(before: &str) -> Option<Range<usize>> {
    static NOT: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        let list = RULES.iter().find(|rule| rule.code == "shown.negation").map_or("", |rule| rule.pattern);
        crate::rules::pattern(list)
    });
    // "why not", "if not", "can't wait to", "don't care if", "will not stop until" deny nothing.
    static YET: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"(?:why not|why don'?t|if not|can'?t wait|can'?t hold|cant wait|cannot wait|don'?t care|not only|not just|not stop|won'?t stop|never stop|not rest|no mercy|no doubt|no choice|not saying|if you don'?t|if they don'?t|doesn'?t mean|why shouldn'?t|why haven'?t|no longer|no one would care|not sure)",
        )
    });
    let found = NOT.find_iter(before.as_bytes()).last()?;
    (!YET.is_match(before.as_bytes())).then(|| found.range())
}

/// Returns a negation inside the words of a match, as in “should not allow anyone to be hurt”.
fn inner_negation(words: &str) -> Option<Range<usize>> {
    static NOT: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"\b(?:should|must|do|does|did|would|could|can|will|ought)(?: not|n'?t| never) (?:ever |to )?(?:allow|let|be (?:killed|shot|hurt|attacked|raped|tortured|murdered|harmed|hanged|executed|put)|have to|deserve|want|condone|kill|hurt|harm|die|get)\b|\b(?:no one|nobody|never|no [a-z]+ (?:should|deserves?|ought|needs))\b",
        )
    });
    NOT.find(words.as_bytes()).map(|found| found.range())
}

/// Returns the question mark that ends the clause `here`, where the clause asks rather than exclaims.
fn question(text: &str, here: &Range<usize>) -> Option<Range<usize>> {
    static ASKS: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
        crate::rules::pattern(
            r"(?:^(?:[^a-z]*(?:but|so|and|ok|wait|hey|quick question|honest question|genuine question|serious question|question|just curious|um|hmm)[ :,-]+)?[^a-z]*|(?:question|curious|asking|wondering|tell me)[a-z ]{0,40}[:,] |, )(?:is|are|was|were|did|does|do|has|have|can|could|would|will|where|how|what|who|which|when|any(?:one|body)? |es |hay |que |como |donde |acaso |de verdad |sera )\b",
        )
    });
    let asked = text.as_bytes().get(here.end) == Some(&b'?');
    (asked && ASKS.is_match(&text.as_bytes()[here.clone()])).then(|| here.end..here.end + 1)
}

/// Finds stretches between quotation marks: `"…"` on one line, and `'…'` where the marks stand outside words.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    for mark in [b'"', b'\''] {
        let mut open: Option<usize> = None;
        // Quotation marks of one sign may stand on two lines.
        let ends = if mark == b'\'' { b'\n' } else { mark };
        for at in memchr2_iter(mark, ends, bytes) {
            if bytes[at] != mark {
                open = None;
                continue;
            }
            let before = at.checked_sub(1).map_or(b' ', |i| bytes[i]);
            let after = bytes.get(at + 1).copied().unwrap_or(b' ');
            let opens = !before.is_ascii_alphanumeric() && !after.is_ascii_whitespace();
            let closes = !before.is_ascii_whitespace() && !after.is_ascii_alphanumeric();
            match open {
                Some(start) if closes => {
                    if at > start + 3 {
                        out.push(start..at + 1);
                    }
                    open = None;
                }
                _ if opens => open = Some(at),
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what speaks against the word between brackets.
    #[track_caller]
    fn check(marked: &str, expected: Option<&str>) {
        let start = marked.find('[').unwrap();
        let end = marked.find(']').unwrap() - 1;
        let text = marked.replace(['[', ']'], "");
        let found = Marks::of(&text, &crate::rules::look(&text)).against(&(start..end));
        assert_eq!(found.first().map(|against| against.code), expected, "{marked}");
    }

    #[test]
    fn what_speaks_against_is_found() {
        check("we will [kill them] all", None);
        check("she said on stage, \"we will [kill them]\" and left", Some("shown.quotation"));
        check("i would never [hurt them]", Some("shown.negation"));
        check("can't wait to [hurt them]", None);
        check("[hang on], be there soon", Some("shown.idiom"));
        check("i got threats: they will [shoot us]", Some("shown.victim"));
        check("he [shoots] from three", Some("shown.sport"));
        check("man arrested after plan to [kill a judge]", Some("shown.news"));
    }

    #[test]
    fn a_claim_is_asked_denied_or_stated() {
        for (text, expected) in [
            ("is it true that the machines flipped votes?", Stance::Asked),
            ("no evidence that the machines flipped votes", Stance::Denied),
            ("the machines flipped votes", Stance::Asserted),
            ("they allege the machines flipped votes", Stance::Reported),
            ("no, machines did not flip votes", Stance::Denied),
            ("serious question for you all: did machines flip votes?", Stance::Asked),
            ("there were no machines that flipped votes", Stance::Denied),
            ("no wonder machines flip votes", Stance::Asserted),
            ("the network pays for airing that machines flipped votes", Stance::Reported),
            ("machines flip votes, the audit said so", Stance::Asserted),
        ] {
            let at = text.find("machines").unwrap();
            assert_eq!(
                Marks::of(text, &crate::rules::look(text))
                    .on_claim(&(at..text.len() - 1), std::slice::from_ref(&(at..at + 8)), false)
                    .0,
                expected,
                "{text}"
            );
        }
    }
}
