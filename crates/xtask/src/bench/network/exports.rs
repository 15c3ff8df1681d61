//! 50,000 edges as GEXF and GraphML, read back by networkx where it can be run.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use network::together::{Builder, Chance, together};
use network::write::{Graph, gexf, graphml};

use super::generate;

const EDGES: usize = 50_000;

/// Writes both files and prints what networkx found in them.
pub fn run() -> Result<()> {
    let mut csv = Vec::new();
    generate::write_csv(20_000, &mut csv)?;
    let mut builder = Builder::new();
    for line in String::from_utf8(csv)?.lines().skip(1) {
        let field: Vec<&str> = line.split(',').collect();
        builder.push(field[1], field[0], field[2], field[3].parse::<i64>()? * 1000)?;
    }
    let actions = builder.finish();
    let asked = network::together::Question { chance: Chance::Strength, ..super::question(60) };
    let edges = together(&actions, &asked, &mut |_| true)?.edges;
    ensure!(edges.len() >= EDGES, "only {} edges", edges.len());
    let graph = Graph::of_edges(&actions, &edges[..EDGES]);
    fs::create_dir_all("target/bench")?;
    gexf(&graph, &mut std::io::BufWriter::new(fs::File::create("target/bench/edges.gexf")?))?;
    graphml(&graph, &mut std::io::BufWriter::new(fs::File::create("target/bench/edges.graphml")?))?;
    let python = Path::new("target/peers/bin/python");
    if !python.exists() {
        println!("\nnetworkx is not in target/peers: exports not read back");
        return Ok(());
    }
    let out = Command::new(python).args(["-c", include_str!("exports.py")]).output()?;
    ensure!(out.status.success(), "networkx: {}", String::from_utf8_lossy(&out.stderr));
    let found = String::from_utf8_lossy(&out.stdout);
    let expected = format!("{} nodes, {EDGES} edges", graph.nodes.len());
    ensure!(
        found.lines().count() == 2 && found.lines().all(|line| line == expected),
        "networkx found {found}"
    );
    println!("\nnetworkx reads GEXF and GraphML: {expected} in each");
    Ok(())
}
