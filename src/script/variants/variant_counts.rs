//! The counts of one Simplified character: its forms, by region and by context.

use std::ops::Range;

use super::super::characters::single;
use super::super::region::{ByRegion, Region};
use super::image::{Beside, COUNT_BITS, FORM_SHIFT, MORE, MOST_FORMS, key};
use super::neighbours::Neighbour;
use super::styles;
use super::styles::Style;
use super::table::TABLE;
use super::weights::{Weights, smoothed, weights};

/// The choice of the phrase dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    pub form: char,
    /// Whether the choice rests on a phrase that no other phrase disputes.
    pub by_phrase: bool,
}

impl Chosen {
    /// A number for each choice. No choice has the number [`NO_CHOICE`].
    #[inline]
    pub fn number(self) -> u32 {
        u32::from(self.form) << 1 | u32::from(self.by_phrase)
    }
}

/// The number for no choice.
pub(super) const NO_CHOICE: u32 = u32::MAX;

/// The index of a form, and the number of its uses in a context, by region.
pub(super) type Counted = (usize, ByRegion<u32>);

/// All counts of one Simplified character.
#[derive(Debug)]
pub(crate) struct Forms {
    /// The Simplified character.
    pub character: char,
    /// Its Traditional forms.
    pub forms: Vec<char>,
    /// By region, groups of forms (by index) between which only habit decides.
    pub habits: ByRegion<Vec<Vec<usize>>>,
    /// The number of all uses of each form.
    anything: Vec<Counted>,
    /// By region, the shares of the forms, regardless of the neighbours.
    shares: ByRegion<Weights>,
    /// For each choice of the phrase dictionaries, the uses of the forms, and their shares.
    chosen: Vec<(Chosen, Vec<Counted>, ByRegion<Weights>)>,
    /// Its position in the table, from 0.
    pub place: u32,
    /// The positions of its contexts among all contexts.
    pub(super) contexts: Range<usize>,
}

impl Forms {
    /// Reads the lines of a head. The first line lists the forms.
    pub(super) fn parse(head: &str, place: u32, contexts: Range<usize>) -> Self {
        let mut lines = head.lines();
        let character = head.chars().next().unwrap_or_default();
        let mut forms = Vec::new();
        let mut anything = Vec::new();
        for cell in lines.next().unwrap_or_default().split('\t').skip(1).take(MOST_FORMS) {
            anything.push((forms.len(), numbers(cell)));
            forms.extend(cell.chars().next());
        }
        let mut even = [0.0; MOST_FORMS];
        even[..forms.len()].fill(1.0 / forms.len() as f64);
        let smoothing = weights().even * forms.len() as f64;
        let other = weights().other_habit;
        let shares =
            Region::ALL.map(|region| smoothed(even, anything.iter().copied(), region, smoothing, other));
        let mut this = Self {
            character,
            forms,
            habits: Default::default(),
            anything,
            shares,
            chosen: Vec::new(),
            place,
            contexts,
        };
        this.habits = Region::ALL.map(|region| this.habits_of(region));
        lines.for_each(|line| this.read(line));
        for form in this.forms.clone() {
            let choice = Chosen { form, by_phrase: true };
            if this.chosen.iter().all(|(known, ..)| *known != choice) {
                this.add_chosen(choice, Vec::new());
            }
        }
        this
    }

    fn habits_of(&self, region: Region) -> Vec<Vec<usize>> {
        let known = |style: &Style| style.forms.iter().filter_map(|form| self.place(*form)).collect();
        let groups = styles::of(self.character, region).map(known);
        groups.filter(|group: &Vec<usize>| group.len() > 1).collect()
    }

    fn read(&mut self, line: &str) {
        if let Some((head, cells)) = line.split_once('\t') {
            let counts = cells.split('\t').filter_map(|cell| self.cell(cell)).collect();
            if let Some(form) = single(head.trim_start_matches(['=', '!'])) {
                self.add_chosen(Chosen { form, by_phrase: head.starts_with('!') }, counts);
            }
        }
    }

