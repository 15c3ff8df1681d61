//! An exhibit: a numbered, confirmed item.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{FindingId, PostKey};

/// A post that at least one confirmed finding stands on, with the number it keeps for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Exhibit {
    /// Its number in the case, from 1, never re-used.
    pub number: u32,
    /// The post.
    pub post: PostKey,
    /// The confirmed findings on it.
    pub findings: Vec<FindingId>,
}

impl Exhibit {
    /// Returns the name it goes by in packages: `EX-0001`.
    pub fn name(&self) -> String {
        format!("EX-{:04}", self.number)
    }
}

impl fmt::Display for Exhibit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
