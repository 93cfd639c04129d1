//! A row of numbers.

use std::io::{self, Read, Write};

use extsort::Sortable;

/// A row of numbers. Rows are sorted by the first number, then by the second, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row<const N: usize>(pub [u32; N]);

impl<const N: usize> Row<N> {
    /// Bytes of a row in a file.
    pub const BYTES: u64 = (N * size_of::<u32>()) as u64;
}

impl<const N: usize> Sortable for Row<N> {
    fn encode<W: Write>(&self, writer: &mut W) -> io::Result<()> {
        self.0.iter().try_for_each(|number| writer.write_all(&number.to_le_bytes()))
    }

    fn decode<R: Read>(reader: &mut R) -> io::Result<Self> {
        let mut row = [0; N];
        for number in &mut row {
            let mut bytes = [0; size_of::<u32>()];
            reader.read_exact(&mut bytes)?;
            *number = u32::from_le_bytes(bytes);
        }
        Ok(Self(row))
    }
}

/// The upper and the lower half of a number, as numbers of a row.
pub(crate) fn halves(number: u64) -> [u32; 2] {
    [(number >> 32) as u32, number as u32]
}

/// The number with these halves.
pub(crate) fn whole([upper, lower]: [u32; 2]) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}
