//! Han characters.

/// Whether a character is Han, extensions and compatibility ideographs included.
#[inline]
pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}') || is_rare_han(character)
}

fn is_rare_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇')
}
