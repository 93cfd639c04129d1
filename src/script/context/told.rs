//! What contexts tell of a character's form where the article has no say: worked out once, and laid out so that a
//! choice touches little memory. Each character has its own small table of neighbours, and its own factors.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::choice::Place;
use super::image::{Beside, MOST_FORMS, nearer, parts};
use super::neighbours::numbers_around;
use super::table::{Forms, Region, TABLE};
use super::weights::{Weights, smoothed, weights};

/// What is known beside one neighbour of a character: from the lowest bit up the number of its factors, 0 where it
/// tells nothing by itself; whether contexts of two neighbours on that side hold it; whether contexts of both sides
/// do; and its name, which is 0 only where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Near(u32);

const NUMBER_BITS: u32 = 13;
const TWO: u32 = 1 << NUMBER_BITS;
const AROUND: u32 = 1 << (NUMBER_BITS + 1);
const NAME_SHIFT: u32 = NUMBER_BITS + 2;

impl Near {
    /// The side and the neighbour's number, which begins with 1.
    fn name(beside: Beside, neighbour: u32) -> u32 {
        neighbour << 1 | beside as u32
    }

    fn number(self) -> u32 {
        self.0 & (TWO - 1)
    }
}

/// What is known of one character.
#[derive(Debug, Default)]
struct Known {
    forms: [char; MOST_FORMS],
    count: usize,
    /// How many factors belong together: as many as forms, or a few more that are 1.
    width: usize,
    /// Its part of `near`, a power of two long.
    near: (usize, usize),
    /// Where its factors begin. First, by region, what the phrase dictionaries' choice tells, by form, and at the end
    /// what it tells where they choose none of them; then by context, in each region's half.
    factors: [usize; 2],
    contexts: [usize; 2],
}

struct Told {
    /// By a character's place.
    known: Vec<Known>,
    near: Vec<Near>,
    factors: Vec<f64>,
}

static TOLD: LazyLock<Told> = LazyLock::new(|| {
    let mut told = Told { known: Vec::new(), near: Vec::new(), factors: Vec::new() };
    TABLE.forms.iter().for_each(|(_, forms)| told.add(forms));
    told
});

impl Told {
    fn add(&mut self, forms: &Forms) {
        let mut known = Known { count: forms.forms.len(), ..Known::default() };
        known.forms.iter_mut().zip(&forms.forms).for_each(|(known, form)| *known = *form);
        known.width = if known.count <= 2 { 2 } else { known.count.next_multiple_of(4) };
        if known.count > 1 {
            for region in Region::ALL {
                known.factors[region as usize] = self.factors.len();
                let none = '\0';
                for form in forms.forms.iter().copied().chain([none]) {
                    self.push(forms.chosen(form, region), known.width);
                }
                known.contexts[region as usize] = self.factors.len();
                self.push(&[1.0; MOST_FORMS], known.width);
                for at in one_sided(forms) {
                    let (base, mut told) = (forms.shares(region), forms.share_beside(TABLE.keys[at], region));
                    told.iter_mut().zip(base).for_each(|(told, base)| *told /= base);
                    self.push(&told[..known.count], known.width);
                }
            }
        }
        known.near = self.add_near(forms);
        self.known.push(known);
    }

    /// Appends factors, filled up with 1.
    fn push(&mut self, factors: &[f64], width: usize) {
        let end = self.factors.len() + width;
        self.factors.extend(factors.iter().take(width));
        self.factors.resize(end, 1.0);
    }

    /// Appends a character's table of neighbours; gives its start and its length.
    fn add_near(&mut self, forms: &Forms) -> (usize, usize) {
        let mut near: BTreeMap<u32, u32> = BTreeMap::new();
        if forms.forms.len() > 1 {
            for (number, at) in (1..).zip(forms.contexts.clone()) {
                for (beside, neighbour, known) in known_beside(TABLE.keys[at], number) {
                    *near.entry(Near::name(beside, neighbour)).or_default() |= known;
                }
            }
        }
        let (start, length) = (self.near.len(), (near.len() * 3 / 2 + 1).next_power_of_two());
        self.near.resize(start + length, Near::default());
        let table = &mut self.near[start..];
        for (name, known) in near {
            let mut slot = slot(name, length);
            while table[slot] != Near::default() {
                slot = (slot + 1) & (length - 1);
            }
            table[slot] = Near(name << NAME_SHIFT | known);
        }
        (start, length)
    }

    /// What is known beside a neighbour, given by its number, that stands before or after the character.
    #[inline]
    fn near(&self, known: &Known, beside: Beside, neighbour: u16) -> Near {
        let (start, length) = known.near;
        let name = Near::name(beside, neighbour.into());
        let mut slot = slot(name, length);
        loop {
            match self.near.get(start + slot) {
                Some(near) if near.0 >> NAME_SHIFT == name && neighbour > 0 => return *near,
                Some(near) if near.0 != 0 => slot = (slot + 1) & (length - 1),
                _ => return Near::default(),
            }
        }
    }

