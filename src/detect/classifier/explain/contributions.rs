//! Contributions to a verdict: the features that evidence names.

use super::super::context::Context;
use super::super::hashing::{Feature, FeatureSink};
use super::super::label::CONTENT;
use super::super::parameters::Model;
use super::super::text;
use crate::analysis::Rank;

/// Number of features that evidence names.
const NAMED: usize = 5;

/// The features of a line that weigh most for a label against content, with their weights.
pub(in super::super) fn strongest(model: &Model, context: &Context, rank: Rank, label: usize) -> Vec<String> {
    let mut strongest = Strongest { model, label, features: Vec::with_capacity(NAMED + 1) };
    text::features(
        &context.view.lines[context.rows[rank]],
        context.facts[rank],
        &model.known,
        &mut strongest,
    );
    context.features_of_all(&mut strongest);
    context.features_of(rank, &mut strongest);
    let text = |rank: Option<Rank>| {
        let row = rank.and_then(|rank| context.rows.get(rank));
        row.map_or("", |row| context.view.lines[*row].text)
    };
    let texts = [text(rank.above(1)), text(Some(rank)), text(Some(rank.below(1)))];
    let describe = |(weight, feature): &(i32, Feature)| {
        format!("{} {:+.1}", feature.describe(texts), *weight as f32 * model.header.scale)
    };
    strongest.features.iter().map(describe).collect()
}

/// The features that weigh most for a label against content, strongest first.
struct Strongest<'m> {
    model: &'m Model,
    label: usize,
    features: Vec<(i32, Feature)>,
}

impl FeatureSink for Strongest<'_> {
    fn add(&mut self, feature: Feature) {
        let weight =
            self.model.weight(feature.bucket, self.label) - self.model.weight(feature.bucket, CONTENT);
        let weakest = self.features.get(NAMED - 1).map_or(0, |(weight, _)| *weight);
        let is_known = |(_, known): &(i32, Feature)| {
            (known.bucket, known.template) == (feature.bucket, feature.template)
        };
        if weight > weakest && !self.features.iter().any(is_known) {
            let index = self.features.partition_point(|(stronger, _)| *stronger >= weight);
            self.features.insert(index, (weight, feature));
            self.features.truncate(NAMED);
        }
    }
}
