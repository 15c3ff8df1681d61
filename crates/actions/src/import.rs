//! `redress import`: bytes are hashed and kept before anything interprets them; then they are read.
//!
//! ```text
//! file ─copy, hash─▶ draft ─read─▶ items ─channel─▶ reading object + index ─▶ ledger: Kept, Read (the commit)
//! ```
//!
//! Copying, reading and indexing run side by side: a large file is read while it is still being copied, from the copy and
//! never ahead of it. A file that is refused leaves the case exactly as it was; the other files are taken in all the same.

mod answers;
pub mod asks;
mod beside;
mod door;
mod reading;

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use case::Case;
use record::Capture;
use serde::Serialize;
use values::{Digest, Moment, Precision, SaidBy, Severity, Trouble};

use beside::Beside;
use door::{Closed, Door};
use reading::{About, Ended};

use crate::context::Unit;
use crate::files::{self, Found};
use crate::{ActionError, Context};

/// What a person asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// How to read them.
    pub options: &'a intake::Options,
}

/// What became of one file.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "became")]
pub enum Became {
    /// Kept and read.
    Imported,
    /// The same bytes were in the case already.
    AlreadyThere,
    /// Not taken in; the case is as if it had never been named.
    Refused {
        /// A stable code.
        code: String,
        /// What is wrong.
        what: String,
        /// What to do.
        next: String,
    },
}

/// One file and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct FileOutcome {
    /// The file's name.
    pub name: String,
    /// Where it lies.
    #[serde(skip)]
    pub path: PathBuf,
    /// What became of it.
    #[serde(flatten)]
    pub became: Became,
    /// SHA-256 of the kept bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<Digest>,
    /// SHA-256 of the bytes as received, where secrets were stripped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stripped_from: Option<Digest>,
    /// The format it was read as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Posts read.
    pub posts: u64,
    /// Calls, letters and visits read.
    #[serde(skip_serializing_if = "is_none")]
    pub incidents: u64,
    /// Troubles met.
    pub trouble_count: u64,
    /// The troubles, at most 200 a file.
    pub troubles: Vec<Trouble>,
}

/// What an import came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// One entry a file, in order.
    pub files: Vec<FileOutcome>,
    /// Posts in the case now.
    pub posts_in_case: u64,
    /// Posts that were not in the case before.
    pub new_posts: u64,
}

impl Outcome {
    /// Tells whether a file was refused or weakened.
    pub fn troubled(&self) -> bool {
        self.files.iter().any(|file| {
            matches!(file.became, Became::Refused { .. })
                || file.troubles.iter().any(|trouble| trouble.severity > Severity::Note)
        })
    }
}

/// Takes files in.
pub fn import(case: &mut Case, request: &Request<'_>, context: &Context<'_>) -> Result<Outcome, ActionError> {
    import_found(case, &files::find(request.paths)?, request.options, context)
}

/// Takes files in that were found already; each is called what [`Found::name`] says, wherever it lies.
pub fn import_found(
    case: &mut Case,
    found: &[Found],
    options: &intake::Options,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let before = case.view().counts()?.posts;
    let total =
        found.iter().filter_map(|file| std::fs::metadata(&file.path).ok()).map(|meta| meta.len()).sum();
    context.progress.begin("Importing", Some(total), Unit::Bytes);
    let all = Beside::all(found);
    let mut outcomes = Vec::with_capacity(found.len());
    for (at, file) in found.iter().enumerate() {
        let which = format!("{} of {} files, ", at + 1, found.len());
        context.progress.say(&format!("{which}{}", file.name));
        let mut outcome = one(case, file, &all, &which, options, context)?;
        outcome.path.clone_from(&file.path);
        outcomes.push(outcome);
    }
    context.progress.end();
    let after = case.view().counts()?.posts;
    Ok(Outcome { files: outcomes, posts_in_case: after, new_posts: after.saturating_sub(before) })
}

