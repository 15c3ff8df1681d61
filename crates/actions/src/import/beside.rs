//! The other files of the folder a capture was found in: who owns an export, the picture a message speaks of.
//!
//! Only files that are taken in by the same import are looked at, and only in the capture's own folder or above it: what a
//! file says about another's path leads nowhere else on this computer, and never into another export beside this one.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use values::{Digest, Hasher};

use crate::files::Found;

/// The most bytes of another file that are held.
const MOST: u64 = 64 << 20;

/// What lies beside one file.
pub(super) struct Beside<'a> {
    of: &'a Path,
    all: &'a HashSet<&'a Path>,
}

impl<'a> Beside<'a> {
    /// Returns what lies beside the file at `of`, of all that are taken in.
    pub(super) fn new(of: &'a Path, all: &'a HashSet<&'a Path>) -> Self {
        Self { of, all }
    }

    /// Returns every file of an import.
    pub(super) fn all(found: &[Found]) -> HashSet<&Path> {
        found.iter().map(|file| file.path.as_path()).collect()
    }

    fn find(&self, suffix: &str) -> Option<PathBuf> {
        let above = self.of.ancestors().skip(1);
        above.map(|folder| folder.join(suffix)).find(|path| self.all.contains(path.as_path()))
    }
}

impl intake::Beside for Beside<'_> {
    fn bytes(&self, suffix: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.find(suffix)?).ok()?.take(MOST + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= MOST).then_some(bytes)
    }

    fn digest(&self, suffix: &str) -> Option<Digest> {
        let mut file = File::open(self.find(suffix)?).ok()?;
        let (mut hasher, mut piece) = (Hasher::new(), vec![0; 64 << 10]);
        loop {
            match file.read(&mut piece).ok()? {
                0 => return Some(hasher.finish()),
                read => hasher.update(&piece[..read]),
            }
        }
    }
}
