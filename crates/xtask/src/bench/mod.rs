//! `cargo xtask bench [NAME…]`: speed and memory, one file per bench.

mod app;
mod archives;
// The browser of the app's tests; this bench uses a part of it.
#[allow(dead_code)]
#[path = "../../../web/tests/common/browser.rs"]
mod browser;
mod case;
mod detect;
mod evidence;
mod intake;
mod map;
mod network;
mod pixels;
mod report;
mod screenshots;

use anyhow::{Result, bail};

/// A bench: its name, its function.
type Bench = (&'static str, fn() -> Result<()>);

const BENCHES: &[Bench] = &[
    ("app", app::run),
    ("archives", archives::run),
    ("case", case::run),
    ("detect", detect::run),
    ("evidence", evidence::run),
    ("intake", intake::run),
    ("map", map::run),
    ("network", network::run),
    ("pixels", pixels::run),
    ("report", report::run),
    ("screenshots", screenshots::run),
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
