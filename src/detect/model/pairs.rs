//! The pairs of letters in the lines of a document, each by a number.

use crate::script::characters::is_han;

/// Slots of a table at least.
const SLOTS: usize = 1 << 6;
/// Any large odd number: the highest bits of its product with a pair depend on all bits of the pair (Fibonacci
/// hashing, Knuth, TAOCP 6.4).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The pairs that lines hold.
#[derive(Default)]
pub(super) struct Pairs {
    /// The pairs of all lines in order.
    numbers: Vec<u32>,
    /// By line, where its pairs end.
    ends: Vec<usize>,
    /// By pair, the first line and the last line that hold it.
    held: Vec<(u32, u32)>,
}

impl Pairs {
    /// The pairs in the keys of lines.
    pub fn of<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Self {
        let bytes: usize = keys.clone().map(str::len).sum();
        let mut pairs = Self { numbers: Vec::with_capacity(bytes / 2), ..Self::default() };
        // Of three bytes of Chinese text, one is a pair that is new more often than not.
        let mut numbering = Numbering::with_room(bytes / 4);
        for (line, key) in (0..).zip(keys) {
            for_each_pair(key, |pair| {
                let number = numbering.of(pair);
                match pairs.held.get_mut(number as usize) {
                    Some((_, last)) => *last = line,
                    None => pairs.held.push((line, line)),
                }
                pairs.numbers.push(number);
            });
            pairs.ends.push(pairs.numbers.len());
        }
        pairs
    }

    /// By pair in a line, the first line and the last line that hold it.
    pub fn of_line(&self, line: usize) -> impl Iterator<Item = (usize, usize)> {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        let numbers = &self.numbers[start..self.ends[line]];
        let held = numbers.iter().map(|number| self.held[*number as usize]);
        held.map(|(first, last)| (first as usize, last as usize))
    }
}

/// Numbers for pairs in the order in which they are met: a hash table with linear probing, which is all that
/// every pair of every line needs.
struct Numbering {
    /// A pair and its number; no pair is 0.
    slots: Vec<(u64, u32)>,
    taken: u32,
}

impl Numbering {
    fn with_room(pairs: usize) -> Self {
        Self { slots: vec![(0, 0); (pairs * 2).next_power_of_two().max(SLOTS)], taken: 0 }
    }

    #[inline]
    fn of(&mut self, pair: u64) -> u32 {
        let slot = self.slot(pair);
        let (held, number) = self.slots[slot];
        if held == pair { number } else { self.add(slot, pair) }
    }

    fn add(&mut self, slot: usize, pair: u64) -> u32 {
        let number = self.taken;
        self.slots[slot] = (pair, number);
        self.taken += 1;
        if self.taken as usize * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Where a pair is or should be.
    #[inline]
    fn slot(&self, pair: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = (pair.wrapping_mul(FACTOR) >> 32) as usize & last;
        while self.slots[at].0 != pair && self.slots[at].0 != 0 {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        let room = vec![(0, 0); self.slots.len() * 2];
        for taken in std::mem::replace(&mut self.slots, room).into_iter().filter(|(pair, _)| *pair != 0) {
            let slot = self.slot(taken.0);
            self.slots[slot] = taken;
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
        let mut numbering = Numbering::with_room(0);
        let all: Vec<u32> = (1..5000).map(|pair| numbering.of(pair)).collect();
        assert_eq!(all, (0..4999).collect::<Vec<u32>>());
        assert_eq!((1..5000).map(|pair| numbering.of(pair)).collect::<Vec<u32>>(), all);
    }
}
