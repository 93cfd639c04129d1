//! The evidence of contexts for a character's form, if the article gives none. It is computed once, and laid out so
//! that a choice touches little memory. Each character has its own small table of neighbours, and its own factors.

use std::sync::LazyLock;

use super::super::Converter;
use super::super::characters::single;
use super::super::region::{ByRegion, Region};
use super::image::{Beside, MOST_FORMS, key, nearer, parts};
use super::index::{Near, Parts};
use super::neighbours::numbers_around;
use super::posterior::CharacterPlace;
use super::table::{TABLE, place_of};
use super::variant_counts::{Counts, Forms, NO_CHOICE};
use super::weights::{Weights, smoothed, weights};

/// Maximum number of different choices that the dictionaries make for one character. A form that rests on a phrase
/// counts as another choice.
const MOST_CHOICES: usize = 10;

/// Everything that a choice needs about one character.
#[derive(Debug, Default)]
struct KnownCharacter {
    place: u32,
    /// Number of factors that belong together: 2, 4 or all. It is at least the number of forms.
    width: u32,
    /// Its forms, padded with the first one.
    forms: [char; MOST_FORMS],
    /// The choices of the phrase dictionaries that are evidence, padded with a choice that they never make.
    chosen: [u32; MOST_CHOICES],
    /// By region, the form that the dictionaries give the character alone.
    alone: ByRegion<char>,
    /// The position of its contexts in the index.
    parts: Parts,
    /// By region, the start of the factors for the dictionaries' choices. The first ones are for any other choice.
    dictionaries: ByRegion<u32>,
    /// By region, the start of the factors for its contexts. The first ones are for no context.
    contexts: ByRegion<u32>,
}

struct Factors {
    /// By the position of a character.
    known: Vec<KnownCharacter>,
    factors: Vec<f32>,
}

static FACTORS: LazyLock<Factors> = LazyLock::new(|| {
    let converters = Region::ALL.map(|region| Converter::new(region.row().configuration).ok());
    let alone = |character: char| {
        let made = |converter: &Option<Converter>| {
            converter.as_ref().and_then(|converter| single(&converter.convert(&character.to_string())))
        };
        converters.each_ref().map(|converter| made(converter).unwrap_or(character))
    };
    let mut factors = Factors { known: Vec::new(), factors: Vec::new() };
    TABLE.forms.iter().for_each(|forms| factors.add(forms, alone(forms.character)));
    factors
});

impl Factors {
    fn add(&mut self, forms: &Forms, alone: ByRegion<char>) {
        let count = forms.forms.len();
        let width = if count <= 2 { 2 } else { count.next_multiple_of(4) };
        let mut known = KnownCharacter {
            place: forms.place,
            width: width as u32,
            forms: [forms.forms.first().copied().unwrap_or_default(); MOST_FORMS],
            chosen: [NO_CHOICE; MOST_CHOICES],
            alone,
            parts: TABLE.index.parts(forms.place),
            ..KnownCharacter::default()
        };
        known.forms.iter_mut().zip(&forms.forms).for_each(|(known, form)| *known = *form);
        known
            .chosen
            .iter_mut()
            .zip(forms.dictionary_choices())
            .for_each(|(known, choice)| *known = choice.number());
        for region in Region::ALL {
            known.dictionaries[region as usize] = self.factors.len() as u32;
            self.push(forms.shares(region), width);
            forms.dictionary_choices().for_each(|choice| self.push(forms.chosen(choice, region), width));
            known.contexts[region as usize] = self.factors.len() as u32;
            self.push(&[], width);
            for at in one_sided(forms) {
                let (base, mut told) = (forms.shares(region), forms.share_beside(TABLE.keys[at], region));
                told.iter_mut().zip(base).for_each(|(told, base)| *told /= base);
                self.push(&told[..count], width);
            }
        }
        self.known.push(known);
    }

    /// Appends factors, padded with 1. The dictionaries' factors are 0 for entries that are not forms.
    fn push(&mut self, factors: &[f64], width: usize) {
        let end = self.factors.len() + width;
        self.factors.extend(factors.iter().take(width).map(|factor| *factor as f32));
        self.factors.resize(end, 1.0);
    }

    #[inline]
    fn product<const WIDTH: usize>(&self, starts: [usize; 3]) -> [f32; MOST_FORMS] {
        let factors = starts.map(|start| self.factors.get(start..).and_then(|rest| rest.first_chunk()));
        let [a, b, c] = factors.map(|factors: Option<&[f32; WIDTH]>| *factors.unwrap_or(&[0.0; WIDTH]));
        let mut joint = [0.0; MOST_FORMS];
        joint.iter_mut().zip(a.iter().zip(b).zip(c)).for_each(|(joint, ((a, b), c))| *joint = a * b * c);
        joint
    }
}

impl KnownCharacter {
    /// The entry of a character in the table.
    #[inline]
    fn of(character: char) -> Option<&'static Self> {
        FACTORS.known.get(place_of(character)?)
    }

    /// Whether the dictionaries' choice for the character rests on a phrase. This is the case if they choose another
    /// form for the character alone, and if no phrase that starts with the character disputes the choice.
    #[inline]
    fn rests_on_phrase(
        &self,
        place: CharacterPlace<'_>,
        region: Region,
        is_disputed: impl FnOnce() -> bool,
    ) -> bool {
        place.dictionary != self.alone[region as usize] && !is_disputed()
    }

    /// For each form, the product of the factors of the dictionaries' choice and of two contexts, which are given by
    /// their numbers.
    #[inline]
    fn joint(&self, dictionary: u32, contexts: [usize; 2], region: Region) -> [f32; MOST_FORMS] {
        let (width, region) = (self.width as usize, region as usize);
        let places = self.chosen.iter().zip(1..);
        let choice =
            places.fold(0, |found, (choice, place)| if *choice == dictionary { place } else { found });
        let chosen = self.dictionaries[region] as usize + choice * width;
        let [before, after] = contexts.map(|number| self.contexts[region] as usize + number * width);
        let starts = [chosen, before, after];
        match width {
            2 => FACTORS.product::<2>(starts),
            4 => FACTORS.product::<4>(starts),
            _ => FACTORS.product::<MOST_FORMS>(starts),
        }
    }
}

