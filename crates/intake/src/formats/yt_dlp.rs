//! What yt-dlp writes beside a film (`--write-info-json`): of X, TikTok, Facebook, Rumble, YouTube and others.
//!
//! `epoch` is when it was saved. On X the id may be that of the film; that of the post stands in the address. Titles are
//! put together by the program.

use record::{Account, Counts, Fidelity, MediaKind, Observation, Post, PostKey, PostKind, Sink};
use serde_json::Value;
use values::{At, Handle, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::json::Dig;
use crate::x::post::{handle_in, id_in};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "yt-dlp",
    version: 3,
    description: "Written by yt-dlp beside a film (.info.json)",
    fidelity: Fidelity::Derived,
    looks,
    read,
};

/// Older programs write no `extractor_key`; a long list of qualities may push both names out of the front of the file.
fn looks(head: &Head<'_>) -> bool {
    let named = head.has(&["\"webpage_url\":\""])
        && (head.has(&["\"extractor_key\":\""]) || head.has(&["\"extractor\":\""]));
    let of_film = head.has(&["\"id\":\"", "\"title\":\"", "\"formats\":[{", "\"format_id\":\""]);
    head.opens_with(&['{']) && (named || of_film)
}

/// Returns the platform by what the program calls it, or by the address of the page.
fn platform(value: &Value) -> Platform {
    let key =
        value.text("extractor_key").or_else(|| value.text("extractor")).unwrap_or_default().to_lowercase();
    let page = value.text("webpage_url").or_else(|| value.text("original_url")).unwrap_or_default();
    let host = page.split('/').nth(2).unwrap_or_default().to_lowercase();
    let host = host.trim_start_matches("www.").trim_start_matches("m.");
    let known = [
        ("twitter", "twitter.com", Platform::X),
        ("twitter", "x.com", Platform::X),
        ("tiktok", "tiktok.com", Platform::TikTok),
        ("facebook", "facebook.com", Platform::Facebook),
        ("instagram", "instagram.com", Platform::Instagram),
        ("youtube", "youtube.com", Platform::YouTube),
        ("youtube", "youtu.be", Platform::YouTube),
        ("rumble", "rumble.com", Platform::Rumble),
        ("reddit", "reddit.com", Platform::Reddit),
        ("telegram", "t.me", Platform::Telegram),
    ];
    let is = |(name, site, _): &&(&str, &str, Platform)| match key.as_str() {
        "" | "generic" => host == *site,
        key => key.starts_with(name),
    };
    known.iter().find(is).map_or(Platform::Web, |(_, _, platform)| *platform)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let place = Place::whole();
    let platform = platform(&value);
    let page = value.text("webpage_url").unwrap_or_default();
    let id = if platform == Platform::X { id_in(page).map(str::to_owned) } else { None }
        .or_else(|| value.id("id"));
    let key = match &id {
        Some(id) if platform != Platform::Web => PostKey::new(platform, id),
        _ => input.key_at(platform, &place),
    };
    let mut author = Account::unknown(platform);
    author.handle = (if platform == Platform::X { handle_in(page) } else { None })
        .or_else(|| value.text("uploader_id").and_then(Handle::new));
    author.id = value.id("channel_id");
    author.name = value.text("uploader").or_else(|| value.text("channel")).map(str::to_owned);
    author.followers = value.count("channel_follower_count");
    let mut post = Post::bare(key, PostKind::Original, author);
    let description = value.text("description").unwrap_or_default();
    let title = value.text("title").unwrap_or_default();
    // On X and TikTok the title is made from the description; elsewhere it is the author's own.
    let own_title = !matches!(platform, Platform::X | Platform::TikTok | Platform::Instagram);
    post.text = match (own_title && !title.is_empty(), description.is_empty()) {
        (true, true) => title.to_owned(),
        (true, false) => format!("{title}\n\n{description}"),
        (false, _) => description.to_owned(),
    };
    let day = value.text("upload_date").filter(|day| day.len() == 8 && day.is_ascii());
    let day = day
        .and_then(|day| time::any(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]), SaidBy::Platform))
        // The day is that of UTC.
        .map(|day| values::Moment::from_millis(day.millis(), day.precision(), day.said_by()));
    let stated = value.epoch("timestamp", SaidBy::Platform).or(day);
    let (written, trouble) = match (&id, platform) {
        (Some(id), Platform::X) => time::of_x_post(id, stated),
        _ => (stated, None),
    };
    post.written = written;
    post.url = value.link("webpage_url");
    post.media.push(media(MediaKind::Video, None));
    let (seen, late) = time::collected(value.epoch("epoch", SaidBy::Collector), written);
    for trouble in trouble.into_iter().chain(late) {
        out.trouble(trouble.at(place.clone()));
    }
    let counts = Counts {
        views: value.count("view_count"),
        likes: value.count("like_count"),
        reposts: value.count("repost_count"),
        quotes: None,
        replies: value.count("comment_count"),
        bookmarks: None,
    };
    let parent = post.key.clone();
    out.trouble(
        Trouble::new(
            "yt-dlp.derived",
            Severity::Note,
            "The description was put together by a program; what is said in the film is not in it.",
            "Keep the film beside this file, and capture the post's page.",
        )
        .at(place.clone()),
    );
    out.take(post_item(post, Observation { seen, counts, ..input.sighting(place) }));
    for (index, comment) in value.list("comments").iter().enumerate() {
        let Some(id) = comment.id("id") else { continue };
        let mut author = Account::unknown(platform);
        author.id = comment.id("author_id");
        author.name = comment.text("author").map(str::to_owned);
        let mut post = Post::bare(PostKey::new(platform, &id), PostKind::Comment, author);
        post.text = comment.text("text").unwrap_or_default().to_owned();
        post.written = comment.epoch("timestamp", SaidBy::Platform);
        post.conversation = Some(parent.clone());
        let answered = comment.id("parent").filter(|parent| parent != "root");
        post.reply_to = Some(answered.map_or_else(|| parent.clone(), |id| PostKey::new(platform, &id)));
        let counts = Counts { likes: comment.count("like_count"), ..Counts::default() };
        let place = Place::new(At::Pointer(format!("/comments/{index}")));
        out.take(post_item(post, Observation { seen, counts, ..input.sighting(place) }));
    }
    Ok(())
}
