//! The pairs of letters in the lines of a document, each by a number.

use super::feature::mix;
use crate::script::characters::is_han;

/// Slots of a table at first. It grows before half of them are taken.
const SLOTS: usize = 1 << 10;

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
    pub fn of<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut pairs = Self::default();
        let mut numbering = Numbering::default();
        for (line, key) in (0..).zip(keys) {
            for pair in letter_pairs(key) {
                let number = numbering.of(pair);
                match pairs.held.get_mut(number as usize) {
                    Some((_, last)) => *last = line,
                    None => pairs.held.push((line, line)),
                }
                pairs.numbers.push(number);
            }
            pairs.ends.push(pairs.numbers.len());
        }
        pairs
    }

    /// By pair in a line, the first line and the last line that hold it.
    pub fn of_line(&self, line: usize) -> impl Iterator<Item = (usize, usize)> {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        let numbers = &self.numbers[start..self.ends[line]];
        numbers
            .iter()
            .map(|number| self.held[*number as usize])
            .map(|(first, last)| (first as usize, last as usize))
    }
}

/// Numbers for pairs in the order in which they are met: a hash table with linear probing, which is all that
/// every pair of every line needs.
struct Numbering {
    /// A pair and its number; no pair is 0.
    slots: Vec<(u64, u32)>,
    taken: u32,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { slots: vec![(0, 0); SLOTS], taken: 0 }
    }
}

impl Numbering {
    fn of(&mut self, pair: u64) -> u32 {
        let at = self.slot(pair);
        if self.slots[at].0 == pair {
            return self.slots[at].1;
        }
        let number = self.taken;
        self.slots[at] = (pair, number);
        self.taken += 1;
        if self.taken as usize * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Where a pair is or should be.
    fn slot(&self, pair: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = mix(pair) as usize & last;
        while self.slots[at].0 != pair && self.slots[at].0 != 0 {
            at = (at + 1) & last;
        }
        at
    }

    fn grow(&mut self) {
        let room = vec![(0, 0); self.slots.len() * 2];
        for taken in std::mem::replace(&mut self.slots, room).into_iter().filter(|(pair, _)| *pair != 0) {
            let at = self.slot(taken.0);
            self.slots[at] = taken;
        }
    }
}

/// Two Han characters or two Latin letters that follow one another.
fn letter_pairs(key: &str) -> impl Iterator<Item = u64> + '_ {
    let mut before = (Kind::Other, 0);
    key.chars().filter_map(move |character| {
        let (kind, code) = (Kind::of(character), u64::from(character));
        let pair = (kind != Kind::Other && kind == before.0).then_some(before.1 << 32 | code);
        before = (kind, code);
        pair
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Han,
    Latin,
    Other,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            c if is_han(c) => Kind::Han,
            c if c.is_ascii_alphabetic() => Kind::Latin,
            _ => Kind::Other,
        }
    }
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
        assert_eq!(letter_pairs("用ab1c").count(), 1);
        assert_eq!(letter_pairs("").count(), 0);
    }

    #[test]
    fn numbers_stay_as_the_table_grows() {
        let mut numbering = Numbering::default();
        let all: Vec<u32> = (1..5000).map(|pair| numbering.of(pair)).collect();
        assert_eq!(all, (0..4999).collect::<Vec<u32>>());
        assert_eq!((1..5000).map(|pair| numbering.of(pair)).collect::<Vec<u32>>(), all);
    }
}
