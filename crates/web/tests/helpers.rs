//! Helpers on the same network: TLS alone, a passphrase for each, what each role may ask for, and the attacks on all of it.

mod common;
#[path = "common/helpers.rs"]
mod door;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use common::{App, files_of, tls};
use door::{add, app, ids, sign, stranger};

const LONG: Duration = Duration::from_secs(600);

#[test]
fn the_door_is_there_only_when_asked_for_and_on_one_address() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(None, folder.path(), LONG);
    assert!(app.server.helpers().is_none());
    assert_eq!(app.client().get("/sign").status, 403, "nobody signs in at this computer");
    let everywhere = web::Server::start(web::Setup {
        case: None,
        home: folder.path().to_owned(),
        port: 0,
        now: common::now,
        clock: || std::time::Duration::ZERO,
        rows: actions::library::Rows::shipped,
        by: String::new(),
        redress: "test",
        idle: LONG,
        helpers: Some("0.0.0.0:0".parse().unwrap()),
        work: None,
        tell: Box::new(|_| {}),
    });
    let error = everywhere.err().expect("every network at once is refused").to_string();
    assert!(error.contains("every network at once"), "{error}");
}

#[test]
fn plain_http_gets_not_a_word_and_another_certificate_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let (app, _) = app(folder.path());
    let (address, fingerprint) = app.server.helpers().unwrap();
    assert_eq!(fingerprint.len(), 95, "{fingerprint}");
    for head in [
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
        format!("GET /sign HTTP/1.1\r\nHost: {address}\r\n\r\n"),
    ] {
        let mut plain = TcpStream::connect(address).unwrap();
        plain.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        plain.write_all(head.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _broken_off = plain.read_to_end(&mut bytes);
        // At most an alert of TLS: seven bytes.
        assert!(bytes.len() <= 7 && !bytes.starts_with(b"HTTP"), "{bytes:?}");
    }
    // Who is told another fingerprint does not speak to this door.
    let other = tls::trusting(&fingerprint.replace('A', "B").replace('0', "1"));
    let mut wire = tls::over(&other, address, TcpStream::connect(address).unwrap());
    assert!(wire.write_all(b"GET /sign HTTP/1.1\r\n\r\n").is_err());
    let mut right = stranger(&app);
    assert_eq!(right.get("/sign").status, 200);
}

#[test]
fn without_a_passphrase_nothing_is_shown_and_guessing_waits_longer_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let passphrase = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let mut client = stranger(&app);
    for path in
        ["/", "/case", "/review", "/map/data.json", "/picture?digest=0", "/private", "/helpers", "/nowhere"]
    {
        let answer = client.get(path);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/sign")), "{path}");
    }
    // The owner's link and cookie open nothing here.
    let link = app.server.link();
    let open = client.get(&format!("/open{}", link.split_once("/open").unwrap().1));
    assert_eq!(open.header("location"), Some("/sign"), "a link is for this computer");
    let cookie = owner.cookie.clone().unwrap();
    let value = cookie.split_once('=').unwrap().1;
    client.cookie = Some(format!("__Host-redress_{}={value}", client.address.port()));
    assert_eq!(client.get("/case").header("location"), Some("/sign"), "a session holds for its own door");
    assert_eq!(owner.get("/case").status, 200);
    client.cookie = None;

    // A name nobody has is answered like one that somebody has.
    let known = client.post("/sign", "name=Ana&passphrase=wrong");
    let unknown = client.post("/sign", "name=Nobody&passphrase=wrong");
    assert_eq!((known.status, unknown.status), (401, 401));
    assert_eq!(known.body, unknown.body);
    assert!(known.body.contains("in 1 s."), "{}", known.body);
    // Too soon: not even the right one is looked at, under whatever spelling of the name.
    assert_eq!(sign(&mut client, "Ana", &passphrase), 429);
    assert_eq!(sign(&mut client, "+ANA+", &passphrase), 429);
    std::thread::sleep(Duration::from_millis(1100));
    assert!(client.post("/sign", "name=Ana&passphrase=").status >= 400);
    let again = client.post("/sign", "name=Ana&passphrase=guess");
    assert!(again.status == 429 || again.body.contains("in 2 s."), "{}", again.body);
    std::thread::sleep(Duration::from_millis(2200));
    let signed = client.post("/sign", &format!("name=Ana&passphrase={passphrase}"));
    assert_eq!(signed.status, 303, "{}", signed.body);
    let cookie = signed.header("set-cookie").unwrap();
    for part in ["__Host-", "HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // Many at once from one place are one try.
    let mut threads = Vec::new();
    for n in 0..8 {
        let mut one = stranger(&app);
        threads.push(std::thread::spawn(move || sign(&mut one, "Ben", &format!("guess{n}"))));
    }
    let answers: Vec<u16> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 1, "{answers:?}");
    let kept = files_of(&folder.path().join("case"));
    let shows = |bytes: &[u8]| bytes.windows(passphrase.len()).any(|window| window == passphrase.as_bytes());
    assert!(!kept.values().any(|bytes| shows(bytes)), "the passphrase is kept nowhere");
}

