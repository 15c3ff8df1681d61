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
