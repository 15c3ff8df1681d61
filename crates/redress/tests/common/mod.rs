//! What the tests of the command line share: running the program, looking at whole folders.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Returns the program under test with these words.
pub fn redress<'a>(words: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    // No pack of rows that lies on this computer may change what a test sees.
    let nowhere = std::env::temp_dir().join("redress-tests-without-packs");
    command.args(words).env("NO_COLOR", "1").env_remove("REDRESS_BY").env("REDRESS_LAW", nowhere);
    command
}

/// Runs it and returns exit code, standard output and standard error.
pub fn run(words: &[&str]) -> (i32, String, String) {
    told(redress(words.iter().copied()).output().expect("redress starts"))
}

/// Runs it with `input` on standard input.
pub fn filter(words: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = redress(words.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("redress starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ended = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("redress ends");
    feeding.join().expect("feeding ends");
    told(output)
}

fn told(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("redress writes UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// Returns every file under `root`: path below it, bytes.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder can be listed") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below root").to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    found
}

/// Tells whether `bytes` hold `word`.
pub fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Makes an empty case in `folder` and returns its path as text.
pub fn new_case(folder: &Path) -> String {
    let case = folder.join("case").to_string_lossy().into_owned();
    let (code, _, error) = run(&["new", &case, "--role", "postal", "--state", "PA"]);
    assert_eq!(code, 0, "{error}");
    case
}

/// Returns the path of an invented sample file.
pub fn sample(name: &str) -> String {
    let path = format!("{}/../samples/files/{name}", env!("CARGO_MANIFEST_DIR"));
    assert!(Path::new(&path).exists(), "no sample {name}");
    path
}
