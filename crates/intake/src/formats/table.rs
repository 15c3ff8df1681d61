//! The ground on which every format that is a table stands: cells by column, whatever stands between them and however
//! the letters are written. No format of its own.

use std::borrow::Cow;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};
use values::{At, Place, Severity, Trouble};

use crate::format::{Head, Input, Out};
use crate::{Refused, text};

/// Tells whether one of the first rows is as wide as the header, or there is none: a sentence with commas in it is no
/// header of the lines that follow.
pub(super) fn has_rows(head: &Head<'_>, width: usize) -> bool {
    let delimiter = delimiter(first_row(head)).unwrap_or(b',');
    let text = &head.text[head.text.find(first_row(head)).unwrap_or(0)..];
    let text = text.trim_start_matches('\u{FEFF}').as_bytes();
    let mut table = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
    let rows: Vec<usize> = table.byte_records().take(5).flatten().map(|row| row.len()).collect();
    rows.is_empty() || rows.contains(&width) || head.bytes.len() == crate::format::HEAD_BYTES
}

/// Returns the cells of the first line in lower case, empty where it does not look like a header.
pub(super) fn header_cells(head: &Head<'_>) -> Vec<String> {
    let first = first_row(head);
    if first.len() > 20_000 || first.trim_start().starts_with(['{', '[', '<']) {
        return Vec::new();
    }
    let Some(delimiter) = delimiter(first) else { return Vec::new() };
    first.split(char::from(delimiter)).map(|cell| cell.trim().trim_matches('"').to_lowercase()).collect()
}

/// Returns the first line that is one of the table: Excel reads and writes `sep=;` before it.
fn first_row<'a>(head: &'a Head<'_>) -> &'a str {
    let mut lines = head.text.lines();
    let first = lines.next().unwrap_or("");
    if is_separator(first) { lines.next().unwrap_or("") } else { first }
}

/// Tells whether a line only says what stands between the cells.
fn is_separator(line: &str) -> bool {
    let said = line.trim_start_matches('\u{FEFF}').trim_end_matches('\r').trim_matches('"');
    said.strip_prefix("sep=").is_some_and(|rest| rest.chars().count() <= 1)
}

/// Returns what stands between the cells of a header.
fn delimiter(first: &str) -> Option<u8> {
    let count = |c: u8| first.bytes().filter(|b| *b == c).count();
    let best = [b',', b';', b'\t'].into_iter().max_by_key(|c| count(*c))?;
    (count(best) > 0).then_some(best)
}

/// A row of a table, cells by column.
pub(super) struct Row<'a> {
    /// Counted from 1, the header not counted.
    pub number: u64,
    pub header: &'a [String],
    cells: Cow<'a, [String]>,
    /// By how many columns the cells stand to the right of where they belong.
    pub shift: isize,
}

impl Row<'_> {
    /// Returns the row as if its cells stood `shift` columns to the right of where they belong.
    pub(super) fn shifted(&self, shift: isize) -> Row<'_> {
        Row { number: self.number, header: self.header, cells: Cow::Borrowed(&self.cells), shift }
    }

    pub(super) fn place(&self) -> Place {
        Place::new(At::Row(self.number))
    }

    /// Returns the cell of the column `name`, `None` where it is empty or says that it is.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let column = self.header.iter().position(|known| known == name)?;
        let column = usize::try_from(column as isize + self.shift).ok()?;
        self.cells
            .get(column)
            .map(|cell| cell.trim())
            .filter(|cell| !matches!(*cell, "" | "nan" | "NaN" | "None" | "null"))
    }

    /// Returns the words of a cell with the white space they have.
    pub(super) fn words(&self, name: &str) -> Option<&str> {
        let column = self.header.iter().position(|known| known == name)?;
        let column = usize::try_from(column as isize + self.shift).ok()?;
        self.cells.get(column).map(String::as_str)
    }

    /// Returns the column of the first cell for which `is` holds.
    pub(super) fn find(&self, is: impl Fn(&str) -> bool) -> Option<usize> {
        self.cells.iter().position(|cell| is(cell))
    }

    /// Returns where the column `name` should stand.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }

    /// Returns the cell at `column`, wherever it belongs.
    pub(super) fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// Returns how many cells the row has, and how many it should have.
    pub(super) fn width(&self) -> (usize, usize) {
        (self.cells.len(), self.header.len())
    }

    /// Returns a count, also where the table wrote `4.0` for 4.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        let cell = self.get(name)?;
        let whole = cell
            .split_once('.')
            .map_or(cell, |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { cell });
        whole.parse().ok()
    }

    /// Returns an id: digits that have not passed through a float.
    pub(super) fn id(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|cell| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit()))
    }
}

