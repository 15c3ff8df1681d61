//! Archives and collections made to mislead, each wrong in one place, beside the verdict and code the rules give
//! (PKWARE APPNOTE 6.3.10; WACZ 1.1.1 and 1.2.0; WACZ signing and verification 0.1.0).

mod made;

use container::Verdict::{Invalid, Reject, Valid, Warn};
use container::{Verdict, zip::Archive};
use made::{Collection, Member, check, collection, deflated, gzip, judge, member, record, sha256, zip};
use serde_json::{Value, json};

fn archive(what: &str, members: &[Member], verdict: Verdict, code: &str) {
    check(what, "a.zip", &zip(members), verdict, code);
}

fn changed(what: &str, change: impl Fn(&mut Collection), verdict: Verdict, code: &str) {
    let mut made = collection();
    change(&mut made);
    check(what, "a.wacz", &made.pack(), verdict, code);
}

/// Changes the files, lists and seals them anew: only the rule in question is broken.
fn relisted(what: &str, change: impl Fn(&mut Collection), verdict: Verdict, code: &str) {
    changed(
        what,
        |made| {
            change(made);
            made.list();
            made.seal();
        },
        verdict,
        code,
    );
}

fn file<'a>(made: &'a mut Collection, name: &str) -> &'a mut Member {
    made.files.iter_mut().find(|file| file.name == name.as_bytes()).unwrap()
}

#[test]
fn names_of_members() {
    archive("sound", &[member("a", b"1"), deflated("b/c", b"2")], Valid, "ok");
    for (name, code) in [
        ("../a", "zip.path"),
        ("a/../../b", "zip.path"),
        ("/etc/passwd", "zip.path"),
        ("\\\\host\\share", "zip.path"),
        ("a\\..\\b", "zip.path"),
        ("c:evil", "zip.path"),
        ("a//b", "zip.path"),
        ("./a", "zip.path"),
        ("a\u{0}.txt", "zip.path"),
        ("a\u{1b}[2J", "zip.path"),
    ] {
        archive(name, &[member(name, b"1")], Reject, code);
    }
    archive("twice", &[member("a", b"1"), member("a", b"2")], Reject, "zip.duplicate_name");
    archive("a file and a folder", &[member("a", b"1"), member("a/", b"")], Reject, "zip.duplicate_name");
    archive("a file is a folder too", &[member("a", b"1"), member("a/b", b"2")], Reject, "zip.path");
    archive("case", &[member("A.warc", b"1"), member("a.WARC", b"2")], Warn, "zip.name_case");
    archive("accents", &[member("\u{e9}", b"1"), member("e\u{301}", b"2")], Warn, "zip.name_case");
    let old = Member { name: b"a\xa2o".to_vec(), ..member("", b"1") };
    archive("code page 437", std::slice::from_ref(&old), Warn, "zip.name_encoding");
    archive("said to be UTF-8", &[Member { flags: 1 << 11, ..old }], Reject, "zip.path");
    let other = [b"\x75\x70\x09\0\x01\0\0\0\0b.txt"[..].to_vec(), Vec::new()];
    archive("a second name", &[Member { extra: other, ..member("a.txt", b"1") }], Reject, "zip.path");
}

#[test]
fn kinds_of_members() {
    for (what, mode, code) in [
        ("link", 0o120_777, "zip.symlink"),
        ("device", 0o060_644, "zip.special"),
        ("pipe", 0o010_644, "zip.special"),
        ("socket", 0o140_644, "zip.special"),
    ] {
        archive(what, &[Member { mode, ..member("a", b"/etc/passwd") }], Reject, code);
    }
    for flags in [1, 1 << 6, 1 << 13] {
        archive("encrypted", &[Member { flags, ..member("a", b"1") }], Reject, "zip.encrypted");
    }
    archive("a folder with bytes", &[member("a/", b"1")], Reject, "zip.size");
    for method in [1, 9, 12, 14, 93, 95, 99] {
        archive("other compression", &[Member { method, ..member("a", b"1") }], Invalid, "zip.method");
    }
}

