//! Exports as they occur: other versions, languages and layouts than the samples. Each was once read wrongly, or not.

mod reading;

use reading::{Got, plain, try_read};
use record::{IncidentKind, PostKind, State};

fn read(name: &str, text: &str) -> Got {
    try_read(name, text.as_bytes(), &plain()).unwrap_or_else(|refused| panic!("{name}: {refused}"))
}

fn when(got: &Got, index: usize) -> String {
    got.posts[index].0.written.map_or("none".to_owned(), |at| at.shown())
}

#[test]
fn a_picture_message_of_a_group_is_of_whoever_sent_it() {
    let text = r#"<?xml version='1.0' encoding='UTF-8'?>
<smses count="2">
<mms date="1762268533000" msg_box="1" address="+12025550143~+12025550144" contact_name="(Unknown), A. Example">
<parts><part ct="text/plain" text="your house" /></parts>
<addrs><addr address="+12025550199" type="151"/><addr address="+12025550144" type="137"/></addrs></mms>
<sms address="+12025550143" date="null" type="1" body="no time" />
</smses>"#;
    let got = read("sms.xml", text);
    let author = &got.posts[0].0.author;
    assert_eq!((author.id.as_deref(), author.name.as_deref()), (Some("+12025550144"), Some("A. Example")));
    assert!(got.has("sms.no_time") && got.posts[1].0.written.is_none());
}

#[test]
fn hidden_numbers_of_calls_are_not_taken_for_numbers() {
    let call = |number: &str, how: &str| {
        format!(
            "<call number=\"{number}\" duration=\"0\" date=\"1762268531000\" type=\"3\" presentation=\"{how}\" contact_name=\"(Unknown)\" />\n"
        )
    };
    let calls = [call("", "2"), call("-2", "3"), call("-1", "2"), call("+12025550143", "1")].concat();
    let got = read("calls.xml", &format!("<calls count=\"4\">\n{calls}</calls>"));
    let from: Vec<_> = got.incidents.iter().map(|incident| incident.from.as_deref().unwrap()).collect();
    assert_eq!(from, ["number hidden", "number hidden", "number hidden", "+12025550143"]);
    assert_eq!(got.codes.iter().filter(|code| *code == "phone.number_hidden").count(), 3);
    assert!(got.incidents.iter().all(|incident| incident.kind == IncidentKind::Call));
}

#[test]
fn mails_without_a_time_or_sender_are_mails() {
    let got = read("a.eml", "From: x@example.net\nTo: a@example.org\nSubject: hi\n\nwe will come\n");
    assert_eq!((got.summary.format, got.posts[0].0.text.as_str()), ("email", "hi\n\nwe will come"));
    assert!(got.has("email.no_date"));
    let bounced = "Return-Path: <>\nTo: a@example.org\nSubject: s\nDate: Tue, 04 Nov 2025 15:02:11 +0000\nMIME-Version: 1.0\n\nbody\n";
    assert_eq!(read("b.eml", bounced).summary.format, "email");
    // A note that only begins like one is not.
    assert_eq!(read("note.txt", "From: the neighbour\n\nhe came again\n").summary.format, "unknown");
}

