//! Bytes of a web archive as they come: plain, or gzipped in one or many members, with every fault of the gzip noticed.
//!
//! The usual gzip readers join members silently and hand out the bytes of a truncated one as if nothing were wrong.
//! Here a caller sees each member begin and end, learns whether its checksum held, and can go on with the next member
//! after a broken one. Memory is two buffers, whatever the size.

mod ahead;

use std::io::Read;

use crc32fast::Hasher as Crc;
use flate2::{Decompress, FlushDecompress, Status};

pub use self::ahead::Input;
use crate::Limits;

const BUFFER: usize = 64 * 1024;

/// What is wrong with the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The file ends inside a gzip member.
    Truncated,
    /// The compressed data is damaged.
    Damaged,
    /// The member's CRC-32 or length does not hold; all its bytes were handed out.
    Checksum,
    /// The stream grows beyond the limits.
    Bomb,
    /// The operating system could not read on.
    Unreadable(String),
}

/// What stands at the place where a member or a record could begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Bytes to read.
    Bytes,
    /// The end of the file.
    End,
    /// Bytes that are no gzip member; how many there are until the end, and whether all are zero.
    Trailing {
        /// Number of bytes.
        length: u64,
        /// Whether every one is zero.
        zero: bool,
        /// Whether a member that holds a record follows them; the stream stands at it.
        then_member: bool,
    },
}

/// The stream.
pub struct Stream<'a> {
    source: &'a mut (dyn Read + Send),
    raw: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
    gzip: Option<Box<Gzip>>,
    free: u64,
    ratio: u64,
}

struct Gzip {
    inflate: Decompress,
    crc: Crc,
    amount: u32,
    out: Vec<u8>,
    start: usize,
    end: usize,
    inside: bool,
    done: bool,
    produced: u64,
    members: u64,
}

impl<'a> Stream<'a> {
    /// Starts to read; a stream that begins with the gzip magic is inflated.
    pub fn new(source: &'a mut (dyn Read + Send), limits: &Limits) -> Result<Self, Fault> {
        let mut stream = Self {
            source,
            raw: vec![0; BUFFER],
            start: 0,
            end: 0,
            offset: 0,
            ended: false,
            gzip: None,
            free: limits.inflated_free,
            ratio: limits.inflated_ratio,
        };
        stream.need(2)?;
        if stream.raw[stream.start..stream.end].starts_with(&[0x1f, 0x8b]) {
            stream.gzip = Some(Box::new(Gzip {
                inflate: Decompress::new(false),
                crc: Crc::new(),
                amount: 0,
                out: vec![0; 4 * BUFFER],
                start: 0,
                end: 0,
                inside: false,
                done: false,
                produced: 0,
                members: 0,
            }));
        }
        Ok(stream)
    }

    /// Returns whether the stream is gzipped.
    pub const fn gzipped(&self) -> bool {
        self.gzip.is_some()
    }

    /// Returns the place in the file up to which bytes were used.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Returns how many gzip members were begun.
    pub fn members(&self) -> u64 {
        self.gzip.as_ref().map_or(0, |gzip| gzip.members)
    }

    /// Goes to the next byte that could begin a record, opening the next gzip member where one ended.
    pub fn begin(&mut self) -> Result<Begin, Fault> {
        loop {
            if self.fill()? > 0 {
                return Ok(Begin::Bytes);
            }
            if self.gzip.is_none() {
                return Ok(Begin::End);
            }
            self.need(3)?;
            if self.start == self.end {
                return Ok(Begin::End);
            }
            if !self.raw[self.start..self.end].starts_with(&[0x1f, 0x8b, 8]) {
                self.need(BUFFER / 2)?;
                // A record whose head alone was damaged is a lost record, not bytes that stand there for nothing.
                if self.raw[self.start..self.end].get(10..).is_some_and(inflates_to_a_record) {
                    return Err(Fault::Damaged);
                }
                let (length, zero, then_member) = self.find_member()?;
                return Ok(Begin::Trailing { length, zero, then_member });
            }
            self.open_member()?;
        }
    }