#[test]
fn sizes_and_places_that_lie() {
    let plain = member("a", b"hello hello");
    archive("larger stored", &[Member { size: 12, ..plain.clone() }], Reject, "zip.size");
    archive("larger packed", &[Member { size: 12, ..deflated("a", b"hello hello") }], Reject, "zip.size");
    archive("smaller packed", &[Member { size: 5, ..deflated("a", b"hello hello") }], Reject, "zip.size");
    archive("checksum", &[Member { crc: 7, ..plain.clone() }], Invalid, "zip.crc");
    archive(
        "another name",
        &[Member { local_name: Some(b"b".to_vec()), ..plain.clone() }],
        Reject,
        "zip.local_header",
    );
    archive(
        "another method",
        &[Member { local_method: Some(8), ..plain.clone() }],
        Reject,
        "zip.local_header",
    );
    let two = [member("a", b"hello"), Member { offset: Some(0), ..member("a", b"hello") }];
    archive("one content, two entries", &two, Reject, "zip.duplicate_name");
    let over = [member("a", b"hello"), Member { offset: Some(0), ..member("b", b"hello") }];
    archive("over each other", &over, Reject, "zip.overlap");
    archive(
        "beyond the end",
        &[Member { offset: Some(4_000_000), ..plain.clone() }],
        Reject,
        "zip.truncated",
    );
    archive("no member there", &[Member { offset: Some(3), ..plain }], Reject, "zip.local_header");
    // Bytes between members, which no directory names.
    let mut hidden = deflated("a", b"hello hello");
    hidden.descriptor = b"a secret behind it".to_vec();
    archive("hidden bytes", &[hidden, member("b", b"1")], Warn, "zip.gap");
    // A deflate stream with other data behind its end, inside the packed size.
    let mut longer = deflated("a", b"hello hello");
    longer.data.extend(b"more");
    archive("more behind the stream", &[longer], Reject, "zip.size");
}

#[test]
fn data_descriptors() {
    let made = |descriptor: Vec<u8>| Member {
        flags: 8,
        streamed: true,
        descriptor,
        ..deflated("a", b"hello hello")
    };
    let sound = made(Vec::new());
    let fields = |packed: u32, size: u32, crc: u32| {
        [crc.to_le_bytes(), packed.to_le_bytes(), size.to_le_bytes()].concat()
    };
    let (packed, size) = (sound.data.len() as u32, 11);
    let signed = |fields: Vec<u8>| [b"PK\x07\x08".to_vec(), fields].concat();
    archive("signed", &[made(signed(fields(packed, size, sound.crc)))], Valid, "ok");
    archive("bare", &[made(fields(packed, size, sound.crc))], Valid, "ok");
    archive("another checksum", &[made(signed(fields(packed, size, 1)))], Reject, "zip.local_header");
    archive("another size", &[made(signed(fields(packed, 99, sound.crc)))], Reject, "zip.local_header");
    archive("another packed size", &[made(signed(fields(1, size, sound.crc)))], Reject, "zip.local_header");
    archive("none", &[made(Vec::new())], Reject, "zip.local_header");
}

#[test]
fn wide_fields() {
    let wide = Member { wide: true, ..member("a", b"hello") };
    archive("lawful", std::slice::from_ref(&wide), Valid, "ok");
    // The wide field in the directory says something else than the one before the member.
    let bytes = zip(std::slice::from_ref(&wide));
    let central = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    let mut lies = bytes.clone();
    lies[central + 46 + 1 + 4] = 9;
    check("size", "a.zip", &lies, Reject, "zip.size");
    let mut lies = bytes.clone();
    lies[central + 46 + 1 + 4 + 16] = 9;
    check("offset", "a.zip", &lies, Reject, "zip.local_header");
    let mut lies = bytes;
    lies[central + 46 + 1] = 7;
    check("missing", "a.zip", &lies, Reject, "zip.directory");
}

#[test]
fn end_records() {
    let whole = zip(&[member("a", b"1")]);
    check("cut", "a.zip", &whole[..whole.len() - 1], Reject, "zip.truncated");
    check("prefix", "a.zip", &[b"MZ\x90\0".to_vec(), whole.clone()].concat(), Warn, "zip.prefix_bytes");
    check("suffix", "a.zip", &[whole.clone(), b"<script>".to_vec()].concat(), Warn, "zip.suffix_bytes");
    let other = zip(&[member("b", b"2")]);
    check("two archives", "a.zip", &[whole.clone(), other].concat(), Warn, "zip.prefix_bytes");
    let field = |at: usize, value: &[u8]| {
        let mut lies = whole.clone();
        let end = lies.len() - 22;
        lies[end + at..end + at + value.len()].copy_from_slice(value);
        lies
    };
    check("more entries than there are", "a.zip", &field(8, &[2, 0, 2, 0]), Reject, "zip.directory");
    check("fewer", "a.zip", &field(8, &[0, 0, 0, 0]), Reject, "zip.directory");
    check("of several parts", "a.zip", &field(4, &[1, 0]), Reject, "zip.multi_disk");
}

