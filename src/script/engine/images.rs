//! Writing tables as bytes. Only the build script does so.

#![allow(dead_code)]

use std::borrow::Cow;
use std::collections::HashMap;

use super::hash::Hash;
use super::image::{ALIGN, SECTIONS};
use super::tables::{ENTRY_ALIGN, HEAD, Tables, pad, place_bits};
use super::traits::Traits;

/// Images of many tables, which share one pool: regional configurations differ in few entries.
#[derive(Debug, Default)]
pub(crate) struct Images {
    tables: Vec<Tables>,
    pool: Vec<u8>,
    places: HashMap<Vec<u8>, usize>,
}

impl Images {
    /// Adds tables, unless the same ones are there; gives their number.
    pub fn add(&mut self, tables: &Tables) -> usize {
        if let Some(known) = self.tables.iter().position(|known| known == tables) {
            return known;
        }
        // A place of 0 would look free.
        self.pool.resize(self.pool.len().max(ENTRY_ALIGN), 0);
        for entry in tables.entries() {
            let place = self.pool.len();
            self.places.entry(entry.to_vec()).or_insert_with(|| {
                self.pool.extend_from_slice(entry);
                self.pool.resize(self.pool.len().next_multiple_of(ENTRY_ALIGN), 0);
                place
            });
        }
        self.tables.push(tables.clone());
        self.tables.len() - 1
    }

    /// The images of the tables, and that of the pool, for machines of this byte order.
    pub fn finish(mut self) -> (Vec<Vec<u8>>, Vec<u8>) {
        pad(&mut self.pool);
        let place = |entry: &[u8]| self.places.get(entry).copied().unwrap_or_default();
        let images = self.tables.iter().map(|tables| image(&tables.moved(&self.pool, place)));
        (images.collect(), self.pool)
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

    /// The same tables with their entries in another pool, where `place` finds them.
    fn moved(&self, pool: &[u8], place: impl Fn(&[u8]) -> usize) -> Self {
        let place_bits = place_bits(pool);
        let moved = |slot: &u32| {
            let place_before = self.place(*slot);
            let entry = self.entry(place_before);
            let (key, _) = self.lengths(place_before);
            Hash::of_key(&entry[HEAD..HEAD + key]).tag(place_bits) | (place(entry) / ENTRY_ALIGN) as u32
        };
        let slots: Vec<u32> =
            self.slots.iter().map(|slot| if *slot == 0 { 0 } else { moved(slot) }).collect();
        Self {
            slots: slots.into(),
            pool: Cow::Owned(pool.to_owned()),
            traits: Traits { place_bits, ..self.traits },
            ..self.clone()
        }
    }
}
