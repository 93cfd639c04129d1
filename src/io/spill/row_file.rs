//! Rows in a file, in the order in which they came.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::vec::IntoIter;

use extsort::Sortable;

use super::SpillFolder;
use super::read_at::read_at;
use super::row::Row;

/// Number of rows that are read together in order.
const TOGETHER: u64 = 1 << 10;
/// Number of rows that are read together by place. Places that follow one another need one read then, and places far apart
/// cost little more.
const BLOCK: u64 = 1 << 7;

/// Rows in a file. They may be read while others are added.
pub(crate) struct RowFile<const N: usize> {
    file: BufWriter<File>,
    count: u64,
    /// The place of the first row that was read last, and the bytes of these rows.
    block: (u64, Vec<u8>),
}

impl<const N: usize> RowFile<N> {
    /// A file without rows.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(folder: &SpillFolder) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(folder.file()?), count: 0, block: (0, Vec::new()) })
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
        if self.in_block(place).is_none() {
            let start = place - place % BLOCK;
            let bytes = self.bytes(start, BLOCK.min(self.count.saturating_sub(start)))?;
            self.block = (start, bytes);
        }
        Row::decode(&mut self.in_block(place).unwrap_or_default())
    }

    /// The bytes of the block from a place on.
    fn in_block(&self, place: u64) -> Option<&[u8]> {
        let (start, bytes) = &self.block;
        let offset = place.checked_sub(*start)?.checked_mul(Row::<N>::BYTES)?;
        bytes.get(usize::try_from(offset).ok()?..).filter(|bytes| !bytes.is_empty())
    }

    /// All rows, in order.
    pub fn into_rows(self) -> Rows<N> {
        Rows { file: self, next: 0, some: Vec::new().into_iter() }
    }

    /// Some rows from a place on.
    fn some(&mut self, place: u64, count: u64) -> io::Result<Vec<Row<N>>> {
        let bytes = self.bytes(place, count)?;
        let mut rest = bytes.as_slice();
        (0..count).map(|_| Row::decode(&mut rest)).collect()
    }

    /// The bytes of some rows from a place on.
    fn bytes(&mut self, place: u64, count: u64) -> io::Result<Vec<u8>> {
        self.file.flush()?;
        let mut bytes = vec![0; usize::try_from(count * Row::<N>::BYTES).unwrap_or(usize::MAX)];
        read_at(self.file.get_ref(), &mut bytes, place.saturating_mul(Row::<N>::BYTES))?;
        Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_by_place_while_others_are_added() {
        let parent = tempfile::tempdir().unwrap();
        let mut file = RowFile::<2>::new(&SpillFolder::new(parent.path()).unwrap()).unwrap();
        let row = |place: u64| Row([place as u32, 7]);
        for place in 0..3 * BLOCK {
            file.push(row(place)).unwrap();
            for known in [place, place / 2, 0] {
                assert_eq!(file.get(known).unwrap(), row(known));
            }
            assert!(file.get(place + 1).is_err());
        }
        assert!(file.get(u64::MAX).is_err());
        assert_eq!(file.into_rows().collect::<io::Result<Vec<_>>>().unwrap().len() as u64, 3 * BLOCK);
    }
}
