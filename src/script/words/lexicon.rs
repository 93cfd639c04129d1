//! The words into which clauses are cut, and the cost of each. The more frequent a word is, the less it costs.

use std::sync::LazyLock;

use super::super::opencc::Aligned;
use super::layout::{FILTER, HEAD, WordHash};

static IMAGE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/words.image")));

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&IMAGE.0));

/// The list. Its numbers are used in place.
pub(super) struct Lexicon {
    slots: &'static [u32],
    filter: &'static [u32],
}

impl Lexicon {
    /// The list that is built in.
    #[inline]
    pub fn get() -> &'static Self {
        &LEXICON
    }

    fn of(image: &'static [u8]) -> Self {
        let numbers: &[u32] = bytemuck::try_cast_slice(image).unwrap_or_default();
        let (head, rest) = numbers.split_at_checked(HEAD).unwrap_or_default();
        let length = head.first().map_or(0, |length| *length as usize);
        let (slots, filter) = rest.split_at_checked(length).unwrap_or_default();
        Self { slots, filter }
    }

    /// The cost of the word with a hash; `None` if there is no such word.
    #[inline]
    pub fn cost(&self, word: WordHash) -> Option<u32> {
        let mut slot = word.slot(self.slots.len());
        // Some slots are always empty, so that a search ends.
        loop {
            match self.slots.get(slot).copied()? {
                0 => return None,
                found if found & !u32::from(u8::MAX) == word.tag() => {
                    return Some(found & u32::from(u8::MAX));
                }
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Whether two characters may be neighbours in a word.
    #[inline]
    pub fn joins(&self, before: char, after: char) -> bool {
        let (place, bit) = WordHash::EMPTY.then(before).then(after).bit();
        self.filter.get(place % FILTER).is_some_and(|number| number & bit != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::compile::compile;
    use super::*;

    #[test]
    fn the_image_holds_the_list() {
        let text = include_str!("../../../dictionaries/words/counts.txt");
        let image = compile(text).unwrap();
        assert_eq!(bytemuck::cast_slice::<u32, u8>(&image), &IMAGE.0);
        let hash = |word: &str| word.chars().fold(WordHash::EMPTY, WordHash::then);
        let cost = |word: &str| Lexicon::get().cost(hash(word));
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (first, cells) = line.split_once('\t').unwrap();
            for (rest, expected) in cells.split('\t').filter_map(|cell| cell.split_once(' ')) {
                assert_eq!(cost(&format!("{first}{rest}")), Some(expected.parse().unwrap()), "{first}{rest}");
            }
        }
        assert_eq!((cost("内字"), cost("")), (None, None));
        assert!(Lexicon::get().joins('国', '内'));
        let joined = ('一'..='龥').filter(|c| Lexicon::get().joins(*c, '络')).count();
        assert!((20..4_000).contains(&joined), "{joined}");
    }
}
