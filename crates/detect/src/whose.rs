//! Whose contact data it is: a private person's, the writer's own, a public office's, an event's or business's.
//!
//! Read from the words of the same clause, since one post may hold several. Where they say nothing it is `unknown`,
//! which counts as an exposure: a number posted without a word is more often a doxx than a service.

use std::ops::Range;
use std::sync::LazyLock;

use record::Whose;
use regex::bytes::Regex;

use crate::post::clause;
use crate::rules::pattern;

static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:lives?|living|resides?|sleeps|stays|moved to|home address|home phone|at home|his|her|their|he|she|they|found (?:it|him|her|them)|go say hi|say hi|pay (?:him|her|them)|visit|doxx?|personal|private|cell|ballot guy|wife|husband|mom|dad|blow up|flood|send mail to|tell (?:him|her)|vive en|su casa|su numero|la casa de)\b",
    )
});

static OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:text|call|email|e-?mail|dm|contact|reach|message|whatsapp|ring|hit|write|venmo|cashapp|zelle) (?:me|us)\b|my (?:cell|phone|number|email|e-?mail|address|plate|plates|house|home|new|old|work|office|business|shop|store|booking|gmail)|our new (?:address|place|home|number)|we moved|i live|i'm at|i am at|reach me|reach us|our (?:number|email|phone|address|store|shop|office)|selling my|for sale|my inbox|mi (?:numero|correo|telefono|celular|direccion|placa)|llamame|escribeme|contactame)",
    )
});

static OFFICIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:elections?|clerk'?s?|county|city|recorder'?s?|registrar'?s?|secretary of state'?s?|governor'?s?|senator(?: [a-z]+)?'?s?|mayor'?s?|sheriff'?s?|police|precinct|district|public|government|press|media|campaign|congressional|federal|state) (?:[a-z']+ )?(?:office|offices|department|dept|hotline|line|switchboard|headquarters|hq|inquiries|desk|contact|building|hall|center|centre|library)|office of|board of elections|elections? board|election commission|state hotline|open (?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:senior|community|recreation|rec) center|city hall|town hall|courthouse|capitol|white house|hotline|helpline|switchboard|toll ?free|customer service|crisis|suicide|988|press (?:inquiries|contact|release)|inquiries|for (?:questions|more information|info|assistance|help)|questions about your|drop ?box|(?:the|is the) box at|still open|ballot box|polling (?:place|location|site)s?|vote center|voting (?:location|center|site)|early voting|drop off (?:my|your|a) (?:mail )?ballot|register to vote|call your (?:rep|senator|representative|congress\w*)|capitol switchboard|library|community center|post office|oficina|ayuntamiento|casilla electoral|linea directa|informacion)\b",
    )
});

/// Offices so clearly public that a “her” beside them changes nothing.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:senator|congress(?:man|woman)|representative|rep|governor|gov|mayor|president|secretary)\.? [a-z]+'?s? office|capitol (?:switchboard|plaza|square|building)|courthouse (?:square|plaza)|(?:state|voter|election|county|city|voting) (?:hotline|helpline)|(?:clerk|county|elections?|recorder|registrar)(?:'?s)? office (?:at|number|phone|is|line)|white house (?:at|comment|switchboard))\b",
    )
});

static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:rsvp|tickets?|meet and greet|all welcome|everyone (?:is )?welcome|vigil|fundraiser|candidate forum|town hall|bring signs|bring a friend|pancake breakfast|book club|potluck|open to the public|free admission|doors open|rally (?:at|is|starts)|join us|come (?:see|join|by|out)|we(?:'re| are) (?:open|located)|located at|grand opening|open house|store hours|hours:|restaurant|cafe|bakery|diner|pizza|bar and grill|shop at|church service|fundraiser at|event at|venue|parade|concert|book signing|meetup|food bank|volunteers? (?:needed|meet)|meet (?:us )?at|free (?:parking|rides|coffee)|order (?:now|online)|call (?:now|today)|call for a (?:quote|free)|booking|reservations?|appointments?|realtor|just listed|mls|asking price|reservaciones|boletos|te esperamos|abierto)\b",
    )
});

