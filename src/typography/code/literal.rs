//! Literals of objects and lists, whole or by the line.

use super::skeleton::{STRING, Skeleton};

/// Whether a line is a literal, its first or last line, or a member of one.
pub(super) fn is_literal(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    if skeleton.open {
        return false;
    }
    let between = |ends: &[char]| bare.ends_with(ends);
    match bare.chars().next() {
        // Names of members may be Han: `{店名: "老街"}`.
        Some('{') if skeleton.has_text => between(&['}', ';', ',', ')', ']']) && bare.contains([':', STRING]),
        _ if skeleton.has_text => holds_objects(bare),
        Some('{') => between(&['}', ',', ';', '{', '[', '(', ')', ']', ':']) || bare == "{\"",
        Some('[' | '(') if bare.len() == 1 => true,
        Some('[') => skeleton.strings > 0 && starts_list(bare) && between(&[']', ',', ';', '{', '[', ')']),
        Some('(') => skeleton.strings > 0 && bare.contains(',') && between(&[')', ',', ';']),
        Some('}' | ']' | ')') => bare.len() == 1 || between(&['}', ']', ')', ';', ',', '{', ':', '(']),
        Some(STRING) => is_member(bare),
        _ => false,
    }
}

/// What is code beside code: a string alone, as in a list of which each has a line, or words of ASCII with strings or
/// a comment behind them.
pub(super) fn is_element(skeleton: &Skeleton) -> bool {
    !skeleton.open && !skeleton.has_text && (skeleton.strings > 0 || skeleton.comment)
}

/// `[{店名: "老街"}, {店名: "河邊"}]`.
fn holds_objects(bare: &str) -> bool {
    bare.starts_with("[{") && bare.ends_with(['}', ']', ';', ',']) && bare.contains(':')
}

/// Not `[Hello] "好"`: what is listed is a literal too.
fn starts_list(bare: &str) -> bool {
    let first = bare.chars().skip(1).find(|c| !c.is_whitespace());
    first.is_none_or(|c| matches!(c, STRING | '{' | '[' | '(' | '-') || c.is_ascii_digit())
}

/// `"店名": "老街",`, and what a name may stand for.
fn is_member(bare: &str) -> bool {
    let Some(value) = bare.strip_prefix(STRING).map(str::trim_start).and_then(|rest| rest.strip_prefix(':'))
    else {
        return false;
    };
    let value = value.trim().trim_end_matches(',').trim_end();
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "+-._".contains(c));
    !value.is_empty() && (is_word(value) || value.starts_with([STRING, '{', '[', '(']))
}
