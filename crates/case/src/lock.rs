//! The private part under a passphrase: `locked/`.
//!
//! ```text
//! locked/state         locking · locked · unlocking · opened   (absent: the case is open)
//! locked/identity.age  the secret half of a key pair made for this lock, under the passphrase (age, scrypt)
//! locked/recipient     its public half
//! objects/ab/abcd….age, private.toml.age, claims.toml.age, desk/….json.age, ledger/keys/signing.key.age
//!                      encrypted to that key pair (age, X25519)
//! ```
//!
//! While locked, the words of posts, the captures, the private set, kept searches, the index and the signing key are
//! unreadable. What stays readable is what holds none of these: `case.toml`, the ledger's events and checkpoint, the
//! stamps, the list of helpers.
//!
//! **A stop at any moment loses nothing.** A file's other form is whole, synced and named before the first is deleted, so
//! each is there in one form or in both. The passphrase is settled before anything is encrypted, and finishing a lock
//! needs only the public half; unlocking checks every object against the digest that is its name. The formats are those
//! of `age-encryption.org/v1`: the `age` program opens every one of these files without redress
//! (`age -d locked/identity.age > key`, then `age -d -i key FILE.age`).
//!
//! Deleting a file does not scrub the disk. Whoever fears a forensic look needs an encrypted disk as well.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use record::What;
use seal::age::{self, AgeError, Identity, Recipient, Under, With};
use values::{Digest, Hasher, Moment};

use crate::folder::Case;
use crate::settings::Settings;
use crate::{CaseError, disk, folder, keys, statements};

/// A passphrase. Prints nothing of itself.
#[derive(Clone)]
pub struct Passphrase {
    words: String,
    work: u8,
}

/// Scrypt's work where nothing else is asked for: about a second, as the `age` program takes.
const WORK: u8 = 18;
/// The most work a lock may ask for.
const MOST_WORK: u8 = 22;

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}

impl Passphrase {
    /// Returns a passphrase; `None` where it is empty. The end of a line is no part of it.
    pub fn new(words: &str) -> Option<Self> {
        let words = words.trim_end_matches(['\r', '\n']);
        (!words.is_empty()).then(|| Self { words: words.to_owned(), work: WORK })
    }

    /// Sets how hard guessing is made: 2 to the power of `work` rounds of scrypt, 8 to 22. Without it, about a second.
    #[must_use]
    pub fn with_work(self, work: u8) -> Self {
        Self { work: work.clamp(8, MOST_WORK), ..self }
    }

    /// Returns how many characters it has.
    pub fn length(&self) -> usize {
        self.words.chars().count()
    }
}

/// How far locking or unlocking has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Everything is readable.
    Open,
    /// Locking began and has not ended.
    Locking,
    /// The private part is unreadable.
    Locked,
    /// Unlocking began and has not ended.
    Unlocking,
    /// Everything is readable again; the ledger has not been told yet.
    Opened,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locking => "locking",
            Self::Locked => "locked",
            Self::Unlocking => "unlocking",
            Self::Opened => "opened",
        }
    }

    /// Returns how far locking the case at `root` has come.
    pub fn of(root: &Path) -> Result<Self, CaseError> {
        let path = root.join(FOLDER).join("state");
        if !path.exists() {
            return Ok(Self::Open);
        }
        let text = disk::read(&path)?;
        [Self::Locking, Self::Locked, Self::Unlocking, Self::Opened]
            .into_iter()
            .find(|state| state.word().as_bytes() == text.trim_ascii())
            .ok_or_else(|| CaseError::LockedFile { path, what: "it names no state".to_owned() })
    }

    fn write(self, root: &Path) -> Result<(), CaseError> {
        disk::replace(&root.join(FOLDER).join("state"), format!("{}\n", self.word()).as_bytes())
    }
}

/// What locking or unlocking came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Files whose form was changed.
    pub files: u64,
    /// Objects that do not read, by name. They are left as they lie.
    pub broken: Vec<String>,
    /// Whether this finished what an earlier run had begun.
    pub resumed: bool,
}

const FOLDER: &str = "locked";
const ENDING: &str = "age";

/// Errors where the case at `root` cannot be worked with because of its lock.
pub(crate) fn refuse_locked(root: &Path) -> Result<State, CaseError> {
    let half = |doing| CaseError::HalfLocked { doing, path: root.to_owned() };
    match State::of(root)? {
        State::Locked => Err(CaseError::Locked(root.to_owned())),
        State::Locking => Err(half("Locking")),
        State::Unlocking => Err(half("Unlocking")),
        state @ (State::Open | State::Opened) => Ok(state),
    }
}

