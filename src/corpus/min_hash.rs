//! MinHash: small numbers that two sets of shingles share about as often as the sets are similar.

use crate::text::hash::mix;

/// Number of minima in a sketch.
pub(super) const MINIMA: usize = 96;

/// For each of 96 parts of the range of hashes, the smallest hash in it (one-permutation hashing, Li and others 2012).
/// Each shingle costs one comparison, instead of one for each of 96 permutations.
pub(super) struct MinHash([u32; MINIMA]);

impl MinHash {
    /// The sketch of no shingles.
    pub fn new() -> Self {
        Self([u32::MAX; MINIMA])
    }

    /// Adds the hash of a shingle. Its upper half chooses the part, and the lower half is compared.
    pub fn add(&mut self, hash: u64) {
        let part = ((hash >> 32) * MINIMA as u64) >> 32;
        let minimum = &mut self.0[part as usize];
        *minimum = (*minimum).min(hash as u32);
    }

    /// The minima. An empty part has the minimum of another one.
    pub fn minima(&self) -> [u32; MINIMA] {
        densified(self.0)
    }
}

/// The minima. Each empty part gets the minimum of another part (optimal densification, Shrivastava 2017).
/// Two sets choose the same other part, unless it is empty in one of them.
fn densified(minima: [u32; MINIMA]) -> [u32; MINIMA] {
    let is_full = |part: &usize| minima[*part] != u32::MAX;
    if !(0..MINIMA).any(|part| is_full(&part)) {
        return minima;
    }
    std::array::from_fn(|part| {
        let other = |attempt: u64| (mix((part as u64) << 32 | attempt) % MINIMA as u64) as usize;
        let full = std::iter::once(part).chain((1..).map(other)).find(is_full);
        minima[full.unwrap_or(part)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minima(hashes: impl Iterator<Item = u64>) -> [u32; MINIMA] {
        let mut sketch = MinHash::new();
        hashes.for_each(|hash| sketch.add(hash));
        sketch.minima()
    }

    #[test]
    fn minima_agree_as_often_as_sets_are_similar() {
        const PAIRS: u64 = 200;
        for size in [30, 300, 3000] {
            for shared in [0, 3, 6, 9, 10] {
                let set = |pair: u64, side: u64| {
                    let own = move |n: u64| if n % 10 < shared { 0 } else { side << 60 };
                    (0..size).map(move |n| mix(n | (pair << 32) | own(n)))
                };
                let agreed = |pair: u64| {
                    let (a, b) = (minima(set(pair, 1)), minima(set(pair, 2)));
                    a.iter().zip(&b).filter(|(a, b)| a == b).count()
                };
                let agreed = (0..PAIRS).map(agreed).sum::<usize>() as f64 / (PAIRS * MINIMA as u64) as f64;
                let similarity = shared as f64 / (20 - shared) as f64;
                assert!(
                    (agreed - similarity).abs() < 0.03,
                    "{size} shingles: {agreed:.3} for {similarity:.3}"
                );
            }
        }
    }

    #[test]
    fn a_set_of_nothing_has_minima() {
        assert_eq!(minima(std::iter::empty()), [u32::MAX; MINIMA]);
    }
}
