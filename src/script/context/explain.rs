//! Why a form is chosen: the context that tells most.

use super::choice::{Choice, Place, choose};
use super::image::Beside;
use super::neighbours::{Neighbour, around};
use super::table::{Counted, Region, forms};
use super::usage::Usage;

/// What decides a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// The character beside these neighbours.
    Context(String),
    /// The article, or the collection, itself.
    Article,
    /// The region's usage, whatever stands beside the character.
    Region,
}

/// Why a form is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// What usage chooses.
    pub form: char,
    pub source: Source,
    /// Uses of the form there, and of the form that comes next.
    pub uses: u32,
    pub others: u32,
}

impl Reason {
    /// How clearly it speaks for the form.
    fn weight(&self) -> f64 {
        f64::from(self.uses + 1) / f64::from(self.others + 1)
    }
}

/// The reason of a choice; `None` where there is nothing to choose.
pub(crate) fn explain(place: Place<'_>, region: Region, usage: &Usage) -> Option<Reason> {
    let choice = choose(place, region, usage)?;
    let forms = forms(place.character).filter(|forms| forms.forms.len() > 1)?;
    let [a, b, c, d] = around(place.text, place.at);
    let own = |counts: &mut dyn Iterator<Item = Counted>, source| reason(counts, &choice, region, source);
    let article = usage.at_all(forms).into_iter();
    let article = article.flat_map(|uses| uses.iter().enumerate().map(|(form, uses)| (form, [*uses; 2])));
    let article = own(&mut { article }, Source::Article).filter(|reason| reason.uses > reason.others);
    if choice.is_habit_alone() && article.is_some() {
        return article;
    }
    let contexts = [
        (Beside::Around, b, c),
        (Beside::TwoBefore, a, b),
        (Beside::TwoAfter, c, d),
        (Beside::Before, b, b),
        (Beside::After, c, c),
    ];
    let told = contexts.into_iter().filter_map(|(beside, first, second)| {
        let mut counts = forms.counts(beside, first, second)?;
        own(&mut counts, Source::Context(named(place.character, beside, first, second)))
    });
    let told = told.filter(|reason| reason.uses > reason.others);
    let best = told.reduce(|best, next| if next.weight() > best.weight() { next } else { best });
    best.or(article).or_else(|| own(&mut forms.anything().iter().copied(), Source::Region))
}

fn reason(
    counts: &mut dyn Iterator<Item = Counted>,
    choice: &Choice,
    region: Region,
    source: Source,
) -> Option<Reason> {
    let counts: Vec<Counted> = counts.collect();
    let chosen = choice.place()?;
    let own = counts.iter().any(|(_, counts)| counts[region as usize] > 0);
    let uses =
        |counts: [u32; 2]| if own { counts[region as usize] } else { counts[0].saturating_add(counts[1]) };
    let of_form =
        |form: usize| counts.iter().filter(|(f, _)| *f == form).map(|(_, c)| uses(*c)).max().unwrap_or(0);
    let others = counts.iter().filter(|(form, _)| *form != chosen).map(|(_, counts)| uses(*counts)).max();
    Some(Reason { form: choice.form, source, uses: of_form(chosen), others: others.unwrap_or(0) })
}

/// The character with its neighbours.
fn named(character: char, beside: Beside, first: Neighbour, second: Neighbour) -> String {
    let (first, second) = (first.character, second.character);
    match beside {
        Beside::Before => String::from_iter([first, character]),
        Beside::After => String::from_iter([character, first]),
        Beside::TwoBefore => String::from_iter([first, second, character]),
        Beside::TwoAfter => String::from_iter([character, first, second]),
        Beside::Around => String::from_iter([first, character, second]),
    }
}
