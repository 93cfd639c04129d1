//! The rows of `corpus sign`: one for each article.

use serde::{Deserialize, Serialize};

use super::super::sinks::Processed;
use super::table_sink::TableRow;
use crate::corpus::{Date, Shingles, Signature};
use crate::identify::Script;
use crate::io::{Column, ColumnType, Failure, TableForm};

/// The table.
pub(super) const SIGNATURES: TableForm = TableForm {
    kind: "signatures",
    title: "a table of signatures",
    version: 1,
    columns: &[
        Column::new("name", ColumnType::Text),
        Column::new("file", ColumnType::Text).nullable(),
        Column::new("file_line", ColumnType::U64).nullable(),
        Column::new("source", ColumnType::Text).nullable(),
        Column::new("date", ColumnType::Text).nullable(),
        Column::new("bytes", ColumnType::U64),
        Column::new("key", ColumnType::U64),
        Column::new("characters", ColumnType::U32),
        Column::new("script", ColumnType::Text).nullable(),
        Column::new("bands", ColumnType::ListU32),
        Column::new("shingles", ColumnType::ListU32),
        Column::new("error", ColumnType::Text).nullable(),
    ],
};

/// A row. docs/columns.md says what the columns are.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::cli) struct SignatureRow {
    pub name: String,
    pub file: Option<String>,
    pub file_line: Option<u64>,
    pub source: Option<String>,
    pub date: Option<String>,
    pub bytes: u64,
    pub key: u64,
    pub characters: u32,
    pub script: Option<String>,
    pub bands: Vec<u32>,
    pub shingles: Vec<u32>,
    pub error: Option<String>,
}

impl SignatureRow {
    /// The columns that the first reading needs.
    pub const SIGNATURE: [&str; 8] =
        ["name", "date", "bytes", "key", "characters", "script", "bands", "error"];
    /// The columns that the second reading needs.
    pub const SHINGLES: [&str; 2] = ["shingles", "error"];

    /// The signature.
    ///
    /// # Errors
    /// If a value is none that a signature has.
    pub fn signature(&self) -> Result<Signature, String> {
        let bands = self.bands.as_slice().try_into();
        let bands =
            bands.map_err(|_| format!("has {} bands, and not {}", self.bands.len(), Signature::BANDS))?;
        let script =
            |name: &str| Script::named(name).ok_or_else(|| format!("has a script that is none: {name:?}"));
        let script = self.script.as_deref().map(script).transpose()?;
        Ok(Signature::from_parts(self.key, self.characters, script, bands))
    }

    /// The date.
    ///
    /// # Errors
    /// If it is none.
    pub fn date(&self) -> Result<Option<Date>, String> {
        let date = |written: &String| {
            Date::parse(written).ok_or_else(|| format!("has a date that is none: {written:?}"))
        };
        self.date.as_ref().map(date).transpose()
    }

    /// What could not be read.
    pub fn failure(&self) -> Option<Failure> {
        let message = self.error.clone()?;
        Some(Failure { name: self.name.clone(), message, source: None })
    }
}

impl TableRow for SignatureRow {
    const FORM: &'static TableForm = &SIGNATURES;

    fn of_article(article: &Processed) -> Vec<Self> {
        let Some(reading) = article.outcome.reading.as_deref() else { return Vec::new() };
        let Some(signature) = reading.signature else { return Vec::new() };
        vec![Self {
            name: article.name.to_owned(),
            file: Some(article.place.file.to_owned()),
            file_line: article.place.file_line,
            source: Some(article.publisher.to_owned()),
            date: reading.date.as_ref().map(Date::to_string),
            bytes: article.text.len() as u64,
            key: signature.key_hash(),
            characters: signature.characters(),
            script: signature.script().map(|script| script.name().to_owned()),
            bands: signature.bands().to_vec(),
            shingles: reading.shingles.as_ref().map(Shingles::hashes).unwrap_or_default().to_vec(),
            error: None,
        }]
    }

    fn of_failure(failure: &Failure) -> Option<Self> {
        let error = Some(failure.message.clone());
        Some(Self { name: failure.name.clone(), error, ..Self::default() })
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&self.shingles[..])
    }
}