    /// Adds the evidence of a dictionaries' choice. If the choice rests on a phrase, the phrase itself counts as some
    /// uses.
    fn add_chosen(&mut self, choice: Chosen, counts: Vec<Counted>) {
        let place = self.place(choice.form).filter(|_| choice.by_phrase);
        let all = || {
            counts.iter().copied().chain(place.map(|place| (place, [weights().phrase; Region::ALL.len()])))
        };
        let (far, other) = (weights().far, weights().other_habit);
        let by_region =
            Region::ALL.map(|region| smoothed(self.shares[region as usize], all(), region, far, other));
        self.chosen.push((choice, counts, by_region));
    }

    pub(super) fn cell(&self, cell: &str) -> Option<Counted> {
        let place = cell.split(' ').next()?.parse().ok().filter(|place| *place < self.forms.len())?;
        Some((place, numbers(cell)))
    }

    /// The shares of the forms in the region.
    pub fn shares(&self, region: Region) -> &Weights {
        &self.shares[region as usize]
    }

    /// The shares of the forms if the phrase dictionaries make this choice.
    pub fn chosen(&self, choice: Chosen, region: Region) -> &Weights {
        let known = self.chosen.iter().find(|(known, ..)| *known == choice);
        known
            .map_or(&self.shares, |(.., by_region)| by_region)
            .get(region as usize)
            .unwrap_or(self.shares(region))
    }

    /// The choices of the phrase dictionaries for which there are counts.
    pub fn dictionary_choices(&self) -> impl Iterator<Item = Chosen> {
        self.chosen.iter().map(|(choice, ..)| *choice)
    }

    /// The uses of the forms if the phrase dictionaries make this choice.
    pub fn counts_of(&self, choice: Chosen) -> impl Iterator<Item = Counted> {
        let known = self.chosen.iter().filter(move |(known, ..)| *known == choice);
        known.flat_map(|(_, counts, _)| counts.iter().copied())
    }

    /// All uses of the forms.
    pub fn anything(&self) -> &[Counted] {
        &self.anything
    }

    /// The counts beside these neighbours; `None` if they are no more evidence than a shorter context.
    pub fn counts(&self, beside: Beside, first: Neighbour, second: Neighbour) -> Option<Counts> {
        self.counts_at(beside, first.number, second.number)
    }

    /// The same, with neighbours given by their numbers.
    pub fn counts_at(&self, beside: Beside, first: u16, second: u16) -> Option<Counts> {
        let second = if beside as u32 > Beside::After as u32 { second } else { 0 };
        Some(TABLE.counts(self.at(key(beside, first.into(), second.into()))?))
    }

    /// The position, among all contexts, of the context with a key.
    pub(super) fn at(&self, key: u32) -> Option<usize> {
        TABLE.index.number(TABLE.index.parts(self.place), key).map(|number| self.contexts.start + number - 1)
    }

    /// The index of a form among the forms.
    pub fn place(&self, form: char) -> Option<usize> {
        self.forms.iter().position(|known| *known == form)
    }
}

/// The counts of a context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(super) rest: &'static [u32],
}

impl Iterator for Counts {
    type Item = Counted;

    fn next(&mut self) -> Option<Counted> {
        let (entry, rest) = self.rest.split_first()?;
        self.rest = if entry & MORE == 0 { &[] } else { rest };
        let count = |shift: u32| entry >> shift & ((1 << COUNT_BITS) - 1);
        let form = (entry >> FORM_SHIFT) as usize;
        Some((form % MOST_FORMS, [count(COUNT_BITS), count(0)]))
    }
}

/// The numbers after the first word of a cell.
fn numbers(cell: &str) -> ByRegion<u32> {
    let mut rest = cell.split(' ').skip(1).map(|word| word.parse().unwrap_or(0));
    [rest.next().unwrap_or(0), rest.next().unwrap_or(0)]
}
