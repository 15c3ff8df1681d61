//! An answer of a platform's own interface, as a HAR or a web archive holds it: no format of its own, the ground on which
//! these two stand.
//!
//! X's answers are GraphQL; every post in them is found wherever it stands, so a new kind of timeline is read too. So are
//! the videos and comments in answers of TikTok and the posts in those of Threads. What else a platform answers is read
//! by the format that knows such a file when somebody saved it by itself.

use record::{Item, Observation, Sink};
use serde::Deserialize;
use serde_json::Value;
use values::{At, Moment, Place, Platform, Severity, Trouble};

use super::{bluesky_views, mastodon_status, reddit, threads_zeeschuimer, tiktok_zeeschuimer, x_api_v2};
use crate::format::{Format, Head, Input, Out, post_item};
use crate::json::Dig;
use crate::x::post::{Setting, push_legacy, push_tweet};
use crate::x::tweet::{Legacy, Tweet};
use crate::{Slice, json};

/// The formats that are answers saved as they came.
const SAVED: [Format; 4] = [x_api_v2::FORMAT, bluesky_views::FORMAT, mastodon_status::FORMAT, reddit::FORMAT];

/// Tells whether an address is one of X's interfaces.
pub(super) fn is_api(url: &str) -> bool {
    is_of(url, &["x.com", "twitter.com"])
        && (url.contains("/graphql/") || url.contains("/1.1/") || url.contains("/i/api/"))
}

fn is_of(url: &str, domains: &[&str]) -> bool {
    let host = url.split('/').nth(2).unwrap_or_default();
    domains.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")))
}

/// Reads one answer; `place` makes the place of a JSON pointer in it. Returns whether a post was found.
pub(super) fn read(
    place: &dyn Fn(&str) -> Place,
    url: &str,
    body: &str,
    seen: Option<Moment>,
    input: &Input<'_>,
    out: &mut Out<'_>,
) -> bool {
    if json::depth(body.as_bytes()) > input.options.limits.max_json_depth {
        let refused = json::too_deep(input.options.limits.max_json_depth);
        out.trouble(Trouble::new(refused.code, Severity::Invalid, refused.what, refused.next).at(place("")));
        return false;
    }
    let mended = json::mend_surrogates(body);
    let body = mended.as_deref().unwrap_or(body);
    let value: Value = match serde_json::from_str(body) {
        Ok(value) => value,
        Err(error) => {
            let saved = json::salvage(body, &error).and_then(|saved| serde_json::from_str(&saved).ok());
            if is_api(url) {
                out.trouble(
                    Trouble::new(
                        "har.broken_answer",
                        Severity::Invalid,
                        "The content of this answer breaks off or is damaged; what stands before was read.",
                        "Save the page's HAR again.",
                    )
                    .at(place("")),
                );
            }
            let Some(saved) = saved else { return false };
            saved
        }
    };
    let set = Setting { seen, fidelity: input.fidelity(), depth: 3 };
    let mut walk = Walk { place, set, of: platform(url), items: Vec::new() };
    walk.all(&value, String::new());
    let mut items = walk.items;
    let is_post = |item: &Item| matches!(item, Item::Post { .. });
    if !items.iter().any(is_post) {
        saved(place, body, seen, input, &mut items);
    }
    let found = items.iter().any(is_post);
    items.into_iter().for_each(|item| out.take(item));
    found
}

