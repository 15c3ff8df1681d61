//! Accounts of a case that acted on the same things together, by kind of thing, held against chance.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use record::{AccountKey, PostKey};
use serde::{Deserialize, Serialize};

use super::Parameters;
use super::limits::CannotShow;
use super::node::Posts;
use crate::clusters::leiden;
use crate::together::{Builder, Chance, Edge, Error, Measure, Plan, Question, Rates};

/// Rows of one kind and window: more are no map that anybody reads, and each names the posts behind it. Millions of them
/// would fill the memory of a laptop.
const MOST_ROWS: usize = 5_000;
/// A thing that would make more pairs than this in a window is left out of it, and listed: what so many did at one moment
/// says nothing about any two of them, and counting it would take longer than all the rest.
const MOST_PAIRS: u64 = if cfg!(test) { 50_000 } else { 20_000_000 };

/// The kind of thing accounts acted on together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Passed on the same post.
    Repost,
    /// Answered the same post.
    Reply,
    /// Posted the same link.
    Link,
    /// Used the same hashtag.
    Hashtag,
    /// Posted the same or nearly the same words.
    Text,
    /// Posted the same picture or film.
    Media,
}

impl By {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Repost, Self::Reply, Self::Link, Self::Hashtag, Self::Text, Self::Media];
}

impl By {
    /// Returns the word used in JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repost => "repost",
            Self::Reply => "reply",
            Self::Link => "link",
            Self::Hashtag => "hashtag",
            Self::Text => "text",
            Self::Media => "media",
        }
    }
}

/// Two accounts that acted together more often than chance explains.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TogetherRow {
    /// On what kind of thing.
    pub by: By,
    /// One account.
    pub a: AccountKey,
    /// The other; sorts after `a`.
    pub b: AccountKey,
    /// The window, in seconds.
    pub within_s: i64,
    /// Pairs of posts within the window.
    pub weight: u64,
    /// Distinct things.
    pub objects: u32,
    /// Mean time between the two, in seconds.
    pub mean_delta_s: f64,
    /// Pairs in which `a` was first.
    pub a_first: u64,
    /// Pairs in which `b` was first.
    pub b_first: u64,
    /// How rare the shared things are: see [`crate::together::Edge::rarity`].
    pub rarity: f64,
    /// Pairs expected by chance.
    pub expected: f64,
    /// The probability of at least this many by chance.
    pub chance: f64,
    /// The false discovery rate at which this row would just be kept (Benjamini and Hochberg 1995), over all pairs of
    /// accounts of this kind that met at all.
    pub rate: f64,
    /// The posts that make the edge, as pairs (post of `a`, post of `b`), at most 50.
    pub posts: Vec<(PostKey, PostKey)>,
    /// What this cannot show.
    pub cannot_show: CannotShow,
}

/// What was looked at for one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The kind.
    pub by: By,
    /// The window, in seconds.
    pub within_s: i64,
    /// Posts with such a thing.
    pub actions: u64,
    /// Pairs within the window.
    pub pairs: u64,
    /// Pairs of accounts that met at all.
    pub edges: u64,
    /// Pairs of accounts that chance does not explain.
    pub kept: u64,
    /// How many of these stand among the rows: the rarest. `redress together` writes them all.
    #[serde(default)]
    pub shown: u64,
    /// Things left out because they make too many pairs; most first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// A thing that was not looked at: more accounts acted on it at one time than can say anything about two of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The thing: a post, a link, a hashtag, a picture; for words the earliest post with them.
    pub thing: String,
    /// Posts with it.
    pub actions: u64,
    /// Pairs it would make within the window.
    pub pairs: u64,
}

/// Coordination of one trace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coordination {
    /// The rows, rarest shared things first.
    pub rows: Vec<TogetherRow>,
    /// What was looked at.
    pub looked: Vec<Looked>,
    /// Clusters of accounts by the Leiden algorithm over the rows, largest first, each sorted.
    pub clusters: Vec<Vec<AccountKey>>,
}

