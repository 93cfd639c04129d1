//! Values of any length in a file.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use super::SpillFolder;
use super::read_at::read_at;

/// How many bytes are copied together.
const TOGETHER: u64 = 1 << 16;

/// Values of any length in a file. They may be read by their places while others are added.
pub(crate) struct BytesFile {
    file: BufWriter<File>,
    length: u64,
}

impl BytesFile {
    /// A file without values.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(folder: &SpillFolder) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(folder.file()?), length: 0 })
    }

    /// Adds a value, and returns its place.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<u64> {
        self.file.write_all(bytes)?;
        let place = self.length;
        self.length += bytes.len() as u64;
        Ok(place)
    }

    /// Writes all values, one behind the other.
    ///
    /// # Errors
    /// Errors of the file and of the output.
    pub fn copy_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        let mut place = 0;
        while place < self.length {
            let length = (self.length - place).min(TOGETHER);
            out.write_all(&self.get(place, length as usize)?)?;
            place += length;
        }
        Ok(())
    }

    /// The value of a length at a place.
    ///
    /// # Errors
    /// Errors of the file, and if there is no such value.
    pub fn get(&mut self, place: u64, length: usize) -> io::Result<Vec<u8>> {
        self.file.flush()?;
        let mut bytes = vec![0; length];
        read_at(self.file.get_ref(), &mut bytes, place)?;
        Ok(bytes)
    }
}
