//! A file, and what its footer says.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use arrow_schema::Fields as Columns;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};

use super::super::format::BATCH;
use super::caught::caught;
use super::footer;
use super::old_times::has_old_times;
use super::{ENCRYPTED, MAGIC};

/// The most rows that are read together.
const MOST_ROWS: i64 = 1 << 10;

/// Bytes of the shortest file: what it begins with, the length of the footer, and what it ends with.
const SHORTEST: u64 = 12;

/// An open file.
pub(super) struct ParquetFile {
    file: File,
    pub footer: ArrowReaderMetadata,
}

impl ParquetFile {
    /// Reads the footer of a file.
    ///
    /// # Errors
    /// The reason why the file cannot be read.
    pub fn open(file: File) -> Result<Self, String> {
        check(&file)?;
        let footer = caught(|| read_footer(&file)).map_err(|reason| damaged(&reason))?;
        check_columns(footer.metadata())?;
        Ok(Self { file, footer })
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        self.footer.schema().fields()
    }

    /// A row group, if there is one of this number.
    pub fn group(&self, group: usize) -> Option<&RowGroupMetaData> {
        self.footer.metadata().row_groups().get(group)
    }

    /// A reader of the rows of a row group. It reads about [`BATCH`] bytes at a time.
    ///
    /// # Errors
    /// If the row group is damaged.
    pub fn rows(&self, group: usize) -> Result<ParquetRecordBatchReader, String> {
        self.rows_of(group, ProjectionMask::all())
    }

    /// The same, with the values of some columns.
    ///
    /// # Errors
    /// If the row group is damaged.
    pub fn rows_of(&self, group: usize, columns: ProjectionMask) -> Result<ParquetRecordBatchReader, String> {
        let rows = self.group(group).map_or(1, rows_at_a_time);
        let reader = caught(|| {
            let file = self.file.try_clone()?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.footer.clone());
            builder.with_row_groups(vec![group]).with_projection(columns).with_batch_size(rows).build()
        });
        reader.map_err(|reason| damaged(&reason))
    }
}

/// Reads a footer. It may hold types of Arrow for the columns, but not for times that are written in another type.
fn read_footer(file: &File) -> parquet::errors::Result<ArrowReaderMetadata> {
    let footer = ArrowReaderMetadata::load(file, ArrowReaderOptions::new())?;
    if !has_old_times(footer.parquet_schema()) {
        return Ok(footer);
    }
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    ArrowReaderMetadata::try_new(Arc::clone(footer.metadata()), options)
}

/// The message about a damaged file.
pub(super) fn damaged(reason: &str) -> String {
    format!("damaged Parquet: {reason}")
}

/// How many rows of a row group have about [`BATCH`] bytes together.
fn rows_at_a_time(group: &RowGroupMetaData) -> usize {
    let bytes = group.total_byte_size().max(1);
    let rows = group.num_rows().saturating_mul(BATCH as i64) / bytes;
    rows.clamp(1, MOST_ROWS) as usize
}

/// Says what a file is that cannot be read at all.
fn check(mut file: &File) -> Result<(), String> {
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    if length < SHORTEST {
        return Err(format!("is truncated: Parquet has {SHORTEST} bytes at least, and this has {length}"));
    }
    let mut bytes = |from: u64, count: u64| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        file.take(count).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let mut read = |from, count| bytes(from, count).map_err(|error| error.to_string());
    let (first, last) = (read(0, 4)?, read(length - 8, 8)?);
    if first == ENCRYPTED || last.ends_with(ENCRYPTED) {
        return Err("is encrypted Parquet; decrypt it first".to_owned());
    }
    if first != MAGIC {
        return Err("is no Parquet: it does not begin with PAR1".to_owned());
    }
    if !last.ends_with(MAGIC) {
        return Err("is truncated: Parquet ends with PAR1, and this does not".to_owned());
    }
    let size = last.first_chunk().map_or(0, |size| u64::from(u32::from_le_bytes(*size)));
    let start = length.saturating_sub(size + 8);
    footer::check(&read(start, size)?).map_err(str::to_owned)
}

/// Names the first column that cannot be read.
fn check_columns(metadata: &ParquetMetaData) -> Result<(), String> {
    for column in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let name = column.column_path().string();
        if let Some(refusal) = refusal(column.compression()) {
            return Err(format!("the column {name:?} is compressed by {refusal}"));
        }
    }
    Ok(())
}

/// A compression that is not read, and what to do.
fn refusal(compression: Compression) -> Option<&'static str> {
    match compression {
        Compression::ZSTD(_) if !cfg!(feature = "parquet-zstd") => {
            Some("Zstandard, which a build with --features parquet-zstd reads; or write the file with Snappy")
        }
        Compression::LZO => Some("LZO, which is not read; write the file with Snappy"),
        _ => None,
    }
}
