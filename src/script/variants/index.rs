//! Where a character's contexts are found by its neighbours: each character has small tables of its own, so that a
//! choice touches little memory; and what is sought is in one bucket or nowhere, so that nothing is to be guessed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::image;
use super::image::{Beside, NEIGHBOUR_BITS};

/// What is known beside one neighbour of a character: from the lowest bit up the number of that context, 0 where it
/// tells nothing by itself; five bits of which one is set for each farther neighbour that contexts of two neighbours
/// name with it; whether contexts of both sides hold it; and its name, which is 0 only where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Near(u32);

const NUMBER_BITS: u32 = 13;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;
/// Five farther neighbours in a row have five bits.
const FARTHER: u32 = 5;
const AROUND: u32 = 1 << (NUMBER_BITS + FARTHER);
const NAME_SHIFT: u32 = NUMBER_BITS + FARTHER + 1;

/// The bit of a farther neighbour.
#[inline]
fn farther(neighbour: u32) -> u32 {
    1 << (NUMBER_BITS + neighbour % FARTHER)
}

impl Near {
    /// The side and the neighbour's number, which begins with 1.
    fn name(beside: Beside, neighbour: u32) -> u32 {
        neighbour << 1 | beside as u32
    }

    /// The number of the context with this neighbour alone, from 1; 0 where there is none.
    #[inline]
    pub fn number(self) -> usize {
        (self.0 & NUMBER) as usize
    }

    /// Whether a context of two neighbours on that side may hold it and this farther one.
    #[inline]
    pub fn may_be_with(self, neighbour: u16) -> bool {
        self.0 & farther(neighbour.into()) != 0
    }

    /// Whether a context of one neighbour on each side may be of these.
    #[inline]
    pub fn is_around(self, after: Near) -> bool {
        self.0 & after.0 & AROUND != 0
    }
}

/// The contexts of all characters, by the character's place in the table of contexts. A character's contexts are
/// numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Index {
    near: Vec<[u32; BUCKET]>,
    /// Contexts of two neighbours: the key, and in the lowest bits the number. 0 is free.
    far: Vec<[u64; BUCKET]>,
    by_place: Vec<Parts>,
}

/// Rows that have the same hash.
const BUCKET: usize = 4;

/// A character's parts of the tables.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    near: Part,
    far: Part,
}

#[derive(Debug, Clone, Copy, Default)]
struct Part {
    start: u32,
    /// The highest number of a bucket: all bits that buckets are numbered with.
    last: u32,
    /// What numbers its rows so that no bucket holds too many.
    multiplier: u32,
}

impl Part {
    /// The bucket of a name.
    #[inline]
    fn bucket(self, name: u32) -> usize {
        (self.start + (name.wrapping_mul(self.multiplier) >> 16 & self.last)) as usize
    }
}

impl Index {
    /// Of characters, each given by the places of its contexts among the `keys`.
    pub fn of(characters: impl Iterator<Item = Range<usize>>, keys: &[u32]) -> Self {
        let mut index = Self::default();
        for contexts in characters {
            let numbered = || (1..).zip(&keys[contexts.clone()]).map(|(number, key)| (*key, number));
            let parts = Parts { near: index.add_near(numbered()), far: index.add_far(numbered()) };
            index.by_place.push(parts);
        }
        index
    }

    fn add_near(&mut self, contexts: impl Iterator<Item = (u32, u32)>) -> Part {
        let mut near: BTreeMap<u32, u32> = BTreeMap::new();
        for (beside, neighbour, known) in contexts.flat_map(|(key, number)| known_beside(key, number)) {
            *near.entry(Near::name(beside, neighbour)).or_default() |= known;
        }
        append(&mut self.near, near.into_iter().map(|(name, known)| (name, name << NAME_SHIFT | known)))
    }

    fn add_far(&mut self, contexts: impl Iterator<Item = (u32, u32)>) -> Part {
        let far = contexts.filter(|(key, _)| !is_near(*key));
        append(
            &mut self.far,
            far.map(|(key, number)| (key, u64::from(key) << NUMBER_BITS | u64::from(number))),
        )
    }

    /// A character's, by its place.
    pub fn parts(&self, place: u32) -> Parts {
        self.by_place.get(place as usize).copied().unwrap_or_default()
    }

    /// What is known beside a neighbour, given by its number, that stands before or after the character.
    #[inline]
    pub fn near(&self, parts: Parts, beside: Beside, neighbour: u16) -> Near {
        let name = Near::name(beside, neighbour.into());
        let bucket = self.near.get(parts.near.bucket(name)).copied().unwrap_or_default();
        // No row has the name of a neighbour that no context names, and a free one tells nothing.
        Near(
            bucket.map(|near| if near >> NAME_SHIFT == name { near } else { 0 }).iter().fold(0, |a, b| a | b),
        )
    }

