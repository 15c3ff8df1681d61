//! Groups of accounts that acted together, drawn for paper: black on white, every account named, nothing that needs colour
//! or a screen. What does not fit is counted on the page and never left out in silence.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Graph, escaped};

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Words above the drawing.
    pub title: String,
    /// Words below it: what it cannot show.
    pub below: String,
    /// How many groups are drawn, largest first.
    pub groups: usize,
    /// How many accounts of a group are drawn, those in most lines first.
    pub accounts: usize,
    /// What stands before the count of what was left out, with `{groups}` and `{accounts}` to be filled in.
    pub left_out: String,
}

/// A group's share of the page: wide enough that no name leaves it, so that names of neighbours never meet.
const WIDE: f64 = 380.0;
const HIGH: f64 = 230.0;
const COLUMNS: usize = 2;
const HEAD: f64 = 40.0;
const RADIUS: f64 = 78.0;
/// Letters of a name that fit beside a ring.
const LETTERS: usize = 19;

/// Returns the drawing: each connected group as a ring of accounts, lines as wide as their weight.
pub fn svg(graph: &Graph, page: &Page) -> String {
    let groups = connected(graph);
    let drawn: Vec<Vec<usize>> = groups
        .iter()
        .take(page.groups)
        .map(|group| group.iter().take(page.accounts).copied().collect())
        .collect();
    let accounts: usize = drawn.iter().map(Vec::len).sum();
    let rows = drawn.len().div_ceil(COLUMNS).max(1);
    let (width, height) = (WIDE * COLUMNS as f64, HEAD + HIGH * rows as f64 + 60.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"9\" role=\"img\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"10\" y=\"26\" font-size=\"15\">{title}</text>\n",
        title = escaped(&page.title)
    );
    for (number, group) in drawn.iter().enumerate() {
        let x = WIDE * ((number % COLUMNS) as f64 + 0.5);
        let y = HEAD + HIGH * ((number / COLUMNS) as f64 + 0.5);
        ring(graph, group, (x, y), &mut out);
    }
    let mut foot = height - 34.0;
    let left_out = page
        .left_out
        .replace("{groups}", &(groups.len() - drawn.len()).to_string())
        .replace("{accounts}", &(graph.nodes.len() - accounts).to_string());
    let missing = graph.nodes.len() > accounts;
    for words in [Some(left_out).filter(|_| missing), Some(page.below.clone())].into_iter().flatten() {
        let _ = writeln!(out, "<text x=\"10\" y=\"{foot}\">{}</text>", escaped(&words));
        foot += 16.0;
    }
    out.push_str("</svg>\n");
    out
}

/// Draws the accounts of `group` around `centre` and the lines among them.
fn ring(graph: &Graph, group: &[usize], centre: (f64, f64), out: &mut String) {
    let place: BTreeMap<usize, (f64, f64, f64)> = group
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let angle = std::f64::consts::TAU * index as f64 / group.len() as f64;
            (*node, (centre.0 + RADIUS * angle.cos(), centre.1 + RADIUS * angle.sin(), angle))
        })
        .collect();
    for line in &graph.lines {
        if let (Some(from), Some(to)) = (place.get(&line.from), place.get(&line.to)) {
            let width = 0.5 + line.weight.max(1.0).ln();
            let _ = writeln!(
                out,
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"black\" stroke-width=\"{:.2}\" stroke-opacity=\"0.6\"/>",
                from.0, from.1, to.0, to.1, width
            );
        }
    }
    for (node, (x, y, angle)) in &place {
        let left = angle.cos() < -1e-9;
        let (anchor, shift) = if left { ("end", -6.0) } else { ("start", 6.0) };
        let whole = &graph.nodes[*node].label;
        let mut label: String = whole.chars().take(LETTERS).collect();
        if label.len() < whole.len() {
            label.pop();
            label.push('…');
        }
        let _ = writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"white\" stroke=\"black\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            x + shift,
            y + 3.5,
            escaped(&label)
        );
    }
}

/// Returns the connected groups, largest first; in each the nodes in most lines first.
fn connected(graph: &Graph) -> Vec<Vec<usize>> {
    let mut top: Vec<usize> = (0..graph.nodes.len()).collect();
    let mut lines = vec![0usize; graph.nodes.len()];
    fn find(top: &mut [usize], mut at: usize) -> usize {
        while top[at] != at {
            top[at] = top[top[at]];
            at = top[at];
        }
        at
    }
    for line in &graph.lines {
        let (a, b) = (find(&mut top, line.from), find(&mut top, line.to));
        top[a.max(b)] = a.min(b);
        lines[line.from] += 1;
        lines[line.to] += 1;
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..graph.nodes.len() {
        groups.entry(find(&mut top, node)).or_default().push(node);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    for group in &mut groups {
        group.sort_by_key(|node| (std::cmp::Reverse(lines[*node]), *node));
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
    groups
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Node};
    use super::*;

    #[test]
    fn what_is_left_out_is_counted_and_names_are_escaped() {
        let node = |name: &str| Node { id: name.into(), label: name.into(), start: None, values: Vec::new() };
        let line = |from, to| Line { from, to, weight: 2.0, start: None, values: Vec::new() };
        let graph = Graph {
            directed: false,
            nodes: ["a<b", "c", "d", "e", "f"].map(node).to_vec(),
            lines: vec![line(0, 1), line(1, 2), line(3, 4)],
        };
        let page = Page {
            title: "T".into(),
            below: "B".into(),
            groups: 1,
            accounts: 2,
            left_out: "{groups} groups, {accounts} accounts not drawn".into(),
        };
        let drawn = svg(&graph, &page);
        assert!(drawn.contains("a&lt;b") && drawn.contains("1 groups, 3 accounts not drawn"));
        assert_eq!(drawn.matches("<line").count(), 1);
        let long = Graph { nodes: vec![node(&"n".repeat(30))], ..Graph::default() };
        assert!(svg(&long, &page).contains(&format!(">{}…<", "n".repeat(18))));
        assert_eq!(svg(&Graph::default(), &page).matches("not drawn").count(), 0);
    }
}
