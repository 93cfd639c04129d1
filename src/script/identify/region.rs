//! The region of Traditional text. The evidence is its variant forms, as writers of the regions use them, and its
//! words.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::super::builtin::dictionary_entries;
use super::super::byte_table::{ByteTable, those_of_four};
use super::super::characters::by_character;
use super::super::region::{ByRegion, Region};
use super::super::target::Target;
use super::super::variants::{LeaningForm, leaning_forms, region_numbers, strength};
use super::words::{RegionWord, word_at, word_starts, words_alone};

/// A form that may be evidence for a region.
const FORM: u8 = 1;
/// The first character of a word that is evidence for a region.
const START: u8 = 2;
/// The second character of such a word.
const SECOND: u8 = START << 1;
/// A word of one character, or the first character of a word whose second character does not have three bytes.
const ALONE: u8 = 8;

/// The characters at which a text must be examined more closely.
static TELLING: LazyLock<ByteTable> = LazyLock::new(|| {
    let mut telling: HashMap<char, u8> = HashMap::new();
    let mut add = |character, tells| *telling.entry(character).or_default() |= tells;
    leaning_forms().for_each(|form| add(form, FORM));
    words_alone().for_each(|word| add(word, ALONE));
    for [first, second] in word_starts() {
        add(first, if second.len_utf8() == 3 { START } else { ALONE });
        add(second, SECOND);
    }
    ByteTable::of(telling)
});

/// Given the table entries of up to four characters, clears the entries of first characters that no second character
/// follows. The character after the fourth is unknown, so the fourth is kept.
fn worth_a_look(four: u32) -> u32 {
    let starts = four >> 9 & u32::from_le_bytes([START; 4]) | u32::from_le_bytes([0, 0, 0, START]);
    four & (starts | u32::from_le_bytes([FORM | ALONE; 4]))
}

/// The region that a Traditional text is more likely to come from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Leaning {
    /// For each form, its strongest evidence so far. Writers have habits, so a second use of the same form or word is
    /// no new evidence.
    forms: BTreeMap<char, ByRegion<f64>>,
    /// The numbers of the words that were found.
    words: Vec<usize>,
    /// The sum of the evidence for each region, in log odds.
    points: ByRegion<f64>,
}

impl Leaning {
    /// Adds the evidence of a Traditional text.
    pub fn add(&mut self, text: &str) {
        let mut behind = 0;
        TELLING.walk(text, |at, four| {
            those_of_four(worth_a_look(four), u8::MAX, |index, tells| {
                let at = at + index;
                if tells & FORM != 0 {
                    self.add_form(LeaningForm::at(text, at));
                }
                if tells & (START | ALONE) != 0
                    && at >= behind
                    && let Some((word, length)) = word_at(text, at)
                {
                    behind = at + length;
                    self.add_word(word);
                }
            });
        });
    }

    fn add_word(&mut self, word: RegionWord) {
        if !self.words.contains(&word.number) {
            self.words.push(word.number);
            self.points[word.region as usize] += region_numbers().word;
        }
    }

    fn add_form(&mut self, form: LeaningForm) {
        let most = self.forms.entry(form.form).or_default();
        if LeaningForm::is_most(*most) {
            return;
        }
        if let Some(evidence) = form.evidence().filter(|evidence| strength(*evidence) > strength(*most)) {
            for ((points, new), old) in self.points.iter_mut().zip(evidence).zip(*most) {
                *points += new - old;
            }
            *most = evidence;
        }
    }

    /// The region, if the evidence is sufficient.
    pub fn region(&self) -> Option<Region> {
        Region::ahead(self.points, region_numbers().clear)
    }

    /// Whether more text would hardly change the region.
    pub fn is_certain(&self) -> bool {
        Region::ahead(self.points, region_numbers().certain).is_some()
    }
}

/// Counts the characters of a Traditional document whose forms differ between the regions' standards.
#[derive(Debug, Default)]
pub(crate) struct RegionalForms {
    /// The number of uses of forms that the table of each region would change.
    against: ByRegion<usize>,
    /// The number of uses of forms that those tables produce.
    for_region: ByRegion<usize>,
}

/// For one character, which regional tables have it as a key, and which as a result.
#[derive(Debug, Clone, Copy, Default)]
struct Regional {
    key: ByRegion<bool>,
    result: ByRegion<bool>,
}

static REGIONAL: LazyLock<Vec<Option<Regional>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Regional> = HashMap::new();
    for (region, name) in Region::ALL.map(|region| region.row().form_table).into_iter().enumerate() {
        for entry in dictionary_entries(name) {
            entry.key.chars().for_each(|c| table.entry(c).or_default().key[region] = true);
            entry.value.chars().for_each(|c| table.entry(c).or_default().result[region] = true);
        }
    }
    by_character(table.into_iter().map(|(character, regional)| (character, Some(regional))), None)
});

impl RegionalForms {
    /// Counts the forms in all lines.
    pub fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Self {
        let mut forms = Self::default();
        let characters = lines.flat_map(str::chars);
        let known = |character: char| REGIONAL.get(character as usize).copied().flatten();
        for regional in characters.filter_map(known) {
            for region in 0..Region::ALL.len() {
                forms.against[region] += usize::from(regional.key[region]);
                forms.for_region[region] += usize::from(regional.result[region] && !regional.key[region]);
            }
        }
        forms
    }

    /// The region whose forms the document uses most; of several, the last one of [`Region::ALL`]. If it uses no region's
    /// forms, OpenCC's standard.
    pub fn target(&self) -> Target {
        let points =
            |region: Region| self.for_region[region as usize] as i64 - self.against[region as usize] as i64;
        let best = Region::ALL.into_iter().max_by_key(|region| points(*region));
        best.filter(|region| points(*region) >= 0).map_or(Target::Hant, |region| region.row().target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_tells_once() {
        let [mut once, mut again] = [Leaning::default(), Leaning::default()];
        once.add("特首");
        again.add("特首與特首");
        assert_eq!(once, again);
        assert_eq!(once.region(), Some(Region::Hk));
    }
}
