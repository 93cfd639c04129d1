//! Rows in a file, in the order in which they came.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::vec::IntoIter;

use extsort::Sortable;

use super::SpillFolder;
use super::read_at::read_at;
use super::row::Row;

/// How many rows are read together.
const TOGETHER: u64 = 1 << 10;

/// Rows in a file. They may be read while others are added.
pub(crate) struct RowFile<const N: usize> {
    file: BufWriter<File>,
    count: u64,
}

impl<const N: usize> RowFile<N> {
    /// A file without rows.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(folder: &SpillFolder) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(folder.file()?), count: 0 })
    }

    /// The number of rows.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn push(&mut self, row: Row<N>) -> io::Result<()> {
        self.count += 1;
        row.encode(&mut self.file)
    }

    /// The row at a place, from 0.
    ///
    /// # Errors
    /// Errors of the file, and if there is no such row.
    pub fn get(&mut self, place: u64) -> io::Result<Row<N>> {
        let rows = self.some(place, 1)?;
        rows.into_iter().next().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// All rows, in order.
    pub fn into_rows(self) -> Rows<N> {
        Rows { file: self, next: 0, some: Vec::new().into_iter() }
    }

    /// Some rows from a place on.
    fn some(&mut self, place: u64, count: u64) -> io::Result<Vec<Row<N>>> {
        self.file.flush()?;
        let mut bytes = vec![0; usize::try_from(count * Row::<N>::BYTES).unwrap_or(usize::MAX)];
        read_at(self.file.get_ref(), &mut bytes, place.saturating_mul(Row::<N>::BYTES))?;
        let mut rest = bytes.as_slice();
        (0..count).map(|_| Row::decode(&mut rest)).collect()
    }
}

/// The rows of a file, in order.
pub(crate) struct Rows<const N: usize> {
    file: RowFile<N>,
    next: u64,
    some: IntoIter<Row<N>>,
}

impl<const N: usize> Rows<N> {
    /// Begins again with the first row.
    pub fn rewind(self) -> Self {
        self.file.into_rows()
    }

    fn fill(&mut self) -> io::Result<()> {
        let count = TOGETHER.min(self.file.count - self.next);
        self.some = self.file.some(self.next, count)?.into_iter();
        self.next += count;
        Ok(())
    }
}

impl<const N: usize> Iterator for Rows<N> {
    type Item = io::Result<Row<N>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.some.len() == 0 && self.next < self.file.count {
            let filled = self.fill();
            if let Err(error) = filled {
                return Some(Err(error));
            }
        }
        self.some.next().map(Ok)
    }
}
