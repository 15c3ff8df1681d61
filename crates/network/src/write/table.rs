//! A table by columns, written as CSV or as Parquet with the same names in the same order.

use std::io::Write;

use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};

use crate::together::parquet::{begin, failed, put};

/// A table. Every column has as many cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its name: that of the file, without what says its form.
    pub name: &'static str,
    columns: Vec<(&'static str, Cells)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Cells {
    Text(Vec<String>),
    /// Whole numbers; one that is not known is an empty cell, in Parquet a null.
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Yes(Vec<bool>),
}

impl Table {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, columns: Vec::new() }
    }

    pub(super) fn text(
        mut self,
        name: &'static str,
        cells: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.columns.push((name, Cells::Text(cells.into_iter().map(Into::into).collect())));
        self
    }

    pub(super) fn whole(mut self, name: &'static str, cells: impl IntoIterator<Item = i64>) -> Self {
        self.columns.push((name, Cells::Whole(cells.into_iter().map(Some).collect())));
        self
    }

    /// Adds counts; one that no 64-bit number with a sign holds stands as the largest.
    pub(super) fn count(mut self, name: &'static str, cells: impl IntoIterator<Item = Option<u64>>) -> Self {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.columns.push((name, Cells::Whole(cells.into_iter().map(|count| count.map(whole)).collect())));
        self
    }

    pub(super) fn number(mut self, name: &'static str, cells: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.columns.push((name, Cells::Number(cells.into_iter().collect())));
        self
    }

    pub(super) fn yes(mut self, name: &'static str, cells: impl IntoIterator<Item = bool>) -> Self {
        self.columns.push((name, Cells::Yes(cells.into_iter().collect())));
        self
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| match cells {
            Cells::Text(cells) => cells.len(),
            Cells::Whole(cells) => cells.len(),
            Cells::Number(cells) => cells.len(),
            Cells::Yes(cells) => cells.len(),
        })
    }

    /// Writes the table as CSV (RFC 4180, UTF-8), the names of the columns first.
    pub fn csv(&self, to: impl Write) -> csv::Result<()> {
        let mut out = csv::Writer::from_writer(to);
        out.write_record(self.columns.iter().map(|(name, _)| name))?;
        for row in 0..self.rows() {
            for (_, cells) in &self.columns {
                match cells {
                    Cells::Text(cells) => out.write_field(&cells[row])?,
                    Cells::Whole(cells) => {
                        out.write_field(cells[row].map(|cell| cell.to_string()).unwrap_or_default())?;
                    }
                    Cells::Number(cells) => {
                        out.write_field(cells[row].map(|cell| cell.to_string()).unwrap_or_default())?;
                    }
                    Cells::Yes(cells) => out.write_field(cells[row].to_string())?,
                }
            }
            out.write_record(None::<&[u8]>)?;
        }
        Ok(out.flush()?)
    }

    /// Writes the table as Parquet, compressed with Zstandard, in one row group: a map is what fits on a screen and a desk.
    pub fn parquet(&self, to: impl Write + Send) -> std::io::Result<()> {
        let mut schema = format!("message {} {{\n", self.name.replace('-', "_"));
        for (name, cells) in &self.columns {
            schema += &match cells {
                Cells::Text(_) => format!("REQUIRED BYTE_ARRAY {name} (UTF8);\n"),
                Cells::Whole(_) => format!("OPTIONAL INT64 {name};\n"),
                Cells::Number(_) => format!("OPTIONAL DOUBLE {name};\n"),
                Cells::Yes(_) => format!("REQUIRED BOOLEAN {name};\n"),
            };
        }
        schema.push('}');
        let mut file = begin(&schema, to).map_err(failed)?;
        if self.rows() > 0 {
            let mut group = file.next_row_group().map_err(failed)?;
            for (_, cells) in &self.columns {
                match cells {
                    Cells::Text(cells) => {
                        let cells: Vec<ByteArray> = cells.iter().map(|cell| cell.as_str().into()).collect();
                        put::<ByteArrayType, _>(&mut group, &cells, None)
                    }
                    Cells::Whole(cells) => {
                        let known: Vec<i64> = cells.iter().flatten().copied().collect();
                        put::<Int64Type, _>(&mut group, &known, Some(&levels(cells)))
                    }
                    Cells::Number(cells) => {
                        let known: Vec<f64> = cells.iter().flatten().copied().collect();
                        put::<DoubleType, _>(&mut group, &known, Some(&levels(cells)))
                    }
                    Cells::Yes(cells) => put::<BoolType, _>(&mut group, cells, None),
                }
                .map_err(failed)?;
            }
            group.close().map_err(failed)?;
        }
        file.close().map(drop).map_err(failed)
    }
}

/// Returns for each cell whether it holds something, as Parquet counts that.
fn levels<T>(cells: &[Option<T>]) -> Vec<i16> {
    cells.iter().map(|cell| i16::from(cell.is_some())).collect()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;

    use super::Table;

    #[test]
    fn both_forms_hold_the_same_rows() {
        let table = Table::new("some-rows")
            .text("what", ["a,\"b\"", ""])
            .whole("seconds", [-5, 7])
            .count("views", [None, Some(u64::MAX)])
            .number("rate", [Some(0.25), None])
            .yes("added", [true, false]);
        let mut csv = Vec::new();
        table.csv(&mut csv).expect("to memory");
        assert_eq!(
            String::from_utf8(csv).expect("UTF-8"),
            "what,seconds,views,rate,added\n\"a,\"\"b\"\"\",-5,,0.25,true\n,7,9223372036854775807,,false\n"
        );
        let mut bytes = Vec::new();
        table.parquet(&mut bytes).expect("to memory");
        let read = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("Parquet");
        let rows: Vec<Vec<(String, Field)>> = read
            .get_row_iter(None)
            .expect("rows")
            .map(|row| {
                row.expect("a row")
                    .get_column_iter()
                    .map(|(name, field)| (name.clone(), field.clone()))
                    .collect()
            })
            .collect();
        let row = |what: &str, seconds, views, rate, added| {
            vec![
                ("what".to_owned(), Field::Str(what.to_owned())),
                ("seconds".to_owned(), Field::Long(seconds)),
                ("views".to_owned(), views),
                ("rate".to_owned(), rate),
                ("added".to_owned(), Field::Bool(added)),
            ]
        };
        assert_eq!(
            rows,
            [
                row("a,\"b\"", -5, Field::Null, Field::Double(0.25), true),
                row("", 7, Field::Long(i64::MAX), Field::Null, false),
            ]
        );
        let mut empty = Vec::new();
        Table::new("none").text("what", [""; 0]).parquet(&mut empty).expect("to memory");
        let read = SerializedFileReader::new(bytes::Bytes::from(empty)).expect("Parquet");
        assert_eq!(read.metadata().file_metadata().num_rows(), 0);
    }
}
