//! Entries of YAML and of other lists of settings.

use super::super::class::{is_han, is_wide_mark};
use super::skeleton::Skeleton;
use super::statement::has_clauses;
use super::{CodePart, CodeVerdict};

/// Maximum number of letters in a Han key.
const HAN_KEY: usize = 10;
/// Maximum number of characters in a value that is not a sentence.
const PLAIN: usize = 16;
/// Maximum number of characters in the head of a section.
const SECTION: usize = 40;

/// The verdict on an entry with a key in lower-case Latin letters: `name: 老街茶館`.
pub(super) fn yaml(text: &str, skeleton: &Skeleton) -> Option<CodeVerdict> {
    let entry = text.strip_prefix("- ").map_or(text, str::trim_start);
    let key = entry.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let starts = entry.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    let value = key.strip_prefix(':').filter(|_| starts && key.len() < entry.len())?;
    if !(value.is_empty() || value.starts_with(' ')) || value.ends_with(ends_sentence) {
        return None;
    }
    let is_literal = !skeleton.has_text && !skeleton.open;
    let plain = !value.contains(['"', '\'']) && !has_marks(value);
    // An explanation of a word is as long as a sentence: `- tips: …`.
    let short = value.chars().nth(PLAIN).is_none();
    Some(match is_literal || plain && short {
        true => CodeVerdict::Yaml,
        false if has_wide_marks(value) || text.starts_with("- ") => return None,
        false => CodeVerdict::Maybe(CodePart::Clauses),
    })
}

/// Recognises lines that are code only beside code, by their first characters.
pub(super) fn weak(text: &str) -> Option<CodeVerdict> {
    let first = text.chars().next()?;
    let piece = Some(CodeVerdict::Maybe(CodePart::Piece));
    match first {
        '#' if !text.trim_start_matches('#').contains('#') => piece,
        ';' | '*' | '\\' => piece,
        '-' if text.starts_with("-- ") => piece,
        '-' if text.starts_with("- ") => Some(CodeVerdict::Maybe(CodePart::Item)),
        '[' if text.starts_with("[INFO]") || text.starts_with("[info]") => {
            Some(CodeVerdict::Maybe(CodePart::Record))
        }
        '[' if text.ends_with(']') => section(text),
        '|' if text.ends_with('|') => piece,
        '<' if text.ends_with('>') => piece,
        _ if is_batch(text) => Some(CodeVerdict::Maybe(CodePart::Batch)),
        _ => assignment(text).or_else(|| han_entry(text)),
    }
}

/// The verdict on a name in square brackets, such as `[mysqld]`. With ASCII letters it is the head of a
/// section, and assignments follow it. With Han it may be such a head, but also an emoticon.
fn section(text: &str) -> Option<CodeVerdict> {
    let name = text.get(1..text.len() - 1).filter(|name| name.len() <= SECTION)?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | ' ' | '"' | '/');
    let named = !name.is_empty() && name.chars().all(is_part);
    let ascii = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.is_ascii();
    named.then_some(CodeVerdict::Maybe(if ascii { CodePart::Section } else { CodePart::Piece }))
}

/// Whether a line is a command of a batch file that prints or holds text: `echo 請進`, `rem 說明`.
fn is_batch(text: &str) -> bool {
    let text = text.strip_prefix('@').unwrap_or(text);
    let (word, output) = text.split_once(' ').unwrap_or_default();
    let is_command = word.eq_ignore_ascii_case("echo")
        || word.eq_ignore_ascii_case("rem")
        || word.eq_ignore_ascii_case("title");
    is_command && !output.trim().is_empty() || text.starts_with("::")
}

/// The verdict on an assignment, which has a name and a value that is not a sentence: `店名 = 老街`,
/// `app.name=老街,河邊`.
fn assignment(text: &str) -> Option<CodeVerdict> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim_end().trim_end_matches([':', '+', '?']);
    let is_part = |c: char| {
        c.is_ascii_alphanumeric() || is_han(c) || matches!(c, '_' | '.' | '-' | '[' | ']' | '$' | '@')
    };
    let named = name.chars().nth(1).is_some() && name.chars().all(is_part);
    if !named || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = value.trim();
    if value.starts_with('=') || value.ends_with(ends_sentence) || has_wide_marks(value) {
        return None;
    }
    let lower = name.contains(['_', '.']) && name.starts_with(|c: char| c.is_ascii_lowercase());
    let is_constant = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let qualified = lower || name.contains('_') && name.chars().all(is_constant);
    Some(if qualified { CodeVerdict::Code } else { CodeVerdict::Maybe(CodePart::Assignment) })
}

/// The verdict on a line that a block of YAML or an object may contain: `店名: 老街`, `店名: "老街",`.
fn han_entry(text: &str) -> Option<CodeVerdict> {
    let (key, value) = text.split_once(':')?;
    let is_value = || value.is_empty() || value.starts_with(' ') && !has_wide_marks(value);
    let named = || key.chars().nth(HAN_KEY).is_none() && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    (named() && is_value() && !value.ends_with(ends_sentence)).then_some(CodeVerdict::Maybe(CodePart::Piece))
}

/// Whether a character is a mark that ends a sentence, in either width. A full stop counts only after Han,
/// which is always the case here.
fn ends_sentence(c: char) -> bool {
    matches!(c, '!' | '?' | '.' | '。' | '！' | '？' | '；' | '…')
}

fn has_wide_marks(text: &str) -> bool {
    text.contains(|c| is_wide_mark(c) || matches!(c, '“' | '”' | '「' | '」' | '（' | '）'))
}

/// Whether a value has marks that separate clauses. Marks inside a name, a number or an address do not count.
fn has_marks(value: &str) -> bool {
    let mut before = ' ';
    has_clauses(value)
        || has_wide_marks(value)
        || value.chars().any(|c| {
            let after_han = is_han(before) && matches!(c, ',' | ';' | ':' | '!' | '?' | '(' | ')');
            before = c;
            after_han
        })
}
