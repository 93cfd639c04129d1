//! Which region's writers would use the forms of a Traditional text.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::characters::by_character;
use super::choice::{Place, share};
use super::table::{Region, all, forms, meant_by};

/// No single form tells more than this: a writer may have reasons of his own.
const MOST: f64 = 2.0;
/// What a form must tell by itself.
const LEAST: f64 = 0.3;

/// The logarithm of how many times more likely writers in Hong Kong use the forms of a text than those in Taiwan,
/// beside these neighbours; negative where those in Taiwan do.
pub(crate) fn lean(text: &str) -> f64 {
    let likely = |at, form| {
        if !TELLING.get(form as usize).copied().unwrap_or_default() {
            return None;
        }
        let character = meant_by(form, Region::Hk)?;
        let forms = forms(character).filter(|forms| forms.forms.len() > 1)?;
        let place = Place { text, at, character, dictionary: '\0' };
        let [hk, tw] = Region::ALL.map(|region| share(place, forms, form, region));
        Some((hk / tw).ln().clamp(-MOST, MOST)).filter(|told| told.is_finite())
    };
    text.char_indices().filter_map(|(at, form)| likely(at, form)).sum()
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

    #[test]
    fn forms_beside_their_neighbours_tell_the_region() {
        assert!(lean("看着") > 1.0 && lean("看著") < -1.0, "{} {}", lean("看着"), lean("看著"));
        assert!(lean("著名").abs() < 0.5, "{}", lean("著名"));
    }
}