#[test]
fn bombs_that_are_many_members() {
    // Each stays under what one member may claim; together they would fill a disk.
    let zeros = deflated("0", &vec![0; 15 << 20]);
    let many: Vec<Member> =
        (0..200).map(|n| Member { name: n.to_string().into_bytes(), ..zeros.clone() }).collect();
    archive("many", &many, Reject, "zip.bomb");
    archive("one", &[deflated("a", &vec![0; 40 << 20])], Reject, "zip.bomb");
    let nested = zip(&[deflated("a", &vec![0; 10 << 20])]);
    archive("an archive in an archive stays shut", &[member("inner.zip", &nested)], Valid, "ok");
}

#[test]
fn a_sound_collection_is_valid() {
    changed("as made", |_| {}, Valid, "ok");
    relisted("1.2.0", |made| made.manifest = json!({ "profile": "wacz", "resources": [] }), Valid, "ok");
    changed("signed", |made| made.sign(&sha256(&made.manifest_bytes())), Valid, "ok");
    assert!(judge("a.wacz", &collection().pack()).records == Some(1));
}

#[test]
fn parts_that_must_be_there() {
    for (name, code) in [
        ("archive/data.warc.gz", "wacz.no_warc"),
        ("indexes/index.cdx.gz", "wacz.no_index"),
        ("pages/pages.jsonl", "wacz.no_pages"),
    ] {
        relisted(name, |made| made.files.retain(|file| file.name != name.as_bytes()), Invalid, code);
    }
    let elsewhere =
        |made: &mut Collection| file(made, "archive/data.warc.gz").name = b"data.warc.gz".to_vec();
    relisted("a capture elsewhere", elsewhere, Invalid, "wacz.no_warc");
    let mut bare = collection();
    bare.manifest = Value::Null;
    let bytes = zip(&bare.files);
    check("no manifest", "a.wacz", &bytes, Invalid, "wacz.no_datapackage");
    changed("no digest of the manifest", |made| made.digest = None, Warn, "wacz.no_digest");
    relisted(
        "no pages in the list",
        |made| *file(made, "pages/pages.jsonl") = member("pages/pages.jsonl", b""),
        Invalid,
        "wacz.pages",
    );
    let broken = b"{\"format\": \"json-pages-1.0\"}\nnot json\n";
    relisted(
        "pages that are none",
        |made| *file(made, "pages/pages.jsonl") = member("pages/pages.jsonl", broken),
        Invalid,
        "wacz.pages",
    );
}

#[test]
fn what_the_manifest_says_and_what_is_there() {
    let resource = |made: &mut Collection, at: usize, field: &str, value: Value| {
        made.manifest["resources"][at][field] = value;
        made.seal();
    };
    for (what, field, value, verdict, code) in [
        ("a digest of other bytes", "hash", json!(sha256(b"other")), Invalid, "wacz.resource_hash"),
        ("a digest that is none", "hash", json!("sha256:xyz"), Invalid, "wacz.hash_form"),
        ("a digest of an unknown sort", "hash", json!("crc32:00000000"), Invalid, "wacz.hash_form"),
        ("no digest", "hash", Value::Null, Invalid, "wacz.no_hash"),
        ("a digest that is a number", "hash", json!(7), Invalid, "wacz.no_hash"),
        ("another size", "bytes", json!(3), Invalid, "wacz.resource_bytes"),
        ("no size", "bytes", Value::Null, Warn, "wacz.no_bytes"),
        ("a size below zero", "bytes", json!(-1), Warn, "wacz.no_bytes"),
        ("no path", "path", Value::Null, Invalid, "wacz.resource_path"),
    ] {
        changed(what, |made| resource(made, 0, field, value.clone()), verdict, code);
    }
    let list = |made: &mut Collection, more: Value| {
        made.manifest["resources"].as_array_mut().unwrap().push(more);
        made.seal();
    };
    let missing = json!({ "name": "b", "path": "archive/b.warc.gz", "hash": sha256(b""), "bytes": 0 });
    changed("listed and not there", |made| list(made, missing.clone()), Invalid, "wacz.resource_missing");
    let outside = json!({ "name": "b", "path": "../../etc/passwd", "hash": sha256(b""), "bytes": 0 });
    changed("listed outside", |made| list(made, outside.clone()), Invalid, "wacz.resource_missing");
    changed(
        "listed twice",
        |made| {
            let again = made.manifest["resources"][0].clone();
            list(made, again);
        },
        Invalid,
        "wacz.resource_repeated",
    );
    for name in ["archive/more.warc", "notes", "sub/datapackage.json", "DATAPACKAGE.JSON", "fuzzy.json"] {
        changed(name, |made| made.more.push(member(name, b"x")), Invalid, "wacz.unlisted_file");
    }
    changed("no list", |made| made.manifest = json!({ "profile": "wacz" }), Invalid, "wacz.no_resources");
    changed(
        "a manifest changed later",
        |made| made.manifest["title"] = json!("another"),
        Invalid,
        "wacz.digest",
    );
    changed(
        "a digest of the wrong file",
        |made| {
            made.digest = Some(json!({ "path": "pages/pages.jsonl", "hash": sha256(&made.manifest_bytes()) }))
        },
        Invalid,
        "wacz.digest_path",
    );
    changed(
        "a digest without a hash",
        |made| made.digest = Some(json!({ "path": "datapackage.json" })),
        Invalid,
        "wacz.hash_form",
    );
}

