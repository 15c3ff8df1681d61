//! `redress law`: the rows in use on this computer: those that came with the program, with signed packs laid over them.
//!
//! ```text
//! law/
//!   keys.txt            one trusted verifier key a line, with the day it was trusted
//!   packs/<digest>.pack the packs in use, exactly as they came
//! ```
//!
//! A pack comes from a file or a stick when a person says so, never by itself. It is taken only where its signature is by
//! a key that a person trusted by name, where it is not older than what is there, and where the rows together hold what
//! must hold. Signature and rows are checked again each time they are read: a pack that was changed on disk is not used,
//! and the rows that came with the program stand in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use law::pack::{self, Pack};
use law::{Day, Library, Standing};
use seal::note::{Note, VerifierKey};
use serde::Serialize;
use values::Digest;

use crate::{ActionError, Context, plan};

/// The rows in use.
#[derive(Debug, Clone)]
pub struct Rows {
    /// All of them.
    pub library: Library,
    /// The packs laid over the program's own.
    pub packs: Vec<InUse>,
    /// Packs that are there and are not used, each with why, as a sentence for a person.
    pub troubles: Vec<String>,
}

/// A pack in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InUse {
    /// Who made it.
    pub origin: String,
    /// The day it was made (ISO date).
    pub made: String,
    /// The digest of its rows.
    pub digest: Digest,
    /// How many rows it brings, by table.
    pub rows: BTreeMap<String, usize>,
}

impl Rows {
    /// Returns the rows that came with the program alone.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rows> = OnceLock::new();
        SHIPPED.get_or_init(|| Self {
            library: Library::shipped().clone(),
            packs: Vec::new(),
            troubles: Vec::new(),
        })
    }

    /// Reads the packs under `folder` and lays them over the program's rows, the oldest first.
    ///
    /// What cannot be used is left out and told: a person in danger gets the rows that came with the program rather than
    /// an error.
    pub fn load(folder: &Path, today: Day) -> Self {
        let mut rows = Self::shipped().clone();
        let (found, mut troubles) = stored(folder);
        for (path, pack) in found {
            let shipped = Library::shipped().read_until();
            let laid =
                pack::is_newer(pack.made, shipped, None, today).and_then(|()| rows.library.with_pack(&pack));
            match laid {
                Ok(library) => {
                    rows.library = library;
                    rows.packs.push(InUse::of(&pack));
                }
                Err(error) => troubles.push(not_used(&path, &error.to_string())),
            }
        }
        rows.troubles = troubles;
        rows
    }

    /// Returns which rows are in use, one line each, as the ledger keeps it with every package.
    pub fn named(&self) -> Vec<String> {
        let shipped = Library::shipped().read_until().map_or_else(String::new, |day| day.to_string());
        let packs =
            self.packs.iter().map(|pack| format!("{} {} sha256:{}", pack.origin, pack.made, pack.digest));
        std::iter::once(format!("shipped {shipped}")).chain(packs).collect()
    }
}

impl InUse {
    fn of(pack: &Pack) -> Self {
        let rows = pack.counts().into_iter().collect();
        Self { origin: pack.origin.clone(), made: pack.made.to_string(), digest: pack.digest, rows }
    }
}

fn not_used(path: &Path, why: &str) -> String {
    format!(
        "The pack of rows “{}” is not used: {why}. The rows that came with redress stand in its place; take the pack in again, or forget it with `redress law forget`.",
        path.display()
    )
}

/// A key somebody trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Trusted {
    key: VerifierKey,
    since: String,
}

fn keys(folder: &Path) -> Vec<Trusted> {
    let text = fs::read_to_string(folder.join("keys.txt")).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let (key, since) = line.trim().split_once(' ')?;
            Some(Trusted { key: key.parse().ok()?, since: since.to_owned() })
        })
        .collect()
}

fn write_keys(folder: &Path, keys: &[Trusted]) -> Result<(), ActionError> {
    let text: String = keys.iter().map(|trusted| format!("{} {}\n", trusted.key, trusted.since)).collect();
    replace(&folder.join("keys.txt"), text.as_bytes())
}

