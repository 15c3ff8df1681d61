//! A status as Mastodon's interface gives it, alone, in a list, or as the context of another; Truth Social's is the same
//! with a few fields more.
//!
//! `id` is that of the server that was asked, `uri` is the same everywhere: on Mastodon the `uri` is the key. `content` is
//! HTML; its words are kept.

use record::{
    Account, Community, Counts, Fidelity, Item, Media, MediaKind, Observation, Post, PostKey, PostKind, Sink,
    State,
};
use serde_json::Value;
use values::{At, Handle, Link, Moment, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;
use crate::{Refused, html};

pub(super) const FORMAT: Format = Format {
    name: "mastodon-status",
    version: 2,
    description: "Mastodon statuses from the server's interface, or the context of one (.json)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    head.opens_with(&['{', '[']) && head.has(&["\"reblogs_count\":", "\"account\":{", "\"uri\":"])
        || head.opens_with(&['{']) && head.has(&["{\"ancestors\":["])
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    let mut items = Vec::new();
    // Truth Social runs the same software and answers in the same shape; its ids are known without an address.
    let of_truth =
        |status: &Value| status.text("uri").is_some_and(|uri| uri.starts_with("https://truthsocial.com/"));
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(&value);
    let first = value.list("descendants").first().or(value.list("ancestors").first()).unwrap_or(first);
    let platform = if of_truth(first) { Platform::TruthSocial } else { Platform::Mastodon };
    let mut list = |list: &[Value], pointer: &str| {
        // Replies name their parent by the server's own id; the key is the address everywhere.
        let ids: Vec<(String, String)> =
            list.iter().filter_map(|s| Some((s.id("id")?, s.text("uri")?.to_owned()))).collect();
        for (index, status) in list.iter().enumerate() {
            let place = Place::new(At::Pointer(format!("{pointer}/{index}")));
            push(status, place, platform, None, &ids, FORMAT.fidelity, 2, &mut items);
        }
    };
    match &value {
        Value::Array(statuses) => list(statuses, ""),
        Value::Object(_) if value.get("ancestors").is_some() || value.get("descendants").is_some() => {
            list(value.list("ancestors"), "/ancestors");
            list(value.list("descendants"), "/descendants");
        }
        _ => push(
            &value,
            Place::new(At::Pointer(String::new())),
            platform,
            None,
            &[],
            FORMAT.fidelity,
            2,
            &mut items,
        ),
    }
    items.into_iter().for_each(|item| out.take(item));
    Ok(())
}

