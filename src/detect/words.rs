//! Lists of words in dictionaries/, folded.

use std::collections::BTreeSet;

use crate::analysis::fold;
use crate::text::list_entries;

/// The words of a list, folded.
pub(super) fn folded_words(list: &str) -> impl Iterator<Item = String> {
    list_entries(list).map(fold)
}

/// The characters of the words of a list, folded.
pub(super) fn folded_characters(list: &str) -> BTreeSet<char> {
    folded_words(list).flat_map(|word| word.chars().collect::<Vec<_>>()).collect()
}
