//! `redress rebuild`.

use std::path::Path;

use actions::{ActionError, rebuild};

use crate::commands::open;
use crate::exit::Done;
use crate::screen::{Screen, count};

pub fn run(path: &Path, screen: &Screen) -> Result<Done, ActionError> {
    let mut case = open(path)?;
    let outcome = rebuild::rebuild(&mut case, &screen.context(None))?;
    screen.outcome(&outcome, |outcome| {
        format!(
            "Made the index again from {}: {}. It says {} before.\n",
            count(outcome.events, "event", "events"),
            count(outcome.posts, "post", "posts"),
            if outcome.unchanged { "the same as" } else { "something else than" }
        )
    })?;
    Ok(Done::Well)
}
