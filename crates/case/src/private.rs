//! `private.toml`: what must never leak, in a file a person can read and edit.

use std::path::Path;

use record::PrivateSet;

use crate::{CaseError, disk};

/// The file as `redress new` writes it: every field, empty, with what it is for.
pub const TEMPLATE: &str = "\
# What must never leak. It stays in this folder: redress uses it in two ways only,
# to recognise when a post exposes exactly these, and to cover them in what leaves.
# Fill in what you want; every line may stay empty. All examples are invented.

names = []          # [\"Maria Example\", \"M. Example\"]
addresses = []      # [\"14 Sample Lane, Exampleville\"]
phones = []         # [\"(202) 555-0143\"]
emails = []         # [\"maria@example.org\"]
plates = []         # [\"RDR-0000\"]
family = []         # names of family members
schools = []        # the children's schools
workplaces = []     # places of work that are not public
handles = []        # your own accounts
other = []          # anything else, word for word
";

/// Reads `private.toml` in `root`; a missing file is an empty set.
pub fn load(root: &Path) -> Result<PrivateSet, CaseError> {
    let path = root.join("private.toml");
    if !path.exists() {
        return Ok(PrivateSet::default());
    }
    let wrong = |what: String| CaseError::Settings { path: path.clone(), what };
    let text = String::from_utf8(disk::read(&path)?).map_err(|error| wrong(error.to_string()))?;
    toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))
}

/// Writes `private.toml` in `root`.
pub fn save(root: &Path, set: &PrivateSet) -> Result<(), CaseError> {
    let path = root.join("private.toml");
    let text = toml::to_string(set)
        .map_err(|error| CaseError::Settings { path: path.clone(), what: error.to_string() })?;
    disk::replace(&path, text.as_bytes())
}

/// Puts the empty template in the place of `private.toml`.
pub(crate) fn erase(root: &Path) -> Result<(), CaseError> {
    disk::replace(&root.join("private.toml"), TEMPLATE.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_an_empty_set_that_names_every_field() {
        assert_eq!(toml::from_str::<PrivateSet>(TEMPLATE).unwrap(), PrivateSet::default());
        let fields = toml::to_string(&PrivateSet::default()).unwrap();
        for field in fields.lines() {
            assert!(TEMPLATE.contains(field), "{field}");
        }
    }

    #[test]
    fn a_misspelt_field_is_refused_and_not_ignored() {
        let folder = tempfile::tempdir().unwrap();
        disk::replace(&folder.path().join("private.toml"), b"adresses = []").unwrap();
        assert!(matches!(load(folder.path()), Err(CaseError::Settings { .. })));
    }
}
