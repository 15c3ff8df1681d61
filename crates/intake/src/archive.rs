//! Archives: the members of a ZIP, a tar or a gzip file, one at a time, within limits.
//!
//! Sizes, names and counts an archive states about itself are claims, checked before and while it is unpacked. Nothing
//! is ever written anywhere. A ZIP is first judged by `container`, which refuses what two readers could read two ways.

mod tar;
mod zip;

use std::io::Read;

use flate2::read::MultiGzDecoder;
use values::{Severity, Trouble};

use crate::{Limits, Refused, Source};

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

/// An opened archive.
pub(crate) enum Opened<'a> {
    Zip(zip::Zip<'a>),
    Flat { members: Vec<Member>, bytes: Vec<Vec<u8>>, troubles: Vec<Trouble> },
}

/// Opens an archive and reads its list of members. Refuses one that claims more than the limits allow.
pub(crate) fn open<'a>(kind: Kind, source: &'a dyn Source, limits: &Limits) -> Result<Opened<'a>, Refused> {
    match kind {
        Kind::Zip => zip::Zip::open(source, limits).map(Opened::Zip),
        Kind::Tar => {
            let reader = source.open().map_err(|error| Refused::unreadable(&error))?;
            tar::read(reader, limits)
        }
        Kind::Gzip => {
            let reader = source.open().map_err(|error| Refused::unreadable(&error))?;
            // Text packs to a tenth, seldom to a fiftieth; what grows more is held to what memory it may take.
            let ratio = limits.max_ratio.min(200);
            let most = limits.max_member_bytes.min(source.size().saturating_mul(ratio).max(16 << 20));
            let mut bytes = Vec::new();
            let read = MultiGzDecoder::new(reader).take(most + 1).read_to_end(&mut bytes);
            if bytes.len() as u64 > most {
                return Err(bomb(most));
            }
            let mut troubles = Vec::new();
            if let Err(error) = read {
                if bytes.is_empty() {
                    return Err(broken(&error.to_string()));
                }
                troubles.push(cut(&error.to_string()));
            }
            let given = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
            let name = given.strip_suffix(".gz").unwrap_or(given).replace(".tgz", ".tar");
            let members = vec![Member { name }];
            Ok(Opened::Flat { members, bytes: vec![bytes], troubles })
        }
    }
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
        match self {
            Self::Zip(zip) => zip.members(),
            Self::Flat { members, .. } => members,
        }
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        match self {
            Self::Zip(zip) => zip.troubles(),
            Self::Flat { troubles, .. } => std::mem::take(troubles),
        }
    }

    /// Returns the bytes of the member at `index`.
    pub(crate) fn bytes(&self, index: usize, budget: &mut Budget) -> Result<Vec<u8>, Refused> {
        let bytes = match self {
            Self::Zip(zip) => zip.bytes(index, &budget.limits)?,
            Self::Flat { bytes, .. } => bytes.get(index).cloned().unwrap_or_default(),
        };
        budget.take_bytes(bytes.len() as u64)?;
        Ok(bytes)
    }

    /// Returns the bytes of the member whose path ends with `suffix`, nearest to the member `of` first.
    pub(crate) fn beside(&self, of: &str, suffix: &str, limits: &Limits) -> Option<Vec<u8>> {
        let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
        let fits = |member: &&Member| {
            member.name.strip_suffix(suffix).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let near = format!("{folder}/{suffix}");
        let names = self.members();
        let index = names
            .iter()
            .position(|member| member.name == near)
            .or_else(|| names.iter().position(|member| fits(&member)))?;
        match self {
            Self::Zip(zip) => zip.bytes(index, limits).ok(),
            Self::Flat { bytes, .. } => bytes.get(index).cloned(),
        }
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
