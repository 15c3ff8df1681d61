//! Reading a capture: what the reader finds goes over a channel to the thread that writes the index.

use std::fs::File;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use case::{CaseError, Pending};
use record::{Item, Sink};
use values::{Digest, Place, Trouble, counted};

use super::answers;
use super::beside::Beside;
use super::door::{Arriving, Closed};
use crate::{ActionError, Context};

/// Items that travel from the reader to the index at once.
const BATCH: usize = 512;
/// Batches that may wait: bounds memory when the index is slower than the reader.
const WAITING: usize = 8;
/// Troubles told one by one for each file; the rest is counted, and all are in the case.
const TOLD: usize = 200;

/// What one file is, as its reader needs to know it.
pub(super) struct About<'a> {
    pub name: &'a str,
    /// Which of how many files it is, as progress tells it.
    pub which: &'a str,
    pub size: u64,
    pub options: &'a intake::Options,
    pub context: &'a Context<'a>,
    /// The other files of this import, by where they lie.
    pub beside: Beside<'a>,
}

/// What reading came to: the summary, the first troubles, and how many there were.
pub(super) type Told = (intake::Summary, Vec<Trouble>, u64);

/// What became of a file that was read.
pub(super) enum Ended {
    /// It is in the case.
    Committed(Told),
    /// It was refused, and the case is as it was.
    Refused(intake::Refused),
    /// It could not be read to its end, and the case is as it was.
    Unreadable(std::io::Error),
}

/// Reads bytes that were kept, and commits.
pub(super) fn kept(
    pending: Pending<'_>,
    handle: &File,
    in_memory: Option<&[u8]>,
    digest: Digest,
    troubles: Vec<Trouble>,
    about: &About<'_>,
) -> Result<Ended, ActionError> {
    let (send, receive) = sync_channel(WAITING);
    let now = about.context.now();
    std::thread::scope(|scope| {
        let indexing = scope.spawn(move || index(pending, &receive, about.context));
        // Syncing a capture to disk takes as long as reading it: both at once.
        let syncing = scope.spawn(|| handle.sync_data());
        let mut outbox = Outbox::new(send, about);
        for trouble in troubles {
            outbox.take(Item::Trouble(trouble));
        }
        let read = match in_memory {
            Some(bytes) => {
                let source = intake::Slice::with_digest(about.name, digest, bytes);
                intake::read_by(about.context.clock, Some(&about.beside), &source, about.options, &mut outbox)
            }
            None => {
                let open = || -> std::io::Result<Box<dyn intake::Bytes>> {
                    let mut file = handle.try_clone()?;
                    std::io::Seek::rewind(&mut file)?;
                    Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, file)))
                };
                let source = intake::Stream::new(about.name, || digest, about.size, open);
                let read = intake::read_by(
                    about.context.clock,
                    Some(&about.beside),
                    &source,
                    about.options,
                    &mut outbox,
                );
                about.context.progress.advance(about.size - about.size / 2);
                read
            }
        };
        let told = outbox.end();
        let pending = indexing.join().map_err(|_| gone())??;
        synced(syncing.join().map_err(|_| gone())?)?;
        finish(pending, read, told, about.options, now)
    })
}

