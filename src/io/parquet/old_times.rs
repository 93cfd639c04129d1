//! Times of the old type INT96, which the crate reads and does not write. They are written as INT64, in nanoseconds.

use std::sync::Arc;

use parquet::basic::{LogicalType, TimeUnit, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{SchemaDescriptor, Type, TypePtr};

/// Whether a schema has a column of this type.
pub(super) fn has_old_times(schema: &SchemaDescriptor) -> bool {
    schema.columns().iter().any(|column| column.physical_type() == Physical::INT96)
}

/// The same schema with the new type.
///
/// # Errors
/// Errors of the crate.
pub(super) fn with_new_times(schema: &SchemaDescriptor) -> Result<SchemaDescriptor> {
    Ok(SchemaDescriptor::new(renewed(&schema.root_schema_ptr())?))
}

fn renewed(column: &TypePtr) -> Result<TypePtr> {
    let info = column.get_basic_info();
    let id = info.has_id().then(|| info.id());
    let renewed = match column.as_ref() {
        Type::GroupType { fields, .. } => {
            let fields = fields.iter().map(renewed).collect::<Result<Vec<_>>>()?;
            let group = Type::group_type_builder(info.name())
                .with_fields(fields)
                .with_converted_type(info.converted_type())
                .with_logical_type(info.logical_type_ref().cloned())
                .with_id(id);
            if info.has_repetition() { group.with_repetition(info.repetition()) } else { group }.build()?
        }
        Type::PrimitiveType { physical_type: Physical::INT96, .. } => {
            let nanoseconds = LogicalType::timestamp(false, TimeUnit::NANOS);
            Type::primitive_type_builder(info.name(), Physical::INT64)
                .with_repetition(info.repetition())
                .with_logical_type(Some(nanoseconds))
                .with_id(id)
                .build()?
        }
        Type::PrimitiveType { .. } => return Ok(Arc::clone(column)),
    };
    Ok(Arc::new(renewed))
}