    /// Makes bytes available where it can. Returns how many there are: 0 at the end of the file or of a member.
    pub fn fill(&mut self) -> Result<usize, Fault> {
        if self.gzip.is_some() {
            self.fill_inflated()
        } else {
            if self.start == self.end {
                self.need(1)?;
            }
            Ok(self.end - self.start)
        }
    }

    /// Returns the bytes that [`Stream::fill`] made available.
    pub fn buffer(&self) -> &[u8] {
        match &self.gzip {
            Some(gzip) => &gzip.out[gzip.start..gzip.end],
            None => &self.raw[self.start..self.end],
        }
    }

    /// Uses up `count` of the available bytes.
    pub fn consume(&mut self, count: usize) {
        match &mut self.gzip {
            Some(gzip) => gzip.start = (gzip.start + count).min(gzip.end),
            None => self.take(count),
        }
    }

    /// Leaves the member it is in and looks for the next one that holds a record. Returns whether there is one.
    pub fn skip_damage(&mut self) -> Result<bool, Fault> {
        let Some(gzip) = &mut self.gzip else { return Ok(false) };
        (gzip.start, gzip.end, gzip.inside, gzip.done) = (0, 0, false, false);
        self.find_member().map(|(_, _, then_member)| then_member)
    }

    /// Returns where in the buffer the available bytes of a gzipped stream end.
    fn buffer_end(&self) -> usize {
        self.gzip.as_ref().map_or(0, |gzip| gzip.end)
    }

    /// Returns how much of the buffer stands behind the available bytes of a gzipped stream.
    fn room(&self) -> usize {
        self.gzip.as_ref().map_or(0, |gzip| gzip.out.len() - gzip.end)
    }

    /// Takes the buffer of a gzipped stream, all bytes of which were used, and goes on with another.
    fn exchange(&mut self, mut empty: Vec<u8>) -> Vec<u8> {
        let Some(gzip) = &mut self.gzip else { return Vec::new() };
        empty.resize(gzip.out.len(), 0);
        (gzip.start, gzip.end) = (0, 0);
        std::mem::replace(&mut gzip.out, empty)
    }

