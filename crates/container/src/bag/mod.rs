//! BagIt bags: RFC 8493 strictly, and the drafts 0.93 to 0.97 as the conformance suite reads them.
//!
//! Every payload file is hashed once with all the functions its manifests use. Nothing is ever fetched: a bag that
//! needs `fetch.txt` is refused, because an address in it can point into the network of whoever checks. The folder is
//! reached through [`Tree`], so that a folder on disk, a ZIP and a test look the same.

mod manifest;
mod tags;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use unicode_normalization::UnicodeNormalization as _;
use values::{Place, Severity, Trouble};

use self::manifest::{Line, Manifest};
use self::tags::Declaration;
pub use self::tree::{Item, Kind, MemoryTree, Tree, ZipTree};
use crate::Limits;
use crate::digests::{Algorithm, Running, hex};
use crate::judgement::{Format, Judgement, Troubles};

/// Judges a folder as a bag.
pub fn lint(tree: &mut dyn Tree, limits: &Limits) -> Judgement {
    let mut troubles = Troubles::new(limits.troubles);
    if let Err(refused) = check(tree, limits, &mut troubles) {
        troubles.push(*refused);
    }
    troubles.judge(Format::Bag, None)
}

type Refused = Box<Trouble>;

const AGAIN: &str = "Ask the sender for the bag again, and compare with what was sent.";
const WRITER: &str = "Ask the sender to make the bag again with a tool that follows RFC 8493.";

fn invalid(code: &'static str, what: impl Into<String>, next: &str) -> Trouble {
    Trouble::new(code, Severity::Invalid, what, next)
}

fn at(trouble: Trouble, path: &str) -> Trouble {
    trouble.at(Place::whole().inside(path))
}

fn refuse_path(path: &str, said_in: &str) -> Refused {
    let what = "A path leaves the bag or means different things on different systems.";
    let next = "Do not unpack or check this bag with other tools; ask for it again.";
    let shown: String = path.chars().take(200).collect();
    let what = format!("{what} It is said in {said_in}.");
    Box::new(at(Trouble::new("bag.path", Severity::Reject, what, next), &shown))
}

fn check(tree: &mut dyn Tree, limits: &Limits, troubles: &mut Troubles) -> Result<(), Refused> {
    let files = list(tree, limits, troubles)?;
    let Some(text) = small(tree, &files, "bagit.txt", limits, troubles) else {
        let what = "There is no bagit.txt, so this folder is no bag.";
        troubles.push(invalid("bag.missing_bagit", what, "Check that the right folder was given."));
        return Ok(());
    };
    let Some(declaration) = tags::declaration(&text, troubles) else { return Ok(()) };
    let Manifests { payload, tag } = manifests(tree, &files, &declaration, limits, troubles)?;
    let fetched = fetch(tree, &files, &declaration, limits, troubles)?;
    complete(&files, &payload, &fetched, &declaration, troubles);
    hashes(tree, &files, &payload, &tag, troubles);
    // Last, because what it finds has a name of its own above when the manifests can tell.
    oxum(tree, &files, &declaration, limits, troubles);
    Ok(())
}

/// The files of the bag: path and size.
type Files = BTreeMap<String, u64>;

fn list(tree: &mut dyn Tree, limits: &Limits, troubles: &mut Troubles) -> Result<Files, Refused> {
    let items = tree.list().map_err(|error| Box::new(crate::zip::unreadable(&error)))?;
    if items.len() > limits.entries {
        let what = format!("This bag holds {} files; at most {} are read.", items.len(), limits.entries);
        let next = "Split it, or raise the limit if you trust where it comes from.";
        return Err(Box::new(Trouble::new("bag.entries", Severity::Reject, what, next)));
    }
    let mut files = Files::new();
    for item in items {
        match item.kind {
            Kind::File => {
                let name = item.path.rsplit('/').next().unwrap_or_default();
                if matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini") {
                    let what = "A file that the system made by itself lies in the bag; it appears, changes and vanishes unasked.";
                    let next = "Ask the sender to make the bag without it.";
                    troubles
                        .push(at(Trouble::new("bag.system_file", Severity::Warn, what, next), &item.path));
                }
                files.insert(item.path, item.size);
            }
            Kind::Link | Kind::Other => {
                let what = "A link or special file lies in the bag: what it shows depends on the computer it is opened on.";
                let next = "Do not open it; ask for the bag again with plain files only.";
                return Err(Box::new(at(
                    Trouble::new("bag.symlink", Severity::Reject, what, next),
                    &item.path,
                )));
            }
        }
    }
    Ok(files)
}

