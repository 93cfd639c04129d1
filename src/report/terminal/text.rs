//! Text of articles in a terminal: its width in columns, and its content without anything that controls the terminal.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The number of columns that a text occupies in a terminal. A Han character occupies two.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The spaces that fill a text up to a column.
pub(super) fn padding(text: &str, column: usize) -> String {
    " ".repeat(column.saturating_sub(width(text)))
}

/// The text with control characters shown as pictures (from U+2400 on), and tabs as a space. Direction marks would
/// reorder the text beside them, so they become replacement characters.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() || is_direction(c);
    if !text.contains(is_control) {
        return text.into();
    }
    let shown = |character: char| match character {
        '\t' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + character as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        _ if is_control(character) => char::REPLACEMENT_CHARACTER,
        _ => character,
    };
    text.chars().map(shown).collect()
}

fn is_direction(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The start of a trimmed text that fits into a number of columns.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    cut(text.trim(), columns)
}

/// The start of a text that fits into a number of columns.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let text = visible(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let mut used = 1;
    let fits = |grapheme: &&str| {
        used += width(grapheme);
        used <= columns
    };
    text.graphemes(true).take_while(fits).chain(["…"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_han_character_takes_two_columns() {
        assert_eq!(width("老街 ab，e\u{301}"), 10);
        assert_eq!(padding("老街", 6), "  ");
        assert_eq!(padding("老街夜市", 6), "");
    }

    #[test]
    fn a_text_is_cut_between_graphemes() {
        assert_eq!(shortened(" 老街夜市 ", 8), "老街夜市");
        assert_eq!(shortened("老街夜市", 7), "老街夜…");
        assert_eq!(shortened("老街夜市", 6), "老街…");
        assert_eq!(shortened("ae\u{301}\u{302}bc", 3), "ae\u{301}\u{302}…");
    }

    #[test]
    fn nothing_controls_the_terminal() {
        assert_eq!(visible("老\t街\u{1b}[31m\u{7f}\u{9b}\u{202e}"), "老 街␛[31m␡\u{fffd}\u{fffd}");
        assert!(matches!(visible("老街"), Cow::Borrowed(_)));
    }
}
