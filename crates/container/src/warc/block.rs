//! The block of a record: its digests, the HTTP message in it, and the body of that.

use std::io::{self, BufRead, Read};

use values::{Severity, Trouble};

use super::{Bodies, Record, holds_http, http_head};
use crate::Limits;
use crate::digests::{self, Claimed, Running, Unreadable};
use crate::http::{self, Decoded, Head};
use crate::stream::{Fault, Input};

/// A block that was read as far as it goes.
pub struct Block {
    /// Bytes that the head promised and the input does not have.
    pub left: u64,
    /// What broke the stream.
    pub fault: Option<Fault>,
    /// The head of the message.
    pub http: Option<Head>,
    /// The body.
    pub body: Decoded,
    /// What was found.
    pub troubles: Vec<Trouble>,
}

/// Reads the block that `stream` stands at.
pub fn read(stream: &mut Input<'_>, record: &Record, length: u64, bodies: Bodies, limits: &Limits) -> Block {
    let mut troubles = Vec::new();
    let block_digest = claimed(record, "warc-block-digest", "block", &mut troubles);
    let payload_digest = claimed(record, "warc-payload-digest", "payload", &mut troubles);
    // The payload digest of a revisit is that of the record it refers to (WARC 1.1, section 6.7).
    let payload_digest = payload_digest.filter(|_| record.kind() != "revisit");
    let start = |claimed: &Option<Claimed>| claimed.as_ref().map(|claimed| Running::new(claimed.algorithm));

    let block = start(&block_digest).map(|running| (running, 0));
    let mut reader = Reader { stream, left: length, block, payload: None, fault: None };
    let is_http = holds_http(record);
    let mut head = None;
    if is_http {
        head = http_head(&mut reader, limits).unwrap_or_default();
        if head.is_none() && reader.fault.is_none() {
            let what =
                "The record says it holds an HTTP message, and there is no head of one that can be read.";
            let next = "The record stands as received; only its decoded view is missing.";
            troubles.push(Trouble::new("http.head", Severity::Note, what, next));
        }
    }
    reader.payload = start(&payload_digest).map(|running| (running, 0));
    let mut body = Decoded::default();
    if bodies.decode || bodies.keep > 0 {
        let dechunked = reader.payload.as_ref().map(|(running, _)| running.clone());
        let plain = Head::default();
        let head = head.as_ref().unwrap_or(&plain);
        // The source never errors: its faults are kept aside, so that a decoder's complaint is not taken for one.
        body = http::decode(head, &mut reader, bodies.keep, dechunked, limits).unwrap_or_default();
    }
    reader.drain();

    let Reader { left, block, payload, fault, .. } = reader;
    let whole = left == 0 && fault.is_none();
    if whole {
        let cut = record.first("warc-truncated").is_some();
        let block = block.map(|(running, _)| running.finish());
        if let (Some(claimed), Some(found)) = (&block_digest, &block)
            && claimed.bytes != *found
        {
            troubles.push(mismatch("warc.block_digest", "block"));
        }
        let payload = payload.map(|(running, _)| running.finish());
        if let (Some(claimed), Some(found), false) = (&payload_digest, &payload, cut)
            && claimed.bytes != *found
            // Some tools take the digest of the body before it is cut into chunks.
            && body.dechunked.as_ref() != Some(&claimed.bytes)
        {
            troubles.push(mismatch("warc.payload_digest", "payload"));
        }
        troubles.append(&mut body.troubles);
    }
    Block { left, fault, http: head, body, troubles }
}

fn mismatch(code: &'static str, part: &str) -> Trouble {
    let what =
        format!("The {part} does not have the digest that its record states: it was changed after capture.");
    let next = "Ask for the file as it was made; until then this record proves nothing.";
    Trouble::new(code, Severity::Invalid, what, next)
}

fn claimed(record: &Record, field: &str, part: &str, troubles: &mut Vec<Trouble>) -> Option<Claimed> {
    match Claimed::labelled(record.first(field)?) {
        Ok(claimed) => Some(claimed),
        Err(Unreadable::Algorithm) => {
            let what = format!(
                "The digest of the {part} is of a kind that is not known here, so it was not checked."
            );
            let next = "Check it with the tool that wrote it.";
            troubles.push(Trouble::new("warc.digest_unknown", Severity::Warn, what, next));
            None
        }
        Err(Unreadable::Value) => {
            let what = format!("The digest of the {part} is neither hex nor base32 of its length.");
            let next = "Ask for the file as it was made.";
            troubles.push(Trouble::new("warc.digest_form", Severity::Invalid, what, next));
            None
        }
    }
}

struct Reader<'r, 's> {
    stream: &'r mut Input<'s>,
    left: u64,
    /// The digest of the block, and how many bytes it has seen.
    block: Option<(Running, u64)>,
    payload: Option<(Running, u64)>,
    fault: Option<Fault>,
}

impl Reader<'_, '_> {
    fn there(&mut self) -> usize {
        if self.left == 0 || self.fault.is_some() {
            return 0;
        }
        match self.stream.fill() {
            Ok(there) => usize::try_from(self.left).unwrap_or(usize::MAX).min(there),
            Err(fault) => {
                self.fault = Some(fault);
                0
            }
        }
    }

    fn drain(&mut self) {
        loop {
            let there = self.there();
            if there == 0 {
                return;
            }
            self.consume(there);
        }
    }
}

impl BufRead for Reader<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let there = self.there();
        Ok(if there == 0 { &[] } else { &self.stream.buffer()[..there] })
    }

    fn consume(&mut self, count: usize) {
        let bytes = self.stream.buffer();
        let count = count.min(bytes.len());
        let bytes = &bytes[..count];
        match (&mut self.block, &mut self.payload) {
            (Some((block, seen)), Some((payload, of_payload))) => {
                digests::update_both((block, *seen), (payload, *of_payload), bytes);
            }
            (Some((one, _)), None) | (None, Some((one, _))) => one.update(bytes),
            (None, None) => {}
        }
        for (_, seen) in [&mut self.block, &mut self.payload].into_iter().flatten() {
            *seen += count as u64;
        }
        self.stream.consume(count);
        self.left -= (count as u64).min(self.left);
    }
}

impl Read for Reader<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(into.len());
        into[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}
