//! Any table with a header: comma, semicolon or tab between cells, columns known by their usual names or named with
//! `--map`. Also the ground on which the other tables stand.

use std::borrow::Cow;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};
use record::{Account, Fidelity, Item, Post, PostKey, PostKind, Sink};
use values::{At, Doubt, Handle, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::x::post::{handle_in, id_in, looks_cut};
use crate::{Mapping, Refused, text, time};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    version: 3,
    description: "A table with a header (.csv, .tsv); name its columns with --map text=COLUMN,id=COLUMN,…",
    fidelity: Fidelity::Derived,
    looks,
    read,
};

/// The usual names of a column, by field, in the order in which they are looked for. Seconds since 1970 come before
/// written times: 4CAT writes both, and the written ones in the zone of its server.
const USUAL: [(&str, &[&str]); 16] = [
    (
        "text",
        &[
            "text",
            "full_text",
            "body",
            "content",
            "message",
            "tweet",
            "post",
            "rawcontent",
            "post_text",
            "comment",
            "words",
        ],
    ),
    ("id", &["id_str", "id", "tweet_id", "post_id", "status_id", "message_id", "comment_id"]),
    (
        "time",
        &[
            "unix_timestamp",
            "created_at",
            "created_utc",
            "timestamp",
            "date",
            "time",
            "datetime",
            "published",
            "epoch",
        ],
    ),
    ("handle", &["username", "handle", "screen_name", "author", "user", "from"]),
    ("name", &["author_name", "display_name", "name", "author_fullname"]),
    ("author_id", &["author_id", "user_id", "userid", "user_id_str"]),
    ("url", &["url", "link", "permalink", "tweet_url", "post_url"]),
    ("platform", &["platform"]),
    (
        "reply_to",
        &["in_reply_to_status_id_str", "in_reply_to_status_id", "reply_to", "in_reply_to", "parent_id"],
    ),
    ("conversation", &["conversation_id", "thread_id"]),
    ("lang", &["lang", "language"]),
    ("views", &["views", "view_count", "impressions", "impression_count"]),
    ("likes", &["likes", "like_count", "favorite_count"]),
    ("reposts", &["retweets", "retweet_count", "reposts", "shares", "share_count"]),
    ("replies", &["replies", "reply_count", "comments", "comment_count"]),
    ("quote_of", &["quoted_status_id_str", "quote_tweet_id"]),
];

fn looks(head: &Head<'_>) -> bool {
    let cells = header_cells(head);
    let named = cells.len() >= 2 && cells.iter().any(|cell| usual("text").contains(&cell.as_str()));
    named && has_rows(head, cells.len())
}

/// Tells whether one of the first rows is as wide as the header, or there is none: a sentence with commas in it is no
/// header of the lines that follow.
fn has_rows(head: &Head<'_>, width: usize) -> bool {
    let delimiter = delimiter(head.first_line()).unwrap_or(b',');
    let text = head.text.trim_start_matches('\u{FEFF}').as_bytes();
    let mut table = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text);
    let rows: Vec<usize> = table.byte_records().take(5).flatten().map(|row| row.len()).collect();
    rows.is_empty() || rows.contains(&width) || head.bytes.len() == crate::format::HEAD_BYTES
}

fn usual(field: &str) -> &'static [&'static str] {
    USUAL.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| names)
}

