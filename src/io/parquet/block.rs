//! Rows as records.

use std::sync::Arc;

use super::super::format::{BATCH, Batch};
use super::super::input::Input;
use super::super::limit::MaxRecord;
use super::super::record::{Entry, Failure, InputRecord};
use super::super::site::Site;
use super::columns::{ColumnPlace, ColumnTexts, Places};
use super::row::{ParquetRow, ParquetRows};
use arrow_schema::ArrowError;

/// The input of rows, and how they are read.
pub(super) struct RowSource {
    pub input: Input,
    pub max_record: MaxRecord,
    pub places: Places,
    /// The column that is added.
    pub added: Option<String>,
}

/// Rows that were read together.
pub(super) struct ParquetBatch {
    pub rows: Arc<ParquetRows>,
    /// The number of the first row, from 1.
    pub first: u64,
    pub origin: Arc<RowSource>,
}

impl Batch for ParquetBatch {
    fn bytes(&self) -> usize {
        self.rows.batch.get_array_memory_size().min(BATCH)
    }

    fn misnamed(&self) -> Option<String> {
        self.origin.places.misnamed.clone()
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        match Columns::of(&self.rows, &self.origin.places) {
            Ok(columns) => (0..self.rows.batch.num_rows()).map(|row| self.entry(row, &columns)).collect(),
            Err(error) => vec![self.faulty(0, &error)],
        }
    }
}

impl ParquetBatch {
    fn number(&self, row: usize) -> u64 {
        self.first + row as u64
    }

    fn faulty(&self, row: usize, reason: &dyn std::fmt::Display) -> Entry {
        let (input, number) = (&self.origin.input, self.number(row));
        let message = format!("{input}: record {number}: {reason}");
        Entry::Faulty(Failure { name: format!("{}:{number}", input.name()), message, source: None })
    }

    /// A text that is null is read as an empty one. It stays null.
    fn entry(&self, row: usize, columns: &Columns) -> Entry {
        let text = columns.text.get(row).unwrap_or_default();
        if let Some(reason) = self.origin.max_record.excess(text.len() as u64) {
            return self.faulty(row, &reason);
        }
        let id = columns.id.as_ref().and_then(|id| id.get(row));
        let name = format!("{}:{}", self.origin.input.name(), self.number(row));
        let value = |texts: &Option<ColumnTexts>| texts.as_ref()?.get(row).map(str::to_owned);
        let rows = Arc::clone(&self.rows);
        Entry::Record(InputRecord {
            has_id: id.is_some(),
            title: value(&columns.title),
            site: Site::new(value(&columns.source), value(&columns.url).as_deref()),
            date: value(&columns.date).map(String::into_boxed_str),
            row: Some(ParquetRow { rows, index: row, has_title: self.origin.places.has_title() }),
            ..InputRecord::of_text(id.map_or(name, str::to_owned), text.to_owned())
        })
    }
}

/// The values of the columns that a record has.
struct Columns {
    text: ColumnTexts,
    title: Option<ColumnTexts>,
    id: Option<ColumnTexts>,
    source: Option<ColumnTexts>,
    url: Option<ColumnTexts>,
    date: Option<ColumnTexts>,
}

impl Columns {
    fn of(rows: &ParquetRows, places: &Places) -> Result<Self, ArrowError> {
        let texts = |place: &Option<ColumnPlace>| {
            place.as_ref().map(|place| ColumnTexts::of(&rows.batch, place)).transpose()
        };
        Ok(Self {
            text: ColumnTexts::of(&rows.batch, &places.text)?,
            title: texts(&places.title)?,
            id: texts(&places.id)?,
            source: texts(&places.source)?,
            url: texts(&places.url)?,
            date: texts(&places.date)?,
        })
    }
}
