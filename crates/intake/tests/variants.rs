//! What the same exporters write elsewhere: other systems, languages, versions, and what was deleted or withheld.

mod reading;

use std::collections::BTreeSet;

use reading::{Got, plain, try_read};
use record::{PostKind, State};
use values::Doubt;

/// Words, times and states, in order: what must not depend on line ends or marks.
fn told(got: &Got) -> Vec<(String, Option<i64>, State)> {
    let of = |(post, seen): &(record::Post, record::Observation)| {
        (post.text.replace("\r\n", "\n"), post.written.map(values::Moment::millis), seen.state)
    };
    got.posts.iter().map(of).collect()
}

#[test]
fn marks_and_line_ends_of_other_systems_change_nothing() {
    for (path, bytes) in samples::all() {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        let name = path.rsplit('/').next().unwrap();
        let given = try_read(name, bytes, &plain()).unwrap();
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        // Windows PowerShell writes what a command prints in UTF-16.
        let wide: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let variants =
            [("mark", format!("\u{feff}{text}").into_bytes()), ("CRLF", crlf.into_bytes()), ("UTF-16", wide)];
        for (what, variant) in variants {
            let read = try_read(name, &variant, &plain())
                .unwrap_or_else(|refused| panic!("{path}, {what}: {refused}"));
            assert_eq!(read.summary.format, given.summary.format, "{path}, {what}");
            assert_eq!(told(&read), told(&given), "{path}, {what}");
        }
    }
}

