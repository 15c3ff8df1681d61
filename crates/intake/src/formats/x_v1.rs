//! X's interface v1.1: one post a line, as twarc 1 and many old collections hold them. A list of posts in one file is
//! read too. Between the posts of a stream stand notices: that a post was deleted or withheld, that some were left out.

use record::{Account, Fidelity, Item, Observation, Post, PostKey, PostKind, Sink, State};
use serde::Deserialize;
use serde_json::Value;
use values::{At, Place, Platform, SaidBy, Severity, Trouble};

use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;
use crate::lines;
use crate::x::post::{Setting, push_legacy};
use crate::x::tweet::Legacy;
use crate::{Refused, time};

pub(super) const FORMAT: Format = Format {
    name: "x-api-v1",
    version: 2,
    description: "X's interface v1.1, one post a line (.jsonl, twarc 1) or a list of posts (.json)",
    fidelity: Fidelity::Server,
    looks: |head: &Head<'_>| {
        let is_notice = NOTICES.iter().any(|name| head.squeezed.starts_with(&format!("{{\"{name}\":{{")));
        let noticed = is_notice && head.has(&["\"id_str\":\"", "\"user"]);
        noticed
            || head.opens_with(&['{', '['])
                && head.has(&["\"id_str\":\"", "\"created_at\":\"", "\"user\":{", "\"retweet_count\":"])
                && (head.has(&["\"full_text\":\""]) || head.has(&["\"truncated\":"]))
    },
    read,
};

/// What stands in a stream beside posts.
const NOTICES: [&str; 6] = ["delete", "status_withheld", "user_withheld", "limit", "scrub_geo", "disconnect"];

/// Reads a notice of a stream. Returns whether it was one.
fn notice(value: &Value, place: &Place, items: &mut Vec<Item>) -> bool {
    let seen = |at: &str| value.epoch(at, SaidBy::Platform);
    let gone = |id: String, user: Option<String>, seen, state, items: &mut Vec<Item>| {
        let mut author = Account::unknown(Platform::X);
        author.id = user;
        let mut post = Post::bare(PostKey::new(Platform::X, &id), PostKind::Original, author);
        post.written = time::of_x_post(&id, None).0;
        let observation = Observation { seen, state, ..sighting(place.clone(), FORMAT.fidelity) };
        items.push(post_item(post, observation));
    };
    let id = |at: &str| value.id(&format!("{at}.id_str")).or_else(|| value.id(&format!("{at}.id")));
    let user =
        |at: &str| value.id(&format!("{at}.user_id_str")).or_else(|| value.id(&format!("{at}.user_id")));
    if let Some(of) = id("delete.status") {
        items.push(Item::Trouble(
            Trouble::new(
                "x.deleted",
                Severity::Note,
                "X told that this post was deleted; the notice says when, and holds none of its words.",
                "The words may stand in an earlier capture, or with X: ask for their preservation by the post's id.",
            )
            .at(place.clone()),
        ));
        gone(of, user("delete.status"), seen("delete.timestamp_ms"), State::Deleted, items);
    } else if let Some(of) = id("status_withheld") {
        gone(of, user("status_withheld"), seen("status_withheld.timestamp_ms"), State::Withheld, items);
    } else if let Some(count) = value.count("limit.track") {
        items.push(Item::Trouble(
            Trouble::new(
                "x.stream_limit",
                Severity::Warn,
                format!(
                    "X left {} out of this stream up to here: more was written than it handed out.",
                    values::counted(count, "post", "posts")
                ),
                "Do not count by this file; look for a collection that was searched for and not streamed.",
            )
            .at(place.clone()),
        ));
    } else if NOTICES.iter().any(|name| value.get(name).is_some()) {
        items.push(Item::Leftover {
            place: place.clone(),
            what: "a notice of the stream that is no post".to_owned(),
        });
    } else {
        return false;
    }
    true
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let set = Setting { seen: None, fidelity: FORMAT.fidelity, depth: 2 };
    if input.opens_with_list()? {
        let value = input.json(out)?;
        let mut items = Vec::new();
        for (index, entry) in value.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
            push(
                entry,
                &format!("/{index}"),
                &|pointer| Place::new(At::Pointer(pointer.to_owned())),
                &set,
                &mut items,
            );
        }
        items.into_iter().for_each(|item| out.take(item));
        return Ok(());
    }
    lines::each(input, out, |line, items| {
        let text = line.text(items);
        let number = line.number;
        if NOTICES.iter().any(|name| text.trim_start_matches(['{', ' ', '"']).starts_with(name))
            && let Ok(value) = serde_json::from_str::<Value>(&text)
            && notice(&value, &Place::line(number), items)
        {
            return;
        }
        match serde_json::from_str::<Legacy<'_>>(&text) {
            Ok(post) => {
                push_legacy(&post, "", &|p| Place::new(At::LinePointer(number, p.to_owned())), &set, items);
            }
            Err(error) => line.broken(&error, items),
        }
    })
}

fn push(
    entry: &Value,
    pointer: &str,
    at: &dyn Fn(&str) -> Place,
    set: &Setting,
    items: &mut Vec<record::Item>,
) {
    if let Ok(post) = Legacy::deserialize(entry) {
        push_legacy(&post, pointer, at, set, items);
    }
}
