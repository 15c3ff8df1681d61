//! X's interface v2: a page of an answer, pages a line (twarc2), or one flattened post a line (`twarc2 flatten`).
//!
//! Accounts, media and quoted posts stand under `includes`; posts that were asked for and are gone stand under `errors`
//! and are kept as missing: that they were gone by then is evidence.

use std::collections::BTreeMap;

use record::{
    Account, Community, Counts, Item, Media, MediaKind, Observation, Post, PostKey, PostKind, Sink,
};
use serde_json::Value;
use values::{At, Handle, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;
use crate::lines;
use crate::x::post::{Setting, address, cut, looks_cut, push_missing};
use crate::{Refused, text, time};
use record::Fidelity;

pub(super) const FORMAT: Format = Format {
    name: "x-api-v2",
    version: 2,
    description: "X's interface v2: an answer page (.json), pages or flattened posts a line (.jsonl, twarc2)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    let posts = head.has(&["\"public_metrics\":{", "\"author_id\":\""])
        || head.has(&["\"edit_history_tweet_ids\":["]);
    let gone = head.has(&["\"errors\":[", "\"resource_type\":\"tweet\""]);
    let about =
        head.squeezed.starts_with("{\"data\":{\"id\":\"") && head.has(&["\"name\":\"", "\"created_at\":\""]);
    // A search that found nothing says so in its counts, with `data` empty or left out.
    let empty = head.opens_with(&['{'])
        && head.has(&["\"meta\":{", "\"result_count\":0"])
        && (head.squeezed.starts_with("{\"meta\":{") || head.has(&["\"data\":[]"]));
    head.opens_with(&['{', '[']) && (posts || gone || about || empty)
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    if input.source.size() > 0 && is_by_line(input)? {
        return lines::each(input, out, |line, items| {
            let text = line.text(items);
            match serde_json::from_str::<Value>(&text) {
                Ok(value) => {
                    let number = line.number;
                    record(
                        &value,
                        "",
                        &|pointer| Place::new(At::LinePointer(number, pointer.to_owned())),
                        items,
                    );
                }
                Err(error) => line.broken(&error, items),
            }
        });
    }
    let value = input.json(out)?;
    let mut items = Vec::new();
    let at = |pointer: &str| Place::new(At::Pointer(pointer.to_owned()));
    match &value {
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                record(inner, &format!("/{index}"), &at, &mut items);
            }
        }
        _ => record(&value, "", &at, &mut items),
    }
    out.described = items.iter().any(|item| matches!(item, Item::Leftover { what, .. } if what == ABOUT));
    items.into_iter().for_each(|item| out.take(item));
    Ok(())
}

/// What an answer about something else than posts is called.
const ABOUT: &str = "an entry about a community or account";

/// Tells whether the file holds one object a line: its first line is a whole object.
fn is_by_line(input: &Input<'_>) -> Result<bool, Refused> {
    use std::io::{BufRead, BufReader, Read};
    let reader = input.source.open().map_err(|error| Refused::unreadable(&error))?;
    let mut first = Vec::new();
    let limit = input.options.limits.max_line_bytes;
    BufReader::new(reader.take(limit))
        .read_until(b'\n', &mut first)
        .map_err(|error| Refused::unreadable(&error))?;
    let first = text::decode(&first).into_owned();
    Ok(first.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(first.trim()).is_ok())
}

/// What an answer holds besides its posts.
struct Included<'a> {
    users: BTreeMap<String, &'a Value>,
    media: BTreeMap<&'a str, &'a Value>,
}

