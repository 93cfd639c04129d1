//! Kinds of lines that repeat by nature.

use super::verse::VERSE_CHARACTERS;
use crate::analysis::ViewLine;

/// Minimum number of characters that two headings of one kind share at their beginning.
const ALIKE_CHARACTERS: usize = 6;

/// Whether a line is the name of a form's field, which stands above its value.
pub(crate) fn is_field_name(line: &ViewLine) -> bool {
    line.shape.characters < VERSE_CHARACTERS && line.text.trim_end().ends_with([':', '：'])
}

/// Whether two lines share a beginning that is long by itself and at least half of the shorter one.
pub(crate) fn begin_alike(a: &ViewLine, b: &ViewLine) -> bool {
    let common = a.key().chars().zip(b.key().chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.key().chars().count().min(b.key().chars().count());
    common >= ALIKE_CHARACTERS && common * 2 >= shorter
}
