//! Files that are being written. They stand beside the file that they will be, under another name, so that nothing
//! looks whole that is not.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::BuildHasher;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What the name of a file ends in that is being written.
const PARTIAL: &str = ".qingwen-partial";
/// What the name of a journal ends in.
const JOURNAL: &str = ".qingwen-journal";
/// The maximum length of a file name in bytes, on most systems.
const LONGEST_NAME: usize = 255;

/// All files that are being written.
static OPEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// What is done with the content that an interrupted run left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// It goes.
    New,
    /// It stays. The caller says how much of it is right.
    Continued,
}

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Partial {
    file: File,
    path: PathBuf,
    /// Whether the file stays if it is not completed.
    kept: bool,
}

impl Partial {
    /// Opens the file that will be `path`, and locks it.
    ///
    /// # Errors
    /// If it cannot be created, and if another run writes it.
    pub fn open(path: &Path, opening: Opening) -> io::Result<Self> {
        let partial = beside(path, PARTIAL);
        // An interruption waits for the register, so it finds each file that was created.
        let file = register(|open| {
            let file = locked(&partial)?;
            if opening == Opening::New {
                open.insert(partial.clone());
            }
            io::Result::Ok(file)
        })?;
        // What an interrupted run left is not lost if this run cannot go on with it.
        let mut opened = Self { file, path: partial, kept: opening == Opening::Continued };
        if opening == Opening::New {
            opened.cut(0)?;
        }
        Ok(opened)
    }

    /// Takes over permissions.
    pub fn set_permissions(&self, permissions: fs::Permissions) -> io::Result<()> {
        self.file.set_permissions(permissions)
    }

    /// Drops the content from a length on, and goes on there.
    ///
    /// # Errors
    /// If the content is shorter, and errors of the file.
    pub fn cut(&mut self, length: u64) -> io::Result<()> {
        if self.file.metadata()?.len() < length {
            let reason = "is shorter than its journal says; --restart begins anew";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, reason));
        }
        self.file.set_len(length)?;
        self.file.seek(SeekFrom::Start(length)).map(drop)
    }

    /// Makes sure that the content is on the disk. Returns its length.
    pub fn sync(&mut self) -> io::Result<u64> {
        self.file.sync_data()?;
        self.length()
    }

    /// The length of the content that was written.
    pub fn length(&mut self) -> io::Result<u64> {
        self.file.stream_position()
    }

    /// The same file, for a crate that writes it itself.
    ///
    /// # Errors
    /// If the system has no more files.
    pub fn shared(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Lets the content stay for a later run, if it is not completed.
    pub fn keep(&mut self) {
        self.kept = true;
        register(|open| open.remove(&self.path));
    }

    /// Lets the content go, although it was to stay.
    pub fn discard(&mut self) {
        self.kept = false;
    }

    /// Gives the file its name.
    pub fn complete(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.kept = true;
        Ok(())
    }
}

impl Write for Partial {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        register(|open| open.remove(&self.path));
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes all files that are being written. The process must end after that.
pub(crate) fn discard_partial_files() {
    register(|open| {
        for path in std::mem::take(open) {
            let _ = fs::remove_file(path);
        }
    });
}

/// Gives a file its name that an earlier run has written as a whole, unless it has it already.
///
/// # Errors
/// Errors of the file system.
pub(crate) fn complete_partial_file(path: &Path) -> io::Result<()> {
    match fs::rename(beside(path, PARTIAL), path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

/// Whether a file is one that a run writes for itself.
pub(crate) fn is_work_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(PARTIAL) || name.ends_with(JOURNAL)
}

/// Where the journal of a run stands that writes a file, or into a folder.
pub(crate) fn journal_of(output: &Path) -> PathBuf {
    if output.is_dir() { output.join(JOURNAL) } else { beside(output, JOURNAL) }
}

fn register<T>(change: impl FnOnce(&mut BTreeSet<PathBuf>) -> T) -> T {
    change(&mut OPEN.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The path beside a file whose name ends in `ending`. A name that would be too long is replaced by its hash.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.file_name().unwrap_or_default().to_owned();
    if name.len() + ending.len() > LONGEST_NAME {
        let hash = foldhash::quality::FixedState::default().hash_one(&name);
        name = format!("{hash:016x}").into();
    }
    name.push(ending);
    path.with_file_name(name)
}

/// Opens a file and locks it. Another run may have completed the file in between. It is another file then, and this
/// one is opened anew.
pub(crate) fn locked(path: &Path) -> io::Result<File> {
    loop {
        if path.is_symlink() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a link stands where it is written"));
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another run is writing it"));
            }
            // Some file systems have no locks.
            Err(TryLockError::Error(_)) => return Ok(file),
            Ok(()) if is_at(&file, path) => return Ok(file),
            Ok(()) => {}
        }
    }
}

/// Whether a path still names this file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (open, named) = (file.metadata().map(number), fs::metadata(path).map(number));
    matches!((open, named), (Ok(open), Ok(named)) if open == named)
}

/// Whether a path still names this file. An open file cannot be renamed here.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut partial = Partial::open(&path, Opening::New).unwrap();
        partial.write_all("甲乙".as_bytes()).unwrap();
        assert_eq!(names(folder.path()), ["a.txt.qingwen-partial"]);
        partial.complete(&path).unwrap();
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn what_is_not_complete_goes_unless_it_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        drop(Partial::open(&path, Opening::New).unwrap());
        assert!(names(folder.path()).is_empty());
        let mut partial = Partial::open(&path, Opening::New).unwrap();
        partial.write_all(b"abcdef").unwrap();
        partial.keep();
        drop(partial);
        let mut partial = Partial::open(&path, Opening::Continued).unwrap();
        assert!(partial.cut(7).is_err());
        partial.cut(3).unwrap();
        partial.write_all(b"X").unwrap();
        assert_eq!(partial.sync().unwrap(), 4);
        partial.complete(&path).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"abcX");
    }

    #[test]
    fn two_runs_do_not_write_one_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let first = Partial::open(&path, Opening::New).unwrap();
        let second = Partial::open(&path, Opening::New).unwrap_err();
        assert_eq!(second.kind(), io::ErrorKind::ResourceBusy);
        drop(first);
        assert!(Partial::open(&path, Opening::New).is_ok());
    }

    #[test]
    fn a_long_name_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("{}.txt", "題".repeat(83)));
        Partial::open(&path, Opening::New).unwrap().complete(&path).unwrap();
        assert!(path.exists());
    }
}
