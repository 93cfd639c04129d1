//! Writes rows of a table as the articles come.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use serde::Serialize;

use super::super::Ending;
use super::super::args::TableArgs;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::Job;
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals, of_reading, refuse_shared, table};
use crate::io::{Failure, Output, ShownPath, TableForm, TableWriter};

/// What is written of an article.
pub(in crate::cli) trait TableRow: Serialize + Send + Sized + 'static {
    /// The table.
    const FORM: &'static TableForm;

    /// The rows of an article.
    fn of_article(article: &Processed) -> Vec<Self>;

    /// The row of what could not be read, if the table has such rows.
    fn of_failure(failure: &Failure) -> Option<Self>;

    /// About how many bytes it has.
    fn bytes(&self) -> usize;
}

/// Refuses a table, or rejects, in the file of an input or of each other.
///
/// # Errors
/// The error names the file.
pub(super) fn refuse_shared_table(args: &TableArgs, inputs: &[PathBuf]) -> anyhow::Result<()> {
    let beside = [("--output", Some(args.output.as_path())), ("--rejects", args.reading.rejects.as_deref())];
    refuse_shared(inputs, None, &beside)
}

/// Writes the rows of all articles of a plan. `done` is the word for that in the closing line.
pub(super) fn write<R: TableRow>(
    plan: &RunPlan,
    job: &dyn Job,
    args: &TableArgs,
    settings: &[(&str, String)],
    done: &str,
) -> anyhow::Result<Ending> {
    let output = table(args, R::FORM)?;
    let table = TableWriter::new(output, R::FORM, settings)
        .with_context(|| format!("{}: cannot be written", args.output.shown()))?;
    let counts = Shared::new(ReadCounts::default());
    let sink = TableSink::<R> { table, counts: counts.clone() };
    let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(sink)];
    sinks.extend(of_reading(&args.reading, args.force)?);
    let sinks = Sinks::begin().with(sinks);
    let ending = run(plan, job, Destination::nowhere(), sinks)?;
    if !args.quiet && !ending.interrupted {
        writeln!(anstream::stderr(), "{}", counts.take().closing(done))?;
    }
    Ok(ending)
}

/// How many articles were read, and how many were not.
#[derive(Default)]
struct ReadCounts {
    articles: u64,
    failures: u64,
}

impl ReadCounts {
    fn closing(&self, done: &str) -> String {
        let articles = if self.articles == 1 { "article" } else { "articles" };
        let not_read =
            if self.failures > 0 { format!(", {} not read", self.failures) } else { String::new() };
        format!("{} {articles} {done}{not_read}", self.articles)
    }
}

struct TableSink<R> {
    table: TableWriter<R>,
    counts: Shared<ReadCounts>,
}

impl<R: TableRow> TableSink<R> {
    fn add(&mut self, row: R) -> anyhow::Result<()> {
        let bytes = row.bytes();
        Ok(self.table.add(row, bytes)?)
    }
}

impl<R: TableRow> Sink for TableSink<R> {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        self.counts.lock().articles += 1;
        R::of_article(article).into_iter().try_for_each(|row| self.add(row))
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.counts.lock().failures += 1;
        R::of_failure(failure).map_or(Ok(()), |row| self.add(row))
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(Some(self.table.finish()?))
    }
}
