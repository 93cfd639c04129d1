//! How the counts of `dictionaries/variants/forms.txt` lie in memory: as sorted numbers, so that nothing is parsed at
//! run time. The build script uses this too.

/// No character has more forms in the table.
pub(crate) const MOST_FORMS: usize = 8;

/// Bits of a neighbour's number in a key.
pub(super) const NEIGHBOUR_BITS: u32 = 12;
/// Bits of a count in an entry, which holds two, the form's place, and whether more entries follow.
pub(super) const COUNT_BITS: u32 = 14;
pub(super) const MORE: u32 = 1 << (2 * COUNT_BITS);
pub(super) const FORM_SHIFT: u32 = 2 * COUNT_BITS + 1;
/// Numbers in front of an image: the lengths of all parts but the last.
pub(super) const PARTS: usize = 3;

/// Which of a character's neighbours a context names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Beside {
    /// The one before.
    Before = 0,
    /// The one after.
    After = 1,
    /// The two before.
    TwoBefore = 2,
    /// The two after.
    TwoAfter = 3,
    /// One on each side.
    Around = 4,
}

/// The number of a context among those of its character. Neighbours are numbered from 1.
pub(super) fn key(beside: Beside, first: u32, second: u32) -> u32 {
    (beside as u32) << (2 * NEIGHBOUR_BITS) | first << NEIGHBOUR_BITS | second
}

/// What a key is made of: the number of which neighbours it names, and those.
pub(super) fn parts(key: u32) -> (u32, u32, u32) {
    let neighbour = |shift: u32| key >> shift & ((1 << NEIGHBOUR_BITS) - 1);
    (key >> (2 * NEIGHBOUR_BITS), neighbour(NEIGHBOUR_BITS), neighbour(0))
}

/// Of two neighbours on one side, the context of the nearer one.
pub(super) fn nearer(of: u32) -> Option<u32> {
    match parts(of) {
        (beside, _, second) if beside == Beside::TwoBefore as u32 => Some(key(Beside::Before, second, 0)),
        (beside, first, _) if beside == Beside::TwoAfter as u32 => Some(key(Beside::After, first, 0)),
        _ => None,
    }
}
