//! Excerpts: articles that stand within another one, and are too short to be similar to it.
//!
//! An excerpt goes for the longer article, and never the longer one for it, because the longer one says more. So excerpts
//! do not unite clusters: two articles that a digest contains are not copies of each other.

use foldhash::HashMap;

use super::clusters::{Clusters, Copy};
use super::comparison::ComparedPair;

/// For each cluster whose survivor is an excerpt, the cluster of the article that contains it.
#[derive(Debug, Default)]
pub(super) struct Excerpts {
    into: HashMap<u32, u32>,
    pub copies: Vec<Copy>,
}

impl Excerpts {
    /// The survivors of clusters that are excerpts, by these pairs. The shortest come first.
    pub fn of(mut pairs: Vec<ComparedPair>, clusters: &mut Clusters) -> Self {
        let mut excerpts = Self::default();
        let excerpt = |pair: &ComparedPair| pair.other(pair.longer());
        let order = |pair: &ComparedPair| (clusters.characters(excerpt(pair)), excerpt(pair), pair.longer());
        pairs.sort_unstable_by(|a, b| {
            let (first, second) = (order(a), order(b));
            let by_article = (first.0, first.1).cmp(&(second.0, second.1));
            by_article.then(b.containment().total_cmp(&a.containment())).then(first.2.cmp(&second.2))
        });
        pairs.iter().for_each(|pair| excerpts.add(pair, excerpt(pair), clusters));
        excerpts
    }

    /// Takes an excerpt, if it is the survivor of its cluster and the longer article does not go for it.
    fn add(&mut self, pair: &ComparedPair, excerpt: u32, clusters: &mut Clusters) {
        let (own, other) = (clusters.cluster(excerpt), clusters.cluster(pair.longer()));
        let survivor = clusters.survivor(own);
        if clusters.first(survivor) == excerpt && !self.into.contains_key(&own) && self.last(other) != own {
            self.into.insert(own, other);
            self.copies.push(Copy { article: survivor, of: clusters.named(pair.longer()), pair: *pair });
        }
    }

    /// The cluster of which an article stays for a cluster.
    pub fn last(&self, cluster: u32) -> u32 {
        let mut last = cluster;
        while let Some(next) = self.into.get(&last) {
            last = *next;
        }
        last
    }
}
