//! Rows as they were read. A record has its row, so that the writer can write the other columns.

use std::fmt;
use std::sync::Arc;

use arrow_array::RecordBatch;

/// Rows that were read together.
pub(super) struct ParquetRows {
    pub batch: RecordBatch,
    /// The row group in which they stand.
    pub group: usize,
}

/// A row.
#[derive(Clone)]
pub(crate) struct ParquetRow {
    pub(super) rows: Arc<ParquetRows>,
    /// Its index among the rows.
    pub(super) index: usize,
    pub(super) has_title: bool,
}

impl ParquetRow {
    /// Whether the title is a column.
    pub fn has_title(&self) -> bool {
        self.has_title
    }
}

impl fmt::Debug for ParquetRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParquetRow {} of row group {}", self.index, self.rows.group)
    }
}
