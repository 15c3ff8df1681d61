//! What a reader gets to see, in both languages, from every role in a spread of states: no sentence concludes that
//! somebody broke a law, nothing stays in English on a Spanish page, and every row that nobody read says so.

use std::collections::BTreeSet;

use law::honest::overclaims;
use law::silence::{Answer, Outcome, Report};
use law::{ForWhom, Lang, Library, Row, Situation, Text};
use record::{Actor, Exposure, Kind, Role};
use values::{Moment, Platform, SaidBy};

const STATES: [&str; 12] = ["PA", "RI", "GA", "WA", "CA", "TX", "NV", "CT", "MN", "OR", "TN", "DC"];
const TODAY: &str = "2026-11-23";

fn moment(text: &str) -> Moment {
    Moment::parse(text, SaidBy::Platform).unwrap()
}

fn situation<'a>(role: Role, state: &'a str) -> Situation<'a> {
    Situation {
        role,
        state,
        speaker_states: &["RI"],
        kinds: Kind::ALL,
        exposures: Exposure::ALL,
        platforms: Platform::ALL,
        urgent: true,
        first_publication: Some(moment("2026-10-29T22:00:00Z")),
        learned: None,
    }
}

/// Everything the library renders for one case, as texts with both languages.
fn texts(role: Role, state: &str) -> Vec<Text> {
    let library = Library::shipped();
    let today = TODAY.parse().unwrap();
    let situation = situation(role, state);
    let mut all = vec![law::disclaimer()];
    for found in law::recipients(library, &situation) {
        all.push(found.status_shown(today));
    }
    for found in law::provisions(library, &situation) {
        all.push(found.row.origin.standing_shown(today));
        all.extend(found.elements.iter().map(|element| element.question.clone()));
        for element in &found.elements {
            all.extend(element.speaks.iter().map(|speaks| speaks.shown()));
            all.extend([true, false].map(|proposed| law::missing(element, proposed, false).unwrap()));
        }
    }
    for deadline in law::deadlines(library, &situation, moment("2024-10-29T22:00:00Z"), today) {
        all.push(Text::new(deadline.shown(Lang::En), deadline.shown(Lang::Es)));
        all.extend([deadline.what, deadline.rule, deadline.basis, deadline.counsel]);
    }
    for platform in Platform::ALL {
        for found in law::rules(library, *platform, Kind::ALL, "2024-10-29".parse().unwrap()) {
            all.push(found.version_shown());
        }
    }
    all.extend(library.claims.iter().map(|row| row.verdict_shown()));
    all.extend(library.defamation.iter().map(|row| row.anti_slapp_shown()));
    for outcome in Outcome::ALL {
        all.push(outcome.shown());
        let by = Actor::person("");
        let answer = Answer { at: moment("2026-11-04T10:00:00Z"), outcome, words: String::new(), by };
        for answers in [vec![], vec![answer]] {
            let report = Report {
                reported: moment("2026-10-30T09:00:00Z"),
                to: "platform:x".into(),
                platform: Some(Platform::X),
                exhibits: vec![],
                rule: None,
                ticket: None,
                words: String::new(),
                by: Actor::person(""),
                answers,
            };
            all.push(report.shown(today));
        }
    }
    all
}

#[test]
fn nothing_rendered_concludes_and_nothing_is_missing_in_spanish() {
    let mut all = BTreeSet::new();
    for role in Role::ALL {
        for state in STATES {
            all.extend(texts(role, state));
        }
    }
    assert!(all.len() > 400, "{}", all.len());
    let mut wrong = BTreeSet::new();
    for text in &all {
        if text.es.is_empty() || text.en.is_empty() {
            wrong.insert(format!("one language only: {text:?}"));
        }
        for over in overclaims(&text.en).into_iter().chain(overclaims(&text.es)) {
            wrong.insert(format!("{}: {}", over.word, over.sentence));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn printed_sheets_and_calendars_conclude_nothing() {
    let library = Library::shipped();
    let today = TODAY.parse().unwrap();
    for role in Role::ALL {
        let situation = situation(role, "PA");
        let plan = law::plan(library, &situation, today);
        let list = law::deadlines(library, &situation, moment("2026-10-29T22:00:00Z"), today);
        for lang in [Lang::En, Lang::Es] {
            let calendar = law::calendar::icalendar(&list, &plan, lang, moment("2026-11-23T12:00:00Z"));
            let unfolded = calendar.replace("\r\n ", "").replace("\\n", "\n").replace('\\', "");
            let mut pages = vec![unfolded];
            pages.extend(ForWhom::ALL.map(|whom| plan.printed(whom, lang)));
            for page in pages {
                let found = overclaims(&page);
                assert!(found.is_empty(), "{role} {lang:?}: {found:?}");
            }
        }
    }
}

/// A printed sheet is for paper: no line longer than 80 characters but for an address that cannot be broken.
#[test]
fn a_sheet_fits_on_paper_and_says_how_far_to_trust_it() {
    let library = Library::shipped();
    let today = TODAY.parse().unwrap();
    let plan = law::plan(library, &situation(Role::Postal, "PA"), today);
    for (lang, standing) in
        [(Lang::En, "Source read on 2026-11-23, today."), (Lang::Es, "Fuente leída el 2026-11-23, hoy.")]
    {
        for whom in ForWhom::ALL {
            let page = plan.printed(whom, lang);
            assert!(page.contains(standing), "{page}");
            for line in page.lines().filter(|line| !line.contains("://")) {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }
    let old = law::plan(library, &situation(Role::Postal, "PA"), "2027-11-23".parse().unwrap());
    let page: Vec<String> =
        old.printed(ForWhom::Person, Lang::En).split_whitespace().map(str::to_owned).collect();
    assert!(page.join(" ").contains("365 days ago: that is old, check it again before use"));
}

/// True claims stand in the library as such, claims of more than one political side too, and no verdict without its day.
#[test]
fn the_claims_are_even_handed_and_dated() {
    let claims = law::claims();
    let found = |verdict| claims.iter().filter(|claim| claim.verdict == Some(verdict)).count();
    assert!(found(record::Verdict::True) >= 3);
    assert!(claims.iter().any(|claim| claim.id == "starlink-2024"));
    assert!(claims.iter().any(|claim| claim.id == "missing-20m-2024"));
    assert!(claims.iter().filter(|claim| claim.open_matter).count() >= 5);
    for row in &Library::shipped().claims {
        let shown = row.verdict_shown();
        assert!(shown.en.contains("by the sources named, as of"), "{}", shown.en);
        if row.verdict_as_of.is_empty() {
            assert!(row.unverified(), "{}: an undated verdict is an unverified one", row.id());
        }
    }
}
