//! What stands beside a character, as it is counted.

use std::sync::LazyLock;

use super::super::characters::{is_han, simplified};
use super::table::TABLE;

/// A character beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Neighbour {
    /// As it is counted: a Han character in its Simplified form, all else by its kind.
    pub character: char,
    /// Its number in the table of contexts; 0 where no context names it.
    pub number: u16,
}

/// How neighbours are counted: Han characters by their Simplified form, all else by its kind.
fn kind(character: char) -> char {
    match character {
        _ if is_han(character) => simplified(character),
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        _ => '.',
    }
}

/// By character of the basic plane, the neighbour that it is.
static NEIGHBOURS: LazyLock<Vec<Neighbour>> = LazyLock::new(|| {
    let known = |code: u32| Neighbour::counted(kind(char::from_u32(code).unwrap_or_default()));
    (0..0x1_0000).map(known).collect()
});

impl Neighbour {
    /// A character of the basic plane costs one look-up.
    pub fn of(character: char) -> Self {
        let known = NEIGHBOURS.get(character as usize).copied();
        known.unwrap_or_else(|| Self::counted(kind(character)))
    }

    /// A character as it is counted.
    pub fn counted(character: char) -> Self {
        let place = TABLE.neighbours.binary_search(&character.into());
        Self { character, number: place.map_or(0, |place| place as u16 + 1) }
    }
}

/// Of the basic plane the neighbours' numbers alone, which take a quarter of the room.
static NUMBERS: LazyLock<Vec<u16>> =
    LazyLock::new(|| NEIGHBOURS.iter().map(|neighbour| neighbour.number).collect());

/// The two neighbours on each side of the character that starts at a byte of a text, in the order of the text. Behind
/// the end of a line there is nothing.
pub(super) fn around(text: &str, at: usize) -> [Neighbour; 4] {
    characters_around(text, at).map(Neighbour::of)
}

/// Their numbers.
#[inline]
pub(super) fn numbers_around(text: &str, at: usize) -> [u16; 4] {
    characters_around(text, at).map(|character| {
        let known = NUMBERS.get(character as usize).copied();
        known.unwrap_or_else(|| Neighbour::of(character).number)
    })
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
