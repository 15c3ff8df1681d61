//! Manifests: a digest and a path on each line.

use std::collections::BTreeMap;

use values::{Severity, Trouble};

use super::tags::{Declaration, lines};
use super::{Files, Refused, WRITER, at, folded, invalid, refuse_path};
use crate::digests::{Algorithm, Claimed};
use crate::judgement::Troubles;

/// One line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The path in the bag, decoded; the name of the file that is meant, where the written one differs only in form.
    pub path: String,
    /// The digest.
    pub digest: Vec<u8>,
}

/// One manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its file name.
    pub name: String,
    /// Its digest function.
    pub algorithm: Algorithm,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// Whether a path stays inside the bag on every system, and lies where its manifest wants it.
pub fn lawful_path(path: &str, tag: bool) -> bool {
    let inner = path.strip_prefix("./").unwrap_or(path);
    let drive = inner.as_bytes().get(1) == Some(&b':') && inner.as_bytes()[0].is_ascii_alphabetic();
    let inside = !inner.starts_with(['/', '\\', '~'])
        && !drive
        && !inner.contains("%HOMEDRIVE%")
        && inner.split(['/', '\\']).all(|part| part != "..");
    inside && (tag || inner.starts_with("data/") || inner.starts_with("data\\"))
}

/// Returns the path as the file is named. RFC 8493, section 2.1.3, encodes LF, CR and the per cent sign; the drafts
/// left it open, so there the written name is tried first.
pub fn resolve(written: &str, declaration: &Declaration, files: &Files) -> String {
    let written = written.strip_prefix("./").unwrap_or(written);
    if !declaration.final_version && files.contains_key(written) {
        return written.to_owned();
    }
    let mut path = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let code = rest.get(at..at + 3).map(str::to_ascii_uppercase);
        let decoded = match code.as_deref() {
            Some("%0A") => Some('\n'),
            Some("%0D") => Some('\r'),
            Some("%25") => Some('%'),
            _ => None,
        };
        path.push(decoded.unwrap_or('%'));
        rest = &rest[at + if decoded.is_some() { 3 } else { 1 }..];
    }
    path.push_str(rest);
    path
}

/// Reads a manifest. Errors where a path in it makes the bag be refused.
pub fn read(
    name: &str,
    algorithm: Algorithm,
    tag: bool,
    text: &str,
    declaration: &Declaration,
    files: &Files,
    troubles: &mut Troubles,
) -> Result<Manifest, Refused> {
    let mut manifest = Manifest { name: name.to_owned(), algorithm, lines: Vec::new() };
    let mut seen: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut folded_files: Option<BTreeMap<String, &str>> = None;
    let mut marked = false;
    for text in lines(text.trim_start_matches('\u{feff}')) {
        if text.is_empty() {
            continue;
        }
        let Some((digest, path)) = text.split_once([' ', '\t']) else {
            troubles.push(at(invalid("bag.manifest_line", "A line is not digest and path.", WRITER), name));
            continue;
        };
        let path = path.trim_start_matches([' ', '\t']);
        let starred = path.strip_prefix('*');
        marked |= starred.is_some();
        let path = starred.unwrap_or(path);
        if !lawful_path(path, tag) {
            return Err(refuse_path(path, name));
        }
        if path.starts_with("./") {
            let what = "A path begins with “./”, which readers may take for another name.";
            troubles.push(at(Trouble::new("bag.relative_path", Severity::Warn, what, WRITER), name));
        }
        let hex = digest.len() == algorithm.length() * 2;
        let Some(claimed) = Claimed::of(algorithm, digest).ok().filter(|_| hex) else {
            let what = format!("A line does not begin with a {} digest in hex.", algorithm.name());
            troubles.push(at(invalid("bag.manifest_line", what, WRITER), name));
            continue;
        };
        let mut path = resolve(path, declaration, files);
        if !files.contains_key(&path) {
            // Systems that ignore case or rewrite accents give the file back under a name that only looks the same.
            let known = folded_files
                .get_or_insert_with(|| files.keys().map(|path| (folded(path), path.as_str())).collect());
            if let Some(other) = known.get(&folded(&path)) {
                let what = "The manifest names this file with other case or accents; on some systems it will not be found.";
                troubles.push(at(Trouble::new("bag.name_form", Severity::Warn, what, WRITER), &path));
                path = (*other).to_owned();
            }
        }
        match seen.insert(path.clone(), claimed.bytes.clone()) {
            Some(earlier) if earlier != claimed.bytes => {
                let what = "The manifest lists this file twice, with two digests.";
                troubles.push(at(invalid("bag.duplicate_entry", what, WRITER), &path));
            }
            Some(_) => {
                let severity = if declaration.final_version { Severity::Invalid } else { Severity::Warn };
                let what = "The manifest lists this file twice.";
                troubles.push(at(Trouble::new("bag.duplicate_entry", severity, what, WRITER), &path));
            }
            None => manifest.lines.push(Line { path, digest: claimed.bytes }),
        }
    }
    if marked {
        let what = "The manifest was written by a checksum tool that marks paths with an asterisk.";
        troubles.push(at(Trouble::new("bag.asterisk", Severity::Warn, what, WRITER), name));
    }
    Ok(manifest)
}
