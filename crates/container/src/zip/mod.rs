//! ZIP archives, strictly: the directory is checked against the whole file before one member is read.
//!
//! A ZIP says everything twice, in its directory and before each member, and leaves room around and between. Readers
//! differ in which of the two they believe, so the same archive can show one content to the person who checks it and
//! another to the person who relies on it. What is ambiguous is refused; what only weakens (bytes before or after,
//! gaps) is said.

mod directory;
mod member;

use std::io::{Read, Seek, SeekFrom};

use values::{Severity, Trouble};

pub use self::member::{Member, MemberFault};
use crate::Limits;
use crate::judgement::{Format, Judgement, Troubles};

/// Anything an archive can be read from.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send + ?Sized> Source for T {}

/// An entry of the directory whose claims were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path, with `/` between parts; ends in `/` for a folder.
    pub name: String,
    /// 0 for stored, 8 for deflate; others cannot be read here.
    pub method: u16,
    /// CRC-32 of the content.
    pub crc: u32,
    /// Bytes in the archive.
    pub packed: u64,
    /// Bytes of the content.
    pub size: u64,
    /// Where the bytes begin in the file.
    pub start: u64,
}

impl Entry {
    /// Returns whether the entry is a folder.
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// An archive whose directory could be read.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// In the order of the directory.
    pub entries: Vec<Entry>,
}

impl Archive {
    /// Checks the directory against the file. Returns what can be read, and what is wrong: where a trouble refuses the
    /// archive, there are no entries.
    pub fn open(source: &mut dyn Source, limits: &Limits) -> (Self, Troubles) {
        let mut troubles = Troubles::new(limits.troubles);
        let entries = match directory::read(source, limits, &mut troubles) {
            Ok(entries) if !troubles.refused() => entries,
            Ok(_) => Vec::new(),
            Err(refused) => {
                troubles.push(*refused);
                Vec::new()
            }
        };
        (Self { entries }, troubles)
    }

    /// Returns the entry of that exact name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// Starts to read the content of an entry. The source must be the one that was opened.
    pub fn member<'a>(
        &self,
        source: &'a mut dyn Source,
        entry: &Entry,
        limits: &Limits,
    ) -> std::io::Result<Member<'a>> {
        source.seek(SeekFrom::Start(entry.start))?;
        Ok(Member::new(source, entry, limits))
    }
}

/// Judges an archive of which nothing more is known: the directory, then every member to its end.
pub fn lint(source: &mut dyn Source, limits: &Limits) -> Judgement {
    let (archive, mut troubles) = Archive::open(source, limits);
    for entry in &archive.entries {
        if troubles.refused() {
            break;
        }
        read_through(&archive, source, entry, limits, &mut troubles, &mut |_| {});
    }
    troubles.judge(Format::Zip, None)
}

/// Reads one member to its end, handing its bytes to `take`. Returns whether it could be read and its checksum held.
pub fn read_through(
    archive: &Archive,
    source: &mut dyn Source,
    entry: &Entry,
    limits: &Limits,
    troubles: &mut Troubles,
    take: &mut dyn FnMut(&[u8]),
) -> bool {
    let mut buffer = vec![0; 64 * 1024];
    let mut member = match archive.member(source, entry, limits) {
        Ok(member) => member,
        Err(error) => {
            troubles.push(unreadable(&error));
            return false;
        }
    };
    loop {
        match member.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => take(&buffer[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    match member.fault() {
        None => true,
        Some(fault) => {
            troubles.push(fault.trouble(&entry.name));
            false
        }
    }
}

pub(crate) fn unreadable(error: &std::io::Error) -> Trouble {
    let what = format!("The file could not be read on: {error}.");
    Trouble::new(
        "container.unreadable",
        Severity::Invalid,
        what,
        "Check the disk or the connection, and try again.",
    )
}

#[cfg(test)]
mod tests;
