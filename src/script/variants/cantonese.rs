//! Recognises characters in Cantonese text. The dictionaries do not contain Cantonese words.

use std::sync::LazyLock;

use super::super::characters::{HashSet, single};

/// Number of characters on each side that are examined: a clause or two.
const NEAR: usize = 16;

/// The characters of `dictionaries/usage/cantonese.txt`.
static CHARACTERS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lines = include_str!("../../../dictionaries/usage/cantonese.txt").lines();
    lines.filter_map(single).collect()
});

/// Whether a character that occurs only in Cantonese stands near byte `at` of a text, in the same line.
pub(super) fn is_cantonese(text: &str, at: usize) -> bool {
    let is_inside = |character: &char| !matches!(character, '\n' | '\r');
    let before = text[..at].chars().rev().take(NEAR).take_while(is_inside);
    let behind = text[at..].chars().take(NEAR).take_while(is_inside);
    before.chain(behind).any(|character| CHARACTERS.contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cantonese_character_near_by_tells() {
        let text = "呢一步系某啲激進嘅人\n他任职于中文系";
        let at = |nth: usize| text.match_indices('系').nth(nth).unwrap().0;
        assert!(is_cantonese(text, at(0)) && !is_cantonese(text, at(1)));
    }
}
