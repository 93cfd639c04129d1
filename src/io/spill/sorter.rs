//! Sorts more rows than fit into memory.

use std::cmp::Ordering;
use std::io;

use extsort::{ExternalSorter, PushExternalSorter, SortedIterator};
use tempfile::TempDir;

use super::SpillFolder;
use super::row::Row;

/// The fewest rows that are sorted in memory.
const FEWEST: usize = 1 << 10;

type RowOrder<const N: usize> = fn(&Row<N>, &Row<N>) -> Ordering;

/// Takes rows in any order.
pub(crate) struct Sorter<const N: usize> {
    rows: PushExternalSorter<Row<N>, RowOrder<N>>,
    folder: TempDir,
}

/// Gives rows in ascending order. The files of the sorter go when it is dropped.
pub(crate) struct Sorted<const N: usize> {
    rows: SortedIterator<Row<N>, RowOrder<N>>,
    _folder: TempDir,
}

impl<const N: usize> Sorter<N> {
    /// A sorter that takes at most so many bytes of memory, or those of the fewest rows.
    ///
    /// # Errors
    /// If its files cannot stand in the folder.
    pub fn new(folder: &SpillFolder, memory: u64) -> io::Result<Self> {
        let folder = folder.folder()?;
        // A vector that grows has up to twice the memory that its rows need.
        let rows = usize::try_from(memory / Row::<N>::BYTES / 2).unwrap_or(usize::MAX).max(FEWEST);
        let sorter = ExternalSorter::new().with_segment_size(rows).with_sort_dir(folder.path().to_owned());
        Ok(Self { rows: sorter.pushed_by(Ord::cmp), folder })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Errors of a file.
    pub fn push(&mut self, row: Row<N>) -> io::Result<()> {
        self.rows.push(row)
    }

    /// All rows, in order.
    ///
    /// # Errors
    /// Errors of a file.
    pub fn sorted(self) -> io::Result<Sorted<N>> {
        Ok(Sorted { rows: self.rows.done()?, _folder: self.folder })
    }
}

impl<const N: usize> Iterator for Sorted<N> {
    type Item = io::Result<Row<N>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}
