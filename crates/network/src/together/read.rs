//! Actions from CSV: the columns `account_id, object_id, content_id, timestamp_share` as CooRTweet names them.
//!
//! Ids are taken as text and never pass through a number. Times are unix seconds (whole, or with decimal digits as data
//! frames write them) or RFC 3339. A row that cannot be read is a trouble and is not counted; nothing else is lost.

use std::io::Read;

use values::place::At;
use values::{Moment, Place, SaidBy, Severity, Trouble};

use super::actions::{Actions, Builder, TooManyNames};
use crate::names::WARMED;

/// Which column of the input holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The account that acted.
    pub account: String,
    /// The thing acted on.
    pub object: String,
    /// The post it was done with.
    pub content: String,
    /// When.
    pub time: String,
}

impl Columns {
    /// Returns CooRTweet's names.
    pub fn coortweet() -> Self {
        Self {
            account: "account_id".into(),
            object: "object_id".into(),
            content: "content_id".into(),
            time: "timestamp_share".into(),
        }
    }

    /// Returns CooRTweet's names with some replaced, from `account_id=user,object_id=url`.
    ///
    /// Errors with a sentence for the person where a pair names no column redress asks for.
    pub fn renamed(pairs: &str) -> Result<Self, String> {
        let mut columns = Self::coortweet();
        for pair in pairs.split(',').filter(|pair| !pair.trim().is_empty()) {
            let Some((ours, theirs)) = pair.split_once('=') else {
                return Err(format!(
                    "“{pair}” renames nothing. Write pairs such as account_id=user,object_id=url."
                ));
            };
            let slot = match ours.trim() {
                "account_id" => &mut columns.account,
                "object_id" => &mut columns.object,
                "content_id" => &mut columns.content,
                "timestamp_share" => &mut columns.time,
                other => {
                    return Err(format!(
                        "“{other}” is not one of account_id, object_id, content_id, timestamp_share. \
                         Put redress's name left of the = and the name in your file right of it."
                    ));
                }
            };
            *slot = theirs.trim().to_owned();
        }
        Ok(columns)
    }
}

/// What was read, and what could not be.
#[derive(Debug, Clone)]
pub struct Table {
    /// The table.
    pub actions: Actions,
    /// What could not be read; at most [`LISTED`] rows one by one, then one trouble with the count of the rest.
    pub troubles: Vec<Trouble>,
}

/// How many unreadable rows are listed one by one.
pub const LISTED: usize = 100;

/// Why no table could be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A column is missing from the header.
    #[error(
        "The header has no column “{wanted}”; it has: {found}. Name your columns with --columns {ours}=NAME."
    )]
    NoColumn {
        /// The column looked for.
        wanted: String,
        /// Redress's name of it.
        ours: &'static str,
        /// The columns there are.
        found: String,
    },
    /// The input could not be read on.
    #[error("The actions could not be read on. See that the file is whole and try again.")]
    Input(#[source] csv::Error),
    /// There are more names than numbers.
    #[error(transparent)]
    TooMany(#[from] TooManyNames),
}

/// Reads actions from CSV with a header.
///
/// Errors where the header lacks a column, or where the input itself fails; a bad row is a trouble.
pub fn read_csv(input: impl Read, columns: &Columns) -> Result<Table, ReadError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(input);
    let header = reader.byte_headers().map_err(ReadError::Input)?.clone();
    let column = |wanted: &str, ours| {
        header.iter().position(|name| trimmed(name) == wanted.as_bytes()).ok_or_else(|| ReadError::NoColumn {
            wanted: wanted.to_owned(),
            ours,
            found: header.iter().map(String::from_utf8_lossy).collect::<Vec<_>>().join(", "),
        })
    };
    let account = column(&columns.account, "account_id")?;
    let object = column(&columns.object, "object_id")?;
    let content = column(&columns.content, "content_id")?;
    let time = column(&columns.time, "timestamp_share")?;

    let mut builder = Builder::new();
    let mut bad = Bad::default();
    let mut records = vec![csv::ByteRecord::new(); WARMED];
    let mut row = 0;
    loop {
        let mut filled = 0;
        while filled < records.len()
            && reader.read_byte_record(&mut records[filled]).map_err(ReadError::Input)?
        {
            filled += 1;
        }
        builder.warm(
            records[..filled].iter().map(|record| record.get(account).unwrap_or_default().trim_ascii()),
        );
        for record in &records[..filled] {
            row += 1;
            add(record, row, [account, object, content, time], &mut builder, &mut bad)?;
        }
        if filled < records.len() {
            break;
        }
    }
    let actions = builder.finish();
    let mut troubles = bad.finish();
    if actions.empty_rows() > 0 {
        troubles.push(Trouble::new(
            "actions.empty",
            Severity::Note,
            format!(
                "{} rows name no account or no thing and were not counted; an empty link is not a link.",
                actions.empty_rows()
            ),
            "Nothing needs doing, unless those rows should have held something.",
        ));
    }
    Ok(Table { actions, troubles })
}

