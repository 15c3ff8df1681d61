//! A known claim, with what named sources found and when.

use record::{Claim, Verdict};
use serde::Deserialize;

use super::{Origin, row};
use crate::text::{Lang, Text};

/// A claim of the shipped library.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimRow {
    /// Where it comes from.
    #[serde(skip)]
    pub origin: Origin,
    /// The state it is about, or `US`.
    pub state: String,
    /// The claim as others make it. A quotation of sorts: never our own sentence.
    pub claim: Text,
    /// Other ways it is said, in our wording; both languages in one list.
    pub paraphrases: Vec<String>,
    /// Words that go with it.
    pub keywords: Vec<String>,
    /// What the sources found.
    pub verdict: Verdict,
    /// What is known.
    pub known: Text,
    /// When it was first seen, as exact as known.
    pub first_seen: String,
    /// Whom it is aimed at.
    pub targets: Vec<String>,
    /// The day the verdict is of, as exact as known.
    pub verdict_as_of: String,
    /// Whether an inquiry or dispute was open that day.
    pub open_matter: bool,
}

row!(ClaimRow, "claim", [claim, known], []);

impl ClaimRow {
    /// Returns the row as the noun of the record, with its texts in `lang`.
    pub fn as_claim(&self, lang: Lang) -> Claim {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut variants = self.paraphrases.clone();
        if lang == Lang::En && !self.claim.es.is_empty() {
            variants.push(self.claim.es.clone());
        }
        Claim {
            id: self.origin.id.clone(),
            claim: self.claim.in_lang(lang).to_owned(),
            variants,
            title: None,
            date: given(&self.first_seen),
            sources: self.origin.sources.clone(),
            verdict: Some(self.verdict),
            verdict_as_of: given(&self.verdict_as_of),
            open_matter: self.open_matter,
            known: given(self.known.in_lang(lang)),
        }
    }

    /// Returns the sentence a package shows: what it matches, what was found, on which day, and whether it was open.
    pub fn verdict_shown(&self) -> Text {
        let (en, es) = match self.verdict {
            Verdict::False => ("found false", "la consideraron falsa"),
            Verdict::Misleading => ("found misleading", "la consideraron engañosa"),
            Verdict::Unsupported => ("found without support", "no le hallaron sustento"),
            Verdict::Mixed => ("found partly right", "la consideraron cierta en parte"),
            Verdict::True => ("found true", "la consideraron cierta"),
            Verdict::Hoax => ("found to be made-up media", "consideraron que el material fue inventado"),
        };
        let (open, abierto) = if self.open_matter { ("yes", "sí") } else { ("no", "no") };
        let (on, al) = match self.verdict_as_of.as_str() {
            "" => ("a day that is not known".to_owned(), "en una fecha que no se conoce".to_owned()),
            day => (day.to_owned(), format!("al {day}")),
        };
        Text::new(
            format!("Matches claim {}: {en} by the sources named, as of {on}; open: {open}.", self.origin.id),
            format!(
                "Coincide con la afirmación {}: las fuentes citadas {es}, {al}; abierto: {abierto}.",
                self.origin.id
            ),
        )
    }
}
