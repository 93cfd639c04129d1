//! Writing tables as bytes. Only the build script does so.

#![allow(dead_code)]

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::hash::Hash;
use super::image::{ALIGN, SECTIONS};
use super::tables::{ENTRY_ALIGN, HEAD, Tables, pad, place_bits};
use super::traits::Traits;

/// Images of many tables, which share one pool: regional configurations differ in few entries.
#[derive(Debug, Default)]
pub(crate) struct Images {
    tables: Vec<Tables>,
    /// The entries of all, each once, in the order in which they came.
    entries: Vec<Vec<u8>>,
    known: HashSet<Vec<u8>>,
    /// Those that stand at the end of the pool, where conversions note them.
    noted: HashSet<Vec<u8>>,
}

impl Images {
    /// Adds tables, unless the same ones are there; gives their number.
    pub fn add(&mut self, tables: &Tables) -> usize {
        if let Some(known) = self.tables.iter().position(|known| known == tables) {
            return known;
        }
        for entry in tables.entries().filter(|entry| !self.known.contains(*entry)).collect::<Vec<_>>() {
            self.known.insert(entry.to_vec());
            self.entries.push(entry.to_vec());
        }
        self.tables.push(tables.clone());
        self.tables.len() - 1
    }

    /// Has the entries of tables noted of whose key and value `is_noted` says so.
    pub fn note(&mut self, tables: &Tables, mut is_noted: impl FnMut(&str, &str) -> bool) {
        let noted = tables.places().filter(|place| {
            let (key, value) = tables.entry(*place)[HEAD..].split_at(tables.lengths(*place).0);
            str::from_utf8(key).is_ok_and(|key| str::from_utf8(value).is_ok_and(|value| is_noted(key, value)))
        });
        self.noted.extend(noted.map(|place| tables.entry(place).to_vec()));
    }

    /// The images of the tables, and that of the pool, for machines of this byte order.
    pub fn finish(self) -> (Vec<Vec<u8>>, Vec<u8>) {
        let (noted, others): (Vec<_>, Vec<_>) =
            self.entries.iter().partition(|entry| self.noted.contains(*entry));
        let mut pool = Pool::default();
        others.into_iter().for_each(|entry| pool.add(entry));
        let noted_from = pool.bytes.len() as u32;
        noted.into_iter().for_each(|entry| pool.add(entry));
        pad(&mut pool.bytes);
        let moved = self.tables.iter().map(|tables| tables.moved(&pool, noted_from));
        (moved.map(|tables| image(&tables)).collect(), pool.bytes)
    }
}

/// Entries one behind the other, and where they stand.
#[derive(Debug)]
struct Pool<'e> {
    bytes: Vec<u8>,
    places: HashMap<&'e [u8], usize>,
}

impl Default for Pool<'_> {
    fn default() -> Self {
        // A place of 0 would look free.
        Self { bytes: vec![0; ENTRY_ALIGN], places: HashMap::new() }
    }
}

impl<'e> Pool<'e> {
    fn add(&mut self, entry: &'e [u8]) {
        self.places.insert(entry, self.bytes.len());
        self.bytes.extend_from_slice(entry);
        self.bytes.resize(self.bytes.len().next_multiple_of(ENTRY_ALIGN), 0);
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

impl Tables {
    /// The entries, each with its head.
    fn entries(&self) -> impl Iterator<Item = &[u8]> {
        self.places().map(|place| self.entry(place))
    }

    fn entry(&self, place: usize) -> &[u8] {
        let (key, value) = self.lengths(place);
        &self.pool[place..place + HEAD + key + value]
    }

    /// The same tables with their entries in another pool, those that are noted from a place on.
    fn moved(&self, pool: &Pool, noted_from: u32) -> Self {
        let place_bits = place_bits(&pool.bytes);
        let moved = |slot: &u32| {
            let place = self.place(*slot);
            let entry = self.entry(place);
            let key = &entry[HEAD..HEAD + self.lengths(place).0];
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
