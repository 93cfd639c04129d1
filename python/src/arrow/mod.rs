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
use qingwen::clean::Exceptions;
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
    /// Name of the column with the sources, if there is one.
    pub source: Option<String>,
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
        let cleaned = self.articles(&strings::read(array, &self.text)?, &[], &[]);
        strings::write(cleaned.iter().map(text), array.data_type())
    }

    /// Records, with the clean texts in place of the texts.
    fn batch(&self, mut columns: Columns) -> Result<StructArray, ArrowError> {
        let column = |name: &Option<String>| name.as_ref().map(|name| columns.get(name)).transpose();
        let (written, titles, sources) =
            (columns.get(&self.text)?, column(&self.title)?, column(&self.source)?);
        let titles = optional(&titles, &self.title)?;
        let cleaned =
            self.articles(&strings::read(&written, &self.text)?, &titles, &optional(&sources, &self.source)?);
        columns.replace(&self.text, strings::write(cleaned.iter().map(text), written.data_type())?);
        if let Some(name) = &self.title {
            let data_type = columns.get(name)?.data_type().clone();
            let titles = cleaned.iter().zip(&titles).map(|(cleaned, title)| self::title(cleaned, *title));
            let titles = strings::write(titles, &data_type)?;
            columns.replace(name, titles);
        }
        if self.report {
            columns.add("removals", report::removals(&cleaned)?)?;
            columns.add("metadata", report::metadata(&cleaned)?)?;
        }
        columns.into_batch()
    }

    /// Articles, cleaned. An article without a text stays so. Lists of titles and of sources may be shorter.
    fn articles(
        &self,
        texts: &[Option<&str>],
        titles: &[Option<&str>],
        sources: &[Option<&str>],
    ) -> Vec<Option<Cleaned>> {
        let rest = || std::iter::repeat(&None);
        let articles: Vec<_> =
            texts.iter().zip(titles.iter().chain(rest())).zip(sources.iter().chain(rest())).collect();
        parallel::map(&articles, self.threads.get(), |((text, title), source)| {
            text.map(|text| self.cleaner.clean_of_source(**source, text, **title, &Exceptions::default()))
        })
    }
}

/// The strings of a column that need not be there.
fn optional<'a>(
    column: &'a Option<ArrayRef>,
    name: &Option<String>,
) -> Result<Vec<Option<&'a str>>, ArrowError> {
    match (column, name) {
        (Some(column), Some(name)) => strings::read(column, name),
        _ => Ok(Vec::new()),
    }
}

fn text(cleaned: &Option<Cleaned>) -> Option<&str> {
    Some(&cleaned.as_ref()?.text)
}

/// The clean title. That of an article without a text stays as it is.
fn title<'t>(cleaned: &'t Option<Cleaned>, source: Option<&'t str>) -> Option<&'t str> {
    cleaned.as_ref().map_or(source, |cleaned| cleaned.title.as_deref())
}
