//! The units into which a scan divides a text.

use super::tables::FoundKey;

/// The token at a position of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// A key.
    Key(FoundKey),
    /// A character of `length` bytes that becomes another one, and whether phrases may extend over it.
    Becomes { length: usize, character: char, inner: bool },
    /// A character of `length` bytes that does not change, and whether phrases may extend over it.
    Same { length: usize, inner: bool },
    /// A complete description sequence of `length` bytes.
    Sequence { length: usize },
    /// A character that would start a description sequence, but the sequence is incomplete.
    IncompleteSequence { length: usize },
    /// A character that must be normalised first.
    Compatibility,
}
