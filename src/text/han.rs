//! Han characters and numerals.

/// A Han character, extensions and compatibility ideographs included.
#[inline]
pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}') || is_rare_han(character)
}

fn is_rare_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇')
}

/// Numerals. A point between two of them is a decimal point, and a circle after one of them is a zero.
const HAN_NUMERALS: &str = "〇零一二三四五六七八九十百千万萬亿億";

/// Whether a character is a Han numeral in a comparison key. Multipliers such as 万, which follow a number, are
/// included.
pub(crate) fn is_han_numeral(character: char) -> bool {
    HAN_NUMERALS.contains(character)
}
