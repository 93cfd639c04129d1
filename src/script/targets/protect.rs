//! Text that is never converted: addresses, code, matches of a user's patterns, and entries of dictionaries.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use memchr::memmem;
use regex::Regex;

use super::super::dictionary::{Dictionary, entries};
use super::super::identify::is_path;
use super::super::ids;
use super::protected_ranges::Fixed;
use crate::text::list_entries;

/// The patterns of `dictionaries/protect/patterns.txt`.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = include_str!("../../../dictionaries/protect/patterns.txt");
    list_entries(patterns).filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Fixes all matches of a pattern.
pub(super) fn find(pattern: &Regex, line: &str, fixed: &mut Fixed) {
    pattern.find_iter(line).for_each(|found| fixed.add(found.range(), None));
}

/// Fixes addresses and code that contain text which conversion might change.
pub(super) fn find_built_in(line: &str, fixed: &mut Fixed) {
    if may_find(line) {
        PATTERNS.iter().for_each(|pattern| find(pattern, line, fixed));
    }
}

/// The first two bytes of all description characters.
const DESCRIPTION_START: [u8; 2] = [0xE2, 0xBF];

/// Fixes description sequences, because a described character represents another one.
pub(super) fn find_described(line: &str, fixed: &mut Fixed) {
    for at in memmem::find_iter(line.as_bytes(), &DESCRIPTION_START) {
        if let Some(length) = line.get(at..).and_then(ids::sequence_length) {
            fixed.add(at..at + length, None);
        }
    }
}

/// Whether a text may contain addresses or code with non-ASCII characters. This is the case if a path or a query begins
/// with such a character, or if there is an `@` before a domain, or code.
fn may_find(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins_path =
        |at: usize| bytes.get(at + 1).is_some_and(|next| !next.is_ascii()) && is_path(bytes, at + 1);
    marks(text).next().is_some() || memchr::memchr3_iter(b'/', b'=', b'.', bytes).any(begins_path)
}

/// The positions of characters that may mark fixed text, except for paths.
pub(super) fn marks(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'@', b'`', text.as_bytes())
}

/// Users' dictionaries, prepared for search anywhere in a text.
#[derive(Debug)]
pub(super) struct ProtectedText {
    automaton: AhoCorasick,
    values: Vec<String>,
}

impl ProtectedText {
    /// The entries of all dictionaries. If a key occurs several times, the last entry wins. The value of an entry is
    /// fixed too, so that a second conversion changes nothing.
    pub fn of(dictionaries: &[Dictionary]) -> Result<Self, BuildError> {
        let mut all: HashMap<&str, &str> = HashMap::new();
        for entry in dictionaries.iter().flat_map(|dictionary| entries(dictionary.text())) {
            all.insert(entry.key, entry.value);
        }
        let results: Vec<&str> = all.values().copied().collect();
        results.into_iter().for_each(|value| {
            all.entry(value).or_insert(value);
        });
        let (keys, values): (Vec<&str>, Vec<String>) =
            all.into_iter().map(|(key, value)| (key, value.to_owned())).unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(keys)?;
        Ok(Self { automaton, values })
    }

    pub fn find<'o>(&'o self, line: &str, fixed: &mut Fixed<'o>) {
        for found in self.automaton.find_iter(line) {
            fixed.add(found.range(), self.values.get(found.pattern().as_usize()).map(String::as_str));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_understood_and_spares_the_text_behind_it() {
        let lines = include_str!("../../../dictionaries/protect/patterns.txt").lines();
        assert_eq!(PATTERNS.len(), lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count());
        for (line, protected) in [
            ("见http://example.com/wiki/头发?a=发。", "http://example.com/wiki/头发?a=发"),
            ("www.example.com/头发，说", "www.example.com/头发"),
            ("写给a.b@example.com说", "a.b@example.com"),
            ("见www.头发.com说", "www.头发.com"),
            ("见http://头发.中国.example.com说.发", "http://头发.中国.example.com"),
            ("写给a@例子.中国，说", "a@例子.中国"),
            ("用`头发`说", "`头发`"),
            ("见http://example.com?a=发，说", "http://example.com?a=发"),
            ("见http://example.com/头发,梳头:发", "http://example.com/头发"),
            ("见http://example.com/头发.html,说发", "http://example.com/头发.html"),
            ("见http://example.com/头发_(发型)!发", "http://example.com/头发_(发型)"),
            ("见http://example.com/头发?q=发,面&p=发,发", "http://example.com/头发?q=发,面&p=发"),
            ("见http://example.com/头发/a,b/面:发", "http://example.com/头发/a,b/面"),
            // ASCII text is never converted.
            ("见https://example.com这里说", ""),
        ] {
            let mut fixed = Fixed::default();
            find_built_in(line, &mut fixed);
            fixed.settle();
            let free: String = fixed.free(0, line.len()).map(|range| &line[range]).collect();
            assert_eq!(free, line.replacen(protected, "", 1));
        }
    }
}
