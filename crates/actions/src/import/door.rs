//! The door: bytes are copied and hashed before anything reads them, and stripped where they may hold secrets.

use std::fs::File;
use std::io::{Read, Write};

use case::growing::{Growing, Writer};
use case::objects::Draft;
use case::{Case, CaseError};
use values::{Digest, Trouble};

use super::{FileOutcome, refused};
use crate::Context;

/// Files up to this size are read from memory, larger ones from disk while they are being kept.
const IN_MEMORY: u64 = 16 << 20;
/// The most bytes of a file that must be rewritten to strip secrets from it.
const STRIPPABLE: u64 = 2 << 30;
/// Bytes copied at once.
const PIECE: usize = 1 << 20;

/// A file's bytes as they may be kept.
pub(super) enum Door {
    /// All bytes, copied, hashed, and stripped where they held secrets.
    Kept {
        draft: Draft,
        in_memory: Option<Vec<u8>>,
        stripped_from: Option<Digest>,
        stripped: Option<u64>,
        troubles: Vec<Trouble>,
    },
    /// Bytes that will be copied and hashed while they are read: a large file whose bytes the case cannot have yet.
    Arriving(Arriving),
}

/// Why a file does not come in.
pub(super) enum Closed {
    File(std::io::Error),
    Case(CaseError),
    Refused(Box<FileOutcome>),
}

/// A large file on its way in.
pub(super) struct Arriving {
    pub growing: Growing,
    copy: Copy,
}

/// What is still to be copied.
pub(super) struct Copy {
    file: File,
    head: Vec<u8>,
    writer: Writer,
}

impl Arriving {
    /// Returns what others follow, and the copying that one thread must do.
    pub(super) fn apart(self) -> (Growing, Copy) {
        (self.growing, self.copy)
    }
}

impl Copy {
    /// Copies and hashes the file to its end. Returns `None` where nobody wanted the rest.
    pub(super) fn run(mut self, context: &Context<'_>) -> Result<Option<Draft>, Closed> {
        let full = |source| Closed::Case(disk_full(source));
        self.writer.write_all(&self.head).map_err(full)?;
        let mut buffer = vec![0; PIECE];
        loop {
            let count = self.file.read(&mut buffer).map_err(Closed::File)?;
            if count == 0 {
                return Ok(self.writer.finish());
            }
            if self.writer.given_up() {
                return Ok(None);
            }
            self.writer.write_all(&buffer[..count]).map_err(full)?;
            // The other half is told as it is read.
            context.progress.advance(count as u64 / 2);
        }
    }
}

impl Door {
    pub(super) fn open(
        case: &Case,
        mut file: File,
        name: &str,
        size: u64,
        context: &Context<'_>,
    ) -> Result<Self, Closed> {
        let mut head = vec![0; 1 << 16];
        let mut filled = 0;
        while filled < head.len() {
            match file.read(&mut head[filled..]).map_err(Closed::File)? {
                0 => break,
                count => filled += count,
            }
        }
        head.truncate(filled);
        let may_hold_secrets = intake::may_hold_secrets(name, &head);
        if may_hold_secrets && size > STRIPPABLE {
            return Err(Closed::Refused(Box::new(refused(
                name,
                "strip.too_large",
                "The file may hold passwords or session cookies and is too large to strip them.",
                "Export it again with fewer pages, or split it.",
            ))));
        }
        let mut draft = case.draft().map_err(Closed::Case)?;
        if may_hold_secrets || size <= IN_MEMORY {
            let mut bytes = head;
            file.read_to_end(&mut bytes).map_err(Closed::File)?;
            context.progress.advance(bytes.len() as u64);
            let stripped = if may_hold_secrets { intake::strip(name, &bytes) } else { None };
            let (bytes, stripped_from, stripped, troubles) = match stripped {
                Some(s) => (s.bytes, Some(Digest::of(&bytes)), Some(s.secrets), s.troubles),
                None => (bytes, None, None, Vec::new()),
            };
            draft.write_all(&bytes).map_err(|source| Closed::Case(disk_full(source)))?;
            return Ok(Self::Kept { draft, in_memory: Some(bytes), stripped_from, stripped, troubles });
        }
        if !case.view().has_capture_of_size(size).map_err(Closed::Case)? {
            let (growing, writer) = Growing::of(draft).map_err(Closed::Case)?;
            return Ok(Self::Arriving(Arriving { growing, copy: Copy { file, head, writer } }));
        }
        // The case may have these bytes already: whether it does is known before they are read.
        let full = |source| Closed::Case(disk_full(source));
        draft.write_all(&head).map_err(full)?;
        let mut buffer = vec![0; PIECE];
        loop {
            let count = file.read(&mut buffer).map_err(Closed::File)?;
            if count == 0 {
                break;
            }
            draft.write_all(&buffer[..count]).map_err(full)?;
            context.progress.advance(count as u64 / 2);
        }
        Ok(Self::Kept { draft, in_memory: None, stripped_from: None, stripped: None, troubles: Vec::new() })
    }
}

fn disk_full(source: std::io::Error) -> CaseError {
    CaseError::Disk { what: "Writing", path: "objects".into(), source }
}
