//! The pairs of letters in the lines of a document, each by a number.

use crate::script::characters::is_han;

/// Slots of a table at least.
const SLOTS: usize = 1 << 6;
/// Any large odd number: the highest bits of its product with a pair depend on all bits of the pair (Fibonacci
/// hashing, Knuth, TAOCP 6.4).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The pairs that lines hold.
pub(super) struct Pairs {
    /// The pairs of all lines in order, by their numbers.
    numbers: Vec<u32>,
    /// By line, where its pairs end.
    ends: Vec<usize>,
    known: Known,
}

impl Pairs {
    /// The pairs in the keys of lines.
    pub fn of<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Self {
        let bytes: usize = keys.clone().map(str::len).sum();
        // Of three bytes of Chinese text, one is a pair that is new more often than not.
        let known = Known::with_room(bytes / 4);
        let mut pairs = Self { numbers: Vec::with_capacity(bytes / 2), ends: Vec::new(), known };
        for (line, key) in (0..).zip(keys) {
            for_each_pair(key, |pair| pairs.numbers.push(pairs.known.note(pair, line)));
            pairs.ends.push(pairs.numbers.len());
        }
        pairs
    }

    /// By pair in a line, the first line and the last line that hold it.
    pub fn of_line(&self, line: usize) -> impl Iterator<Item = (usize, usize)> {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        let numbers = &self.numbers[start..self.ends[line]];
        let held = numbers.iter().map(|number| self.known.pairs[*number as usize]);
        held.map(|held| (held.first as usize, held.last as usize))
    }
}

/// A pair, and the first line and the last line that hold it.
#[derive(Clone, Copy)]
struct Held {
    pair: u64,
    first: u32,
    last: u32,
}

/// The pairs in the order in which they are met, found by a hash table with linear probing, which is all that
/// every pair of every line needs.
struct Known {
    pairs: Vec<Held>,
    /// By the pair's hash, its number and one more; 0 where no pair is.
    slots: Vec<u32>,
}

impl Known {
    fn with_room(pairs: usize) -> Self {
        Self { pairs: Vec::with_capacity(pairs), slots: vec![0; (pairs * 2).next_power_of_two().max(SLOTS)] }
    }

    /// Notes that a line holds a pair; the pair's number.
    #[inline]
    fn note(&mut self, pair: u64, line: u32) -> u32 {
        let slot = self.slot(pair);
        let number = self.slots[slot].wrapping_sub(1);
        match self.pairs.get_mut(number as usize) {
            Some(held) => {
                held.last = line;
                number
            }
            None => self.add(slot, Held { pair, first: line, last: line }),
        }
    }

    fn add(&mut self, slot: usize, held: Held) -> u32 {
        self.pairs.push(held);
        let count = self.pairs.len() as u32;
        self.slots[slot] = count;
        if self.pairs.len() * 2 > self.slots.len() {
            self.grow();
        }
        count - 1
    }

    /// Where a pair is or should be.
    #[inline]
    fn slot(&self, pair: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (pair.wrapping_mul(FACTOR) >> 32) as usize & last;
        let is_another = |number: u32| number != 0 && self.pairs[number as usize - 1].pair != pair;
        while is_another(self.slots[at]) {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for (number, pair) in (1..).zip(self.pairs.iter().map(|held| held.pair).collect::<Vec<_>>()) {
            let slot = self.slot(pair);
            self.slots[slot] = number;
        }
    }
}

/// Two Han characters or two Latin letters that follow one another, packed.
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
    is_han(character) || character.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_knows_its_first_and_its_last_line() {
        let pairs = Pairs::of(["夜市搬走", "街坊", "夜市"].into_iter());
        assert_eq!(pairs.of_line(0).collect::<Vec<_>>(), [(0, 2), (0, 0), (0, 0)]);
        assert_eq!(pairs.of_line(2).collect::<Vec<_>>(), [(0, 2)]);
    }

    #[test]
    fn letters_of_two_kinds_are_no_pair() {
        let mut pairs = Vec::new();
        for_each_pair("用ab1c市", |pair| pairs.push(pair));
        assert_eq!(pairs, [u64::from('a') << 32 | u64::from('b')]);
    }

    #[test]
    fn numbers_stay_as_the_table_grows() {
        let mut known = Known::with_room(0);
        let all: Vec<u32> = (1..5000).map(|pair| known.note(pair, 0)).collect();
        assert_eq!(all, (0..4999).collect::<Vec<u32>>());
        assert_eq!((1..5000).map(|pair| known.note(pair, 1)).collect::<Vec<u32>>(), all);
    }
}
