//! A small set of hashes, by which most that are not there are told at once.

/// A small Bloom filter with one hash, of which the highest bits count.
#[derive(Clone)]
pub(super) struct Bits([u64; Self::WORDS]);

impl Bits {
    const WORDS: usize = 64;

    fn place(hash: u64) -> (usize, u64) {
        ((hash >> 58) as usize % Self::WORDS, hash >> 52 & 63)
    }

    pub fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= 1 << bit;
    }

    pub fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] >> bit & 1 == 1
    }
}

impl Default for Bits {
    fn default() -> Self {
        Self([0; Self::WORDS])
    }
}
