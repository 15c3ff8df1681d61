//! Traps of the formats that no other test meets, and the table of all of them, `docs/formats/traps.md`, held true.

mod reading;

use std::collections::BTreeSet;
use std::path::Path;

use intake::Options;
use reading::{Got, got, plain, try_read, zip};
use record::{Fidelity, MediaKind, PostKind, State};
use values::{Doubt, SaidBy};

const FIRST: &str = "x:1985724259103670395";
const REPLY: &str = "x:1985726524027830284";

fn read(name: &str, text: &str) -> Got {
    try_read(name, text.as_bytes(), &plain()).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

#[test]
fn tables_take_the_time_that_has_a_zone() {
    let table = got("4cat-csv/x_zeeschuimer.csv");
    assert_eq!(table.post(FIRST).0.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11.000Z");
    assert!(table.has("csv.prefer_ndjson") && !table.has("time.no_zone"));
    // Of other platforms 4CAT writes the local time of its server beside the seconds.
    let threads = "id,thread_id,timestamp,unix_timestamp,body,author\n3750000000000000001,3750000000000000001,2025-11-04 17:02:11,1762268531,words,example_watcher\n";
    let threads = read("threads.csv", threads);
    assert_eq!(threads.posts[0].0.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11Z");
    assert!(!threads.has("time.no_zone"));
}

#[test]
fn bluesky_keeps_the_author_s_time_and_the_server_s() {
    let late = samples::text("bluesky-getposts-json/posts.json").replace(
        "\"indexedAt\": \"2025-11-04T15:02:11.744Z\"",
        "\"indexedAt\": \"2025-11-06T15:02:11.744Z\"",
    );
    let late = read("posts.json", &late);
    assert!(late.has("bluesky.indexed"));
    assert_eq!(late.posts[0].0.written.unwrap().said_by(), SaidBy::Author);
    // Bytes 46 to 53 of the text, behind a dash of three bytes, are the tag; as characters they would be “le 🤔”.
    assert_eq!(got("bluesky-getposts-json/posts.json").posts[0].0.hashtags, ["sample"]);
    let linked = samples::text("bluesky-getposts-json/posts.json").replace(
        "\"$type\": \"app.bsky.richtext.facet#tag\",\n                \"tag\": \"sample\"",
        "\"$type\": \"app.bsky.richtext.facet#link\",\n                \"uri\": \"https://x.com/example_watcher/status/1985724259103670395\"",
    );
    assert_eq!(read("posts.json", &linked).posts[0].0.links.len(), 1);
}

#[test]
fn a_changed_handle_does_not_change_a_key() {
    let events = got("bluesky-jetstream-jsonl/events.jsonl");
    assert!(events.keys().iter().all(|key| key.starts_with("bluesky:did:plc:")), "{:?}", events.keys());
}

#[test]
fn a_mail_s_chain_of_servers_stays_in_the_kept_bytes_and_its_top_line_is_the_receipt() {
    // An earlier server's line, with a time of its own, stands below.
    let whole = samples::text("email-eml/threat.eml").replacen(
        "Received:",
        "Received: from mx.example (mx.example [192.0.2.9]) by relay.example; Wed, 05 Nov 2025 09:09:09 +0000\r\nReceived:",
        1,
    );
    let below = samples::text("email-eml/threat.eml").replacen(
        "\nFrom:",
        "\nReceived: from a (a [192.0.2.8]) by b; Tue, 04 Nov 2025 01:01:01 +0000\nFrom:",
        1,
    );
    let seen = |mail: &str| read("threat.eml", mail).posts[0].1.seen.unwrap().to_rfc3339();
    assert_eq!(seen(&whole), "2025-11-05T09:09:09Z");
    assert_eq!(seen(&below), seen(samples::text("email-eml/threat.eml")));
}

#[test]
fn meta_files_are_known_by_what_is_in_them() {
    let folder = "facebook-dyi-json/your_facebook_activity";
    let path = format!("{folder}/messages/message_requests/examplethreat_5550002/message_1.json");
    let bytes = samples::bytes(&path);
    for name in [
        "messages/inbox/a_1/message_1.json",
        "your_instagram_activity/messages/message_requests/a_1/message_1.json",
        "x.json",
    ] {
        let whole = zip(&[(name, bytes)]);
        let read = try_read("export.zip", &whole, &plain()).unwrap();
        assert_eq!(read.summary.inside, ["meta-download"], "{name}");
        assert!(read.has("meta.own_only"), "{name}");
        let expected = if name.contains("instagram") { "instagram:" } else { "facebook:" };
        assert!(read.posts[0].0.key.as_str().starts_with(expected), "{}", read.posts[0].0.key);
    }
}

#[test]
fn derived_words_are_told_as_derived() {
    let image = got("gallery-dl-json/example_watcher_sample.jpg.json");
    let (post, seen) = image.post(FIRST);
    assert!(image.has("gallery-dl.derived_text") && seen.fidelity == Fidelity::Derived);
    assert_eq!(post.community.as_ref().unwrap().members, Some(61_234));
    let film = got("yt-dlp-info-json/clip.info.json");
    let (post, seen) = film.post(FIRST);
    assert!(film.has("yt-dlp.derived"));
    // The title is the name and the beginning of the text, put together: it is not taken for words.
    assert!(!post.text.contains("Example Watcher - "), "{}", post.text);
    assert_eq!(seen.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
}

#[test]
fn packed_answers_of_a_har_are_unpacked() {
    let har = samples::text("har/x_community_and_thread.har");
    let value: serde_json::Value = serde_json::from_str(har).unwrap();
    let content = &value["log"]["entries"][0]["response"]["content"];
    let mut packed = value.clone();
    let text = content["text"].as_str().unwrap();
    if content["encoding"].is_null() {
        packed["log"]["entries"][0]["response"]["content"]["text"] = base64(text.as_bytes()).into();
        packed["log"]["entries"][0]["response"]["content"]["encoding"] = "base64".into();
    }
    let plain = got("har/x_community_and_thread.har");
    let read = read("x.har", &packed.to_string());
    assert_eq!(read.keys(), plain.keys());
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let held =
            three.iter().fold(0u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let sign = SIGNS[(held >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= three.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[test]
fn an_account_s_own_archive_says_that_it_holds_one_side() {
    assert!(got("mastodon-outbox-archive/outbox.json").has("mastodon.own_only"));
    assert!(got("x-data-archive/data/tweets.js").has("x.archive_own_only"));
    let picture = samples::bytes("screenshots/IMG_0412.PNG");
    let outbox = samples::text("mastodon-outbox-archive/outbox.json");
    let path = outbox.split('"').find(|text| text.starts_with("media_attachments/")).unwrap();
    let whole = zip(&[("outbox.json", outbox.as_bytes()), (path, picture)]);
    let read = try_read("archive.zip", &whole, &plain()).unwrap();
    let media = read.posts.iter().flat_map(|(post, _)| &post.media).find(|media| media.digest.is_some());
    assert_eq!(
        media.unwrap().digest,
        Some(values::Digest::of(picture)),
        "an address that leads into the archive"
    );
}

#[test]
fn statuses_of_mastodon_carry_claims_edits_and_quotes() {
    let list = got("mastodon-status-json/statuses.json");
    assert!(list.posts.iter().all(|(post, _)| post.written.unwrap().said_by() == SaidBy::Author));
    assert!(list.has("post.edited"));
    let quoting = r#"[{"id":"2","uri":"https://social.example/users/a/statuses/2","created_at":"2025-11-04T15:02:11.000Z","content":"<p>look</p>","account":{"acct":"a"},"reblogs_count":0,
        "quote":{"state":"accepted","quoted_status":{"id":"1","uri":"https://other.example/users/b/statuses/1","created_at":"2025-11-04T15:00:11.000Z","content":"<p>him</p>","account":{"acct":"b@other.example"},"reblogs_count":0}}}]"#;
    let quoting = read("statuses.json", quoting);
    let (post, _) = quoting.post("mastodon:https://social.example/users/a/statuses/2");
    assert_eq!(post.kind, PostKind::Quote);
    assert_eq!(post.quote_of.as_ref().unwrap().as_str(), "mastodon:https://other.example/users/b/statuses/1");
}

#[test]
fn saved_pages_keep_zone_character_set_and_folded_lines() {
    let page = got("singlefile-html/page.html");
    let (_, seen) = page.post(FIRST);
    // The clock of the computer that saved it, five hours behind UTC.
    assert_eq!(seen.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
    assert_eq!(seen.seen.unwrap().said_by(), SaidBy::Collector);
    assert!(page.has("page.rebuilt"));
    let folded =
        samples::text("mhtml/page.mhtml").replace("Content-Location: https", "Content-Location:\n\thttps");
    let folded = read("page.mhtml", &folded);
    assert_eq!(folded.post(FIRST).1.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
    assert!(folded.post(FIRST).0.text.contains("🤔"), "parts without a character set are UTF-8");
}

#[test]
fn reddit_writes_three_sorts_of_edited_replies_and_entities() {
    let thread = |edited: &str, replies: &str| {
        format!(
            r#"[{{"kind":"Listing","data":{{"children":[{{"kind":"t1","data":{{"name":"t1_a","author":"u","body":"a &amp;lt; b &gt; c","created_utc":1762268531.0,"edited":{edited},"replies":{replies}}}}}]}}}}]"#
        )
    };
    let state = |edited: &str, replies: &str| {
        let got = read("thread.json", &thread(edited, replies));
        assert_eq!(got.posts[0].0.text, "a &lt; b > c", "undone once, as it was written");
        (got.posts[0].1.state, got.posts.len())
    };
    assert_eq!(state("false", "\"\""), (State::Visible, 1));
    assert_eq!(state("1762270000.0", "\"\""), (State::Edited, 1));
    let inner = r#"{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_b","body":"x","created_utc":1762268600.0,"edited":true,"replies":""}}]}}"#;
    assert_eq!(state("null", inner), (State::Visible, 2));
}

#[test]
fn screenshots_rank_lowest_and_ask_for_more() {
    let picture = got("screenshots/IMG_0412.PNG");
    assert!(picture.has("picture.only_pixels"));
    let weakest = picture.posts[0].1.fidelity;
    for (path, _) in samples::all().iter().filter(|(path, _)| !path.starts_with("screenshots/")) {
        let got = got(path);
        assert!(got.posts.iter().all(|(_, seen)| seen.fidelity > weakest), "{path}");
    }
}

#[test]
fn the_time_of_a_text_message_is_the_phone_s_count_and_not_its_words() {
    let text =
        samples::text("sms-backup-xml/sms.xml").replace("Nov 4, 2025 12:06:15 PM", "4 nov 1999 03:00:00");
    let got = read("sms.xml", &text);
    assert_eq!(got.posts[0].0.written.unwrap().to_rfc3339(), "2025-11-04T17:06:11.000Z");
}

#[test]
fn old_names_of_fields_say_the_same_and_are_not_added() {
    let line = samples::text("snscrape-jsonl/sample.jsonl").lines().next().unwrap();
    let doubled = line.replacen(
        "\"rawContent\":",
        "\"content\":\"Need help identifying this man\",\"username\":\"example_watcher\",\"outlinks\":[],\"rawContent\":",
        1,
    );
    let (one, two) = (read("a.jsonl", line), read("a.jsonl", &doubled));
    assert_eq!(one.posts[0].0.text, two.posts[0].0.text);
}

#[test]
fn a_telegram_text_is_one_text_however_it_is_written() {
    let message = |text: &str| {
        format!(
            r#"{{"name":"g","type":"public_supergroup","id":1,"messages":[{{"id":5,"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"A","from_id":"user1","text":{text}}}]}}"#
        )
    };
    for text in [r#""see RDR-0000""#, r#"["see ",{"type":"bold","text":"RDR-0000"}]"#] {
        assert_eq!(read("result.json", &message(text)).posts[0].0.text, "see RDR-0000", "{text}");
    }
    let entities =
        r##""","text_entities":[{"type":"plain","text":"see "},{"type":"hashtag","text":"#RDR"}]"##;
    let got = read("result.json", &message(entities));
    assert_eq!((got.posts[0].0.text.as_str(), got.posts[0].0.hashtags.len()), ("see #RDR", 1));
}

#[test]
fn twarc_pages_and_flat_posts_are_told_apart_by_their_shape() {
    let (pages, flat) = (got("twarc-jsonl/pages.jsonl"), got("twarc-jsonl/flattened.jsonl"));
    // The flat one of the sample has its last short address taken off; the words are the same.
    assert!(pages.post(FIRST).0.text.starts_with(&flat.post(FIRST).0.text));
    assert_eq!(pages.post(REPLY).0.reply_to, flat.post(REPLY).0.reply_to);
    assert!(pages.posts[0].1.place.to_string().starts_with("line:1:/data/"));
}

#[test]
fn an_answer_of_x_names_accounts_aside_and_communities_by_number() {
    let page = got("x-api-v2-json/search_page.json");
    assert_eq!(page.post(FIRST).0.author.shown(), "@example_watcher");
    let bare = samples::text("x-api-v2-json/search_page.json").replace("\"includes\"", "\"excludes\"");
    let (post, _) = &read("page.json", &bare).posts[0];
    assert!(post.author.handle.is_none() && post.author.id.is_some(), "the number of the account stays");
    assert_eq!(got("x-api-v2-json/community.json").summary.format, "x-api-v2");
}

#[test]
fn collectors_say_what_they_do_not_take() {
    let x = got("zeeschuimer-x-ndjson/sample.ndjson");
    for code in ["x.collector_record", "x.collector_gaps"] {
        assert!(x.has(code), "{code}");
    }
    assert!(got("zeeschuimer-tiktok-ndjson/posts.ndjson").has("tiktok.links_expire"));
}

#[test]
fn fields_of_an_account_are_found_wherever_x_puts_them() {
    let line = samples::text("zeeschuimer-x-ndjson/sample.ndjson").lines().next().unwrap();
    let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
    let user = |value: &serde_json::Value| value["data"]["core"]["user_results"]["result"].clone();
    let given = user(&value);
    let fields = ["screen_name", "name", "created_at"];
    let of = |name: &str| {
        let places = [&given["core"][name], &given["legacy"][name], &given[name]];
        places.into_iter().find(|found| found.is_string()).cloned().unwrap_or_default()
    };
    for place in ["core", "legacy"] {
        let mut moved = given.clone();
        for other in ["core", "legacy"] {
            if let Some(map) = moved[other].as_object_mut() {
                fields.iter().for_each(|name| drop(map.remove(*name)));
            }
        }
        for name in fields {
            moved[place][name] = of(name);
        }
        value["data"]["core"]["user_results"]["result"] = moved;
        let got = read("a.ndjson", &value.to_string());
        assert_eq!(got.post(FIRST).0.author.shown(), "@example_watcher", "{place}");
    }
    // The whole account may be missing: the address of a picture still names it.
    value["data"]["core"]["user_results"] = serde_json::json!({});
    let got = read("a.ndjson", &value.to_string());
    assert_eq!(got.post(FIRST).0.author.shown(), "@example_watcher");
    assert!(got.has("x.author_recovered"));
}

#[test]
fn a_collector_s_clock_before_the_post_is_told() {
    let line = samples::text("zeeschuimer-x-ndjson/sample.ndjson").lines().next().unwrap();
    let mut value: serde_json::Value = serde_json::from_str(line).unwrap();
    value["timestamp_collected"] = 1_600_000_000_000_u64.into();
    assert!(read("a.ndjson", &value.to_string()).has("time.collector_clock"));
}

#[test]
fn whatsapp_pictures_are_tied_or_told_as_left_out() {
    let ios = got("whatsapp-txt/ios_en_us/_chat.txt");
    assert!(ios.posts.iter().any(|(post, _)| post.media.iter().any(|media| media.kind == MediaKind::Image)));
    let said = Options { day_first: Some(true), ..plain() };
    let bytes = samples::bytes("whatsapp-txt/android_es/Chat de WhatsApp con Muestra.txt");
    let spanish = try_read("Chat de WhatsApp con Muestra.txt", bytes, &said).unwrap();
    assert!(spanish.has("whatsapp.media_omitted"));
    assert!(spanish.posts.iter().all(|(post, _)| post.written.unwrap().doubt() == Some(Doubt::ZoneUnknown)));
}

/// The rows of the table: format, trap, where it is tested.
fn rows(text: &str) -> Vec<(String, String, String)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        match cells[..] {
            [format, trap, _, test] if !format.starts_with('-') && format != "format" => {
                Some((format.to_owned(), trap.to_owned(), test.trim_matches('`').to_owned()))
            }
            _ => None,
        }
    };
    text.lines().filter(|line| line.starts_with('|')).filter_map(row).collect()
}

#[test]
fn the_table_of_traps_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let rows = rows(&std::fs::read_to_string(root.join("docs/formats/traps.md")).unwrap());
    let formats: BTreeSet<&str> =
        samples::all().iter().filter_map(|(path, _)| path.split('/').next()).collect();
    let listed: BTreeSet<&str> = rows.iter().map(|(format, ..)| format.as_str()).collect();
    assert_eq!(listed, formats, "every folder of samples has its traps in the table, and nothing else");
    assert!(rows.len() > 80, "{}", rows.len());
    let mut seen = BTreeSet::new();
    for (format, trap, test) in &rows {
        assert!(seen.insert((format, trap)), "{format}: {trap} stands twice");
        let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("{test} is no file and test"));
        let text = std::fs::read_to_string(root.join("crates").join(file))
            .unwrap_or_else(|why| panic!("{file}: {why}"));
        let at = text.find(&format!("fn {name}()")).unwrap_or_else(|| panic!("there is no {name} in {file}"));
        assert!(text[..at].trim_end().ends_with("#[test]"), "{name} in {file} is no test");
    }
}
