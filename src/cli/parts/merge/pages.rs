//! The pages of a table of counted lines.

use crate::corpus::{CountedLine, CountedPage, CountedRow};
use crate::io::{InputError, Table};

/// The pages of a table, in order. The rows of a page stand together, in the order of its lines.
pub(super) struct TablePages<'t, R> {
    table: &'t Table,
    rows: R,
    /// The number of the last row, from 1.
    number: u64,
}

impl<'t> TablePages<'t, ()> {
    /// The pages of a table, with the values of some columns.
    pub fn of(
        table: &'t Table,
        columns: &[&str],
    ) -> TablePages<'t, impl Iterator<Item = Result<CountedRow, InputError>>> {
        TablePages { table, rows: table.rows::<CountedRow>(columns), number: 0 }
    }
}

impl<R: Iterator<Item = Result<CountedRow, InputError>>> TablePages<'_, R> {
    fn next_row(&mut self) -> Option<Result<CountedRow, InputError>> {
        self.number += 1;
        self.rows.next()
    }

    /// The page that begins with a row.
    fn page(&mut self, first: CountedRow) -> Result<CountedPage, InputError> {
        let (source, page, count) = (first.source.clone(), first.page, first.lines);
        let mut first = Some(first);
        let mut lines = Vec::new();
        for place in 0..count {
            let row = first.take().map_or_else(|| self.following(), Ok)?;
            lines.push(self.line(row, page, place)?);
        }
        Ok(CountedPage::new(page, source, lines))
    }

    /// The row of the next line of a page.
    fn following(&mut self) -> Result<CountedRow, InputError> {
        let row = self.next_row().transpose()?;
        row.ok_or_else(|| self.error("is missing: the table ends within a page"))
    }

    /// The line that stands at a place of a page.
    fn line(&self, row: CountedRow, page: u64, place: u32) -> Result<CountedLine, InputError> {
        if (row.page, row.line) != (page, Some(place)) {
            return Err(self.error(
                "is out of order: the rows of a page stand together, from its first line to its last",
            ));
        }
        row.into_line().map_err(|reason| self.error(&reason))
    }

    fn error(&self, reason: &str) -> InputError {
        self.table.error(format!("row {} {reason}", self.number))
    }
}

impl<R: Iterator<Item = Result<CountedRow, InputError>>> Iterator for TablePages<'_, R> {
    type Item = Result<CountedPage, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.next_row()?;
        Some(row.and_then(|row| self.page(row)))
    }
}
