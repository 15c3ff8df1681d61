//! Every container of `tests/bad`, all of them made up, gives the verdict and the code written in `expected.json`.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use container::bag::{self, Item, Kind, Tree};
use container::{Judgement, Rules, lint};
use serde_json::Value;

/// A folder on disk, as the tests need it.
pub struct Folder(PathBuf);

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
        Ok(Box::new(std::fs::File::open(self.0.join(path))?))
    }
}

fn judge(path: &Path) -> Judgement {
    if path.is_dir() {
        return bag::lint(&mut Folder(path.to_owned()), &Rules::shipped().limits);
    }
    let name = path.file_name().unwrap().to_string_lossy();
    lint(&name, &mut std::fs::File::open(path).unwrap(), &Rules::shipped())
}

#[test]
fn every_verdict_and_code_is_the_expected_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let text = std::fs::read(folder.join("expected.json")).unwrap();
    let expected: BTreeMap<String, Value> = serde_json::from_slice(&text).unwrap();
    let mut wrong = Vec::new();
    for (name, expected) in &expected {
        let begun = Instant::now();
        let judgement = judge(&folder.join(name));
        let seconds = begun.elapsed();
        let (verdict, code) = (&expected["verdict"], &expected["code"]);
        let records = expected["records"].as_u64();
        let right = judgement.verdict.word() == verdict
            && judgement.code() == code
            && (records.is_none() || records == judgement.records)
            && seconds < Duration::from_secs(20);
        if !right {
            wrong.push(format!(
                "{name}: expected {verdict} {code} {records:?}; got {} {} {:?} in {seconds:?}\n  {:?}",
                judgement.verdict,
                judgement.code(),
                judgement.records,
                judgement.troubles
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
