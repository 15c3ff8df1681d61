//! Which letters a case gives reason for, and what each of them lists.

mod common;

use common::dossier;
use record::{Kind, Stance};
use report::Language;
use report::packages::letters::{Draft, drafts};
use values::Platform;

fn draft<'a>(drafts: &'a [Draft], id: &str) -> Option<&'a Draft> {
    drafts.iter().find(|draft| draft.id == id)
}

#[test]
fn a_retraction_lists_statements_of_fact_and_no_threat_or_address() {
    let made = drafts(&dossier(), Language::English);
    let retraction = draft(&made, "retraction").expect("two exhibits state something false");
    assert_eq!(retraction.exhibits, [1, 6]);
    assert!(retraction.text.contains("feeding a whole tub of ballots"), "{}", retraction.text);
    for not in ["flagpole", "12 Elmgrove", "pay this traitor a visit"] {
        assert!(!retraction.text.contains(not), "{}", retraction.text);
    }
}

#[test]
fn what_asks_or_denies_and_what_reached_one_person_alone_is_no_statement_to_take_back() {
    let mut dossier = dossier();
    for exhibit in &mut dossier.exhibits {
        for finding in exhibit.findings.iter_mut().filter(|finding| finding.kind == Kind::FalseClaim) {
            finding.stance = Some(Stance::Asserted);
        }
    }
    dossier.exhibits[0].post.platform = Platform::Sms;
    assert_eq!(draft(&drafts(&dossier, Language::English), "retraction").unwrap().exhibits, [6]);
    for finding in &mut dossier.exhibits[5].findings {
        finding.stance = finding.stance.map(|_| Stance::Asked);
    }
    assert_eq!(draft(&drafts(&dossier, Language::English), "retraction"), None);
}

#[test]
fn records_are_asked_of_services_and_of_nobody_who_keeps_none() {
    let mut dossier = dossier();
    let given = [
        Platform::X,
        Platform::Sms,
        Platform::Unknown,
        Platform::Phone,
        Platform::InPerson,
        Platform::Telegram,
    ];
    for (exhibit, platform) in dossier.exhibits.iter_mut().zip(given) {
        exhibit.post.platform = platform;
    }
    let made = drafts(&dossier, Language::Spanish);
    let asked: Vec<&str> =
        made.iter().map(|draft| draft.id.as_str()).filter(|id| id.starts_with("preservation")).collect();
    assert_eq!(asked, ["preservation-x", "preservation-telegram"]);
}