/// Returns the rows of every kind whose false discovery rate is at most `rate`.
pub(crate) fn coordination(
    posts: &Posts,
    texts: &[Vec<usize>],
    parameters: &Parameters,
) -> Result<Coordination, Error> {
    let mut found = Coordination::default();
    for by in By::ALL {
        let acts = acts(posts, texts, by);
        let mut by_account: BTreeMap<&AccountKey, Vec<&Act>> = BTreeMap::new();
        for act in &acts {
            by_account.entry(act.0).or_default().push(act);
        }
        for within_s in &parameters.windows_s {
            let mut builder = Builder::new();
            for (account, thing, at) in &acts {
                let post = posts.list[*at];
                let Some(written) = post.written else { continue };
                // Refused only beyond four thousand million posts, which no list in memory reaches.
                let _ = builder.push(account.as_str(), thing, post.key.as_str(), written);
            }
            let actions = builder.finish();
            let question = Question {
                within_ms: within_s.saturating_mul(1000),
                min_weight: 1,
                measure: Measure::Pairs,
                chance: Chance::Strength,
                nearer_ms: Vec::new(),
                max_pairs_per_object: Some(MOST_PAIRS),
                memory_budget: parameters.memory_budget,
            };
            let plan = Plan::of(&actions, &question)?;
            // Every edge is looked at twice, once for its chance and once to be kept or not: none is held.
            let mut chances = Vec::new();
            let bill = plan.each(&mut |_| true, &mut |edge| {
                chances.extend(edge.chance.filter(|chance| *chance <= parameters.rate));
                true
            })?;
            let rates = Rates::of(chances, bill.edges);
            let mut kept = 0;
            let mut rarest: Vec<(Edge, f64)> = Vec::new();
            plan.each(&mut |_| true, &mut |edge| {
                let own_rate = rates.of_chance(edge.chance.unwrap_or(1.0));
                if own_rate <= parameters.rate && edge.weight >= 2 {
                    kept += 1;
                    rarest.push((*edge, own_rate));
                    if rarest.len() >= 2 * MOST_ROWS {
                        keep_rarest(&mut rarest);
                    }
                }
                true
            })?;
            keep_rarest(&mut rarest);
            let shown = rarest.len() as u64;
            for (edge, own_rate) in rarest {
                let a = AccountKey::from_stored(actions.account_name(edge.a));
                let b = AccountKey::from_stored(actions.account_name(edge.b));
                found.rows.push(TogetherRow {
                    by,
                    posts: makers(posts, &by_account, &a, &b, question.within_ms),
                    a,
                    b,
                    within_s: *within_s,
                    weight: edge.weight,
                    objects: edge.objects,
                    mean_delta_s: edge.mean_delta_s(),
                    a_first: edge.a_first,
                    b_first: edge.b_first,
                    rarity: edge.rarity,
                    expected: edge.expected.unwrap_or_default(),
                    chance: edge.chance.unwrap_or(1.0),
                    rate: own_rate,
                    cannot_show: CannotShow::WhyTogether,
                });
            }
            let left_out = bill
                .hot
                .iter()
                .filter(|hot| hot.capped)
                .map(|hot| {
                    let name = actions.object_name(hot.object);
                    let first =
                        |number: usize| texts.get(number).map(|group| posts.list[group[0]].key.to_string());
                    let words = (by == By::Text).then(|| name.parse().ok().and_then(first)).flatten();
                    LeftOut {
                        thing: words.unwrap_or_else(|| name.to_owned()),
                        actions: hot.actions,
                        pairs: hot.pairs,
                    }
                })
                .collect();
            if !acts.is_empty() {
                found.looked.push(Looked {
                    by,
                    within_s: *within_s,
                    actions: acts.len() as u64,
                    pairs: bill.pairs,
                    edges: bill.edges,
                    kept,
                    shown,
                    left_out,
                });
            }
        }
    }
    found.rows.sort_by(|x, y| {
        y.rarity
            .total_cmp(&x.rarity)
            .then_with(|| (x.by, x.within_s, &x.a, &x.b).cmp(&(y.by, y.within_s, &y.a, &y.b)))
    });
    found.clusters = clusters(&found.rows, parameters.seed);
    Ok(found)
}

/// Keeps the edges whose shared things are rarest.
fn keep_rarest(edges: &mut Vec<(Edge, f64)>) {
    edges.sort_unstable_by(|(x, _), (y, _)| {
        y.rarity.total_cmp(&x.rarity).then_with(|| (x.a, x.b).cmp(&(y.a, y.b)))
    });
    edges.truncate(MOST_ROWS);
}

/// An account did something to a thing with a post.
pub(super) type Act<'a> = (&'a AccountKey, Cow<'a, str>, usize);

