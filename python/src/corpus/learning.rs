//! What a site prints on many pages.

use std::num::NonZeroUsize;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_schema::{ArrowError, FieldRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use qingwen::corpus::{
    CorpusModel, CountedPage, CountedRow, LearnThresholds, Learner, PageCounter, PageCounts, PageLines,
    PageReader,
};
use serde_arrow::schema::{SchemaLike, TracingOptions};

use super::rows::{read, write};
use crate::arrow::{Columns, mapped, strings};
use crate::error::error;
use crate::parallel;

/// The lines of pages, as ``qingwen corpus count`` counts them: a row for each line, with the columns ``source``, ``page``,
/// ``lines``, ``line``, ``key``, ``frame``, ``removed_as`` and ``text``. ``docs/columns.md`` says what they are. An engine
/// can group them by ``source``, and ``learn`` finds in each group what the source prints on many pages.
///
/// ``data`` is a record batch or a stream of them. ``text``, ``title`` and ``source`` name columns; ``source`` holds who
/// published the page, such as a host. ``threads`` is the number of threads for each part of a stream.
///
/// Raises:
///     QingwenError: a column is missing or has no strings.
///
/// >>> import pyarrow as pa
/// >>> from qingwen.corpus import count_lines
/// >>> batch = pa.record_batch({"source": ["老街網"], "text": ["老街夜市搬走了。\n分享到：\n"]})
/// >>> [row["text"] for row in pa.record_batch(count_lines(batch)).to_pylist()]
/// ['老街夜市搬走了。', '分享到：']
#[pyfunction]
#[pyo3(signature = (data, text="text", title=None, source="source", threads=1))]
pub fn count_lines<'py>(
    py: Python<'py>,
    data: AnyArray,
    text: &str,
    title: Option<&str>,
    source: &str,
    threads: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let threads = NonZeroUsize::new(threads).ok_or_else(|| error("threads must be 1 or more"))?;
    let names = PageColumns { text: text.into(), title: title.map(str::to_owned), source: source.into() };
    let counter = PageCounter::default();
    mapped(py, data, move |array| {
        let rows = names.rows(array, &counter, threads.get())?;
        Ok(Arc::new(write(&rows, &fields()?)?) as ArrayRef)
    })
}

/// What the sources print on many of their pages: the model that ``qingwen corpus learn`` writes, as a text. ``counts`` is a
/// table of ``count_lines`` with all rows of these sources, in any order. Written to a file, the model is for
/// ``Cleaner(corpus_model=…)`` and ``qingwen corpus show``.
///
/// Raises:
///     QingwenError: a column is missing or has other values.
///
/// >>> import pyarrow as pa
/// >>> from qingwen.corpus import count_lines, learn
/// >>> texts = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"]
/// >>> batch = pa.record_batch({"source": ["老街網"] * 2, "text": texts})
/// >>> "分享到：" in learn(count_lines(batch))
/// True
#[pyfunction]
pub fn learn(py: Python<'_>, counts: AnyArray) -> PyResult<String> {
    let rows: Vec<CountedRow> = read(py, counts)?;
    py.detach(|| Ok(model(&pages(rows)?).to_text())).map_err(|reason: String| error(reason))
}

/// One model of several, as ``learn`` gave them. A source may be in one of them only.
///
/// Raises:
///     QingwenError: a text is no model, or two of them have the same source.
///
/// >>> from qingwen.corpus import join_models, learn
/// >>> join_models([]).startswith('{"qingwen_corpus_model":')
/// True
#[pyfunction]
pub fn join_models(models: Vec<String>) -> PyResult<String> {
    let parsed =
        models.iter().map(|text| CorpusModel::parse(text).map_err(|e| error(format!("a model {e}"))));
    let joined = CorpusModel::join(parsed.collect::<PyResult<Vec<_>>>()?);
    joined
        .map(|model| model.to_text())
        .map_err(|source| error(format!("two models have the source {source:?}")))
}

/// The columns of pages.
struct PageColumns {
    text: String,
    title: Option<String>,
    source: String,
}

impl PageColumns {
    fn rows(
        &self,
        array: &ArrayRef,
        counter: &PageCounter,
        threads: usize,
    ) -> Result<Vec<CountedRow>, ArrowError> {
        let wrong = || ArrowError::InvalidArgumentError("a table is needed, and not a column".into());
        let columns = Columns::of(array.as_struct_opt().ok_or_else(wrong)?);
        let (texts, sources) = (columns.get(&self.text)?, columns.get(&self.source)?);
        let titles = self.title.as_ref().map(|name| columns.get(name)).transpose()?;
        let (texts, sources) = (strings::read(&texts, &self.text)?, strings::read(&sources, &self.source)?);
        let titles = match (&titles, &self.title) {
            (Some(titles), Some(name)) => strings::read(titles, name)?,
            _ => vec![None; texts.len()],
        };
        let pages: Vec<_> = texts.iter().zip(&sources).zip(&titles).collect();
        let counted = parallel::map(&pages, threads, |((text, source), title)| {
            let page = |text: &str| counter.count(source.unwrap_or_default(), text, **title);
            text.map(|text| CountedRow::of_page(&page(text))).unwrap_or_default()
        });
        Ok(counted.concat())
    }
}

/// The pages of rows. Engines give them in any order, and a page that was read twice has each row twice.
fn pages(mut rows: Vec<CountedRow>) -> Result<Vec<CountedPage>, String> {
    rows.sort_by(|a, b| (&a.source, a.page, a.line).cmp(&(&b.source, b.page, b.line)));
    rows.dedup_by(|a, b| (&a.source, a.page, a.line) == (&b.source, b.page, b.line));
    let mut pages = Vec::new();
    for page in rows.chunk_by(|a, b| (&a.source, a.page) == (&b.source, b.page)) {
        let lines = page.iter().filter(|row| row.line.is_some()).cloned().map(CountedRow::into_line);
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        if lines.len() != page[0].lines as usize {
            let (name, all) = (&page[0].source, page[0].lines);
            return Err(format!("a page of {name:?} has {} of its {all} lines", lines.len()));
        }
        pages.push(CountedPage::new(page[0].page, page[0].source.clone(), lines));
    }
    Ok(pages)
}

/// What is learned of pages.
fn model(pages: &[CountedPage]) -> CorpusModel {
    let mut counts = PageCounts::default();
    pages.iter().for_each(|page| counts.add(&PageLines::from(page)));
    let reader = PageReader::new(counts, LearnThresholds::default());
    let mut learner = Learner::default();
    pages.iter().for_each(|page| learner.add(&reader.read_counted(page)));
    learner.finish(&reader)
}

/// The columns of lines: those of their rows.
fn fields() -> Result<Vec<FieldRef>, ArrowError> {
    let columns = Vec::from_type::<CountedRow>(TracingOptions::default().strings_as_large_utf8(false));
    columns.map_err(|e| ArrowError::SchemaError(e.message().to_owned()))
}
