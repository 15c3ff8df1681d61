//! X as snscrape wrote it until the middle of 2023: one post a line. Ids are whole numbers of JSON and are taken as
//! their digits. `content`, `username` and `outlinks` only repeat other fields.

use record::{
    Account, Community, Counts, Fidelity, Item, MediaKind, Observation, Post, PostKey, PostKind, State,
};
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, media, post_item, sighting};
use crate::json::Dig;
use crate::lines;
use crate::x::post::looks_cut;
use crate::{Refused, text, time};

pub(super) const FORMAT: Format = Format {
    name: "x-snscrape",
    version: 2,
    description: "X, collected with snscrape until 2023 (.jsonl)",
    fidelity: Fidelity::Collected,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    head.first_line().starts_with('{') && head.has(&["\"_type\":\"snscrape.modules."])
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    lines::each_value(input, out, |value, line, items| {
        push(value, Place::new(At::LinePointer(line.number, String::new())), 2, items);
    })
}

fn push(value: &Value, place: Place, depth: u32, items: &mut Vec<Item>) {
    // The program collected from other platforms too; their records have the same names for other things.
    let sort = value.text("_type").unwrap_or("snscrape.modules.twitter.Tweet");
    if !sort.starts_with("snscrape.modules.twitter.") {
        items.push(Item::Trouble(
            Trouble::new(
                "snscrape.other_platform",
                Severity::Warn,
                format!(
                    "This record is of another platform ({sort}), whose records of this program are not read."
                ),
                "Turn them into a table and import it with --map, or capture the posts again.",
            )
            .at(place.clone()),
        ));
        items.push(Item::Leftover { place, what: "a record of another platform".to_owned() });
        return;
    }
    let Some(id) = value.id("id").or_else(|| value.id("id.str")) else {
        items.push(Item::Leftover { place, what: "a record that is no post".to_owned() });
        return;
    };
    if ["Tombstone", "TweetRef"].iter().any(|gone| sort.ends_with(gone)) {
        let post =
            Post::bare(PostKey::new(Platform::X, &id), PostKind::Original, Account::unknown(Platform::X));
        let state = State::Unavailable;
        items.push(post_item(post, Observation { state, ..sighting(place, FORMAT.fidelity) }));
        return;
    }
    let mut author = Account::unknown(Platform::X);
    author.id = value.id("user.id");
    author.handle = value.text("user.username").and_then(Handle::new);
    author.name = value.text("user.displayname").map(str::to_owned);
    author.followers = value.count("user.followersCount");
    author.verified = value.flag("user.blue").or_else(|| value.flag("user.verified"));
    author.created = value.moment("user.created", SaidBy::Platform);
    let key = |id: String| PostKey::new(Platform::X, &id);
    let mut post = Post::bare(key(id.clone()), PostKind::Original, author);
    let words = value.text("rawContent").or_else(|| value.text("content")).unwrap_or_default();
    post.text = text::unescape_x(words);
    post.text_cut = looks_cut(words);
    let (written, trouble) = time::of_x_post(&id, value.moment("date", SaidBy::Platform));
    post.written = written;
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    post.lang = value.text("lang").filter(|lang| !matches!(*lang, "und" | "zxx")).map(str::to_owned);
    post.url = value.link("url");
    post.conversation = value.id("conversationId").map(key);
    post.reply_to = value.id("inReplyToTweetId").map(key);
    post.repost_of = value.id("retweetedTweet.id").map(key);
    post.quote_of = value.id("quotedTweet.id").map(key);
    post.mentions =
        value.list("mentionedUsers").iter().filter_map(|m| Handle::new(m.text("username")?)).collect();
    post.hashtags = value.list("hashtags").iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    post.links = value.list("links").iter().filter_map(|link| Link::new(link.text("url")?)).collect();
    for part in value.list("media") {
        let is_film = part.text("_type").is_some_and(|kind| !kind.ends_with("Photo"));
        let film =
            part.list("variants").iter().max_by_key(|v| v.count("bitrate")).and_then(|v| v.link("url"));
        let kind = if is_film { MediaKind::Video } else { MediaKind::Image };
        post.media
            .push(media(kind, film.or_else(|| part.link("fullUrl")).or_else(|| part.link("thumbnailUrl"))));
    }
    if let Some(community) = value.dig("community") {
        post.community = Some(Community {
            id: community.id("id"),
            name: community.text("name").map(str::to_owned),
            members: None,
        });
    }
    let mut counts = Counts {
        views: value.count("viewCount"),
        likes: value.count("likeCount"),
        reposts: value.count("retweetCount"),
        quotes: value.count("quoteCount"),
        replies: value.count("replyCount"),
        bookmarks: value.count("bookmarkCount"),
    };
    post.kind = if post.repost_of.is_some() {
        post.text.clear();
        post.text_cut = false;
        counts = Counts::default();
        PostKind::Repost
    } else if post.quote_of.is_some() {
        PostKind::Quote
    } else if post.reply_to.is_some() {
        PostKind::Reply
    } else {
        PostKind::Original
    };
    items.push(post_item(post, Observation { counts, ..sighting(place.clone(), FORMAT.fidelity) }));
    for field in ["retweetedTweet", "quotedTweet"] {
        if let (Some(inner), At::LinePointer(line, pointer)) = (value.dig(field), &place.at)
            && depth > 0
            && inner.get("id").is_some()
        {
            push(inner, Place::new(At::LinePointer(*line, format!("{pointer}/{field}"))), depth - 1, items);
        }
    }
}
