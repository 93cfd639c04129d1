//! Which region's writers would use the forms of a Traditional text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::Converter;
use super::super::characters::by_character;
use super::choice::{Place, share};
use super::table::{Region, all, forms};

/// No single form tells more than this: a writer may have reasons of his own.
const MOST: f64 = 2.0;
/// What a form must tell by itself.
const LEAST: f64 = 0.3;

/// Forms of a text, each with the logarithm of how many times more likely writers in Hong Kong use it than those in
/// Taiwan, beside these neighbours; negative where those in Taiwan do. Which character a form stands for (著 for 着,
/// but not in 著名) Taiwan's phrases tell.
pub(crate) fn lean(text: &str) -> Vec<(char, f64)> {
    if !text.chars().any(is_telling) {
        return Vec::new();
    }
    let simplified = Converter::new("tw2s").map(|converter| converter.convert(text).into_owned());
    let simplified = simplified.unwrap_or_default();
    let characters = text.char_indices().zip(simplified.chars()).filter(|((_, form), _)| is_telling(*form));
    let told = characters.filter_map(|((at, form), character)| {
        let forms = forms(character).filter(|forms| forms.place(form).is_some())?;
        let place = Place { text, at, character, dictionary: '\0' };
        let [hk, tw] = Region::ALL.map(|region| share(place, forms, form, region));
        Some((form, (hk / tw).ln().clamp(-MOST, MOST))).filter(|(_, told)| told.is_finite())
    });
    told.collect()
}

fn is_telling(form: char) -> bool {
    TELLING.get(form as usize).copied().unwrap_or_default()
}

/// By character, whether the regions use it so differently, at all, that its neighbours are worth a look.
static TELLING: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut telling = HashMap::new();
    for forms in all() {
        for (place, form) in forms.forms.iter().enumerate().filter(|_| forms.forms.len() > 1) {
            let [hk, tw] = Region::ALL.map(|region| forms.shares(region)[place]);
            telling.insert(*form, (hk / tw).ln().abs() > LEAST);
        }
    }
    by_character(telling, false)
});

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> f64 {
        lean(text).iter().map(|(_, told)| told).sum()
    }

    #[test]
    fn forms_beside_their_neighbours_tell_the_region() {
        assert!(told("看着") > 1.0 && told("看著") < -1.0, "{} {}", told("看着"), told("看著"));
        assert!(told("著名").abs() < 0.5, "{}", told("著名"));
    }
}
