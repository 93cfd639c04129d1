//! What the readings of a collection have in common.

use std::borrow::Cow;

use anyhow::ensure;

use super::super::sinks::Processed;
use crate::clean::{Punctuation, TextHash};
use crate::corpus::{Date, Shingles, Signature};
use crate::io::Failure;
use crate::{Cleaner, Target};

/// What a reading finds of an article.
#[derive(Debug)]
pub(in crate::cli) struct ArticleReading {
    /// The hash of the text, by which a later reading knows the article again.
    pub text: TextHash,
    pub date: Option<Date>,
    pub signature: Option<Signature>,
    pub shingles: Option<Shingles>,
}

impl ArticleReading {
    /// The reading of a text, of which nothing is known yet.
    pub fn of(text: &str) -> Self {
        Self { text: TextHash::of(text), date: None, signature: None, shingles: None }
    }
}

/// The articles of a collection, as the first reading found them.
#[derive(Default)]
pub(in crate::cli) struct Articles {
    pub names: Vec<Box<str>>,
    pub texts: Vec<TextHash>,
    /// Bytes of the texts.
    pub bytes: u64,
    /// What could not be read.
    pub failures: Vec<Failure>,
}

impl Articles {
    /// Takes an article.
    pub fn add(&mut self, name: &str, bytes: usize, reading: &ArticleReading) {
        self.names.push(name.into());
        self.texts.push(reading.text);
        self.bytes += bytes as u64;
    }

    /// Makes sure that an article is the one that the first reading found with this number.
    ///
    /// # Errors
    /// If it is another one, because then numbers name wrong articles.
    pub fn check(&self, number: usize, article: &Processed) -> anyhow::Result<()> {
        let text = article.outcome.reading.as_ref().map(|reading| reading.text);
        let is_known = text.is_some() && self.texts.get(number).copied() == text;
        ensure!(is_known, "{}: the input changed while it was read", article.place.file);
        Ok(())
    }

    /// Makes sure that a later reading found as many articles.
    ///
    /// # Errors
    /// If it found fewer.
    pub fn check_count(&self, count: usize) -> anyhow::Result<()> {
        ensure!(
            count == self.texts.len(),
            "the input changed while it was read: {count} of {} articles came again",
            self.texts.len()
        );
        Ok(())
    }
}

/// The texts that are compared.
pub(in crate::cli) struct ComparedTexts {
    /// What `clean` would remove does not count.
    cleaner: Option<Cleaner>,
}

impl ComparedTexts {
    /// Whole texts, or what `clean` leaves of them.
    pub fn of(cleaned: bool) -> Self {
        let keeping = || Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build();
        Self { cleaner: cleaned.then(keeping) }
    }

    /// What is compared of an article.
    pub fn compared<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.cleaner {
            Some(cleaner) => Cow::Owned(cleaner.clean(text).text),
            None => Cow::Borrowed(text),
        }
    }
}
