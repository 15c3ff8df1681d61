//! Helpers in the ledger, reviewers of chosen items, and the lawyer's packages: what each sees, and the attacks on it.

mod common;
#[path = "common/helpers.rs"]
mod door;

use std::time::Duration;

use common::{between, files_of};
use door::{add, app, ids, sign, stranger};

/// The lines of the ledger about the door, oldest first: the word, the person, why.
fn comings(root: &std::path::Path) -> Vec<(String, Option<String>, Option<String>)> {
    let log = std::fs::read_to_string(root.join("ledger/log")).unwrap();
    let events = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    events
        .filter(|event| event["event"] == "signed")
        .map(|event| {
            let digest = event["detail"].as_str().unwrap().trim_start_matches("sha256:").to_owned();
            let bytes = std::fs::read(root.join("objects").join(&digest[..2]).join(&digest)).unwrap();
            let signing: record::Signing = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(signing.from, "127.0.0.1");
            (event["sign"].as_str().unwrap().to_owned(), signing.person, signing.why)
        })
        .collect()
}

#[test]
fn each_coming_each_refusal_and_each_leaving_is_one_line_of_the_ledger_and_no_passphrase_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let root = folder.path().join("case");
    let ana = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let ben = add(&mut owner, "name=Ben&role=counsel");
    let (mut anas, mut bens) = (stranger(&app), stranger(&app));
    assert_eq!(sign(&mut anas, "Ana", "typed-in-error"), 401);
    assert_eq!(sign(&mut anas, "Ana", "typed-too-soon"), 429, "what is not looked at has no line");
    // In haste the passphrase goes into the field for the name.
    assert_eq!(sign(&mut anas, "typed-as-a-name", "x"), 401);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(sign(&mut anas, "ana", &ana), 303);
    assert_eq!(sign(&mut bens, "Ben", &ben), 303);
    assert_eq!(anas.get("/out").status, 200);
    assert_eq!(anas.get("/out").status, 200, "leaving twice is leaving once");
    assert_eq!(owner.submit("/helpers", "/helpers/end", "name=Ben").status, 303);
    let line = |sign: &str, person: Option<&str>, why: Option<&str>| {
        (sign.to_owned(), person.map(str::to_owned), why.map(str::to_owned))
    };
    let mut expected = vec![
        line("refused", Some("Ana"), None),
        line("refused", None, None),
        line("in", Some("Ana"), None),
        line("in", Some("Ben"), None),
        line("out", Some("Ana"), Some("left")),
        line("out", Some("Ben"), Some("ended")),
    ];
    assert_eq!(comings(&root), expected);
    let page = owner.get("/custody").body;
    for words in ["a helper signed in · Ana", "a wrong passphrase at the door", "session ended · Ben"] {
        assert!(page.replace('\n', "").contains(words), "{words}: {page}");
    }
    // A locked case tells it once it is open again; who was inside is told before it is locked.
    assert_eq!(sign(&mut anas, "Ana", &ana), 303);
    let lock = "passphrase=correct+horse+staple&repeated=correct+horse+staple";
    assert_eq!(owner.submit("/lock", "/lock", lock).status, 303);
    assert_eq!(sign(&mut anas, "Ana", &ana), 401, "nobody is let in to a locked case");
    assert_eq!(owner.submit("/unlock", "/unlock", "passphrase=correct+horse+staple").status, 303);
    while owner.get("/unlocking").body.contains("/unlocking.json") {
        std::thread::sleep(Duration::from_millis(50));
    }
    expected.extend([
        line("in", Some("Ana"), None),
        line("out", Some("Ana"), Some("locked")),
        line("refused", None, None),
    ]);
    assert_eq!(comings(&root), expected);
    for (name, bytes) in files_of(&root) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in ["typed-in-error", "typed-too-soon", "typed-as-a-name", &ana, &ben] {
            assert!(!text.contains(secret), "{secret} is in {name}");
        }
    }
    let checked = owner.submit("/custody", "/custody", "").body;
    assert!(checked.contains("failed 0,"), "the ledger stays whole: {checked}");
}

#[test]
fn the_app_ends_the_sessions_it_had_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let ana = add(&mut owner, "name=Ana&role=reviewer&threat=yes");
    let mut client = stranger(&app);
    assert_eq!(sign(&mut client, "Ana", &ana), 303);
    drop(app);
    let told = comings(&folder.path().join("case"));
    assert_eq!(told.last().unwrap(), &("out".to_owned(), Some("Ana".to_owned()), Some("closed".to_owned())));
}