/// Keeps and reads bytes at once, and commits when all of them are on the disk.
///
/// One thread copies and hashes, one pushes to the disk, one reads what the copy holds so far, one writes the index. The
/// reader is given only bytes that stand in the copy.
pub(super) fn arriving(
    mut pending: Pending<'_>,
    arriving: Arriving,
    about: &About<'_>,
) -> Result<(Ended, Option<Digest>), ActionError> {
    let (send, receive) = sync_channel(WAITING);
    let (growing, copy) = arriving.apart();
    let now = about.context.now();
    std::thread::scope(|scope| {
        let copying = scope.spawn(move || copy.run(about.context));
        let syncing = scope.spawn(|| growing.sync());
        let indexing = scope.spawn(move || index(pending, &receive, about.context));
        let mut outbox = Outbox::new(send, about);
        let open = || -> std::io::Result<Box<dyn intake::Bytes>> {
            Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, growing.follow())))
        };
        // Where the bytes broke off there is no digest, and what was read is thrown away below.
        let digest = || growing.digest().unwrap_or_else(|| Digest::of(b""));
        let source = intake::Stream::new(about.name, digest, about.size, open);
        let read =
            intake::read_by(about.context.clock, Some(&about.beside), &source, about.options, &mut outbox);
        if read.is_err() {
            growing.give_up();
        }
        about.context.progress.advance(about.size - about.size / 2);
        let told = outbox.end();
        let copied = copying.join().map_err(|_| gone())?;
        pending = indexing.join().map_err(|_| gone())??;
        let synced_all = syncing.join().map_err(|_| gone())?;
        let draft = match copied {
            Err(Closed::File(error)) => return Ok((Ended::Unreadable(error), None)),
            Err(Closed::Case(error)) => return Err(error.into()),
            Err(Closed::Refused(_)) | Ok(None) => None,
            Ok(Some(draft)) => Some(draft),
        };
        let (Some(draft), Ok(_)) = (draft, &read) else {
            return Ok((read.map_or_else(Ended::Refused, |_| Ended::Unreadable(broke_off())), None));
        };
        synced(synced_all)?;
        let digest = draft.digest();
        pending.arrived(draft)?;
        Ok((finish(pending, read, told, about.options, now)?, Some(digest)))
    })
}

fn finish(
    pending: Pending<'_>,
    read: Result<intake::Summary, intake::Refused>,
    (troubles, count): (Vec<Trouble>, u64),
    options: &intake::Options,
    now: values::Moment,
) -> Result<Ended, ActionError> {
    match read {
        // Dropping the pending import leaves the case as it was.
        Err(refusal) => Ok(Ended::Refused(refusal)),
        Ok(summary) => {
            let reader = format!("{}/{}", summary.format, summary.version);
            let mut reader = answers::named(&reader, options);
            if summary.alone {
                reader.push_str(answers::ALONE);
            }
            if summary.stopped {
                reader.push_str(answers::STOPPED);
            }
            pending.commit(&reader, now)?;
            Ok(Ended::Committed((summary, troubles, count)))
        }
    }
}

fn broke_off() -> std::io::Error {
    std::io::Error::other("it broke off while it was copied")
}

fn gone() -> ActionError {
    ActionError::OurFault("A part of the import stopped without saying why.".to_owned())
}

fn synced(result: std::io::Result<()>) -> Result<(), CaseError> {
    result.map_err(|source| CaseError::Disk { what: "Writing", path: PathBuf::from("objects"), source })
}

enum Message {
    Items(Vec<Item>),
    Member(Place, String, Vec<u8>),
}

/// Sends what the reader finds to the index, in batches.
struct Outbox<'a> {
    batch: Vec<Item>,
    send: SyncSender<Message>,
    troubles: Vec<Trouble>,
    count: u64,
    posts: u64,
    about: &'a About<'a>,
}

impl<'a> Outbox<'a> {
    fn new(send: SyncSender<Message>, about: &'a About<'a>) -> Self {
        Self { batch: Vec::with_capacity(BATCH), send, troubles: Vec::new(), count: 0, posts: 0, about }
    }

    /// Sends what is left, tells the index that nothing follows, and returns the troubles.
    fn end(mut self) -> (Vec<Trouble>, u64) {
        self.flush();
        (self.troubles, self.count)
    }

    fn flush(&mut self) {
        if !self.batch.is_empty() {
            let About { which, name, .. } = self.about;
            let (posts, troubles) = (self.posts, self.count);
            self.about.context.progress.say(&format!(
                "{which}{name}: {}, {}",
                counted(posts, "post", "posts"),
                counted(troubles, "trouble", "troubles")
            ));
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            // Fails only where the index gave up: its error is returned once the reader has ended.
            let _index_gave_up = self.send.send(Message::Items(batch));
        }
    }
}

impl Sink for Outbox<'_> {
    fn take(&mut self, item: Item) {
        self.posts += u64::from(matches!(item, Item::Post { .. } | Item::Incident { .. }));
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
