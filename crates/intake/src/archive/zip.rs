//! ZIP (APPNOTE 6.3.10): the directory at the end is read first, members are unpacked one by one.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;
use values::{Severity, Trouble};

use super::{Member, bomb, broken, clean, too_many};
use crate::{Limits, Refused, Source};

/// The most bytes of directory redress reads.
const MAX_DIRECTORY: u64 = 64 << 20;

pub(crate) struct Zip<'a> {
    source: &'a dyn Source,
    members: Vec<Member>,
    entries: Vec<Entry>,
    troubles: Vec<Trouble>,
}

struct Entry {
    method: u16,
    encrypted: bool,
    packed: u64,
    crc: u32,
    header: u64,
}

impl<'a> Zip<'a> {
    pub(crate) fn open(source: &'a dyn Source, limits: &Limits) -> Result<Self, Refused> {
        let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
        let size = source.size();
        let tail_start = size.saturating_sub(66_000);
        let tail = piece(&mut reader, tail_start, size - tail_start).map_err(|e| broken(&e.to_string()))?;
        let end = tail
            .windows(4)
            .rposition(|four| four == b"PK\x05\x06")
            .ok_or_else(|| broken("it has no list of its files"))?;
        let record = &tail[end..];
        let mut count = u64::from(u16_at(record, 10));
        let mut length = u64::from(u32_at(record, 12));
        let mut start = u64::from(u32_at(record, 16));
        if count == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
            let locator =
                end.checked_sub(20).map(|at| &tail[at..]).filter(|bytes| bytes.starts_with(b"PK\x06\x07"));
            let at = locator
                .map(|bytes| u64_at(bytes, 8))
                .ok_or_else(|| broken("its list of files is incomplete"))?;
            let record = piece(&mut reader, at, 56).map_err(|e| broken(&e.to_string()))?;
            count = u64_at(&record, 32);
            length = u64_at(&record, 40);
            start = u64_at(&record, 48);
        }
        if count > limits.max_entries {
            return Err(too_many(count, limits.max_entries));
        }
        if length > MAX_DIRECTORY || start.saturating_add(length) > size {
            return Err(broken("its list of files lies outside the file"));
        }
        let directory = piece(&mut reader, start, length).map_err(|e| broken(&e.to_string()))?;
        let mut zip = Self { source, members: Vec::new(), entries: Vec::new(), troubles: Vec::new() };
        zip.list(&directory, limits)?;
        Ok(zip)
    }

    fn list(&mut self, directory: &[u8], limits: &Limits) -> Result<(), Refused> {
        let mut rest = directory;
        let mut total = 0_u64;
        let mut names = std::collections::BTreeSet::new();
        while rest.starts_with(b"PK\x01\x02") && rest.len() >= 46 {
            let (name_len, extra_len, comment_len) =
                (usize::from(u16_at(rest, 28)), usize::from(u16_at(rest, 30)), usize::from(u16_at(rest, 32)));
            let Some(name) = rest.get(46..46 + name_len) else {
                return Err(broken("its list of files breaks off"));
            };
            let Some(extra) = rest.get(46 + name_len..46 + name_len + extra_len) else {
                return Err(broken("its list of files breaks off"));
            };
            let mut unpacked = u64::from(u32_at(rest, 24));
            let mut packed = u64::from(u32_at(rest, 20));
            let mut header = u64::from(u32_at(rest, 42));
            wide(extra, &mut unpacked, &mut packed, &mut header);
            let entry = Entry {
                method: u16_at(rest, 10),
                encrypted: u16_at(rest, 8) & 1 == 1,
                packed,
                crc: u32_at(rest, 16),
                header,
            };
            let given = String::from_utf8_lossy(name).into_owned();
            rest = rest.get(46 + name_len + extra_len + comment_len..).unwrap_or_default();
            total = total.saturating_add(unpacked);
            if total > limits.max_total_bytes || unpacked > limits.max_ratio.saturating_mul(packed.max(1024))
            {
                return Err(bomb(limits.max_total_bytes));
            }
            if given.ends_with('/') {
                continue;
            }
            let Some(name) = clean(&given) else { continue };
            if name != given {
                self.troubles.push(Trouble::new(
                    "archive.path",
                    Severity::Warn,
                    format!("A file in the archive is named “{given}”, which leads out of it; it was read as “{name}” and written nowhere."),
                    "Ask where the archive came from: programs for exporting chats and posts do not name files so.",
                ));
            }
            if !names.insert(name.clone()) {
                self.troubles.push(Trouble::new(
                    "archive.duplicate_name",
                    Severity::Warn,
                    format!("Two files in the archive are named “{name}”; programs disagree on which of them is the file."),
                    "Do not rely on either before it is known how the archive was made.",
                ));
            }
            self.members.push(Member { name, size: unpacked });
            self.entries.push(entry);
        }
        Ok(())
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// Adds a trouble found by another look at the archive.
    pub(crate) fn tell(&mut self, trouble: Trouble) {
        self.troubles.push(trouble);
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    pub(crate) fn bytes(&self, index: usize, limits: &Limits) -> Result<Vec<u8>, Refused> {
        let (Some(entry), Some(member)) = (self.entries.get(index), self.members.get(index)) else {
            return Ok(Vec::new());
        };
        if entry.encrypted {
            return Err(Refused::new(
                "archive.encrypted",
                "This file of the archive is locked with a password.",
                "Unpack the archive with its password, and import what is inside.",
            ));
        }
        let most = member.size.min(limits.max_member_bytes);
        if member.size > limits.max_member_bytes {
            return Err(Refused::new(
                "archive.member_too_large",
                format!(
                    "This file of the archive claims {} bytes; redress unpacks at most {}.",
                    member.size, limits.max_member_bytes
                ),
                "Unpack the archive, and import the file by itself.",
            ));
        }
        let mut reader = self.source.open().map_err(|error| Refused::unreadable(&error))?;
        let damaged = |error: io::Error| broken(&error.to_string());
        let local = piece(&mut reader, entry.header, 30).map_err(damaged)?;
        if !local.starts_with(b"PK\x03\x04") {
            return Err(broken("a file does not begin where the list says"));
        }
        let skip = u64::from(u16_at(&local, 26)) + u64::from(u16_at(&local, 28));
        reader
            .seek(SeekFrom::Start(entry.header.saturating_add(30).saturating_add(skip)))
            .map_err(damaged)?;
        let packed = reader.take(entry.packed);
        let mut bytes = Vec::new();
        match entry.method {
            0 => packed.take(most + 1).read_to_end(&mut bytes),
            8 => DeflateDecoder::new(packed).take(most + 1).read_to_end(&mut bytes),
            other => {
                return Err(Refused::new(
                    "archive.method",
                    format!(
                        "This file of the archive is packed in a way redress does not read (method {other})."
                    ),
                    "Unpack the archive with the program that made it, and import what is inside.",
                ));
            }
        }
        .map_err(damaged)?;
        if bytes.len() as u64 > most {
            return Err(bomb(most));
        }
        let mut crc = flate2::Crc::new();
        crc.update(&bytes);
        if bytes.len() as u64 != member.size || crc.sum() != entry.crc {
            return Err(broken("the bytes of a file are not those that were packed"));
        }
        Ok(bytes)
    }
}

/// Reads the 64-bit sizes that stand in the extra field where the short ones are all ones (APPNOTE 4.5.3).
fn wide(extra: &[u8], unpacked: &mut u64, packed: &mut u64, header: &mut u64) {
    let mut rest = extra;
    while rest.len() >= 4 {
        let (id, length) = (u16_at(rest, 0), usize::from(u16_at(rest, 2)));
        let Some(mut data) = rest.get(4..4 + length) else { return };
        if id == 1 {
            for field in [unpacked, packed, header] {
                if *field == 0xFFFF_FFFF && data.len() >= 8 {
                    *field = u64_at(data, 0);
                    data = &data[8..];
                }
            }
            return;
        }
        rest = &rest[4 + length..];
    }
}

fn piece(reader: &mut (impl Read + Seek), start: u64, length: u64) -> io::Result<Vec<u8>> {
    reader.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    reader.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it breaks off"));
    }
    Ok(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}
