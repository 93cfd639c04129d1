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
    /// Appends what becomes of a text. Where the characters stand whose form is chosen may be known already, if it
    /// holds none that only Traditional text writes.
    pub fn apply(self, treatment: Treatment, text: &str, choices: Option<Choices>, output: &mut String) {
        let start = output.len();
        match (treatment, self.forms.region()) {
            (Treatment::Leave, _) => output.push_str(text),
            (Treatment::Convert, Some(region)) => self.convert_into(text, region, choices, output),
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
    fn convert_into(self, text: &str, region: Region, choices: Option<Choices>, output: &mut String) {
        let mut dictionary = String::with_capacity(text.len() + text.len() / 16);
        self.converter.convert_into(text, &mut dictionary);
        let words = words::converter(self.forms);
        let words = words.as_ref().map(|words| words.convert(text));
        let start = output.len();
        let mut rewriting = Rewriting::of(&dictionary, output);
        let is_aligned = for_pairs(text, &dictionary, Class::CHOSEN, choices, |pair| {
            let form = if pair.class.is(Class::HANT) { pair.source } else { self.form(text, pair, region) };
            rewriting.replace(pair.becomes_at, pair.dictionary, form);
        });
        rewriting.finish();
        if !is_aligned && let Some(words) = words {
            return output.replace_range(start.., &words);
        }
        if let Some(words) = words.filter(|words| *words != dictionary) {
            let chosen = output.split_off(start);
            output.push_str(&with_words(&chosen, &dictionary, &words));
        }
    }

    /// Converts the characters that only Simplified text writes.
    fn convert_strangers_into(self, text: &str, region: Region, output: &mut String) {
        let dictionary = self.converter.convert(text);
        let mut rewriting = Rewriting::of(text, output);
        for_pairs(text, &dictionary, Class::STRANGERS, None, |pair| {
            rewriting.replace(pair.at, pair.source, self.form(text, pair, region));
        });
        rewriting.finish();
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
        let mut explained = Vec::new();
        for_pairs(text, &dictionary, Class::CHOSEN, None, |pair| {
            let is_chosen = pair.class.is(Class::CHOICE) && (!strangers || pair.class.is(Class::HANS));
            if let Some(reason) =
                context::explain(place(text, pair), region, self.usage).filter(|_| is_chosen)
            {
                let form = self.form(text, pair, region);
                explained.push(Choice::new(
                    start + pair.at,
                    pair.source,
                    form,
                    reason,
                    self.options.variants,
                ));
            }
        });
        explained
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

/// Where characters start, in a document, whose form is chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices<'c> {
    pub places: &'c [usize],
    /// Where the text starts that holds them.
    pub start: usize,
}

impl Choices<'_> {
    /// Where they start in the text.
    fn within(self) -> impl Iterator<Item = usize> {
        self.places.iter().map(move |place| place - self.start)
    }
}

fn place(text: &str, pair: Pair) -> Place<'_> {
    Place { text, at: pair.at, character: pair.source, dictionary: pair.dictionary }
}

/// Whether characters start at the same bytes of both texts.
fn starts_agree(a: &str, b: &str) -> bool {
    let is_inside = |byte: u8| byte & 0xC0 == 0x80;
    let differs = |a: u8, b: u8| is_inside(a) != is_inside(b);
    a.len() == b.len() && !a.bytes().zip(b.bytes()).fold(false, |found, (a, b)| found | differs(a, b))
}

/// Gives the characters of some classes outside description sequences, which are copied, and what OpenCC makes of
/// them. None, and false, where OpenCC makes more or fewer characters of the text: no such text is known.
#[inline(always)]
fn for_pairs(
    text: &str,
    dictionary: &str,
    classes: Class,
    choices: Option<Choices>,
    mut see: impl FnMut(Pair),
) -> bool {
    let mut skipped = 0;
    let mut pair = |at: usize, class: Class, becomes_at: usize| {
        if class.is(Class::OPERATOR) && at >= skipped {
            skipped = at + ids::sequence_length(&text[at..]).unwrap_or_default();
        }
        if at < skipped || class.is(Class::OPERATOR) {
            return;
        }
        let first = |text: &str| text.chars().next();
        if let (Some(source), Some(dictionary)) = (first(&text[at..]), first(&dictionary[becomes_at..])) {
            see(Pair { class, source, dictionary, at, becomes_at });
        }
    };
    let classes = classes | Class::OPERATOR;
    if starts_agree(text, dictionary) {
        match choices {
            Some(choices) => choices.within().for_each(|at| pair(at, Class::CHOICE, at)),
            None => classes.walk_those(text, |at, class| pair(at, class, at)),
        }
        return true;
    }
    if text.chars().count() != dictionary.chars().count() {
        return false;
    }
    for ((at, character), (becomes_at, _)) in text.char_indices().zip(dictionary.char_indices()) {
        let class = Class::of(character);
        if class.is(classes) {
            pair(at, class, becomes_at);
        }
    }
    true
}

/// A text that is copied with some of its characters replaced, in order.
struct Rewriting<'t> {
    text: &'t str,
    copied: usize,
    output: &'t mut String,
}

impl<'t> Rewriting<'t> {
    fn of(text: &'t str, output: &'t mut String) -> Self {
        Self { text, copied: 0, output }
    }

    #[inline]
    fn replace(&mut self, at: usize, before: char, after: char) {
        if before != after {
            self.output.push_str(&self.text[self.copied..at]);
            self.output.push(after);
            self.copied = at + before.len_utf8();
        }
    }

    fn finish(self) {
        self.output.push_str(&self.text[self.copied..]);
    }
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
