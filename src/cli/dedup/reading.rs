//! What the readings of a collection have in common.

use std::borrow::Cow;

use crate::clean::{Punctuation, TextHash};
use crate::corpus::{Date, Shingles, Signature};
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
