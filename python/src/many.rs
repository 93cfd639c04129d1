//! Many articles from an iterable: cleaned on several threads, some hundred at a time, and given in order.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyIterator;

use qingwen::clean::Exceptions;

use crate::error::error;
use crate::{cleaned, parallel};

/// Number of articles for each thread that are taken at a time.
const ARTICLES: usize = 64;

/// The iterators over texts, and over what came with them.
pub struct Articles {
    pub texts: Py<PyIterator>,
    pub titles: Option<Py<PyIterator>>,
    pub sources: Option<Py<PyIterator>>,
}

/// A text, and what came with it.
struct Article {
    text: PyBackedStr,
    title: Option<PyBackedStr>,
    source: Option<PyBackedStr>,
}

impl Articles {
    /// The next article.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        let Some(text) = self.texts.bind(py).clone().next() else { return Ok(None) };
        let title = beside(py, &self.titles, "titles")?;
        let source = beside(py, &self.sources, "sources")?;
        Ok(Some(Article { text: text?.extract()?, title, source }))
    }
}

/// The next value of those that came with the texts, if there are any. `name` names them in an error.
fn beside(py: Python<'_>, values: &Option<Py<PyIterator>>, name: &str) -> PyResult<Option<PyBackedStr>> {
    let Some(values) = values else { return Ok(None) };
    let value = values.bind(py).clone().next();
    value.ok_or_else(|| error(format!("there are fewer {name} than texts")))??.extract()
}

/// The cleaned texts of ``Cleaner.clean_many``, one after another.
#[pyclass(module = "qingwen")]
pub struct CleanedTexts {
    cleaner: Arc<qingwen::Cleaner>,
    articles: Articles,
    threads: NonZeroUsize,
    ready: VecDeque<qingwen::Cleaned>,
    /// What the iterable raised. It is told after what came before it.
    failure: Option<PyErr>,
}

impl CleanedTexts {
    /// The cleaned texts of an iterable.
    pub fn new(cleaner: Arc<qingwen::Cleaner>, articles: Articles, threads: NonZeroUsize) -> Self {
        Self { cleaner, articles, threads, ready: VecDeque::new(), failure: None }
    }

    /// The articles that are cleaned together.
    fn batch(&mut self, py: Python<'_>) -> Vec<Article> {
        let mut articles = Vec::new();
        while articles.len() < ARTICLES.saturating_mul(self.threads.get()) {
            match self.articles.next(py) {
                Ok(Some(article)) => articles.push(article),
                Ok(None) => break,
                Err(failure) => {
                    self.failure = Some(failure);
                    break;
                }
            }
        }
        articles
    }

    /// Takes articles and cleans them.
    fn fill(&mut self, py: Python<'_>) {
        let articles = self.batch(py);
        let (cleaner, threads) = (&self.cleaner, self.threads.get());
        let none = Exceptions::default();
        let clean = |Article { text, title, source }: &Article| {
            cleaner.clean_of_source(source.as_deref(), text, title.as_deref(), &none)
        };
        self.ready = py.detach(|| parallel::map(&articles, threads, clean)).into();
    }
}

#[pymethods]
impl CleanedTexts {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.ready.is_empty() && self.failure.is_none() {
            self.fill(py);
        }
        match self.ready.pop_front() {
            Some(cleaned) => cleaned::to_python(py, &cleaned).map(Some),
            None => self.failure.take().map_or(Ok(None), Err),
        }
    }
}
