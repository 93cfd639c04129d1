//! The removed text of a run, as `clean --removed` wrote it.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::Context;

use crate::clean::{RemovedSpan, TextHash, restore_lines};
use crate::io::{Input, ShownPath};
use crate::report::RemovedRecord;

/// What was removed from one article.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RemovedFromArticle {
    /// The article's name in reports.
    pub name: String,
    /// What was removed, in order.
    pub spans: Vec<RemovedSpan>,
}

/// What was removed from all articles of a run.
#[derive(Debug, Default)]
pub(super) struct RemovedText {
    /// By the hash of the clean text. Several articles may come to one text.
    articles: HashMap<TextHash, Vec<RemovedFromArticle>>,
    names: HashSet<String>,
    /// Whether the file holds removed text of several articles, also of those that are not wanted.
    is_of_several: bool,
}

impl RemovedText {
    /// Reads removed text; only that of one article if its name is given.
    ///
    /// # Errors
    /// If the file cannot be read, or a row is no removed text. The error names the row.
    pub fn read(path: &Path, name: Option<&str>) -> anyhow::Result<Self> {
        let mut removed = Self::default();
        let mut first: Option<String> = None;
        for (row, line) in (1..).zip(Input::from_path(path).read_text()?.lines()) {
            let record: RemovedRecord = serde_json::from_str(line)
                .with_context(|| format!("{}:{row}: is no removed text of qingwen", path.shown()))?;
            let first = first.get_or_insert_with(|| record.doc.to_string());
            removed.is_of_several |= *first != record.doc;
            if name.is_none_or(|name| record.doc == name) {
                removed.add(record);
            }
        }
        removed.articles.values_mut().for_each(|articles| articles.dedup());
        Ok(removed)
    }

    fn add(&mut self, record: RemovedRecord) {
        let (name, span) = (record.doc.into_owned(), record.removed.into_owned());
        let articles = self.articles.entry(span.clean).or_default();
        // Spans of an article are in order. An earlier span begins the next article of that name.
        let follows = |article: &&mut RemovedFromArticle| {
            let last = article.spans.last();
            article.name == name && last.is_none_or(|last| last.span.end <= span.span.start)
        };
        match articles.last_mut().filter(follows) {
            Some(article) => article.spans.push(span),
            None => articles.push(RemovedFromArticle { name: name.clone(), spans: vec![span] }),
        }
        self.names.insert(name);
    }

    /// Whether a line of any article was removed.
    pub fn has_line(&self, line: usize) -> bool {
        self.articles.values().flatten().any(|article| article.has_line(line))
    }

    /// Whether nothing was removed.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Whether the file holds removed text of several articles, also of those that are not wanted.
    pub fn is_of_several(&self) -> bool {
        self.is_of_several
    }

    /// Whether something was removed from an article of this name.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What was removed from the articles that came to this clean text: that of the article with this name, or else
    /// all. If there is none, some of it may have been put back.
    pub fn of(&self, name: &str, clean: &str) -> Vec<&RemovedFromArticle> {
        let articles = self.articles.get(&TextHash::of(clean)).map_or(&[][..], Vec::as_slice);
        match articles.iter().find(|article| article.name == name) {
            Some(article) => vec![article],
            None if articles.is_empty() => self.partly_restored(name, clean).into_iter().collect(),
            None => articles.iter().collect(),
        }
    }

    /// The article with this name, or the only one, if this is its clean text with some of the removed text in it.
    fn partly_restored(&self, name: &str, text: &str) -> Option<&RemovedFromArticle> {
        let mut articles = self.articles.values().flatten();
        let is_named = |article: &&RemovedFromArticle| article.name == name;
        let article = match self.names.len() {
            1 => articles.next(),
            _ => articles.find(is_named),
        };
        article.filter(|article| restore_lines(text, &article.spans, &[]).is_some())
    }
}

impl RemovedFromArticle {
    /// Whether a line was removed.
    pub fn has_line(&self, line: usize) -> bool {
        self.spans.iter().any(|span| span.line == line)
    }
}
