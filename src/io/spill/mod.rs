//! Values that do not fit into memory. They are numbers in rows, or bytes, and stand in temporary files: sorted
//! ([`Sorter`]), or by their place ([`RowFile`], [`BytesFile`]).

mod bytes_file;
mod read_at;
mod row;
mod row_file;
mod sorter;

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::TempDir;

pub(crate) use bytes_file::BytesFile;
pub(crate) use row::Row;
pub(crate) use row_file::{RowFile, Rows};
pub(crate) use sorter::Sorter;

/// A folder for temporary files. It goes with its files when the value is dropped.
pub(crate) struct SpillFolder(TempDir);

impl SpillFolder {
    /// A folder in another one.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(parent: &Path) -> io::Result<Self> {
        tempfile::Builder::new().prefix("qingwen-").tempdir_in(parent).map(Self)
    }

    /// A file without a name. It goes when it is closed, also if the program is killed.
    fn file(&self) -> io::Result<File> {
        tempfile::tempfile_in(self.0.path())
    }

    /// A folder in it.
    fn folder(&self) -> io::Result<TempDir> {
        tempfile::tempdir_in(self.0.path())
    }
}
