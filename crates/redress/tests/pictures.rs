//! Screenshots in a case: read by the real program, searched like posts, confirmed or corrected by a person.

mod common;

use std::path::Path;

use common::{files, filter, new_case, redress, run};
use image::RgbImage;
use image::imageops::crop_imm;
use pixels::Area;
use pixels::drawn::{Canvas, Face, Words, photo, screen};
use serde_json::Value;
use values::Platform;

const TEXT: &str = "Who is the man with the gray hatchback? Plate RDR-0000. Somebody at the drop box on Example Street \
                    must know him.";

fn post_on_x(text: &str) -> RgbImage {
    let words = Words {
        name: "Example Watcher",
        handle: "example_watcher",
        time: "10:11 AM · Nov 4, 2025",
        text,
        counts: &["12", "3", "1,245", "6"],
    };
    screen(Platform::X, true, &words).rgb().clone()
}

fn json(words: &[&str]) -> Value {
    let words: Vec<&str> = std::iter::once("--json").chain(words.iter().copied()).collect();
    let (code, out, error) = run(&words);
    assert!(code <= 1, "{words:?}: {out}{error}");
    serde_json::from_str(&out).unwrap()
}

fn area(of: &Value) -> Area {
    let number = |name: &str| u32::try_from(of[name].as_u64().unwrap()).unwrap();
    Area::new(number("left"), number("top"), number("width"), number("height"))
}

#[test]
fn a_screenshot_is_read_searched_corrected_and_packaged() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let shot = folder.path().join("Screenshot_20251104_101111_com.twitter.android.png");
    post_on_x(TEXT).save(&shot).unwrap();
    run(&["import", &case, shot.to_str().unwrap()]);
    let waiting = json(&["pictures", &case]);
    assert_eq!((&waiting["read"], &waiting["waiting"]), (&0.into(), &1.into()), "{waiting}");

    let scanned = json(&["scan", &case]);
    assert_eq!(scanned["pictures"]["read"], 1, "{scanned}");
    assert_eq!(scanned["pictures"]["proposed"], 1, "{scanned}");
    assert!(scanned["counting"]["dox"].as_u64() >= Some(1), "{scanned}");
    // Read once: a second scan has nothing to do.
    assert_eq!(json(&["scan", &case])["pictures"]["read"], 0);

    // A finding leads to the pixels of its words.
    let list = json(&["review", &case, "list", "--show"]);
    let one = list["lines"][0]["id"].as_str().unwrap();
    let only = json(&["review", &case, "list", one, "--show"]);
    assert_eq!(only["lines"].as_array().unwrap().len(), 1, "only the finding asked for is shown: {only}");
    assert_eq!(only["lines"][0]["id"], one);
    let plate = list["lines"].as_array().unwrap().iter().find(|line| line["what"] == "plate").unwrap();
    assert!(plate["quote"].as_str().unwrap().contains("RDR-0000"), "{plate}");
    let found = area(&plate["boxes"][0]);
    let line = post_on_x(TEXT);
    assert!(
        found.right() <= line.width() && found.bottom() <= line.height() && found.height < 90,
        "{found:?}"
    );

    // What is proposed has a box for each field; words are hidden until asked for.
    let hidden = json(&["pictures", &case]);
    assert!(!hidden.to_string().contains("RDR-0000"), "{hidden}");
    let shown = json(&["pictures", &case, "--show"]);
    let field = |name: &str| {
        let fields = shown["pictures"][0]["fields"].as_array().unwrap();
        let field = fields
            .iter()
            .find(|field| field["field"] == name)
            .unwrap_or_else(|| panic!("no {name}: {shown}"));
        assert!(name == "app" || !field["boxes"].as_array().unwrap().is_empty(), "{field}");
        field["value"].as_str().unwrap().to_owned()
    };
    assert_eq!(field("handle"), "example_watcher");
    assert_eq!(field("text"), TEXT);
    assert_eq!(field("likes"), "1245");
    let picture = shown["pictures"][0]["picture"].as_str().unwrap().to_owned();

    // A wrong correction changes nothing; a right one is the post from now on.
    let before = files(case.as_ref());
    for wrong in [
        &["pictures", &case, "confirm", &picture[..8], "--time", "yesterday"][..],
        &["pictures", &case, "confirm", "ffffffff"],
        &["pictures", &case, "confirm"],
        &["pictures", &case, "confirm", &picture[..8], "--app", "myspace"],
    ] {
        let (code, _, error) = run(wrong);
        assert!(code == 2 && error.len() > 20, "{wrong:?}: {code} {error}");
    }
    assert_eq!(files(case.as_ref()), before);
    let fields = br#"{"handle": "@example_watcher2", "views": 581234, "url": "https://x.com/example_watcher2/status/1985724259103670395"}"#;
    let (code, out, error) =
        filter(&["pictures", &case, "confirm", &picture[..8], "--corrections", "-", "--by", "Ana"], fields);
    assert!(code == 0 && out.contains("handle, url, views"), "{out}{error}");
    json(&["scan", &case]);
    let list = json(&["review", &case, "list", "--show"]);
    let plate = list["lines"].as_array().unwrap().iter().find(|line| line["what"] == "plate").unwrap();
    assert_eq!(plate["text"], TEXT);
    assert!(plate["account"].as_str().unwrap().contains("example_watcher2"), "{plate}");
    assert_eq!(area(&plate["boxes"][0]), found, "the words are where they were");

    // All of it is in the ledger, and the index is made again equal.
    let (_, out, _) = run(&["--json", "rebuild", &case]);
    assert!(out.contains("\"unchanged\":true"), "{out}");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    run(&["review", &case, "confirm", "--all-open", "--kind", "dox", "--by", "Ana"]);
    let package = folder.path().join("package");
    let (code, out, error) = run(&["export", &case, "--for", "police", "--out", package.to_str().unwrap()]);
    assert!(code <= 1, "{out}{error}");
    assert!(package.join("data/exhibits/EX-0001/post.txt").is_file(), "{out}");
    // Beside the exhibit stands where in which picture its words were read.
    let table = std::fs::read_to_string(package.join("data/tables/findings.csv")).unwrap();
    let boxed =
        format!("\"{picture}\",\"{}, {}, {} × {}\"", found.left, found.top, found.width, found.height);
    assert!(table.contains(&boxed), "{boxed} is not in {table}");

    // A person may say that a picture shows no post.
    let (code, out, _) = run(&["pictures", &case, "refuse", &picture[..8], "--why", "not his"]);
    assert!(code == 0 && out.contains("shows no post"), "{out}");
    assert_eq!(json(&["pictures", &case])["pictures"][0]["said"], "refused");
}

