//! The characters with which the matches of a pattern begin.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// Maximum number of characters with which a match may begin. More characters rule out few lines.
const MOST: usize = char::MAX as usize / 2;

/// The ranges of characters with which a match of the parts begins; empty if it may be empty or begin with
/// most characters.
pub(super) fn first(parts: &[Hir]) -> Vec<(char, char)> {
    let FirstCharacters { characters, may_be_empty } = start(parts);
    let number: usize = characters.iter().map(ClassUnicodeRange::len).sum();
    let ranges = characters.iter().map(|range| (range.start(), range.end()));
    if may_be_empty || number > MOST { Vec::new() } else { ranges.collect() }
}

/// The first characters of the matches of a part.
struct FirstCharacters {
    characters: ClassUnicode,
    may_be_empty: bool,
}

/// The first characters of the matches of parts, one after another.
fn start(parts: &[Hir]) -> FirstCharacters {
    let mut whole = FirstCharacters { characters: ClassUnicode::empty(), may_be_empty: true };
    for part in parts {
        let of_part = start_of(part);
        whole.characters.union(&of_part.characters);
        whole.may_be_empty = of_part.may_be_empty;
        if !whole.may_be_empty {
            break;
        }
    }
    whole
}

fn start_of(part: &Hir) -> FirstCharacters {
    let with = |characters: ClassUnicode| FirstCharacters { characters, may_be_empty: false };
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => start(&[]),
        HirKind::Class(Class::Unicode(class)) => with(class.clone()),
        HirKind::Class(Class::Bytes(_)) => with(any_character()),
        HirKind::Literal(literal) => {
            let first = literal.0.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
            with(first.map_or_else(any_character, |first| {
                ClassUnicode::new([ClassUnicodeRange::new(first, first)])
            }))
        }
        HirKind::Repetition(repeated) => {
            let once = start_of(&repeated.sub);
            FirstCharacters { may_be_empty: once.may_be_empty || repeated.min == 0, ..once }
        }
        HirKind::Capture(group) => start_of(&group.sub),
        HirKind::Concat(parts) => start(parts),
        HirKind::Alternation(parts) => {
            let either = FirstCharacters { characters: ClassUnicode::empty(), may_be_empty: false };
            parts.iter().map(start_of).fold(either, |mut either, part| {
                either.characters.union(&part.characters);
                either.may_be_empty |= part.may_be_empty;
                either
            })
        }
    }
}

fn any_character() -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)])
}

#[cfg(test)]
mod tests {
    use super::super::filter;

    #[test]
    fn a_pattern_has_its_first_characters() {
        let first = |pattern: &str| filter(pattern).unwrap().first;
        assert_eq!(first("^[\u{E000}-\u{F8FF}]+$"), [('\u{E000}', '\u{F8FF}')]);
        assert_eq!(first(r"^([#*]\s?[0-9]){2,9}$"), [('#', '#'), ('*', '*')]);
        assert_eq!(first(r"^\b(?:>?(?:下載|img))+.{0,9}$"), [('>', '>'), ('i', 'i'), ('下', '下')]);
    }

    #[test]
    fn a_pattern_that_may_begin_with_any_character_has_none() {
        for pattern in ["[0-9]", "^.{0,9}下載", "^[#*]*", "^(?:[^x]|x)y"] {
            assert!(filter(pattern).unwrap().first.is_empty(), "{pattern}");
        }
    }
}
