//! Output besides the texts: reports, pages, and the output of commands that do not write texts. Each kind has its own
//! file.

mod choice;
mod closing_line;
mod exceptions;
mod overwriting;
mod page;
mod printed;
mod removed;
mod report;
mod terminal_list;

use std::io;
use std::time::Instant;

pub(super) use choice::{DiffView, of_check, of_clean, of_diff, of_inspect, of_restore, refuse_shared_files};

use super::jobs::Outcome;
use crate::io::{Failure, Output};
use crate::report::Summary;

/// An article that was processed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Processed<'a> {
    /// The name in reports.
    pub name: &'a str,
    /// The text before processing.
    pub text: &'a str,
    /// The result.
    pub outcome: &'a Outcome,
}

/// An output of a run. It gets articles one after another, in the order of the input.
pub(super) trait Sink: Send {
    /// Takes an article.
    ///
    /// # Errors
    /// If it cannot be written. This ends the run.
    fn article(&mut self, _article: &Processed) -> anyhow::Result<()> {
        Ok(())
    }

    /// Records an article that could not be processed.
    ///
    /// # Errors
    /// If it cannot be written. This ends the run.
    fn failed(&mut self, _failure: &Failure) -> anyhow::Result<()> {
        Ok(())
    }

    /// Writes the part after the articles. A file appears only now.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<()>;
}

/// The totals of a run.
#[derive(Debug, Default)]
pub(super) struct Totals {
    /// Articles, lines and bytes.
    pub summary: Summary,
    /// Whether an article has what `check` and `diff` look for.
    pub found: bool,
    /// Whether no input could be read. Then no file appears: an existing one is worth more than an empty one.
    pub nothing_read: bool,
}

impl Totals {
    /// Gives the file of a sink its name, unless nothing was read.
    ///
    /// # Errors
    /// If it cannot be written.
    fn complete(&self, output: Output) -> io::Result<()> {
        if self.nothing_read { Ok(()) } else { output.finish() }
    }
}

/// All sinks of a run, and its totals.
pub(super) struct Sinks {
    started: Instant,
    totals: Totals,
    all: Vec<Box<dyn Sink>>,
}

impl Sinks {
    /// No sinks yet. The duration of the run is measured from here.
    pub fn begin() -> Self {
        Self { started: Instant::now(), totals: Totals::default(), all: Vec::new() }
    }

    /// The same with sinks. They take articles and finish in this order.
    pub fn with(self, sinks: Vec<Box<dyn Sink>>) -> Self {
        Self { all: sinks, ..self }
    }

    /// Passes an article to all sinks.
    pub fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        self.totals.found |= article.outcome.found;
        if let Some(cleaned) = &article.outcome.cleaned {
            self.totals.summary.add(article.text.len(), cleaned);
        }
        self.all.iter_mut().try_for_each(|sink| sink.article(article))
    }

    /// Reports an article that could not be processed to all sinks.
    pub fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.totals.summary.errors += 1;
        self.all.iter_mut().try_for_each(|sink| sink.failed(failure))
    }

    /// Finishes all sinks. Returns whether an article has what `check` and `diff` look for.
    pub fn finish(mut self, nothing_read: bool) -> anyhow::Result<bool> {
        self.totals.nothing_read = nothing_read;
        self.totals.summary.finish(self.started.elapsed());
        self.all.into_iter().try_for_each(|sink| sink.finish(&self.totals))?;
        Ok(self.totals.found)
    }
}
