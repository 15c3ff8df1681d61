//! Twins: the same picture, saved again, smaller, cropped, or inside a screenshot.
//!
//! A picture gets a [`struct@Hash`] of 256 bits that changes little when the picture changes little (PDQ); two hashes at most
//! [`SAME`] bits apart are shown to a person as probably the same picture. A perceptual hash proves nothing: different
//! pictures can come near, and it says nothing of who made one. It compares pictures, not what or whom they show.
//!
//! A hash of the whole does not stand cropping. [`Hashes`] therefore holds hashes of parts too (the picture without its flat
//! margins, the photo inside a screenshot) and a small grey copy, by which a crop is found in its picture.

mod index;
mod parts;
mod pdq;
mod shape;

pub use index::{Index, Match};
pub use parts::{Alike, Compared, Hashes, Part};
pub use pdq::{Hash, NotAHash};
pub use shape::Shape;

/// The distance in bits up to which two hashes are taken for the same picture, as PDQ's authors recommend.
pub const SAME: u32 = 31;

/// The quality from which a hash is worth comparing: below, the picture is nearly flat and matches anything.
pub const WORTH: u8 = 50;
