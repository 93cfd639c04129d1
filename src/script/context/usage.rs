//! Which forms an article, or a collection, uses itself.

use std::collections::HashMap;

use super::table::{Key, MOST_FORMS, Region, forms, meant_by};
use super::{neighbour, neighbours};

/// How often Traditional text uses each form, and beside which characters.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    counts: HashMap<(char, Key), [u32; MOST_FORMS]>,
}

impl Usage {
    /// Adds the characters of a text that is certainly Traditional.
    pub(crate) fn add(&mut self, text: &str, region: Region) {
        let neighbours_of: Vec<char> = text.chars().map(neighbour).collect();
        for (at, form) in text.chars().enumerate() {
            let Some(character) = meant_by(form, region) else { continue };
            let Some(place) = forms(character).and_then(|forms| forms.place(form)) else { continue };
            let [_, before, after, _] = neighbours(&neighbours_of, at);
            for key in [Key::Anything, Key::Before(before), Key::After(after), Key::Around(before, after)] {
                self.counts.entry((character, key)).or_default()[place] += 1;
            }
        }
    }

    pub(super) fn counts(&self, character: char, key: Key) -> Option<&[u32; MOST_FORMS]> {
        self.counts.get(&(character, key))
    }
}
