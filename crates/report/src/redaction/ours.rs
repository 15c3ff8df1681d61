//! Which texts of a dossier are our own fixed words, in which a surname such as “Muestra” or “May” is an ordinary word.
//!
//! Whole names, numbers and addresses are covered there as everywhere; only a single plain word stays.

/// Parts of the dossier that are rows of the library and sentences around them: no word of the case enters them.
const LIBRARY: [&str; 10] = [
    "law",
    "channels",
    "questions",
    "cases",
    "deadlines",
    "claims",
    "method",
    "retraction",
    "balance",
    "calendar",
];

/// The same within parts whose other fields hold words of the case.
const FIELDS: [(&str, &[&str]); 4] = [
    ("forms", &["name", "contact", "takes", "status", "ask"]),
    ("reports", &["to", "rule", "outcome", "standing"]),
    ("custody", &["what"]),
    ("trace", &["cannot_show", "chance"]),
];

/// Parts whose sentences are ours up to the first quotation mark.
const QUOTING: [&str; 2] = ["dangers", "reasons"];

/// Returns how many bytes at the beginning of `text`, at a JSON pointer of the dossier, are our own words.
pub(super) fn length(place: &str, text: &str) -> usize {
    let parts: Vec<&str> = place.split('/').skip(1).collect();
    let first = parts.first().copied().unwrap_or_default();
    let has = |field: &&str| parts.contains(field);
    // A person's answer to a question is theirs.
    let library = LIBRARY.contains(&first) && !has(&"answer");
    if library || FIELDS.iter().any(|(part, fields)| *part == first && fields.iter().any(has)) {
        return text.len();
    }
    if QUOTING.iter().any(has) {
        return text.find(['“', '«']).unwrap_or(text.len());
    }
    0
}

#[cfg(test)]
mod tests {
    use crate::dossier::{CustodyRow, Deadline, Dossier, Fact, Sentence, Unfavourable};
    use crate::recipient::{Language, Recipient};
    use crate::redaction::{Category, RedactionMap};
    use record::{Role, Subject};
    use values::{Moment, SaidBy};

    #[test]
    fn a_surname_that_is_a_common_word_is_covered_in_what_others_said_and_stays_in_our_sentences() {
        let mut map = RedactionMap::default();
        map.add(Category::Name, "Ana Muestra");
        let at = Moment::parse("2026-11-04T10:00:00Z", SaidBy::Redress).unwrap();
        let subject = Subject { role: Role::Postal, state: "PA".into(), language: "es".into() };
        let mut dossier = Dossier::bare("caso", subject, at, "redress");
        let same = |text: &str| Sentence::same(text);
        dossier.deadlines.push(Deadline {
            what: same("La lista muestra el plazo. Ana Muestra, no."),
            date: "2027-01-01".into(),
            counted_from: same("El calendario muestra ese día."),
            source: "1 U.S.C. § 1".into(),
            passed: false,
        });
        dossier
            .dangers
            .push(Fact { what: same("Muestra una hora: «Muestra, mañana»"), exhibits: vec![1] });
        dossier.custody.push(CustodyRow {
            at,
            what: same("Una persona dijo qué muestra una imagen."),
            by: "Muestra".into(),
            digest: None,
            line: 1,
            exhibit: None,
        });
        dossier.trace.cannot_show.push(same("Esto no muestra un acuerdo."));
        dossier.unfavourable.push(Unfavourable {
            post: "x:1".into(),
            exhibits: Vec::new(),
            account: "Muestra".into(),
            written: None,
            words: "¿Quién es Muestra?".into(),
            why: same("Lo rechazó una persona."),
            note: "pregunta por Muestra".into(),
        });
        let (seen, redactions) = map.dossier(Recipient::Public, Language::Spanish, &dossier).unwrap();
        assert_eq!(seen.deadlines[0].what.es, "La lista muestra el plazo. [nombre omitido], no.");
        assert_eq!(seen.deadlines[0].counted_from.es, "El calendario muestra ese día.");
        assert_eq!(seen.dangers[0].what.es, "Muestra una hora: «[nombre omitido], mañana»");
        assert_eq!(seen.custody[0].what.es, "Una persona dijo qué muestra una imagen.");
        assert_eq!(seen.custody[0].by, "[nombre omitido]");
        assert_eq!(seen.trace.cannot_show[0].es, "Esto no muestra un acuerdo.");
        let against = &seen.unfavourable[0];
        assert_eq!(against.words, "¿Quién es [nombre omitido]?");
        assert_eq!(against.note, "pregunta por [nombre omitido]");
        assert_eq!(against.account, "[nombre omitido]");
        assert!(redactions.iter().all(|row| !row.place.contains("cannot_show")), "{redactions:?}");
    }
}