#[test]
fn other_sites_and_other_names_get_nothing_through_the_door() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let passphrase = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let mut client = stranger(&app);
    let host = client.address.to_string();
    let form = format!("name=Ana&passphrase={passphrase}");
    let plain = ("Content-Type", "application/x-www-form-urlencoded");
    for origin in ["http://attacker.example", "null", &format!("http://{host}"), "https://attacker.example"] {
        let sent =
            client.send("POST", "/sign", &[("Host", &host), ("Origin", origin), plain], form.as_bytes());
        assert_eq!(sent.status, 403, "{origin}");
    }
    for name in ["attacker.example", "localhost", &app.server.address().to_string(), ""] {
        let asked = client.send("GET", "/sign", &[("Host", name)], b"");
        assert!(asked.status == 421 || asked.status == 400, "{name}: {}", asked.status);
    }
    assert_eq!(client.post("/sign", &"x".repeat(300 << 10)).status, 413);
    assert_eq!(sign(&mut client, "Ana", &passphrase), 303);
    // Signed in, a form still needs its token and its origin.
    assert_eq!(client.post("/review", "budget=5").status, 403);
    let own = client.get("/review").body;
    let token = common::token(&own, "/review");
    assert_eq!(
        client.post("/review/undo", &format!("form={token}")).status,
        403,
        "the token of another form"
    );
}

#[test]
fn a_reviewer_gets_the_items_handed_over_and_no_others_and_is_named_in_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let ana = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let ben = add(&mut owner, "name=Ben&role=reviewer&dox=yes&kinds=threat&counsel=yes");
    let (threats, exposures) = (ids(&mut owner, "threat"), ids(&mut owner, "dox"));
    assert!(!threats.is_empty() && !exposures.is_empty());
    let (mut anas, mut bens) = (stranger(&app), stranger(&app));
    assert_eq!(sign(&mut anas, "Ana", &ben), 401, "a passphrase is one person's");
    assert_eq!(sign(&mut bens, "Ben", &ben), 303);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(sign(&mut anas, "ana", &ana), 303, "the name as people write it");

    assert_eq!(anas.get("/").header("location"), Some("/review"));
    let own = format!("/review/item?id={}", threats[0]);
    let other = format!("/review/item?id={}", exposures[0]);
    assert_eq!(anas.get(&own).status, 200);
    // The other's items: not seen, not shown, not decided, whatever form is used to ask.
    assert_eq!(anas.get(&other).status, 404);
    assert_eq!(anas.get("/review/list?kind=dox").status, 404);
    assert_eq!(anas.get("/review/list").status, 404);
    let page = anas.get(&own).body;
    for action in ["/review/show", "/review/decide", "/review/correct"] {
        let token = common::token(&page, action);
        let form = format!("form={token}&id={}&choice=reject&kind=threat&what=&why=", exposures[0]);
        assert_eq!(anas.post(action, &form).status, 404, "{action}");
    }
    // What is the owner's or a lawyer's is refused, asked for or sent.
    for path in [
        "/case",
        "/timeline",
        "/map",
        "/map/data.json",
        "/map/file?as=csv",
        "/statements",
        "/search?q=plate",
        "/plan",
        "/letters",
        "/packages",
        "/packages?for=police",
        "/packages/report.pdf?for=counsel",
        "/custody",
        "/kept",
        "/save",
        "/private",
        "/begin",
        "/helpers",
        "/lock",
        "/unlock",
        "/working",
        "/log",
        "/plan/calendar.ics",
    ] {
        assert_eq!(anas.get(path).status, 403, "{path}");
    }
    for path in [
        "/helpers",
        "/helpers/end",
        "/helper",
        "/lock",
        "/begin",
        "/private",
        "/look",
        "/packages",
        "/search",
        "/save/file?name=x",
    ] {
        assert_eq!(anas.post(path, "form=0&name=Ana&role=counsel").status, 403, "{path}");
    }

    anas.submit(&own, "/review/show", &format!("id={}", threats[0]));
    let shown = anas.get(&own).body;
    assert!(shown.contains("<mark>"), "{shown}");
    assert!(shown.contains("a case on another computer") && !shown.contains("stays on this computer"));
    let decided = anas.submit(&own, "/review/decide", &format!("id={}&choice=confirm&why=", threats[0]));
    assert_eq!(decided.status, 303, "{}", decided.body);
    owner.submit(&own, "/review/show", &format!("id={}", threats[0]));
    let history = owner.get(&own).body;
    assert!(history.contains(" · Ana · "), "who decided stands with the decision: {history}");
    // Who looked stands in the objects that the ledger names.
    let objects = files_of(&folder.path().join("case/objects"));
    let looked = objects.values().any(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        text.contains("\"Ana\"") && text.contains("review") && text.contains(&threats[0])
    });
    assert!(looked, "who looked stands in the case");
}

