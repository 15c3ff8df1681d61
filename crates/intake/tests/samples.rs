//! Every sample is read, and the traps its collector is known for are met.

mod reading;

use std::collections::BTreeSet;

use intake::Options;
use reading::{got, plain, try_read};
use record::{PostKind, State};

fn x(at: usize) -> String {
    format!("x:{}", samples::SIX[at])
}

#[test]
fn the_six_posts_are_the_same_six_in_every_format() {
    let six: BTreeSet<String> = (0..6).map(x).collect();
    let formats = [
        ("zeeschuimer-x-ndjson/sample.ndjson", "x-zeeschuimer", 6),
        ("har/x_community_and_thread.har", "har", 2),
        ("x-api-v2-json/search_page.json", "x-api-v2", 5),
        ("twarc-jsonl/pages.jsonl", "x-api-v2", 5),
        ("twarc-jsonl/flattened.jsonl", "x-api-v2", 2),
        ("4cat-csv/x_zeeschuimer.csv", "x-4cat-csv", 3),
        ("research-csv-usc/sample.csv", "x-research-csv", 1),
    ];
    let mut all = BTreeSet::new();
    for (path, format, count) in formats {
        let got = got(path);
        assert_eq!(got.summary.format, format, "{path}");
        let keys: BTreeSet<String> = got.keys().into_iter().map(str::to_owned).collect();
        assert_eq!(keys.len(), count, "{path}: {keys:?}");
        assert!(keys.is_subset(&six), "{path}: {keys:?}");
        all.extend(keys);
        for (post, _) in &got.posts {
            assert!(post.written.is_some(), "{path}: {}", post.key);
        }
    }
    assert_eq!(all, six);
}