/// Adds one row, or says why it cannot be read.
fn add(
    record: &csv::ByteRecord,
    row: u64,
    columns: [usize; 4],
    builder: &mut Builder,
    bad: &mut Bad,
) -> Result<(), TooManyNames> {
    let [account, object, content, time] = columns.map(|column| record.get(column).map(std::str::from_utf8));
    let (Some(account), Some(object), Some(content), Some(time)) = (account, object, content, time) else {
        bad.add(row, "actions.short_row", "has fewer fields than the header");
        return builder.nothing();
    };
    let (Ok(account), Ok(object), Ok(content), Ok(time)) = (account, object, content, time) else {
        bad.add(row, "actions.not_utf8", "holds bytes that are not UTF-8");
        return builder.nothing();
    };
    match millis(time) {
        Some(millis) => builder.push(account.trim(), object.trim(), content.trim(), millis),
        None => {
            let shown: String = time.chars().take(40).collect();
            bad.add(row, "actions.time", &format!("has the time “{shown}”, which redress cannot read"));
            builder.nothing()
        }
    }
}

fn trimmed(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"\xef\xbb\xbf").unwrap_or(name).trim_ascii()
}

/// Reads a time as milliseconds since the Unix epoch, digits beyond the millisecond cut off; `None` for what is no time
/// or lies beyond the year 9999 (seconds mistaken for milliseconds).
fn millis(given: &str) -> Option<i64> {
    const LAST_SECOND: i64 = 253_402_300_799;
    let given = given.trim();
    let (negative, digits) = given.strip_prefix('-').map_or((false, given), |digits| (true, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !whole.is_empty() && numeric(whole) && numeric(part) {
        let seconds: i64 = whole.parse().ok().filter(|seconds| *seconds <= LAST_SECOND)?;
        let thousandths =
            (0..3).fold(0, |sum, at| sum * 10 + part.as_bytes().get(at).map_or(0, |b| i64::from(b - b'0')));
        let millis = seconds * 1000 + thousandths;
        return Some(if negative { -millis } else { millis });
    }
    Moment::parse(given, SaidBy::Platform).ok().map(Moment::millis)
}

#[derive(Default)]
struct Bad {
    listed: Vec<Trouble>,
    more: u64,
}

impl Bad {
    fn add(&mut self, row: u64, code: &'static str, what: &str) {
        if self.listed.len() >= LISTED {
            self.more += 1;
            return;
        }
        self.listed.push(
            Trouble::new(
                code,
                Severity::Invalid,
                format!("Row {row} {what}; it was not counted."),
                "Repair the row, or export the table again from its source.",
            )
            .at(Place::new(At::Row(row))),
        );
    }

    fn finish(mut self) -> Vec<Trouble> {
        if self.more > 0 {
            self.listed.push(Trouble::new(
                "actions.more_bad_rows",
                Severity::Invalid,
                format!("{} more rows could not be read and were not counted.", self.more),
                "Repair the first ones listed; the rest are likely of the same kind.",
            ));
        }
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(csv: &str, rows: usize, codes: &[&str]) {
        let read = read_csv(csv.as_bytes(), &Columns::coortweet()).unwrap();
        assert_eq!(read.actions.rows(), rows, "{csv}");
        let found: Vec<&str> = read.troubles.iter().map(|trouble| trouble.code.as_ref()).collect();
        assert_eq!(found, codes, "{csv}");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let head = "object_id,account_id,content_id,timestamp_share\n";
        check(&format!("{head}o,a,c,10\no,b,d,11.0\n"), 2, &[]);
        check(&format!("{head}o,a,c,2025-11-04T15:02:11Z\n"), 1, &[]);
        check(&format!("{head},a,c,10\n"), 1, &["actions.empty"]);
        check(&format!("{head}o,a,c,soon\no,a,c\n"), 2, &["actions.time", "actions.short_row"]);
        check(&format!("{head}o,a,c,1.6e9\n"), 1, &["actions.time"]);
        check(&format!("{head}o,a,c,1603454465000\n"), 1, &["actions.time"]);
        check(head, 0, &[]);
    }

    #[test]
    fn long_ids_keep_every_digit() {
        let csv = "content_id,timestamp_share,account_id,object_id\n1,5,u,1985724259103670395\n2,5,v,1985724259103670396\n";
        let read = read_csv(csv.as_bytes(), &Columns::coortweet()).unwrap();
        assert_eq!(read.actions.objects(), 2);
        assert_eq!(read.actions.object_name(0), "1985724259103670395");
    }

    #[test]
    fn times_are_read_exactly() {
        for (given, expected) in [
            ("1629583559.0", Some(1_629_583_559_000)),
            ("1629583559.0549", Some(1_629_583_559_054)),
            ("1629583559.5", Some(1_629_583_559_500)),
            ("-1", Some(-1000)),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(millis(given), expected, "{given}");
        }
    }

    #[test]
    fn a_missing_column_is_named_and_columns_can_be_renamed() {
        let error = read_csv(&b"user,url,id,at\n"[..], &Columns::coortweet()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The header has no column “account_id”; it has: user, url, id, at. Name your columns with --columns account_id=NAME."
        );
        let columns =
            Columns::renamed("account_id=user, object_id=url,content_id=id,timestamp_share=at").unwrap();
        assert_eq!(read_csv(&b"user,url,id,at\nu,l,1,5\n"[..], &columns).unwrap().actions.rows(), 1);
        assert!(Columns::renamed("who=user").is_err());
    }
}
