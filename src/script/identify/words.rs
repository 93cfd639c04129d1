//! Words that are evidence for the region of Traditional text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::region::Region;
use crate::text::list_entries;

/// A word that is evidence for a region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RegionWord {
    /// Its index among all words.
    pub number: usize,
    pub region: Region,
}

/// The longest word at byte `at` of a text, which must be the start of a character, and the word's length in bytes.
pub(super) fn word_at(text: &str, at: usize) -> Option<(RegionWord, usize)> {
    let words = &*WORDS;
    let rest = &text[at..];
    let mut characters = rest.chars();
    let first = characters.next()?;
    let is_longer = characters.next().is_some_and(|second| words.pairs.contains(&[first, second]));
    let longest = match *words.longest.get(&first).filter(|_| is_longer || words.alone.contains(&first))? {
        longest if is_longer => longest,
        _ => 1,
    };
    let ends = rest.char_indices().map(|(at, _)| at).skip(1).chain([rest.len()]).take(longest);
    ends.filter_map(|end| Some((*words.words.get(&rest[..end])?, end))).last()
}

/// The characters that are words by themselves.
pub(super) fn words_alone() -> impl Iterator<Item = char> {
    WORDS.alone.iter().copied()
}

/// The first two characters of all other words.
pub(super) fn word_starts() -> impl Iterator<Item = [char; 2]> {
    WORDS.pairs.iter().copied()
}

struct RegionWords {
    words: HashMap<&'static str, RegionWord, foldhash::fast::RandomState>,
    /// By first character, the number of characters in the longest word.
    longest: HashMap<char, usize, foldhash::fast::RandomState>,
    /// Characters that are words by themselves.
    alone: HashSet<char, foldhash::fast::RandomState>,
    /// The first two characters of words. With them most positions of a text are rejected at once.
    pairs: HashSet<[char; 2], foldhash::fast::RandomState>,
}

/// The words of each region. Cantonese words count for Hong Kong.
fn listed() -> impl Iterator<Item = (&'static str, Region)> {
    let lists = Region::ALL
        .into_iter()
        .flat_map(|region| region.row().word_lists.iter().map(move |list| (region, list)));
    lists.flat_map(|(region, list)| list_entries(list).map(move |word| (word, region)))
}

static WORDS: LazyLock<RegionWords> = LazyLock::new(|| {
    let words: HashMap<&str, RegionWord, _> =
        listed().enumerate().map(|(number, (word, region))| (word, RegionWord { number, region })).collect();
    let mut longest: HashMap<char, usize, _> = HashMap::default();
    let characters: Vec<Vec<char>> = words.keys().map(|word| word.chars().collect()).collect();
    for word in &characters {
        let longest = longest.entry(word.first().copied().unwrap_or_default()).or_default();
        *longest = word.len().max(*longest);
    }
    let alone = characters.iter().filter_map(|word| if let [only] = word[..] { Some(only) } else { None });
    let pairs = characters.iter().filter_map(|word| word.first_chunk().copied());
    RegionWords { longest, alone: alone.collect(), pairs: pairs.collect(), words }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_listed_once() {
        assert_eq!(WORDS.words.len(), listed().count());
    }

    #[test]
    fn the_longest_word_counts() {
        let told = |text: &str| {
            let (mut regions, mut behind) = (Vec::new(), 0);
            for (at, _) in text.char_indices() {
                if let Some((word, length)) = word_at(text, at).filter(|_| at >= behind) {
                    regions.push(word.region);
                    behind = at + length;
                }
            }
            regions
        };
        assert_eq!(told("坐計程車買軟體"), [Region::Tw, Region::Tw]);
        assert_eq!(told("佢嘅"), [Region::Hk, Region::Hk]);
        assert_eq!(told("山水"), []);
    }
}
