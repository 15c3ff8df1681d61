//! The private part under a passphrase: unreadable while locked, the same as before once unlocked, and never lost, also
//! where locking and unlocking are killed.

mod common;

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{files, filter, holds, new_case, redress, run, sample};

/// Little work, so that the test spends its time on kills and not on guessing.
const WORK: &str = "10";

fn with(passphrase: &str, words: &[&str]) -> (i32, String, String) {
    filter(words, passphrase.as_bytes())
}

/// A case with posts, a private set and an index.
fn filled(folder: &Path) -> String {
    let case = new_case(folder);
    let private = Path::new(&case).join("private.toml");
    std::fs::write(private, "names = [\"Maria Example\"]\nplates = [\"RDR-0000\"]\n").unwrap();
    // What the app keeps: searches as they were typed, and who may help.
    let desk = Path::new(&case).join("desk");
    std::fs::create_dir(&desk).unwrap();
    std::fs::write(desk.join("searches.json"), br#"[{"name":"her street","words":"Acorn Lane"}]"#).unwrap();
    std::fs::write(desk.join("helpers.json"), br#"[{"name":"Ana"}]"#).unwrap();
    let (code, ..) = run(&["import", &case, &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    assert!(code <= 1);
    run(&["scan", &case]);
    case
}

#[test]
fn locked_nothing_private_is_readable_and_unlocked_everything_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let case = filled(folder.path());
    let before = files(case.as_ref());
    let content = |case: &str| {
        let (_, out, _) = run(&["--json", "rebuild", case]);
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["content"].as_str().unwrap().to_owned()
    };
    let index = content(&case);
    let (code, _, error) = with("", &["lock", &case]);
    assert!(code == 2 && error.contains("empty"), "{error}");
    let (code, _, error) = with("correct horse\n", &["unlock", &case]);
    assert!(code == 2 && error.contains("not locked"), "{error}");
    let (code, out, error) = with("correct horse\n", &["lock", &case, "--work", WORK]);
    assert_eq!(code, 0, "{out}{error}");

    let words =
        ["hatchback", "Maria Example", "RDR-0000", "Acorn Lane", "example_watcher", "SQLite format 3"];
    for word in words {
        assert!(before.values().any(|bytes| holds(bytes, word)), "{word} was readable before");
    }
    for (name, bytes) in files(case.as_ref()) {
        for word in words {
            assert!(!holds(&bytes, word), "{name} shows {word} while locked");
        }
        assert!(!name.ends_with("signing.key") && !name.contains(".tmp"), "{name}");
        if name.ends_with(".age") {
            assert!(bytes.starts_with(b"age-encryption.org/v1\n"), "{name} is not in the age format");
        }
    }

    assert!(Path::new(&case).join("desk/helpers.json").is_file(), "who may help is known while locked");

    // Every other command says so, says what to do, and changes nothing.
    let locked = files(case.as_ref());
    let out_there = folder.path().join("out").to_string_lossy().into_owned();
    let there = sample("zeeschuimer-x-ndjson/sample.ndjson");
    let others: [&[&str]; 9] = [
        &["import", &case, &there],
        &["scan", &case],
        &["trace", &case],
        &["review", &case],
        &["plan", &case],
        &["rebuild", &case],
        &["erase", &case],
        &["export", &case, "--for", "police", "--out", &out_there],
        &["log", &case, "call", "--when", "2025-11-04T15:02:00Z", "--words", "x"],
    ];
    for words in others {
        let (code, _, error) = run(words);
        assert_eq!(code, 1, "{words:?}: {error}");
        assert!(error.contains("locked") && error.contains("redress unlock"), "{words:?}: {error}");
    }
    let (code, _, error) = with("correct horse\n", &["lock", &case]);
    assert!(code == 2 && error.contains("locked already"), "{error}");
    assert_eq!(files(case.as_ref()), locked);
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("are there, locked") && out.contains("the case is locked; unlock it"), "{out}");

    for wrong in ["correct hors\n", "Correct horse\n", " correct horse\n"] {
        let (code, _, error) = with(wrong, &["unlock", &case]);
        assert!(code == 1 && error.contains("not the one this case was locked with"), "{error}");
    }
    let (code, out, error) = with("correct horse\n", &["unlock", &case]);
    assert_eq!(code, 0, "{out}{error}");
    assert_eq!(content(&case), index, "the index says the same");
    let after = files(case.as_ref());
    for (name, bytes) in &before {
        if !name.starts_with("index.sqlite") && !name.starts_with("ledger/") {
            assert_eq!(after.get(name), Some(bytes), "{name}");
        }
    }
    assert!(!after.keys().any(|name| name.starts_with("locked/") || name.ends_with(".age")));
    let log = String::from_utf8(after["ledger/log"].clone()).unwrap();
    assert_eq!(log.matches("passphrase.wrong").count(), 3, "wrong passphrases are in the ledger");
    assert!(log.contains("\"event\":\"locked\"") && log.contains("\"event\":\"unlocked\""));
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn a_broken_locked_object_is_named_and_the_others_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let case = filled(folder.path());
    assert_eq!(with("pass\n", &["lock", &case, "--work", WORK]).0, 0);
    let (name, mut bytes) = files(case.as_ref())
        .into_iter()
        .find(|(name, _)| name.starts_with("objects/") && name.ends_with(".age"))
        .unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(Path::new(&case).join(&name), bytes).unwrap();
    let (code, out, error) = with("pass\n", &["unlock", &case]);
    assert_ne!(code, 0);
    assert!(out.contains(&name) || error.contains("backup"), "{out}{error}");
}

#[test]
fn being_killed_while_locking_or_unlocking_loses_nothing() {
    const KILLS: u64 = 60;
    let folder = tempfile::tempdir().unwrap();
    let case = filled(folder.path());
    let objects = |case: &str| -> Vec<(String, Vec<u8>)> {
        let private =
            |name: &String| name.starts_with("objects/") || name == "private.toml" || name == "claims.toml";
        files(case.as_ref()).into_iter().filter(|(name, _)| private(name)).collect()
    };
    let before = objects(&case);
    let passphrase = folder.path().join("passphrase");
    std::fs::write(&passphrase, "four quiet words here\n").unwrap();
    let file = passphrase.to_str().unwrap();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let (mut killed, mut half) = (0, 0);
    // How long each takes undisturbed says within which time a kill meets it at work.
    let timed = |word: &str| {
        let begun = Instant::now();
        let (code, out, error) = run(&[word, &case, "--passphrase-file", file, "--work", WORK]);
        assert_eq!(code, 0, "{out}{error}");
        u64::try_from(begun.elapsed().as_micros()).unwrap()
    };
    let (lock, unlock) = (timed("lock"), timed("unlock"));
    for number in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let state = std::fs::read_to_string(Path::new(&case).join("locked/state")).unwrap_or_default();
        // Interrupted ones are finished in either direction.
        let word = match state.trim() {
            "locked" => "unlock",
            "locking" | "unlocking" if number % 2 == 0 => "unlock",
            _ => "lock",
        };
        let mut child = redress([word, &case, "--passphrase-file", file, "--work", WORK])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let whole = if word == "lock" { lock } else { unlock };
        std::thread::sleep(Duration::from_micros((random >> 33) % (whole + whole / 5)));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        let state = std::fs::read_to_string(Path::new(&case).join("locked/state")).unwrap_or_default();
        if ["locking", "unlocking"].contains(&state.trim()) {
            half += 1;
            let (code, _, error) = run(&["scan", &case]);
            assert!(code == 1 && error.contains("Nothing is lost"), "{error}");
            let (code, out, _) = run(&["verify", &case]);
            assert_eq!(code, 0, "{out}");
        }
    }
    assert!(killed > 10 && half > 3, "{killed} of {KILLS} were killed in time, {half} half way");
    let (code, _, error) = run(&["unlock", &case, "--passphrase-file", file]);
    assert!(code == 0 || error.contains("not locked"), "{error}");
    let after = objects(&case);
    let names = |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before));
    assert!(after == before, "every byte is there again");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}
