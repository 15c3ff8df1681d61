//! Who was first in this collection, with the runners-up and how sure that is.

use std::collections::BTreeMap;

use record::{AccountKey, PostKey};
use serde::{Deserialize, Serialize};

use super::limits::CannotShow;
use super::node::Posts;

/// The thing that was seen first somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of", content = "what")]
pub enum Subject {
    /// A claim, by id.
    Claim(String),
    /// A link, in the form for comparing.
    Link(String),
    /// A picture or film, by name.
    Media(String),
    /// Words in nearly the same form, by the earliest post of the group.
    Text(PostKey),
}

/// How sure it is that the first was first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// The next came later than all doubt about the two times.
    Clear,
    /// The times are too near each other, or too doubtful, to tell.
    Close,
    /// The first one itself passes on or answers a post that is not in this collection.
    PointsOutside,
    /// Nothing else holds it.
    Alone,
}

impl Sure {
    /// Returns the word used in JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Close => "close",
            Self::PointsOutside => "points-outside",
            Self::Alone => "alone",
        }
    }
}

/// A post in the order of first sight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighted {
    /// The post.
    pub post: PostKey,
    /// Its account.
    pub account: Option<AccountKey>,
    /// When it was written, in milliseconds since the Unix epoch.
    pub written: i64,
}

/// The earliest post in this collection that holds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSeen {
    /// What it holds.
    pub subject: Subject,
    /// The earliest.
    pub first: Sighted,
    /// The next ones by other accounts, at most four.
    pub next: Vec<Sighted>,
    /// How many posts hold it in all.
    pub posts: u64,
    /// How many of them carry no time and could be earlier.
    pub undated: u64,
    /// How sure.
    pub sure: Sure,
    /// What this cannot show.
    pub cannot_show: CannotShow,
}

/// Returns who was first for each claim, and for each link, picture and text that at least two accounts posted.
///
/// Plain reposts are not firsts: they come after their original by nature.
pub(crate) fn first_seen(posts: &Posts, texts: &[Vec<usize>]) -> Vec<FirstSeen> {
    let mut holders: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (at, post) in posts.list.iter().enumerate().filter(|(at, _)| !posts.plain_repost(*at)) {
        let claims = post.asserts.iter().cloned().map(Subject::Claim);
        let links = post.links.iter().cloned().map(Subject::Link);
        let media = post.media.iter().map(|media| Subject::Media(media.to_string()));
        for subject in claims.chain(links).chain(media) {
            let list = holders.entry(subject).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    for group in texts {
        let list: Vec<usize> = group.iter().copied().filter(|at| !posts.plain_repost(*at)).collect();
        if let Some(first) = list.first() {
            holders.insert(Subject::Text(posts.list[*first].key.clone()), list);
        }
    }
    holders.into_iter().filter_map(|(subject, list)| of(posts, subject, &list)).collect()
}

fn of(posts: &Posts, subject: Subject, list: &[usize]) -> Option<FirstSeen> {
    // `Posts` is sorted by time with undated posts last, and so is each list.
    let dated: Vec<(usize, Sighted)> = list
        .iter()
        .filter_map(|at| {
            let post = posts.list[*at];
            let sighted =
                Sighted { post: post.key.clone(), account: post.account.clone(), written: post.written? };
            Some((*at, sighted))
        })
        .collect();
    let (at, first) = dated.first()?.clone();
    let mut accounts = vec![first.account.clone()];
    let mut next: Vec<(usize, Sighted)> = Vec::new();
    for (other, sighted) in &dated[1..] {
        if sighted.account.is_none() || !accounts.contains(&sighted.account) {
            accounts.push(sighted.account.clone());
            next.push((*other, sighted.clone()));
            if next.len() == 4 {
                break;
            }
        }
    }
    if next.is_empty() && !matches!(subject, Subject::Claim(_)) {
        return None;
    }
    let post = posts.list[at];
    let outside =
        [&post.reply_to, &post.quote_of].into_iter().flatten().any(|parent| posts.find(parent).is_none());
    let sure = match next.first() {
        _ if outside => Sure::PointsOutside,
        None => Sure::Alone,
        Some((other, sighted)) => {
            let doubt = post.doubt_ms.saturating_add(posts.list[*other].doubt_ms);
            if sighted.written.saturating_sub(first.written) > doubt { Sure::Clear } else { Sure::Close }
        }
    };
    Some(FirstSeen {
        subject,
        first,
        next: next.into_iter().map(|(_, sighted)| sighted).collect(),
        posts: list.len() as u64,
        undated: (list.len() - dated.len()) as u64,
        sure,
        cannot_show: CannotShow::FirstOutside,
    })
}
