//! Address: a street address or post box.
//!
//! A house number, a street name and a word for a street; or a number, a name and a town with state or ZIP code. Numbers
//! before common words (`24 hours drive`, `100 main street businesses`) are not addresses: the name must be able to be one.

use std::ops::Range;
use std::sync::LazyLock;

use record::{Exposure, Finding, Reason};
use regex::bytes::Regex;

use super::{Detector, contact, in_link};
use crate::post::Post;
use crate::rules::{Search, pattern};

pub(super) const ABOUT: Detector =
    Detector { name: "address", version: 2, what: "a street address or post box" };

/// Words for streets (USPS Publication 28, appendix C1, the usual ones) that hardly mean anything else.
const SURE: &str = "street|str|avenue|ave|av|aven|avenu|boulevard|blvd|boul|bvd|road|rd|drive|dr|drv|lane|ln|court|ct|circle|cir|terrace|ter|terr|parkway|pkwy|pky|pakway|parkwy|highway|hwy|hgwy|freeway|fwy|expressway|expy|turnpike|tpke|pike|trail|trl|trails|way|place|pl|plaza|plz|square|sq|loop|alley|aly|crescent|cres|cove|cv|crossing|xing|heights|hts|ridge|rdg|broadway|causeway|esplanade|extension|ext|commons|concourse|promenade|mews|manor|mnr|landing|lndg|hollow|holw|grove|grv|glen|gln|gardens|gdns|estates|ests|creek|crk|canyon|cyn|bypass|byp|bluff|blf|bend|bnd|beach|bch|row|run|walk|path|pass|park|point|pt|pointe|quay|route|rte|speedway|spur|station|summit|track|valley|vly|view|vw|village|vlg|vista|vis|wharf|hill|hills|hl|hls|lake|mall|meadows|mdws|oval|overlook|calle|avenida|camino|carretera|paseo|calzada|bulevar|st";

pub(super) static STREET: LazyLock<Search> = LazyLock::new(|| {
    Search::new(&format!(
        r"\b(?P<number>[0-9]{{1,6}}(?:[\x20-]?[a-z])?(?:-[0-9]{{1,5}})?(?:\x201/2)?|one|[nsew][0-9]{{2,3}}\x20?[nsew][0-9]{{3,5}})(?:\x20?,\x20|\x20{{1,2}}(?:-\x20)?)(?P<body>(?:(?:[nsew]|no|so|[ns][ew]|[nsew]\.|[ns]\.?[ew]\.?|north|south|east|west|northeast|northwest|southeast|southwest)\.?\x20{{1,2}})?(?:(?:[a-z0-9'&./-]+)\x20{{1,2}}){{1,5}}?(?P<first>{SURE})\b\.?(?:\x20{{1,2}}(?P<type>{SURE})\b\.?){{0,2}})"
    ))
});

/// Number, a kind of road, and its number or letter: `8247 highway 9`, `66 avenue j`, `10128 county road 12`.
pub(super) static ROUTE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?P<number>[0-9]{1,6}[a-z]?)\x20?,?\x20{1,2}(?P<body>(?:(?:[nsew]|[ns][ew]|north|south|east|west|northwest|northeast|southwest|southeast|old|scenic)\.?\x20{1,2}){0,2}(?:(?:us|u\.s\.|state|county|co|country|cnty|farm to market|ranch|township|twp|forest|[a-z]{2}|[a-z]{3,10} county)\.?\x20)?(?:highway|hwy|route|rte|rt|road|rd|cr|sr|fm|rr|avenue|ave|street|interstate|us|spur|loop|calle|carretera)\.?\x20?#?(?:[0-9]{1,5}[a-z]?|[a-z])\b(?:\x20(?:[nsew]|north|south|east|west|[ns][ew])\b)?)",
    )
});

/// Number, direction and a name or number, without a word for a street: `350 n. lasalle`, `6641 n 2200 w`.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<number>[0-9]{1,6}(?:-[0-9]{1,5})?[a-z]?)\x20?,?\x20{1,2}(?P<body>(?:(?:[nsew]|so|no|[ns][ew]|n\.?e|s\.?e|n\.?w|s\.?w|north|south|east|west|northeast|northwest|southeast|southwest)\.?\x20{1,2})?(?:[a-z][a-z'.-]*|[0-9]{1,5}(?:st|nd|rd|th)?)(?:\x20[a-z][a-z'.-]*){0,2}(?:\x20[nsew]\b)?)",
    )
});