    /// The number of the context with this key.
    pub fn number(&self, parts: Parts, key: u32) -> Option<usize> {
        if !is_near(key) {
            return self.far(parts, key);
        }
        let (beside, neighbour, _) = image::parts(key);
        let beside = if beside == Beside::Before as u32 { Beside::Before } else { Beside::After };
        Some(self.near(parts, beside, neighbour as u16).number()).filter(|number| *number > 0)
    }

    /// The number of the context of two neighbours with this key.
    #[inline]
    pub fn far(&self, parts: Parts, key: u32) -> Option<usize> {
        let bucket = self.far.get(parts.far.bucket(key)).copied().unwrap_or_default();
        let is_it = |far: &u64| far >> NUMBER_BITS == u64::from(key);
        let far = bucket.into_iter().find(is_it).unwrap_or_default();
        Some((far & u64::from(NUMBER)) as usize).filter(|number| *number > 0)
    }
}

/// Whether a key names but the neighbour next to the character.
fn is_near(key: u32) -> bool {
    key < (Beside::TwoBefore as u32) << (2 * NEIGHBOUR_BITS)
}

/// What a context with some number adds to what is known beside its neighbours next to the character.
fn known_beside(key: u32, number: u32) -> impl Iterator<Item = (Beside, u32, u32)> {
    let (beside, first, second) = image::parts(key);
    let known = match beside {
        _ if beside == Beside::Before as u32 => [Some((Beside::Before, first, number)), None],
        _ if beside == Beside::After as u32 => [Some((Beside::After, first, number)), None],
        _ if beside == Beside::TwoBefore as u32 => [Some((Beside::Before, second, farther(first))), None],
        _ if beside == Beside::TwoAfter as u32 => [Some((Beside::After, first, farther(second))), None],
        _ => [Some((Beside::Before, first, AROUND)), Some((Beside::After, second, AROUND))],
    };
    known.into_iter().flatten()
}

/// Appends a table of rows, each given with its name.
fn append<Row: Copy + Default>(
    table: &mut Vec<[Row; BUCKET]>,
    rows: impl Iterator<Item = (u32, Row)>,
) -> Part {
    let rows: Vec<(u32, Row)> = rows.collect();
    // A few lengths do: a test finds every context there is.
    let lengths = (0..8).map(|bits| (rows.len() / BUCKET + 1).next_power_of_two() << bits);
    let parts = lengths.flat_map(|length| {
        MULTIPLIERS.map(|multiplier| Part { start: table.len() as u32, last: length as u32 - 1, multiplier })
    });
    let buckets = parts.filter_map(|part| Some((part, filled(part, &rows)?))).next();
    let (part, buckets) = buckets.unwrap_or_default();
    table.extend(buckets);
    part
}

/// Odd numbers with many bits, of which one will do for nearly any rows.
const MULTIPLIERS: [u32; 8] =
    [0x9E37_79B9, 0x85EB_CA6B, 0xC2B2_AE35, 0x27D4_EB2F, 0x1656_67B1, 0xD3A2_646D, 0xFD70_46C5, 0xB55A_4F09];

/// The buckets of a part with all rows; `None` where one would hold too many.
fn filled<Row: Copy + Default>(part: Part, rows: &[(u32, Row)]) -> Option<Vec<[Row; BUCKET]>> {
    let mut buckets = vec![[Row::default(); BUCKET]; part.last as usize + 1];
    let mut used = vec![0; buckets.len()];
    for (name, row) in rows {
        let bucket = part.bucket(*name) - part.start as usize;
        *buckets[bucket].get_mut(used[bucket])? = *row;
        used[bucket] += 1;
    }
    Some(buckets)
}

#[cfg(test)]
mod tests {
    use super::super::image::key;
    use super::*;

    #[test]
    fn every_context_is_found_by_its_neighbours() {
        let (after, two, around) =
            (key(Beside::After, 7, 0), key(Beside::TwoAfter, 7, 9), key(Beside::Around, 8, 7));
        let other = key(Beside::After, 7, 0);
        let keys = [after, two, around, other];
        let index = Index::of([0..3, 3..4, 4..4].into_iter(), &keys);
        let [first, second] = [0, 1].map(|place| index.parts(place));
        let near = index.near(first, Beside::After, 7);
        assert_eq!((near.number(), near.may_be_with(9), near.may_be_with(8)), (1, true, false));
        assert!(index.near(first, Beside::Before, 8).is_around(near));
        assert_eq!((index.far(first, two), index.far(first, around)), (Some(2), Some(3)));
        assert_eq!((index.far(first, after), index.far(first, key(Beside::TwoAfter, 7, 8))), (None, None));
        assert_eq!((index.number(second, after), index.number(second, two)), (Some(1), None));
        for place in 0..4 {
            let parts = index.parts(place);
            assert_eq!(index.near(parts, Beside::Before, 7), Near::default());
            assert_eq!(index.near(parts, Beside::After, 0), Near::default());
        }
    }
}
