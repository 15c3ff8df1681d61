//! An open case: making one, opening one, and the few ways it changes.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use record::{Actor, Bates, Capture, Decision, Event, Incident, Item, Post, PostKey, PrivateSet, Role, What};
use seal::note::VerifierKey;
use serde::{Deserialize, Serialize};
use values::{Digest, Moment, Place};

use crate::growing::Growing;
use crate::index::Index;
use crate::index::view::View;
use crate::ledger::Ledger;
use crate::objects::{Draft, Objects};
use crate::settings::{FORMAT, Settings};
use crate::stamps::NewStamp;
use crate::{CaseError, disk, erase, keys, lock, private, statements};

pub use crate::index::view::Proposal;

/// What a new case is made of.
#[derive(Debug)]
pub struct NewCase<'a> {
    /// What to call it; shown on packages.
    pub name: &'a str,
    /// What the person does.
    pub role: Role,
    /// The state they live in, two capital letters.
    pub state: &'a str,
    /// The language of packages: `en` or `es`.
    pub language: &'a str,
    /// What must never leak, where it is known already.
    pub private: Option<&'a PrivateSet>,
    /// When the case is to be erased, if a date is set (ISO date).
    pub keep_until: Option<&'a str>,
    /// Now.
    pub now: Moment,
    /// The version of redress.
    pub redress: &'a str,
}

/// Where the app keeps what it is to know again, a file each.
pub(crate) const DESK: &str = "desk";

/// The note that lists who may help, which a lock leaves readable: the app writes it under this name.
pub(crate) const HELPERS: &str = "helpers";

/// An open case. While it lives, no other process can change the case.
#[derive(Debug)]
pub struct Case {
    root: PathBuf,
    settings: Settings,
    private: PrivateSet,
    objects: Objects,
    ledger: Ledger,
    index: Index,
    redress: String,
    _lock: File,
}

/// Posts that detectors looked at: those behind `after`, up to `through`, in the order of their keys.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    /// The post before the first; `None` from the first of the case on.
    pub after: Option<PostKey>,
    /// The last; `None` to the last of the case.
    pub through: Option<PostKey>,
    /// How many they were.
    pub posts: u64,
}

/// The first line of a findings object; the others are one [`Proposal`] each.
#[derive(Debug, Serialize, Deserialize)]
struct ProposalsHeader {
    /// Detectors, private set and claims that were used, as one digest.
    fingerprint: String,
    /// Only posts behind this one, in the order of their keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<PostKey>,
    /// Only posts up to this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    through: Option<PostKey>,
}

/// What the ledger says of a package that left.
#[derive(Debug)]
pub struct Handed<'a> {
    /// For whom: the kind of recipient.
    pub recipient: &'a str,
    /// SHA-256 of its `manifest-sha256.txt`.
    pub manifest: Digest,
    /// The numbers of the exhibits in it.
    pub exhibits: &'a [u32],
    /// How many redactions were made.
    pub redactions: u64,
    /// The numbers its pages were given, where they were given any.
    pub bates: Option<Bates>,
}

/// What opens an exhibit's sealed fields. It stays in the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The post as it was when the exhibit got its number: what was sealed.
    pub post: Post,
    /// 32 random bytes from which the salt of each field comes.
    pub secret: Digest,
}

/// Writes the list of sealed fields of a post, salted from the secret: what the ledger names by digest.
pub type SealFields<'a> = &'a dyn Fn(&Post, &Digest) -> String;

