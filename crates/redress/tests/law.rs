//! `redress law`: a signed pack of rows is taken in from a file, and anything else changes nothing.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{files, redress};
use law::pack::Pack;
use seal::note::SigningKey;

const NAME: &str = "example.org/law";

/// A row that changes what the first step says.
fn rows(words: &str) -> String {
    format!(
        r#"[[step]]
id = "safe-now"
order = 10
phase = "first-hour"
for_whom = "person"
roles = []
kinds = []
exposures = []
step = {{ en = "{words}", es = "Vaya a un lugar seguro." }}
why = {{ en = "Safety first.", es = "Primero la seguridad." }}
how = {{ en = "Leave by a safe way.", es = "Salga por un camino seguro." }}
support = "own-advice"
source = "https://example.org/steps"
seen = true
verified_on = "2026-11-26"
note = ""
replace_before_shipping = []
"#
    )
}

fn key(name: &str, secret: u8) -> SigningKey {
    SigningKey::new(name, [secret; 32]).unwrap()
}

fn pack(key: &SigningKey, made: &str, rows: &str) -> String {
    let note = key.sign(&Pack::to_sign(key.name(), made.parse().unwrap(), rows));
    format!("{note}\n{rows}")
}

/// Today by the clock furthest west, as redress counts.
fn today() -> law::Day {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    law::days_after(law::Day::constant(1970, 1, 1), i64::try_from(now).unwrap() / 86_400)
}

struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = redress(words.iter().copied()).env("REDRESS_LAW", self.path("law")).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let law = self.path("law");
        if Path::new(&law).exists() { files(Path::new(&law)) } else { BTreeMap::new() }
    }

    /// Runs an update that must be refused with these words and change nothing.
    fn refused(&self, text: &str, more: &[&str], expected: &str) {
        let before = self.kept();
        let pack = self.write("refused.pack", text);
        let words: Vec<&str> = ["law", "update", &pack].into_iter().chain(more.iter().copied()).collect();
        let (code, out, error) = self.run(&words);
        assert!(code != 0 && out.is_empty(), "{out}");
        assert!(error.contains(expected), "{expected} is not in: {error}");
        assert_eq!(self.kept(), before, "a refused pack changes nothing");
    }

    /// What the plan of a fresh case says of the first step.
    fn first_step(&self) -> String {
        let case = self.path("case");
        if !Path::new(&case).exists() {
            let (code, _, error) = self.run(&["new", &case, "--role", "voter", "--state", "GA"]);
            assert_eq!(code, 0, "{error}");
        }
        let (code, out, error) = self.run(&["plan", &case]);
        assert_eq!(code, 0, "{error}");
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[test]
fn a_pack_is_taken_once_its_key_is_given_and_newer_ones_after_it() {
    let house = House::new();
    let signer = key(NAME, 7);
    let verifier = signer.verifier().to_string();
    let day = today();
    let made = |back: i64| law::days_after(day, -back).to_string();
    let first = pack(&signer, &made(0), &rows("Go somewhere safe at once."));

    // Unknown signer: said who, and how to go on.
    house.refused(&first, &[], "no key of that name is trusted on this computer");
    assert!(!house.first_step().contains("Go somewhere safe at once."));

    let path = house.write("rows.pack", &first);
    let (code, out, error) = house.run(&["law", "update", &path, "--key", &verifier]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains(&verifier) && out.contains("step safe-now"), "{out}");
    assert!(house.first_step().contains("Go somewhere safe at once."));
    let (code, out, _) = house.run(&["law", "list"]);
    assert!(code == 0 && out.contains(NAME) && out.contains("unverified"), "{out}");

    // The same pack again: nothing to do. A later one of the same day takes its place, and no key is needed any more.
    let kept = house.kept();
    let (code, out, _) = house.run(&["law", "update", &path]);
    assert!(code == 0 && out.contains("in use already"), "{out}");
    assert_eq!(house.kept(), kept);
    let second = house.write("second.pack", &pack(&signer, &made(0), &rows("Go to a friend.")));
    let (code, out, error) = house.run(&["law", "update", &second]);
    assert!(code == 0 && out.contains("takes the place"), "{out}{error}");
    assert!(house.first_step().contains("Go to a friend."));
    assert_eq!(house.kept().keys().filter(|name| name.ends_with(".pack")).count(), 1);

    // Exports say which rows were in use: the plan does too.
    let (_, out, _) = house.run(&["--json", "plan", &house.path("case")]);
    let plan: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(plan["rows"][1].as_str().unwrap().starts_with(NAME), "{}", plan["rows"]);

    let (code, out, _) = house.run(&["law", "forget", NAME]);
    assert!(code == 0 && out.contains("1 pack"), "{out}");
    assert!(!house.first_step().contains("Go to a friend."));
    house.refused(&first, &[], "no key of that name is trusted");
    let (code, _, error) = house.run(&["law", "forget", NAME]);
    assert!(code == 2 && error.contains("No pack and no key"), "{error}");
}

#[test]
fn what_is_not_a_good_pack_changes_nothing() {
    let house = House::new();
    let signer = key(NAME, 7);
    let verifier = signer.verifier().to_string();
    let with_key = ["--key", verifier.as_str()];
    let day = today();
    let good = pack(&signer, &day.to_string(), &rows("Go somewhere safe at once."));

    house.refused("", &with_key, "is not a pack of rows");
    house.refused(&rows("x."), &with_key, "is not a pack of rows");
    house.refused(&good.replace("at once", "at dawn"), &with_key, "changed after it was signed");
    house.refused(&good.replace(&day.to_string(), "2026-11-25"), &with_key, "not by a trusted key");
    house.refused(&pack(&key(NAME, 8), &day.to_string(), &rows("Go.")), &with_key, "not by a trusted key");
    // A trusted key signs for its own name only.
    let other = good.replace(&format!("\n{NAME}\n"), "\nexample.org/other\n");
    house.refused(&other, &with_key, "no key of that name is trusted");
    house.refused(&pack(&signer, "2020-01-01", &rows("Go.")), &with_key, "it is older");
    let ahead = law::days_after(day, 30).to_string();
    house.refused(&pack(&signer, &ahead, &rows("Go.")), &with_key, "set the clock");
    house.refused(&pack(&signer, &day.to_string(), &rows("He is guilty.")), &with_key, "concludes too much");
    let broken = rows("Go.").replace("first-hour", "some-time");
    house.refused(&pack(&signer, &day.to_string(), &broken), &with_key, "does not read");
    let english = rows("Go.").replace("{ en = \"Go.\", es = \"Vaya a un lugar seguro.\" }", "\"Go.\"");
    house.refused(&pack(&signer, &day.to_string(), &english), &with_key, "has no Spanish");
    // Signed rightly, and hostile: one id twice, an id that is a way out of the folder, an order to the terminal.
    let twice = format!("{}{}", rows("Go."), rows("Stay."));
    house.refused(&pack(&signer, &day.to_string(), &twice), &with_key, "this id is used twice");
    let way_out = rows("Go.").replace("\"safe-now\"", "\"../../safe-now\"");
    house.refused(&pack(&signer, &day.to_string(), &way_out), &with_key, "is no id");
    let order = rows("\\u001b[2JGo.");
    house.refused(&pack(&signer, &day.to_string(), &order), &with_key, "control character");
    let reversed = rows("Go\\u202e.");
    house.refused(&pack(&signer, &day.to_string(), &reversed), &with_key, "control character");
    let strange = rows("Go.").replace("[[step]]", "[[secret]]");
    house.refused(&pack(&signer, &day.to_string(), &strange), &with_key, "no table of this name");
    house.refused(&good, &["--key", "example.org/law+00000000+AAAA"], "is no key");
    let (code, _, error) = house.run(&["law", "update", &house.path("not-there.pack")]);
    assert!(code == 2 && error.contains("could not be read"), "{error}");

    // Once a key is trusted, another of the same name is not taken beside it.
    let path = house.write("good.pack", &good);
    assert_eq!(house.run(&["law", "update", &path, "--key", &verifier]).0, 0);
    let stranger = key(NAME, 9);
    let theirs = pack(&stranger, &day.to_string(), &rows("Go home."));
    house.refused(&theirs, &["--key", &stranger.verifier().to_string()], "trusts another key");
}

#[test]
fn a_pack_that_was_changed_on_disk_is_not_used_and_said_so() {
    let house = House::new();
    let signer = key(NAME, 7);
    let path =
        house.write("rows.pack", &pack(&signer, &today().to_string(), &rows("Go somewhere safe at once.")));
    assert_eq!(house.run(&["law", "update", &path, "--key", &signer.verifier().to_string()]).0, 0);
    let kept = house.kept().into_keys().find(|name| name.ends_with(".pack")).unwrap();
    let kept = Path::new(&house.path("law")).join(kept);
    let text = std::fs::read_to_string(&kept).unwrap().replace("at once", "at dawn");
    std::fs::write(&kept, text).unwrap();
    assert!(!house.first_step().contains("Go somewhere safe"));
    let (code, _, error) = house.run(&["plan", &house.path("case")]);
    assert!(code == 0 && error.contains("is not used"), "{error}");
    let (code, out, _) = house.run(&["law", "list"]);
    assert!(code == 1 && out.contains("is not used"), "{out}");
}
