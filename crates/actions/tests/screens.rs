//! What a screen asks of a case: no words before they are asked for, and every look in the ledger.

mod common;

use std::path::Path;

use actions::review::{self, Filter};
use actions::screens::{
    Case, Decided, FindingsAsked, PostsAsked, custody, gentle, glance, look, picture, statements,
};
use actions::{demo, dossier, files, import, scan, trace};
use common::{context, new_case};
use detect::reasons::Language;
use record::{Choice, Exposure, Kind};

/// A case with the demo's captures, scanned and traced, and nobody's decision.
fn case(folder: &Path) -> Case {
    let made = demo::captures(&folder.join("captures")).expect("captures are written");
    let mut case = new_case(folder, Some(&demo::subject()));
    let options = intake::Options::plain(intake::Limits::ordinary());
    let found = files::find(&[made]).expect("captures are found");
    import::import_found(&mut case, &found, &options, &context()).expect("they are imported");
    scan::scan(&mut case, &context()).expect("they are scanned");
    trace::trace(&mut case, &trace::Request::default(), &context()).expect("they are traced");
    while case.prepare_pages(10).expect("pages are prepared") > 0 {}
    case
}

fn viewed(case: &Case) -> usize {
    custody::lines(case, 0).expect("the ledger is read").iter().filter(|line| line.word == "viewed").count()
}

#[test]
fn a_finding_is_looked_at_decided_taken_back_and_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path());
    let id = look::next(case.view(), &[Kind::Threat], &[]).unwrap().expect("there is a threat");
    let card = look::one(case.view(), &id).unwrap().unwrap();
    assert_eq!((card.kind, card.decision), (Kind::Threat, None));
    assert_eq!(viewed(&case), 0, "a card shows no words");

    let seen = look::look(&mut case, &id, &[], &|_, _| true, "en", &context()).unwrap();
    assert_eq!(viewed(&case), 1);
    let words: Vec<&str> = seen.marked.iter().filter_map(|(from, to)| seen.text.get(*from..*to)).collect();
    assert_eq!(words.len(), seen.marked.len());
    assert!(!words.is_empty() && seen.marked.windows(2).all(|pair| pair[0].1 < pair[1].0));
    assert!(!seen.reasons.is_empty());

    look::decide(&mut case, std::slice::from_ref(&id), Choice::Confirm, Some("as it says"), &context())
        .unwrap();
    assert_eq!(look::one(case.view(), &id).unwrap().unwrap().decision, Some(Choice::Confirm));
    assert_ne!(look::next(case.view(), &[Kind::Threat], &[]).unwrap().as_ref(), Some(&id));
    look::undo(&mut case, std::slice::from_ref(&id), &context()).unwrap();
    assert_eq!(look::next(case.view(), &[Kind::Threat], &[]).unwrap().as_ref(), Some(&id));
    let next = look::next(case.view(), &[Kind::Threat], std::slice::from_ref(&id)).unwrap();
    assert_ne!(next.as_ref(), Some(&id), "what was passed over waits");

    let before = case.view().counts().unwrap().findings;
    look::correct(&mut case, &id, Kind::Dox, Some(Exposure::Plate), &context()).unwrap();
    assert_eq!(look::one(case.view(), &id).unwrap().unwrap().decision, Some(Choice::Reject));
    assert_eq!(case.view().counts().unwrap().findings, before + 1, "no proposal was dropped");
    let asked = FindingsAsked {
        kind: Some(Kind::Dox),
        decided: Decided::As(Choice::Confirm),
        all: false,
        after: None,
        most: 10,
    };
    assert_eq!(look::cards(case.view(), &asked).unwrap().len(), 1);
    let content = case.index_content().unwrap();
    assert_eq!(case.replayed_content().unwrap(), content, "the ledger holds all of it");
}

#[test]
fn the_glance_counts_what_the_tally_counts() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let glance = glance::glance(&case.reader(1 << 10).unwrap()).unwrap();
    let found: u64 = case.view().tally().unwrap().iter().map(|line| line.found).sum();
    assert_eq!(found, glance.counts.findings);
    assert_eq!(found, glance.common.iter().map(|row| row.count).sum::<u64>());
    assert!(!glance.urgent.is_empty() && !glance.exposed.is_empty());
    assert!(!glance::still_up(case.view(), 5).unwrap().is_empty());
}

