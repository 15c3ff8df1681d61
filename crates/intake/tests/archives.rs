//! What platforms answered, inside web archives: alone, in a collection, in a collection of collections, and in a HAR.

mod reading;

use reading::{plain, try_read};
use serde_json::{Value, json};
use values::Digest;

/// A web archive with one answer a record.
fn warc(answers: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (number, (url, kind, body)) in answers.iter().enumerate() {
        let block = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nDate: Tue, 04 Nov 2025 20:02:11 GMT\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let sha256 = Digest::of(block.as_bytes()).to_string();
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-04T20:02:11Z\r\nWARC-Block-Digest: sha256:{sha256}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        bytes.extend([head.as_bytes(), block.as_bytes(), b"\r\n\r\n"].concat());
    }
    bytes
}

fn resource(path: &str, bytes: &[u8]) -> Value {
    json!({ "name": path, "path": path, "hash": format!("sha256:{}", Digest::of(bytes).to_string()), "bytes": bytes.len() })
}

/// A collection around members, its manifest and the digest of that.
fn collection(profile: &str, members: &[(&str, &[u8])]) -> Vec<u8> {
    let resources: Vec<Value> = members.iter().map(|(path, bytes)| resource(path, bytes)).collect();
    let manifest = json!({ "profile": profile, "wacz_version": "1.1.1", "resources": resources })
        .to_string()
        .into_bytes();
    let digest = json!({ "path": "datapackage.json", "hash": format!("sha256:{}", Digest::of(&manifest).to_string()) })
        .to_string()
        .into_bytes();
    let mut all = members.to_vec();
    all.push(("datapackage.json", &manifest));
    all.push(("datapackage-digest.json", &digest));
    reading::zip(&all)
}

fn wacz(warc: &[u8]) -> Vec<u8> {
    let pages = b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All\"}\n{\"url\": \"https://social.example/1\", \"ts\": \"2025-11-04T20:02:11Z\"}\n";
    let members: [(&str, &[u8]); 3] =
        [("archive/data.warc", warc), ("indexes/index.cdx", b"-"), ("pages/pages.jsonl", pages)];
    collection("data-package", &members)
}

/// Answers of platforms, each with the key of a post in it.
fn answers() -> Vec<(String, String, String)> {
    let of = |path: &str| samples::text(path).to_owned();
    let line = |path: &str, which: &str| {
        let lines = samples::text(path).lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let data: Vec<Value> =
            lines.map(|line| line["data"].clone()).filter(|data| data.get(which).is_some()).collect();
        data[0].clone()
    };
    let tiktok = json!({ "itemList": [line("zeeschuimer-tiktok-ndjson/posts.ndjson", "createTime")] });
    let comment = json!({ "comments": [line("zeeschuimer-tiktok-ndjson/comments.ndjson", "cid")] });
    let threads =
        json!({ "data": { "edges": [{ "node": line("zeeschuimer-threads-ndjson/sample.ndjson", "pk") }] } });
    let read = |path: &str| {
        let got = reading::got(path);
        got.posts[0].0.key.as_str().to_owned()
    };
    let list = [
        (
            "https://social.example/api/v1/statuses/1/context",
            of("mastodon-status-json/statuses.json"),
            read("mastodon-status-json/statuses.json"),
        ),
        (
            "https://public.api.bsky.app/xrpc/app.bsky.feed.getPosts",
            of("bluesky-getposts-json/posts.json"),
            read("bluesky-getposts-json/posts.json"),
        ),
        (
            "https://www.reddit.com/r/x/comments/1.json",
            of("reddit-json/thread.json"),
            read("reddit-json/thread.json"),
        ),
        (
            "https://api.x.com/2/tweets/search/all",
            of("x-api-v2-json/search_page.json"),
            format!("x:{}", samples::SIX[0]),
        ),
        (
            "https://www.tiktok.com/api/post/item_list/",
            tiktok.to_string(),
            read("zeeschuimer-tiktok-ndjson/posts.ndjson"),
        ),
        (
            "https://www.tiktok.com/api/comment/list/",
            comment.to_string(),
            read("zeeschuimer-tiktok-ndjson/comments.ndjson"),
        ),
        (
            "https://www.threads.com/graphql/query",
            threads.to_string(),
            read("zeeschuimer-threads-ndjson/sample.ndjson"),
        ),
    ];
    list.into_iter().map(|(url, body, key)| (url.to_owned(), body, key)).collect()
}

