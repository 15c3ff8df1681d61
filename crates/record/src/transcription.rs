//! What a person says a picture shows: a reading confirmed, corrected or refused.

use serde::{Deserialize, Serialize};
use values::{Digest, Moment};

use crate::{Actor, Observation, Post, PostKey};

/// One picture, one person's word for it. A later one takes the place of an earlier one; both stay in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcription {
    /// SHA-256 of the picture; of several stitched together, that of the first.
    pub picture: Digest,
    /// Who says so.
    pub by: Actor,
    /// When.
    pub at: Moment,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The fields the person changed or filled in; empty where what was read was confirmed as it stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
    /// The post the picture shows, and this sighting of it; `None` where the person says that it shows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shows: Option<Box<(Post, Observation)>>,
    /// The captured post it was found to be; the sighting then stands under that post's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<SameAs>,
}

/// Why two sightings are of one post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameAs {
    /// The captured post.
    pub post: PostKey,
    /// What was the same, in words.
    pub why: String,
}