/// What may follow the street: direction, unit; then town, state, ZIP code, where they come together.
static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?P<side>,?\x20(?:n|s|e|w|ne|nw|se|sw|n\.?[ew]\.?|s\.?[ew]\.?|north|south|east|west|northeast|northwest|southeast|southwest)\b\.?)?(?P<unit>\x20?,?\x20?(?:(?:apt|apartment|unit|suite|ste|no|fl|floor|rm|room|bldg|building|lot|trlr|spc|dept|box)\.?\x20?#?\x20?[a-z0-9-]{{1,6}}\b|#\x20?[a-z0-9-]{{1,6}}\b|[0-9]{{1,3}}(?:st|nd|rd|th)\x20(?:floor|fl|flr)\b|(?:first|second|third)\x20floor))?(?:(?P<town>\x20?,?[\x20\n]{{1,2}}[a-z][a-z.'-]+(?:\x20[a-z][a-z.'-]+){{0,3}}?)?\x20?(?:(?P<state>,?[\x20\n]{{1,2}}(?:{STATES})\b\.?)(?P<zip>,?\x20{{1,2}}[0-9]{{5}}(?:-?[0-9]{{4}})?\b)?|(?P<zip2>,?\x20{{1,2}}[0-9]{{5}}(?:-?[0-9]{{4}})?\b)))?"
    ))
});

const STATES: &str = "al|ak|az|ar|ca|co|ct|de|dc|fl|ga|hi|id|il|in|ia|ks|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|pr|ri|sc|sd|tn|tx|ut|vt|va|wa|wv|wi|wy|alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming";

pub(super) static BOX: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:(?:p\.?\s?o\.?\s?(?:box|drawer|bx)\s?#?\s?[0-9]{1,6}-[0-9]+)|box\s?#?\s?[0-9]{1,6},?\s[a-z. ]{3,25},?\s(?:[a-z]{2})\s[0-9]{5}|(?:p\.?\s?o\.?\s?)(?:box|drawer|bx)|post office box|apartado postal|(?:rr|hc|rural route|star route|hc rte|psc|cmr|unit)\s?#?\s?[0-9]{1,5},?\s?box|p\.?\s?o\.?)\s?#?\s?[0-9]{1,6}[a-z]?\b",
    )
});

/// Words that say that an address follows or went before.
static CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:lives?|living|address|house|home|moved|resides?|residence|stays?|staying|sleeps?|found (?:it|him|her|them)|say hi|go to|visit|mail(?: to)?|send|located|show up|knock|at|on|domicilio|direccion|vive en|casa|pin|map)\b[^.!?\n]{0,24}$",
    )
});

/// Words no street is named with, when written small: the number before them counts something.
const COUNTED: &[&str] = &[
    "hours",
    "hour",
    "hrs",
    "days",
    "day",
    "years",
    "year",
    "yrs",
    "weeks",
    "week",
    "months",
    "month",
    "minutes",
    "minute",
    "mins",
    "min",
    "seconds",
    "million",
    "billion",
    "thousand",
    "hundred",
    "percent",
    "people",
    "votes",
    "ballots",
    "voters",
    "states",
    "times",
    "more",
    "most",
    "dollars",
    "bucks",
    "points",
    "miles",
    "mile",
    "feet",
    "foot",
    "is",
    "are",
    "was",
    "were",
    "the",
    "a",
    "an",
    "to",
    "for",
    "in",
    "on",
    "at",
    "that",
    "this",
    "these",
    "those",
    "who",
    "what",
    "which",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "should",
    "my",
    "our",
    "their",
    "his",
    "her",
    "your",
    "you",
    "they",
    "we",
    "he",
    "she",
    "it",
    "i",
    "not",
    "no",
    "so",
    "if",
    "or",
    "but",
    "with",
    "from",
    "by",
    "as",
    "about",
    "than",
    "all",
    "each",
    "every",
    "some",
    "any",
    "other",
    "new",
    "different",
    "ways",
    "things",
    "reasons",
    "guys",
    "women",
    "men",
    "kids",
    "children",
    "cases",
    "deaths",
    "jobs",
    "seats",
    "electoral",
    "pm",
    "am",
    "and",
    "ave",
    "dr",
    "st.",
    "pepper",
    "likes",
    "polls",
    "rallies",
    "events",
    "debates",
    "trump",
    "harris",
    "biden",
    "democrats",
    "republicans",
    "americans",
    "illegals",
    "per",
    "via",
    "way",
    "dollar",
    "stars",
    "step",
    "steps",
    "tips",
    "million-dollar",
    "hrs.",
    "x",
    "vs",
    "v",
    "of",
    "up",
    "out",
    "down",
    "off",
    "just",
    "only",
    "like",
    "get",
    "got",
    "go",
    "going",
    "when",
    "while",
    "where",
    "there",
    "here",
    "how",
    "why",
];

