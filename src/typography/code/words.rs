//! Lists of words in dictionaries.

use std::collections::HashSet;

/// The entries of a list: one per line, without comments.
pub(super) fn entries(data: &'static str) -> HashSet<&'static str> {
    data.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect()
}
