//! Fixed hashes, which are the same in every run, and small sets of hashes.

/// Any large odd number: the highest bits of its product with a number depend on all bits of the number (Fibonacci
/// hashing, Knuth, TAOCP 6.4).
pub(crate) const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash of two characters. Its highest bits are the best mixed.
#[inline(always)]
pub(crate) fn of_pair(first: char, second: char) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_mul(FACTOR)
}

/// Mixes all bits with all others (the finaliser of SplitMix64).
#[inline(always)]
pub(crate) fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// A set of hashes: a Bloom filter with one hash function, which rejects most hashes that are not in the set. It uses
/// the highest bits of a hash. `WORDS` is a power of two.
#[derive(Clone)]
pub(crate) struct Bits<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Bits<WORDS> {
    /// The index of the word that holds a hash, and the index of its bit in that word.
    #[inline(always)]
    fn place(hash: u64) -> (usize, u64) {
        let behind = u64::BITS - WORDS.ilog2();
        ((hash >> behind) as usize % WORDS, hash >> (behind - u64::BITS.ilog2()) & 63)
    }

    pub fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= 1 << bit;
    }

    #[inline(always)]
    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] >> bit & 1 == 1
    }
}

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_added_and_little_else() {
        let pairs = || ('一'..='丕').zip('丁'..);
        let mut bits = Bits::<64>::default();
        pairs().step_by(2).for_each(|(a, b)| bits.add(of_pair(a, b)));
        assert!(pairs().step_by(2).all(|(a, b)| bits.may_hold(of_pair(a, b))));
        assert!(pairs().skip(1).step_by(2).filter(|(a, b)| bits.may_hold(of_pair(*a, *b))).count() < 3);
    }
}
