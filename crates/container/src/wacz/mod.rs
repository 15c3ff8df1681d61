//! Web archive collections: WACZ 1.1.1, 1.2.0, the variants that tools write, and collections of collections.
//!
//! The usual validator trusts the manifest's list, so a file that is not in it passes, as does a collection without
//! pages or without any capture. Here every file of the archive is either in the manifest, with its digest, or a
//! trouble; each capture is read to the end while it is hashed; and a signature counts only when the hash it covers is
//! that of the manifest that stands beside it.

mod package;
mod signature;

use std::io::{self, Read, Seek, SeekFrom};

use values::{Place, Severity, Trouble};

use self::package::{Package, Resource};
use crate::digests::{Algorithm, Claimed, Running, digest, hex};
use crate::judgement::{Format, Judgement, Troubles};
use crate::zip::{Archive, Entry, Source};
use crate::{Rules, json, warc};

const MANIFEST: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";
const AGAIN: &str = "Ask for the file as it was made; until then nothing in it is shown to be unchanged.";
const WRITER: &str = "Make the collection again with a tool that follows the WACZ specification, and keep this file beside it.";

fn trouble(code: &'static str, severity: Severity, what: impl Into<String>, next: &str) -> Trouble {
    Trouble::new(code, severity, what, next)
}

/// Judges a collection.
pub fn lint(source: &mut dyn Source, rules: &Rules) -> Judgement {
    nested(source, rules, 0)
}

fn nested(source: &mut dyn Source, rules: &Rules, depth: u32) -> Judgement {
    let (archive, troubles) = Archive::open(source, &rules.limits);
    let mut collection = Collection { archive, source, rules, troubles, records: None, depth };
    if !collection.troubles.refused() {
        collection.check();
    }
    let records = collection.records;
    collection.troubles.judge(Format::Wacz, records)
}

struct Collection<'a> {
    archive: Archive,
    source: &'a mut dyn Source,
    rules: &'a Rules,
    troubles: Troubles,
    records: Option<u64>,
    depth: u32,
}

