//! A picture with private words in it, from a phone's backup to the public package: covered, looked at, and refused
//! where something shows. All of it is invented.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{files, holds, run};
use pixels::drawn::{Canvas, Face};
use pixels::picture::{Limits, open};

const WORDS: &str = "Plate RDR-0000 parked here";

/// A message with a threat and a picture in which the plate can be read; the picture carries a comment, as cameras write.
fn case_with_picture(folder: &Path) -> (PathBuf, Vec<u8>) {
    let mut canvas = Canvas::new(900, 320, [255, 255, 255]);
    canvas.line((40, 60), 34, Face::Plain, [0, 0, 0], "Grey car at the library today");
    canvas.line((40, 180), 34, Face::Plain, [0, 0, 0], WORDS);
    let picture = canvas.picture();
    let covered =
        pixels::cover::cover(&picture, &[], pixels::cover::Looked::ByAPerson, pixels::cover::Form::Png);
    let mut png = covered.bytes;
    let comment = [&9_u32.to_be_bytes()[..], b"tEXtRDR-0000!", &0xdead_beef_u32.to_be_bytes()].concat();
    png.splice(33..33, comment);
    let backup = format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"1\">\n<mms date=\"1762268531000\" msg_box=\"1\" \
         address=\"+12025550199\" contact_name=\"(Unknown)\">\n<parts>\n\
         <part seq=\"0\" ct=\"text/plain\" text=\"I am going to kill you tonight. Look at this.\" />\n\
         <part seq=\"1\" ct=\"image/png\" name=\"car.png\" data=\"{}\" />\n</parts>\n</mms>\n</smses>\n",
        base64(&png)
    );
    let (case, inbox) = (folder.join("case"), folder.join("sms.xml"));
    std::fs::write(&inbox, backup).unwrap();
    let text = case.to_str().unwrap();
    well(&["new", text, "--role", "election-worker", "--state", "PA", "--name", "picture case"]);
    std::fs::write(case.join("private.toml"), "names = []\nplates = [\"RDR-0000\"]\n").unwrap();
    run(&["import", text, inbox.to_str().unwrap()]);
    well(&["scan", text]);
    well(&["review", text, "confirm", "--kind", "threat", "--all-open", "--why", "a threat"]);
    (case, png)
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * index)) as usize & 63]);
            out.push(if index <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[track_caller]
fn well(words: &[&str]) -> String {
    let (code, out, error) = run(words);
    assert_eq!(code, 0, "{words:?}: {out}{error}");
    out
}

/// Reads a picture with the program itself, as a stranger would.
fn read(picture: &Path) -> String {
    let output = Command::new("tesseract").arg(picture).arg("stdout").output().expect("tesseract runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_picture_leaves_covered_and_only_after_a_person_looked() {
    let folder = tempfile::tempdir().unwrap();
    let (case, original) = case_with_picture(folder.path());
    let case = case.to_str().unwrap();
    let out = |name: &str| folder.path().join(name);
    let picture = values_digest(&original);

    // Nobody looked: it stays out of the public package, which says so.
    let said = well(&["export", case, "--for", "public", "--out", out("unseen").to_str().unwrap()]);
    assert!(said.contains("1 picture(s) nobody has yet looked at"), "{said}");
    assert!(!files(&out("unseen")).keys().any(|name| name.ends_with(".png") || name.ends_with(".jpg")));

    // The text in it is searched, and the plate is covered.
    let said = well(&["redact", case, "search"]);
    assert!(said.contains("NOBODY HAS LOOKED") && said.contains("plate (from text)"), "{said}");
    let shown = out("look.png");
    well(&["redact", case, "show", &picture[..8], "--for", "public", "--out", shown.to_str().unwrap()]);
    let seen = read(&shown);
    assert!(seen.contains("library") && !seen.contains("0000"), "{seen}");

    well(&["redact", case, "looked", &picture[..8], "--by", "A. Helper"]);
    let said = well(&["export", case, "--for", "public", "--out", out("public").to_str().unwrap()]);
    assert!(said.contains("leak check passed: The pages as drawn"), "{said}");
    let package = files(&out("public"));
    for (name, bytes) in &package {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("5550199") && !text.contains("555-0199"), "{name} shows the sender's number");
    }
    let leaves: Vec<_> = package.iter().filter(|(name, _)| name.contains("picture-1")).collect();
    assert_eq!(leaves.len(), 1, "{:?}", package.keys());
    let (name, bytes) = leaves[0];
    assert!(!holds(bytes, "RDR-0000!") && *bytes != original, "metadata does not go along");
    open(bytes, &Limits::phone()).unwrap();
    let seen = read(&out("public").join(name));
    assert!(seen.contains("library") && !seen.contains("0000"), "{seen}");
    for (name, bytes) in &package {
        assert!(!holds(bytes, "RDR-0000") && !name.contains("RDR"), "{name}");
    }

    // Counsel sees it whole. The ledger knows who looked and what was changed.
    well(&["export", case, "--for", "counsel", "--out", out("counsel").to_str().unwrap()]);
    let counsel = files(&out("counsel"));
    let (name, _) =
        counsel.iter().find(|(name, _)| name.contains("exhibits") && name.contains("picture-1")).unwrap();
    assert!(read(&out("counsel").join(name)).contains("0000"));
    assert!(std::fs::read_to_string(Path::new(case).join("ledger/log")).unwrap().contains("\"redacted\""));
    well(&["verify", case]);
    well(&["verify", out("public").to_str().unwrap()]);
}

/// Where nobody wrote down what is private, nothing can be covered: the public gets nothing.
#[test]
fn without_private_data_no_package_is_made_for_the_public() {
    let folder = tempfile::tempdir().unwrap();
    let (case, _) = case_with_picture(folder.path());
    std::fs::write(case.join("private.toml"), "names = []\n").unwrap();
    let out = folder.path().join("public");
    let export = ["export", case.to_str().unwrap(), "--for", "public", "--out", out.to_str().unwrap()];
    let (code, _, error) = run(&export);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("private.toml") && error.contains("nothing would be covered"), "{error}");
    assert!(!out.exists());
}

