//! Letters a person or their lawyer may send: preservation to each platform, retraction, a flag at an address.
//!
//! Drafts with blanks. Redress fills in what the exhibits show and nothing that a person must decide.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use values::Platform;

use crate::dossier::Dossier;
use crate::recipient::{Language, Options, Recipient};
use crate::view;
use crate::words;

/// A letter to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Letter {
    /// To a platform: keep these records.
    Preservation(Platform),
    /// To whoever published: take it back.
    Retraction,
    /// To the dispatch centre: flag this address.
    Dispatch,
}

impl Letter {
    /// Returns the file it is written to, below `data/`.
    pub(super) fn file(&self) -> String {
        match self {
            Self::Preservation(platform) => format!("letters/preservation-{platform}.pdf"),
            Self::Retraction => "letters/retraction.pdf".to_owned(),
            Self::Dispatch => "letters/dispatch-flag.pdf".to_owned(),
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Preservation(_) => "preservation",
            Self::Retraction => "retraction",
            Self::Dispatch => "dispatch",
        }
    }
}

/// Returns the letters of a package.
pub(super) fn of(dossier: &Dossier, recipient: Recipient) -> Vec<Letter> {
    match recipient {
        Recipient::Counsel | Recipient::Archive => {
            let platforms: BTreeSet<Platform> =
                dossier.exhibits.iter().map(|exhibit| exhibit.post.platform).collect();
            let mut letters: Vec<Letter> = platforms.into_iter().map(Letter::Preservation).collect();
            letters.push(Letter::Retraction);
            letters.push(Letter::Dispatch);
            letters
        }
        Recipient::Police => vec![Letter::Dispatch],
        Recipient::Prosecutor | Recipient::Platform | Recipient::Employer | Recipient::Public => Vec::new(),
    }
}

/// Returns what the template reads. Letters are in English, since that is how they will be read; only the title and
/// the notes to the sender are in the package's language.
pub(super) fn data(letter: &Letter, dossier: &Dossier, recipient: Recipient, options: &Options) -> Value {
    let mut data = view::data(dossier, recipient, options, &[], &[]);
    let word = letter.word();
    let key = |part: &str| format!("letter_{word}{part}");
    let text = |part: &str| words::paragraphs(Language::English, &key(part));
    let listed: Vec<Value> = match letter {
        Letter::Dispatch => Vec::new(),
        Letter::Retraction => rows(dossier, &data, |exhibit| !exhibit.post.text.is_empty()),
        Letter::Preservation(platform) => rows(dossier, &data, |exhibit| exhibit.post.platform == *platform),
    };
    let to = match letter {
        Letter::Preservation(platform) => platform.to_string(),
        Letter::Retraction | Letter::Dispatch => String::new(),
    };
    data["letter"] = json!({
        "title": words::say(options.language, &format!("letter.{word}")),
        "to": to,
        "paragraphs": text(""),
        "keep": text("_keep"),
        "closing": text("_close"),
        "exhibits": listed,
        "quote": *letter == Letter::Retraction,
    });
    data
}

/// Returns the exhibits' rows as the view made them, of those that `wanted` takes.
fn rows(dossier: &Dossier, data: &Value, wanted: impl Fn(&crate::dossier::Exhibit) -> bool) -> Vec<Value> {
    let rows = data["exhibits"].as_array().map_or(&[][..], Vec::as_slice);
    dossier
        .exhibits
        .iter()
        .zip(rows)
        .filter(|(exhibit, _)| wanted(exhibit))
        .map(|(_, row)| row.clone())
        .collect()
}
