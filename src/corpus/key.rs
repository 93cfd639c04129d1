//! The comparison key of an article: the keys of its lines, one after another.

use crate::analysis::fold_onto;
use crate::text::Document;

/// Minimum number of characters in a key whose shingles are compared. One word makes such a difference to a
/// shorter text that only a text with an equal key is a copy of it.
///
/// ```
/// use qingwen::corpus::{SHORTEST_KEY, Shingles};
/// assert!(Shingles::of(&"街".repeat(SHORTEST_KEY - 1)).hashes().is_empty());
/// ```
pub const SHORTEST_KEY: usize = 50;

/// The key of an article. A line break does not count, because copies break lines elsewhere.
pub(super) fn key(text: &str) -> String {
    let document = Document::new(text);
    let empty = String::with_capacity(text.len());
    document.lines().iter().fold(empty, |key, line| fold_onto(key, document.text(line)))
}
