//! tar (POSIX.1-2001 ustar and pax, the long names and large sizes of GNU): regular files only.
//!
//! The headers are read once, in one pass; what stands between them stays where it is. Where going back costs nothing, a
//! large file is a window into the tar. Where the tar is itself unpacked (`.tar.gz`), files are taken one after another
//! in one pass, and their digests are computed in the first one, so that no question makes it begin again.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use values::{Digest, Severity, Trouble};

use super::inside::{Content, Inside, digest_of, too_large};
use super::{HELD, Member, bomb, broken, clean, cut, too_many};
use crate::source::Bytes;
use crate::{Limits, Refused, Source};

/// Where going back means to unpack anew: how often a file beside another may be asked for.
const WAYS_BACK: u32 = 64;
/// The most bytes of a long name or of the notes that stand before a file.
const NOTES: u64 = 1 << 20;
/// What is skipped by reading on: shorter than what a reader holds anyway.
const NEAR: u64 = 256 << 10;

pub(crate) struct Tar<'a> {
    source: &'a dyn Source,
    members: Vec<Member>,
    entries: Vec<Entry>,
    troubles: Vec<Trouble>,
    /// The pass in which the files are taken, and how far it has come.
    pass: Mutex<Option<(Box<dyn Bytes + 'a>, u64)>>,
    ways_back: AtomicU32,
}

struct Entry {
    start: u64,
    size: u64,
    /// Computed where the tar cannot be gone back in.
    digest: Option<Digest>,
}

/// What the headers before a file say about it.
#[derive(Default)]
struct Notes {
    name: Option<String>,
    size: Option<u64>,
}

impl<'a> Tar<'a> {
    /// Reads all headers. Refuses what claims more than the limits allow.
    pub(crate) fn open(source: &'a dyn Source, limits: &Limits) -> Result<Self, Refused> {
        let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
        let goes_back = source.goes_back();
        let mut tar = Self {
            source,
            members: Vec::new(),
            entries: Vec::new(),
            troubles: Vec::new(),
            pass: Mutex::new(None),
            ways_back: AtomicU32::new(WAYS_BACK),
        };
        let (mut at, mut total, mut others) = (0_u64, 0_u64, 0_u64);
        let mut notes = Notes::default();
        loop {
            let mut header = [0_u8; 512];
            match reader.read_exact(&mut header) {
                Ok(()) => at += 512,
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => {
                    tar.troubles.push(cut(&error.to_string()));
                    break;
                }
            }
            if header.iter().all(|b| *b == 0) {
                break;
            }
            let Some(size) = number(&header[124..136]).filter(|_| sum_fits(&header)) else {
                if tar.members.is_empty() {
                    return Err(broken("its first header is not one of a tar"));
                }
                tar.troubles.push(cut("a header is damaged"));
                break;
            };
            let kind = header[156];
            let size = if matches!(kind, b'0' | 0 | b'7') { notes.size.unwrap_or(size) } else { size };
            total = total.saturating_add(size);
            if total > limits.max_total_bytes {
                return Err(bomb(limits.max_total_bytes));
            }
            if tar.members.len() as u64 >= limits.max_entries {
                return Err(too_many(tar.members.len() as u64 + 1, limits.max_entries));
            }
            let padded = size.div_ceil(512) * 512;
            match kind {
                b'L' | b'x' if size <= NOTES => {
                    let mut content = Vec::new();
                    if let Err(error) = reader.by_ref().take(padded).read_to_end(&mut content) {
                        tar.troubles.push(cut(&error.to_string()));
                        break;
                    }
                    at += content.len() as u64;
                    content.truncate(usize::try_from(size).unwrap_or(usize::MAX));
                    if kind == b'L' {
                        notes.name = Some(text(&content));
                    } else {
                        notes.add(&content);
                    }
                    continue;
                }
                b'0' | 0 | b'7' => {
                    let (digest, there) = match skip(&mut *reader, size, padded, !goes_back) {
                        Ok(skipped) => skipped,
                        Err(error) => {
                            tar.troubles.push(cut(&error.to_string()));
                            break;
                        }
                    };
                    let available =
                        if goes_back { source.size().saturating_sub(at).min(size) } else { there };
                    if let Some(name) = clean(&notes.name.take().unwrap_or_else(|| own_name(&header))) {
                        tar.members.push(Member { name });
                        tar.entries.push(Entry { start: at, size: available, digest });
                    }
                    at += padded;
                    if available < size {
                        tar.troubles.push(cut("its last file is incomplete"));
                        break;
                    }
                }
                _ => {
                    // Folders are no members; links and devices hold no bytes of their own.
                    others += u64::from(!matches!(kind, b'5' | b'g' | b'x' | b'L' | b'K'));
                    if let Err(error) = skip(&mut *reader, size, padded, false) {
                        tar.troubles.push(cut(&error.to_string()));
                        break;
                    }
                    at += padded;
                }
            }
            notes = Notes::default();
        }
        if others > 0 {
            tar.troubles.push(not_files(others));
        }
        Ok(tar)
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    /// Returns the digest of a file, where it was computed when the headers were read.
    pub(crate) fn digest(&self, index: usize) -> Option<Digest> {
        self.entries.get(index)?.digest
    }

    /// Tells whether one more file may be taken out of its order.
    pub(crate) fn may_go_back(&self) -> bool {
        let less = |left: u32| left.checked_sub(1);
        self.source.goes_back()
            || self.ways_back.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    pub(crate) fn inside<'s>(
        &'s self,
        index: usize,
        capture: &'s dyn Source,
        limits: &Limits,
    ) -> Result<Inside<'s>, Refused> {
        let (Some(member), Some(entry)) = (self.members.get(index), self.entries.get(index)) else {
            return Err(broken("it has no such file"));
        };
        let (start, size) = (entry.start, entry.size);
        let part = |bytes: &'s [u8]| {
            let start = usize::try_from(start).ok()?;
            bytes.get(start..start.checked_add(usize::try_from(size).ok()?)?)
        };
        let content = if let Some(bytes) = self.source.slice().and_then(part) {
            Content::Lent(bytes)
        } else if size > HELD && self.source.goes_back() {
            Content::Window { outer: self.source, start }
        } else if size > limits.max_member_bytes {
            return Err(too_large(size, limits.max_member_bytes));
        } else {
            Content::Held(self.take(start, size).map_err(|error| broken(&error.to_string()))?)
        };
        Ok(Inside::new(&member.name, capture, size, content))
    }

    /// Takes the bytes at a place, in the one pass where they lie ahead of it.
    fn take(&self, start: u64, size: u64) -> io::Result<Vec<u8>> {
        let mut pass = self.pass.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut reader, at) = match pass.take() {
            Some((reader, at)) if at <= start || self.source.goes_back() => (reader, at),
            _ => (self.source.open()?, 0),
        };
        if at > start {
            reader.seek(SeekFrom::Start(start))?;
        } else {
            skip(&mut *reader, start - at, start - at, !self.source.goes_back())?;
        }
        let mut bytes = Vec::new();
        reader.by_ref().take(size).read_to_end(&mut bytes)?;
        *pass = Some((reader, start + bytes.len() as u64));
        if bytes.len() as u64 == size { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

/// Passes over `padded` bytes. Where they have to be read (`read`), returns the digest of the first `size` of them; and
/// how many of these there are.
fn skip(mut reader: &mut dyn Bytes, size: u64, padded: u64, read: bool) -> io::Result<(Option<Digest>, u64)> {
    if read {
        let mut counted = Counted { reader: Read::by_ref(&mut reader).take(size), count: 0 };
        let digest = digest_of(&mut counted)?;
        let there = counted.count;
        io::copy(&mut Read::by_ref(&mut reader).take(padded - size), &mut io::sink())?;
        return Ok((Some(digest), there));
    }
    if padded <= NEAR {
        io::copy(&mut Read::by_ref(&mut reader).take(padded), &mut io::sink())?;
    } else {
        let by = i64::try_from(padded).map_err(|_| io::ErrorKind::InvalidInput)?;
        reader.seek(SeekFrom::Current(by))?;
    }
    Ok((None, size))
}

struct Counted<R> {
    reader: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(into)?;
        self.count += read as u64;
        Ok(read)
    }
}

