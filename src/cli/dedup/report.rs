//! The report of a collection, and the closing line.

use std::io::Write;
use std::time::Instant;

use anyhow::Context;

use super::super::collection::Found;
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
    pub fn finish(self, found: &mut Found, quiet: bool) -> anyhow::Result<()> {
        let earlier = found.articles.earlier();
        let count = usize::try_from(found.articles.count() - earlier).unwrap_or(usize::MAX);
        let mut summary = CollectionSummary::of(count, found.articles.bytes(), &found.duplicates);
        summary.errors = found.articles.failed();
        let is_earlier = |duplicate: &&Duplicate| (duplicate.kept as u64) < earlier;
        summary.earlier = found.duplicates.iter().filter(is_earlier).count() as u64;
        summary.finish(self.started.elapsed());
        if let Some(output) = self.output {
            write(output, found, &summary).context("cannot write the report")?;
        }
        if !quiet {
            writeln!(anstream::stderr(), "{summary}")?;
        }
        Ok(())
    }
}

fn write(mut output: Output, found: &mut Found, summary: &CollectionSummary) -> std::io::Result<()> {
    found.articles.write_failures(&mut output)?;
    let earlier = found.articles.earlier();
    let is_earlier = |article: usize| (article as u64) < earlier;
    for duplicate in &found.duplicates {
        let mut name = |article: usize| found.articles.name(article as u64);
        let (doc, of, kept) = (name(duplicate.article)?, name(duplicate.of)?, name(duplicate.kept)?);
        let (of_earlier, kept_earlier) = (is_earlier(duplicate.of), is_earlier(duplicate.kept));
        let record =
            Record::Duplicate { doc: &doc, of: &of, of_earlier, kept: &kept, kept_earlier, duplicate };
        writeln!(output, "{}", record.to_json())?;
    }
    writeln!(output, "{}", Record::Collection(summary).to_json())?;
    // Where nothing could be read, an existing file is worth more than an empty report.
    if found.articles.count() == earlier && found.articles.failed() > 0 {
        output.discard();
        return Ok(());
    }
    output.finish()
}
