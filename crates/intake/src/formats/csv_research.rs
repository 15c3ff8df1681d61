//! The X table of the USC 2024 election collection: cells written by Python.
//!
//! Ids are floats and have lost their last digits; the post's own id stands in `url`. `user`, `viewCount` and the lists
//! are Python literals. Rows of advertisements are shifted against the header. Who is answered is only a rounded id: a reply
//! is tied where exactly one post of the same table rounds to it and its account is the one answered.

use std::collections::BTreeMap;

use record::{Account, Fidelity, Item, Media, MediaKind, Post, PostKey, PostKind, Sink};
use values::{Handle, Link, Platform, SaidBy, Severity, Trouble};

use super::csv_table::out_time;
use super::table::{Row, header_cells, rows};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::x::post::{handle_in, id_in, looks_cut};
use crate::{Refused, text, time};

pub(super) const FORMAT: Format = Format {
    name: "x-research-csv",
    version: 2,
    description: "X, table of the USC 2024 election collection (.csv, .csv.gz)",
    fidelity: Fidelity::Derived,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let cells = header_cells(head);
    ["rawcontent", "conversationidstr", "viewcount", "cash_app_handle", "url"]
        .iter()
        .all(|name| cells.iter().any(|c| c == name))
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    out.trouble(Trouble::new(
        "csv.research_table",
        Severity::Warn,
        "This table was made by a program for research: ids were rounded, times cut, and who is answered can rarely be told.",
        "For each post that matters, open it by the id in its address and capture it again.",
    ));
    let known = Known::of(input)?;
    let (mut rounded, mut tied) = (0_u64, 0_u64);
    rows(input, out, |row, out| {
        let shift = shift(row);
        one_row(&row.shifted(shift), &known, input, out, &mut rounded, &mut tied);
    })?;
    if tied > 0 {
        out.trouble(Trouble::new(
            "csv.tied_by_rounding",
            Severity::Note,
            format!("{tied} replies name the post they answer by a rounded number; each was tied to the only post of this table that rounds to it and whose account has the handle answered."),
            "Open a reply that matters on X, and see what it answers.",
        ));
    }
    if rounded > 0 {
        out.trouble(Trouble::new(
            "csv.rounded_id",
            Severity::Note,
            format!(
                "In {} the id was a rounded decimal number; the exact id was taken from the address.",
                values::counted(rounded, "row", "rows")
            ),
            "Use the ids redress shows, not those of the table.",
        ));
    }
    Ok(())
}

/// The posts of the table by their rounded ids, so that a reply to one of them can be tied.
struct Known(BTreeMap<u64, Option<(u64, String)>>);

impl Known {
    /// How many posts are remembered: a table of more than this ties the replies to its first ones only.
    const MOST: usize = 1_000_000;

    fn of(input: &Input<'_>) -> Result<Self, Refused> {
        let mut known = BTreeMap::new();
        let mut unheard: Vec<Item> = Vec::new();
        // What is wrong with rows is told in the pass that reads them.
        rows(input, &mut Out::new(&mut unheard, 0, input.watch), |row, _| {
            let row = row.shifted(shift(row));
            let url = row.get("url").unwrap_or_default();
            if let (Some(id), Some(handle), true) = (id_in(url), handle_in(url), known.len() < Self::MOST)
                && let (Ok(id), Ok(rounded)) = (id.parse::<u64>(), id.parse::<f64>())
            {
                let entry = known.entry(rounded.to_bits()).or_insert_with(|| Some((id, handle.compare())));
                // Two posts that round alike: neither can be meant for certain.
                if entry.as_ref().is_some_and(|(other, _)| *other != id) {
                    *entry = None;
                }
            }
        })?;
        Ok(Self(known))
    }

    /// Returns the one post that rounds to `cell` and was written under `handle`.
    fn post(&self, cell: &str, handle: &str) -> Option<PostKey> {
        let rounded = cell.parse::<f64>().ok()?;
        let (id, author) = self.0.get(&rounded.to_bits())?.as_ref()?;
        (*author == Handle::new(handle)?.compare()).then(|| PostKey::new(Platform::X, &id.to_string()))
    }
}

/// Returns by how many columns the cells stand away from their header, judged by where the post's address stands.
fn shift(row: &Row<'_>) -> isize {
    let (Some(at), Some(wanted)) = (row.find(is_post), row.column("url")) else { return 0 };
    if row.cell(wanted).is_some_and(is_post) { 0 } else { at as isize - wanted as isize }
}

fn is_post(cell: &str) -> bool {
    cell.starts_with("http") && id_in(cell).is_some()
}

