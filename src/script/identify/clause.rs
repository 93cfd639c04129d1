//! Clauses: the pieces of a line whose script is decided one by one.

use super::super::classes::Class;
use super::super::ids;
use super::ScriptCount;

/// A clause with the mark that ends it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause<'t> {
    pub text: &'t str,
    pub count: ScriptCount,
    /// Signs of Japanese.
    pub japanese: usize,
}

impl Clause<'_> {
    /// Whether it is Japanese, whatever its characters tell.
    pub fn is_japanese(&self) -> bool {
        is_japanese(self.japanese)
    }
}

/// The clauses of a line, in order.
pub(crate) fn clauses(line: &str) -> impl Iterator<Item = Clause<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let clause = first(rest)?;
        rest = &rest[clause.text.len()..];
        Some(clause)
    })
}

fn first(text: &str) -> Option<Clause<'_>> {
    let mut count = ScriptCount::default();
    let mut japanese = 0;
    let mut has_sequence = false;
    let mut end = text.len();
    for (at, character) in text.char_indices() {
        let class = Class::of(character);
        if !class.is(Class::TELLING) {
            continue;
        }
        count.hans += usize::from(class.is(Class::HANS));
        count.hant += usize::from(class.is(Class::HANT));
        japanese += usize::from(class.is(Class::KANA)) + KANJI * usize::from(class.is(Class::JAPANESE));
        has_sequence |= class.is(Class::OPERATOR);
        if class.is(Class::END) {
            end = at + character.len_utf8();
            break;
        }
    }
    let text = &text[..end];
    // What a description sequence is made of does not count.
    let count = if has_sequence { counted(text) } else { count };
    (!text.is_empty()).then_some(Clause { text, count, japanese })
}

/// Japanese shares characters with both scripts. One の alone is a fashion of Chinese shop signs; a character that
/// only Japanese writes is none.
const JAPANESE: usize = 2;
const KANJI: usize = 1;

/// Whether a text with so many signs of Japanese is Japanese.
pub(crate) fn is_japanese(signs: usize) -> bool {
    signs >= JAPANESE
}

/// The deciding characters of a text.
pub(crate) fn counted(text: &str) -> ScriptCount {
    let mut count = ScriptCount::default();
    for (_, character) in ids::outside(text) {
        let class = Class::of(character);
        count.hans += usize::from(class.is(Class::HANS));
        count.hant += usize::from(class.is(Class::HANT));
    }
    count
}
