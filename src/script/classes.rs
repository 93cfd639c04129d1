//! The classes of a character: everything that conversion towards a target needs to know, in one look-up. Every
//! character of every text is looked up.

use std::ops::BitOr;
use std::sync::LazyLock;

use super::builtin::dictionary_entries;
use super::byte_table::{ByteTable, those_of_four};
use super::characters;
use super::characters::{HashMap, HashSet};
use super::{ids, variants};
use crate::text::is_han;

/// A set of properties of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Class(u8);

impl Class {
    /// Only Simplified text uses it.
    pub const HANS: Class = Class(1);
    /// Only Traditional text uses it.
    pub const HANT: Class = Class(2);
    /// The choice of its form depends on its neighbours.
    pub const CHOICE: Class = Class(4);
    /// It ends a clause.
    pub const END: Class = Class(8);
    /// Japanese kana, or a character that no Chinese text uses.
    pub const JAPANESE: Class = Class(16);
    /// It may start a description sequence.
    pub const OPERATOR: Class = Class(32);
    /// A Han character.
    pub const HAN: Class = Class(64);
    /// The classes that decide where a clause ends and which script it is in.
    pub const TELLING: Class = Class(1 | 2 | 8 | 16 | 32);

    /// The characters to examine in text that is in the other script. `STRANGERS` are the characters to examine in text
    /// that contains only single foreign characters.
    pub const CHOSEN: Class = Class(2 | 4);
    pub const STRANGERS: Class = Class(1);

    /// The class of a character.
    #[inline]
    pub fn of(character: char) -> Self {
        Self(CLASSES.get(character))
    }

    /// 1 if it has this one class, else 0.
    #[inline]
    pub fn bit(self, one: Class) -> usize {
        usize::from(self.0 & one.0 != 0)
    }

    /// Whether it has any of these classes.
    #[inline]
    pub fn is(self, any: Class) -> bool {
        self.0 & any.0 != 0
    }

    /// How many of four characters have this one class. `four` holds the classes of each.
    #[inline(always)]
    pub fn count(self, four: u32) -> usize {
        const ONES: u32 = 0x0101_0101;
        let ones = four >> self.0.trailing_zeros() & ONES;
        (ones.wrapping_mul(ONES) >> 24) as usize
    }

    /// Whether any of four characters has any of these classes.
    #[inline(always)]
    pub fn is_among(self, four: u32) -> bool {
        four & u32::from_le_bytes([self.0; 4]) != 0
    }

    /// Visits those of four characters that have any of these classes; see [`those_of_four`].
    #[inline(always)]
    pub fn those_among(self, four: u32, mut see: impl FnMut(usize)) {
        those_of_four(four, self.0, |behind, _| see(behind));
    }

    /// Visits a text, up to four characters at once; see [`ByteTable::walk`].
    #[inline(always)]
    pub fn walk(text: &str, see: impl FnMut(usize, u32)) {
        CLASSES.walk(text, see);
    }

    /// Visits the non-ASCII characters of a text that have any of these classes, each with its byte offset and class.
    #[inline(always)]
    pub fn walk_those(self, text: &str, mut see: impl FnMut(usize, Class)) {
        CLASSES.walk_those(text, self.0, |at, class| see(at, Class(class)));
    }
}

impl BitOr for Class {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Marks that end a clause. The half-width marks that mending turns into them are included, so that clauses are the
/// same whether or not the line was mended before.
const CLAUSE_ENDS: &str = "，。！？；：,.!?;:\"「」“”《》";

static CLASSES: LazyLock<ByteTable> = LazyLock::new(|| {
    // By code point, up to the last Han character.
    let mut table = vec![Class::default(); 0x3_23B0];
    let mut add = |character: char, class| {
        if let Some(known) = table.get_mut(character as usize) {
            *known = *known | class;
        }
    };
    ('\0'..='\u{323AF}').filter(|c| is_han(*c)).for_each(|c| add(c, Class::HAN));
    for (character, tells) in characters::all_telling() {
        let class = match tells {
            characters::Tells::Hans => Class::HANS,
            characters::Tells::Hant => Class::HANT,
            characters::Tells::Neither => continue,
        };
        add(character, class | Class::HAN);
    }
    let chosen = variants::counted().filter(|c| !is_settled(*c)).chain(variants::decided_by_phrases());
    chosen.for_each(|c| add(c, Class::CHOICE));
    CLAUSE_ENDS.chars().for_each(|c| add(c, Class::END));
    ('ぁ'..='ゖ').chain('ァ'..='ヺ').for_each(|c| add(c, Class::JAPANESE));
    ids::OPERATORS.for_each(|c| add(c, Class::OPERATOR));
    characters::japanese().for_each(|c| add(c, Class::JAPANESE));
    let known = (0..).zip(table).filter(|(_, class)| *class != Class::default());
    ByteTable::of(known.filter_map(|(code, Class(class))| Some((char::from_u32(code)?, class))))
});

/// Whether OpenCC turns a Simplified character, regardless of its neighbours, into the one form that all writers use.
fn is_settled(character: char) -> bool {
    let entry =
        SIMPLIFIED.get(&character).filter(|_| characters::tells(character) == characters::Tells::Hans);
    let Some(form) = entry.and_then(|candidates| characters::single(candidates)) else { return false };
    variants::only_form(character) == Some(form) && !REGIONAL.contains(&form)
}

/// By Simplified character, the candidates for its form.
static SIMPLIFIED: LazyLock<HashMap<char, &str>> = LazyLock::new(|| {
    let entries = dictionary_entries("STCharacters");
    entries.filter_map(|entry| Some((characters::single(entry.key)?, entry.candidates))).collect()
});

/// Characters that a region's table changes.
static REGIONAL: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let tables = ["TWVariants", "HKVariants"].into_iter().flat_map(dictionary_entries);
    tables.flat_map(|entry| entry.key.chars()).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_may_be_several_things() {
        assert!(Class::of('发').is(Class::HANS) && Class::of('发').is(Class::CHOICE));
        assert!(Class::of('髮').is(Class::HANT) && !Class::of('髮').is(Class::CHOICE));
        assert!(Class::of('后').is(Class::CHOICE) && !Class::of('后').is(Class::HANS | Class::HANT));
        assert!(Class::of('駅').is(Class::JAPANESE) && !Class::of('学').is(Class::JAPANESE));
        assert!(Class::of('，').is(Class::END) && Class::of('の').is(Class::JAPANESE));
        assert!(Class::of('\u{2A6D6}').is(Class::HAN));
        assert_eq!(Class::of('a'), Class::default());
    }
}
