//! What is asked of the app in words and is none of the other tests' matter: the quick seven, greyscale, no sound, kept
//! searches, the map as files, the timeline's zoom, making and opening a case as a newcomer.

mod common;

use std::time::{Duration, Instant};

use common::{App, between, demo_case, token};

const LONG: Duration = Duration::from_secs(600);

#[test]
fn whoever_has_no_strength_is_asked_for_seven_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    drop(common::empty_case(folder.path()));
    let app = App::start(Some(folder.path().join("case")), folder.path(), LONG);
    let mut client = app.client();
    for (language, words) in [
        ("en", ["Seven are enough", "The first post about you", "The three latest.", "The three worst."]),
        (
            "es",
            [
                "Bastan siete",
                "La primera publicación sobre usted",
                "Las tres más recientes.",
                "Las tres peores.",
            ],
        ),
    ] {
        client.submit("/save", "/language", &format!("language={language}"));
        let page = client.get("/save").body;
        for asked in words {
            assert!(page.contains(asked), "{asked}");
        }
    }
}

#[test]
fn grey_is_kept_for_every_page_and_nothing_makes_a_sound() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    assert!(!client.get("/case").body.contains("class=\"grey\""));
    client.submit("/settings", "/settings", "grey=yes&keys=yes");
    for page in ["/case", "/review", "/map", "/settings"] {
        assert!(client.get(page).body.contains("<html lang=\"en\" class=\"grey\">"), "{page}");
    }
    assert!(client.get("/a/redress.css").body.contains("html.grey { filter: grayscale(1); }"));
    // No page has anything that plays, and the policy lets none be loaded.
    for page in ["/safe", "/save", "/case", "/review/next", "/timeline", "/map", "/plan", "/settings"] {
        let answer = client.get(page);
        for tag in ["<audio", "<video", "autoplay", "<embed", "<object"] {
            assert!(!answer.body.contains(tag), "{page}: {tag}");
        }
        if let Some(policy) = answer.header("content-security-policy") {
            assert!(policy.contains("default-src 'none'") && !policy.contains("media-src"), "{policy}");
        } else {
            panic!("{page} has no policy");
        }
    }
    for script in ["/a/redress.js", "/a/save.js", "/a/map.js"] {
        let body = client.get(script).body;
        assert!(
            !body.contains("Audio") && !body.contains("speechSynthesis") && !body.contains("vibrate"),
            "{script}"
        );
    }
}

/// Searches until the words are taken in, which goes on beside the pages.
fn searched(client: &mut common::Client, asked: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let found = client.get(asked).body;
        if found.contains("action=\"/search/save\"") {
            return found;
        }
        assert!(Instant::now() < deadline, "nothing is found: {found}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_kept_search_finds_the_same_posts_after_the_app_was_ended() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    let hits = |body: &str| {
        between(body, "<section>", "</section>").unwrap_or_default().matches("<tr").count()
            + body.matches("<li").count()
    };
    let asked = "/search?q=plate";
    let before = {
        let app = App::start(Some(root.clone()), folder.path(), LONG);
        let mut client = app.client();
        let found = searched(&mut client, asked);
        assert!(found.contains("posts") || found.contains("1 post"), "{found}");
        let kept = client.submit(asked, "/search/save", "q=plate&kind=&account=&platform=&from=&to=");
        assert_eq!(kept.status, 303, "{}", kept.body);
        found
    };
    let app = App::start(Some(root), folder.path(), LONG);
    let mut client = app.client();
    let page = client.get("/search").body;
    let link = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|link| link.starts_with("/search?") && link.contains("q=plate"))
        .expect("the kept search is a link")
        .replace("&amp;", "&");
    let after = searched(&mut client, &link);
    let count = |body: &str| between(body, "<h2>", " post").map(str::to_owned);
    assert!(count(&after).is_some());
    assert_eq!(count(&after), count(&before));
    assert!(hits(&after) > 0);
}

