//! `cargo xtask bench [NAME…]`: speed and memory, one file per bench.

mod intake;
mod network;

use anyhow::{Result, bail};

/// A bench: its name, its function.
type Bench = (&'static str, fn() -> Result<()>);

const BENCHES: &[Bench] = &[
    ("intake", intake::run),
    ("network", network::run),
];

/// Runs the named benches, or all of them.
pub fn run(names: &[String]) -> Result<()> {
    for name in names {
        if !BENCHES.iter().any(|(known, _)| known == name) {
            let known: Vec<&str> = BENCHES.iter().map(|(known, _)| *known).collect();
            bail!("no bench “{name}”; there are: {}", known.join(", "));
        }
    }
    for (name, bench) in BENCHES {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            println!("## {name}");
            bench()?;
        }
    }
    Ok(())
}
