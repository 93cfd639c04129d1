//! Reads the row groups of a file, one after the other.

use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::RecordBatch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::super::format::{Batch, OpenedReader, Reader, Writer};
use super::super::input::{Input, InputError};
use super::super::reading::Reading;
use super::super::stream::Stream;
use super::block::{ParquetBatch, RowSource};
use super::caught::caught;
use super::columns::Places;
use super::file::{ParquetFile, damaged};
use super::row::ParquetRows;
use super::seekable::seekable;
use super::writer::RowGroupWriter;

pub(super) fn open(stream: Stream) -> OpenedReader {
    let (input, reading) = (stream.input.clone(), Arc::clone(&stream.reading));
    let file = seekable(stream).map_err(|error| input.error(error))?;
    match RowGroups::of(file, &input, &reading) {
        Ok(reader) => Ok(Box::new(reader)),
        Err(reason) => Err(InputError::Content { input, reason }),
    }
}

/// Reads row groups.
pub(super) struct RowGroups {
    table: ParquetFile,
    origin: Arc<RowSource>,
    /// Counts the bytes that are read.
    read: Arc<AtomicU64>,
    /// The index of the current row group.
    group: usize,
    /// Its rows, once it is open.
    rows: Option<ParquetRecordBatchReader>,
    /// How many of its rows are still to be read.
    left: i64,
    /// The number of the next row, from 1.
    next: u64,
}

impl RowGroups {
    /// Reads a file.
    ///
    /// # Errors
    /// The reason why it cannot be read.
    pub fn of(file: File, input: &Input, reading: &Reading) -> Result<Self, String> {
        let table = ParquetFile::open(file)?;
        let places = Places::of(table.columns(), &reading.fields)?;
        let added = reading.fields.added.clone();
        if let Some(name) = added.as_ref().filter(|name| table.columns().find(name).is_some()) {
            return Err(format!("has the column {name:?} already"));
        }
        let origin =
            Arc::new(RowSource { input: input.clone(), max_record: reading.max_record, places, added });
        Ok(Self { table, origin, read: Arc::clone(&reading.read), group: 0, rows: None, left: 0, next: 1 })
    }

    /// The next rows; `None` at the end.
    fn next_rows(&mut self) -> Result<Option<RecordBatch>, String> {
        loop {
            let Some(group) = self.table.group(self.group) else { return Ok(None) };
            let rows = match &mut self.rows {
                Some(rows) => rows,
                closed => {
                    self.left = group.num_rows();
                    closed.insert(self.table.rows(self.group)?)
                }
            };
            let read = caught(|| rows.next().transpose()).map_err(|reason| self.damaged(&reason))?;
            match read {
                Some(batch) => return Ok(Some(batch)),
                None => self.end_group(group.compressed_size())?,
            }
        }
    }

    /// Ends a row group that has so many bytes.
    fn end_group(&mut self, bytes: i64) -> Result<(), String> {
        if self.left != 0 {
            return Err(self.damaged("it has not as many rows as the footer says"));
        }
        self.read.fetch_add(bytes.max(0) as u64, Ordering::Relaxed);
        self.rows = None;
        self.group += 1;
        Ok(())
    }

    fn damaged(&self, reason: &str) -> String {
        damaged(&format!("row group {}: {reason}", self.group + 1))
    }

    fn block(&mut self, batch: RecordBatch) -> ParquetBatch {
        let first = self.next;
        self.next += batch.num_rows() as u64;
        self.left -= batch.num_rows() as i64;
        let rows = Arc::new(ParquetRows { batch, group: self.group });
        ParquetBatch { rows, first, origin: Arc::clone(&self.origin) }
    }
}

impl Reader for RowGroups {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        match self.next_rows() {
            Ok(rows) => Ok(rows.map(|rows| Box::new(self.block(rows)) as Box<dyn Batch>)),
            Err(reason) => Err(InputError::Content { input: self.origin.input.clone(), reason }),
        }
    }

    fn writer(&self) -> Box<dyn Writer> {
        Box::new(RowGroupWriter::new(self.table.footer.clone(), Arc::clone(&self.origin)))
    }
}
