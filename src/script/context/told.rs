//! What contexts tell of a character's form where the article has no say: worked out once, and laid out so that a
//! choice touches little memory. Each character has its own small table of neighbours, and its own factors.

use std::sync::LazyLock;

use super::choice::Place;
use super::image::{Beside, MOST_FORMS, key, nearer, parts};
use super::index::Near;
use super::neighbours::numbers_around;
use super::table::{Forms, Region, TABLE};
use super::weights::{Weights, smoothed, weights};

/// What is known of one character.
#[derive(Debug, Default)]
struct Known {
    /// What the phrase dictionaries may choose, as far as that tells anything; filled up with NUL, which they never do.
    chosen: [char; MOST_FORMS],
    /// How many factors belong together: as many as forms, or a few more that are 1.
    width: usize,
    /// By region, where the factors begin of what the dictionaries choose, the first being those of anything else.
    dictionaries: [usize; 2],
    /// By region, where those of its contexts begin, the first being those of no context.
    contexts: [usize; 2],
}

struct Told {
    /// By a character's place.
    known: Vec<Known>,
    factors: Vec<f32>,
}

static TOLD: LazyLock<Told> = LazyLock::new(|| {
    let mut told = Told { known: Vec::new(), factors: Vec::new() };
    TABLE.forms.iter().for_each(|(_, forms)| told.add(forms));
    told
});

impl Told {
    fn add(&mut self, forms: &Forms) {
        let mut known = Known::default();
        let count = forms.forms.len();
        known.chosen.iter_mut().zip(forms.dictionary_choices()).for_each(|(known, choice)| *known = choice);
        known.width = if count <= 2 { 2 } else { count.next_multiple_of(4) };
        for region in Region::ALL.into_iter().filter(|_| count > 1) {
            known.dictionaries[region as usize] = self.factors.len();
            self.push(forms.shares(region), known.width);
            known.chosen.iter().for_each(|choice| self.push(forms.chosen(*choice, region), known.width));
            known.contexts[region as usize] = self.factors.len();
            self.push(&[], known.width);
            for at in one_sided(forms) {
                let (base, mut told) = (forms.shares(region), forms.share_beside(TABLE.keys[at], region));
                told.iter_mut().zip(base).for_each(|(told, base)| *told /= base);
                self.push(&told[..count], known.width);
            }
        }
        self.known.push(known);
    }

    /// Appends factors, filled up with 1.
    fn push(&mut self, factors: &[f64], width: usize) {
        let end = self.factors.len() + width;
        self.factors.extend(factors.iter().take(width).map(|factor| *factor as f32));
        self.factors.resize(end, 1.0);
    }

    #[inline]
    fn factors(&self, start: usize, width: usize) -> &[f32] {
        self.factors.get(start..start + width).unwrap_or_default()
    }
}

/// A character's contexts on one side, which stand before those on both.
fn one_sided(forms: &Forms) -> impl Iterator<Item = usize> {
    forms.contexts.clone().take_while(|at| parts(TABLE.keys[*at]).0 < Beside::Around as u32)
}

/// Weights in proportion to those that an article without usage of its own gives, by form.
pub(super) fn told(place: Place<'_>, forms: &Forms, region: Region) -> Weights {
    let told = &*TOLD;
    let mut joint = [0.0; MOST_FORMS];
    let Some(known) = told.known.get(forms.place as usize) else { return joint };
    let [a, b, c, d] = numbers_around(place.text, place.at);
    let index = &TABLE.index;
    let (before, after) =
        (index.near(forms.place, Beside::Before, b), index.near(forms.place, Beside::After, c));
    let two = |near: Near, beside, first: u16, second: u16| {
        let key = key(beside, first.into(), second.into());
        let two = if near.is_in_two() { index.far(forms.place, key) } else { None };
        let number = two.unwrap_or(near.number());
        told.factors(known.contexts[region as usize] + number * known.width, known.width)
    };
    let choice = known.chosen.iter().position(|choice| *choice == place.dictionary);
    let chosen = known.dictionaries[region as usize] + choice.map_or(0, |choice| choice + 1) * known.width;
    let chosen = told.factors(chosen, known.width);
    let told_before = two(before, Beside::TwoBefore, a, b);
    let told_after = two(after, Beside::TwoAfter, c, d);
    for (joint, ((chosen, before), after)) in
        joint.iter_mut().zip(chosen.iter().zip(told_before).zip(told_after))
    {
        *joint = f64::from(chosen * before * after);
    }
    if let Some(counts) = before.is_around(after).then(|| forms.counts_at(Beside::Around, b, c)).flatten() {
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
        match self.at(key) {
            Some(at) => smoothed(shorter, TABLE.counts(at), region, smoothing, weights().other_context),
            None => shorter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