pub(super) fn acts<'a>(posts: &Posts<'a>, texts: &[Vec<usize>], by: By) -> Vec<Act<'a>> {
    let mut acts: Vec<Act> = Vec::new();
    let mut add = |at: usize, thing: Cow<'a, str>| {
        let post = posts.list[at];
        if let (Some(account), Some(_)) = (&post.account, post.written) {
            acts.push((account, thing, at));
        }
    };
    if by == By::Text {
        for (number, group) in texts.iter().enumerate() {
            for at in group.iter().filter(|at| !posts.plain_repost(**at)) {
                add(*at, number.to_string().into());
            }
        }
        return acts;
    }
    for (at, post) in posts.list.iter().enumerate() {
        let own = !posts.plain_repost(at);
        let mut each = |thing: &'a str| add(at, thing.into());
        match by {
            By::Repost => post.repost_of.iter().for_each(|key| each(key.as_str())),
            By::Reply => post.reply_to.iter().for_each(|key| each(key.as_str())),
            By::Link if own => post.links.iter().for_each(|link| each(link)),
            By::Hashtag if own => post.hashtags.iter().for_each(|tag| each(tag)),
            By::Media if own => post.media.iter().for_each(|media| each(media)),
            _ => {}
        }
    }
    acts
}

/// Returns the pairs of posts behind an edge, by time of the post of `a`.
fn makers(
    posts: &Posts,
    by_account: &BTreeMap<&AccountKey, Vec<&Act>>,
    a: &AccountKey,
    b: &AccountKey,
    within_ms: i64,
) -> Vec<(PostKey, PostKey)> {
    const SHOWN: usize = 50;
    let of = |account: &AccountKey| by_account.get(account).map_or(&[][..], Vec::as_slice);
    let mut others: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (_, thing, at) in of(b) {
        others.entry(thing).or_default().push(*at);
    }
    let near = |one: usize, other: usize| {
        let times = posts.list[one].written.zip(posts.list[other].written);
        times.is_some_and(|(x, y)| x.saturating_sub(y).saturating_abs() <= within_ms)
    };
    of(a)
        .iter()
        .flat_map(|(_, thing, one)| {
            let met = others.get(thing.as_ref()).into_iter().flatten();
            met.filter(|other| near(*one, **other)).map(|other| (*one, *other))
        })
        .take(SHOWN)
        .map(|(one, other)| (posts.list[one].key.clone(), posts.list[other].key.clone()))
        .collect()
}

/// Returns the clusters of the accounts that rows join, weighed by the rarity of what they share; largest first, then by
/// their first account.
fn clusters(rows: &[TogetherRow], seed: u64) -> Vec<Vec<AccountKey>> {
    let accounts: BTreeSet<&AccountKey> = rows.iter().flat_map(|row| [&row.a, &row.b]).collect();
    let number: BTreeMap<&AccountKey, usize> = accounts.iter().enumerate().map(|(at, a)| (*a, at)).collect();
    let mut weights: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for row in rows {
        *weights.entry((number[&row.a], number[&row.b])).or_default() += row.rarity.max(1e-3);
    }
    let edges: Vec<(usize, usize, f64)> =
        weights.into_iter().map(|((a, b), weight)| (a, b, weight)).collect();
    let mut groups: BTreeMap<usize, Vec<AccountKey>> = BTreeMap::new();
    for (account, cluster) in accounts.iter().zip(leiden(accounts.len(), &edges, 1.0, seed)) {
        groups.entry(cluster).or_default().push((*account).clone());
    }
    let mut groups: Vec<Vec<AccountKey>> = groups.into_values().collect();
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_edges_the_rarest_are_kept_whatever_their_order() {
        let edge = |n: u32| Edge {
            a: n,
            b: n + 1,
            weight: 2,
            objects: 1,
            posts_a: 1,
            posts_b: 1,
            delta_ms: 0,
            a_first: 0,
            b_first: 0,
            nearer: Default::default(),
            rarity: f64::from(n % 7_000),
            expected: None,
            chance: None,
        };
        let mut forth: Vec<(Edge, f64)> = (0..9_000).map(|n| (edge(n), 0.0)).collect();
        let mut back: Vec<(Edge, f64)> = (0..9_000).rev().map(|n| (edge(n), 0.0)).collect();
        keep_rarest(&mut forth);
        keep_rarest(&mut back);
        assert_eq!(forth.len(), MOST_ROWS);
        assert_eq!(forth, back);
        assert_eq!((forth[0].0.rarity, forth[1].0.rarity), (6_999.0, 6_998.0));
    }
}
