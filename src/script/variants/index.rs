//! Finds a character's contexts by its neighbours. Each character has small tables of its own, so that a choice touches
//! little memory. A context is either in one certain bucket or nowhere, so that the processor has no branch to predict.

use std::collections::BTreeMap;
use std::ops::Range;

use super::image;
use super::image::{Beside, NEIGHBOUR_BITS};

/// The facts about one neighbour of a character. From the lowest bit up: the number of the context with this neighbour,
/// 0 if that context gives no evidence of its own; five bits, one of which is set for each farther neighbour that a
/// context of two neighbours names together with it; whether contexts of both sides contain it; and its name, which is
/// 0 only if nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Near(u32);

const NUMBER_BITS: u32 = 13;
const NUMBER: u32 = (1 << NUMBER_BITS) - 1;
/// Five bits give consecutive farther neighbours different bits.
const FARTHER: u32 = 5;
const AROUND: u32 = 1 << (NUMBER_BITS + FARTHER);
const NAME_SHIFT: u32 = NUMBER_BITS + FARTHER + 1;

/// The bit of a farther neighbour.
#[inline]
fn farther(neighbour: u32) -> u32 {
    1 << (NUMBER_BITS + neighbour % FARTHER)
}

impl Near {
    /// A name from the side and the neighbour's number, which starts at 1.
    fn name(beside: Beside, neighbour: u32) -> u32 {
        neighbour << 1 | beside as u32
    }

    /// The number of the context with this neighbour alone, starting at 1; 0 if there is none.
    #[inline]
    pub fn number(self) -> usize {
        (self.0 & NUMBER) as usize
    }

    /// Whether a context of two neighbours on that side may contain both it and this farther neighbour.
    #[inline]
    pub fn may_be_with(self, neighbour: u16) -> bool {
        self.0 & farther(neighbour.into()) != 0
    }

    /// Whether there may be a context with one neighbour on each side that contains both.
    #[inline]
    pub fn is_around(self, after: Near) -> bool {
        self.0 & after.0 & AROUND != 0
    }
}

/// The contexts of all characters, indexed by the character's position in the table of contexts. The contexts of each
/// character are numbered from 1.
#[derive(Debug, Default)]
pub(super) struct Index {
    near: Vec<[u32; BUCKET]>,
    /// Contexts of two neighbours. A row holds the key, and the number in the lowest bits. 0 is a free row.
    far: Vec<[u64; BUCKET]>,
    by_place: Vec<Parts>,
}

/// Number of rows with the same hash.
const BUCKET: usize = 4;

/// A character's parts of the two tables.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Parts {
    near: IndexPart,
    far: IndexPart,
}

#[derive(Debug, Clone, Copy, Default)]
struct IndexPart {
    start: u32,
    /// The highest number of a bucket. It is also the mask for bucket numbers.
    last: u32,
    /// The multiplier of the hash. It is chosen so that no bucket gets too many rows.
    multiplier: u32,
}

impl IndexPart {
    /// The bucket of a name.
    #[inline]
    fn bucket(self, name: u32) -> usize {
        (self.start + (name.wrapping_mul(self.multiplier) >> 16 & self.last)) as usize
    }
}

impl Index {
    /// An index of characters. Each character is given by the range of its contexts in `keys`.
    pub fn of(characters: impl Iterator<Item = Range<usize>>, keys: &[u32]) -> Self {
        let mut index = Self::default();
        for contexts in characters {
            let numbered = || (1..).zip(&keys[contexts.clone()]).map(|(number, key)| (*key, number));
            let parts = Parts { near: index.add_near(numbered()), far: index.add_far(numbered()) };
            index.by_place.push(parts);
        }
        index
    }

    fn add_near(&mut self, contexts: impl Iterator<Item = (u32, u32)>) -> IndexPart {
        let mut near: BTreeMap<u32, u32> = BTreeMap::new();
        for (beside, neighbour, known) in contexts.flat_map(|(key, number)| known_beside(key, number)) {
            *near.entry(Near::name(beside, neighbour)).or_default() |= known;
        }
        append(&mut self.near, near.into_iter().map(|(name, known)| (name, name << NAME_SHIFT | known)))
    }

    fn add_far(&mut self, contexts: impl Iterator<Item = (u32, u32)>) -> IndexPart {
        let far = contexts.filter(|(key, _)| !is_near(*key));
        append(
            &mut self.far,
            far.map(|(key, number)| (key, u64::from(key) << NUMBER_BITS | u64::from(number))),
        )
    }

    /// The parts of a character, given by its position.
    pub fn parts(&self, place: u32) -> Parts {
        self.by_place.get(place as usize).copied().unwrap_or_default()
    }

    /// The facts about a neighbour that stands before or after the character. The neighbour is given by its number.
    #[inline]
    pub fn near(&self, parts: Parts, beside: Beside, neighbour: u16) -> Near {
        let name = Near::name(beside, neighbour.into());
        let bucket = self.near.get(parts.near.bucket(name)).copied().unwrap_or_default();
        // At most one row has the right name, and a free row is 0. So the rows can be combined with OR.
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

/// Whether a key names only the neighbour next to the character.
fn is_near(key: u32) -> bool {
    key < (Beside::TwoBefore as u32) << (2 * NEIGHBOUR_BITS)
}

/// The facts that a context with this number adds about the neighbours next to the character.
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

/// Appends a table of rows. Each row is given with its name.
fn append<Row: Copy + Default>(
    table: &mut Vec<[Row; BUCKET]>,
    rows: impl Iterator<Item = (u32, Row)>,
) -> IndexPart {
    let rows: Vec<(u32, Row)> = rows.collect();
    // A few lengths are enough. A test finds every context that exists.
    let lengths = (0..8).map(|bits| (rows.len() / BUCKET + 1).next_power_of_two() << bits);
    let parts = lengths.flat_map(|length| {
        MULTIPLIERS.map(|multiplier| IndexPart {
            start: table.len() as u32,
            last: length as u32 - 1,
            multiplier,
        })
    });
    let buckets = parts.filter_map(|part| Some((part, filled(part, &rows)?))).next();
    let (part, buckets) = buckets.unwrap_or_default();
    table.extend(buckets);
    part
}

/// Odd numbers with many set bits. One of them works for nearly any set of rows.
const MULTIPLIERS: [u32; 8] =
    [0x9E37_79B9, 0x85EB_CA6B, 0xC2B2_AE35, 0x27D4_EB2F, 0x1656_67B1, 0xD3A2_646D, 0xFD70_46C5, 0xB55A_4F09];

/// The buckets of a part, filled with all rows; `None` if a bucket would get too many.
fn filled<Row: Copy + Default>(part: IndexPart, rows: &[(u32, Row)]) -> Option<Vec<[Row; BUCKET]>> {
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
