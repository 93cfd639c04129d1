//! Goes through a text and looks up the class of every character, of most four at once.

use super::classes::{Class, Classes};
use super::engine::Four;

/// Characters of a text, in order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seen {
    /// Up to four of three bytes each: the byte at which the first starts, and their classes from the lowest byte up.
    Four(usize, u32),
    /// One that has two or four bytes: where it starts, and its class.
    One(usize, Class),
}

/// Goes through all characters that are not ASCII.
#[inline(always)]
pub(super) fn walk(text: &str, mut see: impl FnMut(Seen)) {
    let classes = Classes::get();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let four = Four::at(bytes, at);
        match four.count() {
            0 => match four.ascii() {
                0 => {
                    let character = text[at..].chars().next().unwrap_or_default();
                    see(Seen::One(at, Class::of(character)));
                    at += character.len_utf8();
                }
                ascii => at += ascii,
            },
            count => {
                see(Seen::Four(at, classes.of_four(four, count)));
                at += 3 * count;
            }
        }
    }
}

/// Goes through the characters of any of some classes, each with its place. ASCII has none of them.
#[inline(always)]
pub(super) fn walk_those(text: &str, any: Class, mut see: impl FnMut(usize, Class)) {
    walk(text, |seen| match seen {
        Seen::Four(at, four) => {
            let mut found = any.within(four);
            while found != 0 {
                let index = found.trailing_zeros() / 8;
                found &= !(0xFF << (8 * index));
                see(at + 3 * index as usize, Class::among(four, index));
            }
        }
        Seen::One(at, class) if class.is(any) => see(at, class),
        Seen::One(..) => {}
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_seen_once_wherever_it_stands() {
        let text = "发a头b发髮后𠀀é后，発の発\u{2FF0}后ab后后后后c发发发𠮷";
        for start in text.char_indices().map(|(at, _)| at) {
            for end in (start..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let piece = &text[start..end];
                for class in [Class::HANS, Class::CHOICE | Class::HANT, Class::HAN, Class::JAPANESE] {
                    let mut seen = Vec::new();
                    walk_those(piece, class, |at, class| seen.push((at, class)));
                    let characters = piece.char_indices().map(|(at, character)| (at, Class::of(character)));
                    let expected: Vec<_> = characters.filter(|(_, own)| own.is(class)).collect();
                    assert_eq!(seen, expected, "{piece}");
                }
            }
        }
    }
}