impl Case {
    /// Makes a case at `root`, which must not exist or be an empty folder.
    ///
    /// It is made beside its place and moved there whole, so that a kill leaves no half of one.
    pub fn create(root: &Path, new: &NewCase<'_>) -> Result<Self, CaseError> {
        if root.exists() && !is_empty_folder(root) {
            return Err(CaseError::InTheWay(root.to_owned()));
        }
        let parent = match root.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        disk::make_folder(parent)?;
        let draft = tempfile::Builder::new()
            .prefix(".redress-new-")
            .tempdir_in(parent)
            .map_err(disk::failed("Making a folder in", parent))?;
        let random = keys::random()?;
        let id: String = random[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let settings = Settings {
            format: FORMAT,
            name: new.name.to_owned(),
            id: id.clone(),
            role: new.role,
            state: new.state.to_owned(),
            language: new.language.to_owned(),
            speaker_states: Vec::new(),
            learned: None,
            keep_until: new.keep_until.map(str::to_owned),
        };
        let folder = draft.path();
        settings.save(folder)?;
        match new.private {
            Some(set) => private::save(folder, set)?,
            None => disk::replace(&folder.join("private.toml"), private::TEMPLATE.as_bytes())?,
        }
        disk::replace(&folder.join(statements::FILE), statements::TEMPLATE.as_bytes())?;
        disk::make_folder(&folder.join("objects"))?;
        Ledger::create(folder, &origin(&id), |key| Event {
            at: new.now,
            redress: new.redress.to_owned(),
            what: What::Opened { case: id.clone(), format: FORMAT, key: key.to_string() },
        })?;
        let draft = draft.keep();
        if root.exists() {
            std::fs::remove_dir(root).map_err(disk::failed("Replacing", root))?;
        }
        std::fs::rename(&draft, root).map_err(disk::failed("Making the folder", root))?;
        disk::sync_folder(parent)?;
        Self::open(root, new.redress)
    }

    /// Opens the case at `root` and brings its index up to its ledger.
    ///
    /// Errors with [`CaseError::Locked`] or [`CaseError::HalfLocked`] where its private part is not readable.
    pub fn open(root: &Path, redress: &str) -> Result<Self, CaseError> {
        let mut case = Self::open_ledger(root, redress)?;
        case.finish_erasing()?;
        match case.catch_up() {
            // A disk too full to bring the index up must not keep anybody from reading and checking the case.
            Err(CaseError::Disk { source, .. }) if source.kind() == std::io::ErrorKind::StorageFull => {
                case.index = Index::in_memory()?;
                // One transaction: SQLite goes through all its pages at the end of each.
                case.index.begin()?;
                replay(&mut case.index, &case.ledger, &case.objects, 0)?;
                case.index.commit()?;
            }
            other => other?,
        }
        Ok(case)
    }

    /// Opens the case at the moment `now`, and tells the ledger what could not be told while it was locked.
    pub fn open_at(root: &Path, redress: &str, now: Moment) -> Result<Self, CaseError> {
        let mut case = Self::open(root, redress)?;
        if lock::State::of(root)? == lock::State::Opened {
            lock::finish_unlock(&mut case, now)?;
        }
        Ok(case)
    }

    fn open_ledger(root: &Path, redress: &str) -> Result<Self, CaseError> {
        let settings = Settings::load(root)?;
        lock::refuse_locked(root)?;
        let lock = take(root)?;
        let private = private::load(root)?;
        let objects = Objects::at(root.join("objects"));
        let ledger = Ledger::open(root)?;
        let index = Index::open(&root.join("index.sqlite"))?;
        let (root, redress) = (root.to_owned(), redress.to_owned());
        Ok(Self { root, settings, private, objects, ledger, index, redress, _lock: lock })
    }

    /// Returns the folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns what stands in `case.toml`.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns what must never leak.
    pub fn private(&self) -> &PrivateSet {
        &self.private
    }

    /// Returns the objects.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// Returns the ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns what can be asked of the index.
    pub fn view(&self) -> View<'_> {
        View::new(&self.index, &self.objects)
    }

    /// Returns a digest of everything the index says.
    pub fn index_content(&self) -> Result<Digest, CaseError> {
        self.index.content()
    }

    /// Begins keeping a capture: write its bytes into the draft, then [`Case::begin_import`].
    pub fn draft(&self) -> Result<Draft, CaseError> {
        self.objects.draft()
    }

