//! Converts spans that are in the other script: by OpenCC's phrases, and where a character has several forms
//! by its neighbours, by usage in the region, and by what the article itself writes.

use super::super::classes::Class;
use super::super::context::{self, Place, Region, Usage, choose, chosen};
use super::super::identify::{Script, ScriptCount};
use super::super::target::Target;
use super::super::{Converter, ids};
use super::choice::Choice;
use super::merge::with_words;
use super::options::{ConversionOptions, RegionalWords, Variants};
use super::treatment::Treatment;
use super::words;

/// How spans are converted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'c> {
    /// OpenCC's conversion, without regional words.
    pub converter: &'c Converter,
    /// The target, with its region.
    pub forms: Target,
    /// What the article uses.
    pub usage: &'c Usage,
    pub options: &'c ConversionOptions,
}

/// A character and what OpenCC makes of it.
#[derive(Debug, Clone, Copy)]
struct Pair {
    class: Class,
    source: char,
    dictionary: char,
    /// Where it stands in the text, and where in OpenCC's result.
    at: usize,
    becomes_at: usize,
}

impl Span<'_> {
    pub fn apply(self, treatment: Treatment, text: &str, output: &mut String) {
        let start = output.len();
        match (treatment, self.forms.region()) {
            (Treatment::Leave, _) => output.push_str(text),
            (Treatment::Convert, Some(region)) => self.convert_into(text, region, output),
            (Treatment::Convert, None) => self.converter.convert_into(text, output),
            (Treatment::ConvertCharacters, Some(region)) => self.convert_strangers_into(text, region, output),
            (Treatment::ConvertCharacters, None) => convert_characters(self.converter, text, output),
        }
        let all_words = self.options.regional_words == RegionalWords::All && self.forms.has_words();
        if let Some(region) = self.forms.region().filter(|_| all_words) {
            let replaced = words::replaced(&output[start..], region);
            output.truncate(start);
            output.push_str(&replaced);
        }
    }

    /// Converts a span that is in the other script. Characters that only the target script writes stay.
    fn convert_into(self, text: &str, region: Region, output: &mut String) {
        let dictionary = self.converter.convert(text);
        let words = words::converter(self.forms);
        let words = words.as_ref().map(|words| words.convert(text));
        if !is_aligned(text, &dictionary) {
            // No text is known of which OpenCC's tables make more or fewer characters.
            return output.push_str(words.as_deref().unwrap_or(&dictionary));
        }
        let start = output.len();
        let edits = pairs(text, &dictionary, Class::CHOSEN).map(|pair| {
            let form = if pair.class.is(Class::HANT) { pair.source } else { self.form(text, pair, region) };
            (pair.becomes_at, pair.dictionary, form)
        });
        rewrite(&dictionary, edits, output);
        if let Some(words) = words.filter(|words| *words != dictionary) {
            let chosen = output.split_off(start);
            output.push_str(&with_words(&chosen, &dictionary, &words));
        }
    }

    /// Converts the characters that only Simplified text writes.
    fn convert_strangers_into(self, text: &str, region: Region, output: &mut String) {
        let dictionary = self.converter.convert(text);
        if !is_aligned(text, &dictionary) {
            return output.push_str(text);
        }
        let strangers = pairs(text, &dictionary, Class::STRANGERS).filter(|pair| pair.class.is(Class::HANS));
        let edits = strangers.map(|pair| (pair.at, pair.source, self.form(text, pair, region)));
        rewrite(text, edits, output);
    }

    /// Whether Traditional text would write some character otherwise, beside these neighbours; the character
    /// itself being at most `doubt` times as likely.
    pub fn proves(self, text: &str, doubt: f64) -> bool {
        let Some(region) = self.forms.region() else { return false };
        text.char_indices().any(|(at, character)| {
            let place = Place { text, at, character, dictionary: character };
            Class::of(character).is(Class::CHOICE)
                && choose(place, region, self.usage).is_some_and(|choice| choice.rules_out(character, doubt))
        })
    }

    /// The choices in a span that starts at a byte of its line: of all its characters, or of strangers alone.
    pub fn choices(self, text: &str, start: usize, strangers: bool) -> Vec<Choice> {
        let Some(region) = self.forms.region() else { return Vec::new() };
        let dictionary = self.converter.convert(text);
        if !is_aligned(text, &dictionary) {
            return Vec::new();
        }
        let chosen = pairs(text, &dictionary, Class::CHOSEN).filter(|pair| pair.class.is(Class::CHOICE));
        let chosen = chosen.filter(|pair| !strangers || pair.class.is(Class::HANS));
        let explained = chosen.filter_map(|pair| {
            let reason = context::explain(place(text, pair), region, self.usage)?;
            let form = self.form(text, pair, region);
            Some(Choice::new(start + pair.at, pair.source, form, reason, self.options.variants))
        });
        explained.collect()
    }

    fn form(self, text: &str, pair: Pair, region: Region) -> char {
        if !pair.class.is(Class::CHOICE) {
            return pair.dictionary;
        }
        let place = place(text, pair);
        if self.options.variants == Variants::Usage {
            return chosen(place, region, self.usage).unwrap_or(pair.dictionary);
        }
        match choose(place, region, self.usage) {
            Some(choice) if choice.is_habit(pair.dictionary) => pair.dictionary,
            Some(choice) => words::standard(choice.form, region),
            None => pair.dictionary,
        }
    }
}

