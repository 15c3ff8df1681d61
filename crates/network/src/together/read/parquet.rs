//! Actions from Parquet, row group by row group, some rows at a time.
//!
//! Only the columns asked for are read. The layout redress itself writes is described in `docs/formats/actions.md`; columns of
//! other names and of every type that can hold an id or a time exactly are read as well.

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};

use super::cells::{Cells, form_of_ids, form_of_times};
use super::{Gather, ReadError, Table, Wanted};

/// Rows taken at once.
const ROWS: usize = 4096;

impl From<ParquetError> for ReadError {
    fn from(error: ParquetError) -> Self {
        Self::Parquet(match error {
            ParquetError::General(words) | ParquetError::NYI(words) | ParquetError::EOF(words) => words,
            other => other.to_string(),
        })
    }
}

/// Reads actions from the bytes of a Parquet file; see [`read_parquet`].
pub fn read_parquet_bytes(input: Vec<u8>, wanted: &Wanted) -> Result<Table, ReadError> {
    read_parquet(bytes::Bytes::from(input), wanted)
}

/// The name of the thread Parquet is decoded on. A program that tells of panics should keep silent about those of this thread:
/// they are returned as [`ReadError::Parquet`].
pub const PARQUET_THREAD: &str = "parquet";

/// Reads actions from a Parquet file.
///
/// Errors where a column is missing or cannot hold what it should, and where the file is damaged; a bad row is a trouble.
pub fn read_parquet(input: impl ChunkReader + 'static, wanted: &Wanted) -> Result<Table, ReadError> {
    // The decoder panics on some damaged pages (a byte changed in a dictionary is enough). On a thread of its own that ends
    // the reading and nothing else.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(PARQUET_THREAD.to_owned());
        let reading = thread.spawn_scoped(scope, || decoded(input, wanted));
        let reading = reading.map_err(|error| ReadError::Parquet(error.to_string()))?;
        reading.join().unwrap_or_else(|_| Err(ReadError::Parquet("its pages are damaged".into())))
    })
}

fn decoded(input: impl ChunkReader + 'static, wanted: &Wanted) -> Result<Table, ReadError> {
    let file = SerializedFileReader::new(input)?;
    let schema = file.metadata().file_metadata().schema_descr_ptr();
    let find = |name: &str| schema.columns().iter().position(|column| column.path().string() == name);
    let column = |wanted: &str, ours| {
        find(wanted).ok_or_else(|| ReadError::NoColumn {
            wanted: wanted.to_owned(),
            ours,
            found: schema
                .columns()
                .iter()
                .map(|column| column.path().string())
                .collect::<Vec<_>>()
                .join(", "),
        })
    };
    let names = wanted.columns;
    let mut columns = vec![
        column(&names.account, "account_id")?,
        column(&names.object, "object_id")?,
        column(&names.content, "content_id")?,
    ];
    let (time, in_millis) = match (find(&names.time), find(super::TIME_MS)) {
        (None, Some(time)) => (time, true),
        _ => (column(&names.time, "timestamp_share")?, false),
    };
    columns.push(time);
    match wanted.kinds {
        [] => {}
        [_] => columns.extend(find(&names.action)),
        _ => columns.push(column(&names.action, "action")?),
    }
    let mut forms = Vec::with_capacity(columns.len());
    for (place, at) in columns.iter().enumerate() {
        let column = schema.column(*at);
        forms.push(if place == 3 { form_of_times(&column, in_millis)? } else { form_of_ids(&column)? });
    }
    let mut gather = Gather::new(wanted.kinds, columns.len() > 4);
    for number in 0..file.num_row_groups() {
        let group = file.get_row_group(number)?;
        let mut cells = Vec::with_capacity(columns.len());
        for (at, form) in columns.iter().zip(&forms) {
            cells.push(Cells::new(group.get_column_reader(*at)?, *form, &schema.column(*at))?);
        }
        read_group(&mut cells, &mut gather)?;
    }
    Ok(gather.finish())
}

fn read_group(cells: &mut [Cells], gather: &mut Gather) -> Result<(), ReadError> {
    let mut scratch: [String; 4] = Default::default();
    loop {
        let mut rows = None;
        for cells in cells.iter_mut() {
            let filled = cells.fill(ROWS)?;
            if *rows.get_or_insert(filled) != filled {
                return Err(ReadError::Parquet("its columns hold different numbers of rows".into()));
            }
        }
        let rows = rows.unwrap_or(0);
        for _ in 0..rows {
            let mut at = [None; 5];
            for (at, cells) in at.iter_mut().zip(cells.iter_mut()) {
                *at = cells.next();
            }
            add(cells, at, gather, &mut scratch)?;
        }
        if rows < ROWS {
            return Ok(());
        }
    }
}

fn add(
    cells: &[Cells],
    at: [Option<usize>; 5],
    gather: &mut Gather,
    scratch: &mut [String; 4],
) -> Result<(), ReadError> {
    let [one, two, three, four] = scratch;
    // A missing id is an empty one: nothing is counted on it. A missing post is a post without an id.
    let account = at[0].map_or(Some(""), |at| cells[0].text(at, one));
    let object = at[1].map_or(Some(""), |at| cells[1].text(at, two));
    let content = at[2].map_or(Some(""), |at| cells[2].text(at, three));
    let (Some(account), Some(object), Some(content)) = (account, object, content) else {
        return Ok(gather.bad("actions.not_utf8", "holds bytes that are not UTF-8")?);
    };
    let action = cells.get(4).map(|cells| at[4].and_then(|at| cells.text(at, four)).unwrap_or_default());
    match at[3].map_or_else(|| Err(String::new()), |at| cells[3].millis(at)) {
        Ok(millis) => Ok(gather.add([account, object, content], millis, action)?),
        Err(shown) => Ok(gather.bad_time(&shown)?),
    }
}
