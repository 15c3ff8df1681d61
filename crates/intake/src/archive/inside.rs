//! A member of an archive as a capture of its own: in memory where it is small, else a place in the archive or bytes
//! that are unpacked anew for each pass.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use values::{Digest, Hasher};

use crate::source::Bytes;
use crate::{Refused, Source};

/// Starts one pass over bytes that are unpacked anew.
pub(super) type Unpack<'a> = Box<dyn Fn() -> io::Result<Box<dyn Read + Send + 'a>> + Send + Sync + 'a>;

/// A member. Its digest is that of the capture the archive is or lies in.
pub(crate) struct Inside<'a> {
    name: &'a str,
    capture: &'a dyn Source,
    size: u64,
    content: Content<'a>,
}

pub(super) enum Content<'a> {
    /// In memory.
    Held(Vec<u8>),
    /// In memory, with the archive.
    Lent(&'a [u8]),
    /// As it stands in the archive, from a place on.
    Window { outer: &'a dyn Source, start: u64 },
    /// Unpacked for each pass. `cut` says that it breaks off where its size says.
    Anew { unpack: Unpack<'a>, cut: bool },
}

impl<'a> Inside<'a> {
    pub(super) fn new(name: &'a str, capture: &'a dyn Source, size: u64, content: Content<'a>) -> Self {
        Self { name, capture, size, content }
    }

    /// Returns all bytes. Refuses more than `limit`.
    pub(crate) fn hold(&self, limit: u64) -> Result<Vec<u8>, Refused> {
        if let Some(bytes) = self.slice() {
            return Ok(bytes.to_vec());
        }
        if self.size > limit {
            return Err(too_large(self.size, limit));
        }
        let mut bytes = Vec::new();
        let mut reader = self.open().map_err(|error| Refused::unreadable(&error))?;
        reader.read_to_end(&mut bytes).map_err(|error| Refused::unreadable(&error))?;
        Ok(bytes)
    }
}

pub(crate) fn too_large(size: u64, limit: u64) -> Refused {
    Refused::new(
        "archive.member_too_large",
        format!("This file of the archive claims {size} bytes; redress unpacks at most {limit}."),
        "Unpack the archive, and import the file by itself.",
    )
}

/// Returns the digest of everything a reader gives.
pub(super) fn digest_of(reader: &mut dyn Read) -> io::Result<Digest> {
    let mut hasher = Hasher::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(read) => hasher.update(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Source for Inside<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn digest(&self) -> Digest {
        self.capture.digest()
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn open(&self) -> io::Result<Box<dyn Bytes + '_>> {
        Ok(match &self.content {
            Content::Held(bytes) => Box::new(Cursor::new(bytes.as_slice())),
            Content::Lent(bytes) => Box::new(Cursor::new(*bytes)),
            Content::Window { outer, start } => Box::new(Window::new(outer.open()?, *start, self.size)?),
            Content::Anew { unpack, cut } => {
                Box::new(Anew { unpack, reader: unpack()?, at: 0, size: self.size, cut: *cut })
            }
        })
    }

    fn slice(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Held(bytes) => Some(bytes),
            Content::Lent(bytes) => Some(bytes),
            Content::Window { .. } | Content::Anew { .. } => None,
        }
    }

    fn goes_back(&self) -> bool {
        match &self.content {
            Content::Held(_) | Content::Lent(_) => true,
            Content::Window { outer, .. } => outer.goes_back(),
            Content::Anew { .. } => false,
        }
    }
}

/// A part of an archive.
pub(super) struct Window<'a> {
    outer: Box<dyn Bytes + 'a>,
    start: u64,
    size: u64,
    at: u64,
}

impl<'a> Window<'a> {
    pub(super) fn new(mut outer: Box<dyn Bytes + 'a>, start: u64, size: u64) -> io::Result<Self> {
        outer.seek(SeekFrom::Start(start))?;
        Ok(Self { outer, start, size, at: 0 })
    }
}

impl Read for Window<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        let read = self.outer.read(&mut into[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Window<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = target(to, self.at, self.size)?;
        self.outer.seek(SeekFrom::Start(self.start.saturating_add(self.at)))?;
        Ok(self.at)
    }
}

/// Bytes that are unpacked as they are read; to go back is to begin again.
struct Anew<'s, 'a> {
    unpack: &'s Unpack<'a>,
    reader: Box<dyn Read + Send + 'a>,
    at: u64,
    size: u64,
    cut: bool,
}

impl Read for Anew<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        let read = match self.reader.read(&mut into[..most]) {
            // That it breaks off was told when it was opened.
            Err(error) if self.cut && error.kind() != io::ErrorKind::Interrupted => 0,
            read => read?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Anew<'_, '_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = target(to, self.at, self.size)?;
        if to < self.at {
            self.reader = (self.unpack)()?;
            self.at = 0;
        }
        let skip = to - self.at;
        io::copy(&mut self.by_ref().take(skip), &mut io::sink())?;
        self.at = to;
        Ok(to)
    }
}

fn target(to: SeekFrom, at: u64, size: u64) -> io::Result<u64> {
    let target = match to {
        SeekFrom::Start(to) => Some(to),
        SeekFrom::Current(by) => at.checked_add_signed(by),
        SeekFrom::End(by) => size.checked_add_signed(by),
    };
    target.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the first byte"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Slice;

    #[test]
    fn every_sort_of_member_gives_the_same_bytes_from_anywhere() {
        let all: Vec<u8> = (0..=255).collect();
        let outer = Slice::new("outer", &all);
        let part = &all[10..210];
        let unpack: Unpack<'_> = Box::new(|| Ok(Box::new(Cursor::new(part))));
        let members = [
            Content::Held(part.to_vec()),
            Content::Lent(part),
            Content::Window { outer: &outer, start: 10 },
            Content::Anew { unpack, cut: false },
        ];
        for content in members {
            let member = Inside::new("member", &outer, part.len() as u64, content);
            assert_eq!(member.hold(200).unwrap(), part);
            assert_eq!(member.digest(), outer.digest());
            let mut reader = member.open().unwrap();
            for (to, expected) in [
                (SeekFrom::Start(7), &part[7..12]),
                (SeekFrom::Start(3), &part[3..8]),
                (SeekFrom::Current(2), &part[10..15]),
                (SeekFrom::End(-5), &part[195..]),
            ] {
                reader.seek(to).unwrap();
                let mut found = [0; 5];
                reader.read_exact(&mut found).unwrap();
                assert_eq!(found, *expected);
            }
            assert_eq!(reader.read(&mut [0; 5]).unwrap(), 0);
            assert!(reader.seek(SeekFrom::End(-201)).is_err());
        }
    }
}
