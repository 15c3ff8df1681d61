//! Speed of the detectors on one core, beside Presidio's pattern recognisers on the same posts in the same run.
//!
//! Presidio (PyPI `presidio-analyzer`) is asked for its pattern recognisers alone, without a language model; it finds
//! numbers and e-mail addresses only, while our figure is for every detector. It is installed into `target/presidio` when
//! the machine can; where it cannot be run, that is said and only our figure is printed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Result, bail};
use detect::{Detectors, Options};
use record::PrivateSet;

use crate::posts::ordinary;

/// Runs the bench.
pub fn run() -> Result<()> {
    let (posts, which) = ordinary()?;
    let private = PrivateSet::default();
    let claims = crate::evaluate::claims(
        &crate::posts::shared().join("detection/mission/claims_library.jsonl"),
        "aliases",
    );
    let claims = claims.unwrap_or_default();
    let start = Instant::now();
    let detectors = Detectors::new(&Options { private: &private, claims: &claims });
    let compiled = start.elapsed();
    let bytes: usize = posts.iter().map(String::len).sum();
    // Best of many rounds for each small stretch of posts, so that other work on the machine does not count.
    let mut best = 0.0;
    let mut found = 0;
    for stretch in posts.chunks(100) {
        let mut fastest = f64::MAX;
        for round in 0..15 {
            let start = Instant::now();
            let count: usize = stretch.iter().map(|post| detectors.detect(post).len()).sum();
            fastest = fastest.min(start.elapsed().as_secs_f64());
            found += if round == 0 { count } else { 0 };
        }
        best += fastest;
    }
    let rate = posts.len() as f64 / best;
    println!(
        "detect: {rate:.0} posts/s on one core ({:.1} µs a post, {} {which}, {} bytes each on average, {} claims, {found} findings, compiled in {compiled:.0?})",
        best * 1e6 / posts.len() as f64,
        posts.len(),
        bytes / posts.len().max(1),
        claims.len(),
    );
    match presidio(&posts) {
        Ok(peer) => {
            println!("presidio-analyzer pattern recognisers: {peer:.0} posts/s; ratio {:.0}", rate / peer)
        }
        Err(error) => println!("presidio-analyzer: not measured, because {error:#}"),
    }
    Ok(())
}

const SCRIPT: &str = r#"
import json, sys, time
from presidio_analyzer import PatternRecognizer, RecognizerRegistry
from presidio_analyzer.predefined_recognizers import PhoneRecognizer
posts = json.load(sys.stdin)
registry = RecognizerRegistry()
registry.load_predefined_recognizers(languages=["en"])
recognisers = [r for r in registry.recognizers if isinstance(r, (PatternRecognizer, PhoneRecognizer))]
best = 1e9
for _ in range(2):
    start = time.perf_counter()
    for post in posts:
        for r in recognisers:
            r.analyze(post, r.supported_entities, None)
    best = min(best, time.perf_counter() - start)
print(len(posts) / best)
"#;

fn presidio(posts: &[String]) -> Result<f64> {
    let python = python()?;
    let sample: Vec<&String> = posts.iter().take(1000).collect();
    let mut child = Command::new(python)
        .args(["-W", "ignore", "-c", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        serde_json::to_writer(&mut input, &sample)?;
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    match said.trim().parse() {
        Ok(rate) if output.status.success() => Ok(rate),
        _ => {
            let errors = String::from_utf8_lossy(&output.stderr);
            bail!("it ended with: {}", errors.lines().last().unwrap_or("nothing"))
        }
    }
}

/// Returns a Python that has presidio-analyzer, installing it into `target/presidio` once.
fn python() -> Result<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/presidio");
    let python = home.join("bin/python");
    let works = |python: &Path| {
        Command::new(python)
            .args(["-W", "ignore", "-c", "import presidio_analyzer"])
            .output()
            .is_ok_and(|output| output.status.success())
    };
    if works(&python) {
        return Ok(python);
    }
    let made = Command::new("python3").arg("-m").arg("venv").arg(&home).output();
    if !made.is_ok_and(|output| output.status.success()) {
        bail!("no Python environment could be made in target/presidio");
    }
    let installed =
        Command::new(&python).args(["-m", "pip", "install", "--quiet", "presidio-analyzer"]).output()?;
    if !installed.status.success() || !works(&python) {
        bail!("presidio-analyzer could not be installed from PyPI");
    }
    Ok(python)
}
