//! The jobs for articles. Each command has its own file.

pub(super) mod check;
pub(super) mod clean;
pub(super) mod convert;
pub(super) mod diff;
pub(super) mod inspect;
pub(super) mod restore;

use std::path::Path;

use super::dedup::ArticleReading;
use super::learn::Learned;
use super::paragraphs::ParagraphReading;
use crate::Converter;
use crate::clean::{Cleaned, Exceptions};
use crate::io::{AddedField, Site};
use crate::report::CheckFinding;

/// The input of a job: an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Article<'a> {
    /// The record's id, else the file's path. For a record without id the line is added.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The title that came with the text.
    pub title: Option<&'a str>,
    /// Whether the title stands in a field of the record, so that it is written back.
    pub has_title_field: bool,
    /// Whether the text is that of a page of HTML.
    pub is_page: bool,
    /// Who published it, as far as that is known: the record's source or host, else its file, or the text's folder.
    pub publisher: &'a str,
    /// The source that the record names.
    pub site: &'a Site,
    /// The date that the record says.
    pub date: Option<&'a str>,
    /// The path of the input.
    pub path: Option<&'a Path>,
    /// The lines that an editor keeps.
    pub exceptions: &'a Exceptions,
}

/// The work on each article. Threads share the job, so the result for an article depends on nothing else.
pub(super) trait Job: Sync {
    /// The result for an article.
    fn process(&self, article: &Article) -> Outcome;

    /// The converter, if the job consists of nothing else. A text of any size may then be read piece by piece.
    fn streaming(&self) -> Option<&Converter> {
        None
    }
}

/// The result for an article: the text, and the data for sinks.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The text, if the job cleans nothing. `None` leaves the text unchanged.
    pub text: Option<String>,
    /// The result of cleaning, including the clean text.
    pub cleaned: Option<Cleaned>,
    /// Fields that are written in addition to the text.
    pub added: Vec<AddedField>,
    /// The lines that cleaning changes, if the command lists them.
    pub findings: Vec<CheckFinding>,
    /// The output for the article that the command prints instead of its text.
    pub shown: Vec<u8>,
    /// Whether the article has what `check` and `diff` look for.
    pub found: bool,
    /// The lines that were put back.
    pub put_back: Vec<String>,
    /// What `corpus dedup` needs of the article.
    pub reading: Option<Box<ArticleReading>>,
    /// What `corpus dedup --level paragraph` needs of the article.
    pub paragraphs: Option<ParagraphReading>,
    /// What `corpus learn` needs of the article.
    pub learned: Option<Learned>,
    /// The reason why the job cannot be done with the article. The article is then left out of the output.
    pub failure: Option<String>,
}

impl Outcome {
    /// The new title of the article, if it was cleaned with one.
    pub fn title(&self) -> Option<&str> {
        self.cleaned.as_ref().and_then(|cleaned| cleaned.title.as_deref())
    }

    /// The new text of the article, unless it stays unchanged.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref().or(self.cleaned.as_ref().map(|cleaned| cleaned.text.as_str()))
    }
}
