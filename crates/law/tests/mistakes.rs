//! A person who is no engineer adds a row by `data/README.md`: it is taken, and each mistake that is easily made is told
//! in a sentence that names file, row and field.

use law::{Library, Row, check};

const ENGLISH: &str = include_str!("../data/channels.toml");
const SPANISH: &str = include_str!("../data/channels.es.toml");

/// The new row, as the guide says: a copy of one like it, pasted at the end, with a new id.
const ROW: &str = r#"
[[channel]]
id = "example-helpline"
name = "Example Helpline"
kind = "victim-help"
rank = 55
roles = ["voter"]
kinds = ["threat"]
exposures = []
states = ["PA"]
ways = []
takes = "Calls of people who were threatened."
when_to_use = "At any hour."
fields = [{ ask = "what happened", fill = "statements" }, { ask = "a safe number" }]
contact = "202-555-0123"
not_for = "emergencies"
status = "in service"
status_as_of = "2026-11-26"
source = "https://example.org/helpline"
seen = true
verified_on = "2026-11-26"
note = ""
replace_before_shipping = []
"#;

const WORDS: &str = r#"
["example-helpline"]
name = "Línea de ayuda de ejemplo (Example Helpline)"
takes = "Llamadas de personas amenazadas."
when_to_use = "A cualquier hora."
fields = ["qué ocurrió", "un número seguro"]
not_for = "emergencias"
status = "en servicio"
"#;

/// Returns what a reader is told of these two files: nothing where all is well.
fn told(english: &str, spanish: &str) -> String {
    let file = [("channels.toml", format!("{ENGLISH}{english}"), format!("{SPANISH}{spanish}"))];
    let files: Vec<(&str, &str, &str)> =
        file.iter().map(|(name, en, es)| (*name, en.as_str(), es.as_str())).collect();
    match Library::read(&files) {
        Err(error) => error.to_string(),
        Ok(read) => {
            let library = Library { channels: read.channels, ..Library::shipped().clone() };
            check::problems(&library).join("\n")
        }
    }
}

#[test]
fn a_row_written_by_the_guide_is_taken() {
    assert_eq!(told(ROW, WORDS), "");
    let read = Library::read(&[("channels.toml", &format!("{ENGLISH}{ROW}"), &format!("{SPANISH}{WORDS}"))])
        .unwrap();
    let row = read.channels.iter().find(|row| row.id() == "example-helpline").expect("it is there");
    assert_eq!(row.name.es, "Línea de ayuda de ejemplo (Example Helpline)");
    assert!(!row.unverified());
}

#[test]
fn what_is_easily_done_wrong_is_told_in_words() {
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(ROW.contains(from) || WORDS.contains(from), "{from}");
        let told = told(&ROW.replace(from, to), &WORDS.replace(from, to));
        for words in expected.iter().chain(&["channel"]) {
            assert!(told.contains(words), "{from} → {to}: “{words}” is not in: {told}");
        }
        assert!(told.lines().count() <= 3, "{told}");
    };
    check("name = \"Example Helpline\"", "name = Example Helpline", &["channels.toml", "line"]);
    check("\"At any hour.\"", "\"At any hour.", &["channels.toml", "line"]);
    check("rank = 55\n", "", &["example-helpline", "missing field `rank`"]);
    check(
        "kind = \"victim-help\"",
        "kind = \"helpline\"",
        &["example-helpline", "unknown variant `helpline`"],
    );
    check("kinds = [\"threat\"]", "kinds = [\"threats\"]", &["example-helpline", "threats"]);
    check("roles = [\"voter\"]", "roles = [\"voters\"]", &["example-helpline", "voters"]);
    check("states = [\"PA\"]", "states = [\"Pa\"]", &["example-helpline", "Pa is no state"]);
    check("seen = true", "seen = yes", &["channels.toml", "line"]);
    check("seen = true", "seen = \"true\"", &["example-helpline", "“seen” must be true or false"]);
    check(
        "verified_on = \"2026-11-26\"",
        "verified_on = \"26 November\"",
        &["example-helpline", "is not a day like"],
    );
    check(
        "verified_on = \"2026-11-26\"",
        "verified_on = \"\"",
        &["example-helpline", "needs a source and a day"],
    );
    check(
        "https://example.org/helpline",
        "example.org/helpline",
        &["example-helpline", "no well-formed address"],
    );
    check(
        "contact = \"202-555-0123\"",
        "telephone = \"202-555-0123\"",
        &["example-helpline", "unknown field `telephone`"],
    );
    check("threatened.", "threatened, which is illegal.", &["example-helpline", "concludes too much"]);
    check(
        "takes = \"Llamadas de personas amenazadas.\"\n",
        "",
        &["example-helpline", "“takes” has no Spanish"],
    );
    check(
        "Llamadas de personas amenazadas.",
        "Calls of people who were threatened.",
        &["“takes” is English"],
    );
    check(
        "\"qué ocurrió\", \"un número seguro\"",
        "\"qué ocurrió\"",
        &["example-helpline", "1 entries, the English 2"],
    );
    check(
        "[\"example-helpline\"]",
        "[\"exampel-helpline\"]",
        &["exampel-helpline", "the English one does not"],
    );
    check("not_for = \"emergencias\"", "not_fr = \"emergencias\"", &["example-helpline", "“not_fr”"]);
    check("rank = 55", "rank = 5.5", &["example-helpline", "rank"]);
    check("takes = \"Calls", "takes = \"\\u001b[2JCalls", &["example-helpline", "control character"]);

    // The id of the copied row was not changed, here or in the Spanish.
    let twice = told(&ROW.replace("example-helpline", "local-911"), "");
    assert!(twice.contains("“local-911”: this id is used twice"), "{twice}");
    let twice = told(ROW, &WORDS.replace("example-helpline", "local-911"));
    assert!(twice.contains("channels.es.toml") && twice.contains("duplicate key"), "{twice}");
    let blank = told(&ROW.replace("example-helpline", "example helpline"), "");
    assert!(blank.contains("“example helpline” is no id"), "{blank}");
}
