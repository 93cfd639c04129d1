//! Words that tell the region of Traditional text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::super::context::Region;

/// The region of the longest word at a byte of a text, which must start a character, and its bytes.
pub(super) fn word_at(text: &str, at: usize) -> Option<(Region, usize)> {
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
    ends.filter_map(|end| Some((*words.regions.get(&rest[..end])?, end))).last()
}

/// The characters that are words by themselves.
pub(super) fn words_alone() -> impl Iterator<Item = char> {
    WORDS.alone.iter().copied()
}

/// The first two characters of all other words.
pub(super) fn word_starts() -> impl Iterator<Item = [char; 2]> {
    WORDS.pairs.iter().copied()
}

struct Words {
    regions: HashMap<String, Region, foldhash::fast::RandomState>,
    /// By first character, how many characters the longest word has.
    longest: HashMap<char, usize, foldhash::fast::RandomState>,
    /// Characters that are words by themselves.
    alone: HashSet<char, foldhash::fast::RandomState>,
    /// The first two characters of words, by which most text is known to be none.
    pairs: HashSet<[char; 2], foldhash::fast::RandomState>,
}

/// Words that one region's table produces and the other's does not know, and what only Cantonese writes.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |region: Region| {
        let (table, variants) =
            if region == Region::Tw { ("TWPhrases", "t2tw") } else { ("HKPhrases", "t2hk") };
        let variants = Converter::new(variants).ok();
        let word = move |text: &str| variants.as_ref().map(|variants| variants.convert(text).into_owned());
        dictionary_entries(table).filter_map(move |entry| {
            let changes = entry.value != entry.key && entry.value.chars().count() > 1;
            Some((word(entry.value).filter(|_| changes)?, word(entry.key)?))
        })
    };
    let (tw, hk): (Vec<_>, Vec<_>) = (of(Region::Tw).collect(), of(Region::Hk).collect());
    let mut words: HashMap<String, Region, _> = HashMap::default();
    for (region, own, other) in [(Region::Tw, &tw, &hk), (Region::Hk, &hk, &tw)] {
        let known = |word: &String| other.iter().any(|(to, from)| to == word || from == word);
        words.extend(
            own.iter().map(|(to, _)| to).filter(|word| !known(word)).map(|word| (word.clone(), region)),
        );
    }
    let cantonese = include_str!("../../../dictionaries/usage/cantonese.txt").lines();
    words.extend(cantonese.filter(|line| !line.starts_with('#')).map(|word| (word.to_owned(), Region::Hk)));
    let mut longest: HashMap<char, usize, _> = HashMap::default();
    let characters: Vec<Vec<char>> = words.keys().map(|word| word.chars().collect()).collect();
    for word in &characters {
        let longest = longest.entry(word.first().copied().unwrap_or_default()).or_default();
        *longest = word.len().max(*longest);
    }
    let alone = characters.iter().filter_map(|word| if let [only] = word[..] { Some(only) } else { None });
    let pairs = characters.iter().filter_map(|word| word.first_chunk().copied());
    Words { longest, alone: alone.collect(), pairs: pairs.collect(), regions: words }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts_and_each_once() {
        let told = |text: &str| {
            let (mut regions, mut behind) = (Vec::new(), 0);
            for (at, _) in text.char_indices() {
                if let Some((region, length)) = word_at(text, at).filter(|_| at >= behind) {
                    regions.push(region);
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
