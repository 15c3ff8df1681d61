//! Invented screenshots of each app, drawn, read by the real program, and proposed as posts.

use image::RgbImage;
use values::Platform;

use super::*;
use crate::drawn::{Words, screen};
use crate::ocr::{Bounds, Reader};

const TEXT: &str = "Who is the man with the gray hatchback? Plate RDR-0000. Somebody at the drop box on Example Street \
                    must know him.";

fn read(app: Platform, dark: bool, words: &Words<'_>, name: &str) -> (Proposed, Page) {
    let reader = Reader::find(Bounds::laptop()).unwrap_or_else(|trouble| panic!("{trouble}"));
    let picture = screen(app, dark, words);
    let page = reader.read(&picture).unwrap_or_else(|trouble| panic!("{trouble}"));
    let proposed =
        propose(&page, &picture, name).unwrap_or_else(|| panic!("nothing proposed from “{}”", page.text));
    (proposed, page)
}

/// Writes a proposal as one line: app, name, handle, time, counts, text.
fn shown(proposed: &Proposed) -> String {
    let counts: Vec<String> =
        proposed.counts.iter().map(|(counted, field)| format!("{counted:?} {}", field.value)).collect();
    format!(
        "{} | {} | {} | {} | {} | {}",
        proposed.app.value,
        proposed.name.as_ref().map_or("-", |name| &name.value),
        proposed.handle.as_ref().map_or("-", |handle| handle.value.as_str()),
        proposed.time.as_ref().map_or("-".to_owned(), |time| {
            time.value.at.map_or(time.value.words.clone(), |at| at.to_rfc3339())
        }),
        counts.join(", "),
        proposed.text.as_ref().map_or("-", |text| &text.value),
    )
}

fn check(app: Platform, dark: bool, time: &str, counts: &[&str], expected: &str) {
    let name = if app == Platform::Sms { "(202) 555-0143" } else { "Example Watcher" };
    let words = Words { name, handle: "example_watcher", time, text: TEXT, counts };
    let (proposed, page) = read(app, dark, &words, "");
    assert_eq!(shown(&proposed), format!("{expected} | {TEXT}"), "read:\n{}", page.text);
    // Every field leads to pixels, and those of the text hold those of its words.
    let text = proposed.text.unwrap();
    assert!(!text.areas.is_empty() && text.confidence.get() > 0.5);
    assert_eq!(page.boxes(text.span.unwrap()), text.areas);
}

#[test]
fn a_post_on_x_is_proposed() {
    let expected = "x | Example Watcher | example_watcher | 2025-11-04T10:11Z | Reposts 12, Quotes 3, Likes 1245, Bookmarks 6";
    for dark in [false, true] {
        check(Platform::X, dark, "10:11 AM · Nov 4, 2025", &["12", "3", "1,245", "6"], expected);
    }
}

#[test]
fn a_post_on_truth_social_is_proposed() {
    let expected =
        "truthsocial | Example Watcher | example_watcher | 2025-11-04T10:11Z | Reposts 1200, Likes 3400";
    check(Platform::TruthSocial, false, "Nov 4, 2025, 10:11 AM", &["1.2k", "3.4k"], expected);
}

#[test]
fn a_post_on_facebook_is_proposed() {
    let expected = "facebook | Example Watcher | - | 2025-11-04T10:11Z | Replies 17, Reposts 45, Likes 123";
    check(Platform::Facebook, false, "November 4, 2025 at 10:11 AM", &["123", "17", "45"], expected);
}

#[test]
fn a_post_on_telegram_is_proposed() {
    let expected = "telegram | Example Watcher | - | 10:11 AM | Views 1200";
    let words =
        Words { name: "Example Watcher", handle: "", time: "10:11 AM", text: TEXT, counts: &["1.2K"] };
    let (proposed, page) = read(Platform::Telegram, true, &words, "");
    let line = shown(&proposed).replace("1.2K 10:11 AM", "10:11 AM");
    assert_eq!(line, format!("{expected} | {TEXT}"), "read:\n{}", page.text);
}

#[test]
fn a_text_message_is_proposed() {
    let expected = "sms | (202) 555-0143 | - | Tue, Nov 4 at 10:11 AM | ";
    check(Platform::Sms, false, "Tue, Nov 4 at 10:11 AM", &[], expected);
}

#[test]
fn the_name_of_the_file_tells_app_and_year() {
    let words =
        Words { name: "(202) 555-0143", handle: "", time: "Tue, Nov 4 at 10:11 AM", text: TEXT, counts: &[] };
    let (proposed, _) = read(Platform::Sms, false, &words, "Screenshot_20251104_101211_Messages.jpg");
    assert!(proposed.app.confidence.get() > 0.9);
    assert_eq!(proposed.time.unwrap().value.at.unwrap().to_rfc3339(), "2025-11-04T10:11Z");
    assert_eq!(proposed.taken.unwrap().to_rfc3339(), "2025-11-04T10:12:11Z");
}

#[test]
fn a_picture_of_no_app_proposes_nothing() {
    let picture = Picture::of_pixels(RgbImage::new(10, 10));
    assert_eq!(propose(&Page::empty(10, 10), &picture, "IMG_0412.PNG"), None);
    let proposed =
        propose(&Page::empty(10, 10), &picture, "Screenshot_20251104_101111_com.twitter.android.png")
            .unwrap();
    assert_eq!((proposed.app.value, proposed.text), (Platform::X, None));
}