/// A person says that nothing must be covered, and is wrong: the page as drawn still shows the plate.
#[test]
fn what_a_person_overlooked_is_found_on_the_page_as_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let (case, original) = case_with_picture(folder.path());
    let case = case.to_str().unwrap();
    well(&["redact", case, "looked", &values_digest(&original)[..8]]);
    let before = std::fs::read(Path::new(case).join("ledger/log")).unwrap();
    let out = folder.path().join("public");
    let (code, _, error) = run(&["export", case, "--for", "public", "--out", out.to_str().unwrap()]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("as drawn, would show something private") && !error.contains("0000"), "{error}");
    assert!(!out.exists());
    let after = std::fs::read(Path::new(case).join("ledger/log")).unwrap();
    let told = String::from_utf8(after.strip_prefix(before.as_slice()).unwrap().to_vec()).unwrap();
    assert!(
        told.lines().count() == 1 && told.contains("package.refused"),
        "only the refusal is noted: {told}"
    );
    // The police see plates where a person lets them.
    well(&["redact", case, "reveal", "--for", "police", "--what", "plate"]);
    well(&["export", case, "--for", "police", "--out", folder.path().join("police").to_str().unwrap()]);
}

#[test]
fn numbers_of_pages_are_never_given_twice_and_a_preview_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (case, _) = case_with_picture(folder.path());
    let case = case.to_str().unwrap();
    let log = || std::fs::read(Path::new(case).join("ledger/log")).unwrap();
    let before = log();
    let said = well(&["export", case, "--for", "counsel", "--bates", "QUILL", "--preview"]);
    assert!(said.contains("pages QUILL-000001 to"), "{said}");
    assert_eq!(log(), before);
    let mut next = 1;
    for volume in ["one", "two"] {
        let out = folder.path().join(volume);
        let said = well(&[
            "--json",
            "export",
            case,
            "--for",
            "counsel",
            "--bates",
            "QUILL",
            "--out",
            out.to_str().unwrap(),
        ]);
        let outcome: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(outcome["bates"]["first"], next, "{outcome}");
        next = outcome["bates"]["last"].as_u64().unwrap() + 1;
    }
    let said = well(&["export", case, "--for", "counsel", "--bates", "OTHER", "--preview"]);
    assert!(said.contains("pages OTHER-000001 to"), "another prefix counts for itself: {said}");
    let dat = std::fs::read_to_string(folder.path().join("two/data/loadfile/redress.opt")).unwrap();
    assert!(dat.contains(",VOL002,"), "{dat}");
}

#[test]
fn wrong_boxes_are_refused_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (case, original) = case_with_picture(folder.path());
    let (case, picture) = (case.to_str().unwrap(), values_digest(&original));
    let log = std::fs::read(Path::new(case).join("ledger/log")).unwrap();
    for (words, wanted) in [
        (vec!["cover", &picture[..8], "--box", "5000,10,10,10"], "covers nothing of the picture"),
        (vec!["cover", &picture[..8], "--box", "1,2,3"], "is no box"),
        (vec!["cover", "ffff", "--box", "1,2,3,4"], "names no one picture"),
        (vec!["uncover", &picture[..8], "--box", "1,2"], "has no box whose corner"),
        (vec!["privilege", "EX-0009", "--why", "x"], "There is no exhibit EX-0009"),
        (vec!["privilege", "EX-0001"], "needs its reason"),
        (vec!["text", "x"], "at least two letters"),
        (vec!["reveal", "--for", "nobody"], "is not one of"),
    ] {
        let words: Vec<&str> = ["redact", case].into_iter().chain(words).collect();
        let (code, _, error) = run(&words);
        assert!(code == 2 && error.contains(wanted), "{words:?}: {code} {error}");
    }
    assert_eq!(std::fs::read(Path::new(case).join("ledger/log")).unwrap(), log);
}

fn values_digest(bytes: &[u8]) -> String {
    values::Digest::of(bytes).to_string()
}
