//! What stands beside a character, as it is counted.

use std::sync::LazyLock;

use super::super::characters::{is_han, simplified};
use super::super::engine::{place_in_plane, place_of_three};
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

/// The neighbours' numbers alone, of the basic plane, by [`place_in_plane`].
static NUMBERS: LazyLock<Box<[u16; PLANE]>> = LazyLock::new(|| {
    let mut numbers = Box::new([0; PLANE]);
    for (code, neighbour) in (0..=u16::MAX).zip(NEIGHBOURS.iter()) {
        numbers[place_in_plane(code) % PLANE] = neighbour.number;
    }
    numbers
});

const PLANE: usize = 1 << 16;

/// The two neighbours on each side of the character that starts at a byte of a text, in the order of the text. Behind
/// the end of a line there is nothing.
pub(super) fn around(text: &str, at: usize) -> [Neighbour; 4] {
    characters_around(text, at).map(Neighbour::of)
}

/// Their numbers.
#[inline]
pub(super) fn numbers_around(text: &str, at: usize) -> [u16; 4] {
    let numbers = &**NUMBERS;
    let near = at.checked_sub(6).and_then(|start| text.as_bytes().get(start..)?.first_chunk());
    if let Some(near) = near.map(|near| u128::from_le_bytes(*near)).filter(|near| are_five_of_three(*near)) {
        // What nearly always stands there.
        let number = |index: usize| numbers[place_of_three((near >> (24 * index)) as u32) % PLANE];
        return [number(0), number(1), number(3), number(4)];
    }
    characters_around(text, at).map(|character| match u16::try_from(character as u32) {
        Ok(code) => numbers[place_in_plane(code) % PLANE],
        Err(_) => Neighbour::of(character).number,
    })
}

/// Whether a text starts with five characters of three bytes each.
#[inline]
fn are_five_of_three(text: u128) -> bool {
    const FIRST_BYTES: u128 = 0xF0 | 0xF0 << 24 | 0xF0 << 48 | 0xF0 << 72 | 0xF0 << 96;
    const OF_THREE: u128 = 0xE0 | 0xE0 << 24 | 0xE0 << 48 | 0xE0 << 72 | 0xE0 << 96;
    text & FIRST_BYTES == OF_THREE
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
