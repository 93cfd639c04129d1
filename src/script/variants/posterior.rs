//! The choice among the forms of a character.
//!
//! The neighbours on each side give a posterior distribution over the forms. The distribution for two neighbours is
//! smoothed by the one for the nearer neighbour, which is smoothed by the one for the character alone. The two sides
//! and the choice of the phrase dictionaries are treated as independent evidence. The counts for both sides together
//! then correct the product. Uses in the article itself count many times.

use super::super::region::{ByRegion, Region};
use super::image::{Beside, MOST_FORMS};
use super::neighbours::{Neighbour, around};
use super::precomputed::{largest, likeliest, rests_on_phrase, weights_of};
use super::table::forms;
use super::usage::{Usage, Uses};
use super::variant_counts::{Chosen, Forms};
use super::weights::{Weights, weights};

/// A character in its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CharacterPlace<'t> {
    /// The text. `at` is the byte at which the character starts.
    pub text: &'t str,
    pub at: usize,
    /// The Simplified character.
    pub character: char,
    /// The form that the phrase dictionaries give it.
    pub dictionary: char,
    /// Whether they do so by a phrase that no phrase starting with the character disputes.
    by_phrase: bool,
}

impl<'t> CharacterPlace<'t> {
    /// A character without information about phrases.
    pub fn of(text: &'t str, at: usize, character: char, dictionary: char) -> Self {
        Self { text, at, character, dictionary, by_phrase: false }
    }

    /// The same place, with the information whether the dictionaries' choice rests on a phrase. `is_disputed` says
    /// whether a phrase that starts with the character disputes it; it is called only if that matters.
    pub fn with_phrases(self, region: Region, is_disputed: impl FnOnce() -> bool) -> Self {
        self.resting(rests_on_phrase(self, region, is_disputed))
    }

    pub(super) fn resting(self, by_phrase: bool) -> Self {
        Self { by_phrase, ..self }
    }

    pub(super) fn chosen(&self) -> Chosen {
        Chosen { form: self.dictionary, by_phrase: self.by_phrase }
    }
}

/// A form, with the weights of all forms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WeightedChoice {
    /// The form.
    pub form: char,
    forms: &'static Forms,
    region: Region,
    weights: Weights,
}

impl WeightedChoice {
    /// The choice of a form that was decided in another way, with the weights of all forms; `None` if it is not a form
    /// of the character.
    pub(super) fn of(
        place: CharacterPlace<'_>,
        forms: &'static Forms,
        form: char,
        region: Region,
        usage: &Usage,
    ) -> Option<Self> {
        forms.place(form)?;
        Some(Self { form, forms, region, weights: Witness { forms, region, usage }.weigh(place) })
    }

    /// All forms of the character.
    pub(super) fn forms(&self) -> &'static Forms {
        self.forms
    }

    /// Whether `character` is less than `doubt` times as likely there as the chosen form.
    pub fn rules_out(&self, character: char, doubt: f64) -> bool {
        let weight = |form| self.forms.place(form).map_or(0.0, |place| self.weights[place]);
        weight(character) < doubt * weight(self.form)
    }

    /// The index of the form among the character's forms.
    pub(super) fn place(&self) -> Option<usize> {
        self.forms.place(self.form)
    }

    /// Whether all likely forms are forms of one word, so that only habit decides.
    pub(super) fn is_habit_alone(&self) -> bool {
        let likely = |form: &&char| {
            self.forms.place(**form).is_some_and(|place| self.weights[place] > weights().likely)
        };
        let mut others = self.forms.forms.iter().filter(|form| **form != self.form).filter(likely);
        self.habits().iter().any(|group| self.place().is_some_and(|place| group.contains(&place)))
            && others.all(|form| self.is_habit(*form))
    }

    /// Whether writers use the chosen form and another one beside the same neighbours, so that only habit decides.
    pub fn is_habit(&self, other: char) -> bool {
        let (Some(chosen), Some(other)) = (self.forms.place(self.form), self.forms.place(other)) else {
            return false;
        };
        self.habits().iter().any(|group| group.contains(&chosen) && group.contains(&other))
    }

    fn habits(&self) -> &'static [Vec<usize>] {
        &self.forms.habits[self.region as usize]
    }

    /// The likeliest of some forms; `None` if none of them is known.
    pub fn best_of(&self, forms: &[char]) -> Option<char> {
        let known = forms.iter().filter_map(|form| Some((self.weights[self.forms.place(*form)?], *form)));
        known.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, form)| form)
    }
}

