//! What was done with the evidence is in the ledger: erasing with its receipt, changing the key, failures.

mod common;

use std::path::Path;

use common::{files, holds, new_case, run, sample};
use seal::note::VerifierKey;
use seal::proof::Proof;

fn log(case: &str) -> String {
    std::fs::read_to_string(Path::new(case).join("ledger/log")).unwrap()
}

#[test]
fn erased_bytes_are_gone_and_their_tombstone_proves_itself() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    run(&["scan", &case]);
    run(&["review", &case, "confirm", "--all-open", "--why", "test"]);
    let (_, out, _) = run(&["--json", "erase", &case]);
    let lines: serde_json::Value = serde_json::from_str(&out).unwrap();
    let digest = lines[0]["capture"].as_str().unwrap().to_owned();

    let before = files(case.as_ref());
    let (code, _, error) = run(&["erase", &case, &digest]);
    assert!(code == 2 && error.contains("--why"), "{error}");
    let (code, _, error) = run(&["erase", &case, "ffffffffff", "--why", "x"]);
    assert!(code == 2 && error.contains("names no capture"), "{error}");
    assert_eq!(files(case.as_ref()), before);

    let receipt = folder.path().join("receipt.json");
    let words =
        ["erase", &case, &digest[..10], "--why", "not mine to keep", "--receipt", receipt.to_str().unwrap()];
    let (code, out, error) = run(&words);
    assert_eq!(code, 0, "{out}{error}");
    let words: Vec<&str> = vec!["hatchback", "example_watcher"];
    assert!(words.iter().any(|word| before.values().any(|bytes| holds(bytes, word))));
    for (name, bytes) in files(case.as_ref()) {
        for word in &words {
            assert!(!holds(&bytes, word), "{name} still shows {word}");
        }
        assert!(!name.contains(&digest), "{name}");
    }
    let receipt: serde_json::Value = serde_json::from_slice(&std::fs::read(&receipt).unwrap()).unwrap();
    let key: VerifierKey = receipt["key"].as_str().unwrap().parse().unwrap();
    let tombstones = receipt["erased"].as_array().unwrap();
    assert!(tombstones.iter().any(|tombstone| tombstone["object"] == digest.as_str()));
    for tombstone in tombstones {
        let proof: Proof = tombstone["proof"].as_str().unwrap().parse().unwrap();
        let line = tombstone["line"].as_str().unwrap();
        assert!(line.contains(tombstone["object"].as_str().unwrap()) && line.contains("\"erased\""));
        proof.verify(line.as_bytes(), &key).unwrap();
    }
    let (code, out, _) = run(&["verify", &case]);
    assert!(code == 0 && out.contains("were erased on a person's word"), "{out}");
    let (code, out, _) = run(&["--json", "rebuild", &case]);
    assert!(code == 0 && out.contains("\"unchanged\":true"), "{out}");

    // The same file may be kept again, and a new exhibit never gets the number of an erased one.
    let (code, ..) = run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    assert!(code <= 1);
    run(&["scan", &case]);
    run(&["review", &case, "confirm", "--all-open", "--why", "test"]);
    let mut numbers: Vec<u64> = log(&case)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["number"].as_u64())
        .collect();
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "no number is given twice");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");

    // What the app keeps goes too: searches as they were typed.
    let desk = Path::new(&case).join("desk");
    std::fs::create_dir_all(&desk).unwrap();
    std::fs::write(desk.join("searches.json"), br#"[{"name":"her street","words":"Acorn Lane"}]"#).unwrap();
    let (code, _, error) = run(&["erase", &case, "--everything", "--why", "kept long enough"]);
    assert_eq!(code, 0, "{error}");
    assert!(!desk.exists());
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    let left = files(case.as_ref());
    assert!(left.iter().filter(|(name, _)| name.starts_with("objects/")).count() <= 2, "{:?}", left.keys());
}

#[test]
fn old_keys_stay_and_old_checkpoints_stay_checkable() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    let keys = Path::new(&case).join("ledger/keys/verifier.txt");
    let old = std::fs::read_to_string(&keys).unwrap();
    let checkpoint = std::fs::read_to_string(Path::new(&case).join("ledger/checkpoint")).unwrap();
    let (code, out, error) = run(&["rekey", &case]);
    assert_eq!(code, 0, "{out}{error}");
    let both = std::fs::read_to_string(&keys).unwrap();
    assert!(both.starts_with(&old) && both.lines().count() == 2, "{both}");
    assert!(log(&case).contains("\"event\":\"key-changed\""));
    let opened = case::Case::open(Path::new(&case), "test").unwrap();
    assert!(
        opened.ledger().was(&checkpoint.parse().unwrap()).is_ok(),
        "the old key's checkpoint is of this log"
    );
    drop(opened);
    let (code, out, _) = run(&["verify", &case]);
    assert!(code == 0 && out.contains("2 keys"), "{out}");

    // A crash after the event and before the new key's file took its place is mended.
    let folder = Path::new(&case).join("ledger/keys");
    std::fs::rename(folder.join("signing.key"), folder.join("signing.key.next")).unwrap();
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    assert!(folder.join("signing.key").is_file());
}

#[test]
fn what_failed_and_what_was_shown_is_in_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    run(&["scan", &case]);
    let out = folder.path().join("package");
    let (code, ..) = run(&["export", &case, "--for", "police", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(log(&case).contains("\"command\":\"export\",\"code\":\"package.refused\""), "{}", log(&case));
    run(&["review", &case, "list"]);
    assert!(!log(&case).contains("\"viewed\""));
    run(&["review", &case, "list", "--show", "--by", "A. Helper"]);
    assert!(log(&case).contains("\"event\":\"viewed\""));

    // A check that fails is an event as well.
    let (name, _) = files(case.as_ref()).into_iter().find(|(name, _)| name.starts_with("objects/")).unwrap();
    std::fs::write(Path::new(&case).join(name), b"changed").unwrap();
    let (code, ..) = run(&["verify", &case]);
    assert_eq!(code, 1);
    let last = log(&case);
    let last = last.lines().last().unwrap();
    assert!(last.contains("\"event\":\"verified\"") && last.contains("\"failed\":1"), "{last}");
}

#[test]
fn the_day_until_which_a_case_is_kept_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    for (name, date, says) in
        [("a", "2001-01-31", "has passed"), ("b", "2999-12-31", "to be kept until 2999-12-31")]
    {
        let case = folder.path().join(name).to_string_lossy().into_owned();
        let words = ["new", &case, "--role", "postal", "--state", "PA", "--keep-until", date];
        assert_eq!(run(&words).0, 0);
        let (code, out, _) = run(&["verify", &case]);
        assert!(code == 0 && out.contains(says), "{out}");
    }
    let case = folder.path().join("c").to_string_lossy().into_owned();
    let (code, _, error) = run(&["new", &case, "--role", "postal", "--state", "PA", "--keep-until", "soon"]);
    assert!(code == 2 && error.contains("no day"), "{error}");
}
