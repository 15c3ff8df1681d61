//! Archives: the members of a ZIP, a tar or a gzip file, one at a time, within limits.
//!
//! No archive and no large member is held in memory: a member is a place in the archive that can be read again, or bytes
//! that are unpacked anew for each pass over them.
//!
//! Sizes, names and counts an archive states about itself are claims, checked before and while it is unpacked. Nothing
//! is ever written anywhere. A ZIP is first judged by `container`, which refuses what two readers could read two ways.

mod gzip;
mod inside;
mod tar;
mod zip;

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use values::{Digest, Severity, Trouble};

use crate::{Limits, Refused, Source};

pub(crate) use inside::{Inside, too_large};

/// A member up to this size is held in memory while it is read; a larger one is read in passes.
const HELD: u64 = 16 << 20;

/// What sort of archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Zip,
    Tar,
    Gzip,
}

impl Kind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Gzip => "gzip",
        }
    }
}

/// Returns the sort of archive that opens with `head`.
pub(crate) fn kind(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Kind::Zip);
    }
    if head.starts_with(&[0x1F, 0x8B, 8]) {
        return Some(Kind::Gzip);
    }
    (head.get(257..262) == Some(b"ustar")).then_some(Kind::Tar)
}

/// A member as the archive lists it.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// The path, `/` between folders, never absolute and never leading out.
    pub name: String,
}

/// What is left of the limits on everything unpacked in one call.
pub(crate) struct Budget {
    entries: u64,
    bytes: u64,
    limits: Limits,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { entries: limits.max_entries, bytes: limits.max_total_bytes, limits: limits.clone() }
    }

    pub(crate) fn take_entries(&mut self, count: u64) -> Result<(), Refused> {
        match self.entries.checked_sub(count) {
            Some(left) => {
                self.entries = left;
                Ok(())
            }
            None => Err(too_many(count, self.limits.max_entries)),
        }
    }

    fn take_bytes(&mut self, count: u64) -> Result<(), Refused> {
        match self.bytes.checked_sub(count) {
            Some(left) => {
                self.bytes = left;
                Ok(())
            }
            None => Err(bomb(self.limits.max_total_bytes)),
        }
    }
}

fn too_many(count: u64, limit: u64) -> Refused {
    Refused::new(
        "archive.bomb.entries",
        format!("This archive holds {count} files; redress reads at most {limit}."),
        "Split it, or raise the limit with --max-entries.",
    )
}

fn bomb(limit: u64) -> Refused {
    Refused::new(
        "archive.bomb.size",
        format!(
            "This archive claims or turns out to unpack to more than {limit} bytes, or far more than its own size."
        ),
        "It may have been made to fill this computer; ask where it came from, and unpack it yourself if you trust it.",
    )
}

/// An opened archive: its list of members, and each of them as a capture of its own.
pub(crate) struct Opened<'a> {
    content: Content<'a>,
    /// Where the members of each file name stand in the list.
    by_file: OnceLock<BTreeMap<String, Vec<usize>>>,
    /// The digests asked for so far: a chat may name one film a thousand times.
    digests: Mutex<BTreeMap<usize, Option<Digest>>>,
}

enum Content<'a> {
    Zip(zip::Zip<'a>),
    Tar(tar::Tar<'a>),
    Gzip(gzip::Gzip<'a>),
}

/// Opens an archive and reads its list of members. Refuses one that claims more than the limits allow.
pub(crate) fn open<'a>(kind: Kind, source: &'a dyn Source, limits: &Limits) -> Result<Opened<'a>, Refused> {
    let content = match kind {
        Kind::Zip => zip::Zip::open(source, limits).map(Content::Zip),
        Kind::Tar => tar::Tar::open(source, limits).map(Content::Tar),
        Kind::Gzip => gzip::Gzip::open(source, limits).map(Content::Gzip),
    }?;
    Ok(Opened { content, by_file: OnceLock::new(), digests: Mutex::default() })
}

fn broken(why: &str) -> Refused {
    Refused::new(
        "archive.broken",
        format!("The archive is damaged and could not be opened: {why}."),
        "Download or copy it again; a download that broke off is the usual cause.",
    )
}

fn cut(why: &str) -> Trouble {
    Trouble::new(
        "archive.cut_off",
        Severity::Invalid,
        format!("The archive breaks off or is damaged ({why}); what came before was read."),
        "Download or copy it again.",
    )
}

