//! The articles of earlier runs, with which a run compares its own (`--against`).

use std::mem::take;

use foldhash::HashMap;

use super::super::args::DedupArgs;
use super::super::collection::{Comparing, Signing};
use super::super::seen::{Earlier, IndexSettings, SeenIndex};
use super::reading::ArticleReading;
use super::signing::HeldArticle;
use crate::clean::TextHash;
use crate::corpus::{ComparedPair, Duplicate, Signature, StoredArticle};

/// The bytes of articles that wait, before the index takes them. It takes many at once faster than one by one.
const WAITING: usize = 16 << 20;

/// The index of a run, and the articles of earlier runs that stand before its own.
pub(super) struct Against {
    index: SeenIndex,
    earlier: Earlier,
    /// The articles that the index does not have yet, with their numbers in the run.
    waiting: Vec<(u32, StoredArticle)>,
    bytes: usize,
    /// The pairs that were found with articles of the run.
    pairs: Vec<ComparedPair>,
    /// By the number in the run, the number in the index of each article of the run that it has.
    added: HashMap<u32, u32>,
}

impl Against {
    /// The index that the arguments name.
    ///
    /// # Errors
    /// If it cannot be used.
    pub fn of(args: &DedupArgs) -> anyhow::Result<Option<Self>> {
        let open = |path| SeenIndex::open(path, &IndexSettings::of(args));
        let index = args.against.as_deref().map(open).transpose()?;
        let of = |index| {
            let (earlier, added) = (Earlier::default(), HashMap::default());
            Self { index, earlier, waiting: Vec::new(), bytes: 0, pairs: Vec::new(), added }
        };
        Ok(index.map(of))
    }

    /// Lets the articles of earlier runs that matter stand before those of the run.
    ///
    /// # Errors
    /// If the index is damaged, and errors of the temporary files.
    pub fn sign(&mut self, signing: &mut Signing, held: Vec<HeldArticle>) -> anyhow::Result<()> {
        let signatures: Vec<Signature> = held.iter().map(|article| article.signature).collect();
        self.earlier = self.index.with(|tables| Earlier::of(tables, &signatures))?;
        for (name, signature) in self.earlier.names.iter().zip(&self.earlier.signatures) {
            signing.add(name, 0, TextHash::default(), signature, None)?;
        }
        signing.begin_run();
        for HeldArticle { name, bytes, text, signature } in held {
            signing.add(&name, bytes, text, &signature, None)?;
        }
        Ok(())
    }

    /// Gives the comparison what is known of the articles of earlier runs.
    ///
    /// # Errors
    /// If the index is damaged, and errors of the temporary files.
    pub fn compare_earlier(&self, comparing: &mut Comparing) -> anyhow::Result<()> {
        comparing.found_before(&self.earlier.pairs)?;
        for number in &self.earlier.numbers {
            let shingles = || self.index.with(|tables| Ok(tables.article(*number)?.shingles));
            let shingles = comparing.needs_next().then(shingles).transpose()?;
            comparing.add(shingles.as_ref())?;
        }
        Ok(())
    }

    /// Takes an article of the run, which is the first one with its key, and the pairs that were found with it.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn add(
        &mut self,
        article: u32,
        name: &str,
        reading: &ArticleReading,
        found: Vec<ComparedPair>,
    ) -> anyhow::Result<()> {
        let (Some(signature), Some(shingles)) = (reading.signature, &reading.shingles) else { return Ok(()) };
        if signature.is_empty() {
            return Ok(());
        }
        self.pairs.extend(found);
        self.bytes += name.len() + shingles.count() * size_of::<u32>();
        let stored = StoredArticle { name: name.into(), signature, shingles: shingles.clone() };
        self.waiting.push((article, stored));
        if self.bytes < WAITING { Ok(()) } else { self.add_waiting() }
    }

    fn add_waiting(&mut self) -> anyhow::Result<()> {
        self.bytes = 0;
        let (articles, stored): (Vec<u32>, Vec<StoredArticle>) = take(&mut self.waiting).into_iter().unzip();
        let first = self.index.with(|tables| tables.add(&stored))?;
        self.added.extend(articles.into_iter().zip(first..));
        Ok(())
    }

    /// Takes what was found: the pairs, and the copies among the articles of the run.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn add_found(&mut self, duplicates: &[Duplicate]) -> anyhow::Result<()> {
        self.add_waiting()?;
        let number = |article: usize| u32::try_from(article).ok().and_then(|article| self.number(article));
        self.index.with(|tables| {
            for pair in &self.pairs {
                if let [Some(a), Some(b)] = pair.articles.map(|article| self.number(article)) {
                    tables.add_pair(&ComparedPair { articles: [a, b], ..*pair })?;
                }
            }
            for Duplicate { article, kept, .. } in duplicates {
                if let (Some(copy), Some(kept)) = (number(*article), number(*kept)) {
                    tables.add_copy(copy, kept)?;
                }
            }
            Ok(())
        })
    }

    /// Makes the articles of the run a part of the index.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn commit(mut self) -> anyhow::Result<()> {
        self.index.commit()
    }

    /// The number in the index of an article.
    fn number(&self, article: u32) -> Option<u32> {
        let earlier = self.earlier.numbers.get(article as usize);
        earlier.or_else(|| self.added.get(&article)).copied()
    }
}
