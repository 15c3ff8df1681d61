//! A capture becomes posts.
//!
//! A capture is looked at by content, never by name; the first format of the roster that knows it reads it, within
//! limits, item by item, so that memory stays bounded. What cannot be read is told as a trouble or kept as a leftover:
//! nothing is dropped silently. A capture of which nothing can be read is [`Refused`] with two plain sentences.
//!
//! This crate has no disk, clock, randomness or internet: bytes, options and limits are arguments, and the same input
//! gives the same items. It knows nothing of the case folder or of detectors.
//!
//! ```
//! use intake::{Limits, Options, Slice};
//!
//! let csv = b"who,words\n@example_watcher,Who is this man?\n";
//! let mut options = Options::plain(Limits::ordinary());
//! options.mapping = Some(intake::Mapping::parse("text=words,handle=who").unwrap());
//! let mut items: Vec<record::Item> = Vec::new();
//! let summary = intake::read(&Slice::new("table.csv", csv), &options, &mut items).unwrap();
//! assert_eq!((summary.format, summary.posts), ("csv", 1));
//! ```

mod archive;
mod atproto;
mod base64;
mod format;
mod formats;
mod html;
mod json;
mod limits;
mod lines;
mod loose;
mod mime;
mod options;
mod read;
mod refused;
mod source;
mod strip;
mod text;
mod time;
mod watch;
mod x;

pub use archive::Beside;
pub use format::Format;
pub use formats::{formats, is_picture};
pub use limits::Limits;
pub use options::{MAP_FIELDS, Mapping, Options};
pub use read::{Summary, read, read_by, recognise};
pub use refused::Refused;
pub use source::{Bytes, Slice, Source, Stream};
pub use strip::{Stripped, may_hold_secrets, strip};
