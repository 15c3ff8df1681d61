//! `redress log`: a call, voicemail, letter or visit, written down.
//!
//! An incident stands in the same timeline as posts and is scanned, reviewed and packaged like one. A recording or a
//! photograph of the letter is kept first, as a capture under its own digest, and the incident names it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use case::Case;
use record::{Capture, Incident, IncidentKind, Item, PostKey};
use serde::{Deserialize, Serialize};
use values::{Digest, Doubt, Moment, Place, Platform, Precision, SaidBy};

use crate::{ActionError, Context};

/// The most bytes of a recording or photograph kept with an incident.
const MOST: u64 = 1 << 30;
/// The most incidents taken in at once.
const MOST_AT_ONCE: usize = 10_000;

/// An incident as a person or a program writes it: the JSON form of `redress log`.
///
/// ```json
/// {"kind": "voicemail", "when": "2025-11-04 21:10", "about": true, "from": "(202) 555-0177",
///  "words": "the transcript, typed", "seconds": 41, "recording": "voicemail.m4a",
///  "witnesses": ["A. Example"], "original_with": "the county's answering machine", "reported_to": ["sheriff, 25-0001"]}
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Entry {
    /// `call`, `voicemail`, `letter`, `visit` or `in-person`.
    pub kind: String,
    /// RFC 3339, or a day and time without a zone for local time.
    pub when: String,
    /// Whether the time is remembered and not noted.
    pub about: bool,
    /// The exact words; of a voicemail, the transcript a person typed.
    pub words: String,
    /// Where several people spoke: who said what, in order. It stands below the words, one line each.
    pub said: Vec<Said>,
    /// Who it was, as they called themselves or seemed.
    pub who: Option<String>,
    /// The calling number or sender's address as shown.
    pub from: Option<String>,
    /// Where it happened.
    pub place: Option<String>,
    /// How long it lasted, in seconds.
    pub seconds: Option<u64>,
    /// Who saw or heard it.
    pub witnesses: Vec<String>,
    /// Who has the original.
    pub original_with: Option<String>,
    /// To whom it was reported, with the number.
    pub reported_to: Vec<String>,
    /// A file to keep with it: the voicemail's audio, a photograph of the letter.
    pub recording: Option<PathBuf>,
}

/// What one of several people said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Who, as they called themselves or seemed.
    pub who: String,
    /// Their exact words.
    pub words: String,
}

/// What was written down.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The entry in the timeline: it stands beside the posts under this key.
    pub key: PostKey,
    /// SHA-256 of the entry.
    pub incident: Digest,
    /// SHA-256 of the recording, where one was kept with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<Digest>,
    /// What the state asks of somebody who records a call, where the entry is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<law::Recording>,
}

/// An entry whose fields were checked, with the file to keep.
struct Checked {
    incident: Incident,
    recording: Option<PathBuf>,
}

/// Adds incidents, in order. Errors, with nothing added, where one of them cannot be what it says.
pub fn log(case: &mut Case, entries: &[Entry], context: &Context<'_>) -> Result<Vec<Outcome>, ActionError> {
    if entries.is_empty() || entries.len() > MOST_AT_ONCE {
        return Err(ActionError::Request(format!(
            "{} incidents were given; from 1 to {MOST_AT_ONCE} can be written down at once. Split the list.",
            entries.len()
        )));
    }
    let many = entries.len() > 1;
    let mut checked = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        checked.push(check(entry, context.now()).map_err(|what| {
            let which = if many { format!("Entry {}: ", at + 1) } else { String::new() };
            ActionError::Request(format!("{which}{what}"))
        })?);
    }
    checked.into_iter().map(|checked| one(case, checked, context)).collect()
}

/// How far ahead of UTC a clock can be (the Line Islands).
const FURTHEST_EAST: i64 = 14 * 3_600_000;
/// How far the clock of this computer may be behind another.
const CLOCKS_APART: i64 = 5 * 60_000;
/// 1900-01-01T00:00:00Z: what is earlier is a slip of the keys.
const LONG_AGO: i64 = -2_208_988_800_000;

/// Says why an incident cannot have happened then. A time without a zone may be that of a clock ahead of UTC.
fn impossible(given: &str, when: Moment, now: Moment) -> Option<String> {
    let ahead = if when.doubt() == Some(Doubt::ZoneUnknown) { FURTHEST_EAST } else { CLOCKS_APART };
    if when.millis() > now.millis() + ahead {
        let today: String = now.to_rfc3339().chars().take(10).collect();
        return Some(format!(
            "“{given}” has not come yet: for this computer it is {today}. Look at the year, the month and the day, or at the computer's clock."
        ));
    }
    (when.millis() < LONG_AGO).then(|| {
        format!(
            "“{given}” is more than a hundred years ago. Look at the year, and write it with four digits."
        )
    })
}

