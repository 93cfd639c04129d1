//! The comparison of candidates, as their shingles arrive.

use std::ops::Range;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use super::collection::Collection;
use super::duplicate::Duplicate;
use super::found_pairs::FoundPairs;
use super::shingles::{Shingles, ratio};
use super::survivor::Keep;

/// Minimum share of an excerpt's shingles that are in the longer article.
const CONTAINED: f64 = 0.9;
/// Maximum length of an excerpt, in fifths of the longer article's length.
const FIFTHS: usize = 4;

/// The least similarity and containment of two articles that are copies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// The least similarity of copies, from 0.5 to 1. The default is 0.7: in the labelled collection, unrelated articles
    /// that share a background paragraph come up to 0.68.
    pub similarity: f64,
    /// The least containment of an excerpt, from 0.5 to 1. The default is 0.9.
    pub containment: f64,
}

impl Thresholds {
    /// Whether a pair is similar enough to be reported: the articles are similar, or one of them contains the
    /// other.
    pub(crate) fn hold(&self, pair: &ComparedPair) -> bool {
        self.are_near(pair) || pair.containment() >= self.containment
    }

    /// Whether a pair is similar.
    pub(crate) fn are_near(&self, pair: &ComparedPair) -> bool {
        pair.similarity() >= self.similarity
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { similarity: 0.7, containment: CONTAINED }
    }
}

/// Two articles that were compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ComparedPair {
    /// The articles.
    pub(crate) articles: [u32; 2],
    /// The number of shingles in each article, and in both.
    pub(crate) counts: [usize; 2],
    pub(crate) shared: usize,
}

impl ComparedPair {
    /// Two articles by their numbers, and the number of [`Shingles`] in each of them. `shared` is the number
    /// of shingles in both. [`Comparison::of_pairs`] has an example.
    ///
    /// Returns `None` if a number does not fit into 32 bits, if both numbers are those of one article, or if
    /// `shared` is higher than one of the counts.
    pub fn new(articles: [usize; 2], counts: [usize; 2], shared: usize) -> Option<Self> {
        let [a, b] = [u32::try_from(articles[0]).ok()?, u32::try_from(articles[1]).ok()?];
        // The later article comes first, as it does if articles come in order, so that the result is the
        // same.
        let (articles, counts) = if a < b { ([b, a], [counts[1], counts[0]]) } else { ([a, b], counts) };
        let fits = a != b && counts.iter().all(|count| shared <= *count);
        fits.then_some(Self { articles, counts, shared })
    }

    /// The pair of an article with one of the same key.
    pub(crate) fn equal(articles: [u32; 2]) -> Self {
        Self { articles, counts: [1, 1], shared: 1 }
    }

    /// The pair of two articles with these shingles.
    pub(crate) fn of(articles: [u32; 2], shingles: [&Shingles; 2]) -> Self {
        let counts = shingles.map(Shingles::count);
        Self { articles, counts, shared: shingles[0].shared(shingles[1]) }
    }

    pub(crate) fn similarity(&self) -> f64 {
        ratio(self.shared, self.counts[0] + self.counts[1] - self.shared)
    }

    pub(crate) fn containment(&self) -> f64 {
        ratio(self.shared, self.counts[0].min(self.counts[1]))
    }

    /// Whether nine tenths of the shorter article are in the longer one, and it has at most four fifths of
    /// its length.
    pub(super) fn is_excerpt(&self) -> bool {
        let [a, b] = self.counts;
        self.containment() >= CONTAINED && a.min(b) * 5 <= a.max(b) * FIFTHS
    }

    /// The longer article.
    pub(crate) fn longer(&self) -> u32 {
        self.articles[usize::from(self.counts[1] > self.counts[0])]
    }

    /// The other article.
    pub(crate) fn other(&self, article: u32) -> u32 {
        if self.articles[0] == article { self.articles[1] } else { self.articles[0] }
    }
}

/// A comparison of the articles of a collection that may be copies. It keeps the shingles of an article only
/// until all articles have come with which it is compared.
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
    /// The number of candidates that have not come yet.
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

    /// A comparison of articles that were compared elsewhere, for example by another engine that holds the
    /// collection. It needs no shingles. Pairs that are not similar enough do not count. Of the articles with
    /// the same key, any may be in pairs.
    ///
    /// The articles may be a part of a collection, if no pair has an article outside it. Then the result is
    /// the same as for the whole collection, except for the numbers.
    ///
    /// ```
    /// use qingwen::corpus::{Collection, ComparedPair, Comparison, Keep, Shingles, Signature, Thresholds};
    /// let story = "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，\
    ///              老客人要走上十分鐘才會到。";
    /// let later = format!("{story}街坊也說好。");
    /// let mut collection = Collection::default();
    /// [story, &later].iter().for_each(|text| collection.add(Signature::of(text)));
    /// let [a, b] = [story, &later].map(Shingles::of);
    /// let pair = ComparedPair::new([0, 1], [a.count(), b.count()], a.shared(&b)).unwrap();
    /// let duplicates = Comparison::of_pairs(collection, Thresholds::default(), [pair]).duplicates(Keep::First);
    /// assert_eq!((duplicates.len(), duplicates[0].of), (1, 0));
    /// ```
    pub fn of_pairs(
        collection: Collection,
        thresholds: Thresholds,
        pairs: impl IntoIterator<Item = ComparedPair>,
    ) -> Self {
        let firsts = collection.firsts();
        let first = |article: u32| Some(*firsts.get(article as usize)? as usize);
        let of_firsts = |pair: ComparedPair| {
            let [a, b] = pair.articles;
            ComparedPair::new([first(a)?, first(b)?], pair.counts, pair.shared)
        };
        let found = pairs.into_iter().filter_map(of_firsts).filter(|pair| thresholds.hold(pair)).collect();
        Self { collection, thresholds, firsts, found, ..Self::default() }
    }

    /// Whether the shingles of an article are needed.
    pub fn needs(&self, article: usize) -> bool {
        u32::try_from(article).is_ok_and(|article| !self.partners_of(article).is_empty())
    }

    /// Adds the shingles of an article. Each article whose shingles are needed comes once, in any order.
    pub fn add(&mut self, article: usize, shingles: Shingles) {
        let Ok(article) = u32::try_from(article) else { return };
        let mut missing = 0;
        for at in self.partners_of(article) {
            let partner = self.partners[at].1;
            let Some(waiting) = self.waiting.get_mut(&partner) else {
                missing += 1;
                continue;
            };
            let pair = ComparedPair::of([article, partner], [&shingles, &waiting.shingles]);
            if self.thresholds.hold(&pair) {
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
        let found = FoundPairs { firsts: self.firsts, pairs: self.found };
        let facts = found.articles().into_iter().map(|article| (article, self.collection.facts(article)));
        let facts = facts.collect();
        found.duplicates(facts, &self.thresholds, keep)
    }

    /// The range of an article's candidates in `partners`.
    fn partners_of(&self, article: u32) -> Range<usize> {
        let start = self.partners.partition_point(|(of, _)| *of < article);
        let end = self.partners.partition_point(|(of, _)| *of <= article);
        start..end
    }
}
