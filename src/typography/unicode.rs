//! Invisible characters: format characters and stray controls.

use std::borrow::Cow;

use super::class;

/// Removes invisible characters. Joiners are kept if they join something.
pub(crate) fn strip_invisible(line: &str) -> Cow<'_, str> {
    if !may_hold_invisible(line.as_bytes()) || !line.chars().any(|c| is_invisible(c) || is_joiner(c)) {
        return Cow::Borrowed(line);
    }
    let kept = keep_visible(&line.chars().collect::<Vec<_>>());
    if kept.len() == line.len() { Cow::Borrowed(line) } else { Cow::Owned(kept) }
}

/// Whether any bytes are those of an invisible character or a joiner: controls, or the first bytes of the
/// others. This rejects nearly every line much faster than a look at its characters.
fn may_hold_invisible(bytes: &[u8]) -> bool {
    let is_control = |byte: u8| byte < b' ' && byte != b'\t' || byte == 0x7F;
    // The loop has no early exit, so the compiler can examine sixteen bytes at once.
    let controls = bytes.iter().fold(false, |any, byte| any | is_control(*byte));
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let begins_invisible = |at: usize| match (byte(at), byte(at + 1)) {
        (0xC2, second) => second < 0xA0 || second == 0xAD,
        (0xE2, 0x80) => matches!(byte(at + 2), 0x8B..=0x8F | 0xAA..=0xAE),
        (0xE2, 0x81) => byte(at + 2) >= 0xA0,
        (0xEF, second) => second == 0xBB,
        _ => false,
    };
    controls || memchr::memchr3_iter(0xC2, 0xE2, 0xEF, bytes).any(begins_invisible)
}

fn keep_visible(chars: &[char]) -> String {
    let following = following_visible(chars);
    let mut previous = None;
    let mut kept = String::with_capacity(chars.len());
    for (&c, &next) in chars.iter().zip(&following) {
        if is_joiner(c) {
            kept.extend(joins(previous, next).then_some(c));
        } else if !is_invisible(c) {
            kept.push(c);
            previous = Some(c);
        }
    }
    kept
}

/// For each character, the next character to its right that is certainly kept.
fn following_visible(chars: &[char]) -> Vec<Option<char>> {
    let mut next = None;
    let mut following: Vec<_> = chars
        .iter()
        .rev()
        .map(|&c| {
            let seen = next;
            if !is_invisible(c) && !is_joiner(c) {
                next = Some(c);
            }
            seen
        })
        .collect();
    following.reverse();
    following
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || (c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner joins something. It shapes letters of cursive and Brahmic scripts, even at the end of a word.
/// Elsewhere it only joins two emoji.
fn joins(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(is_shaped)
        || next.is_some_and(is_shaped)
        || (previous.is_some_and(is_glued) && next.is_some_and(is_glued))
}

fn is_shaped(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1700}'..='\u{18AF}' | '\u{1A00}'..='\u{1CFF}' | '\u{A840}'..='\u{ABFF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{11000}'..='\u{11FFF}')
}

fn is_glued(c: char) -> bool {
    !c.is_ascii()
        && !c.is_alphanumeric()
        && !c.is_whitespace()
        && !class::is_mark(c)
        && !class::is_east_asian(c)
        && !matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_invisible_character_is_missed_by_its_bytes() {
        let all = (char::MIN..=char::MAX).filter(|c| is_invisible(*c) || is_joiner(*c));
        for c in all {
            assert!(may_hold_invisible(format!("老{c}街").as_bytes()), "{c:?}");
        }
        assert!(!may_hold_invisible("老街，\t“夜市”——…。".as_bytes()));
    }
}
