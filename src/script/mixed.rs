//! Converts spans that are in the other script: by OpenCC's phrases, and where a character has several forms
//! by its neighbours, by usage in the region, and by what the article itself writes.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Converter;
use super::characters::{Tells, tells};
use super::context::{Place, Region, Usage, choose, neighbour};
use super::identify::{Script, ScriptCount};
use super::ids;

/// How spans are converted to the forms of a region.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'u> {
    /// Whose forms.
    pub region: Region,
    /// What the article uses.
    pub usage: &'u Usage,
}

/// A text, and what becomes of each of its characters.
struct Aligned {
    source: Vec<char>,
    /// By place, OpenCC's choice.
    dictionary: Vec<char>,
    /// As neighbours are counted.
    neighbours: Vec<char>,
    /// Whether it may change: description sequences are copied.
    outside: Vec<bool>,
}

impl Span<'_> {
    /// Converts a span that is in the other script. Characters that only the target script writes stay.
    pub fn convert_into(self, converter: &Converter, text: &str, output: &mut String) {
        let Some(aligned) = self.align(text) else { return converter.convert_into(text, output) };
        let chosen = (0..aligned.source.len()).map(|at| match tells(aligned.source[at]) {
            Tells::Hant => aligned.source[at],
            _ => self.form(&aligned, at),
        });
        if converter.name().ends_with('p') {
            let words: Vec<char> = converter.convert(text).chars().collect();
            output.extend(with_words(&chosen.collect::<Vec<_>>(), &aligned.dictionary, &words));
        } else {
            output.extend(chosen);
        }
    }

    /// Converts the characters that only Simplified text writes.
    pub fn convert_strangers_into(self, text: &str, output: &mut String) {
        let Some(aligned) = self.align(text) else { return output.push_str(text) };
        output.extend((0..aligned.source.len()).map(|at| match tells(aligned.source[at]) {
            Tells::Hans => self.form(&aligned, at),
            _ => aligned.source[at],
        }));
    }

    /// Whether Traditional text would write some character otherwise, beside these neighbours; the character
    /// itself being at most `doubt` times as likely.
    pub fn proves(self, text: &str, doubt: f64) -> bool {
        let neighbours: Vec<char> = text.chars().map(neighbour).collect();
        text.chars().enumerate().any(|(at, character)| {
            let place = Place { text: &neighbours, at, character, dictionary: character };
            choose(place, self.region, self.usage).is_some_and(|choice| choice.rules_out(character, doubt))
        })
    }

    fn form(self, aligned: &Aligned, at: usize) -> char {
        let dictionary = aligned.dictionary[at];
        let place = Place { text: &aligned.neighbours, at, character: aligned.source[at], dictionary };
        let choice = Some(place).filter(|_| aligned.outside[at]);
        choice
            .and_then(|place| choose(place, self.region, self.usage))
            .map_or(dictionary, |choice| choice.form)
    }

    /// `None` where OpenCC gives more or fewer characters than there were; no text is known.
    fn align(self, text: &str) -> Option<Aligned> {
        let configuration = if self.region == Region::Tw { "s2tw" } else { "s2hk" };
        let dictionary: Vec<char> = Converter::new(configuration).ok()?.convert(text).chars().collect();
        let source: Vec<char> = text.chars().collect();
        let neighbours = source.iter().copied().map(neighbour).collect();
        let mut outside = Vec::new();
        let mut stands = ids::outside(text).map(|(at, _)| at).peekable();
        outside.extend(text.char_indices().map(|(at, _)| stands.next_if_eq(&at).is_some()));
        (dictionary.len() == source.len()).then_some(Aligned { source, dictionary, neighbours, outside })
    }
}

/// The chosen characters, but where the region has another word that word.
fn with_words(chosen: &[char], without: &[char], words: &[char]) -> Vec<char> {
    let mut output = Vec::with_capacity(words.len());
    for op in capture_diff_slices(Algorithm::Myers, without, words) {
        match op {
            DiffOp::Equal { old_index, len, .. } => output.extend(&chosen[old_index..old_index + len]),
            other => output.extend(&words[other.new_range()]),
        }
    }
    output
}

/// Converts the characters that the rest of a text shows to be strangers: those of the minority script.
pub(super) fn convert_characters(converter: &Converter, text: &str, output: &mut String) {
    let stranger = match ScriptCount::of(text).majority() {
        Some(Script::Hans) => Tells::Hant,
        _ => Tells::Hans,
    };
    let mut copied = 0;
    for (at, character) in ids::outside(text).filter(|(_, character)| tells(*character) == stranger) {
        output.push_str(&text[copied..at]);
        copied = at + character.len_utf8();
        converter.convert_into(&text[at..copied], output);
    }
    output.push_str(&text[copied..]);
}
