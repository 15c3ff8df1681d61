//! The made-up load files of `tests/loadfile`: verdicts and contents as written in `expected.json`.

use std::collections::BTreeMap;
use std::path::Path;

use container::loadfile::{self, dat, opt};
use container::{Limits, Rules, Troubles, lint};
use serde_json::{Value, json};

#[test]
fn every_verdict_and_content_is_the_expected_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/loadfile");
    let text = std::fs::read(folder.join("expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_slice(&text).unwrap();
    for (name, expected) in &expected {
        let open = || std::fs::File::open(folder.join(name)).unwrap();
        let judgement = lint(name, &mut open(), &Rules::shipped());
        assert_eq!(judgement.verdict.word(), expected["verdict"], "{name}: {:?}", judgement.troubles);
        let mut troubles = Troubles::new(10);
        let text = loadfile::text(&mut open(), None, &Limits::shipped(), &mut troubles).unwrap();
        if name.ends_with(".opt") {
            let documents = opt::read(&text, &mut troubles);
            assert!(
                expected["docs"].is_null() || json!(documents) == expected["docs"],
                "{name}: {documents:?}"
            );
        } else {
            let table = dat::read(&text, &mut troubles);
            assert!(expected["header"].is_null() || json!(table.header) == expected["header"], "{name}");
            assert!(
                expected["rows"].is_null() || json!(table.rows) == expected["rows"],
                "{name}: {:?}",
                table.rows
            );
        }
    }
}
