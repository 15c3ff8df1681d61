//! `redress verify`: a case, or a package, checked line by line.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use case::Case;
use case::stamps::{self, Stamp};
use case::verify::{Check, Verdict};
use container::bag::{self, Item, Kind, Tree};
use container::{Judgement, Rules};
use record::{Event, StampKind, What};
use report::disclose;
use seal::checkpoint::Checkpoint;
use seal::note::{Note, VerifierKey};
use seal::proof::Proof;
use seal::x509::Certificate;
use serde::Serialize;
use values::Digest;

use crate::context::Unit;
use crate::{ActionError, Context};

/// What checking came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// `case` or `package`.
    pub of: &'static str,
    /// The checks, in order.
    pub checks: Vec<Check>,
    /// How many passed.
    pub passed: u64,
    /// How many failed.
    pub failed: u64,
    /// How many could not be made.
    pub not_checked: u64,
    /// Until when the case is to be kept, as a sentence, where a date was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<String>,
}

impl Outcome {
    fn of(of: &'static str, checks: Vec<Check>) -> Self {
        let count = |wanted: fn(&Verdict) -> bool| {
            checks.iter().filter(|check| wanted(&check.verdict)).count() as u64
        };
        Self {
            of,
            passed: count(|verdict| matches!(verdict, Verdict::Passed)),
            failed: count(|verdict| matches!(verdict, Verdict::Failed(_))),
            not_checked: count(|verdict| matches!(verdict, Verdict::NotChecked(_))),
            checks,
            retention: None,
        }
    }
}

/// Checks a case; that it was checked, and what it came to, is written to its ledger.
///
/// `trust` are files of certificate roots (PEM) beside those shipped.
pub fn case(case: &mut Case, trust: &[PathBuf], context: &Context<'_>) -> Result<Outcome, ActionError> {
    let trusted = roots(trust)?;
    context.progress.begin("Checking", None, Unit::Items);
    let checks = case.verify(&trusted, context.now(), || context.progress.advance(1))?;
    context.progress.end();
    let mut outcome = Outcome::of("case", checks);
    outcome.retention = case.settings().keep_until.as_deref().map(|until| retention(until, context.now()));
    Ok(outcome)
}

fn retention(until: &str, now: values::Moment) -> String {
    // Both are ISO dates in UTC, which sort as text.
    if now.to_rfc3339().get(..10).is_some_and(|today| today > until) {
        format!(
            "The case was to be kept until {until}, which has passed: redress erase CASE --everything --why …"
        )
    } else {
        format!("The case is to be kept until {until} (case.toml). Nothing is erased by itself.")
    }
}

/// Checks what can be checked of a case while its private part is locked; nothing is written.
pub fn locked(root: &Path, trust: &[PathBuf]) -> Result<Outcome, ActionError> {
    Ok(Outcome::of("case", case::verify::locked(root, &roots(trust)?)?))
}

/// Reads certificate roots from PEM files.
pub fn roots(trust: &[PathBuf]) -> Result<Vec<Certificate>, ActionError> {
    let mut roots = Vec::new();
    for path in trust {
        let bytes = fs::read(path).map_err(ActionError::file("read", path))?;
        roots.extend(container::roots(&bytes).ok_or_else(|| {
            ActionError::Request(format!(
                "“{}” holds no certificate. Give a PEM file that begins with -----BEGIN CERTIFICATE-----.",
                path.display()
            ))
        })?);
    }
    Ok(roots)
}

/// Tells whether `path` looks like a case rather than a package.
pub fn is_case(path: &Path) -> bool {
    path.join("case.toml").is_file()
}

/// Returns what containers are held against: the shipped limits and the named certificate roots.
pub fn rules(trust: &[PathBuf]) -> Result<Rules, ActionError> {
    let mut rules = Rules::shipped();
    rules.roots.extend(roots(trust)?);
    Ok(rules)
}

/// Judges the bag in a folder.
pub(crate) fn judge_bag(path: &Path, rules: &Rules) -> Result<Judgement, ActionError> {
    Ok(bag::lint(&mut FolderTree(path.to_owned()), &rules.limits))
}