/// A screenshot of a post and the post itself are one post that was seen twice, once a person said what the picture shows.
#[test]
fn a_screenshot_of_a_captured_post_is_tied_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let shot = folder.path().join("Screenshot_20251104_101111_com.twitter.android.png");
    post_on_x(TEXT).save(&shot).unwrap();
    let table = folder.path().join("posts.csv");
    let row = |id: u64, handle: &str, text: &str| {
        format!("{id},{handle},\"{text}\",https://x.com/{handle}/status/{id}\n")
    };
    let rows = [
        "tweet_id,screen_name,text,url\n".to_owned(),
        row(1_985_724_259_103_670_395, "example_watcher", TEXT),
        row(1_985_724_259_103_670_399, "example_watcher", "Lines are short and everyone was friendly here."),
        // The same words of another account are another post.
        row(1_985_724_259_103_670_400, "example_other", TEXT),
    ];
    std::fs::write(&table, rows.concat()).unwrap();
    run(&["import", &case, shot.to_str().unwrap(), table.to_str().unwrap()]);
    run(&["scan", &case]);
    let list = json(&["pictures", &case]);
    let key = "x:1985724259103670395";
    assert_eq!(list["pictures"][0]["perhaps"], serde_json::json!([key]), "{list}");
    let (_, out, _) = run(&["pictures", &case]);
    assert!(out.contains("perhaps the same as x:1985724259103670395"), "{out}");

    let picture = list["pictures"][0]["picture"].as_str().unwrap().to_owned();
    let (code, out, error) = run(&["pictures", &case, "confirm", &picture[..8], "--by", "Ana"]);
    assert!(code == 0 && out.contains("one post with what was captured"), "{out}{error}");
    let opened = case::Case::open(case.as_ref(), "test").unwrap();
    let seen = opened.view().seen(&record::PostKey::from_stored(key.to_owned())).unwrap().unwrap();
    assert_eq!((seen.sightings.len(), seen.post.text.as_str()), (2, TEXT));
    let said = opened.view().picture(&picture.parse().unwrap()).unwrap().unwrap().said.unwrap();
    assert!(said.same_as.unwrap().why.starts_with("the same handle and the same words"));
    // The picture itself stands in the timeline as what it is, without words of its own.
    let page = record::PostKey::from_stored(list["pictures"][0]["post"].as_str().unwrap().to_owned());
    assert_eq!(opened.view().text(&page).unwrap().as_deref(), Some(""));
    drop(opened);
    let (_, out, _) = run(&["--json", "rebuild", &case]);
    assert!(out.contains("\"unchanged\":true"), "{out}");
    assert_eq!(run(&["scan", &case]).0, 0);
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");

    // Said otherwise later, they are two again.
    let (code, _, error) =
        run(&["pictures", &case, "confirm", &picture[..8], "--handle", "@example_third", "--by", "Ana"]);
    assert_eq!(code, 0, "{error}");
    let opened = case::Case::open(case.as_ref(), "test").unwrap();
    assert_eq!(opened.view().text(&page).unwrap().as_deref(), Some(TEXT));
    let seen = opened.view().seen(&record::PostKey::from_stored(key.to_owned())).unwrap().unwrap();
    assert_eq!(seen.sightings.len(), 1);
}

