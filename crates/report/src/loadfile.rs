//! Load files for review platforms, written: Concordance DAT (fields) and Opticon OPT (pages).
//!
//! DAT is text: each field between `þ` (U+00FE), fields parted by U+0014, line ends inside a field written as `®`
//! (U+00AE), rows ended by CRLF, the first row naming the fields. We write UTF-8 with a byte order mark, because readers
//! tell the encoding by it alone. OPT is one line a page: `key,volume,path,Y at a document's first page,,,page count`.
//!
//! A post may hold the three characters the format is made of: a writer that lets them through lets a stranger add
//! fields to the record. Ours writes them as their number. Reading and judging load files is `container::loadfile`.

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

#[cfg(test)]
mod tests {
    use container::loadfile::{self, dat};
    use container::{Limits, Troubles};

    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let hostile = "a\u{14}þ\u{14}þb®\r\nsecond \u{1b}[31m";
        let table = Dat {
            header: vec!["ONE".into(), "TWO".into()],
            rows: vec![vec![hostile.into(), String::new()], vec!["=1".into(), "你".into()]],
        };
        let mut troubles = Troubles::new(10);
        let bytes = table.write();
        let text = loadfile::text(&mut &bytes[..], None, &Limits::shipped(), &mut troubles).unwrap();
        let read = dat::read(&text, &mut troubles);
        assert!(troubles.into_vec().is_empty());
        assert_eq!(read.rows[0][0], "a⟨U+0014⟩⟨U+00FE⟩⟨U+0014⟩⟨U+00FE⟩b⟨U+00AE⟩\nsecond ⟨U+001B⟩[31m");
        assert_eq!(read.rows[1], table.rows[1]);
    }
}
