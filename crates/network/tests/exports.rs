//! networkx, an independent reader, opens what is written as GEXF and GraphML: fifty thousand edges with their types.

use std::process::Command;

use network::together::{Builder, Chance, Measure, Question, together};
use network::write::{Graph, gexf, graphml};

const EDGES: usize = 50_000;

/// Reads both files and prints, for each: nodes, edges, the sum of weights, whether types are kept, one name.
const READER: &str = r#"
import sys
import networkx as nx
for graph in (nx.read_gexf(sys.argv[1]), nx.read_graphml(sys.argv[2])):
    lines = list(graph.edges(data=True))
    typed = all(type(v["weight"]) is float and type(v["objects"]) is int and type(v["chance"]) is float for _, _, v in lines)
    print(graph.number_of_nodes(), graph.number_of_edges(), int(sum(v["weight"] for _, _, v in lines)), typed, "u<&\">é" in graph)
"#;

#[test]
fn networkx_reads_gexf_and_graphml() {
    let mut builder = Builder::new();
    // 320 accounts that all pass on the same post within a minute make 51,040 edges; one has a name that must be escaped.
    for n in 0..320u32 {
        let account = if n == 7 { "u<&\">é".to_owned() } else { format!("user{n}") };
        builder.push(&account, "post", &n.to_string(), i64::from(n % 60) * 1000).unwrap();
    }
    let actions = builder.finish();
    let question = Question {
        within_ms: 60_000,
        min_weight: 1,
        measure: Measure::Pairs,
        chance: Chance::Strength,
        nearer_ms: Vec::new(),
        max_pairs_per_object: None,
        memory_budget: 1 << 30,
    };
    let edges = together(&actions, &question, &mut |_| true).unwrap().edges;
    let graph = Graph::of_edges(&actions, &edges[..EDGES]);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (one, other) = (folder.join("edges.gexf"), folder.join("edges.graphml"));
    let mut bytes = Vec::new();
    gexf(&graph, &mut bytes).unwrap();
    std::fs::write(&one, &bytes).unwrap();
    bytes.clear();
    graphml(&graph, &mut bytes).unwrap();
    std::fs::write(&other, &bytes).unwrap();
    // scripts/test puts a Python that has networkx first on PATH.
    let out =
        Command::new("python3").args(["-c", READER]).args([&one, &other]).output().expect("python3 starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let weight: u64 = edges[..EDGES].iter().map(|edge| edge.weight).sum();
    let expected = format!("{} {EDGES} {weight} True True\n", graph.nodes.len());
    assert_eq!(String::from_utf8_lossy(&out.stdout), expected.repeat(2));
}
