//! How a post spread: trees of reposts, quotes, replies and later copies.
//!
//! A parent that a capture states is a fact, whether or not the parent itself was captured. A parent found because the
//! words or the link are the same and earlier is marked as inferred.

use std::collections::{BTreeMap, BTreeSet};

use record::{AccountKey, PostKey, TieKind};
use serde::{Deserialize, Serialize};

use super::limits::CannotShow;
use super::node::Posts;

/// How a parent is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// A capture states it and the parent is in the collection.
    Captured,
    /// A capture states it; the parent is not in the collection.
    ParentMissing,
    /// Taken from equal words or link and time; no capture states it.
    Inferred,
}

impl How {
    /// Returns the word used in JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::ParentMissing => "parent-missing",
            Self::Inferred => "inferred",
        }
    }
}

/// A post in a tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The post.
    pub post: PostKey,
    /// Its account.
    pub account: Option<AccountKey>,
    /// When it was written, in milliseconds since the Unix epoch.
    pub written: Option<i64>,
    /// The post it comes from.
    pub parent: PostKey,
    /// What ties the two.
    pub tie: TieKind,
    /// How the parent is known.
    pub how: How,
    /// Steps from the root, from 1.
    pub depth: u32,
    /// What this cannot show.
    pub cannot_show: Option<CannotShow>,
}

/// A tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cascade {
    /// Where it begins.
    pub root: PostKey,
    /// Whether the root itself is in the collection.
    pub root_captured: bool,
    /// Everything that comes from it, parents before children, then by time.
    pub branches: Vec<Branch>,
    /// Distinct accounts in it, the root's included where known.
    pub accounts: u64,
}

/// Returns every tree with at least one branch, largest first, then by root.
pub(crate) fn cascades(posts: &Posts, texts: &[Vec<usize>]) -> Vec<Cascade> {
    let mut parents = stated_parents(posts);
    for (parent, inferred) in parents.iter_mut().zip(inferred_parents(posts, texts)) {
        *parent = parent.take().or(inferred);
    }
    cut_rings(posts, &mut parents);
    let mut children: BTreeMap<PostKey, Vec<(usize, TieKind, How)>> = BTreeMap::new();
    for (at, parent) in parents.into_iter().enumerate() {
        if let Some((parent, tie, how)) = parent {
            children.entry(parent).or_default().push((at, tie, how));
        }
    }
    let child_keys: BTreeSet<&PostKey> =
        children.values().flatten().map(|(at, _, _)| &posts.list[*at].key).collect();
    let mut trees: Vec<Cascade> = children
        .keys()
        .filter(|parent| !child_keys.contains(parent))
        .map(|root| grow(posts, root.clone(), &children))
        .collect();
    trees.sort_by(|a, b| b.branches.len().cmp(&a.branches.len()).then_with(|| a.root.cmp(&b.root)));
    trees
}

type Parent = Option<(PostKey, TieKind, How)>;

/// Returns each post's parent as its capture states it.
fn stated_parents(posts: &Posts) -> Vec<Parent> {
    let parent = |post: &&super::PostNode| {
        let (key, tie) = [
            (&post.repost_of, TieKind::Repost),
            (&post.quote_of, TieKind::Quote),
            (&post.reply_to, TieKind::Reply),
        ]
        .into_iter()
        .find_map(|(key, tie)| Some((key.clone()?, tie)))?;
        let how = if posts.find(&key).is_some() { How::Captured } else { How::ParentMissing };
        Some((key, tie, how))
    };
    posts.list.iter().map(parent).collect()
}

/// Cuts every ring that bad input or unlike clocks make: at an inferred parent where there is one, else at the earliest
/// post. Without this a ring would have no root and vanish from the map.
fn cut_rings(posts: &Posts, parents: &mut [Parent]) {
    // 0: not yet seen; otherwise the walk it was seen in.
    let mut walk = vec![0; parents.len()];
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            path.push(at);
            match parents[at].as_ref().and_then(|(key, _, _)| posts.find(key)) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        if let Some(begin) = path.iter().position(|seen| *seen == at) {
            let ring = &path[begin..];
            // A walk that ended at a post without a parent in the collection stands on its last post: no ring.
            let last = ring[ring.len() - 1];
            let back = parents[last].as_ref().and_then(|(key, _, _)| posts.find(key));
            if back == Some(at) {
                let inferred =
                    |at: &&usize| parents[**at].as_ref().is_some_and(|(_, _, how)| *how == How::Inferred);
                let cut = ring.iter().find(inferred).or(ring.iter().min()).copied();
                if let Some(cut) = cut {
                    parents[cut] = None;
                }
            }
        }
    }
}

/// Returns the earliest post with the same words, else the same link, where another account wrote it earlier.
fn inferred_parents(posts: &Posts, texts: &[Vec<usize>]) -> Vec<Parent> {
    let mut inferred: Vec<Parent> = vec![None; posts.list.len()];
    let mut links: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, post) in posts.list.iter().enumerate() {
        for link in &post.links {
            links.entry(link).or_default().push(at);
        }
    }
    let groups = texts.iter().map(|group| (group, TieKind::SameText));
    for (group, tie) in groups.chain(links.values().map(|group| (group, TieKind::SameLink))) {
        let mut before: Option<usize> = None;
        for at in group.iter().copied().filter(|at| posts.list[*at].written.is_some()) {
            if posts.plain_repost(at) {
                continue;
            }
            if let Some(parent) = before.filter(|_| inferred[at].is_none()) {
                let (one, other) = (posts.list[parent], posts.list[at]);
                if one.account.is_none() || one.account != other.account {
                    inferred[at] = Some((one.key.clone(), tie, How::Inferred));
                }
            }
            // The first of the group stays the parent: which of several copies was seen is not known.
            before = before.or(Some(at));
        }
    }
    inferred
}

fn grow(posts: &Posts, root: PostKey, children: &BTreeMap<PostKey, Vec<(usize, TieKind, How)>>) -> Cascade {
    let mut branches: Vec<Branch> = Vec::new();
    let mut accounts: BTreeSet<&AccountKey> = BTreeSet::new();
    let captured = posts.find(&root);
    accounts.extend(captured.and_then(|at| posts.list[at].account.as_ref()));
    let mut seen: BTreeSet<PostKey> = BTreeSet::from([root.clone()]);
    let mut level = vec![root.clone()];
    let mut depth = 0;
    while !level.is_empty() {
        depth += 1;
        let mut next = Vec::new();
        for parent in level {
            for (at, tie, how) in children.get(&parent).into_iter().flatten() {
                let post = posts.list[*at];
                if !seen.insert(post.key.clone()) {
                    continue;
                }
                accounts.extend(post.account.as_ref());
                let cannot_show = match (how, tie) {
                    (How::Inferred, _) => Some(CannotShow::Inferred),
                    (_, TieKind::Repost) => Some(CannotShow::RepostPath),
                    _ => None,
                };
                branches.push(Branch {
                    post: post.key.clone(),
                    account: post.account.clone(),
                    written: post.written,
                    parent: parent.clone(),
                    tie: *tie,
                    how: *how,
                    depth,
                    cannot_show,
                });
                next.push(post.key.clone());
            }
        }
        level = next;
    }
    Cascade { root, root_captured: captured.is_some(), branches, accounts: accounts.len() as u64 }
}
