//! Bags in memory, each with one thing wrong; and those of the fixtures.

use super::*;

const VERSION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
const HELLO: &str = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

fn check(changes: &[(&str, &str)], expected: &str) {
    let mut tree = MemoryTree::default();
    let manifest = format!("{HELLO}  data/a.txt\n");
    let plain =
        [("bagit.txt", VERSION), ("manifest-sha256.txt", manifest.as_str()), ("data/a.txt", "hello\n")];
    for (path, text) in plain.iter().chain(changes) {
        tree.0.insert((*path).to_owned(), text.as_bytes().to_vec());
    }
    tree.0.retain(|_, text| text != b"REMOVED");
    let judgement = lint(&mut tree, &Limits::shipped());
    assert_eq!(judgement.code(), expected, "{:?}", judgement.troubles);
}

fn manifest(lines: &[&str], expected: &str) {
    let text = lines.iter().map(|line| format!("{HELLO} {line}\n")).collect::<String>();
    check(&[("manifest-sha256.txt", &text)], expected);
}

#[test]
fn bagit_txt_is_read_to_the_letter() {
    check(&[], "ok");
    for (text, expected) in [
        ("BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8", "ok"),
        ("BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n", "bag.bagit_txt"),
        ("BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n", "bag.bagit_txt"),
        ("\u{feff}BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bag.bagit_txt"),
        ("BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n", "bag.bagit_txt"),
        ("BagIt-Version: 1.0\n", "bag.bagit_txt"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n", "bag.bagit_txt"),
        ("BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n", "bag.version"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC\n", "bag.encoding"),
        ("REMOVED", "bag.missing_bagit"),
    ] {
        check(&[("bagit.txt", text)], expected);
    }
}

#[test]
fn what_changed_is_found() {
    check(&[("data/a.txt", "hullo\n")], "bag.hash");
    check(&[("data/a.txt", "REMOVED")], "bag.missing");
    check(&[("data/b.txt", "x")], "bag.unlisted");
    check(&[("manifest-sha256.txt", "REMOVED")], "bag.no_usable_manifest");
    check(&[("bag-info.txt", "Payload-Oxum: 6.1\n")], "ok");
    check(&[("bag-info.txt", "Payload-Oxum: 6.2\n")], "bag.oxum");
    check(&[("bag-info.txt", "Payload-Oxum: x\n")], "bag.oxum");
    check(&[("tagmanifest-sha256.txt", &format!("{HELLO} bagit.txt\n"))], "bag.hash");
    check(&[("manifest-md5.txt", "")], "bag.unlisted");
}

#[test]
fn manifests_are_read_to_the_letter() {
    manifest(&["data/a.txt"], "ok");
    manifest(&[" data/a.txt"], "ok");
    manifest(&["*data/a.txt"], "bag.asterisk");
    manifest(&["./data/a.txt"], "bag.relative_path");
    manifest(&["data/A.txt"], "bag.name_form");
    manifest(&["data/a.txt", "data/a.txt"], "bag.duplicate_entry");
    for path in ["../x", "data/../../x", "/etc/passwd", "~/x", "C:\\x", "\\\\host\\x", "data\\..\\..\\x", "x"]
    {
        manifest(&["data/a.txt", path], "bag.path");
    }
    check(&[("manifest-sha256.txt", "zz data/a.txt\n")], "bag.manifest_line");
}

#[test]
fn three_characters_of_a_name_are_encoded() {
    let names = ["data/two%0alines.txt", "data/100%25.txt", "data/100%2525.txt", "data/50%.txt", "data/%7E"];
    manifest(&[&["data/a.txt"], &names[..]].concat(), "bag.missing");
    let text =
        names.iter().map(|name| format!("{HELLO} {name}\n")).collect::<String>() + HELLO + " data/a.txt\n";
    let files = ["data/two\nlines.txt", "data/100%.txt", "data/100%25.txt", "data/50%.txt", "data/%7E"];
    let mut changes = vec![("manifest-sha256.txt", text.as_str())];
    changes.extend(files.map(|file| (file, "hello\n")));
    check(&changes, "ok");
}

#[test]
fn nothing_is_fetched() {
    check(&[("fetch.txt", "http://192.0.2.1/a - data/b.txt\n")], "bag.fetch");
    check(&[("fetch.txt", "http://192.0.2.1/a 6 data/a.txt\n")], "ok");
    check(&[("fetch.txt", "http://192.0.2.1/a 7 data/a.txt\n")], "bag.fetch_length");
    check(&[("fetch.txt", "http://192.0.2.1/a - /etc/passwd\n")], "bag.path");
}

#[test]
fn names_in_other_forms_and_line_ends_of_other_systems() {
    // é as one character in the manifest and as two in the folder, as a Mac gives it back.
    let text = format!("{HELLO} data/a.txt\n{HELLO} data/caf\u{e9}.txt\n");
    check(&[("manifest-sha256.txt", &text), ("data/cafe\u{301}.txt", "hello\n")], "bag.name_form");
    let text = format!("{HELLO} data/a.txt\r\n{HELLO} data/b.txt\r\n");
    check(&[("manifest-sha256.txt", &text), ("data/b.txt", "hello\n")], "ok");
    let text = format!("{HELLO} data/a.txt\r{HELLO} data/b.txt\r");
    check(&[("manifest-sha256.txt", &text), ("data/b.txt", "hello\n")], "ok");
    check(&[("manifest-sha256.txt", &format!("\u{feff}{HELLO} data/a.txt\n"))], "ok");
    check(&[("manifest-sha256.txt", &format!("{}\tdata/a.txt\n", HELLO.to_uppercase()))], "ok");
    check(&[("manifest-sha256.txt", &format!("{HELLO} data/a.txt"))], "ok");
}

#[test]
fn digests_of_tag_files_are_checked_and_need_not_be_complete() {
    let of = |text: &str| hex(&crate::digests::digest(Algorithm::Sha256, text.as_bytes()));
    let info = "Source-Organization: Example County\n";
    let lists = |text: &str| format!("{} bagit.txt\n{} bag-info.txt\n", of(VERSION), of(text));
    check(&[("bag-info.txt", info), ("tagmanifest-sha256.txt", &lists(info))], "ok");
    check(&[("bag-info.txt", info), ("tagmanifest-sha256.txt", &lists("x"))], "bag.hash");
    check(&[("tagmanifest-sha256.txt", &lists(info))], "bag.missing");
    check(&[("notes/extra.txt", "not listed, which tag files need not be")], "ok");
    check(&[("tagmanifest-sha256.txt", &format!("{HELLO} ../bagit.txt\n"))], "bag.path");
    check(&[("tagmanifest-foo.txt", "x y\n")], "bag.unknown_algorithm");
}

#[test]
fn several_manifests_must_agree_with_the_bag_and_each_other() {
    let of = |algorithm: Algorithm| hex(&crate::digests::digest(algorithm, b"hello\n"));
    let line = |algorithm: Algorithm| format!("{} data/a.txt\n", of(algorithm));
    check(&[("manifest-sha512.txt", &line(Algorithm::Sha512))], "ok");
    check(&[("manifest-sha512.txt", &line(Algorithm::Sha384))], "bag.manifest_line");
    let other = hex(&crate::digests::digest(Algorithm::Sha512, b"hullo\n"));
    check(&[("manifest-sha512.txt", &format!("{other} data/a.txt\n"))], "bag.hash");
    let md5 = line(Algorithm::Md5);
    check(&[("manifest-sha256.txt", "REMOVED"), ("manifest-md5.txt", &md5)], "bag.weak_hash");
    let (one, two) = (HELLO.to_owned(), HELLO.replace('5', "6"));
    check(
        &[("manifest-sha256.txt", &format!("{one} data/a.txt\n{two} data/a.txt\n"))],
        "bag.duplicate_entry",
    );
    check(
        &[("manifest-sha256.txt", &format!("{one} data/a.txt\n{two} ./data/a.txt\n"))],
        "bag.duplicate_entry",
    );
}

#[test]
fn the_sum_of_the_payload_is_to_the_letter() {
    for (value, expected) in [
        ("6.1", "ok"),
        ("06.1", "ok"),
        ("6.01", "ok"),
        ("7.1", "bag.oxum"),
        ("6.2", "bag.oxum"),
        ("6", "bag.oxum"),
        ("6.1.1", "bag.oxum"),
        ("-6.1", "bag.oxum"),
        ("99999999999999999999.1", "bag.oxum"),
        ("6.1\nPayload-Oxum: 6.1", "bag.oxum"),
    ] {
        check(&[("bag-info.txt", &format!("Payload-Oxum: {value}\n"))], expected);
    }
    check(&[("bag-info.txt", "payload-oxum: 7.1\n")], "bag.oxum");
}

#[test]
fn fetch_lists_that_reach_out_or_lie() {
    for (line, expected) in [
        ("file:///etc/passwd - data/b.txt", "bag.fetch"),
        ("http://192.0.2.1/a - data/../../b", "bag.path"),
        ("http://192.0.2.1/a - data\\..\\..\\b", "bag.path"),
        ("http://192.0.2.1/a - C:\\b", "bag.path"),
        ("http://192.0.2.1/a", "bag.fetch_line"),
        ("http://192.0.2.1/a - bag-info.txt", "bag.path"),
    ] {
        check(&[("fetch.txt", &format!("{line}\n"))], expected);
    }
}