#[test]
fn words_are_found_by_words_account_kind_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path());
    let count = |case: &Case, asked: PostsAsked| {
        let asked = PostsAsked { most: 500, ..asked };
        let lines = case.view().posts_asked(&asked).unwrap();
        assert_eq!(lines.len() as u64, case.view().count_asked(&asked, 1000).unwrap());
        lines.len()
    };
    let all = count(&case, PostsAsked::default());
    assert_eq!(all as u64, case.view().counts().unwrap().posts);
    let words = |words: &str| PostsAsked { words: Some(words.to_owned()), ..PostsAsked::default() };
    let plates = count(&case, words("rdr 00"));
    assert!(plates > 0 && plates < all, "{plates} of {all}");
    assert_eq!(count(&case, words("...")), 0);
    assert_eq!(count(&case, words("\" OR *")), count(&case, words("or")));
    let account = PostsAsked { account: Some("@example_amplifier".to_owned()), ..PostsAsked::default() };
    assert!(count(&case, account) > 0);
    let kind = PostsAsked { kind: Some(Kind::Threat), ..words("") };
    assert_eq!(count(&case, kind), 0, "no words are no search");
    let (first, last) = case.view().time_span().unwrap().unwrap();
    let timed = PostsAsked { from: Some(first), to: Some(last + 1), ..PostsAsked::default() };
    let in_bars: u64 =
        case.view().stretches(first, last + 1, 3_600_000).unwrap().iter().map(|bar| bar.posts).sum();
    assert_eq!(count(&case, timed) as u64, in_bars);

    // The words stay right when the index is made again.
    case.rebuild().unwrap();
    while case.prepare_pages(7).unwrap() > 0 {}
    assert_eq!(count(&case, words("rdr 00")), plates);
}

#[test]
fn the_picture_names_what_the_map_says_and_every_tie_has_its_posts() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let (_, map) = picture::latest(case.view()).unwrap().unwrap();
    let drawn = picture::picture(case.view(), &map).unwrap();
    assert_eq!(drawn.nodes.iter().filter(|node| node.after_notice > 0).count(), {
        let mut accounts: Vec<_> = map.notice.went_on.iter().map(|row| &row.account).collect();
        accounts.dedup();
        accounts.len()
    });
    assert!(drawn.nodes.iter().any(|node| !node.first_of.is_empty()));
    assert!(drawn.ties.iter().all(|tie| tie.from < drawn.nodes.len() && !tie.posts.is_empty()));
    for ending in ["svg", "gexf", "graphml", "csv", "spread.gexf"] {
        assert!(picture::file(&map, &drawn, ending).is_some_and(|bytes| bytes.len() > 100), "{ending}");
    }
    assert!(picture::file(&map, &drawn, "html").is_none());
}

#[test]
fn an_account_has_its_statements_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(folder.path());
    let accounts = case.view().accounts_with_findings(50).unwrap();
    assert!(accounts.windows(2).all(|pair| pair[0].findings >= pair[1].findings));
    let table = statements::of_account(case.view(), &accounts[0].key, None, 100).unwrap();
    assert!(!table.statements.is_empty());
    assert!(table.statements.windows(2).all(|pair| pair[0].written <= pair[1].written));
    let claims = statements::claims(case.view(), &[], "es").unwrap();
    assert!(claims.iter().any(|here| here.asserted > 0));
    assert!(statements::of_account(case.view(), "x:@nobody", None, 1).is_err());
    gentle::warm();
}