/// Returns the cells of the first line in lower case, empty where it does not look like a header.
pub(super) fn header_cells(head: &Head<'_>) -> Vec<String> {
    let first = head.first_line();
    if first.len() > 20_000 || first.trim_start().starts_with(['{', '[', '<']) {
        return Vec::new();
    }
    let Some(delimiter) = delimiter(first) else { return Vec::new() };
    first.split(char::from(delimiter)).map(|cell| cell.trim().trim_matches('"').to_lowercase()).collect()
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
    header: &'a [String],
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
    mut each: impl FnMut(&Row<'_>, &mut Out<'_>),
) -> Result<(), Refused> {
    let mut reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let mut first = [0; 16 << 10];
    let got = read_some(&mut reader, &mut first)?;
    let line = text::decode(&first[..got]).into_owned();
    let delimiter = delimiter(line.lines().next().unwrap_or_default()).unwrap_or(b',');
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
        if header.is_empty() {
            let cells = record.iter().map(|cell| String::from_utf8_lossy(cell));
            header = cells.map(|cell| cell.trim_start_matches('\u{FEFF}').trim().to_owned()).collect();
            continue;
        }
        number += 1;
        let place = || Place::new(At::Row(number));
        // The encoding was decided once, for the file: a cell that begins with the mark of UTF-16 is no text of its own.
        if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            out.trouble(text::not_utf8(place()));
        }
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
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

/// Which column is which field.
struct Columns<'a> {
    mapping: Option<&'a Mapping>,
}

impl Columns<'_> {
    fn name<'r>(&'r self, row: &'r Row<'_>, field: &str) -> Option<&'r str> {
        match self.mapping {
            Some(mapping) => mapping.column(field),
            None => {
                let names = usual(field);
                names
                    .iter()
                    .find_map(|name| row.header.iter().find(|known| known.to_lowercase() == *name))
                    .map(String::as_str)
            }
        }
    }

    fn get<'r>(&'r self, row: &'r Row<'_>, field: &str) -> Option<&'r str> {
        row.get(self.name(row, field)?)
    }
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let columns = Columns { mapping: input.options.mapping.as_ref() };
    let mut checked = false;
    let mut missing = None;
    rows(input, out, |row, out| {
        if !checked {
            checked = true;
            missing = columns
                .mapping
                .and_then(|m| m.columns().find(|name| row.column(name).is_none()).map(str::to_owned));
        }
        if missing.is_none() {
            one_row(row, &columns, input, out);
        }
    })?;
    match missing {
        None => Ok(()),
        Some(name) => Err(Refused::new(
            "csv.no_such_column",
            format!("The table has no column “{name}”, which --map names."),
            "Look at the first line of the table, and write the column as it stands there.",
        )),
    }
}

