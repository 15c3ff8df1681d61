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
