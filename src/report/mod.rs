//! The report on a run: the records of the report file, and their renderings. The renderings are the output of the
//! command, and need its feature `cli`.
//!
//! ```
//! use qingwen::{Cleaner, report::Summary};
//! let source = "老街夜市搬走了\n街坊說安靜了許多。\n分享到:\n";
//! let mut summary = Summary::default();
//! summary.add(source.len(), &Cleaner::default().clean(source));
//! assert_eq!((summary.documents, summary.rules["share/bar"].lines), (1, 1));
//! ```

#[cfg(feature = "cli")]
mod change;
#[cfg(feature = "cli")]
pub mod html;
#[cfg(feature = "cli")]
pub mod terminal;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::pipeline::{Cleaned, ConversionSummary, Removal, RemovedSpan, Replacement};

/// Version of the report's format.
pub const SCHEMA: u32 = 1;

/// One record of the report: a line of JSON Lines.
///
/// ```
/// use qingwen::report::Record;
/// let record = Record::Error { doc: "a.txt", message: "no such file".into() };
/// assert_eq!(record.to_json(), r#"{"schema":1,"type":"error","doc":"a.txt","message":"no such file"}"#);
/// ```
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Record<'r> {
    /// A removed line.
    Removal {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The removal.
        #[serde(flatten)]
        removal: &'r Removal,
    },
    /// A reference of HTML or a radical in a kept line that was replaced by characters.
    Replacement {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The replacement.
        #[serde(flatten)]
        replacement: &'r Replacement,
    },
    /// The result of script identification and conversion for a document.
    Conversion {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The summary of the conversion.
        #[serde(flatten)]
        conversion: &'r ConversionSummary,
    },
    /// A document that could not be cleaned.
    Error {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The error, and its place.
        message: String,
    },
    /// The whole run. This is the last record.
    Summary(&'r Summary),
}

impl Record<'_> {
    /// The record as one line of JSON, without a line feed.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Versioned<'r, 's> {
            schema: u32,
            #[serde(flatten)]
            record: &'s Record<'r>,
        }
        serde_json::to_string(&Versioned { schema: SCHEMA, record: self }).unwrap_or_default()
    }
}

/// A removed span in the file of removed text: a line of JSON Lines.
///
/// ```
/// use std::borrow::Cow;
/// use qingwen::{Cleaner, report::RemovedRecord};
/// let cleaned = Cleaner::default().clean("老街夜市搬走了。\n分享到：");
/// let record = RemovedRecord { doc: "a.txt".into(), removed: Cow::Borrowed(&cleaned.removed[0]) };
/// let json = serde_json::to_string(&record).unwrap();
/// assert_eq!(serde_json::from_str::<RemovedRecord>(&json).unwrap(), record);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovedRecord<'r> {
    /// The record's id, or the file's path.
    pub doc: Cow<'r, str>,
    /// The span and its text.
    #[serde(flatten)]
    pub removed: Cow<'r, RemovedSpan>,
}

/// The lines and bytes that one rule removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Removed lines.
    pub lines: u64,
    /// Their bytes, without terminators.
    pub bytes: u64,
}

/// Totals of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents that could not be cleaned.
    pub errors: u64,
    /// Bytes of the documents' texts.
    pub bytes_in: u64,
    /// Bytes of the clean texts.
    pub bytes_out: u64,
    /// Removed lines.
    pub removed_lines: u64,
    /// Kept lines that conversion or mending changed.
    pub rewritten_lines: u64,
    /// Characters that conversion changed.
    pub characters_converted: u64,
    /// By name (`entity`, `radical`), the number of pieces of kept lines that were replaced by characters.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub replaced: BTreeMap<&'static str, u64>,
    /// By rule, the lines and bytes that it removed.
    pub rules: BTreeMap<Cow<'static, str>, Tally>,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes of text per second.
    pub bytes_per_second: f64,
}

impl Summary {
    /// Adds a cleaned document of `bytes` bytes.
    pub fn add(&mut self, bytes: usize, cleaned: &Cleaned) {
        self.documents += 1;
        self.bytes_in += bytes as u64;
        self.bytes_out += cleaned.text.len() as u64;
        self.removed_lines += cleaned.removals.len() as u64;
        self.rewritten_lines += cleaned.rewrites.len() as u64;
        self.characters_converted += cleaned.conversion.characters_changed as u64;
        for replacement in &cleaned.replacements {
            *self.replaced.entry(replacement.rule).or_default() += 1;
        }
        for removal in &cleaned.removals {
            let tally = self.rules.entry(removal.rule.clone()).or_default();
            tally.lines += 1;
            tally.bytes += removal.text.len() as u64;
        }
    }

    /// Records the duration of the run.
    pub fn finish(&mut self, elapsed: Duration) {
        self.seconds = elapsed.as_secs_f64();
        if self.seconds > 0.0 {
            self.bytes_per_second = self.bytes_in as f64 / self.seconds;
        }
    }
}
