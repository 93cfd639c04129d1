//! Values that do not fit into memory. They are numbers in rows, or bytes, and stand in temporary files: sorted
//! ([`Sorter`]), or by their place ([`RowFile`], [`BytesFile`]).

mod bytes_file;
mod grouped;
mod read_at;
mod row;
mod row_file;
mod sorter;

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

pub(crate) use bytes_file::BytesFile;
pub(crate) use grouped::grouped;
pub(crate) use row::{Row, halves, whole};
pub(crate) use row_file::{RowFile, Rows};
pub(crate) use sorter::Sorter;

/// The beginning of the names of these folders.
const PREFIX: &str = "qingwen-";
/// The file in a folder that its run has locked.
const LOCK: &str = "lock";

/// A folder for temporary files. It goes with its files when the value is dropped. A run that is killed leaves it, and the
/// next run beside it removes it.
pub(crate) struct SpillFolder {
    folder: TempDir,
    /// Open and locked as long as the run lives.
    _lock: File,
}

impl SpillFolder {
    /// A folder in another one.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(parent: &Path) -> io::Result<Self> {
        remove_abandoned(parent);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
        // The file gets its name when it is locked, so that no other run takes the folder for an abandoned one.
        let new = folder.path().join("new-lock");
        let lock = File::create(&new)?;
        // Some file systems have no locks. Their folders stay if a run is killed.
        if lock.try_lock().is_ok() {
            fs::rename(new, folder.path().join(LOCK))?;
        }
        Ok(Self { folder, _lock: lock })
    }

    /// A file without a name. It goes when it is closed, also if the program is killed.
    fn file(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.folder.path())
    }

    /// A folder in it.
    fn folder(&self) -> io::Result<TempDir> {
        tempfile::tempdir_in(self.folder.path())
    }
}

/// Removes folders whose runs have ended without removing them. What cannot be removed stays: it is not needed.
fn remove_abandoned(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    let is_ours = |entry: &fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
    for entry in entries.flatten().filter(is_ours) {
        let is_abandoned = || File::open(entry.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_abandoned() {
            _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_killed_run_goes_and_that_of_a_living_one_stays() {
        let parent = tempfile::tempdir().unwrap();
        let living = SpillFolder::new(parent.path()).unwrap();
        let [killed, other] = ["qingwen-killed", "other"].map(|name| parent.path().join(name));
        for folder in [&killed, &other] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join(LOCK), "").unwrap();
        }
        let next = SpillFolder::new(parent.path()).unwrap();
        let there = [living.folder.path(), next.folder.path(), &other].map(Path::exists);
        assert_eq!((there, killed.exists()), ([true; 3], false));
        let path = living.folder.path().to_owned();
        drop(living);
        assert!(!path.exists());
    }
}