    /// Begins importing the bytes in `draft`. Nothing of the case changes before [`Pending::commit`].
    pub fn begin_import(
        &mut self,
        draft: Draft,
        capture: Capture,
        stripped: Option<u64>,
    ) -> Result<Pending<'_>, CaseError> {
        let reading =
            zstd::Encoder::new(self.objects.draft()?, 1).map_err(disk::failed("Writing", &self.root))?;
        self.index.begin()?;
        let (already, row) = match self.begin_rows(&capture) {
            Ok(rows) => rows,
            Err(error) => {
                self.index.roll_back();
                return Err(error);
            }
        };
        Ok(Pending {
            case: self,
            capture,
            stripped,
            draft: Some(draft),
            growing: None,
            already,
            row,
            reading: Some(reading),
            line: Vec::new(),
            posts: 0,
            troubles: 0,
            members: Vec::new(),
            open: true,
        })
    }

    /// Begins importing bytes that are still being written into a draft: call [`Pending::arrived`] once all are there.
    ///
    /// Only for bytes that no capture of the case can have, such as those of a size no capture has: whether the same
    /// bytes are in the case already is known too late here. `capture`'s digest and size are not looked at; those of the
    /// finished draft count.
    pub fn begin_growing(&mut self, growing: Growing, capture: Capture) -> Result<Pending<'_>, CaseError> {
        let reading =
            zstd::Encoder::new(self.objects.draft()?, 1).map_err(disk::failed("Writing", &self.root))?;
        self.index.begin()?;
        let row = match self.index.kept_unnamed(&capture) {
            Ok(row) => row,
            Err(error) => {
                self.index.roll_back();
                return Err(error);
            }
        };
        Ok(Pending {
            case: self,
            capture,
            stripped: None,
            draft: None,
            growing: Some(growing),
            already: false,
            row,
            reading: Some(reading),
            line: Vec::new(),
            posts: 0,
            troubles: 0,
            members: Vec::new(),
            open: true,
        })
    }

    fn begin_rows(&mut self, capture: &Capture) -> Result<(bool, i64), CaseError> {
        let already = self.index.capture_row(&capture.digest)?.is_some();
        let row = self.index.kept(capture)?;
        self.index.forget_reading(row)?;
        Ok((already, row))
    }

    /// Writes down an incident. Returns the object's digest.
    pub fn log(&mut self, incident: &Incident, now: Moment) -> Result<Digest, CaseError> {
        let outcome = self.objects.put_json(incident).and_then(|digest| {
            self.append(now, vec![What::Logged { incident: digest }])?;
            Ok(digest)
        });
        self.told("log", now, outcome)
    }

    /// Keeps what a person noted as an object, and appends the event that names it. Returns the object's digest.
    pub fn note(
        &mut self,
        noted: &impl Serialize,
        event: impl FnOnce(Digest) -> What,
        now: Moment,
    ) -> Result<Digest, CaseError> {
        let digest = self.objects.put_json(noted)?;
        self.append(now, vec![event(digest)])?;
        Ok(digest)
    }

    /// Keeps findings proposed in the posts that were looked at; these count as looked at from then on. `fingerprint` names
    /// detectors, private set and claims.
    pub fn propose(
        &mut self,
        fingerprint: &str,
        detectors: BTreeMap<String, u32>,
        looked: &Looked,
        proposals: impl Iterator<Item = Proposal>,
        now: Moment,
    ) -> Result<(), CaseError> {
        let outcome = self.keep_proposals(fingerprint, detectors, looked, proposals, now);
        self.told("scan", now, outcome)
    }

    fn keep_proposals(
        &mut self,
        fingerprint: &str,
        detectors: BTreeMap<String, u32>,
        looked: &Looked,
        proposals: impl Iterator<Item = Proposal>,
        now: Moment,
    ) -> Result<(), CaseError> {
        let wrong = disk::failed("Writing", &self.root);
        let mut lines = zstd::Encoder::new(self.objects.draft()?, 3).map_err(wrong)?;
        let (fingerprint, posts) = (fingerprint.to_owned(), looked.posts);
        let (after, through) = (looked.after.clone(), looked.through.clone());
        write_line(&mut lines, &ProposalsHeader { fingerprint, after, through }, &self.root)?;
        let mut counting = 0;
        for proposal in proposals {
            counting += u64::from(proposal.finding.counts);
            write_line(&mut lines, &proposal, &self.root)?;
        }
        let (findings, ..) = lines.finish().map_err(disk::failed("Writing", &self.root))?.keep()?;
        self.append(now, vec![What::Proposed { findings, posts, counting, detectors }])
    }

    /// Keeps a traced map and the parameters it was traced with.
    pub fn traced(
        &mut self,
        map: &impl Serialize,
        parameters: &impl Serialize,
        now: Moment,
    ) -> Result<(), CaseError> {
        let outcome = self.objects.put_json(map).and_then(|map| {
            let parameters = self.objects.put_json(parameters)?;
            self.append(now, vec![What::Traced { map, parameters }])
        });
        self.told("trace", now, outcome)
    }

    /// Keeps decisions, and gives each post that now has a confirmed finding its exhibit number.
    ///
    /// `seal` writes the list of an exhibit's sealed fields; the form is the packages' business, not the folder's.
    pub fn decide(
        &mut self,
        decisions: &[Decision],
        demo: bool,
        seal: SealFields<'_>,
        now: Moment,
    ) -> Result<(), CaseError> {
        let outcome = self.keep_decisions(decisions, demo, seal, now);
        self.told("review", now, outcome)
    }

    fn keep_decisions(
        &mut self,
        decisions: &[Decision],
        demo: bool,
        seal: SealFields<'_>,
        now: Moment,
    ) -> Result<(), CaseError> {
        let digest = self.objects.put_json(&decisions)?;
        self.append(now, vec![What::Decided { decisions: digest, count: decisions.len() as u64, demo }])?;
        let mut events = Vec::new();
        // Counted from the ledger: the number of an exhibit that was erased is never given again.
        let mut number = 0;
        for event in self.ledger.events(0) {
            if let What::Exhibited { number: given, .. } = event?.1.what {
                number = number.max(given);
            }
        }
        for post in self.view().confirmed_without_number()? {
            number += 1;
            events.push(self.seal_exhibit(number, &post, seal)?);
        }
        if events.is_empty() { Ok(()) } else { self.append(now, events) }
    }

    /// Seals again, under their numbers, exhibits whose time was in doubt when they were sealed and is settled now: the capture was
    /// read again by somebody who knew how its dates are written. The earlier seal stays in the ledger. Returns how many.
    pub fn seal_settled_times(&mut self, seal: SealFields<'_>, now: Moment) -> Result<u64, CaseError> {
        let mut events = Vec::new();
        for row in self.view().exhibits()? {
            let opened: Opened = self.objects.get_json(&row.opened_by, "an opened exhibit")?;
            let Some(seen) = self.view().seen(&row.post)? else { continue };
            let (before, after) = (opened.post.written, seen.post.written);
            let doubt = |moment: Option<Moment>| moment.and_then(|moment| moment.doubt());
            if before != after && doubt(before).is_some() && doubt(before) != doubt(after) {
                events.push(self.seal_exhibit(row.number, &row.post, seal)?);
            }
        }
        let count = events.len() as u64;
        if count > 0 {
            self.append(now, events)?;
        }
        Ok(count)
    }

    fn seal_exhibit(&self, number: u32, key: &PostKey, seal: SealFields<'_>) -> Result<What, CaseError> {
        let seen = self.view().seen(key)?;
        let seen = seen.ok_or_else(|| CaseError::NoSuch(format!("There is no post {key} in this case.")))?;
        let secret = Digest::from_bytes(keys::random()?);
        let exhibit = self.objects.put(seal(&seen.post, &secret).as_bytes())?;
        let opened_by = self.objects.put_json(&Opened { post: seen.post, secret })?;
        Ok(What::Exhibited { number, exhibit, opened_by })
    }

    /// Shows the words of posts to a person. The ledger is told before they are returned; who gets them is `to`, and
    /// `why` says on which page or list.
    pub fn show(
        &mut self,
        posts: &[PostKey],
        to: &Actor,
        why: &str,
        now: Moment,
    ) -> Result<BTreeMap<PostKey, Post>, CaseError> {
        let mut shown = BTreeMap::new();
        for key in posts {
            if let Some(seen) = self.view().seen(key)? {
                shown.insert(key.clone(), seen.post);
            }
        }
        if !shown.is_empty() {
            let keys: Vec<&str> = shown.keys().map(PostKey::as_str).collect();
            let detail = self.objects.put_json(&(to, why, keys))?;
            self.append(now, vec![What::Viewed { detail }])?;
        }
        Ok(shown)
    }

    /// Hands a package over: `write` puts it where it goes, and only when it stands there does the ledger say so.
    ///
    /// A `write` that fails is told to the ledger too, with the code `package.unwritten`.
    pub fn hand_over<E: From<CaseError>>(
        &mut self,
        package: &Handed<'_>,
        detail: &impl Serialize,
        now: Moment,
        write: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let detail = self.objects.put_json(detail)?;
        if let Err(error) = write() {
            self.failed("export", "package.unwritten", now);
            return Err(error);
        }
        let event = What::Exported {
            recipient: package.recipient.to_owned(),
            manifest: package.manifest,
            exhibits: package.exhibits.to_vec(),
            redactions: package.redactions,
            bates: package.bates.clone(),
            detail,
        };
        Ok(self.append(now, vec![event])?)
    }

    /// Tells the ledger that something is about to be sent to an address outside this computer.
    pub fn calling(
        &mut self,
        command: &str,
        address: &str,
        sent: &[u8],
        now: Moment,
    ) -> Result<(), CaseError> {
        let (command, address, sent) = (command.to_owned(), address.to_owned(), Digest::of(sent));
        self.append(now, vec![What::Called { command, address, sent }])
    }

    /// Keeps a proof of time over one of this log's checkpoints. Returns its digest. Whoever calls has verified it.
    pub fn stamped(&mut self, new: &NewStamp<'_>, now: Moment) -> Result<Digest, CaseError> {
        let (token, size) = self.ledger.keep_stamp(new)?;
        self.append(now, vec![What::Stamped { size, token, kind: new.kind }])?;
        Ok(token)
    }

    /// Puts a new signing key in force. The old one's public half stays in the log and in `ledger/keys`.
    pub fn change_key(&mut self, now: Moment) -> Result<VerifierKey, CaseError> {
        let redress = self.redress.clone();
        let event =
            |key: &VerifierKey| Event { at: now, redress, what: What::KeyChanged { key: key.to_string() } };
        let outcome = self.ledger.change_key(event).and_then(|key| self.catch_up().map(|()| key));
        self.told("rekey", now, outcome)
    }

    /// Tells the ledger that an operation on the evidence failed. Wrong use and refused files are none: they never
    /// touched it, and leave the case byte for byte as it was.
    pub fn failed(&mut self, command: &str, code: &str, now: Moment) {
        let event = What::Failed { command: command.to_owned(), code: code.to_owned() };
        // Where the ledger cannot take it either (a full disk), the error itself is what the person sees.
        let _cannot_be_told = self.append(now, vec![event]);
    }

    /// Returns `outcome`, after telling the ledger where it is an error.
    pub(crate) fn told<T>(
        &mut self,
        command: &str,
        now: Moment,
        outcome: Result<T, CaseError>,
    ) -> Result<T, CaseError> {
        if let Err(error) = &outcome {
            self.failed(command, error.code(), now);
        }
        outcome
    }

    /// Appends events that need nothing else kept.
    pub fn append(&mut self, now: Moment, whats: Vec<What>) -> Result<(), CaseError> {
        let events: Vec<Event> =
            whats.into_iter().map(|what| Event { at: now, redress: self.redress.clone(), what }).collect();
        self.ledger.append(&events)?;
        self.catch_up()
    }

    /// Empties the index and makes it again from ledger and objects.
    pub fn rebuild(&mut self) -> Result<(), CaseError> {
        self.index.begin()?;
        let outcome =
            self.index.clear().and_then(|()| replay(&mut self.index, &self.ledger, &self.objects, 0));
        finish(&mut self.index, outcome)
    }

    /// Makes a second index from ledger and objects, and returns a digest of what it says.
    pub fn replayed_content(&self) -> Result<Digest, CaseError> {
        let mut index = Index::temporary()?;
        // One transaction: SQLite goes through all its pages at the end of each.
        index.begin()?;
        replay(&mut index, &self.ledger, &self.objects, 0)?;
        index.commit()?;
        index.content()
    }

    /// Deletes what the ledger says is erased and a crash left behind.
    fn finish_erasing(&mut self) -> Result<(), CaseError> {
        let mut found = false;
        for digest in erase::erased(&self.ledger)? {
            found |= self.objects.delete(&digest)?;
        }
        if found { self.forget() } else { Ok(()) }
    }

    /// Makes the index again and gives the pages of the old one back to the disk, so that no word stays in them.
    pub(crate) fn forget(&mut self) -> Result<(), CaseError> {
        self.rebuild()?;
        self.index.compact()
    }

    /// Makes the index ready for screens and takes up to `most` posts into the words that are searched. Returns how many
    /// posts still wait: call again until none does, and after every import.
    pub fn prepare_pages(&mut self, most: u32) -> Result<u64, CaseError> {
        self.index.prepare_pages(most)
    }

    /// Keeps at most `cache` KiB of the index in memory from now on.
    pub fn remember_at_most(&self, cache: u32) -> Result<(), CaseError> {
        self.index.remember_at_most(cache)
    }

    /// Returns what a screen wrote down under `name` for later; `None` where there is nothing. It is no evidence: it lies
    /// beside the ledger and not in it.
    pub fn desk_note<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, CaseError> {
        desk_note(&self.root, name)
    }

    /// Writes something down under `name` (letters only) for later.
    pub fn set_desk_note(&self, name: &str, value: &impl Serialize) -> Result<(), CaseError> {
        let folder = self.root.join(DESK);
        disk::make_folder(&folder)?;
        let path = folder.join(format!("{name}.json"));
        let bytes = serde_json::to_vec(value)
            .map_err(|error| CaseError::Settings { path: path.clone(), what: error.to_string() })?;
        disk::replace(&path, &bytes)
    }

    /// Writes what must never leak. Findings made before it was known are made again by the next scan.
    pub fn set_private(&mut self, set: &PrivateSet) -> Result<(), CaseError> {
        private::save(&self.root, set)?;
        self.private = set.clone();
        Ok(())
    }

    fn catch_up(&mut self) -> Result<(), CaseError> {
        let (size, root) = self.index.reflects()?;
        if size == self.ledger.size() && root == Some(self.ledger.root()) {
            return Ok(());
        }
        if root.is_some() && root != self.ledger.root_at(size) {
            // The index belongs to another history of this case (a backup was restored beside it).
            return self.rebuild();
        }
        self.index.begin()?;
        let outcome = replay(&mut self.index, &self.ledger, &self.objects, size);
        finish(&mut self.index, outcome)
    }
}

