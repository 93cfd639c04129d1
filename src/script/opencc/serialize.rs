//! Writes tables as bytes. Only the build script does this.

#![allow(dead_code)]

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::hash::Hash;
use super::image::{ALIGN, SECTIONS};
use super::table_properties::Traits;
use super::tables::{ENTRY_ALIGN, HEAD, LENGTH, STEPWISE, Tables, pad, place_bits};

/// Images of many tables that share one pool. Regional configurations differ in few entries.
#[derive(Debug, Default)]
pub(crate) struct Images {
    tables: Vec<Tables>,
    /// The entries at the end of the pool, which conversions note.
    noted: HashSet<Vec<u8>>,
}

impl Images {
    /// Adds tables, unless equal ones are present, and returns their number.
    pub fn add(&mut self, tables: &Tables) -> usize {
        let known = self.tables.iter().position(|known| known == tables);
        known.unwrap_or_else(|| {
            self.tables.push(tables.clone());
            self.tables.len() - 1
        })
    }

    /// Marks the entries of tables as noted if `is_noted` is true for their key and value.
    pub fn note(&mut self, tables: &Tables, mut is_noted: impl FnMut(&str, &str) -> bool) {
        let noted = tables.entries().filter(|entry| {
            let (key, value) = entry[HEAD..].split_at(lengths(entry).0);
            str::from_utf8(key).is_ok_and(|key| str::from_utf8(value).is_ok_and(|value| is_noted(key, value)))
        });
        self.noted.extend(noted.map(<[u8]>::to_vec));
    }

    /// The images of the tables, and the image of the pool, in the byte order of this machine.
    pub fn finish(self) -> (Vec<Vec<u8>>, Vec<u8>) {
        let entries = || self.tables.iter().flat_map(Tables::entries);
        let is_noted = |entry: &&[u8]| self.noted.contains(*entry);
        let mut pool = Pool::default();
        entries().filter(|entry| !is_noted(entry)).for_each(|entry| pool.add(entry));
        let noted_from = pool.bytes.len() as u32;
        entries().filter(is_noted).for_each(|entry| pool.add(entry));
        pad(&mut pool.bytes);
        let moved = self.tables.iter().map(|tables| tables.moved(&pool, noted_from));
        (moved.map(|tables| image(&tables)).collect(), pool.bytes)
    }
}

/// Entries, one after the other, and their positions.
#[derive(Debug)]
struct Pool<'e> {
    bytes: Vec<u8>,
    places: HashMap<&'e [u8], usize>,
}

impl Default for Pool<'_> {
    fn default() -> Self {
        // A position of 0 would look like a free slot.
        Self { bytes: vec![0; ENTRY_ALIGN], places: HashMap::new() }
    }
}

impl<'e> Pool<'e> {
    /// Adds an entry, unless it is present.
    fn add(&mut self, entry: &'e [u8]) {
        let end = self.bytes.len();
        if *self.places.entry(entry).or_insert(end) == end {
            self.bytes.extend_from_slice(entry);
            self.bytes.resize(self.bytes.len().next_multiple_of(ENTRY_ALIGN), 0);
        }
    }
}

fn image(tables: &Tables) -> Vec<u8> {
    let sections: [&[u8]; SECTIONS] = [
        bytemuck::cast_slice(&tables.marks.index),
        bytemuck::cast_slice(&tables.marks.marks),
        bytemuck::cast_slice(&tables.plain.0),
        bytemuck::cast_slice(&tables.keys),
        bytemuck::cast_slice(&tables.slots),
    ];
    let lengths = sections.map(|section| section.len() as u32);
    let head = lengths.into_iter().chain(tables.traits.to_numbers());
    let mut image: Vec<u8> = head.flat_map(u32::to_ne_bytes).collect();
    for section in sections {
        image.resize(image.len().next_multiple_of(ALIGN), 0);
        image.extend_from_slice(section);
    }
    image
}

/// The lengths of the key and the value of an entry in bytes, as its head states them.
fn lengths(entry: &[u8]) -> (usize, usize) {
    let number = |at: usize| u16::from_le_bytes([entry[at], entry[at + 1]]);
    let value = if number(2) == STEPWISE { 0 } else { number(2) & LENGTH };
    (number(0).into(), value.into())
}

impl Tables {
    /// The entries, each with its head.
    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.slots.iter().filter(|slot| **slot != 0).map(|slot| self.entry(*slot))
    }

    fn entry(&self, slot: u32) -> &[u8] {
        let start = (slot & ((1 << self.traits.place_bits) - 1)) as usize * ENTRY_ALIGN;
        let (key, value) = lengths(&self.pool[start..]);
        &self.pool[start..start + HEAD + key + value]
    }

    /// The same tables with their entries in another pool. Entries from `noted_from` on are noted.
    fn moved(&self, pool: &Pool, noted_from: u32) -> Self {
        let place_bits = place_bits(&pool.bytes);
        let moved = |slot: &u32| {
            let entry = self.entry(*slot);
            let key = &entry[HEAD..HEAD + lengths(entry).0];
            let place = pool.places.get(entry).copied().unwrap_or_default();
            Hash::of_key(key).tag(place_bits) | (place / ENTRY_ALIGN) as u32
        };
        let slots: Vec<u32> =
            self.slots.iter().map(|slot| if *slot == 0 { 0 } else { moved(slot) }).collect();
        Self {
            slots: slots.into(),
            pool: Cow::Owned(pool.bytes.clone()),
            traits: Traits { place_bits, noted_from, ..self.traits },
            ..self.clone()
        }
    }
}
