//! Lists of words in dictionaries/: one a line, comments start with `#`.

use crate::document::fold;

/// The words of a list, folded.
pub(super) fn folded_words(list: &str) -> impl Iterator<Item = String> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(fold)
}
