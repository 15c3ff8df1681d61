//! `redress scan`.

use std::fmt::Write as _;
use std::path::Path;

use actions::{ActionError, scan};
use values::Severity;

use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

pub fn run(path: &Path, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(path)?;
    let outcome = scan::scan(&mut case, &screen.context(None))?;
    screen.outcome(&outcome, |outcome| {
        let mut text = pictures(&outcome.pictures);
        let _ = writeln!(text, "Looked at {}.\n", count(outcome.posts, "new post", "new posts"));
        if outcome.counting.is_empty() {
            text.push_str("Nothing was found that counts.\n");
        } else {
            text.push_str("Proposed, for a person to decide:\n");
        }
        for (kind, number) in &outcome.counting {
            let _ = writeln!(text, "  {number:>6}  {kind}");
        }
        if outcome.not_counting > 0 {
            let _ = writeln!(
                text,
                "  {:>6}  seen and not counted (quotation, denial, a public office, below the threshold)",
                outcome.not_counting
            );
        }
        let _ = writeln!(text, "\nNext: redress review {}", path.display());
        text
    })?;
    Ok(if outcome.pictures.troubled() { Done::WithTroubles } else { Done::Well })
}

/// Tells what became of the pictures; nothing where there were none to read.
fn pictures(outcome: &actions::pictures::Outcome) -> String {
    let mut text = String::new();
    if outcome.read > 0 {
        let _ = writeln!(
            text,
            "Read {}: words in {}, {} proposed. See them with: redress pictures CASE",
            count(outcome.read, "picture", "pictures"),
            outcome.with_words,
            count(outcome.proposed, "post", "posts"),
        );
    }
    if outcome.stitched > 0 {
        let _ = writeln!(
            text,
            "{} of them overlap and were read as longer pages.",
            count(outcome.stitched, "picture", "pictures")
        );
    }
    if outcome.waiting > 0 {
        let _ = writeln!(text, "{} not read.", count(outcome.waiting, "picture was", "pictures were"));
    }
    for trouble in &outcome.troubles {
        let weight = if trouble.severity > Severity::Note { "trouble" } else { "note   " };
        let _ = writeln!(text, "  {weight}  {}", harmless(&trouble.to_string()));
    }
    text
}
