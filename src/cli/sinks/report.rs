//! The report for programs: JSON Lines.

use std::io::Write;

use anyhow::Context;

use super::super::args::ReportLevel;
use super::{Processed, Sink, Totals};
use crate::clean::Cleaned;
use crate::io::{Failure, Output, SourceRanges};
use crate::report::{ArticleSummary, Record};

/// Writes a record for each removal, replacement, conversion and error, and one for the run; or fewer of them.
pub(super) struct Report {
    /// The file.
    pub output: Output,
    /// How much is reported.
    pub level: ReportLevel,
}

impl Report {
    /// Writes a record for each line that was removed or in which something was replaced, and one for the conversion.
    fn lines(&mut self, doc: &str, cleaned: &Cleaned, html: Option<&str>) -> anyhow::Result<()> {
        let ranges = html.map(SourceRanges::of);
        for removal in &cleaned.removals {
            let html = ranges.as_ref().and_then(|ranges| ranges.of_line(&removal.text));
            self.record(&Record::Removal { doc, removal, html })?;
        }
        for replacement in &cleaned.replacements {
            self.record(&Record::Replacement { doc, replacement })?;
        }
        self.record(&Record::Conversion { doc, conversion: &cleaned.conversion })
    }

    fn record(&mut self, record: &Record) -> anyhow::Result<()> {
        writeln!(self.output, "{}", record.to_json()).context("cannot write the report")
    }
}

impl Sink for Report {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        let doc = article.name;
        match self.level {
            ReportLevel::Summary => Ok(()),
            ReportLevel::Article => {
                let summary = ArticleSummary::of(article.text.len(), cleaned);
                self.record(&Record::Article { doc, summary })
            }
            ReportLevel::Line => self.lines(doc, cleaned, article.page),
        }
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.record(&Record::Error { doc: &failure.name, message: failure.message.clone() })
    }

    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.output)
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.record(&Record::Summary(&totals.summary))?;
        Ok(Some(self.output))
    }
}
