//! Where a conversion puts something else than another configuration does: so that one run gives what both would.

use std::ops::Range;

/// A stretch of a text of which another configuration may make something else. Of the text between notes both make the
/// same characters, one for one, but for words of a single character (鐦, in Taiwan 鉲), which are not noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Bytes of the text.
    pub source: Range<usize>,
    /// Bytes of what it became.
    pub output: Range<usize>,
}

/// The notes of a normalised text, of which each character was one of `text`'s, as notes of that.
pub(super) fn of_source(notes: Vec<Note>, normalized: &str, text: &str) -> Vec<Note> {
    let starts =
        |text: &'_ str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let (starts_before, starts) = (starts(normalized), starts(text));
    let place = |at: usize| starts[starts_before.partition_point(|start| *start < at).min(starts.len() - 1)];
    let moved = |Note { source, output }| Note { source: place(source.start)..place(source.end), output };
    notes.into_iter().map(moved).collect()
}