    #[inline]
    fn factors(&self, start: usize, width: usize) -> &[f64] {
        self.factors.get(start..start + width).unwrap_or_default()
    }
}

#[inline]
fn slot(name: u32, length: usize) -> usize {
    (name.wrapping_mul(0x9E37_79B9) >> 16) as usize & (length - 1)
}

/// A character's contexts on one side, which stand before those on both.
fn one_sided(forms: &Forms) -> impl Iterator<Item = usize> {
    forms.contexts.clone().take_while(|at| parts(TABLE.keys[*at]).0 < Beside::Around as u32)
}

/// What a context with some number adds to what is known beside its neighbours next to the character.
fn known_beside(key: u32, number: u32) -> impl Iterator<Item = (Beside, u32, u32)> {
    let (beside, first, second) = parts(key);
    let known = match beside {
        _ if beside == Beside::Before as u32 => [Some((Beside::Before, first, number)), None],
        _ if beside == Beside::After as u32 => [Some((Beside::After, first, number)), None],
        _ if beside == Beside::TwoBefore as u32 => [Some((Beside::Before, second, TWO)), None],
        _ if beside == Beside::TwoAfter as u32 => [Some((Beside::After, first, TWO)), None],
        _ => [Some((Beside::Before, first, AROUND)), Some((Beside::After, second, AROUND))],
    };
    known.into_iter().flatten()
}

/// Weights in proportion to those that an article without usage of its own gives, by form.
pub(super) fn told(place: Place<'_>, forms: &Forms, region: Region) -> Weights {
    let told = &*TOLD;
    let mut joint = [0.0; MOST_FORMS];
    let Some(known) = told.known.get(forms.place as usize) else { return joint };
    let [a, b, c, d] = numbers_around(place.text, place.at);
    let (before, after) = (told.near(known, Beside::Before, b), told.near(known, Beside::After, c));
    let two = |near: Near, beside, first, second| {
        let two = if near.0 & TWO == 0 { None } else { forms.at(beside, first, second) };
        let number = two.map_or(near.number() as usize, |at| at - forms.contexts.start + 1);
        told.factors(known.contexts[region as usize] + number * known.width, known.width)
    };
    let chosen = known.forms[..known.count].iter().position(|form| *form == place.dictionary);
    let chosen = known.factors[region as usize] + chosen.unwrap_or(known.count) * known.width;
    let chosen = told.factors(chosen, known.width);
    let told_before = two(before, Beside::TwoBefore, a, b);
    let told_after = two(after, Beside::TwoAfter, c, d);
    for (joint, ((chosen, before), after)) in
        joint.iter_mut().zip(chosen.iter().zip(told_before).zip(told_after))
    {
        *joint = chosen * before * after;
    }
    let has_around = before.0 & after.0 & AROUND != 0;
    if let Some(counts) = has_around.then(|| forms.counts_at(Beside::Around, b, c)).flatten() {
        let sum: f64 = joint.iter().sum();
        let joint = joint.map(|weight| weight / sum);
        return smoothed(joint, counts, region, weights().far, weights().other_context);
    }
    joint
}

impl Forms {
    /// The distribution that the neighbours on one side give.
    fn share_beside(&self, key: u32, region: Region) -> Weights {
        let (near, far) = (weights().near, weights().far);
        let shorter = match nearer(key) {
            Some(nearer) => self.share_beside(nearer, region),
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
        let told = &*TOLD;
        for (character, forms) in TABLE.forms.iter().filter(|(_, forms)| forms.forms.len() > 1) {
            let known = &told.known[forms.place as usize];
            assert!(forms.contexts.len() < TWO as usize, "{character}");
            for (number, at) in (1..).zip(forms.contexts.clone()) {
                let (beside, first, second) = parts(TABLE.keys[at]);
                let near = |beside, number: u32| told.near(known, beside, number as u16);
                let found = match beside {
                    0 => near(Beside::Before, first).number() == number,
                    1 => near(Beside::After, first).number() == number,
                    2 => near(Beside::Before, second).0 & TWO != 0,
                    3 => near(Beside::After, first).0 & TWO != 0,
                    _ => near(Beside::Before, first).0 & near(Beside::After, second).0 & AROUND != 0,
                };
                assert!(found, "{character} {beside} {first} {second}");
                let is_one_sided = one_sided(forms).any(|one| one == at);
                assert_eq!(is_one_sided, beside < Beside::Around as u32, "{character}");
            }
        }
    }

    #[test]
    fn what_is_worked_out_is_what_the_counts_give() {
        let usage = super::super::usage::Usage::default();
        let text = "皇后的头发，周围几个系统复制制造出来发现干部面前一只台";
        for (at, character) in text.char_indices() {
            let place = Place { text, at, character, dictionary: character };
            for region in Region::ALL {
                let chosen = super::super::choice::choose(place, region, &usage).map(|choice| choice.form);
                assert_eq!(chosen, super::super::choice::chosen(place, region, &usage), "{character}");
            }
        }
    }
}
