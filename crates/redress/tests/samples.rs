//! Real commands on the invented sample captures: the same six posts, whatever the format.

mod common;

use std::collections::BTreeSet;

use common::{files, holds, new_case, run, sample};
use serde_json::Value;

/// The six posts of the samples.
const SIX: [&str; 6] = [
    "1985724259103670395",
    "1985726524027830284",
    "1985732060509110279",
    "1985738855281590281",
    "1985755464725430273",
    "1985769557586870274",
];

const FORMATS: [&str; 4] = ["zeeschuimer-x-ndjson", "har", "x-api-v2-json", "research-csv-usc"];

#[test]
fn the_six_posts_merge_across_formats() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    for format in FORMATS {
        let (code, out, error) = run(&["import", &case, &sample(format)]);
        assert!(code <= 1, "{format}: {out}{error}");
    }
    let opened = case::Case::open(case.as_ref(), "test").unwrap();
    let mut keys = BTreeSet::new();
    opened
        .view()
        .each_seen(|seen| {
            if seen.post.text.is_empty() && seen.post.repost_of.is_none() {
                return;
            }
            if seen.post.platform == values::Platform::X {
                keys.insert(seen.post.key.native_id().unwrap_or_default().to_owned());
            }
        })
        .unwrap();
    for id in SIX {
        assert!(keys.contains(id), "{id} is missing in {keys:?}");
    }
    assert_eq!(keys.len(), SIX.len(), "{keys:?}");
}

#[test]
fn secrets_of_a_network_log_are_nowhere_and_the_ledger_says_what_was_stripped() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let (code, out, error) = run(&["--json", "import", &case, &sample("har/x_community_and_thread.har")]);
    assert!(code <= 1, "{out}{error}");
    for (name, bytes) in files(case.as_ref()) {
        assert!(!holds(&bytes, "SAMPLE-SECRET-MUST-BE-STRIPPED"), "{name}");
    }
    let outcome: Value = serde_json::from_str(&out).unwrap();
    let original = outcome["files"][0]["stripped_from"].as_str().unwrap().to_owned();
    let log = std::fs::read_to_string(std::path::Path::new(&case).join("ledger/log")).unwrap();
    assert!(log.contains(&format!("\"stripped_from\":\"{original}\"")), "{log}");
    let bytes = std::fs::read(sample("har/x_community_and_thread.har")).unwrap();
    assert_eq!(values::Digest::of(&bytes).to_string(), original);
}

#[test]
fn importing_the_same_bytes_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    for format in FORMATS {
        run(&["import", &case, &sample(format)]);
    }
    let before = files(case.as_ref());
    for format in FORMATS {
        let (_, out, _) = run(&["import", &case, &sample(format)]);
        assert!(!out.contains("  kept "), "{format}: {out}");
    }
    assert_eq!(files(case.as_ref()), before);
}

#[test]
fn a_call_stands_beside_the_posts() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let (code, out, error) = run(&[
        "log",
        &case,
        "call",
        "--when",
        "2025-11-04 21:10",
        "--about",
        "--from",
        "(202) 555-0143",
        "--words",
        "We know where you live. You will hang.",
    ]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("phone:~"), "{out}");
    let (code, out, _) = run(&["scan", &case]);
    assert!(code == 0 && out.contains("threat"), "{out}");
    let (code, ..) = run(&["review", &case, "confirm", "--all-open", "--kind", "threat", "--by", "Ana"]);
    assert_eq!(code, 0);
    let package = folder.path().join("package");
    let (code, out, error) = run(&["export", &case, "--for", "police", "--out", package.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    let post = std::fs::read_to_string(package.join("data/exhibits/EX-0001/post.txt")).unwrap();
    assert_eq!(post, "We know where you live. You will hang.");
}
