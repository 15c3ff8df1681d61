//! A file too large for memory is read while it is being kept: the outcome is that of a small one, and so is a refusal.

mod common;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::{files, new_case, redress, run};

/// Posts in a capture of more than 16 MiB.
const POSTS: u64 = 7_000;

/// Writes an export with `POSTS` posts; another `first` gives other posts.
fn capture(path: &Path, first: u64) -> values::Digest {
    let sample = std::fs::read_to_string(common::sample("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    let line = sample.lines().next().unwrap();
    let id = 1_985_724_259_103_670_395 + first * 4_194_304;
    let mut text = String::new();
    for number in 0..POSTS {
        text.push_str(&line.replace("1985724259103670395", &(id + number * 4_194_304).to_string()));
        text.push('\n');
    }
    assert!(text.len() > 17 << 20, "{} bytes", text.len());
    std::fs::write(path, &text).unwrap();
    values::Digest::of(text.as_bytes())
}

#[test]
fn it_is_kept_whole_read_whole_and_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let path = folder.path().join("posts.ndjson");
    let digest = capture(&path, 0);
    let file = path.to_str().unwrap();
    let (code, out, error) = run(&["--json", "import", &case, file]);
    assert!(code <= 1, "{out}{error}");
    assert!(
        out.contains(&format!("\"capture\":\"{digest}\"")) && out.contains(&format!("\"new_posts\":{POSTS}")),
        "{out}"
    );
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    let (_, out, _) = run(&["--json", "rebuild", &case]);
    assert!(out.contains("\"unchanged\":true"), "{out}");
    let before = files(case.as_ref());
    let (code, out, _) = run(&["--json", "import", &case, file]);
    assert!(code == 0 && out.contains("\"became\":\"already-there\""), "{out}");
    assert_eq!(files(case.as_ref()), before);
}

#[test]
fn a_refusal_leaves_every_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let path = folder.path().join("posts.ndjson");
    capture(&path, 0);
    let before = files(case.as_ref());
    for format in ["har", "bluesky-car"] {
        let (code, out, _) = run(&["import", &case, path.to_str().unwrap(), "--as", format]);
        assert!(code == 1 && out.contains("refused"), "{out}");
        assert_eq!(files(case.as_ref()), before, "{format}");
    }
}

#[test]
fn a_kill_while_it_is_kept_and_read_at_once_leaves_a_whole_case() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let path = folder.path().join("posts.ndjson");
    let digest = capture(&path, 0);
    let mut killed = 0;
    for wait in [40, 150, 300, 500] {
        let mut child = redress(["import", &case, path.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap();
            killed += 1;
        }
        child.wait().unwrap();
        let opened = case::Case::open(Path::new(&case), "test").unwrap();
        match opened.view().capture(&digest).unwrap() {
            Some(row) => assert!(row.posts == POSTS && opened.objects().check(&digest).unwrap()),
            None => assert_eq!(opened.view().counts().unwrap().posts, 0),
        }
    }
    assert!(killed > 0, "no import was killed in time: the delays are too long");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
}
