//! The rows of `corpus count`: one for each line of a page.

use super::super::learn::Learned;
use super::super::sinks::Processed;
use super::table_sink::TableRow;
use crate::corpus::CountedRow;
use crate::io::{Column, ColumnType, Failure, TableForm};

/// The table.
pub(super) const PAGES: TableForm = TableForm {
    kind: "counts",
    title: "a table of counted lines",
    version: 1,
    columns: &[
        Column::new("source", ColumnType::Text),
        Column::new("page", ColumnType::U64),
        Column::new("lines", ColumnType::U32),
        Column::new("line", ColumnType::U32).nullable(),
        Column::new("key", ColumnType::U64).nullable(),
        Column::new("frame", ColumnType::U64).nullable(),
        Column::new("removed_as", ColumnType::Text).nullable(),
        Column::new("text", ColumnType::Text).nullable(),
    ],
};

/// The columns that the first reading needs.
pub(super) const IDS: [&str; 6] = ["source", "page", "lines", "line", "key", "frame"];
/// The columns that the second reading needs.
pub(super) const ALL: [&str; 8] = ["source", "page", "lines", "line", "key", "frame", "removed_as", "text"];

impl TableRow for CountedRow {
    const FORM: &'static TableForm = &PAGES;

    fn of_article(article: &Processed) -> Vec<Self> {
        match &article.outcome.learned {
            Some(Learned::Page(page)) => Self::of_page(page),
            _ => Vec::new(),
        }
    }

    /// What could not be read is not counted.
    fn of_failure(_failure: &Failure) -> Option<Self> {
        None
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.source.len() + self.text.as_ref().map_or(0, String::len)
    }
}
