//! Phrases in text of the target script that contain a character of the other script. That character proves that the
//! phrase is in the other script.

use std::borrow::Cow;
use std::ops::Range;

use super::super::classes::Class;
use super::super::{Converter, characters};
use super::pairs::starts_agree;

/// A text in both scripts, in the characters that the phrases of the dictionaries use. The characters keep their byte
/// positions. If that is impossible, the text itself.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    let simplified: String = text.chars().map(characters::simplified).collect();
    if starts_agree(text, &simplified) { Cow::Owned(simplified) } else { Cow::Borrowed(text) }
}

/// Phrases in a text, in order.
#[derive(Debug, Default)]
pub(super) struct Phrases(Vec<Range<usize>>);

impl Phrases {
    /// The phrases of the dictionaries that contain a character which occurs only in Simplified text. They are looked
    /// up in the output of [`read`] for the text.
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

    /// Whether one of the phrases contains a byte.
    pub fn hold(&self, at: usize) -> bool {
        let phrase = self.0.get(self.0.partition_point(|phrase| phrase.end <= at));
        phrase.is_some_and(|phrase| phrase.contains(&at))
    }
}
