//! Bad input: a sentence that says what is wrong and what to do, the right exit code, and the case as it was.

mod common;

use std::fs;

use common::{files, new_case, run, sample};

/// Imports `bytes` as `name` into a case that already holds something; the import must be refused and change nothing.
fn refused(name: &str, bytes: &[u8], says: &str) {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let (code, ..) = run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    assert!(code <= 1);
    let before = files(case.as_ref());
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    let (code, out, error) = run(&["import", &case, file.to_str().unwrap()]);
    assert_eq!(code, 1, "{name}: {out}{error}");
    assert!(out.contains("refused") && out.contains(says), "{name}: {out}");
    assert_eq!(files(case.as_ref()), before, "{name} changed the case");
}

#[test]
fn refused_files_change_nothing() {
    refused("empty.ndjson", b"", "empty");
    refused("zeros.har", &[0; 4096], "zero bytes");
    refused("deep.json", "[".repeat(200_000).as_bytes(), "deep");
}

/// Imports something half good: it is kept, what is good is read, what is bad is listed.
fn half_good(name: &str, bytes: &[u8], posts: &str) {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let file = folder.path().join(name);
    fs::write(&file, bytes).unwrap();
    let (code, out, error) = run(&["--json", "import", &case, file.to_str().unwrap()]);
    assert_eq!(code, 1, "{name}: {out}{error}");
    assert!(out.contains(&format!("\"posts_in_case\":{posts}")), "{name}: {out}");
    let outcome: serde_json::Value = serde_json::from_str(&out).unwrap();
    let troubles = outcome["files"][0]["troubles"].as_array().unwrap();
    assert!(!troubles.is_empty());
    for trouble in troubles {
        assert!(trouble["what"].as_str().unwrap().ends_with(['.', '?', '”']), "{trouble}");
        assert!(!trouble["next"].as_str().unwrap().is_empty(), "{trouble}");
    }
    let digest = outcome["files"][0]["capture"].as_str().unwrap();
    let kept = std::path::Path::new(&case).join("objects").join(&digest[..2]).join(digest);
    assert_eq!(fs::read(kept).unwrap(), bytes, "the bytes are kept as they are");
}

#[test]
fn half_good_files_keep_their_good_part() {
    let whole = fs::read(sample("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    half_good("truncated.ndjson", &whole[..whole.len() - 900], "6");
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let mut broken = whole[..=first].to_vec();
    broken.extend(b"{\"data\": {\"rest_id\": \xff\xfe\n");
    half_good("not-utf8.ndjson", &broken, "1");
    half_good("wrong-extension.png", &broken, "1");
    half_good("unknown.bin", b"\x07\x01nobody knows what this is", "0");
}

#[test]
fn wrong_use_says_so_and_exits_2() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let before = files(case.as_ref());
    let there = sample("zeeschuimer-x-ndjson/sample.ndjson");
    let nowhere = folder.path().join("nowhere").to_string_lossy().into_owned();
    let cases: &[(&[&str], &str)] = &[
        (&["new", &case, "--role", "postal", "--state", "PA"], "already exists"),
        (&["new", &nowhere, "--role", "king", "--state", "PA"], "election-official"),
        (&["new", &nowhere, "--role", "postal", "--state", "XX"], "two letters"),
        (&["import", &case, &nowhere], "Check the name"),
        (&["import", &case, &there, "--as", "papyrus"], "no format"),
        (&["import", &nowhere, &there], "not a case"),
        (&["scan", &nowhere], "not a case"),
        (&["review", &case, "confirm"], "No finding was named"),
        (&["review", &case, "confirm", "zzzz"], "no finding's id"),
        (&["review", &case, "confirm", "abcd1234"], "no finding “abcd1234”"),
        (&["export", &case, "--for", "king", "--out", &nowhere], "police"),
        (&["verify", folder.path().to_str().unwrap()], "neither a case"),
        (&["together", "--within", "soon", &there], "no length of time"),
        (&["frobnicate"], "unrecognized"),
        (&["log", &case, "call", "--when", "yesterday", "--words", "x"], "not a time"),
    ];
    for (words, says) in cases {
        let (code, out, error) = run(words);
        assert_eq!(code, 2, "{words:?}: {out}{error}");
        assert!(error.contains(says), "{words:?} said: {error}");
    }
    assert_eq!(files(case.as_ref()), before);
}

#[test]
fn nothing_confirmed_is_nothing_to_hand_over() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    run(&["scan", &case]);
    let out = folder.path().join("package");
    let (code, _, error) = run(&["export", &case, "--for", "police", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(error.contains("review"), "{error}");
    assert!(!out.exists());
}
