//! Pictures in the app: covered until asked for, then with what was found in them framed; and posts found by a picture.

mod common;

use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use common::{App, Client, between, case_of, token};
use image::imageops::{FilterType, crop_imm, resize};
use image::{ImageFormat, RgbImage};
use pixels::drawn::{Words, photo, screen};
use values::{Digest, Platform};

const LONG: Duration = Duration::from_secs(600);
const TEXT: &str = "Who is the man with the gray hatchback? Plate RDR-0000. Somebody at the drop box on Example Street \
                    must know him.";

fn bytes_of(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn screenshot() -> RgbImage {
    let words = Words {
        name: "Example Watcher",
        handle: "example_watcher",
        time: "10:11 AM · Nov 4, 2025",
        text: TEXT,
        counts: &["12", "3", "1,245", "6"],
    };
    screen(Platform::X, false, &words).rgb().clone()
}

/// A case with a screenshot, and one photo three times: as it was, smaller as JPEG, and cropped; with another photo.
fn app(folder: &Path) -> App {
    let captures = folder.join("captures");
    std::fs::create_dir(&captures).unwrap();
    let first = photo(3, 900, 700);
    for (name, picture, format) in [
        ("Screenshot_20251104_101111_com.twitter.android.png", screenshot(), ImageFormat::Png),
        ("photo.png", first.clone(), ImageFormat::Png),
        ("photo-again.jpg", resize(&first, 640, 498, FilterType::Triangle), ImageFormat::Jpeg),
        ("photo-cropped.png", crop_imm(&first, 60, 40, 720, 560).to_image(), ImageFormat::Png),
        ("another.png", photo(4, 900, 700), ImageFormat::Png),
    ] {
        std::fs::write(captures.join(name), bytes_of(&picture, format)).unwrap();
    }
    let root = case_of(folder, &captures);
    App::start(Some(root), folder, LONG)
}

fn looks(client: &mut Client) -> usize {
    client.get("/custody").body.matches("hidden content shown").count()
}

/// The value of an attribute of an element that begins at `at`.
fn attribute(page: &str, at: usize, name: &str) -> u32 {
    between(&page[at..], &format!(" {name}=\""), "\"").and_then(|value| value.parse().ok()).unwrap()
}

#[test]
fn a_picture_is_covered_then_framed_and_each_uncovering_is_in_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    let list = client.get("/review/list?kind=dox").body;
    let id = between(&list, "/review/item?id=", "\"").expect("the plate was read and found").to_owned();
    let item = format!("/review/item?id={id}");
    let picture = Digest::of(&bytes_of(&screenshot(), ImageFormat::Png)).to_string();
    let at = format!("/picture?digest={picture}");
    let hidden = client.get(&item).body;
    assert!(!hidden.contains("<figure") && !hidden.contains(&picture), "{hidden}");

    client.submit(&item, "/review/show", &format!("id={id}"));
    let before = looks(&mut client);
    let covered = client.get(&item).body;
    assert!(covered.contains("A picture, covered.") && !covered.contains("<img"), "{covered}");
    assert!(!covered.contains("class=\"frame\""), "nothing is framed before it is uncovered");
    assert_eq!(client.get(&at).status, 404, "nothing was uncovered");
    let before = before + 1;
    assert_eq!(looks(&mut client), before);

    let uncovered = client.submit(&item, "/review/uncover", &format!("id={id}&picture={picture}"));
    assert_eq!(uncovered.status, 303, "{}", uncovered.body);
    // The page was asked for once by `submit`, and its words were shown again.
    assert_eq!(looks(&mut client), before + 2, "an uncovering is in the ledger as other looks are");
    let page = client.get(&item).body;
    let image = page.find("<img src=\"/picture").expect("it is uncovered");
    let (width, height) = (attribute(&page, image, "width"), attribute(&page, image, "height"));
    assert_eq!((width, height), screenshot().dimensions());
    assert!(page.contains(&format!("viewBox=\"0 0 {width} {height}\"")), "{page}");
    let frame = page.find("class=\"frame\"").expect("what was found is framed");
    let [x, y, w, h] = ["x", "y", "width", "height"].map(|name| attribute(&page, frame, name));
    assert!(x + w <= width && y + h <= height && w > 30 && h > 10 && h < height / 3, "{x} {y} {w} {h}");
    // The same in words, for whoever does not see the frames.
    let alt = between(&page[image..], "alt=\"", "\"").unwrap();
    assert!(alt.contains("RDR-0000"), "{alt}");
    let told = between(&page, "<figcaption>", "</figcaption>").unwrap();
    assert!(told.contains("RDR-0000") && told.contains("from the left"), "{told}");
    let served = client.get(&at);
    assert_eq!((served.status, served.header("content-type")), (200, Some("image/png")));
    assert_eq!(Digest::of(&served.bytes).to_string(), picture, "the bytes as they were kept");

    // Nobody else may see it, and it is covered again when asked.
    let link = app.server.link();
    let mut other = Client::new(app.server.address());
    other.get(&format!("/open{}", link.split_once("/open").unwrap().1));
    assert_eq!(other.get(&at).status, 404, "uncovered for one person only");
    assert_eq!(client.submit(&item, "/review/cover", &format!("id={id}&picture={picture}")).status, 303);
    assert_eq!(client.get(&at).status, 404);
    // A picture of another post is not uncovered through this finding.
    let photo = Digest::of(&bytes_of(&photo(3, 900, 700), ImageFormat::Png)).to_string();
    let refused = client.submit(&item, "/review/uncover", &format!("id={id}&picture={photo}"));
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(client.get(&format!("/picture?digest={photo}")).status, 404);
}

