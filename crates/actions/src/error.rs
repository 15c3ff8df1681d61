//! Why an action could not do what it promised.

use std::path::PathBuf;

/// Why an action failed. The case is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ActionError {
    /// The case refused.
    #[error(transparent)]
    Case(#[from] case::CaseError),
    /// The request cannot be meant so: what is wrong, what to do.
    #[error("{0}")]
    Request(String),
    /// A file of the person's could not be used.
    #[error("“{}” could not be {verb}: {source}. Check the name and who may use it.", path.display())]
    File {
        /// “read” or “written”.
        verb: &'static str,
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Whoever was to read the output has gone.
    #[error("the reader of the output has gone")]
    PipeClosed,
    /// A package was not written.
    #[error("{0}")]
    Refused(String),
    /// Something that must not happen.
    #[error("{0}")]
    OurFault(String),
}

impl ActionError {
    /// Wraps what the system said about a file of the person's.
    pub fn file(verb: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { verb, path, source }
    }
}
