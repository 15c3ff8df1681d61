//! `redress export`: a package for one recipient, from confirmed findings only.
//!
//! [`preview`] says what would leave, what is covered and what is left out, and writes nothing. [`export`] writes the
//! package beside its place and moves it there whole; its digest and the Bates numbers it used go into the ledger.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use case::verify::Check;
use case::{Case, Handed};
use record::{Bates, What};
use report::bag::Listed;
use report::{Category, Desk, Language, Options, Package, Paper, Recipient, RedactionMap, disclose};
use serde::Serialize;
use values::{Digest, Moment, Platform};

use crate::context::Unit;
use crate::redact::{self, PictureState};
use crate::{ActionError, Context, covers, dossier, leaks};

/// Which package a person wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// For whom.
    pub recipient: Recipient,
    /// The language.
    pub language: Language,
    /// The paper.
    pub paper: Paper,
    /// Which desk a police report goes to.
    pub desk: Desk,
    /// Only what stands on this platform. For the platform itself it must be named where the case has several.
    pub platform: Option<Platform>,
    /// What stands before the Bates numbers; empty means `REDRESS`.
    pub bates_prefix: String,
}

impl Wanted {
    /// Returns a package for `recipient` with nothing else asked for.
    pub const fn plain(recipient: Recipient, language: Language, paper: Paper) -> Self {
        Self { recipient, language, paper, desk: Desk::Local, platform: None, bates_prefix: String::new() }
    }
}

/// What a person asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The package.
    pub wanted: Wanted,
    /// A new folder, or a file that ends in `.zip`.
    pub out: &'a Path,
}

/// Something left out, and why.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
}

/// A sort of text that is covered, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// What stands in its place: `[licence plate withheld]`.
    pub label: &'static str,
    /// How often.
    pub count: u64,
}

/// What would leave.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// For whom.
    pub recipient: String,
    /// The exhibits in it.
    pub exhibits: Vec<u32>,
    /// The files of its payload with their sizes in bytes, in order.
    pub files: Vec<(String, u64)>,
    /// What is covered.
    pub covered: Vec<Covered>,
    /// The pictures of the exhibits, and which of them nobody has looked at.
    pub pictures: Vec<PictureState>,
    /// What is left out.
    pub left_out: Vec<LeftOut>,
    /// The Bates numbers its pages would get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bates: Option<Bates>,
    /// Why it would be refused. Nothing where it would be written; the pages as drawn are searched only then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
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
    /// The Bates numbers its pages were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bates: Option<Bates>,
    /// How the finished pages were searched for what must not leave. Empty where the recipient may see everything.
    pub leak_checks: Vec<Check>,
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

/// A package in memory, before it is bagged.
pub(crate) struct Made {
    pub(crate) package: Package,
    map: RedactionMap,
    now: Moment,
    /// The names of the dossier's exhibits, in its order: what the place of a redaction counts by.
    pub(crate) names: Vec<String>,
}