/// Locks the case at `root`, or finishes a lock or unlock that was interrupted.
///
/// `passphrase` is asked for only where one is needed: an interrupted lock has its own already. `each` is told after
/// every file. Errors with [`CaseError::NotNow`] where the case is locked, or no passphrase was given.
pub fn lock(
    root: &Path,
    passphrase: impl FnOnce() -> Result<Passphrase, CaseError>,
    redress: &str,
    now: Moment,
    mut each: impl FnMut(),
) -> Result<Outcome, CaseError> {
    Settings::load(root)?;
    let resumed = match State::of(root)? {
        State::Locked => {
            return Err(CaseError::NotNow("This case is locked already. Nothing was changed.".into()));
        }
        State::Locking | State::Unlocking => true,
        State::Open | State::Opened => {
            // Opening checks the ledger: a case that is not sound is not locked away.
            let mut case = Case::open(root, redress)?;
            let passphrase = passphrase()?;
            begin(root, &passphrase)?;
            case.append(now, vec![What::Locked])?;
            false
        }
    };
    let _taken = folder::take(root)?;
    let text = disk::read(&root.join(FOLDER).join("recipient"))?;
    let recipient = String::from_utf8_lossy(&text);
    let recipient = Recipient::read(&recipient).ok_or_else(|| CaseError::LockedFile {
        path: root.join(FOLDER).join("recipient"),
        what: "it holds no key".to_owned(),
    })?;
    State::Locking.write(root)?;
    let mut files = 0;
    for path in private_files(root)? {
        if encrypt(&path, &recipient)? {
            files += 1;
        }
        each();
    }
    drop_scraps(root)?;
    drop_index(root)?;
    State::Locked.write(root)?;
    Ok(Outcome { files, broken: Vec::new(), resumed })
}

/// Makes the key pair of a lock and keeps its secret half under the passphrase.
fn begin(root: &Path, passphrase: &Passphrase) -> Result<(), CaseError> {
    let folder = root.join(FOLDER);
    disk::make_folder(&folder)?;
    let identity = Identity::new(keys::random()?);
    let under = Under::Passphrase { words: &passphrase.words, work: passphrase.work };
    let mut sealed = Vec::new();
    let path = folder.join("identity.age");
    encrypt_into(&mut format!("{}\n", identity.secret()).as_bytes(), &mut sealed, under, &path)?;
    disk::replace(&path, &sealed)?;
    disk::replace(&folder.join("recipient"), format!("{}\n", identity.recipient()).as_bytes())?;
    disk::sync_folder(root)
}

/// Unlocks the case at `root`. Errors with [`CaseError::WrongPassphrase`], and nothing changed, where it is another.
pub fn unlock(
    root: &Path,
    passphrase: &Passphrase,
    redress: &str,
    now: Moment,
    mut each: impl FnMut(),
) -> Result<Outcome, CaseError> {
    Settings::load(root)?;
    let state = State::of(root)?;
    let taken = folder::take(root)?;
    if state == State::Open || state == State::Opened {
        return Err(CaseError::NotNow("This case is not locked. Nothing was changed.".to_owned()));
    }
    let identity = match identity(root, passphrase) {
        Err(CaseError::WrongPassphrase) => {
            note_attempt(root)?;
            return Err(CaseError::WrongPassphrase);
        }
        other => other?,
    };
    State::Unlocking.write(root)?;
    let (mut files, mut broken) = (0, Vec::new());
    for path in locked_files(root)? {
        match decrypt(&path, &identity) {
            Ok(()) => files += 1,
            // An object whose bytes are gone stays as it lies; `verify` names it, and the others are opened.
            Err(CaseError::LockedFile { .. }) => broken.push(path.display().to_string()),
            Err(error) => return Err(error),
        }
        each();
    }
    drop_scraps(root)?;
    State::Opened.write(root)?;
    drop(taken);
    // Opening tells the ledger and removes the folder.
    Case::open_at(root, redress, now)?;
    Ok(Outcome { files, broken, resumed: state != State::Locked })
}

