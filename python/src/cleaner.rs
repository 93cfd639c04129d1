//! The class `Cleaner`.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyTuple};
use pyo3_arrow::input::AnyArray;
use qingwen::clean::Exceptions;

use crate::arrow::ArrowCleaner;
use crate::error::error;
use crate::many::{Articles, CleanedTexts};
use crate::{cleaned, options};

/// Cleans articles.
///
/// The options are those of ``qingwen clean``, with underscores: ``--keep-lines`` is ``keep_lines``. An option that may be
/// given more than once takes a list. A file that an option names is read here, once.
///
/// * ``to``: what the text becomes: ``"auto"`` (the article's own majority script), ``"keep"``, ``"hans"``, ``"hant"``,
///   ``"tw"``, ``"hk"``, ``"twp"``, ``"hkp"``
/// * ``profile``: which categories go: ``"article"`` (all but metadata), ``"corpus"`` (all), ``"light"`` (repeats)
/// * ``remove``, ``keep``: categories or rules to remove or to keep
/// * ``certainty``: ``"likely"`` or ``"sure"``, which leaves out rules that are only likely right
/// * ``keep_twin``: which of two lines stays that say the same: ``"first"``, ``"target-script"``, ``"longest"``
/// * ``punctuation``, ``entities``, ``radicals``: ``"auto"`` or ``"keep"``
/// * ``rules``: folders with rules of your own
/// * ``keep_lines``, ``remove_lines``: files with lines that always stay, or always go
/// * ``corpus_model``: files of ``qingwen corpus learn``. A model of several sources needs the ``source`` of each text; one of
///   a single source applies to any text
/// * ``dict``, ``variants``, ``usage``, ``regional_words``, ``protect``, ``keep_quotes``: how text is converted
///
/// A cleaner does not change, so threads share it. It can be pickled: what is read again then are its files, so they must
/// be at the same paths.
///
/// Raises:
///     QingwenError: an option is unknown or cannot be followed.
///
/// >>> from qingwen import Cleaner
/// >>> cleaned = Cleaner(to="tw").clean("老街夜市搬走了\n街坊说,好。\n分享到:\n")
/// >>> cleaned.text
/// '老街夜市搬走了\n街坊說，好。\n'
/// >>> Cleaner(to="mars")
/// Traceback (most recent call last):
///     ...
/// qingwen.QingwenError: invalid value 'mars' for '--to <TARGET>': no target named "mars"; there are auto, keep, hans, hant, tw, hk, twp, hkp
#[pyclass(module = "qingwen", frozen)]
pub struct Cleaner {
    cleaner: Arc<qingwen::Cleaner>,
    /// The same cleaner, which also looks for metadata. That takes time.
    with_metadata: Arc<qingwen::Cleaner>,
    options: Py<PyDict>,
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (**options))]
    fn new(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let words = options.map(options::words).transpose()?.unwrap_or_default();
        let builder = py.detach(|| qingwen::cli::embedded::cleaner(&words)).map_err(error)?;
        Ok(Self {
            with_metadata: Arc::new(builder.clone().metadata(true).build()),
            cleaner: Arc::new(builder.build()),
            options: options::kept(options, py)?,
        })
    }

    /// Cleans an article, and a title that came with it beside the text. ``source`` names who published it, for the models of
    /// ``corpus_model``.
    ///
    /// >>> from qingwen import Cleaner
    /// >>> cleaned = Cleaner().clean("夜市在上個月搬走。\n老街夜市搬走了吗？\n街坊說安靜了許多。", title="老街夜市搬走了嗎?")
    /// >>> cleaned.text
    /// '夜市在上個月搬走。\n街坊說安靜了許多。'
    /// >>> cleaned.title
    /// '老街夜市搬走了嗎？'
    /// >>> [(removal["line"], removal["rule"]) for removal in cleaned.removals]
    /// [(2, 'repeat/headline')]
    #[pyo3(signature = (text, title=None, source=None))]
    fn clean<'py>(
        &self,
        py: Python<'py>,
        text: &str,
        title: Option<&str>,
        source: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let none = Exceptions::default();
        let cleaned = py.detach(|| self.with_metadata.clean_of_source(source, text, title, &none));
        cleaned::to_python(py, &cleaned)
    }

    /// Cleans many articles on several threads, and gives the results in order, one after another. It takes texts from
    /// the iterable some hundred at a time, so the articles need not fit into memory together.
    ///
    /// ``titles`` has the title of each text, or ``None``, and ``sources`` has the sources. ``threads`` is the number of threads; the default is that of the
    /// machine's processors.
    ///
    /// >>> from qingwen import Cleaner
    /// >>> articles = ["街坊說,好。\n分享到:", "老街,夜市。"]
    /// >>> [cleaned.text for cleaned in Cleaner().clean_many(articles)]
    /// ['街坊說，好。\n', '老街，夜市。']
    #[pyo3(signature = (texts, titles=None, threads=None, sources=None))]
    fn clean_many(
        &self,
        texts: &Bound<'_, PyAny>,
        titles: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
        sources: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<CleanedTexts> {
        let iterator = |values: &Bound<'_, PyAny>| values.try_iter().map(Bound::<PyIterator>::unbind);
        let [titles, sources] = [titles, sources].map(|values| values.map(iterator).transpose());
        let articles = Articles { texts: iterator(texts)?, titles: titles?, sources: sources? };
        let threads = count(threads.unwrap_or_else(processors))?;
        Ok(CleanedTexts::new(self.with_metadata.clone(), articles, threads))
    }

    /// Cleans Arrow data from any library that has the Arrow PyCapsule interface, such as pyarrow, Polars and DuckDB.
    /// Other columns come through as they are, without a copy.
    ///
    /// * A record batch, or a stream of them (a table, a reader, a data frame): ``text`` names the column with the texts,
    ///   ``title`` the one with titles, and ``source`` the one with sources. With ``report`` there are two more columns, ``removals`` and ``metadata``.
    /// * An array of strings, or a stream of them (a chunked array, a series): with ``report`` the result has the columns
    ///   ``text``, ``removals`` and ``metadata``, else it is an array of strings.
    ///
    /// A stream comes back as a stream, which cleans each part when it is read. ``threads`` is the number of threads for
    /// each part.
    ///
    /// Raises:
    ///     QingwenError: a column is missing, is there already, or has no strings.
    ///
    /// >>> import pyarrow as pa
    /// >>> from qingwen import Cleaner
    /// >>> batch = pa.record_batch({"id": [7], "text": ["街坊說,好。\n分享到:"]})
    /// >>> cleaned = pa.record_batch(Cleaner().clean_arrow(batch))
    /// >>> cleaned.to_pylist()[0]["text"]
    /// '街坊說，好。\n'
    /// >>> [removal["rule"] for removal in cleaned.to_pylist()[0]["removals"]]
    /// ['share/bar']
    /// >>> pa.array(Cleaner().clean_arrow(batch["text"], report=False)).to_pylist()
    /// ['街坊說，好。\n']
    #[pyo3(signature = (data, text="text", title=None, report=true, threads=1, source=None))]
    #[allow(clippy::too_many_arguments)] // They are keywords in Python.
    fn clean_arrow<'py>(
        &self,
        py: Python<'py>,
        data: AnyArray,
        text: &str,
        title: Option<&str>,
        report: bool,
        threads: usize,
        source: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let cleaner = if report { &self.with_metadata } else { &self.cleaner };
        let work = ArrowCleaner {
            cleaner: cleaner.clone(),
            text: text.to_owned(),
            title: title.map(str::to_owned),
            source: source.map(str::to_owned),
            report,
            threads: count(threads)?,
        };
        work.clean(py, data)
    }

    fn __reduce__<'py>(slf: Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        options::reduced(slf.get_type().into_any(), slf.get().options.bind(slf.py()))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        options::shown("Cleaner", self.options.bind(py))
    }
}

/// A number of threads.
fn count(threads: usize) -> PyResult<NonZeroUsize> {
    NonZeroUsize::new(threads).ok_or_else(|| error("threads must be 1 or more"))
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
