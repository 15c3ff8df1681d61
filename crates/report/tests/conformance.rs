//! PDF/A and PDF/UA, judged by a program that is not ours: `page-validation` (PyPI), an independent validator that passes
//! the whole corpus of veraPDF, which itself is in no package registry. `scripts/test` installs it.

mod common;

use std::collections::BTreeMap;

use common::*;
use report::{Language, Options, Paper, Recipient};

/// Prints a line for each failure of each file against the profiles it claims.
const JUDGE: &str = "
import sys, page
from page import ValidationProfile as V
wrong = 0
for line in sys.stdin:
    profiles, name = line.rstrip('\\n').split(' ', 1)
    for profile in profiles.split(','):
        report = page.validate_pdf(name, profile=V(profile))
        if not report.is_compliant:
            wrong += 1
            for failure in report.failures:
                print(name, profile, failure.rule_id, failure.message)
print('judged')
sys.exit(1 if wrong else 0)
";

/// Judges every PDF of a package; pages of a production claim less than documents do.
#[track_caller]
fn judge_all(name: &str, files: &BTreeMap<String, Vec<u8>>) -> usize {
    let folder = written(name, files);
    let list: Vec<String> = files
        .keys()
        .filter(|name| name.ends_with(".pdf"))
        .map(|name| match name.contains("/IMAGES/") {
            true => format!("2b {name}"),
            false => format!("2a,ua1 {name}"),
        })
        .collect();
    assert!(!list.is_empty());
    std::fs::write(folder.join("list.txt"), list.join("\n")).unwrap();
    std::fs::write(folder.join("judge.py"), JUDGE).unwrap();
    let command = format!("\"{}\" judge.py < list.txt", judge_of("python"));
    let output = judge(&folder, "sh", &["-c", &command]);
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.ends_with("judged\n"), "{name}: {said}{error}");
    list.len()
}

#[test]
fn every_pdf_is_what_it_claims_to_be() {
    for recipient in Recipient::ALL {
        judge_all(&format!("conform-{recipient}"), &standard(recipient).files);
    }
    let counsel = standard(Recipient::Counsel);
    assert!(judge_all("conform-counsel-again", &counsel.files) > 8, "numbered pages are among them");
}

#[test]
fn so_they_are_in_spanish_and_on_a4() {
    let options = Options::new(Language::Spanish, Paper::A4);
    for recipient in [Recipient::Police, Recipient::Counsel, Recipient::Household] {
        judge_all(&format!("conform-es-{recipient}"), &made(&dossier(), recipient, &options).files);
    }
}

/// The judge can say no: a document whose claim was changed is refused.
#[test]
fn the_judge_refuses_what_is_not_so() {
    let mut files = standard(Recipient::Household).files.clone();
    let report = files.get_mut("data/report.pdf").unwrap();
    let at = report.windows(8).position(|window| window == b"/MarkInf").unwrap();
    report[at + 1] = b'X';
    let refused = std::panic::catch_unwind(|| judge_all("conform-broken", &files));
    assert!(refused.is_err(), "a document without its mark as tagged must not pass");
}