/// Returns the packs on disk whose signature is by a trusted key, the newest of each origin, the oldest first; and what
/// is wrong with others.
fn stored(folder: &Path) -> (Vec<(PathBuf, Pack)>, Vec<String>) {
    let mut troubles = Vec::new();
    let Ok(entries) = fs::read_dir(folder.join("packs")) else { return (Vec::new(), troubles) };
    let keys: Vec<VerifierKey> = keys(folder).into_iter().map(|trusted| trusted.key).collect();
    let mut newest: BTreeMap<String, (PathBuf, Pack)> = BTreeMap::new();
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "pack")) {
        let opened = fs::read(&path).map_err(|error| error.to_string()).and_then(|bytes| {
            Pack::open(&bytes, &|note| signed_by(note, &keys).map(drop)).map_err(|e| e.to_string())
        });
        match opened {
            Ok(pack) => {
                let known = newest.get(&pack.origin).map(|(_, known)| known.made);
                if known.is_none_or(|known| known <= pack.made) {
                    newest.insert(pack.origin.clone(), (path, pack));
                }
            }
            Err(why) => troubles.push(not_used(&path, &why)),
        }
    }
    let mut found: Vec<(PathBuf, Pack)> = newest.into_values().collect();
    found.sort_by(|(_, a), (_, b)| (a.made, &a.origin).cmp(&(b.made, &b.origin)));
    (found, troubles)
}

/// Returns the key of `keys` that signed `note` under the name its second line gives.
fn signed_by(note: &str, keys: &[VerifierKey]) -> Result<VerifierKey, String> {
    let origin = note.lines().nth(1).unwrap_or_default();
    let note: Note = note.parse().map_err(|error: seal::note::NoteError| error.to_string())?;
    let mut why = format!("no key of “{origin}” is trusted here");
    for key in keys.iter().filter(|key| key.name() == origin) {
        match note.verify(key) {
            Ok(_) => return Ok(key.clone()),
            Err(error) => why = error.to_string(),
        }
    }
    Err(why)
}

/// What a person asks for with `redress law update`.
#[derive(Debug)]
pub struct Request<'a> {
    /// Where packs and keys are kept.
    pub folder: &'a Path,
    /// The pack.
    pub pack: &'a Path,
    /// The signer's key, as its text or as a file that holds it; needed once for each signer.
    pub key: Option<&'a str>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct Updated {
    /// The pack.
    pub pack: InUse,
    /// The key that signed it.
    pub key: String,
    /// Whether that key was trusted just now.
    pub newly_trusted: bool,
    /// Whether this very pack was in use already, and nothing was changed.
    pub already: bool,
    /// The day of the pack of the same origin that was in use before.
    pub before: Option<String>,
    /// Ids of rows that are new.
    pub added: Vec<String>,
    /// Ids of rows that take the place of others.
    pub replaced: Vec<String>,
}

