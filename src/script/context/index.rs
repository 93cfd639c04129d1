//! Where a character's contexts are found by its neighbours: each character has small tables of its own, so that a
//! choice touches little memory.

use std::collections::BTreeMap;
use std::ops::Range;

use super::image::{Beside, NEIGHBOUR_BITS, parts};

/// What is known beside one neighbour of a character: from the lowest bit up the number of that context, 0 where it
/// tells nothing by itself; whether contexts of two neighbours on that side hold it; whether contexts of both sides
/// do; and its name, which is 0 only where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Near(u32);

const NUMBER_BITS: u32 = 13;
const TWO: u32 = 1 << NUMBER_BITS;
const AROUND: u32 = 1 << (NUMBER_BITS + 1);
const NAME_SHIFT: u32 = NUMBER_BITS + 2;

impl Near {
    /// The side and the neighbour's number, which begins with 1.
    fn name(beside: Beside, neighbour: u32) -> u32 {
        neighbour << 1 | beside as u32
    }

    /// The number of the context with this neighbour alone, from 1; 0 where there is none.
    #[inline]
    pub fn number(self) -> usize {
        (self.0 & (TWO - 1)) as usize
    }

    /// Whether contexts of two neighbours on that side hold it.
    #[inline]
    pub fn is_in_two(self) -> bool {
        self.0 & TWO != 0
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
    near: Vec<Near>,
    /// Contexts of two neighbours: the key, and in the lowest bits the number. 0 is free.
    far: Vec<u64>,
    by_place: Vec<Parts>,
}

/// A character's parts of the tables, each a power of two long.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    near: Part,
    far: Part,
}

#[derive(Debug, Clone, Copy, Default)]
struct Part {
    start: u32,
    length: u32,
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
        let rows = near.into_iter().map(|(name, known)| (hash(name), Near(name << NAME_SHIFT | known)));
        append(&mut self.near, rows)
    }

    fn add_far(&mut self, contexts: impl Iterator<Item = (u32, u32)>) -> Part {
        let far = contexts.filter(|(key, _)| !is_near(*key));
        let rows = far.map(|(key, number)| (hash(key), u64::from(key) << NUMBER_BITS | u64::from(number)));
        append(&mut self.far, rows)
    }

    fn parts(&self, place: u32) -> Parts {
        self.by_place.get(place as usize).copied().unwrap_or_default()
    }

    /// What is known beside a neighbour, given by its number, that stands before or after the character.
    #[inline]
    pub fn near(&self, place: u32, beside: Beside, neighbour: u16) -> Near {
        let name = Near::name(beside, neighbour.into());
        // No row is named by a neighbour that no context names, and a free one tells nothing.
        let is_it = |near: Near| near.0 >> NAME_SHIFT == name;
        find(&self.near, self.parts(place).near, hash(name), is_it)
    }

    /// The number of the context with this key.
    pub fn number(&self, place: u32, key: u32) -> Option<usize> {
        if !is_near(key) {
            return self.far(place, key);
        }
        let (beside, neighbour, _) = parts(key);
        let beside = if beside == Beside::Before as u32 { Beside::Before } else { Beside::After };
        Some(self.near(place, beside, neighbour as u16).number()).filter(|number| *number > 0)
    }

    /// The number of the context of two neighbours with this key.
    #[inline]
    pub fn far(&self, place: u32, key: u32) -> Option<usize> {
        let is_it = |far: u64| far >> NUMBER_BITS == u64::from(key);
        let far = find(&self.far, self.parts(place).far, hash(key), is_it);
        Some((far & u64::from(TWO - 1)) as usize).filter(|number| *number > 0)
    }
}

/// Whether a key names but the neighbour next to the character.
fn is_near(key: u32) -> bool {
    key < (Beside::TwoBefore as u32) << (2 * NEIGHBOUR_BITS)
}

/// What a context with some number adds to what is known beside its neighbours next to the character.
fn known_beside(key: u32, number: u32) -> impl Iterator<Item = (Beside, u32, u32)> {
    let (beside, first, second) = parts(key);
    let known = match beside {
        _ if beside == Beside::Before as u32 => [Some((Beside::Before, first, number)), None],
        _ if beside == Beside::After as u32 => [Some((Beside::After, first, number)), None],
        _ if beside == Beside::TwoBefore as u32 => [Some((Beside::Before, second, TWO)), None],
        _ if beside == Beside::TwoAfter as u32 => [Some((Beside::After, first, TWO)), None],
        _ => [Some((Beside::Before, first, AROUND)), Some((Beside::After, second, AROUND))],
    };
    known.into_iter().flatten()
}

#[inline]
fn hash(name: u32) -> usize {
    (name.wrapping_mul(0x9E37_79B9) >> 16) as usize
}

/// Appends a table of rows, each given with its hash; a third of it or more stays free.
fn append<Row: Copy + Default + PartialEq>(
    table: &mut Vec<Row>,
    rows: impl Iterator<Item = (usize, Row)>,
) -> Part {
    let rows: Vec<(usize, Row)> = rows.collect();
    let (start, length) = (table.len(), (rows.len() * 3 / 2 + 1).next_power_of_two());
    table.resize(start + length, Row::default());
    let part = &mut table[start..];
    for (hash, row) in rows {
        let mut slot = hash & (length - 1);
        while part[slot] != Row::default() {
            slot = (slot + 1) & (length - 1);
        }
        part[slot] = row;
    }
    Part { start: start as u32, length: length as u32 }
}

/// The row that is the one sought; an empty one where there is none.
#[inline]
fn find<Row: Copy + Default + PartialEq>(
    table: &[Row],
    part: Part,
    hash: usize,
    is_it: impl Fn(Row) -> bool,
) -> Row {
    let last = (part.length as usize).wrapping_sub(1);
    let mut slot = hash;
    loop {
        match table.get(part.start as usize + (slot & last)) {
            Some(row) if is_it(*row) => return *row,
            Some(row) if *row != Row::default() => slot += 1,
            _ => return Row::default(),
        }
    }
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
        let near = index.near(0, Beside::After, 7);
        assert_eq!((near.number(), near.is_in_two()), (1, true));
        assert!(index.near(0, Beside::Before, 8).is_around(near));
        assert_eq!((index.far(0, two), index.far(0, around)), (Some(2), Some(3)));
        assert_eq!((index.far(0, after), index.far(0, key(Beside::TwoAfter, 7, 8))), (None, None));
        assert_eq!((index.number(1, after), index.number(1, two)), (Some(1), None));
        for place in 0..4 {
            assert_eq!(index.near(place, Beside::Before, 7), Near::default());
            assert_eq!(index.near(place, Beside::After, 0), Near::default());
        }
    }
}