#[test]
fn a_mail_attached_to_a_mail_is_a_mail_of_its_own() {
    let inner = "Received: from a.example by mx.county.example; Tue, 4 Nov 2025 15:02:20 +0000\r\nMessage-ID: <threat@mail.example>\r\nFrom: \"Watcher\" <watcher@mail.example>\r\nTo: clerk@county.example\r\nDate: Tue, 4 Nov 2025 15:02:11 +0000\r\nSubject: Ballots\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWe know where you live.\r\n";
    let around = |parts: &str, id: &str| {
        format!(
            "Received: from b.example by mx.example; Wed, 5 Nov 2025 09:00:05 +0000\r\nMessage-ID: <{id}@county.example>\r\nFrom: clerk@county.example\r\nTo: police@city.example\r\nDate: Wed, 5 Nov 2025 09:00:00 +0000\r\nSubject: FW\r\nContent-Type: multipart/mixed; boundary=\"b{id}\"\r\n\r\n--b{id}\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n{parts}--b{id}--\r\n"
        )
    };
    let part = |head: &str, body: &str, id: &str| format!("--b{id}\r\n{head}\r\n\r\n{body}\r\n");
    let rfc = "Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"Ballots.eml\"";
    let once = around(&part(rfc, inner, "one"), "one");
    let got = read("report.eml", &once);
    let shown = |got: &Got| -> Vec<(String, String, String)> {
        let of = |(post, seen): &(record::Post, record::Observation)| {
            (post.key.to_string(), post.text.clone(), seen.place.to_string())
        };
        got.posts.iter().map(of).collect()
    };
    let posts = shown(&got);
    assert_eq!(
        posts[0],
        ("email:one@county.example".to_owned(), "FW\n\nSee attached.".to_owned(), "whole".to_owned())
    );
    assert_eq!(
        posts[1],
        (
            "email:threat@mail.example".to_owned(),
            "Ballots\n\nWe know where you live.".to_owned(),
            "1-Ballots.eml!whole".to_owned()
        )
    );
    assert!(got.has("email.attached"));
    // The time it was received is that of its own headers, and it ranks below the mail around it.
    assert_eq!(got.posts[1].1.seen.unwrap().to_rfc3339(), "2025-11-04T15:02:20Z");
    assert!(got.posts[1].1.fidelity < got.posts[0].1.fidelity);
    assert_eq!(got.posts[0].0.media[0].id.as_deref(), Some("Ballots.eml"));
    // Programs that know no mail inside a mail attach a file in base64.
    let packed = "Content-Type: application/octet-stream; name=\"Ballots.eml\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"Ballots.eml\"";
    let packed = around(&part(packed, &base64(inner.as_bytes()), "one"), "one");
    assert_eq!(shown(&read("report.eml", &packed))[1].0, "email:threat@mail.example");
    // In a mailbox as well, and mail in mail in mail up to the limit.
    let mailbox = format!("From a@b Tue Nov  4 15:02:11 2025\n{once}");
    let place = &shown(&read("all.mbox", &mailbox))[1].2;
    assert!(place.starts_with("bytes:0-") && place.ends_with("!1-Ballots.eml!whole"), "{place}");
    assert_eq!(place.parse::<values::Place>().unwrap().to_string(), *place);
    let twice = around(&part(rfc, &once, "two"), "two");
    let thrice = around(&part(rfc, &twice, "three"), "three");
    let got = read("deep.eml", &thrice);
    assert_eq!(got.posts.len(), 3);
    assert!(got.has("email.too_deep"));
    assert_eq!(shown(&got)[2].2, "1-Ballots.eml!1-Ballots.eml!whole");
}

#[test]
fn mails_in_the_character_sets_of_the_world_are_read() {
    let mail = |set: &str, base64: &str| {
        let text = format!(
            "From: x@example.net\nDate: Tue, 04 Nov 2025 15:02:11 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset={set}\nContent-Transfer-Encoding: base64\n\n{base64}\n"
        );
        read("a.eml", &text)
    };
    for (set, base64, words) in [
        ("koi8-r", "0NLJ18XU", "привет"),
        ("windows-1251", "7/Do4uXy", "привет"),
        ("big5", "p0Gmbg==", "你好"),
        ("gb18030", "xOO6ww==", "你好"),
        ("shift_jis", "grGC8YLJgr+CzQ==", "こんにちは"),
        ("euc-kr", "vsiz5w==", "안녕"),
        ("iso-8859-15", "Y2Fm6SCk", "café €"),
        ("utf-16", "//53AGUA", "we"),
        ("ISO-2022-JP", "GyRCJDMbKEI=", "こ"),
    ] {
        let got = mail(set, base64);
        assert_eq!((got.posts[0].0.text.as_str(), got.has("email.charset")), (words, false), "{set}");
    }
    let unknown = mail("x-unknown-9", "Y2Fm6Q==");
    assert!(unknown.has("email.charset"));
    let lying = mail("utf-8", "Y2Fm6Q==");
    assert!(lying.has("email.charset"), "says UTF-8 and is not");
}