/// Takes a pack in. Errors, with nothing changed, where it is no pack, not signed by a trusted key, changed after it was
/// signed, older than what is there, or where its rows are not as they must be.
pub fn update(request: &Request<'_>, context: &Context<'_>) -> Result<Updated, ActionError> {
    let refused = |why: String| ActionError::Refused(format!("The pack was not taken: {why}."));
    let today = plan::today(context.now())?;
    let bytes = fs::read(request.pack).map_err(ActionError::file("read", request.pack))?;
    let mut trusted = keys(request.folder);
    let given = request.key.map(given_key).transpose()?;
    if let Some(key) = &given
        && let Some(known) = trusted.iter().find(|known| known.key.name() == key.name() && known.key != *key)
    {
        return Err(refused(format!(
            "this computer trusts another key of “{}” since {}: {}. Nothing was changed. If its maker tells you, by another way than the pack came, that the key was changed: `redress law forget {}` first",
            key.name(),
            known.since,
            known.key,
            key.name()
        )));
    }
    let known: Vec<VerifierKey> =
        given.iter().cloned().chain(trusted.iter().map(|one| one.key.clone())).collect();
    let signer = std::cell::RefCell::new(None);
    let opened = Pack::open(&bytes, &|note| {
        let origin = note.lines().nth(1).unwrap_or_default();
        if !known.iter().any(|key| key.name() == origin) {
            return Err(unknown(note, origin, request.pack));
        }
        *signer.borrow_mut() = Some(signed_by(note, &known)?);
        Ok(())
    });
    let pack = opened.map_err(|error| refused(error.to_string()))?;
    let key =
        signer.into_inner().ok_or_else(|| ActionError::OurFault("A pack was opened unsigned.".to_owned()))?;
    let (stored, _) = stored(request.folder);
    let before = stored.iter().find(|(_, known)| known.origin == pack.origin);
    let newly_trusted = !trusted.iter().any(|one| one.key == key);
    let mut updated = Updated {
        pack: InUse::of(&pack),
        key: key.to_string(),
        newly_trusted,
        already: before.is_some_and(|(_, known)| known.digest == pack.digest && known.made == pack.made),
        before: before.map(|(_, known)| known.made.to_string()),
        added: Vec::new(),
        replaced: Vec::new(),
    };
    if updated.already {
        return Ok(updated);
    }
    let shipped = Library::shipped();
    pack::is_newer(pack.made, shipped.read_until(), before.map(|(_, known)| known.made), today)
        .map_err(|error| refused(error.to_string()))?;
    // All packs together, this one in the place of the earlier of its origin: what two bring may not fit each other.
    let mut all: Vec<&Pack> =
        stored.iter().map(|(_, known)| known).filter(|known| known.origin != pack.origin).collect();
    all.push(&pack);
    all.sort_by(|a, b| (a.made, &a.origin).cmp(&(b.made, &b.origin)));
    let mut library = shipped.clone();
    for one in all {
        library = library.with_pack(one).map_err(|error| refused(error.to_string()))?;
    }
    let own = shipped.with_pack(&pack).map_err(|error| refused(error.to_string()))?;
    (updated.added, updated.replaced) = changes(shipped, &own);
    let packs = request.folder.join("packs");
    fs::create_dir_all(&packs).map_err(ActionError::file("written", &packs))?;
    // The key first: a key without a pack changes nothing, a pack without its key would be a trouble at every start.
    if newly_trusted {
        trusted.push(Trusted { key, since: today.to_string() });
        write_keys(request.folder, &trusted)?;
    }
    let path = packs.join(format!("{}.pack", pack.digest));
    replace(&path, &bytes)?;
    if let Some((old, _)) = before.filter(|(old, _)| *old != path) {
        fs::remove_file(old).map_err(ActionError::file("written", old))?;
    }
    Ok(updated)
}

/// Says who signed a pack by a key that nobody trusted yet, and how to go on.
fn unknown(note: &str, origin: &str, pack: &Path) -> String {
    let mut why = format!(
        "it says it is by “{origin}”, and no key of that name is trusted on this computer. Ask “{origin}” for their key by another way than this pack came (in person, by telephone, on paper), then: redress law update “{}” --key \"{origin}+…\"",
        pack.display()
    );
    let mut beside = pack.as_os_str().to_owned();
    beside.push(".key");
    let lying = fs::read_to_string(PathBuf::from(beside))
        .ok()
        .and_then(|text| text.trim().parse::<VerifierKey>().ok());
    if let Some(key) = lying.filter(|key| signed_by(note, std::slice::from_ref(key)).is_ok()) {
        why.push_str(&format!(
            ". A key that fits lies beside the pack: {key} . Whoever changes a pack can change that file too: compare it with what its maker tells you"
        ));
    }
    why
}

/// Reads a verifier key from its text, or from a file that holds it.
fn given_key(given: &str) -> Result<VerifierKey, ActionError> {
    if let Ok(key) = given.parse() {
        return Ok(key);
    }
    let text = fs::read_to_string(given).unwrap_or_default();
    text.trim().parse().map_err(|_| {
        ActionError::Request(format!(
            "“{given}” is no key, and no file that holds one. A key looks like example.org/law+1a2b3c4d+AbCd…; copy all of it."
        ))
    })
}

