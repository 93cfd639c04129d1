//! How the list of words lies in memory: as numbers, found by hashes, so that nothing is parsed at run time. The build
//! script uses this too.

/// No word of the list has more characters.
pub(super) const LONGEST: usize = 4;
/// Numbers in front of an image: how many slots follow.
pub(super) const HEAD: usize = 1;
/// Numbers of the filter of pairs, which ends an image.
pub(super) const FILTER: usize = 1 << 14;

/// Hash of the first characters of a word, to which further ones are added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    pub const EMPTY: Self = Self(0);

    #[inline]
    pub fn then(self, character: char) -> Self {
        Self((self.0 ^ u64::from(character)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32))
    }

    /// Where a word is looked for first, in a table whose length is a power of two.
    #[inline]
    pub fn slot(self, length: usize) -> usize {
        self.0 as usize & length.wrapping_sub(1)
    }

    /// What tells a word in its slot, above the cost.
    #[inline]
    pub fn tag(self) -> u32 {
        (self.0 >> 32) as u32 & !u32::from(u8::MAX)
    }

    /// The number of the filter, and its bit, for a pair of characters.
    #[inline]
    pub fn bit(self) -> (usize, u32) {
        let place = self.0 as usize & (FILTER * 32 - 1);
        (place / 32, 1 << (place % 32))
    }
}
