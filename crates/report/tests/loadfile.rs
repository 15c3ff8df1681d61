//! Load files judged as `tests/loadfile/expected.json` says they are.

use std::path::Path;

use report::loadfile::{Dat, Verdict, read_opt};
use serde_json::Value;

#[test]
fn every_sample_is_judged_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/loadfile");
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    for (name, wanted) in expected.as_object().unwrap() {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let (verdict, why) = if name.ends_with(".opt") {
            let judged = read_opt(&bytes);
            if let Some(docs) = wanted.get("docs") {
                let found: Vec<Value> =
                    judged.holds.iter().map(|d| serde_json::json!([d.pages[0].0, d.pages.len()])).collect();
                assert_eq!(&Value::Array(found), docs, "{name}");
            }
            (judged.verdict, judged.why)
        } else {
            let judged = Dat::read(&bytes);
            if let Some(header) = wanted.get("header") {
                assert_eq!(&serde_json::json!(judged.holds.header), header, "{name}");
            }
            if let Some(rows) = wanted.get("rows") {
                assert_eq!(&serde_json::json!(judged.holds.rows), rows, "{name}");
            }
            if let Some(fields) = wanted.get("fields") {
                let found: Vec<usize> = [judged.holds.header.len(), judged.holds.rows[0].len()].into();
                assert_eq!(&serde_json::json!(found), fields, "{name}");
            }
            (judged.verdict, judged.why)
        };
        let word = match verdict {
            Verdict::Valid => "valid",
            Verdict::Warn => "warn",
            Verdict::Invalid => "invalid",
        };
        assert_eq!(word, wanted["verdict"].as_str().unwrap(), "{name}: {why:?}");
        assert_eq!(verdict == Verdict::Valid, why.is_empty(), "{name}: {why:?}");
    }
}
