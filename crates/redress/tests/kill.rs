//! `kill -9` at any moment loses nothing that was acknowledged.

mod common;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::{new_case, redress, run};

const KILLS: u64 = 40;

/// A line of a browser extension's export, different for every `number`.
fn capture(number: u64) -> String {
    let line = std::fs::read_to_string(common::sample("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    let first = line.lines().next().unwrap();
    let id = 1_985_724_259_103_670_395 + number * 4_194_304;
    let mut text = String::new();
    for copy in 0..40 {
        text.push_str(&first.replace("1985724259103670395", &(id + copy).to_string()));
        text.push('\n');
    }
    text
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let mut acknowledged = Vec::new();
    let mut killed = 0;
    // A fixed sequence of delays, so that a failure can be seen again.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for number in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let file = folder.path().join(format!("{number}.ndjson"));
        let bytes = capture(number);
        std::fs::write(&file, &bytes).unwrap();
        let mut child = redress(["import", &case, file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros((random >> 33) % 60_000));
        let status = match child.try_wait().unwrap() {
            Some(status) => status,
            None => {
                // SIGKILL on Unix.
                child.kill().unwrap();
                killed += 1;
                child.wait().unwrap()
            }
        };
        if status.code().is_some_and(|code| code <= 1) {
            acknowledged.push(values::Digest::of(bytes.as_bytes()));
        }
        let opened = case::Case::open(Path::new(&case), "test").unwrap();
        for digest in &acknowledged {
            let row = opened.view().capture(digest).unwrap();
            assert!(row.is_some_and(|row| row.posts == 40), "{digest} was acknowledged and is gone");
            assert!(opened.objects().check(digest).unwrap());
        }
    }
    assert!(killed > 3, "only {killed} of {KILLS} were killed in time: the delays are too long");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    let (code, out, _) = run(&["--json", "rebuild", &case]);
    assert!(code == 0 && out.contains("\"unchanged\":true"), "{out}");
}
