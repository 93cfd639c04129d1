//! Work on Arrow data of any kind: an array, a record batch, or a stream of them.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, new_empty_array};
use arrow_schema::{ArrowError, Field, FieldRef};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3_arrow::ffi::ArrayIterator;
use pyo3_arrow::input::AnyArray;
use pyo3_arrow::{PyArray, PyArrayReader};

use crate::error::error;

/// What the work makes of an array or of the arrays of a stream, as the same kind of object. A stream is worked on when it
/// is read. Where the work fails at once, the exception has its message.
///
/// # Errors
/// Errors of the work.
pub fn mapped(
    py: Python<'_>,
    data: AnyArray,
    work: impl Fn(&ArrayRef) -> Result<ArrayRef, ArrowError> + Send + Sync + 'static,
) -> PyResult<Bound<'_, PyAny>> {
    let field = field(data.field()?.as_ref(), &work).map_err(failed)?;
    match data {
        AnyArray::Array(array) => {
            let made = py.detach(|| work(array.array())).map_err(failed)?;
            PyArray::try_new(made, field).map_err(failed)?.into_bound_py_any(py)
        }
        AnyArray::Stream(stream) => {
            let parts = stream.into_reader()?;
            let made = parts.map(move |part| work(&part?));
            PyArrayReader::new(Box::new(ArrayIterator::new(made, field))).into_bound_py_any(py)
        }
    }
}

/// The field of the result: that of a result without rows.
fn field(
    field: &Field,
    work: impl Fn(&ArrayRef) -> Result<ArrayRef, ArrowError>,
) -> Result<FieldRef, ArrowError> {
    let result = work(&new_empty_array(field.data_type()))?;
    Ok(Arc::new(field.clone().with_data_type(result.data_type().clone())))
}

/// The exception for an error. The kind of the error says nothing to a user.
pub fn failed(failure: ArrowError) -> PyErr {
    match failure {
        ArrowError::InvalidArgumentError(message) => error(message),
        other => error(other),
    }
}