#[test]
fn a_lawyer_reads_what_a_lawyer_needs_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let words = add(&mut owner, "name=Lee+Law&role=counsel&threat=yes");
    let id = ids(&mut owner, "threat")[0].clone();
    let mut counsel = stranger(&app);
    assert_eq!(sign(&mut counsel, "Lee+Law", &words), 303);
    assert_eq!(counsel.get("/").header("location"), Some("/case"));
    let item = format!("/review/item?id={id}");
    for path in [
        "/case",
        "/timeline",
        "/map",
        "/map/data.json",
        "/statements",
        "/search?q=plate",
        "/custody",
        "/packages",
        "/settings",
        item.as_str(),
    ] {
        let page = counsel.get(path);
        assert_eq!(page.status, 200, "{path}");
        // No way leads to what is refused.
        for link in page
            .body
            .split("<nav class=\"around\"")
            .nth(1)
            .into_iter()
            .flat_map(|nav| nav.split("</nav>").next())
        {
            for path in link.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(
                    !["/private", "/save", "/letters", "/plan", "/safe", "/log", "/review"].contains(&path),
                    "{path}"
                );
            }
        }
    }
    let page = counsel.submit(&item, "/review/show", &format!("id={id}"));
    assert_eq!(page.status, 303);
    let shown = counsel.get(&item).body;
    assert!(shown.contains("<mark>") && !shown.contains("/review/decide"), "{shown}");
    for path in [
        "/review/decide",
        "/review/correct",
        "/review/pass",
        "/review/undo",
        "/review",
        "/search/save",
        "/search/picture",
        "/helpers",
        "/helpers/end",
        "/lock",
        "/private",
        "/custody",
        "/plan/mark",
        "/plan/report",
        "/letters/open",
        "/letters/sent",
        "/packages",
        "/log",
    ] {
        assert_eq!(counsel.post(path, &format!("form=0&id={id}&choice=confirm")).status, 403, "{path}");
    }
    for path in ["/private", "/save", "/letters", "/helpers", "/lock", "/kept", "/plan"] {
        assert_eq!(counsel.get(path).status, 403, "{path}");
    }
    // A page says who may come to it, and the owner's notes are no helper's.
    assert!(!counsel.get("/search").body.contains("data-picture"));
    assert!(!counsel.get("/settings").body.contains("/helpers"));
}

#[test]
fn help_ends_at_once_when_the_owner_says_so_and_when_the_case_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let words = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let again = owner.submit("/helpers", "/helpers", "name=+ana+&role=counsel");
    assert_eq!(again.status, 422, "two people of one name cannot be told apart: {}", again.body);
    assert_eq!(
        owner.submit("/helpers", "/helpers", "name=robin&role=counsel").status,
        422,
        "the owner's own name"
    );
    assert_eq!(owner.submit("/helpers", "/helpers", "name=X&role=owner&threat=yes").status, 422);
    assert_eq!(
        owner.submit("/helpers", "/helpers", "name=X&role=reviewer").status,
        422,
        "with nothing handed over"
    );
    let mut ana = stranger(&app);
    assert_eq!(sign(&mut ana, "Ana", &words), 303);
    assert_eq!(ana.get("/review").status, 200);
    assert_eq!(owner.submit("/helpers", "/helpers/end", "name=Ana").status, 303);
    assert_eq!(ana.get("/review").header("location"), Some("/sign"), "cut off at once");
    assert_eq!(sign(&mut ana, "Ana", &words), 401, "and not let in again");

    let words = add(&mut owner, "name=Ben&role=counsel");
    let mut ben = stranger(&app);
    assert_eq!(sign(&mut ben, "Ben", &words), 303);
    let lock = "passphrase=correct+horse+staple&repeated=correct+horse+staple";
    assert_eq!(owner.submit("/lock", "/lock", lock).status, 303);
    assert_eq!(ben.get("/case").header("location"), Some("/sign"));
    assert_eq!(sign(&mut ben, "Ben", &words), 401, "nobody is let in to a locked case");
    assert_eq!(owner.submit("/unlock", "/unlock", "passphrase=correct+horse+staple").status, 303);
    while owner.get("/unlocking").body.contains("/unlocking.json") {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(sign(&mut ben, "Ben", &words), 303);
    assert_eq!(ben.get("/out").status, 200);
    assert_eq!(ben.get("/case").header("location"), Some("/sign"));
}

#[test]
fn connections_that_say_nothing_do_not_keep_others_out() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let address = app.server.helpers().unwrap().0;
    let silent: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(address).unwrap()).collect();
    assert_eq!(owner.get("/case").status, 200, "the owner's door is another");
    let mut helper = stranger(&app);
    assert_eq!(helper.get("/sign").status, 200, "the silent ones are gone after seconds");
    drop(silent);
}
