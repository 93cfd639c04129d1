//! Pairs the characters of a text with OpenCC's results for them.

use std::ops::Range;

use super::super::classes::Class;
use super::super::ids;
use super::super::variants::CharacterPlace;

/// A character and OpenCC's result for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct CharacterPair {
    pub class: Class,
    pub source: char,
    pub dictionary: char,
    /// The byte offset in the text. `becomes_at` is the byte offset in OpenCC's result.
    pub at: usize,
    pub becomes_at: usize,
}

impl CharacterPair {
    /// The character in the context of its text.
    pub fn place(self, text: &str) -> CharacterPlace<'_> {
        CharacterPlace::of(text, self.at, self.source, self.dictionary)
    }
}

/// The byte offsets, in a document, of the characters whose form is chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices<'c> {
    pub places: &'c [usize],
    /// The byte offset of the text that contains them.
    pub start: usize,
}

impl Choices<'_> {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Removes and returns those before a byte of the text.
    pub fn take(&mut self, end: usize) -> Self {
        let count = self.within().take_while(|place| *place < end).count();
        let (places, rest) = self.places.split_at(count);
        self.places = rest;
        Self { places, ..*self }
    }

    /// Their byte offsets in the text.
    fn within(self) -> impl Iterator<Item = usize> {
        self.places.iter().map(move |place| place - self.start)
    }
}

/// A piece of a text, and OpenCC's result for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairedPiece<'t> {
    pub text: &'t str,
    dictionary: &'t str,
    /// Its start and end in the text. `becomes` holds its start and end in OpenCC's result.
    at: [usize; 2],
    becomes: [usize; 2],
}

impl<'t> PairedPiece<'t> {
    /// The whole text and the whole result.
    pub fn of(text: &'t str, dictionary: &'t str) -> Self {
        Self { text, dictionary, at: [0, text.len()], becomes: [0, dictionary.len()] }
    }

    /// Removes and returns the part before a byte of the text and of the result.
    pub fn take(&mut self, end: usize, becomes_end: usize) -> Self {
        let ([start, last], [becomes_start, becomes_last]) = (self.at, self.becomes);
        (self.at, self.becomes) = ([end, last], [becomes_end, becomes_last]);
        Self { at: [start, end], becomes: [becomes_start, becomes_end], ..*self }
    }

    /// The same piece of the text, paired with the whole of another result.
    pub fn becoming(self, dictionary: &'t str) -> Self {
        Self { dictionary, becomes: [0, dictionary.len()], ..self }
    }

    /// The end of the piece in the text.
    pub fn end(&self) -> usize {
        self.at[1]
    }

    /// The piece of the text.
    pub fn source(&self) -> &'t str {
        &self.text[self.at[0]..self.at[1]]
    }

    /// OpenCC's result for it.
    pub fn made(&self) -> &'t str {
        &self.dictionary[self.becomes[0]..self.becomes[1]]
    }

    /// Visits the characters of certain classes, with OpenCC's results for them. Description sequences are skipped,
    /// because they are copied. Visits nothing if OpenCC's result has more or fewer characters than the text; no such
    /// text is known. `choices` gives the positions of the characters, if they are known already.
    #[inline(always)]
    pub fn for_pairs(self, classes: Class, choices: Option<Choices>, mut see: impl FnMut(CharacterPair)) {
        let ([start, end], [becomes_start, _]) = (self.at, self.becomes);
        let mut skipped = start;
        let mut pair = |at: usize, class: Class, becomes_at: usize| {
            if class.is(Class::OPERATOR) && at >= skipped {
                skipped = at + ids::sequence_length(&self.text[at..end]).unwrap_or_default();
            }
            if at < skipped || class.is(Class::OPERATOR) {
                return;
            }
            let first = |text: &str| text.chars().next();
            let becomes = first(&self.dictionary[becomes_at..]);
            if let (Some(source), Some(dictionary)) = (first(&self.text[at..]), becomes) {
                see(CharacterPair { class, source, dictionary, at, becomes_at });
            }
        };
        let classes = classes | Class::OPERATOR;
        let (text, made) = (self.source(), self.made());
        if starts_agree(text, made) {
            match choices {
                Some(choices) => {
                    choices.within().for_each(|at| pair(at, Class::CHOICE, at - start + becomes_start));
                }
                None => classes.walk_those(text, |at, class| pair(start + at, class, becomes_start + at)),
            }
        } else if text.chars().count() == made.chars().count() {
            for ((at, character), (becomes_at, _)) in text.char_indices().zip(made.char_indices()) {
                let class = Class::of(character);
                if class.is(classes) {
                    pair(start + at, class, becomes_start + becomes_at);
                }
            }
        }
    }
}

/// Whether characters start at the same bytes in both texts.
pub(super) fn starts_agree(a: &str, b: &str) -> bool {
    let is_inside = |byte: u8| byte & 0xC0 == 0x80;
    let differs = |a: u8, b: u8| is_inside(a) != is_inside(b);
    a.len() == b.len() && !a.bytes().zip(b.bytes()).fold(false, |found, (a, b)| found | differs(a, b))
}

/// A copy of a text in which some parts are replaced, in order.
pub(super) struct Rewriting<'t> {
    text: &'t str,
    copied: usize,
    output: &'t mut String,
}

impl<'t> Rewriting<'t> {
    pub fn of(text: &'t str, output: &'t mut String) -> Self {
        Self { text, copied: 0, output }
    }

    #[inline]
    pub fn replace(&mut self, at: usize, before: char, after: char) {
        if before != after {
            self.output.push_str(&self.text[self.copied..at]);
            self.output.push(after);
            self.copied = at + before.len_utf8();
        }
    }

    pub fn replace_all(&mut self, range: &Range<usize>, after: &str) {
        self.output.push_str(&self.text[self.copied..range.start]);
        self.output.push_str(after);
        self.copied = range.end;
    }

    pub fn finish(self) {
        self.output.push_str(&self.text[self.copied..]);
    }
}
