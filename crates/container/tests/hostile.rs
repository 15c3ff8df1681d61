//! Files made to mislead or to exhaust, each beside the verdict the rules give. They were found by thinking as somebody
//! would who wants a reader to see something else than a court's expert.

use std::io::Cursor;

use container::{Limits, Rules, Verdict, lint};

const HEAD: &str = "WARC/1.1\r\nWARC-Type: resource\r\n\
    WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2024-06-11T12:00:00Z\r\n\
    WARC-Target-URI: https://social.example/1\r\n";

/// A record of five bytes with more lines in its head.
fn record(more: &str) -> Vec<u8> {
    format!("{HEAD}{more}Content-Length: 5\r\n\r\nhello\r\n\r\n").into_bytes()
}

fn check(name: &str, bytes: &[u8], verdict: Verdict, code: &str) {
    let rules = Rules { limits: Limits::shipped(), roots: Vec::new(), captures: true };
    let judged = lint(name, &mut Cursor::new(bytes), &rules);
    let codes: Vec<&str> = judged.troubles.iter().map(|trouble| trouble.code.as_ref()).collect();
    assert_eq!(judged.verdict, verdict, "{code}: {codes:?}");
    assert!(code.is_empty() || codes.contains(&code), "{code} is not among {codes:?}");
    assert!(judged.troubles.len() < 300, "{} troubles are too many to read", judged.troubles.len());
}

#[test]
fn a_sound_record_stays_valid() {
    check("a.warc", &record(""), Verdict::Valid, "");
    check(
        "a.warc",
        &record("WARC-Concurrent-To: <a:1>\r\nWARC-Concurrent-To: <a:2>\r\n"),
        Verdict::Valid,
        "",
    );
    check("a.warc", &record("X-Folded: one\r\n two\r\n"), Verdict::Valid, "");
}

#[test]
fn lines_that_are_a_field_for_some_readers_only_are_named() {
    for line in [
        "Content-Length : 3\r\n",
        "X: a\rContent-Length: 3\r\n",
        "X: a\0b\r\n",
        ": empty\r\n",
        "no field\r\n",
    ] {
        let expected =
            if line.starts_with("Content-Length") { "warc.header_repeated" } else { "warc.header_line" };
        check("a.warc", &record(line), Verdict::Invalid, expected);
    }
}

#[test]
fn a_head_of_very_many_fields_is_read_in_the_time_of_one_pass() {
    // Compared each with each, these hundred thousand names took minutes.
    let letters: Vec<char> = ('a'..='z').collect();
    let name = |n: usize| {
        [n / 17_576, n / 676 % 26, n / 26 % 26, n % 26].map(|n| letters[n % 26]).iter().collect::<String>()
    };
    let many: String = (0..100_000).map(|n| format!("{}:1\r\n", name(n))).collect();
    check("a.warc", &record(&many), Verdict::Valid, "");
    let repeated = format!("{many}aaaa:2\r\n");
    check("a.warc", &record(&repeated), Verdict::Invalid, "warc.header_repeated");
    // Half a million lines that are no field are one sentence.
    check("a.warc", &record(&"x\r\n".repeat(300_000)), Verdict::Invalid, "warc.header_line");
}

#[test]
fn a_record_that_refers_to_itself_has_no_content() {
    let text = String::from_utf8(record(
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n\
        WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n",
    ))
    .unwrap();
    check("a.warc", text.replace("resource", "revisit").as_bytes(), Verdict::Invalid, "warc.revisit_self");
}

#[test]
fn two_lengths_of_one_body_are_two_bodies() {
    let block = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nhello";
    let head = HEAD.replace("resource", "response");
    let http = "Content-Type: application/http; msgtype=response\r\n";
    let bytes = format!("{head}{http}Content-Length: {}\r\n\r\n{block}\r\n\r\n", block.len());
    check("a.warc", bytes.as_bytes(), Verdict::Warn, "http.two_lengths");
}
