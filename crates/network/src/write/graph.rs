//! A graph with typed values, independent of where it goes.

use std::collections::{BTreeMap, BTreeSet};

use crate::disarm;
use crate::together::{Actions, Edge};
use crate::trace::Map;

/// A value of a node or a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its name, distinct in the graph.
    pub id: String,
    /// What to write beside it.
    pub label: String,
    /// When it begins, in milliseconds since the Unix epoch.
    pub start: Option<i64>,
    /// Its values, each name once; a name has one type in the whole graph.
    pub values: Vec<(&'static str, Value)>,
}

/// A line between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it begins: an index into the nodes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Its weight.
    pub weight: f64,
    /// When it begins, in milliseconds since the Unix epoch.
    pub start: Option<i64>,
    /// Its values.
    pub values: Vec<(&'static str, Value)>,
}

/// A graph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// Whether lines have a direction.
    pub directed: bool,
    /// Nodes, in order of id.
    pub nodes: Vec<Node>,
    /// Lines.
    pub lines: Vec<Line>,
}

impl Graph {
    /// Returns the accounts of `edges` and the edges between them.
    pub fn of_edges<'a>(actions: &Actions, edges: impl IntoIterator<Item = &'a Edge>) -> Self {
        let edges: Vec<&Edge> = edges.into_iter().collect();
        let accounts: BTreeSet<u32> = edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
        let place: BTreeMap<u32, usize> =
            accounts.iter().enumerate().map(|(at, account)| (*account, at)).collect();
        let nodes = accounts.iter().map(|account| plain(actions.account_name(*account))).collect();
        let lines = edges
            .iter()
            .map(|edge| {
                let mut values = vec![
                    ("objects", Value::Whole(i64::from(edge.objects))),
                    ("mean_delta_s", Value::Number(edge.mean_delta_s())),
                    ("a_first", Value::Whole(whole(edge.a_first))),
                    ("b_first", Value::Whole(whole(edge.b_first))),
                    ("rarity", Value::Number(edge.rarity)),
                ];
                values.extend(edge.expected.map(|expected| ("expected", Value::Number(expected))));
                values.extend(edge.chance.map(|chance| ("chance", Value::Number(chance))));
                Line {
                    from: place[&edge.a],
                    to: place[&edge.b],
                    weight: edge.weight as f64,
                    start: None,
                    values,
                }
            })
            .collect();
        Self { directed: false, nodes, lines }
    }

    /// Returns the accounts that acted together, with their cluster.
    pub fn of_coordination(map: &Map) -> Self {
        let rows = &map.coordination.rows;
        let names: BTreeSet<&str> = rows.iter().flat_map(|row| [row.a.as_str(), row.b.as_str()]).collect();
        let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut nodes: Vec<Node> = names.iter().map(|name| plain(name)).collect();
        for (number, cluster) in map.coordination.clusters.iter().enumerate() {
            for at in cluster.iter().filter_map(|account| place.get(account.as_str())) {
                nodes[*at].values.push(("cluster", Value::Whole(number as i64 + 1)));
            }
        }
        let lines = rows
            .iter()
            .map(|row| Line {
                from: place[row.a.as_str()],
                to: place[row.b.as_str()],
                weight: row.weight as f64,
                start: None,
                values: [
                    ("by", Value::Text(row.by.word().to_owned())),
                    ("within_s", Value::Whole(row.within_s)),
                    ("objects", Value::Whole(i64::from(row.objects))),
                    ("mean_delta_s", Value::Number(row.mean_delta_s)),
                    ("rarity", Value::Number(row.rarity)),
                    ("expected", Value::Number(row.expected)),
                    ("chance", Value::Number(row.chance)),
                    ("rate", Value::Number(row.rate)),
                ]
                .into_iter()
                .chain(
                    disarm::of_together(row.by)
                        .map(|technique| ("disarm", Value::Text(technique.id.to_owned()))),
                )
                .collect(),
            })
            .collect();
        Self { directed: false, nodes, lines }
    }

    /// Returns the posts of all trees of spread, each line from a post to the one it comes from.
    pub fn of_spread(map: &Map) -> Self {
        let mut found: BTreeMap<&str, Node> = BTreeMap::new();
        for tree in &map.cascades {
            let root = found.entry(tree.root.as_str()).or_insert_with(|| plain(tree.root.as_str()));
            root.values = vec![("captured", Value::Whole(i64::from(tree.root_captured)))];
            for branch in &tree.branches {
                let mut node = plain(branch.post.as_str());
                node.start = branch.written;
                node.values.push(("captured", Value::Whole(1)));
                node.values.extend(branch.account.iter().map(|a| ("account", Value::Text(a.to_string()))));
                found.insert(branch.post.as_str(), node);
            }
        }
        let place: BTreeMap<&str, usize> = found.keys().enumerate().map(|(at, key)| (*key, at)).collect();
        let lines = map
            .cascades
            .iter()
            .flat_map(|tree| &tree.branches)
            .map(|branch| Line {
                from: place[branch.post.as_str()],
                to: place[branch.parent.as_str()],
                weight: 1.0,
                start: branch.written,
                values: vec![
                    ("tie", Value::Text(crate::trace::tie_word(branch.tie).to_owned())),
                    ("how", Value::Text(branch.how.word().to_owned())),
                ],
            })
            .collect();
        Self { directed: true, nodes: found.into_values().collect(), lines }
    }

    /// Returns the names of values with their types, of nodes or of lines, in order of name.
    pub(super) fn columns<'a>(
        values: impl Iterator<Item = &'a Vec<(&'static str, Value)>>,
    ) -> Vec<(&'static str, &'static str)> {
        let mut columns: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, value) in values.flatten() {
            columns.insert(
                name,
                match value {
                    Value::Whole(_) => "long",
                    Value::Number(_) => "double",
                    Value::Text(_) => "string",
                },
            );
        }
        columns.into_iter().collect()
    }
}

impl Value {
    /// Returns the value as text, not escaped.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Whole(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(value) => value.clone(),
        }
    }
}

fn plain(name: &str) -> Node {
    Node { id: name.to_owned(), label: name.to_owned(), start: None, values: Vec::new() }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
