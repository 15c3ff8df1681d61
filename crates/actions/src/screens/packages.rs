//! Packages on a screen: what would leave and what would be covered, before anything is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use case::Case;
use record::What;
use report::{Language, Paper, Recipient};

use crate::export::{self, LeftOut, Made, Outcome, Wanted};
use crate::{ActionError, Context};

/// What would leave.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Files by path with their size in bytes.
    pub files: Vec<(String, u64)>,
    /// What would be covered, and where. Never the text.
    pub covered: Vec<Covered>,
    /// What would be left out.
    pub left_out: Vec<LeftOut>,
}

/// Something covered.
#[derive(Debug, Clone)]
pub struct Covered {
    /// In which exhibit (`EX-0001`); `None` for the other parts of the package.
    pub exhibit: Option<String>,
    /// What sort of thing.
    pub category: String,
    /// How often.
    pub count: u64,
}

/// Where the app writes packages: beside the case, never in it.
pub fn folder(root: &Path) -> PathBuf {
    let name = root.file_name().map_or_else(|| "case".to_owned(), |name| name.to_string_lossy().into_owned());
    root.with_file_name(format!("{name}-packages"))
}

/// The most bytes of a package that is handed out as one file.
const ONE_FILE: u64 = 200 << 20;

/// A package that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The name of its folder.
    pub name: String,
    /// For whom: the recipient's word.
    pub recipient: String,
}

/// Returns the packages that lie where the app writes them, by name.
pub fn written(root: &Path) -> Result<Vec<Written>, ActionError> {
    let folder = folder(root);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let wrong = |error| ActionError::file("read", &folder)(error);
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let recipient = name.split('-').next().unwrap_or_default().to_owned();
        let whole = entry.path().join("manifest-sha256.txt").is_file();
        if whole && recipient.parse::<Recipient>().is_ok() {
            found.push(Written { name, recipient });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Returns a written package as one `.zip`, and writes to the ledger who took it. `None` where none is called `name`.
pub fn taken(case: &mut Case, name: &str, context: &Context<'_>) -> Result<Option<Vec<u8>>, ActionError> {
    // Only what the list names: a name is no path.
    if !written(case.root())?.iter().any(|package| package.name == name) {
        return Ok(None);
    }
    let path = folder(case.root()).join(name);
    let (mut files, mut bytes) = (BTreeMap::new(), 0);
    for found in crate::files::find(std::slice::from_ref(&path))? {
        let inside = found.path.strip_prefix(&path).map_or_else(|_| found.name.clone(), slashed);
        let wrong = |error| ActionError::file("read", &found.path)(error);
        bytes += fs::metadata(&found.path).map_err(wrong)?.len();
        if bytes > ONE_FILE {
            return Err(ActionError::Request(format!(
                "The package {name} is larger than 200 MB and is not handed out as one file. Copy its folder instead."
            )));
        }
        files.insert(inside, fs::read(&found.path).map_err(wrong)?);
    }
    let zip = report::bag::zip(&files, name, context.now())
        .map_err(|error| ActionError::OurFault(format!("The package could not be zipped: {error}.")))?;
    let detail = case.objects().put_json(&(&context.actor, "a package that was written", [name]))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    Ok(Some(zip))
}

fn slashed(path: &Path) -> String {
    let parts: Vec<_> =
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn wanted(recipient: &str, language: &str) -> Result<Wanted, ActionError> {
    let recipient: Recipient = recipient.parse().map_err(ActionError::Request)?;
    Ok(Wanted::plain(recipient, Language::of_code(language), Paper::Letter))
}

/// What is covered, by exhibit and sort: how many pieces of text each.
fn covered(made: &Made, language: Language) -> Vec<Covered> {
    let mut rows: Vec<Covered> = Vec::new();
    for redaction in &made.package.redactions {
        // A place is a path into the dossier, such as `/exhibits/0/post/text`.
        let at = redaction.place.strip_prefix("/exhibits/").and_then(|rest| rest.split('/').next());
        let exhibit = at.and_then(|at| at.parse::<usize>().ok()).and_then(|at| made.names.get(at)).cloned();
        let category = redaction.category.label(language).trim_matches(['[', ']']).to_owned();
        match rows.iter_mut().find(|row| row.exhibit == exhibit && row.category == category) {
            Some(row) => row.count += redaction.count,
            None => rows.push(Covered { exhibit, category, count: redaction.count }),
        }
    }
    rows
}

/// Makes the package in memory and says what is in it.
pub fn preview(
    case: &Case,
    recipient: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Preview, ActionError> {
    let made = export::made(case, &wanted(recipient, language)?, context)?;
    let covered = covered(&made, Language::of_code(language));
    let package = made.package;
    Ok(Preview {
        files: package.files.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect(),
        covered,
        left_out: package
            .left_out
            .iter()
            .map(|left| LeftOut { what: left.what.clone(), why: left.why.clone() })
            .collect(),
    })
}

/// Returns the report as it would leave, and writes to the ledger that it was looked at. `None` where the recipient gets
/// no report.
pub fn report(
    case: &mut Case,
    recipient: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Option<Vec<u8>>, ActionError> {
    let mut package = export::made(case, &wanted(recipient, language)?, context)?.package;
    let detail = case.objects().put_json(&(&context.actor, "preview of a package", [recipient]))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    Ok(package.files.remove("data/report.pdf"))
}

/// Writes the package under a name with the recipient and the day.
pub fn write(
    case: &mut Case,
    recipient: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    let wanted = wanted(recipient, language)?;
    let kind = wanted.recipient;
    let day: String = context.now().to_rfc3339().chars().take(10).collect();
    let folder = folder(case.root());
    let out = (1..)
        .map(|n| folder.join(if n == 1 { format!("{kind}-{day}") } else { format!("{kind}-{day}-{n}") }))
        .find(|path| !path.exists())
        .ok_or_else(|| ActionError::OurFault("There is no free name for the package.".to_owned()))?;
    let request = export::Request { wanted, out: &out };
    export::export(case, &request, context)
}
