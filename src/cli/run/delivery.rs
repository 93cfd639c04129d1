//! The writing side of a run. It passes the results of articles to writer and sinks, in order.

use std::io::{self, Write};

use super::super::destination::Opened;
use super::super::sinks::{Processed, Sinks};
use super::super::{Ending, complain};
use super::plan::Plan;
use super::source::{Event, Unit};
use super::work::Done;
use crate::io::{Change, Failure, Record, Writer};

/// Delivers results.
pub(super) struct Delivery<'p> {
    plan: &'p Plan<'p>,
    opened: Opened,
    sinks: Sinks,
    /// The input whose results are being delivered. `writer` writes them.
    input: usize,
    writer: Option<Box<dyn Writer>>,
    /// Whether something in that input failed.
    input_failed: bool,
    /// Whether anything failed.
    failed: bool,
    /// Whether an article was processed.
    done: bool,
    counts: Counts,
}

impl<'p> Delivery<'p> {
    /// Delivers to the open destination and to sinks.
    pub fn new(plan: &'p Plan<'p>, opened: Opened, sinks: Sinks) -> Self {
        let counts = Counts::default();
        let (input_failed, failed, done) = (false, false, false);
        Self { plan, opened, sinks, input: 0, writer: None, input_failed, failed, done, counts }
    }

    /// Delivers a unit of work.
    ///
    /// # Errors
    /// If something cannot be written. The run cannot continue then.
    pub fn unit(&mut self, unit: Unit<Vec<Done>>) -> anyhow::Result<()> {
        unit.into_iter().try_for_each(|event| match event {
            Event::Begin(index) => self.begin(index),
            Event::Records(records) => records.into_iter().try_for_each(|done| self.entry(done)),
            Event::Failed(failure) => self.failed(&failure),
            Event::End => self.end(),
        })
    }

    /// Begins an input.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn begin(&mut self, index: usize) -> anyhow::Result<()> {
        let planned = &self.plan.inputs[index];
        self.input = index;
        self.input_failed = false;
        self.writer = Some((planned.format.writer)(&planned.input));
        self.opened.begin()
    }

    fn entry(&mut self, done: Done) -> anyhow::Result<()> {
        match done {
            Done::Processed(record, outcome) => {
                self.counts.add(&record);
                self.done();
                self.sinks.article(&Processed {
                    name: &record.name,
                    text: &record.text,
                    outcome: &outcome,
                })?;
                let text = outcome.text().unwrap_or(&record.text);
                self.write(&record, &Change { text, added: &outcome.added })
            }
            Done::Faulty(failure) => self.failed(&failure),
            Done::Verbatim(bytes) => match self.opened.stream() {
                Some(out) => out.write_all(&bytes).map_err(unwritable),
                None => Ok(()),
            },
        }
    }

    fn write(&mut self, record: &Record, change: &Change) -> anyhow::Result<()> {
        match (&mut self.writer, self.opened.stream()) {
            (Some(writer), Some(out)) => writer.record(out, record, change).map_err(unwritable),
            _ => Ok(()),
        }
    }

    /// The stream to which results are written unchanged.
    pub fn stream(&mut self) -> Option<&mut (dyn Write + Send)> {
        self.opened.stream()
    }

    /// Records that an article was processed.
    pub fn done(&mut self) {
        self.done = true;
    }

    /// Reports a failure.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        complain(&failure.message);
        self.failed = true;
        self.input_failed = true;
        self.sinks.failed(failure)
    }

    /// Ends an input. In place, the file is replaced if nothing in it failed.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn end(&mut self) -> anyhow::Result<()> {
        if let (Some(mut writer), Some(out)) = (self.writer.take(), self.opened.stream()) {
            writer.finish(out).map_err(unwritable)?;
        }
        let input = &self.plan.inputs[self.input].input;
        if self.opened.is_in_place() && self.input_failed {
            complain(&format!("{input}: left as it was"));
        } else if let Err(error) = self.opened.replace(input) {
            let message = format!("{input}: cannot be replaced: {error}");
            return self.failed(&self.plan.failure(self.input, &message));
        }
        Ok(())
    }

    /// Completes output and sinks.
    ///
    /// # Errors
    /// If something cannot be written.
    pub fn finish(self) -> anyhow::Result<Ending> {
        // An existing file is worth more than the empty result of inputs that could not be read.
        if self.done || !self.failed {
            self.opened.finish()?;
        }
        self.counts.complain_of_fields(self.plan);
        Ok(Ending { found: self.sinks.finish()?, failed: self.failed })
    }
}

/// An error of writing results.
pub(super) fn unwritable(error: io::Error) -> anyhow::Error {
    anyhow::Error::new(error).context("cannot write the result")
}

/// Numbers of the records that were read.
#[derive(Default)]
struct Counts {
    all: usize,
    with_id: usize,
    with_title: usize,
}

impl Counts {
    fn add(&mut self, record: &Record) {
        self.all += 1;
        self.with_id += usize::from(record.has_id);
        self.with_title += usize::from(record.title.is_some());
    }

    /// Reports each named field that no record has, because its name may be misspelt.
    fn complain_of_fields(&self, plan: &Plan) {
        for (option, name) in plan.named_fields() {
            let found = match option {
                "--id-field" => self.with_id,
                "--title-field" => self.with_title,
                _ => self.all,
            };
            if self.all > 0 && found == 0 {
                complain(&format!("{option} {name}: no record has such a field"));
            }
        }
    }
}
