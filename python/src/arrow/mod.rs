//! Arrow data: the texts of strings or of a column are cleaned, and what was removed stands in columns beside them.

mod columns;
mod mapped;
mod report;
pub mod strings;

use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use qingwen::{Cleaned, Cleaner};

use crate::parallel;
pub use columns::Columns;
pub use mapped::{failed, mapped};

/// How Arrow data is cleaned.
pub struct ArrowCleaner {
    /// The cleaner.
    pub cleaner: Arc<Cleaner>,
    /// Name of the column with the texts.
    pub text: String,
    /// Name of the column with the titles, if there is one.
    pub title: Option<String>,
    /// Whether removals and metadata are given too.
    pub report: bool,
    /// Number of threads.
    pub threads: NonZeroUsize,
}

impl ArrowCleaner {
    /// Cleans an array or a stream, and gives the same kind of object.
    pub fn clean(self, py: Python<'_>, data: AnyArray) -> PyResult<Bound<'_, PyAny>> {
        mapped(py, data, move |array| self.array(array))
    }

    fn array(&self, array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        match array.as_struct_opt() {
            Some(batch) => Ok(Arc::new(self.batch(Columns::of(batch))?)),
            None if self.report => Ok(Arc::new(self.batch(Columns::of_one(&self.text, array))?)),
            None => self.strings(array),
        }
    }

    /// Strings, cleaned.
    fn strings(&self, array: &ArrayRef) -> Result<ArrayRef, ArrowError> {
        let texts = strings::read(array, &self.text)?;
        let cleaned = self.articles(&texts, &vec![None; texts.len()]);
        strings::write(cleaned.iter().map(text), array.data_type())
    }

    /// Records, with the clean texts in place of the texts.
    fn batch(&self, mut columns: Columns) -> Result<StructArray, ArrowError> {
        let source = columns.get(&self.text)?;
        let texts = strings::read(&source, &self.text)?;
        let source_titles = self.title.as_ref().map(|name| columns.get(name)).transpose()?;
        let titles = match (&source_titles, &self.title) {
            (Some(titles), Some(name)) => strings::read(titles, name)?,
            _ => vec![None; texts.len()],
        };
        let cleaned = self.articles(&texts, &titles);
        columns.replace(&self.text, strings::write(cleaned.iter().map(text), source.data_type())?);
        if let (Some(source), Some(name)) = (&source_titles, &self.title) {
            let titles = cleaned.iter().zip(titles).map(|(cleaned, title)| self::title(cleaned, title));
            columns.replace(name, strings::write(titles, source.data_type())?);
        }
        if self.report {
            columns.add("removals", report::removals(&cleaned)?)?;
            columns.add("metadata", report::metadata(&cleaned)?)?;
        }
        columns.into_batch()
    }

    /// Articles, cleaned. An article without a text stays so.
    fn articles(&self, texts: &[Option<&str>], titles: &[Option<&str>]) -> Vec<Option<Cleaned>> {
        let articles: Vec<_> = texts.iter().zip(titles).collect();
        let clean = |(text, title): &(&Option<&str>, &Option<&str>)| {
            text.map(|text| self.cleaner.clean_titled(text, **title))
        };
        parallel::map(&articles, self.threads.get(), clean)
    }
}

fn text(cleaned: &Option<Cleaned>) -> Option<&str> {
    Some(&cleaned.as_ref()?.text)
}

/// The clean title. That of an article without a text stays as it is.
fn title<'t>(cleaned: &'t Option<Cleaned>, source: Option<&'t str>) -> Option<&'t str> {
    cleaned.as_ref().map_or(source, |cleaned| cleaned.title.as_deref())
}
