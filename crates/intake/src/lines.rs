//! One record a line, read as a stream: memory stays bounded whatever the size of the file, lines are parsed on all
//! cores, and items are delivered in the order of the lines.
//!
//! One thread reads blocks and hands them, a few at a time, to the pool; the thread that called delivers what came out
//! to the sink meanwhile.

use std::borrow::Cow;
use std::io::Read;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;
use record::{Item, Sink};
use values::{Place, Severity, Trouble};

use crate::format::{Input, Out};
use crate::{Refused, json, text};

/// How many bytes one worker parses at a time.
const BLOCK: usize = 512 << 10;
/// How many blocks are parsed before their items are delivered.
const BLOCKS: usize = 8;

/// One line, without its end.
pub(crate) struct Line<'a> {
    /// Counted from 1.
    pub number: u64,
    /// The bytes.
    pub bytes: &'a [u8],
    /// Whether the line is the last and has no end: it may be cut.
    pub open: bool,
}

impl<'a> Line<'a> {
    /// Returns the line as a place.
    pub(crate) fn place(&self) -> Place {
        Place::line(self.number)
    }

    /// Returns the line as text fit for parsing. What had to be replaced is told.
    pub(crate) fn text(&self, items: &mut Vec<Item>) -> Cow<'a, str> {
        let text = match std::str::from_utf8(self.bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                items.push(Item::Trouble(text::not_utf8(self.place())));
                Cow::Owned(String::from_utf8_lossy(self.bytes).into_owned())
            }
        };
        if memchr::memmem::find(self.bytes, b"\\u").is_some()
            && let Some(mended) = json::mend_surrogates(&text)
        {
            items.push(Item::Trouble(text::half_character(self.place())));
            return Cow::Owned(mended);
        }
        text
    }

    /// Tells that the line could not be parsed.
    pub(crate) fn broken(&self, error: &serde_json::Error, items: &mut Vec<Item>) {
        let (code, what, next) = if self.open && error.is_eof() {
            (
                "json.cut_off",
                "The file ends in the middle of this line; what the line held is lost to this capture.",
                "Make the export again, or let it finish, and keep this one beside it.",
            )
        } else {
            (
                "json.broken_line",
                "This line is not JSON and was not read; the lines around it were.",
                "Look at the line in the original file, and make the export again if a post is missing.",
            )
        };
        items.push(Item::Trouble(Trouble::new(code, Severity::Invalid, what, next).at(self.place())));
        items
            .push(Item::Leftover { place: self.place(), what: format!("a line that is not JSON ({error})") });
    }
}

/// Calls `parse` for each line that is not blank, in parallel, and delivers what it pushes in the order of the lines.
pub(crate) fn each(
    input: &Input<'_>,
    out: &mut Out<'_>,
    parse: impl Fn(&Line<'_>, &mut Vec<Item>) + Sync,
) -> Result<(), Refused> {
    let reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let max_line = usize::try_from(input.options.limits.max_line_bytes).unwrap_or(usize::MAX).max(1024);
    let parse = &parse;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Result<Vec<Vec<Item>>, std::io::Error>>(1);
        scope.spawn(move || {
            let mut blocks = Blocks::new(reader, max_line);
            loop {
                let batch = match blocks.batch() {
                    Ok(batch) => batch,
                    Err(error) => {
                        // The receiver only goes away when nobody wants more.
                        let _ = send.send(Err(error));
                        return;
                    }
                };
                if batch.is_empty() {
                    return;
                }
                let parsed = batch.par_iter().map(|block| block.parse(parse)).collect();
                if send.send(Ok(parsed)).is_err() {
                    return;
                }
            }
        });
        for batch in receive {
            match batch {
                Ok(batch) => batch.into_iter().flatten().for_each(|item| out.take(item)),
                Err(error) => out.take(Item::Trouble(Trouble::new(
                    "file.unreadable",
                    Severity::Invalid,
                    format!("The file could not be read to its end: {error}; what came before was read."),
                    "Check the disk or stick it lies on, and import it again.",
                ))),
            }
        }
    });
    Ok(())
}

