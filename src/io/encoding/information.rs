//! How improbable a character is in Chinese text. The encoding whose characters are the least improbable is the right
//! one.

use std::sync::LazyLock;

/// Characters by the bits of information that each carries.
const FREQUENT: &str = include_str!("../../../dictionaries/encodings/frequent.txt");

/// Bits of a byte sequence that the encoding does not have.
pub(super) const MALFORMED: u64 = 32;

/// Bits of an ASCII character. ASCII says little, because most encodings have it at the same place.
const ASCII: u8 = 8;
/// Bits of a control character.
const CONTROL: u8 = 20;
/// Bits of kana. Shift_JIS text is full of it.
const HIRAGANA: u8 = 8;
const KATAKANA: u8 = 9;
/// Bits of a half-width katakana letter. It is one byte, so random bytes are often read so.
const HALF_WIDTH: u8 = 16;
/// Bits of a Han character that is not in the table.
const RARE_HAN: u8 = 20;
/// Bits of a character for private use, to which encodings map what they do not define.
const PRIVATE: u8 = 26;
/// Bits of any other character.
const OTHER: u8 = 19;

/// Bits by character, for the characters of two bytes in UTF-16.
static BITS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bits: Vec<u8> = (0..=0xFFFF).map(by_block).collect();
    for line in FREQUENT.lines().filter(|line| !line.starts_with('#')) {
        let Some((band, characters)) = line.split_once('\t') else { continue };
        for place in characters.chars().map(|character| character as usize) {
            if let (Some(slot), Ok(band)) = (bits.get_mut(place), band.parse()) {
                *slot = band;
            }
        }
    }
    bits
});

fn by_block(code: u32) -> u8 {
    match code {
        0x09 | 0x0A | 0x0D => ASCII,
        0..0x20 | 0x7F..0xA0 => CONTROL,
        0x20..0x7F => ASCII,
        0x3040..0x30A0 => HIRAGANA,
        0x30A0..0x3100 => KATAKANA,
        0xFF61..0xFFA0 => HALF_WIDTH,
        0x3400..0xA000 => RARE_HAN,
        0xE000..0xF900 => PRIVATE,
        _ => OTHER,
    }
}

/// The bits of information of a text, as if it were Chinese: the more, the less probable it is.
pub(crate) fn bits(text: &str) -> u64 {
    text.chars().map(|character| u64::from(BITS.get(character as usize).copied().unwrap_or(RARE_HAN))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_characters_carry_few_bits() {
        assert!(bits("的") < bits("街") && bits("街") < bits("鐢") && bits("鐢") <= bits("\u{E000}"));
        assert!(bits("") == 0 && bits("の") < bits("ﾉ"));
    }
}
