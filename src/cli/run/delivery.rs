//! The writing side of a run. It passes the results of articles to writer and sinks, in order.

use std::io::{self, Write};

use super::super::destination::Opened;
use super::super::sinks::{Processed, Sinks};
use super::super::{Ending, complain};
use super::plan::Plan;
use super::recoding::Recoding;
use super::source::{Event, Unit};
use super::work::Done;
use crate::io::{Change, Compression, Failure, Format, Notice, Record, Writer};

/// Delivers results.
pub(super) struct Delivery<'p> {
    plan: &'p Plan<'p>,
    opened: Opened,
    sinks: Sinks,
    /// The input whose results are being delivered. `writer` writes them.
    input: usize,
    writer: Option<Box<dyn Writer>>,
    /// The compression of that input.
    compression: Option<Compression>,
    /// Writes results in another encoding than UTF-8.
    recoding: Option<Recoding>,
    /// Whether advice about that input was told.
    advised: bool,
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
        let (advised, input_failed, failed, done) = (false, false, false, false);
        let recoding = plan.output_encoding.map(|choice| Recoding::new(choice, plan.escape));
        let (input, writer, compression) = (0, None, None);
        Self {
            plan,
            opened,
            sinks,
            input,
            writer,
            compression,
            recoding,
            advised,
            input_failed,
            failed,
            done,
            counts,
        }
    }

    /// Delivers a unit of work.
    ///
    /// # Errors
    /// If something cannot be written. The run cannot continue then.
    pub fn unit(&mut self, unit: Unit<Vec<Done>>) -> anyhow::Result<()> {
        unit.into_iter().try_for_each(|event| match event {
            Event::Begin(index) => self.begin(index),
            Event::Opened(format, compression) => {
                self.opened(format, compression);
                Ok(())
            }
            Event::Notice(notice) => self.notice(notice),
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
        self.input = index;
        (self.advised, self.input_failed) = (false, false);
        (self.writer, self.compression) = (None, None);
        let in_place = self.opened.is_in_place();
        self.recoding.iter_mut().for_each(|recoding| recoding.begin(in_place));
        self.opened.begin(self.recoding.is_some())
    }

    /// Says what the input is that was begun.
    pub fn opened(&mut self, format: &'static Format, compression: Option<Compression>) {
        self.writer = Some((format.writer)(&self.plan.inputs[self.input]));
        self.compression = compression;
    }

    /// Reports an input that cannot be read at all.
    ///
    /// # Errors
    /// If something cannot be written.
    pub fn unreadable(&mut self, index: usize, failure: &Failure) -> anyhow::Result<()> {
        self.begin(index)?;
        self.failed(failure)?;
        self.end()
    }

    /// Tells what is to be told of an input.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn notice(&mut self, notice: Notice) -> anyhow::Result<()> {
        match notice {
            Notice::Warning(message) => complain(&message),
            Notice::Remark(message) if !self.plan.quiet => complain(&message),
            Notice::Advice(message) if !self.advised => {
                self.advised = true;
                complain(&message);
            }
            Notice::Remark(_) | Notice::Advice(_) => {}
            Notice::Encoding(encoding) => {
                if let Some(Err(reason)) = self.recoding.as_mut().map(|recoding| recoding.source(encoding)) {
                    let message = format!("{}: {reason}", self.plan.inputs[self.input]);
                    return self.failed(&self.plan.failure(self.input, &message));
                }
            }
        }
        Ok(())
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
            Done::Notice(notice) => self.notice(notice),
            Done::Verbatim(bytes) => self.put(&self.plan.inputs[self.input].name(), &bytes),
        }
    }

    fn write(&mut self, record: &Record, change: &Change) -> anyhow::Result<()> {
        let (Some(writer), Some(out)) = (&mut self.writer, self.opened.stream()) else { return Ok(()) };
        if self.recoding.is_none() {
            return writer.record(out, record, change).map_err(unwritable);
        }
        let mut bytes = Vec::new();
        writer.record(&mut bytes, record, change).map_err(unwritable)?;
        self.put(&record.name, &bytes)
    }

    /// Writes bytes of a record or between records, in the encoding of the result.
    fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let Some(out) = self.opened.stream() else { return Ok(()) };
        match &mut self.recoding {
            None => out.write_all(bytes).map_err(unwritable),
            Some(recoding) => match recoding.encoded(bytes) {
                Ok(encoded) => out.write_all(encoded).map_err(unwritable),
                Err(reason) => {
                    let input = &self.plan.inputs[self.input];
                    let name = if name == input.name() { String::new() } else { format!("{name}: ") };
                    let message = format!("{input}: {name}{reason}");
                    self.failed(&self.plan.failure(self.input, &message))
                }
            },
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
        if let Some(mut writer) = self.writer.take() {
            let mut bytes = Vec::new();
            writer.finish(&mut bytes).map_err(unwritable)?;
            self.put(&self.plan.inputs[self.input].name(), &bytes)?;
        }
        let input = &self.plan.inputs[self.input];
        if self.opened.is_in_place() && self.input_failed {
            complain(&format!("{input}: left as it was"));
        } else if let Err(error) = self.opened.replace(input, self.compression) {
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
