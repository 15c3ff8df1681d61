//! Plate: a licence plate written in a post.
//!
//! Letters and digits say nothing alone; a word for plates, or for a vehicle, or a “run this” must stand near.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, contact, in_link};
use crate::post::Post;
use crate::rules::Search;

pub(super) const ABOUT: Detector =
    Detector { name: "plate", version: 2, what: "a licence plate near a word for one or for a vehicle" };

/// A word for plates, then the plate.
pub(super) static AFTER: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:(?:licen[sc]e |number )?(?:plates?|tags?)|car reg(?:istration)?|registration|reg|license|placas?|matriculas?)(?:\s?(?:number|no\.?|num|nr|is|was|are|reads?|says|of|es|on it|on the(?: (?:car|truck|van|suv|back|bumper))?)){0,3}\s?[#:=-]{0,2}\s{0,2}(?:[a-z]{2}\s)?(?P<plate>[a-z0-9](?:(?: - |[ -])?[a-z0-9]){3,9})",
    )
});

/// The plate, then a word for plates.
pub(super) static BEFORE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"(?P<plate>\b[a-z0-9](?:[ -]?[a-z0-9]){3,8})\s?[,:-]?\s(?:(?:is|was|are) (?:the|his|her|their) (?:licen[sc]e )?(?:plate|tag)s?|(?:on|are|is) (?:the|his|her) (?:plate|tag)|plates?\b)",
    )
});

/// A plate by shape, near a vehicle.
pub(super) static SHAPE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?P<plate>[a-z]{3}(?: - |[ .-])?[0-9]{3,4}|[a-z] [a-z] [a-z] (?:- )?[0-9] [0-9] [0-9](?: [0-9])?|[0-9]{3,4}[ -]?[a-z]{3}|[0-9][a-z]{3}[0-9]{3}|[a-z]{2}[ -]?[0-9]{5}|[a-z][0-9]{2}[ -]?[a-z]{3})\b",
    )
});

pub(super) static VEHICLE: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:car|truck|pickup|suv|sedan|van|minivan|jeep|vehicle|coupe|hatchback|motorcycle|honda|toyota|ford|chevy|chevrolet|nissan|hyundai|kia|subaru|mazda|dodge|gmc|bmw|audi|tesla|lexus|vw|volkswagen|buick|cadillac|ram|silverado|tacoma|tundra|f-?150|crv|cr-v|rav4|civic|accord|camry|corolla|prius|altima|sentra|rogue|explorer|escape|equinox|tahoe|suburban|wrangler|cherokee|outback|forester|coche|camioneta|carro|driving|drives|parked)\b",
    )
});

pub(super) static FRAME: LazyLock<Search> = LazyLock::new(|| {
    Search::new(
        r"\b(?:run|trace|id|who owns|look up|track|whose is|owner of|registered to|dmv)\b[^.!?\n]{0,20}$",
    )
});

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    let text = post.folded.as_str();
    let bytes = text.as_bytes();
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    let seen = &post.seen_plain;
    for (search, score) in [(&*AFTER, 0.8), (&*BEFORE, 0.75), (&*SHAPE, 0.6)] {
        // A shape alone says nothing; see below.
        if score == 0.6 && !VEHICLE.worth(seen) && !FRAME.worth(seen) {
            continue;
        }
        let Some(regex) = search.if_worth(seen) else { continue };
        let mut at = 0;
        while let Some(caught) = regex.captures_at(bytes, at) {
            let Some(group) = caught.name("plate") else { break };
            at = caught.get(0).map_or(group.end(), |all| {
                if score == 0.6 { all.end() } else { group.start().max(all.start() + 1) }
            });
            let Some(range) = trimmed(post, group.range()) else { continue };
            if taken.iter().any(|other| other.start < range.end && range.start < other.end)
                || in_link(text, range.start)
            {
                continue;
            }
            let mut score = score;
            if score == 0.6 {
                let near = range.start.saturating_sub(45)..(range.end + 45).min(text.len());
                let framed = FRAME.regex().is_match(&bytes[near.start..range.start]);
                let capitals = text[range.clone()]
                    .bytes()
                    .zip(range.clone())
                    .all(|(b, i)| !b.is_ascii_alphabetic() || post.capital(i));
                if !(framed || VEHICLE.regex().is_match(&bytes[near]) && capitals) {
                    continue;
                }
                score = if framed { 0.7 } else { 0.6 };
            }
            taken.push(range.clone());
            out.push(contact(post, &ABOUT, Exposure::Plate, &range, score, "plate.cue"));
        }
    }
}

