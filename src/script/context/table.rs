//! The counts of `dictionaries/context/forms.txt`, read character by character when they are needed.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::super::characters::{Tells, single, tells};

const TEXT: &str = include_str!("../../../dictionaries/context/forms.txt");

/// No character has more forms in the table.
pub(super) const MOST_FORMS: usize = 8;

/// Where text was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    /// Hong Kong, the first column of the counts.
    Hk,
    /// Taiwan, the second column.
    Tw,
}

/// What stands beside a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Anything.
    Anything,
    /// Nothing of it counts, but this form is what the phrase dictionaries choose.
    Dictionary(char),
    Before(char),
    After(char),
    TwoBefore(char, char),
    TwoAfter(char, char),
    Around(char, char),
}

impl Key {
    fn parse(text: &str) -> Option<Self> {
        if let Some(form) = text.strip_prefix('=').and_then(single) {
            return Some(Key::Dictionary(form));
        }
        let (before, after) = text.split_once('_')?;
        let (mut before, mut after) = (before.chars(), after.chars());
        match (before.next(), before.next(), after.next(), after.next()) {
            (Some(a), None, None, None) => Some(Key::Before(a)),
            (None, None, Some(a), None) => Some(Key::After(a)),
            (Some(a), Some(b), None, None) => Some(Key::TwoBefore(a, b)),
            (None, None, Some(a), Some(b)) => Some(Key::TwoAfter(a, b)),
            (Some(a), None, Some(b), None) => Some(Key::Around(a, b)),
            _ => None,
        }
    }
}

/// How often each form stands in a context, by region.
pub(super) type Counts = Vec<(usize, [u32; 2])>;

/// All that is counted of one Simplified character.
#[derive(Debug)]
pub(super) struct Forms {
    /// Its Traditional forms.
    pub forms: Vec<char>,
    /// Groups of forms between which only habit decides.
    pub habits: Vec<Vec<usize>>,
    contexts: HashMap<Key, Counts>,
}

impl Forms {
    fn parse(section: &str) -> Self {
        let mut lines = section.lines();
        let mut forms = Vec::new();
        let mut anything = Counts::new();
        for cell in lines.next().unwrap_or_default().split('\t').skip(1).take(MOST_FORMS) {
            let mut words = cell.split(' ');
            anything.push((forms.len(), numbers(&mut words)));
            forms.extend(cell.chars().next());
        }
        let mut this =
            Self { forms, habits: Vec::new(), contexts: HashMap::from([(Key::Anything, anything)]) };
        lines.for_each(|line| this.read(line));
        this
    }

    fn read(&mut self, line: &str) {
        if let Some(group) = line.strip_prefix('~') {
            let group = group.split('\t').filter_map(single);
            self.habits.push(group.filter_map(|form| self.place(form)).collect());
            return;
        }
        let mut cells = line.split('\t');
        let Some(key) = cells.next().and_then(Key::parse) else { return };
        let counts = cells.filter_map(|cell| {
            let (place, _) = cell.split_once(' ')?;
            let place = place.parse().ok().filter(|place| *place < self.forms.len())?;
            Some((place, numbers(&mut cell.split(' '))))
        });
        let counts = counts.collect();
        self.contexts.insert(key, counts);
    }

    /// The counts of a context; none where it tells no more than shorter ones.
    pub fn counts(&self, key: Key) -> &[(usize, [u32; 2])] {
        self.contexts.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The place of a form among the forms.
    pub fn place(&self, form: char) -> Option<usize> {
        self.forms.iter().position(|known| *known == form)
    }
}

/// The two numbers behind the first word of a cell.
fn numbers<'t>(words: &mut impl Iterator<Item = &'t str>) -> [u32; 2] {
    let mut rest = words.skip(1).map(|word| word.parse().unwrap_or(0));
    [rest.next().unwrap_or(0), rest.next().unwrap_or(0)]
}

struct Section {
    text: &'static str,
    forms: OnceLock<Forms>,
}

static SECTIONS: LazyLock<Vec<(char, Section)>> = LazyLock::new(|| {
    let sections = TEXT.split("\n@").skip(1);
    sections
        .filter_map(|text| Some((text.chars().next()?, Section { text, forms: OnceLock::new() })))
        .collect()
});

/// By character, the place of its section behind 0: every character of every span is looked up.
static PLACES: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let last = SECTIONS.iter().map(|(character, _)| *character as usize).max().unwrap_or_default();
    let mut places = vec![0; last + 1];
    for (place, (character, _)) in (1..).zip(SECTIONS.iter()) {
        places[*character as usize] = place;
    }
    places
});

/// What is counted of a Simplified character; `None` where it has but the form that the dictionaries give it.
pub(super) fn forms(character: char) -> Option<&'static Forms> {
    let place = usize::from(*PLACES.get(character as usize)?).checked_sub(1)?;
    let (_, section) = SECTIONS.get(place)?;
    Some(section.forms.get_or_init(|| Forms::parse(section.text)))
}

/// The Simplified character that a region's writers most often mean by a form.
pub(super) fn meant_by(form: char, region: Region) -> Option<char> {
    MEANT.get(&form).map(|by_region| by_region[region as usize])
}

static MEANT: LazyLock<HashMap<char, [char; 2]>> = LazyLock::new(|| {
    let mut best: HashMap<char, [(u32, char); 2]> = HashMap::new();
    for (character, section) in SECTIONS.iter() {
        let header = section.text.lines().next().unwrap_or_default();
        for cell in header.split('\t').skip(1) {
            let Some(form) = cell.chars().next() else { continue };
            let uses = numbers(&mut cell.split(' '));
            let best = best.entry(form).or_insert([(0, *character); 2]);
            for (best, uses) in best.iter_mut().zip(uses) {
                *best = (*best).max((uses, *character));
            }
        }
    }
    best.into_iter().map(|(form, best)| (form, best.map(|(_, character)| character))).collect()
});

/// Whether a character stands in the table: one that both scripts write, or a Simplified one with a choice.
pub(super) fn is_counted(character: char) -> bool {
    PLACES.get(character as usize).is_some_and(|place| *place > 0) && tells(character) != Tells::Hant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_understood() {
        for (character, section) in SECTIONS.iter() {
            let contexts =
                section.text.lines().filter(|line| !line.is_empty() && !line.starts_with('~')).count();
            let forms = forms(*character).unwrap();
            assert_eq!(forms.contexts.len(), contexts, "{character}");
            assert!(!forms.forms.is_empty() && forms.forms.len() <= MOST_FORMS, "{character}");
            assert!(forms.habits.iter().all(|group| group.len() > 1), "{character}");
        }
    }

    #[test]
    fn no_form_tells_simplified_text() {
        for (character, _) in SECTIONS.iter() {
            for form in &forms(*character).unwrap().forms {
                assert_ne!(tells(*form), Tells::Hans, "{character} {form}");
            }
        }
    }
}
