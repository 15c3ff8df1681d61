//! `redress import`: bytes are hashed and kept before anything interprets them; then they are read.
//!
//! ```text
//! file ─copy, hash─▶ draft ─read─▶ items ─channel─▶ reading object + index ─▶ ledger: Kept, Read (the commit)
//! ```
//!
//! Reading and indexing run side by side on two threads. A file that is refused leaves the case exactly as it was; the
//! other files are taken in all the same.

use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use case::{Case, CaseError, Pending};
use record::{Capture, Item, Sink};
use serde::Serialize;
use values::{Digest, Moment, Place, Precision, SaidBy, Severity, Trouble};

use crate::context::Unit;
use crate::files::{self, Found};
use crate::{ActionError, Context};

/// Items that travel from the reader to the index at once.
const BATCH: usize = 512;
/// Batches that may wait: bounds memory when the index is slower than the reader.
const WAITING: usize = 8;
/// Files up to this size are read from memory, larger ones from disk.
const IN_MEMORY: u64 = 64 << 20;
/// The most bytes of a file that must be rewritten to strip secrets from it.
const STRIPPABLE: u64 = 2 << 30;
/// Troubles told one by one for each file; the rest is counted, and all are in the case.
const TOLD: usize = 200;

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
    let found = files::find(request.paths)?;
    let before = case.view().counts()?.posts;
    let total =
        found.iter().filter_map(|file| std::fs::metadata(&file.path).ok()).map(|meta| meta.len()).sum();
    context.progress.begin("Importing", Some(total), Unit::Bytes);
    let mut outcomes = Vec::with_capacity(found.len());
    for file in &found {
        context.progress.say(&file.name);
        outcomes.push(one(case, file, request.options, context)?);
    }
    context.progress.end();
    let after = case.view().counts()?.posts;
    Ok(Outcome { files: outcomes, posts_in_case: after, new_posts: after.saturating_sub(before) })
}

fn refused(name: &str, code: &str, what: impl Into<String>, next: impl Into<String>) -> FileOutcome {
    let became = Became::Refused { code: code.to_owned(), what: what.into(), next: next.into() };
    FileOutcome {
        name: name.to_owned(),
        became,
        capture: None,
        stripped_from: None,
        format: None,
        posts: 0,
        trouble_count: 0,
        troubles: Vec::new(),
    }
}

