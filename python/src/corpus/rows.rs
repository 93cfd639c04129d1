//! Rows of a table as values.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, FieldRef};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyArray;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::arrow::failed;

/// The rows of a batch or of all batches of a stream. Columns may be in any order, and numbers of any type that holds them.
///
/// # Errors
/// If a column is missing or has values of another kind.
pub fn read<T: DeserializeOwned + Send>(py: Python<'_>, data: AnyArray) -> PyResult<Vec<T>> {
    let parts = data.into_reader()?;
    let rows = py.detach(|| {
        let parts = parts.map(|part| of_batch(&part?));
        parts.collect::<Result<Vec<Vec<T>>, ArrowError>>()
    });
    Ok(rows.map_err(failed)?.into_iter().flatten().collect())
}

/// Whether a batch or a stream has a column.
///
/// # Errors
/// If a stream does not say what it has.
pub fn has_column(data: &AnyArray, name: &str) -> PyResult<bool> {
    let field = data.field()?;
    Ok(matches!(field.data_type(), DataType::Struct(columns) if columns.find(name).is_some()))
}

fn of_batch<T: DeserializeOwned>(array: &ArrayRef) -> Result<Vec<T>, ArrowError> {
    let wrong = || ArrowError::InvalidArgumentError("a table is needed, and not a column".into());
    let batch = array.as_struct_opt().ok_or_else(wrong)?;
    let batch = RecordBatch::from(batch.clone());
    serde_arrow::from_record_batch(&batch)
        .map_err(|e| ArrowError::InvalidArgumentError(e.message().to_owned()))
}

/// Rows as a batch with some fields.
///
/// # Errors
/// If a row does not fit.
pub fn write<T: Serialize>(rows: &[T], fields: &[FieldRef]) -> Result<StructArray, ArrowError> {
    let batch = serde_arrow::to_record_batch(fields, &rows);
    batch.map(StructArray::from).map_err(|e| ArrowError::InvalidArgumentError(e.message().to_owned()))
}

/// A field of a name and a type.
pub fn field(name: &str, data_type: DataType, nullable: bool) -> FieldRef {
    Arc::new(arrow_schema::Field::new(name, data_type, nullable))
}
