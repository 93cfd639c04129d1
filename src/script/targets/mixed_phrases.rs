//! Phrases in text of the target script that a character of the other script proves to be in that.

use std::borrow::Cow;
use std::ops::Range;

use super::super::classes::Class;
use super::super::{Converter, characters};
use super::pairs::starts_agree;

/// A text of both scripts as the phrases of the dictionaries know it, its characters at the same bytes; the text itself
/// where that cannot be.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    let simplified: String = text.chars().map(characters::simplified).collect();
    if starts_agree(text, &simplified) { Cow::Owned(simplified) } else { Cow::Borrowed(text) }
}

/// Phrases in a text, in order.
#[derive(Debug, Default)]
pub(super) struct Phrases(Vec<Range<usize>>);

impl Phrases {
    /// The phrases of the dictionaries that hold a character which only Simplified text writes; they stand in what
    /// [`read`] makes of the text.
    pub fn of(text: &str, read: &str, converter: &Converter) -> Self {
        let mut phrases = Self::default();
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let length = converter.segment_at(read, at).map_or(0, |(length, _)| length);
            let phrase = at..at + length;
            if text[phrase.clone()].chars().any(|character| Class::of(character).is(Class::STRANGERS)) {
                phrases.0.push(phrase);
            }
            at += length.max(character.len_utf8());
        }
        phrases
    }

    /// Whether one holds a byte.
    pub fn hold(&self, at: usize) -> bool {
        let phrase = self.0.get(self.0.partition_point(|phrase| phrase.end <= at));
        phrase.is_some_and(|phrase| phrase.contains(&at))
    }
}
