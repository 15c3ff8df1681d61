//! What a reader makes of one capture, item by item, so that memory stays bounded.

use serde::{Deserialize, Serialize};
use values::{Place, Trouble};

use crate::{Incident, Observation, Post};

/// One thing found in a capture, in the order it stands there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "item")]
pub enum Item {
    /// A post and this sighting of it.
    Post {
        /// What it says.
        post: Box<Post>,
        /// When and how it was seen.
        observation: Observation,
    },
    /// A call, letter or visit.
    Incident {
        /// What was written down.
        incident: Box<Incident>,
        /// Where.
        place: Place,
    },
    /// Something imperfect.
    Trouble(Trouble),
    /// Something of which nothing was made: kept as it is, never dropped in silence.
    Leftover {
        /// Where.
        place: Place,
        /// What it seems to be, in one sentence.
        what: String,
    },
}

/// Takes what a reader finds, one item after another.
pub trait Sink {
    /// Takes one item.
    fn take(&mut self, item: Item);

    /// Takes the bytes of a file found inside a capture that is worth keeping on its own (a picture of a page, an
    /// attachment). The default leaves it where it is.
    fn member(&mut self, _place: Place, _name: &str, _bytes: &[u8]) {}
}

impl Sink for Vec<Item> {
    fn take(&mut self, item: Item) {
        self.push(item);
    }
}
