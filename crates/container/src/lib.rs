//! What is wrong with a container as evidence: strict ZIP, gzip, WARC, WACZ, BagIt and load files.
//!
//! The usual readers of these formats are made to get at the content, so they forgive: a web archive tool counts a
//! truncated record as a good one, a validator passes a collection whose pages were exchanged under a transplanted
//! signature. Here the question is the other way round: does this file still prove what it claims? Each answer is a
//! [`values::Trouble`] with a stable code, and a [`Verdict`] that is the worst of them.
//!
//! Readers stream and have [`Limits`]; none panics, none fetches anything, none writes. The crate knows nothing of
//! posts, and nothing of the disk: a file is anything that reads and seeks, a folder is anything that implements
//! [`bag::Tree`].
//!
//! ```
//! use container::{Limits, Rules, Verdict, lint};
//!
//! let mut empty = std::io::Cursor::new(Vec::new());
//! let judgement = lint("capture.warc.gz", &mut empty, &Rules::shipped());
//! assert_eq!((judgement.verdict, judgement.code()), (Verdict::Reject, "warc.empty"));
//! ```

mod lint;

pub mod bag;
pub mod loadfile;
pub mod wacz;
pub mod warc;
pub mod zip;

pub mod digests;
pub mod http;
pub mod json;
pub mod judgement;
pub mod limits;
mod stream;

pub use judgement::{Format, Judgement, Troubles, Verdict};
pub use limits::Limits;
pub use lint::{Rules, lint, roots};
