//! Letters on a screen: those the case gives reason for, each as text a person changes, prints and sends, or not.

use case::Case;
use record::What;
use report::packages::letters;
pub use report::packages::letters::Draft;
use report::{Language, Recipient};

use crate::{ActionError, Context, dossier, reports};

/// A letter by name, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its name: `preservation-x`, `retraction`, `dispatch-flag`, `note-school`, `note-employer`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// How many exhibits it lists.
    pub exhibits: usize,
}

fn drafts(case: &Case, language: &str, context: &Context<'_>) -> Result<Vec<Draft>, ActionError> {
    let dossier = dossier::gather(case, Recipient::Counsel, context)?;
    Ok(letters::drafts(&dossier, Language::of_code(language)))
}

/// Returns the letters of the case. None of the words of its exhibits are in the answer.
pub fn list(case: &Case, language: &str, context: &Context<'_>) -> Result<Vec<Named>, ActionError> {
    let named = |draft: Draft| Named { id: draft.id, title: draft.title, exhibits: draft.exhibits.len() };
    Ok(drafts(case, language, context)?.into_iter().map(named).collect())
}

/// Returns a letter, which may hold words of exhibits, and writes to the ledger that it was looked at. `None` where the
/// case has no such letter.
pub fn open(
    case: &mut Case,
    id: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Option<Draft>, ActionError> {
    let Some(draft) = drafts(case, language, context)?.into_iter().find(|draft| draft.id == id) else {
        return Ok(None);
    };
    let detail = case.objects().put_json(&(&context.actor, "a letter", [id]))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    Ok(Some(draft))
}

/// Returns the report of a letter that was sent, with its words, and writes to the ledger that it was looked at. `None`
/// where there is none whose id is `id`.
pub fn sent(
    case: &mut Case,
    id: &str,
    language: &str,
    context: &Context<'_>,
) -> Result<Option<reports::Row>, ActionError> {
    let log = reports::list(case, language, context)?;
    let Some(row) = log.rows.into_iter().find(|row| row.id == id && !row.words.is_empty()) else {
        return Ok(None);
    };
    let detail = case.objects().put_json(&(&context.actor, "a letter that was sent", [id]))?;
    case.append(context.now(), vec![What::Viewed { detail }])?;
    Ok(Some(row))
}
