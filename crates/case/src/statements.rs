//! `claims.toml`: what is said about the person, and what disproves it, in a file a person can read and edit.
//!
//! Posts are held against these beside the claims that ship. Like `private.toml` it stays in the folder and is locked with
//! it; what of it is confirmed to match a post goes into a package with its sources.

use std::path::Path;

use record::{Claim, Verdict};
use serde::Deserialize;

use crate::{CaseError, disk};

/// The name of the file.
pub const FILE: &str = "claims.toml";

/// The file as `redress new` writes it.
pub const TEMPLATE: &str = "\
# What is being said about you that is not so, and what shows it. Posts are then held
# against it at the next `redress scan`: told apart are those that state it, ask about
# it, deny it, or report that others say it. Take the # away to use an entry. Invented:
#
# [[claim]]
# id = \"own-tub\"                 # short, yours, never used twice
# claim = \"The man with the tub was stuffing the drop box.\"
# variants = [\"ballot mule with a tub\", \"he is no postal worker\"]    # how it is said
# known = \"He is a postal employee delivering election mail, said the county.\"
# sources = [\"https://county.example.gov/statement\"]
# verdict = \"false\"              # false, misleading, unsupported, mixed, true, hoax
# verdict_as_of = \"2025-11-05\"   # the day the source said so
";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    claim: Vec<Entry>,
}

/// An entry as it is written; a misspelt field is refused, not ignored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    claim: String,
    #[serde(default)]
    variants: Vec<String>,
    title: Option<String>,
    date: Option<String>,
    #[serde(default)]
    sources: Vec<String>,
    verdict: Option<Verdict>,
    verdict_as_of: Option<String>,
    #[serde(default)]
    open_matter: bool,
    known: Option<String>,
}

impl From<Entry> for Claim {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            claim: entry.claim,
            variants: entry.variants,
            title: entry.title,
            date: entry.date,
            sources: entry.sources,
            verdict: entry.verdict,
            verdict_as_of: entry.verdict_as_of,
            open_matter: entry.open_matter,
            known: entry.known,
        }
    }
}

/// Reads `claims.toml` in `root`; a missing file holds none. Errors, with a sentence, where an entry has no id, an id twice,
/// no claim, or a verdict without sources and day: nobody could check it.
pub fn load(root: &Path) -> Result<Vec<Claim>, CaseError> {
    let path = root.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let wrong = |what: String| CaseError::Settings { path: path.clone(), what };
    let text = String::from_utf8(disk::read(&path)?).map_err(|error| wrong(error.to_string()))?;
    let file: File = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
    let claims: Vec<Claim> = file.claim.into_iter().map(Claim::from).collect();
    for (at, claim) in claims.iter().enumerate() {
        let id = claim.id.trim();
        if id.is_empty() || claim.claim.trim().is_empty() {
            return Err(wrong(format!("entry {} needs an id and a claim", at + 1)));
        }
        if claims[..at].iter().any(|other| other.id == claim.id) {
            return Err(wrong(format!("the id {id} stands twice")));
        }
        if claim.verdict.is_some() && (claim.sources.is_empty() || claim.verdict_as_of.is_none()) {
            return Err(wrong(format!("{id} has a verdict and so needs sources and verdict_as_of")));
        }
    }
    Ok(claims)
}

/// Puts the empty template in the place of `claims.toml`.
pub(crate) fn erase(root: &Path) -> Result<(), CaseError> {
    disk::replace(&root.join(FILE), TEMPLATE.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) -> Result<Vec<Claim>, String> {
        let folder = tempfile::tempdir().unwrap();
        disk::replace(&folder.path().join(FILE), text.as_bytes()).unwrap();
        load(folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_template_holds_none_and_its_example_reads() {
        assert_eq!(check(TEMPLATE).unwrap(), []);
        let example: String = TEMPLATE
            .lines()
            .skip_while(|line| *line != "# [[claim]]")
            .map(|line| format!("{}\n", line.trim_start_matches("# ")))
            .collect();
        let claims = check(&example).unwrap();
        assert_eq!((claims.len(), claims[0].id.as_str()), (1, "own-tub"));
    }

    #[test]
    fn what_nobody_could_check_is_refused() {
        assert!(check("[[claim]]\nid = \"a\"\nclaim = \"b\"\n").is_ok());
        assert!(
            check("[[claim]]\nid = \"a\"\nclaim = \"b\"\nverdict = \"false\"\n")
                .unwrap_err()
                .contains("sources")
        );
        let twice = "[[claim]]\nid = \"a\"\nclaim = \"b\"\n".repeat(2);
        assert!(check(&twice).unwrap_err().contains("twice"));
        assert!(check("[[claim]]\nid = \"a\"\nclaims = \"b\"\n").is_err());
        assert!(check("[[claim]]\nid = \"a\"\nclaim = \"b\"\nvarients = []\n").is_err());
    }
}
