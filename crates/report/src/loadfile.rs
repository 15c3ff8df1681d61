//! Load files for review platforms: Concordance DAT (fields) and Opticon OPT (pages), written and judged.
//!
//! DAT is text: each field between `þ` (U+00FE), fields parted by U+0014, line ends inside a field written as `®`
//! (U+00AE), rows ended by CRLF, the first row naming the fields. We write UTF-8 with a byte order mark, because readers
//! tell the encoding by it alone. OPT is one line a page: `key,volume,path,Y at a document's first page,,,page count`.
//!
//! A post may hold the three characters the format is made of: a writer that lets them through lets a stranger add
//! fields to the record. Ours writes them as their number; the reader says what it finds.

use std::collections::BTreeSet;

const QUOTE: char = 'þ';
const PART: char = '\u{14}';
const LINE: char = '®';

/// A table of fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dat {
    /// The fields' names.
    pub header: Vec<String>,
    /// The documents.
    pub rows: Vec<Vec<String>>,
}

/// How a load file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Valid,
    /// Readable, and some importers will stumble.
    Warn,
    /// Not what it claims to be.
    Invalid,
}

/// A load file as read: what it holds, how it is, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged<T> {
    /// What it holds, as far as it could be read.
    pub holds: T,
    /// How it is.
    pub verdict: Verdict,
    /// What was found, one sentence each; empty when valid.
    pub why: Vec<String>,
}

impl Dat {
    /// Returns the table as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut out = String::from('\u{feff}');
        for row in std::iter::once(&self.header).chain(&self.rows) {
            for (index, value) in row.iter().enumerate() {
                if index > 0 {
                    out.push(PART);
                }
                out.push(QUOTE);
                push_tamed(&mut out, value);
                out.push(QUOTE);
            }
            out.push_str("\r\n");
        }
        out.into_bytes()
    }

    /// Reads and judges a table.
    pub fn read(bytes: &[u8]) -> Judged<Self> {
        let mut judged = Judged { holds: Self::default(), verdict: Verdict::Valid, why: Vec::new() };
        let text = decoded(bytes);
        let mut rows = Vec::new();
        let (mut row, mut value) = (Vec::new(), String::new());
        let mut inside = false;
        let mut raw_lines = 0_usize;
        let mut stray = 0_usize;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match (inside, c) {
                (false, QUOTE) => inside = true,
                (false, PART) => {}
                (false, '\r' | '\n') => {
                    if !row.is_empty() {
                        rows.push(std::mem::take(&mut row));
                    }
                }
                (false, _) => stray += 1,
                (true, QUOTE) if matches!(chars.peek(), None | Some(&(PART | '\r' | '\n'))) => {
                    row.push(std::mem::take(&mut value));
                    inside = false;
                }
                (true, LINE) => value.push('\n'),
                (true, '\r') if chars.peek() == Some(&'\n') => {}
                (true, '\n') => {
                    raw_lines += 1;
                    value.push('\n');
                }
                (true, c) => value.push(c),
            }
        }
        if inside {
            judged.says(Verdict::Invalid, "The file ends inside a field.".into());
            row.push(value);
        }
        if !row.is_empty() {
            rows.push(row);
        }
        if stray > 0 {
            judged.says(Verdict::Invalid, format!("{stray} characters stand outside of any field."));
        }
        if raw_lines > 0 {
            judged.says(
                Verdict::Warn,
                format!("{raw_lines} line ends stand inside fields where ® belongs; importers that read line by line break there."),
            );
        }
        if rows.is_empty() {
            judged.says(Verdict::Invalid, "There is no row that names the fields.".into());
            return judged;
        }
        judged.holds.header = rows.remove(0);
        let wanted = judged.holds.header.len();
        for (index, row) in rows.iter().enumerate() {
            if row.len() != wanted {
                judged.says(
                    Verdict::Invalid,
                    format!("Row {} has {} of {wanted} fields.", index + 1, row.len()),
                );
            }
        }
        judged.holds.rows = rows;
        judged
    }
}

impl<T> Judged<T> {
    fn says(&mut self, verdict: Verdict, why: String) {
        self.verdict = self.verdict.max(verdict);
        self.why.push(why);
    }
}

/// Adds `value` with the format's own characters and other controls written as numbers.
fn push_tamed(out: &mut String, value: &str) {
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => out.push(LINE),
            QUOTE | PART | LINE => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c if c.is_control() && c != '\t' => out.push_str(&format!("⟨U+{:04X}⟩", c as u32)),
            c => out.push(c),
        }
    }
}

