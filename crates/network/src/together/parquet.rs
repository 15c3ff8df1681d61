//! Actions and edges as Parquet, written without Arrow. The layout is described in `docs/formats/actions.md`.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::{Actions, Edge, Kind};

/// Rows of a row group: what is held before it is written.
const ROWS: usize = 1 << 18;

const ACTIONS: &str = "message actions {
    REQUIRED BYTE_ARRAY account_id (UTF8);
    REQUIRED BYTE_ARRAY action (UTF8);
    REQUIRED BYTE_ARRAY object_id (UTF8);
    REQUIRED BYTE_ARRAY content_id (UTF8);
    REQUIRED INT64 time_ms;
}";

const EDGES: &str = "message edges {
    REQUIRED BYTE_ARRAY account_a (UTF8);
    REQUIRED BYTE_ARRAY account_b (UTF8);
    REQUIRED INT64 weight;
    REQUIRED INT64 objects;
    REQUIRED DOUBLE mean_delta_s;
    OPTIONAL DOUBLE chance;
    OPTIONAL DOUBLE expected;
    REQUIRED INT64 posts_a;
    REQUIRED INT64 posts_b;
    REQUIRED INT64 a_first;
    REQUIRED INT64 b_first;
    REQUIRED DOUBLE rarity;
}";

/// An action as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow<'a> {
    /// The account that acted.
    pub account: &'a str,
    /// What it did.
    pub action: Kind,
    /// The thing acted on.
    pub object: &'a str,
    /// The post it was done with; empty where it has no id.
    pub content: &'a str,
    /// Milliseconds since the Unix epoch.
    pub millis: i64,
}

/// Writes actions in redress's own layout, row group by row group.
pub struct ActionsFile<W: Write + Send> {
    file: SerializedFileWriter<W>,
    text: [Vec<ByteArray>; 4],
    millis: Vec<i64>,
}

impl<W: Write + Send> ActionsFile<W> {
    /// Begins a file.
    pub fn new(to: W) -> std::io::Result<Self> {
        Ok(Self { file: begin(ACTIONS, to).map_err(failed)?, text: Default::default(), millis: Vec::new() })
    }

    /// Adds a row.
    pub fn push(&mut self, row: &ActionRow) -> std::io::Result<()> {
        let [account, action, object, content] = &mut self.text;
        account.push(row.account.into());
        action.push(row.action.word().into());
        object.push(row.object.into());
        content.push(row.content.into());
        self.millis.push(row.millis);
        if self.millis.len() == ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> std::io::Result<()> {
        let mut group = self.file.next_row_group().map_err(failed)?;
        for column in &mut self.text {
            put::<ByteArrayType, W>(&mut group, column, None).map_err(failed)?;
            column.clear();
        }
        put::<Int64Type, W>(&mut group, &self.millis, None).map_err(failed)?;
        self.millis.clear();
        group.close().map(drop).map_err(failed)
    }

    /// Ends the file; without this it cannot be read.
    pub fn finish(mut self) -> std::io::Result<()> {
        if !self.millis.is_empty() {
            self.write()?;
        }
        self.file.close().map(drop).map_err(failed)
    }
}

/// Writes edges as Parquet, row group by row group.
pub struct ParquetEdges<'a, W: Write + Send> {
    actions: &'a Actions,
    nearer: usize,
    file: SerializedFileWriter<W>,
    held: Vec<Edge>,
}

impl<'a, W: Write + Send> ParquetEdges<'a, W> {
    /// Begins a file; `nearer` are the names of the shorter windows, a column `within_NAME` each.
    pub fn new(actions: &'a Actions, nearer: &[String], to: W) -> std::io::Result<Self> {
        let further: String = nearer.iter().map(|name| format!("REQUIRED INT64 within_{name};\n")).collect();
        let schema = EDGES.replace("rarity;\n", &format!("rarity;\n{further}"));
        Ok(Self {
            actions,
            nearer: nearer.len(),
            file: begin(&schema, to).map_err(failed)?,
            held: Vec::new(),
        })
    }

    /// Adds an edge.
    pub fn write(&mut self, edge: &Edge) -> std::io::Result<()> {
        self.held.push(*edge);
        if self.held.len() == ROWS { self.send().map_err(failed) } else { Ok(()) }
    }

    fn send(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let edges = &self.held;
        for account in [|edge: &Edge| edge.a, |edge: &Edge| edge.b] {
            let names: Vec<ByteArray> =
                edges.iter().map(|edge| self.actions.account_name(account(edge)).into()).collect();
            put::<ByteArrayType, W>(&mut group, &names, None)?;
        }
        let counts =
            |count: &dyn Fn(&Edge) -> u64| edges.iter().map(|edge| whole(count(edge))).collect::<Vec<i64>>();
        put::<Int64Type, W>(&mut group, &counts(&|edge| edge.weight), None)?;
        put::<Int64Type, W>(&mut group, &counts(&|edge| u64::from(edge.objects)), None)?;
        put::<DoubleType, W>(&mut group, &edges.iter().map(Edge::mean_delta_s).collect::<Vec<_>>(), None)?;
        for known in [|edge: &Edge| edge.chance, |edge: &Edge| edge.expected] {
            let values: Vec<f64> = edges.iter().filter_map(known).collect();
            let levels: Vec<i16> = edges.iter().map(|edge| i16::from(known(edge).is_some())).collect();
            put::<DoubleType, W>(&mut group, &values, Some(&levels))?;
        }
        for count in [
            |edge: &Edge| edge.posts_a,
            |edge: &Edge| edge.posts_b,
            |edge: &Edge| edge.a_first,
            |edge: &Edge| edge.b_first,
        ] {
            put::<Int64Type, W>(&mut group, &counts(&count), None)?;
        }
        put::<DoubleType, W>(&mut group, &edges.iter().map(|edge| edge.rarity).collect::<Vec<_>>(), None)?;
        for number in 0..self.nearer {
            put::<Int64Type, W>(&mut group, &counts(&|edge| edge.nearer[number]), None)?;
        }
        group.close()?;
        self.held.clear();
        Ok(())
    }

    /// Ends the file; without this it cannot be read.
    pub fn finish(mut self) -> std::io::Result<()> {
        if !self.held.is_empty() {
            self.send().map_err(failed)?;
        }
        self.file.close().map(drop).map_err(failed)
    }
}

pub(crate) fn begin<W: Write + Send>(schema: &str, to: W) -> Result<SerializedFileWriter<W>> {
    let schema = Arc::new(parse_message_type(schema)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(concat!("redress ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    SerializedFileWriter::new(to, schema, Arc::new(properties))
}

/// Writes the next column of a row group.
pub(crate) fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<()> {
    let mut column = group.next_column()?.ok_or_else(|| ParquetError::General("no such column".into()))?;
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

pub(crate) fn failed(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(inner) => *inner,
            Err(inner) => std::io::Error::other(inner),
        },
        other => std::io::Error::other(other),
    }
}
