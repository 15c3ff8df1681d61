//! Mentions downloaded from Brandwatch: some lines about the query, an empty one, then a table.
//!
//! `Date` is in the zone the account is set to, which the file does not name; on X the id says the time. Where the
//! platform does not allow it, the words themselves are left out, and only the address stands.

use record::{Account, Counts, Fidelity, Item, Observation, Post, PostKey, PostKind, Sink};
use values::{Handle, Link, Platform, SaidBy, Severity, Trouble};

use super::csv_table::out_time;
use super::table::{Row, rows_behind};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::x::post::{handle_in, id_in, looks_cut};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "brandwatch-csv",
    version: 1,
    description: "Mentions downloaded from Brandwatch (.csv)",
    fidelity: Fidelity::Derived,
    looks: |head: &Head<'_>| {
        let cells = |line: &str| -> Vec<String> {
            line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
        };
        head.text.lines().take(20).any(|line| is_header(&cells(line)))
    },
    read,
};

fn is_header(cells: &[String]) -> bool {
    let has = |name: &str| cells.iter().any(|cell| cell.eq_ignore_ascii_case(name));
    has("Query Id") && has("Query Name") && has("Date") && has("Url") && (has("Snippet") || has("Full Text"))
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    rows_behind(input, out, is_header, |row, out| one_row(row, input, out))
}

/// Returns the platform by the address.
fn platform(url: &str) -> Platform {
    let host = url.split('/').nth(2).unwrap_or_default().to_lowercase();
    let host = host.trim_start_matches("www.").trim_start_matches("mobile.").trim_start_matches("old.");
    match host {
        "x.com" | "twitter.com" => Platform::X,
        "reddit.com" => Platform::Reddit,
        "facebook.com" | "m.facebook.com" => Platform::Facebook,
        "instagram.com" => Platform::Instagram,
        "youtube.com" | "youtu.be" => Platform::YouTube,
        "tiktok.com" => Platform::TikTok,
        "threads.net" | "threads.com" => Platform::Threads,
        "truthsocial.com" => Platform::TruthSocial,
        "rumble.com" => Platform::Rumble,
        "bsky.app" => Platform::Bluesky,
        "t.me" => Platform::Telegram,
        _ => Platform::Web,
    }
}

