//! No input makes a reader panic, hang or lie about what it read: damaged samples, damaged archives, generated noise.

mod reading;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use intake::{Limits, Options, Slice};
use proptest::prelude::*;
use reading::{plain, try_read, zip_claiming as zip};
use record::{Item, PostKind, Sink};

/// Reads and checks that the summary tells the truth about the items.
fn holds(name: &str, bytes: &[u8], options: &Options) {
    let mut items: Vec<Item> = Vec::new();
    match intake::read(&Slice::new(name, bytes), options, &mut items) {
        Ok(summary) => {
            let posts = items.iter().filter(|item| matches!(item, Item::Post { .. })).count() as u64;
            assert_eq!(summary.posts + summary.missing, posts);
            // Every place can be written down and read back.
            for item in &items {
                let text = serde_json::to_string(item).unwrap();
                assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), *item);
            }
        }
        Err(refused) => assert!(!refused.what.is_empty() && !refused.next.is_empty()),
    }
}

/// Damages bytes by a number: cut, flip, drop, repeat.
fn damaged(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut state = seed | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for _ in 0..=next(4) {
        let at = next(bytes.len());
        match next(6) {
            0 => bytes.truncate(at),
            1 if !bytes.is_empty() => bytes[at] = next(256) as u8,
            2 if !bytes.is_empty() => {
                let end = (at + next(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + next(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 if !bytes.is_empty() => bytes[at] = *b"{}[]\"\\<>:;,=\n\0\x80\xFF".get(next(16)).unwrap_or(&0),
            _ => {
                let wrong: [&[u8]; 6] = [b"null", b"-1", b"99999999999999999999", b"\"\"", b"[]", b"1e999"];
                let piece = wrong[next(6)].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

#[test]
fn damaged_samples_never_break_a_reader() {
    for (path, bytes) in samples::all() {
        for seed in 0..60 {
            let bytes = damaged(bytes, seed * 7_919 + path.len() as u64);
            holds(path, &bytes, &plain());
            let _ = intake::strip(path, &bytes);
        }
    }
}

#[test]
fn every_format_survives_every_sample() {
    for format in intake::formats() {
        let forced = Options { force: Some(format.name.to_owned()), ..plain() };
        for (path, bytes) in samples::all() {
            holds(path, bytes, &forced);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_is_kept_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        holds("noise", &bytes, &plain());
    }

    #[test]
    fn words_are_kept_or_refused(text in "[\\[\\]{}\":,;<>=/&#a-zñ0-9 \n\\\\.🤔-]{0,400}") {
        holds("words.txt", text.as_bytes(), &plain());
        let json = serde_json::json!({ "data": text, "log": { "entries": [{ "request": { "url": text } }] } }).to_string();
        holds("words.json", json.as_bytes(), &plain());
        let _ = intake::strip("words.har", json.as_bytes());
    }
}

#[test]
fn archives_are_read_member_by_member() {
    let har = samples::bytes("har/x_community_and_thread.har");
    let with_session = zip(&[("a/x.har", har)], None);
    assert_eq!(try_read("a.zip", &with_session, &plain()).err().unwrap().code, "archive.holds_session");
    let har = &intake::strip("x.har", har).unwrap().bytes;
    let inner = zip(&[("deep/page.html", samples::bytes("singlefile-html/page.html"))], None);
    let whole =
        zip(&[("a/x.har", har), ("empty.json", b""), ("inner.zip", &inner), (".DS_Store", b"x")], None);
    let read = try_read("all.zip", &whole, &plain()).unwrap();
    assert_eq!(read.summary.inside, ["har", "singlefile", "zip"]);
    assert!(read.has("file.empty"));
    let places: Vec<String> = read.posts.iter().map(|(_, seen)| seen.place.to_string()).collect();
    assert!(places[0].starts_with("a/x.har!entry:0:/data/"), "{places:?}");
    assert!(places.last().unwrap().starts_with("inner.zip!deep/page.html!bytes:"), "{places:?}");
    for cut in (0..whole.len()).step_by(101) {
        holds("cut.zip", &whole[..cut], &plain());
    }
}

#[test]
fn an_archive_of_x_names_its_owner() {
    let part = |name: &str| samples::bytes(&format!("x-data-archive/data/{name}"));
    let whole = zip(&[("data/tweets.js", part("tweets.js")), ("data/account.js", part("account.js"))], None);
    let read = try_read("twitter.zip", &whole, &plain()).unwrap();
    assert_eq!(read.posts[0].0.author.shown(), "@courier_sample");
    assert!(!read.has("x.archive_owner"));
}

#[test]
fn pictures_are_pages_alone_and_attachments_beside_words() {
    #[derive(Default)]
    struct Kept(Vec<Item>, Vec<String>);
    impl Sink for Kept {
        fn take(&mut self, item: Item) {
            self.0.push(item);
        }
        fn member(&mut self, place: values::Place, _: &str, _: &[u8]) {
            self.1.push(place.to_string());
        }
    }
    let picture = samples::bytes("screenshots/IMG_0412.PNG");
    let roll = zip(&[("roll/1.png", picture), ("roll/2.png", picture)], None);
    let mut kept = Kept::default();
    let summary = intake::read(&Slice::new("roll.zip", &roll), &plain(), &mut kept).unwrap();
    assert_eq!((summary.posts, kept.1.len()), (2, 2));
    let chat = samples::text("whatsapp-txt/ios_en_us/_chat.txt");
    let chat =
        zip(&[("_chat.txt", chat.as_bytes()), ("00000012-PHOTO-2025-11-04-10-03-40.jpg", picture)], None);
    let mut kept = Kept::default();
    intake::read(&Slice::new("chat.zip", &chat), &plain(), &mut kept).unwrap();
    assert_eq!(kept.1, ["00000012-PHOTO-2025-11-04-10-03-40.jpg!whole"]);
    let with_picture = kept.0.iter().find_map(|item| match item {
        Item::Post { post, .. } => post.media.first().map(|media| (post.kind, media.digest)),
        _ => None,
    });
    assert_eq!(with_picture, Some((PostKind::Message, Some(values::Digest::of(picture)))));
}

#[test]
fn bombs_are_refused() {
    let refused =
        |bytes: &[u8], limits: Limits| try_read("a.zip", bytes, &Options::plain(limits)).err().unwrap().code;
    let claims = zip(&[("a.txt", b"x"), ("b.txt", b"y")], Some(u32::MAX - 1));
    // Stored, and larger than its bytes: a lie, whatever the limits.
    assert_eq!(refused(&claims, Limits::ordinary()), "zip.size");
    let mut packed = claims;
    for at in 0..packed.len() - 4 {
        match &packed[at..at + 4] {
            b"PK\x03\x04" => packed[at + 8] = 8,
            b"PK\x01\x02" => packed[at + 10] = 8,
            _ => {}
        }
    }
    assert_eq!(refused(&packed, Limits::ordinary()), "archive.bomb.size");
    let many: Vec<(String, &[u8])> = (0..20).map(|n| (format!("{n}.txt"), b"x".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    assert_eq!(
        refused(&zip(&many, None), Limits { max_entries: 10, ..Limits::ordinary() }),
        "archive.bomb.entries"
    );
    let mut zeros = GzEncoder::new(Vec::new(), Compression::best());
    zeros.write_all(&vec![0; 40 << 20]).unwrap();
    let zeros = zeros.finish().unwrap();
    assert_eq!(refused(&zeros, Limits { max_ratio: 100, ..Limits::ordinary() }), "archive.bomb.size");
    let mut nested = zip(&[("a.txt", b"x")], None);
    for _ in 0..5 {
        nested = zip(&[("a.zip", &nested)], None);
    }
    let read = try_read("a.zip", &nested, &plain()).unwrap();
    assert!(read.has("archive.too_deep"));
}

#[test]
fn names_that_lead_out_or_repeat_are_refused() {
    for names in [["../../etc/passwd", "a.txt"], ["a.txt", "a.txt"], ["/etc/passwd", "a.txt"]] {
        let evil = zip(&[(names[0], b"x"), (names[1], b"y")], None);
        let refused = try_read("evil.zip", &evil, &plain()).err().unwrap_or_else(|| panic!("{names:?}"));
        assert!(refused.code.starts_with("zip."), "{refused}");
    }
}

#[test]
fn what_is_read_is_what_was_judged() {
    // A second end record in the last bytes, which a reader that looks for the last signature alone would believe: its
    // directory lists another file. The strict reader knows one of the two, and the importer must read that one.
    let shown = zip(&[("_chat.txt", b"[14/11/25, 10:02:11] Ana Example: shown\n")], None);
    let hidden = zip(&[("_chat.txt", b"[14/11/25, 10:02:11] Ana Example: hidden\n")], None);
    let mut both = [hidden.clone(), shown].concat();
    let mut end = hidden[hidden.len() - 22..].to_vec();
    // Its comment reaches beyond the file, so that it is no end record by the rules.
    end[20..22].copy_from_slice(&9u16.to_le_bytes());
    both.extend_from_slice(&end);
    match try_read("chat.zip", &both, &plain()) {
        Ok(read) => assert_eq!(read.posts[0].0.text, "shown"),
        Err(refused) => assert!(refused.code.starts_with("zip."), "{refused}"),
    }
    let prefixed =
        [b"#!/bin/sh\n".to_vec(), zip(&[("_chat.txt", b"[14/11/25, 10:02:11] Ana Example: hi\n")], None)]
            .concat();
    assert!(intake::recognise("x", &prefixed).is_none());
}

#[test]
fn names_in_an_old_code_page_are_read_and_said() {
    let mut bytes = zip(&[("Conversaci#n.txt", b"[14/11/25, 10:02:11] Ana Example: hola\n")], None);
    // ó in code pages 437 and 850.
    bytes.iter_mut().filter(|byte| **byte == b'#').for_each(|byte| *byte = 0xA2);
    let read = try_read("chat.zip", &bytes, &plain()).unwrap();
    assert!(read.has("zip.name_encoding"), "{:?}", read.codes);
    assert_eq!(read.posts[0].1.place.to_string(), "Conversación.txt!line:1");
}

#[test]
fn compressed_lines_are_read() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(samples::bytes("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    let read = try_read("sample.ndjson.gz", &packed.finish().unwrap(), &plain()).unwrap();
    assert_eq!((read.summary.format, read.summary.posts), ("x-zeeschuimer", 8));
    assert_eq!(read.posts[0].1.place.to_string(), "sample.ndjson!line:1:/data");
}

#[test]
fn a_flood_of_one_trouble_is_told_as_a_number() {
    let many = "not json\n".repeat(1_000);
    let first = samples::text("zeeschuimer-x-ndjson/sample.ndjson").lines().next().unwrap();
    let read = try_read("flood.ndjson", format!("{first}\n{many}").as_bytes(), &plain()).unwrap();
    let told = read.codes.iter().filter(|code| *code == "json.broken_line").count();
    assert_eq!(told, 101);
    assert!(read.summary.troubles > 1_000);
}