/// Calls `each` with every line that is JSON, as a value, in parallel; lines that are not are told.
pub(crate) fn each_value(
    input: &Input<'_>,
    out: &mut Out<'_>,
    each: impl Fn(&serde_json::Value, &Line<'_>, &mut Vec<Item>) + Sync,
) -> Result<(), Refused> {
    self::each(input, out, |line, items| {
        let text = line.text(items);
        match serde_json::from_str(&text) {
            Ok(value) => each(&value, line, items),
            Err(error) => line.broken(&error, items),
        }
    })
}

/// Some whole lines.
struct Block {
    first: u64,
    bytes: Vec<u8>,
    /// Whether the last line has no end.
    open: bool,
    /// Lines too long to be read, by number.
    too_long: Vec<u64>,
}

impl Block {
    fn parse(&self, parse: &(impl Fn(&Line<'_>, &mut Vec<Item>) + Sync)) -> Vec<Item> {
        let mut items = Vec::new();
        let mut start = 0;
        let mut number = self.first;
        while start < self.bytes.len() {
            let end = memchr::memchr(b'\n', &self.bytes[start..]).map_or(self.bytes.len(), |at| start + at);
            let mut bytes = &self.bytes[start..end];
            if number == 1 {
                bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            }
            let open = end == self.bytes.len() && self.open;
            let bytes = bytes.trim_ascii();
            if !bytes.is_empty() {
                parse(&Line { number, bytes, open }, &mut items);
            }
            start = end + 1;
            number += 1;
        }
        for number in &self.too_long {
            let place = Place::line(*number);
            items.push(Item::Trouble(
                Trouble::new(
                    "line.too_long",
                    Severity::Invalid,
                    "This line is longer than redress reads at once and was passed over.",
                    "Split the file, or look whether its line ends were lost.",
                )
                .at(place.clone()),
            ));
            items.push(Item::Leftover { place, what: "a line too long to be read".to_owned() });
        }
        items
    }
}

/// Cuts a stream into blocks of whole lines.
struct Blocks<R> {
    reader: R,
    /// Bytes read behind the last line end given out.
    rest: Vec<u8>,
    next_line: u64,
    ended: bool,
    max_line: usize,
}

impl<R: Read> Blocks<R> {
    fn new(reader: R, max_line: usize) -> Self {
        Self { reader, rest: Vec::new(), next_line: 1, ended: false, max_line }
    }

    /// Returns the next few blocks; none at the end.
    fn batch(&mut self) -> Result<Vec<Block>, std::io::Error> {
        let mut batch = Vec::new();
        while batch.len() < BLOCKS && !self.ended {
            if let Some(block) = self.block()? {
                batch.push(block);
            }
        }
        Ok(batch)
    }

    fn block(&mut self) -> Result<Option<Block>, std::io::Error> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut too_long = Vec::new();
        let mut searched = 0;
        loop {
            let had = bytes.len();
            let want = BLOCK.saturating_sub(had).max(64 << 10);
            bytes.reserve(want);
            let read = self.reader.by_ref().take(want as u64).read_to_end(&mut bytes)?;
            if read < want {
                self.ended = true;
            }
            let last = memchr::memrchr(b'\n', &bytes[searched..]).map(|at| at + searched);
            if let Some(last) = last {
                self.rest = bytes.split_off(last + 1);
                if self.ended && !self.rest.is_empty() {
                    bytes.append(&mut self.rest);
                    return Ok(Some(self.numbered(bytes, true, too_long)));
                }
                return Ok(Some(self.numbered(bytes, false, too_long)));
            }
            if self.ended {
                let open = !bytes.is_empty();
                return Ok((open || !too_long.is_empty()).then(|| self.numbered(bytes, open, too_long)));
            }
            searched = bytes.len();
            if bytes.len() > self.max_line {
                too_long.push(self.next_line);
                bytes = self.skip_line()?;
                searched = 0;
                // The skipped line keeps its number: the block that follows starts behind it.
                self.next_line += 1;
            }
        }
    }

    /// Reads to the end of the line and returns what was read behind it.
    fn skip_line(&mut self) -> Result<Vec<u8>, std::io::Error> {
        let mut piece = vec![0; 64 << 10];
        loop {
            let read = self.reader.read(&mut piece)?;
            if read == 0 {
                self.ended = true;
                return Ok(Vec::new());
            }
            if let Some(at) = memchr::memchr(b'\n', &piece[..read]) {
                return Ok(piece[at + 1..read].to_vec());
            }
        }
    }

    fn numbered(&mut self, bytes: Vec<u8>, open: bool, too_long: Vec<u64>) -> Block {
        let first = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Block { first, bytes, open, too_long }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], max_line: usize) -> Vec<(u64, String, bool)> {
        let mut blocks = Blocks::new(text, max_line);
        let mut found = Vec::new();
        loop {
            let batch = blocks.batch().unwrap();
            if batch.is_empty() {
                return found;
            }
            for block in batch {
                let seen = std::sync::Mutex::new(Vec::new());
                block.parse(&|line: &Line<'_>, _: &mut Vec<Item>| {
                    let text = String::from_utf8_lossy(line.bytes).into_owned();
                    seen.lock().unwrap().push((line.number, text, line.open));
                });
                found.extend(block.too_long.iter().map(|n| (*n, "too long".to_owned(), false)));
                found.extend(seen.into_inner().unwrap());
            }
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        let found = lines(b"\xEF\xBB\xBFa\n\n b\r\nc", 1 << 20);
        let expected = [(1, "a".to_owned(), false), (3, "b".to_owned(), false), (4, "c".to_owned(), true)];
        assert_eq!(found, expected);
        assert_eq!(lines(b"", 10), []);
    }

    #[test]
    fn blocks_do_not_cut_lines() {
        let mut text = Vec::new();
        for n in 1..=40_000 {
            text.extend_from_slice(format!("{n}{}\n", "x".repeat(n % 97)).as_bytes());
        }
        let found = lines(&text, 1 << 20);
        assert_eq!(found.len(), 40_000);
        for (index, (number, line, _)) in found.iter().enumerate() {
            assert_eq!(*number, index as u64 + 1);
            assert_eq!(line.trim_end_matches('x'), number.to_string());
        }
    }

    #[test]
    fn a_line_too_long_is_passed_over_and_counted() {
        let text = [b"a\n".as_slice(), &vec![b'x'; 2 << 20], b"\nb\nc"].concat();
        let found = lines(&text, 1 << 20);
        let texts: Vec<_> = found.iter().map(|(n, t, _)| (*n, t.as_str())).collect();
        assert_eq!(texts, [(1, "a"), (2, "too long"), (3, "b"), (4, "c")]);
    }
}