fn check(entry: &Entry, now: Moment) -> Result<Checked, String> {
    let kind = IncidentKind::ALL.into_iter().find(|kind| kind.word() == entry.kind).ok_or_else(|| {
        let known = IncidentKind::ALL.map(IncidentKind::word).join(", ");
        format!("“{}” is not one of {known}. Say with one of these words what happened.", entry.kind)
    })?;
    let when = Moment::parse(&entry.when, SaidBy::Person)
        .or_else(|_| Moment::parse_local(&entry.when, SaidBy::Person))
        .map_err(|error| {
            format!("{error}. Write when it happened, such as 2025-11-04 21:10, and --about where it is remembered.")
        })?;
    if let Some(why) = impossible(&entry.when, when, now) {
        return Err(why);
    }
    let words = all_words(entry)?;
    if words.trim().is_empty() && entry.recording.is_none() && entry.place.is_none() {
        return Err(
            "Nothing was said of what happened. Add the words with --words, or where it was with --place."
                .to_owned(),
        );
    }
    if let Some(path) = &entry.recording {
        let meta = std::fs::metadata(path).map_err(|error| {
            format!("The recording “{}” cannot be read: {error}. Check the name.", path.display())
        })?;
        if !meta.is_file() || meta.len() == 0 || meta.len() > MOST {
            return Err(format!(
                "The recording “{}” is no file from 1 byte to 1 GiB. Name the file itself, or a shorter one.",
                path.display()
            ));
        }
    }
    let some = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    Ok(Checked {
        incident: Incident {
            kind,
            when: if entry.about { when.with_doubt(Doubt::About) } else { when },
            who: some(&entry.who).or_else(|| speakers(&entry.said)),
            from: some(&entry.from),
            place: some(&entry.place),
            words,
            seconds: entry.seconds,
            witnesses: entry.witnesses.clone(),
            original_with: some(&entry.original_with),
            reported_to: entry.reported_to.clone(),
            recording: None,
        },
        recording: entry.recording.clone(),
    })
}

/// Returns the words, and below them what each of several people said, one line each.
fn all_words(entry: &Entry) -> Result<String, String> {
    let mut words = entry.words.clone();
    for said in &entry.said {
        if said.who.trim().is_empty() || said.words.trim().is_empty() {
            return Err(
                "Where several people spoke, each needs a name or description and their words.".to_owned()
            );
        }
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&format!("{}: {}", said.who.trim(), said.words.trim()));
    }
    Ok(words)
}

/// Returns everybody who spoke, each once, in order.
fn speakers(said: &[Said]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for said in said {
        if !names.contains(&said.who.trim()) {
            names.push(said.who.trim());
        }
    }
    (!names.is_empty()).then(|| names.join("; "))
}

fn one(case: &mut Case, checked: Checked, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let mut incident = checked.incident;
    if let Some(path) = &checked.recording {
        incident.recording = Some(keep(case, path, context)?);
    }
    let digest = case.log(&incident, context.now())?;
    let asks = matches!(incident.kind, IncidentKind::Call | IncidentKind::Visit | IncidentKind::InPerson);
    Ok(Outcome {
        key: key(&incident, &digest),
        incident: digest,
        recording: incident.recording,
        consent: asks.then(|| law::recording(&case.settings().state)),
    })
}

/// Returns the key under which an incident with this digest stands beside the posts.
pub(crate) fn key(incident: &Incident, digest: &Digest) -> PostKey {
    let platform = match incident.kind {
        IncidentKind::Call | IncidentKind::Voicemail => Platform::Phone,
        IncidentKind::Letter => Platform::Letter,
        IncidentKind::Visit | IncidentKind::InPerson => Platform::InPerson,
    };
    PostKey::of_place(platform, digest, &Place::whole())
}

/// Keeps a recording under its own digest, once however often it is named. Nothing is read in it.
fn keep(case: &mut Case, path: &Path, context: &Context<'_>) -> Result<Digest, ActionError> {
    let failed = |error: std::io::Error| {
        ActionError::Request(format!("The recording “{}” cannot be read: {error}.", path.display()))
    };
    let mut draft = case.draft()?;
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let modified = file.metadata().and_then(|meta| meta.modified()).ok().and_then(|time| {
        let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
        let millis = i64::try_from(since.as_millis()).ok()?;
        Some(Moment::from_millis(millis, Precision::Millisecond, SaidBy::File))
    });
    std::io::copy(&mut file, &mut draft).map_err(failed)?;
    draft.flush().map_err(failed)?;
    let (digest, size) = (draft.digest(), draft.size());
    if case.view().capture(&digest)?.is_some() {
        return Ok(digest);
    }
    let name =
        path.file_name().map_or_else(|| "recording".to_owned(), |name| name.to_string_lossy().into_owned());
    let capture = Capture { digest, size, name, kept: context.now(), modified, stripped_from: None };
    let mut pending = case.begin_import(draft, capture, None)?;
    pending.take(&Item::Leftover {
        place: Place::whole(),
        what: "a recording or photograph kept with an incident; its words are those a person typed"
            .to_owned(),
    })?;
    pending.commit("recording/1", context.now())?;
    Ok(digest)
}
