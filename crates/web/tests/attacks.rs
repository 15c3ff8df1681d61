//! The app under attack: other sites, other programs on this computer, hostile names and words, floods and trickles.

mod common;

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::{App, Client, demo_case, empty_case, files_of, now, token};

const LONG: Duration = Duration::from_secs(600);

/// Every path that changes something, with a body a person could send.
const CHANGES: &[(&str, &str)] = &[
    ("/language", "language=es"),
    ("/begin", "role=postal&state=PA&folder=x"),
    ("/begin/open", "folder=x"),
    ("/private", "names=Nobody"),
    ("/save/file?name=x", "x"),
    ("/look", ""),
    ("/review", "budget=5"),
    ("/review/show", "id=0"),
    ("/review/uncover", "id=0&picture=0"),
    ("/review/cover", "id=0&picture=0"),
    ("/search/picture", "x"),
    ("/review/decide", "id=0&choice=reject"),
    ("/review/correct", "id=0&kind=threat"),
    ("/review/pass", "id=0"),
    ("/review/undo", ""),
    ("/review/rest", ""),
    ("/log", "kind=call&when=2025-11-04T10:00&words=x"),
    ("/timeline", ""),
    ("/search", "q=x"),
    ("/search/save", "q=x"),
    ("/statements/account", "key=x"),
    ("/plan/mark", "step=police-report&done=yes"),
    ("/plan/report", "to=x&when=2025-11-04T10:00"),
    ("/plan/answer", "id=0&outcome=0&when=2025-11-04T10:00"),
    ("/packages", "for=public"),
    ("/custody", ""),
    ("/settings", "grey=yes"),
    ("/helper", "name=x&threat=yes"),
    ("/helpers", "name=x&role=counsel"),
    ("/helpers/end", "name=x"),
    ("/lock", "passphrase=x&repeated=x"),
    ("/unlock", "passphrase=x"),
];

#[test]
fn without_the_link_nothing_is_shown_and_the_link_works_once() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut stranger = Client::new(app.server.address());
    for path in [
        "/",
        "/case",
        "/review",
        "/map/data.json",
        "/packages",
        "/open?token=",
        "/open?token=0000",
        "/nowhere",
    ] {
        let answer = stranger.get(path);
        assert_eq!(answer.status, 401, "{path}");
        assert!(!answer.body.contains("example_"), "{path}");
    }
    let mut owner = app.client();
    assert_eq!(owner.get("/case").status, 200);
    let link = app.links.lock().unwrap()[0].clone();
    let again = stranger.get(&format!("/open{}", link.split_once("/open").unwrap().1));
    assert_eq!(again.status, 401, "a link is spent by its first use");
    let cookie = owner.get("/open?token=x").header("set-cookie").map(str::to_owned);
    assert!(cookie.is_none());
}

#[test]
fn the_cookie_is_hidden_from_scripts_and_other_sites() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(None, folder.path(), LONG);
    let link = app.links.lock().unwrap()[0].clone();
    let mut client = Client::new(app.server.address());
    let opened = client.get(&format!("/open{}", link.split_once("/open").unwrap().1));
    let cookie = opened.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[test]
fn a_name_that_points_here_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let port = client.address.port();
    for host in [
        "attacker.example",
        &format!("attacker.example:{port}"),
        "127.0.0.1",
        "localhost:1",
        "",
        "127.0.0.1.example",
    ] {
        let answer = client.send("GET", "/case", &[("Host", host)], b"");
        assert!(answer.status == 421 || answer.status == 400, "{host}: {}", answer.status);
        assert!(!answer.body.contains("demo"));
    }
    let twice = [("Host", client.address.to_string()), ("Host", "attacker.example".to_owned())];
    let twice: Vec<(&str, &str)> = twice.iter().map(|(a, b)| (*a, b.as_str())).collect();
    assert_ne!(client.send("GET", "/case", &twice, b"").status, 200);
}

