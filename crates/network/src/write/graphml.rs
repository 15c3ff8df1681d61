//! GraphML 1.0, as networkx, igraph and yEd read it. Times are milliseconds since the Unix epoch under `start_ms`.

use std::io::{self, Write};

use super::{Graph, Value, escaped};

/// Writes `graph` as GraphML.
pub fn graphml(graph: &Graph, to: &mut impl Write) -> io::Result<()> {
    let direction = if graph.directed { "directed" } else { "undirected" };
    let of_nodes = Graph::columns(graph.nodes.iter().map(|node| &node.values));
    let of_lines = Graph::columns(graph.lines.iter().map(|line| &line.values));
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(to, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    let key = |to: &mut dyn Write, class: &str, name: &str, kind: &str| {
        let id = format!("{}_{name}", &class[..1]);
        writeln!(to, "<key id=\"{id}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
    };
    key(to, "node", "label", "string")?;
    key(to, "node", "start_ms", "long")?;
    key(to, "edge", "start_ms", "long")?;
    key(to, "edge", "weight", "double")?;
    for (name, kind) in &of_nodes {
        key(to, "node", name, kind)?;
    }
    for (name, kind) in &of_lines {
        key(to, "edge", name, kind)?;
    }
    writeln!(to, "<graph edgedefault=\"{direction}\">")?;
    for node in &graph.nodes {
        write!(
            to,
            "<node id=\"{}\"><data key=\"n_label\">{}</data>",
            escaped(&node.id),
            escaped(&node.label)
        )?;
        values("n", &node.values, node.start, to)?;
        writeln!(to, "</node>")?;
    }
    for (number, line) in graph.lines.iter().enumerate() {
        let (from, end) = (escaped(&graph.nodes[line.from].id), escaped(&graph.nodes[line.to].id));
        write!(to, "<edge id=\"e{number}\" source=\"{from}\" target=\"{end}\">")?;
        write!(to, "<data key=\"e_weight\">{}</data>", line.weight)?;
        values("e", &line.values, line.start, to)?;
        writeln!(to, "</edge>")?;
    }
    writeln!(to, "</graph>\n</graphml>")
}

fn values(
    class: &str,
    values: &[(&'static str, Value)],
    start: Option<i64>,
    to: &mut impl Write,
) -> io::Result<()> {
    if let Some(start) = start {
        write!(to, "<data key=\"{class}_start_ms\">{start}</data>")?;
    }
    for (name, value) in values {
        write!(to, "<data key=\"{class}_{name}\">{}</data>", escaped(&value.text()))?;
    }
    Ok(())
}