/// Checks a package: a folder, or a `.zip` of one.
pub fn package(path: &Path, trust: &[PathBuf], context: &Context<'_>) -> Result<Outcome, ActionError> {
    let rules = rules(trust)?;
    let meta = fs::metadata(path).map_err(ActionError::file("read", path))?;
    context.progress.begin("Checking", None, Unit::Items);
    let mut checks = Vec::new();
    if meta.is_dir() {
        if !path.join("bagit.txt").is_file() {
            return Err(ActionError::Request(format!(
                "“{}” is neither a case (no case.toml) nor a package (no bagit.txt). Name the folder that holds one.",
                path.display()
            )));
        }
        bag_checks(&judge_bag(path, &rules)?, &mut checks);
        let read = |name: &str| fs::read(path.join(name)).ok();
        let stamped = stamp_checks(&read, &rules.roots, &mut checks);
        exhibit_checks(&read, &names(path)?, &stamped, &mut checks);
    } else {
        let mut file = File::open(path).map_err(ActionError::file("read", path))?;
        let judgement = container::lint(&path.to_string_lossy(), &mut file, &rules);
        bag_checks(&judgement, &mut checks);
        checks.push(Check {
            what: "The exhibits prove themselves in the case's log".to_owned(),
            verdict: Verdict::NotChecked("the package is zipped; unpack it and verify the folder".to_owned()),
        });
    }
    checks.push(Check {
        what: "A platform served these bytes".to_owned(),
        verdict: Verdict::NotChecked(
            "digests and signatures prove that bytes are unchanged since a time, never who served or wrote them"
                .to_owned(),
        ),
    });
    context.progress.end();
    Ok(Outcome::of("package", checks))
}

fn bag_checks(judgement: &Judgement, checks: &mut Vec<Check>) {
    let bad: Vec<String> = judgement
        .troubles
        .iter()
        .filter(|trouble| trouble.severity > values::Severity::Note)
        .map(ToString::to_string)
        .collect();
    checks.push(Check::that(
        "Every file is listed in the manifests and unchanged (BagIt 1.0, RFC 8493)",
        bad.is_empty(),
        bad.join(" "),
    ));
}

fn names(root: &Path) -> Result<Vec<String>, ActionError> {
    let mut tree = FolderTree(root.to_owned());
    let items = tree.list().map_err(ActionError::file("read", root))?;
    let mut names: Vec<String> = items.into_iter().map(|item| item.path).collect();
    names.sort();
    Ok(names)
}

/// Checks that each exhibit's line is in the log whose checkpoint and key the package carries, and that the fields
/// shown are those the line commits to.
fn exhibit_checks(
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    names: &[String],
    stamped: &[String],
    checks: &mut Vec<Check>,
) {
    let text = |name: &str| read(name).and_then(|bytes| String::from_utf8(bytes).ok());
    let key: Option<VerifierKey> = text("data/proofs/vkey.txt").and_then(|key| key.trim().parse().ok());
    let note: Option<Note> = text("data/proofs/checkpoint.txt").and_then(|note| note.parse().ok());
    let (Some(key), Some(note)) = (key, note) else {
        checks.push(Check {
            what: "The checkpoint of the case's log is signed".to_owned(),
            verdict: Verdict::NotChecked("the package carries no readable checkpoint and key".to_owned()),
        });
        return;
    };
    let signed = Checkpoint::verify(&note, &key);
    let because = signed.as_ref().err().map(ToString::to_string).unwrap_or_default();
    checks.push(Check::that(
        "The checkpoint of the case's log is signed by the key in the package",
        signed.is_ok(),
        because,
    ));
    let mut folders: Vec<&str> = names
        .iter()
        .filter_map(|name| name.strip_prefix("data/exhibits/")?.split_once('/').map(|(folder, _)| folder))
        .collect();
    folders.dedup();
    let mut wrong = Vec::new();
    let mut under_stamp = 0;
    for folder in &folders {
        let file = |name: &str| text(&format!("data/exhibits/{folder}/{name}"));
        if let Err(what) = exhibit_check(&file, &key) {
            wrong.push(format!("{folder}: {what}"));
        }
        let proof = file("inclusion.tlog-proof").unwrap_or_default();
        under_stamp += usize::from(stamped.iter().any(|note| proof.ends_with(&format!("\n\n{note}"))));
    }
    if under_stamp > 0 && wrong.is_empty() {
        checks.push(Check {
            what: format!(
                "{under_stamp} of {} {} under a checkpoint that was stamped",
                values::counted(folders.len(), "exhibit", "exhibits"),
                if under_stamp == 1 { "stands" } else { "stand" }
            ),
            verdict: Verdict::Passed,
        });
    }
    checks.push(Check::that(
        format!(
            "Each of {} proves itself in that log, and shows what its line commits to",
            values::counted(folders.len(), "exhibit", "exhibits")
        ),
        wrong.is_empty(),
        wrong.join("; "),
    ));
}

