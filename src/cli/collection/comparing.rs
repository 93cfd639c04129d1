//! The second reading: it compares articles as their shingles come.

use std::io;
use std::sync::Arc;

use foldhash::HashMap;

use super::super::memory::Memory;
use super::articles::Articles;
use super::partners::{NeededTexts, Partners};
use super::waiting::WaitingShingles;
use crate::clean::TextHash;
use crate::corpus::{ComparedPair, Duplicate, FoundPairs, Keep, Shingles, Thresholds};
use crate::io::{Row, RowFile};

/// Memory for a pair that was found, and for an article in one, until it is written as a copy.
const BYTES_OF_PAIR: u64 = 160;
const BYTES_OF_COPY: u64 = 320;

/// Compares the articles of a collection. All of them come again, in the same order.
pub(in crate::cli) struct Comparing {
    memory: Arc<Memory>,
    articles: Articles,
    firsts: Vec<u32>,
    partners: Partners,
    thresholds: Thresholds,
    waiting: WaitingShingles,
    /// The pairs that were found: two articles, the number of shingles of each, and of both.
    found: RowFile<5>,
    /// The number of the next article.
    next: u32,
    has_pairs: bool,
}

/// The copies of a collection.
pub(in crate::cli) struct Found {
    pub articles: Articles,
    pub duplicates: Vec<Duplicate>,
}

impl Comparing {
    pub(super) fn new(
        memory: Arc<Memory>,
        articles: Articles,
        firsts: Vec<u32>,
        mut partners: Partners,
        thresholds: Thresholds,
    ) -> anyhow::Result<Self> {
        let waiting = memory.named(WaitingShingles::new(&memory.folder, memory.sorting / 4))?;
        let found = memory.named(RowFile::new(&memory.folder))?;
        let has_pairs = partners.has_next();
        Ok(Self { memory, articles, firsts, partners, thresholds, waiting, found, next: 0, has_pairs })
    }

    /// Whether articles are to be compared. If not, they need not come again.
    pub fn has_pairs(&self) -> bool {
        self.has_pairs
    }

    /// The texts whose shingles may be needed.
    pub fn needed(&self) -> Arc<NeededTexts> {
        self.partners.needed()
    }

    /// Makes sure that the next article is the one that the first reading found there.
    ///
    /// # Errors
    /// Errors of the temporary files, and if it is another one, because then numbers name wrong articles.
    pub fn check(&mut self, file: &str, text: Option<TextHash>) -> anyhow::Result<()> {
        self.articles.check(self.next.into(), file, text)
    }

    /// The number of the next article.
    pub fn next(&self) -> u32 {
        self.next
    }

    /// Whether the next article is the first one with its key.
    pub fn is_first(&self) -> bool {
        self.firsts.get(self.next as usize) == Some(&self.next)
    }

    /// Whether the shingles of the next article are needed.
    pub fn needs_next(&mut self) -> bool {
        self.partners.has(self.next)
    }

    /// Takes pairs that earlier runs found.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn found_before(&mut self, pairs: &[ComparedPair]) -> anyhow::Result<()> {
        let taken = pairs.iter().try_for_each(|pair| self.found.push(row(pair)));
        self.memory.named(taken)
    }

    /// Says that all pairs are known, so that the articles need not come again.
    pub fn needs_no_reading(&mut self) {
        self.has_pairs = false;
    }

    /// Takes the next article. Its shingles are there, if they may be needed. Returns the pairs that were found with it.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn add(&mut self, shingles: Option<&Shingles>) -> anyhow::Result<Vec<ComparedPair>> {
        let article = self.next;
        self.next += 1;
        let compared = self.compare(article, shingles);
        self.memory.named(compared)
    }

    fn compare(&mut self, article: u32, shingles: Option<&Shingles>) -> io::Result<Vec<ComparedPair>> {
        let partners = self.partners.next(article)?;
        let mut found = Vec::new();
        let Some(shingles) = shingles.filter(|_| !partners.is_empty()) else { return Ok(found) };
        let (before, behind): (Vec<u32>, Vec<u32>) = partners.iter().partition(|other| **other < article);
        for other in before {
            let pair = |theirs: &Shingles| ComparedPair::of([article, other], [shingles, theirs]);
            let pair = self.waiting.with(other, pair)?;
            if self.thresholds.hold(&pair) {
                self.found.push(row(&pair))?;
                found.push(pair);
            }
        }
        if !behind.is_empty() {
            self.waiting.keep(article, shingles, behind.len())?;
        }
        Ok(found)
    }

    /// The articles that are copies of others.
    ///
    /// # Errors
    /// Errors of the temporary files, if an article has not come again, and if so many copies need more memory.
    pub fn finish(self, keep: Keep) -> anyhow::Result<Found> {
        let Self { memory, mut articles, firsts, found, thresholds, next, has_pairs, .. } = self;
        if has_pairs || next > 0 {
            articles.check_count(next.into())?;
        }
        memory.ensure(bytes_of_copies(&firsts, found.count()), "so many copies")?;
        let pairs = memory.named(found.into_rows().map(|row| row.map(pair)).collect())?;
        let found = FoundPairs { firsts, pairs };
        let mut facts = HashMap::default();
        for article in found.articles() {
            facts.insert(article, memory.named(articles.facts(article.into()))?);
        }
        Ok(Found { articles, duplicates: found.duplicates(facts, &thresholds, keep) })
    }
}

/// Memory for the choice of copies.
fn bytes_of_copies(firsts: &[u32], pairs: u64) -> u64 {
    let same = (0..).zip(firsts).filter(|(article, first)| article != *first).count() as u64;
    size_of_val(firsts) as u64 * 2 + pairs * BYTES_OF_PAIR + (same + pairs) * BYTES_OF_COPY
}

fn row(pair: &ComparedPair) -> Row<5> {
    let ComparedPair { articles: [a, b], counts, shared } = *pair;
    let [first, second, both] = [counts[0], counts[1], shared].map(|count| count as u32);
    Row([a, b, first, second, both])
}

fn pair(Row([a, b, first, second, both]): Row<5>) -> ComparedPair {
    ComparedPair { articles: [a, b], counts: [first as usize, second as usize], shared: both as usize }
}