/// Words behind a street that turn it into something else: `100 Main Street businesses`.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s?(?:business\w*|residents?|shops?|stores?|traffic|project|bridge closed|journal|banks?|bankers?|news|investors?|to go|to win|to vote|forward|closed|rally|protest\w*|exit|interchange|construction|crash|accident)\b",
    )
});

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    let text = post.folded.as_str();
    let bytes = text.as_bytes();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let seen = &post.seen_plain;
    let numbered = may_be_numbered(bytes);
    for (regex, kind) in [(ROUTE.if_worth(seen), 1), (STREET.if_worth(seen), 0), (Some(&*BARE), 2)] {
        let Some(regex) = regex.filter(|_| numbered) else { continue };
        let mut at = 0;
        while let Some(caught) = regex.captures_at(bytes, at) {
            let (Some(number), Some(body)) = (caught.name("number"), caught.name("body")) else { break };
            at = number.end();
            let range = number.start()..body.end();
            if taken.iter().any(|other| other.start < range.end && range.start < other.end)
                || !starts_well(text, range.start)
                || in_link(text, range.start)
            {
                continue;
            }
            let typ = caught.name("type").or_else(|| caught.name("first")).map(|found| found.as_str_bytes());
            let Some((range, score)) = weigh(post, &range, body.range(), typ, kind) else { continue };
            taken.push(range.clone());
            out.push(contact(post, &ABOUT, Exposure::Address, &range, score, "address.street"));
        }
    }
    for found in BOX.if_worth(seen).into_iter().flat_map(|regex| regex.find_iter(bytes)) {
        if !taken.iter().any(|other| other.start < found.end() && found.start() < other.end) {
            out.push(contact(post, &ABOUT, Exposure::Address, &found.range(), 0.65, "address.box"));
        }
    }
    for regex in [NATIVE.if_worth(seen), SPOKEN.if_worth(seen)].into_iter().flatten() {
        for caught in regex.captures_iter(bytes) {
            let (Some(all), Some(name)) = (caught.get(0), caught.name("name")) else { continue };
            // A name, not a remark: “one long road”.
            let named = text[name.range()]
                .split(' ')
                .scan(name.start(), |at, word| {
                    let here = *at;
                    *at += word.len() + 1;
                    Some((here, word))
                })
                .all(|(at, word)| word.len() <= 3 || post.capital(at));
            if named && !taken.iter().any(|other| other.start < all.end() && all.start() < other.end) {
                taken.push(all.range());
                out.push(contact(post, &ABOUT, Exposure::Address, &all.range(), 0.6, "address.street"));
            }
        }
    }
    described(post, out);
}

/// In the order of Spanish: `Calle Olmo 142`, `Avenida de los Sauces número 77`.
pub(super) static NATIVE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:calle|avenida|avda|camino|carretera|paseo|bulevar|privada|callejon|calzada)\.? (?P<name>(?:de (?:la |las |los )?|del )?[a-z]+(?:\x20[a-z]+){0,3}?),?\x20?(?:numero |num\.? |no\.? |#\x20?)?[0-9]{1,5}\b",
    )
});

/// With the house number in words: `one four two Sparrow Hill Road`.
pub(super) static SPOKEN: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[ -]){2,5}(?P<name>(?:[a-z'-]+\x20){1,3}(?:street|road|avenue|drive|lane|court|place|terrace|circle|trail|way|boulevard))\b",
    )
});

/// Tells whether something that could be a house number stands in front of something: a digit, at most a letter, and a
/// blank, comma or dash. Every pattern with a number in it needs that, or the word “one”.
fn may_be_numbered(bytes: &[u8]) -> bool {
    let parts = |at: usize| bytes.get(at).is_some_and(|b| matches!(b, b' ' | b',' | b'-'));
    let number = |at: usize| {
        bytes[at].is_ascii_digit()
            && (parts(at + 1) || parts(at + 2) && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
    };
    (0..bytes.len()).any(number) || bytes.windows(4).any(|word| word == b"one " || word == b"one,")
}

trait Bytes {
    fn as_str_bytes(&self) -> String;
}

impl Bytes for regex::bytes::Match<'_> {
    fn as_str_bytes(&self) -> String {
        String::from_utf8_lossy(self.as_bytes()).into_owned()
    }
}

