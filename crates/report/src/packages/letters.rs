//! Letters a person or their lawyer may send: preservation to each platform, retraction, a flag at an address.
//!
//! Drafts with blanks. Redress fills in what the exhibits show and nothing that a person must decide.

use std::collections::BTreeSet;

use record::{Kind, Stance};
use serde_json::{Value, json};
use values::Platform;

use crate::dossier::{Confirmed, Dossier, Exhibit, Retraction};
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
        format!("letters/{}.pdf", self.name())
    }

    fn name(&self) -> String {
        match self {
            Self::Preservation(platform) => format!("preservation-{platform}"),
            Self::Retraction => "retraction".to_owned(),
            Self::Dispatch => "dispatch-flag".to_owned(),
            Self::School => "note-school".to_owned(),
            Self::Employer => "note-employer".to_owned(),
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

    fn key(&self, part: &str) -> String {
        format!("letter_{}{part}", self.word())
    }

    fn title(&self) -> String {
        format!("letter.{}", self.word())
    }

    /// Letters to offices and platforms are in English, since that is how they will be read; notes to a school or a
    /// place of work are in `asked`.
    const fn language(&self, asked: Language) -> Language {
        match self {
            Self::School | Self::Employer => asked,
            Self::Preservation(_) | Self::Retraction | Self::Dispatch => Language::English,
        }
    }

    fn paragraphs(&self, dossier: &Dossier, language: Language) -> Vec<String> {
        let mut paragraphs = words::paragraphs(language, &self.key(""));
        if let (Self::Retraction, Some(law)) = (self, &dossier.retraction) {
            paragraphs.pop();
            paragraphs.push(under(law));
        }
        paragraphs
    }

    fn lists(&self, exhibit: &Exhibit) -> bool {
        match self {
            Self::Dispatch | Self::School | Self::Employer => false,
            Self::Retraction => states_as_fact(exhibit),
            Self::Preservation(platform) => exhibit.post.platform == *platform,
        }
    }
}

/// Tells whether an exhibit was published and a person confirmed that it states something false as a fact.
///
/// A threat, an exposed address or an opinion can be grave, but there is nothing in it to take back; and what reached one
/// person alone was not published.
fn states_as_fact(exhibit: &Exhibit) -> bool {
    let told_to_one = matches!(exhibit.post.platform, Platform::Sms | Platform::Phone | Platform::InPerson);
    let states = |finding: &Confirmed| {
        finding.kind == Kind::FalseClaim && matches!(finding.stance, None | Some(Stance::Asserted))
    };
    !told_to_one && !exhibit.post.text.is_empty() && exhibit.findings.iter().any(states)
}

/// Tells whether there is a company or group to write to. Nobody keeps the records of “unknown” or “in person”, and whose
/// telephone or mail service a message came through does not stand in a capture.
const fn keeps_records(platform: Platform) -> bool {
    !matches!(
        platform,
        Platform::Email
            | Platform::Sms
            | Platform::Phone
            | Platform::Letter
            | Platform::InPerson
            | Platform::Web
            | Platform::Unknown
    )
}

/// A letter as plain text: for a person to change, print and send, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name: `preservation-x`, `retraction`, `dispatch-flag`, `note-school`, `note-employer`.
    pub id: String,
    /// What it is called, in the language asked for.
    pub title: String,
    /// The platform it goes to; `None` where a person fills in to whom.
    pub to: Option<Platform>,
    /// The exhibits it lists.
    pub exhibits: Vec<u32>,
    /// The whole letter. `____` is for a person to fill in.
    pub text: String,
}

/// Returns every letter that `dossier` gives reason for: one to each platform that keeps records, a retraction where a
/// published exhibit states something false, then the others.
pub fn drafts(dossier: &Dossier, language: Language) -> Vec<Draft> {
    let mut letters = of(dossier, Recipient::Counsel);
    letters.extend([Letter::School, Letter::Employer]);
    letters.iter().map(|letter| draft(letter, dossier, language)).collect()
}

