//! The report of a collection, and the closing line.

use std::io::Write;
use std::time::Instant;

use anyhow::Context;

use super::reading::Articles;
use crate::corpus::Duplicate;
use crate::io::Output;
use crate::report::{CollectionSummary, Record};

/// The report, before anything is known.
pub(in crate::cli) struct DedupReport {
    /// The file, if a report is wanted.
    pub output: Option<Output>,
    pub started: Instant,
}

impl DedupReport {
    /// Writes errors, copies and the summary, and prints the closing line.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn finish(self, articles: &Articles, duplicates: &[Duplicate], quiet: bool) -> anyhow::Result<()> {
        let mut summary = CollectionSummary::of(articles.names.len(), articles.bytes, duplicates);
        summary.errors = articles.failures.len() as u64;
        summary.finish(self.started.elapsed());
        if let Some(output) = self.output {
            write(output, articles, duplicates, &summary).context("cannot write the report")?;
        }
        if !quiet {
            writeln!(anstream::stderr(), "{summary}")?;
        }
        Ok(())
    }
}

fn write(
    mut output: Output,
    articles: &Articles,
    duplicates: &[Duplicate],
    summary: &CollectionSummary,
) -> std::io::Result<()> {
    let name = |number: usize| articles.names.get(number).map(AsRef::as_ref).unwrap_or_default();
    for failure in &articles.failures {
        let record = Record::Error { doc: &failure.name, message: failure.message.clone() };
        writeln!(output, "{}", record.to_json())?;
    }
    for duplicate in duplicates {
        let (doc, of, kept) = (name(duplicate.article), name(duplicate.of), name(duplicate.kept));
        writeln!(output, "{}", Record::Duplicate { doc, of, kept, duplicate }.to_json())?;
    }
    writeln!(output, "{}", Record::Collection(summary).to_json())?;
    // Where nothing could be read, an existing file is worth more than an empty report.
    if articles.names.is_empty() && !articles.failures.is_empty() {
        output.discard();
        return Ok(());
    }
    output.finish()
}
