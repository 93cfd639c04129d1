//! Mending the typography of Chinese prose: invisible characters, the width
//! of punctuation, quotation marks and spaces.
//!
//! The order is fixed. `replace` and `unicode` run first and on every line of prose; `code` says which lines
//! are not prose. Lines that contain Han go through further passes of brackets, quotes, marks and spaces
//! until nothing changes. A step only considers which *content* (Han, letters, digits) is around a mark,
//! never how wide the marks between are. So the changes of one step do not affect the decisions of another,
//! and a second pass nearly always finds nothing to do.

mod bracket;
mod class;
mod code;
mod context;
mod emoticon;
mod entity;
mod enumeration;
mod full_stop;
mod inline;
mod protect;
mod punctuation;
mod quote;
mod replace;
mod space;
mod token;
mod unicode;

pub(crate) use code::code_lines;
pub use quote::QuoteStyle;
pub(crate) use replace::{Replaced, Replacing};
pub(crate) use unicode::strip_invisible;

use std::borrow::Cow;

use context::Surroundings;

/// Every pass either shortens the line or widens a mark, so the passes end. This bound keeps the time linear on lines
/// that are built to need many.
const MAX_PASSES: usize = 8;

/// Mends one line of prose.
///
/// The line must not contain a line terminator, and the caller must skip lines of code. The result is borrowed if
/// nothing changes. A line without Han loses its invisible characters and nothing else. Letters, digits and Han never
/// change, and mending a mended line changes nothing. Takes time linear in the line's length and never panics.
///
/// ```
/// use qingwen::clean::{QuoteStyle, mend};
///
/// let line = "天氣很好,我們去\"動物園\"走走!";
/// assert_eq!(mend(line, QuoteStyle::Corner), "天氣很好，我們去「動物園」走走！");
/// assert_eq!(mend("开盘价 3,000.5 元", QuoteStyle::Curly), "开盘价 3,000.5 元");
/// ```
pub fn mend(line: &str, quotes: QuoteStyle) -> Cow<'_, str> {
    let visible = unicode::strip_invisible(line);
    if !may_need_mending(&visible) {
        return visible;
    }
    match mend_until_stable(&visible, quotes) {
        Some(mended) if mended != *visible => Cow::Owned(mended),
        _ => visible,
    }
}

/// Whether a pass may change a line. For most lines one look at their characters shows that no pass does.
fn may_need_mending(line: &str) -> bool {
    has_suspect(line.chars()) && line.chars().any(class::is_han)
}

/// Whether a pass may change any of the characters.
fn has_suspect(chars: impl Iterator<Item = char>) -> bool {
    let mut chars = chars.peekable();
    let mut before = None;
    while let Some(c) = chars.next() {
        if is_mendable(c) && !is_settled(before, c, chars.peek().copied()) {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Whether a character is a space, a bracket, a quotation mark or a mark that may be of the wrong width.
fn is_mendable(c: char) -> bool {
    match c {
        ' ' | '(' | ')' | '"' | ',' | '.' | ';' | ':' | '!' | '?' => true,
        _ => !c.is_ascii() && (class::is_space(c) || c == class::IDEOGRAPHIC_SPACE),
    }
}

/// Whether no pass changes a character between these two. This is the case for one space between words, and
/// for the marks of numbers, times and names of files, which are shielded.
fn is_settled(before: Option<char>, c: char, after: Option<char>) -> bool {
    let both = |holds: fn(char) -> bool| before.is_some_and(holds) && after.is_some_and(holds);
    match c {
        ' ' => both(space::is_of_word),
        '.' | ':' => both(|c| c.is_ascii_alphanumeric()),
        ',' => both(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Runs passes until nothing changes. `None` if the line still changes at the bound. Such a line is left
/// alone, so that mending is idempotent without exception.
fn mend_until_stable(line: &str, quotes: QuoteStyle) -> Option<String> {
    let mut chars: Vec<char> = line.chars().collect();
    for _ in 0..MAX_PASSES {
        let next = pass(&chars, quotes);
        let is_stable = next == chars || !has_suspect(next.iter().copied());
        chars = next;
        if is_stable {
            return Some(chars.into_iter().collect());
        }
    }
    None
}

fn pass(line: &[char], quotes: QuoteStyle) -> Vec<char> {
    let shields = protect::shields(line);
    let context = Surroundings::of(line, &shields);
    let mut chars = line.to_vec();
    bracket::widen(&mut chars, &shields, &context);
    quote::curl(&mut chars, &shields, &context, quotes);
    punctuation::widen(&mut chars, &shields, &context);
    space::tidy(chars, &shields, &context)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn every_line_becomes_stable(line in "[漢字史斯一二A-b1-3,.;:!?()（）\"“”「」，。 \u{3000}|`<>/@=&\\[\\]-]{0,40}") {
            prop_assert!(mend_until_stable(&line, QuoteStyle::Corner).is_some());
            prop_assert!(mend_until_stable(&line, QuoteStyle::Curly).is_some());
        }

        #[test]
        fn no_pass_changes_a_line_without_a_suspect(
            line in "([漢斯二A-b1-3 .:,]|[a-b1][.:, ][a-b1]|[漢a] [漢a]|https?://|\\.txt|[“”「」、，。)(\"|`<>/@=&*\\[\\]-]){0,24}"
        ) {
            let chars: Vec<char> = line.chars().collect();
            if !has_suspect(line.chars()) {
                prop_assert_eq!(&pass(&chars, QuoteStyle::Corner), &chars);
                prop_assert_eq!(&pass(&chars, QuoteStyle::Curly), &chars);
            }
        }
    }
}
