//! The folder as a whole: what is acknowledged stays, what is refused leaves no trace, the index is made again equal.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use case::{Case, CaseError, NewCase};
use record::{
    Account, Actor, Capture, Choice, Counts, Decision, Fidelity, Finding, Item, Kind, Observation, Post,
    PostKey, PostKind, Reason, Role, State,
};
use values::{Digest, Doubt, Moment, Place, Platform, Precision, SaidBy, Score, Span};

fn now(second: i64) -> Moment {
    Moment::from_millis(1_762_300_000_000 + second * 1000, Precision::Millisecond, SaidBy::Redress)
}

fn new_case(root: &Path) -> Case {
    let new = NewCase {
        name: "example",
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: None,
        keep_until: None,
        now: now(0),
        redress: "test",
    };
    Case::create(root, &new).unwrap()
}

fn item(id: &str, text: &str, fidelity: Fidelity, line: u64) -> Item {
    let author = Account::with_handle(Platform::X, "example_watcher");
    let mut post = Post::bare(PostKey::new(Platform::X, id), PostKind::Original, author);
    post.text = text.to_owned();
    post.written = Moment::of_snowflake(id.parse().unwrap());
    post.reply_to = Some(PostKey::new(Platform::X, "1985724259103670395"));
    let observation = Observation {
        place: Place::line(line),
        seen: Some(now(line as i64)),
        counts: Counts { views: Some(7), ..Counts::default() },
        state: State::Visible,
        fidelity,
    };
    Item::Post { post: Box::new(post), observation }
}

fn import(case: &mut Case, name: &str, bytes: &[u8], items: &[Item]) -> Digest {
    let mut draft = case.draft().unwrap();
    draft.write_all(bytes).unwrap();
    let digest = draft.digest();
    let size = bytes.len() as u64;
    let capture =
        Capture { digest, size, name: name.into(), kept: now(1), modified: None, stripped_from: None };
    let mut pending = case.begin_import(draft, capture, None).unwrap();
    for item in items {
        pending.take(item).unwrap();
    }
    pending.commit("test/1", now(2)).unwrap();
    digest
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn plate() -> Finding {
    Finding {
        kind: Kind::Dox,
        what: None,
        whose: None,
        level: None,
        stance: None,
        claim: None,
        detector: "plate/1".into(),
        span: Span::new(16, 30),
        score: Score::new(0.9),
        reasons: vec![Reason { code: "dox.plate".into(), span: None }],
        counts: true,
    }
}

const CUT: &str = "Gray hatchback, plate RDR-0000. Somebody kn";
const WHOLE: &str = "Gray hatchback, plate RDR-0000. Somebody knows him. Pay him a visit.";

#[test]
fn bytes_come_back_the_same_and_the_index_is_made_again_equal() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    let digest = import(
        &mut case,
        "a.ndjson",
        b"as received",
        &[item("1985726524027830284", WHOLE, Fidelity::Server, 1)],
    );
    import(&mut case, "b.csv", b"another", &[item("1985726524027830284", CUT, Fidelity::Derived, 1)]);
    assert_eq!(case.objects().get(&digest).unwrap(), b"as received");
    let counts = case.view().counts().unwrap();
    assert_eq!((counts.posts, counts.sightings, counts.captures), (1, 2, 2));
    let before = case.index_content().unwrap();
    case.rebuild().unwrap();
    assert_eq!(case.index_content().unwrap(), before);
    drop(case);
    for name in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _absent = std::fs::remove_file(root.join(name));
    }
    let case = Case::open(&root, "test").unwrap();
    assert_eq!(case.index_content().unwrap(), before);
    assert_eq!(case.replayed_content().unwrap(), before);
    assert_eq!(
        case.view().seen(&PostKey::new(Platform::X, "1985726524027830284")).unwrap().unwrap().post.text,
        WHOLE
    );
}

