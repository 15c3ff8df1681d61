//! TikTok, Instagram and Telegram as 4CAT writes them as a table.
//!
//! As in its table of X, `timestamp` is the local time of whatever server made it, and the time is `unix_timestamp`.
//! Words on the picture of a TikTok stand in a column of their own. Telegram numbers messages by chat.

use record::{
    Account, Community, Counts, Fidelity, Item, MediaKind, Observation, Post, PostKey, PostKind, Sink,
};
use values::{Handle, Link, Platform, SaidBy, Severity, Trouble};

use super::csv_table::no_zone;
use super::table::{Row, header_cells, rows};
use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::{Refused, time};

pub(super) const TIKTOK: Format = Format {
    name: "tiktok-4cat-csv",
    version: 1,
    description: "TikTok, table written by 4CAT (.csv)",
    fidelity: Fidelity::Derived,
    looks: |head| has(head, &["thread_id", "body", "music_name", "tiktok_url", "plays"]),
    read: |input, out| read(input, out, tiktok),
};

pub(super) const INSTAGRAM: Format = Format {
    name: "instagram-4cat-csv",
    version: 1,
    description: "Instagram, table written by 4CAT (.csv)",
    fidelity: Fidelity::Derived,
    looks: |head| has(head, &["thread_id", "parent_id", "body", "num_likes", "num_comments", "num_media"]),
    read: |input, out| read(input, out, instagram),
};

pub(super) const TELEGRAM: Format = Format {
    name: "telegram-4cat-csv",
    version: 1,
    description: "Telegram, table written by 4CAT (.csv)",
    fidelity: Fidelity::Derived,
    looks: |head| {
        has(head, &["chat", "author_username", "author_is_bot", "body", "author_forwarded_from_name"])
    },
    read: |input, out| read(input, out, telegram),
};

fn has(head: &Head<'_>, names: &[&str]) -> bool {
    let cells = header_cells(head);
    names.iter().all(|name| cells.iter().any(|cell| cell == name))
}

/// A post of one row, with what was counted.
type Made = (Post, Counts);

fn read(
    input: &Input<'_>,
    out: &mut Out<'_>,
    made: impl Fn(&Row<'_>, &mut Out<'_>) -> Option<Made>,
) -> Result<(), Refused> {
    out.trouble(Trouble::new(
        "csv.prefer_ndjson",
        Severity::Note,
        "This table leaves out much of what was collected, and does not say when it was collected.",
        "Ask whoever made it for the .ndjson it was made from.",
    ));
    rows(input, out, |row, out| {
        let place = row.place();
        let Some((mut post, counts)) = made(row, out) else {
            out.take(Item::Leftover { place, what: "a row without the id of a post".to_owned() });
            return;
        };
        let counted = row.get("unix_timestamp").and_then(|given| time::any(given, SaidBy::Platform));
        post.written = counted.or_else(|| {
            let local = time::any(row.get("timestamp")?, SaidBy::Collector)?;
            out.trouble(no_zone().at(place.clone()));
            Some(time::in_zone(local, input.options.zone_minutes))
        });
        out.take(post_item(post, Observation { counts, ..input.sighting(place) }));
    })
}

fn author(platform: Platform, row: &Row<'_>, handle: &str, name: &str) -> Account {
    let mut author = Account::unknown(platform);
    author.handle = row.get(handle).and_then(Handle::new);
    author.name = row.get(name).map(str::to_owned);
    author
}

