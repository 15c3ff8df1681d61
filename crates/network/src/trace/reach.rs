//! Reach as captured: views with the time of the capture that shows them, never extrapolated.
//!
//! A plain repost shows its original's numbers on most platforms, so it is listed and never added: adding it would count
//! the same views twice.

use record::{AccountKey, PostKey};
use serde::{Deserialize, Serialize};
use values::Digest;

use super::limits::CannotShow;
use super::node::Posts;

/// A number of views and the capture that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shown {
    /// When it was captured, in milliseconds since the Unix epoch; `None` where the capture does not say.
    pub seen: Option<i64>,
    /// The views shown.
    pub views: u64,
    /// The capture.
    pub capture: Digest,
}

/// One post's captured views.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachRow {
    /// The post.
    pub post: PostKey,
    /// Its account.
    pub account: Option<AccountKey>,
    /// When it was written, in milliseconds since the Unix epoch.
    pub written: Option<i64>,
    /// Every number shown, by time of capture; those of unknown time first.
    pub shown: Vec<Shown>,
    /// The fewest and the most views any capture shows.
    pub range: Option<(u64, u64)>,
    /// Whether it is added to the total: plain reposts are not.
    pub added: bool,
}

/// The reach of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The claim.
    pub claim: String,
    /// Its posts, by time.
    pub rows: Vec<ReachRow>,
    /// Sum of the fewest and of the most views of each added post.
    pub total: (u64, u64),
    /// How many added posts show no views: their reach is not zero but unknown.
    pub unknown: u64,
    /// How many plain reposts were listed and not added.
    pub not_added: u64,
    /// Steps of the sum of views shown by captures up to a time (milliseconds): a post counts from its first capture on.
    pub curve: Vec<(i64, u64)>,
    /// What this cannot show.
    pub cannot_show: CannotShow,
}

/// Returns the reach of each claim, by claim.
pub(crate) fn reach(posts: &Posts) -> Vec<Reach> {
    posts.claims().into_iter().map(|claim| of(posts, claim)).collect()
}

fn of(posts: &Posts, claim: &str) -> Reach {
    let rows: Vec<ReachRow> = (0..posts.list.len())
        .filter(|at| posts.asserts[*at].contains(&claim))
        .map(|at| {
            let post = posts.list[at];
            let mut shown: Vec<Shown> = post
                .sightings
                .iter()
                .filter_map(|sighting| {
                    Some(Shown { seen: sighting.seen, views: sighting.views?, capture: sighting.capture })
                })
                .collect();
            shown.sort();
            shown.dedup();
            let fewest = shown.iter().map(|shown| shown.views).min();
            let most = shown.iter().map(|shown| shown.views).max();
            ReachRow {
                post: post.key.clone(),
                account: post.account.clone(),
                written: post.written,
                shown,
                range: fewest.zip(most),
                added: !posts.plain_repost(at),
            }
        })
        .collect();
    let added = || rows.iter().filter(|row| row.added);
    let total = added()
        .filter_map(|row| row.range)
        .fold((0u64, 0u64), |sum, range| (sum.0.saturating_add(range.0), sum.1.saturating_add(range.1)));
    Reach {
        claim: claim.to_owned(),
        total,
        unknown: added().filter(|row| row.range.is_none()).count() as u64,
        not_added: rows.iter().filter(|row| !row.added).count() as u64,
        curve: curve(added()),
        rows,
        cannot_show: CannotShow::ViewsAsShown,
    }
}

/// Returns the steps of the sum over posts of the most views shown so far.
fn curve<'a>(rows: impl Iterator<Item = &'a ReachRow>) -> Vec<(i64, u64)> {
    let mut rises: Vec<(i64, u64)> = Vec::new();
    for row in rows {
        let mut most = 0;
        for (seen, views) in row.shown.iter().filter_map(|shown| Some((shown.seen?, shown.views))) {
            if views > most {
                rises.push((seen, views - most));
                most = views;
            }
        }
    }
    rises.sort_unstable();
    let mut curve: Vec<(i64, u64)> = Vec::new();
    let mut sum = 0u64;
    for (seen, rise) in rises {
        sum = sum.saturating_add(rise);
        match curve.last_mut() {
            Some(last) if last.0 == seen => last.1 = sum,
            _ => curve.push((seen, sum)),
        }
    }
    curve
}
