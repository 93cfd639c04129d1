//! Excerpts: articles that another article contains, and that are too short to be similar to it.
//!
//! An excerpt is removed in favour of the longer article, and never the other way round, because the longer
//! one says more. So excerpts do not unite clusters: two articles that a digest contains are not copies of
//! each other.

use foldhash::HashMap;

use super::clusters::{Clusters, Copy};
use super::comparison::ComparedPair;

/// The excerpts of a collection.
#[derive(Debug, Default)]
pub(super) struct Excerpts {
    container_of: HashMap<u32, u32>,
    pub copies: Vec<Copy>,
}

impl Excerpts {
    /// The survivors of clusters that are excerpts according to these pairs. The shortest come first.
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

    /// Adds an excerpt, if it is the survivor of its cluster and the longer article is not removed in favour
    /// of it.
    fn add(&mut self, pair: &ComparedPair, excerpt: u32, clusters: &mut Clusters) {
        let (own, other) = (clusters.cluster(excerpt), clusters.cluster(pair.longer()));
        let survivor = clusters.survivor(own);
        if clusters.first(survivor) == excerpt
            && !self.container_of.contains_key(&own)
            && self.last(other) != own
        {
            self.container_of.insert(own, other);
            self.copies.push(Copy {
                article: survivor,
                of: clusters.representative(pair.longer()),
                pair: *pair,
            });
        }
    }

    /// The cluster whose survivor is kept in place of the articles of a cluster.
    pub fn last(&self, cluster: u32) -> u32 {
        let mut last = cluster;
        while let Some(next) = self.container_of.get(&last) {
            last = *next;
        }
        last
    }
}
