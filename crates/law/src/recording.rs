//! May a person record a call or talk they take part in? What to ask, by state, before recording the next one.
//!
//! A message that a caller leaves on an answering machine was meant to be recorded; this is about calls and talk. The rows
//! lie in `data/recording.toml`. No statute of theirs was read for this program, and every sentence says so.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::Text;

/// Whose consent a recording needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// That of one who takes part, such as the person who records.
    One,
    /// That of everybody who takes part.
    All,
    /// Of calls, that of everybody; of talk face to face, that of one.
    PhoneAll,
    /// Of talk face to face, that of everybody; of calls, that of one.
    InPersonAll,
    /// Statute and courts differ.
    Unsettled,
}

/// What a state asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recording {
    /// The state, two letters.
    pub state: String,
    /// Whose consent.
    pub consent: Consent,
    /// Where it stands.
    pub citation: String,
    /// The prompt a person reads.
    pub words: Text,
}

#[derive(Deserialize)]
struct File {
    state: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    state: String,
    consent: Consent,
    citation: String,
}

static ROWS: LazyLock<BTreeMap<String, (Consent, String)>> = LazyLock::new(|| {
    // A row that does not parse is found by the test below, which reads every one.
    let file: File =
        toml::from_str(include_str!("../data/recording.toml")).unwrap_or(File { state: Vec::new() });
    file.state.into_iter().map(|row| (row.state, (row.consent, row.citation))).collect()
});

/// Returns what `state` (two capital letters) asks of somebody who records a call or talk they take part in.
pub fn recording(state: &str) -> Recording {
    let (consent, citation) =
        ROWS.get(state).cloned().unwrap_or((Consent::One, "18 U.S.C. § 2511(2)(d)".to_owned()));
    let (en, es) = match consent {
        Consent::One => (
            "one person who takes part must agree: you may be that person",
            "debe aceptar una persona que participa: puede ser usted",
        ),
        Consent::All => {
            ("everybody who takes part must agree", "deben aceptar todas las personas que participan")
        }
        Consent::PhoneAll => (
            "of calls, everybody who takes part must agree; face to face, one",
            "en llamadas deben aceptar todas las personas que participan; cara a cara, una",
        ),
        Consent::InPersonAll => (
            "face to face, everybody who takes part must agree; on the telephone, one",
            "cara a cara deben aceptar todas las personas que participan; por teléfono, una",
        ),
        Consent::Unsettled => (
            "the law can be read both ways: take it that everybody must agree",
            "la ley admite ambas lecturas: cuente con que deben aceptar todas las personas",
        ),
    };
    let words = Text::new(
        format!(
            "Before you record a call or a talk yourself ({state}): {en} ({citation}; not checked by a lawyer, and a caller from another state may bring another law). A voicemail is recorded by the one who leaves it. Writing the words down at once needs nobody's consent."
        ),
        format!(
            "Antes de grabar usted una llamada o conversación ({state}): {es} ({citation}; sin revisar por un abogado, y quien llama desde otro estado puede traer otra ley). Un mensaje de voz lo graba quien lo deja. Anotar las palabras enseguida no necesita el consentimiento de nadie."
        ),
    );
    Recording { state: state.to_owned(), consent, citation, words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, is_state};

    #[test]
    fn every_row_is_a_state_and_says_where_it_stands() {
        let file: File = toml::from_str(include_str!("../data/recording.toml")).unwrap();
        assert_eq!(file.state.len(), ROWS.len());
        for row in file.state {
            assert!(
                is_state(&row.state) && row.citation.contains('§') || row.citation.contains("ILCS"),
                "{}",
                row.state
            );
            assert_ne!(
                row.consent,
                Consent::One,
                "{}: what one party may do is the rule, not a row",
                row.state
            );
        }
    }

    #[test]
    fn a_state_without_a_row_asks_for_one_party() {
        let check = |state: &str, consent: Consent, words: &str| {
            let found = recording(state);
            assert_eq!(found.consent, consent, "{state}");
            assert!(found.words.in_lang(Lang::En).contains(words), "{}", found.words.in_lang(Lang::En));
        };
        check("PA", Consent::All, "everybody who takes part must agree (18 Pa. Cons. Stat.");
        check("OR", Consent::InPersonAll, "on the telephone, one");
        check("TX", Consent::One, "you may be that person (18 U.S.C. § 2511(2)(d)");
    }
}