#[test]
fn the_order_of_imports_does_not_change_what_the_posts_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut contents = Vec::new();
    for (name, order) in [("one", [0, 1, 2]), ("two", [2, 0, 1]), ("three", [1, 2, 0])] {
        let mut case = new_case(&folder.path().join(name));
        let captures: [(&[u8], Item); 3] = [
            (b"a", item("1985726524027830284", WHOLE, Fidelity::Derived, 1)),
            (b"b", item("1985726524027830284", CUT, Fidelity::Server, 2)),
            (b"c", item("1985724259103670395", "Who is he?", Fidelity::Server, 3)),
        ];
        for at in order {
            import(&mut case, "x", captures[at].0, std::slice::from_ref(&captures[at].1));
        }
        contents.push(case.index_content().unwrap());
    }
    assert_eq!(contents[0], contents[1]);
    assert_eq!(contents[0], contents[2]);
}

#[test]
fn an_import_that_is_given_up_leaves_every_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    import(&mut case, "a", b"a", &[item("1985726524027830284", WHOLE, Fidelity::Server, 1)]);
    drop(case);
    let before = files(&root);
    let mut case = Case::open(&root, "test").unwrap();
    let mut draft = case.draft().unwrap();
    draft.write_all(b"refused later").unwrap();
    let digest = draft.digest();
    let capture =
        Capture { digest, size: 13, name: "b".into(), kept: now(5), modified: None, stripped_from: None };
    let mut pending = case.begin_import(draft, capture, None).unwrap();
    pending.take(&item("1985724259103670395", "Who is he?", Fidelity::Server, 3)).unwrap();
    drop(pending);
    drop(case);
    assert_eq!(files(&root), before);
}

#[test]
fn a_case_is_used_by_one_process_and_a_folder_in_use_is_not_made_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let case = new_case(&root);
    assert!(matches!(Case::open(&root, "test"), Err(CaseError::InUse)));
    drop(case);
    assert!(Case::open(&root, "test").is_ok());
    let new = NewCase {
        name: "x",
        role: Role::Voter,
        state: "PA",
        language: "en",
        private: None,
        keep_until: None,
        now: now(0),
        redress: "t",
    };
    assert!(matches!(Case::create(&root, &new), Err(CaseError::InTheWay(_))));
    assert!(matches!(Case::open(folder.path(), "test"), Err(CaseError::NotACase(_))));
}

#[test]
fn any_changed_byte_of_log_checkpoint_or_objects_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    import(&mut case, "a", b"as received", &[item("1985726524027830284", WHOLE, Fidelity::Server, 1)]);
    assert!(
        case.checks(&[], || ())
            .unwrap()
            .iter()
            .all(|check| !matches!(check.verdict, case::verify::Verdict::Failed(_)))
    );
    drop(case);
    for (name, bytes) in files(&root) {
        if !(name == "ledger/log" || name == "ledger/checkpoint" || name.starts_with("objects/")) {
            continue;
        }
        for at in (0..bytes.len()).step_by(17) {
            let mut changed = bytes.clone();
            changed[at] ^= 0x04;
            std::fs::write(root.join(&name), &changed).unwrap();
            let noticed = match Case::open(&root, "test") {
                Err(_) => true,
                Ok(case) => match case.checks(&[], || ()) {
                    Err(_) => true,
                    Ok(checks) => {
                        checks.iter().any(|c| matches!(c.verdict, case::verify::Verdict::Failed(_)))
                    }
                },
            };
            assert!(noticed, "{name}: byte {at} changed and nobody noticed");
        }
        std::fs::write(root.join(&name), &bytes).unwrap();
    }
}

#[test]
fn a_torn_last_line_was_never_acknowledged_and_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    import(&mut case, "a", b"a", &[item("1985726524027830284", WHOLE, Fidelity::Server, 1)]);
    let size = case.ledger().size();
    drop(case);
    let log = root.join("ledger/log");
    let mut bytes = std::fs::read(&log).unwrap();
    let whole = bytes.clone();
    bytes.extend(b"{\"at\":{\"at\":17623");
    std::fs::write(&log, &bytes).unwrap();
    let case = Case::open(&root, "test").unwrap();
    assert_eq!(case.ledger().size(), size);
    drop(case);
    assert_eq!(std::fs::read(&log).unwrap(), whole);
    // A whole line behind the checkpoint (killed between the two) is taken up and signed.
    let line = String::from_utf8(whole.clone()).unwrap().lines().last().unwrap().to_owned() + "\n";
    std::fs::write(&log, [whole, line.into_bytes()].concat()).unwrap();
    let case = Case::open(&root, "test").unwrap();
    assert_eq!(case.ledger().size(), size + 1);
    assert!(case.ledger().checkpoint().text().contains(&format!("\n{}\n", size + 1)));
}

