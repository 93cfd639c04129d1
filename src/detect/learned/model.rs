//! The model of a collection: for each source, the lines that it prints on many pages.

use std::collections::{BTreeMap, HashMap};

use super::frame::frame;
use super::line::{LearnedLine, LineVerdict};
use crate::analysis::Folded;

/// The lines that the sources of a collection print on many pages. [`learn`](crate::corpus::learn) makes it,
/// and [`CleanerBuilder::corpus_model`](crate::clean::CleanerBuilder::corpus_model) uses it.
///
/// The [module of collections](crate::corpus) has an example.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CorpusModel {
    sources: BTreeMap<String, SourceLines>,
}

/// The lines that a source prints on many pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceLines {
    name: String,
    documents: u64,
    lines: Vec<LearnedLine>,
    /// For each key of a line that may go, the index of the line in `lines`.
    by_key: HashMap<String, usize>,
    /// The same for each frame.
    by_frame: HashMap<String, usize>,
}

impl CorpusModel {
    /// The model of some sources.
    pub(crate) fn new(sources: impl IntoIterator<Item = SourceLines>) -> Self {
        Self { sources: sources.into_iter().map(|source| (source.name.clone(), source)).collect() }
    }

    /// One model that joins several, each of which knows other sources.
    ///
    /// ```
    /// use qingwen::corpus::{CorpusModel, LearnOptions, learn};
    /// let of = |source| learn([(source, "老街夜市搬走了。")], &LearnOptions::default());
    /// let joined = CorpusModel::join([of("老街網"), of("河堤報")]).unwrap();
    /// assert_eq!(joined.sources().count(), 2);
    /// assert_eq!(CorpusModel::join([of("老街網"), of("老街網")]), Err("老街網".to_owned()));
    /// ```
    ///
    /// # Errors
    /// The name of a source that two of them know. Their counts cannot be added, because a page may be in
    /// both.
    pub fn join(models: impl IntoIterator<Item = Self>) -> Result<Self, String> {
        let mut joined = Self::default();
        for (name, source) in models.into_iter().flat_map(|model| model.sources) {
            if joined.sources.insert(name.clone(), source).is_some() {
                return Err(name);
            }
        }
        Ok(joined)
    }

    /// The sources, in the order of their names.
    pub fn sources(&self) -> impl Iterator<Item = &SourceLines> {
        self.sources.values()
    }

    /// The lines for an article of a source. A model of one source gives its lines for any article, because
    /// its user knows where the articles come from.
    pub fn of_source(&self, source: Option<&str>) -> Option<&SourceLines> {
        let named = source.and_then(|source| self.sources.get(source));
        let only = || self.sources.values().next().filter(|_| self.sources.len() == 1);
        named.or_else(only)
    }
}

impl SourceLines {
    /// The lines of a source that has so many pages.
    pub(crate) fn new(name: String, documents: u64, lines: Vec<LearnedLine>) -> Self {
        let mut source = Self { name, documents, lines, ..Self::default() };
        for (index, learned) in source.lines.iter().enumerate() {
            if learned.verdict == LineVerdict::Stays {
                continue;
            }
            let key = Folded::of(&learned.line).key.clone();
            match (learned.frame, frame(&key)) {
                (true, Some(frame)) => source.by_frame.insert(frame, index),
                (true, None) => None,
                (false, _) => source.by_key.insert(key, index),
            };
        }
        source
    }

    /// The name of the source.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of its pages.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// The lines, those on most pages first.
    pub fn lines(&self) -> &[LearnedLine] {
        &self.lines
    }

    /// The learned line with a key, or with its frame, if it may go.
    pub(crate) fn find(&self, key: &str) -> Option<&LearnedLine> {
        if key.is_empty() {
            return None;
        }
        let framed = || self.by_frame.get(&frame(key)?);
        let index = self.by_key.get(key).or_else(|| if self.by_frame.is_empty() { None } else { framed() });
        self.lines.get(*index?)
    }
}
