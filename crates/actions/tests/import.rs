//! Importing where one of the files takes too long.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use actions::context::Unit;
use actions::import::{self, Became};
use actions::library::Rows;
use actions::{Context, Progress, demo, new};
use intake::{Limits, Options};
use record::{Actor, Role};
use values::{Digest, Moment, Precision, SaidBy};

fn now() -> Moment {
    Moment::from_millis(1_762_400_000_000, Precision::Millisecond, SaidBy::Redress)
}

/// Says whether the file read now is the slow one.
struct Watched {
    slow: AtomicBool,
}

impl Progress for Watched {
    fn begin(&self, _: &str, _: Option<u64>, _: Unit) {}
    fn advance(&self, _: u64) {}
    fn say(&self, words: &str) {
        self.slow.store(words.contains("slow"), Ordering::Relaxed);
    }
    fn end(&self) {}
}

fn import_all(folder: &Path, case: &mut case::Case, slow: &str) -> import::Outcome {
    let progress = Watched { slow: AtomicBool::new(false) };
    let seconds = AtomicU64::new(0);
    // Eleven minutes pass at each look at the clock while the slow file is read, and none else.
    let clock = || {
        let by = if progress.slow.load(Ordering::Relaxed) && slow == "slow" { 660 } else { 0 };
        Duration::from_secs(seconds.fetch_add(by, Ordering::Relaxed))
    };
    let context = Context {
        now: &now,
        clock: &clock,
        actor: Actor::person("Robin"),
        redress: "test",
        progress: &progress,
        rows: &Rows::shipped,
    };
    let options = Options::plain(Limits::ordinary());
    let paths = [folder.join("files")];
    import::import(case, &import::Request { paths: &paths, options: &options }, &context).expect("an import")
}

#[test]
fn a_file_that_takes_too_long_is_kept_whole_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    std::fs::create_dir(&files).expect("a folder");
    let table = |word: &str| {
        format!(
            "id,text,created_at,username\n{word}1,{word} one,2025-11-04T21:10:00Z,example_a\n{word}2,{word} two,2025-11-04T21:11:00Z,example_b\n"
        )
    };
    for name in ["a", "slow", "z"] {
        std::fs::write(files.join(format!("{name}.csv")), table(name)).expect("written");
    }
    let progress = actions::Quiet;
    let context = Context {
        now: &now,
        clock: &|| Duration::ZERO,
        actor: Actor::person("Robin"),
        redress: "test",
        progress: &progress,
        rows: &Rows::shipped,
    };
    let request = new::Request {
        root: &folder.path().join("case"),
        name: None,
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: Some(&demo::subject()),
        keep_until: None,
    };
    let mut case = new::new(&request, &context).expect("a case").0;
    let outcome = import_all(folder.path(), &mut case, "slow");
    let of = |outcome: &import::Outcome, name: &str| {
        let file = outcome.files.iter().find(|file| file.name.ends_with(name)).expect("it is listed").clone();
        let codes: Vec<String> = file.troubles.iter().map(|trouble| trouble.code.to_string()).collect();
        (matches!(file.became, Became::Imported), file.posts, codes, file.capture)
    };
    let kept = Digest::of(table("slow").as_bytes());
    assert_eq!(of(&outcome, "slow.csv"), (true, 0, vec!["file.time_limit".to_owned()], Some(kept)));
    assert_eq!((of(&outcome, "a.csv").1, of(&outcome, "z.csv").1), (2, 2));
    assert!(outcome.troubled());
    assert_eq!(outcome.posts_in_case, 4);
    // Imported again, with more time, it is read again.
    let outcome = import_all(folder.path(), &mut case, "none");
    assert_eq!(of(&outcome, "slow.csv"), (true, 2, vec![], Some(kept)));
    assert_eq!(outcome.posts_in_case, 6);
    // And then no more.
    let outcome = import_all(folder.path(), &mut case, "none");
    let again = outcome.files.iter().all(|file| matches!(file.became, Became::AlreadyThere));
    assert!(again, "{outcome:?}");
}