#[test]
fn what_was_looked_at_stays_so_and_the_rest_is_still_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    let ids = ["1985726524027830284", "1985726524027830285", "1985726524027830286"];
    let items: Vec<Item> = ids.iter().map(|id| item(id, WHOLE, Fidelity::Server, 1)).collect();
    import(&mut case, "a", b"a", &items);
    let left = |case: &Case| -> Vec<PostKey> {
        case.view().unscanned("f1", None, 9).unwrap().into_iter().map(|(key, _)| key).collect()
    };
    let keys = left(&case);
    assert_eq!(keys.len(), 3);
    // Killed behind the first batch: it stays looked at, the others are still to do.
    let first = case::folder::Looked { after: None, through: Some(keys[0].clone()), posts: 1 };
    case.propose("f1", BTreeMap::new(), &first, std::iter::empty(), now(3)).unwrap();
    drop(case);
    let mut case = Case::open(&root, "test").unwrap();
    assert_eq!(left(&case), keys[1..]);
    assert_eq!(case.view().unscanned("f1", Some(&keys[1]), 9).unwrap().len(), 1);
    assert_eq!(case.view().unscanned("f1", None, 1).unwrap().len(), 1);
    let rest = case::folder::Looked { after: Some(keys[0].clone()), through: None, posts: 2 };
    case.propose("f1", BTreeMap::new(), &rest, std::iter::empty(), now(4)).unwrap();
    assert_eq!(left(&case), []);
    let before = case.index_content().unwrap();
    case.rebuild().unwrap();
    assert_eq!(case.index_content().unwrap(), before);
}

#[test]
fn confirming_gives_a_number_that_stays_and_proves_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    let key = PostKey::new(Platform::X, "1985726524027830284");
    import(&mut case, "a", b"a", &[item("1985726524027830284", WHOLE, Fidelity::Server, 1)]);
    let finding = plate();
    let id = finding.id(&key);
    let proposal = case::folder::Proposal { post: key.clone(), finding };
    let looked = case::folder::Looked { posts: 1, ..Default::default() };
    case.propose("f1", BTreeMap::new(), &looked, [proposal].into_iter(), now(3)).unwrap();
    assert!(case.view().exhibits().unwrap().is_empty(), "nothing is an exhibit before a person says so");
    let decide = |choice| Decision { finding: id, choice, by: Actor::person("Ana"), at: now(4), why: None };
    let seal =
        |post: &Post, secret: &Digest| Digest::of(format!("{secret}{}", post.text).as_bytes()).to_string();
    case.decide(&[decide(Choice::Confirm)], false, &seal, now(4)).unwrap();
    case.decide(&[decide(Choice::Reject)], false, &seal, now(5)).unwrap();
    case.decide(&[decide(Choice::Confirm)], false, &seal, now(6)).unwrap();
    let exhibits = case.view().exhibits().unwrap();
    assert_eq!(exhibits.len(), 1);
    assert_eq!(exhibits[0].number, 1);
    assert_eq!(case.view().history(&id).unwrap().len(), 3);
    assert!(case.view().findings(None).unwrap()[0].confirmed());
    let event = exhibits[0].event;
    let proof = case.ledger().proof(event).unwrap();
    let line = case.ledger().line(event).unwrap();
    assert!(proof.verify(line.as_bytes(), &case.ledger().verifier()).is_ok());
    assert!(!line.contains("RDR-0000") && line.contains(&exhibits[0].sealed.to_string()));
    let before = case.index_content().unwrap();
    case.rebuild().unwrap();
    assert_eq!(case.index_content().unwrap(), before);
}