fn finish(index: &mut Index, outcome: Result<(), CaseError>) -> Result<(), CaseError> {
    match outcome {
        Ok(()) => index.commit(),
        Err(error) => {
            index.roll_back();
            Err(error)
        }
    }
}

/// Brings `index` from event `first` up to the end of the ledger.
fn replay(index: &mut Index, ledger: &Ledger, objects: &Objects, first: u64) -> Result<(), CaseError> {
    let erasures = erase::erasures(ledger)?;
    for event in ledger.events(first) {
        let (number, event) = event?;
        if !erase::touches(number, &event.what, &erasures) {
            apply(index, objects, number, &event)?;
        }
    }
    index.set_reflects(ledger.size(), &ledger.root())
}

fn apply(index: &mut Index, objects: &Objects, number: u64, event: &Event) -> Result<(), CaseError> {
    match &event.what {
        What::Kept { detail, .. } => {
            index.kept(&objects.get_json(detail, "a capture")?)?;
        }
        What::Read { capture, reader, reading, posts, troubles } => {
            let row = index.capture_row(capture)?.ok_or_else(|| {
                CaseError::LedgerBroken(format!("event {number} reads a capture that was never kept"))
            })?;
            index.forget_reading(row)?;
            for_lines(objects, reading, |line| {
                let item: Item = serde_json::from_slice(line).map_err(|error| CaseError::ObjectForm {
                    digest: *reading,
                    expected: "a reading",
                    what: error.to_string(),
                })?;
                index.item(row, capture, &item, line)
            })?;
            index.read(row, reader, reading, *posts, *troubles)?;
        }
        What::PicturesRead { reader, reading, .. } => {
            for_lines(objects, reading, |line| {
                let wrong = |error: serde_json::Error| CaseError::ObjectForm {
                    digest: *reading,
                    expected: "what was read in pictures",
                    what: error.to_string(),
                };
                index.picture_read(reader, &serde_json::from_slice(line).map_err(wrong)?)
            })?;
        }
        What::Transcribed { transcription } => {
            index.transcribed(&objects.get_json(transcription, "a transcription")?)?;
        }
        What::Logged { incident } => {
            index.logged(incident, &objects.get_json(incident, "an incident")?, event.at.millis())?;
        }
        What::Proposed { findings, .. } => {
            let mut begun = false;
            for_lines(objects, findings, |line| {
                let wrong = |error: serde_json::Error| CaseError::ObjectForm {
                    digest: *findings,
                    expected: "findings",
                    what: error.to_string(),
                };
                if begun {
                    return index.proposed(&serde_json::from_slice(line).map_err(wrong)?);
                }
                begun = true;
                let header: ProposalsHeader = serde_json::from_slice(line).map_err(wrong)?;
                index.begin_proposals(&header.fingerprint, header.after.as_ref(), header.through.as_ref())
            })?;
        }
        What::Decided { decisions, demo, .. } => {
            let decisions: Vec<Decision> = objects.get_json(decisions, "decisions")?;
            for decision in &decisions {
                index.decided(number, decision, *demo)?;
            }
        }
        What::Exhibited { number: exhibit, exhibit: object, opened_by } => {
            let opened: Opened = objects.get_json(opened_by, "an opened exhibit")?;
            index.exhibited(number, *exhibit, &opened.post.key, object, opened_by)?;
        }
        What::Traced { map, parameters } => index.traced(number, map, parameters)?,
        _ => {}
    }
    Ok(())
}

