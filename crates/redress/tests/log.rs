//! Calls, voicemails, letters and visits: written down by hand or as JSON, beside the posts from then on.

mod common;

use common::{files, filter, new_case, run};

#[test]
fn a_list_of_incidents_is_taken_in_with_its_recordings() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    std::fs::write(folder.path().join("voicemail.m4a"), b"invented sound").unwrap();
    let list = folder.path().join("incidents.json");
    // A byte order mark, as some editors write.
    std::fs::write(
        &list,
        "\u{feff}[
        {\"kind\": \"voicemail\", \"when\": \"2025-11-04T21:10:00-05:00\", \"from\": \"(202) 555-0143\", \"seconds\": 41,
         \"words\": \"We know where you live. You will hang.\", \"recording\": \"voicemail.m4a\",
         \"original_with\": \"the county's answering machine\", \"reported_to\": [\"sheriff, 25-0001\"]},
        {\"kind\": \"visit\", \"when\": \"2025-11-05\", \"about\": true, \"place\": \"at the front door\",
         \"who\": \"a man in a gray hatchback\", \"witnesses\": [\"A. Example\"]}]",
    )
    .unwrap();
    let (code, out, error) = run(&["--json", "log", &case, "--json-in", list.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    let sound = values::Digest::of(b"invented sound");
    assert!(out.contains(&format!("\"recording\":\"{sound}\"")), "{out}");
    // The sound lies in the case under its own digest, and the ledger vouches for it.
    let opened = case::Case::open(case.as_ref(), "test").unwrap();
    assert_eq!(opened.objects().get(&sound).unwrap(), b"invented sound");
    drop(opened);
    let (code, out, _) = run(&["scan", &case]);
    assert!(code == 0 && out.contains("threat"), "{out}");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    let (_, out, _) = run(&["--json", "rebuild", &case]);
    assert!(out.contains("\"unchanged\":true"), "{out}");
    // The same list again keeps the sound once.
    let (code, ..) = run(&["log", &case, "--json-in", list.to_str().unwrap()]);
    assert_eq!(code, 0);
    let (_, out, _) = run(&["verify", &case]);
    assert!(!out.contains("failed  "), "{out}");
}

#[test]
fn one_a_line_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let lines = b"{\"kind\":\"call\",\"when\":\"2025-11-04 21:10\",\"words\":\"one\"}\n{\"kind\":\"letter\",\"when\":\"2025-11-06\",\"words\":\"two\"}\n";
    let (code, out, error) = filter(&["log", &case, "--json-in", "-"], lines);
    assert_eq!(code, 0, "{error}");
    assert_eq!(out.matches("Written down as").count(), 2, "{out}");
}

#[test]
fn before_recording_a_call_the_state_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let call = |kind: &str| {
        let (code, out, error) = run(&["log", &case, kind, "--when", "2025-11-04 21:10", "--words", "words"]);
        assert_eq!(code, 0, "{error}");
        out
    };
    let out = call("call");
    assert!(out.contains("everybody who takes part must agree (18 Pa. Cons. Stat."), "{out}");
    assert!(out.contains("not checked by a lawyer"), "{out}");
    // A letter is not recorded.
    assert!(!call("letter").contains("must agree"));
}

#[test]
fn what_cannot_be_right_is_said_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    std::fs::write(folder.path().join("empty.m4a"), b"").unwrap();
    let empty = folder.path().join("empty.m4a").to_string_lossy().into_owned();
    let before = files(case.as_ref());
    let check = |words: &[&str], input: &[u8], expected: &str| {
        let (code, _, error) = filter(words, input);
        assert_eq!(code, 2, "{words:?}: {error}");
        assert!(error.contains(expected), "{error}");
        assert_eq!(files(case.as_ref()), before, "{words:?}");
    };
    let log = ["log", case.as_str()];
    let with = |more: &[&'static str]| log.iter().copied().chain(more.iter().copied()).collect::<Vec<&str>>();
    check(&with(&["shout", "--when", "2025-11-04", "--words", "x"]), b"", "is not one of call, voicemail");
    check(&with(&["call", "--when", "soon", "--words", "x"]), b"", "Write when it happened");
    check(
        &with(&["call", "--when", "2999-11-04", "--words", "x"]),
        b"",
        "has not come yet: for this computer it is",
    );
    check(&with(&["call", "--when", "2999-11-04T10:00:00Z", "--words", "x"]), b"", "has not come yet");
    check(&with(&["call", "--when", "0025-11-04", "--words", "x"]), b"", "more than a hundred years ago");
    let three = [
        "visit",
        "--when",
        "2025-11-04",
        "--who",
        "a",
        "--who",
        "b",
        "--words",
        "x",
        "--words",
        "y",
        "--words",
        "z",
    ];
    check(&with(&three), b"", "2 people and 3 statements");
    check(&with(&["call", "--when", "2025-11-04"]), b"", "Nothing was said of what happened");
    check(&with(&["call"]), b"", "Say what happened and when");
    check(&with(&["--json-in", "-"]), b"[]", "0 incidents");
    check(&with(&["--json-in", "-"]), b"{\"kind\":\"call\",\"wen\":\"x\"}", "unknown field");
    // One wrong entry of several: none is added.
    let second = b"[{\"kind\":\"call\",\"when\":\"2025-11-04\",\"words\":\"x\"},{\"kind\":\"call\",\"when\":\"\",\"words\":\"x\"}]";
    check(&with(&["--json-in", "-"]), second, "Entry 2");
    check(
        &["log", &case, "voicemail", "--when", "2025-11-04", "--recording", &empty],
        b"",
        "is no file from 1 byte",
    );
}

#[test]
fn a_visit_of_several_people_keeps_who_said_what() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let visit = ["--json", "log", &case, "visit", "--when", "2025-11-05 18:00"];
    let man = ["--who", "a man in a cap", "--words", "We know where you live."];
    let woman = ["--who", "a woman", "--words", "You will hang."];
    let (code, first, error) = run(&[&visit[..], &man, &woman].concat());
    assert_eq!(code, 0, "{first}{error}");
    let list = b"{\"kind\":\"visit\",\"when\":\"2025-11-06\",\"said\":[{\"who\":\"a tall man\",\"words\":\"Come out.\"},{\"who\":\"a boy\",\"words\":\"Now.\"}]}";
    let (code, second, error) = filter(&["--json", "log", &case, "--json-in", "-"], list);
    assert_eq!(code, 0, "{error}");
    let opened = case::Case::open(case.as_ref(), "test").unwrap();
    let words = |said: &str| {
        let said: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
        let key = said.get(0).unwrap_or(&said)["key"].as_str().unwrap().to_owned();
        opened.view().seen(&record::PostKey::from_stored(key)).unwrap().unwrap().post.text
    };
    assert_eq!(words(&first), "a man in a cap: We know where you live.\na woman: You will hang.");
    assert_eq!(words(&second), "a tall man: Come out.\na boy: Now.");
    drop(opened);
    assert_eq!(run(&["scan", &case]).0, 0);
    let (_, out, _) = run(&["--json", "review", &case, "list"]);
    assert!(out.contains("\"threat\""), "{out}");
}