fn draft(letter: &Letter, dossier: &Dossier, language: Language) -> Draft {
    let written = letter.language(language);
    let say = |key: &str| words::say(written, key);
    let platform = match letter {
        Letter::Preservation(platform) => Some(*platform),
        Letter::Retraction | Letter::Dispatch | Letter::School | Letter::Employer => None,
    };
    let listed: Vec<&Exhibit> = dossier.exhibits.iter().filter(|exhibit| letter.lists(exhibit)).collect();
    let mut lines = vec![
        format!("{}: ____", say("letter_from")),
        format!(
            "{}: {}",
            say("letter_to"),
            platform.map_or("____", |platform| view::platform_name(written, platform))
        ),
        format!("{}: ____", say("date")),
        String::new(),
    ];
    for paragraph in letter.paragraphs(dossier, written) {
        lines.extend([paragraph, String::new()]);
    }
    let keep = words::paragraphs(written, &letter.key("_keep"));
    if !keep.is_empty() {
        lines.extend(keep.into_iter().map(|item| format!("- {item}")));
        lines.push(String::new());
    }
    if !listed.is_empty() {
        lines.push(format!("{}:", say("letter_items")));
    }
    for exhibit in &listed {
        let post = &exhibit.post;
        let moment = post.written.map_or_else(|| say("not_stated").to_owned(), view::brief);
        let mut line = format!("- {}: {}", exhibit.name(), post.author.shown());
        if let Some(id) = &post.author.id {
            line.push_str(&format!(" ({id})"));
        }
        line.push_str(&format!(", {moment}"));
        if let Some(url) = &post.url {
            line.push_str(&format!(", {url}"));
        }
        lines.push(line);
        if *letter == Letter::Retraction {
            lines.extend(post.text.lines().map(|words| format!("    | {words}")));
        }
    }
    if !listed.is_empty() {
        lines.push(String::new());
    }
    for paragraph in words::paragraphs(written, &letter.key("_close")) {
        lines.extend([paragraph, String::new()]);
    }
    lines.push(format!("{}: ____", say("letter_signature")));
    Draft {
        id: letter.name(),
        title: match platform {
            Some(platform) => {
                format!(
                    "{}: {}",
                    words::say(language, &letter.title()),
                    view::platform_name(language, platform)
                )
            }
            None => words::say(language, &letter.title()).to_owned(),
        },
        to: platform,
        exhibits: listed.iter().map(|exhibit| exhibit.number).collect(),
        text: lines.join("\n") + "\n",
    }
}

/// Returns the letters of a package.
pub(super) fn of(dossier: &Dossier, recipient: Recipient) -> Vec<Letter> {
    match recipient {
        Recipient::Counsel | Recipient::Archive => {
            let platforms: BTreeSet<Platform> =
                dossier.exhibits.iter().map(|exhibit| exhibit.post.platform).collect();
            let kept = platforms.into_iter().filter(|platform| keeps_records(*platform));
            let mut letters: Vec<Letter> = kept.map(Letter::Preservation).collect();
            letters.extend(dossier.exhibits.iter().any(states_as_fact).then_some(Letter::Retraction));
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

/// Returns what the template reads. The title and the notes to the sender are in the package's language.
pub(super) fn data(letter: &Letter, dossier: &Dossier, recipient: Recipient, options: &Options) -> Value {
    let mut data = view::data(dossier, recipient, options, &[], &[]);
    let language = letter.language(options.language);
    let to = match letter {
        Letter::Preservation(platform) => platform.shown(),
        Letter::Retraction | Letter::Dispatch | Letter::School | Letter::Employer => "",
    };
    data["letter"] = json!({
        "title": words::say(options.language, &letter.title()),
        "to": to,
        "paragraphs": letter.paragraphs(dossier, language),
        "keep": words::paragraphs(language, &letter.key("_keep")),
        "closing": words::paragraphs(language, &letter.key("_close")),
        "exhibits": rows(dossier, &data, |exhibit| letter.lists(exhibit)),
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
fn rows(dossier: &Dossier, data: &Value, wanted: impl Fn(&Exhibit) -> bool) -> Vec<Value> {
    let rows = data["exhibits"].as_array().map_or(&[][..], Vec::as_slice);
    dossier
        .exhibits
        .iter()
        .zip(rows)
        .filter(|(exhibit, _)| wanted(exhibit))
        .map(|(_, row)| row.clone())
        .collect()
}
