//! Location: where a person is now.
//!
//! Live whereabouts of a private person; a candidate’s rally is an event.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector = Detector { name: "location", version: 3, what: "where a person is now" };

const RULES: &[Rule] = &[
    rule(
        "where.house",
        0.6,
        r"\b(?:look for|watch for|it'?s|find|can'?t miss) (?:the|a|la|el) (?:[a-z]+ ){0,3}(?:<DWELLING>) (?:with|on|by|across|behind|de|con|near|at|past) ",
    ),
    rule(
        "where.house",
        0.5,
        r"\b(?:<LOOKS>) (?:[a-z]+ ){0,2}(?:split level|colonial|cape cod|craftsman|a-frame|victorian|double ?wide|single ?wide|farmhouse|rambler|<DWELLING>)\b[^!?\n]{0,80}\b(?:(?:one|two|three|four|five|[0-9]) (?:houses?|doors?|blocks?|driveways?|down)|(?:down|up|across) (?:from|the)|in the driveway|past the|from the (?:water tower|church|school|park|station|store))",
    ),
    rule(
        "where.house",
        0.6,
        r"\b(?:es|vive en|esta en|busquen|busca) (?:la|el) (?:casa|edificio|apartamento|departamento)\b[^.!?\n]{0,40}(?:con|pegad[oa]|frente|junto|al lado|cerca|detras|esquina|pisos?)",
    ),
    rule(
        "where.just",
        0.5,
        r"\b(?:just|acaba de|acabo de|acaban de) (?:saw|seen|spotted|passed|ver|entrar|salir|llegar|walked|pulled|left|got|drove|went)\b[^.!?\n]{0,45}\b(?:at|in|into|to|on|out of|al?|en|de|del) (?:the |el |la |his |her )?[a-z]",
    ),
    rule(
        "where.hiding",
        0.6,
        r"\b(?:hiding|hid|holed up|laying low|lying low|staying|crashing|shacked up)(?: out)? (?:at|in|with|over at) (?:his|her|their|the|a) (?:[a-z']+ )?(?:[a-z']+)",
    ),
    rule(
        "where.now",
        0.5,
        r"\b(?:he|she|they|(?:he|she)'s|they're)(?: is| are)? (?:at|in|on|inside|outside) (?:the|his|her|their) [^.!?\n]{1,50}(?:this (?:very )?(?:minute|second|moment)|right this|as of now|at this moment|this morning|tonight)\b",
    ),
    rule(
        "support.wearing",
        0.3,
        r"\b(?:wearing|in (?:a|the) (?:red|blue|green|black|white|gray|grey|orange|yellow|pink) |(?:red|blue|green|black|white|gray|grey|orange|yellow|pink) (?:cap|hat|jacket|coat|hoodie|umbrella|shirt|vest|scarf|beanie)|gorra|chaqueta|camisa|sudadera|field [0-9]|(?:courier|clerk|drop ?box (?:guy|lady)|mule|poll worker|counter|him|her)\b)",
    ),
    rule(
        "where.house",
        0.6,
        r"\b(?:<LOOKS>)(?: [a-z-]+){0,2} (?:<DWELLING>)\b[^.!?\n]{0,45}\b(?:<BESIDE>) [a-z]",
    ),
    rule(
        "where.house",
        0.6,
        r"\b(?:casa|casita|apartamento|edificio|departamento) (?:de )?(?:<LOOKS>)\b[^.!?\n]{0,40}(?:<BESIDE>)",
    ),
    rule(
        "where.lives",
        0.65,
        r"\b(?:he|she|they|who|ella|that'?s where [a-z ]{3,25}|<WHO>)(?: [a-z]+)?(?:'s|'re| is| are)? (?:lives?|living|stays?|staying|sleeps|renting|hiding out|vive|duerme) (?:[a-z]+ )?(?:above|behind|over the|next (?:to|door)|across from|at the end of|(?:in|at) the (?:[a-z-]+ ){1,2}(?:<DWELLING>)|in (?:the|a) (?:<LOOKS>)|on the corner|two doors|down the (?:street|road|block)|up the (?:hill|road)|off (?:of )?(?:route|highway|exit|[a-z]+ (?:road|rd|street|st|ave|lane|ln))|in (?:unit|apartment|apt|lot) [a-z0-9]|en la (?:casa|esquina)|arriba|al lado|detras|frente)",
    ),
    rule(
        "where.lives",
        0.5,
        r"\b(?:thats|that'?s|that is|its|it'?s|this is) where (?:<WHO>|the (?:[a-z]+ ){0,2}[a-z]+|they|his [a-z]+|her [a-z]+) (?:lives?|stays?|sleeps?|parks?)\b",
    ),
    rule(
        "where.es",
        0.65,
        r"(?:^|[.!?,\n] ?|\b(?:el|ella|tipo|senora|mensajero) )(?:vive|se queda|duerme) (?:en (?:la casa|el edificio|un apartamento|la esquina|el segundo)|arriba|al lado|detras|frente|a dos)",
    ),
    rule(
        "where.now",
        0.6,
        r"\b(?:spotted|sighting|live look|last seen|just saw (?:him|her|them)|eyes on (?:him|her|the)|visto|vista|lo vi|la vi)\b[^a-z0-9\n]{0,4}(?:[a-z]+ ){0,6}?(?:at|in|on|into|inside|outside|leaving|near|by|heading|headed|walking|driving|pulling|parked|en|cerca de|saliendo de) (?:the |a |el |la )?[a-z0-9]",
    ),
    rule(
        "where.now",
        0.4,
        r"\b<WHO>(?:'s| is)? (?:just |now |currently |still |literally ){0,2}(?:(?:just |now )?(?:walked|pulled|got)(?: up| over| out| in)? (?:into|to|at|out of) the|(?:heading|headed|walking|driving)(?: up| over| out)? (?:into|to|on|toward|towards|north|south|east|west|down|out)|(?:parked|sitting|eating|standing|shopping|in line|inside|outside)(?: in| at| on| of)? the)\b",
    ),
    rule(
        "where.now",
        0.7,
        r"\b(?:(?:esta|estan) (?:ahora mismo|ahorita|en este momento) (?:en|frente)|(?:ahora mismo|ahorita) (?:esta|va|camina|sale)[a-z ]{0,12}(?:en|por|a|de))\b",
    ),
    rule(
        "support.now",
        0.3,
        r"\b(?:right now|go go go|live|currently|now$|as we speak|hurry|rn\b|this minute|just now|if you'?re nearby|anyone (?:close|nearby|in the area)|you can'?t miss|can'?t miss it|side entrance|green door|porch light|gate code)",
    ),
    rule(
        "where.now",
        0.75,
        r"\b(?:he|she|they|the (?:clerk|courier|mule|driver|judge)|this (?:guy|woman|man)|(?:he|she|they)'?(?:s|re))(?: is| are|'s|'re)? (?:[a-z]+ ){0,2}?(?:at|in|inside|outside|near|parked|eating|sitting|standing|staying|on)[^.!?\n]{1,45}(?:right now|as we speak|as i type|\brn\b|currently|this minute|just now|ahora mismo)",
    ),
    rule(
        "where.saw",
        0.65,
        r"\b(?:just (?:saw|spotted|seen|passed)|spotted|i see|eyes on) (?:him|her|them|the (?:clerk|courier|mule|driver)) (?:[a-z]+ ){0,2}?(?:at|in|inside|outside|near|leaving|parked|on|walking|getting)\b",
    ),
    rule(
        "where.way",
        0.65,
        r"\b(?:he|she|they)(?:'?s| is|'?re| are) (?:on (?:his|her|their) way|heading|headed|driving|walking|leaving)[^.!?\n]{0,30}(?:now|toward|to|on|down|from)\b",
    ),
    rule(
        "where.staying",
        0.65,
        r"\b(?:staying|hiding|holed up|crashing) (?:at|in|with) (?:the|a|an|his|her|their) [a-z ]{0,25}(?:hotel|motel|inn|airbnb|cabin|lodge|mother|sister|brother|parents|place|house|apartment|room)",
    ),
    rule(
        "where.house",
        0.65,
        r"\b(?:inside pics|zillow|redfin|floor ?plan|street ?view|google maps|listing)[^.!?]{0,40}(?:clerk|judge|worker|courier|his|her|their)(?:'?s)? (?:house|home|place|apartment)",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Location, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[she is at the Kroger on 5th right now], grey coat", kind);
        marked("I am at home right now", kind);
    }
}
