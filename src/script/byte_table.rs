//! A byte for every character, found by its UTF-8. It answers questions that are asked of every character of every
//! text.

use super::opencc::{Four, place_in_plane, place_of_three};

const PLANE: usize = 1 << 16;

/// A byte for each character; 0 for characters that were not given one.
pub(super) struct ByteTable {
    /// The bytes of the basic plane, indexed by [`place_in_plane`].
    plane: Box<[u8; PLANE]>,
    /// The bytes of characters beyond the basic plane, by code point, up to the last one that was given.
    beyond: Vec<u8>,
}

impl ByteTable {
    pub fn of(bytes: impl IntoIterator<Item = (char, u8)>) -> Self {
        let bytes: Vec<(char, u8)> = bytes.into_iter().collect();
        let last = bytes.iter().map(|(character, _)| *character as usize).max().unwrap_or_default();
        let mut table =
            Self { plane: Box::new([0; PLANE]), beyond: vec![0; (last + 1).saturating_sub(PLANE)] };
        for (character, byte) in bytes {
            match u16::try_from(character as u32) {
                Ok(code) => table.plane[place_in_plane(code) % PLANE] = byte,
                Err(_) => table.beyond[character as usize - PLANE] = byte,
            }
        }
        table
    }

    /// The byte of a character.
    #[inline]
    pub fn get(&self, character: char) -> u8 {
        match u16::try_from(character as u32) {
            Ok(code) => self.plane[place_in_plane(code) % PLANE],
            Err(_) => self.beyond.get(character as usize - PLANE).copied().unwrap_or_default(),
        }
    }

    /// The bytes of the first `count` of four three-byte characters, starting from the lowest byte.
    #[inline(always)]
    fn of_four(&self, four: Four, count: usize) -> u32 {
        let byte = |index: usize| {
            u32::from(self.plane[place_of_three(four.from(index) as u32) % PLANE]) << (8 * index)
        };
        let all = byte(0) | byte(1) | byte(2) | byte(3);
        (u64::from(all) & ((1 << (8 * count)) - 1)) as u32
    }

    /// Visits the characters of a text that are not ASCII, up to four at once. `see` receives the byte offset where
    /// they start, and the byte of each character, starting from the lowest byte.
    #[inline(always)]
    pub fn walk(&self, text: &str, mut see: impl FnMut(usize, u32)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let four = Four::at(bytes, at);
            match four.count() {
                0 => match four.ascii() {
                    0 => {
                        let character = text[at..].chars().next().unwrap_or_default();
                        see(at, self.get(character).into());
                        at += character.len_utf8();
                    }
                    ascii => at += ascii,
                },
                count => {
                    see(at, self.of_four(four, count));
                    at += 3 * count;
                }
            }
        }
    }

    /// Visits the non-ASCII characters of a text whose byte has at least one of `bits` set.
    #[inline(always)]
    pub fn walk_those(&self, text: &str, bits: u8, mut see: impl FnMut(usize, u8)) {
        self.walk(text, |at, four| those_of_four(four, bits, |behind, byte| see(at + behind, byte)));
    }
}

/// `four` holds the bytes of four three-byte characters. Visits those that have at least one of `bits` set, each with
/// its byte offset from the first character.
#[inline(always)]
pub(super) fn those_of_four(four: u32, bits: u8, mut see: impl FnMut(usize, u8)) {
    let mut found = four & u32::from_le_bytes([bits; 4]);
    while found != 0 {
        let index = found.trailing_zeros() / 8;
        found &= !(0xFF << (8 * index));
        see(3 * index as usize, (four >> (8 * index)) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_seen_once_wherever_it_stands() {
        let known = [('发', 1), ('頭', 2), ('é', 1), ('𠮷', 3), ('，', 2), ('の', 4)];
        let table = ByteTable::of(known);
        let text = "发a頭b发髮后𠀀é后，発の発\u{2FF0}后ab后后后后c发发发𠮷";
        for start in text.char_indices().map(|(at, _)| at) {
            for end in (start..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let piece = &text[start..end];
                for bits in 1..8 {
                    let mut seen = Vec::new();
                    table.walk_those(piece, bits, |at, byte| seen.push((at, byte)));
                    let characters = piece.char_indices().map(|(at, character)| (at, table.get(character)));
                    assert_eq!(
                        seen,
                        characters.filter(|(_, byte)| byte & bits != 0).collect::<Vec<_>>(),
                        "{piece}"
                    );
                }
            }
        }
        assert!(known.iter().all(|(character, byte)| table.get(*character) == *byte));
    }
}
