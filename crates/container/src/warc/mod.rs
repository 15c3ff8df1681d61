//! Web archives: WARC 1.0 and 1.1 (ISO 28500), plain or gzipped, read as a stream in constant memory.
//!
//! The usual readers count a truncated record as a good one, take the first of two lengths, and look for the next record
//! inside a block when they lose their way. Here a record counts when its whole block is there; a record with a fault
//! is a trouble of its own and the next gzip member is read; and where the extent of a block is not known in a plain
//! file, reading stops, because anything found by searching could have been planted inside a page.

mod block;
mod head;

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::io::Read;

use values::{At, Place, Severity, Trouble};

pub use self::head::{Field, Record};
use crate::http::Head;
use crate::judgement::{Format, Judgement, Troubles};
use crate::stream::{Begin, Fault, Input};
use crate::{Limits, http};

/// What a reader does with bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bodies {
    /// Whether HTTP bodies are freed of chunks and compression, which also finds what is wrong with those.
    pub decode: bool,
    /// How many bytes of each body are kept for the visitor. What is kept is held in memory.
    pub keep: u64,
}

/// One record that was read to its end, as a visitor sees it.
pub struct Seen<'a> {
    /// Its head.
    pub record: &'a Record,
    /// The head of the HTTP message in it, for records that hold one.
    pub http: Option<&'a Head>,
    /// The body, decoded where it could be, as much of it as was asked for; without HTTP, the block.
    pub body: &'a [u8],
    /// Bytes in the whole decoded body as far as it was read; more than `body` has when not all was kept.
    pub body_length: u64,
    /// Whether no trouble worse than a note was found on this record: its digests, if any, hold.
    pub intact: bool,
}

/// What was read.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Records whose whole block could be read.
    pub records: u64,
    /// What was found.
    pub troubles: Troubles,
}

/// Judges a web archive.
pub fn lint(source: &mut (dyn Read + Send), limits: &Limits) -> Judgement {
    let bodies = Bodies { decode: true, keep: 0 };
    let outcome = read(source, limits, bodies, &mut |_| {});
    outcome.troubles.judge(Format::Warc, Some(outcome.records))
}

