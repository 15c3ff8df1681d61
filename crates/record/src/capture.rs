//! A capture: bytes as they were received, named by their SHA-256.

use serde::{Deserialize, Serialize};
use values::{Digest, Moment};

/// A file as it was received. The bytes lie in the case under `digest` and never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// SHA-256 of the kept bytes.
    pub digest: Digest,
    /// Size of the kept bytes.
    pub size: u64,
    /// The file's name as given, without folders.
    pub name: String,
    /// When redress kept it.
    pub kept: Moment,
    /// The time the file system gave for its last change, when there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Moment>,
    /// SHA-256 of the bytes as received, where secrets were stripped at the door and the kept bytes are a derivative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stripped_from: Option<Digest>,
}