#[test]
fn a_reviewer_of_chosen_items_sees_these_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let passphrase = add(&mut owner, "name=Ana&role=reviewer&items=yes");
    let (threats, exposures) = (ids(&mut owner, "threat"), ids(&mut owner, "dox"));
    assert!(threats.len() > 1 && exposures.len() > 1);
    let mut ana = stranger(&app);
    assert_eq!(sign(&mut ana, "Ana", &passphrase), 303);
    let page = |id: &str| format!("/review/item?id={id}");
    // Before anything is handed over there is nothing, neither one by one nor as a list or the next.
    assert!(ana.get("/review").body.contains("Nothing is open"));
    assert_eq!(ana.get("/review/next").header("location"), Some("/review"));
    assert_eq!((ana.get(&page(&threats[0])).status, ana.get("/review/list").status), (404, 404));

    // One finding, with the others on the very same words.
    let owners = page(&exposures[0]);
    let handed = owner.submit(&owners, "/hand", &format!("id={}&name=Ana", exposures[0]));
    assert_eq!((handed.status, handed.header("location")), (303, Some(owners.as_str())), "{}", handed.body);
    assert!(owner.get(&owners).body.contains("1 handed to Ana."));
    let review = ana.get("/review").body;
    assert!(review.contains("0 decided, 1 left") && !review.contains("/review/list?kind="), "{review}");
    assert_eq!(ana.get("/review/next").header("location"), Some(owners.as_str()));
    let list = ana.get("/review/list").body;
    assert!(list.contains(&exposures[0]) && !list.contains(&exposures[1]) && !list.contains(&threats[0]));

    // Everything else is not there, whatever is asked and however.
    let own = ana.get(&owners).body;
    assert!(!own.contains("action=\"/hand\""), "who was handed something hands nothing on");
    for other in [&threats[0], &exposures[1]] {
        assert_eq!(ana.get(&page(other)).status, 404);
        for action in ["/review/show", "/review/decide", "/review/correct"] {
            let form = format!(
                "form={}&id={other}&choice=reject&kind=threat&what=&why=",
                common::token(&own, action)
            );
            assert_eq!(ana.post(action, &form).status, 404, "{action}");
        }
    }
    for path in
        ["/review/list?kind=dox", "/review/list?kind=threat", "/review/list?kind=threat&decided=reject"]
    {
        assert_eq!(ana.get(path).status, 404, "{path}");
    }
    for path in [
        "/case",
        "/search?q=plate",
        "/timeline",
        "/map",
        "/map/data.json",
        "/map/tie?n=0",
        "/map/file?as=csv",
        "/statements",
        "/packages",
        "/packages/file?name=counsel-2025-11-06",
        "/packages/report.pdf?for=counsel",
        "/custody",
        "/helpers",
        "/letters",
        "/plan",
    ] {
        assert_eq!(ana.get(path).status, 403, "{path}");
    }
    for path in ["/hand", "/hand/back"] {
        assert_eq!(ana.post(path, &format!("form=0&name=Ana&id={}", threats[0])).status, 403, "{path}");
    }
    assert_eq!(ana.get(&format!("/picture?digest={}", "0".repeat(64))).status, 404);

    // Their own is shown; no other finding of the post and no like of it is named beside it.
    ana.submit(&owners, "/review/show", &format!("id={}", exposures[0]));
    let shown = ana.get(&owners).body;
    assert!(shown.contains("<mark>"), "{shown}");
    for other in threats.iter().chain(&exposures[1..]) {
        assert!(!shown.contains(other.as_str()), "{other} is named");
    }
    let near = format!(
        "form={}&id={}&choice=confirm&why=&same=yes&near={}+{}",
        common::token(&shown, "/review/decide"),
        exposures[0],
        exposures[1],
        threats[0]
    );
    assert_eq!(ana.post("/review/decide", &near).status, 303);
    for (kind, expected) in [("dox", 1), ("threat", 0)] {
        let confirmed = owner.get(&format!("/review/list?kind={kind}&decided=confirm")).body;
        assert_eq!(confirmed.matches("/review/item?id=").count(), expected, "only their own was decided");
    }
    assert!(ana.get("/review").body.contains("1 decided, 0 left"));
    assert_eq!(ana.get("/review/next").header("location"), Some("/review"));

    // The next ones, and an account's; what lies with somebody is handed to nobody else by count.
    let next = owner.submit("/helpers", "/hand", "name=Ana&next=2&kind=threat");
    assert_eq!(next.header("location"), Some("/helpers"), "{}", next.body);
    let helpers = owner.get("/helpers").body;
    assert!(helpers.contains("2 handed to Ana.") && helpers.contains("1 decided, 2 left"), "{helpers}");
    assert_eq!(ana.get(&page(&threats[1])).status, 200);
    let words = add(&mut owner, "name=Ben&role=reviewer&items=yes");
    owner.submit("/helpers", "/hand", "name=Ben&next=1&kind=threat");
    let mut ben = stranger(&app);
    assert_eq!(sign(&mut ben, "Ben", &words), 303);
    for id in &threats[..2] {
        assert_eq!(ben.get(&page(id)).status, 404);
    }
    let accounts = owner.get("/statements").body;
    let account = between(&accounts, "/statements/account?key=", "\"").unwrap().to_owned();
    let table = format!("/statements/account?key={account}");
    let given = owner.submit(&table, "/hand", &format!("name=Ben&account={account}"));
    assert_eq!(given.header("location").map(|at| at.replace("%3A", ":")), Some(table.replace("%3A", ":")));
    assert!(!owner.get(&table).body.contains(" 0 handed"));
    assert_eq!(owner.submit(&table, "/hand", &format!("name=Nobody&account={account}")).status, 422);

    // Taken back, it is gone at once; what was decided stays told.
    assert_eq!(owner.submit("/helpers", "/hand/back", "name=Ana").status, 303);
    assert_eq!(ana.get(&page(&threats[0])).status, 404);
    assert!(ana.get("/review").body.contains("1 decided, 0 left"));
}

