//! Writes a table.

use std::io;

use parquet::arrow::ArrowWriter;
use serde::Serialize;

use super::super::super::output::Output;
use super::super::caught::caught;
use super::form::TableForm;
use super::schema::{properties, schema};

/// The most rows that are collected before they are written.
const MOST_ROWS: usize = 1 << 10;

/// About as many bytes are collected before they are written.
const MOST_BYTES: usize = 1 << 20;

/// Writes the rows of a table.
pub(crate) struct TableWriter<T> {
    form: &'static TableForm,
    file: ArrowWriter<Output>,
    /// The rows that are not written yet, and about how many bytes they have.
    rows: Vec<T>,
    bytes: usize,
}

impl<T: Serialize> TableWriter<T> {
    /// Begins a table that is made by these settings.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn new(output: Output, form: &'static TableForm, settings: &[(&str, String)]) -> io::Result<Self> {
        let file = ArrowWriter::try_new(output, schema(form), Some(properties(form, settings)));
        Ok(Self { form, file: file.map_err(io::Error::other)?, rows: Vec::new(), bytes: 0 })
    }

    /// Adds a row that has about so many bytes.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn add(&mut self, row: T, bytes: usize) -> io::Result<()> {
        self.rows.push(row);
        self.bytes += bytes;
        if self.rows.len() >= MOST_ROWS || self.bytes >= MOST_BYTES { self.write() } else { Ok(()) }
    }

    /// Writes what is left. The file has not its name yet.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn finish(mut self) -> io::Result<Output> {
        self.write()?;
        caught(|| self.file.into_inner()).map_err(io::Error::other)
    }

    fn write(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let batch =
            serde_arrow::to_record_batch(schema(self.form).fields(), &rows).map_err(io::Error::other)?;
        caught(|| self.file.write(&batch)).map_err(io::Error::other)
    }
}
