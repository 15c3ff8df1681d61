//! Importing where one of the files takes too long.

mod common;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use actions::context::Unit;
use actions::import::{self, Became};
use actions::{Context, Progress, demo};
use common::{context, new_case};
use intake::{Limits, Options};
use values::Digest;

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
    let context = Context { clock: &clock, progress: &progress, ..context() };
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
    let mut case = new_case(folder.path(), Some(&demo::subject()));
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

/// An archive of X of one account, unpacked.
fn unpacked(folder: &Path, number: u64, handle: &str, post: u64) {
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("a folder");
    let account = format!(
        r#"window.YTD.account.part0 = [ {{"account":{{"accountId":"{number}","username":"{handle}"}}}} ]"#
    );
    std::fs::write(data.join("account.js"), account).expect("written");
    let tweets = format!(
        r#"window.YTD.tweets.part0 = [ {{"tweet":{{"id_str":"{post}","id":"{post}","full_text":"mine","created_at":"Tue Nov 04 15:02:11 +0000 2025","entities":{{}}}}}} ]"#
    );
    std::fs::write(data.join("tweets.js"), tweets).expect("written");
    std::fs::write(data.join("manifest.js"), format!("window.__THAR_CONFIG = {{\"userInfo\" : {number}}}"))
        .expect("written");
}

#[test]
fn an_unpacked_export_is_read_like_the_archive_it_came_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    unpacked(&files.join("one"), 777, "example_one", 1_985_724_259_103_670_395);
    unpacked(&files.join("two"), 888, "example_two", 1_985_724_259_103_670_396);
    // A chat with a picture, one whose file is named as if it lay elsewhere, and one that is not there.
    let chat = files.join("chat");
    std::fs::create_dir_all(chat.join("photos")).expect("a folder");
    let picture = b"not really a picture";
    std::fs::write(chat.join("photos/photo_1.jpg"), picture).expect("written");
    let message = |id: u32, photo: &str| {
        format!(
            r#"{{"id":{id},"type":"message","date":"2025-11-04T10:02:11","date_unixtime":"1762268531","from":"E","from_id":"user1","photo":"{photo}","text":"x"}}"#
        )
    };
    let outside = folder.path().join("outside.jpg");
    std::fs::write(&outside, b"elsewhere").expect("written");
    let messages = [
        message(1, "photos/photo_1.jpg"),
        message(2, "../../outside.jpg"),
        message(3, &outside.display().to_string()),
        message(4, "photos/photo_9.jpg"),
    ];
    let json = format!(r#"{{"name":"E","type":"personal_chat","id":5,"messages":[{}]}}"#, messages.join(","));
    std::fs::write(chat.join("result.json"), json).expect("written");
    let mut case = new_case(folder.path(), Some(&demo::subject()));
    // One file of it alone says who wrote it nowhere; the whole folder does, and is not refused as known already.
    let alone = [files.join("one/data/tweets.js")];
    let options = Options::plain(Limits::ordinary());
    let request = import::Request { paths: &alone, options: &options };
    let first = import::import(&mut case, &request, &context()).expect("an import");
    assert!(first.files[0].troubles.iter().any(|trouble| trouble.code == "x.archive_owner"), "{first:?}");
    let outcome = import_all(folder.path(), &mut case, "none");
    let codes = |file: &import::FileOutcome| -> Vec<String> {
        file.troubles.iter().map(|trouble| trouble.code.to_string()).collect()
    };
    for file in outcome.files.iter().filter(|file| file.format.as_deref() == Some("x-archive")) {
        assert!(
            !codes(file).iter().any(|code| code == "x.archive_owner" || code == "format.holds_nothing"),
            "{file:?}"
        );
        assert_eq!(file.posts == 0, codes(file) == ["format.no_posts_here"], "{file:?}");
    }
    let author = |key: &str| {
        let key = record::PostKey::from_stored(key);
        case.view().seen(&key).expect("it is read").expect("it is there").post.author.shown()
    };
    assert_eq!(author("x:1985724259103670395"), "@example_one");
    assert_eq!(author("x:1985724259103670396"), "@example_two");
    let digest = |id: u32| {
        let key = record::PostKey::from_stored(format!("telegram:5/{id}"));
        case.view().seen(&key).expect("it is read").expect("it is there").post.media[0].digest
    };
    assert_eq!(digest(1), Some(Digest::of(picture)));
    assert_eq!([digest(2), digest(3), digest(4)], [None; 3]);
}
