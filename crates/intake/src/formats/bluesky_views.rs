//! Bluesky as a server shows it: `getPosts`, `getPostThread`, `getAuthorFeed` and whatever else holds views of posts.
//!
//! `createdAt` is the author's word, `indexedAt` the server's. The key is the account's lasting id and the record's key,
//! never the handle. Each record is compared with its content id. Labels are what moderators said of the post.

use record::{Account, Counts, Fidelity, Item, Observation, Post, PostKey, PostKind, Sink, State};
use serde_json::Value;
use values::{At, Handle, Place, Platform, SaidBy, Severity, Trouble};

use crate::Refused;
use crate::atproto::post;
use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;

pub(super) const FORMAT: Format = Format {
    name: "bluesky",
    version: 2,
    description: "Bluesky posts, threads or feeds as a server shows them (.json)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| {
        head.opens_with(&['{', '['])
            && head.has(&["\"uri\":\"at://", "\"cid\":\"", "\"author\":{", "\"record\":{"])
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let mut items = Vec::new();
    walk(&value, String::new(), &mut items);
    items.into_iter().for_each(|item| out.take(item));
    Ok(())
}

fn walk(value: &Value, pointer: String, items: &mut Vec<Item>) {
    match value {
        Value::Object(map) => {
            let place = Place::new(At::Pointer(pointer.clone()));
            if let Some(uri) = value.text("uri").filter(|uri| uri.starts_with("at://")) {
                let body = value.dig("record").or_else(|| value.dig("value"));
                if let (Some(record), true) = (body, value.dig("author.did").is_some()) {
                    view(value, uri, record, place, items);
                } else if value.flag("notFound") == Some(true) || value.flag("blocked") == Some(true) {
                    missing(uri, place, items);
                    return;
                }
            }
            passed_on(value, &pointer, items);
            for (key, inner) in map {
                // The record itself is the author's: what it names is named again in the view around it.
                if key != "record" || inner.get("author").is_some() || inner.get("uri").is_some() {
                    walk(inner, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), items);
                }
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                walk(inner, format!("{pointer}/{index}"), items);
            }
        }
        _ => {}
    }
}

fn view(value: &Value, uri: &str, record: &Value, place: Place, items: &mut Vec<Item>) {
    let did = value.text("author.did").unwrap_or_default();
    let rkey = uri.rsplit('/').next().unwrap_or_default();
    let mut author = Account::unknown(Platform::Bluesky);
    author.id = Some(did.to_owned());
    author.handle = value.text("author.handle").and_then(Handle::new);
    author.name = value.text("author.displayName").map(str::to_owned);
    author.created = value.moment("author.createdAt", SaidBy::Platform);
    let Some(mut post) = post::read(record, did, rkey, author, &place, items) else {
        items.push(Item::Leftover { place, what: "a record that is no post".to_owned() });
        return;
    };
    post::tell_cid(record, value.text("cid"), &place, items);
    if let (Some(written), Some(indexed)) = (post.written, value.moment("indexedAt", SaidBy::Platform))
        && (indexed.millis() - written.millis()).abs() > 3_600_000
    {
        items.push(Item::Trouble(
            Trouble::new(
                "bluesky.indexed",
                Severity::Note,
                format!(
                    "The author's program says {}; the server first listed the post at {}.",
                    written.to_rfc3339(),
                    indexed.to_rfc3339()
                ),
                "Use the server's time where the order of posts matters.",
            )
            .at(place.clone()),
        ));
    }
    let labels: Vec<String> = value
        .list("labels")
        .iter()
        .filter(|label| label.flag("neg") != Some(true))
        .filter_map(|label| Some(format!("labelled “{}” by {}", label.text("val")?, label.text("src")?)))
        .collect();
    post.platform_note = (!labels.is_empty()).then(|| labels.join("; "));
    let counts = Counts {
        views: None,
        likes: value.count("likeCount"),
        reposts: value.count("repostCount"),
        quotes: value.count("quoteCount"),
        replies: value.count("replyCount"),
        bookmarks: value.count("bookmarkCount"),
    };
    items.push(post_item(post, Observation { counts, ..sighting(place, FORMAT.fidelity) }));
}

/// In a feed, a post stands there because an account passed it on: that is a repost, with the time the server saw it.
fn passed_on(entry: &Value, pointer: &str, items: &mut Vec<Item>) {
    let is_repost = entry.text("reason.$type").is_some_and(|kind| kind.ends_with("#reasonRepost"))
        || entry.dig("reason.by").is_some();
    let (Some(did), Some(of)) =
        (entry.text("reason.by.did"), entry.text("post.uri").and_then(post::key_of_uri))
    else {
        return;
    };
    if !is_repost {
        return;
    }
    let place = Place::new(At::Pointer(format!("{pointer}/reason")));
    let mut author = Account::unknown(Platform::Bluesky);
    author.id = Some(did.to_owned());
    author.handle = entry.text("reason.by.handle").and_then(Handle::new);
    author.name = entry.text("reason.by.displayName").map(str::to_owned);
    // Older answers do not name the record of the repost: one account passes a post on once.
    let key = entry
        .text("reason.uri")
        .and_then(post::key_of_uri)
        .unwrap_or_else(|| PostKey::new(Platform::Bluesky, &format!("{did}/repost-of-{}", of.as_str())));
    let mut post = Post::bare(key, PostKind::Repost, author);
    post.written = entry.moment("reason.indexedAt", SaidBy::Platform);
    post.repost_of = Some(of);
    items.push(post_item(post, sighting(place, FORMAT.fidelity)));
}

fn missing(uri: &str, place: Place, items: &mut Vec<Item>) {
    let Some(key) = post::key_of_uri(uri) else { return };
    items.push(Item::Trouble(
        Trouble::new(
            "post.missing",
            Severity::Note,
            format!("The server names the post {key} and does not show it. That it was gone or blocked by then is itself worth knowing."),
            "Look for it in the account's repository (.car) or in an older capture.",
        )
        .at(place.clone()),
    ));
    let post = Post::bare(key, PostKind::Original, Account::unknown(Platform::Bluesky));
    items
        .push(post_item(post, Observation { state: State::Unavailable, ..sighting(place, FORMAT.fidelity) }));
}
