//! `redress lock` and `redress unlock`: the private part under a passphrase.

use std::path::{Path, PathBuf};

use case::lock;
pub use case::lock::Passphrase;
use serde::Serialize;

use crate::context::Unit;
use crate::{ActionError, Context};

/// The fewest characters of a passphrase that is not remarked on.
const SHORT: usize = 12;

/// What locking or unlocking came to.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The case.
    pub case: PathBuf,
    /// Whether its private part is locked now.
    pub locked: bool,
    /// Files whose form was changed.
    pub files: u64,
    /// Whether this finished what an earlier run had begun.
    pub resumed: bool,
    /// Files that do not read and were left as they lie.
    pub broken: Vec<String>,
    /// What is worth knowing.
    pub remarks: Vec<String>,
}

/// Makes a passphrase of what was typed. Errors where nothing was.
pub fn passphrase(typed: &str, work: Option<u8>) -> Result<Passphrase, ActionError> {
    let passphrase = Passphrase::new(typed).ok_or_else(|| {
        ActionError::Request(
            "The passphrase is empty. Choose several words that you can remember and nobody can guess; nothing was changed."
                .to_owned(),
        )
    })?;
    Ok(match work {
        Some(work) => passphrase.with_work(work),
        None => passphrase,
    })
}

/// Locks the case; `ask` is called where a passphrase is needed.
pub fn lock(
    root: &Path,
    ask: impl FnOnce() -> Result<Passphrase, ActionError>,
    context: &Context<'_>,
) -> Result<Outcome, ActionError> {
    context.progress.begin("Locking", None, Unit::Items);
    let (mut length, mut refused) = (usize::MAX, None);
    let asked = || match ask() {
        Ok(passphrase) => {
            length = passphrase.length();
            Ok(passphrase)
        }
        Err(error) => {
            let what = error.to_string();
            refused = Some(error);
            Err(case::CaseError::NotNow(what))
        }
    };
    let done = lock::lock(root, asked, context.redress, context.now(), || context.progress.advance(1));
    context.progress.end();
    if let Some(refused) = refused {
        return Err(refused);
    }
    let done = done?;
    let mut remarks = vec![
        "There is no way back without the passphrase: nobody can reset it. Write it down and keep it elsewhere.".to_owned(),
        "Copies made before, and what was deleted from the disk, are not covered: use an encrypted disk as well.".to_owned(),
    ];
    if length < SHORT {
        remarks.push(format!(
            "The passphrase has {length} characters and could be guessed. Four or more words are better: unlock, and lock again."
        ));
    }
    Ok(Outcome {
        case: root.to_owned(),
        locked: true,
        files: done.files,
        resumed: done.resumed,
        broken: done.broken,
        remarks,
    })
}

/// Unlocks the case.
pub fn unlock(root: &Path, passphrase: &Passphrase, context: &Context<'_>) -> Result<Outcome, ActionError> {
    context.progress.begin("Unlocking", lock::count(root).ok(), Unit::Items);
    let done = lock::unlock(root, passphrase, context.redress, context.now(), || context.progress.advance(1));
    context.progress.end();
    let done = done?;
    let remarks = if done.broken.is_empty() {
        Vec::new()
    } else {
        vec!["Some files do not read any more and were left as they lie. Restore them from a backup, then unlock that.".to_owned()]
    };
    Ok(Outcome {
        case: root.to_owned(),
        locked: false,
        files: done.files,
        resumed: done.resumed,
        broken: done.broken,
        remarks,
    })
}

/// Tells whether the case at `root` waits for its passphrase: it is locked, or locking or unlocking was interrupted.
pub fn is_locked(root: &Path) -> Result<bool, ActionError> {
    Ok(!matches!(lock::State::of(root)?, lock::State::Open | lock::State::Opened))
}

/// Tells whether unlocking failed because the passphrase is another.
pub fn is_wrong(error: &ActionError) -> bool {
    matches!(error, ActionError::Case(case::CaseError::WrongPassphrase))
}
