//! No abusive word stands on any page before somebody asks for it: every page of an abusive case of 500 posts is
//! followed, link by link.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use common::{App, case_of, demo_case};

/// What stands in the posts and names and may stand on no page. Words of our own that a page needs (“threat”) are not
/// among them.
const WORDS: &[&str] = &[
    "kill you",
    "scumbag",
    "vermin",
    "be hanged",
    "gallows",
    "burn your house",
    "bullet",
    "traitor scum",
    "rat filth",
    "die soon",
    "te voy a matar",
    "escoria",
    "basura humana",
    "horca",
];

/// A chat of 500 messages, most of them abusive, from accounts whose names are abusive too.
fn chat() -> String {
    let names = [
        "We Will Kill You",
        "HangTheTraitorScum",
        "example watcher",
        "rat_filth_must_burn",
        "Example Neighbor",
    ];
    let says = [
        "I will kill you, you scumbag",
        "people like you should be hanged, build the gallows",
        "we know where you live, we will burn your house at 14 Sample Lane tonight",
        "you vermin, a bullet is too good for you",
        "his plate is RDR-0000, find this traitor scum",
        "die soon you rat filth",
        "te voy a matar, escoria",
        "basura humana, a la horca con este traidor",
        "who is this guy? he is a ballot mule, share his name",
        "leave the man alone, he delivers the mail",
    ];
    let mut chat = String::new();
    for n in 0..500 {
        let (name, says) = (names[n % names.len()], says[(n * 7 + n / 10) % says.len()]);
        // Half of them differ by a number, half are said again word for word.
        let tail = if n % 2 == 0 { format!(" {n}") } else { String::new() };
        writeln!(
            chat,
            "[11/{}/25, {}:{:02}:{:02} AM] {name}: {says}{tail}",
            1 + n / 60,
            1 + n % 11,
            n % 60,
            n % 60
        )
        .unwrap();
    }
    chat
}

#[test]
fn no_abusive_word_is_on_any_page_before_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let captures = folder.path().join("captures");
    std::fs::create_dir(&captures).unwrap();
    std::fs::write(captures.join("_chat.txt"), chat()).unwrap();
    std::fs::write(captures.join("i will kill you scumbag.txt"), "nothing in it").unwrap();
    let root = case_of(folder.path(), &captures);
    let app = App::start(Some(root), folder.path(), Duration::from_secs(600));
    let mut client = app.client();
    let counted = client.get("/case").body;
    assert!(counted.contains("500"), "the chat is read: {counted}");

    let mut waiting: Vec<String> = [
        "/",
        "/safe",
        "/save",
        "/kept",
        "/case",
        "/review",
        "/review/list",
        "/log",
        "/timeline",
        "/map",
        "/map/data.json",
        "/statements",
        "/search?q=kill",
        "/search?account=kill",
        "/plan",
        "/letters",
        "/packages",
        "/custody",
        "/settings",
        "/private",
        "/begin",
        "/working",
    ]
    .iter()
    .map(|path| (*path).to_owned())
    .collect();
    let mut seen = BTreeSet::new();
    let mut items = 0;
    while let Some(path) = waiting.pop() {
        // Each page of findings is followed; of single findings two hundred are enough.
        items += usize::from(path.starts_with("/review/item"));
        if !seen.insert(path.clone()) || (path.starts_with("/review/item") && items > 200) || seen.len() > 900
        {
            continue;
        }
        if path.starts_with("/out")
            || path.starts_with("/a/")
            || path.starts_with("/map/file")
            || path.contains("packages?for")
        {
            continue;
        }
        let page = client.get(&path);
        assert!(page.status < 400, "{path}: {}", page.status);
        // What was searched for stands in the box it was written into.
        let body = page
            .body
            .to_lowercase()
            .replace("value=\"kill\"", "")
            .replace("account=kill", "")
            .replace("q=kill", "");
        for word in WORDS {
            assert!(!body.contains(word), "“{word}” stands on {path}");
        }
        for link in page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if link.starts_with('/') {
                waiting.push(link.replace("&amp;", "&"));
            }
        }
    }
    assert!(seen.len() > 150, "only {} pages were followed", seen.len());

    // The words are there, and come when asked for.
    let list = client.get("/review/list?kind=threat").body;
    let id = common::between(&list, "/review/item?id=", "\"").unwrap().to_owned();
    let before = client.get("/custody").body.matches("hidden content shown").count();
    client.submit(&format!("/review/item?id={id}"), "/review/show", &format!("id={id}"));
    let shown = client.get(&format!("/review/item?id={id}")).body.to_lowercase();
    assert!(WORDS.iter().any(|word| shown.contains(word)), "{shown}");
    assert!(shown.contains("<mark>"));
    assert_eq!(client.get("/custody").body.matches("hidden content shown").count(), before + 1);
    let search =
        client.submit("/search?q=scumbag", "/search", "q=scumbag&account=&from=&to=&kind=&platform=&skip=0");
    assert!(search.body.to_lowercase().contains("you scumbag"), "{}", search.body);
    assert_eq!(client.get("/custody").body.matches("hidden content shown").count(), before + 2);
}

