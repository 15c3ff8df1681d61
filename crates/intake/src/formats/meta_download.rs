//! “Download your information” of Facebook and Instagram, in JSON: own posts and comments, and messages both ways.
//!
//! Every text is UTF-8 taken for Latin-1 and written so; it is undone here, and the place leads to the bytes as they are.
//! `message_requests` holds what strangers sent. Nothing has an id. Paths changed over the years: only content decides.

use record::{Account, Community, Fidelity, Item, Media, MediaKind, Post, PostKind, Sink, State};
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::Dig;
use crate::{Refused, text};

pub(super) const FORMAT: Format = Format {
    name: "meta-download",
    version: 2,
    description: "“Download your information” of Facebook or Instagram, in JSON (.zip, or a file from it)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let messages = head.has(&["\"participants\":[", "\"messages\":["]);
    let comments =
        ["comments_v2", "group_comments_v2"].iter().any(|name| head.has(&[&format!("\"{name}\":[")]));
    let posts = head.has(&["\"timestamp\":", "\"data\":[{\"post\":"]) || head.has(&["\"group_posts_v2\":["]);
    let instagram = head.has(&["\"string_map_data\":{\"Comment\":{"])
        || head.has(&["\"media\":[{\"uri\":\"", "\"creation_timestamp\":"]);
    head.opens_with(&['{', '[']) && (messages || comments || posts || instagram)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let path = input.member.as_deref().unwrap_or(input.source.name()).to_lowercase();
    let of_instagram = path.contains("instagram") || is_of_instagram(&value);
    let platform = if of_instagram { Platform::Instagram } else { Platform::Facebook };
    let mut reader = Reader { input, platform, mended: 0 };
    if value.get("messages").is_some() {
        reader.messages(&value, out);
    } else if let Some(name) =
        ["comments_v2", "group_comments_v2"].into_iter().find(|name| value.get(*name).is_some())
    {
        reader.comments(&value, name, out);
    } else {
        let named = ["status_updates_v2", "group_posts_v2", "comments_reels_comments", "ig_reels_media"];
        let (list, pointer) = match value.as_array() {
            Some(list) => (list.as_slice(), String::new()),
            None => {
                let name = named.into_iter().find(|name| value.get(*name).is_some()).unwrap_or_default();
                (value.list(name), format!("/{name}"))
            }
        };
        reader.posts(list, &pointer, out);
    }
    if reader.mended > 0 {
        out.trouble(Trouble::new(
            "meta.mojibake",
            Severity::Note,
            match reader.mended {
                1 => "One text was written by Meta with every accent and sign garbled; it is shown as it was typed.".to_owned(),
                many => format!("{many} texts were written by Meta with every accent and sign garbled; they are shown as they were typed."),
            },
            "Nothing needs doing: the bytes are kept as they came, and the place of each text leads to them.",
        ));
    }
    out.trouble(Trouble::new(
        "meta.own_only",
        Severity::Note,
        "This download holds what its owner wrote and the messages they got, and not what others posted about them.",
        "Capture posts of others from their pages.",
    ));
    Ok(())
}

/// Tells whether a file without a path that names it is of Instagram: its lists have names Facebook's do not.
fn is_of_instagram(value: &Value) -> bool {
    if value.get("messages").is_some() {
        return false;
    }
    let first = match value.as_array() {
        Some(list) => list.first(),
        None => value.as_object().and_then(|map| map.values().find_map(|inner| inner.get(0))),
    };
    first.is_some_and(|entry| {
        entry.get("string_map_data").is_some()
            || entry.get("media").is_some_and(Value::is_array) && entry.get("data").is_none()
    })
}

struct Reader<'a> {
    input: &'a Input<'a>,
    platform: Platform,
    mended: u64,
}