#[test]
fn json_that_two_readers_read_two_ways() {
    let raw = |manifest: &str, digest: bool| {
        let mut members = collection().files;
        members.push(member("datapackage.json", manifest.as_bytes()));
        if digest {
            let text = json!({ "path": "datapackage.json", "hash": sha256(manifest.as_bytes()) }).to_string();
            members.push(member("datapackage-digest.json", text.as_bytes()));
        }
        zip(&members)
    };
    let sound = collection().manifest.to_string();
    check("as it is", "a.wacz", &raw(&sound, true), Valid, "ok");
    let twice = sound.replacen('{', "{\"resources\":[],", 1);
    check("two lists", "a.wacz", &raw(&twice, true), Reject, "json.duplicate_key");
    let escaped = sound.replacen('{', "{\"\\u0072esources\":[],", 1);
    check(
        "two lists, one name written otherwise",
        "a.wacz",
        &raw(&escaped, true),
        Reject,
        "json.duplicate_key",
    );
    check(
        "deep",
        "a.wacz",
        &raw(&format!("{}{}", "[".repeat(5000), "]".repeat(5000)), true),
        Reject,
        "json.depth",
    );
    check("no JSON", "a.wacz", &raw("{", true), Invalid, "json.syntax");
    check("more behind it", "a.wacz", &raw(&format!("{sound} {{}}"), true), Invalid, "json.syntax");
    check("a mark before it", "a.wacz", &raw(&format!("\u{feff}{sound}"), true), Invalid, "json.syntax");
}

#[test]
fn signatures() {
    let covers = |made: &Collection| sha256(&made.manifest_bytes());
    changed("of another manifest", |made| made.sign(&sha256(b"other")), Invalid, "wacz.signature_hash");
    changed(
        "carried over: manifest and digest exchanged, signature left",
        |made| {
            made.sign(&covers(made));
            let signed = made.digest.as_ref().unwrap()["signedData"].clone();
            let warc = gzip(&record(1, "<p>another</p>"));
            *file(made, "archive/data.warc.gz") = member("archive/data.warc.gz", &warc);
            made.list();
            made.seal();
            made.signed(signed);
        },
        Invalid,
        "wacz.signature_hash",
    );
    changed(
        "carried over, with the hash made to fit",
        |made| {
            made.sign(&sha256(b"other"));
            let mut signed = made.digest.as_ref().unwrap()["signedData"].clone();
            signed["hash"] = json!(covers(made));
            made.signed(signed);
        },
        Invalid,
        "wacz.signature",
    );
    let with = |what: &str, field: &str, value: Value, code: &str| {
        changed(
            what,
            |made| {
                made.sign(&covers(made));
                let mut signed = made.digest.as_ref().unwrap()["signedData"].clone();
                match &value {
                    Value::Null => drop(signed.as_object_mut().unwrap().remove(field)),
                    value => signed[field] = value.clone(),
                }
                made.signed(signed);
            },
            Invalid,
            code,
        );
    };
    with("no hash", "hash", Value::Null, "wacz.signature_hash");
    with(
        "a hash of a weak sort",
        "hash",
        json!("md5:d41d8cd98f00b204e9800998ecf8427e"),
        "wacz.signature_hash",
    );
    with("no key", "publicKey", Value::Null, "wacz.signature_props");
    with("no signature", "signature", Value::Null, "wacz.signature_props");
    with("no time", "created", Value::Null, "wacz.signature_props");
    with("a domain without a certificate", "domain", json!("county.example"), "wacz.signature_props");
    with("a property of neither form", "signedBy", json!("the county"), "wacz.signature_props");
    with("a key that is none", "publicKey", json!("AAAA"), "wacz.signature_props");
    with("a signature that is no base64", "signature", json!("%%%"), "wacz.signature_props");
    with("a signature that is empty", "signature", json!(""), "wacz.signature");
    for (what, data) in [("a list", json!([])), ("a text", json!("signed"))] {
        changed(what, |made| made.signed(data.clone()), Invalid, "wacz.signature_hash");
    }
    changed("null is no signature", |made| made.signed(Value::Null), Valid, "ok");
}

