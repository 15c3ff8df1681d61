//! Bytes under their own SHA-256, written once, never changed.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::de::DeserializeOwned;
use values::{Digest, Hasher};

use crate::{CaseError, disk};

/// The folder `objects`.
#[derive(Debug, Clone)]
pub struct Objects {
    folder: PathBuf,
}

/// An object that was written and is not yet under its name: dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    file: tempfile::NamedTempFile,
    hasher: HasherDebug,
    size: u64,
    folder: PathBuf,
}

/// A hasher that prints nothing.
struct HasherDebug(Hasher);

impl std::fmt::Debug for HasherDebug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hasher")
    }
}

impl Objects {
    /// Names the folder.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns where the object called `digest` lies, whether it is there or not.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Tells whether there is an object of that name.
    pub fn has(&self, digest: &Digest) -> bool {
        self.path(digest).is_file()
    }

    /// Begins an object whose bytes come in pieces.
    pub fn draft(&self) -> Result<Draft, CaseError> {
        let file =
            tempfile::NamedTempFile::new_in(&self.folder).map_err(disk::failed("Writing", &self.folder))?;
        Ok(Draft { file, hasher: HasherDebug(Hasher::new()), size: 0, folder: self.folder.clone() })
    }

    /// Keeps `bytes`. Keeping the same bytes twice is one object.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, CaseError> {
        let mut draft = self.draft()?;
        draft.write_all(bytes).map_err(disk::failed("Writing", &self.folder))?;
        Ok(draft.keep()?.0)
    }

    /// Keeps `value` as JSON.
    pub fn put_json(&self, value: &impl Serialize) -> Result<Digest, CaseError> {
        // Written as it is made: the map of a large case is hundreds of megabytes.
        let mut draft = BufWriter::new(self.draft()?);
        serde_json::to_writer(&mut draft, value).map_err(|error| {
            if error.is_io() {
                disk::failed("Writing", &self.folder)(error.into())
            } else {
                CaseError::ObjectForm { digest: Digest::of(b""), expected: "JSON", what: error.to_string() }
            }
        })?;
        let draft =
            draft.into_inner().map_err(|error| disk::failed("Writing", &self.folder)(error.into_error()))?;
        Ok(draft.keep()?.0)
    }

    /// Opens an object for reading. Errors with [`CaseError::ObjectBroken`] where it is gone.
    pub fn open(&self, digest: &Digest) -> Result<File, CaseError> {
        File::open(self.path(digest)).map_err(|_| CaseError::ObjectBroken(*digest))
    }

    /// Reads a whole object and checks that its bytes fit its name.
    pub fn get(&self, digest: &Digest) -> Result<Vec<u8>, CaseError> {
        let mut bytes = Vec::new();
        self.open(digest)?.read_to_end(&mut bytes).map_err(disk::failed("Reading", &self.path(digest)))?;
        if Digest::of(&bytes) == *digest { Ok(bytes) } else { Err(CaseError::ObjectBroken(*digest)) }
    }

    /// Reads an object that holds JSON.
    pub fn get_json<T: DeserializeOwned>(
        &self,
        digest: &Digest,
        expected: &'static str,
    ) -> Result<T, CaseError> {
        serde_json::from_slice(&self.get(digest)?).map_err(|error| CaseError::ObjectForm {
            digest: *digest,
            expected,
            what: error.to_string(),
        })
    }

    /// Deletes an object. Returns whether it was there.
    pub(crate) fn delete(&self, digest: &Digest) -> Result<bool, CaseError> {
        let path = self.path(digest);
        match fs::remove_file(&path) {
            Ok(()) => {
                disk::sync_folder(path.parent().unwrap_or(&self.folder))?;
                Ok(true)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(disk::failed("Deleting", &path)(error)),
        }
    }

    /// Reads an object piece by piece and tells whether its bytes fit its name.
    pub fn check(&self, digest: &Digest) -> Result<bool, CaseError> {
        let mut reader = BufReader::with_capacity(1 << 18, self.open(digest)?);
        let mut hasher = Hasher::new();
        let mut buffer = vec![0; 1 << 18];
        loop {
            let count = reader.read(&mut buffer).map_err(disk::failed("Reading", &self.path(digest)))?;
            if count == 0 {
                return Ok(hasher.finish() == *digest);
            }
            hasher.update(&buffer[..count]);
        }
    }

    /// Returns the digests of all objects, sorted. Files that do not bear a digest as a name are left out.
    pub fn all(&self) -> Result<Vec<Digest>, CaseError> {
        let mut digests = Vec::new();
        for shelf in disk::list(&self.folder)? {
            if shelf.is_dir() {
                let names = disk::list(&shelf)?;
                digests.extend(
                    names.iter().filter_map(|path| path.file_name()?.to_str()?.parse::<Digest>().ok()),
                );
            }
        }
        digests.sort_unstable();
        Ok(digests)
    }
}

impl Draft {
    /// Gives the bytes their name. Returns the digest, the size and whether they were new to the case.
    ///
    /// The bytes are synced before they are named, and the name before this returns.
    pub fn keep(self) -> Result<(Digest, u64, bool), CaseError> {
        self.file.as_file().sync_data().map_err(disk::failed("Writing", &self.folder))?;
        self.name()
    }

    /// Returns a second handle on the file, so that syncing can run while the bytes are already being read.
    pub fn reopen(&self) -> Result<File, CaseError> {
        self.file.reopen().map_err(disk::failed("Reading", &self.folder))
    }

    /// Returns the size so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the digest of the bytes so far.
    pub fn digest(&self) -> Digest {
        self.hasher.0.clone().finish()
    }

    /// Names bytes that the caller has synced.
    pub(crate) fn name(self) -> Result<(Digest, u64, bool), CaseError> {
        let digest = self.hasher.0.finish();
        let objects = Objects::at(self.folder);
        let path = objects.path(&digest);
        if path.is_file() {
            return Ok((digest, self.size, false));
        }
        let shelf = path.parent().unwrap_or(&objects.folder).to_owned();
        let new_shelf = !shelf.is_dir();
        disk::make_folder(&shelf)?;
        self.file.persist(&path).map_err(|error| disk::failed("Writing", &path)(error.error))?;
        disk::sync_folder(&shelf)?;
        if new_shelf {
            disk::sync_folder(&objects.folder)?;
        }
        Ok((digest, self.size, true))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.0.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_under_their_digest_and_a_change_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::at(folder.path().to_owned());
        let digest = objects.put(b"a capture").unwrap();
        assert_eq!(digest, Digest::of(b"a capture"));
        assert_eq!(objects.get(&digest).unwrap(), b"a capture");
        assert_eq!(objects.put(b"a capture").unwrap(), digest);
        assert_eq!(objects.all().unwrap(), [digest]);
        fs::write(objects.path(&digest), b"a cApture").unwrap();
        assert!(!objects.check(&digest).unwrap());
        assert!(matches!(objects.get(&digest), Err(CaseError::ObjectBroken(_))));
    }

    #[test]
    fn a_dropped_draft_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::at(folder.path().to_owned());
        let mut draft = objects.draft().unwrap();
        draft.write_all(b"half").unwrap();
        drop(draft);
        assert_eq!(disk::list(folder.path()).unwrap(), Vec::<PathBuf>::new());
    }
}
