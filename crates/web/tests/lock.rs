//! The case under its passphrase, from the app: asked for at the door, guessing slowed down, locked when asked and when
//! nobody is there.

mod common;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use actions::{ActionError, lock};
use common::{Answer, App, Client, between, context, demo_case, files_of};

const LONG: Duration = Duration::from_secs(600);
const WORDS: &str = "correct horse sample staple";
const GIVEN: &str = "passphrase=correct+horse+sample+staple";

/// A case of the demo's captures, locked.
fn locked_case(folder: &Path) -> PathBuf {
    let root = demo_case(folder);
    let passphrase = lock::passphrase(WORDS, Some(10)).unwrap();
    lock::lock(&root, || Ok::<_, ActionError>(passphrase), &context()).expect("it is locked");
    root
}

fn is_locked(root: &Path) -> bool {
    std::fs::read(root.join("locked/state")).is_ok_and(|state| state.starts_with(b"locked"))
}

/// Tells whether any file of the case shows a word that only its private part holds.
fn shows(root: &Path, word: &str) -> bool {
    files_of(root).values().any(|bytes| bytes.windows(word.len()).any(|window| window == word.as_bytes()))
}

/// Types a passphrase, and waits where unlocking takes longer than a page.
fn unlock(client: &mut Client, fields: &str) -> Answer {
    let mut answer = client.submit("/unlock", "/unlock", fields);
    while answer.header("location") == Some("/unlocking") || answer.body.contains("/unlocking.json") {
        std::thread::sleep(Duration::from_millis(50));
        answer = client.get("/unlocking");
    }
    answer
}

fn said(body: &str) -> &str {
    between(body, "role=\"alert\">", "</p>").unwrap_or_default()
}

#[test]
fn a_locked_case_asks_for_its_passphrase_and_each_wrong_one_makes_the_next_wait_longer() {
    let folder = tempfile::tempdir().unwrap();
    let root = locked_case(folder.path());
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut client = app.client();
    for path in
        ["/", "/case", "/review", "/search?q=plate", "/map/data.json", "/private", "/custody", "/lock"]
    {
        let answer = client.get(path);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/unlock")), "{path}");
    }
    assert_eq!(client.get("/safe").status, 200, "what to do in danger needs no passphrase");
    let page = client.get("/unlock");
    assert!(page.body.contains("This case is locked") && !page.body.contains("Sam Sample"), "{}", page.body);

    let wrong = unlock(&mut client, "passphrase=wrong");
    assert_eq!(wrong.status, 422);
    assert!(said(&wrong.body).contains("another passphrase") && said(&wrong.body).contains("in 1 s."));
    // The right one is not even looked at before the time has come: guessing in parallel does not help either.
    let soon = unlock(&mut client, GIVEN);
    assert_eq!(soon.status, 429, "{}", soon.body);
    assert!(said(&soon.body).contains("was not tried"), "{}", soon.body);
    std::thread::sleep(Duration::from_millis(1100));
    let wrong = unlock(&mut client, "passphrase=wrong+again");
    assert!(said(&wrong.body).contains("in 2 s."), "{}", wrong.body);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(unlock(&mut client, GIVEN).status, 429, "twice as long as before");
    assert_eq!(unlock(&mut client, "passphrase=").status, 429);
    assert!(is_locked(&root));
    std::thread::sleep(Duration::from_millis(1100));
    let open = unlock(&mut client, GIVEN);
    assert_eq!((open.status, open.header("location")), (303, Some("/")), "{}", open.body);
    assert_eq!(client.get("/case").status, 200);
    assert_eq!(client.get("/unlock").status, 303, "an open case asks for nothing");
    // What was tried stands in the ledger once it can be written again.
    let log = std::fs::read_to_string(root.join("ledger/log")).unwrap();
    assert_eq!(log.matches("passphrase.wrong").count(), 2, "{log}");
}

#[test]
fn unlocking_that_takes_long_shows_how_far_it_is_and_says_when_the_passphrase_was_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    // So much work for each try that no page waits for it.
    let passphrase = lock::passphrase(WORDS, Some(19)).unwrap();
    lock::lock(&root, || Ok::<_, ActionError>(passphrase), &context()).expect("it is locked");
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut client = app.client();
    for (given, status) in [("passphrase=wrong", 422), (GIVEN, 303)] {
        let begun = client.submit("/unlock", "/unlock", given);
        assert_eq!((begun.status, begun.header("location")), (303, Some("/unlocking")), "{}", begun.body);
        let page = client.get("/unlocking");
        assert!(page.body.contains("<progress") && page.body.contains("Unlocking"), "{}", page.body);
        assert!(client.get("/unlocking.json").body.contains("\"running\":true"));
        assert_eq!(client.get("/unlock").header("location"), Some("/unlocking"), "one try at a time");
        wait_for("the end of unlocking", || client.get("/unlocking.json").body.contains("\"running\":false"));
        let told = client.get("/unlocking");
        assert_eq!(told.status, status, "{}", told.body);
        assert_eq!(said(&told.body).contains("another passphrase"), status == 422, "{}", told.body);
        assert_eq!(is_locked(&root), status == 422);
        std::thread::sleep(Duration::from_millis(1100));
    }
    assert_eq!(client.get("/case").status, 200);
    let total = files_of(&root.join("objects")).len();
    assert!(total > 3, "there was something to unlock: {total}");
}