#[test]
fn a_chat_of_telegram_saved_as_pages_is_a_chat() {
    let message = |id: u32, joined: &str, time: &str, inner: &str| {
        format!(
            "<div class=\"message default clearfix{joined}\" id=\"message{id}\"><div class=\"body\"><div class=\"pull_right date details\" title=\"{time}\">10:02</div>{inner}</div></div>\n"
        )
    };
    let page = [
        "<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class=\"page_wrap\"><div class=\"page_header\"><div class=\"text bold\">Example Group</div></div><div class=\"page_body chat_page\"><div class=\"history\">\n".to_owned(),
        "<div class=\"message service\" id=\"message-1\"><div class=\"body details\">4 November 2025</div></div>\n".to_owned(),
        message(101, "", "04.11.2025 10:02:11 UTC-05:00", "<div class=\"from_name\">Example Watcher</div><div class=\"text\">who is <b>he</b>?<br>auto gris RDR-0000 <a href=\"https://social.example/x\">link</a></div>"),
        message(102, " joined", "04.11.2025 10:03:11 UTC-05:00", "<div class=\"media_wrap clearfix\"><a class=\"photo_wrap\" href=\"photos/photo_1.jpg\"><img src=\"photos/photo_1_thumb.jpg\"/></a></div>"),
        message(103, "", "04.11.2025 10:04:11", "<div class=\"from_name\">Ben Example</div><div class=\"reply_to details\">In reply to <a href=\"#go_to_message101\" onclick=\"return GoToMessage(101)\">this message</a></div><div class=\"forwarded body\"><div class=\"from_name\">Other Channel <span class=\"date details\" title=\"01.11.2025 08:00:00\"> 01.11.2025 08:00:00</span></div><div class=\"text\">forwarded words</div></div>"),
        "</div></div></div></body></html>".to_owned(),
    ]
    .concat();
    let got = read("messages.html", &page);
    assert_eq!((got.summary.format, got.posts.len(), got.summary.leftovers), ("telegram-html", 3, 1));
    assert_eq!(got.posts[0].0.text, "who is he?\nauto gris RDR-0000 link");
    assert_eq!(when(&got, 0), "2025-11-04 15:02:11 UTC");
    assert_eq!(when(&got, 2), "2025-11-04 10:04:11 (local time, zone not stated)");
    let names: Vec<_> = got.posts.iter().map(|(post, _)| post.author.name.as_deref().unwrap()).collect();
    assert_eq!(names, ["Example Watcher", "Example Watcher", "Ben Example"]);
    assert_eq!(got.posts[1].0.media.len(), 1);
    assert_eq!(got.posts[2].0.reply_to.as_ref(), Some(&got.posts[0].0.key));
    assert!(got.has("telegram.forwarded") && got.has("time.no_zone") && got.has("telegram.pages"));
}

#[test]
fn messages_of_meta_encrypted_from_end_to_end_have_names_and_words() {
    let text = r#"{"participants":["Ana Example","Me"],"threadName":"Ana_1","messages":[
        {"isUnsent":false,"media":[{"uri":"./media/a.jpeg"}],"reactions":[],"senderName":"Ana Example","text":"sé dónde vives","timestamp":1762268531000,"type":"text"},
        {"isUnsent":true,"media":[],"reactions":[],"senderName":"Ana Example","text":"","timestamp":1762268532000,"type":"placeholder"}]}"#;
    let got = read("Ana_1.json", text);
    let post = &got.posts[0].0;
    assert_eq!((post.author.name.as_deref(), post.text.as_str()), (Some("Ana Example"), "sé dónde vives"));
    assert_eq!((when(&got, 0).as_str(), post.media.len()), ("2025-11-04 15:02:11.000 UTC", 1));
    assert_eq!(got.posts[1].1.state, State::Deleted);
    assert!(post.key.as_str().starts_with("facebook:"));
}

#[test]
fn groups_of_facebook_and_lists_of_instagram_are_read() {
    let group = r#"{"group_posts_v2":[{"timestamp":1762268531,"data":[{"post":"who is he"}],"title":"Me posted in G."}]}"#;
    assert_eq!(read("group_posts.json", group).posts[0].0.text, "who is he");
    let comments = r#"{"group_comments_v2":[{"timestamp":1762268531,"data":[{"comment":{"timestamp":1762268531,"comment":"a mule","author":"Me","group":"G"}}]}]}"#;
    assert_eq!(read("group_comments.json", comments).posts[0].0.kind, PostKind::Comment);
    let entry = r#"{"media_list_data":[{"uri":""}],"string_map_data":{"Comment":{"value":"mule"},"Media Owner":{"value":"example_owner"},"Time":{"timestamp":1762268531}}}"#;
    for text in [format!("[{entry}]"), format!("{{\"comments_reels_comments\":[{entry}]}}")] {
        let got = read("post_comments_1.json", &text);
        let post = &got.posts[0].0;
        assert_eq!((post.kind, post.text.as_str()), (PostKind::Comment, "mule"));
        assert!(post.key.as_str().starts_with("instagram:") && post.mentions.len() == 1);
        assert_eq!(when(&got, 0), "2025-11-04 15:02:11 UTC");
    }
    let posts = r#"[{"media":[{"uri":"media/posts/1.jpg","creation_timestamp":1762268531,"title":"one"}]},{"title":"two","creation_timestamp":1762268532,"media":[{"uri":"a.jpg","creation_timestamp":1762268532,"title":""}]}]"#;
    let got = read("posts_1.json", posts);
    let words: Vec<&str> = got.posts.iter().map(|(post, _)| post.text.as_str()).collect();
    assert_eq!(words, ["one", "two"]);
    assert_eq!(when(&got, 0), "2025-11-04 15:02:11 UTC");
}