/// Says what would leave, and writes nothing: neither a file nor a line of the ledger.
pub fn preview(case: &Case, wanted: &Wanted, context: &Context<'_>) -> Result<Preview, ActionError> {
    let waiting = redact::list(case)?.pictures;
    let empty = Preview {
        recipient: wanted.recipient.word().to_owned(),
        exhibits: Vec::new(),
        files: Vec::new(),
        covered: Vec::new(),
        pictures: waiting,
        left_out: Vec::new(),
        bates: None,
        refused: None,
    };
    let package = match made(case, wanted, context) {
        Ok(made) => made.package,
        Err(ActionError::Refused(why) | ActionError::Request(why)) => {
            return Ok(Preview { refused: Some(why), ..empty });
        }
        Err(error) => return Err(error),
    };
    let mut covered: BTreeMap<report::Category, u64> = BTreeMap::new();
    for redaction in &package.redactions {
        *covered.entry(redaction.category).or_default() += redaction.count;
    }
    let mut files: Vec<(String, u64)> =
        package.files.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect();
    files.extend(package.copies.iter().map(|(name, copy)| (name.clone(), copy.size)));
    files.sort();
    Ok(Preview {
        left_out: left_out(&package),
        covered: covered
            .into_iter()
            .map(|(category, count)| Covered { label: category.label(wanted.language), count })
            .collect(),
        exhibits: package.exhibits,
        bates: package.bates,
        files,
        ..empty
    })
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
    case.seal_settled_times(&|post, secret| disclose::seal(&disclose::fields(post), secret), context.now())?;
    let recipient = request.wanted.recipient;
    context.progress.begin(&format!("Package for {recipient}"), None, Unit::Items);
    let Made { package, map, now, .. } = made(case, &request.wanted, context)
        .inspect_err(|error| told_refused(case, error, "package.refused", context))?;
    context.progress.end();
    let leak_checks = leaks::check(&package.files, recipient, &map, context)
        .inspect_err(|error| told_refused(case, error, "package.refused", context))?;
    let (left_out, redactions) = (left_out(&package), package.redacted());
    let Package { files, copies, bates, exhibits, redactions: covered, .. } = package;
    let listed = listed(case, &copies)?;
    let info: report::bag::Info = vec![
        ("Source-Organization".to_owned(), format!("redress {}", context.redress)),
        ("External-Description".to_owned(), format!("Package for {recipient}")),
    ];
    let mut bag = report::bag::bag(files, &listed, &info, now)
        .map_err(|error| ActionError::OurFault(format!("The package could not be bagged: {error}.")))?;
    let manifest = bag
        .get("manifest-sha256.txt")
        .map(|bytes| Digest::of(bytes))
        .ok_or_else(|| ActionError::OurFault("The package has no manifest.".to_owned()))?;
    let count = (bag.len() + listed.len()) as u64;
    let bytes = bag.values().map(|bytes| bytes.len() as u64).sum::<u64>()
        + listed.values().map(|file| file.size).sum::<u64>();
    let objects = case.objects().clone();
    let covered = covered.iter().map(|redaction| format!("{redaction:?}")).collect();
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
        exhibits: &exhibits,
        redactions,
        bates: bates.clone(),
    };
    case.hand_over(&handed, &detail, context.now(), || {
        if !out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            let from: BTreeMap<&str, PathBuf> =
                copies.iter().map(|(name, copy)| (name.as_str(), objects.path(&copy.digest))).collect();
            return write_folder(out, &bag, &from);
        }
        for (name, copy) in &copies {
            bag.insert(name.clone(), objects.get(&copy.digest)?);
        }
        let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let zip = report::bag::zip(&bag, &plain(&stem), now)
            .map_err(|error| ActionError::OurFault(format!("The package could not be zipped: {error}.")))?;
        write_file(out, &zip)
    })?;
    Ok(Outcome {
        package: out.to_owned(),
        recipient: recipient.word().to_owned(),
        redactions,
        exhibits,
        left_out,
        bates,
        leak_checks,
        files: count,
        bytes,
        manifest,
    })
}

/// Tells the ledger of a package that was refused; a request that could not be meant so is no refusal.
fn told_refused(case: &mut Case, error: &ActionError, code: &'static str, context: &Context<'_>) {
    if matches!(error, ActionError::Refused(_)) {
        case.failed("export", code, context.now());
    }
}

/// Adds numbers and addresses that calls, messages and e-mails came from: the public needs none of them, and they may be
/// forged or belong to somebody else.
fn cover_senders(dossier: &report::Dossier, map: &mut RedactionMap) {
    let private = |platform: Platform| {
        matches!(platform, Platform::Phone | Platform::Sms | Platform::Email | Platform::WhatsApp)
    };
    for author in dossier.exhibits.iter().map(|e| &e.post.author).filter(|author| private(author.platform)) {
        let handle = author.handle.as_ref().map(ToString::to_string);
        for text in [&author.id, &handle, &author.name].into_iter().flatten() {
            if values::Email::new(text).is_some() {
                map.add(Category::Email, text);
            } else if values::Phone::new(text).is_some() {
                map.add(Category::Phone, text);
            }
        }
    }
}

