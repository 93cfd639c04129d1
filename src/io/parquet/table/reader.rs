//! Reads the rows of a table.

use std::vec::IntoIter;

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use serde::de::DeserializeOwned;

use super::super::super::input::InputError;
use super::super::caught::caught;
use super::super::file::damaged;
use super::file::Table;

/// The rows of a table, in order. It ends behind the first error.
pub(crate) struct TableRows<'t, T> {
    table: &'t Table,
    columns: ProjectionMask,
    /// The number of the row group that comes next.
    group: usize,
    /// The rest of the one before.
    batches: Option<ParquetRecordBatchReader>,
    rows: IntoIter<T>,
    /// How many rows were read, and how many there are by the footer.
    read: u64,
    announced: u64,
    has_failed: bool,
}

impl<'t, T: DeserializeOwned> TableRows<'t, T> {
    pub(super) fn new(table: &'t Table, columns: ProjectionMask) -> Self {
        let announced = table.file.footer.metadata().file_metadata().num_rows();
        Self {
            table,
            columns,
            group: 0,
            batches: None,
            rows: Vec::new().into_iter(),
            read: 0,
            announced: u64::try_from(announced).unwrap_or_default(),
            has_failed: false,
        }
    }

    fn next_row(&mut self) -> Result<Option<T>, String> {
        loop {
            if let Some(row) = self.rows.next() {
                self.read += 1;
                return Ok(Some(row));
            }
            let Some(rows) = self.next_rows()? else { break };
            self.rows = rows.into_iter();
        }
        if self.read != self.announced {
            return Err(damaged(&format!("it has {} rows of {}", self.read, self.announced)));
        }
        Ok(None)
    }

    /// The rows that are read together; `None` at the end.
    fn next_rows(&mut self) -> Result<Option<Vec<T>>, String> {
        loop {
            let Some(batches) = &mut self.batches else {
                if self.table.file.group(self.group).is_none() {
                    return Ok(None);
                }
                self.batches = Some(self.table.file.rows_of(self.group, self.columns.clone())?);
                self.group += 1;
                continue;
            };
            let batch = caught(|| batches.next().transpose()).map_err(|reason| self.damaged(&reason))?;
            let Some(batch) = batch else {
                self.batches = None;
                continue;
            };
            let rows =
                caught(|| serde_arrow::from_record_batch(&batch)).map_err(|reason| self.damaged(&reason));
            return rows.map(Some);
        }
    }

    fn damaged(&self, reason: &str) -> String {
        damaged(&format!("row group {}: {reason}", self.group))
    }
}

impl<T: DeserializeOwned> Iterator for TableRows<'_, T> {
    type Item = Result<T, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let row = self.next_row().transpose()?;
        self.has_failed = row.is_err();
        Some(row.map_err(|reason| self.table.error(reason)))
    }
}