/// Tells the ledger that the case was unlocked and how many wrong passphrases were tried, then forgets the lock.
pub(crate) fn finish_unlock(case: &mut Case, now: Moment) -> Result<(), CaseError> {
    let folder = case.root().join(FOLDER);
    let attempts = fs::read(folder.join("attempts")).map_or(0, |bytes| bytes.len());
    let mut whats =
        vec![
            What::Failed { command: "unlock".to_owned(), code: CaseError::WrongPassphrase.code().to_owned() };
            attempts.min(1000)
        ];
    whats.push(What::Unlocked);
    case.append(now, whats)?;
    // The state goes first: without it the rest is nothing.
    fs::remove_file(folder.join("state")).map_err(disk::failed("Deleting", &folder))?;
    disk::sync_folder(&folder)?;
    fs::remove_dir_all(&folder).map_err(disk::failed("Deleting", &folder))
}

/// A locked ledger cannot be appended to: a byte for each wrong passphrase waits for the next unlock.
fn note_attempt(root: &Path) -> Result<(), CaseError> {
    let path = root.join(FOLDER).join("attempts");
    disk::append_to(&path)?.write_all(b".").map_err(disk::failed("Writing", &path))
}

fn identity(root: &Path, passphrase: &Passphrase) -> Result<Identity, CaseError> {
    let path = root.join(FOLDER).join("identity.age");
    let wrong = |what: String| CaseError::LockedFile { path: path.clone(), what };
    let sealed = disk::read(&path)?;
    let with = With::Passphrase { words: &passphrase.words, most_work: MOST_WORK };
    let mut text = Vec::new();
    match age::decrypt(&mut &sealed[..], &mut text, with) {
        Ok(()) => {}
        Err(AgeError::WrongKey) => return Err(CaseError::WrongPassphrase),
        Err(error) => return Err(wrong(error.to_string())),
    }
    Identity::read(&String::from_utf8_lossy(&text)).ok_or_else(|| wrong("it holds no key".to_owned()))
}

/// The files that locking makes unreadable, in the order in which it does.
fn private_files(root: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let mut files: Vec<PathBuf> = vec![root.join("private.toml"), root.join(statements::FILE)];
    files.extend(desk_files(root, false)?);
    files.extend(object_files(root, false)?);
    let keys = root.join("ledger").join("keys");
    // The signing key goes last: an interrupted lock is then finished by whoever can still sign.
    files.extend([keys.join(keys::NEXT), keys.join(keys::SIGNING)]);
    files.retain(|path| path.is_file());
    Ok(files)
}

/// Returns how many files are in their locked form.
pub fn count(root: &Path) -> Result<u64, CaseError> {
    Ok(locked_files(root)?.len() as u64)
}

/// The files that unlocking makes readable.
fn locked_files(root: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let keys = root.join("ledger").join("keys");
    let mut files: Vec<PathBuf> = [
        root.join("private.toml"),
        root.join(statements::FILE),
        keys.join(keys::NEXT),
        keys.join(keys::SIGNING),
    ]
    .map(|p| locked(&p))
    .into();
    files.extend(desk_files(root, true)?);
    files.extend(object_files(root, true)?);
    files.retain(|path| path.is_file());
    Ok(files)
}

/// What the app keeps for the person, such as searches with their words, in its plain form or in its encrypted one; sorted.
/// The list of helpers stays as it is: it holds names, roles and hashes of passphrases, and says who may come in at all.
fn desk_files(root: &Path, encrypted: bool) -> Result<Vec<PathBuf>, CaseError> {
    let desk = root.join(folder::DESK);
    if !desk.is_dir() {
        return Ok(Vec::new());
    }
    let ending = if encrypted { ".json.age" } else { ".json" };
    let mut found = disk::list(&desk)?;
    found.retain(|path| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.strip_suffix(ending).is_some_and(|note| note != folder::HELPERS)
    });
    found.sort();
    Ok(found)
}

fn locked(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ENDING);
    PathBuf::from(name)
}

