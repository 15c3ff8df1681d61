//! A second door to an open case, for reading only: a screen can show pages while an import writes.

use std::path::{Path, PathBuf};

use record::{Claim, PrivateSet};

use crate::index::Index;
use crate::index::view::View;
use crate::{Case, CaseError, Objects, Settings};

/// A case read beside the [`Case`] that may change it. What it sees is always a whole state of the index.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    settings: Settings,
    objects: Objects,
    index: Index,
}

impl Case {
    /// Opens a second door for reading. `cache` is how much of the index it may keep in memory, in KiB.
    pub fn reader(&self, cache: u32) -> Result<Reader, CaseError> {
        let root = self.root().to_owned();
        let index = Index::open_beside(&root.join("index.sqlite"), cache)?;
        Ok(Reader { root, settings: self.settings().clone(), objects: self.objects().clone(), index })
    }
}

impl Reader {
    /// Returns what can be asked of the index.
    pub fn view(&self) -> View<'_> {
        View::new(&self.index, &self.objects)
    }

    /// Returns what stands in `case.toml`.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads what must never leak, as it stands now.
    pub fn private(&self) -> Result<PrivateSet, CaseError> {
        crate::private::load(&self.root)
    }

    /// Reads the case's own claims, as they stand now; see [`crate::statements`].
    pub fn statements(&self) -> Result<Vec<Claim>, CaseError> {
        crate::statements::load(&self.root)
    }

    /// Returns what a screen wrote down under `name`; see [`Case::desk_note`].
    pub fn desk_note<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<Option<T>, CaseError> {
        crate::folder::desk_note(&self.root, name)
    }

    /// Returns the folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}