fn read(name: &str, text: &str) -> Got {
    try_read(name, text.as_bytes(), &plain()).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

#[test]
fn the_collector_writes_the_same_table_with_semicolons() {
    let (mut text, mut quoted) = (String::new(), false);
    for character in samples::text("4cat-csv/x_zeeschuimer.csv").chars() {
        quoted ^= character == '"';
        text.push(if character == ',' && !quoted { ';' } else { character });
    }
    let commas = reading::got("4cat-csv/x_zeeschuimer.csv");
    assert_eq!(told(&read("x.csv", &text)), told(&commas));
}

#[test]
fn a_backup_that_lost_its_line_ends_keeps_its_messages_apart() {
    let text = samples::text("sms-backup-xml/sms.xml").replace('\n', " ");
    let got = read("sms.xml", &text);
    assert_eq!(got.keys().len(), 2);
    let odd = r#"<smses count="2"><sms address="" date="0" type="1" body="x"/><sms address="+15555550102" date="1762275971000" type="1" body="y"/></smses>"#;
    let got = read("sms.xml", odd);
    assert_eq!(got.posts.iter().map(|(post, _)| post.written.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn chats_of_other_phones_are_read() {
    let check = |text: &str, words: &str, written: &str, state: State| {
        let got = read("_chat.txt", text);
        assert_eq!(got.summary.format, "whatsapp", "{text}");
        let (post, seen) = &got.posts[0];
        assert_eq!((post.text.as_str(), seen.state), (words, state), "{text}");
        assert_eq!(
            post.written.unwrap().shown(),
            format!("{written} (local time, zone not stated)"),
            "{text}"
        );
    };
    let evening = "2025-11-14 22:02";
    check("11/14/25, 10:02 PM - Ana Example: hola\n", "hola", evening, State::Visible);
    check("11/14/25, 10:02\u{202f}PM - Ana Example: hola\nmás\n", "hola\nmás", evening, State::Visible);
    check("14/11/25, 10:02 p. m. - Ana Example: hola\n", "hola", evening, State::Visible);
    check("14.11.25, 22:02 - Ana Example: hallo\n", "hallo", evening, State::Visible);
    check("[2025-11-14, 22:02:11] Ana Example: hi\n", "hi", "2025-11-14 22:02:11", State::Visible);
    check("14/11/2025 22:02 - Ana Example: Se eliminó este mensaje.\n", "", evening, State::Deleted);
    let edited = "14/11/2025, 22:02 - Ana Example: hi \u{200e}<This message was edited>\n";
    check(edited, "hi", evening, State::Edited);
    let unsaid = read("_chat.txt", "11/4/25, 10:02 PM - Ana Example: hola\n");
    assert_eq!(unsaid.posts[0].0.written.unwrap().doubt(), Some(Doubt::DayMonthOrder));
}

#[test]
fn what_x_withholds_or_no_longer_has_is_evidence_too() {
    let user = r#""includes":{"users":[{"id":"1","username":"example_watcher","name":"E"}]}"#;
    let post = |more: &str| {
        format!(
            r#"{{"data":[{{"id":"1985724259103670395","text":"hello","author_id":"1","created_at":"2025-11-04T15:02:11.000Z"{more}}}],{user}}}"#
        )
    };
    let versions = r#","edit_history_tweet_ids":["1985724259103670000","1985724259103670395"]"#;
    let got = read("t.json", &post(versions));
    assert_eq!(got.posts[0].1.state, State::Edited);
    assert!(got.has("post.versions"));
    let withheld = format!(r#"{versions},"withheld":{{"country_codes":["DE"]}}"#);
    let got = read("t.json", &post(&withheld));
    assert_eq!((got.posts[0].1.state, got.posts[0].0.edited.is_some()), (State::Withheld, true));
    assert!(got.has("post.withheld"));
    let single = post("").replace("\"data\":[{", "\"data\":{").replace("}],\"includes", "},\"includes");
    assert_eq!(read("t.json", &single).posts[0].0.text, "hello");
    let gone = r#"{"errors":[{"value":"1985724259103670395","detail":"Could not find tweet.","title":"Not Found Error","resource_type":"tweet","parameter":"id","resource_id":"1985724259103670395","type":"https://api.twitter.com/2/problems/resource-not-found"}]}"#;
    assert_eq!(read("t.json", gone).posts[0].1.state, State::Unavailable);
    let deleted = r#"window.YTD.deleted_tweets.part0 = [{"tweet":{"id_str":"1985726524027830349","full_text":"gone","created_at":"Tue Nov 04 15:11:11 +0000 2025"}}]"#;
    assert_eq!(read("deleted-tweets.js", deleted).posts[0].1.state, State::Deleted);
}

#[test]
fn a_feed_of_bluesky_says_who_passed_a_post_on() {
    let entry = |reason: &str| {
        format!(
            r#"{{"feed":[{{"post":{{"uri":"at://did:plc:samplewatcher2222222222k/app.bsky.feed.post/3m4sampl3k22a","cid":"c","author":{{"did":"did:plc:samplewatcher2222222222k","handle":"h.example"}},"record":{{"$type":"app.bsky.feed.post","text":"hi","createdAt":"2025-11-04T15:02:11.123Z"}},"indexedAt":"2025-11-04T15:02:11.744Z"}},"reason":{reason}}}]}}"#
        )
    };
    let by = r#""by":{"did":"did:plc:sampleamplifier22222222k","handle":"a.example"},"indexedAt":"2025-11-04T16:02:11.744Z""#;
    for uri in ["", r#","uri":"at://did:plc:sampleamplifier22222222k/app.bsky.feed.repost/3m4sampl3k22b""#] {
        let got =
            read("feed.json", &entry(&format!(r#"{{"$type":"app.bsky.feed.defs#reasonRepost",{by}{uri}}}"#)));
        let (repost, _) = got.posts.iter().find(|(post, _)| post.kind == PostKind::Repost).unwrap();
        assert_eq!(repost.author.shown(), "@a.example");
        assert_eq!(repost.written.unwrap().to_rfc3339(), "2025-11-04T16:02:11.744Z");
        let of = repost.repost_of.as_ref().unwrap().as_str();
        assert_eq!(of, "bluesky:did:plc:samplewatcher2222222222k/3m4sampl3k22a");
        let keys: BTreeSet<&str> = got.keys();
        assert_eq!(keys.len(), 2, "{keys:?}");
    }
    let pinned = read("feed.json", &entry(r#"{"$type":"app.bsky.feed.defs#reasonPin"}"#));
    assert_eq!(pinned.posts.len(), 1);
}

#[test]
fn a_day_of_a_video_is_that_of_utc() {
    let video = r#"{"id":"example11chr","title":"T","description":"D","uploader":"U","uploader_id":"@u","upload_date":"20251104","webpage_url":"https://www.youtube.com/watch?v=example11chr","extractor":"youtube","extractor_key":"Youtube","epoch":1762286531,"_type":"video","ext":"mp4"}"#;
    let got = read("v.info.json", video);
    assert_eq!(got.posts[0].0.written.unwrap().shown(), "2025-11-04");
    let part = samples::text("yt-dlp-info-json/clip.info.json")
        .replace("\"id\": \"1985724259103670395\"", "\"id\": \"1985724259103670395-1\"");
    assert_eq!(read("v.info.json", &part).posts[0].0.key.as_str(), "x:1985724259103670395");
}

#[test]
fn older_versions_and_bare_records_are_read() {
    let old = r#"{"_type":"snscrape.modules.twitter.Tweet","url":"https://twitter.com/example_watcher/status/1985724259103670395","date":"2025-11-04T15:02:11+00:00","content":"old field","id":1985724259103670395,"user":{"_type":"snscrape.modules.twitter.User","username":"example_watcher","id":1690000000000000001},"conversationId":1985724259103670395}"#;
    assert_eq!(read("a.jsonl", old).posts[0].0.text, "old field");
    let tweet = r#"window.YTD.tweet.part0 = [ {"id_str":"1985726524027830349","full_text":"old shape","created_at":"Tue Nov 04 15:11:11 +0000 2025"} ]"#;
    assert_eq!(read("tweet.js", tweet).posts[0].0.text, "old shape");
    let truth = r#"{"id":"115490000000000001","created_at":"2025-11-04T15:02:11.000Z","uri":"https://truthsocial.com/@example_watcher/115490000000000001","url":"https://truthsocial.com/@example_watcher/115490000000000001","content":"<p>Who is <b>this</b>?</p>","account":{"id":"1","username":"example_watcher","acct":"example_watcher","url":"https://truthsocial.com/@example_watcher"},"media_attachments":[],"replies_count":1,"reblogs_count":2,"favourites_count":3}"#;
    let got = read("t.jsonl", truth);
    assert_eq!((got.summary.format, got.posts[0].0.text.as_str()), ("truthsocial", "Who is this?"));
    let long = "1985724259103670395".repeat(3);
    let line = samples::text("zeeschuimer-x-ndjson/sample.ndjson").lines().next().unwrap();
    let got = read("z.ndjson", &line.replace("1985724259103670395", &long));
    assert_eq!(got.posts[0].0.key.as_str(), format!("x:{long}"));
    let log = r#"{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"startedDateTime":"2025-11-04T20:02:11Z","request":{"method":"GET","url":"https://x.com/i/api/graphql/Q/TweetDetail","headers":[]},"response":{"status":200,"headers":[],"content":{"size":900,"mimeType":"application/json"}}}]}}"#;
    assert!(read("a.har", log).has("har.no_bodies"));
}

#[test]
fn sidecars_of_older_programs_and_with_long_lists_of_qualities_are_known() {
    let old = r#"{"id": "abc123", "title": "Who is he", "uploader": "Example", "extractor": "youtube", "webpage_url": "https://www.youtube.com/watch?v=abc123", "upload_date": "20251104", "description": "look"}"#;
    let got = read("clip.info.json", old);
    assert_eq!((got.summary.format, got.posts[0].0.key.as_str()), ("yt-dlp", "youtube:abc123"));
    // Neither name: the address says where.
    let bare = r#"{"id": "1985726524027830284", "title": "t", "formats": [{"format_id": "http-1", "url": "https://video.example/1"}], "webpage_url": "https://x.com/example_watcher/status/1985726524027830284", "description": "look"}"#;
    assert_eq!(read("clip.info.json", bare).posts[0].0.key.as_str(), "x:1985726524027830284");
    let quality = r#"{"format_id": "sb0", "url": "https://video.example/1", "fragments": []},"#.repeat(2_000);
    let long = format!(
        r#"{{"id": "abc123", "title": "t", "formats": [{quality}{{"format_id": "sb1"}}], "webpage_url": "https://www.youtube.com/watch?v=abc123", "extractor_key": "Youtube"}}"#
    );
    assert!(long.len() > 128 << 10);
    assert_eq!(read("clip.info.json", &long).posts[0].0.key.as_str(), "youtube:abc123");
}

#[test]
fn notices_between_the_posts_of_a_stream_are_evidence_too() {
    let text = concat!(
        r#"{"delete":{"status":{"id":1985726524027830284,"id_str":"1985726524027830284","user_id":777,"user_id_str":"777"},"timestamp_ms":"1762268999000"}}"#,
        "\n",
        r#"{"limit":{"track":120,"timestamp_ms":"1762268999000"}}"#,
        "\n",
        r#"{"status_withheld":{"id":1985724259103670395,"user_id":778,"withheld_in_countries":["DE"],"timestamp_ms":"1762268999000"}}"#,
        "\n",
        r#"{"scrub_geo":{"user_id":1,"user_id_str":"1","up_to_status_id":2,"up_to_status_id_str":"2"}}"#,
        "\n",
        r#"{"created_at":"Tue Nov 04 15:02:11 +0000 2025","id":1985724259103670395,"id_str":"1985724259103670395","text":"limit is a word","truncated":false,"user":{"id_str":"778","screen_name":"example_two"},"retweet_count":0}"#,
        "\n"
    );
    let got = read("stream.jsonl", text);
    let states: Vec<_> = got.posts.iter().map(|(post, seen)| (post.key.as_str(), seen.state)).collect();
    assert_eq!(
        states,
        [
            ("x:1985726524027830284", State::Deleted),
            ("x:1985724259103670395", State::Withheld),
            ("x:1985724259103670395", State::Visible)
        ]
    );
    assert_eq!(got.posts[0].1.seen.unwrap().to_rfc3339(), "2025-11-04T15:09:59.000Z");
    assert_eq!(got.posts[0].0.author.id.as_deref(), Some("777"));
    assert!(got.has("x.deleted") && got.has("x.stream_limit"));
    assert_eq!((got.summary.format, got.summary.leftovers), ("x-api-v1", 1));
}

#[test]
fn more_comments_of_reddit_are_read_as_the_page_asks_for_them() {
    let text = r#"{"json":{"errors":[],"data":{"things":[{"kind":"t1","data":{"name":"t1_nb1","id":"nb1","author":"example_watcher","body":"Find him","link_id":"t3_1ab2","parent_id":"t3_1ab2","created_utc":1762268531.0,"subreddit":"example"}},{"kind":"more","data":{"count":3,"children":["a"]}}]}}}"#;
    let got = read("morechildren.json", text);
    assert_eq!((got.summary.format, got.posts[0].0.key.as_str()), ("reddit", "reddit:t1_nb1"));
    assert_eq!(got.posts[0].1.place.to_string(), "pointer:/json/data/things/0/data");
    assert!(got.has("reddit.more"));
}