pub(crate) fn for_lines(
    objects: &Objects,
    digest: &Digest,
    mut each: impl FnMut(&[u8]) -> Result<(), CaseError>,
) -> Result<(), CaseError> {
    let path = objects.path(digest);
    let file = objects.open(digest)?;
    let decoder = zstd::Decoder::new(file).map_err(disk::failed("Reading", &path))?;
    let mut reader = BufReader::with_capacity(1 << 17, decoder);
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = reader.read_until(b'\n', &mut line).map_err(disk::failed("Reading", &path))?;
        if count == 0 {
            return Ok(());
        }
        each(line.strip_suffix(b"\n").unwrap_or(&line))?;
    }
}

fn write_line(writer: &mut impl Write, value: &impl Serialize, root: &Path) -> Result<(), CaseError> {
    let mut line = serde_json::to_vec(value).map_err(|error| CaseError::ObjectForm {
        digest: Digest::of(b""),
        expected: "JSON",
        what: error.to_string(),
    })?;
    line.push(b'\n');
    writer.write_all(&line).map_err(disk::failed("Writing", root))
}

/// An import under way. Dropped without [`Pending::commit`], it leaves the case exactly as it was.
pub struct Pending<'a> {
    case: &'a mut Case,
    capture: Capture,
    stripped: Option<u64>,
    draft: Option<Draft>,
    /// While the bytes still come, the capture has no digest; whoever needs it waits here.
    growing: Option<Growing>,
    already: bool,
    row: i64,
    reading: Option<zstd::Encoder<'static, Draft>>,
    line: Vec<u8>,
    posts: u64,
    troubles: u64,
    members: Vec<(Capture, Draft)>,
    open: bool,
}