/// Returns the ids of rows that `after` has and `before` has not, and of those that differ.
fn changes(before: &Library, after: &Library) -> (Vec<String>, Vec<String>) {
    let ids = |library: &Library| {
        let mut ids = BTreeSet::new();
        library.each_row(&mut |row| {
            ids.insert(format!("{} {}", row.table, row.origin.id));
        });
        ids
    };
    let (old, new) = (ids(before), ids(after));
    let added: Vec<String> = new.difference(&old).cloned().collect();
    let mut origins: BTreeMap<String, String> = BTreeMap::new();
    before.each_row(&mut |row| {
        origins
            .insert(format!("{} {}", row.table, row.origin.id), format!("{:?}{:?}", row.origin, row.shown));
    });
    let mut replaced = Vec::new();
    after.each_row(&mut |row| {
        let id = format!("{} {}", row.table, row.origin.id);
        if origins.get(&id).is_some_and(|old| *old != format!("{:?}{:?}", row.origin, row.shown)) {
            replaced.push(id);
        }
    });
    (added, replaced)
}

/// What `redress law list` shows.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// Where packs and keys are kept.
    pub folder: PathBuf,
    /// The last day on which a source of the program's own rows was read (ISO date).
    pub shipped: String,
    /// Rows in use, by table: how many, how many of them unverified, how many stale.
    pub tables: BTreeMap<String, (usize, usize, usize)>,
    /// Packs in use.
    pub packs: Vec<InUse>,
    /// Trusted keys, each with the day it was trusted (ISO date).
    pub keys: Vec<(String, String)>,
    /// Packs that are there and are not used, and why.
    pub troubles: Vec<String>,
}

/// Says which rows are in use, and how old they are.
pub fn list(folder: &Path, context: &Context<'_>) -> Result<Listed, ActionError> {
    let today = plan::today(context.now())?;
    let rows = Rows::load(folder, today);
    let mut tables: BTreeMap<String, (usize, usize, usize)> = BTreeMap::new();
    rows.library.each_row(&mut |row| {
        let counts = tables.entry(row.table.to_owned()).or_default();
        let standing = row.origin.standing(today);
        counts.0 += 1;
        counts.1 += usize::from(standing == Standing::Unverified);
        counts.2 += usize::from(standing == Standing::Stale);
    });
    Ok(Listed {
        folder: folder.to_owned(),
        shipped: Library::shipped().read_until().map_or_else(String::new, |day| day.to_string()),
        tables,
        packs: rows.packs,
        keys: keys(folder).into_iter().map(|one| (one.key.to_string(), one.since)).collect(),
        troubles: rows.troubles,
    })
}

/// Takes the packs of `origin` out of use and its key out of trust. Returns how many packs that were.
pub fn forget(folder: &Path, origin: &str) -> Result<u64, ActionError> {
    let mut trusted = keys(folder);
    let before = trusted.len();
    trusted.retain(|one| one.key.name() != origin);
    let (mut gone, mut packs) = (0, Vec::new());
    if let Ok(entries) = fs::read_dir(folder.join("packs")) {
        packs.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
    }
    for path in packs {
        let text = fs::read(&path).map_err(ActionError::file("read", &path))?;
        if String::from_utf8_lossy(&text).lines().nth(1) == Some(origin) {
            fs::remove_file(&path).map_err(ActionError::file("written", &path))?;
            gone += 1;
        }
    }
    if gone == 0 && trusted.len() == before {
        return Err(ActionError::Request(format!(
            "No pack and no key of “{origin}” is here. See `redress law list`."
        )));
    }
    if trusted.len() != before {
        write_keys(folder, &trusted)?;
    }
    Ok(gone)
}

/// Replaces a file in one step.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), ActionError> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".writing-{}", std::process::id()));
    let draft = PathBuf::from(draft);
    let written = fs::File::create(&draft)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&draft, path))
        .map_err(ActionError::file("written", path));
    if written.is_err() {
        // Half a file must not stay.
        let _nothing_written = fs::remove_file(&draft);
    }
    written
}
