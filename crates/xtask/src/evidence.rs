//! `cargo xtask evidence [FOLDER]`: every sample of evidence under `../shared/evidence`, what is expected, what was found.
//!
//! With a file or a bag instead of a folder of samples, judges that one and prints the most memory it took.
//! The samples of other projects are read there and never copied here. A line ends in `ok`, or in `DIFFERS`; for those
//! that come without an expectation the finding alone is printed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use container::bag::{self, Item, Kind, Tree};
use container::{Judgement, Rules, lint};
use seal::ots::Proof;
use seal::timestamp::{Covered, verify};
use serde_json::Value;

/// A folder on disk.
pub struct Folder(pub PathBuf);

impl Folder {
    fn walk(&self, folder: &Path, items: &mut Vec<Item>) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                self.walk(&path, items)?;
                continue;
            }
            let inner = path.strip_prefix(&self.0).map_err(io::Error::other)?.to_string_lossy().into_owned();
            let kind = if kind.is_file() { Kind::File } else { Kind::Link };
            items.push(Item { path: inner, size: entry.metadata()?.len(), kind });
        }
        Ok(())
    }
}

impl Tree for Folder {
    fn list(&mut self) -> io::Result<Vec<Item>> {
        let mut items = Vec::new();
        self.walk(&self.0, &mut items).map(|()| items)
    }

    fn open<'a>(&'a mut self, path: &str) -> io::Result<Box<dyn Read + 'a>> {
        Ok(Box::new(File::open(self.0.join(path))?))
    }
}

/// Judges a file or folder.
pub fn judge(path: &Path) -> Result<Judgement> {
    if path.is_dir() {
        return Ok(bag::lint(&mut Folder(path.to_owned()), &Rules::shipped().limits));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(lint(&name, &mut File::open(path)?, &Rules::shipped()))
}

/// Runs the chore.
pub fn run(arguments: &[String]) -> Result<()> {
    let folder = PathBuf::from(arguments.first().map_or("../shared/evidence", String::as_str));
    if folder.is_file() || folder.join("bagit.txt").is_file() {
        return one(&folder, !arguments.iter().any(|word| word == "--manifest-only"));
    }
    if !folder.is_dir() {
        bail!("there is no folder {}; name the one with the samples", folder.display());
    }
    let mut differing = 0;
    for set in ["bad", "loadfile"] {
        differing += expected(&folder.join(set))?;
    }
    differing += conformance(&folder.join("bagit-conformance"))?;
    proofs(&folder.join("ots"))?;
    timestamps(&folder.join("autoarchiver-tsr"))?;
    for set in ["warcio", "warcspec"] {
        archives(&folder.join(set))?;
    }
    println!("\n{differing} differ");
    Ok(())
}

/// Judges one container. The most memory taken is known on Linux only.
fn one(path: &Path, captures: bool) -> Result<()> {
    let judgement = if captures {
        judge(path)?
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        lint(&name, &mut File::open(path)?, &Rules { captures, ..Rules::shipped() })
    };
    for trouble in &judgement.troubles {
        println!("{trouble}");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    let records = judgement.records.unwrap_or(0);
    println!("{} {}, {records} records, at most {memory} of memory", judgement.verdict, judgement.code());
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

fn line(name: &str, expected: &str, got: &str, agrees: bool) -> usize {
    println!("{name:<60} {expected:<34} {got:<44} {}", if agrees { "ok" } else { "DIFFERS" });
    usize::from(!agrees)
}

fn expected(folder: &Path) -> Result<usize> {
    println!("\n# {}", folder.display());
    let text = std::fs::read(folder.join("expected.json"))?;
    let expected: BTreeMap<String, Value> = serde_json::from_slice(&text)?;
    let mut differing = 0;
    for (name, expected) in &expected {
        let judgement = judge(&folder.join(name))?;
        let verdict = expected["verdict"].as_str().unwrap_or_default();
        let code = expected["code"].as_str();
        let records = expected["records"].as_u64();
        let agrees = judgement.verdict.word() == verdict
            && code.is_none_or(|code| code == judgement.code())
            && (records.is_none() || records == judgement.records);
        let wanted = format!("{verdict} {}", code.unwrap_or_default());
        differing += line(name, &wanted, &format!("{} {}", judgement.verdict, judgement.code()), agrees);
    }
    Ok(differing)
}

fn conformance(folder: &Path) -> Result<usize> {
    println!("\n# {}", folder.display());
    let mut differing = 0;
    for version in ["v0.93", "v0.94", "v0.95", "v0.96", "v0.97", "v1.0"] {
        for class in ["valid", "warning", "invalid", "linux-only", "windows-only"] {
            let Ok(bags) = std::fs::read_dir(folder.join(version).join(class)) else { continue };
            let mut bags: Vec<PathBuf> = bags.filter_map(|entry| Some(entry.ok()?.path())).collect();
            bags.sort();
            for bag in bags.iter().filter(|bag| bag.is_dir()) {
                let judgement = judge(bag)?;
                let good = matches!(judgement.verdict.word(), "valid" | "warn");
                let agrees = good == matches!(class, "valid" | "warning")
                    && (class != "warning" || judgement.verdict.word() == "warn");
                let name = bag.strip_prefix(folder)?.display().to_string();
                let got = format!("{} {}", judgement.verdict, judgement.code());
                differing += line(&name, class, &got, agrees);
            }
        }
    }
    Ok(differing)
}

fn proofs(folder: &Path) -> Result<()> {
    println!("\n# {}", folder.display());
    for path in files(folder)?.iter().filter(|path| path.extension().is_some_and(|end| end == "ots")) {
        let said = match Proof::read(&std::fs::read(path)?) {
            Ok(proof) => format!("{:?}: {}", proof.standing(), proof.said()),
            Err(error) => format!("refused: {error}"),
        };
        println!("{:<45} {said}", path.strip_prefix(folder)?.display());
    }
    Ok(())
}

fn timestamps(folder: &Path) -> Result<()> {
    println!("\n# {} (roots: the shipped ones; the stamped bytes are not at hand)", folder.display());
    let roots = seal::roots::shipped();
    for path in files(folder)? {
        let token = std::fs::read(&path)?;
        let checks = verify(&token, Covered::Digests(&[]), None, &[], &roots);
        println!("{}", path.strip_prefix(folder)?.display());
        for check in &checks.checks {
            println!("    {:<15} {:?}", check.name, check.ended);
        }
        if let Some(stamp) = checks.stamp {
            println!("    {} signer {:?} root {:?}", stamp.at.to_rfc3339(), stamp.signer, stamp.root);
        }
    }
    Ok(())
}

fn archives(folder: &Path) -> Result<()> {
    println!("\n# {}", folder.display());
    for path in files(folder)? {
        let name = path.strip_prefix(folder)?.display().to_string();
        if !name.contains(".warc") && !name.contains(".arc") {
            continue;
        }
        let judgement = judge(&path)?;
        let records = judgement.records.unwrap_or(0);
        println!("{name:<60} {} {} {records} records", judgement.verdict, judgement.code());
        for trouble in judgement.troubles.iter().take(4) {
            println!("    {trouble}");
        }
    }
    Ok(())
}
