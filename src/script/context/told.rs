//! What contexts on one side of a character tell of its form: worked out once, and found with few look-ups.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::image::{Beside, NEIGHBOUR_BITS, nearer, parts};
use super::table::{Forms, Region, TABLE};
use super::weights::{Weights, smoothed, weights};

/// What is known beside one neighbour of a character, in one number: from the lowest bit up where its factors begin
/// in [`Told`], counted from 1 and 0 where it tells nothing by itself; whether contexts of two neighbours on that
/// side hold it; whether contexts of both sides do; and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Near(u64);

const START_BITS: u32 = 24;
const TWO: u64 = 1 << START_BITS;
const AROUND: u64 = 1 << (START_BITS + 1);
const NAME_SHIFT: u32 = START_BITS + 2;

impl Near {
    /// The place of a character, the side, and the neighbour's number. Never 0, as numbers begin with 1.
    fn name(place: u32, beside: Beside, neighbour: u32) -> u64 {
        u64::from((place << 1 | beside as u32) << NEIGHBOUR_BITS | neighbour)
    }

    fn start(self) -> Option<usize> {
        ((self.0 & (TWO - 1)) as usize).checked_sub(1)
    }

    /// Whether it stands in a context of both sides.
    pub fn has_around(self) -> bool {
        self.0 & AROUND != 0
    }
}

/// The factors of all contexts on one side of characters with a choice.
struct Told {
    /// By context, where its factors begin: those of each region, by form.
    starts: Vec<u32>,
    factors: Vec<f64>,
    /// What is known beside one neighbour, by the hash of its name.
    near: Vec<Near>,
}

static TOLD: LazyLock<Told> = LazyLock::new(Told::work_out);

impl Told {
    fn work_out() -> Self {
        let mut told =
            Told { starts: Vec::with_capacity(TABLE.keys.len()), factors: Vec::new(), near: Vec::new() };
        let mut near: HashMap<u64, u64> = HashMap::new();
        for (_, forms) in &TABLE.forms {
            for at in forms.contexts.clone() {
                let start = told.factors.len() as u32;
                told.starts.push(start);
                if forms.forms.len() == 1 {
                    continue;
                }
                for region in Region::ALL {
                    let base = forms.shares(region);
                    let share = forms.one_sided(TABLE.keys[at], region);
                    told.factors.extend((0..forms.forms.len()).map(|form| share[form] / base[form]));
                }
                for (beside, neighbour, known) in known_beside(TABLE.keys[at], start) {
                    *near.entry(Near::name(forms.place, beside, neighbour)).or_default() |= known;
                }
            }
        }
        told.near = vec![Near::default(); (near.len() * 3 / 2 + 1).next_power_of_two()];
        for (name, known) in near {
            let mut slot = told.slot(name);
            while told.near[slot] != Near::default() {
                slot = (slot + 1) % told.near.len();
            }
            told.near[slot] = Near(name << NAME_SHIFT | known);
        }
        told
    }

    #[inline]
    fn slot(&self, name: u64) -> usize {
        (name.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize & (self.near.len() - 1)
    }

    #[inline]
    fn near(&self, name: u64) -> Near {
        let mut slot = self.slot(name);
        loop {
            match self.near.get(slot) {
                Some(near) if near.0 >> NAME_SHIFT == name => return *near,
                Some(near) if near.0 != 0 => slot = (slot + 1) & (self.near.len() - 1),
                _ => return Near::default(),
            }
        }
    }
}

/// What a context, whose factors begin at `start`, adds to what is known beside its neighbours next to the character.
fn known_beside(key: u32, start: u32) -> impl Iterator<Item = (Beside, u32, u64)> {
    let (beside, first, second) = parts(key);
    let known = match beside {
        _ if beside == Beside::Before as u32 => [Some((Beside::Before, first, u64::from(start) + 1)), None],
        _ if beside == Beside::After as u32 => [Some((Beside::After, first, u64::from(start) + 1)), None],
        _ if beside == Beside::TwoBefore as u32 => [Some((Beside::Before, second, TWO)), None],
        _ if beside == Beside::TwoAfter as u32 => [Some((Beside::After, first, TWO)), None],
        _ => [Some((Beside::Before, first, AROUND)), Some((Beside::After, second, AROUND))],
    };
    known.into_iter().flatten()
}

impl Forms {
    /// What is known beside a neighbour, given by its number, that stands before or after the character.
    #[inline]
    pub(super) fn near(&self, beside: Beside, neighbour: u16) -> Near {
        match neighbour {
            0 => Near::default(),
            _ => TOLD.near(Near::name(self.place, beside, neighbour.into())),
        }
    }

    /// What the neighbours on one side tell, two or else the nearer one: by form, how much more likely they make it.
    /// `None` where they tell nothing.
    #[inline]
    pub(super) fn told(
        &self,
        near: Near,
        (beside, first, second): (Beside, u16, u16),
        region: Region,
    ) -> Option<&'static [f64]> {
        let two = if near.0 & TWO == 0 { None } else { self.at(beside, first, second) };
        let start = match two {
            Some(at) => *TOLD.starts.get(at)? as usize,
            None => near.start()?,
        };
        let start = start + region as usize * self.forms.len();
        TOLD.factors.get(start..start + self.forms.len())
    }

    /// The distribution that the neighbours on one side give.
    fn one_sided(&self, key: u32, region: Region) -> Weights {
        let (near, far) = (weights().near, weights().far);
        let shorter = match nearer(key) {
            Some(nearer) => self.one_sided(nearer, region),
            None => *self.shares(region),
        };
        let smoothing = if nearer(key).is_some() { far } else { near };
        match TABLE.at(self.place, key) {
            Some(at) => smoothed(shorter, TABLE.counts(at), region, smoothing, weights().other_context),
            None => shorter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_is_found_by_its_nearest_neighbours() {
        for (character, forms) in TABLE.forms.iter().filter(|(_, forms)| forms.forms.len() > 1) {
            for at in forms.contexts.clone() {
                let (beside, first, second) = parts(TABLE.keys[at]);
                let near = |beside, number: u32| forms.near(beside, number as u16);
                let found = match beside {
                    0 => near(Beside::Before, first).start() == Some(TOLD.starts[at] as usize),
                    1 => near(Beside::After, first).start() == Some(TOLD.starts[at] as usize),
                    2 => near(Beside::Before, second).0 & TWO != 0,
                    3 => near(Beside::After, first).0 & TWO != 0,
                    _ => near(Beside::Before, first).has_around() && near(Beside::After, second).has_around(),
                };
                assert!(found, "{character} {beside} {first} {second}");
            }
        }
    }
}
