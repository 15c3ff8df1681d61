//! The limit of time: by a clock that the test moves, so that nothing here depends on how fast anything is.

mod reading;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use intake::{Mapping, Options, Slice, Summary};
use reading::{plain, zip};
use record::{Item, Sink};

/// Moves the clock by so many seconds when so many posts have come.
struct Slow<'a> {
    clock: &'a AtomicU64,
    at: usize,
    by: u64,
    posts: usize,
    items: Vec<Item>,
}

impl Sink for Slow<'_> {
    fn take(&mut self, item: Item) {
        self.posts += usize::from(matches!(item, Item::Post { .. }));
        if self.posts == self.at {
            self.clock.fetch_add(self.by, Ordering::Relaxed);
        }
        self.items.push(item);
    }
}

fn table(rows: usize, of: &str) -> Vec<u8> {
    let mut table = b"id,words\n".to_vec();
    (0..rows).for_each(|row| table.extend_from_slice(format!("{of}{row},Who is this man?\n").as_bytes()));
    table
}

fn read(name: &str, bytes: &[u8], options: &Options, at: usize, by: u64) -> (Summary, Vec<Item>) {
    let clock = AtomicU64::new(7);
    let mut sink = Slow { clock: &clock, at, by, posts: 0, items: Vec::new() };
    let now = || Duration::from_secs(clock.load(Ordering::Relaxed));
    let summary =
        intake::read_by(&now, None, &Slice::new(name, bytes), options, &mut sink).expect("it is read");
    (summary, sink.items)
}

fn codes(items: &[Item]) -> Vec<String> {
    let code = |item: &Item| match item {
        Item::Trouble(trouble) => Some(trouble.code.to_string()),
        _ => None,
    };
    items.iter().filter_map(code).filter(|code| code.ends_with("time_limit")).collect()
}

fn words() -> Options {
    Options { mapping: Some(Mapping::parse("text=words,id=id").expect("a mapping")), ..plain() }
}

#[test]
fn a_file_that_takes_too_long_keeps_what_was_read_of_it() {
    let bytes = table(50_000, "a");
    let (summary, items) = read("slow.csv", &bytes, &words(), 10, 601);
    assert!(summary.stopped);
    assert!((10..=80).contains(&summary.posts), "{}", summary.posts);
    assert_eq!(codes(&items), ["file.time_limit"]);
    // Ten minutes are not too long.
    let (summary, items) = read("slow.csv", &bytes, &words(), 10, 600);
    assert!(!summary.stopped && codes(&items).is_empty());
    assert_eq!(summary.posts, 50_000);
}

#[test]
fn a_file_of_which_nothing_was_read_in_time_is_no_refusal() {
    // A clock that goes an hour at each look: the first look at the bytes comes too late.
    let clock = AtomicU64::new(0);
    let now = || Duration::from_secs(clock.fetch_add(3_599, Ordering::Relaxed));
    let mut items: Vec<Item> = Vec::new();
    let bytes = table(5, "a");
    let summary =
        intake::read_by(&now, None, &Slice::new("t.csv", &bytes), &words(), &mut items).expect("kept");
    assert_eq!((summary.format, summary.posts, summary.stopped), ("csv", 0, true));
    assert_eq!(codes(&items), ["file.time_limit"]);
    assert_eq!(summary.troubles, 1, "an end that came too early is not told as damage: {items:?}");
}

#[test]
fn a_file_in_memory_is_stopped_between_its_items() {
    let message = |n: usize| {
        format!(
            r#"{{"id":{n},"type":"message","date":"2025-11-04T21:10:00","date_unixtime":"1762308600","from":"Example","from_id":"user1","text":"Who is this man?"}}"#
        )
    };
    let messages: Vec<String> = (1..1000).map(message).collect();
    let chat = format!(
        r#"{{"name":"Example","type":"private_supergroup","id":1,"messages":[{}]}}"#,
        messages.join(",")
    );
    let (summary, items) = read("result.json", chat.as_bytes(), &plain(), 10, 601);
    assert_eq!(summary.format, "telegram-desktop");
    assert!((10..=80).contains(&summary.posts), "{}", summary.posts);
    assert_eq!(codes(&items), ["file.time_limit"]);
}

/// Tables of an archive that need no mapping.
fn handed(rows: usize, of: &str) -> Vec<u8> {
    let mut table = b"id,text,created_at,username,url\n".to_vec();
    for row in 0..rows {
        let line = format!(
            "{of}{row},Who is this man?,2025-11-04T21:10:00Z,example_watcher,https://example.com/{of}/{row}\n"
        );
        table.extend_from_slice(line.as_bytes());
    }
    table
}

#[test]
fn one_slow_file_of_an_archive_does_not_stop_the_others() {
    let bytes = zip(&[
        ("slow.csv", &handed(40_000, "1")),
        ("next.csv", &handed(300, "2")),
        ("last.csv", &handed(300, "3")),
    ]);
    let (summary, items) = read("all.zip", &bytes, &plain(), 10, 601);
    assert!(summary.stopped);
    assert_eq!(codes(&items), ["file.time_limit"]);
    assert!((610..=680).contains(&summary.posts), "{}", summary.posts);
    // The archive as a whole has its limit as well, and says how much was left.
    let (summary, items) = read("all.zip", &bytes, &plain(), 10, 3_601);
    assert_eq!(codes(&items), ["file.time_limit", "archive.time_limit"]);
    assert!((10..=80).contains(&summary.posts), "{}", summary.posts);
    let told = items.iter().find_map(|item| match item {
        Item::Trouble(trouble) if trouble.code == "archive.time_limit" => Some(trouble.what.clone()),
        _ => None,
    });
    assert!(told.expect("it is told").contains("2 files of it were not read"));
}
