//! The traps of the formats beyond the first, each as its sample has it.

mod reading;

use intake::Options;
use reading::{got, plain, try_read};
use record::{Fidelity, IncidentKind, MediaKind, PostKind, State};
use values::{Doubt, Platform, SaidBy};

const FIRST: &str = "x:1985724259103670395";
const REPLY: &str = "x:1985726524027830284";

#[test]
fn every_sample_is_known() {
    for (path, bytes) in samples::all() {
        let read = try_read(path, bytes, &plain()).unwrap_or_else(|refused| panic!("{path}: {refused}"));
        assert_ne!(read.summary.format, "unknown", "{path}");
    }
}

#[test]
fn the_first_post_is_one_post_in_every_format_that_carries_it() {
    for (path, fidelity) in [
        ("snscrape-jsonl/sample.jsonl", Fidelity::Collected),
        ("gallery-dl-json/example_watcher_sample.jpg.json", Fidelity::Derived),
        ("yt-dlp-info-json/clip.info.json", Fidelity::Derived),
        ("singlefile-html/page.html", Fidelity::SavedPage),
        ("mhtml/page.mhtml", Fidelity::SavedPage),
    ] {
        let read = got(path);
        let (post, seen) = read.post(FIRST);
        assert!(post.text.starts_with("Need help identifying this man"), "{path}: {}", post.text);
        assert!(post.text.contains("Mule? 🤔"), "{path}");
        assert_eq!(post.author.shown(), "@example_watcher", "{path}");
        assert_eq!(post.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11.000Z", "{path}");
        assert_eq!((seen.fidelity, seen.state), (fidelity, State::Visible), "{path}");
    }
}

#[test]
fn collectors_of_other_platforms() {
    let video = got("zeeschuimer-tiktok-ndjson/posts.ndjson");
    let (post, seen) = video.post("tiktok:7568900000000000001");
    assert_eq!(post.text, "who is this guy?? #sample\nBALLOT MULE?");
    assert_eq!(seen.counts.views, Some(581_234));
    let comment = got("zeeschuimer-tiktok-ndjson/comments.ndjson");
    let (post, _) = comment.post("tiktok:7568911111111111111");
    assert_eq!(post.reply_to.as_ref().unwrap().as_str(), "tiktok:7568900000000000001");
    assert_eq!(
        (post.kind, post.written.unwrap().to_rfc3339().as_str()),
        (PostKind::Comment, "2025-11-04T15:11:11Z")
    );
    let threads = got("zeeschuimer-threads-ndjson/sample.ndjson");
    let (post, _) = threads.post("threads:3750000000000000001");
    assert_eq!(
        post.url.as_ref().unwrap().as_str(),
        "https://www.threads.com/@example_watcher/post/DQsAmPLe001"
    );
    assert_eq!(post.hashtags, ["sample"]);
    let truth = got("zeeschuimer-truthsocial-ndjson/sample.ndjson");
    let (post, seen) = truth.post("truthsocial:115490000000000001");
    assert_eq!(post.community.as_ref().unwrap().members, Some(77));
    assert_eq!(seen.counts.reposts, Some(31));
    assert!(truth.has("truthsocial.links_lost"));
}

#[test]
fn a_bare_author_and_a_missing_caption_are_read() {
    let line = samples::text("zeeschuimer-tiktok-ndjson/posts.ndjson");
    let start = line.find("\"author\":{").unwrap();
    let end = line[start..].find("},").unwrap() + start + 2;
    let bare = format!("{}\"author\":\"example_watcher\",{}", &line[..start], &line[end..]);
    let read = try_read("a.ndjson", bare.as_bytes(), &plain()).unwrap();
    assert_eq!(read.posts[0].0.author.shown(), "@example_watcher");
    let threads = samples::text("zeeschuimer-threads-ndjson/sample.ndjson");
    let start = threads.find("{\"text\":").unwrap();
    let end = threads[start..].find('}').unwrap() + start + 1;
    let silent = format!("{}null{}", &threads[..start], &threads[end..]);
    assert_eq!(try_read("a.ndjson", silent.as_bytes(), &plain()).unwrap().posts[0].0.text, "");
}

#[test]
fn mastodon_keys_are_addresses() {
    let list = got("mastodon-status-json/statuses.json");
    let (post, seen) =
        list.post("mastodon:https://social.example/users/example_watcher/statuses/115491200000000001");
    assert_eq!(post.text, "Who is this? Gray hatchback, plate RDR-0000 #sample\nExample County annex.");
    assert_eq!((seen.state, post.media[0].alt.as_deref()), (State::Edited, Some("man with a crate")));
    let reply = list.post("mastodon:https://social.example/users/clerk_example/statuses/115491300000000001");
    assert_eq!(reply.0.reply_to.as_ref(), Some(&post.key));
    assert!(got("mastodon-status-json/context.json").has("mastodon.parent_unknown"));
    let outbox = got("mastodon-outbox-archive/outbox.json");
    let (boost, _) = outbox.post("mastodon:https://social.example/users/courier/statuses/2/activity");
    assert_eq!(boost.repost_of.as_ref(), Some(&reply.0.key));
    let (own, _) = outbox.post("mastodon:https://social.example/users/courier/statuses/1");
    assert_eq!(own.reply_to.as_ref(), Some(&post.key));
    assert_eq!(own.media[0].kind, MediaKind::Image);
}

#[test]
fn a_data_archive_is_whole_only_with_its_owner() {
    let alone = got("x-data-archive/data/tweets.js");
    assert!(alone.has("x.archive_owner") && !alone.has("x.author_missing"));
    let (post, _) = alone.post("x:1985726524027830349");
    assert_eq!(post.reply_to.as_ref().unwrap().as_str(), FIRST);
    let messages = got("x-data-archive/data/direct-messages.js");
    let (message, _) = messages.post("x:1985755464725430277");
    assert_eq!((message.kind, message.text.as_str()), (PostKind::Message, "we know where you park"));
    assert_eq!(message.author.shown(), "account 1690000000000000002");
}

#[test]
fn meta_texts_are_mended() {
    let folder = "facebook-dyi-json/your_facebook_activity";
    let post = got(&format!("{folder}/posts/your_posts__check_ins__photos_and_videos_1.json"));
    assert_eq!(post.posts[0].0.text, "I deliver the mail. That’s my job — please stop. 🙏");
    assert_eq!(post.posts[0].1.state, State::Edited);
    let comment = got(&format!("{folder}/comments_and_reactions/comments.json"));
    assert_eq!(comment.posts[0].0.text, "No soy un «mulo». Soy cartero.");
    let threat = got(&format!("{folder}/messages/message_requests/examplethreat_5550002/message_1.json"));
    assert_eq!(threat.posts[0].0.text, "we know where you park…");
    assert_eq!(threat.posts[0].0.author.shown(), "Example Threat");
    assert!(threat.has("meta.mojibake"));
}

#[test]
fn telegram_times_names_and_files() {
    let chat = got("telegram-desktop-json/result.json");
    let (first, _) = chat.post("telegram:1900000001/412");
    assert_eq!(first.text, "look at this https://x.com/example_watcher/status/1985724259103670395");
    assert_eq!(first.written.unwrap().to_rfc3339(), "2025-11-04T15:02:11Z");
    let (reply, seen) = chat.post("telegram:1900000001/413");
    assert_eq!((reply.author.shown().as_str(), seen.state), ("account user5550002", State::Edited));
    assert_eq!(reply.reply_to.as_ref(), Some(&first.key));
    for code in ["telegram.account_deleted", "telegram.file_missing", "telegram.forwarded"] {
        assert!(chat.has(code), "{code}");
    }
    let odd =
        samples::text("telegram-desktop-json/result.json").replace("gray hatchback", "gray\\x0Ahatchback");
    let read = try_read("result.json", odd.as_bytes(), &plain()).unwrap();
    assert!(read.posts.iter().any(|(post, _)| post.text.starts_with("gray\nhatchback")));
}

#[test]
fn whatsapp_asks_and_does_not_guess() {
    let path = "whatsapp-txt/ios_en_us/_chat.txt";
    let unsaid = got(path);
    assert!(unsaid.has("whatsapp.day_or_month") && unsaid.has("time.no_zone"));
    assert!(unsaid.posts.iter().all(|(post, _)| post.written.unwrap().doubt() == Some(Doubt::DayMonthOrder)));
    assert_eq!(unsaid.posts[0].0.text, "who is this guy\nhe dropped a whole crate");
    assert_eq!(unsaid.posts[1].0.media[0].kind, MediaKind::Image);
    let said = Options { day_first: Some(false), zone_minutes: Some(-300), ..plain() };
    let read = try_read("_chat.txt", samples::bytes(path), &said).unwrap();
    assert_eq!(read.posts[0].0.written.unwrap().shown(), "2025-11-04 15:02:11 UTC");
    assert!(!read.has("whatsapp.day_or_month") && !read.has("time.no_zone"));
    let spanish = got("whatsapp-txt/android_es/Chat de WhatsApp con Muestra.txt");
    assert!(spanish.has("whatsapp.media_omitted"));
    assert_eq!(spanish.posts[2].0.text, "auto gris RDR-0000: alguien lo conoce");
    let settled = "13/11/25, 10:02 - A: b\n4/11/25, 10:02 - A: c\n";
    let read = try_read("a.txt", settled.as_bytes(), &plain()).unwrap();
    assert_eq!(read.posts[1].0.written.unwrap().shown(), "2025-11-04 10:02 (local time, zone not stated)");
}

#[test]
fn texts_and_calls_of_a_phone() {
    let texts = got("sms-backup-xml/sms.xml");
    assert_eq!(texts.posts[0].0.text, "we know where you park 🚗");
    assert_eq!(texts.posts[0].0.author.shown(), "+15555550102");
    assert_eq!(texts.posts[1].0.author.shown(), "the phone's owner");
    let calls = got("sms-backup-xml/calls.xml");
    assert_eq!(calls.summary.incidents, 2);
    assert_eq!((calls.incidents[1].kind, calls.incidents[1].seconds), (IncidentKind::Call, Some(41)));
    assert_eq!(calls.incidents[1].from.as_deref(), Some("number hidden"));
    assert!(calls.has("phone.number_hidden"));
    let picture = r#"<smses count="1"><mms date="1762275971000" msg_box="1" address="+15555550102"><parts>
        <part ct="text/plain" text="nice car"/><part ct="image/png" cl="a.png" data="iVBORw0KGgo="/></parts></mms></smses>"#;
    let read = try_read("mms.xml", picture.as_bytes(), &plain()).unwrap();
    assert_eq!((read.posts[0].0.text.as_str(), read.posts[0].0.media.len()), ("nice car", 1));
    let lost = samples::text("sms-backup-xml/sms.xml").replace("count=\"2\"", "count=\"3\"");
    assert!(try_read("sms.xml", lost.as_bytes(), &plain()).unwrap().has("sms.count"));
}

#[test]
fn mails_keep_claim_and_receipt_apart() {
    let mail = got("email-eml/threat.eml");
    let (post, seen) = mail.post("email:sample-1@example.invalid");
    assert_eq!(
        post.text,
        "you will answer for this – RDR-0000\n\nWe have the man’s plate. We have your names too."
    );
    assert_eq!(
        (post.written.unwrap().said_by(), seen.seen.unwrap().said_by()),
        (SaidBy::Author, SaidBy::Platform)
    );
    assert!(mail.has("email.sender_unproven"));
    let copied = b"From: a@example.invalid\nDate: Tue, 4 Nov 2025 12:06:15 -0500\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: image/png; name=\"a.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--x--\n";
    let read = try_read("a.eml", copied, &plain()).unwrap();
    assert!(read.has("email.no_received"));
    assert_eq!((read.posts[0].0.text.as_str(), read.posts[0].0.media.len()), ("hello", 1));
}

#[test]
fn reddit_tells_what_is_hidden_and_removed() {
    let thread = got("reddit-json/thread.json");
    let (post, seen) = thread.post("reddit:t3_1osample");
    assert_eq!((post.platform, seen.state), (Platform::Reddit, State::Edited));
    assert_eq!(thread.post("reddit:t1_nosamp1").1.state, State::Withheld);
    let (comment, _) = thread.post("reddit:t1_nosamp2");
    assert_eq!(comment.reply_to.as_ref().unwrap().as_str(), "reddit:t1_nosamp1");
    assert!(thread.has("reddit.more"));
}

#[test]
fn snscrape_ids_are_whole() {
    let read = got("snscrape-jsonl/sample.jsonl");
    assert_eq!(read.post(REPLY).0.reply_to.as_ref().unwrap().as_str(), FIRST);
    assert_eq!(read.post(FIRST).0.author.id.as_deref(), Some("1690000000000000001"));
}

#[test]
fn bluesky_keys_are_lasting_ids() {
    let key = "bluesky:did:plc:samplewatcher2222222222k/3m4sampl3k22a";
    let view = got("bluesky-getposts-json/posts.json");
    let (post, seen) = view.post(key);
    assert_eq!(post.text, "Gray hatchback, plate RDR-0000 — who is he? #sample 🤔");
    assert_eq!((post.written.unwrap().said_by(), seen.counts.reposts), (SaidBy::Author, Some(9)));
    assert!(post.platform_note.as_ref().unwrap().contains("“threat”"));
    assert!(view.has("time.disagrees_with_id") && !view.has("bluesky.cid"));
    let changed = samples::text("bluesky-getposts-json/posts.json").replace("who is he?", "who is she?");
    assert!(try_read("a.json", changed.as_bytes(), &plain()).unwrap().has("bluesky.cid"));
    let events = got("bluesky-jetstream-jsonl/events.jsonl");
    let states: Vec<State> = events
        .posts
        .iter()
        .filter(|(post, _)| post.key.as_str() == key)
        .map(|(_, seen)| seen.state)
        .collect();
    assert_eq!(states, [State::Visible, State::Deleted]);
    assert_eq!(events.posts[1].0.repost_of.as_ref().unwrap().as_str(), key);
    assert_eq!((events.summary.leftovers, events.has("bluesky.deleted")), (2, true));
}

#[test]
fn a_repository_whose_signature_is_zeros_proves_nothing() {
    let read = got("bluesky-car/repo.car");
    let (post, seen) = read.post("bluesky:did:plc:samplewatcher2222222222k/3m4sampl3k22a");
    assert_eq!(post.text, "Gray hatchback, plate RDR-0000 — who is he? #sample 🤔");
    assert_eq!((seen.fidelity, seen.place.to_string().as_str()), (Fidelity::Server, "record:3"));
    assert!(read.has("bluesky.signature"));
    let mut changed = samples::bytes("bluesky-car/repo.car").to_vec();
    let at = changed.windows(9).position(|w| w == b"hatchback").unwrap();
    changed[at] = b'H';
    let read = try_read("repo.car", &changed, &plain()).unwrap();
    assert!(read.has("car.block") && read.posts.is_empty());
}

#[test]
fn a_collection_with_a_false_signature_is_read_and_told() {
    let read = got("wacz/capture.wacz");
    assert_eq!((read.summary.format, read.summary.inside.as_slice()), ("wacz", &["warc"][..]));
    assert!(read.codes.iter().any(|code| code.starts_with("wacz.")), "{:?}", read.codes);
    assert!(!read.posts.is_empty());
    for (_, seen) in &read.posts {
        assert_eq!(seen.fidelity, Fidelity::Server);
        assert!(seen.place.to_string().starts_with("archive/"), "{}", seen.place);
    }
}

#[test]
fn a_bare_web_archive_gives_posts_and_tells_of_sessions() {
    let page = samples::text("singlefile-html/page.html");
    let url = "https://x.com/example_watcher/status/1985724259103670395";
    let record = |kind: &str, id: u8, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{id}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-11-04T20:02:11Z\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
    let request = "GET / HTTP/1.1\r\nHost: x.com\r\nCookie: a=b\r\n\r\n";
    let warc = record("request", 1, request) + &record("response", 2, &answer);
    let read = try_read("a.warc", warc.as_bytes(), &plain()).unwrap();
    let (_, seen) = read.post(FIRST);
    assert_eq!((seen.place.to_string().as_str(), read.has("warc.holds_session")), ("record:2", true));
    assert_eq!(seen.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
}

#[test]
fn old_lines_of_the_first_interface_are_read() {
    let line = r#"{"created_at":"Tue Nov 04 15:33:11 +0000 2025","id":1985732060509110279,"id_str":"1985732060509110279","full_text":"RT @example_watcher: Need help…","truncated":false,"user":{"id_str":"1690000000000000003","screen_name":"example_amplifier","name":"Example Amplifier","followers_count":250431},"retweet_count":1900,"retweeted_status":{"created_at":"Tue Nov 04 15:02:11 +0000 2025","id_str":"1985724259103670395","full_text":"Need help &amp; names","user":{"id_str":"1690000000000000001","screen_name":"example_watcher"},"retweet_count":1900}}"#;
    let read = try_read("tweets.jsonl", format!("{line}\n{line}\n").as_bytes(), &plain()).unwrap();
    assert_eq!((read.summary.format, read.summary.posts), ("x-api-v1", 4));
    assert_eq!(read.posts[0].0.repost_of.as_ref().unwrap().as_str(), FIRST);
    assert_eq!(read.post(FIRST).0.text, "Need help & names");
    let list = try_read("tweets.json", format!("[{line}]").as_bytes(), &plain()).unwrap();
    assert_eq!(list.posts[1].1.place.to_string(), "pointer:/0/retweeted_status");
}
