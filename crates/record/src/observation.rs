//! One sighting of a post: what it counted, and in what state it was, at a time, in a capture.

use serde::{Deserialize, Serialize};
use values::{Moment, Place};

/// Numbers a platform showed beside a post. `None` means that the capture does not show the number; it is never zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Counts {
    /// Views (impressions, plays).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// Likes (favourites, reactions).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// Reposts (retweets, shares, boosts).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reposts: Option<u64>,
    /// Quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quotes: Option<u64>,
    /// Replies (comments).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<u64>,
    /// Bookmarks (saves).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookmarks: Option<u64>,
}

/// What became of a post, as one capture shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It was there.
    Visible,
    /// It was there, in a version after an edit.
    Edited,
    /// The capture says that it was deleted.
    Deleted,
    /// The capture says that the platform withholds it.
    Withheld,
    /// The capture refers to it and does not show it (a tombstone, a missing parent).
    Unavailable,
}

/// How near a capture is to what the platform or author sent: the strength ladder, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    /// Written down by a person.
    Told,
    /// Pixels on a screen.
    Screenshot,
    /// A page rebuilt from a browser's memory and saved.
    SavedPage,
    /// A table or list made by a program from what a server sent, with known losses.
    Derived,
    /// A record a collecting program kept nearly as the server sent it.
    Collected,
    /// The server's own answer, or a platform's own export.
    Server,
    /// The server's own answer in an archive whose signature was checked.
    SignedArchive,
    /// Signed by the author's own key, checked.
    Authored,
}

/// One sighting of a post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Observation {
    /// Where in the capture.
    pub place: Place,
    /// When it was captured, by the best source in the capture. `None` where the capture does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Moment>,
    /// What the platform counted at that moment.
    #[serde(default)]
    pub counts: Counts,
    /// What had become of the post.
    pub state: State,
    /// How near the capture is to what was sent.
    pub fidelity: Fidelity,
}
