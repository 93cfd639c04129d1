//! What stands in a line, counted in one pass over its characters.

use super::character::is_blank;
use crate::text::CharacterTable;

/// What stands in a line, character by character.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Survey {
    /// Characters that are neither white space nor invisible.
    pub visible: usize,
    /// Characters that are not white space, and what they are.
    pub all: usize,
    pub latin: usize,
    pub digits: usize,
    pub marks: usize,
    /// Words that white space or bars set apart.
    pub tokens: usize,
    /// The kinds of telling marks that are there.
    pub kinds: Kinds,
    /// Two spaces follow one another.
    pub gap: bool,
}

/// What a character is, a bit for each that holds.
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
    /// It sets words apart.
    pub const SEPARATOR: Self = Self(1 << 11);
    /// White space, or invisible.
    pub const UNSEEN: Self = Self(1 << 12);

    fn of(character: char) -> Self {
        let telling = match character {
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
        properties.into_iter().filter(|(_, holds)| *holds).fold(telling, |kinds, (kind, _)| kinds.and(kind))
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
    /// Looks at every character of a line once.
    pub fn of(text: &str) -> Self {
        let mut survey = Self::default();
        let (mut all, mut white, mut unseen) = (0, 0, 0);
        let (mut behind_space, mut behind_separator) = (false, true);
        for character in text.chars() {
            all += 1;
            if is_plain_han(character) {
                survey.tokens += usize::from(behind_separator);
                (behind_space, behind_separator) = (false, false);
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
            survey.tokens += usize::from(behind_separator && !separates);
            survey.gap |= behind_space && character == ' ';
            (behind_space, behind_separator) = (character == ' ', separates);
        }
        Self { visible: all - unseen, all: all - white, ..survey }
    }
}

/// Most characters are these: letters of no other kind.
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
        let held = |kind| survey.kinds.has(kind);
        assert!(held(Kinds::BAR) && held(Kinds::QUOTE) && held(Kinds::COMMA) && !held(Kinds::STOP));
        assert!(!Survey::of(" 老街").gap);
    }
}
