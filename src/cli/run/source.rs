//! The reading side of a run. It reads inputs one after another, in units of work.

use std::collections::VecDeque;
use std::ops::Range;

use super::plan::{Plan, Planned};
use crate::io::{BATCH, Batch, Failure, Input, Reader};

/// The work that one worker takes at a time: a batch of records, or many small inputs. A thread is therefore not woken
/// for each record.
pub(super) type Unit<R> = Vec<Event<R>>;

/// The events of a run, in order. `R` is a batch of records before or after processing.
pub(super) enum Event<R> {
    /// An input begins. The number is its index in the plan.
    Begin(usize),
    /// Records of that input.
    Records(R),
    /// Something could not be processed.
    Failed(Failure),
    /// The input ends.
    End,
}

/// Reads inputs.
pub(super) struct Source<'p> {
    plan: &'p Plan<'p>,
    inputs: Range<usize>,
    in_place: bool,
    reader: Option<Box<dyn Reader>>,
    /// Whether the current input is standard input.
    is_standard: bool,
    /// Events that come before the next read.
    events: VecDeque<Event<Box<dyn Batch>>>,
}

impl<'p> Source<'p> {
    /// A source for these inputs of a plan.
    pub fn new(plan: &'p Plan<'p>, inputs: Range<usize>, in_place: bool) -> Self {
        Self { plan, inputs, in_place, reader: None, is_standard: false, events: VecDeque::new() }
    }

    /// The next unit; `None` at the end. Records from standard input are passed on at once, because the program that
    /// writes them may be waiting.
    pub fn next_unit(&mut self) -> Option<Unit<Box<dyn Batch>>> {
        let mut unit = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH
            && let Some(event) = self.next_event()
        {
            if let Event::Records(batch) = &event {
                bytes += if self.is_standard { BATCH } else { batch.bytes() };
            }
            unit.push(event);
        }
        (!unit.is_empty()).then_some(unit)
    }

    fn next_event(&mut self) -> Option<Event<Box<dyn Batch>>> {
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
        match reader.next_batch() {
            Ok(Some(batch)) => return self.events.push_back(Event::Records(batch)),
            Ok(None) => {}
            Err(error) => {
                let index = self.inputs.start - 1;
                self.events.push_back(Event::Failed(self.plan.failure(index, &error)));
            }
        }
        self.events.push_back(Event::End);
        self.reader = None;
    }

    /// Opens the next input.
    fn open(&mut self) {
        let Some(index) = self.inputs.next() else { return };
        if let Some(failure) = self.plan.refusal(index, self.in_place) {
            return self.events.push_back(Event::Failed(failure));
        }
        let Planned { input, format } = &self.plan.inputs[index];
        self.is_standard = *input == Input::Standard;
        self.events.push_back(Event::Begin(index));
        match (format.reader)(input, &self.plan.fields) {
            Ok(reader) => self.reader = Some(reader),
            Err(error) => {
                self.events.push_back(Event::Failed(self.plan.failure(index, &error)));
                self.events.push_back(Event::End);
            }
        }
    }
}
