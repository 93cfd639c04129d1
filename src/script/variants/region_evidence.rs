//! Evidence for the region of a Traditional text: which region's writers would use its forms.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::super::region::{ByRegion, Region};
use super::posterior::{CharacterPlace, shares};
use super::table::{all, forms};

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

    /// The log odds of the form in each region: the logarithm of how many times more likely its writers use it beside
    /// these neighbours than the writers of the region where it is least likely. `None` if nothing is known about the
    /// form.
    pub fn evidence(self) -> Option<ByRegion<f64>> {
        let character = self.simplified()?;
        let forms = forms(character).filter(|forms| forms.place(self.form).is_some())?;
        let place = CharacterPlace::of(self.text, self.at, character, '\0');
        let most = region_numbers().form_most;
        let shares = shares(place, forms, self.form);
        let least = shares.into_iter().fold(f64::INFINITY, f64::min);
        let evidence = shares.map(|share| (share / least).ln().min(most));
        Some(evidence).filter(|evidence| evidence.iter().all(|odds| odds.is_finite()))
    }

    /// Whether no place can give stronger evidence than this.
    pub fn is_most(evidence: ByRegion<f64>) -> bool {
        strength(evidence) >= region_numbers().form_most
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

/// How strong evidence is: that for the region where it is strongest.
pub(crate) fn strength(evidence: ByRegion<f64>) -> f64 {
    evidence.into_iter().fold(0.0, f64::max)
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
            let shares = Region::ALL.map(|region| forms.shares(region)[place]);
            let [least, most] =
                [f64::min, f64::max].map(|pick| shares.into_iter().reduce(pick).unwrap_or(1.0));
            telling.insert(*form, (most / least).ln() > region_numbers().form_least);
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

    /// The evidence of all forms for Hong Kong, less that for Taiwan.
    fn for_hong_kong(text: &str) -> f64 {
        let forms = text.char_indices().filter(|(_, form)| leaning_forms().any(|known| known == *form));
        let evidence = forms.filter_map(|(at, _)| LeaningForm::at(text, at).evidence());
        evidence.map(|odds| odds[Region::Hk as usize] - odds[Region::Tw as usize]).sum()
    }

    #[test]
    fn forms_beside_their_neighbours_tell_the_region() {
        assert!(
            for_hong_kong("看着") > 1.0 && for_hong_kong("看著") < -1.0,
            "{} {}",
            for_hong_kong("看着"),
            for_hong_kong("看著")
        );
        assert!(for_hong_kong("著名").abs() < 0.5, "{}", for_hong_kong("著名"));
    }
}
