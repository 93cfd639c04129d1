//! The step from pairs that were compared to the articles that are copies.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::clusters::{ArticleFacts, Clusters, Copy};
use super::comparison::{ComparedPair, Thresholds};
use super::duplicate::Duplicate;
use super::excerpts::Excerpts;
use super::survivor::Keep;

/// The pairs of a collection that are similar, or in which one article contains the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct FoundPairs {
    /// For each article, the first one with the same key.
    pub firsts: Vec<u32>,
    pub pairs: Vec<ComparedPair>,
}

impl FoundPairs {
    /// The articles that have the key of another one, or are in a pair, in order.
    pub fn articles(&self) -> BTreeSet<u32> {
        let same = (0..).zip(&self.firsts).filter(|(article, first)| article != *first);
        let same = same.flat_map(|(article, first)| [article, *first]);
        same.chain(self.pairs.iter().flat_map(|pair| pair.articles)).collect()
    }

    /// The articles that are copies of others, in order. `facts` are those of [`articles`](Self::articles).
    pub fn duplicates(
        self,
        facts: HashMap<u32, ArticleFacts>,
        thresholds: &Thresholds,
        keep: Keep,
    ) -> Vec<Duplicate> {
        let (near, excerpts): (Vec<ComparedPair>, Vec<ComparedPair>) =
            self.pairs.into_iter().partition(|pair| thresholds.are_near(pair));
        let mut clusters = Clusters::new(facts, self.firsts, &near, keep);
        let mut copies = clusters.copies();
        let excerpts = Excerpts::of(excerpts, &mut clusters);
        copies.extend(&excerpts.copies);
        copies.sort_unstable_by_key(|copy| copy.article);
        let described = |copy: &Copy| {
            let kept = excerpts.last(clusters.cluster(copy.article));
            clusters.described(copy, clusters.survivor(kept))
        };
        copies.iter().map(described).collect()
    }
}
