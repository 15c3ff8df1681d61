//! ZIP (APPNOTE 6.3.10), read through `container`'s strict directory: what is judged and what is read are one.
//!
//! An archive that two readers could read two ways is refused before a member is read; no second look at the directory
//! is taken here, since a second reader is a second opinion that an attacker can choose.

use std::io::Read;

use container::zip::Archive;
use values::{Severity, Trouble};

use super::{Member, bomb, broken};
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

    pub(crate) fn bytes(&self, index: usize, limits: &Limits) -> Result<Vec<u8>, Refused> {
        let entry = self.entries.get(index).and_then(|at| self.archive.entries.get(*at));
        let Some(entry) = entry else { return Ok(Vec::new()) };
        if entry.size > limits.max_member_bytes {
            return Err(Refused::new(
                "archive.member_too_large",
                format!(
                    "This file of the archive claims {} bytes; redress unpacks at most {}.",
                    entry.size, limits.max_member_bytes
                ),
                "Unpack the archive, and import the file by itself.",
            ));
        }
        let mut reader = self.source.open().map_err(|error| Refused::unreadable(&error))?;
        let damaged = |error: std::io::Error| broken(&error.to_string());
        let mut member = self.archive.member(&mut reader, entry, &strict(limits)).map_err(damaged)?;
        let mut bytes = Vec::new();
        // It ends by itself at the size the directory states, which was held against the limit above.
        member.read_to_end(&mut bytes).map_err(damaged)?;
        match member.fault() {
            None => Ok(bytes),
            Some(container::zip::MemberFault::Method(method)) => Err(Refused::new(
                "archive.method",
                format!(
                    "This file of the archive is packed in a way redress does not read (method {method})."
                ),
                "Unpack the archive with the program that made it, and import what is inside.",
            )),
            Some(_) => Err(broken("the bytes of a file are not those that were packed")),
        }
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