/// Pushes a status and the one it passes on or quotes. `ids` ties the server's own ids to addresses.
#[expect(clippy::too_many_arguments, reason = "two platforms share one shape and differ in little")]
pub(super) fn push(
    status: &Value,
    place: Place,
    platform: Platform,
    seen: Option<Moment>,
    ids: &[(String, String)],
    fidelity: Fidelity,
    depth: u32,
    items: &mut Vec<Item>,
) {
    let by_uri = platform == Platform::Mastodon;
    let name = |status: &Value| if by_uri { status.text("uri").map(str::to_owned) } else { status.id("id") };
    let Some(id) = name(status) else {
        items.push(Item::Leftover { place, what: "an entry that is no status".to_owned() });
        return;
    };
    let key = |id: &str| PostKey::new(platform, id);
    let named = |id: Option<String>| -> Option<PostKey> {
        let id = id?;
        if !by_uri {
            return Some(key(&id));
        }
        let known = ids.iter().find(|(known, _)| *known == id).map(|(_, uri)| uri.as_str());
        known.map(key)
    };
    let mut post = Post::bare(
        key(&id),
        PostKind::Original,
        account(status.dig("account").unwrap_or(&Value::Null), platform),
    );
    let content = status.dig("content").and_then(Value::as_str).unwrap_or_default();
    post.text = html::words(content);
    if let Some(warning) = status.text("spoiler_text") {
        post.text = format!("{warning}\n{}", post.text);
    }
    for option in status.list("poll.options") {
        post.text.push_str(&format!("\n- {}", option.text("title").unwrap_or_default()));
    }
    // The author's server states it; whoever runs that server can state anything.
    post.written = status.moment("created_at", if by_uri { SaidBy::Author } else { SaidBy::Platform });
    post.edited = status.moment("edited_at", SaidBy::Author);
    post.lang = status.text("language").map(str::to_owned);
    post.url = status.link("url").or_else(|| status.link("uri"));
    let parent = status.id("in_reply_to_id");
    if parent.is_some() {
        post.kind = PostKind::Reply;
        post.reply_to =
            status.dig("in_reply_to").and_then(&name).map(|id| key(&id)).or_else(|| named(parent.clone()));
        if post.reply_to.is_none() {
            items.push(Item::Trouble(
                Trouble::new(
                    "mastodon.parent_unknown",
                    Severity::Note,
                    "This is a reply; the post it answers is named only by the id of the server that was asked, and is not in this file.",
                    "Save the context of the post as well.",
                )
                .at(place.clone()),
            ));
        }
    }
    post.mentions = status.list("mentions").iter().filter_map(|m| Handle::new(m.text("acct")?)).collect();
    post.hashtags = status.list("tags").iter().filter_map(|t| t.text("name").map(str::to_owned)).collect();
    post.links = status.link("card.url").into_iter().collect();
    post.media = status.list("media_attachments").iter().map(attached).collect();
    if let Some(group) = status.dig("group") {
        post.community = Some(Community {
            id: group.id("id"),
            name: group.text("display_name").map(str::to_owned),
            members: group.count("members_count"),
        });
    }
    let mut observation = Observation { seen, ..sighting(place.clone(), fidelity) };
    observation.counts = Counts {
        views: None,
        likes: status.count("favourites_count"),
        reposts: status.count("reblogs_count"),
        quotes: status.count("quotes_count"),
        replies: status.count("replies_count"),
        bookmarks: None,
    };
    if post.edited.is_some() {
        observation.state = State::Edited;
        items.push(Item::Trouble(
            Trouble::new(
                "post.edited",
                Severity::Note,
                "The post was edited after it was written; this capture shows the later words.",
                "Save its history (…/history) while the server still keeps it.",
            )
            .at(place.clone()),
        ));
    }
    let mut inside: Vec<(&Value, &str)> = Vec::new();
    if let Some(original) = status.dig("reblog") {
        post.kind = PostKind::Repost;
        post.text.clear();
        post.media.clear();
        observation.counts = Counts::default();
        post.repost_of = name(original).map(|id| key(&id));
        inside.push((original, "reblog"));
    }
    let quoted = status
        .dig("quote.quoted_status")
        .or_else(|| status.dig("quote").filter(|quote| quote.get("content").is_some()));
    post.quote_of = quoted.and_then(&name).map(|id| key(&id)).or_else(|| named(status.id("quote_id")));
    if post.quote_of.is_some() {
        post.kind = PostKind::Quote;
    }
    inside.extend(quoted.map(|quoted| (quoted, "quote")));
    items.push(post_item(post, observation));
    for (status, field) in inside {
        if depth > 0 {
            push(status, deeper(&place, field), platform, seen, ids, fidelity, depth - 1, items);
        }
    }
}

/// Returns the place of a field inside a record.
fn deeper(place: &Place, field: &str) -> Place {
    let at = match &place.at {
        At::Pointer(pointer) => At::Pointer(format!("{pointer}/{field}")),
        At::LinePointer(line, pointer) => At::LinePointer(*line, format!("{pointer}/{field}")),
        At::Line(line) => At::LinePointer(*line, format!("/{field}")),
        other => other.clone(),
    };
    Place { member: place.member.clone(), at }
}

fn account(value: &Value, platform: Platform) -> Account {
    let mut account = Account::unknown(platform);
    account.handle = value.text("acct").or_else(|| value.text("username")).and_then(Handle::new);
    // On Mastodon the id is that of the server asked: two servers give one account two ids.
    account.id = if platform == Platform::Mastodon { None } else { value.id("id") };
    account.name = value.text("display_name").map(str::to_owned);
    account.followers = value.count("followers_count");
    account.verified = value.flag("verified");
    account.created = value.moment("created_at", SaidBy::Platform);
    account
}

fn attached(value: &Value) -> Media {
    let kind = match value.text("type") {
        Some("video" | "gifv" | "tv") => MediaKind::Video,
        Some("audio") => MediaKind::Audio,
        Some("image") => MediaKind::Image,
        _ => MediaKind::File,
    };
    let link = value
        .link("url")
        .or_else(|| value.link("remote_url"))
        .or_else(|| value.text("preview_url").and_then(Link::new));
    Media { kind, link, id: value.id("id"), alt: value.text("description").map(str::to_owned), digest: None }
}
