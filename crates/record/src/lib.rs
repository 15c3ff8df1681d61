//! The nouns of a case: capture, account, post, observation, tie, claim, finding, decision, exhibit, event.
//!
//! ```text
//! capture ──read──▶ post + observation ──detect──▶ finding ──a person──▶ decision ──▶ exhibit ──▶ package
//! (bytes)           (what it says)                 (a proposal)                       (a numbered, confirmed item)
//! ```
//!
//! This crate knows nothing of disk, file formats or databases. Every type here is what the ledger, the index, the
//! report and the app speak about; each can be written as JSON, and the JSON of stored ones is pinned by a test.

pub mod account;
pub mod capture;
pub mod claim;
pub mod event;
pub mod exhibit;
pub mod finding;
pub mod incident;
pub mod mark;
pub mod observation;
pub mod post;
pub mod reading;
pub mod sign;
pub mod strength;
pub mod subject;
pub mod tie;
pub mod transcription;

pub use account::{Account, AccountKey};
pub use capture::Capture;
pub use claim::{Claim, Verdict};
pub use event::{Actor, Bates, Event, StampKind, What};
pub use exhibit::Exhibit;
pub use finding::{Choice, Decision, Exposure, Finding, FindingId, Kind, Level, Reason, Stance, Whose};
pub use incident::{Incident, IncidentKind};
pub use mark::{ElementAnswer, StepMark};
pub use observation::{Counts, Fidelity, Observation, State};
pub use post::{Community, Media, MediaKind, Post, PostKey, PostKind};
pub use reading::{Item, Sink};
pub use sign::{Sign, Signing};
pub use strength::Strength;
pub use subject::{PrivateSet, Role, Subject};
pub use tie::{Tie, TieKind};
pub use transcription::{SameAs, Transcription};