/// Calls `each` for every row, in order. Rows that are no rows are told.
pub(super) fn rows(
    input: &Input<'_>,
    out: &mut Out<'_>,
    each: impl FnMut(&Row<'_>, &mut Out<'_>),
) -> Result<(), Refused> {
    rows_behind(input, out, |_| true, each)
}

/// Does the same where the header is the first row for which `is_header` holds; what stands before it is no row.
pub(super) fn rows_behind(
    input: &Input<'_>,
    out: &mut Out<'_>,
    is_header: impl Fn(&[String]) -> bool,
    mut each: impl FnMut(&Row<'_>, &mut Out<'_>),
) -> Result<(), Refused> {
    let mut reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let mut first = [0; 16 << 10];
    let got = read_some(&mut reader, &mut first)?;
    let line = text::decode(&first[..got]).into_owned();
    let mut lines = line.lines();
    let mut top = lines.next().unwrap_or_default();
    let says_separator = is_separator(top);
    if says_separator {
        top = lines.next().unwrap_or_default();
    }
    let delimiter = delimiter(top).unwrap_or(b',');
    let mut windows_1252 = None;
    let reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let mut table =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(reader);
    let mut record = ByteRecord::new();
    let mut header: Vec<String> = Vec::new();
    let mut number = 0;
    loop {
        match table.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                out.trouble(
                    Trouble::new(
                        "csv.broken",
                        Severity::Invalid,
                        format!("The table breaks off behind row {number}: {error}."),
                        "Make the export again.",
                    )
                    .at(Place::new(At::Row(number))),
                );
                break;
            }
        }
        // The encoding is decided once, for the file: a cell that begins with the mark of UTF-16 is no text of its own.
        let is_broken = record.iter().any(|cell| std::str::from_utf8(cell).is_err());
        if is_broken && windows_1252.is_none() {
            let is_old = is_windows_1252(input)?;
            if is_old {
                out.trouble(text::is_windows_1252());
            }
            windows_1252 = Some(is_old);
        }
        let is_old = is_broken && windows_1252 == Some(true);
        let cell = |bytes: &[u8]| {
            if is_old { text::windows_1252(bytes) } else { String::from_utf8_lossy(bytes).into_owned() }
        };
        if header.is_empty() {
            let bare = |bytes: &[u8]| cell(bytes).trim_start_matches('\u{FEFF}').trim().to_owned();
            let cells: Vec<String> = record.iter().map(bare).collect();
            let is_first = record.position().is_none_or(|at| at.byte() == 0);
            if !(says_separator && is_first) && is_header(&cells) {
                header = cells;
            }
            continue;
        }
        number += 1;
        if is_broken && !is_old {
            out.trouble(text::not_utf8(Place::new(At::Row(number))));
        }
        let cells = record.iter().map(cell).collect();
        each(&Row { number, header: &header, cells, shift: 0 }, out);
    }
    if header.is_empty() {
        return Err(Refused::new(
            "csv.no_table",
            "The file should be a table and has not even a header.",
            "Look whether the export was finished, and import it again.",
        ));
    }
    Ok(())
}

/// Looks at the whole table for how its letters are written.
fn is_windows_1252(input: &Input<'_>) -> Result<bool, Refused> {
    let mut reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let mut old = text::Old::default();
    let mut piece = vec![0; 64 << 10];
    loop {
        match reader.read(&mut piece).map_err(|error| Refused::unreadable(&error))? {
            0 => return Ok(old.is_windows_1252()),
            read => old.look(&piece[..read]),
        }
    }
}

fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> Result<usize, Refused> {
    let mut got = 0;
    while got < buffer.len() {
        match reader.read(&mut buffer[got..]).map_err(|error| Refused::unreadable(&error))? {
            0 => break,
            more => got += more,
        }
    }
    Ok(got)
}
