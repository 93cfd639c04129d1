//! The groups of numerals in Chinese text, and the combinations of groups that count in a context.

/// Numerals that write a number digit by digit or with units.
const COUNTING: &str = "〇零一二三四五六七八九十百千";
/// Numerals for two in counts of items and provisions.
const PAIR: &str = "兩两";
/// Units that follow a number.
const LARGE: &str = "万萬亿億";
/// Short forms of twenty and thirty.
const TENS: &str = "廿卅";
/// Numerals of cheques and of formal headings.
const FORMAL: &str = "壹贰貳叁參肆伍陆陸柒捌玖拾";
/// The ten stems, which count as letters do.
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Whether a character is a digit, or a Han numeral that counts items, parts and provisions.
pub(crate) fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || COUNTING.contains(character) || PAIR.contains(character)
}

/// Whether a character is a Han numeral in a comparison key, including the units that follow a number. A
/// point between two of them is a decimal point, and a circle after one of them is a zero.
pub(crate) fn is_han_numeral(character: char) -> bool {
    COUNTING.contains(character) || LARGE.contains(character)
}

/// Whether a character is a Han numeral or a stem, which may precede the mark of a list: `一.`, `甲.`
pub(crate) fn is_ordinal(character: char) -> bool {
    [COUNTING, TENS, FORMAL, STEMS].iter().any(|group| group.contains(character))
}

/// The value of a numeral from one to ten.
pub(crate) fn value(numeral: &str) -> Option<u32> {
    let mut characters = numeral.chars();
    let only = characters.next().filter(|_| characters.next().is_none())?;
    (1..=10).zip("一二三四五六七八九十".chars()).find(|(_, han)| *han == only).map(|(value, _)| value)
}