/// Sends a picture to search by, as the page's script does.
fn search(client: &mut Client, bytes: &[u8]) -> String {
    let page = client.get("/search").body;
    let at = page.find("data-picture").expect("a field for a picture");
    let form = between(&page[at..], "data-form=\"", "\"").unwrap().to_owned();
    let host = client.address.to_string();
    let origin = format!("http://{host}");
    let headers = [
        ("Host", host.as_str()),
        ("Origin", origin.as_str()),
        ("Content-Type", "application/octet-stream"),
        ("X-Form", form.as_str()),
    ];
    let answer = client.send("POST", "/search/picture", &headers, bytes);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

#[test]
fn posts_are_found_by_a_picture_from_this_computer_and_by_one_of_the_case() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    let first = photo(3, 900, 700);
    let posts = |body: &str| body.matches("<span class=\"at\">").count();

    // Given from outside: another size, another format.
    let told =
        search(&mut client, &bytes_of(&resize(&first, 450, 350, FilterType::Triangle), ImageFormat::Jpeg));
    let at = between(&told, "\"at\":\"", "\"").unwrap().to_owned();
    let found = client.get(&at).body;
    assert!(found.contains("3 posts") && posts(&found) == 3, "{found}");
    assert!(found.contains("Pictures compared: 5. Probably the same: 3"), "{found}");
    assert!(!found.contains("/search/save\""), "what ends with the session is not offered to be kept");
    // With another condition beside it.
    assert!(client.get(&format!("{at}&kind=threat")).body.contains("0 posts"));

    // One of the case.
    let own = Digest::of(&bytes_of(&first, ImageFormat::Png)).to_string();
    let like = format!("/search?like={own}");
    let found = client.get(&like).body;
    assert!(found.contains("3 posts") && found.contains("this very picture"), "{found}");
    let other = Digest::of(&bytes_of(&photo(4, 900, 700), ImageFormat::Png)).to_string();
    assert!(client.get(&format!("/search?like={other}")).body.contains(">1 post<"));
    let kept = client.submit(&like, "/search/save", &format!("like={own}"));
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert!(client.get("/search").body.contains(&format!("/search?like={own}")));

    // No picture, one too flat to be told from others, one of somebody else's session: sentences, and nothing is kept.
    assert!(search(&mut client, b"not a picture").contains("words\":\"These bytes are not a picture"));
    let flat = RgbImage::from_pixel(300, 300, image::Rgb([90, 90, 90]));
    assert!(search(&mut client, &bytes_of(&flat, ImageFormat::Png)).contains("too little in it"));
    assert_eq!(client.get("/search?like=given-99").status, 422);
    let saved = token(&client.get(&like).body, "/search/save");
    assert_eq!(client.post("/search/save", &format!("form={saved}&like=given-1")).status, 422);
    let link = app.server.link();
    let mut stranger = Client::new(app.server.address());
    stranger.get(&format!("/open{}", link.split_once("/open").unwrap().1));
    assert_eq!(stranger.get(&at).status, 422, "a given picture is one person's");
    let given = Digest::of(&bytes_of(&flat, ImageFormat::Png)).to_string();
    let objects = common::files_of(&folder.path().join("case/objects"));
    assert!(!objects.keys().any(|name| name.contains(&given)), "a picture to search by is not kept");
}