/// Tells whether a house number may begin at `at`: not inside a price, date, time, score, mention or longer number.
fn starts_well(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match at.checked_sub(1).map(|i| bytes[i]) {
        None => true,
        Some(b'$' | b'#' | b'@' | b'.' | b',' | b':' | b'/' | b'+' | b'_' | b'-' | b'=' | b'\'') => {
            // "found it.14 elm st" and "(at)12 elm st" are rare; prices and scores are not.
            false
        }
        Some(byte) => !byte.is_ascii_alphanumeric(),
    }
}

/// Returns the whole address from `range` on and how sure it is, or `None` where it is no address.
fn weigh(
    post: &Post,
    range: &Range<usize>,
    body: Range<usize>,
    typ: Option<String>,
    kind: u8,
) -> Option<(Range<usize>, f32)> {
    let text = post.folded.as_str();
    let words: Vec<(usize, &str)> = text[body.clone()]
        .split_whitespace()
        .map(|word| {
            (
                word.as_ptr() as usize - text.as_ptr() as usize,
                word.trim_matches(|c: char| !c.is_ascii_alphanumeric()),
            )
        })
        .collect();
    // A sentence or line must not end inside a street name, but after a short form it may: "n. main st".
    let inner = &text[body.start..body.end.saturating_sub(1)];
    let stops = inner.match_indices(['.', '\n']).any(|(at, sign)| {
        sign == "\n"
            || inner[..at].rsplit(' ').next().is_none_or(|word| word.len() > 3 && !matches!(word, "saint"))
    });
    if stops {
        return None;
    }
    let name = if kind == 0 { &words[..words.len().saturating_sub(1)] } else { &words[..] };
    let capital = |at: usize| post.capital(at) || text.as_bytes()[at].is_ascii_digit();
    if kind != 1
        && name.iter().any(|(at, word)| {
            COUNTED.contains(word)
                && !(capital(*at)
                    && (matches!(*word, "new" | "st" | "star" | "world" | "the" | "of") || word.len() == 1))
        })
    {
        return None;
    }
    if name.is_empty() || name.iter().all(|(_, word)| word.is_empty()) {
        return None;
    }
    let capitals = words.iter().all(|(at, word)| word.is_empty() || capital(*at) || word.len() <= 2);
    let tail = REST.captures(&text.as_bytes()[body.end..])?;
    let behind = body.end;
    let has = |group: &str| tail.name(group).is_some_and(|found| !found.is_empty());
    let (state, zip, unit) = (has("state"), has("zip") || has("zip2"), has("unit"));
    let cue = {
        let from = range.start.saturating_sub(40);
        CUE.is_match(&text.as_bytes()[from..range.start])
    };
    if AFTER.is_match(&text.as_bytes()[behind..]) && !state && !zip {
        return None;
    }
    let mut score: f32 = match kind {
        0 => 0.5,
        1 => 0.5,
        _ => 0.1,
    };
    let short = typ.as_deref().is_some_and(|t| {
        matches!(
            t,
            "st" | "street"
                | "ave"
                | "avenue"
                | "av"
                | "blvd"
                | "boulevard"
                | "rd"
                | "road"
                | "ln"
                | "lane"
                | "ct"
                | "dr"
                | "cir"
                | "pkwy"
                | "hwy"
                | "pl"
                | "trl"
                | "ter"
                | "calle"
                | "avenida"
                | "court"
                | "terrace"
                | "circle"
                | "highway"
                | "parkway"
                | "cres"
                | "loop"
        )
    });
    let digits = text[range.start..body.start].bytes().filter(u8::is_ascii_digit).count();
    score += if short { 0.15 } else { 0.0 } + if capitals { 0.12 } else { 0.0 };
    score += if zip { 0.3 } else { 0.0 } + if state { 0.2 } else { 0.0 } + if unit { 0.2 } else { 0.0 };
    score += if cue { 0.2 } else { 0.0 } + if digits >= 3 { 0.05 } else { 0.0 };
    // 2016 to 2029 in front of capitals is more often a year than a house.
    let number = &text[range.start..body.start];
    if matches!(number.trim(), year if year.len() == 4 && ("1990".."2031").contains(&year))
        && !cue
        && !state
        && !zip
        && !unit
    {
        score -= 0.3;
    }
    if number.trim() == "one" && !(capitals && (short || state || zip)) {
        return None;
    }
    if kind == 1
        && words.last().is_some_and(|(at, word)| matches!(*word, "a" | "i" | "s" | "t") && !post.capital(*at))
    {
        return None;
    }
    if kind == 0 && !short && !capitals && !cue && !state && !zip && !unit {
        score -= 0.35;
    }
    let directional = matches!(
        words.first().map(|w| w.1),
        Some("n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw" | "north" | "south" | "east" | "west")
    );
    if kind == 2 {
        score += if directional && (capitals || words.len() == 1) { 0.2 } else { 0.0 };
        if !(state && (zip || capitals) || zip && capitals && tail.name("town").is_some())
            && !(directional && cue && capitals && digits >= 2)
        {
            return None;
        }
        // A year or a count in front of a town is no house.
        if words.len() > 3 {
            return None;
        }
    }
    // What belongs to the address behind the street: unit always; town only together with state or ZIP code.
    let end = if state || zip {
        tail.get(0).map_or(0, |all| all.end())
    } else {
        tail.name("unit").or_else(|| tail.name("side")).map_or(0, |found| found.end())
    };
    Some((range.start..behind + end, score.clamp(0.05, 0.95)))
}