/// Objects in their plain form, or in their encrypted one; sorted.
fn object_files(root: &Path, encrypted: bool) -> Result<Vec<PathBuf>, CaseError> {
    let mut found = Vec::new();
    let objects = root.join("objects");
    for shelf in disk::list(&objects)?.into_iter().filter(|path| path.is_dir()) {
        for path in disk::list(&shelf)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let name = if encrypted { name.strip_suffix(".age") } else { Some(name) };
            if name.is_some_and(|name| name.parse::<Digest>().is_ok()) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the digests of objects that lie in their encrypted form, sorted.
pub(crate) fn locked_objects(root: &Path) -> Result<Vec<Digest>, CaseError> {
    let name = |path: PathBuf| path.file_stem()?.to_str()?.parse().ok();
    Ok(object_files(root, true)?.into_iter().filter_map(name).collect())
}

/// Puts the encrypted form in the place of the plain one. Returns whether there was anything to encrypt.
fn encrypt(path: &Path, recipient: &Recipient) -> Result<bool, CaseError> {
    let target = locked(path);
    // Objects never change; what a person may have edited since is encrypted again.
    let fresh = object_name(path).is_none() || !target.is_file();
    let folder = path.parent().unwrap_or(Path::new("."));
    if fresh {
        let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(disk::failed("Writing", folder))?;
        let mut source = File::open(path).map_err(disk::failed("Reading", path))?;
        encrypt_into(&mut source, draft.as_file_mut(), Under::Recipient(recipient), path)?;
        draft.as_file().sync_all().map_err(disk::failed("Writing", &target))?;
        draft.persist(&target).map_err(|error| disk::failed("Writing", &target)(error.error))?;
        disk::sync_folder(folder)?;
    }
    fs::remove_file(path).map_err(disk::failed("Deleting", path))?;
    disk::sync_folder(folder)?;
    Ok(fresh)
}

fn object_name(path: &Path) -> Option<Digest> {
    path.file_name()?.to_str()?.parse().ok()
}

fn encrypt_into(
    source: &mut dyn Read,
    target: &mut dyn Write,
    under: Under<'_>,
    path: &Path,
) -> Result<(), CaseError> {
    let mut random = |bytes: &mut [u8]| {
        for piece in bytes.chunks_mut(32) {
            let fresh = keys::random().map_err(std::io::Error::other)?;
            piece.copy_from_slice(&fresh[..piece.len()]);
        }
        Ok(())
    };
    let mut buffered = std::io::BufWriter::with_capacity(1 << 17, target);
    age::encrypt(source, &mut buffered, under, &mut random).map_err(disk::failed("Writing", path))?;
    buffered.flush().map_err(disk::failed("Writing", path))
}

/// Puts the plain form in the place of the encrypted one; an object must fit the digest that is its name.
fn decrypt(path: &Path, identity: &Identity) -> Result<(), CaseError> {
    let target = path.with_extension("");
    let folder = path.parent().unwrap_or(Path::new("."));
    let wrong = |what: String| CaseError::LockedFile { path: path.to_owned(), what };
    if !target.is_file() {
        let source = File::open(path).map_err(disk::failed("Reading", path))?;
        let mut source = BufReader::with_capacity(1 << 17, source);
        let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(disk::failed("Writing", folder))?;
        let mut out = Hashed { file: draft.as_file_mut(), hasher: Hasher::new() };
        match age::decrypt(&mut source, &mut out, With::Identity(identity)) {
            Ok(()) => {}
            Err(AgeError::Io(error)) => return Err(disk::failed("Writing", &target)(error)),
            Err(error) => return Err(wrong(error.to_string())),
        }
        let digest = out.hasher.finish();
        if object_name(&target).is_some_and(|name| name != digest) {
            return Err(wrong("its bytes are not those of its name".to_owned()));
        }
        draft.as_file().sync_all().map_err(disk::failed("Writing", &target))?;
        draft.persist(&target).map_err(|error| disk::failed("Writing", &target)(error.error))?;
        disk::sync_folder(folder)?;
    }
    fs::remove_file(path).map_err(disk::failed("Deleting", path))?;
    disk::sync_folder(folder)
}

/// A file that is hashed while it is written.
struct Hashed<'a> {
    file: &'a mut File,
    hasher: Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Deletes what killed commands left in `objects` and never named: it is in no ledger, and it is readable.
fn drop_scraps(root: &Path) -> Result<(), CaseError> {
    let mut folders = vec![root.join("objects")];
    folders.extend(disk::list(&root.join("objects"))?.into_iter().filter(|path| path.is_dir()));
    folders.push(root.join("ledger").join("keys"));
    folders.push(root.to_owned());
    for folder in folders {
        for path in disk::list(&folder)? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if path.is_file() && name.starts_with(".tmp") {
                fs::remove_file(&path).map_err(disk::failed("Deleting", &path))?;
            }
        }
    }
    Ok(())
}

fn drop_index(root: &Path) -> Result<(), CaseError> {
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal"] {
        let path = root.join(name);
        if path.exists() {
            fs::remove_file(&path).map_err(disk::failed("Deleting", &path))?;
        }
    }
    disk::sync_folder(root)
}
