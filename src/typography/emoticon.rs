//! Emoticons and the codes of emoji. Their marks are drawings.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::class;
use crate::text::list_entries;

/// Labels before the letter of an answer. After them `:D` is not a face.
static ANSWER_LABELS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let data = include_str!("../../dictionaries/punctuation/answer_labels.txt");
    list_entries(data).collect()
});

/// Maximum number of characters in a label.
const LABEL: usize = 3;
/// Maximum distance at which a bracket's partner is searched for.
const PARTNER: usize = 40;
/// Maximum number of characters in an emoji's name.
const NAME: usize = 40;

/// The length of the emoticon or emoji code that the colon or semicolon at `at` begins, else 0.
pub(super) fn len(chars: &[char], at: usize) -> usize {
    match face_len(chars, at) {
        0 => code_len(chars, at),
        len => len,
    }
}

/// The length of a face, unless its bracket has a partner, or its letter belongs to words around it: `:)`,
/// `:-(`, `;)`, `:'(`, `:D`, `:P`.
fn face_len(chars: &[char], at: usize) -> usize {
    let nose = usize::from(matches!(chars.get(at + 1), Some('-' | '\'' | '^')));
    let mouth = at + 1 + nose;
    let smiles = match chars.get(mouth) {
        Some(')') => !opened_before(chars, at),
        Some('(') => !closed_after(chars, mouth + 1),
        Some('D' | 'P' | 'p') => stands_free(chars, at, mouth) && (nose == 1 || !is_after_label(chars, at)),
        Some('O' | 'o' | '|') => nose == 1 && stands_free(chars, at, mouth),
        _ => false,
    };
    if smiles { nose + 2 } else { 0 }
}

fn opened_before(chars: &[char], at: usize) -> bool {
    let before = chars.get(..at).unwrap_or_default();
    let opens = |(left, c): &(usize, &char)| {
        matches!(c, '(' | '（')
            && !(**c == '(' && is_eyes(left.checked_sub(1).and_then(|eyes| before.get(eyes))))
    };
    before.iter().enumerate().rev().take(PARTNER).any(|pair| opens(&pair))
}

fn closed_after(chars: &[char], start: usize) -> bool {
    let after = chars.get(start..).unwrap_or_default();
    let closes = |(right, c): (usize, &char)| {
        matches!(c, ')' | '）')
            && !(*c == ')' && is_eyes(right.checked_sub(1).and_then(|eyes| after.get(eyes))))
    };
    after.iter().enumerate().take(PARTNER).any(closes)
}

/// Whether a character is a pair of eyes. A bracket after it is a mouth.
fn is_eyes(c: Option<&char>) -> bool {
    matches!(c, Some(':' | ';'))
}

/// Whether there is no ASCII letter on either side.
fn stands_free(chars: &[char], at: usize, mouth: usize) -> bool {
    let left = at.checked_sub(1).and_then(|left| chars.get(left));
    let free =
        |c: Option<&char>| c.is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '\\')));
    free(left) && free(chars.get(mouth + 1))
}

/// Whether a label precedes the colon: `答案:D`, `選:D`.
fn is_after_label(chars: &[char], at: usize) -> bool {
    (1..=LABEL.min(at)).any(|len| {
        let label: String = chars.get(at - len..at).unwrap_or_default().iter().collect();
        ANSWER_LABELS.contains(label.as_str())
    })
}

/// The length of an emoji code, which is a name between two colons that touches no word: `:heart:`, `:+1:`.
fn code_len(chars: &[char], at: usize) -> usize {
    let left = at.checked_sub(1).and_then(|left| chars.get(left));
    if chars.get(at) != Some(&':') || left.is_some_and(|c| c.is_ascii_alphanumeric() || is_operator(*c)) {
        return 0;
    }
    let name: Vec<char> =
        chars.iter().skip(at + 1).take(NAME).copied().take_while(|&c| is_of_name(c)).collect();
    let right = chars.get(at + name.len() + 2);
    let closes = chars.get(at + name.len() + 1) == Some(&':');
    let named = name.len() > 1 && name.iter().any(char::is_ascii_lowercase)
        || matches!(name.as_slice(), ['+' | '-', '1'] | ['1', '0', '0']);
    // `:https://` is an address after a colon.
    let touched =
        |c: &char| c.is_ascii_alphanumeric() || *c == '/' || class::is_space(*c) && !is_start(chars, at);
    let free = !right.is_some_and(touched);
    if closes && named && free { name.len() + 2 } else { 0 }
}

/// Whether nothing or a space precedes the code, so that a space after it does not make it a label.
fn is_start(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|left| chars.get(left)).is_none_or(|c| c.is_whitespace())
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-')
}

fn is_operator(c: char) -> bool {
    matches!(c, '/' | '\\' | '=' | '<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_distinguished_from_marks() {
        for (line, drawn) in [
            ("好:)", 2),
            ("好:(走", 2),
            ("好:-(走", 3),
            ("好:D 走", 2),
            ("好:P", 2),
            ("好:'(走", 3),
            ("好:heart:走", 7),
            ("好:+1:", 4),
            ("註:(見下)", 0),
            ("(註:)", 0),
            ("答案:D", 0),
            ("選:Data", 0),
            ("類:int: 數", 0),
            ("好:a:走", 0),
            ("見:https://example.com", 0),
        ] {
            let chars: Vec<char> = line.chars().collect();
            let at = chars.iter().position(|&c| c == ':').unwrap();
            assert_eq!(len(&chars, at), drawn, "{line}");
        }
    }
}
