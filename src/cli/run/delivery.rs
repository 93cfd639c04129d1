//! The writing side of a run. It passes the results of articles to writer and sinks, in order.

mod counts;
mod finish;
mod messages;
mod points;
mod state;

use std::io::{self, Write};
use std::sync::atomic::Ordering;

use super::super::complain;
use super::super::destination::Opened;
use super::super::jobs::Outcome;
use super::super::journal::{Journal, Position};
use super::super::progress::Counters;
use super::super::sinks::{Processed, Sinks};
use super::ids::Ids;
use super::plan::RunPlan;
use super::recoding::Recoding;
use super::source::{RunEvent, Unit};
use super::work::{Done, Results};
use crate::io::{Compression, Failure, Format, InputRecord, Notice, RecordChange, Writer, publisher};
use crate::report::DocumentPlace;
use state::{DeliveryState, Resumed};

/// Delivers results.
pub(super) struct Delivery<'p> {
    plan: &'p RunPlan<'p>,
    opened: Opened,
    sinks: Sinks,
    /// The input whose results are being delivered. `writer` writes them.
    input: usize,
    writer: Option<Box<dyn Writer>>,
    /// The compression of that input.
    compression: Option<Compression>,
    /// Whether that input is binary, and whether it is one text.
    is_binary: bool,
    is_one_text: bool,
    /// Writes results in another encoding than UTF-8.
    recoding: Option<Recoding>,
    /// Whether the article of that input is left out, if the input is one text.
    is_left_out: bool,
    /// The ids of the records. A run that goes on after an interruption begins with none.
    ids: Ids,
    /// The number of articles that were processed.
    articles: usize,
    /// Whether advice about the current input was told.
    advised: bool,
    journal: Option<Journal>,
    counters: Counters,
    /// Bytes that were read since the last point of the journal.
    unsaved: u64,
    /// Whether there is a point within the current input.
    pointed: bool,
    /// The run that was interrupted, until its last input is begun again.
    resumed: Option<Resumed>,
    state: DeliveryState,
}

impl<'p> Delivery<'p> {
    /// Delivers to the open destination and to sinks.
    pub fn new(
        plan: &'p RunPlan<'p>,
        opened: Opened,
        sinks: Sinks,
        journal: Option<Journal>,
        counters: Counters,
    ) -> Self {
        let recoding = plan.output_encoding.map(|choice| Recoding::new(choice, plan.unencodable));
        let state = DeliveryState { ended: true, ..DeliveryState::default() };
        let (input, writer, compression, unsaved, resumed) = (0, None, None, 0, None);
        Self {
            plan,
            opened,
            sinks,
            input,
            writer,
            compression,
            is_binary: false,
            is_one_text: false,
            recoding,
            is_left_out: false,
            ids: Ids::default(),
            articles: 0,
            advised: false,
            journal,
            counters,
            unsaved,
            pointed: false,
            resumed,
            state,
        }
    }

    /// Delivers a unit of work.
    ///
    /// # Errors
    /// If something cannot be written. The run cannot continue then.
    pub fn unit(&mut self, unit: Unit<Results>) -> anyhow::Result<()> {
        unit.into_iter().try_for_each(|event| self.event(event))?;
        match self.opened.stream() {
            Some(out) if self.plan.flush => {
                out.flush().map_err(unwritable)?;
                self.sinks.flushed()
            }
            _ => Ok(()),
        }
    }

    /// Counts bytes that were read without batches.
    pub fn has_read(&mut self, bytes: u64) {
        self.unsaved += bytes;
    }

    fn event(&mut self, event: RunEvent<Results>) -> anyhow::Result<()> {
        match event {
            RunEvent::Begin(index) => self.begin(index),
            RunEvent::Opened(format, compression, writer) => {
                self.opened(format, compression);
                self.write_with(writer);
                Ok(())
            }
            RunEvent::Notice(notice) => self.notice(notice),
            RunEvent::Records(results) => {
                self.results(results)?;
                self.point_if_due()
            }
            RunEvent::Failed(failure) => self.failed(&failure),
            RunEvent::End => {
                self.end()?;
                self.point_if_due()
            }
        }
    }

