//! Rows that are written, with their new texts.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::take::take_record_batch;

use super::added::with_values;
use super::columns::{ColumnPlace, Places};
use super::replaced::replaced;
use super::row::ParquetRows;

/// The rows that are kept of those that were read together.
pub(super) struct Kept {
    pub rows: Arc<ParquetRows>,
    indices: Vec<u32>,
    /// The new text of each row, if it has one.
    texts: Vec<Option<String>>,
    /// The new title of each row, if it has one.
    titles: Vec<Option<String>>,
    /// The value of the added column for each row, if there is one.
    added: Vec<Option<String>>,
}

impl Kept {
    /// None of these rows.
    pub fn none_of(rows: &Arc<ParquetRows>) -> Self {
        let (texts, titles, added) = (Vec::new(), Vec::new(), Vec::new());
        Self { rows: Arc::clone(rows), indices: Vec::new(), texts, titles, added }
    }

    /// Keeps a row.
    pub fn add(&mut self, index: usize, text: Option<&str>, title: Option<&str>, added: Option<&str>) {
        self.indices.push(index as u32);
        self.texts.push(text.map(str::to_owned));
        self.titles.push(title.map(str::to_owned));
        self.added.push(added.map(str::to_owned));
    }

    /// The rows with their new texts, and with the column of this name that is added.
    ///
    /// # Errors
    /// If the texts do not fit into the types of their columns.
    pub fn changed(&self, places: &Places, added: Option<&str>) -> Result<RecordBatch, ArrowError> {
        let batch = self.batch()?;
        let mut columns = batch.columns().to_vec();
        put(&self.texts, &places.text, &mut columns)?;
        if let Some(title) = &places.title {
            put(&self.titles, title, &mut columns)?;
        }
        let changed = RecordBatch::try_new(batch.schema(), columns)?;
        added.map_or_else(|| Ok(changed.clone()), |name| with_values(&changed, name, &self.added))
    }

    /// The rows as they were read.
    fn batch(&self) -> Result<RecordBatch, ArrowError> {
        if self.indices.len() == self.rows.batch.num_rows() {
            return Ok(self.rows.batch.clone());
        }
        take_record_batch(&self.rows.batch, &UInt32Array::from(self.indices.clone()))
    }
}

/// Puts new texts into a column.
fn put(texts: &[Option<String>], place: &ColumnPlace, columns: &mut [ArrayRef]) -> Result<(), ArrowError> {
    if texts.iter().any(Option::is_some) {
        let column = &mut columns[place.column];
        *column = replaced(column, &place.fields, texts)?;
    }
    Ok(())
}
