//! Reading drawn pictures with the real program. Without it these fail with the sentence that says how to install it.

use std::path::Path;

use image::RgbImage;
use values::{Platform, Span};

use super::*;
use crate::Area;
use crate::drawn::{Canvas, Face, Words, photographed, screen};

fn reader() -> Reader {
    Reader::find(Bounds::laptop()).unwrap_or_else(|trouble| panic!("{trouble}"))
}

const TEXT: &str =
    "Gray hatchback, plate RDR-0000, parked at 1200 Example Street. Call 202-555-0143 and pay him a visit.";

fn drawn(paper: [u8; 3], ink: [u8; 3], size: u32, text: &str) -> Picture {
    let mut canvas = Canvas::new(640, 260, paper);
    canvas.block((24, 30), 590, size, Face::Plain, ink, text);
    canvas.picture()
}

fn check(picture: &Picture, expected: &[&str]) -> Page {
    let page = reader().read(picture).unwrap_or_else(|trouble| panic!("{trouble}"));
    let text = page.text.replace('\n', " ");
    for words in expected {
        assert!(text.contains(words), "“{words}” is not in “{text}”");
    }
    page
}

#[test]
fn light_dark_and_small_text_is_read() {
    let words = &["RDR-0000", "1200 Example Street", "202-555-0143", "pay him"];
    check(&drawn([255, 255, 255], [15, 20, 25], 26, TEXT), words);
    check(&drawn([21, 32, 43], [230, 233, 234], 26, TEXT), words);
    check(&drawn([255, 255, 255], [60, 60, 60], 13, TEXT), words);
}

#[test]
fn white_on_blue_beside_black_on_white_is_read() {
    let mut canvas = Canvas::new(800, 300, [255, 255, 255]);
    canvas.line((30, 30), 30, Face::Plain, [0, 0, 0], "Who is the courier?");
    canvas.fill(Area::new(250, 120, 520, 100), [0, 110, 240]);
    canvas.line((280, 150), 30, Face::Plain, [255, 255, 255], "His plate is RDR-0000");
    check(&canvas.picture(), &["Who is the courier", "RDR-0000"]);
}

#[test]
fn a_photo_of_a_screen_is_turned_upright() {
    let page = check(
        &photographed(&drawn([255, 255, 255], [15, 20, 25], 26, TEXT), 35),
        &["RDR-0000", "202-555-0143"],
    );
    let plate = page.words.iter().find(|word| word.text.contains("RDR-0000")).unwrap();
    assert!(plate.area.right() <= page.width && plate.area.bottom() <= page.height);
}

#[test]
fn spanish_is_read_with_its_letters() {
    let text = "Todos saben donde vive el cartero que lleva las boletas. Mañana vamos a su casa por él.";
    check(&drawn([255, 255, 255], [0, 0, 0], 26, text), &["Mañana vamos a su casa"]);
}

#[test]
fn the_boxes_of_words_hold_their_ink() {
    let mut canvas = Canvas::new(900, 200, [255, 255, 255]);
    canvas.line((40, 40), 34, Face::Plain, [0, 0, 0], "The car, a gray hatchback:");
    let plate = canvas.line((40, 110), 34, Face::Bold, [0, 0, 0], "RDR-0000");
    let page = check(&canvas.picture(), &["RDR-0000"]);
    let start = page.text.find("RDR-0000").unwrap();
    let boxes = page.boxes(Span::new(start, start + 8));
    assert_eq!(boxes.len(), 1);
    assert!(plate.grown(6).holds(boxes[0]), "{boxes:?} is not in {plate:?}");
    assert!(boxes[0].width > plate.width * 9 / 10);
}

#[test]
fn a_picture_without_text_gives_an_empty_page() {
    let blank = Picture::of_pixels(RgbImage::from_pixel(300, 200, image::Rgb([250, 250, 250])));
    assert_eq!(reader().read(&blank).unwrap().text, "");
    let dot = Picture::of_pixels(RgbImage::from_pixel(1, 1, image::Rgb([0, 0, 0])));
    assert_eq!(reader().read(&dot).map(|page| page.text), Ok(String::new()));
}

#[test]
fn reading_is_the_same_every_time_and_bounded_in_pictures() {
    let words = Words {
        name: "Example Watcher",
        handle: "example_watcher",
        time: "10:11 AM",
        text: TEXT,
        counts: &[],
    };
    let picture = screen(Platform::X, true, &words);
    let alone = reader().read(&picture).unwrap();
    let (mut given, mut results) = (0, Vec::new());
    reader().read_many(
        2,
        || {
            given += 1;
            (given <= 3).then(|| (given, Ok(picture.clone())))
        },
        |number, _, read| results.push((number, read.unwrap())),
    );
    results.sort_by_key(|(number, _)| *number);
    assert_eq!(results.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(results.iter().all(|(_, page)| *page == alone));
}

#[test]
fn a_missing_program_is_a_trouble_that_says_how_to_install_it() {
    let trouble = Reader::at(Path::new("/nowhere/tesseract"), Bounds::laptop()).unwrap_err();
    assert_eq!(trouble.code, "ocr.no_tesseract");
    for word in ["winget install", "brew install tesseract", "apt install tesseract-ocr"] {
        assert!(trouble.next.contains(word), "{trouble}");
    }
}

#[test]
fn too_little_time_or_memory_is_a_trouble() {
    let picture = drawn([255, 255, 255], [0, 0, 0], 26, TEXT);
    let slow = Reader { bounds: Bounds { seconds: 0, ..Bounds::laptop() }, ..reader() };
    assert_eq!(slow.read(&picture).unwrap_err().code, "ocr.too_slow");
    if cfg!(target_os = "linux") {
        let small = Reader { bounds: Bounds { memory: 40 << 20, ..Bounds::laptop() }, ..reader() };
        assert_eq!(small.read(&picture).unwrap_err().code, "ocr.failed");
    }
}
