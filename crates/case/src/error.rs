//! Why a case could not do what a call promised.

use std::path::PathBuf;

use values::Digest;

/// Why a call on a case failed. The case is as it was before the call.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The file system refused something.
    #[error("{what} “{}” failed: {source}. {}", path.display(), advice(source))]
    Disk {
        /// What was tried, as the beginning of a sentence: “Reading”, “Writing”.
        what: &'static str,
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no case in that folder.
    #[error("“{}” is not a case: it has no case.toml. Make one with `redress new`, or name the folder that holds it.", .0.display())]
    NotACase(PathBuf),
    /// There is something in the way of a new case.
    #[error("“{}” already exists and is not an empty folder. Choose another name; nothing was changed.", .0.display())]
    InTheWay(PathBuf),
    /// The case is in use.
    #[error("Another redress is using this case. Wait for it to end, or close it, then try again.")]
    InUse,
    /// The case was written by a later version.
    #[error("This case has format {found}; this redress reads up to {known}. Get a newer redress.")]
    TooNew {
        /// The version in `case.toml`.
        found: u32,
        /// The version this program writes.
        known: u32,
    },
    /// A settings file does not read.
    #[error("“{}” cannot be read: {what}. Mend that line; a copy of the file as redress writes it is in the documentation.", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// What the reader said.
        what: String,
    },
    /// The ledger contradicts itself: somebody changed it, or the disk did.
    #[error(
        "The ledger of this case does not fit its signed checkpoint: {0}. Do not go on working with this copy; compare it with a backup."
    )]
    LedgerBroken(String),
    /// An object the ledger names is gone or changed.
    #[error("The bytes {0} are missing or were changed. Restore `objects` from a backup.")]
    ObjectBroken(Digest),
    /// An object does not hold what its event says.
    #[error("The object {digest} does not read as {expected}: {what}.")]
    ObjectForm {
        /// The object.
        digest: Digest,
        /// What it should be.
        expected: &'static str,
        /// What the reader said.
        what: String,
    },
    /// The index refused something.
    #[error(
        "The index of this case could not be used: {0}. Delete index.sqlite and run `redress rebuild`; nothing is lost."
    )]
    Index(#[from] rusqlite::Error),
    /// The signing key is not usable.
    #[error("The signing key of this case could not be used: {0}.")]
    Key(String),
    /// The system gave no randomness.
    #[error("This computer gave no random bytes for a key: {0}.")]
    Randomness(String),
    /// A request names something that is not in the case.
    #[error("{0}")]
    NoSuch(String),
}

fn advice(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::StorageFull => "The disk is full: make room and try again; nothing was lost.",
        std::io::ErrorKind::PermissionDenied => "Check who may read and write there.",
        std::io::ErrorKind::NotFound => "Check the name.",
        std::io::ErrorKind::ReadOnlyFilesystem => "The disk can only be read: copy the case to another one.",
        _ => "Check the disk and try again.",
    }
}
