//! The first reading: it takes the signatures of all articles, and finds the pairs that may be copies.

use std::io;
use std::sync::Arc;

use anyhow::Context;

use super::super::memory::Memory;
use super::articles::Articles;
use super::comparing::Comparing;
use super::partners::Partners;
use crate::clean::TextHash;
use crate::corpus::{BucketPairs, Date, Signature, Thresholds};
use crate::io::{Failure, Row, Sorter, halves};

/// Takes the signatures of all articles, in order.
pub(in crate::cli) struct Signing {
    memory: Arc<Memory>,
    articles: Articles,
    /// The key of each article: hash, characters, and the article's number.
    keys: Sorter<4>,
    /// Each band of each article: place, hash, the key, and the article's number.
    bands: Sorter<6>,
}

impl Signing {
    /// No articles yet.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn new(memory: &Arc<Memory>) -> anyhow::Result<Self> {
        let Memory { folder, sorting, .. } = &**memory;
        let articles = memory.named(Articles::new(folder))?;
        let keys = memory.named(Sorter::new(folder, sorting / 8))?;
        let bands = memory.named(Sorter::new(folder, sorting / 2))?;
        Ok(Self { memory: Arc::clone(memory), articles, keys, bands })
    }

    /// Takes what could not be read.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn fail(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let failed = self.articles.fail(failure);
        self.memory.named(failed)
    }

    /// Says that the articles so far are those that earlier runs saw, and that were compared with one another then.
    pub fn begin_run(&mut self) {
        self.articles.begin_run();
    }

    /// Takes the next article, whose text has so many bytes.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn add(
        &mut self,
        name: &str,
        bytes: u64,
        text: TextHash,
        signature: &Signature,
        date: Option<&Date>,
    ) -> anyhow::Result<()> {
        let number =
            u32::try_from(self.articles.count()).context("there are more than 4,294,967,295 articles")?;
        let added =
            self.articles.add(name, bytes, text, signature, date).and_then(|()| self.sort(number, signature));
        self.memory.named(added)
    }

    /// Sorts an article among others: by its key, and by its bands.
    fn sort(&mut self, number: u32, signature: &Signature) -> io::Result<()> {
        let ([upper, lower], characters) = (halves(signature.key_hash()), signature.characters());
        if characters > 0 {
            self.keys.push(Row([upper, lower, characters, number]))?;
        }
        if signature.is_short() {
            return Ok(());
        }
        let mut bands = (0..).zip(signature.bands());
        bands.try_for_each(|(place, band)| {
            self.bands.push(Row([place, *band, upper, lower, characters, number]))
        })
    }

    /// The pairs that may be copies, to be compared.
    ///
    /// # Errors
    /// Errors of the temporary files, and if so many articles need more memory.
    pub fn finish(self, thresholds: Thresholds) -> anyhow::Result<Comparing> {
        let Self { memory, mut articles, keys, bands } = self;
        memory.ensure(articles.count() * BYTES_OF_ARTICLE, "so many articles")?;
        let firsts = memory.named(firsts(articles.count(), keys))?;
        let pairs = memory.named(partners(&memory, &firsts, bands, articles.earlier()))?;
        let partners = memory.named(Partners::of(pairs, &mut articles, &memory.folder))?;
        Comparing::new(memory, articles, firsts, partners, thresholds)
    }
}

/// Memory for an article: the first one with its key, and its cluster.
const BYTES_OF_ARTICLE: u64 = 8;

/// For each article, the first one with the same key.
fn firsts(count: u64, keys: Sorter<4>) -> io::Result<Vec<u32>> {
    let mut firsts: Vec<u32> = (0..).take(count as usize).collect();
    let mut last: Option<Row<4>> = None;
    for row in keys.sorted()? {
        let Row([upper, lower, characters, number]) = row?;
        match last {
            Some(Row([.., first])) if last == Some(Row([upper, lower, characters, first])) => {
                firsts[number as usize] = first;
            }
            _ => last = Some(Row([upper, lower, characters, number])),
        }
    }
    Ok(firsts)
}

/// Each article with each of those with which it is compared. Of articles with the same key, only the first one is compared.
/// Articles that earlier runs saw are not compared with one another.
fn partners(memory: &Memory, firsts: &[u32], bands: Sorter<6>, earlier: u64) -> io::Result<Sorter<2>> {
    let mut partners = Sorter::new(&memory.folder, memory.sorting / 4)?;
    let mut bucket = (None, BucketPairs::default());
    for row in bands.sorted()? {
        let Row([place, band, .., number]) = row?;
        if firsts[number as usize] != number {
            continue;
        }
        if bucket.0 != Some((place, band)) {
            bucket = (Some((place, band)), BucketPairs::default());
        }
        for (a, b) in bucket.1.next(number).into_iter().filter(|(_, later)| u64::from(*later) >= earlier) {
            partners.push(Row([a, b]))?;
            partners.push(Row([b, a]))?;
        }
    }
    Ok(partners)
}
