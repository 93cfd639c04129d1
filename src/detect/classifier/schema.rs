//! The schema of a model: the features with which it was trained, and the rules that it knows.

use std::sync::Arc;

use typed_index_collections::TiVec;

use super::context::Context;
use super::hashing::fnv;
use super::text;
use crate::analysis::{Folded, LineNo, Rank, Row, View};
use crate::rules::{RuleId, rules};

/// The rules that a model was trained with. A rule that is newer has no features: all rows of the table are
/// in use, so its features would get other features' weights.
#[derive(Debug, Clone)]
pub(crate) struct KnownRules(Vec<bool>);

impl KnownRules {
    /// All rules, as training sees them.
    #[cfg(any(test, feature = "training"))]
    pub fn all() -> Self {
        Self(vec![true; rules().len()])
    }

    /// The rules with some ids.
    pub fn of(ids: &[String]) -> Self {
        Self(rules().iter().map(|rule| ids.iter().any(|id| id == rule.id)).collect())
    }

    pub fn has(&self, rule: RuleId) -> bool {
        self.0.get(rule.number()).copied().unwrap_or_default()
    }
}

/// A page that has most kinds of features.
const SAMPLE: &str = "\
老街夜市
記者林小溪 2019-08-13
夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。
※
更多推荐
老街的燈火
- one | two | 3
老街的燈火
\"夜市在上個月搬走，街坊都說晚上安靜了許多\"
（資料圖片）
扫码关注老街网，每天三條好消息！
電話：0000-0000 example@example.com";

/// A hash that changes if the meaning of a feature changes. It is computed from the rows of the table on
/// which the features of a sample page fall. Rules have no part in it, because they may come and go.
pub(crate) fn schema() -> String {
    let numbered =
        (1..).zip(SAMPLE.lines()).map(|(number, line)| (LineNo::from(number), line, Folded::of(line)));
    let view =
        View::of(numbered.map(|(number, line, folded)| (number, line, Arc::clone(&folded))).collect(), None);
    let known = KnownRules(Vec::new());
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let facts: TiVec<Rank, text::Facts> =
        rows.iter().map(|row| text::facts(&view.lines[*row], &known)).collect();
    let context = Context::of_all(&view, rows.clone(), facts.iter().collect());
    let mut buckets: Vec<u16> = Vec::new();
    context.features_of_all(&mut buckets);
    for (rank, row) in rows.iter_enumerated() {
        text::features(&view.lines[*row], &facts[rank], &known, &mut buckets);
        context.features_of(rank, &mut buckets);
    }
    let hash = fnv(buckets.iter().flat_map(|bucket| bucket.to_le_bytes()));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::super::parameters::Model;
    use super::*;

    /// If this fails, a feature has changed its meaning since the model was trained: train it again.
    #[test]
    fn the_model_was_trained_with_these_features() {
        assert_eq!(Model::built_in_header().expect("a header").schema, schema());
    }

    #[test]
    fn a_rule_that_the_model_does_not_know_has_no_features() {
        let line = "分享到：";
        let view = View::new(&[(1, line)], None);
        let buckets = |known: &KnownRules| {
            let mut buckets: Vec<u16> = Vec::new();
            text::features(&view.lines.raw[0], &text::facts(&view.lines.raw[0], known), known, &mut buckets);
            buckets
        };
        let (all, none) = (buckets(&KnownRules::all()), buckets(&KnownRules::of(&[])));
        assert!(none.len() < all.len() && none.iter().all(|bucket| all.contains(bucket)));
    }
}