/// Returns the text of a load file: by its byte order mark, else as UTF-8, else as Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        let units = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    }
    let rest = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(text) => text.to_owned(),
        Err(_) => rest.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// A document in an OPT: its pages, in order, each with the path of its picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptDocument {
    /// Key (Bates number) and path of each page; never empty.
    pub pages: Vec<(String, String)>,
}

/// Returns an OPT of `documents` in `volume`.
pub fn write_opt(volume: &str, documents: &[OptDocument]) -> Vec<u8> {
    let mut out = String::new();
    for document in documents {
        for (index, (key, path)) in document.pages.iter().enumerate() {
            let (first, count) =
                if index == 0 { ("Y", document.pages.len().to_string()) } else { ("", String::new()) };
            out.push_str(&format!("{key},{volume},{path},{first},,,{count}\r\n"));
        }
    }
    out.into_bytes()
}

/// Reads and judges an OPT.
pub fn read_opt(bytes: &[u8]) -> Judged<Vec<OptDocument>> {
    let mut judged = Judged { holds: Vec::new(), verdict: Verdict::Valid, why: Vec::new() };
    let mut keys = BTreeSet::new();
    let mut counts: Vec<Option<usize>> = Vec::new();
    let mut last: Option<(String, u64)> = None;
    for (index, line) in decoded(bytes).lines().filter(|line| !line.is_empty()).enumerate() {
        let fields: Vec<&str> = line.split(',').collect();
        let [key, _volume, path, first, _, _, count] = fields[..] else {
            judged.says(
                Verdict::Invalid,
                format!("Line {} has {} fields; there must be 7.", index + 1, fields.len()),
            );
            continue;
        };
        if !keys.insert(key.to_owned()) {
            judged.says(Verdict::Invalid, format!("The key {key} stands twice."));
        }
        let (prefix, number) = numbered(key);
        if let Some(number) = number {
            if let Some((before, reached)) = &last
                && before == prefix
                && number > reached + 1
            {
                judged.says(Verdict::Warn, format!("There is a gap before {key}."));
            }
            last = Some((prefix.to_owned(), number));
        }
        if first == "Y" {
            judged.holds.push(OptDocument { pages: Vec::new() });
            counts.push(count.trim().parse().ok());
        }
        match judged.holds.last_mut() {
            Some(document) => document.pages.push((key.to_owned(), path.to_owned())),
            None => judged.says(
                Verdict::Invalid,
                format!("Line {} belongs to no document: the first has no Y.", index + 1),
            ),
        }
    }
    for (document, count) in judged.holds.clone().iter().zip(counts) {
        // Pages that a gap in the numbers accounts for are missing, and were warned about; the count is right.
        let (first, last) = (&document.pages[0].0, &document.pages[document.pages.len() - 1].0);
        let spanned = match (numbered(first), numbered(last)) {
            ((a, Some(first)), (b, Some(last))) if a == b => last.checked_sub(first).map(|n| n as usize + 1),
            _ => None,
        };
        if let Some(count) = count
            && count != document.pages.len()
            && (count < document.pages.len() || spanned != Some(count))
        {
            let (key, pages) = (&document.pages[0].0, document.pages.len());
            judged.says(Verdict::Invalid, format!("{key} states {count} pages and has {pages}."));
        }
    }
    judged
}

/// Returns a key's prefix and its number, where it ends in one.
fn numbered(key: &str) -> (&str, Option<u64>) {
    let digits = key.len() - key.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (prefix, number) = key.split_at(key.len() - digits);
    (prefix, number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let hostile = "a\u{14}þ\u{14}þb®\r\nsecond \u{1b}[31m";
        let dat = Dat {
            header: vec!["ONE".into(), "TWO".into()],
            rows: vec![vec![hostile.into(), String::new()], vec!["=1".into(), "你".into()]],
        };
        let judged = Dat::read(&dat.write());
        assert_eq!((judged.verdict, judged.why.len()), (Verdict::Valid, 0));
        assert_eq!(
            judged.holds.rows[0][0],
            "a⟨U+0014⟩⟨U+00FE⟩⟨U+0014⟩⟨U+00FE⟩b⟨U+00AE⟩\nsecond ⟨U+001B⟩[31m"
        );
        assert_eq!(judged.holds.rows[1], dat.rows[1]);
    }

    #[test]
    fn nothing_panics_on_scraps() {
        for scrap in
            [&b""[..], b"\xff\xfe\x00", b"\xc3", "þ".as_bytes(), "þa\u{14}".as_bytes(), b"x,y\n,,,,,,\n"]
        {
            Dat::read(scrap);
            read_opt(scrap);
        }
    }
}