#[test]
fn answers_of_every_platform_become_posts() {
    let answers = answers();
    let records: Vec<(&str, &str, &str)> =
        answers.iter().map(|(url, body, _)| (url.as_str(), "application/json", body.as_str())).collect();
    let alone = try_read("a.warc", &warc(&records), &plain()).unwrap();
    let packed = try_read("a.wacz", &wacz(&warc(&records)), &plain()).unwrap();
    let entries: Vec<Value> = records
        .iter()
        .map(|(url, kind, body)| json!({ "startedDateTime": "2025-11-04T20:02:11Z", "request": { "method": "GET", "url": url, "headers": [] },
            "response": { "status": 200, "headers": [], "content": { "mimeType": kind, "text": body } } }))
        .collect();
    let har = json!({ "log": { "version": "1.2", "creator": { "name": "a", "version": "1" }, "entries": entries } });
    let har = try_read("a.har", har.to_string().as_bytes(), &plain()).unwrap();
    for (number, (url, _, key)) in answers.iter().enumerate() {
        for (got, place) in [
            (&alone, format!("record:{}", number + 1)),
            (&packed, format!("archive/data.warc!record:{}", number + 1)),
            (&har, format!("entry:{number}")),
        ] {
            let (_, seen) = got.post(key);
            let at = seen.place.to_string();
            assert!(at.starts_with(&place), "{url}: {at}, not {place}");
            assert!(seen.seen.is_some(), "{url}");
        }
    }
    assert_eq!(
        packed.codes.iter().filter(|code| code.starts_with("wacz.")).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn a_collection_of_collections_gives_the_posts_of_each() {
    let body = samples::text("mastodon-status-json/statuses.json");
    let other = body.replace("statuses/1", "statuses/9");
    let url = "https://social.example/api/v1/statuses/1/context";
    let (one, two) =
        (wacz(&warc(&[(url, "application/json", body)])), wacz(&warc(&[(url, "application/json", &other)])));
    let whole = collection("multi-wacz-package", &[("one.wacz", &one), ("two.wacz", &two)]);
    let got = try_read("all.wacz", &whole, &plain()).unwrap();
    assert_eq!(got.summary.format, "wacz");
    let places: Vec<String> = got.posts.iter().map(|(_, seen)| seen.place.to_string()).collect();
    for part in ["one.wacz!archive/data.warc!record:1", "two.wacz!archive/data.warc!record:1"] {
        assert!(places.iter().any(|place| place.starts_with(part)), "{places:?}");
    }
    // A part that was exchanged is told, and the other is still read.
    let changed = collection("multi-wacz-package", &[("one.wacz", &one), ("two.wacz", &two)]);
    let at = changed.windows(9).rposition(|bytes| bytes == b"WARC/1.1\r").unwrap();
    let mut changed = changed;
    changed[at + 5] = b'7';
    let got = try_read("all.wacz", &changed, &plain()).unwrap();
    assert!(
        got.codes.iter().any(|code| code == "zip.crc" || code == "wacz.resource_hash"),
        "{:?}",
        got.codes
    );
    assert!(got.posts.iter().any(|(_, seen)| seen.place.to_string().starts_with("one.wacz!")));
}

#[test]
fn data_that_a_page_carries_for_its_own_program_is_read() {
    let (_, body, key) = answers().into_iter().find(|(url, ..)| url.contains("item_list")).unwrap();
    let page = format!(
        "<!doctype html><html><head><script id=\"__DATA__\" type=\"application/json\">{body}</script></head><body><p>x</p></body></html>"
    );
    let got = try_read(
        "a.warc",
        &warc(&[("https://www.tiktok.com/@example/video/1", "text/html", &page)]),
        &plain(),
    )
    .unwrap();
    assert_eq!(got.post(&key).1.place.to_string(), "record:1");
}