#[test]
fn no_other_site_can_change_anything() {
    let folder = tempfile::tempdir().unwrap();
    let root = demo_case(folder.path());
    let app = App::start(Some(root.clone()), folder.path(), LONG);
    let mut client = app.client();
    let host = client.address.to_string();
    let own = format!("http://{host}");
    client.get("/case");
    let before = files_of(&root.join("ledger"));
    let form = [("Host", host.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    for (path, body) in CHANGES {
        // No origin, another origin, an opaque origin: refused before the form is read.
        for origin in [None, Some("http://attacker.example"), Some("null"), Some("http://localhost:1")] {
            let mut headers = form.to_vec();
            headers.extend(origin.map(|origin| ("Origin", origin)));
            assert_eq!(client.send("POST", path, &headers, body.as_bytes()).status, 403, "{path} {origin:?}");
        }
        // The right origin without the form's token, or with that of another form.
        for token in [String::new(), "0".repeat(64), token(&client.get("/settings").body, "/settings")] {
            if *path == "/settings" && token.len() == 64 && token != "0".repeat(64) {
                continue;
            }
            let mut headers = form.to_vec();
            headers.extend([("Origin", own.as_str()), ("X-Form", token.as_str())]);
            let body = format!("form={token}&{body}");
            assert_eq!(client.send("POST", path, &headers, body.as_bytes()).status, 403, "{path} {token}");
        }
        // What a browser says of a page elsewhere.
        let mut headers = form.to_vec();
        headers.extend([("Origin", own.as_str()), ("Sec-Fetch-Site", "cross-site")]);
        assert_eq!(client.send("POST", path, &headers, body.as_bytes()).status, 403, "{path}");
        // No change by asking, whatever the method.
        for method in ["PUT", "DELETE", "PATCH", "TRACE"] {
            assert_eq!(client.send(method, path, &form, b"").status, 405, "{method} {path}");
        }
    }
    assert_eq!(files_of(&root.join("ledger")), before, "nothing was written to the ledger");
}

#[test]
fn every_answer_forbids_scripts_frames_and_requests_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    for path in PAGES.iter().chain(&["/a/redress.css", "/nowhere", "/map/data.json", "/map/file?as=svg"]) {
        let answer = client.get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
        for outside in ["src=\"http", "href=\"http", "url(http", "@import", "style=\"", "<script>", "onclick"]
        {
            assert!(!answer.body.contains(outside), "{path} holds {outside}");
        }
    }
}

const PAGES: &[&str] = &[
    "/safe",
    "/save",
    "/kept",
    "/case",
    "/review",
    "/review/list?kind=threat",
    "/log",
    "/timeline",
    "/map",
    "/statements",
    "/search",
    "/search?q=plate",
    "/plan",
    "/packages",
    "/custody",
    "/settings",
    "/private",
    "/begin",
];

/// A chat in which everything a person can choose is markup.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>";

#[test]
fn words_names_and_file_names_are_never_markup() {
    let folder = tempfile::tempdir().unwrap();
    let root = empty_case(folder.path()).root().to_owned();
    let app = App::start(Some(root), folder.path(), LONG);
    let mut client = app.client();
    let chat = format!(
        "[04/11/2025, 10:00:00] {HOSTILE}: I will kill you at 14 Sample Lane {HOSTILE}\n\
         [04/11/2025, 10:01:00] {HOSTILE}: his plate is RDR-0000 {HOSTILE}\n"
    );
    let told = client.upload(&format!("{HOSTILE}/_chat.txt"), chat.as_bytes());
    assert_eq!(told.status, 200, "{}", told.body);
    assert_eq!(told.header("content-type"), Some("application/json"));
    assert_eq!(client.submit("/save", "/look", "").status, 303);
    settle(&mut client);
    let search = format!("/search?q={0}&account={0}", "%3Cscript%3Ealert(1)%3C/script%3E%22");
    for path in PAGES.iter().copied().chain([search.as_str()]) {
        let page = client.get(path).body;
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("<svg onload"),
            "{path}"
        );
    }
    let list = client.get("/review/list?kind=").body;
    let id = common::between(&list, "/review/item?id=", "\"").expect("something was found").to_owned();
    assert_eq!(
        client.submit(&format!("/review/item?id={id}"), "/review/show", &format!("id={id}")).status,
        303
    );
    let shown = client.get(&format!("/review/item?id={id}")).body;
    assert!(shown.contains("&lt;script&gt;alert(1)"), "the words are shown as words:\n{shown}");
    assert!(!shown.contains("<script>alert") && !shown.contains("<img src=x"));
}

/// Waits until the work in the background has ended.
fn settle(client: &mut Client) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while client.get("/working.json").body.contains("\"running\":true") {
        assert!(Instant::now() < deadline, "the work in the background does not end");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_picture_is_a_picture_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let digest = values::Digest::of(b"x").to_string();
    for asked in [digest.as_str(), "../../case.toml", "", "%00", "0"] {
        assert_eq!(
            client.get(&format!("/picture?digest={asked}")).status,
            404,
            "{asked}: nothing was uncovered"
        );
    }
    let file = client.get("/map/file?as=svg");
    assert_eq!(
        file.header("content-type"),
        Some("application/octet-stream"),
        "an SVG is never a page of ours"
    );
    assert!(file.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
}

#[test]
fn no_path_leads_out_of_where_it_belongs() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    std::fs::create_dir(&home).unwrap();
    let app = App::start(None, &home, LONG);
    let mut client = app.client();
    for bad in ["..", "../out", "/tmp/out", "a/b", ".hidden", "a%00b", "..%5Cout"] {
        for (action, fields) in [("/begin", "role=postal&state=PA&"), ("/begin/open", "")] {
            let page = client.get("/begin").body;
            let token = if action == "/begin/open" && !page.contains("action=\"/begin/open\"") {
                continue;
            } else {
                token(&page, action)
            };
            let answer = client.post(action, &format!("form={token}&{fields}folder={bad}"));
            assert_eq!(answer.status, 422, "{bad}");
        }
    }
    assert_eq!(files_of(folder.path()).len(), 0, "nothing was made");
    let made = client.submit("/begin", "/begin", "role=postal&state=PA&folder=my-case");
    assert_eq!(made.status, 303, "{}", made.body);
    let told = client.upload("../../../evil.txt", b"plain words");
    assert_eq!(told.status, 200, "{}", told.body);
    assert!(!folder.path().join("evil.txt").exists() && !home.join("evil.txt").exists());
    assert!(client.get("/kept").body.contains("evil.txt"));
    assert!(!home.join("my-case/incoming").exists(), "nothing is left on the way in");
    for path in ["/a/../case.toml", "/a/%2e%2e/case.toml", "/a/redress.css/../../x", "//etc/passwd"] {
        let answer = client.get(path);
        assert_ne!(answer.status, 200, "{path}");
    }
}

