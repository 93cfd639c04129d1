//! The choice among the forms of a character.
//!
//! Each side's neighbours give a distribution over the forms: that of two characters, smoothed by that of
//! one, smoothed by that of the character alone. Both sides and the phrase dictionaries' choice are taken as
//! independent witnesses; what stands around the character on both sides corrects them. An article's own
//! uses count many times.

use super::neighbours;
use super::table::{Forms, Key, MOST_FORMS, Region, forms, is_counted};
use super::usage::Usage;

/// How much the other region's use of a form tells: of a context, and of the form alone, which is a habit.
const OTHER_CONTEXT: f64 = 0.1;
const OTHER_HABIT: f64 = 0.05;
/// How many uses elsewhere one use in the same article is worth.
const OWN: f64 = 50.0;
/// Uses that the shorter context is worth, for one neighbour and for more.
const NEAR: f64 = 4.0;
const FAR: f64 = 2.0;
/// What general usage is worth beside the article's habit.
const HABIT: f64 = 0.1;

/// By the place of a form.
type Weights = [f64; MOST_FORMS];

/// A character in its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'t> {
    /// The text as neighbours are counted, and where in it the character stands.
    pub text: &'t [char],
    pub at: usize,
    /// The Simplified character.
    pub character: char,
    /// What the phrase dictionaries make of it.
    pub dictionary: char,
}

/// A form, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    /// The form.
    pub form: char,
    forms: &'static Forms,
    weights: Weights,
}

impl Choice {
    /// Whether Traditional text would write this character in that place less than `doubt` times as often.
    pub fn rules_out(&self, character: char, doubt: f64) -> bool {
        let weight = |form| self.forms.place(form).map_or(0.0, |place| self.weights[place]);
        weight(character) < doubt * weight(self.form)
    }
}

/// The form of a character; `None` where there is nothing to choose.
pub(crate) fn choose(place: Place<'_>, region: Region, usage: &Usage) -> Option<Choice> {
    let forms = Some(place.character).filter(|c| is_counted(*c)).and_then(forms)?;
    let witness = Witness { forms, character: place.character, region, usage };
    let mut weights = witness.weigh(place);
    witness.follow_habit(&mut weights);
    let best =
        (0..forms.forms.len()).reduce(|best, next| if weights[next] > weights[best] { next } else { best });
    best.map(|best| Choice { form: forms.forms[best], forms, weights })
}

/// What is known of one character.
#[derive(Clone, Copy)]
struct Witness<'u> {
    forms: &'static Forms,
    character: char,
    region: Region,
    usage: &'u Usage,
}

impl Witness<'_> {
    fn weigh(self, place: Place<'_>) -> Weights {
        let [a, b, c, d] = neighbours(place.text, place.at);
        let count = self.forms.forms.len() as f64;
        let even = [1.0 / count; MOST_FORMS];
        let base = self.smoothed(even, Key::Anything, count / 2.0);
        let dictionary = self.smoothed(base, Key::Dictionary(place.dictionary), FAR);
        let before = self.smoothed(self.smoothed(base, Key::Before(b), NEAR), Key::TwoBefore(a, b), FAR);
        let after = self.smoothed(self.smoothed(base, Key::After(c), NEAR), Key::TwoAfter(c, d), FAR);
        let mut joint = [0.0; MOST_FORMS];
        for (form, joint) in joint.iter_mut().enumerate().take(self.forms.forms.len()) {
            *joint = dictionary[form] * before[form] * after[form] / (base[form] * base[form]);
        }
        let sum: f64 = joint.iter().sum();
        self.smoothed(joint.map(|weight| weight / sum), Key::Around(b, c), FAR)
    }

    /// The distribution in a context, smoothed by the `shorter` context's.
    fn smoothed(self, shorter: Weights, key: Key, smoothing: f64) -> Weights {
        let is_general = matches!(key, Key::Anything | Key::Dictionary(_));
        let other = if is_general { OTHER_HABIT } else { OTHER_CONTEXT };
        let mut weights = shorter.map(|share| share * smoothing);
        let mut sum = smoothing;
        for (form, counts) in self.forms.counts(key) {
            let own = self.region as usize;
            let uses = f64::from(counts[own]) + other * f64::from(counts[1 - own]);
            weights[*form] += uses;
            sum += uses;
        }
        for (weight, uses) in weights.iter_mut().zip(self.article(key).into_iter().flatten()) {
            *weight += OWN * f64::from(*uses);
            sum += OWN * f64::from(*uses);
        }
        weights.map(|weight| weight / sum)
    }

    /// The article's own uses in a context. How often it uses a form at all tells of its topic, not more.
    fn article(&self, key: Key) -> Option<&[u32; MOST_FORMS]> {
        if key == Key::Anything { None } else { self.usage.counts(self.character, key) }
    }

    /// Between forms of one word the article's habit decides.
    fn follow_habit(self, weights: &mut Weights) {
        let Some(uses) = self.usage.counts(self.character, Key::Anything) else { return };
        for group in &self.forms.habits {
            let total: u32 = group.iter().map(|form| uses[*form]).sum();
            let weight: f64 = group.iter().map(|form| weights[*form]).sum();
            if total == 0 || weight == 0.0 {
                continue;
            }
            for form in group {
                let share = f64::from(uses[*form]) + HABIT * weights[*form] / weight;
                weights[*form] = weight * share / (f64::from(total) + HABIT);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::neighbour;
    use super::*;

    /// The forms of all characters of a text that have a choice.
    fn chosen(text: &str, region: Region, usage: &Usage) -> String {
        let neighbours: Vec<char> = text.chars().map(neighbour).collect();
        let place = |(at, character)| Place { text: &neighbours, at, character, dictionary: character };
        let chosen = text.chars().enumerate().map(|row| (row.1, choose(place(row), region, usage)));
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
