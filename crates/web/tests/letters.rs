//! A letter: filled in with the exhibits, changed by the person, sent by their own hand, kept with its exact words.

mod common;

use std::time::Duration;

use common::{App, between, demo_case, token};

#[test]
fn a_letter_is_opened_changed_sent_and_kept_word_for_word() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    let app = App::start(Some(root), folder.path(), Duration::from_secs(600));
    let mut client = app.client();
    assert_eq!(client.submit("/review", "/review", "budget=20&reveal=yes").status, 303);
    for _ in 0..3 {
        let at = client.get("/review/next").header("location").unwrap().to_owned();
        let id = at.rsplit('=').next().unwrap().to_owned();
        let decided = client.submit(&at, "/review/decide", &format!("id={id}&choice=confirm&why=&same=no"));
        assert_eq!(decided.status, 303, "{}", decided.body);
    }

    let list = client.get("/letters");
    assert_eq!(list.status, 200, "{}", list.body);
    assert!(list.body.contains("Request to preserve records: X"), "{}", list.body);
    let shown =
        |client: &mut common::Client| client.get("/custody").body.matches("hidden content shown").count();
    let before = shown(&mut client);
    let open = client.submit("/letters", "/letters/open", "id=preservation-x");
    assert_eq!(open.status, 200, "{}", open.body);
    assert_eq!(shown(&mut client), before + 1, "opening a letter is in the custody log");
    let letter = between(&open.body, "<textarea", "</textarea>").unwrap();
    assert!(letter.contains("EX-0001") && letter.contains("https://x.com/"), "{letter}");
    assert!(letter.contains("Litigation is reasonably anticipated"), "{letter}");

    // What is sent is what the person wrote.
    let form = token(&open.body, "/letters/sent");
    let exhibits = between(&open.body, "name=\"exhibits\" value=\"", "\"").unwrap().replace(' ', "+");
    let fields = |to: &str, hour: u8, words: &str| {
        let when = format!("2025-11-05T{hour:02}%3A30");
        format!("form={form}&to={to}&when={when}&ticket=T-7&exhibits={exhibits}&words={words}")
    };
    assert_eq!(client.post("/letters/sent", &fields("x", 9, "")).status, 422, "an empty letter is refused");
    let kept = client.post("/letters/sent", &fields("x", 9, "Keep+the+records%2C+please.%0D%0ARobin"));
    assert_eq!(kept.status, 303, "{}", kept.body);
    // A letter may go to anyone, not only to recipients that redress knows.
    let kept = client.post("/letters/sent", &fields("The+Sample+Courier%2C+editor", 10, "Take+it+back."));
    assert_eq!(kept.status, 303, "{}", kept.body);
    let plan = client.get("/plan").body;
    assert!(plan.contains("The Sample Courier, editor") && plan.contains("T-7"), "{plan}");
    assert!(!plan.contains("Keep the records, please."), "words of a letter stand there only when asked for");
    let id = between(&plan, "name=\"id\" value=\"", "\"").unwrap().to_owned();
    let words = client.submit("/plan", "/letters/kept", &format!("id={id}"));
    assert!(words.body.contains("Keep the records, please.\nRobin"), "{}", words.body);
    assert_eq!(shown(&mut client), before + 2);
    let timeline = client.get("/timeline").body;
    assert!(timeline.contains("Reported to The Sample Courier, editor."), "{timeline}");
    assert!(timeline.contains("class=\"key report\""), "{timeline}");

    let nowhere = client.submit("/letters", "/letters/open", "id=nothing");
    assert_eq!(nowhere.status, 404, "{}", nowhere.body);
}
