//! `redress scan`.

use std::fmt::Write as _;
use std::path::Path;

use actions::{ActionError, scan};

use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(path: &Path, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(path)?;
    let outcome = scan::scan(&mut case, &screen.context(None))?;
    screen.outcome(&outcome, |outcome| {
        let mut text = format!("Looked at {}.\n\n", count(outcome.posts, "new post", "new posts"));
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
    Ok(Done::Well)
}