impl Pending<'_> {
    /// Takes one item that a reader found.
    pub fn take(&mut self, item: &Item) -> Result<(), CaseError> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, item).map_err(|error| CaseError::ObjectForm {
            digest: self.capture.digest,
            expected: "an item",
            what: error.to_string(),
        })?;
        match item {
            Item::Post { .. } | Item::Incident { .. } => self.posts += 1,
            Item::Trouble(_) => self.troubles += 1,
            Item::Leftover { .. } => {}
        }
        if let (Item::Incident { .. }, Some(growing)) = (item, &self.growing) {
            // An incident has no id of its own: its key comes from the digest of what it stands in.
            self.capture.digest = growing.digest().ok_or_else(not_whole)?;
        }
        self.case.index.item(self.row, &self.capture.digest, item, &self.line)?;
        self.line.push(b'\n');
        let wrong = disk::failed("Writing", &self.case.root);
        if let Some(reading) = &mut self.reading {
            reading.write_all(&self.line).map_err(wrong)?;
        }
        Ok(())
    }

    /// Keeps a file found inside the capture as a capture of its own.
    pub fn member(
        &mut self,
        place: &Place,
        name: &str,
        bytes: &[u8],
        now: Moment,
    ) -> Result<Digest, CaseError> {
        let mut draft = self.case.objects.draft()?;
        draft.write_all(bytes).map_err(disk::failed("Writing", &self.case.root))?;
        let digest = draft.digest();
        let member = place.member.as_deref().unwrap_or(name);
        let name = format!("{}!{member}", self.capture.name);
        let size = bytes.len() as u64;
        let capture = Capture { digest, size, name, kept: now, modified: None, stripped_from: None };
        self.members.push((capture, draft));
        Ok(digest)
    }

    /// Takes the draft whose bytes were still coming, now that all are there. Errors where the case has these bytes.
    pub fn arrived(&mut self, draft: Draft) -> Result<(), CaseError> {
        self.growing = None;
        (self.capture.digest, self.capture.size) = (draft.digest(), draft.size());
        self.case.index.named(self.row, &self.capture)?;
        self.draft = Some(draft);
        Ok(())
    }

    /// Returns how many posts and troubles were taken so far.
    pub fn counts(&self) -> (u64, u64) {
        (self.posts, self.troubles)
    }

    /// Makes it so: bytes, reading and both events are on disk when this returns.
    pub fn commit(mut self, reader: &str, now: Moment) -> Result<(), CaseError> {
        let outcome = self.write(reader, now);
        match outcome {
            Ok(()) => {
                self.open = false;
                self.case.index.commit()
            }
            Err(error) => {
                self.case.index.roll_back();
                self.open = false;
                self.case.failed("import", error.code(), now);
                Err(error)
            }
        }
    }

    fn write(&mut self, reader: &str, now: Moment) -> Result<(), CaseError> {
        if self.growing.is_some() {
            return Err(not_whole());
        }
        let case = &mut *self.case;
        let mut whats = Vec::new();
        if let Some(draft) = self.draft.take() {
            draft.keep()?;
        }
        if !self.already {
            let (capture, size) = (self.capture.digest, self.capture.size);
            let detail = case.objects.put_json(&self.capture)?;
            let (stripped_from, stripped) = (self.capture.stripped_from, self.stripped);
            whats.push(What::Kept { capture, size, stripped_from, stripped, detail });
        }
        for (capture, draft) in self.members.drain(..) {
            draft.keep()?;
            case.index.kept(&capture)?;
            let detail = case.objects.put_json(&capture)?;
            let (stripped_from, stripped) = (None, None);
            whats.push(What::Kept {
                capture: capture.digest,
                size: capture.size,
                stripped_from,
                stripped,
                detail,
            });
        }
        let Some(encoder) = self.reading.take() else {
            return Err(CaseError::NoSuch("This import was already written.".to_owned()));
        };
        let draft = encoder.finish().map_err(disk::failed("Writing", &case.root))?;
        let (reading, ..) = draft.keep()?;
        case.index.read(self.row, reader, &reading, self.posts, self.troubles)?;
        let (posts, troubles) = (self.posts, self.troubles);
        whats.push(What::Read {
            capture: self.capture.digest,
            reader: reader.to_owned(),
            reading,
            posts,
            troubles,
        });
        let events: Vec<Event> =
            whats.into_iter().map(|what| Event { at: now, redress: case.redress.clone(), what }).collect();
        case.ledger.append(&events)?;
        case.index.set_reflects(case.ledger.size(), &case.ledger.root())
    }
}

