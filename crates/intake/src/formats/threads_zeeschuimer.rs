//! Threads as Zeeschuimer collects it. The id is `pk`; `code` is the same id as the address writes it.

use record::{Account, Counts, Fidelity, Item, MediaKind, Observation, Post, PostKey, PostKind};
use serde_json::Value;
use values::{Handle, Link, Platform, SaidBy};

use super::zeeschuimer;
use crate::format::{Format, Input, Out, media, post_item, sighting};
use crate::json::Dig;
use crate::lines::{self, Line};
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "threads-zeeschuimer",
    version: 1,
    description: "Threads, collected in Firefox with Zeeschuimer (.ndjson)",
    fidelity: Fidelity::Collected,
    looks: |head| zeeschuimer::is_from(head, &["threads.net", "threads.com"]),
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    lines::each(input, out, one_line)
}

fn one_line(line: &Line<'_>, items: &mut Vec<Item>) {
    let text = line.text(items);
    let Some(envelope) = zeeschuimer::parse::<Value>(line, &text, items) else { return };
    let data = envelope.data.get().unwrap_or(&Value::Null);
    let Some(post) = post(data) else {
        zeeschuimer::strange(line, "no record of a post of Threads", items);
        return;
    };
    let (seen, trouble) = time::collected(envelope.collected(), post.written);
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(line.place()))));
    let counts = counts(data);
    items.push(post_item(post, Observation { seen, counts, ..sighting(line.place(), FORMAT.fidelity) }));
}

pub(super) fn counts(data: &Value) -> Counts {
    Counts {
        views: data.count("view_counts"),
        likes: data.count("like_count"),
        reposts: data.count("text_post_app_info.repost_count"),
        quotes: data.count("text_post_app_info.quote_count"),
        replies: data.count("text_post_app_info.direct_reply_count"),
        bookmarks: None,
    }
}

pub(super) fn post(data: &Value) -> Option<Post> {
    // `id` is `pk` and the author's id, joined.
    let id = data
        .id("pk")
        .or_else(|| data.id("id").map(|id| id.split('_').next().unwrap_or_default().to_owned()))?;
    let mut author = Account::unknown(Platform::Threads);
    author.id = data.id("user.pk").or_else(|| data.id("user.id"));
    author.handle = data.text("user.username").and_then(Handle::new);
    author.name = data.text("user.full_name").map(str::to_owned);
    author.verified = data.flag("user.is_verified");
    let key = |id: String| PostKey::new(Platform::Threads, &id);
    let mut post = Post::bare(key(id), PostKind::Original, author);
    post.text = data.text("caption.text").unwrap_or_default().to_owned();
    post.written = data.epoch("taken_at", SaidBy::Platform);
    if let (Some(handle), Some(code)) = (&post.author.handle, data.text("code")) {
        post.url = Link::new(&format!("https://www.threads.com/{handle}/post/{code}"));
    }
    post.links = data.link("text_post_app_info.link_preview_attachment.url").into_iter().collect();
    if let Some(original) = data.id("text_post_app_info.share_info.quoted_post.pk") {
        post.kind = PostKind::Quote;
        post.quote_of = Some(key(original));
    }
    if data.dig("text_post_app_info.reply_to_author").is_some() {
        post.kind = PostKind::Reply;
    }
    let parts = data.list("carousel_media");
    let parts = if parts.is_empty() { std::slice::from_ref(data) } else { parts };
    for part in parts {
        if let Some(film) = part.list("video_versions").first() {
            post.media.push(media(MediaKind::Video, film.link("url")));
        } else if let Some(picture) = part.list("image_versions2.candidates").first() {
            post.media.push(media(MediaKind::Image, picture.link("url")));
        }
    }
    post.hashtags = hashtags(&post.text);
    Some(post)
}

/// Returns the hashtags of a text, without `#`, as written.
pub(super) fn hashtags(text: &str) -> Vec<String> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '!' | '?' | ';' | ':' | '(' | ')'));
    let tags =
        words.filter_map(|word| word.strip_prefix('#')).filter(|tag| !tag.is_empty() && !tag.contains('#'));
    tags.map(str::to_owned).collect()
}
