//! The columns of a batch, by name.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, StructArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, Field, FieldRef};

/// The columns of a batch.
pub struct Columns {
    columns: Vec<(FieldRef, ArrayRef)>,
    nulls: Option<NullBuffer>,
}

impl Columns {
    /// The columns of a batch.
    pub fn of(batch: &StructArray) -> Self {
        let (fields, arrays, nulls) = batch.clone().into_parts();
        Self { columns: fields.iter().cloned().zip(arrays).collect(), nulls }
    }

    /// A single column.
    pub fn of_one(name: &str, array: &ArrayRef) -> Self {
        let field = Field::new(name, array.data_type().clone(), true);
        Self { columns: vec![(Arc::new(field), array.clone())], nulls: None }
    }

    /// The column with a name.
    ///
    /// # Errors
    /// If there is none.
    pub fn get(&self, name: &str) -> Result<ArrayRef, ArrowError> {
        let found = self.columns.iter().find(|(field, _)| field.name() == name);
        found.map(|(_, array)| array.clone()).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|(field, _)| field.name().as_str()).collect();
            let names = names.join(", ");
            ArrowError::InvalidArgumentError(format!("no column named {name:?}; there are {names}"))
        })
    }

    /// Replaces the column with a name by one of the same type.
    pub fn replace(&mut self, name: &str, array: ArrayRef) {
        if let Some((_, column)) = self.columns.iter_mut().find(|(field, _)| field.name() == name) {
            *column = array;
        }
    }

    /// Adds a column.
    ///
    /// # Errors
    /// If there is one with this name.
    pub fn add(&mut self, name: &str, array: ArrayRef) -> Result<(), ArrowError> {
        if self.columns.iter().any(|(field, _)| field.name() == name) {
            let message = format!("there is a column named {name:?} already; rename it");
            return Err(ArrowError::InvalidArgumentError(message));
        }
        let field = Field::new(name, array.data_type().clone(), true);
        self.columns.push((Arc::new(field), array));
        Ok(())
    }

    /// The batch.
    ///
    /// # Errors
    /// If columns differ in length, which they do not.
    pub fn into_batch(self) -> Result<StructArray, ArrowError> {
        let (fields, arrays): (Vec<FieldRef>, Vec<ArrayRef>) = self.columns.into_iter().unzip();
        StructArray::try_new(fields.into(), arrays, self.nulls)
    }
}
