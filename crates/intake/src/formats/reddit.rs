//! Reddit: a thread, or any listing, as its address with `.json` behind it gives it.
//!
//! `edited` is false or a time. `replies` is an empty text or a listing. Comments behind `more` are not in the file; how
//! many is told. `[removed]` is a moderator's doing, `[deleted]` the author's.

use record::{Account, Community, Counts, Fidelity, Item, MediaKind, Post, PostKey, PostKind, Sink, State};
use serde_json::Value;
use values::{At, Handle, Link, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, media, post_item};
use crate::json::Dig;
use crate::{Refused, html};

pub(super) const FORMAT: Format = Format {
    name: "reddit",
    version: 2,
    description: "A Reddit thread or listing, its address with .json behind it (.json)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| {
        head.opens_with(&['[', '{'])
            && (head.has(&["\"kind\":\"Listing\"", "\"children\":["])
                // “More comments”, as the page itself asks for them.
                || head.has(&["\"things\":[", "\"kind\":\"t1\""]))
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let value = input.json(out)?;
    match &value {
        Value::Array(list) => {
            for (index, listing) in list.iter().enumerate() {
                walk(listing, &format!("/{index}"), input, out);
            }
        }
        _ => {
            let things = value.list("json.data.things");
            for (index, thing) in things.iter().enumerate() {
                walk(thing, &format!("/json/data/things/{index}"), input, out);
            }
            if things.is_empty() {
                walk(&value, "", input, out);
            }
        }
    }
    Ok(())
}

fn walk(thing: &Value, pointer: &str, input: &Input<'_>, out: &mut Out<'_>) {
    let data = thing.get("data").unwrap_or(&Value::Null);
    let pointer = format!("{pointer}/data");
    let place = || Place::new(At::Pointer(pointer.clone()));
    match thing.text("kind") {
        Some("Listing") => {
            for (index, child) in data.list("children").iter().enumerate() {
                walk(child, &format!("{pointer}/children/{index}"), input, out);
            }
        }
        Some("t1" | "t3") => {
            match post(data, thing.text("kind") == Some("t1")) {
                Some((post, counts, state)) => {
                    let mut observation = input.sighting(place());
                    observation.counts = counts;
                    observation.state = state;
                    out.take(post_item(post, observation));
                }
                None => out.take(Item::Leftover {
                    place: place(),
                    what: "an entry without the name of a post".to_owned(),
                }),
            }
            if let Some(replies) = data.get("replies") {
                walk(replies, &format!("{pointer}/replies"), input, out);
            }
        }
        Some("more") => {
            let count = data.count("count").unwrap_or_default();
            out.trouble(
                Trouble::new(
                    "reddit.more",
                    Severity::Warn,
                    match count {
                        0 => "Reddit broke this branch of the thread off; it goes on in a page of its own (“continue this thread”).".to_owned(),
                        1 => "Reddit left one more comment of this thread out of its answer.".to_owned(),
                        _ => format!("Reddit left {count} more comments of this thread out of its answer."),
                    },
                    "Open “more replies” on the page, and save the addresses of those comments with .json as well.",
                )
                .at(place()),
            );
        }
        _ if thing.is_object() => {
            out.take(Item::Leftover { place: place(), what: "an entry that is no post".to_owned() })
        }
        _ => {}
    }
}

/// Reads the data of a post or comment; `None` where it has no id.
pub(super) fn post(data: &Value, is_comment: bool) -> Option<(Post, Counts, State)> {
    let key = |name: &str| PostKey::new(Platform::Reddit, name);
    let mut author = Account::unknown(Platform::Reddit);
    author.handle = data.text("author").filter(|author| *author != "[deleted]").and_then(Handle::new);
    author.id = data.text("author_fullname").map(str::to_owned);
    let kind = if is_comment { PostKind::Comment } else { PostKind::Original };
    let sort = if is_comment { "t1_" } else { "t3_" };
    let name = match data.text("name").filter(|name| name.starts_with(sort)) {
        Some(name) => name.to_owned(),
        None => format!("{sort}{}", data.text("id")?.trim_start_matches(sort)),
    };
    let mut post = Post::bare(key(&name), kind, author);
    let body = data.text(if is_comment { "body" } else { "selftext" }).unwrap_or_default();
    // Reddit writes & < > as entities in its plain texts.
    let body = html::unescape(body);
    post.text = match data.text("title") {
        Some(title) if body.is_empty() => html::unescape(title),
        Some(title) => format!("{}\n\n{body}", html::unescape(title)),
        None => body.clone(),
    };
    post.written = data.epoch("created_utc", SaidBy::Platform);
    post.edited = data.epoch("edited", SaidBy::Platform);
    post.url = data.text("permalink").and_then(|path| Link::new(&format!("https://www.reddit.com{path}")));
    post.conversation = data.text("link_id").map(key);
    post.reply_to = data.text("parent_id").map(key);
    post.community = data.text("subreddit").map(|name| Community {
        id: data.text("subreddit_id").map(str::to_owned),
        name: Some(format!("r/{name}")),
        members: data.count("subreddit_subscribers"),
    });
    if let Some(original) =
        data.list("crosspost_parent_list").first().and_then(|original| original.text("name"))
    {
        post.kind = PostKind::Quote;
        post.quote_of = Some(key(original));
    }
    if data.flag("is_self") == Some(false)
        && let Some(link) = data.link("url")
    {
        match data.flag("is_video") {
            Some(true) => post.media.push(media(MediaKind::Video, Some(link))),
            _ if data.text("post_hint") == Some("image") => {
                post.media.push(media(MediaKind::Image, Some(link)))
            }
            _ => post.links.push(link),
        }
    }
    let state = match body.as_str() {
        "[removed]" => State::Withheld,
        "[deleted]" => State::Deleted,
        _ if data.text("removed_by_category").is_some() => State::Withheld,
        _ if post.edited.is_some() => State::Edited,
        _ => State::Visible,
    };
    if matches!(body.as_str(), "[removed]" | "[deleted]") {
        post.text = data.text("title").map(html::unescape).unwrap_or_default();
    }
    let counts = Counts {
        likes: data.count("ups").or_else(|| data.count("score")),
        replies: data.count("num_comments"),
        ..Counts::default()
    };
    Some((post, counts, state))
}
