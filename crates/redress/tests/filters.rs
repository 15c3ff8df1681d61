//! The filters' contract: fields, order, exit codes.

mod common;

use std::fs;

use common::{filter, run, sample};
use serde_json::{Value, json};

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn detect_writes_a_line_for_every_post_in_order_with_the_contracts_fields() {
    let texts = ["hello", "é @a Gray hatchback, plate RDR-0000. Who is this? Find him.", ""];
    let input: String = texts
        .iter()
        .enumerate()
        .map(|(id, text)| json!({ "id": id, "text": text }).to_string() + "\n")
        .collect();
    let (code, out, error) = filter(&["detect"], input.as_bytes());
    assert_eq!(code, 0, "{error}");
    let lines = lines(&out);
    assert_eq!(lines.len(), 3);
    for (id, line) in lines.iter().enumerate() {
        assert_eq!(line["id"], id);
    }
    assert_eq!(lines[0]["findings"], json!([]));
    let findings = lines[1]["findings"].as_array().unwrap();
    let plate = findings.iter().find(|finding| finding["what"] == "plate").expect("the plate is found");
    for field in
        ["kind", "what", "whose", "level", "detector", "start", "end", "quote", "score", "reasons", "counts"]
    {
        assert!(plate.get(field).is_some(), "{field} is missing in {plate}");
    }
    let span = plate["start"].as_u64().unwrap() as usize..plate["end"].as_u64().unwrap() as usize;
    assert_eq!(texts[1][span], *plate["quote"].as_str().unwrap());
    assert!(plate["quote"].as_str().unwrap().contains("RDR-0000"));
    assert!(findings.iter().any(|finding| finding["kind"] == "call-to-identify"));
}

#[test]
fn detect_says_which_line_it_could_not_read_and_goes_on() {
    let (code, out, error) =
        filter(&["detect"], b"{\"id\":1,\"text\":\"a\"}\nnot json\n{\"id\":2,\"text\":\"b\"}\n");
    assert_eq!(code, 1);
    assert_eq!(lines(&out).len(), 2);
    assert!(error.contains("Line 2"), "{error}");
}

#[test]
fn match_ranks_claims_and_says_none() {
    let folder = tempfile::tempdir().unwrap();
    let claims = folder.path().join("claims.jsonl");
    fs::write(
        &claims,
        "{\"id\":\"mules\",\"claim\":\"Paid mules stuffed drop boxes with ballots.\",\"variants\":[\"2000 mules proved it\"]}\n\
         {\"id\":\"dead\",\"claim\":\"Thousands of dead people voted.\"}\n",
    )
    .unwrap();
    let input = b"{\"id\":\"a\",\"text\":\"2000 mules proved that paid mules stuffed the drop boxes\"}\n{\"id\":\"b\",\"text\":\"good morning everyone\"}\n";
    let (code, out, error) = filter(&["match", "--claims", claims.to_str().unwrap(), "--top", "1"], input);
    assert_eq!(code, 0, "{error}");
    let lines = lines(&out);
    assert_eq!(lines[0]["matches"][0]["claim"], "mules");
    assert_eq!(lines[0]["none"], false);
    assert!(lines[0]["matches"].as_array().unwrap().len() <= 1);
    for field in ["score", "stance", "words"] {
        assert!(lines[0]["matches"][0].get(field).is_some(), "{field}");
    }
    assert_eq!(lines[1]["none"], true);
}

#[test]
fn together_writes_the_contracts_columns() {
    let input = b"account_id,object_id,content_id,timestamp_share\nb,o1,c1,100\na,o1,c2,130\nc,o1,c3,500\na,,c4,101\nb,,c5,101\n";
    let (code, out, error) = filter(&["together", "--within", "60s"], input);
    assert_eq!(code, 0, "{error}");
    let mut rows = out.lines();
    assert_eq!(rows.next(), Some("account_a,account_b,weight,objects,mean_delta_s,chance"));
    let row: Vec<&str> = rows.next().unwrap().split(',').collect();
    assert_eq!(row[..4], ["a", "b", "1", "1"]);
    assert_eq!(row[4].parse::<f64>().unwrap(), 30.0);
    assert_eq!(rows.next(), None, "an empty thing is no thing, and 400 s are more than 60");
}

