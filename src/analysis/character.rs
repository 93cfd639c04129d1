//! The class of a character: what the comparison key of a line must know about it. It is looked up in one
//! step, because every character of every text is looked up.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, is_nfkc_quick};

use crate::script::characters::unified;
use crate::text::CharacterTable;
use crate::text::numerals::is_han_numeral;

/// Marks that the key keeps, because they have a meaning.
static SYMBOLS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lines = include_str!("../../dictionaries/fold/symbols.txt").lines();
    // A comment has text after its `#`; a lone `#` is the symbol.
    lines.filter(|line| line.chars().count() == 1).flat_map(str::chars).collect()
});

static CLASSES: CharacterTable<KeyClass> = CharacterTable::new(KeyClass::computed);

/// The class of a character: the character that represents it in a key, and its properties in the bits above.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct KeyClass(u32);

impl KeyClass {
    const CHARACTER: u32 = (1 << 21) - 1;
    const KEPT: u32 = 1 << 21;
    const DROPPED: u32 = 1 << 22;
    const NUMERAL: u32 = 1 << 23;
    const WORD: u32 = 1 << 24;
    const NORMAL: u32 = 1 << 25;

    /// The class of a character.
    #[inline]
    pub fn of(character: char) -> Self {
        CLASSES.get(character)
    }

    fn computed(character: char) -> Self {
        let held = single(character.to_lowercase()).map(unified);
        let kept = !is_dropped(character) || SYMBOLS.contains(&character);
        let properties = [
            (Self::KEPT, kept && held.is_some() && !is_sign(character)),
            (Self::DROPPED, !kept && !is_sign(character)),
            (Self::NUMERAL, is_numeral(held.unwrap_or(character))),
            (Self::WORD, is_word(held.unwrap_or(character))),
            (Self::NORMAL, is_normal(character) || is_plain(character)),
        ];
        let set = properties.into_iter().filter(|(_, holds)| *holds);
        Self(set.fold(held.unwrap_or(character) as u32, |class, (property, _)| class | property))
    }

    fn has(self, property: u32) -> bool {
        self.0 & property != 0
    }

    /// The character that represents it in a key, if it stays there whatever is around it.
    pub fn kept(self) -> Option<char> {
        char::from_u32(self.0 & Self::CHARACTER).filter(|_| self.has(Self::KEPT))
    }

    /// Whether the key drops it, unless it follows a number.
    pub fn is_dropped(self) -> bool {
        self.has(Self::DROPPED)
    }

    /// Whether the character that represents it is a digit or a Han numeral.
    pub fn is_numeral(self) -> bool {
        self.has(Self::NUMERAL)
    }

    /// Whether the character that represents it belongs to the words of a key.
    pub fn is_word(self) -> bool {
        self.has(Self::WORD)
    }

    /// Whether the character is never a reason to normalise a text.
    pub fn is_normal(self) -> bool {
        self.has(Self::NORMAL)
    }
}

fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    characters.next().filter(|_| characters.next().is_none())
}

/// Characters that may be a minus, a decimal point or a zero, which depends on the characters around them.
fn is_sign(character: char) -> bool {
    matches!(character, '-' | '−' | '–' | '.' | '○' | '◯')
}

fn is_normal(character: char) -> bool {
    is_nfkc_quick(std::iter::once(character)) == IsNormalized::Yes
        && canonical_combining_class(character) == 0
}

/// Full-width marks and wide spaces. Their normal form is a mark or a space too, and the key treats both
/// alike, so they need no normalising.
pub(super) fn is_plain(character: char) -> bool {
    matches!(character, '，' | '！' | '？' | '：' | '；' | '（' | '）') || character.is_whitespace()
}

fn is_numeral(character: char) -> bool {
    character.is_ascii_digit() || is_han_numeral(character)
}

/// A character of a key that belongs to its words.
pub(super) fn is_word(character: char) -> bool {
    match character {
        '^' | '\u{2032}' | '\u{2033}' => false,
        '¥' | '€' | '£' | '°' | '×' | '÷' | '√' => true,
        _ => character.is_alphanumeric() || SYMBOLS.contains(&character),
    }
}

/// Marks that the key keeps although they are punctuation.
pub(super) fn is_symbol(character: char) -> bool {
    SYMBOLS.contains(&character)
}

/// Punctuation, white space, controls and invisible characters.
pub(super) fn is_dropped(character: char) -> bool {
    match character {
        '\0'..='\u{7F}' => !character.is_ascii_alphanumeric(),
        '\u{80}'..='\u{A1}' | '§' | '«' | '\u{AD}' | '¶' | '·' | '»' | '¿' => true,
        '\u{2000}'..='\u{206F}' | '\u{2E00}'..='\u{2E7F}' => true,
        '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{3030}' | '・' => {
            true
        }
        '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FF0F}' => true,
        '：' | '；' | '？' | '［' | '］' | '｛' | '｝' | '～' | '\u{FF5F}'..='\u{FF65}' | '\u{FFFD}' => {
            true
        }
        _ => is_invisible(character) || character.is_whitespace() || character.is_control(),
    }
}

/// Characters that separate nothing, even between digits.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters that leave a line blank, although they are not white space.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{0}')
}
