//! Points of a run: where a later run can go on, and how it does.

use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::super::super::journal::{Point, Position};
use super::super::super::{Ending, complain};
use super::super::recoding::Recoding;
use super::{Delivery, DeliveryState, Resumed, unwritable};
use crate::io::{Input, ShownPath, complete_partial_file};

impl Delivery<'_> {
    /// Sets a point, if enough was read since the last one.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn point_if_due(&mut self) -> anyhow::Result<()> {
        let every = self.journal.as_ref().map_or(u64::MAX, |journal| journal.every);
        if self.unsaved >= every { self.point() } else { Ok(()) }
    }

    /// Sets a point before a file is replaced.
    pub(super) fn point_before_replacing(&mut self, content: &[u8]) -> anyhow::Result<()> {
        if self.journal.is_none() {
            return Ok(());
        }
        self.state.position = Position { input: self.input + 1, batches: 0 };
        self.set_point(Point { replaced: Some(hash(content)), ..Point::default() })
    }

    /// Sets a point before the current file of a folder gets its name. A point within the file holds no longer then.
    pub(super) fn point_before_name(&mut self) -> anyhow::Result<()> {
        let Some(whole) = self.opened.whole()? else { return Ok(()) };
        let before = self.state.clone();
        self.state.position = Position { input: self.input + 1, batches: 0 };
        self.set_point(Point { whole: Some(whole), ..Point::default() })?;
        self.state.position = before.position;
        Ok(())
    }

    /// Sets a point from which a later run can go on.
    fn point(&mut self) -> anyhow::Result<()> {
        // In place, a result is in memory until its end. What is binary ends with a table of all that is in it.
        if (self.opened.is_in_place() || self.is_binary) && self.state.position.batches > 0 {
            return Ok(());
        }
        self.opened.end_member().map_err(unwritable)?;
        self.pointed = self.state.position.batches > 0;
        self.set_point(Point::default())
    }

    fn set_point(&mut self, kind: Point) -> anyhow::Result<()> {
        let synced = kind.replaced.is_none();
        if synced {
            self.opened.sync_results()?;
        }
        self.state.ended = self.opened.ended();
        self.state.recoding = self.recoding.as_ref().map(Recoding::state);
        let outputs = self.opened.output().into_iter().chain(self.sinks.outputs());
        let lengths = outputs.map(|output| {
            output.keep();
            if synced { output.sync() } else { output.written() }
        });
        let mut lengths = lengths.collect::<io::Result<Vec<_>>>().map_err(unwritable)?;
        if kind.whole.is_some() {
            // The file is not begun again.
            lengths.iter_mut().take(1).for_each(|length| *length = None);
        }
        if self.opened.output().is_none() {
            lengths.insert(0, None);
        }
        let state = serde_json::to_value(&self.state)?;
        let states = std::iter::once(state).chain(self.sinks.states()).collect();
        let point = Point { position: self.state.position, lengths, states, ..kind };
        self.unsaved = 0;
        self.journal.as_mut().map_or(Ok(()), |journal| journal.add(&point, synced))
    }

    /// Goes on from the last point of an interrupted run. Returns its position.
    ///
    /// # Errors
    /// If the files that it left are not what the journal says.
    pub fn resume(&mut self, mut points: Vec<Point>) -> anyhow::Result<Position> {
        // The last input may not have been replaced. The journal may say so more than once.
        while points.last().is_some_and(|point| !self.is_replaced(point)) {
            points.pop();
        }
        let point = points.pop().unwrap_or_default();
        if let Some(file) = &point.whole {
            complete_partial_file(file)?;
        }
        let (length, lengths) = match point.lengths.split_first() {
            Some((length, lengths)) => (*length, lengths.to_vec()),
            None => (None, Vec::new()),
        };
        for (output, length) in self.sinks.outputs().zip(lengths.into_iter().chain(std::iter::repeat(None))) {
            output.continue_at(length.unwrap_or_default())?;
        }
        if point.position.batches == 0 && !self.opened.is_one_per_input() {
            let place = Path::new("");
            self.opened.continue_at(place, Some(length.unwrap_or_default()))?;
        }
        let Some((state, states)) = point.states.split_first() else { return Ok(Position::default()) };
        let state: DeliveryState = serde_json::from_value(state.clone())?;
        for earlier in points.iter().filter_map(|point| point.states.get(1..)) {
            self.sinks.recall(earlier)?;
        }
        self.sinks.restore(states)?;
        self.opened.set_ended(state.ended);
        if let (Some(recoding), Some(state)) = (&mut self.recoding, &state.recoding) {
            recoding.restore(state);
        }
        self.state = state.clone();
        self.resumed = (point.position.batches > 0).then_some(Resumed { length, state });
        Ok(point.position)
    }

    /// Whether the input before a point's position has the content that the point says.
    fn is_replaced(&self, point: &Point) -> bool {
        let Some(expected) = &point.replaced else { return true };
        let input = point.position.input.checked_sub(1).and_then(|index| self.plan.inputs.get(index));
        let Some(Input::File(path)) = input.map(|selected| &selected.input) else { return false };
        std::fs::read(path).is_ok_and(|content| hash(&content) == *expected)
    }

    /// Ends a run that was interrupted. What is written stays for a run that goes on with it.
    ///
    /// # Errors
    /// If something cannot be written.
    pub fn interrupted(mut self) -> anyhow::Result<Ending> {
        // A compressed file gets no member that an uninterrupted run would not have. A run that goes on and has not begun
        // yet has the point from which it goes on.
        let has_begun = self.resumed.is_none();
        if self.journal.is_some() && has_begun && !self.opened.is_compressed() {
            self.point()?;
        }
        match self.journal.as_ref().filter(|journal| journal.has_points()) {
            Some(journal) => complain(&format!(
                "interrupted; the same command with --resume goes on ({})",
                journal.path().shown()
            )),
            None => complain("interrupted"),
        }
        Ok(Ending { interrupted: true, ..Ending::default() })
    }
}

/// A hash of a file's content.
fn hash(content: &[u8]) -> String {
    format!("{:x}", Sha256::digest(content))
}
