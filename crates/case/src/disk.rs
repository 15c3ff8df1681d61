//! The few ways this room touches the file system, each with the path in its error.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::CaseError;

/// Wraps what the system said with what was tried and where.
pub fn failed(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> CaseError + use<> {
    let path = path.to_owned();
    move |source| CaseError::Disk { what, path, source }
}

/// Reads a whole small file.
pub fn read(path: &Path) -> Result<Vec<u8>, CaseError> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).map_err(failed("Reading", path))?;
    file.read_to_end(&mut bytes).map_err(failed("Reading", path))?;
    Ok(bytes)
}

/// Replaces a small file as one step: readers and a power cut see the old bytes or the new ones, never a mixture.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), CaseError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(failed("Writing", path))?;
    draft.write_all(bytes).map_err(failed("Writing", path))?;
    draft.as_file().sync_all().map_err(failed("Writing", path))?;
    draft.persist(path).map_err(|error| failed("Writing", path)(error.error))?;
    sync_folder(folder)
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), CaseError> {
    fs::create_dir_all(path).map_err(failed("Making the folder", path))
}

/// Makes sure that names just written in `folder` survive a power cut.
pub fn sync_folder(folder: &Path) -> Result<(), CaseError> {
    // Windows gives no handle on a folder to sync; there NTFS journals names itself.
    if cfg!(unix) {
        let handle = File::open(folder).map_err(failed("Writing", folder))?;
        handle.sync_all().map_err(failed("Writing", folder))?;
    }
    Ok(())
}

/// Opens a file for appending, making it where it is not there.
pub fn append_to(path: &Path) -> Result<File, CaseError> {
    OpenOptions::new().create(true).append(true).read(true).open(path).map_err(failed("Writing", path))
}

/// Returns the paths of what lies in a folder, in no order.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, CaseError> {
    let entries = fs::read_dir(folder).map_err(failed("Reading", folder))?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed("Reading", folder))).collect()
}
