//! What a record of Bluesky says, whichever way it came: a server's view, the stream of events, or a repository.

use record::{Account, Item, Media, MediaKind, Post, PostKey, PostKind};
use serde_json::Value;
use values::{Doubt, Link, Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use super::{cbor, cid_of};
use crate::json::Dig;

/// Returns the key of a post by the account's lasting id and the record's key, never by a handle.
pub(crate) fn key(did: &str, rkey: &str) -> PostKey {
    PostKey::new(Platform::Bluesky, &format!("{did}/{rkey}"))
}

/// Returns the key of a post by its address `at://did/collection/rkey`.
pub(crate) fn key_of_uri(uri: &str) -> Option<PostKey> {
    let mut parts = uri.strip_prefix("at://")?.split('/');
    let (did, _, rkey) = (parts.next()?, parts.next()?, parts.next()?);
    Some(key(did, rkey))
}

/// Returns the time inside a record key (TID): microseconds since 1970, in base 32 by sort order.
pub(crate) fn time_of(rkey: &str) -> Option<Moment> {
    const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    if rkey.len() != 13 {
        return None;
    }
    let mut number = 0_u64;
    for byte in rkey.bytes() {
        let value = ALPHABET.iter().position(|known| *known == byte)? as u64;
        number = number.checked_mul(32)?.checked_add(value)?;
    }
    let millis = i64::try_from((number >> 10) / 1000).ok()?;
    // Bluesky opened in 2022: anything else is a key that was made up.
    (1_640_000_000_000..4_000_000_000_000)
        .contains(&millis)
        .then(|| Moment::from_millis(millis, Precision::Millisecond, SaidBy::PlatformId))
}

/// How far the author's clock and the record's key may lie apart: clients make both, at nearly the same time.
const APART: i64 = 300_000;

/// Reads a record of a post or repost. `None` where it is of another kind. What is doubtful goes to `items`.
pub(crate) fn read(
    record: &Value,
    did: &str,
    rkey: &str,
    author: Account,
    place: &Place,
    items: &mut Vec<Item>,
) -> Option<Post> {
    let mut post = Post::bare(key(did, rkey), PostKind::Original, author);
    let stated = record.moment("createdAt", SaidBy::Author);
    post.written = stated.or_else(|| time_of(rkey));
    if let (Some(stated), Some(of_key)) = (stated, time_of(rkey))
        && (stated.millis() - of_key.millis()).abs() > APART
    {
        post.written = Some(stated.with_doubt(Doubt::Disagrees));
        items.push(Item::Trouble(
            Trouble::new(
                "time.disagrees_with_id",
                Severity::Warn,
                format!(
                    "The author's program says that the post was written at {}, the record's key says {}; both are the author's word, and one was made up.",
                    stated.to_rfc3339(),
                    of_key.to_rfc3339()
                ),
                "Rely on when a server first listed it (indexedAt, or the stream of events).",
            )
            .at(place.clone()),
        ));
    }
    match record.text("$type")? {
        "app.bsky.feed.repost" => {
            post.kind = PostKind::Repost;
            post.repost_of = Some(key_of_uri(record.text("subject.uri")?)?);
            return Some(post);
        }
        "app.bsky.feed.post" => {}
        _ => return None,
    }
    post.text = record.text("text").unwrap_or_default().to_owned();
    post.lang = record.list("langs").first().and_then(Value::as_str).map(str::to_owned);
    post.url = Link::new(&format!("https://bsky.app/profile/{did}/post/{rkey}"));
    post.conversation = record.text("reply.root.uri").and_then(key_of_uri);
    post.reply_to = record.text("reply.parent.uri").and_then(key_of_uri);
    if post.reply_to.is_some() {
        post.kind = PostKind::Reply;
    }
    for feature in record.list("facets").iter().flat_map(|facet| facet.list("features")) {
        match feature.text("$type") {
            Some("app.bsky.richtext.facet#tag") => {
                post.hashtags.extend(feature.text("tag").map(str::to_owned))
            }
            Some("app.bsky.richtext.facet#link") => post.links.extend(feature.link("uri")),
            _ => {}
        }
    }
    // Names in the text are shown by the text; the facet holds the lasting id, which is no handle.
    let embed = record.dig("embed").unwrap_or(&Value::Null);
    let (quoted, media) = match embed.text("$type") {
        Some("app.bsky.embed.record") => (embed.text("record.uri"), &Value::Null),
        Some("app.bsky.embed.recordWithMedia") => {
            (embed.text("record.record.uri"), embed.dig("media").unwrap_or(&Value::Null))
        }
        _ => (None, embed),
    };
    if let Some(quoted) = quoted.and_then(key_of_uri) {
        post.quote_of = Some(quoted);
        post.kind = PostKind::Quote;
    }
    post.links.extend(media.link("external.uri"));
    for image in media.list("images") {
        let id = image.text("image.ref.$link").map(str::to_owned);
        post.media.push(Media {
            kind: MediaKind::Image,
            link: None,
            id,
            alt: image.text("alt").map(str::to_owned),
            digest: None,
        });
    }
    if media.dig("video").is_some() {
        let id = media.text("video.ref.$link").map(str::to_owned);
        post.media.push(Media {
            kind: MediaKind::Video,
            link: None,
            id,
            alt: media.text("alt").map(str::to_owned),
            digest: None,
        });
    }
    Some(post)
}

/// Tells where a record does not fit the content id it came with.
pub(crate) fn tell_cid(record: &Value, cid: Option<&str>, place: &Place, items: &mut Vec<Item>) {
    let Some(cid) = cid else { return };
    let computed = cbor::from_json(record).map(|value| cid_of(&cbor::encode(&value)));
    if computed.as_deref() == Some(cid) {
        return;
    }
    items.push(Item::Trouble(
        Trouble::new(
            "bluesky.cid",
            Severity::Invalid,
            "The record does not fit the content id that stands beside it: one of the two was changed after the platform gave it out.",
            "Do not rely on these words; fetch the record again, or the account's repository (.car), which proves it.",
        )
        .at(place.clone()),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_carry_times() {
        assert_eq!(time_of("3m4sampl3k22a").unwrap().to_rfc3339(), "2025-11-04T09:42:10.427Z");
        for wrong in ["", "3m4sampl3k2", "3m4sampl3k220", "zzzzzzzzzzzzz", "ééééé"] {
            assert_eq!(time_of(wrong), None, "{wrong}");
        }
        assert_eq!(
            key_of_uri("at://did:plc:a/app.bsky.feed.post/3k").unwrap().as_str(),
            "bluesky:did:plc:a/3k"
        );
        assert_eq!(key_of_uri("https://bsky.app"), None);
    }
}
