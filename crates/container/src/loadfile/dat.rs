//! Concordance DAT: rows of fields between thorns (þ), divided by U+0014, with ® for a line end inside a field.

use std::collections::BTreeSet;

use values::{At, Place, Severity, Trouble};

use super::{NEXT, bates};
use crate::judgement::Troubles;

const QUOTE: char = 'þ';
const DIVIDER: char = '\u{14}';
const LINE_END: char = '®';

/// A table as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the fields.
    pub header: Vec<String>,
    /// The rows, with ® turned into a line end; rows with a wrong number of fields too.
    pub rows: Vec<Vec<String>>,
}

/// Reads a DAT.
pub fn read(text: &str, troubles: &mut Troubles) -> Table {
    let mut rows = Rows { rest: text, raw_line_end: false };
    let mut table = Table { header: rows.next_row().unwrap_or_default(), rows: Vec::new() };
    let mut push = |code, severity, row: u64, what: String| {
        troubles.push(Trouble::new(code, severity, what, NEXT).at(Place::new(At::Row(row))));
    };
    let names: BTreeSet<String> = table.header.iter().map(|name| name.to_uppercase()).collect();
    if names.len() != table.header.len() || names.contains("") {
        push(
            "dat.header",
            Severity::Invalid,
            0,
            "Two fields of the header have one name, or one has none.".into(),
        );
    }
    let column = |name: &str| table.header.iter().position(|field| field.eq_ignore_ascii_case(name));
    let (begin, end, pages) = (column("BEGBATES"), column("ENDBATES"), column("PAGECOUNT"));
    let mut numbers = BTreeSet::new();
    let mut row_number = 0;
    loop {
        rows.raw_line_end = false;
        let Some(row) = rows.next_row() else { break };
        row_number += 1;
        if rows.raw_line_end {
            let what =
                "A field holds a bare line end instead of ®; importers that read line by line break here.";
            push("dat.raw_newline", Severity::Warn, row_number, what.into());
        }
        if row.len() != table.header.len() {
            let what = format!("The row has {} fields and the header {}.", row.len(), table.header.len());
            push("dat.field_count", Severity::Invalid, row_number, what);
        } else if let Some(begin) = begin {
            if !row[begin].is_empty() && !numbers.insert(row[begin].clone()) {
                push(
                    "dat.duplicate_key",
                    Severity::Invalid,
                    row_number,
                    "This Bates number was given before.".into(),
                );
            }
            let field = |at: Option<usize>| at.map(|at| row[at].as_str());
            if let Some(what) = range(&row[begin], field(end), field(pages)) {
                push("dat.bates_range", Severity::Warn, row_number, what);
            }
        }
        table.rows.push(row);
    }
    if table.rows.is_empty() {
        push("dat.no_rows", Severity::Warn, 0, "The load file has a header and no rows.".into());
    }
    table
}

/// Returns what does not fit between first number, last number and page count.
fn range(begin: &str, end: Option<&str>, pages: Option<&str>) -> Option<String> {
    let ((prefix, first), (other, last)) = (bates(begin)?, bates(end?)?);
    if prefix != other || last < first {
        return Some(format!("The Bates numbers {begin} to {} are no range.", end?));
    }
    let pages: u64 = pages?.parse().ok()?;
    let stated = end?;
    (pages != last - first + 1).then(|| format!("{begin} to {stated} are not {pages} pages."))
}

struct Rows<'t> {
    rest: &'t str,
    raw_line_end: bool,
}

impl Rows<'_> {
    /// Reads a row; `None` at the end.
    fn next_row(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            match self.rest.strip_prefix(DIVIDER) {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        self.rest = self
            .rest
            .strip_prefix("\r\n")
            .or_else(|| self.rest.strip_prefix(['\n', '\r']))
            .unwrap_or(self.rest);
        Some(fields)
    }

    /// Reads a field up to the divider or line end that follows it.
    fn field(&mut self) -> String {
        let Some(quoted) = self.rest.strip_prefix(QUOTE) else {
            let end = self.rest.find([DIVIDER, '\r', '\n']).unwrap_or(self.rest.len());
            return self.cut(end, 0);
        };
        self.rest = quoted;
        // A thorn ends the field only before a divider, a line end or the end; names are written with it.
        let ends = |at: usize| {
            let after = &self.rest[at + QUOTE.len_utf8()..];
            after.is_empty() || after.starts_with([DIVIDER, '\r', '\n'])
        };
        let end = self.rest.match_indices(QUOTE).map(|(at, _)| at).find(|at| ends(*at));
        match end {
            Some(end) => {
                let raw = &self.rest[..end];
                self.raw_line_end |= raw.contains(['\r', '\n']);
                self.cut(end, QUOTE.len_utf8())
            }
            None => {
                let end = self.rest.find(['\r', '\n']).unwrap_or(self.rest.len());
                self.cut(end, 0)
            }
        }
    }

    fn cut(&mut self, end: usize, skip: usize) -> String {
        let field = self.rest[..end].replace(LINE_END, "\n");
        self.rest = &self.rest[end + skip..];
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rows: &[&[&str]], code: &str) {
        let mut troubles = Troubles::new(10);
        let table = read(text, &mut troubles);
        assert_eq!(table.rows, rows, "{text:?}");
        let judgement = troubles.judge(crate::Format::Dat, None);
        assert_eq!(judgement.code(), code, "{text:?}");
    }

    #[test]
    fn rows_and_their_faults() {
        let two = |row: &str| format!("þAþ\u{14}þBþ\r\n{row}");
        check(&two("þ1þ\u{14}þx®yþ\r\n"), &[&["1", "x\ny"]], "ok");
        check(&two("þ1þ\u{14}þÞórþur\u{fe}sonþ"), &[&["1", "Þórþurþson"]], "ok");
        check(&two("1\u{14}2\n3\u{14}4\n"), &[&["1", "2"], &["3", "4"]], "ok");
        check(&two("þ1þ\u{14}þx\nyþ\r\n"), &[&["1", "x\ny"]], "dat.raw_newline");
        check(&two("þ1þ\u{14}þxþ\u{14}þyþ\r\n"), &[&["1", "x", "y"]], "dat.field_count");
        check(&two("þ1þ\r\n"), &[&["1"]], "dat.field_count");
        check(&two(""), &[], "dat.no_rows");
        check("þAþ\u{14}þaþ\r\nþ1þ\u{14}þ2þ", &[&["1", "2"]], "dat.header");
        let range = |end: &str, pages: &str| {
            format!("þBEGBATESþ\u{14}þENDBATESþ\u{14}þPAGECOUNTþ\r\nþR-1þ\u{14}þ{end}þ\u{14}þ{pages}þ")
        };
        check(&range("R-3", "3"), &[&["R-1", "R-3", "3"]], "ok");
        check(&range("R-3", "2"), &[&["R-1", "R-3", "2"]], "dat.bates_range");
        check(&range("Q-3", "3"), &[&["R-1", "Q-3", "3"]], "dat.bates_range");
    }
}