fn one(
    case: &mut Case,
    found: &Found,
    options: &intake::Options,
    context: &Context<'_>,
) -> Result<FileOutcome, ActionError> {
    let unreadable = |error: std::io::Error| {
        refused(
            &found.name,
            "file.unreadable",
            format!("The file cannot be read: {error}."),
            "Check who may read it, copy it again, and import the copy.",
        )
    };
    let mut file = match File::open(&found.path) {
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
    let door = match Door::open(case, &mut file, &found.name, meta.len(), context) {
        Ok(door) => door,
        Err(Closed::File(error)) => return Ok(unreadable(error)),
        Err(Closed::Refused(outcome)) => return Ok(*outcome),
        Err(Closed::Case(error)) => return Err(error.into()),
    };
    keep_and_read(case, found, door, modified, options, context)
}

/// A file's bytes as they may be kept: copied, hashed, stripped where they held secrets.
struct Door {
    draft: case::objects::Draft,
    in_memory: Option<Vec<u8>>,
    stripped_from: Option<Digest>,
    stripped: Option<u64>,
    troubles: Vec<Trouble>,
}

enum Closed {
    File(std::io::Error),
    Case(CaseError),
    Refused(Box<FileOutcome>),
}

impl Door {
    fn open(
        case: &Case,
        file: &mut File,
        name: &str,
        size: u64,
        context: &Context<'_>,
    ) -> Result<Self, Closed> {
        let mut head = vec![0; 1 << 16];
        let mut filled = 0;
        while filled < head.len() {
            match file.read(&mut head[filled..]).map_err(Closed::File)? {
                0 => break,
                count => filled += count,
            }
        }
        head.truncate(filled);
        let may_hold_secrets = intake::may_hold_secrets(name, &head);
        if may_hold_secrets && size > STRIPPABLE {
            return Err(Closed::Refused(Box::new(refused(
                name,
                "strip.too_large",
                "The file may hold passwords or session cookies and is too large to strip them.",
                "Export it again with fewer pages, or split it.",
            ))));
        }
        let mut draft = case.draft().map_err(Closed::Case)?;
        if may_hold_secrets || size <= IN_MEMORY {
            let mut bytes = head;
            file.read_to_end(&mut bytes).map_err(Closed::File)?;
            context.progress.advance(bytes.len() as u64);
            let stripped = if may_hold_secrets { intake::strip(name, &bytes) } else { None };
            let (bytes, stripped_from, stripped, troubles) = match stripped {
                Some(s) => (s.bytes, Some(Digest::of(&bytes)), Some(s.secrets), s.troubles),
                None => (bytes, None, None, Vec::new()),
            };
            draft.write_all(&bytes).map_err(|error| Closed::Case(disk_full(case, error)))?;
            return Ok(Self { draft, in_memory: Some(bytes), stripped_from, stripped, troubles });
        }
        draft.write_all(&head).map_err(|error| Closed::Case(disk_full(case, error)))?;
        let mut buffer = vec![0; 1 << 20];
        loop {
            let count = file.read(&mut buffer).map_err(Closed::File)?;
            if count == 0 {
                break;
            }
            draft.write_all(&buffer[..count]).map_err(|error| Closed::Case(disk_full(case, error)))?;
            context.progress.advance(count as u64 / 2);
        }
        Ok(Self { draft, in_memory: None, stripped_from: None, stripped: None, troubles: Vec::new() })
    }
}

fn disk_full(case: &Case, source: std::io::Error) -> CaseError {
    CaseError::Disk { what: "Writing", path: case.root().join("objects"), source }
}

fn keep_and_read(
    case: &mut Case,
    found: &Found,
    door: Door,
    modified: Option<Moment>,
    options: &intake::Options,
    context: &Context<'_>,
) -> Result<FileOutcome, ActionError> {
    let Door { draft, in_memory, stripped_from, stripped, troubles } = door;
    let (digest, size) = (draft.digest(), draft.size());
    let mut outcome = FileOutcome {
        name: found.name.clone(),
        became: Became::Imported,
        capture: Some(digest),
        stripped_from,
        format: None,
        posts: 0,
        trouble_count: 0,
        troubles: Vec::new(),
    };
    if let Some(row) = case.view().capture(&digest)?
        && let Some(reader) = row.reader
        && options.force.is_none()
        && options.mapping.is_none()
        && options.day_first.is_none()
        && is_current(&reader)
    {
        outcome.became = Became::AlreadyThere;
        outcome.format = Some(reader.split('/').next().unwrap_or(&reader).to_owned());
        outcome.posts = row.posts;
        return Ok(outcome);
    }
    let handle = draft.reopen()?;
    let capture =
        Capture { digest, size, name: found.name.clone(), kept: context.now(), modified, stripped_from };
    let pending = case.begin_import(draft, capture, stripped)?;
    let read =
        side_by_side(pending, &handle, in_memory, troubles, &found.name, digest, size, options, context)?;
    match read {
        Err(refusal) => Ok(refused(&found.name, refusal.code, refusal.what, refusal.next)),
        Ok((summary, troubles, count)) => {
            outcome.format = Some(summary.format.to_owned());
            outcome.posts = summary.posts;
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

enum Message {
    Items(Vec<Item>),
    Member(Place, String, Vec<u8>),
}

/// Sends what the reader finds to the index, in batches.
struct Outbox {
    batch: Vec<Item>,
    send: SyncSender<Message>,
    troubles: Vec<Trouble>,
    count: u64,
}

impl Outbox {
    fn flush(&mut self) {
        if !self.batch.is_empty() {
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            // Fails only where the index gave up: its error is returned once the reader has ended.
            let _index_gave_up = self.send.send(Message::Items(batch));
        }
    }
}

impl Sink for Outbox {
    fn take(&mut self, item: Item) {
        if let Item::Trouble(trouble) = &item {
            self.count += 1;
            if self.troubles.len() < TOLD {
                self.troubles.push(trouble.clone());
            }
        }
        self.batch.push(item);
        if self.batch.len() >= BATCH {
            self.flush();
        }
    }

    fn member(&mut self, place: Place, name: &str, bytes: &[u8]) {
        self.flush();
        let _index_gave_up = self.send.send(Message::Member(place, name.to_owned(), bytes.to_vec()));
    }
}

type ReadOutcome = Result<(intake::Summary, Vec<Trouble>, u64), intake::Refused>;

#[expect(clippy::too_many_arguments, reason = "one call, in one place, of what one file is")]
fn side_by_side(
    pending: Pending<'_>,
    handle: &File,
    in_memory: Option<Vec<u8>>,
    troubles: Vec<Trouble>,
    name: &str,
    digest: Digest,
    size: u64,
    options: &intake::Options,
    context: &Context<'_>,
) -> Result<ReadOutcome, ActionError> {
    let (send, receive) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let indexing = scope.spawn(move || index(pending, &receive, context));
        // Syncing a large capture to disk takes as long as reading it: both at once.
        let syncing = scope.spawn(|| handle.sync_data());
        let mut outbox = Outbox { batch: Vec::with_capacity(BATCH), send, troubles: Vec::new(), count: 0 };
        for trouble in troubles {
            outbox.take(Item::Trouble(trouble));
        }
        let read = match &in_memory {
            Some(bytes) => {
                intake::read(&intake::Slice::with_digest(name, digest, bytes), options, &mut outbox)
            }
            None => {
                let open = || -> std::io::Result<Box<dyn intake::Bytes>> {
                    let mut file = handle.try_clone()?;
                    std::io::Seek::rewind(&mut file)?;
                    Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, file)))
                };
                let read = intake::read(&intake::Stream::new(name, digest, size, open), options, &mut outbox);
                context.progress.advance(size - size / 2);
                read
            }
        };
        outbox.flush();
        let (troubles, count) = (outbox.troubles, outbox.count);
        drop(outbox.send);
        let gone = || ActionError::OurFault("A part of the import stopped without saying why.".to_owned());
        let pending = indexing.join().map_err(|_| gone())??;
        syncing.join().map_err(|_| gone())?.map_err(|source| CaseError::Disk {
            what: "Writing",
            path: PathBuf::from("objects"),
            source,
        })?;
        match read {
            // Dropping the pending import leaves the case as it was.
            Err(refusal) => Ok(Err(refusal)),
            Ok(summary) => {
                pending.commit(&format!("{}/{}", summary.format, summary.version), context.now())?;
                Ok(Ok((summary, troubles, count)))
            }
        }
    })
}

fn index<'a>(
    mut pending: Pending<'a>,
    receive: &Receiver<Message>,
    context: &Context<'_>,
) -> Result<Pending<'a>, CaseError> {
    while let Ok(message) = receive.recv() {
        match message {
            Message::Items(items) => items.iter().try_for_each(|item| pending.take(item))?,
            Message::Member(place, name, bytes) => {
                pending.member(&place, &name, &bytes, context.now())?;
            }
        }
    }
    Ok(pending)
}

fn moment_of(time: std::time::SystemTime) -> Option<Moment> {
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment::from_millis(i64::try_from(since.as_millis()).ok()?, Precision::Millisecond, SaidBy::File))
}