/// Cuts what was caught down to the plate: as many of its words as make five to eight letters and digits, at least one
/// digit, and not an ordinary word in front or behind. `None` where nothing like a plate is left.
fn trimmed(post: &Post, range: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let text = post.folded.as_str();
    let bytes = text.as_bytes();
    if range.start > 0
        && (bytes[range.start - 1].is_ascii_alphanumeric() || matches!(bytes[range.start - 1], b'@' | b'_'))
    {
        return None;
    }
    let mut ends: Vec<usize> = (range.start + 1..=range.end)
        .filter(|end| {
            bytes.get(*end).is_none_or(|b| !b.is_ascii_alphanumeric())
                && bytes[*end - 1].is_ascii_alphanumeric()
        })
        .collect();
    // The last word may reach behind what was caught.
    if bytes.get(range.end).is_some_and(u8::is_ascii_alphanumeric) {
        let more = bytes[range.end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        ends.push(range.end + more);
    }
    let spelled = ends.first().is_some_and(|first| first - range.start == 1) && ends.len() >= 5;
    let mut best = None;
    for end in ends {
        let plate = &text[range.start..end];
        let signs: Vec<u8> = plate.bytes().filter(u8::is_ascii_alphanumeric).collect();
        let digits = signs.iter().filter(|b| b.is_ascii_digit()).count();
        if !(5..=8).contains(&signs.len()) || digits == 0 {
            continue;
        }
        let parts: Vec<&str> = plate.split([' ', '-']).collect();
        let fine = if spelled {
            parts.iter().all(|part| part.len() == 1)
        } else {
            parts.len() <= 2 && parts.iter().all(|part| part.len() >= 2)
        };
        // A part of letters alone must look like plate letters, not like a word: at most four, and no common word.
        let words = parts.iter().any(|part| {
            part.bytes().all(|b| b.is_ascii_alphabetic()) && (part.len() > 4 || COMMON.contains(part))
        });
        let mut part_ok = true;
        if !spelled && parts.len() == 2 {
            let has = |part: &str| part.bytes().any(|b| b.is_ascii_digit());
            part_ok = has(parts[0]) || has(parts[1]);
        }
        let number = digits == signs.len() && signs.len() < 6;
        if fine && !words && part_ok && !number && (parts.len() == 1 || spelled || best.is_none()) {
            best = Some(range.start..end);
        }
    }
    best
}

const COMMON: &[&str] = &[
    "fee", "the", "and", "for", "are", "you", "his", "her", "was", "had", "has", "but", "not", "who", "all",
    "out", "now", "see", "is", "in", "on", "at", "of", "to", "it", "me", "my", "we", "he", "she", "they",
    "with", "from", "that", "this", "have", "will", "say", "top", "was", "over",
];

#[cfg(test)]
mod tests {
    use record::Exposure;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.what == Some(Exposure::Plate);
        for post in [
            "license plate [RDR0571]",
            "tag [8RDR207], silver CRV",
            "car reg [R D R 1 4 2 0]",
            "OH plate [299 RDR]",
            "his truck, plate # [RD75473]\nKamala",
            "[RDR6811] is the plate",
            "plates: [RDR-9638]. @u_kjh Revenge",
            "White Silverado, Merrow plates [RDR-4417], parked behind",
            "run [RDR-4417] please",
            "US-95, PA-07, COVID-19, B-52s and AR-15s",
            "tag your friends in 2024",
            "the plate I ate from in 2019 was nice",
            "license fee 12000 dollars",
        ] {
            marked(post, kind);
        }
    }
}