/// Reads every record, showing each whole one to `visit` in the order of the file. What is gzipped is inflated by a
/// thread of its own while records are read here.
pub fn read(
    source: &mut (dyn Read + Send),
    limits: &Limits,
    bodies: Bodies,
    visit: &mut dyn FnMut(Seen<'_>),
) -> Outcome {
    let mut outcome = Outcome { records: 0, troubles: Troubles::new(limits.troubles) };
    std::thread::scope(|scope| match Input::new(scope, source, limits) {
        Ok(stream) => {
            let mut reader = Reader {
                stream,
                limits,
                bodies,
                number: 0,
                outcome,
                ids: HashSet::default(),
                ids_full: false,
                decoded: 0,
                undigested: 0,
                elsewhere: 0,
            };
            reader.all(visit);
            reader.outcome
        }
        Err(fault) => {
            outcome.troubles.push(fault_trouble(&fault, Place::whole()));
            outcome
        }
    })
}

struct Reader<'s, 'l> {
    stream: Input<'s>,
    limits: &'l Limits,
    bodies: Bodies,
    number: u64,
    outcome: Outcome,
    ids: HashSet<u64, BuildHasherDefault<DefaultHasher>>,
    ids_full: bool,
    /// Bytes that came out of compressed bodies so far.
    decoded: u64,
    /// Records with content that state no digest.
    undigested: u64,
    /// Records that refer for their content to one that is not here.
    elsewhere: u64,
}

/// How to go on.
#[derive(PartialEq, Eq)]
enum Next {
    Record,
    /// The rest of this gzip member cannot be told apart; a plain file ends here.
    Member,
    Stop,
}

impl Reader<'_, '_> {
    fn all(&mut self, visit: &mut dyn FnMut(Seen<'_>)) {
        loop {
            let next = match self.stream.begin() {
                Ok(Begin::End) => break,
                Ok(Begin::Bytes) => self.record(visit),
                Ok(Begin::Trailing { length, zero, then_member }) => self.trailing(length, zero, then_member),
                Err(fault) => self.fault(&fault),
            };
            match next {
                Next::Record => {}
                Next::Stop => break,
                Next::Member if self.stream.gzipped() => match self.stream.skip_member() {
                    Ok(()) => {}
                    Err(fault) => {
                        if self.fault(&fault) == Next::Stop {
                            break;
                        }
                    }
                },
                Next::Member => {
                    let what =
                        "Where this record ends is not known, so what follows in the file was not read.";
                    let next = "Get the file again from where it was made; anything found by searching could have been planted inside a page.";
                    self.push(Trouble::new("warc.rest_unread", Severity::Note, what, next));
                    break;
                }
            }
        }
        self.last_words();
    }

    fn last_words(&mut self) {
        if self.number == 0 && !self.outcome.troubles.refused() && self.outcome.troubles.worst().is_none() {
            let what = "There is no record in this file, so it holds no evidence.";
            let next = "Check whether the capture was finished, and copy the file again.";
            self.outcome.troubles.push(Trouble::new("warc.empty", Severity::Reject, what, next));
        } else if self.stream.gzipped() && self.outcome.records > 1 && self.stream.members() == 1 {
            let what =
                "All records are compressed together instead of one by one, as the standard recommends.";
            let next = "Nothing is lost; replay tools may refuse to seek in it.";
            self.outcome.troubles.push(Trouble::new("warc.one_member", Severity::Note, what, next));
        }
        if self.undigested > 0 {
            let what = format!(
                "{} of {} {} no digest of {} content, so only the file as a whole shows whether it was changed.",
                self.undigested,
                values::counted(self.number, "record", "records"),
                if self.undigested == 1 { "states" } else { "state" },
                if self.undigested == 1 { "its" } else { "their" }
            );
            let next = "Keep the file as it is; its own digest is fixed at import.";
            self.outcome.troubles.push(Trouble::new("warc.no_digest", Severity::Note, what, next));
        }
        if self.elsewhere > 0 {
            let what = if self.elsewhere == 1 {
                "One record has no content of its own and refers to an earlier one that is not in this file."
                    .to_owned()
            } else {
                format!(
                    "{} records have no content of their own and refer to earlier ones that are not in this file.",
                    self.elsewhere
                )
            };
            let next = "Get the file that holds the earlier capture, too; without it these records show only that the page was asked for.";
            self.outcome.troubles.push(Trouble::new("warc.refers_elsewhere", Severity::Note, what, next));
        }
    }

    fn place(&self) -> Place {
        Place::new(At::Record(self.number.max(1)))
    }

    fn push(&mut self, trouble: Trouble) {
        let place = self.place();
        self.outcome.troubles.push(trouble.at(place));
    }

    /// Notes a fault of the stream and says how to go on.
    fn fault(&mut self, fault: &Fault) -> Next {
        self.push(fault_trouble(fault, Place::whole()));
        match fault {
            Fault::Checksum => Next::Record,
            Fault::Bomb | Fault::Unreadable(_) => Next::Stop,
            Fault::Truncated | Fault::Damaged => match self.stream.skip_damage() {
                Ok(true) => Next::Record,
                Ok(false) => Next::Stop,
                Err(fault) => {
                    self.push(fault_trouble(&fault, Place::whole()));
                    Next::Stop
                }
            },
        }
    }

    fn trailing(&mut self, length: u64, zero: bool, then_member: bool) -> Next {
        let bytes = if zero { "zero bytes" } else { "bytes that belong to no record" };
        if then_member {
            let what = format!("Between two records stand {length} {bytes}: something was lost or put in.");
            let next = "Compare with the file at its source; the records after it were read.";
            self.push(Trouble::new("warc.garbage", Severity::Invalid, what, next));
            return Next::Record;
        }
        if self.number == 0 {
            return self.not_warc();
        }
        let what = format!("After the last record stand {length} {bytes}.");
        let next = "The records stand; ask how the bytes came there, or copy the file again from its source.";
        self.push(Trouble::new("warc.trailing_bytes", Severity::Warn, what, next));
        Next::Stop
    }

    fn not_warc(&mut self) -> Next {
        let what = "The file does not begin with a WARC record.";
        let next = "Check that the right file was given; a saved page or a log is imported as what it is.";
        self.outcome.troubles.push(Trouble::new("warc.not_warc", Severity::Reject, what, next));
        Next::Stop
    }

    fn record(&mut self, visit: &mut dyn FnMut(Seen<'_>)) -> Next {
        let offset = self.stream.offset();
        let read = head::read(&mut self.stream, self.limits);
        if let Err(head::Bad::NotARecord { end }) = read {
            return self.no_record(end);
        }
        self.number += 1;
        let (mut record, troubles) = match read {
            Ok(read) => read,
            Err(head::Bad::NotARecord { .. }) => return Next::Stop,
            Err(head::Bad::TooLong) => {
                let what = format!(
                    "The head of a record is longer than {} bytes, which no honest tool writes.",
                    self.limits.head
                );
                let next = "Do not open this file with other tools; ask for the capture again.";
                self.push(Trouble::new("warc.header_too_long", Severity::Reject, what, next));
                return Next::Stop;
            }
            Err(head::Bad::Cut) => {
                let what = "The file ends inside the head of a record.";
                let next = "Copy the file again from its source; the records before it stand.";
                self.push(Trouble::new("warc.truncated", Severity::Invalid, what, next));
                return Next::Stop;
            }
            Err(head::Bad::Fault(fault)) => return self.fault(&fault),
        };
        record.number = self.number;
        record.offset = offset;
        let mut weakened = troubles.iter().any(|trouble| trouble.severity > Severity::Note);
        for trouble in troubles {
            self.push(trouble);
        }
        weakened |= self.repeated_id(&record);
        let Some(length) = record.length else { return Next::Member };

        self.elsewhere += u64::from(self.refers_elsewhere(&record));
        let holds_content = matches!(record.kind(), "response" | "resource" | "conversion") && length > 0;
        let digested =
            ["warc-block-digest", "warc-payload-digest"].iter().any(|name| record.first(name).is_some());
        self.undigested += u64::from(holds_content && !digested);

        // Many bodies that each stay within the limit make a reader work without end as well as one large one does.
        let allowed =
            self.stream.offset().saturating_mul(self.limits.decoded_ratio).max(self.limits.decoded_free);
        let decoded = self.limits.decoded.min(allowed.saturating_sub(self.decoded));
        let limits = Limits { decoded, ..*self.limits };
        let block = block::read(&mut self.stream, &record, length, self.bodies, &limits);
        self.decoded = self.decoded.saturating_add(block.body.unpacked);
        weakened |= block.troubles.iter().any(|trouble| trouble.severity > Severity::Note);
        for trouble in block.troubles {
            self.push(trouble);
        }
        if let Some(fault) = block.fault {
            return self.fault(&fault);
        }
        if block.left > 0 {
            let what = format!(
                "The record says its block has {length} bytes; {} of them are missing from the file.",
                block.left
            );
            let next =
                "Copy the file again from its source. This record is not counted; those before it stand.";
            self.push(Trouble::new("warc.truncated", Severity::Invalid, what, next));
            return Next::Member;
        }
        self.outcome.records += 1;
        // The end is read before the record is shown: a checksum that fails belongs to it.
        let before = self.outcome.troubles.worst();
        let next = self.record_end();
        weakened |= next != Next::Record || self.outcome.troubles.worst() > before;
        visit(Seen {
            record: &record,
            http: block.http.as_ref(),
            body: &block.body.kept,
            body_length: block.body.length,
            intact: !weakened,
        });
        next
    }

    /// Bytes stand where a record should begin, and are none.
    fn no_record(&mut self, end: bool) -> Next {
        if self.number == 0 {
            return self.not_warc();
        }
        if end {
            let what = "After the last record stand bytes that belong to no record.";
            let next =
                "The records stand; ask how the bytes came there, or copy the file again from its source.";
            self.push(Trouble::new("warc.trailing_bytes", Severity::Warn, what, next));
            return Next::Stop;
        }
        let what =
            "What follows this record is no record: its stated length is wrong, or something was put in.";
        let next = "Get the file again from where it was made.";
        self.push(Trouble::new("warc.boundary", Severity::Invalid, what, next));
        Next::Member
    }

    /// Whether a record refers to an earlier one by an id that no record before it has.
    fn refers_elsewhere(&self, record: &Record) -> bool {
        let id = record.first("warc-refers-to").filter(|_| record.kind() == "revisit" && !self.ids_full);
        id.is_some_and(|id| !self.ids.contains(&self.ids.hasher().hash_one(id)))
    }

    fn repeated_id(&mut self, record: &Record) -> bool {
        let Some(id) = record.first("warc-record-id") else { return false };
        if self.ids_full {
            return false;
        }
        if self.ids.len() >= self.limits.record_ids {
            self.ids_full = true;
            self.ids = HashSet::default();
            let what =
                format!("After {} records, repeated record ids are no longer looked for.", self.number);
            let next = "Split the file if this check matters.";
            self.push(Trouble::new("warc.ids_not_checked", Severity::Note, what, next));
            return false;
        }
        let hash = self.ids.hasher().hash_one(id);
        if self.ids.insert(hash) {
            return false;
        }
        let what = "Two records bear the same id, which names one record in the world; tools will find only one of them.";
        let next = "Ask for the original file: one of the two was added or copied in.";
        self.push(Trouble::new("warc.duplicate_id", Severity::Invalid, what, next));
        true
    }

    /// Reads the two empty lines that end a record.
    fn record_end(&mut self) -> Next {
        let mut have = Vec::with_capacity(4);
        let mut fault = None;
        while have.len() < 4 {
            match self.stream.fill() {
                Ok(0) => break,
                Ok(_) => {
                    let byte = self.stream.buffer()[0];
                    if byte != b'\r' && byte != b'\n' {
                        break;
                    }
                    have.push(byte);
                    self.stream.consume(1);
                }
                Err(wrong) => {
                    fault = Some(wrong);
                    break;
                }
            }
        }
        if fault.is_none() && have.len() == 4 {
            // Reaching for the end of the member checks its checksum.
            fault = self.stream.fill().err();
        }
        if have != *b"\r\n\r\n" && fault.is_none() {
            let at_end = matches!(self.stream.fill(), Ok(0));
            let severity = if at_end { Severity::Warn } else { Severity::Invalid };
            let what =
                "The block of this record is not followed by two empty lines, as the standard demands.";
            let next = "Its stated length may be wrong; compare with the file at its source.";
            self.push(Trouble::new("warc.record_end", severity, what, next));
        }
        match fault {
            Some(fault) => self.fault(&fault),
            None => Next::Record,
        }
    }
}

fn fault_trouble(fault: &Fault, place: Place) -> Trouble {
    let again = "Copy the file again from its source; the records before it stand.";
    match fault {
        Fault::Truncated => {
            let what = "The file ends inside a compressed record, whose checksum is therefore missing.";
            Trouble::new("warc.gzip_truncated", Severity::Invalid, what, again)
        }
        Fault::Damaged => {
            let what = "The compressed data of a record is damaged and cannot be read.";
            Trouble::new("warc.gzip_data", Severity::Invalid, what, again)
        }
        Fault::Checksum => {
            let what = "The checksum (CRC-32) of a compressed record does not match its content: bytes were changed.";
            Trouble::new("warc.gzip_crc", Severity::Invalid, what, again)
        }
        Fault::Bomb => {
            let what = "The file is compressed so far that it grows without measure when read.";
            let next = "Do not open it with other tools; ask for the capture again.";
            Trouble::new("warc.gzip_bomb", Severity::Reject, what, next)
        }
        Fault::Unreadable(why) => {
            let what = format!("The file could not be read on: {why}.");
            let next = "Check the disk or the connection, and try again.";
            Trouble::new("container.unreadable", Severity::Invalid, what, next)
        }
    }
    .at(place)
}

/// Whether a message has a head that can be read, for records whose content type says HTTP.
fn holds_http(record: &Record) -> bool {
    let kind = record.kind();
    let stated = record.first("content-type").unwrap_or_default().trim_start().to_ascii_lowercase();
    let by_type = stated.starts_with("application/http");
    // Without a content type, only an HTTP address lets a response or request be HTTP.
    let uri = record.first("warc-target-uri").unwrap_or_default().trim_start_matches('<');
    let by_kind = stated.is_empty() && uri.starts_with("http") && matches!(kind, "response" | "request");
    by_type || by_kind
}

/// Returns the head of the HTTP message, for use by [`block`].
fn http_head(source: &mut dyn std::io::BufRead, limits: &Limits) -> std::io::Result<Option<Head>> {
    http::read_head(source, limits)
}
