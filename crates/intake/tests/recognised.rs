//! A file is known by its structure, never by a word in it; an empty export is known, and said to be empty.

mod reading;

use reading::{Got, plain, try_read};

fn read(name: &str, text: &str) -> Got {
    try_read(name, text.as_bytes(), &plain()).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

#[test]
fn a_chat_taken_out_of_signal_is_no_chat_of_whatsapp() {
    let chat = "[2025-11-04, 15:02:11] Example: Who is he?  \n[2025-11-04, 15:03:11] Me: stop  \n";
    assert!(intake::recognise("chat.md", chat.as_bytes()).is_none());
    let same = chat.replace("  \n", "\n");
    assert_eq!(intake::recognise("_chat.txt", same.as_bytes()).map(|format| format.name), Some("whatsapp"));
}

#[test]
fn parts_of_an_export_that_hold_no_posts_are_not_called_unfinished() {
    for path in [
        "mastodon-outbox-archive/actor.json",
        "mastodon-outbox-archive/likes.json",
        "x-data-archive/data/account.js",
        "x-api-v2-json/community.json",
    ] {
        let got = reading::got(path);
        assert!(
            got.has("format.no_posts_here") && !got.has("format.holds_nothing"),
            "{path}: {:?}",
            got.codes
        );
    }
}

#[test]
fn what_only_speaks_of_a_format_is_unknown() {
    let words = "# How to save a page\n\nThe head of the file says: Page saved with SingleFile, url: https://x.com/ and a date.\n\
        MHTML begins with Snapshot-Content-Location, a HAR with \"log\":{\"entries\":[, a chat with \"messages\":[ and \"from_id\":.\n\
        X writes window.YTD.tweets.part0, Android <smses count=\"1\">, Zeeschuimer \"source_platform\":\"twitter.com\".\n\
        From: and Date: stand in a mail; WARC/1.1 opens a web archive; 11/4/25 is a date.\n";
    for name in ["README.md", "README", "notes.txt", "page.htm.txt", "result.json"] {
        let got = read(name, words);
        assert_eq!((got.summary.format, got.summary.posts), ("unknown", 0), "{name}");
        assert!(got.has("format.unknown"), "{name}");
    }
    let page = format!(
        "<!doctype html><html><head><title>Help</title></head><body><pre>{words}</pre><!-- Page saved with SingleFile --></body></html>"
    );
    assert_eq!(read("help.html", &page).summary.format, "html");
    let quoted = serde_json::json!({ "note": words, "more": [words] }).to_string();
    assert_eq!(read("note.json", &quoted).summary.format, "unknown");
}

#[test]
fn empty_exports_are_known_and_said_to_be_empty() {
    let empty = [
        (
            "result.json",
            "telegram-desktop",
            r#"{"name":"Sample group","type":"public_supergroup","id":1,"messages":[]}"#,
        ),
        (
            "result.json",
            "telegram-desktop",
            "{\n \"name\": \"A\",\n \"type\": \"personal_chat\",\n \"id\": 7,\n \"messages\": [\n ]\n}",
        ),
        (
            "result.json",
            "telegram-desktop",
            r#"{"about":"Here is the data you requested.","chats":{"about":"","list":[]}}"#,
        ),
        ("page.json", "x-api-v2", r#"{"meta":{"result_count":0}}"#),
        ("page.json", "x-api-v2", r#"{"data":[],"meta":{"newest_id":"","result_count":0}}"#),
        ("x.har", "har", r#"{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[]}}"#),
        ("tweets.js", "x-archive", "window.YTD.tweets.part0 = [ ]"),
        (
            "outbox.json",
            "mastodon-outbox",
            r#"{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[]}"#,
        ),
        ("context.json", "mastodon-status", r#"{"ancestors":[],"descendants":[]}"#),
        ("thread.json", "reddit", r#"[{"kind":"Listing","data":{"children":[]}}]"#),
        ("message_1.json", "meta-download", r#"{"participants":[{"name":"A"}],"messages":[],"title":"A"}"#),
        (
            "sms.xml",
            "sms-backup",
            "<?xml version='1.0' encoding='UTF-8' ?>\n<smses count=\"0\" type=\"full\">\n</smses>",
        ),
        ("posts.csv", "csv", "id,text,created_at\n"),
        (
            "page.html",
            "singlefile",
            "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://x.com/example_watcher \n saved date: Tue Nov 04 2025 15:02:11 GMT-0500 (Eastern Standard Time)\n--><title></title></html>",
        ),
    ];
    for (name, format, text) in empty {
        let got = read(name, text);
        assert_eq!((got.summary.format, got.summary.posts), (format, 0), "{text}");
        assert!(got.has("format.holds_nothing"), "{text}: {:?}", got.codes);
    }
    assert!(!reading::got("telegram-desktop-json/result.json").has("format.holds_nothing"));
}

#[test]
fn a_page_of_x_behind_its_wall_says_that_it_shows_no_post() {
    let wall = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://x.com/example_watcher \n--><body><p>Log in</p></body></html>";
    let got = read("page.html", wall);
    assert!(got.has("page.no_posts") && !got.has("format.holds_nothing"));
    assert_eq!(got.posts[0].0.text, "Log in");
}
