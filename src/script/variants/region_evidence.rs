//! Evidence for the region of a Traditional text: which region's writers would use its forms.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::posterior::{CharacterPlace, shares};
use super::table::{all, forms};
use super::variant_counts::Region;

/// The numbers of `region.toml`, which explains each.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegionNumbers {
    form_least: f64,
    form_most: f64,
    pub word: f64,
    pub clear: f64,
    pub certain: f64,
    pub within: usize,
}

static NUMBERS: LazyLock<RegionNumbers> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../dictionaries/variants/region.toml")).unwrap_or_default()
});

/// The numbers for the decision on the region of a text.
pub(crate) fn region_numbers() -> &'static RegionNumbers {
    &NUMBERS
}

/// A form that may be evidence for a region, at a byte of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeaningForm<'t> {
    text: &'t str,
    at: usize,
    pub form: char,
}

impl<'t> LeaningForm<'t> {
    /// The form that starts at a byte of a text.
    pub fn at(text: &'t str, at: usize) -> Self {
        Self { text, at, form: text[at..].chars().next().unwrap_or_default() }
    }

    /// The log odds of the form: the logarithm of how many times more likely writers in Hong Kong use it than writers
    /// in Taiwan, beside these neighbours. It is negative if it is more likely in Taiwan, and `None` if nothing is
    /// known about the form.
    pub fn tells(self) -> Option<f64> {
        let character = self.simplified()?;
        let forms = forms(character).filter(|forms| forms.place(self.form).is_some())?;
        let place = CharacterPlace::of(self.text, self.at, character, '\0');
        let most = region_numbers().form_most;
        let [hk, tw] = shares(place, forms, self.form);
        Some((hk / tw).ln().clamp(-most, most)).filter(|told| told.is_finite())
    }

    /// Whether no place can give stronger evidence than this.
    pub fn is_most(told: f64) -> bool {
        told.abs() >= region_numbers().form_most
    }

    /// The Simplified character that it stands for: 着 for 著, but not in 著名. If that depends on the phrase, Taiwan's
    /// phrases decide.
    fn simplified(self) -> Option<char> {
        let table = &*FORMS;
        let place = table.forms.binary_search_by_key(&self.form, |(form, _)| *form).ok()?;
        if let (_, Some(simplified)) = table.forms[place] {
            return Some(simplified);
        }
        let start = self.text[..self.at].char_indices().rev().take(NEAR).last().map_or(self.at, |(at, _)| at);
        let index = self.text[start..self.at].chars().count();
        let end =
            self.text[self.at..].char_indices().nth(NEAR).map_or(self.text.len(), |(at, _)| self.at + at);
        table.converter.as_ref()?.convert(&self.text[start..end]).chars().nth(index)
    }
}

/// The forms that may be evidence for a region.
pub(crate) fn leaning_forms() -> impl Iterator<Item = char> {
    FORMS.forms.iter().map(|(form, _)| *form)
}

/// Number of characters on each side of a form that are searched for a phrase which contains it.
const NEAR: usize = 8;

struct FormTable {
    /// Sorted. Each form comes with the character that it stands for, if it is the same in all phrases.
    forms: Vec<(char, Option<char>)>,
    converter: Option<Converter>,
}

/// The forms whose frequencies differ so much between the regions that their neighbours are worth examining.
static FORMS: LazyLock<FormTable> = LazyLock::new(|| {
    let converter = Converter::new("tw2s").ok();
    let standard = Converter::new("tw2t").ok();
    let tables = ["TSPhrases", "TWVariantsRevPhrases"].into_iter().flat_map(dictionary_entries);
    let in_phrases: HashSet<char> = tables.flat_map(|entry| entry.key.chars()).collect();
    let mut telling = BTreeMap::new();
    for forms in all() {
        for (place, form) in forms.forms.iter().enumerate().filter(|_| forms.forms.len() > 1) {
            let [hk, tw] = Region::ALL.map(|region| forms.shares(region)[place]);
            telling.insert(*form, (hk / tw).ln().abs() > region_numbers().form_least);
        }
    }
    let telling = telling.into_iter().filter(|(_, telling)| *telling).map(|(form, _)| form);
    let alone = |form: char| {
        let simplified = converter.as_ref()?.convert(form.encode_utf8(&mut [0; 4])).chars().next();
        let standard = standard.as_ref()?.convert(form.encode_utf8(&mut [0; 4])).chars().next();
        simplified
            .filter(|_| ![Some(form), standard].into_iter().flatten().any(|form| in_phrases.contains(&form)))
    };
    let forms: Vec<_> = telling.map(|form| (form, alone(form))).collect();
    FormTable { forms, converter }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> f64 {
        let mut sum = 0.0;
        for (at, _) in text.char_indices().filter(|(_, form)| leaning_forms().any(|known| known == *form)) {
            sum += LeaningForm::at(text, at).tells().unwrap_or_default();
        }
        sum
    }

    #[test]
    fn forms_beside_their_neighbours_tell_the_region() {
        assert!(told("看着") > 1.0 && told("看著") < -1.0, "{} {}", told("看着"), told("看著"));
        assert!(told("著名").abs() < 0.5, "{}", told("著名"));
    }
}
