//! `redress export`: a package for one recipient, from confirmed findings only.
//!
//! The package is written beside its place and moved there whole. Its digest goes into the ledger.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use case::{Case, Handed};
use report::{Language, Options, Paper, Recipient, RedactionMap};
use serde::Serialize;
use values::Digest;

use crate::context::Unit;
use crate::{ActionError, Context, dossier};

/// What a person asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// For whom.
    pub recipient: Recipient,
    /// A new folder, or a file that ends in `.zip`.
    pub out: &'a Path,
    /// The language.
    pub language: Language,
    /// The paper.
    pub paper: Paper,
}

/// Something left out, and why.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// What was written.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Where.
    pub package: PathBuf,
    /// For whom.
    pub recipient: String,
    /// The exhibits in it.
    pub exhibits: Vec<u32>,
    /// How many texts were covered.
    pub redactions: u64,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// Files in the package.
    pub files: u64,
    /// Bytes in the package.
    pub bytes: u64,
    /// SHA-256 of its `manifest-sha256.txt`, which names every file in it.
    pub manifest: Digest,
}

/// What the ledger's detail object keeps of an export.
#[derive(Serialize)]
struct Detail<'a> {
    by: &'a record::Actor,
    out: String,
    left_out: &'a [LeftOut],
    covered: Vec<String>,
    rows: Vec<String>,
}

/// Writes the package.
pub fn export(case: &mut Case, request: &Request<'_>, context: &Context<'_>) -> Result<Outcome, ActionError> {
    let out = request.out;
    if out.exists() && !is_empty_folder(out) {
        return Err(ActionError::Request(format!(
            "“{}” already exists. Choose another name for the package; nothing was changed.",
            out.display()
        )));
    }
    let recipient = request.recipient;
    context.progress.begin(&format!("Package for {recipient}"), None, Unit::Items);
    let dossier = dossier::gather(case, context)?;
    let map = RedactionMap::of(case.private());
    let options = Options::new(request.language, request.paper);
    let objects = case.objects().clone();
    let package =
        report::package(&dossier, recipient, &options, &map, &mut |digest| objects.get(digest).ok())
            .map_err(|refused| {
                case.failed("export", "package.refused", context.now());
                ActionError::Refused(format!("No package was written: {refused}"))
            })?;
    let info: report::bag::Info = vec![
        ("Source-Organization".to_owned(), format!("redress {}", context.redress)),
        ("External-Description".to_owned(), format!("Package for {recipient}")),
    ];
    let bag = report::bag::bag(&package.files, &info, dossier.now)
        .map_err(|error| ActionError::OurFault(format!("The package could not be bagged: {error}.")))?;
    let manifest = bag
        .get("manifest-sha256.txt")
        .map(|bytes| Digest::of(bytes))
        .ok_or_else(|| ActionError::OurFault("The package has no manifest.".to_owned()))?;
    let left_out: Vec<LeftOut> = package
        .left_out
        .iter()
        .map(|left| LeftOut { what: left.what.clone(), why: left.why.clone() })
        .collect();
    let covered = package.redactions.iter().map(|redaction| format!("{redaction:?}")).collect();
    let detail = Detail {
        by: &context.actor,
        out: out.display().to_string(),
        left_out: &left_out,
        covered,
        rows: (context.rows)().named(),
    };
    let handed = Handed {
        recipient: recipient.word(),
        manifest,
        exhibits: &package.exhibits,
        redactions: package.redacted(),
    };
    case.hand_over(&handed, &detail, context.now(), || {
        if !out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            return write_folder(out, &bag);
        }
        let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let zip = report::bag::zip(&bag, &plain(&stem), dossier.now)
            .map_err(|error| ActionError::OurFault(format!("The package could not be zipped: {error}.")))?;
        write_file(out, &zip)
    })?;
    context.progress.end();
    Ok(Outcome {
        package: out.to_owned(),
        recipient: recipient.word().to_owned(),
        redactions: package.redacted(),
        exhibits: package.exhibits,
        left_out,
        files: bag.len() as u64,
        bytes: bag.values().map(|bytes| bytes.len() as u64).sum(),
        manifest,
    })
}

/// A name of letters, digits, dots, dashes and underscores, for the folder inside a zip.
fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    if plain.trim_matches('.').is_empty() { "package".to_owned() } else { plain }
}

fn is_empty_folder(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn draft_beside(out: &Path) -> PathBuf {
    let name = out.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    parent(out).join(format!(".{name}.writing-{}", std::process::id()))
}

fn write_folder(out: &Path, files: &std::collections::BTreeMap<String, Vec<u8>>) -> Result<(), ActionError> {
    let draft = draft_beside(out);
    let written = (|| {
        for (name, bytes) in files {
            let path = draft.join(name);
            fs::create_dir_all(parent(&path)).map_err(ActionError::file("written", &path))?;
            fs::write(&path, bytes).map_err(ActionError::file("written", &path))?;
        }
        if out.exists() {
            fs::remove_dir(out).map_err(ActionError::file("written", out))?;
        }
        fs::rename(&draft, out).map_err(ActionError::file("written", out))
    })();
    if written.is_err() {
        // What was half written must not be taken for a package.
        let _nothing_written = fs::remove_dir_all(&draft);
    }
    written
}

fn write_file(out: &Path, bytes: &[u8]) -> Result<(), ActionError> {
    let draft = draft_beside(out);
    fs::create_dir_all(parent(out)).map_err(ActionError::file("written", out))?;
    let written = fs::File::create(&draft)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&draft, out))
        .map_err(ActionError::file("written", out));
    if written.is_err() {
        let _nothing_written = fs::remove_file(&draft);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_in_a_zip_are_plain() {
        assert_eq!(plain("police package (1)"), "police_package__1_");
        assert_eq!(plain(".."), "package");
    }
}
