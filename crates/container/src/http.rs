//! The HTTP message inside a web archive record: its head, and its body freed of chunks and compression within limits.
//!
//! A decoded body is a view; the evidence is the block as it was received. So nothing here makes a record invalid: what
//! cannot be decoded weakens it, and the raw bytes stay.

use std::io::{self, BufRead, Read};

use values::{Severity, Trouble};

use crate::Limits;
use crate::digests::Running;

/// The head of a response or request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The first line: `HTTP/1.1 200 OK` or `GET / HTTP/1.1`.
    pub start: String,
    /// Names in lower case with their values, in the order of the message.
    pub fields: Vec<(String, String)>,
}

impl Head {
    /// Returns the value of the first field of that name (lower case).
    pub fn first(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns all values of a list field, split at commas, in lower case.
    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.fields.iter().filter(|(key, _)| key == name);
        let items = values.flat_map(|(_, value)| value.split(','));
        items.map(|item| item.trim().to_ascii_lowercase()).filter(|item| !item.is_empty()).collect()
    }

    /// Returns the status of a response.
    pub fn status(&self) -> Option<u16> {
        self.start.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()
    }

    /// Returns the media type in lower case, without parameters.
    pub fn media_type(&self) -> Option<String> {
        let value = self.first("content-type")?;
        Some(value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }
}

/// Reads the head, leaving `message` at the first byte of the body. Errors with `None` where there is no head within
/// the limit.
pub fn read_head(message: &mut dyn BufRead, limits: &Limits) -> io::Result<Option<Head>> {
    let mut head = Head::default();
    let mut left = limits.head as u64;
    let mut line = Vec::new();
    let mut first = true;
    loop {
        line.clear();
        let read = (&mut *message).take(left).read_until(b'\n', &mut line)?;
        left -= read as u64;
        if line.last() != Some(&b'\n') {
            // The end of the block ends the head too: some records hold a head and nothing else.
            return Ok((left > 0 && !first).then_some(head));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if first {
            head.start = text.to_owned();
            first = false;
        } else if text.is_empty() {
            return Ok(Some(head));
        } else if let (true, Some((_, value))) = (text.starts_with([' ', '\t']), head.fields.last_mut()) {
            value.push(' ');
            value.push_str(text.trim());
        } else if let Some((name, value)) = text.split_once(':') {
            head.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// A body as far as it could be decoded.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The first bytes, as many as the caller wanted to keep.
    pub kept: Vec<u8>,
    /// How many bytes there were.
    pub length: u64,
    /// How many of them came out of a compressed body.
    pub unpacked: u64,
    /// What went wrong on the way.
    pub troubles: Vec<Trouble>,
    /// Digest of the body freed of chunks only, where a hasher was given and the body was chunked.
    pub dechunked: Option<Vec<u8>>,
}

/// Decodes the body that `body` stands at, according to `head`, and keeps the first `keep` bytes.
pub fn decode(
    head: &Head,
    body: &mut dyn BufRead,
    keep: u64,
    hasher: Option<Running>,
    limits: &Limits,
) -> io::Result<Decoded> {
    let mut decoded = Decoded::default();
    let mut lengths = head.fields.iter().filter(|(name, _)| name == "content-length").map(|(_, value)| value);
    if let Some(first) = lengths.next()
        && lengths.any(|other| other != first)
    {
        let what = "The HTTP head states two lengths of the body; two readers can see two different bodies.";
        let next =
            "The record stands as received: ask where it was captured, and compare with another capture.";
        decoded.troubles.push(Trouble::new("http.two_lengths", Severity::Warn, what, next));
    }
    let codings = head.list("content-encoding");
    let stated = head.first("content-length").and_then(|stated| stated.parse::<u64>().ok());
    if head.list("transfer-encoding").iter().any(|coding| coding == "chunked") {
        let mut chunks = Chunks { body, hasher, left: 0, state: ChunkState::First, fault: None };
        decode_content(&codings, &mut chunks, keep, limits, &mut decoded)?;
        drain(&mut chunks)?;
        if let Some(fault) = chunks.fault {
            // A cut or broken chunk also breaks the compression inside it; the cause is said, not its echo.
            decoded.troubles.retain(|trouble| trouble.code != "http.content_encoding");
            decoded.troubles.insert(0, fault.trouble());
        } else if let Some(hasher) = chunks.hasher {
            decoded.dechunked = Some(hasher.finish());
        }
    } else {
        decode_content(&codings, body, keep, limits, &mut decoded)?;
        // Tools that decode a body keep the server's head, so only a body sent as it is can be held against it.
        let plain = codings.iter().all(|coding| coding == "identity") && head.start.starts_with("HTTP/");
        if let Some(stated) = stated.filter(|stated| plain && decoded.length > 0 && *stated != decoded.length)
        {
            let what =
                format!("The HTTP head states a body of {stated} bytes, and {} are there.", decoded.length);
            let next = "The record stands as received; a program that goes by the head shows another body than one that does not.";
            decoded.troubles.push(Trouble::new("http.length", Severity::Note, what, next));
        }
    }
    Ok(decoded)
}

fn drain(body: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let there = body.fill_buf()?.len();
        if there == 0 {
            return Ok(());
        }
        body.consume(there);
    }
}

fn decode_content(
    codings: &[String],
    body: &mut dyn BufRead,
    keep: u64,
    limits: &Limits,
    decoded: &mut Decoded,
) -> io::Result<()> {
    let coding = match codings.iter().filter(|coding| *coding != "identity").collect::<Vec<_>>()[..] {
        [] => return pass(body, keep, decoded),
        [one] => one.trim_start_matches("x-"),
        _ => "several",
    };
    let first = body.fill_buf()?;
    let looks = match coding {
        "gzip" => first.starts_with(&[0x1f]),
        "zstd" => first.starts_with(&[0x28]),
        _ => true,
    };
    if first.is_empty() {
        return Ok(());
    }
    if !looks {
        decoded.troubles.push(note_not_encoded(coding));
        return pass(body, keep, decoded);
    }
    let zlib = first[0] & 0x0f == 8 && first[0] >> 4 <= 7;
    let result = match coding {
        "gzip" => copy(&mut flate2::bufread::MultiGzDecoder::new(body), keep, limits.decoded, decoded),
        "deflate" if zlib => {
            copy(&mut flate2::bufread::ZlibDecoder::new(body), keep, limits.decoded, decoded)
        }
        "deflate" => copy(&mut flate2::bufread::DeflateDecoder::new(body), keep, limits.decoded, decoded),
        "br" => copy(&mut brotli_decompressor::Decompressor::new(body, 4096), keep, limits.decoded, decoded),
        "zstd" => zstd(body, keep, limits, decoded),
        _ => {
            let what = format!("The body says it is encoded as “{coding}”, which is not decoded here.");
            let next = "The record stands as received; only its decoded view is missing.";
            decoded.troubles.push(Trouble::new("http.encoding_unknown", Severity::Note, what, next));
            return Ok(());
        }
    };
    match result {
        Ok(true) => {}
        Ok(false) => {
            let what = format!(
                "The body decodes to more than {} bytes; nothing beyond that was looked at.",
                limits.decoded
            );
            let next =
                "The record stands as received. Raise the limit only if you trust where the file comes from.";
            decoded.troubles.push(Trouble::new("http.decode_limit", Severity::Warn, what, next));
        }
        Err(_) => {
            let what = format!("The body says it is encoded as “{coding}”, and decoding it fails.");
            let next = "The record stands as received; its decoded view ends where the fault is.";
            decoded.troubles.push(Trouble::new("http.content_encoding", Severity::Warn, what, next));
        }
    }
    Ok(())
}

fn note_not_encoded(coding: &str) -> Trouble {
    let what = format!("The head says the body is encoded as “{coding}”, but the body is not.");
    let next = "The capturing tool decoded it and kept the server's head; nothing is lost.";
    Trouble::new("http.not_encoded", Severity::Note, what, next)
}

/// Reads a body that needs no decoding to its end, copying only what is kept.
fn pass(body: &mut dyn BufRead, keep: u64, decoded: &mut Decoded) -> io::Result<()> {
    loop {
        let there = body.fill_buf()?;
        let count = there.len();
        if count == 0 {
            return Ok(());
        }
        let wanted = keep.saturating_sub(decoded.kept.len() as u64).min(count as u64) as usize;
        decoded.kept.extend_from_slice(&there[..wanted]);
        decoded.length += count as u64;
        body.consume(count);
    }
}

/// Reads to the end, or to `most`. Returns whether the end was reached.
fn copy(body: &mut dyn Read, keep: u64, most: u64, decoded: &mut Decoded) -> io::Result<bool> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let read = match body.read(&mut buffer) {
            Ok(0) => return Ok(true),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let kept = decoded.kept.len() as u64;
        let wanted = keep.saturating_sub(kept).min(read as u64) as usize;
        decoded.kept.extend_from_slice(&buffer[..wanted]);
        decoded.length += read as u64;
        decoded.unpacked += read as u64;
        if decoded.length > most {
            return Ok(false);
        }
    }
}

/// Decodes Zstandard with the window that RFC 9659 allows for HTTP, 8 MiB: the decoder would reserve what the head asks.
fn zstd(body: &mut dyn BufRead, keep: u64, limits: &Limits, decoded: &mut Decoded) -> io::Result<bool> {
    let mut head = [0; 14];
    let mut have = 0;
    while have < head.len() {
        match body.read(&mut head[have..])? {
            0 => break,
            read => have += read,
        }
    }
    let broken = || io::Error::other("no zstd frame of a lawful window");
    if zstd_window(&head[..have]).is_none_or(|window| window > 8 << 20) {
        return Err(broken());
    }
    let whole = head[..have].chain(body);
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(whole).map_err(|_| broken())?;
    copy(&mut decoder, keep, limits.decoded, decoded)
}

/// Returns the window size that a frame head asks for (RFC 8878, section 3.1.1.1).
fn zstd_window(head: &[u8]) -> Option<u64> {
    let descriptor = *head.get(4)?;
    if descriptor & 0x20 == 0 {
        let byte = *head.get(5)?;
        let base = 1u64 << (10 + u64::from(byte >> 3));
        return Some(base + base / 8 * u64::from(byte & 7));
    }
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let length = [1, 2, 4, 8][usize::from(descriptor >> 6)];
    let bytes = head.get(5 + dictionary..5 + dictionary + length)?;
    let size = bytes.iter().rev().fold(0u64, |size, byte| size << 8 | u64::from(*byte));
    Some(if length == 2 { size + 256 } else { size })
}

/// What is wrong with chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkFault {
    Size,
    Cut,
    Absent,
}

impl ChunkFault {
    fn trouble(self) -> Trouble {
        let next = "The record stands as received; its decoded view ends where the fault is.";
        match self {
            Self::Size => {
                let what = "A chunk of the body has a size that is no number or too large, so the body cannot be put together.";
                Trouble::new("http.chunk_size", Severity::Warn, what, next)
            }
            Self::Cut => {
                let what = "The body ends inside a chunk: the transfer or the capture was cut.";
                Trouble::new("http.chunk_truncated", Severity::Warn, what, next)
            }
            Self::Absent => {
                let what = "The head says the body comes in chunks, but the body does not.";
                let next = "The capturing tool joined them and kept the server's head; nothing is lost.";
                Trouble::new("http.not_chunked", Severity::Note, what, next)
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkState {
    First,
    Size,
    Data,
    /// The body was never chunked: hand it out as it is.
    Plain,
    Ended,
}

struct Chunks<'b> {
    body: &'b mut dyn BufRead,
    hasher: Option<Running>,
    left: u64,
    state: ChunkState,
    fault: Option<ChunkFault>,
}

impl Chunks<'_> {
    fn fail(&mut self, fault: ChunkFault) {
        self.fault = Some(fault);
        self.state = ChunkState::Ended;
    }

    /// Reads a size line: hex digits, then perhaps an extension.
    fn next_size(&mut self) -> io::Result<()> {
        if self.state == ChunkState::First {
            let there = self.body.fill_buf()?;
            if there.is_empty() {
                self.state = ChunkState::Ended;
                return Ok(());
            }
            if !there[0].is_ascii_hexdigit() {
                self.fault = Some(ChunkFault::Absent);
                self.state = ChunkState::Plain;
                return Ok(());
            }
        }
        let mut line = Vec::new();
        (&mut *self.body).take(4096).read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            self.fail(if line.len() == 4096 { ChunkFault::Size } else { ChunkFault::Cut });
            return Ok(());
        }
        let text = String::from_utf8_lossy(&line);
        let digits = text.split(';').next().unwrap_or_default().trim();
        let size = if digits.starts_with('+') { None } else { u64::from_str_radix(digits, 16).ok() };
        match size {
            Some(0) => {
                // What follows are trailer fields; they are part of the payload but not of the body.
                self.state = ChunkState::Ended;
            }
            Some(size) => (self.left, self.state) = (size, ChunkState::Data),
            None => self.fail(ChunkFault::Size),
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> io::Result<()> {
        let mut end = [0; 2];
        let mut have = 0;
        while have < 2 {
            match self.body.read(&mut end[have..])? {
                0 => break,
                read => have += read,
            }
        }
        if have < 2 {
            self.fail(ChunkFault::Cut);
        } else if end == *b"\r\n" {
            self.state = ChunkState::Size;
        } else {
            self.fail(ChunkFault::Size);
        }
        Ok(())
    }
}

impl BufRead for Chunks<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        loop {
            match self.state {
                ChunkState::First | ChunkState::Size => self.next_size()?,
                ChunkState::Data if self.left == 0 => self.end_chunk()?,
                ChunkState::Data => {
                    if self.body.fill_buf()?.is_empty() {
                        self.fail(ChunkFault::Cut);
                        continue;
                    }
                    let there = self.body.fill_buf()?;
                    let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(there.len());
                    return Ok(&there[..most]);
                }
                ChunkState::Plain => return self.body.fill_buf(),
                ChunkState::Ended => return Ok(&[]),
            }
        }
    }

    fn consume(&mut self, count: usize) {
        if self.state == ChunkState::Data {
            self.left -= (count as u64).min(self.left);
        }
        if count > 0 {
            if let (Some(hasher), Ok(there)) = (&mut self.hasher, self.body.fill_buf()) {
                hasher.update(&there[..count.min(there.len())]);
            }
            self.body.consume(count);
        }
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(into.len());
        into[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &[u8], body: &[u8], code: Option<&str>) {
        let mut message = message;
        let limits = Limits { decoded: 1000, ..Limits::shipped() };
        let head = read_head(&mut message, &limits).unwrap().unwrap();
        let decoded = decode(&head, &mut message, 2000, None, &limits).unwrap();
        let codes: Vec<&str> = decoded.troubles.iter().map(|trouble| &*trouble.code).collect();
        assert_eq!(codes, code.into_iter().collect::<Vec<_>>());
        assert_eq!(String::from_utf8_lossy(&decoded.kept), String::from_utf8_lossy(body));
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        use std::io::Write as _;
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn with(head: &str, body: &[u8]) -> Vec<u8> {
        [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat()
    }

    #[test]
    fn chunks_are_joined_and_their_faults_named() {
        let chunked = |body: &str| with("Transfer-Encoding: chunked", body.as_bytes());
        check(&chunked("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), b"abcde", None);
        check(&chunked("FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n"), b"", Some("http.chunk_size"));
        check(&chunked("3\r\nabcX"), b"abc", Some("http.chunk_truncated"));
        check(&chunked("5\r\nabc"), b"abc", Some("http.chunk_truncated"));
        check(&chunked("3\r\nabcXY0\r\n\r\n"), b"abc", Some("http.chunk_size"));
        check(&chunked("<p>plain</p>"), b"<p>plain</p>", Some("http.not_chunked"));
        check(&chunked(""), b"", None);
    }

    #[test]
    fn compressed_bodies_are_decoded_within_the_limit() {
        let long = b"a".repeat(999);
        check(&with("Content-Encoding: gzip", &gzip(&long)), &long, None);
        check(&with("Content-Encoding: gzip", b"plain"), b"plain", Some("http.not_encoded"));
        let bomb = gzip(&b"a".repeat(2000));
        check(&with("Content-Encoding: gzip", &bomb), &b"a".repeat(2000), Some("http.decode_limit"));
        let cut = gzip(&long);
        check(&with("Content-Encoding: gzip", &cut[..cut.len() - 4]), &long, Some("http.content_encoding"));
        check(
            &with("Content-Encoding: br", &[0x0b, 0x02, 0x80, b'h', b'e', b'l', b'l', b'o', 3]),
            b"hello",
            None,
        );
        let zstd = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, b'h', b'e', b'l', b'l', b'o'];
        check(&with("Content-Encoding: zstd", &zstd), b"hello", None);
        let wide = [0x28, 0xb5, 0x2f, 0xfd, 0, 0xff, 0, 0, 0];
        check(&with("Content-Encoding: zstd", &wide), b"", Some("http.content_encoding"));
        check(&with("Content-Encoding: rot13", b"x"), b"", Some("http.encoding_unknown"));
    }

    #[test]
    fn a_head_has_its_limit() {
        let limits = Limits { head: 20, ..Limits::shipped() };
        assert_eq!(read_head(&mut &b"HTTP/1.1 200 OK\r\nA: 123456\r\n\r\n"[..], &limits).unwrap(), None);
        let folded =
            read_head(&mut &b"HTTP/1.1 204\r\nA: b\r\n c\r\n\r\n"[..], &Limits::shipped()).unwrap().unwrap();
        assert_eq!((folded.first("a"), folded.status()), (Some("b c"), Some(204)));
    }
}
