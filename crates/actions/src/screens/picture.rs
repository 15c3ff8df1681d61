//! The traced map as a picture: accounts, what ties them, where to draw them, and which posts prove each tie.

use std::collections::{BTreeMap, BTreeSet};

use case::view::View;
pub use network::trace::Map;
use network::trace::Proof;
pub use network::trace::Subject;
use network::write::{self, Graph, Page};
use record::{PostKey, TieKind};

use super::gentle;
use crate::ActionError;

/// The most accounts that are drawn; those in most ties are kept, and what is left out is counted.
pub const MOST: usize = 10_000;
/// Posts named for one tie.
const PROOFS: usize = 20;

/// Accounts, ties and places.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// The accounts, those in most ties first.
    pub nodes: Vec<Node>,
    /// The ties.
    pub ties: Vec<Tie>,
    /// Accounts left out.
    pub left_out: usize,
}

/// An account in the picture.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its key.
    pub key: String,
    /// What to call it; `None` where the name is to stay out of sight.
    pub shown: Option<String>,
    /// Where to draw it, -1 to 1.
    pub at: (f32, f32),
    /// How often others passed on, quoted or answered it.
    pub passed_on: u64,
    /// How often it passed on, quoted or answered others.
    pub passes_on: u64,
    /// Claims of which it has the earliest post in this collection.
    pub first_of: Vec<String>,
    /// Posts after a correction came to it.
    pub after_notice: usize,
    /// Whether it corrected a claim or passed a correction on.
    pub corrected: bool,
    /// Its group among those who acted together more often than chance, from 1.
    pub group: Option<usize>,
}

/// A tie between two accounts.
#[derive(Debug, Clone)]
pub struct Tie {
    /// An index into the nodes: who passed on, quoted or answered; for `together` the one that sorts first.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// What ties them.
    pub what: TieWhat,
    /// How many posts.
    pub weight: u64,
    /// The posts that prove it, at most 20.
    pub posts: Vec<PostKey>,
    /// For `together`: the probability of at least this many by chance.
    pub chance: Option<f64>,
    /// For `together`: the window in seconds.
    pub within_s: Option<i64>,
}

/// What ties two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieWhat {
    /// Passed on without a word.
    Repost,
    /// Passed on with words added.
    Quote,
    /// Answered.
    Reply,
    /// The same words, link or picture.
    Same,
    /// Acted together more often than chance.
    Together,
}

impl TieWhat {
    /// Returns the word used in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repost => "repost",
            Self::Quote => "quote",
            Self::Reply => "reply",
            Self::Same => "same",
            Self::Together => "together",
        }
    }
}

/// Returns the latest map with its place in the ledger; `None` where nothing was traced.
pub fn latest(view: View<'_>) -> Result<Option<(u64, Map)>, ActionError> {
    let Some(event) = view.latest_trace()? else { return Ok(None) };
    Ok(view.latest_map()?.map(|map| (event, map)))
}