impl Opened<'_> {
    pub(crate) fn members(&self) -> &[Member] {
        match &self.content {
            Content::Zip(zip) => zip.members(),
            Content::Tar(tar) => tar.members(),
            Content::Gzip(gzip) => gzip.members(),
        }
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        match &mut self.content {
            Content::Zip(zip) => zip.troubles(),
            Content::Tar(tar) => tar.troubles(),
            Content::Gzip(gzip) => gzip.troubles(),
        }
    }

    /// Returns the member at `index` as a capture that answers to the digest of `capture`.
    pub(crate) fn inside<'s>(
        &'s self,
        index: usize,
        capture: &'s dyn Source,
        budget: &mut Budget,
    ) -> Result<Inside<'s>, Refused> {
        let inside = self.member(index, capture, &budget.limits)?;
        budget.take_bytes(inside.size())?;
        Ok(inside)
    }

    fn member<'s>(
        &'s self,
        index: usize,
        capture: &'s dyn Source,
        limits: &Limits,
    ) -> Result<Inside<'s>, Refused> {
        match &self.content {
            Content::Zip(zip) => zip.inside(index, capture, limits),
            Content::Tar(tar) => tar.inside(index, capture, limits),
            Content::Gzip(gzip) => Ok(gzip.inside(capture)),
        }
    }

    /// Returns where in the list the member stands whose path ends with `suffix`, nearest to the member `of` first.
    fn find(&self, of: &str, suffix: &str) -> Option<usize> {
        let members = self.members();
        let by_file = self.by_file.get_or_init(|| {
            let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (index, member) in members.iter().enumerate() {
                by_file.entry(file_of(&member.name).to_owned()).or_default().push(index);
            }
            by_file
        });
        let same = by_file.get(file_of(suffix))?;
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
        let near = format!("{folder}/{suffix}");
        let name = |index: &usize| members.get(*index).map_or("", |member| member.name.as_str());
        let fits = |index: &&usize| {
            name(index).strip_suffix(suffix).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        same.iter().find(|index| name(index) == near).or_else(|| same.iter().find(fits)).copied()
    }
}

fn file_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The other files of the archive or folder a capture lies in.
pub trait Beside {
    /// Returns the bytes of the file whose path ends with `suffix`.
    fn bytes(&self, suffix: &str) -> Option<Vec<u8>>;

    /// Returns the digest of the file whose path ends with `suffix`; it is read in pieces, once.
    fn digest(&self, suffix: &str) -> Option<Digest>;
}

/// What lies beside one member.
pub(crate) struct Neighbours<'s, 'a> {
    pub opened: &'s Opened<'a>,
    pub capture: &'s dyn Source,
    /// The member that asks.
    pub of: &'s str,
    pub limits: &'s Limits,
}

impl Beside for Neighbours<'_, '_> {
    fn bytes(&self, suffix: &str) -> Option<Vec<u8>> {
        let index = self.opened.find(self.of, suffix)?;
        if let Content::Tar(tar) = &self.opened.content
            && !tar.may_go_back()
        {
            return None;
        }
        self.opened.member(index, self.capture, self.limits).ok()?.hold(self.limits.max_member_bytes).ok()
    }

    fn digest(&self, suffix: &str) -> Option<Digest> {
        let index = self.opened.find(self.of, suffix)?;
        if let Content::Tar(tar) = &self.opened.content
            && let Some(digest) = tar.digest(index)
        {
            return Some(digest);
        }
        let mut known = self.opened.digests.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(index).or_insert_with(|| {
            let member = self.opened.member(index, self.capture, self.limits).ok()?;
            inside::digest_of(&mut *member.open().ok()?).ok()
        })
    }
}

/// Tells whether a member is a picture by the end of its name.
pub(crate) fn is_picture(name: &str) -> bool {
    ends_with_any(name, &[".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif"])
}

/// Returns what a member is, where it holds nothing that could become a post.
pub(crate) fn passed_over(name: &str) -> Option<&'static str> {
    let file = name.rsplit('/').next().unwrap_or(name);
    if file.starts_with("._") || file == ".DS_Store" || name.starts_with("__MACOSX/") || file == "Thumbs.db" {
        return Some("a file the operating system keeps for itself");
    }
    if ends_with_any(name, &[".mp4", ".mov", ".webm", ".m4v", ".avi", ".mkv"]) {
        return Some("a film, kept inside the archive");
    }
    if ends_with_any(name, &[".mp3", ".m4a", ".ogg", ".opus", ".aac", ".wav", ".amr"]) {
        return Some("a sound recording, kept inside the archive");
    }
    None
}

fn ends_with_any(name: &str, ends: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    ends.iter().any(|end| name.ends_with(end))
}

/// Returns a path fit to be shown: `/` between folders, nothing absolute, nothing that leads out. `None` for a path that
/// is nothing else.
fn clean(path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let parts: Vec<&str> =
        path.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").collect();
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// Writes a ZIP of stored members, in order. Also what a capture without its secrets is packed into.
pub(crate) fn stored(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let at = bytes.len() as u32;
        let mut common = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        common.extend_from_slice(&crc.sum().to_le_bytes());
        common.extend_from_slice(&(content.len() as u32).to_le_bytes());
        common.extend_from_slice(&(content.len() as u32).to_le_bytes());
        common.extend_from_slice(&(name.len() as u16).to_le_bytes());
        common.extend_from_slice(&[0, 0]);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&common);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, length, count) = (bytes.len() as u32, directory.len() as u32, members.len() as u16);
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&start.to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    bytes
}
