//! Actions from CSV with a header, streamed.

use std::io::Read;

use super::{Gather, ReadError, TIME_MS, Table, Wanted, millis, whole_millis};
use crate::names::WARMED;
use crate::together::TooManyNames;

/// Reads actions from CSV with a header.
///
/// Errors where the header lacks a column, or where the input itself fails; a bad row is a trouble.
pub fn read_csv(input: impl Read, wanted: &Wanted) -> Result<Table, ReadError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(input);
    let header = reader.byte_headers().map_err(ReadError::Input)?.clone();
    let find = |wanted: &str| header.iter().position(|name| trimmed(name) == wanted.as_bytes());
    let column = |wanted: &str, ours| {
        find(wanted).ok_or_else(|| ReadError::NoColumn {
            wanted: wanted.to_owned(),
            ours,
            found: header.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(", "),
        })
    };
    let columns = wanted.columns;
    let account = column(&columns.account, "account_id")?;
    let object = column(&columns.object, "object_id")?;
    let content = column(&columns.content, "content_id")?;
    let (time, in_millis) = match (find(&columns.time), find(TIME_MS)) {
        (None, Some(time)) => (time, true),
        _ => (column(&columns.time, "timestamp_share")?, false),
    };
    let four = [account, object, content, time];
    let action = match wanted.kinds {
        [] => None,
        [_] => find(&columns.action),
        _ => Some(column(&columns.action, "action")?),
    };
    let mut gather = Gather::new(wanted.kinds, action.is_some());
    let mut records = vec![csv::ByteRecord::new(); WARMED];
    loop {
        let mut filled = 0;
        while filled < records.len()
            && reader.read_byte_record(&mut records[filled]).map_err(ReadError::Input)?
        {
            filled += 1;
        }
        gather.builder.warm(
            records[..filled].iter().map(|record| record.get(account).unwrap_or_default().trim_ascii()),
        );
        for record in &records[..filled] {
            add(record, four, action, in_millis, &mut gather)?;
        }
        if filled < records.len() {
            return Ok(gather.finish());
        }
    }
}

/// Adds one row, or says why it cannot be read.
fn add(
    record: &csv::ByteRecord,
    four: [usize; 4],
    action: Option<usize>,
    in_millis: bool,
    gather: &mut Gather,
) -> Result<(), TooManyNames> {
    let [account, object, content, time] = four.map(|column| record.get(column).map(std::str::from_utf8));
    let action = action.map(|column| record.get(column).map(std::str::from_utf8));
    let (Some(account), Some(object), Some(content), Some(time)) = (account, object, content, time) else {
        return gather.bad("actions.short_row", "has fewer fields than the header");
    };
    let (Ok(account), Ok(object), Ok(content), Ok(time)) = (account, object, content, time) else {
        return gather.bad("actions.not_utf8", "holds bytes that are not UTF-8");
    };
    let action = action.map(|action| action.and_then(Result::ok).unwrap_or_default());
    match if in_millis { whole_millis(time) } else { millis(time) } {
        Some(millis) => gather.add([account, object, content], millis, action),
        None => gather.bad_time(time),
    }
}

fn trimmed(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name).trim_ascii()
}