#[test]
fn what_was_noted_stands_in_the_packages_of_those_who_may_know_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    // Nothing goes to the public while nobody wrote down what is private.
    std::fs::write(std::path::Path::new(&case).join("private.toml"), "plates = [\"RDR-0000\"]\n").unwrap();
    std::fs::write(folder.path().join("voicemail.m4a"), b"invented sound").unwrap();
    let list = folder.path().join("incidents.json");
    std::fs::write(
        &list,
        r#"{"kind": "voicemail", "when": "2025-11-04T21:10:00-05:00", "from": "(202) 555-0143", "seconds": 65,
            "words": "We know where you live. You will hang.", "recording": "voicemail.m4a", "about": true,
            "who": "a man who gave no name", "place": "the county annex", "witnesses": ["Wren Sample"],
            "original_with": "the answering machine of the annex", "reported_to": ["sheriff, 25-0001"]}"#,
    )
    .unwrap();
    let (code, out, error) = run(&["log", &case, "--json-in", list.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    assert_eq!(run(&["scan", &case]).0, 0);
    assert_eq!(run(&["review", &case, "confirm", "--all-open", "--kind", "threat", "--by", "Ana"]).0, 0);
    let sound = values::Digest::of(b"invented sound").to_string();
    let noted =
        ["the county annex", "the answering machine of the annex", "sheriff, 25-0001", sound.as_str()];
    let package = |kind: &str| {
        let out = folder.path().join(kind);
        let (code, said, error) = run(&["export", &case, "--for", kind, "--out", out.to_str().unwrap()]);
        assert!(code <= 1, "{kind}: {said}{error}");
        let read = |name: &str| std::fs::read_to_string(out.join("data").join(name)).unwrap_or_default();
        let all = files(&out);
        let named = |word: &str| all.values().any(|bytes| common::holds(bytes, word));
        let table = read("tables/incidents.csv");
        (table, read("exhibits/EX-0001/post.json"), read("exhibits/EX-0001/page.html"), named("Wren Sample"))
    };
    for kind in ["police", "counsel", "employer"] {
        let (table, json, page, witness) = package(kind);
        for word in noted {
            assert!(table.contains(word) && json.contains(word) && page.contains(word), "{kind}: {word}");
        }
        assert!(table.contains("\"voicemail\"") && table.contains("about"), "{kind}: {table}");
        assert!(page.contains("1:05"), "{kind}");
        assert_eq!(witness, kind != "employer", "{kind}: the witness");
    }
    for kind in ["platform", "public"] {
        let (table, json, page, witness) = package(kind);
        assert!(table.is_empty() && !json.contains("original_with") && !witness, "{kind}");
        assert!(!page.contains("the answering machine of the annex"), "{kind}");
    }
}
