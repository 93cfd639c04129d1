//! What is done with articles: one file a command.

pub(super) mod check;
pub(super) mod clean;
pub(super) mod convert;
pub(super) mod diff;
pub(super) mod inspect;

use crate::Converter;
use crate::clean::Cleaned;
use crate::io::AddedField;

/// An article, as a job sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Article<'a> {
    /// The record's id; without one the file's path, with the line for a record.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The title that came with the text, beside it.
    pub title: Option<&'a str>,
}

/// What is done with each article. Threads share the job, so what becomes of an article depends on nothing else.
pub(super) trait Job: Sync {
    /// What becomes of an article.
    fn process(&self, article: &Article) -> Outcome;

    /// The converter that is all there is to the job, so that a text of any size may be read piece by piece.
    fn streaming(&self) -> Option<&Converter> {
        None
    }
}

/// What became of an article: the text, and what sinks tell of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The text where the job cleans nothing. `None` leaves the text as it is.
    pub text: Option<String>,
    /// The account of cleaning, and the clean text.
    pub cleaned: Option<Cleaned>,
    /// Fields that are written beside the text.
    pub added: Vec<AddedField>,
    /// What the command prints of the article instead of its text.
    pub shown: Vec<u8>,
    /// The article has what `check` and `diff` look for.
    pub found: bool,
}

impl Outcome {
    /// The text that the article becomes, where it does not stay as it is.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref().or(self.cleaned.as_ref().map(|cleaned| cleaned.text.as_str()))
    }
}
