//! The shingles of an article: all runs of five characters of its key.

use std::cmp::Ordering;

use super::key::{SHORTEST_KEY, key};
use crate::text::hash::{FACTOR, mix};

/// Number of characters in a shingle. Shorter shingles occur in unrelated articles too, and a changed
/// character spoils more of the longer ones.
const LENGTH: usize = 5;

/// The set of an article's shingles, by which it is compared with others.
///
/// ```
/// use qingwen::corpus::Shingles;
/// let text = "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，\
///             老客人要走上十分鐘才會到。";
/// let (whole, part) = (Shingles::of(&format!("{text}市府說，年底以前會加開兩班公車。")), Shingles::of(text));
/// assert_eq!((whole.containment(&part), part.similarity(&part)), (1.0, 1.0));
/// assert!(whole.similarity(&part) < 1.0);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shingles {
    /// The hashes of the shingles in ascending order. Fewer than one of a billion pairs of shingles have the
    /// same hash, so equal hashes represent equal shingles.
    hashes: Vec<u32>,
}

impl Shingles {
    /// The shingles of a text. A text whose key has fewer than 50 characters has none, because it is compared as a
    /// whole.
    pub fn of(text: &str) -> Self {
        let key = key(text);
        let characters = key.chars().count();
        let mut hashes = Vec::with_capacity(characters);
        if characters >= SHORTEST_KEY {
            each_hash(&key, |hash| hashes.push(Self::hash(hash)));
        }
        Self::from_hashes(hashes)
    }

    /// The shingles with these hashes, which [`hashes`](Self::hashes) gave. Their order does not matter.
    ///
    /// ```
    /// use qingwen::corpus::Shingles;
    /// let (a, b) = (Shingles::from_hashes(vec![1, 2, 3]), Shingles::from_hashes(vec![5, 3, 2, 3]));
    /// assert_eq!((a.similarity(&b), b.hashes()), (0.5, &[2, 3, 5][..]));
    /// ```
    pub fn from_hashes(mut hashes: Vec<u32>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes }
    }

    /// The part of a shingle's hash that is kept.
    pub(super) fn hash(hash: u64) -> u32 {
        (hash >> 32) as u32
    }

    /// The hashes of the shingles, each once, in ascending order.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// The number of different shingles.
    pub fn count(&self) -> usize {
        self.hashes.len()
    }

    /// The number of shingles in both texts, as a share of those in either (Jaccard similarity), from 0 to 1.
    pub fn similarity(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        ratio(shared, self.count() + other.count() - shared)
    }

    /// The number of shingles in both texts, as a share of those in the shorter text, from 0 to 1.
    pub fn containment(&self, other: &Self) -> f64 {
        ratio(self.shared(other), self.count().min(other.count()))
    }

    /// The number of shingles that are in both texts.
    pub fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.hashes.as_slice(), other.hashes.as_slice());
        let mut shared = 0;
        while let ([first, a_rest @ ..], [second, b_rest @ ..]) = (a, b) {
            let order = first.cmp(second);
            shared += usize::from(order == Ordering::Equal);
            a = if order == Ordering::Greater { a } else { a_rest };
            b = if order == Ordering::Less { b } else { b_rest };
        }
        shared
    }
}

/// A share. It is 0 if the whole is 0.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Passes the hash of each shingle of a key to `see`, in the order of the key. Each hash is computed from the
/// one before (a polynomial rolling hash), so each character is read twice and not five times.
pub(super) fn each_hash(key: &str, mut see: impl FnMut(u64)) {
    const LEAVING: u64 = FACTOR.wrapping_pow(LENGTH as u32);
    let with = |rolling: u64, entering: char| rolling.wrapping_mul(FACTOR).wrapping_add(u64::from(entering));
    let mut entering = key.chars();
    // All of the first shingle but its last character.
    let mut rolling = entering.by_ref().take(LENGTH - 1).fold(0, with);
    let mut leaves = 0;
    for (entering, leaving) in entering.zip(key.chars()) {
        rolling = with(rolling, entering).wrapping_sub(leaves);
        see(mix(rolling));
        leaves = u64::from(leaving).wrapping_mul(LEAVING);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shingle_has_the_same_hash_at_any_position() {
        let of = |key: &str| {
            let mut hashes = Vec::new();
            each_hash(key, |hash| hashes.push(hash));
            hashes
        };
        let (all, alone) = (of("甲乙丙丁戊己庚辛"), of("丙丁戊己庚"));
        assert_eq!((all.len(), alone.len()), (4, 1));
        assert_eq!(all[2], alone[0]);
        assert!(of("甲乙丙丁").is_empty());
    }
}
