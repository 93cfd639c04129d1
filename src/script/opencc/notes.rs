//! Notes the places where the output of another configuration differs, so that one run gives the output of both.

use std::ops::Range;

/// A stretch of a text that another configuration may convert differently. Between notes both configurations produce
/// the same characters, one for one. The only exceptions are words of a single character (鐦, in Taiwan 鉲), which are
/// not noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Byte range in the text.
    pub source: Range<usize>,
    /// Byte range in the output.
    pub output: Range<usize>,
}

/// Converts notes on a normalised text into notes on `text`. Each character of the normalised text corresponds to one
/// character of `text`.
pub(super) fn of_source(notes: Vec<Note>, normalized: &str, text: &str) -> Vec<Note> {
    let starts =
        |text: &'_ str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let (starts_before, starts) = (starts(normalized), starts(text));
    let place = |at: usize| starts[starts_before.partition_point(|start| *start < at).min(starts.len() - 1)];
    let moved = |Note { source, output }| Note { source: place(source.start)..place(source.end), output };
    notes.into_iter().map(moved).collect()
}