impl Reader<'_> {
    fn words(&mut self, given: &str) -> String {
        match text::undo_mojibake(given) {
            Some(mended) => {
                self.mended += 1;
                mended
            }
            None => given.to_owned(),
        }
    }

    fn bare(&mut self, kind: PostKind, name: Option<&str>, place: &Place) -> Post {
        let mut author = Account::unknown(self.platform);
        author.name = name.map(|name| self.words(name));
        Post::bare(self.input.key_at(self.platform, place), kind, author)
    }

    fn messages(&mut self, value: &Value, out: &mut Out<'_>) {
        let title = value.text("title").or_else(|| value.text("threadName")).map(|title| self.words(title));
        let thread = value.text("thread_path").map(str::to_owned);
        for (index, message) in value.list("messages").iter().enumerate() {
            let place = Place::new(At::Pointer(format!("/messages/{index}")));
            // Messages encrypted from end to end are exported by another program, with other names and without mojibake.
            let name = message.text("sender_name").or_else(|| message.text("senderName"));
            let mut post = self.bare(PostKind::Message, name, &place);
            post.text =
                self.words(message.text("content").or_else(|| message.text("text")).unwrap_or_default());
            post.written = message
                .epoch("timestamp_ms", SaidBy::Platform)
                .or_else(|| message.epoch("timestamp", SaidBy::Platform));
            post.community = Some(Community { id: thread.clone(), name: title.clone(), members: None });
            post.links = message.link("share.link").into_iter().collect();
            for (field, kind) in [
                ("photos", MediaKind::Image),
                ("videos", MediaKind::Video),
                ("audio_files", MediaKind::Audio),
                ("files", MediaKind::File),
                ("gifs", MediaKind::Image),
                ("media", MediaKind::File),
            ] {
                for file in message.list(field) {
                    post.media.push(self.attached(kind, file.text("uri").unwrap_or_default()));
                }
            }
            let mut observation = self.input.sighting(place);
            if message.flag("is_unsent").or_else(|| message.flag("isUnsent")) == Some(true) {
                observation.state = State::Deleted;
            }
            out.take(post_item(post, observation));
        }
    }

    fn comments(&mut self, value: &Value, name: &str, out: &mut Out<'_>) {
        for (index, entry) in value.list(name).iter().enumerate() {
            for (inner, data) in entry.list("data").iter().enumerate() {
                let Some(comment) = data.get("comment") else { continue };
                let place = Place::new(At::Pointer(format!("/{name}/{index}/data/{inner}/comment")));
                let mut post = self.bare(PostKind::Comment, comment.text("author"), &place);
                post.text = self.words(comment.text("comment").unwrap_or_default());
                post.written = comment
                    .epoch("timestamp", SaidBy::Platform)
                    .or_else(|| entry.epoch("timestamp", SaidBy::Platform));
                let group = comment.text("group").map(|group| self.words(group));
                post.community = group.map(|name| Community { id: None, name: Some(name), members: None });
                let observation = self.input.sighting(place);
                out.take(post_item(post, observation));
            }
        }
    }

    fn posts(&mut self, list: &[Value], pointer: &str, out: &mut Out<'_>) {
        for (index, entry) in list.iter().enumerate() {
            let place = Place::new(At::Pointer(format!("{pointer}/{index}")));
            let mut post = self.bare(PostKind::Original, None, &place);
            let mut edited = None;
            if let Some(comment) =
                entry.dig("string_map_data.Comment").and_then(|comment| comment.text("value"))
            {
                post.kind = PostKind::Comment;
                post.text = self.words(comment);
                post.written = entry.epoch("string_map_data.Time.timestamp", SaidBy::Platform);
                post.mentions = entry
                    .dig("string_map_data.Media Owner")
                    .and_then(|owner| Handle::new(owner.text("value")?))
                    .into_iter()
                    .collect();
            }
            for file in entry.list("media") {
                if let Some(uri) = file.text("uri") {
                    post.media.push(self.attached(MediaKind::Image, uri));
                }
            }
            let first = entry.list("media").first();
            if let Some(title) =
                entry.text("title").filter(|_| first.is_some()).or_else(|| first?.text("title"))
            {
                post.text = self.words(title);
            }
            for data in entry.list("data") {
                if let Some(words) = data.text("post") {
                    post.text = self.words(words);
                }
                edited = edited.or_else(|| data.epoch("update_timestamp", SaidBy::Platform));
            }
            post.written = post
                .written
                .or_else(|| entry.epoch("timestamp", SaidBy::Platform))
                .or_else(|| entry.epoch("creation_timestamp", SaidBy::Platform))
                .or_else(|| first?.epoch("creation_timestamp", SaidBy::Platform));
            post.edited = edited;
            for data in entry.list("attachments").iter().flat_map(|attachment| attachment.list("data")) {
                post.links.extend(data.link("external_context.url"));
                if let Some(uri) = data.text("media.uri") {
                    post.media.push(self.attached(MediaKind::Image, uri));
                }
            }
            if post.text.is_empty() && post.links.is_empty() && post.media.is_empty() {
                out.take(Item::Leftover {
                    place,
                    what: "an entry without words, link or picture".to_owned(),
                });
                continue;
            }
            let mut observation = self.input.sighting(place);
            if edited.is_some() {
                observation.state = State::Edited;
            }
            out.take(post_item(post, observation));
        }
    }

    fn attached(&self, kind: MediaKind, uri: &str) -> Media {
        Media { kind, link: Link::new(uri), id: None, alt: None, digest: self.input.digest_beside(uri) }
    }
}
