//! Options by keyword, as words of the command line: `keep_lines=["a.txt"]` is `--keep-lines=a.txt`. So the package has the
//! options of the command, with their checks, and no list of its own.

use std::ffi::OsString;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyTuple};

/// The words for some keywords.
///
/// # Errors
/// If a value is no text, no path, no truth value and no list of texts or paths.
pub fn words(options: &Bound<'_, PyDict>) -> PyResult<Vec<OsString>> {
    let mut words = Vec::new();
    for (keyword, value) in options {
        let name = format!("--{}", keyword.extract::<String>()?.replace('_', "-"));
        if value.is_none() {
            continue;
        } else if let Ok(flag) = value.cast::<PyBool>() {
            words.extend(flag.is_true().then(|| name.into()));
        } else {
            let values = values(&value).map_err(|error| named(value.py(), &keyword, &error))?;
            words.extend(values.into_iter().map(|value| word(&name, value)));
        }
    }
    Ok(words)
}

/// One text or path, or each of several.
fn values(value: &Bound<'_, PyAny>) -> PyResult<Vec<PathBuf>> {
    match value.extract::<PathBuf>() {
        Ok(single) => Ok(vec![single]),
        Err(error) => {
            let several = value.try_iter().map_err(|_| error)?;
            several.map(|value| value?.extract::<PathBuf>()).collect()
        }
    }
}

fn word(name: &str, value: PathBuf) -> OsString {
    let mut word = OsString::from(format!("{name}="));
    word.push(value);
    word
}

/// An error about the type of a value, with the name of the option.
fn named(py: Python<'_>, keyword: &Bound<'_, PyAny>, error: &PyErr) -> PyErr {
    pyo3::exceptions::PyTypeError::new_err(format!("{keyword}: {}", error.value(py)))
}

/// A copy of some options that is kept for pickles.
pub fn kept(options: Option<&Bound<'_, PyDict>>, py: Python<'_>) -> PyResult<Py<PyDict>> {
    options.map_or_else(|| Ok(PyDict::new(py)), |options| options.copy()).map(Bound::unbind)
}

/// What a pickle says of an object: the class, called with its options.
pub fn reduced<'py>(
    class: Bound<'py, PyAny>,
    options: &Bound<'py, PyDict>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
    let py = class.py();
    let partial = py.import("functools")?.getattr("partial")?;
    Ok((partial.call((class,), Some(options))?, PyTuple::empty(py)))
}

/// An object with its options, as Python code.
pub fn shown(class: &str, options: &Bound<'_, PyDict>) -> PyResult<String> {
    let option =
        |(keyword, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| Ok(format!("{keyword}={}", value.repr()?));
    let options = options.iter().map(option).collect::<PyResult<Vec<_>>>()?;
    Ok(format!("{class}({})", options.join(", ")))
}
