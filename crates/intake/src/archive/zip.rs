//! ZIP (APPNOTE 6.3.10), read through `container`'s strict directory: what is judged and what is read are one.
//!
//! An archive that two readers could read two ways is refused before a member is read; no second look at the directory
//! is taken here, since a second reader is a second opinion that an attacker can choose.

use std::io::Read;

use container::zip::Archive;
use flate2::read::DeflateDecoder;
use values::{Severity, Trouble};

use super::inside::{Content, Inside, Unpack, Window, too_large};
use super::{HELD, Member, bomb, broken};
use crate::{Limits, Refused, Source};

pub(crate) struct Zip<'a> {
    source: &'a dyn Source,
    archive: Archive,
    members: Vec<Member>,
    /// For each member, where it stands in the directory: folders are no members.
    entries: Vec<usize>,
    troubles: Vec<Trouble>,
}

impl<'a> Zip<'a> {
    pub(crate) fn open(source: &'a dyn Source, limits: &Limits) -> Result<Self, Refused> {
        let mut reader = source.open().map_err(|error| Refused::unreadable(&error))?;
        let (archive, found) = Archive::open(&mut reader, &strict(limits));
        let mut troubles = Vec::new();
        for trouble in found.into_vec() {
            if trouble.severity == Severity::Reject {
                return Err(refused(trouble, limits));
            }
            troubles.push(trouble);
        }
        let mut zip = Self { source, members: Vec::new(), entries: Vec::new(), troubles, archive };
        let mut total = 0_u64;
        for (index, entry) in zip.archive.entries.iter().enumerate().filter(|(_, entry)| !entry.is_folder()) {
            total = total.saturating_add(entry.size);
            if total > limits.max_total_bytes
                || entry.size > limits.max_ratio.saturating_mul(entry.packed.max(1024))
            {
                return Err(bomb(limits.max_total_bytes));
            }
            zip.members.push(Member { name: entry.name.clone() });
            zip.entries.push(index);
        }
        Ok(zip)
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    pub(crate) fn troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    /// Returns a member. Its bytes are held against the size and checksum of the directory first: what does not hold is
    /// refused before a reader sees it.
    pub(crate) fn inside<'s>(
        &'s self,
        index: usize,
        capture: &'s dyn Source,
        limits: &Limits,
    ) -> Result<Inside<'s>, Refused> {
        let entry = self.entries.get(index).and_then(|at| self.archive.entries.get(*at));
        let (Some(entry), Some(named)) = (entry, self.members.get(index)) else {
            return Err(broken("it has no such file"));
        };
        if entry.size > limits.max_member_bytes && !self.source.goes_back() {
            return Err(too_large(entry.size, limits.max_member_bytes));
        }
        let mut reader = self.source.open().map_err(|error| Refused::unreadable(&error))?;
        let damaged = |error: std::io::Error| broken(&error.to_string());
        let mut member = self.archive.member(&mut reader, entry, &strict(limits)).map_err(damaged)?;
        let mut bytes = Vec::new();
        // It ends by itself at the size the directory states, which was held against the limits at the opening.
        if entry.size <= HELD {
            member.read_to_end(&mut bytes).map_err(damaged)?;
        } else {
            std::io::copy(&mut member, &mut std::io::sink()).map_err(damaged)?;
        }
        match member.fault() {
            None => {}
            Some(container::zip::MemberFault::Method(method)) => {
                return Err(Refused::new(
                    "archive.method",
                    format!(
                        "This file of the archive is packed in a way redress does not read (method {method})."
                    ),
                    "Unpack the archive with the program that made it, and import what is inside.",
                ));
            }
            Some(_) => return Err(broken("the bytes of a file are not those that were packed")),
        }
        let (source, start, packed) = (self.source, entry.start, entry.packed);
        let content = match entry.method {
            _ if entry.size <= HELD => Content::Held(bytes),
            0 => Content::Window { outer: source, start },
            _ => {
                let unpack: Unpack<'s> = Box::new(move || {
                    Ok(Box::new(DeflateDecoder::new(Window::new(source.open()?, start, packed)?)))
                });
                Content::Anew { unpack, cut: false }
            }
        };
        Ok(Inside::new(&named.name, capture, entry.size, content))
    }
}

/// What the directory may ask for, as far as the person's own limits say it.
fn strict(limits: &Limits) -> container::Limits {
    container::Limits {
        entries: usize::try_from(limits.max_entries).unwrap_or(usize::MAX),
        directory: 64 << 20,
        ..container::Limits::shipped()
    }
}

fn refused(trouble: Trouble, limits: &Limits) -> Refused {
    match trouble.code.as_ref() {
        "zip.entries" => Refused::new(
            "archive.bomb.entries",
            trouble.what,
            format!("Split it, or raise the limit of {} files with --max-entries.", limits.max_entries),
        ),
        "zip.bomb" => bomb(limits.max_total_bytes),
        "zip.truncated" => broken("it ends before its list of files, or its files do"),
        _ => match trouble.code {
            std::borrow::Cow::Borrowed(code) => Refused::new(code, trouble.what, trouble.next),
            std::borrow::Cow::Owned(_) => Refused::new("archive.refused", trouble.what, trouble.next),
        },
    }
}
