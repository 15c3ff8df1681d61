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
    #[error(
        "Another redress is using this case; a window of the app (`redress serve`) counts as one. Wait for it to end, or close it, then try again."
    )]
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
    Index(#[source] rusqlite::Error),
    /// The signing key is not usable.
    #[error("The signing key of this case could not be used: {0}.")]
    Key(String),
    /// The system gave no randomness.
    #[error("This computer gave no random bytes for a key: {0}.")]
    Randomness(String),
    /// A checkpoint is not one of this case's log.
    #[error(
        "That checkpoint is not one of this case's ledger: {0}. Take one that `redress stamp` or this case made."
    )]
    NotOfThisLog(String),
    /// The private part is locked.
    #[error(
        "This case is locked with a passphrase. Unlock it first: redress unlock “{}”. `redress verify` works without.",
        .0.display()
    )]
    Locked(PathBuf),
    /// Locking or unlocking was interrupted.
    #[error(
        "{doing} this case was interrupted half way. Nothing is lost: run `redress lock “{}”` to finish locking, or `redress unlock “{}”` to open it.",
        path.display(), path.display()
    )]
    HalfLocked {
        /// “Locking” or “Unlocking”.
        doing: &'static str,
        /// The case.
        path: PathBuf,
    },
    /// The passphrase is not the one the case was locked with.
    #[error("The passphrase is not the one this case was locked with. Nothing was changed; try again.")]
    WrongPassphrase,
    /// A locked file does not read.
    #[error("The locked file “{}” does not read: {what}. Restore it from a backup.", path.display())]
    LockedFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The case is not locked, or is locked already.
    #[error("{0}")]
    NotNow(String),
    /// A request names something that is not in the case.
    #[error("{0}")]
    NoSuch(String),
}

impl From<rusqlite::Error> for CaseError {
    /// A full disk is one wherever it is met; advice to delete the index would be wrong then.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Disk {
                what: "Writing",
                path: PathBuf::from("index.sqlite"),
                source: std::io::Error::from(std::io::ErrorKind::StorageFull),
            },
            _ => Self::Index(error),
        }
    }
}

impl CaseError {
    /// Returns a stable word for the ledger.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Disk { source, .. } if source.kind() == std::io::ErrorKind::StorageFull => "disk.full",
            Self::Disk { .. } => "disk.failed",
            Self::NotACase(_) => "case.none",
            Self::InTheWay(_) => "case.in_the_way",
            Self::InUse => "case.in_use",
            Self::TooNew { .. } => "case.too_new",
            Self::Settings { .. } => "settings.unreadable",
            Self::LedgerBroken(_) => "ledger.broken",
            Self::ObjectBroken(_) => "object.broken",
            Self::ObjectForm { .. } => "object.form",
            Self::Index(_) => "index.failed",
            Self::Key(_) => "key.unusable",
            Self::Randomness(_) => "random.none",
            Self::NotOfThisLog(_) => "checkpoint.foreign",
            Self::Locked(_) => "case.locked",
            Self::HalfLocked { .. } => "case.half_locked",
            Self::WrongPassphrase => "passphrase.wrong",
            Self::LockedFile { .. } => "locked.unreadable",
            Self::NotNow(_) => "not_now",
            Self::NoSuch(_) => "none_such",
        }
    }
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
