//! What a file leaves open about its times is asked in plain words with both readings, and the answer is carried into the
//! reading; no word of the command line is shown.

mod common;

use std::time::Duration;

use common::{App, between, empty_case};

const CHAT: &str =
    "[11/4/25, 10:02:11 AM] Ana Example: who took this\n[12/1/25, 9:15:00 PM] Ben Example: nobody\n";

fn app(folder: &std::path::Path) -> App {
    drop(empty_case(folder));
    App::start(Some(folder.join("case")), folder, Duration::from_secs(600))
}

/// Waits until nothing runs in the background.
fn settled(client: &mut common::Client) {
    while client.get("/working.json").body.contains("\"running\":true") {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_chat_whose_dates_read_two_ways_is_asked_about_and_read_by_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    let told = client.upload("_chat.txt", CHAT.as_bytes()).body;
    assert!(told.contains("Its dates can be read in two ways."), "{told}");
    assert!(!told.contains("--") && !told.contains("import it again"), "{told}");

    let page = client.get("/dates").body;
    for words in [
        "April 11, 2025, 10:02",
        "November 4, 2025, 10:02",
        "read so, it jumps back in time once",
        "read so, the file runs on in order",
        "Eastern time, winter (UTC−5)",
    ] {
        assert!(page.contains(words), "{words} is not in:\n{page}");
    }
    assert!(!page.contains("--first") && !page.contains("<code>redress"), "{page}");
    let capture = between(&page, "name=\"capture\" value=\"", "\"").unwrap().to_owned();
    let answered = client.submit("/dates", "/dates/order", &format!("capture={capture}&first=month&zone=1"));
    assert_eq!((answered.status, answered.header("location")), (303, Some("/save")), "{}", answered.body);
    settled(&mut client);
    assert!(client.get("/dates").body.contains("No file leaves this open."));
    let timeline = client.get("/timeline").body;
    assert!(timeline.contains("2025-11-04 15:02 UTC"), "{timeline}");
    // The reading and what it was read by stand in the ledger, and the bytes are as they came.
    let log = std::fs::read_to_string(folder.path().join("case/ledger/log")).unwrap();
    assert!(log.contains("whatsapp/") && log.contains(" first=month zone=-300"), "{log}");
    let object = folder.path().join("case/objects").join(&capture[..2]).join(&capture);
    assert_eq!(std::fs::read(object).unwrap(), CHAT.as_bytes());
}

#[test]
fn an_answer_that_cannot_be_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    client.upload("_chat.txt", CHAT.as_bytes());
    let page = client.get("/dates").body;
    let capture = between(&page, "name=\"capture\" value=\"", "\"").unwrap().to_owned();
    let before = std::fs::read(folder.path().join("case/ledger/log")).unwrap();
    for fields in [
        format!("capture={capture}&first=year"),
        format!("capture={capture}&first=day&zone=99"),
        format!("capture={}&first=day", "0".repeat(64)),
        "capture=../../etc/passwd&first=day".to_owned(),
    ] {
        let refused = client.submit("/dates", "/dates/order", &fields);
        assert_eq!(refused.status, 422, "{fields}: {}", refused.body);
    }
    assert_eq!(std::fs::read(folder.path().join("case/ledger/log")).unwrap(), before);
    assert_eq!(client.get("/dates").body.matches("name=\"first\"").count(), 2);
}

#[test]
fn files_that_leave_only_the_clock_open_are_answered_together() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    for (name, day) in [("one.txt", 25), ("two.txt", 26)] {
        let chat = format!("[11/{day}/25, 10:02:11 AM] Ana Example: {name}\n");
        let told = client.upload(name, chat.as_bytes()).body;
        assert!(told.contains("It does not say where its clock was."), "{told}");
    }
    let page = client.get("/dates").body;
    let captures: Vec<&str> =
        page.split("name=\"capture\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(captures.len(), 2);
    let none = client.submit("/dates", "/dates/zone", &format!("capture={}&zone=", captures[0]));
    assert_eq!(none.status, 422);
    let fields = format!("capture={}&capture={}&zone=11", captures[0], captures[1]);
    assert_eq!(client.submit("/dates", "/dates/zone", &fields).header("location"), Some("/save"));
    settled(&mut client);
    assert!(client.get("/timeline").body.contains("2025-11-25 20:02 UTC"));
}

#[test]
fn in_spanish_no_sentence_of_a_file_or_a_refusal_is_english() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut client = app.client();
    client.submit("/save", "/language", "language=es");
    let empty = client.upload("nada.txt", b"").body;
    assert!(empty.contains("El archivo está vacío"), "{empty}");
    let chat = client.upload(
        "_chat.txt",
        format!("{CHAT}[13/1/25, 9:15:00 PM] Ben Example: <image omitted>\n").as_bytes(),
    );
    assert!(chat.body.contains("No dice dónde estaba su reloj."), "{}", chat.body);
    let kept = client.get("/kept").body;
    let file = between(&kept, "href=\"/kept/file?capture=", "\"").expect("a file with troubles is linked");
    let page = client.get(&format!("/kept/file?capture={file}")).body;
    assert!(page.contains("No se exportó una imagen"), "{page}");
    assert!(!page.contains("was not exported") && !page.contains("Export the chat"), "{page}");
    let refused = client.submit("/plan", "/plan/report", "to=&when=2025-11-05T10:00");
    assert!(refused.body.contains("Escriba a quién se envió."), "{}", refused.body);
    let none = client.get("/packages?for=police").body;
    assert!(none.contains("todavía no hay nada confirmado") || none.contains("confirm"), "{none}");
    assert!(!none.contains("there is no confirmed"), "{none}");
}
