//! Checking a case from ledger and objects alone.

use record::What;
use seal::checkpoint::Checkpoint;
use serde::Serialize;
use values::Digest;

use crate::{Case, CaseError};

/// What a check came to. Never a boolean: what could not be checked did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "because")]
pub enum Verdict {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed(String),
    /// It could not be checked.
    NotChecked(String),
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was checked, as a statement that holds if it passed.
    pub what: String,
    /// What it came to.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Check {
    /// Returns a check that passed where `holds`, else failed for the reason given.
    pub fn that(what: impl Into<String>, holds: bool, because: impl Into<String>) -> Self {
        let verdict = if holds { Verdict::Passed } else { Verdict::Failed(because.into()) };
        Self { what: what.into(), verdict }
    }
}

impl Case {
    /// Checks ledger, objects and index, line by line; `each` is told after every object.
    pub fn verify(&self, mut each: impl FnMut()) -> Result<Vec<Check>, CaseError> {
        let mut checks = Vec::new();
        let ledger = self.ledger();
        let size = ledger.size();
        // Opening the case compared root and signature already and would have refused: this says so for the reader.
        let signed = Checkpoint::verify(ledger.checkpoint(), &ledger.verifier());
        let fits = signed.as_ref().is_ok_and(|c| c.size == size && c.root == ledger.root());
        checks.push(Check::that(
            format!("The ledger's {size} events fit the signed checkpoint"),
            fits,
            "the root over the events is another than the signed one",
        ));
        let named = named_objects(self)?;
        let (mut bad, mut good) = (Vec::new(), 0u64);
        for digest in &named {
            match self.objects().check(digest) {
                Ok(true) => good += 1,
                Ok(false) => bad.push(format!("{digest} was changed")),
                Err(CaseError::ObjectBroken(_)) => bad.push(format!("{digest} is missing")),
                Err(error) => bad.push(error.to_string()),
            }
            each();
        }
        checks.push(Check::that(
            format!("All {} objects the ledger names are there and unchanged", named.len()),
            bad.is_empty(),
            format!("{good} are; {}", bad.join("; ")),
        ));
        checks.push(if bad.is_empty() {
            let same = self.replayed_content()? == self.index_content()?;
            Check::that(
                "The index says what ledger and objects say",
                same,
                "it differs; run `redress rebuild`",
            )
        } else {
            let because = "objects are missing or changed".to_owned();
            Check {
                what: "The index says what ledger and objects say".to_owned(),
                verdict: Verdict::NotChecked(because),
            }
        });
        checks.push(Check {
            what: "Bytes were not replaced before they were kept".to_owned(),
            verdict: Verdict::NotChecked(
                "a digest proves that bytes are unchanged since they were kept, never that a platform served them"
                    .to_owned(),
            ),
        });
        Ok(checks)
    }
}

/// Every object that an event names and that was not erased, sorted, each once.
fn named_objects(case: &Case) -> Result<Vec<Digest>, CaseError> {
    let (mut named, mut erased) = (Vec::new(), Vec::new());
    for event in case.ledger().events(0) {
        match event?.1.what {
            What::Kept { capture, detail, .. } => named.extend([capture, detail]),
            What::Read { capture, reading, .. } => named.extend([capture, reading]),
            What::PicturesRead { reading, .. } => named.push(reading),
            What::Transcribed { transcription } => named.push(transcription),
            What::Logged { incident } => named.push(incident),
            What::Proposed { findings, .. } => named.push(findings),
            What::Traced { map, parameters } => named.extend([map, parameters]),
            What::Decided { decisions, .. } => named.push(decisions),
            What::Exhibited { exhibit, opened_by, .. } => named.extend([exhibit, opened_by]),
            What::Exported { detail, .. } | What::Viewed { detail } => named.push(detail),
            What::Stamped { token, .. } => named.push(token),
            What::StepMarked { mark: noted }
            | What::Reported { report: noted }
            | What::ElementAnswered { answer: noted } => named.push(noted),
            What::ReportAnswered { report, answer } => named.extend([report, answer]),
            What::Erased { object, detail } => {
                erased.push(object);
                named.push(detail);
            }
            _ => {}
        }
    }
    named.sort_unstable();
    named.dedup();
    named.retain(|digest| !erased.contains(digest));
    Ok(named)
}
