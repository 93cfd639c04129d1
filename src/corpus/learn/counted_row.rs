//! The lines of counted pages as rows, for tables and engines.

use serde::{Deserialize, Serialize};

use super::counted_page::{CountedLine, CountedPage, RemovedAs};

/// A line of a counted page as a row of a table, or a page without lines. `docs/columns.md` describes the
/// columns.
///
/// ```
/// use qingwen::corpus::{CountedRow, PageCounter};
/// let page = PageCounter::default().count("老街網", "老街夜市搬走了。\n分享到：\n", None);
/// let rows = CountedRow::of_page(&page);
/// assert_eq!((rows.len(), rows[1].removed_as.as_deref()), (2, Some("furniture")));
/// assert_eq!(rows[1].clone().into_line().as_ref(), Ok(&page.lines()[1]));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedRow {
    /// The source of the page.
    pub source: String,
    /// The hash of the page's text.
    pub page: u64,
    /// The number of lines of the page.
    pub lines: u32,
    /// The index of the line on the page, from 0. `None` in the only row of a page without lines.
    pub line: Option<u32>,
    /// The hash of the line's comparison key.
    pub key: Option<u64>,
    /// The hash of the line's frame.
    pub frame: Option<u64>,
    /// The name of the kind of line as which cleaning removes it.
    pub removed_as: Option<String>,
    /// The line. `None` if it has no key, because such a line is not counted and never shown.
    pub text: Option<String>,
}

impl CountedRow {
    /// The rows of a page. A page without lines has one row too, because pages are counted.
    pub fn of_page(page: &CountedPage) -> Vec<Self> {
        let lines = u32::try_from(page.lines().len()).unwrap_or(u32::MAX);
        let of_all =
            || Self { source: page.source().to_owned(), page: page.hash(), lines, ..Self::default() };
        if page.lines().is_empty() {
            return vec![of_all()];
        }
        let row = |(index, line): (u32, &CountedLine)| Self {
            line: Some(index),
            key: line.key,
            frame: line.frame,
            removed_as: line.removed_as.map(|removed_as| removed_as.name().to_owned()),
            text: line.key.is_some().then(|| line.text.clone()),
            ..of_all()
        };
        (0..).zip(page.lines()).map(row).collect()
    }

    /// The line of the row.
    ///
    /// # Errors
    /// If `removed_as` is a name that does not exist. The message follows the name of the row.
    pub fn into_line(self) -> Result<CountedLine, String> {
        let named = |name: &str| {
            let wrong = || format!("has {name:?} as removed_as, which is neither furniture nor metadata");
            RemovedAs::named(name).ok_or_else(wrong)
        };
        let removed_as = self.removed_as.as_deref().map(named).transpose()?;
        Ok(CountedLine { key: self.key, frame: self.frame, removed_as, text: self.text.unwrap_or_default() })
    }
}
