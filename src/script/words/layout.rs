//! The memory layout of the list of words. It consists of numbers that are found by hashes, so that nothing is parsed
//! at run time. The build script uses this too.

/// Maximum number of characters in a word of the list.
pub(super) const LONGEST: usize = 4;
/// Number of numbers before the slots in an image: the number of slots.
pub(super) const HEAD: usize = 1;
/// Number of numbers in the filter of pairs, which is at the end of an image.
pub(super) const FILTER: usize = 1 << 14;

/// Hash of the first characters of a word. Further characters can be added.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordHash(u64);

impl WordHash {
    pub const EMPTY: Self = Self(0);

    #[inline]
    pub fn then(self, character: char) -> Self {
        Self((self.0 ^ u64::from(character)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32))
    }

    /// The first slot to search for a word, in a table whose length is a power of two.
    #[inline]
    pub fn slot(self, length: usize) -> usize {
        self.0 as usize & length.wrapping_sub(1)
    }

    /// The bits that identify a word in its slot, above the cost.
    #[inline]
    pub fn tag(self) -> u32 {
        (self.0 >> 32) as u32 & !u32::from(u8::MAX)
    }

    /// The index of the filter's number, and its bit, for a pair of characters.
    #[inline]
    pub fn bit(self) -> (usize, u32) {
        let place = self.0 as usize & (FILTER * 32 - 1);
        (place / 32, 1 << (place % 32))
    }
}
