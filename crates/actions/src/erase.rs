//! `redress erase`: bytes go, a tombstone with their digest stays, and the person gets a receipt.

use std::path::{Path, PathBuf};

use case::Case;
use case::erase::{Receipt, Which};
use serde::Serialize;
use values::Digest;

use crate::{ActionError, Context};

/// What a person asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The captures, each by its digest or the beginning of it; none where `everything`.
    pub captures: &'a [String],
    /// Everything the case holds.
    pub everything: bool,
    /// Why, in their words.
    pub why: &'a str,
    /// Where to write the receipt.
    pub receipt: Option<&'a Path>,
}

/// A capture that could be erased.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its digest.
    pub capture: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// How many posts were read from it.
    pub posts: u64,
    /// The file's name as given.
    pub name: String,
}

/// What was erased.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The receipt: each tombstone with its line of the ledger and the proof that it stands there.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Where the receipt was written.
    pub written: Option<PathBuf>,
}

/// Lists what could be erased.
pub fn list(case: &Case) -> Result<Vec<Line>, ActionError> {
    let rows = case.view().captures()?;
    Ok(rows
        .into_iter()
        .map(|row| Line { capture: row.digest, size: row.size, posts: row.posts, name: row.name })
        .collect())
}

/// Erases.
pub fn erase(case: &mut Case, request: &Request<'_>, context: &Context<'_>) -> Result<Outcome, ActionError> {
    if request.why.trim().is_empty() {
        return Err(ActionError::Request(
            "Say why with --why: the receipt and the ledger keep the reason. Nothing was erased.".to_owned(),
        ));
    }
    if let Some(path) = request.receipt.filter(|path| path.exists()) {
        return Err(ActionError::Request(format!(
            "“{}” already exists. Choose another name for the receipt; nothing was erased.",
            path.display()
        )));
    }
    let captures = named(case, request)?;
    let which = if request.everything { Which::Everything } else { Which::Captures(&captures) };
    let receipt = case.erase(which, &context.actor, request.why, context.now())?;
    let mut outcome = Outcome { receipt, written: None };
    if let Some(path) = request.receipt {
        let text = serde_json::to_string_pretty(&outcome.receipt)
            .map_err(|error| ActionError::OurFault(format!("The receipt cannot be written: {error}.")))?;
        std::fs::write(path, format!("{text}\n")).map_err(ActionError::file("written", path))?;
        outcome.written = Some(path.to_owned());
    }
    Ok(outcome)
}

fn named(case: &Case, request: &Request<'_>) -> Result<Vec<Digest>, ActionError> {
    let known = list(case)?;
    let mut captures = Vec::new();
    for given in request.captures {
        let prefix = given.trim().to_lowercase();
        let found: Vec<Digest> = known
            .iter()
            .map(|line| line.capture)
            .filter(|digest| prefix.len() >= 6 && digest.to_string().starts_with(&prefix))
            .collect();
        match found[..] {
            [digest] => captures.push(digest),
            [] => {
                return Err(ActionError::Request(format!(
                    "“{given}” names no capture of this case. Copy a digest from `redress erase CASE`; six digits of it are enough."
                )));
            }
            _ => {
                return Err(ActionError::Request(format!(
                    "“{given}” is the beginning of several digests. Write more of it."
                )));
            }
        }
    }
    Ok(captures)
}