#[test]
fn long_posts_of_an_archive_are_read_apart_from_their_beginnings() {
    let text = r#"window.YTD.note_tweet.part0 = [ {"noteTweet":{"noteTweetId":"1985724259103670398","createdAt":"2025-11-04T15:02:11.000Z","core":{"text":"a very long note"}}} ]"#;
    let got = read("note-tweet.js", text);
    assert_eq!((got.posts[0].0.text.as_str(), got.has("x.note_apart")), ("a very long note", true));
    // The note's number is not that of the post.
    assert!(!got.posts[0].0.key.as_str().contains("1985724259103670398"));
}

#[test]
fn records_of_snscrape_that_are_no_posts_of_x_do_not_become_some() {
    let text = "{\"_type\":\"snscrape.modules.mastodon.Toot\",\"id\":1,\"content\":\"toot\",\"date\":\"2025-11-04T15:02:11+00:00\"}\n\
        {\"_type\":\"snscrape.modules.telegram.TelegramPost\",\"url\":\"https://t.me/s/x/12\",\"content\":\"words\"}\n\
        {\"_type\":\"snscrape.modules.twitter.Tombstone\",\"id\":1985724259103670395}\n";
    let got = read("a.jsonl", text);
    assert_eq!((got.summary.posts, got.summary.missing), (0, 1));
    assert_eq!(got.codes.iter().filter(|code| *code == "snscrape.other_platform").count(), 2);
}

#[test]
fn pages_saved_by_older_programs_are_known() {
    let article = "<article data-testid=\"tweet\"><div data-testid=\"User-Name\"><a href=\"/example_watcher/status/1985724259103670395\"><time datetime=\"2025-11-04T15:02:11.000Z\">Nov 4</time></a></div><div data-testid=\"tweetText\">who is he</div></article>";
    let old = format!(
        "<!DOCTYPE html> <html><!--\n Archive processed by SingleFile \n url: https://x.com/example_watcher/status/1985724259103670395 \n saved date: Tue Nov 04 2025 16:10:11 GMT+0100 (CET)\n--><body>{article}</body></html>"
    );
    assert_eq!(read("old.html", &old).summary.format, "singlefile");
    let unmht = format!(
        "From: <Saved by UnMHT>\nSubject: x\nDate: Tue, 4 Nov 2025 15:10:11 -0500\nMIME-Version: 1.0\nContent-Type: text/html; charset=\"utf-8\"\nContent-Location: https://x.com/example_watcher/status/1985724259103670395\n\n<html><body>{article}</body></html>\n"
    );
    let got = read("page.mht", &unmht);
    assert_eq!((got.summary.format, got.posts[0].0.key.as_str()), ("mhtml", "x:1985724259103670395"));
}

#[test]
fn a_branch_reddit_broke_off_is_not_called_no_comments() {
    let text = r#"[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"name":"t3_abc","title":"t","selftext":"","created_utc":1762268531.0,"permalink":"/r/x/comments/abc/","subreddit":"x"}}]}},{"kind":"Listing","data":{"children":[{"kind":"more","data":{"count":0,"id":"_","children":[]}}]}}]"#;
    let mut items: Vec<record::Item> = Vec::new();
    intake::read(&intake::Slice::new("thread.json", text.as_bytes()), &plain(), &mut items).unwrap();
    let told = items.iter().find_map(|item| match item {
        record::Item::Trouble(trouble) if trouble.code == "reddit.more" => Some(trouble.what.clone()),
        _ => None,
    });
    assert!(told.unwrap().contains("continue this thread"));
}

#[test]
fn a_spreadsheet_s_times_are_read_asked_about_or_told() {
    let table = "text,created_at,url\n\"one\",11/4/2025 10:02,https://social.example/1\n\"two\",11/14/2025 10:02 PM,https://social.example/2\n\"three\",last week,https://social.example/3\n";
    let got = read("table.csv", table);
    assert_eq!(when(&got, 0), "2025-04-11 10:02 or 2025-11-04 10:02 (day and month may be swapped)");
    assert_eq!(when(&got, 1), "2025-11-14 22:02 (local time, zone not stated)");
    assert_eq!(when(&got, 2), "none");
    assert!(got.has("csv.day_or_month") && got.has("csv.time"), "{:?}", got.codes);
}

