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
mod collection;
mod finding;
#[cfg(feature = "cli")]
pub(crate) mod github;
#[cfg(feature = "cli")]
pub mod html;
mod learned;
#[cfg(feature = "cli")]
pub(crate) mod names;
mod paragraphs;
#[cfg(feature = "cli")]
pub(crate) mod sarif;
mod sources;
mod summary;
#[cfg(feature = "cli")]
pub mod terminal;

use std::borrow::Cow;
use std::collections::BTreeMap;

#[cfg(feature = "cli")]
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, Serialize};

use crate::corpus::Duplicate;
use crate::pipeline::{Cleaned, ConversionSummary, Removal, RemovedSpan, Replacement};
use crate::text::Span;
pub use collection::CollectionSummary;
use collection::relation;
pub use finding::{CheckFinding, findings, of_title};
pub use learned::LearnedSummary;
pub use paragraphs::ParagraphSummary;
pub use sources::{SourceTally, Sources};
pub use summary::{Summary, Tally};

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
        /// The byte range of the line in the source of a page of HTML, in UTF-8. It is absent for other
        /// documents, and if the source does not have exactly one element with this text.
        #[serde(skip_serializing_if = "Option::is_none")]
        html: Option<Span>,
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
    /// A cleaned document, without its lines.
    Article {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The summary of what was done to it.
        #[serde(flatten)]
        summary: ArticleSummary<'r>,
    },
    /// A line that cleaning changes.
    Finding {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The place of the document.
        #[serde(flatten)]
        place: DocumentPlace<'r>,
        /// The finding.
        #[serde(flatten)]
        finding: &'r CheckFinding,
    },
    /// A document that could not be cleaned.
    Error {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The error, and its place.
        message: String,
    },
    /// An article of a collection that is a copy of another one.
    Duplicate {
        /// The record's id, or the file's path.
        doc: &'r str,
        /// The name of the article of which it is a copy.
        of: &'r str,
        /// Whether an earlier run saw that article, and this run did not.
        #[serde(skip_serializing_if = "is_false")]
        of_earlier: bool,
        /// The name of the article that is kept in place of it.
        kept: &'r str,
        /// Whether an earlier run saw the article that is kept.
        #[serde(skip_serializing_if = "is_false")]
        kept_earlier: bool,
        /// The relation to that article. The numbers of articles are left out.
        #[serde(flatten, serialize_with = "relation")]
        duplicate: &'r Duplicate,
    },
    /// A paragraph that occurs in many articles of a collection.
    Paragraph {
        /// The first article with it: the record's id, or the file's path.
        doc: &'r str,
        /// The 1-based number of its line there.
        line: usize,
        /// The number of articles with it.
        articles: u32,
        /// The paragraph in the form of that article.
        text: &'r str,
    },
    /// The whole run. This is the last record.
    Summary(&'r Summary),
    /// The whole run over a collection. This is the last record.
    #[serde(rename = "summary")]
    Collection(&'r CollectionSummary),
    /// The whole run over the paragraphs of a collection. This is the last record.
    #[serde(rename = "summary")]
    Paragraphs(&'r ParagraphSummary),
}

/// Whether a field is left out, because it is false.
fn is_false(value: &bool) -> bool {
    !value
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

/// A summary of what was done to a document.
///
/// ```
/// use qingwen::report::ArticleSummary;
/// let source = "老街夜市搬走了\n分享到:\n微信\n";
/// let cleaned = qingwen::Cleaner::default().clean(source);
/// assert_eq!(ArticleSummary::of(source.len(), &cleaned).rules["share/bar"], 2);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArticleSummary<'r> {
    /// Bytes of the text.
    pub bytes_in: usize,
    /// Bytes of the clean text.
    pub bytes_out: usize,
    /// Removed lines.
    pub removed_lines: usize,
    /// Kept lines that conversion or mending changed.
    pub rewritten_lines: usize,
    /// For each rule, the number of lines that it removed.
    pub rules: BTreeMap<Cow<'static, str>, usize>,
    /// The results of the conversion.
    #[serde(flatten)]
    pub conversion: &'r ConversionSummary,
}

impl<'r> ArticleSummary<'r> {
    /// The summary of a document of `bytes` bytes.
    pub fn of(bytes: usize, cleaned: &'r Cleaned) -> Self {
        let mut rules = BTreeMap::new();
        cleaned.removals.iter().for_each(|removal| *rules.entry(removal.rule.clone()).or_default() += 1);
        Self {
            bytes_in: bytes,
            bytes_out: cleaned.text.len(),
            removed_lines: cleaned.removals.len(),
            rewritten_lines: cleaned.rewrites.len(),
            rules,
            conversion: &cleaned.conversion,
        }
    }
}

/// The place of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DocumentPlace<'r> {
    /// The path of the file; `-` for standard input.
    pub file: &'r str,
    /// The line of the file in which the record begins, from 1; `None` if the file is the document, or is not read by
    /// lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_line: Option<u64>,
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

/// A record that could not be processed, in the file of rejects: a line of JSON Lines.
#[cfg(feature = "cli")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RejectRecord<'r> {
    doc: &'r str,
    /// The error, and its place.
    message: &'r str,
    /// The record as it was read, if it is UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'r str>,
    /// The record as it was read, in Base64, if it is not UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_base64: Option<String>,
}

#[cfg(feature = "cli")]
impl<'r> RejectRecord<'r> {
    /// The record of a failure.
    pub fn new(doc: &'r str, message: &'r str, source: Option<&'r [u8]>) -> Self {
        let text = source.and_then(|bytes| std::str::from_utf8(bytes).ok());
        let bytes = source.filter(|_| text.is_none());
        Self { doc, message, source: text, source_base64: bytes.map(|bytes| BASE64_STANDARD.encode(bytes)) }
    }
}