fn one_row(row: &Row<'_>, columns: &Columns<'_>, input: &Input<'_>, out: &mut Out<'_>) {
    let place = row.place();
    let (has, wants) = row.width();
    if has != wants {
        out.trouble(
            Trouble::new(
                "csv.row_width",
                Severity::Invalid,
                format!(
                    "This row has {has} cells and the header {wants}; cells may stand in the wrong column."
                ),
                "Compare the row with the original file.",
            )
            .at(place.clone()),
        );
    }
    let Some(words) = columns.name(row, "text").and_then(|name| row.words(name)) else {
        out.take(Item::Leftover { place, what: "a row without words".to_owned() });
        return;
    };
    let get = |field: &str| columns.get(row, field);
    let url = get("url");
    let of_x = url.filter(|url| is_x(url)).and_then(id_in);
    let given_id = get("id");
    let platform = match get("platform").map(str::to_lowercase).as_deref() {
        Some("twitter") => Platform::X,
        Some(word) => word.parse().unwrap_or(Platform::Unknown),
        None if of_x.is_some() => Platform::X,
        None => Platform::Unknown,
    };
    let whole = given_id.filter(|id| !looks_rounded(id));
    if let Some(rounded) = given_id.filter(|id| looks_rounded(id)) {
        out.trouble(
            Trouble::new(
                "csv.rounded_id",
                Severity::Warn,
                format!(
                    "The id {rounded} was saved as a decimal number and has lost digits; {}.",
                    if of_x.is_some() { "the id in the address was used instead" } else { "it was not used" }
                ),
                "Export the table again with ids as text.",
            )
            .at(place.clone()),
        );
    }
    let id = of_x.or(whole);
    let key = match id {
        Some(id) if platform != Platform::Unknown => PostKey::new(platform, id),
        _ => input.key_at(platform, &place),
    };
    let mut author = Account::unknown(platform);
    author.id = get("author_id").filter(|id| !looks_rounded(id)).map(str::to_owned);
    author.handle = url.and_then(handle_in).or_else(|| get("handle").and_then(Handle::new));
    author.name = get("name").map(str::to_owned);
    let mut post = Post::bare(key, PostKind::Original, author);
    post.text = words.to_owned();
    post.text_cut = platform == Platform::X && looks_cut(words);
    let stated = get("time")
        .and_then(|given| {
            time::any(given, SaidBy::File).or_else(|| time::slashed(given, input.options.day_first))
        })
        .map(|m| time::in_zone(m, input.options.zone_minutes));
    if let (Some(given), None) = (get("time"), stated) {
        out.trouble(unreadable_time(given).at(place.clone()));
    }
    let (written, trouble) = match id {
        Some(id) if platform == Platform::X => time::of_x_post(id, stated),
        _ => (stated, None),
    };
    out_time(written, trouble, &place, out);
    if written.is_some_and(|at| at.doubt() == Some(Doubt::DayMonthOrder)) {
        out.trouble(day_or_month().at(place.clone()));
    }
    post.written = written;
    post.lang = get("lang").map(str::to_owned);
    post.url = url.and_then(Link::new);
    let named = |field: &str| {
        get(field)
            .filter(|id| !looks_rounded(id) && platform != Platform::Unknown)
            .map(|id| PostKey::new(platform, id))
    };
    post.reply_to = named("reply_to");
    post.repost_of = named("repost_of");
    post.quote_of = named("quote_of");
    post.conversation = named("conversation");
    post.kind = match (&post.repost_of, &post.quote_of, &post.reply_to) {
        (Some(_), ..) => PostKind::Repost,
        (_, Some(_), _) => PostKind::Quote,
        (.., Some(_)) => PostKind::Reply,
        _ => PostKind::Original,
    };
    let mut observation = input.sighting(place);
    let count = |field: &str| row.count(columns.name(row, field)?);
    observation.counts.views = count("views");
    observation.counts.likes = count("likes");
    observation.counts.reposts = count("reposts");
    observation.counts.replies = count("replies");
    out.take(post_item(post, observation));
}

/// Says what is doubtful about the time of a row.
pub(super) fn out_time(written: Option<Moment>, trouble: Option<Trouble>, place: &Place, out: &mut Out<'_>) {
    if let Some(trouble) = trouble {
        out.trouble(trouble.at(place.clone()));
    } else if written.is_some_and(|moment| moment.doubt() == Some(Doubt::ZoneUnknown)) {
        out.trouble(no_zone().at(place.clone()));
    }
}

fn unreadable_time(given: &str) -> Trouble {
    let given: String = given.chars().take(40).collect();
    Trouble::new(
        "csv.time",
        Severity::Warn,
        format!(
            "The time of this row, “{given}”, is not written in a way redress reads; the post stands without a time."
        ),
        "Write the column as 2025-11-04 15:02 and import the table again, beside this one.",
    )
}

fn day_or_month() -> Trouble {
    Trouble::new(
        "csv.day_or_month",
        Severity::Warn,
        "Whether the first number of this row's date is the day or the month depends on the spreadsheet: both readings are kept and shown.",
        "Ask who made the table, and import it again with --first day or --first month.",
    )
}

/// Returns the trouble for times without a zone.
pub(super) fn no_zone() -> Trouble {
    Trouble::new(
        "time.no_zone",
        Severity::Warn,
        "The times in this file are local to a place it does not name; the true time may be up to 14 hours off.",
        "Import it again and say how far its clock was from UTC (--zone -05:00), or look for a capture with times in UTC.",
    )
}

fn is_x(url: &str) -> bool {
    let host = url.split('/').nth(2).unwrap_or_default();
    let host = host.trim_start_matches("www.").trim_start_matches("mobile.");
    host == "x.com" || host == "twitter.com"
}

