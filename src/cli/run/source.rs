//! The reading side of a run. It reads inputs one after another, in units of work.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use super::super::exceptions::ExceptionFiles;
use super::super::interrupt;
use super::super::journal::Position;
use super::plan::RunPlan;
use crate::clean::Exceptions;
use crate::io::{
    BATCH, Batch, Compression, Failure, Format, Input, InputError, Notice, Notices, OpenedInput, Reader,
    Stamp, Writer,
};

/// The work that one worker takes at a time: a batch of records, or many small inputs. A thread is therefore not woken
/// for each record.
pub(super) type Unit<R> = Vec<RunEvent<R>>;

/// The events of a run, in order. `R` is a batch of records before or after processing.
pub(super) enum RunEvent<R> {
    /// An input begins. The number is its index in the plan.
    Begin(usize),
    /// What that input is.
    Opened(&'static Format, Option<Compression>, Box<dyn Writer>),
    /// Something that is told of the input.
    Notice(Notice),
    /// Records of that input.
    Records(R),
    /// Something could not be processed.
    Failed(Failure),
    /// The input ends.
    End,
}

/// Records before processing, with what holds for their input.
pub(super) struct Unread {
    /// The index of the input. A unit may begin within an input, so it is given again.
    pub index: usize,
    pub batch: Box<dyn Batch>,
    pub exceptions: Arc<Exceptions>,
}

/// Reads inputs.
pub(super) struct InputSource<'p> {
    plan: &'p RunPlan<'p>,
    inputs: Range<usize>,
    /// The index of the current input.
    current: usize,
    in_place: bool,
    reader: Option<Box<dyn Reader>>,
    /// What is told of the current input while it is read.
    notices: Notices,
    /// The exceptions beside inputs, and those of the current one.
    exception_files: ExceptionFiles,
    exceptions: Arc<Exceptions>,
    /// An input that was opened before.
    opened: Option<OpenedInput>,
    /// Whether the current input is standard input.
    is_standard: bool,
    /// Whether the current input has fields, and nothing of it was read.
    is_new: bool,
    /// Whether no input with fields was read.
    is_first: bool,
    /// What the file was when it was opened.
    stamp: Option<Stamp>,
    /// Batches of the next input that an earlier run has done.
    done: u64,
    /// Events that come before the next read.
    events: VecDeque<RunEvent<Unread>>,
}

impl<'p> InputSource<'p> {
    /// A source for these inputs of a plan.
    pub fn new(plan: &'p RunPlan<'p>, inputs: Range<usize>, in_place: bool) -> Self {
        Self {
            plan,
            inputs,
            current: 0,
            in_place,
            reader: None,
            notices: Notices::default(),
            exception_files: ExceptionFiles::default(),
            exceptions: Arc::default(),
            opened: None,
            is_standard: false,
            is_new: false,
            is_first: true,
            stamp: None,
            done: 0,
            events: VecDeque::new(),
        }
    }

    /// The same source, from a position on.
    pub fn from(self, position: Position) -> Self {
        let done = if self.inputs.contains(&position.input) { position.batches } else { 0 };
        Self { inputs: self.inputs.start.max(position.input)..self.inputs.end, done, ..self }
    }

    /// A source for one input, which is open.
    pub fn of_opened(plan: &'p RunPlan<'p>, index: usize, in_place: bool, opened: OpenedInput) -> Self {
        Self { opened: Some(opened), ..Self::new(plan, index..index + 1, in_place) }
    }

    /// The next unit; `None` at the end. Records from standard input are passed on at once, because the program that
    /// writes them may be waiting.
    ///
    /// A run that is interrupted ends here too.
    pub fn next_unit(&mut self) -> Option<Unit<Unread>> {
        if interrupt::requested() {
            return None;
        }
        let mut unit = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH
            && let Some(event) = self.next_event()
        {
            if let RunEvent::Records(records) = &event {
                bytes += if self.is_standard { BATCH } else { records.batch.bytes() };
            }
            unit.push(event);
        }
        (!unit.is_empty()).then_some(unit)
    }