fn one_row(row: &Row<'_>, input: &Input<'_>, out: &mut Out<'_>) {
    let place = row.place();
    let Some(url) = row.get("Original Url").or_else(|| row.get("Url")) else {
        out.take(Item::Leftover { place, what: "a row without the address of a post".to_owned() });
        return;
    };
    let platform = platform(url);
    let of_x = if platform == Platform::X { id_in(url) } else { None };
    let key = match of_x {
        Some(id) => PostKey::new(Platform::X, id),
        None => input.key_at(platform, &place),
    };
    let mut author = Account::unknown(platform);
    author.handle = (if platform == Platform::X { handle_in(url) } else { None })
        .or_else(|| row.get("Author").and_then(Handle::new));
    author.name = row.get("Full Name").map(str::to_owned);
    author.id = row.id("X Author ID").or_else(|| row.id("Twitter Author ID")).map(str::to_owned);
    author.followers = row.count("X Followers").or_else(|| row.count("Twitter Followers"));
    let mut post = Post::bare(key, PostKind::Original, author);
    let whole = row.words("Full Text").filter(|words| !words.trim().is_empty());
    let piece = row.words("Snippet").filter(|words| !words.trim().is_empty());
    post.text = whole.or(piece).or_else(|| row.words("Title")).unwrap_or_default().to_owned();
    post.text_cut = whole.is_none() || platform == Platform::X && looks_cut(&post.text);
    if whole.is_none() {
        out.trouble(
            Trouble::new(
                "brandwatch.no_words",
                Severity::Warn,
                "The table does not hold the whole words of this mention: the platform does not allow it, or the columns were not chosen.",
                "Open the address and capture the post itself, while it is there.",
            )
            .at(place.clone()),
        );
    }
    let stated = row.get("Date").and_then(|given| {
        time::any(given, SaidBy::Collector).or_else(|| time::slashed(given, input.options.day_first))
    });
    let stated = stated.map(|moment| time::in_zone(moment, input.options.zone_minutes));
    let (written, trouble) = match of_x {
        // Its own zone is not known; the id of the post says the time.
        Some(id) => time::of_x_post(id, None),
        None => (stated, None),
    };
    out_time(written.or(stated), trouble, &place, out);
    post.written = written.or(stated);
    post.lang = row.get("Language").map(str::to_owned);
    post.url = Link::new(url);
    let tie = |names: [&str; 2]| {
        names.iter().find_map(|name| row.get(name)).and_then(id_in).map(|id| PostKey::new(Platform::X, id))
    };
    post.reply_to = tie(["X Reply to", "Twitter Reply to"]);
    post.repost_of = tie(["X Repost of", "Twitter Retweet of"]);
    post.kind = match (&post.repost_of, &post.reply_to) {
        (Some(_), _) => PostKind::Repost,
        (None, Some(_)) => PostKind::Reply,
        _ => PostKind::Original,
    };
    let first = |names: &[&str]| names.iter().find_map(|name| row.count(name));
    let counts = Counts {
        likes: first(&["X Likes", "Twitter Likes", "Likes", "Facebook Likes", "Instagram Likes"]),
        reposts: first(&["X Reposts", "Twitter Retweets", "Facebook Shares"]),
        replies: first(&["X Reply Count", "Twitter Reply Count", "Comments", "Facebook Comments"]),
        ..Counts::default()
    };
    out.take(post_item(post, Observation { counts, ..input.sighting(place) }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Options, Slice, read};

    #[test]
    fn the_table_begins_behind_what_is_said_about_the_query() {
        let csv = "Report:,Bulk Mentions Download\nBrand:,ballots\nFrom:,Sat Nov 01 00:00:00 UTC 2025\nTo:,Wed Nov 05 00:00:00 UTC 2025\nLabel:,ballots\n\nQuery Id,Query Name,Date,Title,Snippet,Url,Domain,Author,Full Name,Full Text,Twitter Reply to,Twitter Retweets,Twitter Followers\n1,ballots,2025-11-04 10:02:11.0,t,Who is,https://twitter.com/example_watcher/status/1985726524027830284,twitter.com,example_watcher,Example,\"Who is this man, then?\",,5,70\n1,ballots,2025-11-04 10:02:11.0,A page,He was seen,https://forum.example/t/1,forum.example,someone,,,,,\n1,ballots,,,,,,,,,,,\n";
        let mut items: Vec<Item> = Vec::new();
        let options = Options::plain(Limits::ordinary());
        let summary = read(&Slice::new("mentions.csv", csv.as_bytes()), &options, &mut items).unwrap();
        assert_eq!((summary.format, summary.posts, summary.leftovers), ("brandwatch-csv", 2, 1));
        let posts: Vec<_> = items
            .iter()
            .filter_map(|item| match item {
                Item::Post { post, observation } => Some((post, observation)),
                _ => None,
            })
            .collect();
        assert_eq!(posts[0].0.key.as_str(), "x:1985726524027830284");
        assert_eq!(posts[0].0.text, "Who is this man, then?");
        assert!(posts[0].0.written.unwrap().doubt().is_none(), "the id says the time");
        assert_eq!((posts[0].1.place.to_string().as_str(), posts[0].1.counts.reposts), ("row:1", Some(5)));
        assert!(posts[1].0.text_cut && posts[1].0.written.unwrap().doubt().is_some());
        let codes: Vec<_> = items
            .iter()
            .filter_map(|item| match item {
                Item::Trouble(trouble) => Some(trouble.code.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(codes, ["brandwatch.no_words", "time.no_zone"]);
    }
}