/// Tells whether an id was written as a float, which has lost its last digits if it was long.
fn looks_rounded(id: &str) -> bool {
    id.contains(['e', 'E', '.']) && id.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Options, Slice, read};

    fn posts(csv: &str, map: Option<&str>) -> (Vec<Post>, Vec<String>) {
        let mut options = Options::plain(Limits::ordinary());
        options.mapping = map.map(|map| Mapping::parse(map).unwrap());
        let mut items: Vec<Item> = Vec::new();
        read(&Slice::new("t.csv", csv.as_bytes()), &options, &mut items).unwrap();
        let mut posts = Vec::new();
        let mut codes = Vec::new();
        for item in items {
            match item {
                Item::Post { post, .. } => posts.push(*post),
                Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
                _ => {}
            }
        }
        (posts, codes)
    }

    #[test]
    fn usual_columns_need_no_mapping() {
        let (posts, codes) =
            posts("id;text;platform;created_at\n7;\"one; two\";mastodon;2025-11-04T15:02:11Z\n", None);
        assert_eq!(posts[0].key.as_str(), "mastodon:7");
        assert_eq!(posts[0].text, "one; two");
        assert!(codes.is_empty());
    }

    #[test]
    fn a_sentence_with_commas_is_no_header() {
        let words = b"capture, account, post\nand what else a case is made of\n";
        assert_eq!(crate::recognise("lib.rs", words), None);
        assert_eq!(crate::recognise("t", b"id,post\n1\n2,b\n").map(|f| f.name), Some("csv"));
    }

    #[test]
    fn no_cell_has_an_encoding_of_its_own() {
        let csv = b"id,text,platform\n\xFF\xFEa\0,ab,x\n7,\xFF\xFEa\0b\0,mastodon\n8,\xFE\xFF\0a,mastodon\n";
        let mut items: Vec<Item> = Vec::new();
        read(&Slice::new("t.csv", csv), &Options::plain(Limits::ordinary()), &mut items).unwrap();
        let words: Vec<&str> = items
            .iter()
            .filter_map(|item| match item {
                Item::Post { post, .. } => Some(post.text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(words, ["ab", "\u{FFFD}\u{FFFD}a\0b\0", "\u{FFFD}\u{FFFD}\0a"]);
        let told =
            items.iter().filter(|i| matches!(i, Item::Trouble(t) if t.code == "text.not_utf8")).count();
        assert_eq!(told, 3);
        let (marked, _) = posts("\u{feff}text,id\nwords,1\n", None);
        assert_eq!(marked[0].text, "words");
    }

    #[test]
    fn a_mapping_names_other_columns() {
        let csv = "who\tsaid\twhen\n@example_watcher\tWho is this?\t2025-11-04 15:02:11\n";
        let (posts, codes) = posts(csv, Some("text=said,handle=who,time=when"));
        assert_eq!(posts[0].author.shown(), "@example_watcher");
        assert!(posts[0].key.as_str().starts_with("unknown:~"));
        assert_eq!(codes, ["time.no_zone"]);
    }

    #[test]
    fn rounded_ids_are_told_and_recovered() {
        let csv = "id,text,url\n1.98572425910367e+18,a,https://x.com/example_watcher/status/1985724259103670395\n1.9e18,b,\n";
        let (posts, codes) = posts(csv, None);
        assert_eq!(posts[0].key.as_str(), "x:1985724259103670395");
        assert!(posts[1].key.as_str().starts_with("unknown:~"));
        assert_eq!(codes, ["csv.rounded_id", "csv.rounded_id"]);
    }

    #[test]
    fn rows_of_the_wrong_width_are_told() {
        let (posts, codes) = posts("id,text\n1,a\n2,b,c\n3\n", None);
        assert_eq!(posts.len(), 2);
        assert_eq!(codes, ["csv.row_width", "csv.row_width"]);
    }
}