    fn next_event(&mut self) -> Option<RunEvent<Unread>> {
        if self.events.is_empty() {
            match &mut self.reader {
                Some(_) => self.read(),
                None => self.open(),
            }
        }
        self.events.pop_front()
    }

    /// Reads the next batch of the input.
    fn read(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        let batch = reader.next_batch();
        self.events.extend(self.notices.take().into_iter().map(RunEvent::Notice));
        match batch {
            Ok(Some(batch)) => match self.fault(&*batch) {
                None => {
                    let (index, exceptions) = (self.current, Arc::clone(&self.exceptions));
                    return self.events.push_back(RunEvent::Records(Unread { index, batch, exceptions }));
                }
                Some(fault) => {
                    let index = self.current;
                    let message = format!("{}: {fault}", self.plan.inputs[index].input);
                    self.events.push_back(RunEvent::Failed(self.plan.failure(index, &message)));
                }
            },
            Ok(None) => self.events.extend(self.plan.changed(self.current, self.stamp).map(RunEvent::Failed)),
            Err(error) => {
                self.events.push_back(RunEvent::Failed(self.plan.failure(self.current, &error)));
            }
        }
        self.events.push_back(RunEvent::End);
        self.reader = None;
    }

    /// What the first records show: that the input is not read as it should be, or that the user named a field wrongly.
    /// Then nothing more is read.
    fn fault(&mut self, batch: &dyn Batch) -> Option<String> {
        if !std::mem::take(&mut self.is_new) {
            return None;
        }
        if let Some(fault) = batch.misread() {
            return Some(fault);
        }
        let fault = std::mem::take(&mut self.is_first).then(|| batch.misnamed()).flatten();
        if fault.is_some() {
            self.inputs.start = self.inputs.end;
        }
        fault
    }

    /// Opens the next input.
    fn open(&mut self) {
        let Some(index) = self.inputs.next() else { return };
        if let Some(failure) = self.plan.refusal(index, self.in_place) {
            return self.events.push_back(RunEvent::Failed(failure));
        }
        self.current = index;
        let input = &self.plan.inputs[index].input;
        self.is_standard = *input == Input::Standard;
        self.stamp = input.stamp();
        self.events.push_back(RunEvent::Begin(index));
        let opened = self.opened.take().map_or_else(|| OpenedInput::open(input, &self.plan.reading), Ok);
        let failure = match (opened, self.find_exceptions(input)) {
            (Err(error), _) => self.plan.failure(index, &error),
            (_, Err(error)) => self.plan.failure(index, &format!("{input}: {error:#}")),
            (Ok(opened), _) => match self.plan.misfit(index, &opened, self.in_place) {
                Some(failure) => failure,
                None => return self.begin(index, opened),
            },
        };
        self.events.extend([RunEvent::Failed(failure), RunEvent::End]);
    }

    /// Finds the exceptions of an input, if they hold.
    fn find_exceptions(&mut self, input: &Input) -> anyhow::Result<()> {
        if self.plan.has_exceptions {
            self.exceptions = self.exception_files.of(input)?;
        }
        Ok(())
    }

    /// Begins to read an input.
    fn begin(&mut self, index: usize, opened: OpenedInput) {
        self.notices = opened.notices.clone();
        self.is_new = opened.format.has_fields && self.done == 0;
        let (format, compression) = (opened.format, opened.compression);
        let reader = opened.reader();
        let writer = reader.as_ref().ok().map(|reader| reader.writer());
        self.events.extend(writer.map(|writer| RunEvent::Opened(format, compression, writer)));
        self.events.extend(self.notices.take().into_iter().map(RunEvent::Notice));
        match reader.and_then(|reader| self.passed_over(reader)) {
            Ok(reader) => self.reader = Some(reader),
            Err(error) => {
                self.events.extend([RunEvent::Failed(self.plan.failure(index, &error)), RunEvent::End]);
            }
        }
    }

    /// The reader, behind the batches that an earlier run has done. What is told of them was told then.
    fn passed_over(&mut self, mut reader: Box<dyn Reader>) -> Result<Box<dyn Reader>, InputError> {
        for _ in 0..std::mem::take(&mut self.done) {
            reader.next_batch()?;
        }
        self.notices.take();
        Ok(reader)
    }
}