fn not_whole() -> CaseError {
    CaseError::NoSuch("The bytes of this import have not all arrived.".to_owned())
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if self.open {
            self.case.index.roll_back();
        }
    }
}

/// The name of a case's log: a key name of the C2SP kind under a domain that will never resolve.
fn origin(id: &str) -> String {
    format!("redress.invalid/case/{id}")
}

fn is_empty_folder(path: &Path) -> bool {
    std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Reads what a screen wrote down.
pub(crate) fn desk_note<T: serde::de::DeserializeOwned>(
    root: &Path,
    name: &str,
) -> Result<Option<T>, CaseError> {
    let path = root.join(DESK).join(format!("{name}.json"));
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = disk::read(&path)?;
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| CaseError::Settings { path, what: error.to_string() })
}

/// Deletes all that the app keeps to know again.
pub(crate) fn erase_desk(root: &Path) -> Result<(), CaseError> {
    let desk = root.join(DESK);
    if !desk.is_dir() {
        return Ok(());
    }
    std::fs::remove_dir_all(&desk).map_err(disk::failed("Deleting", &desk))?;
    disk::sync_folder(root)
}

/// Takes the case for this process. The lock goes with the process, however it ends.
pub(crate) fn take(root: &Path) -> Result<File, CaseError> {
    let path = root.join("ledger").join("lock");
    let file = disk::append_to(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(CaseError::InUse),
        Err(std::fs::TryLockError::Error(error)) => Err(disk::failed("Locking", &path)(error)),
    }
}