fn list<'r>(row: &'r Row<'_>, name: &str) -> impl Iterator<Item = &'r str> {
    row.get(name).unwrap_or_default().split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

fn tiktok(row: &Row<'_>, out: &mut Out<'_>) -> Option<Made> {
    let id = row.id("id")?;
    let mut author = author(Platform::TikTok, row, "author", "author_full");
    author.followers = row.count("author_followers");
    let mut post = Post::bare(PostKey::new(Platform::TikTok, id), PostKind::Original, author);
    post.text = row.words("body").unwrap_or_default().to_owned();
    if let Some(words) = row.get("stickers") {
        post.text.push_str(if post.text.is_empty() { "" } else { "\n" });
        post.text.push_str(words);
        out.trouble(
            Trouble::new(
                "tiktok.words_on_picture",
                Severity::Note,
                "Words that stand on the picture were added behind the description, on lines of their own.",
                "Save the video too: what is said in it is not in this file.",
            )
            .at(row.place()),
        );
    }
    post.url = row.get("tiktok_url").and_then(Link::new);
    post.hashtags = list(row, "hashtags").map(str::to_owned).collect();
    post.media.push(media(MediaKind::Video, row.get("video_url").and_then(Link::new)));
    let counts = Counts {
        views: row.count("plays"),
        likes: row.count("likes"),
        reposts: row.count("shares"),
        replies: row.count("comments"),
        ..Counts::default()
    };
    Some((post, counts))
}

fn instagram(row: &Row<'_>, _: &mut Out<'_>) -> Option<Made> {
    let id = row.get("id")?;
    let key = |id: &str| PostKey::new(Platform::Instagram, id);
    let author = author(Platform::Instagram, row, "author", "author_fullname");
    let mut post = Post::bare(key(id), PostKind::Original, author);
    post.text = row.words("body").unwrap_or_default().to_owned();
    // A comment stands under another post.
    if let Some(parent) = row.get("thread_id").filter(|parent| *parent != id) {
        post.kind = PostKind::Comment;
        post.conversation = Some(key(parent));
        post.reply_to = Some(key(row.get("parent_id").filter(|parent| *parent != id).unwrap_or(parent)));
    }
    post.url = row.get("url").and_then(Link::new);
    post.hashtags = list(row, "hashtags").map(str::to_owned).collect();
    post.mentions = list(row, "usertags").filter_map(Handle::new).collect();
    let kind = if row.get("type") == Some("video") { MediaKind::Video } else { MediaKind::Image };
    let link = row.get("media_url").or_else(|| row.get("image_url")).and_then(Link::new);
    post.media.extend(link.map(|link| media(kind, Some(link))));
    let counts =
        Counts { likes: row.count("num_likes"), replies: row.count("num_comments"), ..Counts::default() };
    Some((post, counts))
}

fn telegram(row: &Row<'_>, out: &mut Out<'_>) -> Option<Made> {
    let chat = row.get("chat")?;
    // Newer tables put the chat before the number of the message.
    let number = |given: &str| -> Option<String> {
        let last = given.rsplit('-').next()?;
        last.bytes().all(|b| b.is_ascii_digit()).then(|| last.to_owned())
    };
    let id = number(row.get("id")?)?;
    let key = |id: &str| PostKey::new(Platform::Telegram, &format!("{chat}/{id}"));
    let mut author = author(Platform::Telegram, row, "author_username", "author_name");
    author.id = row.get("author").map(str::to_owned);
    let mut post = Post::bare(key(&id), PostKind::Message, author);
    post.text = row.words("body").unwrap_or_default().to_owned();
    post.reply_to = row.get("reply_to").and_then(number).map(|id| key(&id));
    post.edited = row.get("unix_timestamp_edited").and_then(|given| time::any(given, SaidBy::Platform));
    post.community = Some(Community { id: None, name: Some(chat.to_owned()), members: None });
    post.url = Handle::new(chat).and_then(|_| Link::new(&format!("https://t.me/{chat}/{id}")));
    if let Some(from) =
        row.get("author_forwarded_from_username").or_else(|| row.get("author_forwarded_from_name"))
    {
        post.kind = PostKind::Repost;
        out.trouble(
            Trouble::new(
                "telegram.forwarded",
                Severity::Note,
                format!(
                    "This message was passed on from “{from}”; the words are theirs and not the sender's."
                ),
                "Look for the message in the chat it came from.",
            )
            .at(row.place()),
        );
    }
    Some((post, Counts { views: row.count("views"), ..Counts::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Options, Slice, read};

    fn posts(csv: &str) -> (&'static str, Vec<(Post, Observation)>, Vec<String>) {
        let mut items: Vec<Item> = Vec::new();
        let options = Options::plain(Limits::ordinary());
        let summary = read(&Slice::new("t.csv", csv.as_bytes()), &options, &mut items).unwrap();
        let (mut posts, mut codes) = (Vec::new(), Vec::new());
        for item in items {
            match item {
                Item::Post { post, observation } => posts.push((*post, observation)),
                Item::Trouble(trouble) => codes.push(trouble.code.into_owned()),
                Item::Leftover { what, .. } => codes.push(what),
                Item::Incident { .. } => {}
            }
        }
        (summary.format, posts, codes)
    }

    #[test]
    fn the_time_is_the_one_counted_in_seconds_and_ids_are_the_platform_s() {
        let tiktok = "id,thread_id,author,author_full,author_followers,body,timestamp,unix_timestamp,is_duet,is_ad,music_name,music_id,tiktok_url,likes,comments,shares,plays,hashtags,stickers\n7568000000000000001,7568000000000000001,example_watcher,Example,10,Who is he?,2025-11-04 16:02:11,1762268531,no,no,song,1,https://www.tiktok.com/@example_watcher/video/7568000000000000001,4,1,2,900,\"ballots,mule\",FIND HIM\n";
        let (format, posts_of, codes) = posts(tiktok);
        assert_eq!((format, posts_of.len()), ("tiktok-4cat-csv", 1));
        let (post, seen) = &posts_of[0];
        assert_eq!(post.key.as_str(), "tiktok:7568000000000000001");
        assert_eq!((post.text.as_str(), post.hashtags.len()), ("Who is he?\nFIND HIM", 2));
        assert_eq!(post.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11Z");
        assert_eq!((seen.counts.views, seen.counts.replies), (Some(900), Some(1)));
        assert_eq!(codes, ["csv.prefer_ndjson", "tiktok.words_on_picture"]);

        let instagram = "id,thread_id,parent_id,url,body,author,author_fullname,timestamp,unix_timestamp,type,num_likes,num_comments,num_media,hashtags,usertags\nDQexample01,DQexample01,DQexample01,https://www.instagram.com/p/DQexample01,Look,example_watcher,E,2025-11-04 16:02:11,1762268531,picture,3,2,1,,example_two\n1801,DQexample01,DQexample01,https://www.instagram.com/p/DQexample01,His plate?,example_three,,2025-11-04 16:03:11,1762268591,comment,0,0,0,,\n";
        let (format, posts_of, _) = posts(instagram);
        assert_eq!((format, posts_of.len()), ("instagram-4cat-csv", 2));
        assert_eq!(posts_of[0].0.key.as_str(), "instagram:DQexample01");
        assert_eq!(posts_of[1].0.kind, PostKind::Comment);
        assert_eq!(posts_of[1].0.reply_to.as_ref().unwrap().as_str(), "instagram:DQexample01");

        let telegram = "id,thread_id,chat,author,author_username,author_name,author_is_bot,body,reply_to,views,timestamp,unix_timestamp,timestamp_edited,unix_timestamp_edited,author_forwarded_from_name,author_forwarded_from_username,attachment_type\nexample_channel-41,example_channel,example_channel,777,example_watcher,Example,no,Go there,40,12,2025-11-04 16:02:11,1762268531,,,,,\n42,example_channel,example_channel,777,example_watcher,Example,no,Passed on,,,2025-11-04 16:02:11,,,,Other,other_channel,\nx,example_channel,example_channel,777,,,no,No number,,,,,,,,,\n";
        let (format, posts_of, codes) = posts(telegram);
        assert_eq!((format, posts_of.len()), ("telegram-4cat-csv", 2));
        assert_eq!(posts_of[0].0.key.as_str(), "telegram:example_channel/41");
        assert_eq!(posts_of[0].0.reply_to.as_ref().unwrap().as_str(), "telegram:example_channel/40");
        assert_eq!(posts_of[1].0.kind, PostKind::Repost);
        assert_eq!(
            codes,
            ["csv.prefer_ndjson", "telegram.forwarded", "time.no_zone", "a row without the id of a post"]
        );
    }
}