fn refused(name: &str, code: &str, what: impl Into<String>, next: impl Into<String>) -> FileOutcome {
    let became = Became::Refused { code: code.to_owned(), what: what.into(), next: next.into() };
    FileOutcome {
        name: name.to_owned(),
        path: PathBuf::new(),
        became,
        capture: None,
        stripped_from: None,
        format: None,
        posts: 0,
        incidents: 0,
        trouble_count: 0,
        troubles: Vec::new(),
    }
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

fn unreadable(name: &str, error: &std::io::Error) -> FileOutcome {
    refused(
        name,
        "file.unreadable",
        format!("The file cannot be read: {error}."),
        "Check who may read it, copy it again, and import the copy.",
    )
}

fn one(
    case: &mut Case,
    found: &Found,
    all: &HashSet<&Path>,
    which: &str,
    options: &intake::Options,
    context: &Context<'_>,
) -> Result<FileOutcome, ActionError> {
    let unreadable = |error: std::io::Error| unreadable(&found.name, &error);
    let file = match File::open(&found.path) {
        Ok(file) => file,
        Err(error) => return Ok(unreadable(error)),
    };
    let meta = match file.metadata() {
        Ok(meta) => meta,
        Err(error) => return Ok(unreadable(error)),
    };
    if meta.len() == 0 {
        return Ok(refused(
            &found.name,
            "file.empty",
            "The file is empty: it holds no bytes at all.",
            "Look whether the download or copy was finished, and import it again.",
        ));
    }
    let modified = meta.modified().ok().and_then(moment_of);
    let door = match Door::open(case, file, &found.name, meta.len(), context) {
        Ok(door) => door,
        Err(Closed::File(error)) => return Ok(unreadable(error)),
        Err(Closed::Refused(outcome)) => return Ok(*outcome),
        Err(Closed::Case(error)) => return Err(error.into()),
    };
    let about = About {
        name: &found.name,
        which,
        size: meta.len(),
        options,
        context,
        beside: Beside::new(&found.path, all),
    };
    keep_and_read(case, door, modified, about)
}

/// Tells whether the case has read these bytes as it would today, and by the same answers.
fn already_there(
    before: Option<&case::view::CaptureRow>,
    options: &intake::Options,
) -> Option<(String, u64)> {
    let row = before.filter(|_| options.force.is_none() && options.mapping.is_none())?;
    let reader = row.reader.as_deref()?;
    let same = answers::named(answers::bare(reader), options) == reader;
    let format = answers::bare(reader).split('/').next()?.to_owned();
    (same && is_current(answers::bare(reader))).then_some((format, row.posts))
}

fn keep_and_read(
    case: &mut Case,
    door: Door,
    modified: Option<Moment>,
    about: About<'_>,
) -> Result<FileOutcome, ActionError> {
    let (name, context) = (about.name, about.context);
    // The answers of an earlier reading of the same bytes.
    let options;
    let mut about = about;
    let mut outcome = FileOutcome {
        name: name.to_owned(),
        path: PathBuf::new(),
        became: Became::Imported,
        capture: None,
        stripped_from: None,
        format: None,
        posts: 0,
        incidents: 0,
        trouble_count: 0,
        troubles: Vec::new(),
    };
    let capture = |digest, size, stripped_from| Capture {
        digest,
        size,
        name: name.to_owned(),
        kept: context.now(),
        modified,
        stripped_from,
    };
    let ended = match door {
        Door::Kept { draft, in_memory, stripped_from, stripped, troubles } => {
            let (digest, size) = (draft.digest(), draft.size());
            outcome.capture = Some(digest);
            outcome.stripped_from = stripped_from;
            let before = case.view().capture(&digest)?;
            if let Some(reader) = before.as_ref().and_then(|row| row.reader.as_deref()) {
                options = answers::taken_from(reader, about.options);
                about.options = &options;
            }
            if let Some((format, posts)) = already_there(before.as_ref(), about.options) {
                outcome.became = Became::AlreadyThere;
                outcome.format = Some(format);
                outcome.posts = posts;
                return Ok(outcome);
            }
            let handle = draft.reopen()?;
            let pending = case.begin_import(draft, capture(digest, size, stripped_from), stripped)?;
            about.size = size;
            reading::kept(pending, &handle, in_memory.as_deref(), digest, troubles, &about)?
        }
        Door::Arriving(arriving) => {
            // Digest and size are filled in when all bytes are there.
            let coming = capture(Digest::of(b""), 0, None);
            let pending = case.begin_growing(arriving.growing.clone(), coming)?;
            let (ended, digest) = reading::arriving(pending, arriving, &about)?;
            outcome.capture = digest;
            ended
        }
    };
    match ended {
        Ended::Refused(refusal) => Ok(refused(name, refusal.code, refusal.what, refusal.next)),
        Ended::Unreadable(error) => Ok(unreadable(name, &error)),
        Ended::Committed((summary, troubles, count)) => {
            outcome.format = Some(summary.format.to_owned());
            outcome.posts = summary.posts;
            outcome.incidents = summary.incidents;
            outcome.trouble_count = count;
            outcome.troubles = troubles;
            Ok(outcome)
        }
    }
}

/// Tells whether a reader named in the ledger is the one this program would use today.
fn is_current(reader: &str) -> bool {
    let Some((name, version)) = reader.rsplit_once('/') else { return false };
    match intake::formats().iter().find(|format| format.name == name) {
        Some(format) => version == format.version.to_string(),
        // Archives, incidents and unknown files have no reader of their own.
        None => true,
    }
}

fn moment_of(time: std::time::SystemTime) -> Option<Moment> {
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment::from_millis(i64::try_from(since.as_millis()).ok()?, Precision::Millisecond, SaidBy::File))
}
