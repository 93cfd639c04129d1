//! Data within prose: literals, and the text of links.

use std::ops::Range;

use super::class;

/// Maximum nesting of brackets inside a literal.
const DEEPEST: usize = 16;

/// Literals of objects and lists within a line, such as `{"code": 0}` and `["甲", "乙"]`, in order.
pub(super) fn literals(chars: &[char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !chars.iter().any(|c| matches!(c, '{' | '[')) {
        return found;
    }
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '{' | '[' => open.push(at),
            '}' | ']' => {
                let wanted = if *c == '}' { '{' } else { '[' };
                let Some(start) = open.pop().filter(|&start| chars.get(start) == Some(&wanted)) else {
                    open.clear();
                    continue;
                };
                if open.len() < DEEPEST && is_literal(chars, start, at) {
                    found.truncate(found.partition_point(|literal| literal.start < start));
                    found.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether the text between the brackets begins and ends as members do.
fn is_literal(chars: &[char], open: usize, close: usize) -> bool {
    let inside = chars.get(open + 1..close).unwrap_or_default();
    let first = inside.iter().position(|&c| !class::is_space(c));
    let Some(first) = first.and_then(|first| inside.get(first..)) else { return false };
    let last = first.iter().rev().find(|&&c| !class::is_space(c));
    let is_quote = |c: Option<&char>| matches!(c, Some('"' | '\''));
    if chars.get(open) == Some(&'[') {
        let linked = matches!(chars.get(close + 1), Some('(' | '['));
        return !linked && (is_quote(first.first()) && is_quote(last) || first.first() == Some(&'{'));
    }
    has_name(first) || is_quote(first.first()) && is_quote(last)
}

/// Whether members begin with a name and a value: `"code":`, `name:`, `姓名:`.
fn has_name(members: &[char]) -> bool {
    let quote = members.first().copied().filter(|c| matches!(c, '"' | '\''));
    let is_part = |c: char| match quote {
        Some(quote) => c != quote,
        None => c.is_alphanumeric() || matches!(c, '_' | '$' | '-'),
    };
    let start = usize::from(quote.is_some());
    let name = members.iter().skip(start).take_while(|&&c| is_part(c)).count();
    let mut after = members.iter().skip(start + name + start).skip_while(|&&c| class::is_space(c));
    // A name without quotes needs a value with quotes, because otherwise prose in braces would match.
    let colon = name > 0 && after.next() == Some(&':');
    colon && (quote.is_some() || after.find(|&&c| !class::is_space(c)).is_some_and(|c| is_value(*c)))
}

fn is_value(c: char) -> bool {
    matches!(c, '"' | '\'' | '{' | '[') || c.is_ascii_digit()
}

/// The length of the label of a Markdown footnote at the start of the line, with its colon and the space
/// after it: `[^1]: `.
pub(super) fn footnote_len(chars: &[char]) -> usize {
    let start = chars.iter().take_while(|&&c| class::is_space(c)).count();
    let rest = chars.get(start..).unwrap_or_default();
    if !rest.starts_with(&['[', '^']) {
        return 0;
    }
    let label = rest.iter().take_while(|&&c| c != ']').count();
    let after = rest.get(label..).unwrap_or_default();
    if label < 3 || !after.starts_with(&[']', ':']) {
        return 0;
    }
    let space = after.iter().skip(2).take_while(|&&c| class::is_space(c)).count();
    start + label + 2 + space.min(1)
}
