//! The rows of `corpus count`: one for each line of a page.

use serde::{Deserialize, Serialize};

use super::super::learn::Learned;
use super::super::sinks::Processed;
use super::table_sink::TableRow;
use crate::corpus::{CountedLine, CountedPage, RemovedAs};
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

/// A row. docs/columns.md says what the columns are.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PageRow {
    pub source: String,
    pub page: u64,
    pub lines: u32,
    pub line: Option<u32>,
    pub key: Option<u64>,
    pub frame: Option<u64>,
    pub removed_as: Option<String>,
    pub text: Option<String>,
}

impl PageRow {
    /// The columns that the first reading needs.
    pub const IDS: [&str; 6] = ["source", "page", "lines", "line", "key", "frame"];
    /// The columns that the second reading needs.
    pub const ALL: [&str; 8] = ["source", "page", "lines", "line", "key", "frame", "removed_as", "text"];

    /// The rows of a page. A page without lines has one too, because pages are counted.
    fn of_page(page: &CountedPage) -> Vec<Self> {
        let lines = u32::try_from(page.lines().len()).unwrap_or(u32::MAX);
        let alone = || Self { source: page.source().to_owned(), page: page.hash(), lines, ..Self::default() };
        if page.lines().is_empty() {
            return vec![alone()];
        }
        let row = |(number, line): (u32, &CountedLine)| Self {
            line: Some(number),
            key: line.key,
            frame: line.frame,
            removed_as: line.removed_as.map(|removed_as| removed_as.name().to_owned()),
            // The text of a line that is not counted is never shown.
            text: line.key.is_some().then(|| line.text.clone()),
            ..alone()
        };
        (0..).zip(page.lines()).map(row).collect()
    }

    /// The line.
    ///
    /// # Errors
    /// If a value is none that a line has.
    pub fn counted(self) -> Result<CountedLine, String> {
        let Self { key, frame, removed_as, text, .. } = self;
        let named = |name: &str| {
            let wrong = || format!("has {name:?} as removed_as, which is neither furniture nor metadata");
            RemovedAs::named(name).ok_or_else(wrong)
        };
        let removed_as = removed_as.as_deref().map(named).transpose()?;
        Ok(CountedLine { key, frame, removed_as, text: text.unwrap_or_default() })
    }
}

impl TableRow for PageRow {
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
