//! Compares the candidates, as their shingles arrive.

use std::ops::Range;

use foldhash::HashMap;

use super::clusters::{Clusters, Copy};
use super::collection::Collection;
use super::duplicate::Duplicate;
use super::excerpts::Excerpts;
use super::shingles::{Shingles, ratio};
use super::survivor::Keep;

/// The share of an excerpt's shingles that stand in the longer article at least.
const CONTAINED: f64 = 0.9;
/// The length of an excerpt at most, in fifths of the longer article's.
const FIFTHS: usize = 4;

/// How alike two articles must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// The least similarity of copies, from 0.5 to 1. The default is 0.7: in the labelled collection, unrelated articles
    /// that share a background paragraph come up to 0.68.
    pub similarity: f64,
    /// The least containment of an excerpt, from 0.5 to 1. The default is 0.9.
    pub containment: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { similarity: 0.7, containment: CONTAINED }
    }
}

/// Two articles that were compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ComparedPair {
    /// The articles.
    pub articles: [u32; 2],
    /// The number of shingles of each one, and of both.
    pub counts: [usize; 2],
    pub shared: usize,
}

impl ComparedPair {
    /// The pair of an article with one of the same key.
    pub fn equal(articles: [u32; 2]) -> Self {
        Self { articles, counts: [1, 1], shared: 1 }
    }

    pub fn similarity(&self) -> f64 {
        ratio(self.shared, self.counts[0] + self.counts[1] - self.shared)
    }

    pub fn containment(&self) -> f64 {
        ratio(self.shared, self.counts[0].min(self.counts[1]))
    }

    /// Whether nine tenths of the shorter article stand in the longer one, and it has at most four fifths of its length.
    pub fn is_excerpt(&self) -> bool {
        let [a, b] = self.counts;
        self.containment() >= CONTAINED && a.min(b) * 5 <= a.max(b) * FIFTHS
    }

    /// The longer article.
    pub fn longer(&self) -> u32 {
        self.articles[usize::from(self.counts[1] > self.counts[0])]
    }

    /// The other article.
    pub fn other(&self, article: u32) -> u32 {
        if self.articles[0] == article { self.articles[1] } else { self.articles[0] }
    }
}

/// Compares the articles of a collection that may be copies. It keeps the shingles of an article only until all others have
/// come with which it is compared.
///
/// ```
/// use qingwen::corpus::{Collection, Comparison, Keep, Shingles, Signature, Thresholds};
/// let texts = ["老街夜市搬走了！", "別的文章。", "老街夜市搬走了。"];
/// let mut collection = Collection::default();
/// texts.iter().for_each(|text| collection.add(Signature::of(text)));
/// let mut comparison = Comparison::new(collection, Thresholds::default());
/// for (number, text) in texts.iter().enumerate() {
///     if comparison.needs(number) {
///         comparison.add(number, Shingles::of(text));
///     }
/// }
/// let duplicates = comparison.duplicates(Keep::First);
/// assert_eq!((duplicates[0].article, duplicates[0].of), (2, 0));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    collection: Collection,
    thresholds: Thresholds,
    /// For each article, the first one with the same key.
    firsts: Vec<u32>,
    /// Each article with each of its candidates, in ascending order.
    partners: Vec<(u32, u32)>,
    /// The articles that wait for candidates.
    waiting: HashMap<u32, Waiting>,
    found: Vec<ComparedPair>,
}

/// An article that waits for candidates.
#[derive(Debug, Clone)]
struct Waiting {
    shingles: Shingles,
    /// The number of candidates that have not come.
    missing: usize,
}

impl Comparison {
    /// A comparison of the articles whose signatures agree in a band.
    pub fn new(collection: Collection, thresholds: Thresholds) -> Self {
        let firsts = collection.firsts();
        let pairs = collection.candidates(&firsts);
        let mut partners: Vec<_> = pairs.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect();
        partners.sort_unstable();
        Self { collection, thresholds, firsts, partners, ..Self::default() }
    }

    /// Whether the shingles of an article are needed.
    pub fn needs(&self, article: usize) -> bool {
        u32::try_from(article).is_ok_and(|article| !self.partners_of(article).is_empty())
    }

    /// Takes the shingles of an article. Each article that is needed comes once, in any order.
    pub fn add(&mut self, article: usize, shingles: Shingles) {
        let Ok(article) = u32::try_from(article) else { return };
        let mut missing = 0;
        for at in self.partners_of(article) {
            let partner = self.partners[at].1;
            let Some(waiting) = self.waiting.get_mut(&partner) else {
                missing += 1;
                continue;
            };
            let shared = shingles.shared(&waiting.shingles);
            let counts = [shingles.count(), waiting.shingles.count()];
            let pair = ComparedPair { articles: [article, partner], counts, shared };
            let Thresholds { similarity, containment } = self.thresholds;
            if pair.similarity() >= similarity || pair.containment() >= containment {
                self.found.push(pair);
            }
            waiting.missing -= 1;
            if waiting.missing == 0 {
                self.waiting.remove(&partner);
            }
        }
        if missing > 0 {
            self.waiting.insert(article, Waiting { shingles, missing });
        }
    }

    /// The articles of the collection that are copies of others, in order.
    pub fn duplicates(self, keep: Keep) -> Vec<Duplicate> {
        let near = |pair: &ComparedPair| pair.similarity() >= self.thresholds.similarity;
        let (near, excerpts): (Vec<ComparedPair>, Vec<ComparedPair>) = self.found.into_iter().partition(near);
        let mut clusters = Clusters::new(&self.collection, self.firsts, &near, keep);
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

    /// Where the candidates of an article are in `partners`.
    fn partners_of(&self, article: u32) -> Range<usize> {
        let start = self.partners.partition_point(|(of, _)| *of < article);
        let end = self.partners.partition_point(|(of, _)| *of <= article);
        start..end
    }
}