#[test]
fn a_review_goes_from_the_first_to_a_rest_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), Duration::from_secs(600));
    let mut client = app.client();
    assert_eq!(client.submit("/review", "/review", "budget=2&reveal=yes").status, 303);
    // A budget of its own: two looked at, then a rest is suggested.
    for choice in ["confirm", "reject"] {
        let next = client.get("/review/next");
        let at = next.header("location").expect("there is a next one").to_owned();
        assert!(at.starts_with("/review/item?id="), "{at}");
        let id = at.rsplit('=').next().unwrap().to_owned();
        let decided = client.submit(&at, "/review/decide", &format!("id={id}&choice={choice}&why=&same=yes"));
        assert_eq!(decided.status, 303, "{}", decided.body);
    }
    assert_eq!(client.get("/review/next").header("location"), Some("/review/rest"));
    assert!(client.get("/review/rest").body.contains("Time to rest"));
    assert_eq!(client.submit("/review/rest", "/review/rest", "").status, 303);
    let back = client.get("/review/next").header("location").unwrap().to_owned();
    let undone = client.submit(&back, "/review/undo", "");
    let item = undone.header("location").unwrap().to_owned();
    let page = client.get(&item).body;
    assert!(page.contains("Taken back"), "{page}");
    // What nobody read cannot be confirmed.
    client.get("/review/next");
    let list = client.get("/review/list?kind=dox").body;
    let id = common::between(&list, "/review/item?id=", "\"").unwrap().to_owned();
    let at = format!("/review/item?id={id}");
    let refused = client.submit(&at, "/review/decide", &format!("id={id}&choice=confirm"));
    assert_eq!(refused.status, 422, "{}", refused.body);
}

#[test]
fn nearly_the_same_words_are_folded_and_decided_together_only_when_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let captures = folder.path().join("captures");
    std::fs::create_dir(&captures).unwrap();
    let mut chat = String::new();
    for (n, tail) in ["", " friend", " tonight", " soon"].iter().enumerate() {
        writeln!(chat, "[11/4/25, {n}:10:00 AM] Example {n}: we know where you live and we are coming for your whole family{tail}").unwrap();
    }
    std::fs::write(captures.join("_chat.txt"), chat).unwrap();
    let root = case_of(folder.path(), &captures);
    let app = App::start(Some(root), folder.path(), Duration::from_secs(600));
    let mut client = app.client();
    let list = client.get("/review/list?kind=threat").body;
    let id = common::between(&list, "/review/item?id=", "\"").unwrap().to_owned();
    let item = format!("/review/item?id={id}");
    assert!(!client.get(&item).body.contains("nearly the same"), "nothing is shown before it is asked for");
    client.submit(&item, "/review/show", &format!("id={id}"));
    let page = client.get(&item).body;
    assert!(page.contains("3 more with nearly the same words"), "{page}");
    let near = common::between(&page, "name=\"near\" value=\"", "\"").unwrap().replace(' ', "+");
    let decided = client.submit(&item, "/review/decide", &format!("id={id}&choice=confirm&why=&near={near}"));
    assert_eq!(decided.status, 303, "{}", decided.body);
    let next = client.get("/review/next");
    let after = client.get(next.header("location").unwrap()).body;
    assert!(after.contains("4"), "{after}");
    let list = client.get("/review/list?kind=threat").body;
    assert!(!list.contains("/review/item?id="), "all four are decided: {list}");
}
