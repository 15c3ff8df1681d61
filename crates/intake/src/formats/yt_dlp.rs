//! What yt-dlp writes beside a film (`--write-info-json`): of X, TikTok, Facebook, Rumble, YouTube and others.
//!
//! `epoch` is when it was saved. On X the id may be that of the film; that of the post stands in the address. Titles are
//! put together by the program.

use record::{Account, Counts, Fidelity, MediaKind, Observation, Post, PostKey, PostKind, Sink};
use values::{At, Handle, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::json::Dig;
use crate::x::post::{handle_in, id_in};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "yt-dlp",
    version: 2,
    description: "Written by yt-dlp beside a film (.info.json)",
    fidelity: Fidelity::Derived,
    looks: |head: &Head<'_>| {
        head.opens_with(&['{']) && head.has(&["\"extractor_key\":\"", "\"webpage_url\":\""])
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let place = Place::whole();
    let platform = match value.text("extractor_key").unwrap_or_default().to_lowercase() {
        key if key.starts_with("twitter") => Platform::X,
        key if key.starts_with("tiktok") => Platform::TikTok,
        key if key.starts_with("facebook") => Platform::Facebook,
        key if key.starts_with("instagram") => Platform::Instagram,
        key if key.starts_with("youtube") => Platform::YouTube,
        key if key.starts_with("rumble") => Platform::Rumble,
        key if key.starts_with("reddit") => Platform::Reddit,
        key if key.starts_with("telegram") => Platform::Telegram,
        _ => Platform::Web,
    };
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
