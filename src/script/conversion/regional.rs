//! Where a region's words may stand in text of the other script.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::builtin::dictionary_entries;
use super::super::characters::{all_unified, unified};
use super::super::context::Region;
use super::super::plane::{ByteTable, starts_of_pairs, those_of_four};

/// Whether OpenCC may put one of the region's words into a text. Where it may not, no word of the region's dictionary
/// stands there in any script.
pub(super) fn may_have_words(text: &str, region: Region) -> bool {
    let words = &WORDS[region as usize];
    let mut found = false;
    words.telling.walk(text, |at, four| {
        those_of_four(worth_a_look(four), u8::MAX, |behind, tells| {
            found = found || tells & ALONE != 0 || words.is_at(&text[at + behind..]);
        });
    });
    found
}

/// The first character of a word.
const START: u8 = 1;
/// The second one.
const SECOND: u8 = START << 1;
/// A character that is a word by itself, or stands in one that cannot be told by its first two characters.
const ALONE: u8 = 4;

/// Of what up to four characters tell, all but first characters that no second one follows.
fn worth_a_look(four: u32) -> u32 {
    starts_of_pairs(four, START) | four & u32::from_le_bytes([ALONE; 4])
}

/// A region's words, each character in the form that stands for all its variants.
struct Words {
    telling: ByteTable,
    /// By their first two characters, all that follows.
    by_start: HashMap<[char; 2], Vec<Vec<char>>, foldhash::fast::RandomState>,
}

impl Words {
    /// Whether a word stands at the start of a text.
    fn is_at(&self, text: &str) -> bool {
        let mut characters = text.chars().map(unified);
        let start = [characters.next(), characters.next()].map(Option::unwrap_or_default);
        let words = self.by_start.get(&start).into_iter().flatten();
        words.into_iter().any(|word| characters.clone().take(word.len()).eq(word.iter().copied()))
    }
}

static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| Region::ALL.map(read));

fn read(region: Region) -> Words {
    let table = if region == Region::Tw { "TWPhrases" } else { "HKPhrases" };
    let mut tells: HashMap<char, u8> = HashMap::new();
    let mut by_start: HashMap<[char; 2], Vec<Vec<char>>, _> = HashMap::default();
    for entry in dictionary_entries(table) {
        let word: Vec<char> = entry.key.chars().map(unified).collect();
        match word.split_first_chunk() {
            Some((start, rest)) if start.iter().all(|character| character.len_utf8() == 3) => {
                *tells.entry(start[0]).or_default() |= START;
                *tells.entry(start[1]).or_default() |= SECOND;
                by_start.entry(*start).or_default().push(rest.to_vec());
            }
            _ => {
                let first = word.iter().find(|character| !character.is_ascii());
                *tells.entry(first.copied().unwrap_or_default()).or_default() |= ALONE;
            }
        }
    }
    // What is normalised first may become anything.
    let compatibility =
        dictionary_entries("CJK_Compatibility_Ideographs").flat_map(|entry| entry.key.chars());
    let variants = all_unified().filter_map(|(variant, to)| Some((variant, *tells.get(&to)?)));
    let telling = tells.clone().into_iter().chain(variants);
    Words {
        telling: ByteTable::of(telling.chain(compatibility.map(|character| (character, ALONE)))),
        by_start,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Converter;
    use super::*;

    #[test]
    fn a_text_with_a_word_may_have_one_whatever_its_script() {
        for (region, words, without) in [(Region::Tw, "s2twp", "s2tw"), (Region::Hk, "s2hkp", "s2hk")] {
            let [words, without, simplified] =
                [words, without, "t2s"].map(|name| Converter::new(name).unwrap());
            let tables = ["TWPhrases", "HKPhrases", "STPhrases", "STPhrases_GeneratedFromRegionalPhrases"];
            for entry in tables.into_iter().flat_map(dictionary_entries) {
                for text in [entry.key, &simplified.convert(entry.key)] {
                    let changes = words.convert(text) != without.convert(text);
                    assert!(!changes || may_have_words(text, region), "{text}");
                }
            }
        }
        assert!(!may_have_words("山水之间，有人来往", Region::Tw));
    }
}
