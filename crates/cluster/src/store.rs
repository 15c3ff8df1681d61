//! Actions as integers in Parquet, names beside them: what every engine reads.
//!
//! ```text
//! STORE/
//!   actions/part-00000.parquet …   account, object, content, time_ms, kind, views: 64-bit integers, none missing
//!   accounts.parquet               account, name: numbered in the byte order of names, from 0
//!   objects.parquet                object, name
//!   sql/together.sql …             the questions, for whoever prefers another engine
//! ```
//!
//! `content` is a 64-bit fingerprint of the post's id, compared within one thing only. `kind` is 0 where the account acted on
//! the thing, 1 where it demonstrably saw a correction of it. `views` is the number a capture shows, or -1.

use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use datafusion::arrow::array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::basic::Compression;
use datafusion::parquet::file::properties::WriterProperties;
use network::together::{self, Columns, Wanted};
use values::Trouble;

use crate::plain::{ACTED, NOTICED};

/// The columns of an action, in order.
pub const COLUMNS: [&str; 6] = ["account", "object", "content", "time_ms", "kind", "views"];
/// Rows of one file: enough to spread over machines, few enough to hold in memory.
const PART: usize = 4 << 20;

/// One action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The account's number.
    pub account: i64,
    /// The thing's number.
    pub object: i64,
    /// A fingerprint of the post.
    pub content: i64,
    /// Milliseconds since the Unix epoch.
    pub time_ms: i64,
    /// 0 acted, 1 saw a correction.
    pub kind: i64,
    /// Views shown by the capture; -1 where none are.
    pub views: i64,
}

/// A folder of actions.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Takes a folder that [`Store::create`] wrote.
    ///
    /// Errors where it holds no actions.
    pub fn open(folder: &Path) -> Result<Self> {
        if !folder.join("actions").is_dir() {
            bail!(
                "“{}” holds no actions. Write them there first: redress-cluster write ACTIONS.csv --out {}",
                folder.display(),
                folder.display()
            );
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes a new folder.
    ///
    /// Errors where `folder` is there already, and where the disk refuses; a folder half written is taken away again.
    pub fn create(
        folder: &Path,
        rows: impl Iterator<Item = Row>,
        accounts: &[&str],
        objects: &[&str],
    ) -> Result<Self> {
        if folder.exists() {
            bail!("“{}” is there already. Name a new folder.", folder.display());
        }
        let written = write(folder, rows, accounts, objects);
        if written.is_err() {
            // The first error is the one to tell.
            let _best_effort = fs::remove_dir_all(folder);
        }
        written?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Returns the folder of the actions' files, for an engine that reads on another machine: the same path must lead to the
    /// same files there.
    pub fn actions(&self) -> PathBuf {
        self.folder.join("actions")
    }

    /// Returns the names of the accounts by number.
    pub fn accounts(&self) -> Result<Vec<String>> {
        names(&self.folder.join("accounts.parquet"))
    }

    /// Returns the names of the things by number.
    pub fn objects(&self) -> Result<Vec<String>> {
        names(&self.folder.join("objects.parquet"))
    }
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// Actions.
    pub rows: u64,
    /// Accounts.
    pub accounts: u64,
    /// Things.
    pub objects: u64,
    /// What could not be read; those rows are left out.
    pub troubles: Vec<Trouble>,
}

/// Reads `actions` (CSV or Parquet, columns as `redress together` reads them; `renamed` gives other names) and writes them to
/// the new folder `out`.
///
/// A column `action` that says `notice` marks a row in which the account demonstrably saw a correction of the thing; every
/// other word, and no such column, is an action. A column `views` holds the number a capture shows. Both are read from CSV.
pub fn write_actions(actions: &Path, renamed: Option<&str>, out: &Path) -> Result<Written> {
    let columns = match renamed {
        Some(pairs) => Columns::renamed(pairs).map_err(anyhow::Error::msg)?,
        None => Columns::coortweet(),
    };
    let wanted = Wanted { columns: &columns, kinds: &[] };
    let told = || format!("“{}” cannot be read", actions.display());
    let mut begins = [0; 4];
    let whole = File::open(actions).with_context(told)?.read(&mut begins).with_context(told)? == begins.len();
    let file = File::open(actions).with_context(told)?;
    let (table, more) = if whole && &begins == b"PAR1" {
        (together::read_parquet(file, &wanted).with_context(told)?, Vec::new())
    } else {
        let table = together::read_csv(BufReader::new(file), &wanted).with_context(told)?;
        (table, kinds_and_views(actions, &columns.action).with_context(told)?)
    };
    let of_row = |row: usize| more.get(row).copied().unwrap_or((ACTED, -1));
    let rows = (0..table.actions.rows()).filter_map(|row| {
        let numbers = table.actions.numbers(row)?;
        let (kind, views) = of_row(row);
        Some(Row {
            account: i64::from(numbers.account),
            object: i64::from(numbers.object),
            content: numbers.content.cast_signed(),
            time_ms: numbers.millis,
            kind,
            views,
        })
    });
    let name = |number: usize| number as u32;
    let accounts: Vec<&str> =
        (0..table.actions.accounts()).map(|n| table.actions.account_name(name(n))).collect();
    let objects: Vec<&str> =
        (0..table.actions.objects()).map(|n| table.actions.object_name(name(n))).collect();
    let count = rows.clone().count() as u64;
    Store::create(out, rows, &accounts, &objects)?;
    Ok(Written {
        rows: count,
        accounts: accounts.len() as u64,
        objects: objects.len() as u64,
        troubles: table.troubles,
    })
}

/// Reads kind and views of each row of a CSV; nothing where it has neither column.
fn kinds_and_views(path: &Path, action: &str) -> Result<Vec<(i64, i64)>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let headers = reader.byte_headers()?.clone();
    let find = |name: &str| headers.iter().position(|cell| cell.trim_ascii() == name.as_bytes());
    let (action, views) = (find(action), find("views"));
    if action.is_none() && views.is_none() {
        return Ok(Vec::new());
    }
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let cell =
            |column: Option<usize>| column.and_then(|column| record.get(column)).map(<[u8]>::trim_ascii);
        let kind = if cell(action).is_some_and(|word| word.eq_ignore_ascii_case(b"notice")) {
            NOTICED
        } else {
            ACTED
        };
        // A number that cannot be read is not shown, which is what -1 says.
        let views = cell(views)
            .and_then(|cell| std::str::from_utf8(cell).ok()?.parse::<i64>().ok())
            .filter(|views| *views >= 0)
            .unwrap_or(-1);
        rows.push((kind, views));
    }
    Ok(rows)
}

