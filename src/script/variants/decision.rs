//! Decides which form a character becomes, and records what decided.
//!
//! The order of decision is as follows. First comes a phrase of our own. Then comes the form that usage proposes (see
//! `posterior`), if it is another form of the dictionaries' word, or if usage may overrule the dictionaries. Otherwise
//! the dictionaries decide. Usage overrules a phrase of the dictionaries only if another phrase crosses it, because
//! then the word boundaries are uncertain. If no phrase contains the character, usage needs neighbours that are well
//! attested. In Cantonese it needs none, because the dictionaries do not contain Cantonese words. The article's own
//! usage in the phrase takes precedence over everything.

use std::ops::Range;

use super::super::Converter;
use super::super::region::Region;
use super::cantonese::is_cantonese;
use super::covering::Covering;
use super::image::Beside;
use super::neighbours::{around, contexts};
use super::phrases::{Phrase, deciding};
use super::posterior::{CharacterPlace, choose, chosen};
use super::precomputed::largest;
use super::styles::{are_one_word, of};
use super::table::forms;
use super::usage::{Usage, counted};
use super::variant_counts::{Counted, Forms};
use super::weights::weights;

/// A form, and what decided it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    pub form: char,
    pub by: By,
}

/// What decided a form.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    /// The usage of writers beside the same neighbours, or of the article itself.
    Usage,
    /// A phrase of our own.
    Phrase(&'static Phrase),
    /// OpenCC's dictionaries.
    Dictionaries,
}

/// A character with its surrounding text, and everything that the decision needs.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c, 't> {
    pub place: CharacterPlace<'t>,
    pub region: Region,
    pub usage: &'c Usage,
    /// OpenCC's conversion to the region's forms.
    pub converter: &'c Converter,
}

impl Case<'_, '_> {
    /// Decides the form of the character. `is_disputed` says whether a phrase that starts with it has another form.
    pub fn decide(self, is_disputed: impl Fn() -> bool) -> Decision {
        let CharacterPlace { text, at, character, dictionary, .. } = self.place;
        let by_usage = |form| Decision { form, by: By::Usage };
        let known = forms(character);
        if let Some((bytes, phrase)) = deciding(text, at, self.region, || self.covering())
            && let Some(form) = phrase.form(self.region)
        {
            if let Some(own) = known.and_then(|forms| self.of_article(forms, bytes)) {
                return by_usage(own);
            }
            let form = if phrase.is_exact { form } else { self.styled(form) };
            return Decision { form, by: By::Phrase(phrase) };
        }
        let Some(known) = known else { return Decision { form: dictionary, by: By::Dictionaries } };
        let Some(form) = chosen(self.place, self.region, self.usage, &is_disputed) else {
            return Decision { form: dictionary, by: By::Dictionaries };
        };
        if self.is_one_word(form, dictionary) || self.may_overrule(known, form) {
            return by_usage(form);
        }
        Decision { form: self.styled(dictionary), by: By::Dictionaries }
    }

    /// Whether a phrase, our own or the dictionaries', makes another word of the character than the character is by
    /// itself.
    pub fn is_another_word_in_phrase(self, is_disputed: impl Fn() -> bool) -> bool {
        let Decision { form, by } = self.decide(is_disputed);
        let is_in_phrase = match by {
            By::Phrase(_) => true,
            By::Usage | By::Dictionaries => self.covering().own.is_some(),
        };
        is_in_phrase && !self.is_one_word(form, self.place.character)
    }

    fn covering(self) -> Covering {
        let CharacterPlace { text, at, dictionary, .. } = self.place;
        Covering::of(text, at, dictionary, self.region, self.converter)
    }

    fn is_one_word(self, a: char, b: char) -> bool {
        are_one_word(self.place.character, self.region, a, b)
    }

    /// The likeliest of the forms of one word, as if the dictionaries had chosen that word.
    fn styled(self, form: char) -> char {
        let CharacterPlace { text, at, character, .. } = self.place;
        let Some(style) = of(character, self.region).find(|style| style.forms.contains(&form)) else {
            return form;
        };
        let weighed = choose(CharacterPlace::of(text, at, character, form), self.region, self.usage);
        weighed.and_then(|weighed| weighed.best_of(&style.forms)).unwrap_or(form)
    }

