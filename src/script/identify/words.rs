//! Words that tell the region of Traditional text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::super::context::Region;
use super::super::plane::ByteTable;

/// Gives the region of each word of a text that tells one. From left to right the longest word counts, and what is
/// behind it is looked at next.
pub(super) fn regional_words(text: &str, mut see: impl FnMut(Region)) {
    let words = &*WORDS;
    let mut behind = 0;
    words.starts.walk_those(text, u8::MAX, |at, longest| {
        if at < behind {
            return;
        }
        let rest = &text[at..];
        let mut characters = rest.char_indices();
        let pair =
            [characters.next(), characters.next()].map(|next| next.map_or('\0', |(_, character)| character));
        let longest = match words.pairs.contains(&pair) {
            true => usize::from(longest & !ALONE),
            false if longest & ALONE != 0 => 1,
            false => return,
        };
        let ends = rest.char_indices().map(|(at, _)| at).skip(1).chain([rest.len()]).take(longest);
        let found = ends.filter_map(|end| Some((end, words.regions.get(&rest[..end])?))).last();
        if let Some((end, region)) = found {
            behind = at + end;
            see(*region);
        }
    });
}

struct Words {
    /// By first character, how many characters the longest word has, and whether it is one by itself.
    starts: ByteTable,
    /// The first two characters of words, by which most text is known to be none.
    pairs: HashSet<[char; 2], foldhash::fast::RandomState>,
    regions: HashMap<String, Region, foldhash::fast::RandomState>,
}

/// A character that is a word by itself.
const ALONE: u8 = 0x80;

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
    let mut starts: HashMap<char, u8> = HashMap::new();
    let mut pairs = HashSet::default();
    for word in words.keys() {
        let characters: Vec<char> = word.chars().collect();
        let start = starts.entry(characters.first().copied().unwrap_or_default()).or_default();
        let length = u8::try_from(characters.len()).unwrap_or(u8::MAX).min(!ALONE);
        let alone = *start & ALONE | if length == 1 { ALONE } else { 0 };
        *start = alone | (*start & !ALONE).max(length);
        pairs.extend(characters.first_chunk::<2>().copied());
    }
    Words { starts: ByteTable::of(starts), pairs, regions: words }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts_and_each_once() {
        let told = |text: &str| {
            let mut regions = Vec::new();
            regional_words(text, |region| regions.push(region));
            regions
        };
        assert_eq!(told("坐計程車買軟體"), [Region::Tw, Region::Tw]);
        assert_eq!(told("佢嘅"), [Region::Hk, Region::Hk]);
        assert_eq!(told("山水"), []);
    }
}