/// A house that is described: rooms and a street.
pub(super) static HOUSE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(&format!(
        r"\b(?:house|home|place|bed|bedroom|bath|apartment|porch|garage|cabin|trailer|condo|lives?|parked|casa)[a-z0-9 ,'-]{{0,25}} (?:on|at|off|corner of|behind|over on|down on|en) (?P<street>(?:(?:[nsew]|north|south|east|west|calle) )?[a-z]+(?: [a-z]+)? (?:{SURE}))\b"
    ))
});

/// A house that is described rather than numbered: rooms and a street.
fn described(post: &Post, out: &mut Vec<Finding>) {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:his|her|their|he|she|clerk'?s?|judge'?s?|courier'?s?|worker'?s?|mule'?s?|your|su)\b")
    });
    let text = post.folded.as_str();
    let Some(house) = HOUSE.if_worth(&post.seen_plain) else { return };
    for caught in house.captures_iter(text.as_bytes()) {
        let Some(street) = caught.name("street") else { continue };
        let capital = post.capital(street.start());
        let words = &text[street.range()];
        let named = words.split(' ').all(|word| !COUNTED.contains(&word));
        if !capital || !named || !PERSON.is_match(text.as_bytes()) {
            continue;
        }
        if out
            .iter()
            .any(|f| f.what == Some(Exposure::Address) && f.span.overlaps(post.folded.origin(street.range())))
        {
            continue;
        }
        let mut found = contact(post, &ABOUT, Exposure::Address, &street.range(), 0.6, "address.described");
        found.reasons.push(Reason {
            code: "address.house".into(),
            span: Some(post.folded.origin(caught.get(0).map_or(street.range(), |all| all.range()))),
        });
        out.push(found);
    }
}

#[cfg(test)]
mod tests {
    use record::Exposure;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.what == Some(Exposure::Address);
        for post in [
            "go say hi: [12689 Summit Ridge Trl]. @u_go maga",
            "([30 Saddleback Dr, Apt 12, Tansley MI 00074])",
            "lives at [12067 Summit Ridge Lane apt. A]",
            "Address for the curious: [one four two Sparrow Hill Road]",
            "la dirección es [Calle Olmo 142], segundo piso",
            "vive en [Avenida de los Sauces número 77]",
            "calle 13 suena bien y el camino es largo",
            "one two three what a long road",
            "👉 [3850 N Quarry Court, Merrow, PA] @u_j",
            "Address is [66 Avenue J].",
            "he moved to [8247 highway 9], quillon ga last year",
            "👉 [10128 county road 12] @u_nf",
            "her house is [99 n quarry ave] @u_em",
            "found it. [2885 martin luther king jr court]",
            "[421 N Quarry Drive] is where the ballot guy sleeps",
            "[350 N. LaSalle, Chicago, IL 60610]",
            "Zillow has pics of the clerk's house lol. 3 bed 2 bath on [Orchard Terrace]",
            "[P.O. Box 48]",
            "100 Main Street businesses closed",
            "12 Way to go and 24 Hours Drive",
            "top 10 Dr. Seuss books, 5 Ave Marias, 1 St. Louis fan, 3 Dr pepper",
            "Highway 28 traffic in 2024",
            "10/10 would vote again",
            "where is the drop box? Is the box at 200 Main Street still open?",
        ] {
            marked(post, kind);
        }
    }
}
