//! `case.toml`: what the case may say about itself.

use std::path::Path;

use record::{Role, Subject};
use serde::{Deserialize, Serialize};

use crate::{CaseError, disk};

/// The version of the disk format this program writes.
pub const FORMAT: u32 = 1;

/// What stands in `case.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The version of the disk format.
    pub format: u32,
    /// What the person calls the case. It is shown on packages, so it should name nobody.
    pub name: String,
    /// A random name of the case, part of the log's origin.
    pub id: String,
    /// The role of the person whose case it is.
    pub role: Role,
    /// The state they live in.
    pub state: String,
    /// The language of packages: `en` or `es`.
    pub language: String,
    /// States the speakers are known to write from, as a person wrote them down. Their time limits are shown beside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speaker_states: Vec<String>,
    /// The day the person learned of the first post, where they wrote it down (ISO date). Some limits count from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// When the case is to be erased, if a date was set (ISO date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keep_until: Option<String>,
}

impl Settings {
    /// Returns what the case may say about the person.
    pub fn subject(&self) -> Subject {
        Subject { role: self.role, state: self.state.clone(), language: self.language.clone() }
    }

    /// Reads `case.toml` in `root`.
    pub(crate) fn load(root: &Path) -> Result<Self, CaseError> {
        let path = root.join("case.toml");
        if !path.is_file() {
            return Err(CaseError::NotACase(root.to_owned()));
        }
        let bytes = disk::read(&path)?;
        let wrong = |what: String| CaseError::Settings { path: path.clone(), what };
        let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
        /// Read first, so that a later format is named as such and not as an unknown field.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let version: Version = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        if version.format > FORMAT {
            return Err(CaseError::TooNew { found: version.format, known: FORMAT });
        }
        toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))
    }

    /// Writes `case.toml` in `root`.
    pub(crate) fn save(&self, root: &Path) -> Result<(), CaseError> {
        let path = root.join("case.toml");
        let text = toml::to_string(self)
            .map_err(|error| CaseError::Settings { path: path.clone(), what: error.to_string() })?;
        disk::replace(&path, text.as_bytes())
    }
}
