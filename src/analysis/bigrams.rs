//! The bigrams of a document: pairs of neighbouring letters in the keys of its lines. Each pair has a number.

use typed_index_collections::TiVec;

use super::position::Rank;
use crate::text::hash::FACTOR;
use crate::text::is_han;

/// Minimum number of bytes in a Han character.
const HAN_BYTES: usize = 3;
/// Minimum number of slots in the table of pairs.
const SLOTS: usize = 1 << 10;
/// About how many pairs of a text have one new pair among them, and maximum number of pairs for which there is room from
/// the beginning. A large text repeats most pairs, so the table grows as it fills.
const NEW: usize = 4;
const ROOM: usize = 1 << 16;

/// Bits of a character, and of a pair.
const CHARACTER_BITS: u32 = 21;
const PAIR_BITS: u32 = 2 * CHARACTER_BITS;

/// The pairs in the lines of a document.
#[derive(Debug, Clone)]
pub(crate) struct Pairs {
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
        let mut pairs =
            Self { known: KnownPairs::with_room((characters / NEW).min(ROOM)), unique: TiVec::new() };
        for (line, key) in (0..).zip(keys()) {
            pairs.unique.push(0);
            for_each_pair(key, |pair| pairs.record(pair, line));
        }
        pairs
    }

    /// Records that a line has a pair. Lines come in order.
    #[inline]
    fn record(&mut self, pair: u64, line: u32) {
        let rank = Rank::from(line as usize);
        match self.known.find(pair) {
            Ok(held) if held.first == line => {
                held.count();
                self.unique[rank] += 1;
            }
            Ok(held) => {
                if held.first == held.last {
                    let first = &mut self.unique[Rank::from(held.first as usize)];
                    *first = first.saturating_sub(held.times());
                }
                held.last = line;
            }
            Err(slot) => {
                self.known.add(pair, line, slot);
                self.unique[rank] += 1;
            }
        }
    }

    /// Passes on, for each pair of a line's key, the first line and the last line that have it. Pairs are looked up again,
    /// because few lines ask, and to remember all of them takes more memory than the text.
    pub fn for_each_of(&self, key: &str, mut take: impl FnMut(Rank, Rank)) {
        for_each_pair(key, |pair| {
            if let Some(held) = self.known.get(pair) {
                take(Rank::from(held.first as usize), Rank::from(held.last as usize));
            }
        });
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
    /// The pair, and above its bits how often the first line has it.
    packed: u64,
    first: u32,
    last: u32,
}

impl HeldPair {
    fn new(pair: u64, line: u32) -> Self {
        Self { packed: 1 << PAIR_BITS | pair, first: line, last: line }
    }

    fn pair(&self) -> u64 {
        self.packed & ((1 << PAIR_BITS) - 1)
    }

    /// How often the first line has the pair. More than four million times count as four million.
    fn times(&self) -> usize {
        (self.packed >> PAIR_BITS) as usize
    }

    /// Counts the pair once more in its first line.
    fn count(&mut self) {
        self.packed = self.packed.checked_add(1 << PAIR_BITS).unwrap_or(self.packed);
    }
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

    /// A pair, or the empty slot for it.
    #[inline]
    fn find(&mut self, pair: u64) -> Result<&mut HeldPair, usize> {
        let slot = self.slot(pair);
        self.held.get_mut(self.slots[slot].wrapping_sub(1) as usize).ok_or(slot)
    }

    fn get(&self, pair: u64) -> Option<&HeldPair> {
        self.held.get(self.slots[self.slot(pair)].wrapping_sub(1) as usize)
    }

    /// The slot of a pair, or the empty slot for it.
    #[inline]
    fn slot(&self, pair: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (pair.wrapping_mul(FACTOR) >> 32) as usize & last;
        while self.held.get(self.slots[at].wrapping_sub(1) as usize).is_some_and(|held| held.pair() != pair) {
            at = (at + 1) & last;
        }
        at
    }

    fn add(&mut self, pair: u64, line: u32, slot: usize) {
        self.held.push(HeldPair::new(pair, line));
        self.slots[slot] = self.held.len() as u32;
        if self.held.len() + self.held.len() / 2 > self.slots.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for number in 0..self.held.len() {
            let slot = self.slot(self.held[number].pair());
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
            take(before << CHARACTER_BITS | letter);
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

    fn held(pairs: &Pairs, key: &str) -> Vec<(usize, usize)> {
        let mut held = Vec::new();
        pairs.for_each_of(key, |first, last| held.push((first.into(), last.into())));
        held
    }

    #[test]
    fn a_pair_has_its_first_and_its_last_line() {
        let pairs = Pairs::of(|| ["夜市搬走", "街坊", "夜市"].into_iter());
        assert_eq!(held(&pairs, "夜市搬走"), [(0, 2), (0, 0), (0, 0)]);
        assert_eq!(held(&pairs, "夜市"), [(0, 2)]);
        assert_eq!(held(&pairs, "安靜"), []);
    }

    #[test]
    fn a_pair_that_no_other_line_has_is_unique() {
        let pairs = Pairs::of(|| ["夜市搬走", "街坊", "夜市"].into_iter());
        assert_eq!([0, 1, 2].map(|rank| pairs.unique(rank.into())), [2, 1, 0]);
        // One that a line has twice counts twice, until another line has it.
        let pairs = Pairs::of(|| ["夜市夜市", "街坊街坊街坊", "街坊"].into_iter());
        assert_eq!([0, 1, 2].map(|rank| pairs.unique(rank.into())), [3, 2, 0]);
    }

    #[test]
    fn a_pair_that_comes_very_often_stays_the_pair() {
        let mut held = HeldPair { packed: u64::MAX << PAIR_BITS | 7, first: 0, last: 0 };
        held.count();
        assert_eq!((held.pair(), held.times()), (7, (1 << CHARACTER_BITS << 1) - 1));
    }

    #[test]
    fn letters_of_two_kinds_are_no_pair() {
        let mut pairs = Vec::new();
        for_each_pair("用ab1c市", |pair| pairs.push(pair));
        assert_eq!(pairs, [u64::from('a') << CHARACTER_BITS | u64::from('b')]);
    }

    #[test]
    fn however_many_pairs_there_are_each_keeps_its_slot() {
        let latin = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
        let lines: Vec<String> = ('一'..='龥').map(|c| format!("{c}丁")).chain(latin).collect();
        let pairs = Pairs::of(|| lines.iter().chain(&lines).map(String::as_str));
        for line in 0..2 * lines.len() {
            let expected = [(line % lines.len(), line % lines.len() + lines.len())];
            assert_eq!(held(&pairs, &lines[line % lines.len()]), expected, "{line}");
        }
    }
}
