//! `redress demo`: a whole invented case, from capture to package.
//!
//! Nothing is faked: the feed is invented, everything after it is what the commands do, with one exception that every
//! page names. The review is scripted: it confirms what counts, and no person looked.

mod captures;
mod feed;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use case::Case;
use intake::{Limits, Options};
use record::{Actor, Choice, PrivateSet, Role};
use report::{Language, Paper, Recipient};
use serde::Serialize;
use values::{Handle, Phone, Plate};

use crate::{ActionError, Context, export, import, new, review, scan, trace, verify};

pub use captures::SECRET;

/// What the demo came to.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The folder everything is in.
    pub dir: PathBuf,
    /// The case's folder.
    pub case: PathBuf,
    /// The import.
    pub import: import::Outcome,
    /// The scan.
    pub scan: scan::Outcome,
    /// Findings the scripted review confirmed.
    pub confirmed: u64,
    /// Exhibits.
    pub exhibits: u64,
    /// Accounts that went on after a correction came to them.
    pub kept_on: u64,
    /// The packages.
    pub packages: Vec<export::Outcome>,
    /// The check of the case.
    pub verify: verify::Outcome,
}

/// The person of the demo: invented, like all of it.
pub fn subject() -> PrivateSet {
    PrivateSet {
        names: vec!["Sam Sample".to_owned()],
        addresses: vec!["14 Sample Lane, Exampleville".to_owned()],
        phones: Phone::new("(202) 555-0143").into_iter().collect(),
        emails: Vec::new(),
        plates: Plate::new("RDR-0000").into_iter().collect(),
        family: vec!["Dana Sample".to_owned()],
        schools: vec!["Elm Hollow Elementary".to_owned()],
        workplaces: Vec::new(),
        handles: Handle::new("@example_carrier").into_iter().collect(),
        other: Vec::new(),
    }
}

/// Writes the demo's captures into `folder` and returns it.
pub fn captures(folder: &Path) -> Result<PathBuf, ActionError> {
    fs::create_dir_all(folder).map_err(ActionError::file("written", folder))?;
    for (name, bytes) in [
        ("community-page.ndjson", captures::extension_export()),
        ("thread-next-morning.har", captures::network_log()),
    ] {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(ActionError::file("written", &path))?;
    }
    Ok(folder.to_owned())
}

/// Makes the demo in `dir`, which must not exist or be empty.
pub fn demo(dir: &Path, context: &Context<'_>) -> Result<Outcome, ActionError> {
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file() {
        return Err(ActionError::Request(format!(
            "“{}” already exists. Name another folder: redress demo DIR. Nothing was changed.",
            dir.display()
        )));
    }
    let inbox = captures(&dir.join("captures"))?;
    let private = subject();
    let root = dir.join("case");
    let request = new::Request {
        root: &root,
        name: Some("demo: ballot courier"),
        role: Role::Postal,
        state: "PA",
        language: "en",
        private: Some(&private),
        keep_until: None,
    };
    let (mut case, _) = new::new(&request, context)?;
    let options = Options::plain(Limits::ordinary());
    let import = import::import(
        &mut case,
        &import::Request { paths: std::slice::from_ref(&inbox), options: &options },
        context,
    )?;
    let scan = scan::scan(&mut case, context)?;
    let traced = trace::trace(&mut case, &trace::Request::default(), context)?;
    let reviewed = scripted_review(&mut case, context)?;
    let mut packages = Vec::new();
    for recipient in [Recipient::Police, Recipient::Counsel, Recipient::Public] {
        let out = dir.join("packages").join(recipient.word());
        fs::create_dir_all(dir.join("packages")).map_err(ActionError::file("written", &out))?;
        let wanted = export::Wanted::plain(recipient, Language::English, Paper::Letter);
        let request = export::Request { wanted, out: &out };
        packages.push(export::export(&mut case, &request, context)?);
    }
    let verify = verify::case(&mut case, &[], context)?;
    // A row is an account and a claim.
    let kept_on: BTreeSet<_> = traced.map.notice.went_on.iter().map(|row| &row.account).collect();
    Ok(Outcome {
        dir: dir.to_owned(),
        case: root,
        import,
        scan,
        confirmed: reviewed.decided,
        exhibits: reviewed.exhibits,
        kept_on: kept_on.len() as u64,
        packages,
        verify,
    })
}

/// Confirms every finding that counts, in the name of the script. The ledger and every page say that nobody looked.
fn scripted_review(case: &mut Case, context: &Context<'_>) -> Result<review::Outcome, ActionError> {
    let rows = case.view().findings(None)?;
    let findings: Vec<_> = rows.iter().filter(|row| row.finding.counts).map(|row| row.id).collect();
    let script = Context {
        now: context.now,
        clock: context.clock,
        actor: Actor::person("scripted demo review (no person looked)"),
        redress: context.redress,
        progress: context.progress,
        rows: context.rows,
    };
    review::decide_all(case, &findings, Choice::Confirm, Some("scripted demo"), true, &script)
}
