//! The bigrams of a document: pairs of neighbouring letters in the keys of its lines. Each pair has a number.

use typed_index_collections::TiVec;

use super::position::Rank;
use crate::text::hash::FACTOR;
use crate::text::is_han;

/// Minimum number of bytes in a Han character.
const HAN_BYTES: usize = 3;
/// Initial number of slots in the table of pairs, and about how many pairs of a text have one new pair among
/// them: a large text repeats most pairs.
const SLOTS: usize = 1 << 10;
const NEW: usize = 4;

/// The pairs in the lines of a document.
#[derive(Debug, Clone)]
pub(crate) struct Pairs {
    /// The numbers of the pairs of all lines, in order.
    of_lines: Vec<u32>,
    /// For each line, where its pairs end.
    ends: TiVec<Rank, usize>,
    known: KnownPairs,
    /// For each line, the number of its pairs that no other line has.
    unique: TiVec<Rank, usize>,
}

impl Pairs {
    /// The pairs in the keys of lines.
    pub fn of<'k, K: Iterator<Item = &'k str>>(keys: impl Fn() -> K) -> Self {
        let of_han = |key: &str| key.bytes().filter(|byte| !byte.is_ascii()).count();
        let han: usize = keys().map(of_han).sum();
        let bytes: usize = keys().map(str::len).sum();
        let characters = bytes - han + han / HAN_BYTES;
        let known = KnownPairs::with_room(characters / NEW);
        let of_lines = Vec::with_capacity(characters);
        let mut pairs = Self { of_lines, ends: TiVec::new(), known, unique: TiVec::new() };
        for (line, key) in (0..).zip(keys()) {
            for_each_pair(key, |pair| pairs.of_lines.push(pairs.known.record(pair, line)));
            pairs.ends.push(pairs.of_lines.len());
        }
        let in_one_line = |rank| pairs.of_line(rank).filter(|(first, last)| first == last).count();
        pairs.unique = Rank::all(Rank::default()..pairs.ends.next_key()).map(in_one_line).collect();
        pairs
    }

    /// For each pair of a line, the first line and the last line that have it.
    pub fn of_line(&self, rank: Rank) -> impl Iterator<Item = (Rank, Rank)> {
        let start = rank.above(1).map_or(0, |before| self.ends[before]);
        let numbers = &self.of_lines[start..self.ends[rank]];
        let held = numbers.iter().map(|number| self.known.held[*number as usize]);
        held.map(|held| (Rank::from(held.first as usize), Rank::from(held.last as usize)))
    }

    /// The number of unique pairs of a line: those that no other line has. A pair that occurs twice counts
    /// twice. A line with a unique pair cannot be contained in another line.
    pub fn unique(&self, rank: Rank) -> usize {
        self.unique.get(rank).copied().unwrap_or_default()
    }
}

/// A pair, and the first line and the last line that have it.
#[derive(Debug, Clone, Copy)]
struct HeldPair {
    pair: u64,
    first: u32,
    last: u32,
}

/// A hash table of pairs with linear probing. It only looks pairs up and adds them, because every pair of
/// every line passes here.
#[derive(Debug, Clone)]
struct KnownPairs {
    /// For each slot, the number of its pair plus 1, or 0 if it is empty. Slots are small, because all of
    /// them are cleared for each document.
    slots: Vec<u32>,
    /// The pairs in the order in which they first occur.
    held: Vec<HeldPair>,
}

impl KnownPairs {
    /// A table with room for so many pairs.
    fn with_room(pairs: usize) -> Self {
        // One slot in three stays free, so that a pair is soon found.
        let slots = (pairs + pairs / 2).next_power_of_two().max(SLOTS);
        Self { slots: vec![0; slots], held: Vec::with_capacity(pairs) }
    }

    /// Records that a line has a pair, and returns the pair's number.
    #[inline]
    fn record(&mut self, pair: u64, line: u32) -> u32 {
        let slot = self.slot(pair);
        let number = self.slots[slot].wrapping_sub(1);
        match self.held.get_mut(number as usize) {
            Some(held) => {
                held.last = line;
                number
            }
            None => self.add(pair, line, slot),
        }
    }

    /// The slot of a pair, or the empty slot for it.
    #[inline]
    fn slot(&self, pair: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (pair.wrapping_mul(FACTOR) >> 32) as usize & last;
        while self.held.get(self.slots[at].wrapping_sub(1) as usize).is_some_and(|held| held.pair != pair) {
            at = (at + 1) & last;
        }
        at
    }

    fn add(&mut self, pair: u64, line: u32, slot: usize) -> u32 {
        self.held.push(HeldPair { pair, first: line, last: line });
        let number = self.held.len() as u32;
        self.slots[slot] = number;
        if self.held.len() + self.held.len() / 2 > self.slots.len() {
            self.grow();
        }
        number - 1
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for number in 0..self.held.len() {
            let slot = self.slot(self.held[number].pair);
            self.slots[slot] = number as u32 + 1;
        }
    }
}

/// Passes on each pair of a key, packed into a number. A pair is two Han characters or two Latin letters that
/// follow one another.
fn for_each_pair(key: &str, mut take: impl FnMut(u64)) {
    let mut before = 0;
    for character in key.chars() {
        let letter = if is_letter(character) { u64::from(character) } else { 0 };
        if letter != 0 && before != 0 && (letter < 0x80) == (before < 0x80) {
            take(before << 32 | letter);
        }
        before = letter;
    }
}

fn is_letter(character: char) -> bool {
    if character.is_ascii() { character.is_ascii_lowercase() } else { is_han(character) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(pairs: &Pairs, rank: usize) -> Vec<(usize, usize)> {
        pairs.of_line(rank.into()).map(|(first, last)| (first.into(), last.into())).collect()
    }

    #[test]
    fn a_pair_has_its_first_and_its_last_line() {
        let pairs = Pairs::of(|| ["夜市搬走", "街坊", "夜市"].into_iter());
        assert_eq!(held(&pairs, 0), [(0, 2), (0, 0), (0, 0)]);
        assert_eq!(held(&pairs, 2), [(0, 2)]);
    }

    #[test]
    fn a_pair_that_no_other_line_has_is_unique() {
        let pairs = Pairs::of(|| ["夜市搬走", "街坊", "夜市"].into_iter());
        assert_eq!([0, 1, 2].map(|rank| pairs.unique(rank.into())), [2, 1, 0]);
    }

    #[test]
    fn letters_of_two_kinds_are_no_pair() {
        let mut pairs = Vec::new();
        for_each_pair("用ab1c市", |pair| pairs.push(pair));
        assert_eq!(pairs, [u64::from('a') << 32 | u64::from('b')]);
    }

    #[test]
    fn however_many_pairs_there_are_each_keeps_its_slot() {
        let latin = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
        let lines: Vec<String> = ('一'..='龥').map(|c| format!("{c}丁")).chain(latin).collect();
        let pairs = Pairs::of(|| lines.iter().chain(&lines).map(String::as_str));
        for line in 0..2 * lines.len() {
            let expected = [(line % lines.len(), line % lines.len() + lines.len())];
            assert_eq!(held(&pairs, line), expected, "{line}");
        }
    }
}
