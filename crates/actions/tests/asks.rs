//! What a capture leaves open is asked with both readings, and an answer stands with the reading it made.

mod common;

use std::path::Path;

use actions::files;
use actions::import::asks::{self, Order, Reply};
use actions::import::{self, Became};
use actions::screens::Case;
use common::{context, new_case};
use values::{Doubt, Moment};

fn case(folder: &Path, name: &str, text: &str, options: &intake::Options) -> Case {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    let mut case = new_case(folder, None);
    let outcome =
        import::import_found(&mut case, &files::find(&[file]).unwrap(), options, &context()).unwrap();
    assert!(matches!(outcome.files[0].became, Became::Imported), "{outcome:?}");
    case
}

fn plain() -> intake::Options {
    intake::Options::plain(intake::Limits::ordinary())
}

fn written(case: &Case) -> Moment {
    let posts = case.view().posts_asked(&actions::screens::PostsAsked { most: 10, ..Default::default() });
    let key = posts.unwrap()[0].key.clone();
    case.view().seen(&key).unwrap().unwrap().sightings[0].post.written.unwrap()
}

const CHAT: &str = "[11/4/25, 10:02:11 AM] Ana Example: one\n[12/1/25, 9:15:00 PM] Ben Example: two\n";

#[test]
fn both_readings_of_a_chat_are_asked_and_the_answer_stands() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path(), "_chat.txt", CHAT, &plain());
    let questions = asks::open(&case).unwrap();
    assert_eq!(questions.len(), 1);
    assert!(questions[0].zone);
    let Some(Order::Either(readings)) = &questions[0].order else { panic!("{questions:?}") };
    assert_eq!(readings.day_first.to_rfc3339(), "2025-04-11T10:02:11Z");
    assert_eq!(readings.month_first.to_rfc3339(), "2025-11-04T10:02:11Z");
    assert_eq!((readings.day_runs_back, readings.month_runs_back), (1, 0));

    let capture = questions[0].capture;
    // The order first; the zone is still open, and the order is not asked again.
    let said = Reply { day_first: Some(false), zone_minutes: None };
    asks::reply(&mut case, &capture, said, &context()).unwrap();
    let left = asks::open(&case).unwrap();
    assert_eq!((left.len(), left[0].order.as_ref(), left[0].zone), (1, None, true));
    let said = Reply { day_first: None, zone_minutes: Some(-300) };
    let outcome = asks::reply(&mut case, &capture, said, &context()).unwrap();
    assert_eq!(outcome.posts, 2);
    assert_eq!(asks::open(&case).unwrap(), []);
    let at = written(&case);
    assert_eq!((at.to_rfc3339().as_str(), at.doubt()), ("2025-11-04T15:02:11Z", None));
    let reader = case.view().capture(&capture).unwrap().unwrap().reader.unwrap();
    assert!(reader.ends_with(" first=month zone=-300"), "{reader}");
    // What is answered is not asked, and cannot be answered twice.
    assert!(asks::reply(&mut case, &capture, said, &context()).is_err());
    assert_eq!(std::fs::read(case.objects().path(&capture)).unwrap(), CHAT.as_bytes());
}

#[test]
fn a_clock_that_cannot_be_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path(), "_chat.txt", CHAT, &plain());
    let before = case.ledger().size();
    let capture = asks::open(&case).unwrap()[0].capture;
    let said = Reply { day_first: Some(true), zone_minutes: Some(15 * 60) };
    assert!(asks::reply(&mut case, &capture, said, &context()).is_err());
    assert_eq!(case.ledger().size(), before);
    assert_eq!(written(&case).doubt(), Some(Doubt::DayMonthOrder));
}

#[test]
fn a_table_read_by_a_mapping_is_not_read_again_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let table = "wrote,seen\nfirst words,4/11/2025 10:02\nother words,5/11/2025 10:02\n";
    let mapping = intake::Mapping::parse("text=wrote,time=seen").unwrap();
    let case =
        case(folder.path(), "table.csv", table, &intake::Options { mapping: Some(mapping), ..plain() });
    let questions = asks::open(&case).unwrap();
    assert_eq!(questions[0].order, Some(Order::ReadAnotherWay), "{questions:?}");
}
