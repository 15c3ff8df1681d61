//! Routine: when and where a person regularly is.
//!
//! Needs a person and a repeated time or way.

use std::sync::LazyLock;

use record::{Exposure, Finding};

use super::{Detector, exposed};
use crate::post::Post;
use crate::rules::{Book, Rule, rule};

pub(super) const ABOUT: Detector =
    Detector { name: "routine", version: 3, what: "when and where a person regularly is" };

const RULES: &[Rule] = &[
    rule(
        "routine.at",
        0.4,
        r"\b(?:he|she|his|her|they|their|they're|he's|she's|ella|el)\b[^.!?\n]{1,70}\b(?:(?:every|each)(?: single)? (?:day|night|morning|evening|afternoon|week|weekday|weekend|(?:sun|mon|tues|wednes|thurs|fri|satur)day)|(?:sun|mon|tues|wednes|thurs|fri|satur)days?(?: (?:mornings?|nights?|evenings?|afternoons?|through [a-z]+))?|weekdays|weekends|(?:at|till|until|around) (?:[0-9]{1,2}(?::[0-9]{2})?|ten|noon|midnight|dawn|dusk)|the [0-9]{1,2}:[0-9]{2}|nightly|most nights|every\. [a-z]+\.)",
    ),
    rule(
        "routine.bare",
        0.4,
        r"(?:^|[.!?\n] ?)(?:works|smoke break|lunch|stops|coffee|gym|church|practice|shift|bowling|choir|night class)\b[^.!?\n]{0,40}(?:<AGAIN>|till midnight|until midnight)\b",
    ),
    rule(
        "routine.es",
        0.5,
        r"\b(?:cada|todos los|todas las|los) (?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|dias?|noches?|mananas?|tardes?)\b[^.!?\n]{0,40}\b(?:cena|come|almuerza|lleva|recoge|juega|reza|nada|compra|visita|sale|va|corre|camina)\b|\b(?:lleva|recoge|cena|sale|va|corre|camina|llega) [^.!?\n]{1,45}(?:todos los|todas las|cada) (?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|dias?|noches?|mananas?|tardes?)",
    ),
    rule(
        "support.spot",
        0.3,
        r"\b(?:at|on|in|by|behind|through|off|to|from|from work|out by) the (?:[a-z]+ ){0,2}(?:train|bus|pier|park|trail|gym|pool|alley|lot|garage|church|store|market|bar|diner|cafe|coffee|river|lake|track|library|station|bakery|school|field|bridge|bench|dumpsters?|laundromat|pharmacy|back door|side door|car|stop|restaurant)\b|\b(?:nobody (?:else )?around|no one (?:else )?around|all alone|last car|to (?:his|her) car|home alone|cuts through|los ninos|parque|restaurante|con su)\b",
    ),
    rule("routine.every", 0.65, r"\b<WHO>(?:'s)? (?:[a-z]+ ){0,2}?(?:<HABIT>)\b[^.!?\n]{1,60}(?:<AGAIN>)\b"),
    rule(
        "routine.every",
        0.65,
        r"\b(?:<AGAIN>)(?: [a-z]+| [0-9]+){0,2} <WHO>(?:'s)? (?:[a-z]+ ){0,2}?(?:<HABIT>)\b",
    ),
    rule(
        "routine.every",
        0.55,
        r"\b(?:<AGAIN>)(?: [a-z]+){0,1} (?:they|he|she)(?:'re|'s| are| is) (?:all |always |usually )?(?:at|in|out|on) [a-z0-9]",
    ),
    rule(
        "routine.bare",
        0.55,
        r"(?:^|[.!?:\n]) ?(?:leaves? (?:the house|for work|home|work)|gets? off (?:work|shift|at)|gets? home|comes? home|parks? (?:in|at|on|behind|by)|walks? (?:the dog|to|home)|jogs?|picks? up the kids?|drops? off the kids?|works? out at|sale (?:de|del|a)|llega a|va sol[oa])\b[^.!?\n]{1,55}(?:<AGAIN>)\b",
    ),
    rule(
        "routine.catch",
        0.7,
        r"\b(?:you can|you'?ll|easy to|best time to|can always) (?:always |usually )?(?:catch|find|see|meet|run into|bump into) (?:him|her|them)\b[^.!?\n]{0,45}(?:<AGAIN>)\b",
    ),
    rule(
        "routine.same",
        0.55,
        r"\b(?:same (?:route|time|spot|seat|path|bench|trail|gym)[^.!?\n]{0,40}(?:like clockwork|every|each|daily|same (?:route|time|spot|hoodie|car|[a-z]+ hoodie))|like clockwork)\b",
    ),
    rule(
        "routine.es",
        0.65,
        r"\b(?:todos los|todas las|cada|los (?:lunes|martes|miercoles|jueves|viernes|sabados|domingos))[^.!?\n]{0,28} (?:va|sale|llega|camina|toma|corre|come|pasa|trota|recoge|deja|regresa)(?: sol[oa])? (?:al?|de|del|por|en|el|la)\b",
    ),
    rule(
        "support.alone",
        0.3,
        r"\b(?:alone|by (?:himself|herself)|no phone|no dog|back alley|unlocked|sol[oa]|just saying|you know what to do|always the same)\b",
    ),
    rule(
        "routine.every",
        0.7,
        r"\b(?:(?:the )?(?:clerk|courier|judge|worker|driver|recorder)|he|she) (?:parks?|bowls?|drinks|plays|eats|volunteers|coaches|shops|prays|gets coffee|goes)[^.!?\n]{0,40}(?:every|each|by \d|at \d|around \d|nights?\b|mornings?\b)",
    ),
    rule(
        "routine.every",
        0.7,
        r"\b(?:he|she|they|his (?:wife|kids)|her (?:husband|kids)|el|ella) (?:[a-z]+ ){0,2}?(?:walks?|jogs?|runs?|goes|go|drives?|leaves?|parks?|eats?|drinks?|works? out|gets? (?:home|off|there|coffee|gas)|comes? home|picks? up|drops? off|takes?|rides?|swims?|shops?|stops?|sits?|smokes?|sale|camina|va|llega|corre)[^.!?\n]{0,45}(?:every|each|cada|todos los|todas las|daily|at \d|around \d|by \d|on (?:sun|mon|tues|wednes|thurs|fri|satur)days)\b",
    ),
    rule(
        "routine.when",
        0.7,
        r"\b(?:what time|when) (?:he|she|they) (?:gets?|leaves?|comes?|goes|go|walks?|finish(?:es)?|picks?|drops?)(?: up| off)? (?:home|to|work|for|there|kids|off|your|his|her|out)",
    ),
    rule(
        "routine.same",
        0.55,
        r"\b(?:he|she|they|his|her|their)[^.!?\n]{0,40}same (?:path|route|time|seat|spot|gym|coffee shop|parking spot|bench|trail)\b[^.!?\n]{0,12}(?:same (?:time|path|route|day)|every|each)",
    ),
    rule(
        "routine.home",
        0.6,
        r"\b(?:she|he|they) (?:picks? up|gets? home|gets? off|is home|is (?:alone|there)|comes? home|clocks? (?:in|out)|answers)[a-z ]{0,15}(?:after|at|around|by|before) \d",
    ),
];

pub(super) static BOOK: LazyLock<Book> = LazyLock::new(|| Book::new(RULES));

/// Looks for it in `post`.
pub(super) fn find(post: &Post, out: &mut Vec<Finding>) {
    exposed(post, &ABOUT, Exposure::Routine, &BOOK, out);
}

#[cfg(test)]
mod tests {
    use record::Kind;

    use crate::detectors::check::marked;

    #[test]
    fn marked_posts() {
        let kind = |f: &record::Finding| f.kind == Kind::Dox;
        marked("[She leaves for work at 7:15 every day]", kind);
        marked("I walk every morning", kind);
    }
}
