//! The reading of an article, in each reading of a collection.

use crate::clean::TextHash;
use crate::corpus::{Date, Shingles, Signature};

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