    fn take(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads until `count` raw bytes are there or the file ends.
    fn need(&mut self, count: usize) -> Result<(), Fault> {
        if self.end - self.start >= count || self.ended {
            return Ok(());
        }
        self.raw.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        while self.end < count && !self.ended {
            match self.source.read(&mut self.raw[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::Unreadable(error.to_string())),
            }
        }
        Ok(())
    }

    fn fill_inflated(&mut self) -> Result<usize, Fault> {
        loop {
            let Some(gzip) = &self.gzip else { return Ok(0) };
            if gzip.start < gzip.end {
                return Ok(gzip.end - gzip.start);
            }
            if !gzip.inside {
                return Ok(0);
            }
            if gzip.done {
                self.close_member()?;
                return Ok(0);
            }
            self.need(1)?;
            let Some(gzip) = &mut self.gzip else { return Ok(0) };
            if self.start == self.end {
                gzip.inside = false;
                return Err(Fault::Truncated);
            }
            let (before_in, before_out) = (gzip.inflate.total_in(), gzip.inflate.total_out());
            let raw = &self.raw[self.start..self.end];
            // Behind what was inflated before, while there is room: small members share a buffer.
            let at = if gzip.out.len() - gzip.end < BUFFER { 0 } else { gzip.end };
            let status = gzip.inflate.decompress(raw, &mut gzip.out[at..], FlushDecompress::None);
            let used = (gzip.inflate.total_in() - before_in) as usize;
            let made = (gzip.inflate.total_out() - before_out) as usize;
            (gzip.start, gzip.end) = (at, at + made);
            gzip.crc.update(&gzip.out[at..at + made]);
            // The length in the trailer counts modulo 2^32, as this does.
            gzip.amount = gzip.amount.wrapping_add(made as u32);
            gzip.produced += made as u64;
            match status {
                Ok(Status::StreamEnd) => gzip.done = true,
                Ok(_) if used > 0 || made > 0 => {}
                Ok(_) | Err(_) => {
                    gzip.inside = false;
                    self.take(used);
                    return Err(Fault::Damaged);
                }
            }
            let bomb = gzip.produced > self.free && gzip.produced / self.ratio > self.offset + used as u64;
            self.take(used);
            if bomb {
                return Err(Fault::Bomb);
            }
        }
    }

    fn close_member(&mut self) -> Result<(), Fault> {
        self.need(8)?;
        let trailer: Vec<u8> = self.raw[self.start..self.end].iter().take(8).copied().collect();
        let Some(gzip) = &mut self.gzip else { return Ok(()) };
        gzip.inside = false;
        let Ok([a, b, c, d, e, f, g, h]) = <[u8; 8]>::try_from(trailer.as_slice()) else {
            self.take(trailer.len());
            return Err(Fault::Truncated);
        };
        let holds = u32::from_le_bytes([a, b, c, d]) == gzip.crc.clone().finalize()
            && u32::from_le_bytes([e, f, g, h]) == gzip.amount;
        self.take(8);
        if holds { Ok(()) } else { Err(Fault::Checksum) }
    }

    /// Reads the head of a member (RFC 1952, section 2.3).
    fn open_member(&mut self) -> Result<(), Fault> {
        let head = match self.head_length()? {
            Some(length) => length,
            None if self.ended && self.end - self.start < BUFFER / 2 => {
                self.take(self.end - self.start);
                return Err(Fault::Truncated);
            }
            None => {
                self.take(3);
                return Err(Fault::Damaged);
            }
        };
        self.take(head);
        if let Some(gzip) = &mut self.gzip {
            gzip.inflate.reset(false);
            gzip.crc.reset();
            gzip.amount = 0;
            (gzip.inside, gzip.done) = (true, false);
            gzip.members += 1;
        }
        Ok(())
    }

    fn head_length(&mut self) -> Result<Option<usize>, Fault> {
        self.need(BUFFER / 2)?;
        Ok(gzip_head(&self.raw[self.start..self.end]))
    }

    /// Looks for a member that inflates to the beginning of a record. Returns how many bytes were passed over, whether
    /// all were zero, and whether one was found.
    fn find_member(&mut self) -> Result<(u64, bool, bool), Fault> {
        let (mut passed, mut zero) = (0u64, true);
        loop {
            self.need(BUFFER / 2)?;
            let raw = &self.raw[self.start..self.end];
            if raw.is_empty() {
                return Ok((passed, zero, false));
            }
            let found = raw.windows(3).position(|bytes| bytes == [0x1f, 0x8b, 8]);
            let pass = match found {
                Some(0) if begins_a_record(raw) => return Ok((passed, zero, true)),
                Some(0) => 1,
                Some(at) => at,
                // The last two bytes may begin the magic.
                None if self.ended => raw.len(),
                None => raw.len().saturating_sub(2).max(1),
            };
            zero &= raw[..pass].iter().all(|byte| *byte == 0);
            passed += pass as u64;
            self.take(pass);
        }
    }
}

/// Returns the length of the gzip head that `raw` begins with; `None` where it is cut or no head.
fn gzip_head(raw: &[u8]) -> Option<usize> {
    let flags = *raw.get(3)?;
    if raw.get(..3)? != [0x1f, 0x8b, 8] || flags & 0xe0 != 0 {
        return None;
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let length = u16::from_le_bytes([*raw.get(at)?, *raw.get(at + 1)?]);
        at += 2 + usize::from(length);
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += raw.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    (raw.len() >= at).then_some(at)
}

fn begins_a_record(raw: &[u8]) -> bool {
    gzip_head(raw).is_some_and(|head| inflates_to_a_record(&raw[head..]))
}

fn inflates_to_a_record(deflated: &[u8]) -> bool {
    let mut start = [0; 7];
    let read = Decompress::new(false).decompress(deflated, &mut start, FlushDecompress::None);
    read.is_ok() && start == *b"WARC/1."
}
