//! `kill -9` at any moment: nothing that was acknowledged is lost, and the case verifies each time.

mod common;

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{new_case, redress, run};
use values::Digest;

/// How many of each command are killed at work: 200 in all.
const IMPORTS: u64 = 110;
const SCANS: u64 = 40;
const REVIEWS: u64 = 30;
const EXPORTS: u64 = 20;

/// Some lines of a browser extension's export, different for every `number`; each holds words that detectors find.
fn capture(number: u64) -> String {
    let line = std::fs::read_to_string(common::sample("zeeschuimer-x-ndjson/sample.ndjson")).unwrap();
    let first = line.lines().nth(1).unwrap();
    assert!(first.contains("plate RDR-0000"), "{first}");
    let id = 1_985_726_524_027_830_284 + number * 4_194_304;
    let mut text = String::new();
    for copy in 0..POSTS {
        text.push_str(&first.replace("1985726524027830284", &(id + copy).to_string()));
        text.push('\n');
    }
    text
}

const POSTS: u64 = 4;

/// What was acknowledged so far, and must be there after every kill.
#[derive(Default)]
struct Acknowledged {
    captures: Vec<Digest>,
    findings: usize,
    exhibits: usize,
    exports: usize,
}

impl Acknowledged {
    fn check(&self, case: &str, after: &str) {
        let opened =
            case::Case::open(Path::new(case), "test").unwrap_or_else(|error| panic!("{after}: {error}"));
        for digest in &self.captures {
            let row = opened.view().capture(digest).unwrap();
            assert!(
                row.is_some_and(|row| row.posts == POSTS),
                "{after}: {digest} was acknowledged and is gone"
            );
        }
        assert!(opened.view().findings(None).unwrap().len() >= self.findings, "{after}: findings are gone");
        assert!(opened.view().exhibits().unwrap().len() >= self.exhibits, "{after}: exhibits are gone");
        let exported = |event: &record::Event| matches!(event.what, record::What::Exported { .. });
        let exports = opened.ledger().events(0).filter(|event| exported(&event.as_ref().unwrap().1)).count();
        assert!(exports >= self.exports, "{after}: an export is not in the ledger");
        for check in opened.checks(&[], || ()).unwrap() {
            assert!(!matches!(check.verdict, case::verify::Verdict::Failed(_)), "{after}: {check:?}");
        }
    }

    /// Takes note of what a command that ended by itself acknowledged.
    fn note(&mut self, case: &str) {
        let opened = case::Case::open(Path::new(case), "test").unwrap();
        self.findings = opened.view().findings(None).unwrap().len();
        self.exhibits = opened.view().exhibits().unwrap().len();
    }
}

/// A fixed sequence, so that a failure can be seen again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

/// Runs the program and kills it after `wait` microseconds. Returns its exit code where it ended before.
fn killed_after(words: &[&str], wait: u64) -> Option<i32> {
    let mut child =
        redress(words.iter().copied()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_micros(wait));
    if child.try_wait().unwrap().is_none() {
        // SIGKILL on Unix.
        child.kill().unwrap();
    }
    child.wait().unwrap().code()
}

/// A case in which one command after the other is begun and killed.
struct Killing {
    folder: tempfile::TempDir,
    case: String,
    known: Acknowledged,
    random: Numbers,
    captures: u64,
    killed: u64,
    begun: u64,
}

