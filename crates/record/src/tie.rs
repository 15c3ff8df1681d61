//! A tie between two posts.

use serde::{Deserialize, Serialize};

use crate::PostKey;

/// How two posts hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieKind {
    /// `from` passes `to` on without a word.
    Repost,
    /// `from` passes `to` on with words added.
    Quote,
    /// `from` answers `to`.
    Reply,
    /// Both hold the same or nearly the same words.
    SameText,
    /// Both hold the same link.
    SameLink,
    /// Both hold the same picture.
    SameImage,
}

/// A tie: `from` acts on `to`. For the three kinds that state sameness, `from` is the later post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Tie {
    /// The post that acts.
    pub from: PostKey,
    /// The post acted on. It need not be in the case: what is missing is evidence too.
    pub to: PostKey,
    /// How.
    pub kind: TieKind,
}
