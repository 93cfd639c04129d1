//! The classifier judges where rules end. A linear-chain model over features of lines gives the posterior
//! probability of each label for each line. Its weights are data, which the program in `train` computes from
//! labelled articles. The classifier does not say which lines go: `decide` does.

mod containers;
mod context;
mod explain;
mod forward_backward;
mod gate;
mod hashing;
pub(crate) mod label;
mod lexicon;
mod outline;
mod page_structure;
mod parameters;
mod rule_hits;
pub(crate) mod schema;
pub(crate) mod text;

use std::any::Any;
use std::sync::LazyLock;

use typed_index_collections::TiVec;

use crate::analysis::{Rank, Ranked, Row, View, ViewLine};
use crate::rules::{Category, Rule, RuleId};
use context::Context;
use explain::strongest;
use label::LABELS as LABEL_COUNT;
pub use parameters::{Header, Model};
#[cfg(feature = "training")]
use schema::KnownRules;
use text::{Facts, LineReading};

static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(Model::built_in);

/// The prefix of the ids of the classifier's rules.
pub(crate) const PREFIX: &str = "model/";

/// Whether a rule is one of the classifier's.
pub(crate) fn is_of_model(rule: &Rule) -> bool {
    rule.id.starts_with(PREFIX)
}

/// The classifier's rule for a category.
pub(crate) fn rule_of(category: Category) -> RuleId {
    match category {
        Category::Repeat => RuleId::MODEL_REPEAT,
        Category::Share => RuleId::MODEL_SHARE,
        Category::Follow => RuleId::MODEL_FOLLOW,
        Category::Related => RuleId::MODEL_RELATED,
        Category::Nav => RuleId::MODEL_NAV,
        Category::Legal => RuleId::MODEL_LEGAL,
        Category::Ad => RuleId::MODEL_AD,
        Category::Residue => RuleId::MODEL_RESIDUE,
        Category::Metadata => RuleId::MODEL_METADATA,
        // The model has no label for it.
        Category::User => RuleId::USER_LINE,
        Category::Corpus => RuleId::CORPUS_LINE,
    }
}

/// The posterior probabilities of labels, for the lines of a view that are not blank.
pub(crate) struct Posteriors<'v, 't> {
    model: &'v Model,
    context: Context<'v, 't>,
    /// For each rank, the probability of each label.
    pub probabilities: TiVec<Rank, [f32; LABEL_COUNT]>,
}

impl<'v, 't> Posteriors<'v, 't> {
    /// The posteriors of a view by a model, or by the built-in model if none is given. `headline` is the row
    /// of the headline that a title identifies.
    pub fn of(view: &'v View<'t>, model: Option<&'v Model>, headline: Option<Row>) -> Option<Self> {
        let model = model.or(BUILT_IN.as_ref())?;
        let rows: TiVec<Rank, Row> = view.filled().collect();
        let mut buckets = Vec::with_capacity(BUCKETS_OF_A_LINE);
        let readings: Option<TiVec<Rank, &LineReading>> =
            rows.iter().map(|row| reading(model, &view.lines[*row], &mut buckets)).collect();
        let readings = readings?;
        let surely_content = gate::surely_content(model, view, &rows, &readings);
        let facts = readings.iter().map(|reading| &reading.facts).collect();
        let context = Context::new(view, rows, facts, headline, &surely_content);
        let probabilities = probabilities(model, &context, &readings, &surely_content);
        Some(Self { model, context, probabilities })
    }

    /// The header of the model, which has the thresholds.
    pub fn header(&self) -> &'v Header {
        &self.model.header
    }

    /// The rows of the lines that are not blank.
    pub fn rows(&self) -> &Ranked<Row> {
        &self.context.rows
    }

    /// The facts of each line.
    pub fn facts(&self) -> &Ranked<&'v Facts> {
        &self.context.facts
    }

    /// The rank of the line that says the same as a line, or contains its wording.
    pub fn duplicate_of(&self, rank: Rank) -> Option<Rank> {
        self.context.duplicate_of(rank)
    }

    /// The features of a line that weigh most for a label against content, with their weights.
    pub fn contributions(&self, rank: Rank, label: usize) -> Vec<String> {
        strongest(self.model, &self.context, rank, label)
    }
}

/// For each line, the probability of each label. Lines that the gate finds to be content are content with
/// certainty in the chain.
fn probabilities(
    model: &Model,
    context: &Context,
    readings: &Ranked<&LineReading>,
    surely_content: &Ranked<bool>,
) -> TiVec<Rank, [f32; LABEL_COUNT]> {
    let mut buckets: Vec<u16> = Vec::with_capacity(BUCKETS_OF_A_LINE);
    context.features_of_all(&mut buckets);
    let of_all = model.sums(&buckets);
    let score = |(rank, reading): (Rank, &&LineReading)| {
        if surely_content[rank] {
            return gate::CONTENT_ALONE;
        }
        buckets.clear();
        context.features_of(rank, &mut buckets);
        let around = model.sums(&buckets);
        let steps = |label| of_all[label] + reading.steps[label] + around[label];
        std::array::from_fn(|label| steps(label) as f32 * model.header.scale)
    };
    let scores: Vec<_> = readings.iter_enumerated().map(score).collect();
    forward_backward::probabilities(model, &scores).into()
}

/// Number of features that most lines do not exceed.
const BUCKETS_OF_A_LINE: usize = 256;

/// The reading of a line. It is made once for the text of the line, and once more if the line is fenced:
/// fewer patterns match there, and a removal can open or close a fence. `buckets` is working space.
fn reading<'l>(model: &Model, line: &'l ViewLine, buckets: &mut Vec<u16>) -> Option<&'l LineReading> {
    let read = || -> Box<dyn Any + Send + Sync> {
        let facts = text::facts(line, &model.known);
        buckets.clear();
        text::features(line, &facts, &model.known, buckets);
        Box::new(LineReading { facts, steps: model.sums(buckets) })
    };
    line.folded.reading[usize::from(line.shape.fenced)].get_or_init(read).downcast_ref()
}

/// Items that only training needs.
#[cfg(feature = "training")]
pub(crate) mod training {
    pub use super::label::{ALL as LABELS, LABELS as LABEL_COUNT, Label};
    pub use super::parameters::{BUCKETS, Header};
    pub(crate) use super::schema::schema;
}

/// For each line that is not blank, its number and the buckets of its features: what training sees.
#[cfg(feature = "training")]
pub(crate) fn buckets(view: &View) -> Vec<(usize, Vec<u16>)> {
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let known = KnownRules::all();
    let facts: TiVec<Rank, Facts> = rows.iter().map(|row| text::facts(&view.lines[*row], &known)).collect();
    // Training sees the features of all lines. The gate cannot choose lines before the weights are known.
    let context = Context::of_all(view, rows.clone(), facts.iter().collect());
    let of = |(rank, row): (Rank, &Row)| {
        let line = &view.lines[*row];
        let mut buckets: Vec<u16> = Vec::new();
        text::features(line, &facts[rank], &known, &mut buckets);
        context.features_of_all(&mut buckets);
        context.features_of(rank, &mut buckets);
        (line.number.into(), buckets)
    };
    rows.iter_enumerated().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_parses_and_is_small() {
        let model = BUILT_IN.as_ref().expect("a model");
        assert!((0.1..=1.0).contains(&model.header.threshold));
        assert!(model.header.doubt_of_prose <= 1.0 && model.header.short >= 1.0);
    }
}
