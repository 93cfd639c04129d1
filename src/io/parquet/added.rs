//! A column that is added: a text for each row, behind all columns of the input.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{SchemaDescriptor, Type};

/// The same schema of a file with this column.
///
/// # Errors
/// Errors of the crate.
pub(super) fn with_column(schema: &SchemaDescriptor, name: &str) -> Result<SchemaDescriptor> {
    let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let root = schema.root_schema();
    let columns = root.get_fields().iter().cloned().chain([Arc::new(text)]).collect();
    let root = Type::group_type_builder(root.name()).with_fields(columns).build()?;
    Ok(SchemaDescriptor::new(Arc::new(root)))
}

/// The same types of Arrow with this column.
pub(super) fn with_field(schema: &Schema, name: &str) -> Schema {
    let field = Arc::new(Field::new(name, DataType::Utf8, true));
    let fields: Vec<_> = schema.fields().iter().cloned().chain([field]).collect();
    Schema::new_with_metadata(fields, schema.metadata().clone())
}

/// The same rows with this column.
///
/// # Errors
/// If there are not as many values as rows.
pub(super) fn with_values(
    rows: &RecordBatch,
    name: &str,
    values: &[Option<String>],
) -> std::result::Result<RecordBatch, ArrowError> {
    let values: StringArray = values.iter().map(Option::as_deref).collect();
    let columns = rows.columns().iter().cloned().chain([Arc::new(values) as ArrayRef]).collect();
    RecordBatch::try_new(Arc::new(with_field(&rows.schema(), name)), columns)
}