/// Draws the map.
pub fn picture(view: View<'_>, map: &Map) -> Result<Picture, ActionError> {
    let mut ties = spread(view, map)?;
    for row in &map.coordination.rows {
        let posts = row.posts.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).take(PROOFS).collect();
        let tie = Gathered { weight: row.weight, posts, chance: Some((row.chance, row.within_s)) };
        let key = (row.a.as_str().to_owned(), row.b.as_str().to_owned(), TieWhat::Together);
        // The same two on several kinds of things or in several windows: the one least likely by chance is drawn.
        let better =
            ties.get(&key).is_none_or(|known| known.chance.is_none_or(|(chance, _)| row.chance < chance));
        if better {
            ties.insert(key, tie);
        }
    }
    let mut degree: BTreeMap<&str, u64> = BTreeMap::new();
    for (from, to, _) in ties.keys() {
        *degree.entry(from).or_default() += 1;
        *degree.entry(to).or_default() += 1;
    }
    for first in &map.first_seen {
        if let (Subject::Claim(_), Some(account)) = (&first.subject, &first.first.account) {
            degree.entry(account.as_str()).or_default();
        }
    }
    for row in &map.notice.went_on {
        degree.entry(row.account.as_str()).or_default();
    }
    let mut order: Vec<(&str, u64)> = degree.into_iter().collect();
    order.sort_by_key(|(key, degree)| (std::cmp::Reverse(*degree), *key));
    let left_out = order.len().saturating_sub(MOST);
    order.truncate(MOST);
    let place: BTreeMap<&str, usize> = order.iter().enumerate().map(|(n, (key, _))| (*key, n)).collect();
    let drawn: Vec<Tie> = ties
        .iter()
        .filter_map(|((from, to, what), tie)| {
            Some(Tie {
                from: *place.get(from.as_str())?,
                to: *place.get(to.as_str())?,
                what: *what,
                weight: tie.weight,
                posts: tie.posts.clone(),
                chance: tie.chance.map(|(chance, _)| chance),
                within_s: tie.chance.map(|(_, within)| within),
            })
        })
        .collect();
    let pairs: Vec<_> = drawn.iter().map(|tie| (tie.from, tie.to, tie.weight.max(1) as f64)).collect();
    let places = network::layout::places(order.len(), &pairs);
    let mut nodes = Vec::with_capacity(order.len());
    for ((key, _), at) in order.iter().zip(places) {
        let account = view.account(key)?;
        nodes.push(Node {
            key: (*key).to_owned(),
            shown: account
                .as_ref()
                .map_or_else(|| (!gentle::is_harsh(key)).then(|| (*key).to_owned()), gentle::account),
            at,
            passed_on: 0,
            passes_on: 0,
            first_of: Vec::new(),
            after_notice: 0,
            corrected: false,
            group: None,
        });
    }
    for tie in drawn.iter().filter(|tie| tie.what != TieWhat::Together) {
        nodes[tie.from].passes_on += tie.weight;
        nodes[tie.to].passed_on += tie.weight;
    }
    name_roles(map, &place, &mut nodes);
    Ok(Picture { nodes, ties: drawn, left_out })
}

struct Gathered {
    weight: u64,
    posts: Vec<PostKey>,
    chance: Option<(f64, i64)>,
}

type Gatherings = BTreeMap<(String, String, TieWhat), Gathered>;

/// Ties between accounts out of the trees of spread.
fn spread(view: View<'_>, map: &Map) -> Result<Gatherings, ActionError> {
    let mut by_post: BTreeMap<&PostKey, String> = BTreeMap::new();
    for tree in &map.cascades {
        for branch in &tree.branches {
            if let Some(account) = &branch.account {
                by_post.insert(&branch.post, account.as_str().to_owned());
            }
        }
    }
    for tree in &map.cascades {
        if !by_post.contains_key(&tree.root)
            && let Some(seen) = view.seen(&tree.root)?
            && let Some(key) = seen.post.author.key()
        {
            by_post.insert(&tree.root, key.as_str().to_owned());
        }
    }
    let mut ties = Gatherings::new();
    for branch in map.cascades.iter().flat_map(|tree| &tree.branches) {
        let (Some(from), Some(to)) = (by_post.get(&branch.post), by_post.get(&branch.parent)) else {
            continue;
        };
        if from == to {
            continue;
        }
        let what = match branch.tie {
            TieKind::Repost => TieWhat::Repost,
            TieKind::Quote => TieWhat::Quote,
            TieKind::Reply => TieWhat::Reply,
            TieKind::SameText | TieKind::SameLink | TieKind::SameImage => TieWhat::Same,
        };
        let tie = ties.entry((from.clone(), to.clone(), what)).or_insert_with(|| Gathered {
            weight: 0,
            posts: Vec::new(),
            chance: None,
        });
        tie.weight += 1;
        if tie.posts.len() < PROOFS {
            tie.posts.push(branch.post.clone());
        }
    }
    Ok(ties)
}

