//! Lists of words in dictionaries/: one a line, comments start with `#`.

use std::collections::BTreeSet;

use crate::analysis::fold;

/// The words of a list, folded.
pub(super) fn folded_words(list: &str) -> impl Iterator<Item = String> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(fold)
}

/// The characters of the words of a list, folded.
pub(super) fn folded_characters(list: &str) -> BTreeSet<char> {
    folded_words(list).flat_map(|word| word.chars().collect::<Vec<_>>()).collect()
}