fn record(value: &Value, pointer: &str, at: &dyn Fn(&str) -> Place, items: &mut Vec<Item>) {
    let seen =
        value.text("__twarc.retrieved_at").and_then(|given| Moment::parse(given, SaidBy::Collector).ok());
    let set = Setting { seen, fidelity: FORMAT.fidelity, depth: 3 };
    let is_page = value.get("data").is_some() || value.get("errors").is_some();
    if !is_page {
        let included = Included { users: BTreeMap::new(), media: BTreeMap::new() };
        post(value, pointer, &included, at, &set, items);
        return;
    }
    let included = Included {
        users: value.list("includes.users").iter().filter_map(|user| Some((user.id("id")?, user))).collect(),
        media: value
            .list("includes.media")
            .iter()
            .filter_map(|media| Some((media.text("media_key")?, media)))
            .collect(),
    };
    match value.get("data") {
        Some(Value::Array(list)) => {
            for (index, inner) in list.iter().enumerate() {
                post(inner, &format!("{pointer}/data/{index}"), &included, at, &set, items);
            }
        }
        Some(one @ Value::Object(_)) => post(one, &format!("{pointer}/data"), &included, at, &set, items),
        _ => {}
    }
    for (index, inner) in value.list("includes.tweets").iter().enumerate() {
        post(inner, &format!("{pointer}/includes/tweets/{index}"), &included, at, &set, items);
    }
    for (index, error) in value.list("errors").iter().enumerate() {
        if error.text("resource_type") != Some("tweet") {
            continue;
        }
        if let Some(id) = error.id("resource_id").or_else(|| error.id("value")) {
            let why = error.text("detail").or_else(|| error.text("title")).unwrap_or("not found");
            push_missing(
                PostKey::new(Platform::X, &id),
                at(&format!("{pointer}/errors/{index}")),
                why,
                &set,
                items,
            );
        }
    }
}

fn post(
    value: &Value,
    pointer: &str,
    included: &Included<'_>,
    at: &dyn Fn(&str) -> Place,
    set: &Setting,
    items: &mut Vec<Item>,
) {
    let place = at(pointer);
    let (Some(id), Some(short)) = (value.id("id"), value.dig("text").and_then(Value::as_str)) else {
        let what = if value.text("name").is_some() { ABOUT } else { "an entry that is no post" };
        items.push(Item::Leftover { place, what: what.to_owned() });
        return;
    };
    let user = value.dig("author").or_else(|| included.users.get(&value.id("author_id")?).copied());
    let author = account(value.id("author_id"), user);
    let mut post = Post::bare(PostKey::new(Platform::X, &id), PostKind::Original, author);
    let long = value.text("note_tweet.text");
    post.text = text::unescape_x(long.unwrap_or(short));
    post.text_cut = long.is_none() && (looks_cut(short) || value.get("note_tweet").is_some());
    let stated = value.text("created_at").and_then(|given| Moment::parse(given, SaidBy::Platform).ok());
    let (written, trouble) = time::of_x_post(&id, stated);
    post.written = written;
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    let (seen, trouble) = time::collected(set.seen, written);
    items.extend(trouble.map(|trouble| Item::Trouble(trouble.at(place.clone()))));
    post.lang = value.text("lang").filter(|lang| !matches!(*lang, "und" | "zxx")).map(str::to_owned);
    post.url = post.author.handle.as_ref().and_then(|handle| address(handle.as_str(), &id));
    post.conversation = value.id("conversation_id").map(|id| PostKey::new(Platform::X, &id));
    if value.id("in_reply_to_user_id").is_some() {
        post.kind = PostKind::Reply;
    }
    for named in value.list("referenced_tweets") {
        let Some(key) = named.id("id").map(|id| PostKey::new(Platform::X, &id)) else { continue };
        match named.text("type") {
            Some("replied_to") => post.reply_to = Some(key),
            Some("quoted") => post.quote_of = Some(key),
            Some("retweeted") => post.repost_of = Some(key),
            _ => {}
        }
    }
    let entities = value.dig("note_tweet.entities").or_else(|| value.dig("entities")).unwrap_or(&Value::Null);
    post.mentions =
        entities.list("mentions").iter().filter_map(|m| Handle::new(m.text("username")?)).collect();
    post.hashtags =
        entities.list("hashtags").iter().filter_map(|h| h.text("tag").map(str::to_owned)).collect();
    post.links = entities
        .list("urls")
        .iter()
        .filter_map(|u| Link::new(u.text("expanded_url").or_else(|| u.text("url"))?))
        .collect();
    for key in value.list("attachments.media_keys") {
        let found = key.as_str().and_then(|key| included.media.get(key));
        post.media.push(attached(key.as_str().unwrap_or_default(), found.copied()));
    }
    post.community = value.id("community_id").map(|id| Community { id: Some(id), name: None, members: None });
    let mut observation = Observation { seen, ..sighting(place.clone(), set.fidelity) };
    observation.counts = counts(value);
    if post.repost_of.is_some() {
        post.kind = PostKind::Repost;
        post.text.clear();
        post.text_cut = false;
        observation.counts = Counts::default();
    } else if post.quote_of.is_some() {
        post.kind = PostKind::Quote;
    }
    let versions = value.list("edit_history_tweet_ids");
    if versions.len() > 1 {
        let ids: Vec<&str> = versions.iter().filter_map(Value::as_str).collect();
        items.push(Item::Trouble(
            Trouble::new(
                "post.versions",
                Severity::Note,
                format!(
                    "X keeps {} versions of this post under ids of their own ({}).",
                    ids.len(),
                    ids.join(", ")
                ),
                "Capture the other versions under “View post history”.",
            )
            .at(place.clone()),
        ));
    }
    if versions.len() > 1 && versions.first().and_then(Value::as_str) != Some(id.as_str()) {
        observation.state = record::State::Edited;
        post.edited = post.written;
    }
    // That it is withheld says more of it than that it was edited, which `edited` says too.
    if let Some(withheld) = value.get("withheld") {
        observation.state = record::State::Withheld;
        let countries: Vec<&str> = withheld.list("country_codes").iter().filter_map(Value::as_str).collect();
        items.push(Item::Trouble(
            Trouble::new(
                "post.withheld",
                Severity::Note,
                format!(
                    "X says that it withholds this post in {}.",
                    if countries.is_empty() { "some countries".to_owned() } else { countries.join(", ") }
                ),
                "Nothing needs doing; the words were read from this capture.",
            )
            .at(place.clone()),
        ));
    }
    if post.text_cut {
        items.push(Item::Trouble(cut().at(place)));
    }
    items.push(post_item(post, observation));
    // Flattened posts hold the posts they name.
    for (index, named) in value.list("referenced_tweets").iter().enumerate() {
        if set.depth > 0 && named.get("text").is_some() {
            let set = Setting { depth: set.depth - 1, ..*set };
            self::post(named, &format!("{pointer}/referenced_tweets/{index}"), included, at, &set, items);
        }
    }
}

