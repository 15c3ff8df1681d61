//! Where the bytes of a capture come from. Readers never see a path: a caller hands them one of these.

use std::io::{self, Cursor, Read, Seek};

use values::Digest;

/// What a reader may do with the bytes of a capture: read on, or go back.
pub trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// A capture that can be read more than once.
pub trait Source: Sync {
    /// Returns the name as given, without folders.
    fn name(&self) -> &str;

    /// Returns the SHA-256 of all bytes. Waits for the last of them where they are still coming.
    fn digest(&self) -> Digest;

    /// Returns the number of bytes.
    fn size(&self) -> u64;

    /// Returns the bytes from the first one on. May be called more than once.
    fn open(&self) -> io::Result<Box<dyn Bytes + '_>>;

    /// Returns all bytes where they already are in memory, or mapped.
    fn slice(&self) -> Option<&[u8]> {
        None
    }

    /// Tells whether going back costs nothing; `false` where every pass has to unpack the bytes from the first one on.
    fn goes_back(&self) -> bool {
        true
    }
}

/// A capture that lies in memory.
#[derive(Debug, Clone, Copy)]
pub struct Slice<'a> {
    name: &'a str,
    digest: Digest,
    bytes: &'a [u8],
}

impl<'a> Slice<'a> {
    /// Returns `bytes` as a source, and computes their digest.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, digest: Digest::of(bytes), bytes }
    }

    /// Returns `bytes` as a source under a digest computed before.
    pub fn with_digest(name: &'a str, digest: Digest, bytes: &'a [u8]) -> Self {
        Self { name, digest, bytes }
    }
}

impl Source for Slice<'_> {
    fn name(&self) -> &str {
        self.name
    }

    fn digest(&self) -> Digest {
        self.digest
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn open(&self) -> io::Result<Box<dyn Bytes + '_>> {
        Ok(Box::new(Cursor::new(self.bytes)))
    }

    fn slice(&self) -> Option<&[u8]> {
        Some(self.bytes)
    }
}

/// A capture that is streamed: `open` is called for each pass over it, `digest` when its digest is first needed.
///
/// ```
/// use std::io::Cursor;
/// let bytes = b"a capture".to_vec();
/// let digest = values::Digest::of(&bytes);
/// let size = bytes.len() as u64;
/// let source = intake::Stream::new("note.txt", move || digest, size, move || Ok(Box::new(Cursor::new(bytes.clone()))));
/// assert_eq!(intake::Source::size(&source), 9);
/// ```
pub struct Stream<D, F> {
    name: String,
    digest: D,
    size: u64,
    open: F,
}

impl<D: Fn() -> Digest + Sync, F: Fn() -> io::Result<Box<dyn Bytes>> + Sync> Stream<D, F> {
    /// Returns a source that calls `open` for each pass and `digest` for the digest, which may wait for the last byte:
    /// most formats that are read line by line never ask.
    pub fn new(name: impl Into<String>, digest: D, size: u64, open: F) -> Self {
        Self { name: name.into(), digest, size, open }
    }
}

impl<D: Fn() -> Digest + Sync, F: Fn() -> io::Result<Box<dyn Bytes>> + Sync> Source for Stream<D, F> {
    fn name(&self) -> &str {
        &self.name
    }

    fn digest(&self) -> Digest {
        (self.digest)()
    }

    fn size(&self) -> u64 {
        self.size
    }

    fn open(&self) -> io::Result<Box<dyn Bytes + '_>> {
        (self.open)()
    }
}