    /// The form that the article itself uses most often beside a neighbour, if the neighbour is in a byte range.
    fn of_article(self, forms: &Forms, bytes: Range<usize>) -> Option<char> {
        if self.usage.is_empty() {
            return None;
        }
        let CharacterPlace { text, at, character, .. } = self.place;
        let [_, before, after, _] = around(text, at);
        let is_inside = [bytes.start < at, bytes.end > at + character.len_utf8()];
        let contexts = [(Beside::Before, before), (Beside::After, after)];
        let inside = contexts.into_iter().zip(is_inside).filter(|(_, is_inside)| *is_inside);
        let uses = inside
            .filter_map(|((beside, neighbour), _)| self.usage.beside(forms, beside, neighbour, neighbour));
        let most = uses.map(|uses| largest(&uses)).next()?;
        forms.forms.get(most).copied()
    }

    /// Whether usage may overrule the dictionaries with this form of another word.
    fn may_overrule(self, forms: &Forms, form: char) -> bool {
        if self.region == Region::Hk && is_cantonese(self.place.text, self.place.at) {
            return true;
        }
        let covering = self.covering();
        if covering.is_empty() {
            return self.is_attested(forms, form);
        }
        let mut rivals = covering.rivals(self.place.text, &weights().function_words);
        rivals.any(|rival| self.is_one_word(rival, form))
            || covering.own.clone().and_then(|own| self.of_article(forms, own)) == Some(form)
    }

    /// Whether writers use the form's word, and rarely the dictionaries' word, beside some neighbours or in general; or
    /// whether the article does.
    fn is_attested(self, forms: &Forms, form: char) -> bool {
        let support = |counts: &mut dyn Iterator<Item = Counted>| self.support(forms, form, counts);
        let (_, at_all) = support(&mut forms.anything().iter().copied());
        let (uses, in_article) = support(&mut counted(self.usage.at_all(forms)));
        if at_all >= weights().overwhelming || (uses > 0.0 && in_article >= weights().attested_ratio) {
            return true;
        }
        let contexts = contexts(self.place.text, self.place.at);
        let mut told = contexts.iter().filter(|(_, first, second)| first.is_word() || second.is_word());
        told.any(|(beside, first, second)| {
            let (uses, in_article) =
                support(&mut counted(self.usage.beside(forms, *beside, *first, *second)));
            let writers = || Some(support(&mut forms.counts(*beside, *first, *second)?));
            (uses > 0.0 && in_article >= 1.0) || writers().is_some_and(|writers| is_enough(*beside, writers))
        })
    }

    /// The number of uses of the form's word in the counts, and the ratio of this number to the uses of the
    /// dictionaries' word.
    fn support(self, forms: &Forms, form: char, counts: &mut dyn Iterator<Item = Counted>) -> (f64, f64) {
        let region = self.region as usize;
        let (mut own, mut other) = (0.0, 0.0);
        for (index, uses) in counts {
            let counted = forms.forms.get(index).copied().unwrap_or_default();
            let uses = f64::from(uses[region]) + weights().attested_elsewhere * f64::from(uses[1 - region]);
            own += if self.is_one_word(counted, form) { uses } else { 0.0 };
            other += if self.is_one_word(counted, self.place.dictionary) { uses } else { 0.0 };
        }
        (own, own / f64::max(other, 0.5))
    }
}

/// Whether the usage of writers beside certain neighbours is well attested. It depends on the uses and on their ratio
/// to the uses of the other word.
fn is_enough(beside: Beside, (uses, ratio): (f64, f64)) -> bool {
    let is_of_one = matches!(beside, Beside::Before | Beside::After);
    let least = if is_of_one { weights().attested_beside_one } else { weights().attested };
    uses >= least && ratio >= weights().attested_ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The result for a text whose characters are all in the other script, without an article's usage.
    fn decided(text: &str, region: Region) -> String {
        let converter = Converter::new(region.row().configuration).unwrap();
        let dictionary = converter.convert(text).into_owned();
        let usage = Usage::default();
        let case = |((at, character), dictionary)| Case {
            place: CharacterPlace::of(text, at, character, dictionary),
            region,
            usage: &usage,
            converter: &converter,
        };
        text.char_indices().zip(dictionary.chars()).map(|row| case(row).decide(|| false).form).collect()
    }

    #[test]
    fn a_neighbour_does_not_outvote_a_phrase() {
        for (text, expected) in [
            ("一碗面的价格", "一碗麵的價格"),
            ("余晖洒满湖面", "餘暉灑滿湖面"),
            ("三天后的比赛", "三天後的比賽"),
        ] {
            assert_eq!(decided(text, Region::Tw), expected);
        }
    }

    #[test]
    fn usage_decides_where_phrases_cross() {
        assert_eq!(decided("毛发生长", Region::Tw), "毛髮生長");
        assert_eq!(decided("白发言", Region::Tw), "白發言");
    }
}