/// The contexts of a character that name neighbours on one side. They come before those on both sides.
fn one_sided(forms: &Forms) -> impl Iterator<Item = usize> {
    forms.contexts.clone().take_while(|at| parts(TABLE.keys[*at]).0 < Beside::Around as u32)
}

/// The counts that were found for a character beside its neighbours.
struct FoundCounts<'k> {
    known: &'k KnownCharacter,
    /// The number of the dictionaries' choice.
    dictionary: u32,
    /// The number of the longest context on each side.
    sided: [usize; 2],
    /// The counts for both sides together.
    around: Option<Counts>,
}

impl<'k> FoundCounts<'k> {
    #[inline]
    fn of(place: CharacterPlace<'_>, known: &'k KnownCharacter) -> Self {
        let [a, b, c, d] = numbers_around(place.text, place.at);
        let (index, parts) = (&TABLE.index, known.parts);
        let before = index.near(parts, Beside::Before, b);
        let after = index.near(parts, Beside::After, c);
        let number = |near: Near, farther, beside, first: u16, second: u16| {
            let key = key(beside, first.into(), second.into());
            let two = if near.may_be_with(farther) { index.far(parts, key) } else { None };
            two.unwrap_or(near.number())
        };
        let sided = [number(before, a, Beside::TwoBefore, a, b), number(after, d, Beside::TwoAfter, c, d)];
        let counts = || TABLE.forms.get(known.place as usize)?.counts_at(Beside::Around, b, c);
        let around = if before.is_around(after) { counts() } else { None };
        Self { known, dictionary: place.chosen().number(), sided, around }
    }

    /// The evidence, for an article that has no usage of its own.
    #[inline]
    fn tells(&self, region: Region) -> Told {
        let sided = self.known.joint(self.dictionary, self.sided, region);
        Told { sided, around: self.around, region }
    }
}

/// The evidence of neighbours for the forms of a character.
struct Told {
    /// By form, weights in proportion to those that contexts of one side give; 0 for entries that are not forms.
    sided: [f32; MOST_FORMS],
    /// The counts for both sides, which correct the weights.
    around: Option<Counts>,
    region: Region,
}

impl Told {
    /// The index of the form with the largest weight.
    #[inline]
    fn best(&self) -> usize {
        if self.around.is_some() { largest(&self.weights()) } else { largest(&self.sided) }
    }

    /// The weights by form.
    fn weights(&self) -> Weights {
        let sided = self.sided.map(f64::from);
        let Some(counts) = self.around else { return sided };
        let sum: f64 = sided.iter().sum();
        let sided = sided.map(|weight| weight / sum);
        smoothed(sided, counts, self.region, weights().far, weights().other_context)
    }
}

/// By region and form, weights in proportion to those for an article that has no usage of its own.
pub(super) fn weights_of(place: CharacterPlace<'_>, forms: &Forms) -> ByRegion<Weights> {
    let found = KnownCharacter::of(forms.character).map(|known| FoundCounts::of(place, known));
    Region::ALL.map(|region| found.as_ref().map_or([0.0; MOST_FORMS], |found| found.tells(region).weights()))
}

/// Whether the dictionaries' choice for a character rests on a phrase; see [`KnownCharacter::rests_on_phrase`].
pub(super) fn rests_on_phrase(
    place: CharacterPlace<'_>,
    region: Region,
    is_disputed: impl FnOnce() -> bool,
) -> bool {
    KnownCharacter::of(place.character).is_some_and(|known| known.rests_on_phrase(place, region, is_disputed))
}

/// The likeliest form of a character in the table, for an article that has no usage of its own.
#[inline]
pub(super) fn likeliest(
    place: CharacterPlace<'_>,
    region: Region,
    is_disputed: impl FnOnce() -> bool,
) -> Option<char> {
    let known = KnownCharacter::of(place.character)?;
    let place = place.resting(known.rests_on_phrase(place, region, is_disputed));
    Some(known.forms[FoundCounts::of(place, known).tells(region).best()])
}

/// The index of the largest number. If there are several, the first.
#[inline]
pub(super) fn largest<Number: Copy + PartialOrd>(numbers: &[Number; MOST_FORMS]) -> usize {
    (1..MOST_FORMS).fold(0, |best, next| if numbers[next] > numbers[best] { next } else { best })
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
    fn all_choices_of_the_dictionaries_have_room() {
        assert!(TABLE.forms.iter().all(|forms| forms.dictionary_choices().count() <= MOST_CHOICES));
    }

    #[test]
    fn what_is_worked_out_is_what_the_counts_give() {
        let usage = super::super::usage::Usage::default();
        let text = "皇后的头发，周围几个系统复制制造出来发现干部面前一只台";
        for (at, character) in text.char_indices() {
            let place = CharacterPlace::of(text, at, character, character);
            for region in Region::ALL {
                let chosen = super::super::posterior::choose(place, region, &usage).map(|choice| choice.form);
                let fast = super::super::posterior::chosen(place, region, &usage, || true);
                assert_eq!(chosen, fast, "{character}");
            }
        }
    }
}