#[test]
fn captures_inside_are_read_to_the_end() {
    let warc = |made: &mut Collection, bytes: &[u8]| {
        *file(made, "archive/data.warc.gz") = member("archive/data.warc.gz", bytes);
    };
    let sound = gzip(&record(1, "<p>one</p>"));
    let mut edited = record(1, "<p>one</p>");
    let at = edited.windows(3).rposition(|three| three == b"one").unwrap();
    edited[at] = b'0';
    relisted(
        "an edited body under honest lists",
        |made| warc(made, &gzip(&edited)),
        Invalid,
        "warc.block_digest",
    );
    relisted("a cut capture", |made| warc(made, &sound[..sound.len() - 9]), Invalid, "warc.gzip_truncated");
    relisted("an empty capture", |made| warc(made, b""), Invalid, "wacz.no_warc");
    relisted("no capture at all", |made| warc(made, b"<html>"), Reject, "warc.not_warc");
    let mut made = collection();
    *file(&mut made, "archive/data.warc.gz") = deflated("archive/data.warc.gz", &sound);
    // A packed capture is listed by its own bytes, not by those in the archive.
    let again = made.pack();
    check("compressed once more", "a.wacz", &again, Valid, "ok");
}

#[test]
fn collections_of_collections() {
    let (one, two) = (collection().pack(), collection().pack());
    let multi = |parts: &[(&str, &[u8])], deflate: bool| {
        let mut made = collection();
        made.files = parts.iter().map(|(name, bytes)| member(name, bytes)).collect();
        made.manifest = json!({ "profile": "multi-wacz-package", "resources": [] });
        made.list();
        if deflate {
            made.files = parts.iter().map(|(name, bytes)| deflated(name, bytes)).collect();
        }
        made.seal();
        made
    };
    let pack = |parts: &[(&str, &[u8])]| multi(parts, false).pack();
    check("two parts", "a.wacz", &pack(&[("1.wacz", &one), ("2.wacz", &two)]), Valid, "ok");
    assert_eq!(judge("a.wacz", &pack(&[("1.wacz", &one), ("2.wacz", &two)])).records, Some(2));
    check("none", "a.wacz", &pack(&[]), Invalid, "wacz.no_parts");
    check("not one", "a.wacz", &pack(&[("notes.txt", b"x")]), Invalid, "wacz.no_parts");
    let mut bad = collection();
    bad.manifest["resources"][0]["hash"] = json!(sha256(b"other"));
    bad.seal();
    check(
        "one part changed",
        "a.wacz",
        &pack(&[("1.wacz", &one), ("2.wacz", &bad.pack())]),
        Invalid,
        "wacz.resource_hash",
    );
    check(
        "one part twice named",
        "a.wacz",
        &pack(&[("1.wacz", &one), ("1.wacz", &two)]),
        Reject,
        "zip.duplicate_name",
    );
    let deeper = pack(&[("1.wacz", &one)]);
    check("three deep", "a.wacz", &pack(&[("0.wacz", &deeper)]), Warn, "wacz.part_unread");
    check(
        "a part packed again",
        "a.wacz",
        &multi(&[("1.wacz", &one)], true).pack(),
        Warn,
        "wacz.part_unread",
    );
    let mut remote = multi(&[("1.wacz", &one)], false);
    remote.manifest["resources"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "url": "http://192.0.2.1/2.wacz", "hash": sha256(&two), "bytes": two.len() }));
    remote.seal();
    check("a part on the network", "a.wacz", &remote.pack(), Warn, "wacz.remote_part");
}

#[test]
fn nothing_of_a_refused_archive_can_be_read() {
    let bytes = zip(&[member("a", b"1"), member("../b", b"2")]);
    let (archive, troubles) = Archive::open(&mut std::io::Cursor::new(bytes), &container::Limits::shipped());
    assert!(archive.entries.is_empty() && troubles.refused());
}