impl Collection<'_> {
    fn push(&mut self, code: &'static str, severity: Severity, what: impl Into<String>, next: &str) {
        self.troubles.push(trouble(code, severity, what, next));
    }

    fn push_at(&mut self, path: &str, trouble: Trouble) {
        self.troubles.push(trouble.at(Place::whole().inside(path)));
    }

    fn check(&mut self) {
        let Some((bytes, value)) = self.json(MANIFEST) else {
            if !self.troubles.refused() && self.archive.find(MANIFEST).is_none() {
                let what = "There is no datapackage.json, so nothing says what belongs to this collection.";
                self.push("wacz.no_datapackage", Severity::Invalid, what, AGAIN);
            }
            return;
        };
        let package = Package::read(&value, &mut self.troubles);
        let signed = self.digest_file(&bytes);
        if self.troubles.refused() {
            return;
        }
        self.parts(&package);
        self.unlisted(&package);
        self.resources(&package);
        // A capture without a byte is passed over above, since some tools leave one beside others; alone it is none.
        let captures = self.archive.entries.iter().filter(|entry| is_warc(&entry.name));
        if !package.multi && captures.clone().count() > 0 && captures.clone().all(|entry| entry.size == 0) {
            let what = "The WARC files of the collection are empty, so there is no capture in it.";
            self.push("wacz.no_warc", Severity::Invalid, what, AGAIN);
        }
        if let Some(signed) = signed {
            signature::check(&signed, &bytes, self.rules, &mut self.troubles);
        }
    }

    /// Reads a JSON file of the archive whole; `None` where it is not there or not lawful, which is said.
    fn json(&mut self, name: &str) -> Option<(Vec<u8>, serde_json::Value)> {
        let entry = self.archive.find(name)?.clone();
        let limits = &self.rules.limits;
        if entry.size > limits.text {
            let what = format!("It is larger than {} bytes, which no honest one is.", limits.text);
            self.push_at(name, trouble("json.size", Severity::Reject, what, AGAIN));
            return None;
        }
        let mut bytes = Vec::new();
        let take = &mut |more: &[u8]| bytes.extend_from_slice(more);
        if !crate::zip::read_through(&self.archive, self.source, &entry, limits, &mut self.troubles, take) {
            return None;
        }
        match json::read(&bytes, limits.json_depth) {
            Ok(value) => Some((bytes, value)),
            Err(refused) => {
                self.push_at(name, refusal(&refused));
                None
            }
        }
    }

    /// What must be there (WACZ 1.1.1, section 5).
    fn parts(&mut self, package: &Package) {
        let names = || self.archive.entries.iter().map(|entry| entry.name.as_str());
        let archives = names().filter(|name| is_warc(name) && name.starts_with("archive/")).count();
        let index = names().any(|name| {
            let name = name.strip_suffix(".gz").unwrap_or(name);
            name.starts_with("indexes/") && [".cdx", ".cdxj", ".idx"].iter().any(|end| name.ends_with(end))
        });
        let pages = self.archive.find("pages/pages.jsonl").is_some();
        if package.multi {
            if !package.resources.iter().any(|resource| resource.path.ends_with(".wacz")) {
                let what = "The collection should be made of collections and lists none, so there is no capture in it.";
                self.push("wacz.no_parts", Severity::Invalid, what, AGAIN);
            }
            return;
        }
        if archives == 0 {
            let what = "The collection holds no WARC file in archive/, so there is no capture in it.";
            self.push("wacz.no_warc", Severity::Invalid, what, AGAIN);
        }
        if !index {
            let what = "The collection holds no index in indexes/, which the specification demands.";
            self.push("wacz.no_index", Severity::Invalid, what, WRITER);
        }
        if !pages {
            let what = "The collection holds no pages/pages.jsonl, which the specification demands: which pages it shows is not said.";
            self.push("wacz.no_pages", Severity::Invalid, what, WRITER);
        }
    }

    fn unlisted(&mut self, package: &Package) {
        let listed = |name: &str| package.resources.iter().any(|resource| resource.path == name);
        let unlisted: Vec<String> = self
            .archive
            .entries
            .iter()
            .filter(|entry| !entry.is_folder() && entry.name != MANIFEST && entry.name != DIGEST)
            .filter(|entry| !listed(&entry.name))
            .map(|entry| entry.name.clone())
            .collect();
        for name in unlisted {
            let what =
                "This file is not in the manifest, so it was put in without a trace or left out of the list.";
            self.push_at(&name, trouble("wacz.unlisted_file", Severity::Invalid, what, AGAIN));
        }
    }

    fn resources(&mut self, package: &Package) {
        for resource in &package.resources {
            if self.troubles.refused() {
                return;
            }
            if let Some(entry) = self.archive.find(&resource.path).cloned() {
                self.resource(resource, &entry);
            } else if package.multi && resource.path.contains("://") {
                let what = "This part of the collection lies on the network and was not fetched, so it was not checked.";
                let next = "Get the part by hand and check it by itself.";
                self.push_at(&resource.path, trouble("wacz.remote_part", Severity::Warn, what, next));
            } else {
                let what = "The manifest lists this file, and it is not in the archive.";
                self.push_at(
                    &resource.path,
                    trouble("wacz.resource_missing", Severity::Invalid, what, AGAIN),
                );
            }
        }
    }

    fn resource(&mut self, resource: &Resource, entry: &Entry) {
        let claimed = self.claimed(resource);
        if let Some(bytes) = resource.bytes
            && bytes != entry.size
        {
            let what = format!("The manifest says this file has {bytes} bytes; it has {}.", entry.size);
            self.push_at(&entry.name, trouble("wacz.resource_bytes", Severity::Invalid, what, AGAIN));
        }
        let running = claimed.as_ref().map(|claimed| Running::new(claimed.algorithm));
        let mut inner = Vec::new();
        let found = match self.read_part(entry, running, &mut inner) {
            Ok(found) => found,
            Err(error) => return self.troubles.push(crate::zip::unreadable(&error)),
        };
        if let (Some(claimed), Some(found)) = (&claimed, &found)
            && claimed.bytes != *found
        {
            let what = format!(
                "The manifest states {}:{} for this file, which it does not have: it was changed.",
                claimed.algorithm.name(),
                hex(&claimed.bytes)
            );
            self.push_at(&entry.name, trouble("wacz.resource_hash", Severity::Invalid, what, AGAIN));
        }
        self.troubles.extend_inside(&entry.name, inner);
    }

    fn claimed(&mut self, resource: &Resource) -> Option<Claimed> {
        let Some(hash) = &resource.hash else {
            let what = "The manifest states no digest for this file.";
            self.push_at(&resource.path, trouble("wacz.no_hash", Severity::Invalid, what, WRITER));
            return None;
        };
        let claimed = match hash.split_once(':') {
            Some(_) => Claimed::labelled(hash),
            // Frictionless packages leave the name out and mean MD5; some write others bare, told by their length.
            None => match hash.len() {
                32 => Claimed::of(Algorithm::Md5, hash),
                40 => Claimed::of(Algorithm::Sha1, hash),
                _ => Claimed::of(Algorithm::Sha256, hash),
            },
        };
        let Ok(claimed) = claimed else {
            let what = "The digest that the manifest states for this file cannot be read.";
            self.push_at(&resource.path, trouble("wacz.hash_form", Severity::Invalid, what, WRITER));
            return None;
        };
        if claimed.algorithm.weak() {
            let name = claimed.algorithm.name().to_uppercase();
            let what = format!(
                "The digest of this file is {name}, for which anyone can make two files with one digest."
            );
            self.push_at(&resource.path, trouble("wacz.weak_hash", Severity::Warn, what, WRITER));
        }
        Some(claimed)
    }

    /// Reads a file of the archive once, for its digest and for what it is.
    fn read_part(
        &mut self,
        entry: &Entry,
        running: Option<Running>,
        inner: &mut Vec<Trouble>,
    ) -> io::Result<Option<Vec<u8>>> {
        let limits = &self.rules.limits;
        let member = self.archive.member(self.source, entry, limits)?;
        let mut part = Hashing { member, running };
        if self.rules.captures && is_warc(&entry.name) && entry.size > 0 {
            let judgement = warc::lint(&mut part, limits);
            self.records = Some(self.records.unwrap_or(0) + judgement.records.unwrap_or(0));
            inner.extend(judgement.troubles);
        } else if entry.name == "pages/pages.jsonl" {
            let mut troubles = Troubles::new(limits.troubles);
            package::pages(&mut part, limits, &mut troubles);
            inner.extend(troubles.into_vec());
        }
        let mut buffer = vec![0; 64 * 1024];
        while part.read(&mut buffer)? > 0 {}
        if let Some(fault) = part.member.fault() {
            let fault = fault.trouble(&entry.name);
            self.troubles.push(fault);
        }
        let found = part.running.map(Running::finish);
        if !entry.name.ends_with(".wacz") {
            return Ok(found);
        }
        if entry.method != 0 || self.depth > 0 {
            let what = match entry.method {
                0 => "It lies in a collection that itself lies in one, which is deeper than is looked.",
                _ => "It is compressed once more in the collection, so what is in it was not looked at.",
            };
            let next = "Take the part out and check it by itself.";
            inner.push(trouble("wacz.part_unread", Severity::Warn, what, next));
        } else {
            let mut window = Window { source: self.source, start: entry.start, length: entry.packed, at: 0 };
            let judgement = nested(&mut window, self.rules, 1);
            if let Some(records) = judgement.records {
                self.records = Some(self.records.unwrap_or(0) + records);
            }
            inner.extend(judgement.troubles);
        }
        Ok(found)
    }

    /// Reads the digest of the manifest. Returns what is signed in it.
    fn digest_file(&mut self, manifest: &[u8]) -> Option<signature::Signed> {
        if self.archive.find(DIGEST).is_none() {
            let what = "There is no datapackage-digest.json, so nothing protects the manifest itself.";
            let next = "The files agree with the manifest; who could change them could change it too.";
            self.push("wacz.no_digest", Severity::Warn, what, next);
            return None;
        }
        let (_, value) = self.json(DIGEST)?;
        let path = value.get("path").and_then(|path| path.as_str());
        if path.is_some_and(|path| path != MANIFEST) {
            let what = "The digest is said to be of another file than the manifest.";
            self.push_at(DIGEST, trouble("wacz.digest_path", Severity::Invalid, what, WRITER));
        }
        let stated = value.get("hash").and_then(|hash| hash.as_str()).unwrap_or_default();
        match Claimed::labelled(stated) {
            Ok(claimed) if digest(claimed.algorithm, manifest) != claimed.bytes => {
                let what = "The manifest does not have the digest stated for it: it was changed.";
                self.push_at(DIGEST, trouble("wacz.digest", Severity::Invalid, what, AGAIN));
            }
            Ok(claimed) if claimed.algorithm.weak() => {
                let what = "The digest of the manifest is MD5 or SHA-1, for which anyone can make two files with one digest.";
                self.push_at(DIGEST, trouble("wacz.weak_hash", Severity::Warn, what, WRITER));
            }
            Ok(_) => {}
            Err(_) => {
                let what = "The digest of the manifest cannot be read.";
                self.push_at(DIGEST, trouble("wacz.hash_form", Severity::Invalid, what, WRITER));
            }
        }
        signature::Signed::read(&value)
    }
}

