//! GEXF 1.2, as Gephi, Gephi Lite and networkx read it (networkx 3.4 knows no 1.3): typed values, and times where there are
//! any: seconds since the Unix epoch, because networkx reads no other form of GEXF's times.

use std::io::{self, Write};

use super::{Graph, Value, escaped};

/// Writes `graph` as GEXF 1.2.
pub fn gexf(graph: &Graph, to: &mut impl Write) -> io::Result<()> {
    let dynamic = graph.nodes.iter().any(|node| node.start.is_some())
        || graph.lines.iter().any(|line| line.start.is_some());
    let mode = if dynamic { "dynamic\" timeformat=\"double" } else { "static" };
    let direction = if graph.directed { "directed" } else { "undirected" };
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(to, "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">")?;
    writeln!(to, "<graph mode=\"{mode}\" defaultedgetype=\"{direction}\">")?;
    let of_nodes = Graph::columns(graph.nodes.iter().map(|node| &node.values));
    let of_lines = Graph::columns(graph.lines.iter().map(|line| &line.values));
    for (class, columns) in [("node", &of_nodes), ("edge", &of_lines)] {
        if columns.is_empty() {
            continue;
        }
        writeln!(to, "<attributes class=\"{class}\" mode=\"static\">")?;
        for (number, (name, kind)) in columns.iter().enumerate() {
            writeln!(to, "<attribute id=\"{number}\" title=\"{name}\" type=\"{kind}\"/>")?;
        }
        writeln!(to, "</attributes>")?;
    }
    writeln!(to, "<nodes>")?;
    for node in &graph.nodes {
        let (id, label) = (escaped(&node.id), escaped(&node.label));
        write!(to, "<node id=\"{id}\" label=\"{label}\"{}>", start(node.start))?;
        values(&node.values, &of_nodes, to)?;
        writeln!(to, "</node>")?;
    }
    writeln!(to, "</nodes>\n<edges>")?;
    for (number, line) in graph.lines.iter().enumerate() {
        let (from, end) = (escaped(&graph.nodes[line.from].id), escaped(&graph.nodes[line.to].id));
        let weight = line.weight;
        write!(
            to,
            "<edge id=\"{number}\" source=\"{from}\" target=\"{end}\" weight=\"{weight}\"{}>",
            start(line.start)
        )?;
        values(&line.values, &of_lines, to)?;
        writeln!(to, "</edge>")?;
    }
    writeln!(to, "</edges>\n</graph>\n</gexf>")
}

fn start(millis: Option<i64>) -> String {
    millis.map_or_else(String::new, |millis| format!(" start=\"{}\"", millis as f64 / 1000.0))
}

fn values(
    values: &[(&'static str, Value)],
    columns: &[(&'static str, &'static str)],
    to: &mut impl Write,
) -> io::Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    write!(to, "<attvalues>")?;
    for (name, value) in values {
        if let Some(number) = columns.iter().position(|(column, _)| column == name) {
            write!(to, "<attvalue for=\"{number}\" value=\"{}\"/>", escaped(&value.text()))?;
        }
    }
    write!(to, "</attvalues>")
}
