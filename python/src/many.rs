//! Many articles from an iterable: cleaned on several threads, some hundred at a time, and given in order.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyIterator;

use crate::error::error;
use crate::{cleaned, parallel};

/// Number of articles for each thread that are taken at a time.
const ARTICLES: usize = 64;

/// A text and its title.
type Article = (PyBackedStr, Option<PyBackedStr>);

/// The cleaned texts of ``Cleaner.clean_many``, one after another.
#[pyclass(module = "qingwen")]
pub struct CleanedTexts {
    cleaner: Arc<qingwen::Cleaner>,
    texts: Py<PyIterator>,
    titles: Option<Py<PyIterator>>,
    threads: NonZeroUsize,
    ready: VecDeque<qingwen::Cleaned>,
    /// What the iterable raised. It is told after what came before it.
    failure: Option<PyErr>,
}

impl CleanedTexts {
    /// The cleaned texts of an iterable.
    pub fn new(
        cleaner: Arc<qingwen::Cleaner>,
        texts: Py<PyIterator>,
        titles: Option<Py<PyIterator>>,
        threads: NonZeroUsize,
    ) -> Self {
        Self { cleaner, texts, titles, threads, ready: VecDeque::new(), failure: None }
    }

    /// The next article.
    fn article(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        let Some(text) = self.texts.bind(py).clone().next() else { return Ok(None) };
        Ok(Some((text?.extract()?, self.title(py)?)))
    }

    fn title(&self, py: Python<'_>) -> PyResult<Option<PyBackedStr>> {
        let Some(titles) = &self.titles else { return Ok(None) };
        let title = titles.bind(py).clone().next();
        title.ok_or_else(|| error("there are fewer titles than texts"))??.extract()
    }

    /// The articles that are cleaned together.
    fn articles(&mut self, py: Python<'_>) -> Vec<Article> {
        let mut articles = Vec::new();
        while articles.len() < ARTICLES.saturating_mul(self.threads.get()) {
            match self.article(py) {
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
        let articles = self.articles(py);
        let (cleaner, threads) = (&self.cleaner, self.threads.get());
        let clean = |(text, title): &Article| cleaner.clean_titled(text, title.as_deref());
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
