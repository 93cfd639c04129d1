//! Pairs of characters that text has if its UTF-8 was read as GBK, and that other text hardly has. They are found by two
//! tables, without decoding anything.
//!
//! UTF-8 writes a Chinese character or mark in three bytes, and GBK a character in two. So two characters of UTF-8 become
//! three of GBK. The first byte of one of them begins a character of GBK, and that of the next one ends the character
//! behind it.

use std::sync::LazyLock;

use super::super::encoding::GBK;

/// The bytes with which UTF-8 begins Chinese characters and marks.
const FIRST: [u8; 9] = [0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF];

/// The other bytes of these characters.
const FURTHER: std::ops::RangeInclusive<u8> = 0x80..=0xBF;

/// What may stand for lost bytes, or for one of two pairs of bytes.
const LOST: [char; 2] = [char::REPLACEMENT_CHARACTER, super::AMBIGUOUS];

/// Number of characters in the tables: the Basic Multilingual Plane.
const CHARACTERS: usize = 0x1_0000;

/// A table with a bit for each character.
type CharacterBits = Box<[u64; CHARACTERS / 64]>;

/// What GBK makes of a first byte and a further one.
static BEGIN: LazyLock<CharacterBits> = LazyLock::new(|| table(FIRST.into_iter(), || FURTHER));

/// What GBK makes of a further byte and a first one.
static END: LazyLock<CharacterBits> = LazyLock::new(|| table(FURTHER, || FIRST.into_iter()));

/// The characters of GBK of which a lead and a trail are the bytes.
fn table<T: Iterator<Item = u8>>(leads: impl Iterator<Item = u8>, trails: impl Fn() -> T) -> CharacterBits {
    let mut table = Box::new([0; CHARACTERS / 64]);
    for lead in leads {
        for trail in trails() {
            let bytes = [lead, trail];
            let (text, bad) = GBK.decode_without_bom_handling(&bytes);
            let known = text.chars().next().filter(|_| !bad && text.chars().count() == 1);
            if let Some(place) = known.map(|character| character as usize).filter(|place| *place < CHARACTERS)
            {
                table[place / 64] |= 1 << (place % 64);
            }
        }
    }
    table
}

fn is_in(table: &CharacterBits, character: char) -> bool {
    let place = character as usize;
    table.get(place / 64).is_some_and(|bits| bits & (1 << (place % 64)) != 0)
}

/// The positions of the pairs in a text. What is lost or ends there may have been the second character.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = usize> {
    let begins = text.char_indices().filter(|(_, character)| is_in(&BEGIN, *character));
    let ends = |(position, first): &(usize, char)| {
        let next = text[position + first.len_utf8()..].chars().next();
        next.is_none_or(|next| next.is_ascii() || LOST.contains(&next) || is_in(&END, next))
    };
    begins.filter(ends).map(|(position, _)| position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_that_was_misread_has_pairs() {
        for original in ["街坊", "老街", "上的海棠", "好，也"] {
            for text in [original.to_owned(), format!("a{original}b"), format!("里{original}")] {
                let (damaged, _) = GBK.decode_without_bom_handling(text.as_bytes());
                assert!(pairs(&damaged).next().is_some(), "{text} {damaged}");
                assert_eq!(pairs(&text).next(), None, "{text}");
            }
        }
        for text in ["浣熊，涓流", "café", "", "a", "\u{10FFFF}\u{FFFD}", "街坊說安靜了許多，他說，好。"]
        {
            assert_eq!(pairs(text).next(), None, "{text}");
        }
    }
}
