//! A folder, wherever it is.

use std::collections::BTreeMap;
use std::io::{self, Read};

use crate::Limits;
use crate::zip::{Archive, Source};

/// What an item of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file with bytes.
    File,
    /// A link, whatever it points to.
    Link,
    /// A device, a pipe or another special file.
    Other,
}

/// One item of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// From the top of the folder, parts joined with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// What it is; folders themselves are not listed.
    pub kind: Kind,
}

/// A folder that can be listed and read. Implemented for a disk where the disk is.
pub trait Tree {
    /// Returns every item at any depth, folders not included, in any order.
    fn list(&mut self) -> io::Result<Vec<Item>>;

    /// Starts to read the file at `path`, one that [`Tree::list`] gave.
    fn open<'a>(&'a mut self, path: &str) -> io::Result<Box<dyn Read + 'a>>;
}

/// A folder in memory: path to content.
#[derive(Debug, Clone, Default)]
pub struct MemoryTree(pub BTreeMap<String, Vec<u8>>);

impl Tree for MemoryTree {
    fn list(&mut self) -> io::Result<Vec<Item>> {
        let item = |(path, bytes): (&String, &Vec<u8>)| Item {
            path: path.clone(),
            size: bytes.len() as u64,
            kind: Kind::File,
        };
        Ok(self.0.iter().map(item).collect())
    }

    fn open<'a>(&'a mut self, path: &str) -> io::Result<Box<dyn Read + 'a>> {
        let bytes = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.as_slice()))
    }
}

/// The bag in a ZIP: its top folder, or the folder that is the only thing in it (RFC 8493, section 4.1).
pub struct ZipTree<'a> {
    archive: Archive,
    source: &'a mut dyn Source,
    limits: Limits,
    top: String,
}

impl<'a> ZipTree<'a> {
    /// Takes an archive whose directory was found good.
    pub fn new(archive: Archive, source: &'a mut dyn Source, limits: &Limits) -> Self {
        let top = Self::top(&archive).unwrap_or_default();
        Self { archive, source, limits: *limits, top }
    }

    /// Returns the path, ending in `/` where it is not empty, under which the archive holds a `bagit.txt`.
    pub fn top(archive: &Archive) -> Option<String> {
        if archive.find("bagit.txt").is_some() {
            return Some(String::new());
        }
        let (first, _) = archive.entries.first()?.name.split_once('/')?;
        let top = format!("{first}/");
        let only = archive.entries.iter().all(|entry| entry.name.starts_with(&top));
        (only && archive.find(&format!("{top}bagit.txt")).is_some()).then_some(top)
    }
}

impl Tree for ZipTree<'_> {
    fn list(&mut self) -> io::Result<Vec<Item>> {
        let files = self.archive.entries.iter().filter(|entry| !entry.is_folder());
        let item = |entry: &crate::zip::Entry| {
            let path = entry.name.strip_prefix(&self.top)?.to_owned();
            Some(Item { path, size: entry.size, kind: Kind::File })
        };
        Ok(files.filter_map(item).collect())
    }

    fn open<'a>(&'a mut self, path: &str) -> io::Result<Box<dyn Read + 'a>> {
        let name = format!("{}{path}", self.top);
        let entry = self.archive.find(&name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Checked(self.archive.member(self.source, entry, &self.limits)?)))
    }
}

/// A member whose faults become errors, since a bag has no other way to hear of them.
struct Checked<'a>(crate::zip::Member<'a>);

impl Read for Checked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.0.read(into)? {
            0 if into.is_empty() => Ok(0),
            0 => match self.0.fault() {
                Some(fault) => Err(io::Error::other(fault.trouble("").what)),
                None => Ok(0),
            },
            read => Ok(read),
        }
    }
}
