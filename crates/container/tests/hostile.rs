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

/// A response whose block is given, with more lines in its record's head and its true length.
fn response(more: &str, block: &[u8]) -> Vec<u8> {
    let head = HEAD.replace("resource", "response");
    let kind = "Content-Type: application/http; msgtype=response\r\n";
    let head = format!("{head}{more}{kind}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn http(more: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{more}\r\n").as_bytes(), body].concat()
}

#[test]
fn lengths_that_lie_about_the_block() {
    let whole = String::from_utf8(record("")).unwrap();
    let other = whole.replace("000000000001>", "000000000002>");
    let with = |length: &str| whole.replace("Content-Length: 5", &format!("Content-Length: {length}"));
    check("a.warc", with("4").as_bytes(), Verdict::Invalid, "warc.record_end");
    check("a.warc", (with("4") + &other).as_bytes(), Verdict::Invalid, "warc.record_end");
    // At the end of a file this is also what a cut of one byte looks like.
    check("a.warc", with("6").as_bytes(), Verdict::Warn, "warc.record_end");
    check("a.warc", (with("6") + &other).as_bytes(), Verdict::Invalid, "warc.record_end");
    check("a.warc", with("500").as_bytes(), Verdict::Invalid, "warc.truncated");
    for no_length in ["", "-5", "+5", "5 5", "0x5", "5.0", "5,5", "18446744073709551617", "\u{665}"] {
        check("a.warc", with(no_length).as_bytes(), Verdict::Invalid, "warc.content_length");
    }
    check(
        "a.warc",
        whole.replace("Content-Length: 5\r\n", "").as_bytes(),
        Verdict::Invalid,
        "warc.content_length",
    );
    check("a.warc", with("5\r\nContent-Length: 5").as_bytes(), Verdict::Invalid, "warc.header_repeated");
    // Swallowing the next record is noticed where each record is a gzip member of its own.
    let swallow = with(&(5 + 4 + other.len()).to_string());
    let packed = [gzip(swallow.as_bytes()), gzip(other.as_bytes())].concat();
    check("a.warc.gz", &packed, Verdict::Invalid, "warc.truncated");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn heads_that_are_no_heads() {
    let whole = String::from_utf8(record("")).unwrap();
    for (from, to, code) in [
        ("WARC/1.1", "WARC/9.9", "warc.version"),
        ("WARC-Type: resource\r\n", "", "warc.header_missing"),
        ("WARC-Date: 2024-06-11T12:00:00Z\r\n", "", "warc.header_missing"),
        ("WARC-Target-URI: https://social.example/1\r\n", "", "warc.header_missing"),
        ("<urn:uuid:00000000-0000-4000-8000-000000000001>", "1", "warc.record_id"),
        ("2024-06-11T12:00:00Z", "2024-06-31T12:00:00Z", "warc.date"),
        ("2024-06-11T12:00:00Z", "2024-06-11T12:00:00+02:00", "warc.date"),
    ] {
        check("a.warc", whole.replace(from, to).as_bytes(), Verdict::Invalid, code);
    }
    check("a.warc", whole.replace("resource", "secret").as_bytes(), Verdict::Valid, "warc.unknown_type");
    // Line ends that were converted; the empty line between head and block is converted with them.
    check("a.warc", whole.replace("\r\n", "\n").as_bytes(), Verdict::Warn, "warc.line_ends");
}

#[test]
fn digests_in_every_form() {
    use container::digests::{Algorithm, digest, hex};
    for (algorithm, name) in [
        (Algorithm::Sha1, "sha1"),
        (Algorithm::Sha256, "sha256"),
        (Algorithm::Sha512, "sha512"),
        (Algorithm::Md5, "md5"),
    ] {
        let right = hex(&digest(algorithm, b"hello"));
        let wrong = hex(&digest(algorithm, b"hullo"));
        let with = |value: &str| record(&format!("WARC-Block-Digest: {name}:{value}\r\n"));
        check("a.warc", &with(&right), Verdict::Valid, "");
        check("a.warc", &with(&right.to_uppercase()), Verdict::Valid, "");
        check("a.warc", &with(&wrong), Verdict::Invalid, "warc.block_digest");
        check("a.warc", &with(&right[1..]), Verdict::Invalid, "warc.digest_form");
    }
    check("a.warc", &record("WARC-Block-Digest: blake9:00\r\n"), Verdict::Warn, "warc.digest_unknown");
    check("a.warc", &record("WARC-Block-Digest: \r\n"), Verdict::Warn, "warc.digest_unknown");
    check("a.warc", &record(""), Verdict::Valid, "warc.no_digest");
    // A revisit states the digest of a body that is elsewhere.
    let body = hex(&digest(Algorithm::Sha256, b"elsewhere"));
    let revisit = String::from_utf8(record(&format!(
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\nWARC-Payload-Digest: sha256:{body}\r\nWARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000009>\r\n"
    )))
    .unwrap();
    let revisit = revisit.replace("resource", "revisit");
    check("a.warc", revisit.as_bytes(), Verdict::Valid, "warc.refers_elsewhere");
    let earlier = String::from_utf8(record("")).unwrap().replace("000000000001>", "000000000009>");
    let both = container::warc::lint(&mut (earlier + &revisit).as_bytes(), &Limits::shipped());
    assert!(
        both.troubles.iter().all(|trouble| trouble.code != "warc.refers_elsewhere"),
        "{:?}",
        both.troubles
    );
}

#[test]
fn gzip_that_lies() {
    let (one, two) =
        (record(""), String::from_utf8(record("")).unwrap().replace("000000000001>", "000000000002>"));
    let (one, two) = (gzip(&one), gzip(two.as_bytes()));
    let whole = [one.clone(), two.clone()].concat();
    check("a.warc.gz", &whole, Verdict::Valid, "");
    for cut in [1, 5, 8, 9, two.len() / 2] {
        check("a.warc.gz", &whole[..whole.len() - cut], Verdict::Invalid, "warc.gzip_truncated");
    }
    let mut length = whole.clone();
    let last = length.len() - 1;
    length[last] ^= 1;
    check("a.warc.gz", &length, Verdict::Invalid, "warc.gzip_crc");
    let mut data = whole.clone();
    data[one.len() - 12] ^= 0xff;
    let judged = lint("a.warc.gz", &mut Cursor::new(&data), &Rules { roots: Vec::new(), ..Rules::shipped() });
    assert_eq!(judged.verdict, Verdict::Invalid);
    assert!(judged.records >= Some(1), "the next member is read: {:?}", judged.troubles);
    let between = [one, b"<script>".to_vec(), two].concat();
    check("a.warc.gz", &between, Verdict::Invalid, "warc.garbage");
    check("a.warc.gz", &[0x1f, 0x8b, 8, 0xe0, 0, 0, 0, 0, 0, 0], Verdict::Invalid, "warc.gzip_truncated");
}

#[test]
fn bodies_that_lie() {
    let chunked = "Transfer-Encoding: chunked\r\n";
    for (head, body, verdict, code) in [
        (chunked, &b"5\r\nhello\r\n0\r\n\r\n"[..], Verdict::Valid, ""),
        (chunked, b"5\r\nhel", Verdict::Warn, "http.chunk_truncated"),
        (chunked, b"ffffffffffffffffff\r\nhello", Verdict::Warn, "http.chunk_size"),
        (chunked, b"-5\r\nhello", Verdict::Valid, "http.not_chunked"),
        (chunked, b"5\r\nhelloXX", Verdict::Warn, "http.chunk_size"),
        ("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0nonsense", Verdict::Warn, "http.content_encoding"),
        ("Content-Encoding: deflate\r\n", b"\x78\x9cnonsense", Verdict::Warn, "http.content_encoding"),
        ("Content-Encoding: br\r\n", b"\xff\xff\xff\xff\xff", Verdict::Warn, "http.content_encoding"),
        (
            "Content-Encoding: zstd\r\n",
            b"\x28\xb5\x2f\xfd\0\xff\0\0\0",
            Verdict::Warn,
            "http.content_encoding",
        ),
        ("Content-Encoding: gzip, br\r\n", b"x", Verdict::Valid, "http.encoding_unknown"),
        ("Content-Length: 3\r\n", b"hello", Verdict::Valid, "http.length"),
        ("Content-Length: 500\r\n", b"hello", Verdict::Valid, "http.length"),
        ("Content-Length: 5\r\n", b"hello", Verdict::Valid, ""),
    ] {
        check("a.warc", &response("", &http(head, body)), verdict, code);
    }
}

/// Bodies that grow without measure, in each encoding: the judgement comes, the limit is named, and what was read of
/// them is bounded by what is counted.
#[test]
fn bombs_in_every_encoding() {
    use std::io::Write as _;
    let zeros = vec![0u8; 80 << 20];
    let deflate = {
        let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        writer.write_all(&zeros).unwrap();
        writer.finish().unwrap()
    };
    // One frame of Zstandard with blocks that each say: this byte 128 KiB times (RFC 8878, section 3.1.1.2.2).
    let mut zstd = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x58];
    for block in 0..640u32 {
        let head = (131_072 << 3) | (1 << 1) | u32::from(block == 639);
        zstd.extend([&head.to_le_bytes()[..3], &[0]].concat());
    }
    for (coding, body) in [("gzip", gzip(&zeros)), ("deflate", deflate), ("zstd", zstd)] {
        let bytes = response("", &http(&format!("Content-Encoding: {coding}\r\n"), &body));
        assert!(bytes.len() < 200_000, "{coding}: {}", bytes.len());
        check("a.warc", &bytes, Verdict::Warn, "http.decode_limit");
    }
}

#[test]
fn many_bombs_share_one_limit() {
    let body = http("Content-Encoding: gzip\r\n", &gzip(&vec![0; 60 << 20]));
    let mut bytes = Vec::new();
    for number in 1..=30 {
        let one = response("", &body);
        let id = format!("{number:012}>");
        let text = one.windows(13).position(|part| part == b"000000000001>").unwrap();
        bytes.extend_from_slice(&one[..text]);
        bytes.extend_from_slice(id.as_bytes());
        bytes.extend_from_slice(&one[text + 13..]);
    }
    let limits = Limits { decoded_free: 100 << 20, ..Limits::shipped() };
    let mut decoded = 0;
    let bodies = container::warc::Bodies { decode: true, keep: 0 };
    let outcome =
        container::warc::read(&mut &bytes[..], &limits, bodies, &mut |seen| decoded += seen.body_length);
    assert_eq!(outcome.records, 30);
    assert!(decoded < 250 << 20, "{decoded} bytes were decoded of {}", bytes.len());
    let codes = outcome.troubles.into_vec();
    assert!(codes.iter().any(|trouble| trouble.code == "http.decode_limit"));
}
