//! A cleaned article as a Python object. Its class is in `qingwen/cleaned.py`; its records are those of the report.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;
use pythonize::pythonize;

static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The Python object.
pub fn to_python<'py>(py: Python<'py>, cleaned: &qingwen::Cleaned) -> PyResult<Bound<'py, PyAny>> {
    CLASS.import(py, "qingwen.cleaned", "Cleaned")?.call1((
        &cleaned.text,
        &cleaned.title,
        pythonize(py, &cleaned.removals)?,
        pythonize(py, &cleaned.removed)?,
        pythonize(py, &cleaned.rewrites)?,
        pythonize(py, &cleaned.replacements)?,
        pythonize(py, &cleaned.conversion)?,
        pythonize(py, &cleaned.metadata)?,
    ))
}