#[test]
fn a_lawyer_sees_what_would_leave_and_takes_the_package_written_for_counsel() {
    let folder = tempfile::tempdir().unwrap();
    let (app, mut owner) = app(folder.path());
    let words = add(&mut owner, "name=Lee&role=counsel");
    let id = ids(&mut owner, "threat")[0].clone();
    let item = format!("/review/item?id={id}");
    owner.submit(&item, "/review/show", &format!("id={id}"));
    owner.submit(&item, "/review/decide", &format!("id={id}&choice=confirm&why="));
    for recipient in ["counsel", "police"] {
        let written =
            owner.submit(&format!("/packages?for={recipient}"), "/packages", &format!("for={recipient}"));
        assert_eq!(written.status, 200, "{}", written.body);
    }
    let mut lee = stranger(&app);
    assert_eq!(sign(&mut lee, "Lee", &words), 303);
    for path in ["/packages?for=counsel", "/packages?for=police", "/statements"] {
        let page = lee.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(
            !page.body.contains("action=\"/packages\"") && !page.body.contains("action=\"/hand\""),
            "{path}"
        );
    }
    assert!(lee.get("/packages/report.pdf?for=counsel").bytes.starts_with(b"%PDF"));
    assert_eq!(lee.post("/packages", "form=0&for=counsel").status, 403);
    let packages = lee.get("/packages").body;
    let counsels = between(&packages, "/packages/file?name=", "\"").expect("it can be taken").to_owned();
    assert!(counsels.starts_with("counsel-") && !packages.contains("name=police-"), "{packages}");
    let zip = lee.get(&format!("/packages/file?name={counsels}"));
    assert!(
        zip.bytes.starts_with(b"PK\x03\x04")
            && zip.header("content-disposition").unwrap().contains("attachment")
    );
    // The same bytes as lie in the folder, and every one of them.
    let lying = files_of(&folder.path().join("case-packages").join(&counsels));
    let unpacked = folder.path().join("taken.zip");
    std::fs::write(&unpacked, &zip.bytes).unwrap();
    for name in lying.keys() {
        let inside = name.rsplit_once(&format!("{counsels}/")).map_or(name.as_str(), |(_, inside)| inside);
        let named = format!("{counsels}/{inside}");
        assert!(zip.bytes.windows(named.len()).any(|window| window == named.as_bytes()), "{named}");
    }
    let outcome = actions::verify::package(&unpacked, &[], &common::context());
    assert_eq!(outcome.unwrap().failed, 0, "the package verifies as it was taken");
    // Another's package, a path, nothing: not there.
    let police = counsels.replace("counsel", "police");
    for name in [police.as_str(), "..%2Fcase", "counsel-..%2F..%2Fcase", "", "counsel-", "%2Fetc%2Fpasswd"] {
        assert_eq!(lee.get(&format!("/packages/file?name={name}")).status, 404, "{name}");
    }
    assert_eq!(owner.get(&format!("/packages/file?name={police}")).status, 200);
    let objects = files_of(&folder.path().join("case/objects"));
    let told = objects.values().any(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        text.contains("\"Lee\"") && text.contains("a package that was written") && text.contains(&counsels)
    });
    assert!(told, "who took it stands in the case");
}
