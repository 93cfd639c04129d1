//! Columns with new texts.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StringArray, StructArray};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType};

/// A column with a new text for each row that has one. If the column is a struct, the texts are those of a field in it.
/// The type stays, and a value that is null stays null.
///
/// # Errors
/// If the new texts do not fit into the type: the keys of a dictionary may be too few.
pub(super) fn replaced(
    column: &ArrayRef,
    fields: &[usize],
    texts: &[Option<String>],
) -> Result<ArrayRef, ArrowError> {
    let Some((field, inner)) = fields.split_first() else { return with_texts(column, texts) };
    let (types, mut columns, nulls) = column.as_struct().clone().into_parts();
    columns[*field] = replaced(&columns[*field], inner, texts)?;
    Ok(Arc::new(StructArray::try_new(types, columns, nulls)?))
}

fn with_texts(column: &ArrayRef, texts: &[Option<String>]) -> Result<ArrayRef, ArrowError> {
    let old = cast(column, &DataType::Utf8)?;
    let rows = old.as_string::<i32>().iter().zip(texts);
    let new: StringArray = rows.map(|(old, new)| old.map(|old| new.as_deref().unwrap_or(old))).collect();
    cast(&new, column.data_type())
}
