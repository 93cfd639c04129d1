//! The rule hits of a document: for each category, the number of lines that its rules match in the document,
//! above a line and below it; and the rules that match above and below. A line under the heading of an
//! account's own section is hardly the article's.

use typed_index_collections::TiVec;

use super::context::share;
use super::hashing::{Feature, FeatureSink, Template, bin};
use super::label::LABELS;
use super::text::Facts;
use crate::analysis::{Rank, Ranked};

/// Number of categories of rules that the model knows: all labels except content. The user's own category is
/// not among them.
const CATEGORIES: usize = LABELS - 1;
/// Bin edges for the number of lines above or below that a rule matches.
pub(super) const COUNTS: &[usize] = &[0, 1, 3, 7];

/// The lines that rules match, by category.
pub(super) struct Matched {
    /// The number of these lines before each line, and before the end.
    before: TiVec<Rank, [u32; CATEGORIES]>,
    /// The bins of their shares of the document's lines.
    shares: [u32; CATEGORIES],
    /// The rules that match any line.
    rules: Vec<Reach>,
}

/// The first and the last line that a rule matches.
struct Reach {
    /// A hash of its id.
    rule: u32,
    first: Rank,
    last: Rank,
}

impl Matched {
    pub fn of(facts: &Ranked<&Facts>) -> Self {
        let mut sums = [0; CATEGORIES];
        let mut before = TiVec::from(vec![sums]);
        before.extend(facts.iter().map(|facts| {
            if let Some(sum) = facts.category.checked_sub(1).and_then(|number| sums.get_mut(number as usize))
            {
                *sum += 1;
            }
            sums
        }));
        let shares = sums.map(|lines| share(lines as usize, facts.len()));
        Self { before, shares, rules: reaches(facts) }
    }

    /// The features that all lines have: the shares of the categories. If no rule of a category matches, all
    /// lines have the feature that none matches above and below.
    pub fn features_of_all(&self, sink: &mut impl FeatureSink) {
        for (category, share) in (1..).zip(self.shares) {
            sink.add(Feature::plain(Template::RuleShare, category * 16 + share));
            if share == 0 {
                sink.add(Feature::plain(Template::RulesAround, category * 64));
            }
        }
    }

    /// The features of a line for the rules that match other lines.
    pub fn features_of(&self, rank: Rank, sink: &mut impl FeatureSink) {
        let all = self.before.last().copied().unwrap_or_default();
        for (index, _) in self.shares.into_iter().enumerate().filter(|(_, share)| *share > 0) {
            let category = index as u32 + 1;
            let above = self.before[rank][index];
            let below = all[index] - self.before[rank.below(1)][index];
            let [above, below] = [above, below].map(|lines| bin(lines as usize, COUNTS));
            sink.add(Feature::plain(Template::RulesAround, category * 64 + above * 8 + below));
        }
        for Reach { rule, first, last } in &self.rules {
            if *first < rank {
                sink.add(Feature::plain(Template::RuleAbove, *rule));
            }
            if *last > rank {
                sink.add(Feature::plain(Template::RuleBelow, *rule));
            }
        }
    }
}

/// The rules that match any line, in the order of their first matches.
fn reaches(facts: &Ranked<&Facts>) -> Vec<Reach> {
    let mut reaches: Vec<Reach> = Vec::new();
    for (rank, facts) in facts.iter_enumerated() {
        for rule in &facts.rules {
            match reaches.iter_mut().find(|reach| reach.rule == *rule) {
                Some(reach) => reach.last = rank,
                None => reaches.push(Reach { rule: *rule, first: rank, last: rank }),
            }
        }
    }
    reaches
}

#[cfg(test)]
mod tests {
    use typed_index_collections::TiSlice;

    use super::*;

    /// The numbers of a line's features of a template.
    fn numbers(categories: &[u32], rank: usize, template: Template) -> Vec<u32> {
        let facts: Vec<Facts> =
            categories.iter().map(|category| Facts { category: *category, ..Facts::default() }).collect();
        numbers_of(&facts.iter().collect::<Vec<_>>(), rank, template)
    }

    fn numbers_of(facts: &[&Facts], rank: usize, template: Template) -> Vec<u32> {
        struct FeatureNumbers(Template, Vec<u32>);
        impl FeatureSink for FeatureNumbers {
            fn add(&mut self, feature: Feature) {
                self.1.extend((feature.template == self.0).then_some(feature.number));
            }
        }
        let mut numbers = FeatureNumbers(template, Vec::new());
        let matched = Matched::of(TiSlice::from_ref(facts));
        matched.features_of_all(&mut numbers);
        matched.features_of(rank.into(), &mut numbers);
        numbers.1
    }

    #[test]
    fn a_rule_is_above_or_below_or_both() {
        let lines = [vec![7], vec![], vec![7, 8]].map(|rules| Facts { rules, ..Facts::default() });
        let facts: Vec<&Facts> = lines.iter().collect();
        let above_and_below = |rank: usize, template| numbers_of(&facts, rank, template);
        assert_eq!(above_and_below(1, Template::RuleAbove), [7]);
        assert_eq!(above_and_below(1, Template::RuleBelow), [7, 8]);
        assert!(above_and_below(0, Template::RuleAbove).is_empty());
        assert!(above_and_below(2, Template::RuleBelow).is_empty());
    }

    #[test]
    fn rules_are_counted_above_and_below_and_in_the_document() {
        let categories = [2, 0, 0, 2, 2];
        let around = |rank| numbers(&categories, rank, Template::RulesAround);
        assert_eq!(around(1).last(), Some(&(2 * 64 + 8 + 2)));
        assert_eq!(around(0).last(), Some(&(2 * 64 + 2)));
        assert_eq!(around(0)[..2], [64, 3 * 64]);
        assert_eq!(numbers(&categories, 1, Template::RuleShare)[..2], [16, 2 * 16 + 6]);
    }
}
