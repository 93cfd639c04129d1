//! Shingles: all runs of six characters of a key, with a rolling hash (Karp and Rabin, 1987).

use std::iter::zip;

use crate::text::FixedBloomFilter;
use crate::text::hash::FACTOR;

/// Characters of a shingle.
const WINDOW: usize = 6;
/// Keys under one hash at most.
const FILED: usize = 4;
/// Base of the rolling hash.
const BASE: u64 = FACTOR;
/// Words of the filter of anchors.
const FILTER_WORDS: usize = 64;

/// Keys by the hash of one shingle of each, its anchor.
pub(super) struct Anchors {
    /// Sorted.
    numbers: Vec<(u64, usize)>,
    /// A Bloom filter of how anchors begin: most places are none.
    filter: FixedBloomFilter<FILTER_WORDS>,
}

impl Anchors {
    /// The anchors of keys, each by the byte at which it starts, in the order of the keys.
    pub fn of<'k>(anchors: impl Iterator<Item = (&'k str, usize)>) -> Self {
        let (mut numbers, mut filter) = (Vec::new(), FixedBloomFilter::default());
        for (number, (key, at)) in anchors.enumerate() {
            numbers.extend(shingles(&key[at..]).next().map(|(_, hash)| (hash, number)));
            beginning(key, at).into_iter().for_each(|hash| _ = filter.add(hash));
        }
        numbers.sort_unstable();
        Self { numbers, filter }
    }

    /// The bytes of a key at which an anchor may begin.
    pub fn may_begin_in<'k>(&'k self, key: &'k str) -> impl Iterator<Item = usize> + 'k {
        let places = key.char_indices().map(|(at, _)| at);
        places.filter(|at| beginning(key, *at).is_some_and(|hash| self.filter.may_hold(hash)))
    }

    /// The numbers of the keys whose anchor a text begins with.
    pub fn beginning(&self, text: &str) -> impl Iterator<Item = usize> {
        let hash = shingles(text).next().map(|(_, hash)| hash);
        let start = self.numbers.partition_point(|(filed, _)| Some(*filed) < hash);
        let same = self.numbers[start..].iter().take_while(move |(filed, _)| Some(*filed) == hash);
        same.map(|(_, number)| *number).take(FILED)
    }
}

/// A hash of the first bytes of the shingle that begins at a byte of a key; no shingle has fewer.
fn beginning(key: &str, at: usize) -> Option<u64> {
    let [a, b, c, d, e, f] = *key.as_bytes().get(at..)?.first_chunk::<WINDOW>()?;
    let (four, two) = (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]));
    Some((u64::from(four) | u64::from(two) << 32).wrapping_mul(BASE))
}

/// The shingles of a key: the byte at which each starts, and its hash.
pub(super) fn shingles(key: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    const HIGHEST: u64 = BASE.wrapping_pow(WINDOW as u32 - 1);
    let code = |character: char| u64::from(u32::from(character));
    let mut ends = key.chars();
    // All of the first shingle but its last character.
    let mut hash =
        ends.by_ref().take(WINDOW - 1).fold(0_u64, |hash, c| hash.wrapping_mul(BASE).wrapping_add(code(c)));
    zip(key.char_indices(), ends).map(move |((start, first), last)| {
        let window = hash.wrapping_mul(BASE).wrapping_add(code(last));
        hash = window.wrapping_sub(code(first).wrapping_mul(HIGHEST));
        (start, window)
    })
}
