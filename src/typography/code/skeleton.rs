//! The rest of a line of code after its string literals and comments are removed.

/// Replaces a string literal in the rest of a line.
pub(super) const STRING: char = '"';

/// Characters from here on do not occur in code: curly quotes, wide marks, Han.
const NO_CODE: char = '\u{2000}';

/// The lowest first byte in the UTF-8 of such a character.
const NO_CODE_BYTE: u8 = 0xE2;

/// A line without the content of its string literals and comments.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// The rest of the line, with a straight quote for each literal, and no white space at its ends.
    pub bare: String,
    /// The number of literals.
    pub strings: usize,
    /// Whether a comment ended the line.
    pub comment: bool,
    /// Whether a literal began and did not end.
    pub open: bool,
    /// Whether Han, or marks that code does not contain, are left.
    pub has_text: bool,
}

impl Skeleton {
    /// The skeleton of a line that has no white space around it.
    pub fn of(text: &str) -> Self {
        let mut skeleton = Self { bare: String::with_capacity(text.len()), ..Self::default() };
        let mut rest = text;
        let mut previous = None;
        while let Some(first) = rest.chars().next() {
            if let Some(after) = skeleton.after_comment(rest, previous) {
                skeleton.comment = true;
                (rest, previous) = (after, Some(' '));
            } else if let Some(len) = skeleton.literal_len(rest, first, previous) {
                skeleton.bare.push(STRING);
                skeleton.strings += 1;
                (rest, previous) = (rest.get(len..).unwrap_or_default(), Some(STRING));
            } else {
                let (plain, after) = rest.split_at(plain_len(rest, first));
                skeleton.has_text |= plain.bytes().any(|byte| byte >= NO_CODE_BYTE);
                skeleton.bare.push_str(plain);
                (rest, previous) = (after, plain.chars().next_back());
            }
        }
        skeleton.bare.truncate(skeleton.bare.trim_end().len());
        skeleton
    }

    /// The first word: letters, digits and `_`.
    pub fn word(&self) -> &str {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        self.bare.split_once(|c| !is_part(c)).map_or(self.bare.as_str(), |(word, _)| word)
    }

    /// The length in bytes of the literal at the start of `rest`, including the quotes.
    fn literal_len(&mut self, rest: &str, quote: char, previous: Option<char>) -> Option<usize> {
        let opens = match quote {
            '"' | '`' => true,
            '\'' => previous.is_none_or(|c| !c.is_alphanumeric() || "bBfFrRuU".contains(c)),
            _ => false,
        };
        if !opens || self.open {
            return None;
        }
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if c == quote => return Some(at + 1),
                _ => {}
            }
        }
        // An apostrophe does not begin a literal. No later quote is searched for, so that the time stays linear.
        self.open = true;
        None
    }

    /// The text after the comment at the start of `rest`. A comment at the start of the line is not part of a
    /// statement.
    fn after_comment<'t>(&self, rest: &'t str, previous: Option<char>) -> Option<&'t str> {
        if self.bare.is_empty() || previous.is_some_and(char::is_alphanumeric) {
            return None;
        }
        if let Some(inside) = rest.strip_prefix("/*") {
            return Some(inside.split_once("*/").map_or("", |(_, after)| after));
        }
        let spaced = previous.is_some_and(char::is_whitespace);
        let starts = rest.starts_with("//") && previous != Some(':')
            || spaced && (rest.starts_with("# ") || rest.starts_with("-- ") || begins_han_comment(rest));
        starts.then_some("")
    }
}

/// The number of bytes before the next character that may begin a literal or a comment. The first character is not
/// checked.
fn plain_len(rest: &str, first: char) -> usize {
    let tail = rest.bytes().skip(first.len_utf8());
    let begins = |byte: u8| matches!(byte, b'"' | b'\'' | b'`' | b'/' | b'#' | b'-');
    first.len_utf8() + tail.take_while(|byte| !begins(*byte)).count()
}

/// Whether a text begins with `#` directly followed by Han.
fn begins_han_comment(rest: &str) -> bool {
    rest.strip_prefix('#').and_then(|rest| rest.chars().next()).is_some_and(|c| c >= NO_CODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_cut_out() {
        for (line, bare, strings, comment) in [
            ("let s = \"好\\\"吧\"; // 問候", "let s = \";", 1, true),
            ("x = '好', f'{名}'", "x = \", f\"", 2, false),
            ("it's 好", "it's 好", 0, false),
            ("int a; /* 數量 */ int b;", "int a;  int b;", 0, true),
            ("見 http://example.com/甲", "見 http://example.com/甲", 0, false),
            ("n = 1  # 數量,默認", "n = 1", 0, true),
        ] {
            let skeleton = Skeleton::of(line);
            assert_eq!(
                (skeleton.bare.as_str(), skeleton.strings, skeleton.comment),
                (bare, strings, comment)
            );
        }
    }
}
