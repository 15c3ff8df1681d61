//! Pictures of the case that are probably the same one: saved again, cropped, or shown in a screenshot.
//!
//! A proposal like any other: it says that two pictures look alike, not who made or first showed one.

use std::collections::BTreeMap;

use case::Case;
use pixels::twins::{Alike, Compared};
use rayon::prelude::*;
use serde::Serialize;
use values::Digest;

use super::detail::of_row;
use crate::ActionError;

/// Two pictures that are probably the same.
#[derive(Debug, Clone, Serialize)]
pub struct Pair {
    /// SHA-256 of one; the smaller digest.
    pub one: Digest,
    /// SHA-256 of the other.
    pub two: Digest,
    /// How it was found.
    #[serde(flatten)]
    pub alike: Alike,
}

/// The twins of a case.
#[derive(Debug, Clone, Default)]
pub struct Twins {
    /// Each pair, by digests.
    pub pairs: Vec<Pair>,
    /// The name of the group of each picture that has a twin: the smallest digest in it.
    groups: BTreeMap<Digest, Digest>,
}

impl Twins {
    /// Compares every two pictures that were read.
    pub fn of(case: &Case) -> Result<Self, ActionError> {
        let mut pictures: Vec<(Digest, Compared)> = Vec::new();
        for row in case.view().pictures()? {
            if let Some(detail) = of_row(&row)? {
                pictures.push((row.picture, detail.hashes.ready()));
            }
        }
        pictures.sort_by_key(|(picture, _)| *picture);
        let pairs: Vec<Pair> = (0..pictures.len())
            .into_par_iter()
            .flat_map_iter(|at| {
                let (one, ready) = &pictures[at];
                pictures[at + 1..].iter().filter_map(move |(two, other)| {
                    Some(Pair { one: *one, two: *two, alike: ready.alike(other)? })
                })
            })
            .collect();
        let mut twins = Self { pairs, groups: BTreeMap::new() };
        for at in 0..twins.pairs.len() {
            let (one, two) = (twins.root(twins.pairs[at].one), twins.root(twins.pairs[at].two));
            // The smaller digest names both groups from now on.
            let (low, high) = (one.min(two), one.max(two));
            twins.groups.insert(high, low);
            twins.groups.entry(low).or_insert(low);
        }
        let members: Vec<Digest> = twins.groups.keys().copied().collect();
        let named: BTreeMap<Digest, Digest> =
            members.into_iter().map(|picture| (picture, twins.root(picture))).collect();
        twins.groups = named;
        Ok(twins)
    }

    fn root(&self, mut picture: Digest) -> Digest {
        while let Some(up) = self.groups.get(&picture).filter(|up| **up != picture) {
            picture = *up;
        }
        picture
    }

    /// Returns the name of the group a picture belongs to, or `None` where it has no twin.
    pub fn group(&self, picture: &Digest) -> Option<&Digest> {
        self.groups.get(picture)
    }
}