fn account(id: Option<String>, user: Option<&Value>) -> Account {
    let mut account = Account::unknown(Platform::X);
    account.id = id;
    if let Some(user) = user {
        account.id = user.id("id").or(account.id);
        account.handle = user.text("username").and_then(Handle::new);
        account.name = user.text("name").map(str::to_owned);
        account.followers = user.count("public_metrics.followers_count");
        account.verified = user.flag("verified");
        account.created =
            user.text("created_at").and_then(|given| Moment::parse(given, SaidBy::Platform).ok());
    }
    account
}

fn counts(value: &Value) -> Counts {
    let count = |name: &str| value.count(&format!("public_metrics.{name}"));
    Counts {
        views: count("impression_count"),
        likes: count("like_count"),
        reposts: count("retweet_count"),
        quotes: count("quote_count"),
        replies: count("reply_count"),
        bookmarks: count("bookmark_count"),
    }
}

fn attached(key: &str, media: Option<&Value>) -> Media {
    let kind = match media.and_then(|media| media.text("type")) {
        Some("video" | "animated_gif") => MediaKind::Video,
        _ => MediaKind::Image,
    };
    let address = media.and_then(|media| media.text("url").or_else(|| media.text("preview_image_url")));
    Media {
        kind,
        link: address.and_then(Link::new),
        id: key.split_once('_').map(|(_, id)| id.to_owned()),
        alt: media.and_then(|media| media.text("alt_text")).map(str::to_owned),
        digest: None,
    }
}
