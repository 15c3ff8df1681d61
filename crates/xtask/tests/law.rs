//! `cargo xtask law key` and `law pack`: a person who corrected a row gets a signed pack that opens, or is told what is wrong.

use std::path::{Path, PathBuf};
use std::process::Command;

use law::pack::Pack;
use law::{Library, Row};
use seal::note::{Note, VerifierKey};

const ENGLISH: &str = r#"[[step]]
id = "safe-now"
order = 10
phase = "first-hour"
for_whom = "person"
roles = []
kinds = []
exposures = []
step = "Go somewhere safe."
why = "Safety first."
how = "Leave by a safe way."
support = "own-advice"
source = "https://example.org/steps"
seen = true
verified_on = "2026-11-26"
note = ""
replace_before_shipping = []
"#;

const SPANISH: &str = r#"["safe-now"]
step = "Vaya a un lugar seguro."
why = "Primero la seguridad."
how = "Salga por un camino seguro."
"#;

fn xtask(words: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(words).output().expect("xtask starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

/// A folder of this test alone, empty.
fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("redress-xtask-law-{}", std::process::id()));
    let _not_there_yet = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("rows")).expect("a folder can be made");
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn a_corrected_row_becomes_a_signed_pack_that_opens() {
    let folder = folder();
    let (rows, key, out) = (folder.join("rows"), folder.join("my.key"), folder.join("rows.pack"));
    let (fine, said) = xtask(&["law", "key", "example.org/law", text(&key)]);
    assert!(fine && said.contains("example.org/law+"), "{said}");
    let (fine, said) = xtask(&["law", "key", "example.org/law", text(&key)]);
    assert!(!fine, "a key is never written over: {said}");

    let pack = |day: &str| {
        xtask(&["law", "pack", text(&rows), "--key", text(&key), "--out", text(&out), "--made", day])
    };
    std::fs::write(rows.join("steps.toml"), ENGLISH).unwrap();
    let (fine, said) = pack("2026-12-01");
    assert!(!fine && said.contains("has no Spanish") && !out.exists(), "{said}");
    std::fs::write(rows.join("steps.es.toml"), SPANISH.replace("safe-now", "other")).unwrap();
    let (fine, said) = pack("2026-12-01");
    assert!(!fine && said.contains("the English one does not"), "{said}");
    std::fs::write(rows.join("steps.es.toml"), SPANISH).unwrap();
    let (fine, said) = pack("soon");
    assert!(!fine && said.contains("is no day"), "{said}");
    let (fine, said) = pack("2026-12-01");
    assert!(fine && said.contains("redress law update"), "{said}");

    let verifier = std::fs::read_to_string(folder.join("rows.pack.key")).unwrap();
    let verifier: VerifierKey = verifier.trim().parse().unwrap();
    let opened = Pack::open(&std::fs::read(&out).unwrap(), &|note| {
        let note: Note = note.parse().map_err(|error| format!("{error}"))?;
        note.verify(&verifier).map(drop).map_err(|error| error.to_string())
    })
    .unwrap();
    let library = Library::shipped().with_pack(&opened).unwrap();
    let step = library.steps.iter().find(|row| row.id() == "safe-now").unwrap();
    assert_eq!(
        (step.step.en.as_str(), step.step.es.as_str()),
        ("Go somewhere safe.", "Vaya a un lugar seguro.")
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