#[test]
fn bodies_heads_and_addresses_have_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let token = token(&client.get("/settings").body, "/settings");
    let large = format!("form={token}&grey={}", "x".repeat(300 << 10));
    assert_eq!(client.post("/settings", &large).status, 413);
    let host = client.address.to_string();
    let long = "x".repeat(64 << 10);
    let answer = client.send("GET", "/case", &[("Host", &host), ("X-Long", &long)], b"");
    assert!(answer.status == 431 || answer.status == 0, "{}", answer.status);
    let answer = client.get(&format!("/search?q={}", "x".repeat(60 << 10)));
    assert!(answer.status == 414 || answer.status == 431 || answer.status == 0, "{}", answer.status);
    assert_eq!(client.get("/case").status, 200, "and the app goes on");
}

#[test]
fn two_hundred_connections_that_trickle_hold_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let slow: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = TcpStream::connect(client.address).unwrap();
            stream
                .write_all(if n % 2 == 0 {
                    b"GET / HT"
                } else {
                    b"POST /save/file HTTP/1.1\r\nHost: x\r\nContent-Le"
                })
                .unwrap();
            stream
        })
        .collect();
    let began = Instant::now();
    for _ in 0..5 {
        assert_eq!(client.get("/review").status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    // Each of them is let go after the time a head may take.
    std::thread::sleep(Duration::from_secs(10));
    let mut ended = 0;
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut bytes = Vec::new();
        ended += usize::from(std::io::Read::read_to_end(&mut stream, &mut bytes).is_ok());
    }
    assert_eq!(ended, 200);
}

#[test]
fn leaving_ends_the_session_and_says_a_new_link() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut client = app.client();
    let kept = client.cookie.clone();
    let left = client.get("/out");
    assert_eq!(left.status, 200);
    assert!(!left.body.to_lowercase().contains("redress"), "{}", left.body);
    client.cookie = kept;
    assert_eq!(client.get("/case").status, 401);
    assert_eq!(app.links.lock().unwrap().len(), 2);
    assert_eq!(app.client().get("/case").status, 200);
}

#[test]
fn a_screen_nobody_is_at_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), Duration::from_millis(1500));
    let mut client = app.client();
    assert_eq!(client.get("/settings").status, 200);
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(client.get("/settings").status, 401);
    assert!(app.links.lock().unwrap().len() > 1, "a new link was told");
}

#[test]
fn a_helper_sees_what_was_handed_over_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(Some(demo_case(folder.path())), folder.path(), LONG);
    let mut owner = app.client();
    let page = owner.submit("/settings", "/helper", "name=Kim&dox=yes").body;
    let link = common::between(&page, "/open?token=", "<").unwrap().to_owned();
    let mut helper = Client::new(app.server.address());
    assert_eq!(helper.get(&format!("/open?token={link}")).status, 303);
    for path in [
        "/case",
        "/private",
        "/packages",
        "/map",
        "/search?q=plate",
        "/timeline",
        "/custody",
        "/statements",
        "/begin",
    ] {
        assert_eq!(helper.get(path).status, 403, "{path}");
    }
    assert_eq!(helper.get("/review").status, 200);
    assert_eq!(helper.get("/review/list?kind=dox").status, 200);
    assert_eq!(helper.get("/review/list?kind=threat").status, 404);
    let threats = owner.get("/review/list?kind=threat").body;
    let threat = common::between(&threats, "/review/item?id=", "\"").unwrap().to_owned();
    assert_eq!(helper.get(&format!("/review/item?id={threat}")).status, 404);
    assert!(helper.submit("/review", "/review", "budget=5").status == 303);
    let next = helper.get("/review/next");
    let at = next.header("location").unwrap().to_owned();
    let id = at.rsplit('=').next().unwrap().to_owned();
    assert_eq!(helper.submit(&at, "/review/show", &format!("id={id}")).status, 303);
    let token = token(&helper.get(&at).body, "/review/decide");
    assert_eq!(helper.post("/review/decide", &format!("form={token}&id={id}&choice=confirm")).status, 303);
    assert_eq!(helper.post("/review/decide", &format!("form={token}&id={threat}&choice=reject")).status, 404);
    let _ = now();
}
