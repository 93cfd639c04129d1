//! Parquet: a table of columns. Each row is a record.
//!
//! Only the columns of the text and of the title are written anew, and one may be added. All others are written with the
//! values that were read. The row groups of a file are read and written one after the other, so memory does not grow with the file.

#[cfg(feature = "parquet")]
mod added;
#[cfg(feature = "parquet")]
mod block;
#[cfg(feature = "parquet")]
mod caught;
#[cfg(feature = "parquet")]
mod columns;
#[cfg(feature = "parquet")]
mod file;
#[cfg(feature = "parquet")]
mod footer;
#[cfg(feature = "parquet")]
mod kept;
#[cfg(feature = "parquet")]
mod old_times;
#[cfg(feature = "parquet")]
mod reader;
#[cfg(not(feature = "parquet"))]
mod refusal;
#[cfg(feature = "parquet")]
mod replaced;
#[cfg(feature = "parquet")]
mod row;
#[cfg(feature = "parquet")]
mod seekable;
mod table;
#[cfg(all(test, feature = "parquet"))]
mod tests;
#[cfg(feature = "parquet")]
mod writer;

use super::format::Format;

#[cfg(feature = "parquet")]
use reader::open;
#[cfg(not(feature = "parquet"))]
pub(crate) use refusal::ParquetRow;
#[cfg(not(feature = "parquet"))]
use refusal::open;
#[cfg(feature = "parquet")]
pub(crate) use row::ParquetRow;
pub(crate) use table::{Column, ColumnType, Table, TableForm, TableWriter};

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "parquet",
    title: "Parquet",
    help: "Parquet: one record a row (in builds with the feature parquet)",
    endings: &["parquet"],
    has_fields: true,
    adds_fields: true,
    is_one_text: false,
    is_written: true,
    is_joinable: false,
    is_binary: true,
    fits: |beginning| beginning.bytes.starts_with(MAGIC) || beginning.bytes.starts_with(ENCRYPTED),
    reader: open,
};

/// What a file begins and ends with.
const MAGIC: &[u8; 4] = b"PAR1";

/// What a file begins and ends with whose footer is encrypted.
const ENCRYPTED: &[u8; 4] = b"PARE";
