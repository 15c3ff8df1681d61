//! `redress new`: a case is made.

use std::path::{Path, PathBuf};

use case::{Case, NewCase};
use record::{PrivateSet, Role};
use serde::Serialize;

use crate::{ActionError, Context};

/// What a person says about a new case.
#[derive(Debug)]
pub struct Request<'a> {
    /// The folder to make.
    pub root: &'a Path,
    /// What to call it; where nothing is said, the folder's name.
    pub name: Option<&'a str>,
    /// What the person does.
    pub role: Role,
    /// The state they live in.
    pub state: &'a str,
    /// The language of packages.
    pub language: &'a str,
    /// What must never leak, where it is known already.
    pub private: Option<&'a PrivateSet>,
    /// The day after which the case is to be erased, `2027-11-30`.
    pub keep_until: Option<&'a str>,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// The folder.
    pub case: PathBuf,
    /// The case's name.
    pub name: String,
    /// The file to write private data into, so that exposures of it are found and covered.
    pub private: PathBuf,
    /// The key that checks this case's checkpoints. Worth keeping elsewhere.
    pub verifier: String,
}

/// The states, the District of Columbia and the territories.
pub const STATES: [&str; 56] = [
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS",
    "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC",
    "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY",
    "PR", "GU", "VI", "AS", "MP",
];

/// Makes the case.
pub fn new(request: &Request<'_>, context: &Context<'_>) -> Result<(Case, Outcome), ActionError> {
    let state = request.state.trim().to_ascii_uppercase();
    if !STATES.contains(&state.as_str()) {
        return Err(ActionError::Request(format!(
            "“{}” is no state. Write its two letters, like PA; DC and the territories count.",
            request.state
        )));
    }
    if !["en", "es"].contains(&request.language) {
        return Err(ActionError::Request(format!(
            "“{}” is no language redress writes. Use en or es.",
            request.language
        )));
    }
    if let Some(date) = request.keep_until
        && (date.len() != 10
            || values::Moment::parse(&format!("{date}T00:00:00Z"), values::SaidBy::Person).is_err())
    {
        return Err(ActionError::Request(format!(
            "“{date}” is no day. Write it as year-month-day, like 2027-11-30."
        )));
    }
    let folder_name = request.root.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = request.name.map(str::to_owned).or(folder_name).unwrap_or_else(|| "case".to_owned());
    let new = NewCase {
        name: &name,
        role: request.role,
        state: &state,
        language: request.language,
        private: request.private,
        keep_until: request.keep_until,
        now: context.now(),
        redress: context.redress,
    };
    let case = Case::create(request.root, &new)?;
    let outcome = Outcome {
        case: case.root().to_owned(),
        name,
        private: case.root().join("private.toml"),
        verifier: case.ledger().verifier().to_string(),
    };
    Ok((case, outcome))
}
