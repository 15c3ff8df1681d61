//! X as 4CAT (comma) and Zeeschuimer 1.14 and later (semicolon) write it as a table.
//!
//! `link` ends in a rounded id on replies: the id is the column `id`. The words may be cut at 280 characters, with no
//! sign of it but their length. `timestamp` has no zone: the time is `unix_timestamp`. Lists are in no order.

use record::{Account, Counts, Fidelity, Item, Media, MediaKind, Post, PostKey, PostKind, Sink};
use values::{Handle, Link, Platform, SaidBy, Severity, Trouble};

use super::csv_table::out_time;
use super::table::{Row, header_cells, rows};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::x::post::{address, cut, id_in, looks_cut};
use crate::{Refused, text, time};

pub(super) const FORMAT: Format = Format {
    name: "x-4cat-csv",
    version: 2,
    description: "X, table written by 4CAT or Zeeschuimer (.csv)",
    fidelity: Fidelity::Derived,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let cells = header_cells(head);
    ["thread_id", "unix_timestamp", "body", "author_fullname", "is_retweet", "quote_tweet_id"]
        .iter()
        .all(|name| cells.iter().any(|cell| cell == name))
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    out.trouble(Trouble::new(
        "csv.prefer_ndjson",
        Severity::Note,
        "This table leaves out much of what was collected: media details and the order of pictures, edits, communities, and words beyond 280 characters.",
        "Ask whoever made it for the .ndjson it was made from.",
    ));
    rows(input, out, |row, out| one_row(row, input, out))
}

fn one_row(row: &Row<'_>, input: &Input<'_>, out: &mut Out<'_>) {
    let place = row.place();
    let Some(id) = row.id("id") else {
        out.trouble(
            Trouble::new(
                "csv.no_id",
                Severity::Invalid,
                "This row has no exact id and was not read.",
                "Look for the post in another capture.",
            )
            .at(place.clone()),
        );
        out.take(Item::Leftover { place, what: "a row without an exact id".to_owned() });
        return;
    };
    if let Some(wrong) = row.get("link").and_then(id_in).filter(|other| *other != id) {
        out.trouble(
            Trouble::new(
                "x.rounded_id",
                Severity::Note,
                format!("The address in this row ends in the rounded id {wrong}; the post's own id {id} stands in its column and was used."),
                "Never use the address of the row; it leads to no post or to another one.",
            )
            .at(place.clone()),
        );
    }
    let mut author = Account::unknown(Platform::X);
    author.id = row.id("author_id").map(str::to_owned);
    author.handle = row.get("author").and_then(Handle::new);
    author.name = row.get("author_fullname").map(str::to_owned);
    author.verified = row.get("verified").map(yes);
    let mut post = Post::bare(PostKey::new(Platform::X, id), PostKind::Original, author);
    let words = row.words("body").unwrap_or_default();
    post.text = text::unescape_x(words);
    post.text_cut = looks_cut(words);
    let stated = row.get("unix_timestamp").and_then(|given| time::any(given, SaidBy::Platform));
    let (written, trouble) = time::of_x_post(id, stated);
    out_time(written, trouble, &place, out);
    post.written = written;
    post.lang = row.get("language_guess").filter(|lang| !matches!(*lang, "und" | "zxx")).map(str::to_owned);
    post.url = post.author.handle.as_ref().and_then(|handle| address(handle.as_str(), id));
    post.conversation = row.id("thread_id").map(|id| PostKey::new(Platform::X, id));
    post.quote_of = row.id("quote_tweet_id").map(|id| PostKey::new(Platform::X, id));
    let list = |name: &str| {
        row.get(name)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    post.mentions = list("mentions").iter().filter_map(|h| Handle::new(h)).collect();
    post.hashtags = list("hashtags");
    post.links = list("urls").iter().filter_map(|l| Link::new(l)).collect();
    for (column, kind) in [("images", MediaKind::Image), ("videos", MediaKind::Video)] {
        let media = |link: &String| Media { kind, link: Link::new(link), id: None, alt: None, digest: None };
        post.media.extend(list(column).iter().map(media));
    }
    let mut observation = input.sighting(place.clone());
    observation.counts = Counts {
        views: row.count("impression_count").filter(|views| *views > 0),
        likes: row.count("like_count"),
        reposts: row.count("retweet_count"),
        quotes: row.count("quote_count"),
        replies: row.count("reply_count"),
        bookmarks: None,
    };
    if row.get("is_withheld").is_some_and(yes) {
        observation.state = record::State::Withheld;
    }
    post.kind = if row.get("is_retweet").is_some_and(yes) {
        // The row repeats the words and numbers of the post passed on, and does not say which it is.
        observation.counts = Counts::default();
        post.text.clear();
        post.text_cut = false;
        PostKind::Repost
    } else if post.quote_of.is_some() || row.get("is_quote_tweet").is_some_and(yes) {
        PostKind::Quote
    } else if row.get("is_reply").is_some_and(yes) {
        PostKind::Reply
    } else {
        PostKind::Original
    };
    if post.kind == PostKind::Reply {
        // The table names the account answered and not the post; only the post that opened the conversation is known.
        out.trouble(
            Trouble::new(
                "csv.reply_untied",
                Severity::Note,
                "The table says that this is a reply and not to which post.",
                "Ask for the .ndjson it was made from, which says so.",
            )
            .at(place.clone()),
        );
    }
    if post.text_cut {
        out.trouble(cut().at(place));
    }
    out.take(post_item(post, observation));
}

fn yes(cell: &str) -> bool {
    matches!(cell.to_ascii_lowercase().as_str(), "yes" | "true" | "1")
}
