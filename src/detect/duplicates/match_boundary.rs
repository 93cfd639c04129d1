//! Boundaries of a match. A wording inside a line must stand by itself: it is not cut out of a word or a
//! number, and no character before it changes its meaning.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::words::folded_characters;
use crate::analysis::{ViewLine, fold_character};
use crate::text::numerals::{is_han_numeral, is_numeral};

/// Characters that change the meaning of the text after them, such as negations.
static TURNING: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/turning.txt")));

/// Whether the wording at a byte of a key stands by itself: it is not cut out of a word or a number there,
/// and no negation stands before it.
pub(super) fn stands_apart(key: &str, start: usize, wording: &str) -> bool {
    let outside = [key[..start].chars().next_back(), key[start + wording.len()..].chars().next()];
    let inside = [wording.chars().next(), wording.chars().next_back()];
    let is_cut = |(outside, inside): (Option<char>, Option<char>)| {
        let both = |holds: fn(char) -> bool| outside.is_some_and(holds) && inside.is_some_and(holds);
        both(is_of_number) || both(is_latin)
    };
    !outside[0].is_some_and(changes_meaning) && !outside.into_iter().zip(inside).any(is_cut)
}

/// The marks between the characters of a line's key.
pub(super) struct KeyMarks {
    /// For each byte of the key, and for its end, whether a mark stands before it. `None` if the line's text
    /// does not show this.
    before: Option<Vec<bool>>,
}

impl KeyMarks {
    pub fn of(line: &ViewLine) -> Self {
        let mut before = vec![false; line.key().len() + 1];
        let mut bytes = line.key().char_indices().map(|(byte, _)| byte).chain([line.key().len()]);
        let mut after_mark = true;
        for character in line.text.chars() {
            if fold_character(character).is_some() {
                let Some(byte) = bytes.next() else { return Self { before: None } };
                before[byte] = std::mem::replace(&mut after_mark, false);
            } else {
                after_mark |= !character.is_whitespace();
            }
        }
        before[line.key().len()] = true;
        let is_complete = bytes.next() == Some(line.key().len());
        Self { before: is_complete.then_some(before) }
    }

    /// Whether marks stand before both bytes. If the marks are unknown, it is true.
    pub fn stand_at(&self, bytes: [usize; 2]) -> bool {
        self.before
            .as_ref()
            .is_none_or(|before| bytes.into_iter().all(|byte| before.get(byte) == Some(&true)))
    }
}

/// Whether a character changes the meaning of the text after it.
pub(super) fn changes_meaning(character: char) -> bool {
    TURNING.contains(&character)
}

/// Whether a character belongs to a Latin word. Names with digits are such words.
pub(super) fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric()
}

/// Whether a character belongs to a number.
pub(super) fn is_of_number(character: char) -> bool {
    is_numeral(character) || is_han_numeral(character) || character.is_numeric()
}
