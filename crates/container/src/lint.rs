//! One entry for every container: what is it, and is it what it says?

use std::io::{Read, Seek, SeekFrom};

use seal::x509::{self, Certificate};
use values::{Severity, Trouble};

use crate::judgement::{Format, Judgement, Troubles};
use crate::zip::{Archive, Source};
use crate::{Limits, bag, loadfile, wacz, warc, zip};

/// What a container is held against.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How much is read.
    pub limits: Limits,
    /// Certificates that a chain may end in, for signatures by a domain and their timestamps.
    pub roots: Vec<Certificate>,
    /// Whether the captures in a collection are read record by record too, or only held against its manifest.
    pub captures: bool,
}

impl Rules {
    /// Returns the shipped limits and roots.
    pub fn shipped() -> Self {
        Self { limits: Limits::shipped(), roots: seal::roots::shipped(), captures: true }
    }
}

/// Returns the certificates in a PEM file, or the one certificate of a DER file; `None` where there is none.
pub fn roots(bytes: &[u8]) -> Option<Vec<Certificate>> {
    let roots = match std::str::from_utf8(bytes) {
        Ok(text) => x509::from_pem(text),
        Err(_) => Certificate::read(bytes).into_iter().collect(),
    };
    (!roots.is_empty()).then_some(roots)
}

/// Judges one file. `name` decides only where the first bytes do not.
///
/// A file that is no container at all is refused with `container.unknown`.
pub fn lint<S: Read + Seek + Send>(name: &str, source: &mut S, rules: &Rules) -> Judgement {
    lint_source(name, source, rules)
}

fn lint_source(name: &str, source: &mut dyn Source, rules: &Rules) -> Judgement {
    let mut first = [0; 8];
    let have = match read_first(source, &mut first) {
        Ok(have) => have,
        Err(error) => {
            let mut troubles = Troubles::new(1);
            troubles.push(zip::unreadable(&error));
            return troubles.judge(by_name(name).unwrap_or(Format::Zip), None);
        }
    };
    let by_bytes = match &first[..have] {
        [0x1f, 0x8b, ..] => Some(Format::Warc),
        bytes if bytes.starts_with(b"WARC/") => Some(Format::Warc),
        bytes if bytes.starts_with(b"PK") => Some(Format::Zip),
        _ => None,
    };
    match by_bytes.or_else(|| by_name(name)) {
        Some(Format::Warc | Format::Gzip) => warc::lint(&mut Plain(source), &rules.limits),
        Some(Format::Zip | Format::Wacz | Format::Bag) => archive(name, source, rules),
        Some(format @ (Format::Dat | Format::Opt)) => {
            loadfile::lint(&mut Plain(source), format, None, &rules.limits)
        }
        None => {
            let mut troubles = Troubles::new(1);
            let (what, next) = match have {
                0 => ("The file is empty.", "Look for the file it was copied from, and copy it again."),
                _ => ("This is none of the containers that are judged here.", "Import it as what it is."),
            };
            troubles.push(Trouble::new("container.unknown", Severity::Reject, what, next));
            troubles.judge(Format::Zip, None)
        }
    }
}

fn by_name(name: &str) -> Option<Format> {
    let name = name.to_ascii_lowercase();
    let ends = |end: &str| name.ends_with(end);
    if ends(".warc") || ends(".warc.gz") {
        Some(Format::Warc)
    } else if ends(".wacz") {
        Some(Format::Wacz)
    } else if ends(".zip") {
        Some(Format::Zip)
    } else if ends(".dat") {
        Some(Format::Dat)
    } else if ends(".opt") {
        Some(Format::Opt)
    } else {
        None
    }
}

fn read_first(source: &mut dyn Source, into: &mut [u8]) -> std::io::Result<usize> {
    let mut have = 0;
    while have < into.len() {
        match source.read(&mut into[have..]) {
            Ok(0) => break,
            Ok(read) => have += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    source.seek(SeekFrom::Start(0))?;
    Ok(have)
}

/// A ZIP is a collection, a bag, or only a ZIP.
fn archive(name: &str, source: &mut dyn Source, rules: &Rules) -> Judgement {
    if by_name(name) == Some(Format::Wacz) {
        return wacz::lint(source, rules);
    }
    let (archive, troubles) = Archive::open(source, &rules.limits);
    if troubles.refused() {
        return troubles.judge(Format::Zip, None);
    }
    if archive.find("datapackage.json").is_some() {
        return wacz::lint(source, rules);
    }
    if bag::ZipTree::top(&archive).is_some() {
        let mut judgement = bag::lint(&mut bag::ZipTree::new(archive, source, &rules.limits), &rules.limits);
        let mut all = troubles;
        all.extend(std::mem::take(&mut judgement.troubles));
        return all.judge(Format::Bag, None);
    }
    zip::lint(source, &rules.limits)
}

/// A source as a plain reader.
struct Plain<'a>(&'a mut dyn Source);

impl Read for Plain<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}
