//! The case folder on disk: the only room that touches disk, SQL and the log's key.
//!
//! ```text
//! my-case/
//!   case.toml              name, role and state of the subject, language, format version
//!   private.toml           what must never leak
//!   claims.toml            what is said about the person, and what disproves it
//!   objects/ab/abcdef…     bytes under their own SHA-256, never changed
//!   ledger/log             one event a line; only ever appended to
//!   ledger/checkpoint      size and root of the log, signed (C2SP signed note)
//!   ledger/keys/           the signing key, and the verifier keys of all there ever were
//!   ledger/stamps/         proofs of time over checkpoints, as received
//!   locked/                while the private part is under a passphrase: the key pair, and how far it has come
//!   index.sqlite           made from the two above; may be deleted
//! ```
//!
//! **The append to the ledger is the commit.** Objects are written and synced before the event that names them; the
//! index is brought up to the ledger afterwards and, where it lags or is gone, at the next opening. So what was
//! acknowledged survives a kill at any moment, and what was not leaves at most an object nobody names.
//!
//! This crate knows nothing of formats, detectors or documents. It has no clock: moments are arguments.

mod disk;
pub mod erase;
mod error;
pub mod folder;
pub mod growing;
pub mod index;
pub mod keys;
pub mod ledger;
pub mod lock;
pub mod merge;
pub mod objects;
pub mod pictures;
pub mod private;
mod reader;
pub mod settings;
pub mod stamps;
pub mod statements;
pub mod verify;

pub use error::CaseError;
pub use folder::{Case, Handed, NewCase, Pending};
pub use index::view;
pub use keys::number;
pub use objects::Objects;
pub use reader::Reader;
pub use settings::Settings;
