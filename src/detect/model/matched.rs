//! The lines that rules match: by category, how many there are in the document, above and below a line.

use super::context::share;
use super::feature::{Feature, Sink, Template, bin};
use super::text::Facts;
use crate::detect::rule::Category;

/// Categories of rules.
const CATEGORIES: usize = Category::ALL.len();
/// Steps of the number of lines above or below that a rule matches.
pub(super) const COUNTS: &[usize] = &[0, 1, 3, 7];

/// The lines that rules match, by category.
pub(super) struct Matched {
    /// Before each line, and behind the last, how many there are.
    before: Vec<[u32; CATEGORIES]>,
    /// Their share of the document's lines, in steps.
    shares: [u32; CATEGORIES],
}

impl Matched {
    pub fn of(facts: &[&Facts]) -> Self {
        let mut sums = [0; CATEGORIES];
        let mut before = vec![sums];
        before.extend(facts.iter().map(|facts| {
            if let Some(sum) = facts.category.checked_sub(1).and_then(|number| sums.get_mut(number as usize))
            {
                *sum += 1;
            }
            sums
        }));
        Self { before, shares: sums.map(|lines| share(lines as usize, facts.len())) }
    }

    /// The features of a line by the rules that match others.
    pub fn features(&self, place: usize, sink: &mut impl Sink) {
        let all = self.before[self.before.len() - 1];
        for (index, share) in self.shares.into_iter().enumerate() {
            let category = index as u32 + 1;
            let above = self.before[place][index];
            let below = all[index] - self.before[place + 1][index];
            let [above, below] = [above, below].map(|lines| bin(lines as usize, COUNTS));
            sink.add(Feature::plain(Template::RuleShare, category * 16 + share));
            sink.add(Feature::plain(Template::RulesAround, category * 64 + above * 8 + below));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of a line's features of a template.
    fn numbers(categories: &[u32], place: usize, template: Template) -> Vec<u32> {
        struct Numbers(Template, Vec<u32>);
        impl Sink for Numbers {
            fn add(&mut self, feature: Feature) {
                self.1.extend((feature.template == self.0).then_some(feature.number));
            }
        }
        let facts: Vec<Facts> =
            categories.iter().map(|category| Facts { category: *category, ..Facts::default() }).collect();
        let mut numbers = Numbers(template, Vec::new());
        Matched::of(&facts.iter().collect::<Vec<_>>()).features(place, &mut numbers);
        numbers.1
    }

    #[test]
    fn rules_are_counted_above_and_below_and_in_the_document() {
        let categories = [2, 0, 0, 2, 2];
        assert_eq!(numbers(&categories, 1, Template::RulesAround)[1], 2 * 64 + 8 + 2);
        assert_eq!(numbers(&categories, 0, Template::RulesAround)[1], 2 * 64 + 2);
        assert_eq!(numbers(&categories, 1, Template::RuleShare)[..2], [16, 2 * 16 + 6]);
    }
}
