//! What gallery-dl writes beside a picture of X (`--write-metadata`). The only open tool seen that keeps a community's
//! name, rules and members.
//!
//! The words are derived: short addresses are written out and the last one is taken away. Times are UTC without saying
//! so. Ids are whole numbers and are taken as their digits.

use record::{Account, Community, Counts, Fidelity, MediaKind, Post, PostKey, PostKind, Sink};
use values::{Handle, Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::json::Dig;
use crate::x::post::address;
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "x-gallery-dl",
    version: 1,
    description: "X, written by gallery-dl beside a picture (.json)",
    fidelity: Fidelity::Derived,
    looks: |head: &Head<'_>| {
        head.opens_with(&['{']) && head.has(&["\"tweet_id\":", "\"category\":\"twitter\""])
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let place = Place::whole();
    let Some(id) = value.id("tweet_id") else {
        return Err(Refused::new(
            "gallery-dl.no_id",
            "The file names no post.",
            "Save it again with gallery-dl.",
        ));
    };
    let key = |id: String| PostKey::new(Platform::X, &id);
    let mut author = Account::unknown(Platform::X);
    author.id = value.id("author.id");
    author.handle = value.text("author.name").and_then(Handle::new);
    author.name = value.text("author.nick").map(str::to_owned);
    author.followers = value.count("author.followers_count");
    author.verified = value.flag("author.verified");
    let mut post = Post::bare(key(id.clone()), PostKind::Original, author);
    post.text = value.text("content").unwrap_or_default().to_owned();
    let utc = |local: Moment| Moment::from_millis(local.millis(), Precision::Second, SaidBy::Platform);
    let stated =
        value.text("date").and_then(|given| Moment::parse_local(given, SaidBy::Platform).ok()).map(utc);
    let (written, trouble) = time::of_x_post(&id, stated);
    post.written = written;
    if let Some(trouble) = trouble {
        out.trouble(trouble.at(place.clone()));
    }
    post.lang = value.text("lang").filter(|lang| !matches!(*lang, "und" | "zxx")).map(str::to_owned);
    post.url = post.author.handle.as_ref().and_then(|handle| address(handle.as_str(), &id));
    post.conversation = value.id("conversation_id").map(key);
    post.reply_to = value.id("reply_id").map(key);
    post.quote_of = value.id("quote_id").map(key);
    post.repost_of = value.id("retweet_id").filter(|original| *original != id).map(key);
    post.kind = match (&post.repost_of, &post.quote_of, &post.reply_to) {
        (Some(_), ..) => PostKind::Repost,
        (_, Some(_), _) => PostKind::Quote,
        (.., Some(_)) => PostKind::Reply,
        _ => PostKind::Original,
    };
    post.mentions = value.list("mentions").iter().filter_map(|m| Handle::new(m.text("name")?)).collect();
    post.hashtags = value.list("hashtags").iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    post.community = value.dig("community").map(|community| Community {
        id: community.id("id"),
        name: community.text("name").map(str::to_owned),
        members: community.count("member_count"),
    });
    let kind = match value.text("extension") {
        Some("mp4" | "webm") => MediaKind::Video,
        _ => MediaKind::Image,
    };
    let mut attached = media(kind, None);
    attached.id = value.text("filename").map(str::to_owned);
    attached.alt = value.text("description").map(str::to_owned);
    let beside =
        input.source.name().rsplit('/').next().unwrap_or_default().strip_suffix(".json").map(str::to_owned);
    attached.digest = beside.and_then(|name| input.digest_beside(&name));
    post.media.push(attached);
    let mut observation = input.sighting(place.clone());
    observation.counts = Counts {
        views: value.count("view_count"),
        likes: value.count("favorite_count"),
        reposts: value.count("retweet_count"),
        quotes: value.count("quote_count"),
        replies: value.count("reply_count"),
        bookmarks: value.count("bookmark_count"),
    };
    out.trouble(
        Trouble::new(
            "gallery-dl.derived_text",
            Severity::Note,
            "The words were changed by the program: short addresses were written out, and the last one was taken away.",
            "For the exact words, capture the post itself.",
        )
        .at(place),
    );
    out.take(post_item(post, observation));
    Ok(())
}
