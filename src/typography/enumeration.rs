//! Commas between words of ASCII that Han encloses: `學了list,tuple和dict`.

use super::class;

/// Characters that are looked at on each side of a comma.
const REACH: usize = 60;

/// Whether the comma at `at` divides such words: left of them and right of them Han follows at once. A comma within a
/// number (`1,000`) divides none, and single letters (`A,B,C三種`, `x,y的值`) are as often one name as several.
pub(super) fn divides(chars: &[char], at: usize) -> bool {
    let behind = chars.get(at + 1..).unwrap_or_default().iter().take(REACH);
    let before = chars.get(..at).unwrap_or_default().iter().rev().take(REACH);
    if !matches!(chars.get(at), Some(',' | '，')) {
        return false;
    }
    let (Some(left), Some(right)) = (word_at(before.copied()), word_at(behind.copied())) else {
        return false;
    };
    let numbers = left.touches_digit && right.touches_digit;
    let letters = left.len == 1 && right.len == 1 && !left.touches_digit && !right.touches_digit;
    !numbers && !letters
}

/// The word that a comma touches.
struct Word {
    len: usize,
    touches_digit: bool,
}

/// The first word of what stands on one side, where words and commas lead to Han.
fn word_at(side: impl Iterator<Item = char>) -> Option<Word> {
    let mut word = Word { len: 0, touches_digit: false };
    let mut own = true;
    let mut length = 0;
    for c in side {
        match c {
            _ if class::is_han(c) => return (length > 0 && word.len > 0).then_some(word),
            ',' | '，' if length > 0 => {
                own = false;
                length = 0;
            }
            _ if is_part(c) => {
                word.touches_digit |= own && length == 0 && c.is_ascii_digit();
                word.len += usize::from(own);
                length += 1;
            }
            _ => return None,
        }
    }
    None
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
            ("點(list,tuple)再", false),
            ("執行sort -t,k2再", false),
            ("讀id, name再", false),
            ("list,tuple和dict", false),
        ] {
            let chars: Vec<char> = line.chars().collect();
            let comma = chars.iter().position(|&c| c == ',').unwrap();
            assert_eq!(divides(&chars, comma), expected, "{line}");
        }
    }
}
