//! “Download your information” of Facebook and Instagram, in JSON: own posts and comments, and messages both ways.
//!
//! Every text is UTF-8 taken for Latin-1 and written so; it is undone here, and the place leads to the bytes as they are.
//! `message_requests` holds what strangers sent. Nothing has an id. Paths changed over the years: only content decides.

use record::{Account, Community, Fidelity, Item, Media, MediaKind, Post, PostKind, Sink, State};
use serde_json::Value;
use values::{At, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::Dig;
use crate::{Refused, text};

pub(super) const FORMAT: Format = Format {
    name: "meta-download",
    version: 1,
    description: "“Download your information” of Facebook or Instagram, in JSON (.zip, or a file from it)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let messages = head.has(&["\"participants\":[", "\"messages\":["]);
    let comments = head.has(&["\"comments_v2\":["]);
    let posts = head.opens_with(&['[', '{']) && head.has(&["\"timestamp\":", "\"data\":[{\"post\":"]);
    head.opens_with(&['{', '[']) && (messages || comments || posts)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let path = input.member.as_deref().unwrap_or(input.source.name()).to_lowercase();
    let platform = if path.contains("instagram") { Platform::Instagram } else { Platform::Facebook };
    let mut reader = Reader { input, platform, mended: 0 };
    if value.get("messages").is_some() {
        reader.messages(&value, out);
    } else if value.get("comments_v2").is_some() {
        reader.comments(&value, out);
    } else {
        let (list, pointer) = match value.as_array() {
            Some(list) => (list.as_slice(), ""),
            None => (value.list("status_updates_v2"), "/status_updates_v2"),
        };
        reader.posts(list, pointer, out);
    }
    if reader.mended > 0 {
        out.trouble(Trouble::new(
            "meta.mojibake",
            Severity::Note,
            format!("{} texts were written by Meta with every accent and sign garbled; they are shown as they were typed.", reader.mended),
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
        let title = value.text("title").map(|title| self.words(title));
        let thread = value.text("thread_path").map(str::to_owned);
        for (index, message) in value.list("messages").iter().enumerate() {
            let place = Place::new(At::Pointer(format!("/messages/{index}")));
            let mut post = self.bare(PostKind::Message, message.text("sender_name"), &place);
            post.text = self.words(message.text("content").unwrap_or_default());
            post.written = message.epoch("timestamp_ms", SaidBy::Platform);
            post.community = Some(Community { id: thread.clone(), name: title.clone(), members: None });
            post.links = message.link("share.link").into_iter().collect();
            for (field, kind) in [
                ("photos", MediaKind::Image),
                ("videos", MediaKind::Video),
                ("audio_files", MediaKind::Audio),
                ("files", MediaKind::File),
            ] {
                for file in message.list(field) {
                    post.media.push(self.attached(kind, file.text("uri").unwrap_or_default()));
                }
            }
            let mut observation = self.input.sighting(place);
            if message.flag("is_unsent") == Some(true) {
                observation.state = State::Deleted;
            }
            out.take(post_item(post, observation));
        }
    }

    fn comments(&mut self, value: &Value, out: &mut Out<'_>) {
        for (index, entry) in value.list("comments_v2").iter().enumerate() {
            for (inner, data) in entry.list("data").iter().enumerate() {
                let Some(comment) = data.get("comment") else { continue };
                let place = Place::new(At::Pointer(format!("/comments_v2/{index}/data/{inner}/comment")));
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
            for data in entry.list("data") {
                if let Some(words) = data.text("post") {
                    post.text = self.words(words);
                }
                edited = edited.or_else(|| data.epoch("update_timestamp", SaidBy::Platform));
            }
            post.written = entry.epoch("timestamp", SaidBy::Platform);
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
