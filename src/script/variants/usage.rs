//! The forms that an article or a collection uses.

use std::collections::HashMap;

use super::super::characters::simplified;
use super::super::region::Region;
use super::image::{Beside, MOST_FORMS};
use super::neighbours::{Neighbour, around};
use super::table::{forms, meant_by};
use super::variant_counts::{Counted, Forms};

/// By the index of a form, the number of its uses.
pub(super) type Uses = [u32; MOST_FORMS];

/// Uses as counts, which are the same for every region; empty if there are no uses.
pub(super) fn counted(uses: Option<Uses>) -> impl Iterator<Item = Counted> {
    uses.into_iter().flatten().enumerate().map(|(form, uses)| (form, [uses; Region::ALL.len()]))
}

/// The number of uses of each form in Traditional text, by the characters beside it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage {
    counts: HashMap<u64, UsesInPlace, foldhash::fast::RandomState>,
}

/// The uses in one place. Nearly all places have one form, and a large text has many places.
#[derive(Debug, Clone)]
enum UsesInPlace {
    /// Of one form.
    OfOne(u8, u32),
    /// Of several.
    OfSeveral(Box<Uses>),
}

impl UsesInPlace {
    /// Adds a use of a form.
    fn add(&mut self, form: usize) {
        match self {
            Self::OfOne(known, uses) if usize::from(*known) == form => *uses = uses.saturating_add(1),
            Self::OfSeveral(uses) => uses[form] = uses[form].saturating_add(1),
            Self::OfOne(..) => {
                let mut uses = self.all();
                uses[form] = 1;
                *self = Self::OfSeveral(Box::new(uses));
            }
        }
    }

    fn all(&self) -> Uses {
        match self {
            Self::OfOne(form, one) => {
                let mut uses = Uses::default();
                uses[usize::from(*form)] = *one;
                uses
            }
            Self::OfSeveral(uses) => **uses,
        }
    }
}

impl Usage {
    /// Adds the characters of a text that is certainly Traditional.
    pub fn add(&mut self, text: &str, region: Region) {
        for (at, form) in text.char_indices() {
            let Some(forms) = meant_by(form, region).and_then(forms) else { continue };
            let Some(place) = forms.place(form) else { continue };
            let [_, before, after, _] = around(text, at);
            let beside = [(Beside::Before, before), (Beside::After, after), (Beside::Around, before)];
            let keys = beside.map(|(beside, first)| key(forms, beside, first, after));
            // 畫 is a form of 划 in 計畫, but not in 畫家.
            let is_of_it = forms.character == simplified(form)
                || [(Beside::Before, before), (Beside::After, after)].into_iter().any(|(beside, first)| {
                    forms.counts(beside, first, first).into_iter().flatten().any(|(form, _)| form == place)
                });
            let at_all = is_of_it.then(|| at_all(forms));
            for key in keys.into_iter().chain(at_all) {
                let none = UsesInPlace::OfOne(place as u8, 0);
                self.counts.entry(key).or_insert(none).add(place);
            }
        }
    }

    /// Whether there are no uses.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The uses of a character's forms beside one neighbour, or between one on each side.
    pub(super) fn beside(
        &self,
        forms: &Forms,
        beside: Beside,
        first: Neighbour,
        second: Neighbour,
    ) -> Option<Uses> {
        self.counts.get(&key(forms, beside, first, second)).map(UsesInPlace::all)
    }

    /// The uses of a character's forms, regardless of the neighbours.
    pub(super) fn at_all(&self, forms: &Forms) -> Option<Uses> {
        self.counts.get(&at_all(forms)).map(UsesInPlace::all)
    }
}

const CHARACTER_BITS: u32 = 21;

fn key(forms: &Forms, beside: Beside, first: Neighbour, second: Neighbour) -> u64 {
    let second = if beside == Beside::Around { second.character } else { '\0' };
    let head = u64::from(forms.place) << 3 | beside as u64;
    head << (2 * CHARACTER_BITS)
        | u64::from(u32::from(first.character)) << CHARACTER_BITS
        | u64::from(u32::from(second))
}

/// The key for all uses. No context has the number 7.
fn at_all(forms: &Forms) -> u64 {
    (u64::from(forms.place) << 3 | 7) << (2 * CHARACTER_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_of_one_form_and_of_several_are_counted_alike() {
        let counted = |forms: &[usize]| {
            let mut uses = UsesInPlace::OfOne(forms[0] as u8, 0);
            forms.iter().for_each(|form| uses.add(*form));
            uses.all()
        };
        assert_eq!(counted(&[2, 2, 2]), [0, 0, 3, 0, 0, 0, 0, 0]);
        assert_eq!(counted(&[2, 2, 0, 2, 7, 0]), [2, 0, 3, 0, 0, 0, 0, 1]);
    }
}