impl Notes {
    /// Reads the notes of pax: `LENGTH KEY=VALUE\n`, the length counting the whole of it.
    fn add(&mut self, mut notes: &[u8]) {
        while let Some(space) = notes.iter().position(|b| *b == b' ') {
            let length: Option<usize> =
                std::str::from_utf8(&notes[..space]).ok().and_then(|length| length.parse().ok());
            let Some(note) = length.and_then(|length| notes.get(space + 1..length)) else { return };
            let note = String::from_utf8_lossy(note.strip_suffix(b"\n").unwrap_or(note)).into_owned();
            match note.split_once('=') {
                Some(("path", path)) => self.name = Some(path.to_owned()),
                Some(("size", size)) => self.size = size.parse().ok(),
                _ => {}
            }
            notes = &notes[length.unwrap_or(notes.len())..];
        }
    }
}

fn not_files(count: u64) -> Trouble {
    let what = if count == 1 {
        "One entry of this archive is a link or a device and not a file; it holds no bytes, and nothing was read from it."
            .to_owned()
    } else {
        format!(
            "{count} entries of this archive are links or devices and not files; they hold no bytes, and nothing was read from them."
        )
    };
    Trouble::new(
        "archive.not_files",
        Severity::Note,
        what,
        "If a file is missing, pack the archive again with the files themselves (tar --dereference).",
    )
}

fn own_name(header: &[u8; 512]) -> String {
    let (prefix, short) = (text(&header[345..500]), text(&header[..100]));
    // GNU keeps other things where ustar has the front of a long path.
    if prefix.is_empty() || &header[257..263] != b"ustar\0" { short } else { format!("{prefix}/{short}") }
}

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// Reads a number: octal digits, or, with the first bit set, GNU's big-endian bytes.
fn number(bytes: &[u8]) -> Option<u64> {
    if bytes.first()? & 0x80 != 0 {
        let rest = bytes.get(1..)?;
        let (high, low) = rest.split_at(rest.len().checked_sub(8)?);
        return high.iter().all(|b| *b == 0).then(|| low.iter().fold(0, |n, b| n << 8 | u64::from(*b)));
    }
    u64::from_str_radix(text(bytes).trim(), 8).ok()
}

fn sum_fits(header: &[u8; 512]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(at, b)| if (148..156).contains(&at) { 32 } else { u64::from(*b) })
        .sum();
    number(&header[148..156]) == Some(sum)
}
