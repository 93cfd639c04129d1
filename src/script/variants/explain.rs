//! Explains why a form is chosen, by the context that makes it likeliest.

use super::super::region::{ByRegion, Region};
use super::decision::{By, Case};
use super::image::Beside;
use super::neighbours::{Neighbour, contexts};
use super::posterior::{CharacterPlace, WeightedChoice};
use super::table::forms;
use super::usage::{Usage, counted};
use super::variant_counts::{Counted, Forms};
use super::weights::{smoothed, weights};

/// The evidence that decides a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChoiceSource {
    /// The character beside these neighbours.
    Context(String),
    /// The usage of the article or the collection.
    Article,
    /// The usage of the region, regardless of the neighbours.
    Region,
    /// The choice of the phrase dictionaries, and how often writers make the same choice.
    Dictionaries,
    /// A phrase of our own.
    Phrase(String),
    /// No single kind of evidence, but all of them together.
    Together,
}

/// The reason for the choice of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The form that usage chooses.
    pub form: char,
    pub source: ChoiceSource,
    /// The uses of the form there. `others` are the uses of the second most frequent form.
    pub uses: u32,
    pub others: u32,
}

/// The reason for a decision; `None` if there is nothing to choose.
pub(crate) fn explain(case: Case<'_, '_>, is_disputed: impl Fn() -> bool) -> Option<Reason> {
    let decision = case.decide(&is_disputed);
    let place = case.place.with_phrases(case.region, &is_disputed);
    let plain = |source| Reason { form: decision.form, source, uses: 0, others: 0 };
    let forms = forms(place.character).filter(|forms| forms.forms.len() > 1);
    let choice =
        forms.and_then(|forms| WeightedChoice::of(place, forms, decision.form, case.region, case.usage));
    match (decision.by, choice) {
        (By::Phrase(phrase), _) => Some(plain(ChoiceSource::Phrase(phrase.text()))),
        (_, None) => None,
        (By::Usage, Some(choice)) => Some(of_usage(place, &choice, case.region, case.usage)),
        (By::Dictionaries, Some(choice)) => {
            let counts = &mut forms?.counts_of(place.chosen());
            let counted = reason(counts, &choice, case.region, ChoiceSource::Dictionaries).filter(speaks_for);
            Some(counted.unwrap_or_else(|| plain(ChoiceSource::Dictionaries)))
        }
    }
}

/// The reason for a choice by usage: the context that makes the form likeliest, or else the article, the region or the
/// dictionaries.
fn of_usage(place: CharacterPlace<'_>, choice: &WeightedChoice, region: Region, usage: &Usage) -> Reason {
    let forms = choice.forms();
    let own = |counts: &mut dyn Iterator<Item = Counted>, source| reason(counts, choice, region, source);
    let article = own(&mut counted(usage.at_all(forms)), ChoiceSource::Article).filter(speaks_for);
    if let Some(article) = article.as_ref().filter(|_| choice.is_habit_alone()) {
        return article.clone();
    }
    let told = contexts(place.text, place.at).into_iter().filter_map(|(beside, first, second)| {
        let counts = forms.counts(beside, first, second)?;
        let source = ChoiceSource::Context(named(place.character, beside, first, second));
        let reason = own(&mut { counts }, source).filter(speaks_for)?;
        Some((odds(forms, choice, counts, region), reason))
    });
    let best = told.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, reason)| reason);
    let of_region = || own(&mut forms.anything().iter().copied(), ChoiceSource::Region).filter(speaks_for);
    let dictionaries =
        || own(&mut forms.counts_of(place.chosen()), ChoiceSource::Dictionaries).filter(speaks_for);
    let together = Reason { form: choice.form, source: ChoiceSource::Together, uses: 0, others: 0 };
    best.or(article).or_else(of_region).or_else(dictionaries).unwrap_or(together)
}

fn speaks_for(reason: &Reason) -> bool {
    reason.uses > reason.others
}

/// How many times likelier a context makes the chosen form than the second likeliest. The counts are smoothed, so a few
/// uses without exception are weaker evidence than many uses with a few exceptions.
fn odds(
    forms: &Forms,
    choice: &WeightedChoice,
    counts: impl Iterator<Item = Counted>,
    region: Region,
) -> f64 {
    let (far, other) = (weights().far, weights().other_context);
    let mut weights = smoothed(*forms.shares(region), counts, region, far, other);
    let own = choice.place().map_or(0.0, |place| std::mem::take(&mut weights[place]));
    own / weights.iter().fold(f64::MIN_POSITIVE, |most, weight| most.max(*weight))
}

fn reason(
    counts: &mut dyn Iterator<Item = Counted>,
    choice: &WeightedChoice,
    region: Region,
    source: ChoiceSource,
) -> Option<Reason> {
    let counts: Vec<Counted> = counts.collect();
    let chosen = choice.place()?;
    let own = counts.iter().any(|(_, counts)| counts[region as usize] > 0);
    let uses = |counts: ByRegion<u32>| {
        if own { counts[region as usize] } else { counts.into_iter().fold(0, u32::saturating_add) }
    };
    let of_form =
        |form: usize| counts.iter().filter(|(f, _)| *f == form).map(|(_, c)| uses(*c)).max().unwrap_or(0);
    let others = counts.iter().filter(|(form, _)| *form != chosen).map(|(_, counts)| uses(*counts)).max();
    Some(Reason { form: choice.form, source, uses: of_form(chosen), others: others.unwrap_or(0) })
}

/// The character together with its neighbours.
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

#[cfg(test)]
mod tests {
    use super::super::super::Converter;
    use super::super::posterior::choose;
    use super::*;

    #[test]
    fn the_context_that_tells_most_is_named() {
        let text = "皇后的头发";
        let (at, character) = text.char_indices().last().unwrap();
        let converter = Converter::new("s2tw").unwrap();
        let place = CharacterPlace::of(text, at, character, '髮');
        let case = Case { place, region: Region::Tw, usage: &Usage::default(), converter: &converter };
        let reason = explain(case, || false).unwrap();
        assert_eq!(reason.source, ChoiceSource::Context("头发".into()), "{reason:?}");
    }

    #[test]
    fn many_uses_tell_more_than_a_few_without_exception() {
        let forms = forms('发').unwrap();
        let place = CharacterPlace::of("头发", 3, '发', '發');
        let choice = choose(place, Region::Hk, &Usage::default()).unwrap();
        let [chosen, other] = ['髮', '發'].map(|form| forms.place(form).unwrap());
        let odds = |uses, others| {
            let counts = [(chosen, [uses, 0]), (other, [others, 0])];
            odds(forms, &choice, counts.into_iter(), Region::Hk)
        };
        assert_eq!(choice.form, '髮');
        assert!(odds(900, 100) > odds(9, 0) && odds(9, 0) > odds(2, 1));
    }
}
