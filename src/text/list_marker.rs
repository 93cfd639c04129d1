//! Markers of list items: bullets, and numbers or letters with a mark.

use super::numerals::is_numeral;

/// Marks that start an item of a list.
const BULLETS: &[char] = &['-', '*', '•', '·', '●', '○', '◆', '◇', '■', '□', '▪', '►', '▶', '☆', '★', '※'];
/// Marks of items in plain lists. The other bullets are ornaments of pages too.
const PLAIN_BULLETS: &[char] = &['-', '*', '•', '·', '●', '○', '－'];
/// Marks that may precede the number of an item.
const OPENERS: [char; 4] = ['(', '（', '[', '【'];
/// Marks that end the number of an item.
const CLOSERS: [char; 7] = ['、', '.', '．', ')', '）', ']', '】'];
/// Marks at a line's start that open something and do not mark an item.
const OPENING: &[char] =
    &['「', '『', '“', '‘', '《', '〈', '【', '（', '〔', '〖', '…', '—', '，', '。', '、'];

/// The marker of a line that is an item among others of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListMarker {
    Number,
    /// A bullet, or any other sign before words.
    Bullet(char),
}

impl ListMarker {
    /// The marker of a line in a run of lines that look alike. In such a run any sign before words is a
    /// bullet.
    pub fn in_list(text: &str) -> Option<Self> {
        let text = text.trim_start();
        let first = text.chars().next()?;
        let words = text.trim_start_matches(is_numeral);
        if words.len() < text.len() && words.starts_with(['.', '、', '．', ')', '）']) {
            return Some(Self::Number);
        }
        let is_bullet =
            !first.is_alphanumeric() && !first.is_ascii_punctuation() || matches!(first, '-' | '*' | '+');
        let has_text = text[first.len_utf8()..].chars().any(char::is_alphanumeric);
        (is_bullet && has_text && !OPENING.contains(&first)).then_some(Self::Bullet(first))
    }
}

/// Whether a line starts with a bullet, like an item of a plain list.
pub(crate) fn starts_plain_item(text: &str) -> bool {
    text.trim_start().starts_with(PLAIN_BULLETS)
}

/// Whether a line starts like an item of a list, whatever is around it: with a bullet, or with a number or a
/// letter and a mark.
pub(crate) fn starts_item(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if BULLETS.contains(&first) || ('①'..='⑳').contains(&first) {
        return true;
    }
    let open = text.trim_start_matches(OPENERS);
    let number = open.trim_start_matches(is_numeral);
    let letter = open.strip_prefix(|c: char| c.is_ascii_alphabetic());
    let after = if number.len() < open.len() { Some(number) } else { letter };
    after.is_some_and(|rest| rest.starts_with(CLOSERS))
}