/// Tells whose the data at `range` of `text` is, and the words that say so.
pub(crate) fn whose(text: &str, range: &Range<usize>) -> (Whose, Option<Range<usize>>) {
    let here = clause(text, range);
    // A clause that is the datum alone is read with the one in front of it on the same line.
    let mut here = here;
    if text[here.start..range.start].trim().len() < 3 && here.start > 1 {
        let before = clause(text, &(here.start - 1..here.start - 1));
        if !text[before.start..here.start].contains(['\n', '@']) {
            here.start = before.start;
        }
    }
    here.start = here.start.max(range.start.saturating_sub(90));
    here.end = here.end.min(range.end + 70);
    while !text.is_char_boundary(here.start) {
        here.start += 1;
    }
    let words = &text.as_bytes()[here.clone()];
    let find =
        |regex: &Regex| regex.find(words).map(|found| here.start + found.start()..here.start + found.end());
    let datum = &text[range.clone()];
    if datum.contains(".gov") || datum.contains(".mil") || toll_free(datum) || OFFICE.is_match(words) {
        return (Whose::Official, Some(range.clone()));
    }
    for (regex, whose) in [
        (&*OWN, Whose::Own),
        (&PRIVATE, Whose::Private),
        (&OFFICIAL, Whose::Official),
        (&EVENT, Whose::Event),
    ] {
        if let Some(found) = find(regex) {
            return (whose, Some(found));
        }
    }
    (Whose::Unknown, None)
}

/// Tells whether `datum` is a number that a business or office pays for: nobody lives behind one.
fn toll_free(datum: &str) -> bool {
    let digits: String = datum.chars().filter(char::is_ascii_digit).collect();
    let area = if digits.len() == 11 {
        digits.strip_prefix('1')
    } else {
        Some(digits.as_str()).filter(|d| d.len() == 10)
    };
    area.is_some_and(|d| {
        ["800", "833", "844", "855", "866", "877", "888"].iter().any(|free| d.starts_with(free))
    })
}

/// Returns the words by which the writer speaks of themselves in the clause `here`, where nobody else is spoken of before
/// the words at `range`: “my kids go to …”, “I walk …”.
pub(crate) fn speaks_of_self(text: &str, here: &Range<usize>, range: &Range<usize>) -> Option<Range<usize>> {
    static SELF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:i|i'?m|i'?ve|im|we|we'?re|we'?ve|my|our|mine|me|us|yo|mi|mis|nuestr[oa]s?|nosotr[oa]s)\b",
        )
    });
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:he|she|his|her|him|they|their|them|ella|su|sus|clerk|courier|driver|worker|mule)\b")
    });
    let before = here.start..range.end.min(here.end).max(here.start);
    let words = &text.as_bytes()[before.clone()];
    let own = SELF.find(words)?;
    OTHER.find(words).is_none().then(|| before.start + own.start()..before.start + own.end())
}

/// Compiles the patterns now.
pub(crate) fn warm() {
    for regex in [&PRIVATE, &OWN, &OFFICIAL, &EVENT] {
        LazyLock::force(regex);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Whose) {
        let at = text.find("555").or_else(|| text.find("200")).unwrap();
        assert_eq!(whose(text, &(at..at + 3)).0, expected, "{text}");
    }

    #[test]
    fn whose_data_it_is_is_read_from_the_clause() {
        check("her cell is 555-0143", Whose::Private);
        check("text me at 555-0143", Whose::Own);
        check("elections office, call 555-0143 for questions", Whose::Official);
        check("is the drop box at 200 main street still open", Whose::Official);
        check("555-0143", Whose::Unknown);
    }
}
