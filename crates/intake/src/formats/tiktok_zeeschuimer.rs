//! TikTok videos and comments as Zeeschuimer collects them.
//!
//! `author` is an object or a bare name. Words on the picture (`stickersOnItem`) are often the accusation and are added
//! behind the description, each on a line of its own. Addresses of thumbnails expire.

use record::{Account, Counts, Fidelity, Item, MediaKind, Observation, Post, PostKey, PostKind};
use serde_json::Value;
use values::{Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use super::zeeschuimer;
use crate::format::{Format, Input, Out, media, post_item, sighting};
use crate::json::Dig;
use crate::lines::{self, Line};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "tiktok-zeeschuimer",
    version: 2,
    description: "TikTok videos or comments, collected in Firefox with Zeeschuimer (.ndjson)",
    fidelity: Fidelity::Collected,
    looks: |head| zeeschuimer::is_from(head, &["tiktok.com", "tiktok-comments"]),
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    out.trouble(Trouble::new(
        "tiktok.links_expire",
        Severity::Note,
        "The addresses of films and pictures in this file stop working some hours or days after it was made.",
        "Save the films that matter at once, by the addresses of their posts.",
    ));
    lines::each(input, out, one_line)
}

fn one_line(line: &Line<'_>, items: &mut Vec<Item>) {
    let text = line.text(items);
    let Some(envelope) = zeeschuimer::parse::<Value>(line, &text, items) else { return };
    let data = envelope.data.get().unwrap_or(&Value::Null);
    let post = if data.get("cid").is_some() { comment(data) } else { video(data, &line.place(), items) };
    let Some((post, counts)) = post else {
        zeeschuimer::strange(line, "no record of a video or comment of TikTok", items);
        return;
    };
    let (seen, trouble) = time::collected(envelope.collected(), post.written);
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(line.place()))));
    items.push(post_item(post, Observation { seen, counts, ..sighting(line.place(), FORMAT.fidelity) }));
}

fn key(id: String) -> PostKey {
    PostKey::new(Platform::TikTok, &id)
}

pub(super) fn video(data: &Value, place: &Place, items: &mut Vec<Item>) -> Option<(Post, Counts)> {
    let id = data.id("id")?;
    let mut author = Account::unknown(Platform::TikTok);
    match data.get("author") {
        Some(Value::String(handle)) => author.handle = Handle::new(handle),
        Some(object) => {
            author.id = object.id("id");
            author.handle = object.text("uniqueId").and_then(Handle::new);
            author.name = object.text("nickname").map(str::to_owned);
            author.verified = object.flag("verified");
        }
        None => {}
    }
    author.followers = data.count("authorStats.followerCount");
    let mut post = Post::bare(key(id.clone()), PostKind::Original, author);
    post.text = data.text("desc").unwrap_or_default().to_owned();
    let stickers = data.list("stickersOnItem").iter().flat_map(|sticker| sticker.list("stickerText"));
    for words in stickers.filter_map(Value::as_str) {
        post.text.push_str(if post.text.is_empty() { "" } else { "\n" });
        post.text.push_str(words);
        items.push(Item::Trouble(
            Trouble::new(
                "tiktok.words_on_picture",
                Severity::Note,
                "Words that stand on the picture were added behind the description, on lines of their own.",
                "Save the video too: what is said in it is not in this file.",
            )
            .at(place.clone()),
        ));
    }
    post.written = data.epoch("createTime", SaidBy::Platform);
    post.url = post
        .author
        .handle
        .as_ref()
        .and_then(|h| Link::new(&format!("https://www.tiktok.com/{h}/video/{id}")));
    post.lang = data.text("textLanguage").filter(|lang| *lang != "un").map(str::to_owned);
    post.hashtags =
        data.list("textExtra").iter().filter_map(|t| t.text("hashtagName").map(str::to_owned)).collect();
    post.mentions =
        data.list("textExtra").iter().filter_map(|t| Handle::new(t.text("userUniqueId")?)).collect();
    post.media.push(media(
        MediaKind::Video,
        data.link("video.downloadAddr").or_else(|| data.link("video.playAddr")),
    ));
    if let Some(original) = data.id("duetInfo.duetFromId") {
        post.kind = PostKind::Quote;
        post.quote_of = Some(key(original));
    }
    let counts = Counts {
        views: data.count("stats.playCount"),
        likes: data.count("stats.diggCount"),
        reposts: data.count("stats.shareCount"),
        quotes: None,
        replies: data.count("stats.commentCount"),
        bookmarks: data.count("stats.collectCount"),
    };
    Some((post, counts))
}

pub(super) fn comment(data: &Value) -> Option<(Post, Counts)> {
    let id = data.id("cid")?;
    let mut author = Account::unknown(Platform::TikTok);
    author.id = data.id("user.uid");
    author.handle = data.text("user.unique_id").and_then(Handle::new);
    author.name = data.text("user.nickname").map(str::to_owned);
    let mut post = Post::bare(key(id), PostKind::Comment, author);
    post.text = data.text("text").unwrap_or_default().to_owned();
    post.written = data.epoch("create_time", SaidBy::Platform);
    post.lang = data.text("comment_language").filter(|lang| *lang != "un").map(str::to_owned);
    post.conversation = data.id("aweme_id").map(key);
    post.reply_to = data.id("reply_id").map(key).or_else(|| post.conversation.clone());
    post.url = data.link("share_info.url");
    let counts = Counts {
        likes: data.count("digg_count"),
        replies: data.count("reply_comment_total"),
        ..Counts::default()
    };
    Some((post, counts))
}
