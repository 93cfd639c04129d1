//! Ideographic description sequences (`⿰氵漢`). OpenCC copies a complete sequence unchanged where no dictionary key
//! starts, so that the described parts are not converted.

/// The description characters.
pub(crate) const OPERATORS: std::ops::RangeInclusive<char> = '\u{2FF0}'..='\u{2FFF}';

/// Maximum nesting and maximum number of characters of a sequence, as in OpenCC 1.4.2 (`UTF8Util.hpp`).
const MAX_DEPTH: usize = 16;
const MAX_CHARACTERS: usize = 64;

/// Maximum length of a sequence in bytes.
pub(crate) const MAX_BYTES: usize = 4 * (MAX_CHARACTERS + 1);

/// The number of operands that a description character takes; 0 for any other character.
fn arity(c: char) -> usize {
    match c {
        '\u{2FF2}' | '\u{2FF3}' => 3,
        '\u{2FFE}' | '\u{2FFF}' => 1,
        '\u{2FF0}'..='\u{2FFF}' => 2,
        _ => 0,
    }
}

/// Byte length of the complete description sequence at the start of `text`; `None` if there is none.
pub(crate) fn sequence_length(text: &str) -> Option<usize> {
    if arity(text.chars().next()?) == 0 {
        return None;
    }
    let mut characters = 0;
    consume(text, MAX_DEPTH, &mut characters)
}

/// The characters of a text that are outside complete description sequences. Conversion copies such sequences.
pub(crate) fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut skipped = 0;
    text.char_indices().filter(move |(at, character)| {
        if *at >= skipped && OPERATORS.contains(character) {
            skipped = at + sequence_length(&text[*at..]).unwrap_or_default();
        }
        *at >= skipped
    })
}

/// Byte length of one operand, which may itself be a sequence.
fn consume(text: &str, depth_left: usize, characters: &mut usize) -> Option<usize> {
    if depth_left == 0 || *characters >= MAX_CHARACTERS {
        return None;
    }
    let first = text.chars().next()?;
    *characters += 1;
    let mut length = first.len_utf8();
    for _ in 0..arity(first) {
        length += consume(text.get(length..)?, depth_left - 1, characters)?;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_complete_sequences_count() {
        assert_eq!(sequence_length("⿰漢字餘"), Some("⿰漢字".len()));
        assert_eq!(sequence_length("⿱⿰漢字後餘"), Some("⿱⿰漢字後".len()));
        assert_eq!(sequence_length("⿰漢"), None);
        assert_eq!(sequence_length("漢"), None);
        assert_eq!(sequence_length(""), None);
        assert_eq!(sequence_length(&"⿰".repeat(100)), None);
    }
}