#[test]
fn nobody_without_the_link_may_even_try() {
    let folder = tempfile::tempdir().unwrap();
    let root = locked_case(folder.path());
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut stranger = Client::new(app.server.address());
    assert_eq!(stranger.post("/unlock", GIVEN).status, 401);
    assert!(is_locked(&root) && !root.join("locked/attempts").exists());
    let mut client = app.client();
    let token = common::token(&client.get("/unlock").body, "/unlock");
    assert_eq!(stranger.post("/unlock", &format!("form={token}&{GIVEN}")).status, 401);
    assert_eq!(client.post("/unlock", &format!("form=0&{GIVEN}")).status, 403);
    assert!(is_locked(&root));
}

#[test]
fn the_case_is_locked_from_the_app_and_nothing_stays_readable() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    assert!(shows(&root, "Sam Sample"), "the word is in the open case");
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut client = app.client();
    let page = client.submit("/settings", "/helper", "name=Ana&threat=yes");
    let link = between(&page.body, "/open?token=", "<").unwrap().to_owned();
    let mut helper = Client::new(app.server.address());
    helper.get(&format!("/open?token={link}"));
    assert_eq!(helper.get("/review").status, 200);
    assert_eq!(helper.get("/lock").status, 403, "a helper does not lock the case");

    let differ = client.submit("/lock", "/lock", &format!("{GIVEN}&repeated=another"));
    assert_eq!(differ.status, 422);
    let empty = client.submit("/lock", "/lock", "passphrase=&repeated=");
    assert_eq!(empty.status, 422, "{}", empty.body);
    assert!(!root.join("locked").exists(), "nothing was changed");
    let done = client.submit("/lock", "/lock", &format!("{GIVEN}&repeated=correct+horse+sample+staple"));
    assert_eq!((done.status, done.header("location")), (303, Some("/unlock")), "{}", done.body);
    assert!(is_locked(&root) && !root.join("index.sqlite").exists());
    for word in ["Sam Sample", "example_", "SQLite format 3"] {
        assert!(!shows(&root, word), "{word} is readable while locked");
    }
    assert_eq!(helper.get("/review").status, 401, "whoever helps is cut off");
    assert_eq!(client.get("/case").header("location"), Some("/unlock"));
    assert_eq!(unlock(&mut client, GIVEN).status, 303);
    assert_eq!(client.get("/case").status, 200);
}

#[test]
fn pages_asked_for_while_it_is_being_locked_show_the_case_or_ask_for_the_passphrase() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut client = app.client();
    let token = common::token(&client.get("/lock").body, "/lock");
    std::thread::scope(|scope| {
        for page in ["/case", "/statements", "/search?q=plate", "/map/data.json", "/custody"] {
            let mut asks = client.clone();
            scope.spawn(move || {
                for _ in 0..20 {
                    let status = asks.get(page).status;
                    assert!(status == 200 || status == 303, "{page}: {status}");
                }
            });
        }
        let form = format!("form={token}&{GIVEN}&repeated=correct+horse+sample+staple");
        assert_eq!(client.clone().post("/lock", &form).status, 303);
    });
    assert!(is_locked(&root) && !root.join("index.sqlite").exists());
    assert_eq!(client.get("/case").header("location"), Some("/unlock"));
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_case_is_locked_again_when_nobody_is_there_and_only_where_that_was_asked_for() {
    for (again, leaves) in [("&again=yes", false), ("&again=yes", true), ("", false)] {
        let folder = tempfile::tempdir().unwrap();
        let root = locked_case(folder.path());
        let idle = if leaves { LONG } else { Duration::from_secs(2) };
        let app = App::start(Some(root.clone()), folder.path(), idle);
        let mut client = app.client();
        let open = unlock(&mut client, &format!("{GIVEN}{again}"));
        assert_eq!(open.status, 303, "{}", open.body);
        assert!(!is_locked(&root));
        if leaves {
            client.get("/out");
        }
        wait_for("the end of the session", || app.links.lock().unwrap().len() > 1);
        if again.is_empty() {
            std::thread::sleep(Duration::from_secs(2));
            assert!(!root.join("locked").exists(), "nobody asked for it");
        } else {
            wait_for("the lock", || is_locked(&root));
            let mut back = app.client();
            assert_eq!(back.get("/case").header("location"), Some("/unlock"));
            assert_eq!(unlock(&mut back, GIVEN).status, 303);
            assert_eq!(back.get("/case").status, 200);
        }
    }
}