fn is_warc(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".warc") || name.ends_with(".warc.gz")
}

/// Returns the trouble for a JSON text that was refused.
pub(crate) fn refusal(refused: &json::Refused) -> Trouble {
    match refused {
        json::Refused::Depth => {
            let what = "The JSON is nested deeper than any honest manifest.";
            let next = "Do not open this file with other tools; ask for the capture again.";
            trouble("json.depth", Severity::Reject, what, next)
        }
        json::Refused::DuplicateKey(key) => {
            let shown: String = key.chars().take(60).collect();
            let what =
                format!("The key “{shown}” stands twice in one object; readers disagree which counts.");
            trouble("json.duplicate_key", Severity::Reject, what, AGAIN)
        }
        json::Refused::Syntax(why) => {
            trouble("json.syntax", Severity::Invalid, format!("It is not JSON: {why}."), AGAIN)
        }
    }
}

/// A member that is hashed while it is read.
struct Hashing<'a> {
    member: crate::zip::Member<'a>,
    running: Option<Running>,
}

impl Read for Hashing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.member.read(into)?;
        if let Some(running) = &mut self.running {
            running.update(&into[..read]);
        }
        Ok(read)
    }
}

/// A stored member as a file of its own.
struct Window<'a> {
    source: &'a mut dyn Source,
    start: u64,
    length: u64,
    at: u64,
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        self.source.seek(SeekFrom::Start(self.start + self.at))?;
        let read = self.source.read(&mut into[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