#[test]
fn zeeschuimer_x_keeps_what_its_collector_damages() {
    let got = got("zeeschuimer-x-ndjson/sample.ndjson");
    assert!(got.has("x.rounded_id") && got.has("post.missing"));
    let (reply, seen) = got.post(&x(1));
    assert_eq!(reply.reply_to.as_ref().map(ToString::to_string), Some(x(0)));
    assert_eq!(reply.kind, PostKind::Reply);
    assert_eq!(reply.author.shown(), "@example_threat");
    assert_eq!(seen.place.to_string(), "line:2:/data");
    assert_eq!(seen.counts.likes, Some(211));
    let (repost, seen) = got.post(&x(2));
    assert_eq!((repost.kind, repost.text.as_str()), (PostKind::Repost, ""));
    assert_eq!(seen.counts.reposts, None);
    let (quote, _) = got.post(&x(3));
    assert_eq!(quote.kind, PostKind::Quote);
    let (threat, _) = got.post(&x(4));
    assert!(threat.text.ends_with("He will regret it.") && !threat.text_cut);
    let first: Vec<_> = got.posts.iter().filter(|(post, _)| post.key.as_str() == x(0)).collect();
    // Line 1, inside the repost of line 3, missing behind the quote of line 4, adaptive on line 7.
    assert_eq!(first.len(), 4);
    assert_eq!(first[0].0.community.as_ref().and_then(|c| c.members), Some(61_234));
    assert_eq!(first[0].1.counts.views, Some(581_234));
    assert_eq!(first[1].1.place.to_string(), "line:3:/data/legacy/retweeted_status_result/result");
    assert_eq!(first[2].1.state, State::Unavailable);
    assert_eq!(first[3].0.author.shown(), "@example_watcher");
    assert_eq!(first[0].1.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11.041Z");
}

#[test]
fn har_answers_are_read_packed_or_not() {
    let got = got("har/x_community_and_thread.har");
    let (post, seen) = got.post(&x(0));
    assert_eq!(post.community.as_ref().and_then(|c| c.name.as_deref()), Some("Election Watch (sample)"));
    assert!(seen.place.to_string().starts_with("entry:0:/data/communityResults/"));
    assert_eq!(seen.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
    assert!(got.post(&x(1)).1.place.to_string().starts_with("entry:1:"));
}

#[test]
fn api_v2_keeps_what_was_gone() {
    let got = got("x-api-v2-json/search_page.json");
    let gone = got.posts.iter().find(|(_, observation)| observation.state == State::Unavailable).unwrap();
    assert_eq!(gone.0.key.as_str(), "x:1985000000000000404");
    assert_eq!(gone.1.place.to_string(), "pointer:/errors/0");
    let (threat, _) = got.post(&x(4));
    assert!(threat.text.ends_with("He will regret it."));
    assert_eq!(
        got.post(&x(0)).0.community.as_ref().and_then(|c| c.id.as_deref()),
        Some("1800000000000000007")
    );
    let flat = self::got("twarc-jsonl/flattened.jsonl");
    assert_eq!(flat.post(&x(0)).1.place.to_string(), "line:1:/referenced_tweets/0");
    assert_eq!(flat.post(&x(1)).1.seen.unwrap().to_rfc3339(), "2025-11-04T20:02:11Z");
}

#[test]
fn tables_tell_what_they_lost() {
    let got = got("4cat-csv/x_zeeschuimer.csv");
    assert!(got.has("x.rounded_id") && got.has("x.text_cut"));
    assert!(got.post(&x(4)).0.text_cut);
    assert_eq!(
        got.post(&x(1)).0.url.as_ref().unwrap().as_str(),
        "https://x.com/example_threat/status/1985726524027830284"
    );
    let with_semicolons =
        samples::text("4cat-csv/x_zeeschuimer.csv").replacen("collected_from_url,", "collected_from_url;", 1);
    assert!(with_semicolons.contains(';'));
    let research = self::got("research-csv-usc/sample.csv");
    let (post, seen) = research.post(&x(0));
    assert_eq!(seen.counts.views, Some(581_234));
    assert_eq!(post.author.shown(), "@example_watcher");
    assert_eq!(post.author.id, None);
}

#[test]
fn a_shifted_row_and_a_float_id_are_repaired() {
    let header = samples::text("research-csv-usc/sample.csv").lines().next().unwrap();
    let csv = format!(
        "{header}\n1.985724259103670e+18,words,https://x.com/example_watcher/status/1985724259103670395,1762268531.0,,,,,1.985724259103670e+18,en,words\n,ad_tweet,1.98572652402783e+18,an ad,https://x.com/example_threat/status/1985726524027830284,1762269071\n,,,,,\n"
    );
    let got = try_read("part.csv", csv.as_bytes(), &plain()).unwrap();
    assert_eq!(got.keys(), BTreeSet::from([x(0).as_str(), x(1).as_str()]));
    assert!(got.has("csv.rounded_id") && got.has("csv.shifted_row") && got.has("csv.no_id"));
    assert_eq!(got.post(&x(1)).0.text, "an ad");
}

#[test]
fn replies_are_tied_by_their_rounded_ids_where_only_one_post_fits() {
    let header = "id,text,url,rawContent,conversationIdStr,viewCount,cash_app_handle,in_reply_to_screen_name,in_reply_to_status_id_str";
    let csv = format!(
        "{header}\n1,a,https://x.com/example_watcher/status/1985724259103670395,a,,,,,\n2,b,https://x.com/example_threat/status/1985726524027830284,b,,,,Example_Watcher,1.9857242591036703e+18\n3,c,https://x.com/example_threat/status/1985726524027830999,c,,,,somebody_else,1.9857242591036703e+18\n"
    );
    let got = try_read("t.csv", csv.as_bytes(), &plain()).unwrap();
    let ties: Vec<_> =
        got.posts.iter().map(|(post, _)| post.reply_to.as_ref().map(ToString::to_string)).collect();
    assert_eq!(ties, [None, Some(x(0)), None]);
    assert!(got.has("csv.tied_by_rounding"));
}

#[test]
fn pictures_stand_as_pages() {
    let got = got("screenshots/Screenshot_20251104_101111_com.twitter.android.png");
    let (post, seen) = &got.posts[0];
    assert_eq!((post.kind, post.platform), (PostKind::Page, values::Platform::X));
    assert_eq!(seen.seen.unwrap().shown(), "2025-11-04 10:11:11 (local time, zone not stated)");
    assert!(post.media[0].digest.is_some());
    let nameless = samples::bytes("screenshots/Screenshot_20251104_101111_com.twitter.android.png");
    assert!(try_read("1.png", nameless, &plain()).unwrap().has("picture.no_time"));
    let (_, seen) = &self::got("screenshots/IMG_0412.PNG").posts[0];
    assert!(seen.seen.is_some(), "the phone wrote the time into the picture");
}

#[test]
fn bad_files_are_refused_with_two_sentences() {
    let check = |name: &str, bytes: &[u8], options: &Options, code: &str| {
        let refused = try_read(name, bytes, options).err().unwrap_or_else(|| panic!("{name} was read"));
        assert_eq!(refused.code, code, "{name}");
        assert!(refused.what.ends_with('.') && refused.next.ends_with(['.', ',']), "{refused}");
    };
    check("empty.json", b"", &plain(), "file.empty");
    check("blank.json", &[0; 4096], &plain(), "file.blank");
    check("deep.json", "[".repeat(200_000).as_bytes(), &plain(), "json.too_deep");
    check("deep.json", "{\"a\":".repeat(200_000).as_bytes(), &plain(), "json.too_deep");
    let forced = |name: &str| Options { force: Some(name.to_owned()), ..plain() };
    check("a.har", b"hello there", &forced("har"), "format.not_as_said");
    check("a.har", b"hello there", &forced("hra"), "format.no_such");
    check("a.zip", b"PK\x03\x04 and then nothing", &plain(), "archive.broken");
}

#[test]
fn unknown_files_are_kept_and_listed() {
    let got = try_read("note.bin", b"\x00\x01\x02 nothing known", &plain()).unwrap();
    assert_eq!((got.summary.format, got.summary.leftovers), ("unknown", 1));
    assert!(got.has("format.unknown"));
}

#[test]
fn the_good_part_of_a_damaged_file_is_read() {
    let whole = samples::bytes("zeeschuimer-x-ndjson/sample.ndjson");
    let cut = try_read("cut.ndjson", &whole[..whole.len() - 300], &plain()).unwrap();
    assert_eq!(cut.keys().len(), 6);
    assert!(cut.has("json.cut_off"));
    let mut damaged = whole.to_vec();
    let at = damaged.windows(7).position(|w| w == b"hatchba").unwrap();
    damaged[at] = 0xFF;
    let got = try_read("damaged.ndjson", &damaged, &plain()).unwrap();
    assert!(got.has("text.not_utf8"));
    assert!(got.post(&x(1)).0.text.contains("\u{FFFD}atchback"));
    let page = samples::text("x-api-v2-json/search_page.json");
    let half = &page[..page.find("\"includes\"").unwrap()];
    let got = try_read("page.json", half.as_bytes(), &plain()).unwrap();
    assert_eq!(got.keys().len(), 5);
    assert!(got.has("json.cut_off"));
}
