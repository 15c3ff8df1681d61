//! `redress rekey`.

use std::path::Path;

use actions::ActionError;

use crate::commands::open;
use crate::exit::Done;
use crate::screen::Screen;

pub fn run(path: &Path, screen: &Screen) -> Result<Done, ActionError> {
    let key = open(path)?.change_key(screen.context(None).now())?.to_string();
    screen.outcome(&serde_json::json!({ "key": key }), |_| {
        format!(
            "A new key signs the ledger from now on. Earlier checkpoints stay checkable: the ledger names every key.\n  {key}\n"
        )
    })?;
    Ok(Done::Well)
}