/// Checks the proofs of time a package carries. Returns the checkpoints whose stamp holds.
fn stamp_checks(
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
    known: &[Certificate],
    checks: &mut Vec<Check>,
) -> Vec<String> {
    let mut held = Vec::new();
    let key = read("data/proofs/vkey.txt").and_then(|key| String::from_utf8(key).ok()?.trim().parse().ok());
    let key: Option<VerifierKey> = key;
    for n in 1.. {
        let part = |ending: &str| read(&format!("data/proofs/stamp-{n}{ending}"));
        let found = [StampKind::Rfc3161, StampKind::OpenTimestamps]
            .into_iter()
            .find_map(|kind| Some((kind, part(&format!(".{}", kind.ending()))?)));
        let Some((kind, token)) = found else { break };
        let text = |ending: &str| String::from_utf8(part(ending).unwrap_or_default()).unwrap_or_default();
        let checkpoint = text("-of.txt");
        let size = Checkpoint::read(&checkpoint).map_or(0, |checkpoint| checkpoint.size);
        let stamp = Stamp {
            size,
            kind,
            token,
            checkpoint: checkpoint.clone().into_bytes(),
            certificates: text("-others.pem") + &text("-roots.pem"),
        };
        let mut check = stamps::judge(&stamp, &format!("the ledger's first {size} events"), known);
        let note: Option<Note> = checkpoint.parse().ok();
        let signed = key.as_ref().zip(note).is_some_and(|(key, note)| note.verify(key).is_ok());
        if !signed && !matches!(check.verdict, Verdict::Failed(_)) {
            check.verdict = Verdict::NotChecked(
                "what it is over is not a checkpoint signed by the key in this package".to_owned(),
            );
        }
        if check.verdict == Verdict::Passed {
            held.push(checkpoint);
        }
        checks.push(check);
    }
    held
}

fn exhibit_check(file: &dyn Fn(&str) -> Option<String>, key: &VerifierKey) -> Result<(), String> {
    let line = file("ledger-line.json").ok_or("its ledger line is missing")?;
    let proof: Proof = file("inclusion.tlog-proof")
        .ok_or("its proof is missing")?
        .parse()
        .map_err(|error: seal::proof::ProofError| error.to_string())?;
    proof.verify(line.as_bytes(), key).map_err(|error| error.to_string())?;
    let event: Event = serde_json::from_str(&line).map_err(|error| error.to_string())?;
    let What::Exhibited { exhibit, .. } = event.what else {
        return Err("its ledger line is about something else".to_owned());
    };
    let list = file("fields.txt").ok_or("its list of sealed fields is missing")?;
    if Digest::of(list.as_bytes()) != exhibit {
        return Err("its list of sealed fields is not the one in the log".to_owned());
    }
    let disclosed = file("disclosed.txt").ok_or("its disclosed fields are missing")?;
    disclose::check(&list, &disclosed).map(|_| ()).map_err(|wrong| wrong.to_string())
}

/// A folder of this computer, as the bag's reader takes it.
struct FolderTree(PathBuf);

impl Tree for FolderTree {
    fn list(&mut self) -> io::Result<Vec<Item>> {
        let mut items = Vec::new();
        let mut folders = vec![(self.0.clone(), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let name = entry.file_name();
                let name = name.to_str().ok_or_else(|| io::Error::other("a file name is not UTF-8"))?;
                let path = format!("{prefix}{name}");
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push((entry.path(), format!("{path}/")));
                    continue;
                }
                let kind = match kind {
                    kind if kind.is_symlink() => Kind::Link,
                    kind if kind.is_file() => Kind::File,
                    _ => Kind::Other,
                };
                items.push(Item { path, size: entry.metadata()?.len(), kind });
            }
        }
        Ok(items)
    }

    fn open<'a>(&'a mut self, path: &str) -> io::Result<Box<dyn Read + 'a>> {
        Ok(Box::new(io::BufReader::with_capacity(1 << 18, File::open(self.0.join(path))?)))
    }
}
