//! Search by picture: which posts hold a picture that is probably the same as a given one.
//!
//! The fingerprints compare pictures, never faces: see [`pixels::twins`]. What is found is a proposal; it says nothing of
//! who made or first showed a picture.

use case::view::View;
use pixels::picture::{self, Limits};
pub use pixels::twins::Alike;
use pixels::twins::{Compared, Hashes};
use rayon::prelude::*;
use values::Digest;

use crate::ActionError;
use crate::pictures;

/// The fingerprints of all pictures of a case that were read.
#[derive(Debug, Clone, Default)]
pub struct Fingerprints(Vec<(Digest, Compared)>);

/// A picture to look for. Only its fingerprints are held, never its pixels.
#[derive(Debug, Clone)]
pub struct Wanted(Compared);

/// A picture of the case that is probably the same as the one looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// SHA-256 of the picture.
    pub picture: Digest,
    /// How it was found.
    pub alike: Alike,
}

impl Wanted {
    /// Takes the fingerprints of a given picture. The bytes are not kept.
    ///
    /// Errors with what to do where the bytes are no picture, or one too flat to be told from others.
    pub fn of(bytes: &[u8]) -> Result<Self, ActionError> {
        let opened = picture::open(bytes, &Limits::phone()).map_err(|refused| {
            let trouble = refused.trouble();
            ActionError::Request(format!("{} Save it as PNG or JPEG and choose it again.", trouble.what))
        })?;
        let hashes = Hashes::of(&opened);
        if hashes.parts.is_empty() && hashes.shape.is_none() {
            return Err(ActionError::Request(
                "This picture has too little in it to be told from others. Choose one that shows more."
                    .to_owned(),
            ));
        }
        Ok(Self(hashes.ready()))
    }
}

impl Fingerprints {
    /// Gathers the fingerprints of every picture that was read.
    pub fn gather(view: View<'_>) -> Result<Self, ActionError> {
        let mut found = Vec::new();
        for row in view.pictures()? {
            if let Some(detail) = pictures::detail(&row)? {
                found.push((row.picture, detail.hashes.ready()));
            }
        }
        Ok(Self(found))
    }

    /// Returns the pictures that are probably the same as `wanted`, nearest first.
    pub fn like(&self, wanted: &Wanted) -> Vec<Found> {
        let mut found: Vec<Found> = self
            .0
            .par_iter()
            .filter_map(|(picture, other)| Some(Found { picture: *picture, alike: wanted.0.alike(other)? }))
            .collect();
        found
            .sort_by(|a, b| order(a.alike).partial_cmp(&order(b.alike)).unwrap_or(std::cmp::Ordering::Equal));
        found
    }

    /// Returns the fingerprints of a picture of the case; `None` where it was not read.
    pub fn of(&self, picture: &Digest) -> Option<Wanted> {
        self.0.iter().find(|(known, _)| known == picture).map(|(_, ready)| Wanted(ready.clone()))
    }

    /// Returns how many pictures were read.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Fingerprints that differ in few bits first, then crops that agree well.
fn order(alike: Alike) -> (u32, f32) {
    match alike {
        Alike::Hash { distance } => (distance, 0.0),
        Alike::Crop { agreement } => (u32::MAX, -agreement),
    }
}
