//! The rows of `corpus count`: one for each line of a page.

use super::super::learn::Learned;
use super::super::sinks::Processed;
use super::table_sink::TableRow;
use crate::corpus::CountedRow;
use crate::io::{Column, ColumnType, Failure, TableForm};

/// The table. Its columns are the fields of a row.
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

/// The columns that the second reading needs: all of them.
pub(super) fn all() -> Vec<&'static str> {
    PAGES.columns.iter().map(|column| column.name).collect()
}

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

#[cfg(all(test, feature = "parquet"))]
mod tests {
    use arrow_schema::{DataType, FieldRef};
    use serde_arrow::schema::{SchemaLike, TracingOptions};

    use super::*;

    /// The Python package takes its columns from the row, so a table has the same ones.
    #[test]
    fn the_table_has_the_columns_of_a_row() {
        let options = TracingOptions::default().strings_as_large_utf8(false);
        let of_row = Vec::<FieldRef>::from_type::<CountedRow>(options).expect("a row has columns");
        let of_row = of_row.iter().map(|it| (it.name().as_str(), it.data_type().clone(), it.is_nullable()));
        let of_table = PAGES.columns.iter().map(|it| (it.name, data_type(it.values), it.nullable));
        assert!(of_table.eq(of_row));
    }

    fn data_type(values: ColumnType) -> DataType {
        match values {
            ColumnType::Text => DataType::Utf8,
            ColumnType::U32 => DataType::UInt32,
            ColumnType::U64 => DataType::UInt64,
            ColumnType::ListU32 => unreachable!("no column of a line is a list"),
        }
    }
}