fn one_row(
    row: &Row<'_>,
    known: &Known,
    input: &Input<'_>,
    out: &mut Out<'_>,
    rounded: &mut u64,
    tied: &mut u64,
) {
    let place = row.place();
    if row.shift != 0 {
        out.trouble(
            Trouble::new(
                "csv.shifted_row",
                Severity::Warn,
                format!("The cells of this row stand {} columns away from their header, as in rows of advertisements; they were read where they belong.", row.shift.abs()),
                "Compare the row with the original file before relying on its numbers.",
            )
            .at(place.clone()),
        );
    }
    let url = row.get("url").unwrap_or_default();
    let whole = row.id("id_str").or_else(|| row.id("id"));
    let Some(id) = id_in(url).or(whole) else {
        out.trouble(
            Trouble::new(
                "csv.no_id",
                Severity::Invalid,
                "This row has neither an address nor an exact id, so it cannot be told which post it is; it was kept and not read.",
                "Look for the post in another capture.",
            )
            .at(place.clone()),
        );
        out.take(Item::Leftover { place, what: "a row without an exact id".to_owned() });
        return;
    };
    if whole.is_none() && row.get("id").is_some() {
        *rounded += 1;
    }
    let mut author = Account::unknown(Platform::X);
    author.handle = handle_in(url).or_else(|| row.get("username").and_then(Handle::new));
    if let Some(user) = row.get("user") {
        author.id = python(user, "id_str")
            .or_else(|| python(user, "id"))
            .filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
        author.name = python(user, "displayname").or_else(|| python(user, "username"));
        author.followers = python(user, "followersCount").and_then(|n| n.parse().ok());
        author.verified = python(user, "blue").map(|blue| blue == "True");
    }
    let mut post = Post::bare(PostKey::new(Platform::X, id), PostKind::Original, author);
    let words = row
        .words("rawContent")
        .filter(|words| !words.trim().is_empty())
        .or_else(|| row.words("text"))
        .unwrap_or_default();
    post.text = text::unescape_x(words);
    post.text_cut = looks_cut(words);
    let stated = row
        .get("epoch")
        .and_then(|given| time::any(given, SaidBy::Platform))
        .or_else(|| row.get("date").and_then(|given| time::any(given, SaidBy::Platform)));
    let (written, trouble) = time::of_x_post(id, stated);
    out_time(written, trouble, &place, out);
    post.written = written;
    post.lang = row.get("lang").filter(|lang| !matches!(*lang, "und" | "zxx")).map(str::to_owned);
    post.url = Link::new(url);
    let exact = |name: &str| row.id(name).map(|id| PostKey::new(Platform::X, id));
    post.conversation = exact("conversationIdStr").or_else(|| exact("conversationId"));
    post.reply_to = exact("in_reply_to_status_id_str");
    if post.reply_to.is_none()
        && let (Some(cell), Some(handle)) =
            (row.get("in_reply_to_status_id_str"), row.get("in_reply_to_screen_name"))
    {
        post.reply_to = known.post(cell, handle);
        *tied += u64::from(post.reply_to.is_some());
    }
    post.repost_of = exact("retweetedTweetID");
    let answers = row.get("in_reply_to_screen_name").or_else(|| row.get("in_reply_to_status_id_str"));
    if row.get("retweetedTweet") == Some("True") || post.repost_of.is_some() {
        post.kind = PostKind::Repost;
    } else if row.get("quotedTweet") == Some("True") {
        post.kind = PostKind::Quote;
    } else if answers.is_some() {
        post.kind = PostKind::Reply;
    }
    let quoted = |list: &str, field: &str| python_all(row.get(list).unwrap_or_default(), field);
    post.mentions = quoted("mentionedUsers", "screen_name").iter().filter_map(|h| Handle::new(h)).collect();
    if let Some(answered) = row.get("in_reply_to_screen_name").and_then(Handle::new)
        && !post.mentions.contains(&answered)
    {
        post.mentions.push(answered);
    }
    post.hashtags = quoted("hashtags", "text");
    post.links = quoted("links", "expanded_url").iter().filter_map(|l| Link::new(l)).collect();
    let pictures = quoted("media", "media_url_https");
    post.media = pictures
        .iter()
        .map(|link| Media {
            kind: MediaKind::Image,
            link: Link::new(link),
            id: None,
            alt: None,
            digest: None,
        })
        .collect();
    let mut observation = input.sighting(place);
    let views = row.get("viewCount").and_then(|cell| python(cell, "count")).and_then(|n| n.parse().ok());
    observation.counts.views = views.or_else(|| row.count("viewCount"));
    observation.counts.likes = row.count("likeCount");
    observation.counts.reposts = row.count("retweetCount");
    observation.counts.quotes = row.count("quoteCount");
    observation.counts.replies = row.count("replyCount");
    if post.kind == PostKind::Repost && post.repost_of.is_some() {
        post.text.clear();
        observation.counts = record::Counts::default();
    }
    out.take(post_item(post, observation));
}

/// Returns the value of a field in a Python literal such as `{'count': '581234', 'state': 'x'}`: a text without its
/// quotes, a number as its digits.
fn python(literal: &str, field: &str) -> Option<String> {
    python_all(literal, field).into_iter().next()
}

fn python_all(literal: &str, field: &str) -> Vec<String> {
    let name = format!("'{field}': ");
    let mut found = Vec::new();
    let mut rest = literal;
    while let Some(at) = rest.find(&name) {
        rest = &rest[at + name.len()..];
        let value = match rest.chars().next() {
            Some(quote @ ('\'' | '"')) => python_text(&rest[1..], quote),
            Some(_) => rest.split([',', '}', ')']).next().map(|value| value.trim().to_owned()),
            None => None,
        };
        found.extend(value.filter(|value| !value.is_empty() && value != "None"));
    }
    found
}

fn python_text(rest: &str, quote: char) -> Option<String> {
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next()? {
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            c if c == quote => return Some(text),
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_literals_are_read() {
        let cell = r#"{'id': 1690000000000000001, 'username': "Courier's mate", 'blue': False, 'place': None, 'at': '\'x\''}"#;
        assert_eq!(python(cell, "id").as_deref(), Some("1690000000000000001"));
        assert_eq!(python(cell, "username").as_deref(), Some("Courier's mate"));
        assert_eq!(python(cell, "blue").as_deref(), Some("False"));
        assert_eq!(python(cell, "place"), None);
        assert_eq!(python(cell, "at").as_deref(), Some("'x'"));
        assert_eq!(python_all("[{'text': 'a'}, {'text': 'b'}]", "text"), ["a", "b"]);
        assert_eq!(python("{'open': 'never ends", "open"), None);
    }
}
