//! Output besides the texts: reports, pages, and the output of commands that do not write texts. Each kind has its own
//! file.

mod choice;
mod closing_line;
mod exceptions;
mod findings;
mod overwriting;
mod page;
mod printed;
mod rejects;
mod removed;
mod report;
mod stats;
mod terminal_list;
mod totals;

use std::time::Instant;

use anyhow::Context;
use serde_json::Value;

pub(super) use choice::{
    DiffView, dedup_report, learned_model, learned_page, merged_report, of_check, of_clean, of_diff,
    of_inspect, of_output, of_reading, of_restore, refuse_read, refuse_shared, refuse_shared_files, table,
};

use super::jobs::Outcome;
use crate::io::{Failure, Output};
use crate::report::DocumentPlace;
use crate::rules::Rule;
pub(super) use findings::within_file;
pub(super) use totals::Totals;

/// An article that was processed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Processed<'a> {
    /// The name in reports.
    pub name: &'a str,
    /// The place of the article.
    pub place: DocumentPlace<'a>,
    /// Who published it, as far as that is known.
    pub publisher: &'a str,
    /// The text before processing.
    pub text: &'a str,
    /// The HTML of the page from which the text was read.
    pub page: Option<&'a str>,
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

    /// Is told that the results of all articles so far were passed on, in a run that writes them at once.
    ///
    /// # Errors
    /// If something cannot be written. This ends the run.
    fn flushed(&mut self) -> anyhow::Result<()> {
        Ok(())
    }

    /// The file that it writes, if a later run can go on with it.
    fn output(&mut self) -> Option<&mut Output> {
        None
    }

    /// What it knows of the articles so far, beside its file.
    fn state(&self) -> Value {
        Value::Null
    }

    /// Goes on from what it knew in an interrupted run.
    ///
    /// # Errors
    /// If that is not its state.
    fn restore(&mut self, _state: &Value) -> anyhow::Result<()> {
        Ok(())
    }

    /// Writes the part after the articles. Returns its file, which has not its name yet.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>>;
}

/// All sinks of a run, and its totals.
pub(super) struct Sinks {
    started: Instant,
    totals: Totals,
    all: Vec<Box<dyn Sink>>,
    has_closing_line: bool,
}

/// What is left when all sinks have finished.
pub(super) struct Finished {
    /// Whether an article has what `check` and `diff` look for.
    pub found: bool,
    /// The files of the sinks. They have not their names yet.
    pub outputs: Vec<Output>,
    /// The totals for the closing line, if there is one.
    closing: Option<Totals>,
}

impl Finished {
    /// Prints the closing line.
    ///
    /// # Errors
    /// Errors of standard error.
    pub fn close(self) -> anyhow::Result<()> {
        Ok(self.closing.map_or(Ok(()), |totals| closing_line::print(&totals))?)
    }
}

impl Sinks {
    /// No sinks yet. The duration of the run is measured from here.
    pub fn begin() -> Self {
        Self { started: Instant::now(), totals: Totals::default(), all: Vec::new(), has_closing_line: false }
    }

    /// The same with sinks. They take articles and finish in this order.
    pub fn with(self, sinks: Vec<Box<dyn Sink>>) -> Self {
        Self { all: sinks, ..self }
    }

    /// The same with a closing line, if it is wanted.
    pub fn with_closing_line(self, wanted: bool) -> Self {
        Self { has_closing_line: wanted, ..self }
    }

    /// The same, with rules of the user's, which reports then name.
    pub fn knowing(mut self, rules: impl Iterator<Item = &'static Rule>) -> Self {
        self.totals.summary.own_rules = rules.collect();
        self
    }

    /// Passes an article to all sinks.
    pub fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        self.totals.add(article);
        self.all.iter_mut().try_for_each(|sink| sink.article(article))
    }

    /// Counts a text that was converted piece by piece.
    pub fn converted(&mut self, publisher: &str, bytes_in: usize, bytes_out: usize) {
        self.totals.converted(publisher, bytes_in, bytes_out);
    }

    /// Reports an article that could not be processed to all sinks.
    pub fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.totals.summary.errors += 1;
        self.all.iter_mut().try_for_each(|sink| sink.failed(failure))
    }

    /// Tells all sinks that the results of all articles so far were passed on.
    pub fn flushed(&mut self) -> anyhow::Result<()> {
        self.all.iter_mut().try_for_each(|sink| sink.flushed())
    }

    /// Whether an article so far has what `check` and `diff` look for.
    pub fn found(&self) -> bool {
        self.totals.found
    }

    /// The files that the sinks write.
    pub fn outputs(&mut self) -> impl Iterator<Item = &mut Output> {
        self.all.iter_mut().filter_map(|sink| sink.output())
    }

    /// What the sinks know of the articles so far, and the totals.
    pub fn states(&mut self) -> Vec<Value> {
        let totals = self.totals.state();
        std::iter::once(totals).chain(self.all.iter().map(|sink| sink.state())).collect()
    }

    /// Takes over the totals at an earlier point of an interrupted run. The points come in order.
    ///
    /// # Errors
    /// If these are not the states of a point.
    pub fn recall(&mut self, states: &[Value]) -> anyhow::Result<()> {
        self.totals.restore(states.first().context("the journal has no totals")?)
    }

    /// Goes on from what they knew in an interrupted run.
    ///
    /// # Errors
    /// If these are not their states.
    pub fn restore(&mut self, states: &[Value]) -> anyhow::Result<()> {
        self.recall(states)?;
        self.all.iter_mut().zip(states.iter().skip(1)).try_for_each(|(sink, state)| sink.restore(state))
    }

    /// Finishes all sinks.
    pub fn finish(mut self) -> anyhow::Result<Finished> {
        self.totals.summary.finish(self.started.elapsed());
        let outputs = self.all.into_iter().map(|sink| sink.finish(&self.totals));
        let outputs: Vec<Option<Output>> = outputs.collect::<anyhow::Result<_>>()?;
        let outputs = outputs.into_iter().flatten().collect();
        Ok(Finished {
            found: self.totals.found,
            outputs,
            closing: self.has_closing_line.then_some(self.totals),
        })
    }
}
