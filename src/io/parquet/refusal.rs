//! Parquet in a build without the feature: it is recognised and not read.

use super::super::format::OpenedReader;
use super::super::input::InputError;
use super::super::stream::Stream;

/// No record is a row.
#[derive(Debug)]
pub(crate) enum ParquetRow {}

impl ParquetRow {
    /// Whether the title is a column.
    pub fn has_title(&self) -> bool {
        match *self {}
    }
}

pub(super) fn open(stream: Stream) -> OpenedReader {
    Err(InputError::Unsupported {
        input: stream.input,
        kind: super::FORMAT.title,
        advice: "export it as JSON Lines, or build qingwen with --features parquet",
    })
}
