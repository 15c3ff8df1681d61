//! What was measured on our own posts, written down and held against later: `crates/detect/data/measured.tsv` for the test,
//! `docs/detectors.md` for readers.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Result;
use record::Kind;

use super::Figures;

/// Writes down what was measured on our own posts.
pub fn keep(measured: &[Measured]) -> Result<()> {
    std::fs::write(measured_at(), table(measured))?;
    let pages_at = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/detectors.md");
    std::fs::write(pages_at, pages(measured))?;
    Ok(())
}

/// What was measured of one kind on our own posts.
pub struct Measured {
    pub kind: Kind,
    pub posts: usize,
    pub positive: usize,
    pub figures: Figures,
    pub ap: (f64, f64, f64),
    pub alarms: f64,
}

fn measured_at() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../detect/data/measured.tsv")
}

fn table(measured: &[Measured]) -> String {
    let mut out = String::from("kind\tposts\tpositive\tprecision\trecall\tf1\tap\tap_low\tap_high\n");
    for m in measured {
        let (f, (ap, low, high)) = (&m.figures, m.ap);
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{:.3}\t{:.3}\t{:.3}\t{ap:.3}\t{low:.3}\t{high:.3}",
            m.kind, m.posts, m.positive, f.precision, f.recall, f.f1
        );
    }
    out
}

/// A page on every detector: what it looks for, and what was measured of its kind.
fn pages(measured: &[Measured]) -> String {
    let mut out = String::from(
        "# The detectors\n\nWritten by `cargo xtask evaluate`. What each must not flag, and why, is the first paragraph of its file in \
         `crates/detect/src/detectors`. Figures are on our own invented posts, most of which the rules were written beside: they say what \
         a change breaks, not how well new wordings are found; that is in [model-card.md](model-card.md) and [evaluation.md](evaluation.md).\n\n\
         | detector | looks for | kind | posts | positive | P | R | F1 | AP | false alarms per 1,000 |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for detector in detect::roster() {
        let kind = Kind::ALL.iter().copied().find(|kind| kind.word() == detector.name).unwrap_or(Kind::Dox);
        let Some(m) = measured.iter().find(|m| m.kind == kind) else { continue };
        let (f, (ap, low, high)) = (&m.figures, m.ap);
        let _ = writeln!(
            out,
            "| {}/{} | {} | {kind} | {} | {} | {:.2} | {:.2} | {:.2} | {ap:.2} ({low:.2}–{high:.2}) | {:.1} |",
            detector.name,
            detector.version,
            detector.what,
            m.posts,
            m.positive,
            f.precision,
            f.recall,
            f.f1,
            m.alarms
        );
    }
    out
}

/// Holds what was measured now against what was measured before.
pub fn check(now: &[Measured]) -> Result<()> {
    let before = std::fs::read_to_string(measured_at())?;
    let mut fallen = Vec::new();
    for m in now {
        let kind = m.kind.word();
        let row: Option<Vec<&str>> =
            before.lines().map(|line| line.split('\t').collect::<Vec<_>>()).find(|row| row[0] == kind);
        let low: f64 = row.and_then(|row| row.get(7)?.parse().ok()).unwrap_or(1.0);
        if m.ap.0 + 0.0005 < low {
            fallen.push(format!("{kind}: average precision {:.3}, below {low:.3}", m.ap.0));
        }
    }
    if now.len() + 1 != before.lines().count() {
        fallen.push("kinds were added or left out: write the table again".into());
    }
    if fallen.is_empty() {
        return Ok(());
    }
    anyhow::bail!(
        "On our own posts the detectors got worse than the interval measured before:\n{}\nMend it; or where the posts changed, run \
         `cargo xtask evaluate` and say why in the commit.",
        fallen.join("\n")
    )
}
