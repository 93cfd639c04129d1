//! A Bloom filter with one hash function.

/// A set of hashes that rejects most hashes which are not in it, and none that are. It uses the highest bits of a hash.
/// The number of words is a power of two: an array where it is fixed, else a vector.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BloomFilter<W = Vec<u64>>(W);

/// A filter of a fixed number of words.
pub(crate) type FixedBloomFilter<const WORDS: usize> = BloomFilter<[u64; WORDS]>;

impl<const WORDS: usize> Default for FixedBloomFilter<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl BloomFilter {
    /// Bits for each hash.
    const ROOM: usize = 8;

    /// An empty filter for this number of hashes.
    pub fn with_room(hashes: usize) -> Self {
        Self(vec![0; (hashes * Self::ROOM / 64).max(1).next_power_of_two()])
    }
}

impl<W: AsRef<[u64]> + AsMut<[u64]>> BloomFilter<W> {
    /// The index of the word that holds a hash, and the hash's bit in that word.
    #[inline(always)]
    fn position(&self, hash: u64) -> (usize, u64) {
        let words = self.0.as_ref().len();
        let index = (hash >> (u64::BITS - u64::BITS.ilog2() - words.ilog2())) as usize;
        (index / 64 % words, 1 << (index % 64))
    }

    /// Adds a hash. Returns whether the filter may have held it before.
    #[inline]
    pub fn add(&mut self, hash: u64) -> bool {
        let (word, bit) = self.position(hash);
        let word = &mut self.0.as_mut()[word];
        let was_held = *word & bit != 0;
        *word |= bit;
        was_held
    }

    /// Whether the filter may hold a hash. If not, it was never added.
    #[inline(always)]
    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = self.position(hash);
        self.0.as_ref()[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::of_pair;
    use super::*;

    /// The number of hashes that were not added and that the filter may hold.
    fn false_positives<W: AsRef<[u64]> + AsMut<[u64]>>(mut filter: BloomFilter<W>) -> usize {
        let pairs = || ('一'..='丕').zip('丁'..);
        pairs().step_by(2).for_each(|(a, b)| _ = filter.add(of_pair(a, b)));
        assert!(pairs().step_by(2).all(|(a, b)| filter.may_hold(of_pair(a, b))));
        pairs().skip(1).step_by(2).filter(|(a, b)| filter.may_hold(of_pair(*a, *b))).count()
    }

    #[test]
    fn a_filter_holds_what_was_added_and_little_else() {
        assert!(false_positives(FixedBloomFilter::<64>::default()) < 3);
        assert!(false_positives(BloomFilter::with_room(64)) < 8);
        assert!(false_positives(FixedBloomFilter::<1>::default()) < 20);
    }

    #[test]
    fn a_filter_knows_what_it_held_before() {
        let mut filter = BloomFilter::with_room(0);
        assert!(!filter.add(of_pair('老', '街')) && filter.add(of_pair('老', '街')));
    }
}