fn name_roles(map: &Map, place: &BTreeMap<&str, usize>, nodes: &mut [Node]) {
    for first in &map.first_seen {
        if let (Subject::Claim(claim), Some(account)) = (&first.subject, &first.first.account)
            && let Some(n) = place.get(account.as_str())
        {
            nodes[*n].first_of.push(claim.clone());
        }
    }
    for row in &map.notice.went_on {
        if let Some(n) = place.get(row.account.as_str()) {
            nodes[*n].after_notice += row.kept_on.len() + row.passed_on.len();
        }
    }
    for row in &map.notice.credited {
        if let Some(n) = place.get(row.account.as_str()) {
            nodes[*n].corrected = true;
        }
    }
    for (number, group) in map.coordination.clusters.iter().enumerate() {
        for n in group.iter().filter_map(|account| place.get(account.as_str())) {
            nodes[*n].group = Some(number + 1);
        }
    }
}

/// The posts that show what the map says of an account: first seen, after notice with its proof, and credit.
pub fn proofs(map: &Map, account: &str) -> Vec<PostKey> {
    let mut posts = BTreeSet::new();
    for first in &map.first_seen {
        if first.first.account.as_ref().is_some_and(|key| key.as_str() == account) {
            posts.insert(first.first.post.clone());
        }
    }
    for row in map.notice.went_on.iter().filter(|row| row.account.as_str() == account) {
        posts.extend(row.kept_on.iter().chain(&row.passed_on).cloned());
        if let Proof::Post { post, correction } = &row.proof {
            posts.extend([post.clone(), correction.clone()]);
        }
    }
    for row in map.notice.credited.iter().filter(|row| row.account.as_str() == account) {
        posts.extend(row.posts.iter().cloned());
    }
    posts.into_iter().collect()
}

/// Writes the map as a file: `svg`, `gexf`, `graphml` (accounts that acted together), `spread.gexf` (the trees of posts)
/// or `csv` (a row for each tie of the picture). `None` for any other word.
pub fn file(map: &Map, picture: &Picture, ending: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match ending {
        "gexf" => write::gexf(&graph(picture), &mut out).ok()?,
        "graphml" => write::graphml(&graph(picture), &mut out).ok()?,
        "spread.gexf" => write::gexf(&Graph::of_spread(map), &mut out).ok()?,
        "csv" => out = csv(picture).into_bytes(),
        "svg" => {
            let page = Page {
                title: "Accounts tied in this collection".to_owned(),
                below: "Earliest and ties are those of this collection. A tie shows no agreement, and an account is not a person."
                    .to_owned(),
                groups: 6,
                accounts: 40,
                left_out: "Not drawn: groups {groups}, accounts {accounts}.".to_owned(),
            };
            out = write::svg(&graph(picture), &page).into_bytes();
        }
        _ => return None,
    }
    Some(out)
}

fn graph(picture: &Picture) -> Graph {
    use network::write::Value;
    let nodes = picture
        .nodes
        .iter()
        .map(|node| write::Node {
            id: node.key.clone(),
            label: node.key.clone(),
            start: None,
            values: vec![
                ("passed_on", Value::Whole(whole(node.passed_on))),
                ("passes_on", Value::Whole(whole(node.passes_on))),
                ("first_of", Value::Text(node.first_of.join(" "))),
                ("after_notice", Value::Whole(node.after_notice as i64)),
                ("corrected", Value::Whole(i64::from(node.corrected))),
                ("group", Value::Whole(node.group.map_or(0, |group| group as i64))),
            ],
        })
        .collect();
    let lines = picture
        .ties
        .iter()
        .map(|tie| {
            let mut values = vec![("what", Value::Text(tie.what.word().to_owned()))];
            values.extend(tie.chance.map(|chance| ("chance", Value::Number(chance))));
            write::Line { from: tie.from, to: tie.to, weight: tie.weight as f64, start: None, values }
        })
        .collect();
    Graph { directed: true, nodes, lines }
}

fn csv(picture: &Picture) -> String {
    let rows = picture.ties.iter().map(|tie| {
        let posts: Vec<&str> = tie.posts.iter().map(PostKey::as_str).collect();
        vec![
            picture.nodes[tie.from].key.clone(),
            picture.nodes[tie.to].key.clone(),
            tie.what.word().to_owned(),
            tie.weight.to_string(),
            tie.chance.map_or_else(String::new, |chance| chance.to_string()),
            posts.join(" "),
        ]
    });
    report::packages::table(&["from", "to", "what", "weight", "chance", "posts"], rows)
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