fn place(text: &str, pair: Pair) -> Place<'_> {
    Place { text, at: pair.at, character: pair.source, dictionary: pair.dictionary }
}

/// Whether each character of one text stands for one of the other.
fn is_aligned(text: &str, dictionary: &str) -> bool {
    text.chars().count() == dictionary.chars().count()
}

/// The characters of some classes outside description sequences, which are copied.
fn pairs<'t>(text: &'t str, dictionary: &'t str, classes: Class) -> impl Iterator<Item = Pair> + 't {
    let (mut at, mut becomes_at, mut skipped) = (0, 0, 0);
    std::iter::from_fn(move || {
        loop {
            let (class, length) = class_at(text, at)?;
            let place = (at, becomes_at);
            at += length;
            becomes_at += length_of(*dictionary.as_bytes().get(becomes_at)?);
            if !class.is(classes) {
                continue;
            }
            if class.is(Class::OPERATOR) && place.0 >= skipped {
                skipped = place.0 + ids::sequence_length(&text[place.0..]).unwrap_or_default();
            }
            if place.0 >= skipped && !class.is(Class::OPERATOR) {
                let source = text[place.0..].chars().next()?;
                let dictionary = dictionary[place.1..].chars().next()?;
                return Some(Pair { class, source, dictionary, at: place.0, becomes_at: place.1 });
            }
        }
    })
}

/// The class of the character at a byte, and its length; `None` at the end.
#[inline(always)]
fn class_at(text: &str, at: usize) -> Option<(Class, usize)> {
    match text.as_bytes().get(at..)? {
        [] => None,
        [0..0x80, ..] => Some((Class::default(), 1)),
        [a @ 0xE0..0xF0, b, c, ..] => Some((Class::of_three(*a, *b, *c), 3)),
        [first, ..] => Some((text[at..].chars().next().map(Class::of)?, length_of(*first))),
    }
}

/// The length of a character in UTF-8, by its first byte.
fn length_of(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Appends a text with some of its characters replaced: where, which, and by which.
fn rewrite(text: &str, edits: impl Iterator<Item = (usize, char, char)>, output: &mut String) {
    let mut copied = 0;
    for (at, before, after) in edits.filter(|(_, before, after)| before != after) {
        output.push_str(&text[copied..at]);
        output.push(after);
        copied = at + before.len_utf8();
    }
    output.push_str(&text[copied..]);
}

/// Converts the characters that the rest of a text shows to be strangers: those of the minority script.
fn convert_characters(converter: &Converter, text: &str, output: &mut String) {
    let stranger = match ScriptCount::of(text).majority() {
        Some(Script::Hans) => Class::HANT,
        _ => Class::HANS,
    };
    let mut copied = 0;
    for (at, character) in ids::outside(text).filter(|(_, character)| Class::of(*character).is(stranger)) {
        output.push_str(&text[copied..at]);
        copied = at + character.len_utf8();
        converter.convert_into(&text[at..copied], output);
    }
    output.push_str(&text[copied..]);
}
