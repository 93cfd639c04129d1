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

/// Numerals between which a point is a decimal point, and behind which a circle is a zero.
const HAN_NUMERALS: &str = "〇零一二三四五六七八九十百千万萬亿億";

/// A numeral as a key has it, those that stand behind a number among them.
pub(crate) fn is_han_numeral(character: char) -> bool {
    HAN_NUMERALS.contains(character)
}
