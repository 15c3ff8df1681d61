//! `redress trace` on the invented case of the demo: what it writes for other programs, and a letter that was served.

mod common;

use common::run;
use serde_json::Value;

#[test]
fn the_map_is_written_for_other_programs_and_a_served_letter_is_notice() {
    let folder = tempfile::tempdir().unwrap();
    let demo = folder.path().join("demo");
    let (code, out, error) = run(&["demo", demo.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{error}");
    let case = demo.join("case");
    let case = case.to_str().unwrap();
    let maps = folder.path().join("map");
    let (code, out, error) = run(&["--json", "trace", case, "--out", maps.to_str().unwrap()]);
    assert_eq!(code, 0, "{error}");
    for (name, begins) in [
        ("first-seen.csv", "of,what,post,"),
        ("coordination.csv", "by,account_a,"),
        ("notice.csv", "account,claim,notice_utc,"),
        ("reach.csv", "claim,post,account,"),
        ("surge-hours.csv", "hour_utc,spreading,harmful,"),
        ("surge-around.csv", "post,hours,before,after,"),
        ("surge-model.csv", "what,value\n"),
        ("surge-attributed.csv", "message,from,post,probability,"),
        ("spread.gexf", "<?xml"),
        ("spread.graphml", "<?xml"),
        ("coordination.gexf", "<?xml"),
        ("coordination.graphml", "<?xml"),
        ("coordination.svg", "<svg"),
    ] {
        let text = std::fs::read_to_string(maps.join(name)).unwrap();
        assert!(text.starts_with(begins), "{name}: {text}");
    }

    // Each table stands beside it as Parquet, which begins and ends with its magic bytes.
    for name in [
        "first-seen",
        "coordination",
        "notice",
        "reach",
        "surge-hours",
        "surge-around",
        "surge-model",
        "surge-attributed",
    ] {
        let bytes = std::fs::read(maps.join(format!("{name}.parquet"))).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}");
    }

    // The case as a table of actions is what `together` reads.
    let actions = maps.join("actions.parquet");
    let (code, out_together, error) = run(&["together", "--within", "1h", actions.to_str().unwrap()]);
    assert!(code == 0 && out_together.lines().count() > 1, "{error}");

    // The first account that posted the claim is served a letter before anything it posted.
    let outcome: Value = serde_json::from_str(&out).unwrap();
    let first = outcome["map"]["first_seen"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["subject"]["of"] == "claim")
        .expect("the demo's claim is seen first somewhere");
    let account = first["first"]["account"].as_str().unwrap();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "An invented demand to take back an invented claim.").unwrap();
    let (code, ..) = run(&["import", case, letter.to_str().unwrap()]);
    assert!(code <= 1);
    let digest = values::Digest::of(&std::fs::read(&letter).unwrap()).to_string();
    let served = format!("{account},2020-01-01T00:00:00Z,{}", &digest[..12]);
    let (code, out, error) = run(&["--json", "trace", case, "--served", &served]);
    assert_eq!(code, 0, "{error}");
    let outcome: Value = serde_json::from_str(&out).unwrap();
    let went_on = outcome["map"]["notice"]["went_on"].as_array().unwrap();
    let row = went_on.iter().find(|row| row["account"] == account).expect("it went on after the letter");
    assert_eq!(
        (row["basis"].as_str(), row["proof"]["capture"].as_str()),
        (Some("served"), Some(digest.as_str()))
    );

    for (wrong, words) in [
        ("nobody", "there are not three parts"),
        ("x:#0,2020-01-01T00:00:00Z,abcdef", "no post in this case is by that account"),
    ] {
        let (code, _, error) = run(&["trace", case, "--served", wrong]);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(words), "{error}");
    }
    let unproved = format!("{account},2020-01-01T00:00:00Z,ffffffffffff");
    assert!(run(&["trace", case, "--served", &unproved]).2.contains("not exactly one capture"));
}