/// The share of a form of a character in each region, according to its neighbours.
pub(super) fn shares(place: CharacterPlace<'_>, forms: &Forms, form: char) -> ByRegion<f64> {
    let share = |weights: Weights| {
        forms.place(form).map_or(0.0, |place| weights[place]) / weights.iter().sum::<f64>()
    };
    weights_of(place, forms).map(share)
}

/// Chooses the form of a character that is in the table of contexts; `None` for other characters.
pub(crate) fn choose(place: CharacterPlace<'_>, region: Region, usage: &Usage) -> Option<WeightedChoice> {
    let forms = forms(place.character)?;
    if let [form] = forms.forms[..] {
        return Some(WeightedChoice { form, forms, region, weights: [1.0; MOST_FORMS] });
    }
    let witness = Witness { forms, region, usage };
    let mut weights = witness.weigh(place);
    witness.follow_habit(place, &mut weights);
    let form = *forms.forms.get(largest(&weights))?;
    Some(WeightedChoice { form, forms, region, weights })
}

/// The form of [`choose`] alone, for a place without information about phrases (see [`CharacterPlace::with_phrases`]). If the
/// article gives no evidence, the precomputed evidence of the neighbours is used.
#[inline]
pub(crate) fn chosen(
    place: CharacterPlace<'_>,
    region: Region,
    usage: &Usage,
    is_disputed: impl FnOnce() -> bool,
) -> Option<char> {
    let has_say = !usage.is_empty() && usage.at_all(forms(place.character)?).is_some();
    if has_say {
        choose(place.with_phrases(region, is_disputed), region, usage).map(|choice| choice.form)
    } else {
        likeliest(place, region, is_disputed)
    }
}

/// The evidence about one character.
#[derive(Clone, Copy)]
struct Witness<'u> {
    forms: &'static Forms,
    region: Region,
    usage: &'u Usage,
}

