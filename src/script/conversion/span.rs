//! Converts spans that are in the other script: by OpenCC's phrases, and where a character has several forms
//! by its neighbours, by usage in the region, and by what the article itself writes.

use std::borrow::Cow;

use super::super::classes::Class;
use super::super::context::{self, Place, Region, Usage, choose, chosen};
use super::super::engine::Note;
use super::super::identify::Script;
use super::super::target::Target;
use super::super::{Converter, ids};
use super::choice::Choice;
use super::merge::with_words;
use super::options::{ConversionOptions, RegionalWords, Variants};
use super::pairs::{Choices, Pair, Piece, Rewriting};
use super::proven::{self, Phrases};
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

impl Span<'_> {
    /// Appends what becomes of a text. Where the characters stand whose form is chosen may be known already, if it
    /// holds none that only Traditional text writes.
    pub fn apply(self, treatment: Treatment, text: &str, choices: Option<Choices>, output: &mut String) {
        let start = output.len();
        match (treatment, self.forms.region()) {
            (Treatment::Leave, _) => output.push_str(text),
            (Treatment::Convert, Some(region)) => self.convert_into(text, region, choices, output),
            (Treatment::Convert, None) => self.converter.convert_into(text, output),
            (Treatment::ConvertCharacters, Some(region)) => self.convert_strangers_into(text, region, output),
            (Treatment::ConvertCharacters, None) => self.convert_characters_into(text, output),
        }
        let all_words = self.options.regional_words == RegionalWords::All && self.forms.has_words();
        if let Some(region) = self.forms.region().filter(|_| all_words) {
            let replaced = words::replaced(&output[start..], region);
            output.truncate(start);
            output.push_str(&replaced);
        }
    }

    /// Converts a span that is in the other script. Characters that only the target script writes stay.
    fn convert_into(self, text: &str, region: Region, choices: Option<Choices>, output: &mut String) {
        let mut dictionary = String::with_capacity(text.len() + text.len() / 16);
        let notes = self.look_up(text, &mut dictionary);
        let mut choices = choices;
        let mut choices_in = |piece: &Piece| choices.as_mut().map(|choices| choices.take(piece.end()));
        let mut rewriting = Rewriting::of(&dictionary, output);
        let mut rest = Piece::of(text, &dictionary);
        for note in &notes {
            let before = rest.take(note.source.start, note.output.start);
            self.choose(before, region, choices_in(&before), &mut rewriting);
            let worded = rest.take(note.source.end, note.output.end);
            if choices_in(&worded).is_none_or(|choices| !choices.is_empty()) {
                rewriting.replace_all(&note.output, &self.with_words(worded, region));
            }
        }
        self.choose(rest, region, choices_in(&rest), &mut rewriting);
        rewriting.finish();
    }

    /// Appends what OpenCC makes of a text, with the region's words where the target asks for them; gives notes of
    /// where such words may stand.
    fn look_up(self, text: &str, output: &mut String) -> Vec<Note> {
        match words::converter(self.forms) {
            Some(words) => words.convert_noting_words(text, output),
            None => {
                self.converter.convert_into(text, output);
                Vec::new()
            }
        }
    }

    /// Rewrites the characters whose form is chosen.
    fn choose(self, piece: Piece, region: Region, choices: Option<Choices>, rewriting: &mut Rewriting) {
        piece.for_pairs(Class::CHOSEN, choices, |pair| {
            let form =
                if pair.class.is(Class::HANT) { pair.source } else { self.form(piece.text, pair, region) };
            rewriting.replace(pair.becomes_at, pair.dictionary, form);
        });
    }

    /// What becomes of a piece in which words of the region may stand: those, and around them the forms that are
    /// chosen.
    fn with_words(self, piece: Piece, region: Region) -> String {
        let without = self.converter.convert(piece.source());
        let mut chosen = String::with_capacity(without.len());
        let mut rewriting = Rewriting::of(&without, &mut chosen);
        self.choose(piece.becoming(&without), region, None, &mut rewriting);
        rewriting.finish();
        with_words(&chosen, &without, piece.made())
    }

    /// Converts the characters that only Simplified text writes, and what stands with them in a phrase of the
    /// dictionaries.
    fn convert_strangers_into(self, text: &str, region: Region, output: &mut String) {
        let read = proven::read(text);
        let dictionary = self.converter.convert(&read);
        let proven = Phrases::of(text, &read, self.converter);
        let mut rewriting = Rewriting::of(text, output);
        Piece::of(text, &dictionary).for_pairs(Class::STRANGERS | Class::CHOICE, None, |pair| {
            if pair.class.is(Class::STRANGERS) || proven.hold(pair.at) {
                rewriting.replace(pair.at, pair.source, self.form(&read, pair, region));
            }
        });
        rewriting.finish();
    }

    /// Converts the characters that are not in the target script, one by one.
    fn convert_characters_into(self, text: &str, output: &mut String) {
        let stranger = if self.forms.script() == Some(Script::Hans) { Class::HANT } else { Class::HANS };
        let mut copied = 0;
        for (at, character) in ids::outside(text).filter(|(_, character)| Class::of(*character).is(stranger))
        {
            output.push_str(&text[copied..at]);
            copied = at + character.len_utf8();
            self.converter.convert_into(&text[at..copied], output);
        }
        output.push_str(&text[copied..]);
    }

    /// Whether Traditional text would write some character otherwise, beside these neighbours; the character
    /// itself being at most `doubt` times as likely.
    pub fn proves(self, text: &str, doubt: f64) -> bool {
        let Some(region) = self.forms.region() else { return false };
        text.char_indices().any(|(at, character)| {
            // As if a phrase had it so: the character has the benefit of the doubt.
            let place = || Place::of(text, at, character, character).with_phrases(region, || false);
            Class::of(character).is(Class::CHOICE)
                && choose(place(), region, self.usage)
                    .is_some_and(|choice| choice.rules_out(character, doubt))
        })
    }

    /// The choices in a span that starts at a byte of its line: of all its characters, or of strangers alone.
    pub fn choices(self, text: &str, start: usize, strangers: bool) -> Vec<Choice> {
        let Some(region) = self.forms.region() else { return Vec::new() };
        let read = if strangers { proven::read(text) } else { Cow::Borrowed(text) };
        let dictionary = self.converter.convert(&read);
        let proven = if strangers { Phrases::of(text, &read, self.converter) } else { Phrases::default() };
        let mut explained = Vec::new();
        Piece::of(text, &dictionary).for_pairs(Class::CHOSEN, None, |pair| {
            let place = pair.place(&read).with_phrases(region, || self.is_disputed(&read, pair));
            let is_chosen = pair.class.is(Class::CHOICE)
                && (!strangers || pair.class.is(Class::STRANGERS) || proven.hold(pair.at));
            if let Some(reason) = context::explain(place, region, self.usage).filter(|_| is_chosen) {
                let form = self.form(&read, pair, region);
                explained.push(Choice::new(start + pair.at, pair.source, form, reason, self.options));
            }
        });
        explained
    }

    /// Whether a phrase that starts with a character has another form of it than the dictionaries chose.
    fn is_disputed(self, text: &str, pair: Pair) -> bool {
        let started = self.converter.segment_at(text, pair.at);
        let mut buffer = [0; 4];
        let dictionary = pair.dictionary.encode_utf8(&mut buffer).as_bytes();
        started.is_some_and(|(_, becomes)| !becomes.starts_with(dictionary))
    }

    fn form(self, text: &str, pair: Pair, region: Region) -> char {
        if !pair.class.is(Class::CHOICE) {
            return pair.dictionary;
        }
        let place = pair.place(text);
        let is_disputed = || self.is_disputed(text, pair);
        if self.options.variants == Variants::Usage {
            return chosen(place, region, self.usage, is_disputed).unwrap_or(pair.dictionary);
        }
        match choose(place.with_phrases(region, is_disputed), region, self.usage) {
            Some(choice) if choice.is_habit(pair.dictionary) => pair.dictionary,
            Some(choice) => words::standard(choice.form, region),
            None => pair.dictionary,
        }
    }
}
