//! `redress rebuild`: the index again, from ledger and objects.

use case::Case;
use serde::Serialize;
use values::Digest;

use crate::context::Unit;
use crate::{ActionError, Context};

/// What a rebuild came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// Events replayed.
    pub events: u64,
    /// Posts in the index now.
    pub posts: u64,
    /// A digest of everything the index says.
    pub content: Digest,
    /// Whether it says the same as before.
    pub unchanged: bool,
}

/// Empties the index and makes it again.
pub fn rebuild(case: &mut Case, context: &Context<'_>) -> Result<Outcome, ActionError> {
    context.progress.begin("Making the index again", None, Unit::Items);
    let before = case.index_content()?;
    case.rebuild()?;
    let content = case.index_content()?;
    context.progress.end();
    let posts = case.view().counts()?.posts;
    Ok(Outcome { events: case.ledger().size(), posts, content, unchanged: before == content })
}
