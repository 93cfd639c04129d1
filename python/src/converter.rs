//! The class `Converter`.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use qingwen::cli::embedded::EmbeddedConversion;

use crate::error::error;
use crate::options;

/// Converts text, and does nothing else: by a configuration of OpenCC, or towards a target.
///
/// The options are those of ``qingwen convert``. ``config`` is a name such as ``"s2twp"``, or a file in OpenCC's JSON form,
/// and takes all of the text for the configuration's source script. ``to`` is a target (``"hans"``, ``"hant"``, ``"tw"``,
/// ``"hk"``, ``"twp"``, ``"hkp"``, ``"auto"``), and converts only what is in the other script. The others are ``dict``,
/// ``variants``, ``usage``, ``regional_words``, ``protect`` and ``keep_quotes``.
///
/// A converter does not change, so threads share it. It can be pickled.
///
/// Raises:
///     QingwenError: an option is unknown or cannot be followed.
///
/// >>> from qingwen import Converter
/// >>> Converter("s2twp").convert("软件里的鼠标")
/// '軟體裡的滑鼠'
/// >>> Converter(to="tw", protect="周杰伦").convert("周杰伦的头发")
/// '周杰伦的頭髮'
#[pyclass(module = "qingwen", frozen)]
pub struct Converter {
    conversion: EmbeddedConversion,
    options: Py<PyDict>,
}

#[pymethods]
impl Converter {
    #[new]
    #[pyo3(signature = (config=None, **options))]
    fn new(
        py: Python<'_>,
        config: Option<&Bound<'_, PyAny>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let options = options::kept(options, py)?;
        if let Some(config) = config {
            options.bind(py).set_item("config", config)?;
        }
        let words = options::words(options.bind(py))?;
        let conversion = py.detach(|| EmbeddedConversion::new(&words)).map_err(error)?;
        Ok(Self { conversion, options })
    }

    /// The converted text.
    ///
    /// >>> from qingwen import Converter
    /// >>> Converter("t2s").convert("頭髮")
    /// '头发'
    fn convert(&self, py: Python<'_>, text: &str) -> String {
        py.detach(|| self.conversion.convert(text))
    }

    fn __reduce__<'py>(slf: Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        options::reduced(slf.get_type().into_any(), slf.get().options.bind(slf.py()))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        options::shown("Converter", self.options.bind(py))
    }
}
