//! Arrays of strings, of each of Arrow's three types.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::{ArrowError, DataType};

/// The strings of an array. `name` names it in an error.
///
/// # Errors
/// If it has no strings.
pub fn read<'a>(array: &'a ArrayRef, name: &str) -> Result<Vec<Option<&'a str>>, ArrowError> {
    match array.data_type() {
        DataType::Utf8 => Ok(array.as_string::<i32>().iter().collect()),
        DataType::LargeUtf8 => Ok(array.as_string::<i64>().iter().collect()),
        DataType::Utf8View => Ok(array.as_string_view().iter().collect()),
        DataType::Null => Ok(vec![None; array.len()]),
        other => {
            let message = format!("{name}: these are no strings, but {other}");
            Err(ArrowError::InvalidArgumentError(message))
        }
    }
}

/// An array of a type for strings.
///
/// # Errors
/// If the strings are more than the type can hold.
pub fn write<'s>(
    strings: impl Iterator<Item = Option<&'s str>> + Clone,
    data_type: &DataType,
) -> Result<ArrayRef, ArrowError> {
    match data_type {
        DataType::LargeUtf8 => Ok(Arc::new(LargeStringArray::from_iter(strings))),
        DataType::Utf8View => Ok(Arc::new(StringViewArray::from_iter(strings))),
        DataType::Null => Ok(Arc::new(arrow_array::NullArray::new(strings.count()))),
        _ => {
            check(strings.clone().flatten().map(str::len))?;
            Ok(Arc::new(StringArray::from_iter(strings)))
        }
    }
}

/// Checks that lengths fit into an array, which counts in 32 bits.
///
/// # Errors
/// If they do not.
pub fn check(mut lengths: impl Iterator<Item = usize>) -> Result<(), ArrowError> {
    let sum = lengths.try_fold(0_usize, usize::checked_add);
    match sum.map(i32::try_from) {
        Some(Ok(_)) => Ok(()),
        _ => Err(ArrowError::InvalidArgumentError("too much for one batch; make batches smaller".into())),
    }
}
