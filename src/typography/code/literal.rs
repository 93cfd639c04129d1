//! Literals of objects and lists, on one line or over several lines.

use super::skeleton::{STRING, Skeleton};

/// Whether a line is a literal, the first or last line of one, or a member of one.
pub(super) fn is_literal(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    if skeleton.open {
        return false;
    }
    let between = |ends: &[char]| bare.ends_with(ends);
    match bare.chars().next() {
        // Member names may be Han: `{店名: "老街"}`.
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

/// Whether a line is code only beside code: a single string, as in a list with one string per line, or ASCII
/// words followed by strings or a comment.
pub(super) fn is_element(skeleton: &Skeleton) -> bool {
    !skeleton.open && !skeleton.has_text && (skeleton.strings > 0 || skeleton.comment)
}

/// Whether a line is a list of objects: `[{店名: "老街"}, {店名: "河邊"}]`.
fn holds_objects(bare: &str) -> bool {
    bare.starts_with("[{") && bare.ends_with(['}', ']', ';', ',']) && bare.contains(':')
}

/// Whether a list begins with a literal, as all members of a list must be. This excludes `[Hello] "好"`.
fn starts_list(bare: &str) -> bool {
    let first = bare.chars().skip(1).find(|c| !c.is_whitespace());
    first.is_none_or(|c| matches!(c, STRING | '{' | '[' | '(' | '-') || c.is_ascii_digit())
}

/// Whether a line is a member of an object, with any value that a member may have: `"店名": "老街",`.
fn is_member(bare: &str) -> bool {
    let Some(value) = bare.strip_prefix(STRING).map(str::trim_start).and_then(|rest| rest.strip_prefix(':'))
    else {
        return false;
    };
    let value = value.trim().trim_end_matches(',').trim_end();
    let is_word = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "+-._".contains(c));
    !value.is_empty() && (is_word(value) || value.starts_with([STRING, '{', '[', '(']))
}
