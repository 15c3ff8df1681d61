//! The content of one entry as a stream, with its length and checksum held against what the directory says.

use std::io::{self, BufReader, Read, Take};

use crc32fast::Hasher as Crc;
use flate2::bufread::DeflateDecoder;
use values::{Place, Severity, Trouble};

use super::{Entry, Source};
use crate::Limits;

/// What is wrong with a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberFault {
    /// More or fewer bytes than the directory says.
    Size,
    /// The checksum does not hold.
    Crc,
    /// The compressed data is damaged.
    Data,
    /// Compressed in a way that is not read here; the method's number.
    Method(u16),
}

impl MemberFault {
    /// Returns the trouble for the member called `name`.
    pub fn trouble(&self, name: &str) -> Trouble {
        let again = "Copy the file again from its source.";
        let trouble = match self {
            Self::Size => Trouble::new(
                "zip.size",
                Severity::Reject,
                "A member has more or fewer bytes than the archive's directory says.",
                "Do not open this archive with other tools; ask for the capture again.",
            ),
            Self::Crc => Trouble::new(
                "zip.crc",
                Severity::Invalid,
                "The checksum (CRC-32) of a member does not match its content: bytes were changed.",
                again,
            ),
            Self::Data => Trouble::new(
                "zip.data",
                Severity::Invalid,
                "The compressed data of a member is damaged and cannot be read.",
                again,
            ),
            Self::Method(method) => Trouble::new(
                "zip.method",
                Severity::Invalid,
                format!("A member is compressed by method {method}, which is not read here."),
                "Pack the archive again with the methods “stored” or “deflate”, and keep the original beside it.",
            ),
        };
        trouble.at(Place::whole().inside(name))
    }
}

/// A member being read. Reading ends early at a fault; ask [`Member::fault`] at the end.
pub struct Member<'a> {
    body: Body<'a>,
    crc: Crc,
    expected_crc: u32,
    size: u64,
    read: u64,
    fault: Option<MemberFault>,
    ended: bool,
}

enum Body<'a> {
    Stored(Take<&'a mut dyn Source>),
    Deflated(Box<DeflateDecoder<BufReader<Take<&'a mut dyn Source>>>>),
    Unknown,
}

impl<'a> Member<'a> {
    pub(super) fn new(source: &'a mut dyn Source, entry: &Entry, _limits: &Limits) -> Self {
        let packed = source.take(entry.packed);
        let (body, fault) = match entry.method {
            0 => (Body::Stored(packed), None),
            8 => {
                let buffered = BufReader::with_capacity(32 * 1024, packed);
                (Body::Deflated(Box::new(DeflateDecoder::new(buffered))), None)
            }
            other => (Body::Unknown, Some(MemberFault::Method(other))),
        };
        let ended = fault.is_some();
        Self { body, crc: Crc::new(), expected_crc: entry.crc, size: entry.size, read: 0, fault, ended }
    }

    /// Returns what is wrong, as far as the member was read; only at its end is `None` the whole truth.
    pub const fn fault(&self) -> Option<&MemberFault> {
        self.fault.as_ref()
    }

    fn end(&mut self) {
        self.ended = true;
        let unused = match &self.body {
            Body::Deflated(decoder) => {
                let left = decoder.get_ref().get_ref().limit();
                left > 0 || !decoder.get_ref().buffer().is_empty()
            }
            Body::Stored(_) | Body::Unknown => false,
        };
        self.fault = if self.read != self.size || unused {
            Some(MemberFault::Size)
        } else if self.crc.clone().finalize() != self.expected_crc {
            Some(MemberFault::Crc)
        } else {
            None
        };
    }
}

impl Read for Member<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ended || into.is_empty() {
            return Ok(0);
        }
        let result = match &mut self.body {
            Body::Stored(body) => body.read(into),
            Body::Deflated(body) => body.read(into),
            Body::Unknown => Ok(0),
        };
        match result {
            Ok(0) => {
                self.end();
                Ok(0)
            }
            Ok(read) => {
                self.crc.update(&into[..read]);
                self.read += read as u64;
                if self.read > self.size {
                    (self.fault, self.ended) = (Some(MemberFault::Size), true);
                    return Ok(0);
                }
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(_) => {
                (self.fault, self.ended) = (Some(MemberFault::Data), true);
                Ok(0)
            }
        }
    }
}
