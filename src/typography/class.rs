//! The class of a character in the typography of a Chinese line.

use crate::text;
use crate::text::CharacterTable;

/// The space of Chinese type: one em, used for indents and verse.
pub(super) const IDEOGRAPHIC_SPACE: char = '\u{3000}';

/// The effect of a character on the marks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum MarkClass {
    /// Han, kana and bopomofo: writing that takes full-width marks.
    Han,
    /// Letters of every other script.
    Word,
    /// Digits, and the signs that end a number.
    Digit,
    /// Visible, but neither text nor punctuation.
    #[default]
    Symbol,
    /// Begins a bracket of either width, or a corner quote.
    Open,
    /// Ends a bracket of either width, or a corner quote.
    Close,
    /// Marks, quotes, spaces, emphasis. They are skipped in the search for content.
    Clear,
}

static CLASSES: CharacterTable<MarkClass> = CharacterTable::new(MarkClass::describe);

impl MarkClass {
    #[inline]
    pub(super) fn of(c: char) -> Self {
        CLASSES.get(c)
    }

    fn describe(c: char) -> Self {
        match c {
            _ if is_set_like_han(c) => Self::Han,
            '(' | '（' | '「' | '『' | '《' | '〈' | '【' | '〔' | '〖' => Self::Open,
            ')' | '）' | '」' | '』' | '》' | '〉' | '】' | '〕' | '〗' => Self::Close,
            '%' | '％' | '‰' | '°' | '℃' => Self::Digit,
            _ if c.is_alphabetic() => Self::Word,
            _ if c.is_numeric() => Self::Digit,
            _ if is_clear(c) => Self::Clear,
            _ => Self::Symbol,
        }
    }
}

/// A character of the Han script, extensions and compatibility forms included.
pub(super) fn is_han(c: char) -> bool {
    text::is_han(c)
        || matches!(c, '\u{2E80}'..='\u{2FDF}' | '々' | '〡'..='〩' | '〸'..='〻' | '\u{30000}'..='\u{3FFFD}')
}

/// Han, or a script that is set like Han.
pub(super) fn is_east_asian(c: char) -> bool {
    MarkClass::of(c) == MarkClass::Han
}

fn is_set_like_han(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
            | '\u{30FC}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
            | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}')
}

/// A space that prose may collapse: ASCII, no-break and the typographic ones.
/// U+3000 is not among them.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// The full-width form of a half-width mark.
pub(super) fn wide_mark(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        '.' => '。',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        _ => return None,
    })
}

/// A mark that separates clauses, in either width.
pub(super) fn is_mark(c: char) -> bool {
    wide_mark(c).is_some() || is_wide_mark(c)
}

/// A clause mark that fills its square.
pub(super) fn is_wide_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？')
}

/// A quotation mark that Latin text uses too.
pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

/// A character that ends a bracket or quotation. The straight quote may do so.
pub(super) fn is_closing(c: char) -> bool {
    MarkClass::of(c) == MarkClass::Close || matches!(c, '”' | '’' | '"' | '\'' | ']')
}

/// A character that begins a bracket or quotation. The straight quote may do so.
pub(super) fn is_opening(c: char) -> bool {
    MarkClass::of(c) == MarkClass::Open || matches!(c, '“' | '‘' | '"' | '\'' | '[')
}

fn is_clear(c: char) -> bool {
    is_mark(c)
        || is_curly(c)
        || c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '[' | ']' | '*' | '_' | '~' | '`' | '…' | '—' | '·')
        || matches!(c, '\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}
