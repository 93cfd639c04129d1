//! Converts spans that are in the other script. It uses OpenCC's phrases. If a character has several forms, its
//! neighbours, the usage in the region, and the article's own usage decide.

use std::borrow::Cow;
use std::ops::Range;

use super::super::classes::Class;
use super::super::identify::Script;
use super::super::opencc::Note;
use super::super::region::Region;
use super::super::target::Target;
use super::super::variants;
use super::super::variants::{Case, CharacterPlace, Usage, choose};
use super::super::{Converter, ids};
use super::choice::Choice;
use super::clause_plan::Treatment;
use super::merge::{with_words, with_words_at};
use super::mixed_phrases;
use super::mixed_phrases::Phrases;
use super::options::{ConversionOptions, RegionalWords, Variants};
use super::pairs::{CharacterPair, Choices, PairedPiece, Rewriting};
use super::simplified;
use super::wording::{Stretch, TextWording};
use super::words;

/// The settings for the conversion of spans.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpanConverter<'c> {
    /// OpenCC's conversion, without regional words.
    pub converter: &'c Converter,
    /// The target, with its region.
    pub forms: Target,
    /// The forms that the article uses.
    pub usage: &'c Usage,
    pub options: &'c ConversionOptions,
}

impl SpanConverter<'_> {
    /// Appends the converted form of a text. `choices` gives the positions of the characters whose form is chosen, if
    /// they are known and the text contains no character that occurs only in Traditional text.
    pub fn apply(self, treatment: Treatment, text: &str, choices: Option<Choices>, output: &mut String) {
        let start = output.len();
        match (treatment, self.forms.region()) {
            (Treatment::Leave, _) => output.push_str(text),
            (Treatment::Convert, Some(region)) => self.convert_into(text, region, choices, output),
            (Treatment::Convert, None) if self.forms.script() == Some(Script::Hans) => {
                simplified::convert_into(text, self.converter, output);
            }
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

    /// Converts a span that is in the other script. Characters that occur only in the target script stay.
    fn convert_into(self, text: &str, region: Region, choices: Option<Choices>, output: &mut String) {
        let mut dictionary = String::with_capacity(text.len() + text.len() / 16);
        let notes = self.look_up(text, &mut dictionary);
        let mut choices = choices;
        let mut choices_in = |piece: &PairedPiece| choices.as_mut().map(|choices| choices.take(piece.end()));
        let mut rewriting = Rewriting::of(&dictionary, output);
        let mut rest = PairedPiece::of(text, &dictionary);
        let mut notes = notes.iter().peekable();
        let mut wording = TextWording::of(text, region);
        while let Some(Stretch { note, words, plain }) = wording.next(&mut notes, &dictionary) {
            let before = rest.take(note.source.start, note.output.start);
            self.choose(before, region, choices_in(&before), &mut rewriting);
            let worded = rest.take(note.source.end, note.output.end);
            let may_choose = choices_in(&worded).is_none_or(|choices| !choices.is_empty());
            if let Some(plain) = plain.filter(|_| !may_choose) {
                rewriting.replace_all(&note.output, plain);
            } else if may_choose || words.is_some() {
                let worded = self.with_words(worded, words.as_deref(), region);
                rewriting.replace_all(&note.output, &worded);
            }
        }
        self.choose(rest, region, choices_in(&rest), &mut rewriting);
        rewriting.finish();
    }

    /// Appends OpenCC's result for a text, with the region's words if the target asks for them. Returns notes of the
    /// places where such words may occur.
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
    fn choose(self, piece: PairedPiece, region: Region, choices: Option<Choices>, rewriting: &mut Rewriting) {
        piece.for_pairs(Class::CHOSEN, choices, |pair| {
            let form =
                if pair.class.is(Class::HANT) { pair.source } else { self.form(piece.text, pair, region) };
            rewriting.replace(pair.becomes_at, pair.dictionary, form);
        });
    }

    /// The result for a piece in which words of the region may occur: these words, and the chosen forms around them.
    /// `words` gives the positions of the words; `None` means wherever OpenCC put some.
    fn with_words(self, piece: PairedPiece, words: Option<&[Range<usize>]>, region: Region) -> String {
        let source = piece.source();
        let without = self.converter.convert(source);
        let mut chosen = String::with_capacity(without.len());
        let mut rewriting = Rewriting::of(&without, &mut chosen);
        self.choose(piece.becoming(&without), region, None, &mut rewriting);
        rewriting.finish();
        if words.is_some_and(<[_]>::is_empty) {
            return chosen;
        }
        let start = piece.end() - source.len();
        let some_words = words.zip(words::converter(self.forms)).and_then(|(words, converter)| {
            let ranges = words.iter().map(|word| word.start - start..word.end - start);
            let worded = ranges.map(|range| (range.clone(), converter.convert(&source[range]).into_owned()));
            with_words_at(source, &chosen, &without, worded)
        });
        some_words.unwrap_or_else(|| with_words(&chosen, &without, piece.made()))
    }

    /// Converts the characters that occur only in Simplified text, and the characters that share a phrase of the
    /// dictionaries with them.
    fn convert_strangers_into(self, text: &str, region: Region, output: &mut String) {
        let read = mixed_phrases::read(text);
        let dictionary = self.converter.convert(&read);
        let proven = Phrases::of(text, &read, self.converter);
        let mut rewriting = Rewriting::of(text, output);
        PairedPiece::of(text, &dictionary).for_pairs(Class::STRANGERS | Class::CHOICE, None, |pair| {
            if pair.class.is(Class::STRANGERS) || proven.hold(pair.at) {
                rewriting.replace(pair.at, pair.source, self.form(&read, pair, region));
            }
        });
        rewriting.finish();
    }

    /// Converts the characters that are not in the target script, one by one.
    fn convert_characters_into(self, text: &str, output: &mut String) {
        let is_hans = self.forms.script() == Some(Script::Hans);
        let stranger = if is_hans { Class::HANT } else { Class::HANS };
        let mut copied = 0;
        for (at, character) in ids::outside(text).filter(|(_, character)| Class::of(*character).is(stranger))
        {
            output.push_str(&text[copied..at]);
            copied = at + character.len_utf8();
            match simplified::decided(text, at, character).filter(|_| is_hans) {
                Some(form) => output.push(form),
                None => self.converter.convert_into(&text[at..copied], output),
            }
        }
        output.push_str(&text[copied..]);
    }

    /// Whether Traditional text would write some character differently. There are two kinds of evidence. The neighbours
    /// of the character may rule out that the character itself is meant, if it is less than `doubt` times as likely as
    /// the chosen form. Or a phrase in which the character becomes another word may rule it out, if it is less than
    /// `doubt_in_phrase` times as likely.
    pub fn proves(self, text: &str, doubt: f64, doubt_in_phrase: f64) -> bool {
        let Some(region) = self.forms.region() else { return false };
        let dictionary = self.converter.convert(text);
        let mut is_proven = false;
        PairedPiece::of(text, &dictionary).for_pairs(Class::CHOICE, None, |pair| {
            // The character gets the benefit of the doubt, as if a phrase had it unchanged.
            let itself =
                CharacterPlace::of(text, pair.at, pair.source, pair.source).with_phrases(region, || false);
            let case = self.case(text, pair, region);
            let by_neighbours =
                || choose(itself, region, self.usage).is_some_and(|c| c.rules_out(pair.source, doubt));
            let by_phrase = || {
                let weighed = choose(case.place.with_phrases(region, || false), region, self.usage);
                case.is_another_word_in_phrase(|| self.is_disputed(text, pair))
                    && weighed.is_some_and(|choice| choice.rules_out(pair.source, doubt_in_phrase))
            };
            is_proven = is_proven || by_neighbours() || by_phrase();
        });
        is_proven
    }

    /// The choices in a span that starts at byte `start` of its line. With `strangers` only foreign characters have
    /// choices.
    pub fn choices(self, text: &str, start: usize, strangers: bool) -> Vec<Choice> {
        let Some(region) = self.forms.region() else { return Vec::new() };
        let read = if strangers { mixed_phrases::read(text) } else { Cow::Borrowed(text) };
        let dictionary = self.converter.convert(&read);
        let proven = if strangers { Phrases::of(text, &read, self.converter) } else { Phrases::default() };
        let mut explained = Vec::new();
        PairedPiece::of(text, &dictionary).for_pairs(Class::CHOSEN, None, |pair| {
            let is_chosen = pair.class.is(Class::CHOICE)
                && (!strangers || pair.class.is(Class::STRANGERS) || proven.hold(pair.at));
            let reason =
                || variants::explain(self.case(&read, pair, region), || self.is_disputed(&read, pair));
            if let Some(reason) = is_chosen.then(reason).flatten() {
                let form = self.form(&read, pair, region);
                explained.push(Choice::new(start + pair.at, pair.source, form, reason, self.options));
            }
        });
        explained
    }

    /// Whether a phrase that starts with a character has another form of it than the one that the dictionaries chose.
    fn is_disputed(self, text: &str, pair: CharacterPair) -> bool {
        let started = self.converter.segment_at(text, pair.at);
        let mut buffer = [0; 4];
        let dictionary = pair.dictionary.encode_utf8(&mut buffer).as_bytes();
        started.is_some_and(|(_, becomes)| !becomes.starts_with(dictionary))
    }

    fn form(self, text: &str, pair: CharacterPair, region: Region) -> char {
        if !pair.class.is(Class::CHOICE) {
            return pair.dictionary;
        }
        let form = self.case(text, pair, region).decide(|| self.is_disputed(text, pair)).form;
        match self.options.variants {
            Variants::Usage => form,
            Variants::Standard if variants::are_one_word(pair.source, region, form, pair.dictionary) => {
                pair.dictionary
            }
            Variants::Standard => region.form(form),
        }
    }

    fn case<'t>(&'t self, text: &'t str, pair: CharacterPair, region: Region) -> Case<'t, 't> {
        Case { place: pair.place(text), region, usage: self.usage, converter: self.converter }
    }
}