/// A capture is read again, with another reader or another answer to a question: what hangs on its posts stays theirs.
#[test]
fn what_was_decided_outlives_a_second_reading_of_the_capture() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    let ids = ["1985726524027830284", "1985726524027830285", "1985726524027830286"];
    let first: Vec<Item> = ids.iter().map(|id| item(id, WHOLE, Fidelity::Derived, 1)).collect();
    let other = item("1985726524027830299", "Leave him alone.", Fidelity::Derived, 1);
    import(&mut case, "a", b"a", &first);
    import(&mut case, "b", b"b", std::slice::from_ref(&other));
    let finding = |id: &str| {
        let finding = plate();
        let post = PostKey::new(Platform::X, id);
        (finding.id(&post), case::folder::Proposal { post, finding })
    };
    let looked = case::folder::Looked { posts: 4, ..Default::default() };
    let (found, proposals): (Vec<_>, Vec<_>) = ids.iter().map(|id| finding(id)).unzip();
    case.propose("f1", BTreeMap::new(), &looked, proposals.into_iter(), now(3)).unwrap();
    let seal =
        |post: &Post, secret: &Digest| Digest::of(format!("{secret}{}", post.text).as_bytes()).to_string();
    let confirm = |finding| Decision {
        finding,
        choice: Choice::Confirm,
        by: Actor::person("Ana"),
        at: now(4),
        why: None,
    };
    case.decide(&[confirm(found[0]), confirm(found[1])], false, &seal, now(4)).unwrap();

    // The second reading sees the first post, and neither the second, about which a person decided, nor the third.
    import(&mut case, "a", b"a", &first[..1]);
    import(&mut case, "b", b"b", std::slice::from_ref(&other));
    let seen = |case: &Case, id: &str| case.view().seen(&PostKey::new(Platform::X, id)).unwrap();
    let now_found = |case: &Case| {
        let mut rows: Vec<_> = case.view().findings(None).unwrap().into_iter().map(|row| row.id).collect();
        rows.sort();
        rows
    };
    let mut wanted = found[..2].to_vec();
    wanted.sort();
    assert_eq!(now_found(&case), wanted, "findings stay on their posts, and on no others");
    assert_eq!(seen(&case, ids[0]).unwrap().post.text, WHOLE);
    assert_eq!(seen(&case, ids[1]).unwrap().post.text, WHOLE, "what was decided keeps its words");
    assert!(seen(&case, ids[2]).is_none(), "what was only proposed goes with its post");
    for row in case.view().findings(None).unwrap() {
        assert!(row.confirmed() && row.post.as_str() != "x:1985726524027830299", "{row:?}");
    }
    assert_eq!(case.view().exhibits().unwrap().len(), 2);
    let before = case.index_content().unwrap();
    case.rebuild().unwrap();
    assert_eq!(case.index_content().unwrap(), before);
    assert_eq!(now_found(&case), wanted);
}

/// A date that may be read two ways is settled by a second reading: the exhibit is sealed again under its number.
#[test]
fn a_time_that_was_settled_is_sealed_again_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("case");
    let mut case = new_case(&root);
    let id = "1985726524027830284";
    let read = |doubt: Doubt| {
        let mut item = item(id, WHOLE, Fidelity::Derived, 1);
        if let Item::Post { post, .. } = &mut item {
            post.written = Some(now(9).with_doubt(doubt));
        }
        item
    };
    import(&mut case, "a", b"a", &[read(Doubt::DayMonthOrder)]);
    let key = PostKey::new(Platform::X, id);
    let finding = plate();
    let confirm = Decision {
        finding: finding.id(&key),
        choice: Choice::Confirm,
        by: Actor::person("Ana"),
        at: now(4),
        why: None,
    };
    let looked = case::folder::Looked { posts: 1, ..Default::default() };
    let proposal = case::folder::Proposal { post: key, finding };
    case.propose("f1", BTreeMap::new(), &looked, [proposal].into_iter(), now(3)).unwrap();
    let seal = |post: &Post, secret: &Digest| format!("{secret} {:?}", post.written);
    case.decide(&[confirm], false, &seal, now(4)).unwrap();
    let before = case.view().exhibits().unwrap();
    assert_eq!(case.seal_settled_times(&seal, now(5)).unwrap(), 0, "nothing is settled yet");

    import(&mut case, "a", b"a", &[read(Doubt::ZoneUnknown)]);
    assert_eq!(case.seal_settled_times(&seal, now(6)).unwrap(), 1);
    assert_eq!(case.seal_settled_times(&seal, now(7)).unwrap(), 0);
    let after = case.view().exhibits().unwrap();
    assert_eq!((after.len(), after[0].number), (1, before[0].number));
    assert_ne!(after[0].sealed, before[0].sealed);
    let content = case.index_content().unwrap();
    case.rebuild().unwrap();
    assert_eq!(case.index_content().unwrap(), content);
}