#[test]
fn answers_of_a_har_are_unpacked_as_they_were_sent() {
    let tweet = r#"{"data":{"tweet_results":{"result":{"__typename":"Tweet","rest_id":"1985724259103670395","legacy":{"full_text":"who is he","created_at":"Tue Nov 04 15:02:11 +0000 2025","id_str":"1985724259103670395","user_id_str":"1690000000000000001"}}}}}"#;
    let har = |coding: &str, text: &str, encoding: &str| {
        let har = serde_json::json!({"log": {"entries": [{"startedDateTime": "2025-11-04T15:10:11.000Z",
            "request": {"url": "https://x.com/i/api/graphql/abc/TweetDetail"},
            "response": {"status": 200, "headers": [{"name": "Content-Encoding", "value": coding}],
                "content": {"mimeType": "application/json", "encoding": encoding, "text": text}}}]}});
        read("saved.har", &har.to_string())
    };
    let gzip = |bytes: &[u8]| {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    // zstd and br of the same answer, written by the programs of that name.
    let cases = [
        ("gzip", base64(&gzip(tweet.as_bytes())), "base64"),
        ("zstd", ZSTD.to_owned(), "base64"),
        ("br", base64(&gzip(b"no br")), "base64"),
        ("br", base64(tweet.as_bytes()), "base64"),
        ("", format!("for (;;);{tweet}"), ""),
    ];
    let posts = cases.map(|(coding, text, encoding)| har(coding, &text, encoding).summary.posts);
    assert_eq!(posts, [1, 1, 0, 1, 1]);
    assert!(har("br", &base64(&gzip(b"no br")), "base64").has("har.broken_answer"));
}

const ZSTD: &str = "KLUv/QRo7QQAoskeGXDPA6jXPmM8KZqm6Pv9ewQmaovZmVf/JgQ555zbtUjM61i6j2dtXnusAcw5+ZqEjg2NTdDBXHo6qz/1m3TQzjDcMIihWvZX/tNaSbESurjtoGEUWkEIzUX4hldAI7qWXZv5QSMt2x36eGT9nPithP3Od6e+L9n0ae0rDAA4OY7CWo4tUwhIHJi0iDchxBMqsKVC3wAuA1IwmzNlrQo=";

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let all =
            three.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(all >> (18 - 6 * place)) as usize & 63];
            text.push(if place > three.len() { '=' } else { char::from(sign) });
        }
    }
    text
}

#[test]
fn chats_that_were_left_and_messages_without_words_are_read() {
    let text = r#"{"about":"x","chats":{"about":"x","list":[{"name":"G","type":"private_supergroup","id":123,"messages":[
        {"id":4,"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"A","from_id":"user1","text":[],"poll":{"question":"visit him?","closed":false,"answers":[{"text":"yes","voters":3},{"text":"no","voters":0}]}},
        {"id":5,"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"A","from_id":"user1","text":"","location_information":{"latitude":40.25,"longitude":-75.5}},
        {"id":6,"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"A","from_id":"user1","text":"","contact_information":{"first_name":"Wren","phone_number":"+1 202 555 0143"}}]}]},
        "left_chats":{"about":"","list":[{"name":"L","type":"public_channel","id":9,"messages":[
        {"id":1,"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"L","from_id":"channel9","text":"left words"}]}]}}"#;
    let got = read("result.json", text);
    let words: Vec<&str> = got.posts.iter().map(|(post, _)| post.text.as_str()).collect();
    assert_eq!(words, ["visit him?\n- yes\n- no", "40.25, -75.5", "Wren +1 202 555 0143", "left words"]);
    assert_eq!(got.posts[3].1.place.to_string(), "pointer:/left_chats/list/0/messages/0");
}

#[test]
fn the_answers_of_a_poll_are_words_too() {
    let outbox = r#"{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":1,"orderedItems":[{"id":"x","type":"Create","actor":"https://social.example/users/a","published":"2025-11-04T15:02:11Z","object":{"id":"https://social.example/users/a/statuses/4","type":"Question","content":"<p>visit him?</p>","oneOf":[{"type":"Note","name":"yes"},{"type":"Note","name":"no"}],"published":"2025-11-04T15:02:11Z"}}]}"#;
    assert_eq!(read("outbox.json", outbox).posts[0].0.text, "visit him?\n- yes\n- no");
}
