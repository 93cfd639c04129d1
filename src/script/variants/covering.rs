//! The phrases of the dictionaries that contain a certain character.

use std::ops::Range;

use super::super::Converter;
use super::super::region::Region;
use super::styles::are_one_word;

/// Maximum number of characters in a phrase. Longer phrases are idioms, and no other phrase crosses their end.
const LONGEST: usize = 12;

/// Length of a Han character in bytes.
const HAN: usize = 3;

/// A phrase of the dictionaries: its byte range, and the form that it gives the character.
#[derive(Debug, Clone)]
struct CoveringPhrase {
    bytes: Range<usize>,
    form: char,
}

/// The phrases of the dictionaries that contain the character. Of the phrases that begin at the same position, only the
/// longest counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Covering {
    /// The longest phrase that gives the character the form which the dictionaries chose, or another form of the same
    /// word.
    pub own: Option<Range<usize>>,
    /// The phrases that give it a form of another word.
    others: Vec<CoveringPhrase>,
}

impl Covering {
    /// The phrases around byte `at` of a text. `converter` is OpenCC's conversion to the region's forms.
    pub fn of(text: &str, at: usize, dictionary: char, region: Region, converter: &Converter) -> Self {
        let Some(character) = text[at..].chars().next() else { return Self::default() };
        let mut covering = Self::default();
        let before = text[..at].char_indices().rev().map(|(start, _)| start).take(LONGEST);
        for (index, start) in std::iter::once(at).chain(before).enumerate() {
            let Some(held) = held_by(text, start, index, converter) else { continue };
            if held.bytes.end <= at || held.bytes.len() <= character.len_utf8() {
                continue;
            }
            if !are_one_word(character, region, held.form, dictionary) {
                covering.others.push(held);
            } else if covering.own.as_ref().is_none_or(|own| held.bytes.len() >= own.len()) {
                covering.own = Some(held.bytes);
            }
        }
        covering
    }

    /// Whether no phrase contains the character.
    pub fn is_empty(&self) -> bool {
        self.own.is_none() && self.others.is_empty()
    }

    /// The forms in phrases that cross the dictionaries' own phrase. Such phrases show that the word boundaries are
    /// uncertain. Much shorter phrases, and function words around a phrase, are no evidence.
    pub fn rivals<'c>(&'c self, text: &'c str, function_words: &'c str) -> impl Iterator<Item = char> + 'c {
        let crosses = move |bytes: &Range<usize>| {
            let Some(own) = &self.own else { return true };
            if bytes.len() + HAN < own.len() {
                return false;
            }
            let before = bytes.start..own.start.min(bytes.end);
            let behind = own.end.max(bytes.start)..bytes.end;
            let outside = [before, behind].map(|part| text.get(part).unwrap_or_default());
            outside.iter().any(|part| part.chars().any(|character| !function_words.contains(character)))
        };
        self.others.iter().filter(move |held| crosses(&held.bytes)).map(|held| held.form)
    }
}

/// The phrase that starts at a byte, with the form of its character number `index`.
fn held_by(text: &str, start: usize, index: usize, converter: &Converter) -> Option<CoveringPhrase> {
    let (length, becomes) = converter.segment_at(text, start)?;
    let bytes = start..start + length;
    let becomes = std::str::from_utf8(becomes).ok()?;
    let is_like = text.get(bytes.clone())?.chars().count() == becomes.chars().count();
    let form = becomes.chars().nth(index).filter(|_| is_like)?;
    Some(CoveringPhrase { bytes, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_that_cross_each_other_are_rivals() {
        let converter = Converter::new("s2tw").unwrap();
        let covering = |text: &str, character: char, dictionary: char| {
            let at = text.find(character).unwrap();
            let covering = Covering::of(text, at, dictionary, Region::Tw, &converter);
            let own = covering.own.clone().map(|own| text[own].to_owned());
            (own, covering.rivals(text, "的了").collect::<Vec<_>>())
        };
        assert_eq!(covering("三天后的", '后', '後'), (Some("三天后".into()), vec![]));
        assert_eq!(covering("毛发生长", '发', '髮'), (Some("毛发".into()), vec!['發']));
        assert_eq!(covering("上", '上', '上'), (None, vec![]));
    }
}
