//! The counts of `dictionaries/variants/forms.txt`, in the layout of the build script.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::characters::{Tells, by_character, tells};
use super::super::opencc::Aligned;
use super::super::region::{ByRegion, Region};
use super::image::{MORE, PARTS};
use super::index::Index;
use super::variant_counts::{Counts, Forms};

static IMAGE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/contexts.image")));
const HEADS: &str = include_str!(concat!(env!("OUT_DIR"), "/contexts.heads"));

/// The table. Its numbers are used in place.
pub(super) struct ContextTable {
    /// The neighbours in order. The number of a neighbour is its position, from 1.
    pub neighbours: &'static [u32],
    pub(super) keys: &'static [u32],
    /// By context, the start of its entries.
    starts: Vec<u32>,
    entries: &'static [u32],
    pub(super) forms: Vec<Forms>,
    pub(super) index: Index,
    /// By character, the position of its forms, from 1; 0 if there are none.
    places: Vec<u16>,
    /// By form, the Simplified character that writers of each region most often mean by it.
    meant: Vec<ByRegion<char>>,
}

pub(super) static TABLE: LazyLock<ContextTable> = LazyLock::new(ContextTable::read);

impl ContextTable {
    fn read() -> Self {
        let numbers: &[u32] = bytemuck::try_cast_slice(&IMAGE.0).unwrap_or_default();
        let (lengths, mut rest) = numbers.split_at_checked(PARTS).unwrap_or_default();
        let mut part = |index: usize| {
            let length = lengths.get(index).map_or(0, |length| *length as usize);
            let (part, behind) = rest.split_at_checked(length).unwrap_or_default();
            rest = behind;
            part
        };
        let (neighbours, sections, keys) = (part(0), part(1), part(2));
        let first = |at: &usize| *at == 0 || rest[at - 1] & MORE == 0;
        let starts = (0..rest.len()).filter(first).map(|at| at as u32).collect();
        let heads = HEADS.split('@').skip(1).zip(sections.windows(2)).zip(0..);
        let forms = heads
            .map(|((head, range), place)| Forms::parse(head, place, range[0] as usize..range[1] as usize));
        let forms: Vec<Forms> = forms.collect();
        let places = forms.iter().zip(1..).map(|(forms, place)| (forms.character, place));
        let (places, meant) =
            (by_character(places, 0), by_character(meant(&forms), ['\0'; Region::ALL.len()]));
        let index = Index::of(forms.iter().map(|forms| forms.contexts.clone()), keys);
        Self { neighbours, keys, starts, entries: rest, index, forms, places, meant }
    }
}

impl ContextTable {
    pub(super) fn counts(&self, at: usize) -> Counts {
        let start = self.starts.get(at).map_or(usize::MAX, |start| *start as usize);
        Counts { rest: self.entries.get(start..).unwrap_or_default() }
    }
}

/// The counts of a Simplified character; `None` if it is not in the table.
pub(crate) fn forms(character: char) -> Option<&'static Forms> {
    TABLE.forms.get(place_of(character)?)
}

/// The position of a character in the table.
#[inline]
pub(super) fn place_of(character: char) -> Option<usize> {
    usize::from(*TABLE.places.get(character as usize)?).checked_sub(1)
}

/// The form of a character that has only one.
pub(crate) fn only_form(character: char) -> Option<char> {
    forms(character).filter(|forms| forms.forms.len() == 1).and_then(|forms| forms.forms.first().copied())
}

/// The forms of all characters.
pub(super) fn all() -> impl Iterator<Item = &'static Forms> {
    TABLE.forms.iter()
}

/// The Simplified character that a region's writers most often mean by a form.
pub(super) fn meant_by(form: char, region: Region) -> Option<char> {
    let meant = TABLE.meant.get(form as usize)?[region as usize];
    (meant != '\0').then_some(meant)
}

fn meant(forms: &[Forms]) -> HashMap<char, ByRegion<char>> {
    let mut best: HashMap<char, ByRegion<(u32, char)>> = HashMap::new();
    for counted in forms {
        for (form, (_, uses)) in counted.forms.iter().zip(counted.anything()) {
            let best = best.entry(*form).or_insert([(0, counted.character); Region::ALL.len()]);
            for (best, uses) in best.iter_mut().zip(uses) {
                *best = (*best).max((*uses, counted.character));
            }
        }
    }
    best.into_iter().map(|(form, best)| (form, best.map(|(_, character)| character))).collect()
}

/// The characters in the table that are not only Traditional: those that both scripts use, and Simplified ones with a
/// choice.
pub(crate) fn counted() -> impl Iterator<Item = char> {
    TABLE.forms.iter().map(|forms| forms.character).filter(|character| tells(*character) != Tells::Hant)
}

#[cfg(test)]
mod tests {
    use super::super::compile::compile;
    use super::super::image::Beside;
    use super::super::neighbours::Neighbour;
    use super::super::variant_counts::Counted;
    use super::*;

    #[test]
    fn the_table_is_what_its_text_says() {
        let text = include_str!("../../../dictionaries/variants/forms.txt");
        let compiled = compile(text).unwrap();
        assert_eq!(bytemuck::cast_slice::<u32, u8>(&compiled.image), &IMAGE.0);
        assert_eq!(compiled.heads, HEADS);
        for section in text.split("\n@").skip(1) {
            let forms = forms(section.chars().next().unwrap()).unwrap();
            assert!(!forms.forms.is_empty(), "{section}");
            for line in section.lines().skip(1).filter(|line| !line.starts_with(['=', '!'])) {
                let (context, cells) = line.split_once('\t').unwrap();
                let (before, after) = context.split_once('_').unwrap();
                let named: Vec<_> = before.chars().chain(after.chars()).map(Neighbour::counted).collect();
                let beside = match (before.chars().count(), after.chars().count()) {
                    (1, 0) => Beside::Before,
                    (0, 1) => Beside::After,
                    (2, 0) => Beside::TwoBefore,
                    (0, 2) => Beside::TwoAfter,
                    _ => Beside::Around,
                };
                let found = forms.counts(beside, named[0], *named.last().unwrap());
                let found: Vec<Counted> = found.into_iter().flatten().collect();
                let expected: Vec<Counted> = cells.split('\t').filter_map(|cell| forms.cell(cell)).collect();
                assert_eq!(found, expected, "{line}");
            }
        }
    }

    #[test]
    fn no_form_tells_simplified_text() {
        for forms in &TABLE.forms {
            assert!(forms.forms.iter().all(|form| tells(*form) != Tells::Hans), "{}", forms.character);
        }
    }
}
