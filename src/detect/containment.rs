//! Containment: which texts stand within which others.
//!
//! Each text that is looked for, a needle, is filed under one of its shingles, its anchor: the one with the smallest
//! hash. One pass over another text with the rolling hash of Karp and Rabin (1987) stops where the bytes may be those
//! of an anchor, and every needle found there is compared byte by byte. So the work is linear in the characters of a
//! document.

use std::iter::zip;

use super::work;
use crate::text::BloomFilter;
use crate::text::hash::{FACTOR, mix};

/// Number of characters in a shingle. Shorter texts stand in others by chance.
const SHINGLE: usize = 4;
/// Maximum number of needles that are compared at one position, so that many needles with one anchor do not take
/// the time of their product.
const COMPARED: usize = 8;
/// Base of the rolling hash.
const BASE: u64 = FACTOR;
/// Room in the filter of anchors: for so many times their number, and at least for so many.
const FILTER_ROOM: usize = 8;
const LEAST_ROOM: usize = 512;
/// Number of bytes by which the filter knows an anchor.
const FILTERED_BYTES: usize = 6;

/// Texts that are looked for in others.
pub(crate) struct Needles<'n> {
    keys: Vec<&'n str>,
    /// Sorted by hash, then in the order of the needles.
    anchors: Vec<NeedleAnchor>,
    /// A Bloom filter of the first bytes of anchors: no anchor begins at most places.
    filter: BloomFilter,
    /// Length of the shortest needle in bytes.
    shortest: usize,
}

/// The shingle under which a needle is filed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct NeedleAnchor {
    hash: u64,
    /// The index of the needle.
    needle: usize,
    /// The byte of the needle at which the shingle starts.
    at: usize,
}

impl NeedleAnchor {
    fn of(needle: usize, key: &str) -> Option<Self> {
        let filtered = shingles(key).filter(|(at, _)| first_bytes(key, *at).is_some());
        let (at, hash) = filtered.min_by_key(|(_, hash)| mix(*hash))?;
        Some(Self { hash, needle, at })
    }
}

impl<'n> Needles<'n> {
    /// Needles, known by their index. One with fewer than four characters or six bytes is never found.
    pub fn of(keys: impl Iterator<Item = &'n str>) -> Self {
        let keys: Vec<&str> = keys.collect();
        let mut anchors: Vec<NeedleAnchor> =
            keys.iter().enumerate().filter_map(|(needle, key)| NeedleAnchor::of(needle, key)).collect();
        anchors.sort_unstable();
        let mut filter = BloomFilter::with_room((anchors.len() * FILTER_ROOM).max(LEAST_ROOM));
        let firsts = anchors.iter().filter_map(|anchor| first_bytes(keys[anchor.needle], anchor.at));
        firsts.for_each(|hash| _ = filter.add(hash));
        let shortest = keys.iter().map(|key| key.len()).min().unwrap_or(usize::MAX);
        Self { keys, anchors, filter, shortest }
    }

    /// Calls `meet` with the index of each needle within a text, and with the byte at which it starts.
    pub fn each_within(&self, text: &str, mut meet: impl FnMut(usize, usize)) {
        if text.len() < self.shortest {
            return;
        }
        for at in text.char_indices().map(|(at, _)| at).filter(|at| self.may_begin(text, *at)) {
            for anchor in self.anchors_at(&text[at..]) {
                work::count(1);
                let start = at.checked_sub(anchor.at);
                let whole = |start: &usize| {
                    text.as_bytes()[*start..].starts_with(self.keys[anchor.needle].as_bytes())
                };
                start.filter(whole).into_iter().for_each(|start| meet(anchor.needle, start));
            }
        }
    }

    /// Whether an anchor may begin at a byte of a text.
    fn may_begin(&self, text: &str, at: usize) -> bool {
        first_bytes(text, at).is_some_and(|hash| self.filter.may_hold(hash))
    }

    /// The anchors with which a text begins.
    fn anchors_at(&self, text: &str) -> impl Iterator<Item = &NeedleAnchor> {
        let hash = shingles(text).next().map(|(_, hash)| hash);
        let start = self.anchors.partition_point(|anchor| Some(anchor.hash) < hash);
        self.anchors[start..].iter().take_while(move |anchor| Some(anchor.hash) == hash).take(COMPARED)
    }
}

/// A hash of the first bytes of what begins at a byte of a text.
fn first_bytes(text: &str, at: usize) -> Option<u64> {
    let [a, b, c, d, e, f] = *text.as_bytes().get(at..)?.first_chunk::<FILTERED_BYTES>()?;
    let (four, two) = (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]));
    Some((u64::from(four) | u64::from(two) << 32).wrapping_mul(BASE))
}

/// The shingles of a text: the byte at which each starts, and its hash.
fn shingles(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    const HIGHEST: u64 = BASE.wrapping_pow(SHINGLE as u32 - 1);
    let code = |character: char| u64::from(u32::from(character));
    let mut ends = text.chars();
    // All of the first shingle but its last character.
    let mut hash =
        ends.by_ref().take(SHINGLE - 1).fold(0_u64, |hash, c| hash.wrapping_mul(BASE).wrapping_add(code(c)));
    zip(text.char_indices(), ends).map(move |((start, first), last)| {
        let shingle = hash.wrapping_mul(BASE).wrapping_add(code(last));
        hash = shingle.wrapping_sub(code(first).wrapping_mul(HIGHEST));
        (start, shingle)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "街坊說，夜市搬走以後晚上安靜了許多。new market,夜市搬走以後晚上熱鬧";

    /// The needles found, each with the byte at which it starts.
    fn found(needles: &[&str], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        Needles::of(needles.iter().copied()).each_within(text, |needle, start| found.push((needle, start)));
        found.sort_unstable();
        found
    }

    #[test]
    fn a_shingle_has_one_hash_wherever_it_stands() {
        let inner = &TEXT[TEXT.char_indices().nth(9).map_or(0, |(at, _)| at)..];
        let hashes: Vec<u64> = shingles(TEXT).map(|(_, hash)| hash).collect();
        assert_eq!(shingles(inner).map(|(_, hash)| hash).collect::<Vec<_>>(), hashes[9..]);
    }

    #[test]
    fn each_needle_is_found_wherever_it_stands_as_a_whole() {
        for needle in ["街坊說，夜市", "夜市搬走以後", "晚上熱鬧", "new market", "rket,夜", TEXT]
        {
            let starts = TEXT.match_indices(needle).map(|(start, _)| (0, start)).collect::<Vec<_>>();
            assert!(!starts.is_empty(), "{needle}");
            assert_eq!(found(&[needle], TEXT), starts, "{needle}");
        }
        assert_eq!(found(&["夜市搬走之後", "晚上熱鬧起來"], TEXT), []);
    }

    #[test]
    fn many_needles_are_found_at_one_place() {
        let needles = ["夜市搬走以後", "夜市搬走以後晚上", "說，夜市搬走以後晚上安靜"];
        let starts = found(&needles, TEXT);
        assert_eq!(starts.iter().map(|(needle, _)| *needle).collect::<Vec<_>>(), [0, 0, 1, 1, 2]);
    }

    #[test]
    fn short_needles_are_not_found() {
        assert_eq!(found(&["夜市搬", "new", "", "mark"], TEXT), []);
    }
}
