//! Letters a person or their lawyer may send: preservation to each platform, retraction, a flag at an address.
//!
//! Drafts with blanks. Redress fills in what the exhibits show and nothing that a person must decide.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use values::Platform;

use crate::dossier::{Dossier, Retraction};
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
    /// To a school the family's children go to.
    School,
    /// To the place of work.
    Employer,
}

impl Letter {
    /// Returns the file it is written to, below `data/`.
    pub(super) fn file(&self) -> String {
        match self {
            Self::Preservation(platform) => format!("letters/preservation-{platform}.pdf"),
            Self::Retraction => "letters/retraction.pdf".to_owned(),
            Self::Dispatch => "letters/dispatch-flag.pdf".to_owned(),
            Self::School => "letters/note-school.pdf".to_owned(),
            Self::Employer => "letters/note-employer.pdf".to_owned(),
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Preservation(_) => "preservation",
            Self::Retraction => "retraction",
            Self::Dispatch => "dispatch",
            Self::School => "school",
            Self::Employer => "employer",
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
        Recipient::Household => vec![Letter::Dispatch, Letter::School, Letter::Employer],
        Recipient::Prosecutor
        | Recipient::Platform
        | Recipient::Host
        | Recipient::Employer
        | Recipient::Public => Vec::new(),
    }
}

/// Returns what the template reads. Letters to offices and platforms are in English, since that is how they will be read;
/// only the title and the notes to the sender are in the package's language. The notes to a school or a place of work
/// are in the package's language whole.
pub(super) fn data(letter: &Letter, dossier: &Dossier, recipient: Recipient, options: &Options) -> Value {
    let mut data = view::data(dossier, recipient, options, &[], &[]);
    let word = letter.word();
    let key = |part: &str| format!("letter_{word}{part}");
    let language = match letter {
        Letter::School | Letter::Employer => options.language,
        Letter::Preservation(_) | Letter::Retraction | Letter::Dispatch => Language::English,
    };
    let text = |part: &str| words::paragraphs(language, &key(part));
    let mut paragraphs = text("");
    if let (Letter::Retraction, Some(law)) = (letter, &dossier.retraction) {
        paragraphs.pop();
        paragraphs.push(under(law));
    }
    let listed: Vec<Value> = match letter {
        Letter::Dispatch | Letter::School | Letter::Employer => Vec::new(),
        Letter::Retraction => rows(dossier, &data, |exhibit| !exhibit.post.text.is_empty()),
        Letter::Preservation(platform) => rows(dossier, &data, |exhibit| exhibit.post.platform == *platform),
    };
    let to = match letter {
        Letter::Preservation(platform) => platform.to_string(),
        Letter::Retraction | Letter::Dispatch | Letter::School | Letter::Employer => String::new(),
    };
    data["letter"] = json!({
        "title": words::say(options.language, &format!("letter.{word}")),
        "to": to,
        "paragraphs": paragraphs,
        "keep": text("_keep"),
        "closing": text("_close"),
        "exhibits": listed,
        "quote": *letter == Letter::Retraction,
    });
    data
}

/// Returns the paragraph on the law of the person's state, in English, with what a lawyer must decide left open.
fn under(law: &Retraction) -> String {
    let mut text = match law.wanted {
        true => format!(
            "This is a demand under the law of {} ({}): {}.",
            law.state_name, law.citation, law.rule.en
        ),
        false => format!(
            "The law of {} asks for no such demand ({}); it is made all the same, so that nobody can say they did not know.",
            law.state_name, law.citation
        ),
    };
    if let (true, Some(days)) = (law.wanted, law.days) {
        text.push_str(&format!(" The law counts {days} days."));
    }
    if !law.whom.is_empty() {
        text.push_str(&format!(" It covers: {}.", law.whom));
    }
    if law.unverified {
        text.push_str(" UNVERIFIED: nobody has opened the source of this row.");
    }
    text.push_str(" A lawyer must check form, addressee and deadline, and which state's law applies: ____.");
    text
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
