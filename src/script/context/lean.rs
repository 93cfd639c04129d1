//! Which region's writers would use the forms of a Traditional text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::Converter;
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
    let simplified = OnceCell::new();
    let likely = |at, form| {
        if !TELLING.get(form as usize).copied().unwrap_or_default() {
            return None;
        }
        let [hk, tw] = Region::ALL.map(|region| meant_by(form, region));
        // Where the regions mean another character by a form (著), its phrases tell which one stands there.
        let character =
            if hk == tw { hk? } else { simplified.get_or_init(|| simplify(text)).get(&at).copied()? };
        let forms = forms(character).filter(|forms| forms.forms.len() > 1)?;
        let place = Place { text, at, character, dictionary: '\0' };
        let [hk, tw] = Region::ALL.map(|region| share(place, forms, form, region));
        Some((hk / tw).ln().clamp(-MOST, MOST)).filter(|told| told.is_finite())
    };
    text.char_indices().filter_map(|(at, form)| likely(at, form)).sum()
}

/// By place, what characters become in Simplified text as Taiwan's phrases have it.
fn simplify(text: &str) -> HashMap<usize, char> {
    let simplified = Converter::new("tw2s").map(|converter| converter.convert(text).into_owned());
    text.char_indices().map(|(at, _)| at).zip(simplified.unwrap_or_default().chars()).collect()
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
