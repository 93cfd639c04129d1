//! Commas between ASCII words that are enclosed by Han: `學了list,tuple和dict`.

use super::class;

/// Maximum number of characters in such a list on each side of a comma.
const REACH: usize = 200;

/// Whether the comma at `at` separates such words. A comma within a number (`1,000`) does not. Single letters do not
/// count, because they are as often one name as several (`A,B,C三種`, `x,y的值`).
pub(super) fn divides(chars: &[char], at: usize) -> bool {
    if !chars.get(at).copied().is_some_and(is_comma) {
        return false;
    }
    let before = chars.get(..at).unwrap_or_default().iter().rev().copied();
    let after = chars.get(at + 1..).unwrap_or_default().iter().copied();
    let (Some(left), Some(right)) = (CommaSide::of(before), CommaSide::of(after)) else { return false };
    let numbers = left.touches_digit && right.touches_digit;
    !numbers && (left.has_word || right.has_word)
}

/// One side of a comma, from the comma to the Han that encloses the list.
struct CommaSide {
    /// Whether there is more than single letters.
    has_word: bool,
    touches_digit: bool,
}

impl CommaSide {
    /// `None` if anything other than words and commas lies between the comma and Han.
    fn of(chars: impl Iterator<Item = char>) -> Option<Self> {
        let mut side = Self { has_word: false, touches_digit: false };
        let mut length = 0;
        for (at, c) in chars.take(REACH).enumerate() {
            match c {
                _ if class::is_han(c) => return (at > 0).then_some(side),
                _ if is_comma(c) && length > 0 => length = 0,
                _ if is_part(c) => {
                    side.touches_digit |= at == 0 && c.is_ascii_digit();
                    length += 1;
                    side.has_word |= length > 1 || !c.is_ascii_alphabetic();
                }
                _ => return None,
            }
        }
        None
    }
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，')
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '#' | '-' | '_' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_on_both_ends_makes_words_a_list() {
        for (line, expected) in [
            ("學了list,tuple和dict", true),
            ("是3306,Redis是", true),
            ("把x設為1,y設為2", true),
            ("共1,000人", false),
            ("第1,2章", false),
            ("有A,B,C三種", false),
            ("學了A,B,list和dict", true),
            ("點(list,tuple)再", false),
            ("執行sort -t,k2再", false),
            ("讀id, name再", false),
            ("學HTML,CSS,再學", true),
            ("學了,再學", false),
            ("list,tuple和dict", false),
        ] {
            let chars: Vec<char> = line.chars().collect();
            let comma = chars.iter().position(|&c| c == ',').unwrap();
            assert_eq!(divides(&chars, comma), expected, "{line}");
        }
    }
}
