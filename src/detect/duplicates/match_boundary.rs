//! Whether a wording stands by itself inside a line: not cut out of a word or a number, not turned round by what stands
//! before it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::words::folded_characters;
use crate::analysis::{ViewLine, fold_character};
use crate::text::numerals::{is_han_numeral, is_numeral};

/// Characters that turn the sense of what stands behind them round.
static TURNING: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/turning.txt")));

/// Whether the wording that stands in a key from a byte on is not cut out of a word or a number there, and no negation
/// stands before it.
pub(super) fn stands_apart(key: &str, start: usize, wording: &str) -> bool {
    let outside = [key[..start].chars().next_back(), key[start + wording.len()..].chars().next()];
    let inside = [wording.chars().next(), wording.chars().next_back()];
    let is_cut = |(outside, inside): (Option<char>, Option<char>)| {
        let both = |holds: fn(char) -> bool| outside.is_some_and(holds) && inside.is_some_and(holds);
        both(counts) || both(is_latin)
    };
    !outside[0].is_some_and(turns) && !outside.into_iter().zip(inside).any(is_cut)
}

/// The marks between the characters of a line's key.
pub(super) struct KeyMarks {
    /// By byte of the key, and behind the last, whether a mark stands before it; nothing where the line's text does
    /// not tell.
    before: Option<Vec<bool>>,
}

impl KeyMarks {
    pub fn of(line: &ViewLine) -> Self {
        let mut before = vec![false; line.key().len() + 1];
        let mut bytes = line.key().char_indices().map(|(byte, _)| byte).chain([line.key().len()]);
        let mut behind_mark = true;
        for character in line.text.chars() {
            if fold_character(character).is_some() {
                let Some(byte) = bytes.next() else { return Self { before: None } };
                before[byte] = std::mem::replace(&mut behind_mark, false);
            } else {
                behind_mark |= !character.is_whitespace();
            }
        }
        before[line.key().len()] = true;
        let is_told = bytes.next() == Some(line.key().len());
        Self { before: is_told.then_some(before) }
    }

    /// Whether marks stand before both bytes, as far as is known.
    pub fn stand_at(&self, bytes: [usize; 2]) -> bool {
        self.before
            .as_ref()
            .is_none_or(|before| bytes.into_iter().all(|byte| before.get(byte) == Some(&true)))
    }
}

/// Whether a character turns the sense of what stands behind it round.
pub(super) fn turns(character: char) -> bool {
    TURNING.contains(&character)
}

/// Of a Latin word, a name with digits among them.
pub(super) fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric()
}

/// Of a number.
pub(super) fn counts(character: char) -> bool {
    is_numeral(character) || is_han_numeral(character) || character.is_numeric()
}
