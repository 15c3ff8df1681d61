//! Checking a case from ledger and objects alone.

use std::collections::BTreeSet;
use std::path::Path;

use record::What;
use seal::checkpoint::Checkpoint;
use seal::x509::Certificate;
use serde::Serialize;
use values::{Digest, Moment};

use crate::ledger::Ledger;
use crate::{Case, CaseError, erase, lock};

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
    /// Checks ledger, objects, stamps and index, line by line; `each` is told after every object.
    ///
    /// `trusted` are certificate roots beside those shipped. That the case was checked, and what it came to, is written
    /// to the ledger, also where a check failed.
    pub fn verify(
        &mut self,
        trusted: &[Certificate],
        now: Moment,
        each: impl FnMut(),
    ) -> Result<Vec<Check>, CaseError> {
        let outcome = self.checks(trusted, each);
        let mut checks = self.told("verify", now, outcome)?;
        let count =
            |wanted: fn(&Verdict) -> bool| checks.iter().filter(|c| wanted(&c.verdict)).count() as u64;
        let passed = count(|verdict| matches!(verdict, Verdict::Passed));
        let failed = count(|verdict| matches!(verdict, Verdict::Failed(_)));
        let not_checked = count(|verdict| matches!(verdict, Verdict::NotChecked(_)));
        // A ledger that cannot take it (a full disk, a stick that can only be read) does not make the checks untrue.
        if let Err(error) = self.append(now, vec![What::Verified { passed, failed, not_checked }]) {
            checks.push(Check {
                what: "That the case was checked stands in the ledger".to_owned(),
                verdict: Verdict::NotChecked(error.to_string()),
            });
        }
        Ok(checks)
    }

    /// Makes the checks of [`Case::verify`] and writes nothing.
    pub fn checks(&self, trusted: &[Certificate], mut each: impl FnMut()) -> Result<Vec<Check>, CaseError> {
        let mut checks = ledger_checks(self.ledger(), trusted)?;
        let (named, erased) = named_objects(self.ledger())?;
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
        if !erased.is_empty() {
            let left: Vec<String> =
                erased.iter().filter(|digest| self.objects().has(digest)).map(Digest::to_string).collect();
            checks.push(Check::that(
                format!(
                    "{} objects were erased on a person's word; their digests stay in the ledger",
                    erased.len()
                ),
                left.is_empty(),
                format!("{} are still there", left.join(", ")),
            ));
        }
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
        checks.push(before_it_was_kept());
        Ok(checks)
    }
}

/// Checks what can be checked of a case while its private part is locked. Changes nothing.
pub fn locked(root: &Path, trusted: &[Certificate]) -> Result<Vec<Check>, CaseError> {
    let ledger = Ledger::look(root)?;
    let mut checks = ledger_checks(&ledger, trusted)?;
    let (named, erased) = named_objects(&ledger)?;
    let there: BTreeSet<Digest> = lock::locked_objects(root)?.into_iter().collect();
    let objects = root.join("objects");
    let plain = |digest: &Digest| crate::Objects::at(objects.clone()).has(digest);
    let missing: Vec<String> = named
        .iter()
        .filter(|digest| !there.contains(digest) && !plain(digest))
        .map(Digest::to_string)
        .collect();
    checks.push(Check::that(
        format!("All {} objects the ledger names are there, locked", named.len()),
        missing.is_empty(),
        format!("{} are missing", missing.join(", ")),
    ));
    if !erased.is_empty() {
        checks.push(Check {
            what: format!(
                "{} objects were erased on a person's word; their digests stay in the ledger",
                erased.len()
            ),
            verdict: Verdict::Passed,
        });
    }
    checks.push(Check {
        what: "The objects' bytes are unchanged, and the index says what they say".to_owned(),
        verdict: Verdict::NotChecked("the case is locked; unlock it to check them".to_owned()),
    });
    checks.push(before_it_was_kept());
    Ok(checks)
}

fn ledger_checks(ledger: &Ledger, trusted: &[Certificate]) -> Result<Vec<Check>, CaseError> {
    let size = ledger.size();
    // Opening the case compared root and signature already and would have refused: this says so for the reader.
    let signed = Checkpoint::verify(ledger.checkpoint(), &ledger.verifier());
    let covered = signed.as_ref().is_ok_and(|c| c.size <= size && ledger.root_at(c.size) == Some(c.root));
    let mut checks = vec![Check::that(
        format!("The ledger's {size} events fit the signed checkpoint"),
        covered,
        "the root over the events is another than the signed one",
    )];
    if ledger.verifiers().len() > 1 {
        checks.push(Check {
            what: format!(
                "Each of the {} keys that ever signed is named in the ledger",
                ledger.verifiers().len()
            ),
            verdict: Verdict::Passed,
        });
    }
    let stamps = ledger.check_stamps(trusted)?;
    if stamps.is_empty() {
        checks.push(Check {
            what: "An authority outside this computer saw the ledger".to_owned(),
            verdict: Verdict::NotChecked(
                "nobody was asked: the times in it are this computer's. `redress stamp` asks one".to_owned(),
            ),
        });
    }
    checks.extend(stamps);
    Ok(checks)
}

fn before_it_was_kept() -> Check {
    Check {
        what: "Bytes were not replaced before they were kept".to_owned(),
        verdict: Verdict::NotChecked(
            "a digest proves that bytes are unchanged since they were kept, never that a platform served them"
                .to_owned(),
        ),
    }
}

/// Every object that an event names and that was not erased, and every one that was; sorted, each once.
fn named_objects(ledger: &Ledger) -> Result<(Vec<Digest>, Vec<Digest>), CaseError> {
    let gone = erase::erased(ledger)?;
    let mut named = BTreeSet::new();
    for event in ledger.events(0) {
        named.extend(erase::named(&event?.1.what));
    }
    let (erased, present) = named.into_iter().partition(|digest| gone.contains(digest));
    Ok((present, erased))
}