impl Killing {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let case = new_case(folder.path());
        let random = Numbers(0x9e37_79b9_7f4a_7c15);
        Self { folder, case, known: Acknowledged::default(), random, captures: 0, killed: 0, begun: 0 }
    }

    fn file(&mut self) -> (String, Digest) {
        let path = self.folder.path().join(format!("{}.ndjson", self.captures));
        let bytes = capture(self.captures);
        self.captures += 1;
        std::fs::write(&path, &bytes).unwrap();
        (path.to_string_lossy().into_owned(), Digest::of(bytes.as_bytes()))
    }

    /// Runs a command to its end. Returns how many microseconds it took.
    fn whole(&mut self, words: &[&str]) -> u64 {
        let begun = Instant::now();
        let (code, out, error) = run(words);
        assert!(code == 0 || code == 1 && words[0] == "import", "{words:?}: {out}{error}");
        u64::try_from(begun.elapsed().as_micros()).unwrap()
    }

    /// Imports something new, so that the next command has work to be killed in.
    fn more(&mut self) -> u64 {
        let (file, digest) = self.file();
        let case = self.case.clone();
        let took = self.whole(&["import", &case, &file]);
        self.known.captures.push(digest);
        took
    }

    /// Begins a command that takes about `time` and kills it. Returns its code where it ended before.
    fn kill(&mut self, words: &[&str], time: u64) -> Option<i32> {
        let wait = self.random.below(time + time / 5);
        let after = format!("{} {} killed after {wait} µs of {time}", words[0], self.begun);
        self.begun += 1;
        let code = killed_after(words, wait);
        match code {
            Some(code) => assert!(code <= 1, "{after}: it ended with {code}"),
            None => self.killed += 1,
        }
        self.known.check(&self.case, &after);
        code
    }

    /// Whether fewer than `kills` were killed at work so far; some end before their time.
    fn goes_on(&self, kills: u64) -> bool {
        assert!(self.begun < 5 * kills, "only {} of {} were killed in time", self.killed, self.begun);
        self.killed < kills
    }

    /// What all of it comes to: the case verifies, and its index says what objects and ledger say.
    fn end(self) {
        let Self { case, killed, begun, .. } = self;
        let (code, out, _) = run(&["verify", &case]);
        assert_eq!(code, 0, "{out}");
        let (code, out, _) = run(&["--json", "rebuild", &case]);
        assert!(code == 0 && out.contains("\"unchanged\":true"), "{out}");
        println!("{killed} of {begun} commands were killed at work");
    }
}

#[test]
fn an_import_survives_being_killed() {
    let mut killing = Killing::new();
    let time = killing.more();
    while killing.goes_on(IMPORTS) {
        let (file, digest) = killing.file();
        let case = killing.case.clone();
        if killing.kill(&["import", &case, &file], time).is_some() {
            killing.known.captures.push(digest);
        }
    }
    killing.end();
}

#[test]
fn a_scan_survives_being_killed() {
    let mut killing = Killing::new();
    let case = killing.case.clone();
    killing.more();
    let time = killing.whole(&["scan", &case]);
    while killing.goes_on(SCANS) {
        killing.more();
        if killing.kill(&["scan", &case], time).is_some() {
            killing.known.note(&case);
        }
    }
    killing.end();
}

#[test]
fn a_review_survives_being_killed() {
    let mut killing = Killing::new();
    let case = killing.case.clone();
    let words = ["review", &case, "confirm", "--all-open", "--why", "test"];
    killing.more();
    killing.whole(&["scan", &case]);
    let time = killing.whole(&words);
    while killing.goes_on(REVIEWS) {
        killing.more();
        killing.whole(&["scan", &case]);
        killing.known.note(&case);
        if killing.kill(&words, time).is_some() {
            killing.known.note(&case);
        }
    }
    killing.end();
}

#[test]
fn an_export_survives_being_killed() {
    let mut killing = Killing::new();
    let case = killing.case.clone();
    killing.more();
    killing.whole(&["scan", &case]);
    killing.whole(&["review", &case, "confirm", "--all-open", "--why", "test"]);
    let words = |out: &Path| {
        let out = out.to_string_lossy().into_owned();
        ["export", &case, "--for", "platform", "--out", &out].map(str::to_owned)
    };
    let first = words(&killing.folder.path().join("first"));
    let time = killing.whole(&first.each_ref().map(String::as_str));
    // The first one is the slowest: what it reads from the disk lies in memory afterwards.
    let second = words(&killing.folder.path().join("second"));
    let time = killing.whole(&second.each_ref().map(String::as_str)).min(time);
    killing.known.exports = 2;
    killing.known.note(&case);
    while killing.goes_on(EXPORTS) {
        let out = killing.folder.path().join(format!("out-{}", killing.begun));
        let words = words(&out);
        let code = killing.kill(&words.each_ref().map(String::as_str), time);
        killing.known.exports += usize::from(code == Some(0));
        // A package is there whole or not at all.
        if out.exists() {
            let (code, said, _) = run(&["verify", out.to_str().unwrap()]);
            assert_eq!(code, 0, "{}: {said}", out.display());
        }
    }
    killing.end();
}
