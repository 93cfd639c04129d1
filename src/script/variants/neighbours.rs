//! The neighbours of a character, in the form in which they are counted.

use std::sync::LazyLock;

use super::super::characters::simplified;
use super::super::opencc::{place_in_plane, place_of_three};
use super::image::Beside;
use super::table::TABLE;
use crate::text::is_han;

/// A character beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Neighbour {
    /// The form in which it is counted: a Han character in its Simplified form, any other character by its kind.
    pub character: char,
    /// Its number in the table of contexts; 0 if no context names it.
    pub number: u16,
}

/// The form in which a neighbour is counted: Han characters in their Simplified form, all others by their kind.
fn kind(character: char) -> char {
    match character {
        _ if is_han(character) => simplified(character),
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        _ => '.',
    }
}

/// For each character of the basic plane, the neighbour that it counts as.
static NEIGHBOURS: LazyLock<Vec<Neighbour>> = LazyLock::new(|| {
    let known = |code: u32| Neighbour::counted(kind(char::from_u32(code).unwrap_or_default()));
    (0..0x1_0000).map(known).collect()
});

impl Neighbour {
    /// The neighbour that a character counts as. A character of the basic plane costs one look-up.
    pub fn of(character: char) -> Self {
        let known = NEIGHBOURS.get(character as usize).copied();
        known.unwrap_or_else(|| Self::counted(kind(character)))
    }

    /// Whether it is a character of a word, a digit or a letter, and not a mark or the edge of a text.
    pub fn is_word(self) -> bool {
        self.character != '.'
    }

    /// The neighbour for a character that is already in its counted form.
    pub fn counted(character: char) -> Self {
        let place = TABLE.neighbours.binary_search(&character.into());
        Self { character, number: place.map_or(0, |place| place as u16 + 1) }
    }
}

/// The numbers of neighbours in the basic plane, indexed by [`place_in_plane`].
static NUMBERS: LazyLock<Box<[u16; PLANE]>> = LazyLock::new(|| {
    let mut numbers = Box::new([0; PLANE]);
    for (code, neighbour) in (0..=u16::MAX).zip(NEIGHBOURS.iter()) {
        numbers[place_in_plane(code) % PLANE] = neighbour.number;
    }
    numbers
});

const PLANE: usize = 1 << 16;

/// The contexts of a character, the strongest evidence first, each with its two neighbours. A context of one neighbour
/// names it twice.
pub(super) fn contexts(text: &str, at: usize) -> [(Beside, Neighbour, Neighbour); 5] {
    let [a, b, c, d] = around(text, at);
    [
        (Beside::Around, b, c),
        (Beside::TwoBefore, a, b),
        (Beside::TwoAfter, c, d),
        (Beside::Before, b, b),
        (Beside::After, c, c),
    ]
}

/// The two neighbours on each side of the character that starts at byte `at` of a text, in the order of the text.
/// Nothing counts beyond the end of a line.
pub(super) fn around(text: &str, at: usize) -> [Neighbour; 4] {
    characters_around(text, at).map(Neighbour::of)
}

/// The numbers of these neighbours.
#[inline]
pub(super) fn numbers_around(text: &str, at: usize) -> [u16; 4] {
    let near = at.checked_sub(BEFORE).and_then(|start| text.as_bytes().get(start..)?.first_chunk());
    near.and_then(numbers_near).unwrap_or_else(|| {
        characters_around(text, at).map(|character| match u16::try_from(character as u32) {
            Ok(code) => NUMBERS[place_in_plane(code) % PLANE],
            Err(_) => Neighbour::of(character).number,
        })
    })
}

/// The byte offset of the character in the bytes that are examined together.
const BEFORE: usize = 6;

/// The same for nearly all cases: neighbours of three bytes or of one. There is no branch between the two lengths.
#[inline]
fn numbers_near(near: &[u8; 16]) -> Option<[u16; 4]> {
    let numbers = &**NUMBERS;
    let from =
        |at: usize| near.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |c| u32::from_le_bytes(*c));
    let length = |byte: u8| if byte.is_ascii() { 1 } else { 3 };
    let (b, c) = (BEFORE - length(near[BEFORE - 1]), BEFORE + 3);
    let (a, d) = (b - length(near[b - 1]), c + length(near[c]));
    let is_known = |at: usize, length: usize| length == 1 || near[at] & 0xF0 == 0xE0;
    if !(is_known(a, b - a) & is_known(b, BEFORE - b) & is_known(BEFORE, 3))
        || !(is_known(c, d - c) & (near[d].is_ascii() | is_known(d, 3)))
    {
        return None;
    }
    let number = |at: usize| {
        let bytes = from(at);
        let place = if near[at].is_ascii() { place_in_plane(near[at].into()) } else { place_of_three(bytes) };
        numbers[place % PLANE]
    };
    let nothing = numbers[place_in_plane(b'\n'.into()) % PLANE];
    let farther = |nearer: usize, at: usize| {
        let number = number(at);
        if matches!(near[nearer], b'\n' | b'\r') { nothing } else { number }
    };
    Some([farther(b, a), number(b), number(c), farther(c, d)])
}

#[inline]
fn characters_around(text: &str, at: usize) -> [char; 4] {
    let [b, a] = two(text[..at].chars().rev());
    let [c, d] = two(text[at..].chars().skip(1));
    [a, b, c, d]
}

#[inline]
fn two(mut characters: impl Iterator<Item = char>) -> [char; 2] {
    let nearer = characters.next().unwrap_or('\n');
    let farther = if matches!(nearer, '\n' | '\r') { None } else { characters.next() };
    [nearer, farther.unwrap_or('\n')]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn neighbours_have_the_same_numbers_wherever_they_stand(
            before in "[发的，a1 ·é𠀀\r\n]{0,6}", after in "[发的，a1 ·é𠀀\r\n]{0,6}",
            character in prop::sample::select(vec!['发', '𠀀', '·', 'a'])
        ) {
            let text = format!("{before}{character}{after}");
            let numbers = around(&text, before.len()).map(|neighbour| neighbour.number);
            prop_assert_eq!(numbers_around(&text, before.len()), numbers);
        }
    }
}
