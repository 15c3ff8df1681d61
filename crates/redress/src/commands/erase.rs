//! `redress erase`.

use std::fmt::Write as _;

use actions::ActionError;
use actions::erase::{self, Line, Request};

use crate::cli;
use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count, harmless};

pub fn run(args: &cli::Erase, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(&args.case)?;
    if args.captures.is_empty() && !args.everything {
        let lines = erase::list(&case)?;
        screen.outcome(&lines, |lines| tell(lines))?;
        return Ok(Done::Well);
    }
    let request = Request {
        captures: &args.captures,
        everything: args.everything,
        why: args.why.as_deref().unwrap_or_default(),
        receipt: args.receipt.as_deref(),
    };
    let outcome = erase::erase(&mut case, &request, &screen.context(args.by.as_deref()))?;
    screen.outcome(&outcome, |outcome| {
        let mut text = format!(
            "Erased {}. Their digests stay in the ledger as tombstones:\n",
            count(outcome.receipt.erased.len() as u64, "object", "objects")
        );
        for tombstone in &outcome.receipt.erased {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {}", tombstone.object);
        }
        if let Some(path) = &outcome.written {
            let _ = writeln!(text, "Receipt: {}", path.display());
        }
        text.push_str("Copies elsewhere (backups, packages that left) are not touched.\n");
        text
    })?;
    Ok(Done::Well)
}

fn tell(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "There is nothing to erase: the case holds no captures.\n".to_owned();
    }
    let mut text = String::new();
    for line in lines {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  {}  {:>12}  {}  {}",
            &line.capture.to_string()[..16],
            count(line.size, "byte", "bytes"),
            count(line.posts, "post", "posts"),
            harmless(&line.name)
        );
    }
    text.push_str(
        "Erase with: redress erase CASE DIGEST… --why \"…\" --receipt FILE.json   (or --everything)\n",
    );
    text
}
