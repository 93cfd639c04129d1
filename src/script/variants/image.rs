//! The memory layout of the counts of `dictionaries/variants/forms.txt`. They are sorted numbers, so that nothing is
//! parsed at run time. The build script uses this too.

/// Maximum number of forms of a character in the table.
pub(crate) const MOST_FORMS: usize = 8;

/// Number of bits of a neighbour's number in a key.
pub(super) const NEIGHBOUR_BITS: u32 = 12;
/// Number of bits of a count in an entry. An entry holds two counts, the position of the form, and whether more entries
/// follow.
pub(super) const COUNT_BITS: u32 = 14;
pub(super) const MORE: u32 = 1 << (2 * COUNT_BITS);
pub(super) const FORM_SHIFT: u32 = 2 * COUNT_BITS + 1;
/// Number of lengths at the start of an image: one for each part except the last.
pub(super) const PARTS: usize = 3;

/// The neighbours of a character that a context names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Beside {
    /// The character before.
    Before = 0,
    /// The character after.
    After = 1,
    /// The two characters before.
    TwoBefore = 2,
    /// The two characters after.
    TwoAfter = 3,
    /// One character on each side.
    Around = 4,
}

/// The key of a context among those of its character. Neighbours are numbered from 1.
pub(super) fn key(beside: Beside, first: u32, second: u32) -> u32 {
    (beside as u32) << (2 * NEIGHBOUR_BITS) | first << NEIGHBOUR_BITS | second
}

/// The parts of a key: the number of its kind of neighbours, and the numbers of the neighbours.
pub(super) fn parts(key: u32) -> (u32, u32, u32) {
    let neighbour = |shift: u32| key >> shift & ((1 << NEIGHBOUR_BITS) - 1);
    (key >> (2 * NEIGHBOUR_BITS), neighbour(NEIGHBOUR_BITS), neighbour(0))
}

/// For a context of two neighbours on one side, the context of the nearer one.
pub(super) fn nearer(of: u32) -> Option<u32> {
    match parts(of) {
        (beside, _, second) if beside == Beside::TwoBefore as u32 => Some(key(Beside::Before, second, 0)),
        (beside, first, _) if beside == Beside::TwoAfter as u32 => Some(key(Beside::After, first, 0)),
        _ => None,
    }
}