#[test]
fn a_case_says_what_stands_around_a_finding_and_is_held_against_claims_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path());
    let all = Filter { kind: None, open_only: false, all: false };
    let list = review::list(&mut case, &all, &[], false, Language::En, &context()).unwrap();
    let around: Vec<&str> = list.lines.iter().flat_map(|line| &line.around).map(String::as_str).collect();
    for wanted in ["answers a call to identify a person", "private data was posted in this thread"] {
        assert!(around.contains(&wanted), "{wanted}: {around:?}");
    }
    assert!(around.iter().any(|sign| sign.starts_with("this account wrote ")), "{around:?}");
    assert_eq!(viewed(&case), 0, "what stands around a finding shows no words");

    let own = "[[claim]]\nid = \"own-hatchback\"\nclaim = \"The gray hatchback at the drop box belonged to a mule.\"\n\
        variants = [\"gray hatchback, plate seen at the drop box\"]\n";
    std::fs::write(case.root().join("claims.toml"), own).unwrap();
    let before = case.view().findings(Some(Kind::FalseClaim)).unwrap().len();
    scan::scan(&mut case, &context()).unwrap();
    let findings = case.view().findings(Some(Kind::FalseClaim)).unwrap();
    assert!(findings.len() > before);
    let of_own: Vec<_> =
        findings.iter().filter(|row| row.finding.claim.as_deref() == Some("own-hatchback")).collect();
    assert!(!of_own.is_empty(), "posts are held against it at the next scan");
    let id = of_own[0].id.short();
    review::decide(&mut case, &[id], Choice::Confirm, None, &context()).unwrap();
    let dossier = dossier::gather(&case, report::Recipient::Counsel, &context()).unwrap();
    let row = dossier.claims.iter().find(|row| row.id == "own-hatchback").expect("it stands in the package");
    assert_eq!(row.claim.en, "The gray hatchback at the drop box belonged to a mule.");
    let (claims, reader) = (case.reader(1024).unwrap().statements().unwrap(), case.view());
    assert!(statements::claims(reader, &claims, "en").unwrap().iter().all(|here| !here.claim.id.is_empty()));

    std::fs::write(case.root().join("claims.toml"), "[[claim]]\nid = \"a\"\n").unwrap();
    let refused = scan::scan(&mut case, &context()).unwrap_err().to_string();
    assert!(refused.contains("claims.toml"), "{refused}");
}

/// Pages are asked for by what stood last on the page before: each row comes once, in the order of all of them.
#[test]
fn pages_hold_every_row_once_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut case = case(folder.path());
    // Something decided in between moves nothing: an open finding leaves the list behind the reader, not under them.
    for (kind, decided) in [(None, Decided::Open), (Some(Kind::Dox), Decided::Open), (None, Decided::Either)]
    {
        for all in [false, true] {
            let asked = |after, most| FindingsAsked { kind, decided, all, after, most };
            let whole: Vec<String> = case
                .view()
                .findings_asked(&asked(None, 10_000))
                .unwrap()
                .iter()
                .map(|row| row.id.to_string())
                .collect();
            assert!(whole.len() > 3, "{kind:?}");
            let mut paged = Vec::new();
            loop {
                let after = paged.last().and_then(|id: &String| look::named(id));
                let rows = case.view().findings_asked(&asked(after, 3)).unwrap();
                if rows.is_empty() {
                    break;
                }
                paged.extend(rows.iter().map(|row| row.id.to_string()));
            }
            assert_eq!(paged, whole, "{kind:?} {all}");
        }
    }
    let asks = [
        PostsAsked::default(),
        PostsAsked { words: Some("the".to_owned()), ..PostsAsked::default() },
        PostsAsked { from: Some(1_762_000_000_000), ..PostsAsked::default() },
        PostsAsked { kind: Some(Kind::Dox), ..PostsAsked::default() },
    ];
    for asked in asks {
        let keys = |after, most| -> Vec<record::PostKey> {
            let lines = case.view().posts_asked(&PostsAsked { after, most, ..asked.clone() }).unwrap();
            lines.into_iter().map(|line| line.key).collect()
        };
        let whole = keys(None, 10_000);
        assert!(whole.len() > 2, "{asked:?}: {}", whole.len());
        let mut paged = Vec::new();
        loop {
            let next = keys(paged.last().cloned(), 2);
            if next.is_empty() {
                break;
            }
            paged.extend(next);
        }
        assert_eq!(paged, whole, "{asked:?}");
    }
    // What is not in the case stands before nothing.
    let nowhere = Some(record::PostKey::from_stored("x:nowhere"));
    let none = case.view().posts_asked(&PostsAsked { after: nowhere, most: 5, ..PostsAsked::default() });
    assert_eq!(none.unwrap().len(), 0);
    let id = look::next(case.view(), &[Kind::Dox], &[]).unwrap().unwrap();
    let after = look::named(&id);
    let asked = FindingsAsked { kind: Some(Kind::Dox), decided: Decided::Open, all: false, after, most: 100 };
    let before = case.view().findings_asked(&asked).unwrap();
    look::look(&mut case, &id, &[], &|_, _| true, "en", &context()).unwrap();
    review::decide(&mut case, std::slice::from_ref(&id), Choice::Confirm, None, &context()).unwrap();
    assert_eq!(case.view().findings_asked(&asked).unwrap(), before);
}
