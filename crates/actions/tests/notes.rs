//! A note of the platform puts the account under whose post it stands on notice, for the claims that the note speaks of.

mod common;

use std::path::Path;

use actions::{files, import, scan, trace};
use common::{context, new_case};
use network::trace::Basis;

const CLAIM: &str =
    "Paid mules stuffed hundreds of thousands of illegal ballots into drop boxes in five states.";
const COUNTERED: &str =
    "There is no evidence that paid mules stuffed illegal ballots into drop boxes; the film was withdrawn.";
const BESIDE: &str = "The bridge in this picture is another one, taken down in 1994.";

/// Returns how the account of the first post had notice before the second: the first stands in a capture with `note`.
fn notice(folder: &Path, note: &str) -> Vec<Basis> {
    let first = line("1985724259103670395", "Tue Nov 04 15:02:11 +0000 2025", 1_762_286_531_041, Some(note));
    let second = line("1986086647132880896", "Wed Nov 05 15:02:11 +0000 2025", 1_762_372_931_041, None);
    let capture = folder.join("page.ndjson");
    std::fs::write(&capture, format!("{first}\n{second}\n")).expect("the capture is written");
    let mut case = new_case(folder, None);
    let options = intake::Options::plain(intake::Limits::ordinary());
    let found = files::find(&[capture]).expect("the capture is found");
    import::import_found(&mut case, &found, &options, &context()).expect("it is imported");
    scan::scan(&mut case, &context()).expect("it is scanned");
    let outcome = trace::trace(&mut case, &trace::Request::default(), &context()).expect("it is traced");
    assert_eq!(outcome.posts, 2);
    outcome.map.notice.went_on.iter().map(|row| row.basis).collect()
}

/// The sample's first line as another post of the same account, with a note as X shows it.
fn line(id: &str, written: &str, seen: u64, note: Option<&str>) -> String {
    let sample = samples::text("zeeschuimer-x-ndjson/sample.ndjson");
    let line = sample.lines().next().expect("the sample has a line").replace("1985724259103670395", id);
    let mut line: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
    line["timestamp_collected"] = seen.into();
    line["data"]["legacy"]["created_at"] = written.into();
    line["data"]["legacy"]["full_text"] = CLAIM.into();
    if let Some(note) = note {
        line["data"]["birdwatch_pivot"] = serde_json::json!({ "subtitle": { "text": note } });
    }
    line.to_string()
}

#[test]
fn a_note_that_speaks_of_the_claim_is_notice() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(notice(folder.path(), COUNTERED), [Basis::NoteShown]);
}

#[test]
fn a_note_on_something_else_in_the_post_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(notice(folder.path(), BESIDE), []);
}