/// Reads an answer that is what a format knows as a file of its own.
fn saved(
    place: &dyn Fn(&str) -> Place,
    body: &str,
    seen: Option<Moment>,
    input: &Input<'_>,
    items: &mut Vec<Item>,
) {
    let head = Head::new("", body.as_bytes());
    let Some(format) = SAVED.iter().find(|format| (format.looks)(&head)) else { return };
    let Some(format) = super::formats().iter().find(|known| known.name == format.name) else { return };
    let source = Slice::with_digest("", values::Digest::of(b""), body.as_bytes());
    let inner = Input {
        source: &source,
        options: input.options,
        format,
        member: None,
        capture: input.capture,
        beside: None,
        signed: input.signed,
        watch: input.watch,
    };
    let mut inside: Vec<Item> = Vec::new();
    let mut out = Out::new(&mut inside, input.options.limits.max_troubles_of_a_code, input.watch);
    // An answer that only looks like one is not read; the file it stands in is.
    if (format.read)(&inner, &mut out).is_err() {
        return;
    }
    let moved = |at: &mut Place| {
        let pointer = match &at.at {
            At::Pointer(pointer) | At::LinePointer(_, pointer) => pointer.clone(),
            _ => String::new(),
        };
        *at = place(&pointer);
    };
    for mut item in inside {
        match &mut item {
            Item::Post { observation, .. } => {
                moved(&mut observation.place);
                observation.seen = observation.seen.or(seen);
                observation.fidelity = input.fidelity();
            }
            Item::Trouble(trouble) => {
                if let Some(at) = &mut trouble.place {
                    moved(at);
                }
            }
            Item::Leftover { place: at, .. } | Item::Incident { place: at, .. } => moved(at),
        }
        items.push(item);
    }
}

fn platform(url: &str) -> Option<Platform> {
    if is_of(url, &["tiktok.com", "tiktokv.com"]) {
        Some(Platform::TikTok)
    } else if is_of(url, &["threads.net", "threads.com"]) {
        Some(Platform::Threads)
    } else {
        None
    }
}

struct Walk<'a> {
    place: &'a dyn Fn(&str) -> Place,
    set: Setting,
    /// Whose answer it is, for platforms whose records are told by fields that others have as well.
    of: Option<Platform>,
    items: Vec<Item>,
}

impl Walk<'_> {
    /// Looks for posts in any place of an answer, in the order of the answer.
    fn all(&mut self, value: &Value, pointer: String) {
        match value {
            Value::Object(map) => {
                if self.x(value, &pointer) || self.of_platform(value, &pointer) {
                    return;
                }
                for (key, inner) in map {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    self.all(inner, format!("{pointer}/{key}"));
                }
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    self.all(inner, format!("{pointer}/{index}"));
                }
            }
            _ => {}
        }
    }

    fn x(&mut self, value: &Value, pointer: &str) -> bool {
        let inner = value.get("tweet").unwrap_or(value);
        let is_post = inner.get("legacy").is_some_and(|legacy| legacy.get("full_text").is_some())
            && inner.get("rest_id").is_some();
        if is_post && let Ok(tweet) = Tweet::deserialize(value) {
            push_tweet(&tweet, pointer, self.place, &self.set, &mut self.items);
            return true;
        }
        if value.id("id_str").is_some()
            && value.text("full_text").is_some()
            && let Ok(legacy) = Legacy::deserialize(value)
        {
            push_legacy(&legacy, pointer, self.place, &self.set, &mut self.items);
            return true;
        }
        false
    }

    fn of_platform(&mut self, value: &Value, pointer: &str) -> bool {
        let has = |names: &[&str]| names.iter().all(|name| value.get(*name).is_some());
        let place = (self.place)(pointer);
        let read = match self.of {
            Some(Platform::TikTok) if has(&["id", "desc", "createTime", "author"]) => {
                tiktok_zeeschuimer::video(value, &place, &mut self.items)
            }
            Some(Platform::TikTok) if has(&["cid", "aweme_id", "text"]) => tiktok_zeeschuimer::comment(value),
            Some(Platform::Threads) if has(&["pk", "code", "taken_at", "user"]) => {
                threads_zeeschuimer::post(value).map(|post| (post, threads_zeeschuimer::counts(value)))
            }
            _ => None,
        };
        let Some((post, counts)) = read else { return false };
        let observation =
            Observation { seen: self.set.seen, counts, ..crate::format::sighting(place, self.set.fidelity) };
        self.items.push(post_item(post, observation));
        true
    }
}