/// Gathers the dossier, redacts it and sets the documents: the same for a preview and for the package itself.
pub(crate) fn made(case: &Case, wanted: &Wanted, context: &Context<'_>) -> Result<Made, ActionError> {
    if wanted.recipient == Recipient::Public && case.private().is_empty() {
        // It would say that private details are covered, and nothing would be.
        return Err(ActionError::Refused(
            "No package was written: `private.toml` in the case names nothing to protect, so nothing would be covered in what \
             goes to the public. Write there the names, addresses, telephone numbers and plates of the person and the family, \
             and export again."
                .to_owned(),
        ));
    }
    let saved = redact::saved(case)?;
    let mut map = RedactionMap::of(case.private()).with(&saved);
    let mut dossier = dossier::gather(case, wanted.recipient, context)?;
    if wanted.recipient == Recipient::Public {
        cover_senders(&dossier, &mut map);
    }
    for exhibit in &mut dossier.exhibits {
        exhibit.privileged = saved.privileged.get(&exhibit.number).cloned();
        if let Some(seen) = case.view().seen(&exhibit.post.key)?.filter(|_| wanted.recipient.gets_exhibits())
        {
            exhibit.pictures = covers::for_recipient(case, &seen, wanted.recipient, &map, &saved);
        }
    }
    let mut options = Options::new(wanted.language, wanted.paper);
    options.desk = wanted.desk;
    options.platform = platform(&dossier, wanted)?;
    options.bates_prefix.clone_from(&wanted.bates_prefix);
    (options.bates_from, options.volume) = next_bates(case, &options.prefix())?;
    let objects = case.objects().clone();
    let package =
        report::package(&dossier, wanted.recipient, &options, &map, &mut |digest| objects.get(digest).ok())
            .map_err(|refused| ActionError::Refused(format!("No package was written: {refused}")))?;
    let names = dossier.exhibits.iter().map(report::dossier::Exhibit::name).collect();
    Ok(Made { package, map, now: dossier.now, names })
}

/// Returns which platform's exhibits go in. One platform need not learn of another's posts, so it is asked for where the
/// case has several.
fn platform(dossier: &report::Dossier, wanted: &Wanted) -> Result<Option<Platform>, ActionError> {
    if wanted.recipient != Recipient::Platform || wanted.platform.is_some() {
        return Ok(wanted.platform);
    }
    let mut platforms: Vec<Platform> = dossier.exhibits.iter().map(|exhibit| exhibit.post.platform).collect();
    platforms.sort_unstable();
    platforms.dedup();
    match platforms[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => {
            let names: Vec<&str> = platforms.iter().map(|platform| platform.word()).collect();
            Err(ActionError::Request(format!(
                "The exhibits stand on several platforms: {}. Name one with --platform, so that none learns of the others' posts.",
                names.join(", ")
            )))
        }
    }
}

/// Returns the first number no page ever had under this prefix, and the number of the volume.
fn next_bates(case: &Case, wanted: &str) -> Result<(u32, u32), ActionError> {
    let (mut next, mut volume) = (1, 1);
    for event in case.ledger().events(0) {
        if let What::Exported { bates: Some(bates), .. } = event?.1.what {
            volume += 1;
            if bates.prefix == wanted {
                next = next.max(bates.last.saturating_add(1));
            }
        }
    }
    Ok((next, volume))
}

fn left_out(package: &Package) -> Vec<LeftOut> {
    package.left_out.iter().map(|left| LeftOut { what: left.what.clone(), why: left.why.clone() }).collect()
}

/// Reads the captures that go along once, for the manifests; what the case lost is an error, since its digest is listed.
fn listed(
    case: &Case,
    copies: &BTreeMap<String, report::packages::Original>,
) -> Result<BTreeMap<String, Listed>, ActionError> {
    let mut listed = BTreeMap::new();
    for (name, copy) in copies {
        let mut file = case.objects().open(&copy.digest)?;
        let path = case.objects().path(&copy.digest);
        let read = Listed::of(&mut file).map_err(ActionError::file("read", &path))?;
        if read.sha256 != copy.digest.to_string() {
            return Err(ActionError::Refused(format!(
                "No package was written: the capture {} is not what it was when it was kept. Run `redress verify` on the case.",
                copy.digest
            )));
        }
        listed.insert(name.clone(), read);
    }
    Ok(listed)
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

fn write_folder(
    out: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    copies: &BTreeMap<&str, PathBuf>,
) -> Result<(), ActionError> {
    let draft = draft_beside(out);
    let written = (|| {
        for (name, from) in copies {
            let path = draft.join(name);
            fs::create_dir_all(parent(&path)).map_err(ActionError::file("written", &path))?;
            fs::copy(from, &path).map_err(ActionError::file("written", &path))?;
        }
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
