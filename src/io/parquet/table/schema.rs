//! The columns of a table, as Arrow and Parquet know them.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, Schema};
use parquet::basic::{Compression, Encoding};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::schema::types::ColumnPath;

use super::form::{Column, ColumnType, TableForm};

/// The most bytes of a row group. It is in memory until it is complete.
const LARGEST_GROUP: usize = 16 << 20;

/// The key of the metadata that names the kind of a table.
pub(super) const KIND: &str = "qingwen.table";
/// The key of the metadata that has the version of the columns.
pub(super) const VERSION: &str = "qingwen.columns";
/// What stands before the name of a setting.
const SETTING: &str = "qingwen.";

/// The name of a list's values, which the format of Parquet asks for.
const ELEMENT: &str = "element";

/// The key of the metadata for a setting.
pub(super) fn setting_key(name: &str) -> String {
    format!("{SETTING}{name}")
}

/// The schema of a table.
pub(super) fn schema(form: &TableForm) -> Arc<Schema> {
    Arc::new(Schema::new(form.columns.iter().map(field).collect::<Vec<_>>()))
}

fn field(column: &Column) -> FieldRef {
    let values = match column.values {
        ColumnType::Text => DataType::Utf8,
        ColumnType::U32 => DataType::UInt32,
        ColumnType::U64 => DataType::UInt64,
        ColumnType::ListU32 => DataType::List(Arc::new(Field::new(ELEMENT, DataType::UInt32, false))),
    };
    Arc::new(Field::new(column.name, values, column.nullable))
}

/// How a table is written.
pub(super) fn properties(form: &TableForm, settings: &[(&str, String)]) -> WriterProperties {
    let fixed = [(KIND.to_owned(), form.kind.to_owned()), (VERSION.to_owned(), form.version.to_string())];
    let settings = settings.iter().map(|(name, value)| (setting_key(name), value.clone()));
    let metadata = fixed.into_iter().chain(settings).map(|(key, value)| KeyValue::new(key, value));
    let builder = WriterProperties::builder()
        .set_key_value_metadata(Some(metadata.collect()))
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(None)
        .set_max_row_group_bytes(Some(LARGEST_GROUP));
    form.columns.iter().fold(builder, numbers).build()
}

/// Numbers of a list are hashes. No two are equal as a rule, so a dictionary would only take time. Sorted ones are stored by
/// their differences, which takes three quarters of the bytes.
fn numbers(builder: WriterPropertiesBuilder, column: &Column) -> WriterPropertiesBuilder {
    if column.values != ColumnType::ListU32 {
        return builder;
    }
    let path = ColumnPath::new([column.name, "list", ELEMENT].map(str::to_owned).to_vec());
    builder
        .set_column_dictionary_enabled(path.clone(), false)
        .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED)
}