impl Witness<'_> {
    fn weigh(self, place: CharacterPlace<'_>) -> Weights {
        let [a, b, c, d] = around(place.text, place.at);
        let (near, far) = (weights().near, weights().far);
        let base = self.forms.shares(self.region);
        let dictionary = self.forms.chosen(place.chosen(), self.region);
        let before =
            self.smoothed(self.smoothed(*base, Beside::Before, b, b, near), Beside::TwoBefore, a, b, far);
        let after =
            self.smoothed(self.smoothed(*base, Beside::After, c, c, near), Beside::TwoAfter, c, d, far);
        let mut joint = [0.0; MOST_FORMS];
        for (form, joint) in joint.iter_mut().enumerate().take(self.forms.forms.len()) {
            *joint = dictionary[form] * before[form] * after[form] / (base[form] * base[form]);
        }
        let sum: f64 = joint.iter().sum();
        self.smoothed(joint.map(|weight| weight / sum), Beside::Around, b, c, far)
    }

    /// The distribution in a context, smoothed by that of the `shorter` context.
    fn smoothed(
        self,
        shorter: Weights,
        beside: Beside,
        first: Neighbour,
        second: Neighbour,
        smoothing: f64,
    ) -> Weights {
        let counts = self.forms.counts(beside, first, second);
        let article = if self.usage.is_empty() { None } else { self.article(beside, first, second) };
        if counts.is_none() && article.is_none() {
            return shorter;
        }
        let mut sums = shorter.map(|share| share * smoothing);
        let mut sum = smoothing;
        for (form, counts) in counts.into_iter().flatten() {
            let own = self.region as usize;
            let uses = f64::from(counts[own]) + weights().other_context * f64::from(counts[1 - own]);
            sums[form] += uses;
            sum += uses;
        }
        for (weight, uses) in sums.iter_mut().zip(article.into_iter().flatten()) {
            *weight += weights().own * f64::from(uses);
            sum += weights().own * f64::from(uses);
        }
        sums.map(|weight| weight / sum)
    }

    /// The article's own uses in a context. Its total uses of a form are not considered, because they only show its
    /// topic. Contexts of two neighbours on one side are not counted for an article.
    fn article(&self, beside: Beside, first: Neighbour, second: Neighbour) -> Option<Uses> {
        match beside {
            Beside::TwoBefore | Beside::TwoAfter => None,
            _ => self.usage.beside(self.forms, beside, first, second),
        }
    }

    /// Whether a form of a group is used beside these neighbours, by writers of some region or by the article itself.
    fn used_there(self, place: CharacterPlace<'_>) -> impl Fn(&[usize], usize) -> bool {
        let told = weights_of(place, self.forms);
        let [_, before, after, _] = around(place.text, place.at);
        let own = [(Beside::Before, before), (Beside::After, after)]
            .map(|(beside, first)| self.article(beside, first, first).unwrap_or_default());
        move |group, form| {
            let least = |told: &Weights| weights().used * group.iter().map(|form| told[*form]).sum::<f64>();
            own.iter().any(|own| own[form] > 0) || told.iter().any(|told| told[form] > least(told))
        }
    }

    /// Between forms of one word the article's habit decides, but only among forms that writers of some region use
    /// beside these neighbours: an author who writes 公佈 does not write 佈丁.
    fn follow_habit(self, place: CharacterPlace<'_>, chances: &mut Weights) {
        let habits = &self.forms.habits[self.region as usize];
        if habits.is_empty() || self.usage.is_empty() {
            return;
        }
        let Some(uses) = self.usage.at_all(self.forms) else { return };
        let used = self.used_there(place);
        for group in habits {
            let group: Vec<usize> = group.iter().filter(|form| used(group, **form)).copied().collect();
            let total: u32 = group.iter().map(|form| uses[*form]).fold(0, u32::saturating_add);
            let weight: f64 = group.iter().map(|form| chances[*form]).sum();
            if total == 0 || weight == 0.0 {
                continue;
            }
            let habit = weights().habit;
            for form in &group {
                let share = f64::from(uses[*form]) + habit * chances[*form] / weight;
                chances[*form] = weight * share / (f64::from(total) + habit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms of all characters of a text that have a choice.
    fn chosen(text: &str, region: Region, usage: &Usage) -> String {
        let choice =
            |(at, character)| choose(CharacterPlace::of(text, at, character, character), region, usage);
        let chosen = text.char_indices().map(|row| (row.1, choice(row)));
        chosen.map(|(character, choice)| choice.map_or(character, |choice| choice.form)).collect()
    }

    #[test]
    fn neighbours_decide() {
        let usage = Usage::default();
        assert_eq!(chosen("头发", Region::Hk, &usage), "头髮");
        assert_eq!(chosen("发展", Region::Hk, &usage), "發展");
        assert_eq!(chosen("后来", Region::Tw, &usage), "後來");
        assert_eq!(chosen("皇后", Region::Tw, &usage), "皇后");
    }

    #[test]
    fn usage_in_the_region_decides_and_the_article_s_own_before_it() {
        assert_eq!(chosen("卫生", Region::Hk, &Usage::default()), "衛生");
        let mut usage = Usage::default();
        usage.add("這是衞星", Region::Hk);
        assert_eq!(chosen("卫生", Region::Hk, &usage), "衞生");
    }
}