fn write(folder: &Path, rows: impl Iterator<Item = Row>, accounts: &[&str], objects: &[&str]) -> Result<()> {
    let parts = folder.join("actions");
    fs::create_dir_all(&parts).with_context(|| format!("“{}” cannot be made", parts.display()))?;
    let schema = Arc::new(Schema::new(COLUMNS.map(|name| Field::new(name, DataType::Int64, false)).to_vec()));
    let mut rows = rows.peekable();
    let mut part = 0;
    // An empty table still needs a file, so that its columns are known.
    while part == 0 || rows.peek().is_some() {
        let mut columns: [Vec<i64>; 6] = Default::default();
        for row in rows.by_ref().take(PART) {
            let values = [row.account, row.object, row.content, row.time_ms, row.kind, row.views];
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
        let columns = columns.map(|column| Arc::new(Int64Array::from(column)) as ArrayRef).to_vec();
        file(
            &parts.join(format!("part-{part:05}.parquet")),
            &RecordBatch::try_new(schema.clone(), columns)?,
        )?;
        part += 1;
    }
    for (name, of, list) in
        [("accounts.parquet", "account", accounts), ("objects.parquet", "object", objects)]
    {
        let schema = Schema::new(vec![
            Field::new(of, DataType::Int64, false),
            Field::new("name", DataType::Utf8, false),
        ]);
        let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(0..list.len() as i64));
        let names: ArrayRef = Arc::new(StringArray::from_iter_values(list));
        file(&folder.join(name), &RecordBatch::try_new(Arc::new(schema), vec![numbers, names])?)?;
    }
    Ok(())
}

fn file(path: &Path, batch: &RecordBatch) -> Result<()> {
    let told = || format!("“{}” cannot be written", path.display());
    let properties = WriterProperties::builder().set_compression(Compression::UNCOMPRESSED).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).with_context(told)?, batch.schema(), Some(properties))?;
    writer.write(batch).with_context(told)?;
    writer.close().with_context(told)?;
    Ok(())
}

fn names(path: &Path) -> Result<Vec<String>> {
    let told = || format!("“{}” cannot be read; write the folder again", path.display());
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).with_context(told)?)
        .and_then(|builder| builder.build())
        .with_context(told)?;
    let mut names = Vec::new();
    for batch in reader {
        let batch = batch?;
        let column =
            batch.column_by_name("name").and_then(|column| column.as_any().downcast_ref::<StringArray>());
        let Some(column) = column else {
            bail!("“{}” holds no names; write the folder again", path.display())
        };
        names.extend(column.iter().map(|name| name.unwrap_or_default().to_owned()));
    }
    Ok(names)
}
