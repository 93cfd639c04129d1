//! Totals of a search for paragraphs that occur in many articles.

use std::fmt;
use std::time::Duration;

use serde::Serialize;

/// Totals of a search for paragraphs that occur in many articles.
///
/// ```
/// use qingwen::report::ParagraphSummary;
/// let summary = ParagraphSummary { documents: 3, paragraphs: 1, removed_lines: 2, ..ParagraphSummary::default() };
/// assert_eq!(summary.to_string(), "3 articles: 1 paragraph stands in many, 2 lines removed");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ParagraphSummary {
    /// Articles that were read.
    pub documents: u64,
    /// Articles that could not be read.
    pub errors: u64,
    /// Bytes of the articles' texts.
    pub bytes_in: u64,
    /// Bytes of the texts that are left.
    pub bytes_out: u64,
    /// Different paragraphs that occur in many articles.
    pub paragraphs: u64,
    /// Lines that were removed.
    pub removed_lines: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes of text per second.
    pub bytes_per_second: f64,
}

impl ParagraphSummary {
    /// Records the duration.
    pub fn finish(&mut self, elapsed: Duration) {
        self.seconds = elapsed.as_secs_f64();
        if self.seconds > 0.0 {
            self.bytes_per_second = self.bytes_in as f64 / self.seconds;
        }
    }
}

impl fmt::Display for ParagraphSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles = if self.documents == 1 { "article" } else { "articles" };
        let stand = if self.paragraphs == 1 { "paragraph stands" } else { "paragraphs stand" };
        let lines = if self.removed_lines == 1 { "line" } else { "lines" };
        write!(f, "{} {articles}: {} {stand} in many", self.documents, self.paragraphs)?;
        write!(f, ", {} {lines} removed", self.removed_lines)?;
        if self.errors > 0 { write!(f, ", {} not read", self.errors) } else { Ok(()) }
    }
}
