//! The exception of the package.

use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;

create_exception!(
    qingwen,
    QingwenError,
    PyValueError,
    "An option, a name or data that cannot be followed. The message is that of the command."
);

/// The exception with a message.
pub fn error(message: impl ToString) -> PyErr {
    QingwenError::new_err(message.to_string())
}
