//! Any table with a header: comma, semicolon or tab between cells, columns known by their usual names or named with
//! `--map`.

use record::{Account, Fidelity, Item, Post, PostKey, PostKind, Sink};
use values::{Doubt, Handle, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use super::table::{Row, has_rows, header_cells, rows};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::x::post::{handle_in, id_in, looks_cut};
use crate::{Mapping, Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    version: 4,
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

fn usual(field: &str) -> &'static [&'static str] {
    USUAL.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| names)
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
    fn a_table_of_excel_keeps_its_accents() {
        let read_bytes = |csv: &[u8], map: Option<&str>| {
            let mut options = Options::plain(Limits::ordinary());
            options.mapping = map.map(|map| Mapping::parse(map).unwrap());
            let mut items: Vec<Item> = Vec::new();
            read(&Slice::new("t.csv", csv), &options, &mut items).unwrap();
            let (mut words, mut codes) = (Vec::new(), Vec::new());
            for item in items {
                match item {
                    Item::Post { post, .. } => words.push(post.text),
                    Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
                    _ => {}
                }
            }
            (words, codes)
        };
        let old = b"id;text\r\n1;\x93El se\xF1or del cami\xF3n\x94\r\n2;plain\r\n3;caf\xE9\r\n";
        let (words, codes) = read_bytes(old, None);
        assert_eq!(words, ["“El señor del camión”", "plain", "café"]);
        assert_eq!(codes, ["text.windows_1252"]);
        // A column named with an accent can be mapped.
        let (words, _) = read_bytes(b"n;menci\xF3n\r\n1;uno\r\n", Some("text=mención"));
        assert_eq!(words, ["uno"]);
        // Half UTF-8 and half not: nothing is guessed.
        let (words, codes) = read_bytes(
            "id;text\n1;señor\n2;caf"
                .as_bytes()
                .iter()
                .copied()
                .chain(*b"\xE9\n")
                .collect::<Vec<u8>>()
                .as_slice(),
            None,
        );
        assert_eq!((words[0].as_str(), words[1].as_str()), ("señor", "caf\u{FFFD}"));
        assert_eq!(codes, ["text.not_utf8"]);
        // “Unicode text”: UTF-16 with its mark, tabs between the cells.
        let wide = |text: &str| {
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
        };
        let (words, codes) = read_bytes(&wide("id\ttext\r\n1\tEl señor 🤔\r\n"), None);
        assert_eq!(words, ["El señor 🤔"]);
        assert_eq!(codes, ["text.utf16"]);
        // Excel writes and reads what stands between the cells.
        let (words, codes) = read_bytes(b"sep=;\r\nid;text\r\n1;one, two\r\n", None);
        assert_eq!(words, ["one, two"]);
        assert!(codes.is_empty());
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
