//! HAR 1.2, saved from a browser's developer tools (“Save all as HAR with content”): the server's own answers.
//!
//! The posts in the answers are found by [`super::answer`]. What carries the session of whoever made the file is stripped
//! before it is kept: see [`crate::strip`].

use std::borrow::Cow;

use record::{Fidelity, Item};
use serde::Deserialize;
use values::{At, Moment, Place, SaidBy, Severity, Trouble};

use super::answer::{self, is_api};
use crate::format::{Format, Head, Input, Out};
use crate::loose::{List, Obj, Text};
use crate::{Refused, json, time};
use record::Sink;

pub(super) const FORMAT: Format = Format {
    name: "har",
    version: 2,
    description: "HAR from a browser's developer tools: the server's own answers (.har)",
    fidelity: Fidelity::Server,
    looks,
    read,
};

fn looks(head: &Head<'_>) -> bool {
    head.opens_with(&['{'])
        && head.has(&["\"log\":{"])
        && (head.has(&["\"entries\":["]) || head.has(&["\"creator\":{"]))
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Har<'a> {
    log: Obj<Log<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Log<'a> {
    entries: List<Entry<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"), rename_all = "camelCase")]
struct Entry<'a> {
    started_date_time: Text<'a>,
    request: Obj<Request<'a>>,
    response: Obj<Response<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Request<'a> {
    url: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Response<'a> {
    headers: List<Header<'a>>,
    content: Obj<Content<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Header<'a> {
    name: Text<'a>,
    value: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default, bound(deserialize = "'de: 'a"), rename_all = "camelCase")]
struct Content<'a> {
    mime_type: Text<'a>,
    text: Text<'a>,
    encoding: Text<'a>,
}

fn read(input: &Input<'_>, out: &mut Out<'_>) -> Result<(), Refused> {
    let text = input.json_text(out)?;
    let har: Har<'_> = serde_json::from_str(&text).map_err(|error| json::broken(&error))?;
    let Some(log) = har.log.get() else {
        return Err(Refused::new(
            "har.no_log",
            "The file should be a HAR and holds no log.",
            "Save it again with “Save all as HAR with content”.",
        ));
    };
    let mut read_one = false;
    let mut without_body = 0_u64;
    for (index, entry) in log.entries.iter().enumerate() {
        if input.watch.stops() {
            break;
        }
        let index = index as u64;
        let url = entry.request.get().and_then(|request| request.url.get()).unwrap_or_default();
        let Some(response) = entry.response.get() else { continue };
        let content = response.content.get();
        let kind = content.and_then(|content| content.mime_type.get()).unwrap_or_default();
        if !(kind.contains("json") || is_api(url)) {
            continue;
        }
        let Some(body) = content.and_then(|content| body(content, response)) else {
            without_body += u64::from(is_api(url));
            continue;
        };
        let seen = served(response)
            .or_else(|| Moment::parse(entry.started_date_time.get()?, SaidBy::Collector).ok());
        let at = |pointer: &str| Place::new(At::EntryPointer(index, pointer.to_owned()));
        read_one |= answer::read(&at, url, &body, seen, input, out);
    }
    if without_body > 0 {
        out.trouble(Trouble::new(
            "har.no_bodies",
            Severity::Invalid,
            if without_body == 1 {
                "One answer of the platform was saved without its content.".to_owned()
            } else {
                format!("{without_body} answers of the platform were saved without their content.")
            },
            "Save the file again with “Save all as HAR with content”, with the developer tools open before the page is loaded.",
        ));
    }
    if !read_one {
        out.take(Item::Leftover {
            place: Place::whole(),
            what: format!(
                "{}, in which redress found no post it knows",
                values::counted(log.entries.len(), "request", "requests")
            ),
        });
    }
    Ok(())
}

/// The most bytes one answer may unpack to.
const BODY: u64 = 64 << 20;

/// Returns the words of an answer. Browsers unpack what they save; programs that record the network keep it as it was
/// sent, in base64.
fn body<'a>(content: &'a Content<'_>, response: &Response<'_>) -> Option<Cow<'a, str>> {
    let text = content.text.get()?;
    let words = if content.encoding.get() == Some("base64") {
        let bytes = crate::base64::decode(text)?;
        let unpacked = if std::str::from_utf8(&bytes).is_ok() { None } else { unpacked(&bytes, response) };
        Cow::Owned(String::from_utf8_lossy(unpacked.as_deref().unwrap_or(&bytes)).into_owned())
    } else {
        Cow::Borrowed(text)
    };
    // What some servers put before JSON so that no page can run it as a script.
    let guards = ["for (;;);", "for(;;);", ")]}'", "while(1);"];
    let guarded = guards.iter().find(|guard| words.trim_start().starts_with(*guard));
    Some(match guarded {
        Some(guard) => Cow::Owned(words.trim_start()[guard.len()..].to_owned()),
        None => words,
    })
}

/// Unpacks a body as its head says.
fn unpacked(bytes: &[u8], response: &Response<'_>) -> Option<Vec<u8>> {
    let coding = header(response, "content-encoding")?;
    let head = container::http::Head {
        start: String::new(),
        fields: vec![("content-encoding".to_owned(), coding.to_owned())],
    };
    let limits = container::Limits { decoded: BODY, ..container::Limits::shipped() };
    let decoded = container::http::decode(&head, &mut &*bytes, BODY, None, &limits).ok()?;
    decoded.troubles.is_empty().then_some(decoded.kept)
}

fn header<'a>(response: &'a Response<'_>, wanted: &str) -> Option<&'a str> {
    let named =
        |header: &&Header<'_>| header.name.get().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
    response.headers.iter().find(named)?.value.get()
}

/// Returns the server's own clock.
fn served(response: &Response<'_>) -> Option<Moment> {
    time::mail_date(header(response, "date")?, SaidBy::Platform)
}
