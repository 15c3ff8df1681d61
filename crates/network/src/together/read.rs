//! Actions from tables: the columns `account_id, object_id, content_id, timestamp_share` as CooRTweet names them, in CSV or
//! Parquet.
//!
//! Ids are taken as text and never pass through a floating-point number. Times are unix seconds (whole, or with decimal
//! digits as data frames write them), RFC 3339, or one of Parquet's own kinds of time. A row that cannot be read is a trouble
//! and is not counted; nothing else is lost.

mod cells;
mod csv;
mod parquet;

use values::place::At;
use values::{Moment, Place, SaidBy, Severity, Trouble};

pub use self::csv::read_csv;
pub use self::parquet::{PARQUET_THREAD, read_parquet, read_parquet_bytes};
use super::actions::{Actions, Builder, TooManyNames};

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
    /// What was done: a word of [`Kind`]. Read only where kinds are asked for.
    pub action: String,
}

impl Columns {
    /// Returns CooRTweet's names.
    pub fn coortweet() -> Self {
        Self {
            account: "account_id".into(),
            object: "object_id".into(),
            content: "content_id".into(),
            time: "timestamp_share".into(),
            action: "action".into(),
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
                "action" => &mut columns.action,
                other => {
                    return Err(format!(
                        "“{other}” is not one of account_id, object_id, content_id, timestamp_share, action. \
                         Put redress's name left of the = and the name in your file right of it."
                    ));
                }
            };
            *slot = theirs.trim().to_owned();
        }
        Ok(columns)
    }
}

/// What an account did to a thing: the words of the column `action`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Passed a post on without words.
    Repost,
    /// Passed a post on with words added.
    Quote,
    /// Answered a post.
    Reply,
    /// Named an account.
    Mention,
    /// Posted a link.
    Link,
    /// Used a hashtag.
    Hashtag,
    /// Posted words; the thing is the words.
    Text,
    /// Posted a picture or film.
    Image,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Repost,
        Self::Quote,
        Self::Reply,
        Self::Mention,
        Self::Link,
        Self::Hashtag,
        Self::Text,
        Self::Image,
    ];

    /// Returns the word used in tables and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repost => "repost",
            Self::Quote => "quote",
            Self::Reply => "reply",
            Self::Mention => "mention",
            Self::Link => "link",
            Self::Hashtag => "hashtag",
            Self::Text => "text",
            Self::Image => "image",
        }
    }

    /// Returns the kind of a word, in any case.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// What of a table is read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Which column holds what.
    pub columns: &'a Columns,
    /// The kinds of action to take; empty for every row, whatever its column `action` says. Of several kinds, the same thing
    /// acted on in two ways is two things, named `kind:thing`.
    pub kinds: &'a [Kind],
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
    /// A column is missing.
    #[error(
        "The table has no column “{wanted}”; it has: {found}. Name your columns with --columns {ours}=NAME."
    )]
    NoColumn {
        /// The column looked for.
        wanted: String,
        /// Redress's name of it.
        ours: &'static str,
        /// The columns there are.
        found: String,
    },
    /// A column holds what cannot be taken as what it should be.
    #[error("The column “{column}” holds {holds}. {next}")]
    Column {
        /// The column's name in the file.
        column: String,
        /// What it holds.
        holds: String,
        /// What to do.
        next: &'static str,
    },
    /// The CSV could not be read on.
    #[error("The actions could not be read on. See that the file is whole and try again.")]
    Input(#[source] ::csv::Error),
    /// The Parquet file could not be read on.
    #[error(
        "This Parquet file could not be read: {0}. See that the file is whole, or write it again with Snappy, Zstandard, gzip or no compression."
    )]
    Parquet(String),
    /// There are more names than numbers.
    #[error(transparent)]
    TooMany(#[from] TooManyNames),
}

/// Takes rows in, in order, and says of those that cannot be counted why.
struct Gather<'a> {
    builder: Builder,
    kinds: &'a [Kind],
    /// Rows taken in so far, the bad ones too.
    row: u64,
    bad: Bad,
    /// Whether rows say what was done.
    told: bool,
    name: String,
}

impl<'a> Gather<'a> {
    /// `told`: whether rows say what was done.
    fn new(kinds: &'a [Kind], told: bool) -> Self {
        Self { builder: Builder::new(), kinds, row: 0, bad: Bad::default(), told, name: String::new() }
    }

    fn add(
        &mut self,
        [account, object, content]: [&str; 3],
        millis: i64,
        action: Option<&str>,
    ) -> Result<(), TooManyNames> {
        self.row += 1;
        let (account, object, content) = (account.trim(), object.trim(), content.trim());
        if let Some(action) = action {
            let Some(kind) = Kind::of(action).filter(|kind| self.kinds.contains(kind)) else {
                return self.builder.nothing();
            };
            if self.kinds.len() > 1 && !object.is_empty() {
                self.name.clear();
                self.name.extend([kind.word(), ":", object]);
                return self.builder.push(account, &self.name, content, millis);
            }
        }
        self.builder.push(account, object, content, millis)
    }

    fn bad(&mut self, code: &'static str, what: &str) -> Result<(), TooManyNames> {
        self.row += 1;
        self.bad.add(self.row, code, what);
        self.builder.nothing()
    }

    fn bad_time(&mut self, shown: &str) -> Result<(), TooManyNames> {
        let shown: String = shown.chars().take(40).collect();
        self.bad("actions.time", &format!("has the time “{shown}”, which redress cannot read"))
    }

    fn finish(self) -> Table {
        let actions = self.builder.finish();
        let mut troubles = self.bad.finish();
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
        if let [kind] = self.kinds
            && !self.told
        {
            troubles.push(Trouble::new(
                "actions.kind_assumed",
                Severity::Note,
                format!("The table does not say what was done; every row was taken as {}.", kind.word()),
                "Nothing needs doing if that is so; otherwise name the column with --columns action=NAME.",
            ));
        }
        Table { actions, troubles }
    }
}

/// The last second of the year 9999: what lies beyond it is milliseconds taken for seconds.
const LAST_SECOND: i64 = 253_402_300_799;

/// The column of redress's own layout: whole milliseconds since the Unix epoch.
const TIME_MS: &str = "time_ms";

/// Reads a time as milliseconds since the Unix epoch, digits beyond the millisecond cut off; `None` for what is no time
/// or lies beyond the year 9999 (seconds mistaken for milliseconds).
fn millis(given: &str) -> Option<i64> {
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

/// Reads whole milliseconds since the Unix epoch.
fn whole_millis(given: &str) -> Option<i64> {
    given.trim().parse().ok().filter(|millis: &i64| *millis / 1000 <= LAST_SECOND)
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

    fn read_csv(csv: &[u8], columns: &Columns) -> Result<Table, ReadError> {
        super::read_csv(csv, &Wanted { columns, kinds: &[] })
    }

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
        let error = read_csv(b"user,url,id,at\n", &Columns::coortweet()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The table has no column “account_id”; it has: user, url, id, at. Name your columns with --columns account_id=NAME."
        );
        let columns =
            Columns::renamed("account_id=user, object_id=url,content_id=id,timestamp_share=at").unwrap();
        assert_eq!(read_csv(b"user,url,id,at\nu,l,1,5\n", &columns).unwrap().actions.rows(), 1);
        assert!(Columns::renamed("who=user").is_err());
    }
}