#[test]
fn the_map_goes_out_in_four_forms_that_name_the_same_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let data: serde_json::Value = serde_json::from_str(&client.get("/map/data.json").body).unwrap();
    assert!(data.is_object());
    let file = |client: &mut common::Client, kind: &str| {
        let answer = client.get(&format!("/map/file?as={kind}"));
        assert_eq!(answer.status, 200, "{kind}");
        let disposition = answer.header("content-disposition").unwrap_or_default().to_owned();
        assert!(disposition.starts_with("attachment; filename="), "{kind}: {disposition}");
        assert!(!answer.body.contains("<script"), "{kind}");
        answer.body
    };
    let svg = file(&mut client, "svg");
    assert!(svg.contains("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert!(svg.contains("<circle") && svg.contains("<line") || svg.contains("<path"));
    let gexf = file(&mut client, "gexf");
    let graphml = file(&mut client, "graphml");
    let nodes = |text: &str| text.matches("<node ").count();
    let edges = |text: &str| text.matches("<edge ").count();
    assert!(nodes(&gexf) > 3 && edges(&gexf) > 1, "{gexf}");
    assert_eq!((nodes(&graphml), edges(&graphml)), (nodes(&gexf), edges(&gexf)));
    let csv = file(&mut client, "csv");
    assert!(csv.lines().count() > 2 && csv.lines().next().unwrap().contains(','), "{csv}");
    assert!(client.get("/map/file?as=nothing").status >= 400);
}

#[test]
fn the_timeline_comes_closer_until_single_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let mut page = client.get("/timeline").body;
    let width = |page: &str| -> Option<(i64, i64)> {
        let link = page.split("href=\"/timeline?from=").nth(1)?.split('"').next()?.replace("&amp;", "&");
        let (from, to) = link.split_once("&to=")?;
        Some((from.parse().ok()?, to.parse().ok()?))
    };
    let mut each = i64::MAX;
    for _ in 0..6 {
        let Some((from, to)) = width(&page) else { break };
        if to - from >= each {
            break;
        }
        each = to - from;
        page = client.get(&format!("/timeline?from={from}&to={to}")).body;
    }
    assert!(each <= 60_000, "the closest bar is {each} ms wide");
}

/// `redress` with nothing behind it: no case in the folder, then one; in English and in Spanish.
#[test]
fn a_newcomer_makes_a_case_and_finds_it_again() {
    let folder = tempfile::tempdir().unwrap();
    {
        let app = App::start(None, folder.path(), LONG);
        let mut client = app.client();
        let first = client.get("/");
        assert_eq!((first.status, first.header("location")), (303, Some("/begin")));
        let page = client.get("/begin").body;
        assert!(page.contains("Make a new case") && !page.contains("Open a case"), "{page}");
        // Without a case, what keeps somebody safe is there all the same.
        assert!(client.get("/safe").body.contains("Are you in danger right now?"));
        for page in ["/case", "/save", "/review", "/plan", "/search?q=x", "/dates", "/kept"] {
            let answer = client.get(page);
            assert_eq!((answer.status, answer.header("location")), (303, Some("/begin")), "{page}");
        }
        let made = client.submit("/begin", "/begin", "role=postal&state=PA&folder=my-case");
        assert_eq!(made.status, 303, "{}", made.body);
        assert!(folder.path().join("my-case/case.toml").is_file());
        let again = client.submit("/begin", "/begin", "role=postal&state=PA&folder=my-case");
        assert_eq!(again.status, 422);
        assert!(again.body.contains("already exists and is not an empty folder"), "{}", again.body);
    }
    let app = App::start(None, folder.path(), LONG);
    let mut client = app.client();
    client.submit("/begin", "/language", "language=es");
    let page = client.get("/begin").body;
    assert!(page.contains("Abrir un caso") && page.contains(">my-case<"), "{page}");
    let form = token(&page, "/begin/open");
    let refused = client.submit("/begin", "/begin", "role=postal&state=PA&folder=my-case");
    assert!(refused.body.contains("ya existe y no es una carpeta vacía"), "{}", refused.body);
    // What the first app still does beside its pages ends before the case is free.
    let deadline = Instant::now() + Duration::from_secs(60);
    while client.post("/begin/open", &format!("form={form}&folder=my-case")).status != 303 {
        assert!(Instant::now() < deadline, "the case stays in use");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(client.get("/save").body.contains("Guarde lo que tiene"));
}