/// Writes a table into a folder and returns its path.
fn table(folder: &tempfile::TempDir, text: &str) -> String {
    let path = folder.path().join("actions.csv");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const KINDS: &str = "account_id,action,object_id,content_id,timestamp_share\n\
    a,repost,o,1,0\nb,repost,o,2,30\nc,reply,o,3,31\nd,reply,o,4,200\n\
    a,text,Who is this man with the bag of ballots at the drop box?,5,1000\n\
    c,text,who is this man with the bag of ballots at the drop box ??,6,1010\n\
    d,text,A quiet morning at the county library today,7,1015\n";

#[test]
fn together_takes_the_kinds_asked_for_and_nearly_the_same_words_are_one_thing() {
    let folder = tempfile::tempdir().unwrap();
    let path = table(&folder, KINDS);
    let pairs = |by: &str| {
        let (code, out, error) = run(&["together", "--by", by, &path]);
        assert_eq!(code, 0, "{error}");
        out.lines()
            .skip(1)
            .map(|line| line.split(',').take(4).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(pairs("pairs"), ["a b 1 1", "a c 1 1", "b c 1 1"]);
    assert_eq!(pairs("repost"), ["a b 1 1"]);
    assert_eq!(pairs("reply"), [""; 0]);
    assert_eq!(pairs("repost,reply"), ["a b 1 1"], "passing on and answering are two things");
    assert_eq!(pairs("text,objects"), ["a c 1 1"]);
    let (code, out, error) = filter(
        &["together", "--by", "link"],
        b"account_id,object_id,content_id,timestamp_share\na,l,1,0\nb,l,2,1\n",
    );
    assert!(code == 0 && out.lines().count() == 2, "{out}");
    assert!(error.contains("every row was taken as link"), "{error}");
}

#[test]
fn together_counts_several_windows_in_one_pass_and_says_who_led() {
    let folder = tempfile::tempdir().unwrap();
    let path = table(
        &folder,
        "account_id,object_id,content_id,timestamp_share\na,o,1,0\nb,o,2,5\na,p,3,0\nb,p,4,50\na,q,5,400\nb,q,6,100\n",
    );
    let (code, out, error) = run(&["together", "--within", "10s,60s,5m", &path]);
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("6 actions of 2 accounts on 3 things make exactly 3 pairs within 5m."), "{error}");
    let mut lines = out.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let row = lines.next().unwrap();
    let of = |name: &str| row[head.iter().position(|column| *column == name).unwrap()];
    assert_eq!(
        ["weight", "objects", "a_first", "b_first", "within_10s", "within_60s", "within_5m"].map(of),
        ["3", "3", "2", "1", "1", "2", "3"]
    );
    let (code, out, _) = run(&["together", "--within", "5m", "--pair", "b", "a", &path]);
    assert_eq!(code, 0);
    assert_eq!(
        out.lines().nth(3),
        Some("q,6,1970-01-01T00:01:40.000Z,5,1970-01-01T00:06:40.000Z,300"),
        "{out}"
    );
}

#[test]
fn together_reads_parquet_by_content_and_writes_what_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let csv = table(&folder, "account_id,object_id,content_id,time_ms\nb,o,1,0\na,o,2,1500\nc,o,3,90000\n");
    let mut bytes = Vec::new();
    let mut file = network::together::ActionsFile::new(&mut bytes).unwrap();
    for (account, content, millis) in [("b", "1", 0), ("a", "2", 1500), ("c", "3", 90_000)] {
        file.push(&network::together::ActionRow {
            account,
            action: network::together::Kind::Link,
            object: "o",
            content,
            millis,
        })
        .unwrap();
    }
    file.finish().unwrap();
    let parquet = folder.path().join("actions.of-any-name");
    fs::write(&parquet, &bytes).unwrap();
    let parquet = parquet.to_str().unwrap();
    let (code, expected, error) = run(&["together", &csv]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(run(&["together", parquet]).1, expected);
    assert_eq!(filter(&["together"], &bytes).1, expected, "through a pipe");
    for (ending, begins) in
        [("csv", "account_a,"), ("parquet", "PAR1"), ("gexf", "<?xml"), ("graphml", "<?xml"), ("svg", "<svg")]
    {
        let out = folder.path().join(format!("edges.{ending}"));
        let (code, _, error) = run(&["together", "--out", out.to_str().unwrap(), parquet]);
        assert_eq!(code, 0, "{error}");
        assert!(fs::read(&out).unwrap().starts_with(begins.as_bytes()), "{ending}");
    }
    let damaged = folder.path().join("damaged");
    fs::write(&damaged, &bytes[..bytes.len() - 9]).unwrap();
    let out = folder.path().join("never.csv");
    let (code, _, error) = run(&["together", "--out", out.to_str().unwrap(), damaged.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(error.contains("could not be read") && !error.contains("panicked"), "{error}");
    assert!(!out.exists() && fs::read_dir(folder.path()).unwrap().count() == 8, "nothing is left behind");
}

#[test]
fn together_keeps_only_what_chance_does_not_explain_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("account_id,object_id,content_id,timestamp_share\n");
    for n in 0..6 {
        text += &format!("ann,rare{n},a{n},{0}\nbob,rare{n},b{n},{0}\n", n * 1000);
    }
    for n in 0..40 {
        text += &format!("user{n},popular,c{n},{}\n", n * 20);
    }
    let path = table(&folder, &text);
    let (code, all, _) = run(&["together", &path]);
    assert!(code == 0 && all.lines().count() > 100);
    let (code, kept, error) = run(&["together", "--rate", "0.05", &path]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(kept.lines().count(), 2, "{kept}");
    assert!(kept.lines().nth(1).unwrap().starts_with("ann,bob,6,6,0,"), "{kept}");
    assert!(error.contains("1 of 115 edges written"), "{error}");
    let times = ["together", "--null", "times", "--seed", "7", path.as_str()];
    assert_eq!(run(&times).1, run(&times).1, "the same seed gives the same answer");
    let (_, none, _) = run(&["together", "--null", "none", &path]);
    assert!(none.lines().nth(1).unwrap().ends_with(','), "{none}");
    assert_eq!(run(&["together", "--null", "none", "--rate", "0.1", &path]).0, 2);
    let (code, out, error) = run(&["together", "--cap", "50", &path]);
    assert_eq!((code, out.lines().count()), (1, 2), "{error}");
    assert!(error.contains("“popular” was left out: 40 actions make"), "{error}");
    let (code, alone, _) = run(&["together", "--thing", "popular", &path]);
    assert!(code == 0 && alone.lines().count() == all.lines().count() - 1);
}

#[test]
fn lint_writes_the_contracts_fields() {
    let (code, out, _) = run(&["--json", "lint", &sample("zeeschuimer-x-ndjson/sample.ndjson")]);
    assert!(code <= 1);
    let line: Value = serde_json::from_str(out.trim()).unwrap();
    for field in ["file", "format", "verdict", "grade", "posts", "troubles"] {
        assert!(line.get(field).is_some(), "{field} is missing in {line}");
    }
    for trouble in line["troubles"].as_array().unwrap() {
        for field in ["code", "severity", "what", "next"] {
            assert!(trouble.get(field).is_some(), "{field} is missing in {trouble}");
        }
    }
}

#[test]
fn every_command_has_help_and_the_manual_covers_all() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, 0);
    assert!(help.contains("911"));
    let folder = tempfile::tempdir().unwrap();
    let (code, ..) = run(&["man", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0);
    for command in [
        "demo", "new", "import", "lint", "log", "scan", "trace", "review", "plan", "export", "verify",
        "rebuild", "detect", "match", "together",
    ] {
        let (code, help, _) = run(&[command, "--help"]);
        assert!(code == 0 && help.len() > 100, "{command}");
        assert!(folder.path().join(format!("redress-{command}.1")).is_file(), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (code, script, _) = run(&["completions", shell]);
        assert!(code == 0 && script.contains("redress"), "{shell}");
    }
}

#[test]
fn an_engine_that_is_not_there_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = table(&folder, KINDS);
    // A copy alone in a folder, and nothing on PATH: whatever was built beside the program under test.
    let alone = folder.path().join("redress");
    fs::copy(env!("CARGO_BIN_EXE_redress"), &alone).unwrap();
    let ran = |words: &[&str]| {
        let out = std::process::Command::new(&alone).args(words).env("PATH", "").output().unwrap();
        assert_eq!(String::from_utf8(out.stdout).unwrap(), "");
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, error) = ran(&["together", "--engine", "datafusion", &path]);
    assert_eq!(code, Some(2), "{error}");
    assert!(error.contains("cargo build --release -p cluster"), "{error}");
    let (code, error) = ran(&["together", "--engine", "sql", &path]);
    assert!(code == Some(2) && error.contains("--out DIR"), "{error}");
    // What the engines do not know is refused, and not left out.
    for words in [["--by", "repost"], ["--within", "10s,60s"], ["--null", "times"], ["--cap", "5"]] {
        let (code, error) = ran(&["together", "--engine", "datafusion", words[0], words[1], &path]);
        assert!(code == Some(2) && error.contains("local engine alone"), "{words:?}: {error}");
    }
}
