//! Clauses: the pieces of a line. The script is decided for each of them separately.

use super::super::classes::Class;
use super::super::ids;
use super::ScriptCount;

/// The evidence of all characters of a text together, regardless of its clauses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ClauseTally {
    pub count: ScriptCount,
    /// Signs of Japanese.
    pub japanese: usize,
    /// Whether the text may contain a description sequence.
    pub has_operator: bool,
    /// Whether any character is Han.
    pub has_han: bool,
    /// Whether an address may continue with non-ASCII characters (see [`is_path`]).
    pub has_path: bool,
}

/// Counts the evidence in a text without looking for clauses.
pub(crate) fn tally(text: &str) -> ClauseTally {
    tally_with(text, |_, _, _| {})
}

/// Like [`tally`], but `see` receives the byte offset and the classes of up to four characters at once (see
/// [`Class::walk`]), and whether they may begin the path of an address.
#[inline(always)]
pub(crate) fn tally_with(text: &str, mut see: impl FnMut(usize, u32, bool)) -> ClauseTally {
    let mut count = ScriptCount::default();
    let (mut all, mut has_path) = (0, false);
    Class::walk(text, |at, four| {
        count.hans += Class::HANS.count(four);
        count.hant += Class::HANT.count(four);
        all |= four;
        let is_path = is_path(text.as_bytes(), at);
        has_path |= is_path;
        see(at, four, is_path);
    });
    let has_operator = Class::OPERATOR.is_among(all);
    if has_operator {
        count = clauses(text).fold(ScriptCount::default(), |sum, clause| sum.plus(clause.count));
    }
    let mut japanese = 0;
    if Class::JAPANESE.is_among(all) {
        Class::JAPANESE.walk_those(text, |_, _| japanese += 1);
    }
    ClauseTally { count, japanese, has_operator, has_han: Class::HAN.is_among(all), has_path }
}

/// Whether the text before byte `at` may be the ASCII part of an address that continues with other characters: it ends
/// with a slash, an equals sign or `www.`.
#[inline(always)]
pub(crate) fn is_path(text: &[u8], at: usize) -> bool {
    match text.get(at.wrapping_sub(1)) {
        Some(b'/' | b'=') => true,
        Some(b'.') => {
            text[..at].last_chunk().is_some_and(|last: &[u8; 4]| last.eq_ignore_ascii_case(b"www."))
        }
        _ => false,
    }
}

/// A clause, including the mark that ends it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clause<'t> {
    pub text: &'t str,
    pub count: ScriptCount,
    /// Signs of Japanese.
    pub japanese: usize,
}

impl Clause<'_> {
    /// Whether the clause is Japanese, regardless of the script of its characters.
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
        count.hans += class.bit(Class::HANS);
        count.hant += class.bit(Class::HANT);
        japanese += class.bit(Class::JAPANESE);
        has_sequence |= class.is(Class::OPERATOR);
        if class.is(Class::END) {
            end = at + character.len_utf8();
            break;
        }
    }
    let text = &text[..end];
    // The parts of a description sequence do not count.
    let count = if has_sequence { counted(text) } else { count };
    (!text.is_empty()).then_some(Clause { text, count, japanese })
}

/// Number of signs that make a text Japanese. Japanese shares characters with both scripts. A single の is not enough,
/// because it is a fashion of Chinese shop signs. A single Japanese character is not enough either, because it may be
/// another way to print a Chinese one (穏).
const JAPANESE: usize = 2;

/// Whether a text with `signs` signs of Japanese is Japanese.
pub(crate) fn is_japanese(signs: usize) -> bool {
    signs >= JAPANESE
}

/// Counts the deciding characters of a text.
pub(crate) fn counted(text: &str) -> ScriptCount {
    let mut count = ScriptCount::default();
    for (_, character) in ids::outside(text) {
        let class = Class::of(character);
        count.hans += class.bit(Class::HANS);
        count.hant += class.bit(Class::HANT);
    }
    count
}
