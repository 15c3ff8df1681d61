//! Checked small things that every other room speaks in.
//!
//! A value here is parsed once, at the door; inside the house its type proves that it is well formed. Each keeps what
//! was given and offers the form used for comparing as a function of it, because what was given is evidence.
//!
//! This crate knows nothing of posts, files or screens.
//!
//! ```
//! use values::{Digest, Moment, Platform};
//!
//! let digest = Digest::of(b"abc");
//! assert!(digest.to_string().starts_with("ba7816bf"));
//! let moment = Moment::of_snowflake(1985724259103670395).unwrap();
//! assert_eq!(moment.to_rfc3339(), "2025-11-04T15:02:11.000Z");
//! assert_eq!(Platform::X.to_string(), "x");
//! ```

pub mod contact;
mod count;
pub mod digest;
pub mod fold;
pub mod handle;
pub mod link;
pub mod moment;
pub mod place;
pub mod platform;
pub mod score;
pub mod span;
pub mod trouble;

pub use contact::{Email, Phone, Plate};
pub use count::counted;
pub use digest::{Digest, Hasher};
pub use fold::Folded;
pub use handle::Handle;
pub use link::Link;
pub use moment::{Doubt, Moment, Precision, SaidBy};
pub use place::{At, Place};
pub use platform::Platform;
pub use score::Score;
pub use span::Span;
pub use trouble::{Severity, Trouble};
