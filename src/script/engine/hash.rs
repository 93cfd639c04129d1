//! Hashes of keys' first bytes, and filters of them.

use super::tables::WINDOW;

/// A key of so many bytes or more is hashed by its first nine, others by their first six.
pub(super) const LONGER: usize = 9;

/// Hash of a key's first bytes: a sum of products, so that nine bytes cost one product more than six. The
/// upper half is well mixed; its upper bits say where, its lower ones what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u64);

impl Hash {
    /// Of the lowest six bytes.
    #[inline(always)]
    pub fn of_six(bytes: u64) -> Self {
        Self((bytes & 0xFFFF_FFFF_FFFF).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Of nine bytes, this being of the first six and `last` of the last six.
    #[inline(always)]
    pub fn with_last(self, last: Self) -> Self {
        Self(self.0.wrapping_add(last.0 >> 5))
    }

    /// Of what a key is found by.
    pub fn of_key(key: &[u8]) -> Self {
        let mut window = [0; WINDOW];
        let length = key.len().min(LONGER);
        window[..length].copy_from_slice(&key[..length]);
        let six = Self::of_six(first_eight(&window));
        if key.len() < LONGER { six } else { six.with_last(Self::of_six(from_fourth(&window))) }
    }

    /// Whether a filter holds it, or something like it.
    #[inline(always)]
    pub fn may_be_in(self, filter: &[u64]) -> bool {
        let (one, other) = self.bits();
        filter.get(self.index(filter.len())).is_some_and(|word| word >> one & word >> other & 1 != 0)
    }

    /// A place in a table whose length is a power of two.
    #[inline(always)]
    pub fn index(self, length: usize) -> usize {
        (self.0 >> 40) as usize & length.wrapping_sub(1)
    }

    /// The bits of a word in a filter.
    #[inline(always)]
    fn bits(self) -> (u64, u64) {
        (self.0 >> 28 & 63, self.0 >> 34 & 63)
    }

    /// The bits of a slot above the place.
    #[inline(always)]
    pub fn tag(self, place_bits: u32) -> u32 {
        ((self.0 >> 24) as u32) << place_bits
    }
}

/// A filter with a word for so many hashes, more or less. More words do not fit near the processor, fewer give
/// too many false hits.
pub(super) fn filter(hashes: impl Iterator<Item = Hash>, for_word: usize) -> Vec<u64> {
    let mut hashes: Vec<Hash> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    let words = (hashes.len() / for_word).next_power_of_two();
    let mut filter = vec![0; words];
    for hash in hashes {
        let (one, other) = hash.bits();
        filter[hash.index(words)] |= 1 << one | 1 << other;
    }
    filter
}

/// The first eight bytes of a window as a number.
#[inline(always)]
pub(super) fn first_eight(window: &[u8; WINDOW]) -> u64 {
    u128::from_le_bytes(*window) as u64
}

/// Eight bytes of a window from the fourth on.
#[inline(always)]
pub(super) fn from_fourth(window: &[u8; WINDOW]) -> u64 {
    (u128::from_le_bytes(*window) >> 24) as u64
}
