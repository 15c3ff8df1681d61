//! Whole packages, judged by programs that are not ours: bagit.py, qpdf, pdftotext, sha256sum, openssl.

mod common;

use common::*;
use record::Kind;
use report::dossier::{Fact, Sentence};
use report::{Language, Options, Paper, Recipient, Refused};
use values::Digest;

#[test]
fn every_package_is_a_valid_bag_with_valid_pdfs() {
    for recipient in Recipient::ALL {
        let bag = bagged(&standard(recipient));
        let folder = written(&format!("valid-{recipient}"), &bag);
        for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            let output = judge(&folder, "sha256sum", &["-c", "--quiet", "--strict", manifest]);
            assert!(output.status.success(), "{recipient}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let bagit = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/bagit.py");
        let output = judge(&folder, "python3", &[bagit, "--validate", "."]);
        assert!(output.status.success(), "{recipient}: {}", String::from_utf8_lossy(&output.stderr));
        for name in bag.keys() {
            if name.ends_with(".pdf") {
                let output = judge(&folder, "qpdf", &["--check", name]);
                assert!(
                    output.status.success(),
                    "{recipient} {name}: {}",
                    String::from_utf8_lossy(&output.stdout)
                );
            }
        }
    }
}

#[test]
fn the_signature_command_of_verify_txt_works() {
    let folder = written("signature", &bagged(&standard(Recipient::Police)));
    let text = std::fs::read_to_string(folder.join("VERIFY.txt")).unwrap();
    for command in text.split("\n\n").filter(|part| part.starts_with("    ")) {
        let output = judge(&folder, "sh", &["-e", "-c", command]);
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::write(folder.join("data/proofs/checkpoint-body.txt"), "another\n").unwrap();
    let command = text.split("\n\n").find(|part| part.contains("pkeyutl")).unwrap();
    assert!(!judge(&folder, "sh", &["-c", command]).status.success(), "a changed checkpoint must not verify");
}

#[test]
fn the_police_sheet_is_one_page_with_what_a_deputy_needs() {
    for paper in [Paper::Letter, Paper::A4] {
        for language in [Language::English, Language::Spanish] {
            let options = Options::new(language, paper);
            let name = format!("police-{}-{}", paper.name(), language.code());
            let folder = written(&name, &bagged(&made(&dossier(), Recipient::Police, &options)));
            let text = words_of(&folder, "data/report.pdf");
            let first = text.split('\u{c}').next().unwrap();
            for wanted in ["EX-0005", "EX-0001", "EX-0002", "911", "202-555-0111", "library flagpole"] {
                assert!(first.contains(wanted), "{name} lacks {wanted} on page 1:\n{first}");
            }
            let asked = if language == Language::English { "Case number" } else { "Número de caso" };
            assert!(first.contains(asked), "{first}");
            assert!(text.split('\u{c}').nth(1).unwrap().contains("EX-0001"), "exhibits begin on page 2");
        }
    }
}

#[test]
fn of_two_threats_the_nearer_danger_stands_first() {
    let mut dossier = dossier();
    let threat = dossier.exhibits.iter().flat_map(|exhibit| &exhibit.findings);
    let threat = threat.filter(|finding| finding.kind == Kind::Threat).min_by_key(|finding| finding.level);
    let threat = threat.unwrap().clone();
    dossier.exhibits.iter_mut().for_each(|exhibit| exhibit.findings = vec![threat.clone()]);
    let named = dossier.exhibits[3].number;
    dossier.dangers =
        vec![Fact { what: Sentence::same("A time or day is named: tonight"), exhibits: vec![named] }];
    let folder = written("nearer", &bagged(&made(&dossier, Recipient::Police, &english())));
    let text = words_of(&folder, "data/report.pdf");
    let first = text.split('\u{c}').next().unwrap();
    let first = &first[first.find("word for word").unwrap()..];
    let at = |number: u32| first.find(&format!("EX-{number:04}"));
    assert!(at(named).unwrap() < at(dossier.exhibits[0].number).unwrap(), "{first}");
}

#[test]
fn exhibits_too_many_for_one_document_stand_in_volumes() {
    let options = Options { exhibits_in_one: 2, ..Options::new(Language::Spanish, Paper::Letter) };
    let dossier = dossier();
    for recipient in [Recipient::Police, Recipient::Counsel] {
        let package = made(&dossier, recipient, &options);
        let folder = written(&format!("volumes-{recipient}"), &bagged(&package));
        let report = words_of(&folder, "data/report.pdf");
        let mut seen = Vec::new();
        for number in 1..=package.exhibits.len().div_ceil(2) {
            let file = format!("exhibits-{number}.pdf");
            assert!(report.contains(&file), "{recipient}: the report does not name {file}");
            let path = format!("data/{file}");
            let checked = judge(&folder, "qpdf", &["--check", &path]);
            assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
            let text = words_of(&folder, &path);
            assert!(text.contains(&format!("Tomo {number}")) || text.contains("Parte del informe"), "{text}");
            let names =
                package.exhibits.iter().filter(|exhibit| text.contains(&format!("EX-{exhibit:04} ·")));
            seen.extend(names.copied());
        }
        assert_eq!(seen, package.exhibits, "{recipient}: each exhibit stands in one volume, in order");
        let beyond = format!("data/exhibits-{}.pdf", package.exhibits.len().div_ceil(2) + 1);
        assert!(!package.files.contains_key(&beyond));
    }
    let whole = made(&dossier, Recipient::Police, &english());
    assert!(
        !whole.files.keys().any(|name| name.starts_with("data/exhibits-")),
        "few exhibits need no volumes"
    );
}

#[test]
fn nothing_private_is_in_the_words_of_a_package_for_others() {
    for recipient in [Recipient::Police, Recipient::Platform, Recipient::Employer, Recipient::Public] {
        let folder = written(&format!("private-{recipient}"), &bagged(&standard(recipient)));
        let mut text = words_of(&folder, "data/report.pdf");
        let output =
            judge(&folder, "sh", &["-c", "find . -type f ! -name '*.pdf' -exec cat {} +; find . -type f"]);
        text.push_str(&String::from_utf8_lossy(&output.stdout));
        let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        for wanted in ["rdr0000", "elmgrove", "5550143", "jordan", "tamsin", "quill", "casey"] {
            assert!(!plain.contains(wanted), "{recipient}: {wanted}");
        }
        assert!(text.contains("[licence plate withheld]"));
    }
    let counsel = written("private-counsel", &bagged(&standard(Recipient::Counsel)));
    assert!(words_of(&counsel, "data/report.pdf").contains("12 Elmgrove St"));
}

#[test]
fn captures_go_only_where_they_may() {
    let has = |recipient, bytes: &[u8]| {
        let package = standard(recipient);
        let copied = package.copies.values().any(|copy| copy.digest == values::Digest::of(bytes));
        copied || package.files.values().any(|file| file == bytes)
    };
    for (recipient, own, others) in [
        (Recipient::Counsel, true, true),
        (Recipient::Prosecutor, true, true),
        (Recipient::Police, true, false),
        (Recipient::Archive, true, true),
        (Recipient::Platform, false, false),
        (Recipient::Host, false, false),
        (Recipient::Household, false, false),
        (Recipient::Employer, false, false),
        (Recipient::Public, false, false),
    ] {
        assert_eq!(has(recipient, CAPTURE), own, "{recipient}");
        assert_eq!(has(recipient, OTHERS), others, "{recipient}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for recipient in [Recipient::Police, Recipient::Counsel, Recipient::Public] {
        let again = made(&dossier(), recipient, &english());
        assert!(standard(recipient) == again, "{recipient}");
    }
}

#[test]
fn no_document_judges_anyone() {
    for recipient in Recipient::ALL {
        let folder = written(&format!("words-{recipient}"), &bagged(&standard(recipient)));
        let text = words_of(&folder, "data/report.pdf").to_lowercase();
        for word in ["illegal", "guilty", "committed", "perpetrator"] {
            assert!(!text.contains(word), "{recipient}: {word}");
        }
        assert!(
            text.contains("do not show that a platform served"),
            "{recipient} lacks what proofs do not show"
        );
        assert!(text.contains("left out"), "{recipient} lacks what was left out");
    }
}

#[test]
fn a_case_with_nothing_confirmed_is_refused() {
    let mut dossier = dossier();
    dossier.exhibits.clear();
    let refused =
        report::package(&dossier, Recipient::Police, &english(), &Default::default(), &mut originals);
    assert!(matches!(refused, Err(Refused::NothingConfirmed)));
}

#[test]
fn counsels_load_file_is_valid_and_its_pages_are_numbered_without_a_gap() {
    let options = Options { bates_prefix: "QUILL".into(), bates_from: 41, ..english() };
    let package = made(&dossier(), Recipient::Counsel, &options);
    let rows = dat_rows(&package);
    assert_eq!(rows.len(), dossier().exhibits.len() + 1, "the exhibits and the log of reports");
    let folder = written("loadfile", &package.files);
    assert!(
        words_of(&folder, "data/report.pdf").contains("QUILL-000041"),
        "the list of exhibits names the numbers"
    );
    let opt = String::from_utf8(package.files["data/loadfile/redress.opt"].clone()).unwrap();
    let mut troubles = container::Troubles::new(10);
    let documents = container::loadfile::opt::read(&opt, &mut troubles);
    assert!(troubles.into_vec().is_empty(), "{opt}");
    let first_of_each: Vec<&String> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(documents.iter().map(|(key, _)| key).collect::<Vec<_>>(), first_of_each);
    let mut number = 41;
    for line in opt.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let (key, path) = (fields[0], fields[2].replace('\\', "/"));
        assert_eq!(key, format!("QUILL-{number:06}"));
        assert_eq!(fields[1], "VOL001");
        let words = words_of(&folder, &format!("data/loadfile/{path}"));
        let exhibit = exhibit_of(&rows, key);
        // The log of reports is the last exhibit and has a name where others have a number.
        let exhibit = if exhibit == rows.len() { "LOG".to_owned() } else { exhibit.to_string() };
        let label = format!("Exhibit {exhibit} · {key}");
        assert!(words.contains(&label), "“{label}” is printed on its page:\n{words}");
        number += 1;
    }
    let log = rows.last().unwrap();
    let native = &package.files[&format!("data/loadfile/{}", log[10].replace('\\', "/"))];
    assert_eq!(*native, package.files["data/tables/reports.csv"]);
    assert_eq!(log[9], Digest::of(native).to_string());
    let report = words_of(&folder, "data/report.pdf");
    assert!(report.contains("LOG") && report.contains(&log[0]), "the list of exhibits names the log's page");
    for row in &rows {
        for path in [&row[10], &row[11]] {
            let path = format!("data/loadfile/{}", path.replace('\\', "/"));
            assert!(package.files.contains_key(&path), "{path}");
        }
    }
    let bates = package.bates.unwrap();
    assert_eq!((bates.prefix.as_str(), bates.first, bates.last), ("QUILL", 41, number - 1));
}

/// The number of the exhibit whose pages hold `key`, from the row's own path to its folder.
fn exhibit_of(rows: &[Vec<String>], key: &str) -> usize {
    1 + rows.iter().position(|row| row[0].as_str() <= key && key <= row[1].as_str()).unwrap()
}

#[test]
fn each_kind_brings_its_own_papers() {
    let has = |recipient, name: &str| standard(recipient).files.contains_key(name);
    assert!(has(Recipient::Police, "data/letters/dispatch-flag.pdf"));
    assert!(has(Recipient::Police, "data/forms/local-questions.txt"));
    assert!(has(Recipient::Household, "data/letters/note-school.pdf"));
    assert!(has(Recipient::Household, "data/letters/dispatch-flag.pdf"));
    assert!(has(Recipient::Host, "data/xarf/EX-0002.json"));
    assert!(has(Recipient::Public, "data/index.html"));
    assert!(has(Recipient::Counsel, "data/calendar.ics"));
    assert!(has(Recipient::Archive, "data/tables/posts.csv"));
    assert!(has(Recipient::Counsel, "data/letters/preservation-x.pdf"));
    assert!(has(Recipient::Counsel, "data/letters/retraction.pdf"));
    assert!(has(Recipient::Platform, "data/forms/EX-0002.txt"));
    assert!(!has(Recipient::Public, "data/letters/retraction.pdf"));
    let folder = written("platform", &standard(Recipient::Platform).files);
    assert!(words_of(&folder, "data/report.pdf").contains("Posting Private Information"));
    let other = Options { platform: Some(values::Platform::Facebook), ..english() };
    let none = report::package(&dossier(), Recipient::Platform, &other, &Default::default(), &mut originals);
    assert!(matches!(none, Err(Refused::NothingConfirmed)), "one platform does not learn of another's posts");
}

#[test]
fn privileged_exhibits_go_to_counsel_alone_and_are_listed_as_withheld() {
    let mut dossier = dossier();
    dossier.exhibits[4].privileged = Some("notes for a lawyer".into());
    let police = made(&dossier, Recipient::Police, &english());
    assert_eq!(police.exhibits, [1, 2, 3, 4, 6]);
    assert!(!police.files.keys().any(|name| name.contains("EX-0005")));
    let log = String::from_utf8(police.files["data/tables/left-out.csv"].clone()).unwrap();
    assert!(log.contains("1 exhibit(s) marked as privileged by a person: EX-0005."), "{log}");
    let folder = written("privileged", &police.files);
    assert!(!words_of(&folder, "data/report.pdf").contains("library flagpole"));
    let counsel = made(&dossier, Recipient::Counsel, &english());
    assert_eq!(dat_rows(&counsel)[4].last().unwrap(), "notes for a lawyer");
    let log = String::from_utf8(counsel.files["data/tables/privilege-log.csv"].clone()).unwrap();
    assert!(log.contains("\"EX-0005\"") && log.contains("notes for a lawyer"), "{log}");
    assert!(!police.files.contains_key("data/tables/privilege-log.csv"), "reasons go to counsel alone");
}

#[test]
fn whoever_gave_no_name_is_named_so_in_the_language_of_the_package() {
    let unnamed = record::Actor::person("").to_string();
    let mut dossier = dossier();
    dossier.custody.iter_mut().for_each(|row| row.by.clone_from(&unnamed));
    for finding in dossier.exhibits.iter_mut().flat_map(|exhibit| &mut exhibit.findings) {
        finding.by.clone_from(&unnamed);
        finding.demo = false;
    }
    let spanish = Options::new(Language::Spanish, Paper::Letter);
    let package = made(&dossier, Recipient::Police, &spanish);
    for name in ["data/tables/custody.csv", "data/tables/findings.csv", "data/tables/custody.jsonld"] {
        let text = String::from_utf8_lossy(&package.files[name]);
        assert!(text.contains("alguien ante esta computadora") && !text.contains(&unnamed), "{name}: {text}");
    }
    let report = words_of(&written("unnamed", &bagged(&package)), "data/report.pdf").replace('\n', " ");
    assert!(!report.contains(&unnamed), "{report}");
    assert!(report.contains("alguien ante esta computadora"), "{report}");
}

#[test]
fn the_custody_chain_is_also_written_in_case_uco_and_says_no_more_than_the_table() {
    let package = standard(Recipient::Police);
    let whole: serde_json::Value =
        serde_json::from_slice(&package.files["data/tables/custody.jsonld"]).unwrap();
    let graph = whole["@graph"].as_array().unwrap();
    let of = |kind: &str| graph.iter().filter(|node| node["@type"] == kind).count();
    let table = String::from_utf8(package.files["data/tables/custody.csv"].clone()).unwrap();
    assert_eq!(of("case-investigation:InvestigativeAction"), table.lines().count() - 1);
    assert_eq!(of("case-investigation:Investigation"), 1);
    // Every name that is pointed to is there, once.
    let mut names: Vec<&str> = graph.iter().map(|node| node["@id"].as_str().unwrap()).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    for node in graph {
        for part in ["uco-action:performer", "case-investigation:wasInformedBy"] {
            if let Some(id) = node[part]["@id"].as_str() {
                assert!(names.binary_search(&id).is_ok(), "{part} {id}");
            }
        }
        if let Some(description) = node["uco-core:description"].as_str() {
            assert!(table.contains(description), "{description}");
        }
    }
}

#[test]
fn every_exhibit_says_what_its_capture_is_worth() {
    let package = standard(Recipient::Police);
    for (name, bytes) in package.files.iter().filter(|(name, _)| name.ends_with("/post.json")) {
        let post: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let rung = post["strength"]["rung"].as_u64().unwrap();
        assert!((1..=8).contains(&rung) && post["strength"]["of"] == 8, "{name}");
        assert!(post["strength"]["not_proved"].as_str().unwrap().contains("not"), "{name}");
        let page = String::from_utf8(package.files[&name.replace("post.json", "page.html")].clone()).unwrap();
        assert!(page.contains(&format!("<dt>{rung}/8</dt>")), "{page}");
        assert!(package.files.contains_key(&name.replace("post.json", "inclusion.tlog-proof")), "{name}");
    }
}
