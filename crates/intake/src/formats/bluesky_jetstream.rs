//! Bluesky's stream of events as Jetstream writes it: one event a line.
//!
//! A `delete` holds neither words nor content id: it proves when a post was deleted. A change of handle arrives as
//! `identity`, the end of an account as `account`.

use record::{Account, Fidelity, Item, Observation, Post, PostKind, State};
use serde_json::Value;
use values::{Moment, Place, Platform, Precision, SaidBy, Severity, Trouble};

use crate::Refused;
use crate::atproto::post;
use crate::format::{Format, Head, Input, Out, post_item, sighting};
use crate::json::Dig;
use crate::lines;

pub(super) const FORMAT: Format = Format {
    name: "bluesky-jetstream",
    version: 1,
    description: "Bluesky's stream of events, collected with Jetstream (.jsonl)",
    fidelity: Fidelity::Collected,
    looks: |head: &Head<'_>| {
        head.first_line().trim_start().starts_with('{')
            && head.has(&["\"did\":\"did:", "\"time_us\":", "\"kind\":\""])
    },
    read,
};

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    lines::each_value(input, out, |event, line, items| one(event, line.place(), items))
}

fn one(event: &Value, place: Place, items: &mut Vec<Item>) {
    let seen = event
        .count("time_us")
        .and_then(|micros| i64::try_from(micros / 1000).ok())
        .map(|millis| Moment::from_millis(millis, Precision::Millisecond, SaidBy::Platform));
    let did = event.text("did").unwrap_or_default();
    let mut author = Account::unknown(Platform::Bluesky);
    author.id = Some(did.to_owned()).filter(|did| !did.is_empty());
    let observed =
        |place: Place, state: State| Observation { seen, state, ..sighting(place, FORMAT.fidelity) };
    let commit = event.dig("commit").unwrap_or(&Value::Null);
    let is_post = matches!(commit.text("collection"), Some("app.bsky.feed.post" | "app.bsky.feed.repost"));
    let what = match (event.text("kind"), commit.text("operation"), commit.text("rkey")) {
        (Some("commit"), Some(operation @ ("create" | "update")), Some(rkey)) if is_post => {
            let record = commit.dig("record").unwrap_or(&Value::Null);
            if let Some(post) = post::read(record, did, rkey, author, &place, items) {
                post::tell_cid(record, commit.text("cid"), &place, items);
                let state = if operation == "update" { State::Edited } else { State::Visible };
                items.push(post_item(post, observed(place, state)));
                return;
            }
            "a record that could not be read".to_owned()
        }
        (Some("commit"), Some("delete"), Some(rkey)) if is_post => {
            let post = Post::bare(post::key(did, rkey), PostKind::Original, author);
            items.push(Item::Trouble(
                Trouble::new(
                    "bluesky.deleted",
                    Severity::Note,
                    "The author deleted this post; the event proves when, and holds none of its words.",
                    "The words are in an earlier capture, or in nobody's hands but the server's.",
                )
                .at(place.clone()),
            ));
            items.push(post_item(post, observed(place, State::Deleted)));
            return;
        }
        (Some("identity"), ..) => {
            format!("the account {did} took the handle {}", event.text("identity.handle").unwrap_or("(none)"))
        }
        (Some("account"), ..) => match event.flag("account.active") {
            Some(false) => {
                format!("the account {did} was {}", event.text("account.status").unwrap_or("made inactive"))
            }
            _ => format!("the account {did} was active"),
        },
        _ => "an event that is no post".to_owned(),
    };
    items.push(Item::Leftover { place, what });
}
