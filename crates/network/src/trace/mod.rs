//! The trace: what the posts of a case, taken together, show. First seen, how it spread, who acted together, who went on
//! after notice, how far it reached, what came
//! in around it.
//!
//! Three findings are kept apart, because law and fairness treat them apart: *spread*, *coordination* and *notice*. Each
//! row carries the posts that prove it and says what it cannot show. Nothing here names a person or a guilt.

mod actions;
mod cascade;
mod coordination;
mod first;
mod limits;
mod node;
mod notice;
mod reach;
mod surge;
#[cfg(test)]
pub(crate) mod tests;

pub use actions::actions;
pub use cascade::{Branch, Cascade, How};
pub use coordination::{By, Coordination, LeftOut, Looked, TogetherRow};
pub use first::{FirstSeen, Sighted, Subject, Sure};
pub use limits::CannotShow;
pub use node::{PostNode, Served, Sighting};
pub use notice::{Basis, Credit, Credited, NoticeLedger, NoticeRow, Proof};
pub use reach::{Reach, ReachRow, Shown};
pub use surge::{Around, Attributed, Hour, Model, Surge};

use record::PostKey;
use serde::{Deserialize, Serialize};

use crate::{alike, together};

/// Returns the word of a tie, as in JSON.
pub(crate) const fn tie_word(tie: record::TieKind) -> &'static str {
    match tie {
        record::TieKind::Repost => "repost",
        record::TieKind::Quote => "quote",
        record::TieKind::Reply => "reply",
        record::TieKind::SameText => "same-text",
        record::TieKind::SameLink => "same-link",
        record::TieKind::SameImage => "same-image",
    }
}

/// What a trace is made with; kept beside the map so that it can be made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// The windows in which accounts act together, in seconds.
    pub windows_s: Vec<i64>,
    /// The false discovery rate up to which rows of coordination are kept.
    pub rate: f64,
    /// The share of shingles (exact Jaccard) from which texts are nearly the same.
    pub alike: f64,
    /// Retraction demands and corrections served outside the platforms.
    pub served: Vec<Served>,
    /// Hours looked at on either side of a post for the surge.
    pub surge_hours: u32,
    /// What the clusters' draws begin with.
    pub seed: u64,
    /// Bytes of memory the coordination may take.
    pub memory_budget: u64,
}

/// What the posts, taken together, show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Map {
    /// Posts looked at, each key once.
    pub posts: u64,
    /// Who was first, by claim, link, picture and text.
    pub first_seen: Vec<FirstSeen>,
    /// Trees of spread, largest first.
    pub cascades: Vec<Cascade>,
    /// Groups of posts with nearly the same words: each by time, groups by their first post's time.
    pub same_text: Vec<Vec<PostKey>>,
    /// Accounts that acted together.
    pub coordination: Coordination,
    /// Who went on after notice, and who is credited.
    pub notice: NoticeLedger,
    /// Captured views of each claim.
    pub reach: Vec<Reach>,
    /// Threats and harassment around the posts that spread a claim.
    pub surge: Surge,
}

/// Returns the map of `posts`. The order of `posts` does not change it; of posts with the same key the first by time is
/// taken.
///
/// Errors where the coordination does not fit the memory allowed or a window is negative.
pub fn trace(posts: &[PostNode], parameters: &Parameters) -> Result<Map, together::Error> {
    let posts = node::Posts::new(posts);
    let texts: Vec<&[u8]> = posts.list.iter().map(|post| post.text_key.as_slice()).collect();
    let texts = alike::groups(&texts, parameters.alike);
    Ok(Map {
        posts: posts.list.len() as u64,
        first_seen: first::first_seen(&posts, &texts),
        cascades: cascade::cascades(&posts, &texts),
        same_text: texts
            .iter()
            .map(|group| group.iter().map(|at| posts.list[*at].key.clone()).collect())
            .collect(),
        coordination: coordination::coordination(&posts, &texts, parameters)?,
        notice: notice::ledger(&posts, &parameters.served),
        reach: reach::reach(&posts),
        surge: surge::surge(&posts, parameters.surge_hours),
    })
}
