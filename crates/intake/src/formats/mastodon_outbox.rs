//! A person's own Mastodon archive: `outbox.json` (ActivityStreams 2.0). Own activities only.
//!
//! A boost (`Announce`) holds nothing but the address of what was boosted. Addresses of attachments lead into the
//! archive.

use record::{Account, Fidelity, Media, MediaKind, Post, PostKey, PostKind, Sink};
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::Dig;
use crate::{Refused, html};
use record::Item;

pub(super) const FORMAT: Format = Format {
    name: "mastodon-outbox",
    version: 3,
    description: "A person's own Mastodon archive (outbox.json, or the archive it lies in)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let list = head.has(&["\"type\":\"OrderedCollection\"", "\"orderedItems\":["]);
    let owner = head.has(&["\"type\":\"Person\"", "\"outbox\":\""]);
    head.opens_with(&['{']) && head.has(&["activitystreams"]) && (list || owner)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    if value.get("orderedItems").is_none() {
        out.describes("the page of the archive's owner, which holds no posts");
    }
    out.trouble(Trouble::new(
        "mastodon.own_only",
        Severity::Note,
        "An account's archive holds what its owner did, and not what others posted about them; of a post passed on it keeps the address alone.",
        "Capture posts of others from their pages, with the context of each.",
    ));
    for (index, activity) in value.list("orderedItems").iter().enumerate() {
        let place = Place::new(At::Pointer(format!("/orderedItems/{index}")));
        match post(activity, input) {
            Some(post) => out.take(post_item(post, input.sighting(place))),
            None => {
                out.described = true;
                let what = "an entry of a list of likes or bookmarks, which is no post".to_owned();
                out.take(Item::Leftover { place, what });
            }
        }
    }
    Ok(())
}

fn post(activity: &Value, input: &Input<'_>) -> Option<Post> {
    let author = account(activity.text("actor")?);
    let key = |uri: &str| PostKey::new(Platform::Mastodon, uri);
    let published = activity.moment("published", SaidBy::Author);
    if activity.text("type") == Some("Announce") {
        let object = activity.text("object").or_else(|| activity.text("object.id"))?;
        let mut post = Post::bare(key(activity.text("id")?), PostKind::Repost, author);
        post.repost_of = Some(key(object));
        post.written = published;
        return Some(post);
    }
    let note = activity.dig("object").filter(|note| note.get("content").is_some())?;
    let mut post = Post::bare(key(note.text("id")?), PostKind::Original, author);
    post.text = html::words(note.text("content").unwrap_or_default());
    if let Some(warning) = note.text("summary") {
        post.text = format!("{warning}\n{}", post.text);
    }
    for option in note.list("oneOf").iter().chain(note.list("anyOf")) {
        post.text.push_str(&format!("\n- {}", option.text("name").unwrap_or_default()));
    }
    post.written = note.moment("published", SaidBy::Author).or(published);
    post.edited = note.moment("updated", SaidBy::Author);
    post.url = note.link("url");
    if let Some(parent) = note.text("inReplyTo") {
        post.kind = PostKind::Reply;
        post.reply_to = Some(key(parent));
    }
    if let Some(quoted) = note.text("quoteUrl").or_else(|| note.text("quote")) {
        post.kind = PostKind::Quote;
        post.quote_of = Some(key(quoted));
    }
    for tag in note.list("tag") {
        let name = tag.text("name").unwrap_or_default();
        match tag.text("type") {
            Some("Hashtag") => post.hashtags.push(name.trim_start_matches('#').to_owned()),
            Some("Mention") => post.mentions.extend(Handle::new(name)),
            _ => {}
        }
    }
    post.lang = note
        .get("contentMap")
        .and_then(Value::as_object)
        .filter(|map| map.len() == 1)
        .and_then(|map| map.keys().next().cloned());
    for attachment in note.list("attachment") {
        let path = attachment.text("url").unwrap_or_default();
        let kind = match attachment.text("mediaType").unwrap_or_default().split('/').next() {
            Some("image") => MediaKind::Image,
            Some("video") => MediaKind::Video,
            Some("audio") => MediaKind::Audio,
            _ => MediaKind::File,
        };
        post.media.push(Media {
            kind,
            link: Link::new(path),
            id: None,
            alt: attachment.text("name").map(str::to_owned),
            digest: input.digest_beside(path.trim_start_matches('/')),
        });
    }
    Some(post)
}

/// Returns the account of an address such as `https://social.example/users/courier`.
fn account(address: &str) -> Account {
    let mut account = Account::unknown(Platform::Mastodon);
    let host = address.split('/').nth(2).unwrap_or_default();
    let name = address.rsplit('/').next().unwrap_or_default().trim_start_matches('@');
    if !host.is_empty() && !name.is_empty() {
        account.handle = Handle::new(&format!("{name}@{host}"));
    }
    account
}
