//! Tables of fixed columns, which one run writes and another one reads: the values of the articles of a collection.
//!
//! The key-value metadata of such a file says what kind of table it is, the version of its columns, and the settings by
//! which it was made.

#[cfg(feature = "parquet")]
mod file;
mod form;
#[cfg(feature = "parquet")]
mod reader;
#[cfg(not(feature = "parquet"))]
mod refusal;
#[cfg(feature = "parquet")]
mod schema;
#[cfg(feature = "parquet")]
mod writer;

#[cfg(feature = "parquet")]
pub(crate) use file::Table;
pub(crate) use form::{Column, ColumnType, TableForm};
#[cfg(not(feature = "parquet"))]
pub(crate) use refusal::{Table, TableWriter};
#[cfg(feature = "parquet")]
pub(crate) use writer::TableWriter;