#[test]
fn without_the_program_the_way_to_install_it_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let shot = folder.path().join("IMG_0412.PNG");
    post_on_x(TEXT).save(&shot).unwrap();
    run(&["import", &case, shot.to_str().unwrap()]);
    let output = redress(["scan", &case]).env("PATH", folder.path()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    for word in ["winget install", "brew install", "apt install", "1 picture was not read"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // Once it is there, the picture is read.
    assert_eq!(json(&["scan", &case])["pictures"]["read"], 1);
}

#[test]
fn scrolled_screenshots_are_one_page_and_words_lead_to_the_shot_they_stand_in() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let mut canvas = Canvas::new(1080, 2600, [255, 255, 255]);
    let mut top = 60;
    for number in 0..34 {
        let words = match number {
            17 => "We know where you live and we are".to_owned(),
            18 => "coming for you tonight, RDR-0000.".to_owned(),
            _ => format!("Line {number} speaks of weather and bread, {}", number * 37),
        };
        canvas.line((60, top), 40, Face::Plain, [20, 20, 20], &words);
        top += 74;
    }
    let page = canvas.picture();
    let roll = folder.path().join("roll");
    std::fs::create_dir(&roll).unwrap();
    // The threat is cut by the end of the first shot, and whole on no shot of its own.
    for (name, from) in [("Screenshot_20251104_101111.png", 0), ("Screenshot_20251104_101115.png", 900)] {
        crop_imm(page.rgb(), 0, from, 1080, 1380).to_image().save(roll.join(name)).unwrap();
    }
    run(&["import", &case, roll.to_str().unwrap()]);
    let scanned = json(&["scan", &case]);
    assert_eq!(
        (&scanned["pictures"]["read"], &scanned["pictures"]["stitched"]),
        (&2.into(), &2.into()),
        "{scanned}"
    );
    let list = json(&["pictures", &case, "--all", "--show"]);
    let pictures = list["pictures"].as_array().unwrap();
    assert_eq!(pictures.len(), 1, "{list}");
    let text = pictures[0]["text"].as_str().unwrap();
    assert!(text.contains("where you live and we are\ncoming for you tonight"), "{text}");
    assert_eq!(text.matches("Line 15 speaks").count(), 1, "{text}");
    let found = json(&["review", &case, "list", "--kind", "threat", "--show"]);
    assert!(!found["lines"][0]["boxes"].as_array().unwrap().is_empty(), "{found}");
}

#[test]
fn the_same_photo_cropped_and_in_a_screenshot_is_named_as_a_twin() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let roll = folder.path().join("roll");
    std::fs::create_dir(&roll).unwrap();
    let (taken, other) = (photo(5, 900, 675), photo(6, 900, 675));
    taken.save(roll.join("a.png")).unwrap();
    crop_imm(&taken, 120, 90, 640, 500).to_image().save(roll.join("b.jpg")).unwrap();
    let mut canvas = Canvas::new(1080, 1500, [255, 255, 255]);
    canvas.block(
        (44, 100),
        990,
        44,
        Face::Plain,
        [0, 0, 0],
        "Who is the man in this picture? Somebody must know him.",
    );
    canvas.lay(90, 420, &taken);
    canvas.picture().rgb().save(roll.join("c.png")).unwrap();
    other.save(roll.join("d.png")).unwrap();
    run(&["import", &case, roll.to_str().unwrap()]);
    run(&["scan", &case]);
    let list = json(&["pictures", &case]);
    let twins = |name: &str| {
        let shown = list["pictures"].as_array().unwrap().iter().find(|shown| shown["name"] == name);
        shown.map_or(0, |shown| shown["twins"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(["a.png", "b.jpg", "c.png", "d.png"].map(twins), [2, 2, 2, 0], "{list}");
    let (code, out, error) = run(&["trace", &case]);
    assert!(code <= 1, "{out}{error}");
}

#[test]
fn files_that_only_call_themselves_pictures_are_told_and_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = new_case(folder.path());
    let roll = folder.path().join("roll");
    std::fs::create_dir(&roll).unwrap();
    // The head of a PNG that claims 2 billion pixels a side, and one that is cut off.
    let mut huge = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0".to_vec();
    huge.extend_from_slice(&[0; 64]);
    std::fs::write(roll.join("huge.png"), huge).unwrap();
    post_on_x(TEXT).save(roll.join("whole.png")).unwrap();
    let whole = std::fs::read(roll.join("whole.png")).unwrap();
    std::fs::write(roll.join("half.png"), &whole[..whole.len() / 3]).unwrap();
    run(&["import", &case, roll.to_str().unwrap()]);
    let (code, out, _) = run(&["scan", &case]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("picture.too_large") || out.contains("picture.damaged"), "{out}");
    assert!(out.contains("Read 3 pictures: words in 1"), "{out}");
    let (code, out, _) = run(&["verify", &case]);
    assert_eq!(code, 0, "{out}");
    assert!(Path::new(&case).is_dir());
}
