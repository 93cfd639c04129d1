//! The survey of a line: counts and kinds of its characters, from one pass over them.

use super::character::is_blank;
use crate::text::CharacterTable;

/// Counts and kinds of the characters of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Survey {
    /// Characters that are neither white space nor invisible.
    pub visible: usize,
    /// Characters that are not white space, and of these the Latin letters, digits and marks.
    pub all: usize,
    pub latin: usize,
    pub digits: usize,
    pub marks: usize,
    /// Words that white space or bars separate.
    pub tokens: usize,
    /// The kinds of characters that are in the line.
    pub kinds: Kinds,
    /// Whether two spaces follow one another.
    pub gap: bool,
}

/// Kinds of characters, one bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Kinds(u16);

impl Kinds {
    pub const AT: Self = Self(1);
    pub const BAR: Self = Self(1 << 1);
    pub const QUOTE: Self = Self(1 << 2);
    pub const COMMA: Self = Self(1 << 3);
    pub const STOP: Self = Self(1 << 4);
    pub const CODE: Self = Self(1 << 5);
    pub const COLON: Self = Self(1 << 6);
    pub const LATIN: Self = Self(1 << 7);
    pub const DIGIT: Self = Self(1 << 8);
    pub const MARK: Self = Self(1 << 9);
    pub const WHITE: Self = Self(1 << 10);
    /// A character that separates words.
    pub const SEPARATOR: Self = Self(1 << 11);
    /// White space, or an invisible character.
    pub const UNSEEN: Self = Self(1 << 12);

    fn of(character: char) -> Self {
        let by_character = match character {
            '@' => Self::AT,
            '|' | '｜' | '丨' | '_' => Self::BAR,
            '《' | '「' | '“' => Self::QUOTE,
            '，' | ',' => Self::COMMA,
            '。' | '；' => Self::STOP,
            '<' | '{' | '=' | ';' | '\\' => Self::CODE,
            '：' | ':' => Self::COLON,
            _ => Self::default(),
        };
        let separates = matches!(character, ' ' | '\u{3000}' | '\t' | '|' | '｜' | '/' | '·' | '\u{a0}');
        let properties = [
            (Self::LATIN, character.is_ascii_alphabetic()),
            (Self::DIGIT, character.is_ascii_digit()),
            (Self::MARK, !character.is_alphanumeric() && !character.is_whitespace()),
            (Self::WHITE, character.is_whitespace()),
            (Self::SEPARATOR, separates),
            (Self::UNSEEN, character.is_whitespace() || is_blank(character)),
        ];
        properties
            .into_iter()
            .filter(|(_, holds)| *holds)
            .fold(by_character, |kinds, (kind, _)| kinds.and(kind))
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the kind is among them.
    pub fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

static KINDS: CharacterTable<Kinds> = CharacterTable::new(Kinds::of);

impl Survey {
    /// The survey of a line, from one pass over its characters.
    pub fn of(text: &str) -> Self {
        let mut survey = Self::default();
        let (mut all, mut white, mut unseen) = (0, 0, 0);
        let (mut after_space, mut after_separator) = (false, true);
        for character in text.chars() {
            all += 1;
            if is_plain_han(character) {
                survey.tokens += usize::from(after_separator);
                (after_space, after_separator) = (false, false);
                continue;
            }
            let kinds = KINDS.get(character);
            let separates = kinds.has(Kinds::SEPARATOR);
            survey.kinds = survey.kinds.and(kinds);
            unseen += usize::from(kinds.has(Kinds::UNSEEN));
            white += usize::from(kinds.has(Kinds::WHITE));
            survey.latin += usize::from(kinds.has(Kinds::LATIN));
            survey.digits += usize::from(kinds.has(Kinds::DIGIT));
            survey.marks += usize::from(kinds.has(Kinds::MARK));
            survey.tokens += usize::from(after_separator && !separates);
            survey.gap |= after_space && character == ' ';
            (after_space, after_separator) = (character == ' ', separates);
        }
        Self { visible: all - unseen, all: all - white, ..survey }
    }
}

/// Whether a character is an ordinary Han character, which has no other kind. Most characters are.
fn is_plain_han(character: char) -> bool {
    matches!(character, '\u{4E2A}'..='\u{9FA5}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_words_and_marks_are_counted_in_one_pass() {
        let survey = Survey::of(" 老街 | ab1，「好」  x");
        assert_eq!((survey.all, survey.latin, survey.digits, survey.marks), (11, 3, 1, 4));
        assert_eq!((survey.tokens, survey.gap), (3, true));
        let has = |kind| survey.kinds.has(kind);
        assert!(has(Kinds::BAR) && has(Kinds::QUOTE) && has(Kinds::COMMA) && !has(Kinds::STOP));
        assert!(!Survey::of(" 老街").gap);
    }
}
