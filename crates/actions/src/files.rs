//! The files a person names: folders walked, nothing followed out of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::ActionError;

/// A file to take in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it lies.
    pub path: PathBuf,
    /// What to call it: the name, or the path below the folder that was named.
    pub name: String,
}

/// Returns the files that `paths` name, folders walked in the order of names.
///
/// Links inside a folder are not followed: they could lead anywhere on this computer. Errors with a path that does not
/// exist or is neither file nor folder (reading a pipe may never end), before anything is taken in.
pub fn find(paths: &[PathBuf]) -> Result<Vec<Found>, ActionError> {
    let mut found = Vec::new();
    for path in paths {
        let meta = fs::metadata(path).map_err(ActionError::file("read", path))?;
        if meta.is_dir() {
            walk(path, path, &mut found)?;
        } else if !meta.is_file() {
            return Err(ActionError::Request(format!(
                "{} is a pipe, socket or device, not a file or folder. Copy what it gives into a file, then import that.",
                path.display()
            )));
        } else {
            let name = path.file_name().map_or_else(|| "capture".into(), |name| name.to_string_lossy());
            found.push(Found { path: path.clone(), name: name.into_owned() });
        }
    }
    Ok(found)
}

fn walk(top: &Path, folder: &Path, found: &mut Vec<Found>) -> Result<(), ActionError> {
    let entries = fs::read_dir(folder).map_err(ActionError::file("read", folder))?;
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.map_err(ActionError::file("read", folder))?;
        let kind = entry.file_type().map_err(ActionError::file("read", &entry.path()))?;
        paths.push((entry.path(), kind));
    }
    paths.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in paths {
        let hidden = path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini"
        });
        if kind.is_dir() {
            walk(top, &path, found)?;
        } else if kind.is_file() && !hidden {
            let below = path.strip_prefix(top).unwrap_or(&path);
            found.push(Found { name: below.to_string_lossy().into_owned(), path });
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_and_links_stay_outside() {
        let folder = std::env::temp_dir().join(format!("redress-files-{}", std::process::id()));
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("b/2.txt"), b"2").unwrap();
        fs::write(folder.join("a.txt"), b"1").unwrap();
        std::os::unix::fs::symlink("/etc/hostname", folder.join("c.txt")).unwrap();
        let names: Vec<String> =
            find(std::slice::from_ref(&folder)).unwrap().into_iter().map(|found| found.name).collect();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names, ["a.txt", "b/2.txt"]);
        assert!(matches!(find(&[folder]), Err(ActionError::File { .. })));
        assert!(matches!(find(&["/dev/null".into()]), Err(ActionError::Request(_))));
    }
}