    fn results(&mut self, results: Results) -> anyhow::Result<()> {
        results.entries.into_iter().try_for_each(|done| self.entry(done))?;
        self.state.position.batches += 1;
        self.unsaved += results.bytes as u64;
        Ok(())
    }

    /// Begins an input.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn begin(&mut self, index: usize) -> anyhow::Result<()> {
        self.input = index;
        self.advised = false;
        (self.writer, self.compression, self.is_binary, self.is_one_text) = (None, None, false, false);
        self.is_left_out = false;
        self.pointed = self.resumed.is_some();
        let place = &self.plan.inputs[index].place;
        if let Some(Resumed { length, state }) = self.resumed.take() {
            self.opened.continue_at(place, length)?;
            self.state = state;
            return Ok(());
        }
        self.state = DeliveryState {
            position: Position { input: index, batches: 0 },
            input_failed: false,
            input_done: false,
            written: false,
            ..self.state.clone()
        };
        let alone = self.opened.is_one_per_input();
        self.recoding.iter_mut().for_each(|recoding| recoding.begin(alone));
        self.opened.begin(place, self.recoding.is_some())
    }

    /// Says what the input is that was begun.
    pub fn opened(&mut self, format: &'static Format, compression: Option<Compression>) {
        (self.compression, self.is_binary) = (compression, format.is_binary);
        self.is_one_text = format.is_one_text;
        let input = &self.plan.inputs[self.input].input;
        let packed = compression.map_or(String::new(), |compression| format!(", {compression}"));
        tracing::debug!("{input}: {}{packed}", format.title);
    }

    /// Takes the writer of the input.
    fn write_with(&mut self, mut writer: Box<dyn Writer>) {
        if self.state.written {
            writer.has_begun();
        }
        self.writer = Some(writer);
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

    fn entry(&mut self, done: Done) -> anyhow::Result<()> {
        match done {
            Done::Processed(record, outcome) => {
                self.state.counts.add(&record);
                if !self.plan.is_repeated {
                    self.ids.add(&record);
                }
                self.state.read = true;
                self.count(&outcome);
                let file = self.plan.inputs[self.input].input.name();
                let place = DocumentPlace { file: &file, file_line: record.line };
                let publisher = record.publisher(&self.plan.inputs[self.input].input);
                let (name, text, outcome) = (&record.name, &record.text, &*outcome);
                let page = record.page.as_deref();
                self.sinks.article(&Processed { name, place, publisher: &publisher, text, page, outcome })?;
                self.articles += 1;
                let text = outcome.text().unwrap_or(&record.text);
                let change = RecordChange { text, title: outcome.title(), added: &outcome.added };
                let is_left_out = self.plan.left_out.lock().remove(&(self.articles - 1));
                self.is_left_out = is_left_out && self.is_one_text;
                if is_left_out || self.write(&record, &change)? {
                    self.done();
                }
                Ok(())
            }
            Done::Faulty(failure) => {
                self.state.read = true;
                self.failed(&failure)
            }
            Done::Notice(notice) => self.notice(notice),
            Done::Verbatim(bytes) => self.put(&self.plan.inputs[self.input].input.name(), &bytes).map(drop),
        }
    }

    /// Writes a record. Returns whether nothing of it is lacking.
    fn write(&mut self, record: &InputRecord, change: &RecordChange) -> anyhow::Result<bool> {
        let (Some(writer), Some(out)) = (&mut self.writer, self.opened.stream()) else { return Ok(true) };
        self.state.written = true;
        if self.recoding.is_none() || self.is_binary {
            return writer.record(out, record, change).map(|()| true).map_err(unwritable);
        }
        let mut bytes = Vec::new();
        writer.record(&mut bytes, record, change).map_err(unwritable)?;
        self.put(&record.name, &bytes)
    }

    /// Writes bytes of a record or between records, in the encoding of the result. Returns whether that encoding has
    /// them all.
    fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        let Some(out) = self.opened.stream() else { return Ok(true) };
        match &mut self.recoding {
            None => out.write_all(bytes).map(|()| true).map_err(unwritable),
            Some(recoding) => match recoding.encoded(bytes) {
                Ok(encoded) => out.write_all(encoded).map(|()| true).map_err(unwritable),
                Err(reason) => {
                    let input = &self.plan.inputs[self.input].input;
                    let name = if name == input.name() { String::new() } else { format!("{name}: ") };
                    let message = format!("{input}: {name}{reason}");
                    self.unwritten(&message).map(|()| false)
                }
            },
        }
    }

    /// The stream to which results are written unchanged.
    pub fn stream(&mut self) -> Option<&mut (dyn Write + Send)> {
        self.opened.stream()
    }

    /// Counts an article for the progress.
    fn count(&self, outcome: &Outcome) {
        let removed = outcome.cleaned.as_ref().map_or(0, |cleaned| cleaned.removals.len());
        self.counters.articles.fetch_add(1, Ordering::Relaxed);
        self.counters.removed_lines.fetch_add(removed as u64, Ordering::Relaxed);
    }

    /// Records that a text was converted piece by piece.
    pub fn converted(&mut self, bytes_in: usize, bytes_out: usize) {
        let publisher = publisher(&self.plan.inputs[self.input].input);
        self.sinks.converted(&publisher, bytes_in, bytes_out);
        self.done();
    }

    /// Records that an article was processed, and that its result is whole.
    fn done(&mut self) {
        self.state.done = true;
        self.state.input_done = true;
    }

    /// Ends an input. In place, the file is replaced if nothing in it failed.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn end(&mut self) -> anyhow::Result<()> {
        let writer = self.writer.take();
        let is_unchanged = writer.as_ref().is_some_and(|writer| writer.is_unchanged());
        writer.map_or(Ok(()), |writer| self.finish_with(writer))?;
        if self.opened.is_in_place() {
            self.replace(is_unchanged)?;
        } else {
            // Without a single article, an existing file is worth more than the empty result. A text that changed while it
            // was read has no result that is whole.
            let wanted = !self.state.input_failed || self.state.input_done && !self.is_one_text;
            self.state.done &= wanted || self.plan.inputs.len() > 1;
            if wanted && self.pointed {
                self.point_before_name()?;
            }
            self.opened.end(wanted && !self.is_left_out)?;
        }
        self.state.position = Position { input: self.input + 1, batches: 0 };
        Ok(())
    }

    /// Writes what stands behind the last record of the input.
    fn finish_with(&mut self, mut writer: Box<dyn Writer>) -> anyhow::Result<()> {
        let Some(out) = self.opened.stream() else { return Ok(()) };
        if self.recoding.is_none() || self.is_binary {
            return writer.finish(out).map_err(unwritable);
        }
        let mut bytes = Vec::new();
        writer.finish(&mut bytes).map_err(unwritable)?;
        self.put(&self.plan.inputs[self.input].input.name(), &bytes).map(drop)
    }

    /// Replaces the current file by its result, unless that is the same.
    fn replace(&mut self, is_unchanged: bool) -> anyhow::Result<()> {
        let input = &self.plan.inputs[self.input].input;
        if self.state.input_failed {
            complain(&format!("{input}: left as it was"));
            return Ok(());
        }
        if is_unchanged {
            return Ok(());
        }
        let replaced = match self.opened.replacement(input, self.compression) {
            Ok(None) => return Ok(()),
            Ok(Some(content)) => {
                self.point_before_replacing(&content)?;
                self.opened.replace(input, &content)
            }
            Err(error) => Err(error),
        };
        let Err(error) = replaced else { return Ok(()) };
        self.unwritten(&format!("{input}: cannot be replaced: {error}"))
    }

    /// Tells what is to be told before the first input.
    ///
    /// # Errors
    /// If a sink cannot record it.
    pub fn begin_run(&mut self) -> anyhow::Result<()> {
        let remarks = self.plan.remarks.iter().cloned().map(Notice::Remark);
        remarks.into_iter().try_for_each(|remark| self.notice(remark))?;
        // A run that goes on has told them before.
        let problems = if self.state.position == Position::default() { &self.plan.problems[..] } else { &[] };
        problems.iter().try_for_each(|problem| self.failed(problem))
    }
}

/// An error of writing results.
pub(super) fn unwritable(error: io::Error) -> anyhow::Error {
    anyhow::Error::new(error).context("cannot write the result")
}
