//! Whole packages, judged by programs that are not ours: bagit.py, qpdf, pdftotext, sha256sum, openssl.

mod common;

use common::*;
use report::{Language, Options, Paper, Recipient, Refused};

#[test]
fn every_package_is_a_valid_bag_with_valid_pdfs() {
    for recipient in Recipient::ALL {
        let bag = bagged(&made(&dossier(), recipient, &english()));
        let folder = written(&format!("valid-{recipient}"), &bag);
        for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            let output = judge(&folder, "sha256sum", &["-c", "--quiet", "--strict", manifest]);
            assert!(output.status.success(), "{recipient}: {}", String::from_utf8_lossy(&output.stderr));
        }
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
    let folder = written("signature", &bagged(&made(&dossier(), Recipient::Police, &english())));
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
fn nothing_private_is_in_the_words_of_a_package_for_others() {
    for recipient in [Recipient::Police, Recipient::Platform, Recipient::Employer, Recipient::Public] {
        let folder =
            written(&format!("private-{recipient}"), &bagged(&made(&dossier(), recipient, &english())));
        let mut text = words_of(&folder, "data/report.pdf");
        let output =
            judge(&folder, "sh", &["-c", "find . -type f ! -name '*.pdf' -exec cat {} +; find . -type f"]);
        text.push_str(&String::from_utf8_lossy(&output.stdout));
        let plain: String = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        for wanted in ["rdr0000", "elmgrove", "5550143", "jordan", "rivera", "casey"] {
            assert!(!plain.contains(wanted), "{recipient}: {wanted}");
        }
        assert!(text.contains("[licence plate withheld]"));
    }
    let counsel = written("private-counsel", &bagged(&made(&dossier(), Recipient::Counsel, &english())));
    assert!(words_of(&counsel, "data/report.pdf").contains("12 Elmgrove St"));
}

#[test]
fn captures_go_only_where_they_may() {
    let has = |recipient, bytes: &[u8]| {
        made(&dossier(), recipient, &english()).files.values().any(|file| file == bytes)
    };
    for (recipient, own, others) in [
        (Recipient::Counsel, true, true),
        (Recipient::Prosecutor, true, true),
        (Recipient::Police, true, false),
        (Recipient::Platform, false, false),
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
        let once = made(&dossier(), recipient, &english());
        assert!(once == made(&dossier(), recipient, &english()), "{recipient}");
    }
}

#[test]
fn no_document_judges_anyone() {
    for recipient in Recipient::ALL {
        let folder =
            written(&format!("words-{recipient}"), &bagged(&made(&dossier(), recipient, &english())));
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