/// Reads a small file whole; `None` where it is not there or could not be read, which is said.
fn small(
    tree: &mut dyn Tree,
    files: &Files,
    path: &str,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Option<Vec<u8>> {
    if *files.get(path)? > limits.text {
        let what = format!("It is larger than {} bytes, which no honest one is.", limits.text);
        troubles.push(at(Trouble::new("bag.text_size", Severity::Reject, what, AGAIN), path));
        return None;
    }
    let mut bytes = Vec::new();
    let read = tree.open(path).and_then(|file| file.take(limits.text + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => Some(bytes),
        Err(error) => {
            troubles.push(at(crate::zip::unreadable(&error), path));
            None
        }
    }
}

struct Manifests {
    payload: Vec<Manifest>,
    tag: Vec<Manifest>,
}

fn manifests(
    tree: &mut dyn Tree,
    files: &Files,
    declaration: &Declaration,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Result<Manifests, Refused> {
    let mut found = Manifests { payload: Vec::new(), tag: Vec::new() };
    for path in files.keys() {
        let Some(stem) = path.strip_suffix(".txt") else { continue };
        let (name, tag) = match (stem.strip_prefix("manifest-"), stem.strip_prefix("tagmanifest-")) {
            (Some(name), _) => (name, false),
            (_, Some(name)) => (name, true),
            _ => continue,
        };
        let Some(algorithm) = Algorithm::named(name) else {
            let what = "This manifest uses a digest that is not known here, so it was not checked.";
            let next = "Check it with the tool that wrote it.";
            troubles.push(at(Trouble::new("bag.unknown_algorithm", Severity::Warn, what, next), path));
            continue;
        };
        let Some(bytes) = small(tree, files, path, limits, troubles) else { continue };
        let Some(text) = declaration.decode(&bytes) else {
            let what = format!("It is not in the encoding that bagit.txt states, {}.", declaration.encoding);
            troubles.push(at(invalid("bag.encoding", what, WRITER), path));
            continue;
        };
        let manifest = manifest::read(path, algorithm, tag, &text, declaration, files, troubles)?;
        if tag { found.tag.push(manifest) } else { found.payload.push(manifest) }
    }
    if found.payload.is_empty() && !troubles.refused() {
        let what = "No payload manifest can be checked, so nothing here shows that the files are unchanged.";
        troubles.push(invalid("bag.no_usable_manifest", what, WRITER));
    } else if declaration.final_version && found.payload.iter().all(|manifest| manifest.algorithm.weak()) {
        let what = "All manifests use MD5 or SHA-1, for which anyone can make two files with one digest.";
        troubles.push(Trouble::new("bag.weak_hash", Severity::Warn, what, WRITER));
    }
    Ok(found)
}

/// Reads fetch.txt. Returns the paths it speaks of.
fn fetch(
    tree: &mut dyn Tree,
    files: &Files,
    declaration: &Declaration,
    limits: &Limits,
    troubles: &mut Troubles,
) -> Result<BTreeSet<String>, Refused> {
    let mut paths = BTreeSet::new();
    let Some(bytes) = small(tree, files, "fetch.txt", limits, troubles) else { return Ok(paths) };
    let Some(text) = declaration.decode(&bytes) else { return Ok(paths) };
    for line in tags::lines(&text) {
        let mut parts = line.splitn(3, [' ', '\t']);
        let (address, length, path) = (parts.next(), parts.next(), parts.next().map(str::trim_start));
        let (Some(_), Some(length), Some(path)) = (address, length, path) else {
            if !line.trim().is_empty() {
                troubles.push(at(
                    invalid("bag.fetch_line", "A line is not address, length and path.", WRITER),
                    "fetch.txt",
                ));
            }
            continue;
        };
        if !manifest::lawful_path(path, false) {
            return Err(refuse_path(path, "fetch.txt"));
        }
        let path = manifest::resolve(path, declaration, files);
        match files.get(&path) {
            None => {
                let what = "The bag lacks a file and asks for it to be fetched from the network, which a check never does.";
                let next = "Ask the sender for the complete bag. Do not let other tools fetch it: the address can point into your own network.";
                return Err(Box::new(at(Trouble::new("bag.fetch", Severity::Reject, what, next), &path)));
            }
            Some(size) if length != "-" && length.parse() != Ok(*size) => {
                troubles.push(at(
                    invalid("bag.fetch_length", "fetch.txt states another length for this file.", AGAIN),
                    &path,
                ));
            }
            Some(_) => {}
        }
        paths.insert(path);
    }
    Ok(paths)
}

/// Holds Payload-Oxum (RFC 8493, section 2.2.2) against the payload.
fn oxum(
    tree: &mut dyn Tree,
    files: &Files,
    declaration: &Declaration,
    limits: &Limits,
    troubles: &mut Troubles,
) {
    let name = declaration.info_file();
    let Some(bytes) = small(tree, files, name, limits, troubles) else { return };
    let Some(text) = declaration.decode(&bytes) else {
        let what = format!("It is not in the encoding that bagit.txt states, {}.", declaration.encoding);
        return troubles.push(at(invalid("bag.encoding", what, WRITER), name));
    };
    let elements = tags::elements(&text, declaration, name, troubles);
    let mut stated = elements.iter().filter(|(label, _)| label.eq_ignore_ascii_case("payload-oxum"));
    let Some((_, value)) = stated.next() else { return };
    if declaration.final_version && stated.next().is_some() {
        troubles.push(at(invalid("bag.oxum", "Payload-Oxum is stated more than once.", WRITER), name));
    }
    let payload = files.iter().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, count) =
        payload.fold((0u64, 0u64), |(bytes, count), (_, size)| (bytes.saturating_add(*size), count + 1));
    let parsed = value.split_once('.').and_then(|(b, c)| Some((b.parse().ok()?, c.parse().ok()?)));
    if parsed != Some((bytes, count)) {
        let shown: String = value.chars().take(60).collect();
        let what = format!("Payload-Oxum says “{shown}”; the payload has {bytes} bytes in {count} files.");
        troubles.push(at(invalid("bag.oxum", what, AGAIN), name));
    }
}

/// Every payload file is listed, every listed file is there.
fn complete(
    files: &Files,
    payload: &[Manifest],
    fetched: &BTreeSet<String>,
    declaration: &Declaration,
    troubles: &mut Troubles,
) {
    let everywhere = declaration.final_version;
    let listed: Vec<BTreeSet<&str>> = payload
        .iter()
        .map(|manifest| manifest.lines.iter().map(|line| line.path.as_str()).collect())
        .collect();
    for path in files.keys().filter(|path| path.starts_with("data/")) {
        let count = listed.iter().filter(|paths| paths.contains(path.as_str())).count();
        if count == 0 && !payload.is_empty() {
            let what = "This file is in no manifest: it was added after the bag was made.";
            troubles.push(at(invalid("bag.unlisted", what, AGAIN), path));
        } else if count < payload.len() && everywhere {
            let what = "This file is in one manifest and not in another; RFC 8493 wants every file in each.";
            troubles.push(at(invalid("bag.unlisted", what, WRITER), path));
        }
    }
    for path in fetched {
        if everywhere && listed.iter().any(|paths| !paths.contains(path.as_str())) {
            troubles.push(at(
                invalid("bag.fetch_unlisted", "fetch.txt names a file that a manifest lacks.", WRITER),
                path,
            ));
        }
    }
}

fn hashes(
    tree: &mut dyn Tree,
    files: &Files,
    payload: &[Manifest],
    tag: &[Manifest],
    troubles: &mut Troubles,
) {
    let mut wanted: BTreeMap<&str, Vec<(&Manifest, &Line)>> = BTreeMap::new();
    for manifest in payload.iter().chain(tag) {
        for line in &manifest.lines {
            wanted.entry(&line.path).or_default().push((manifest, line));
        }
    }
    let mut buffer = vec![0; 256 * 1024];
    for (path, claims) in wanted {
        if !files.contains_key(path) {
            let what = format!("{} lists this file, and it is not in the bag.", claims[0].0.name);
            troubles.push(at(invalid("bag.missing", what, AGAIN), path));
            continue;
        }
        let mut running: BTreeMap<Algorithm, Running> = BTreeMap::new();
        for (manifest, _) in &claims {
            running.entry(manifest.algorithm).or_insert_with(|| Running::new(manifest.algorithm));
        }
        if let Err(error) = read_all(tree, path, &mut buffer, &mut running) {
            troubles.push(at(crate::zip::unreadable(&error), path));
            continue;
        }
        let found: BTreeMap<Algorithm, Vec<u8>> =
            running.into_iter().map(|(algorithm, running)| (algorithm, running.finish())).collect();
        for (manifest, line) in claims {
            if found.get(&manifest.algorithm) != Some(&line.digest) {
                let what = format!(
                    "{} states {} for this file, which it does not have: it was changed.",
                    manifest.name,
                    hex(&line.digest)
                );
                troubles.push(at(invalid("bag.hash", what, AGAIN), path));
            }
        }
    }
}

fn read_all(
    tree: &mut dyn Tree,
    path: &str,
    buffer: &mut [u8],
    running: &mut BTreeMap<Algorithm, Running>,
) -> std::io::Result<()> {
    let mut file = tree.open(path)?;
    loop {
        match file.read(buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => running.values_mut().for_each(|running| running.update(&buffer[..read])),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Two names that a system may take for one: equal but for case or for the form of accents.
fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
