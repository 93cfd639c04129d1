//! The end of a run: output and sinks get their names.

use std::path::Path;

use super::super::super::journal::{End, Journal};
use super::super::super::{Ending, complain};
use super::{Delivery, DeliveryState, unwritable};
use crate::io::{Output, ShownPath};

impl Delivery<'_> {
    /// How the run ends if the reader of its output closes the pipe. The reader has read enough, so this is no error,
    /// unless the run writes files too: they would be missing without a word.
    ///
    /// # Errors
    /// If the run writes files.
    pub fn ending_if_closed(&mut self) -> anyhow::Result<Ending> {
        let writes_files = self.opened.writes_files() || self.sinks.outputs().any(|o| o.path().is_some());
        anyhow::ensure!(
            !writes_files,
            "the reader of the output closed it before the end; files that were not finished stay as they were"
        );
        Ok(Ending { found: self.sinks.found(), failed: self.state.failed, interrupted: false })
    }

    /// Completes output and sinks.
    ///
    /// # Errors
    /// If something cannot be written.
    pub fn finish(self) -> anyhow::Result<Ending> {
        let DeliveryState { done, failed, .. } = self.state;
        // An existing file is worth more than the empty result of inputs that could not be read.
        let nothing_read = failed && !self.state.read && !done;
        let plan = self.plan;
        let mut result = self.opened.into_output()?;
        let is_input = |output: &Output| output.path().is_some_and(|path| plan.reads(path));
        let unwanted = result.take_if(|output| failed && (!done || is_input(output)));
        if let Some(path) = unwanted.as_ref().filter(|output| is_input(output)).and_then(Output::path) {
            complain(&format!("{}: left as it was", path.shown()));
        }
        if !self.plan.is_repeated {
            self.state.counts.complain_of_fields(self.plan);
            self.ids.complain();
        }
        let mut finished = self.sinks.finish()?;
        let found = finished.found;
        let beside = std::mem::take(&mut finished.outputs);
        // Where nothing was read, an existing file is worth more than an empty one too.
        let (beside, unread) = if nothing_read { (Vec::new(), beside) } else { (beside, Vec::new()) };
        unwanted.into_iter().chain(unread).for_each(|mut output| output.discard());
        let mut outputs: Vec<Output> = result.into_iter().chain(beside).collect();
        outputs.iter_mut().try_for_each(|output| output.sync().map(drop)).map_err(unwritable)?;
        let mut journal = self.journal;
        if let Some(journal) = &mut journal {
            let files = outputs.iter().filter_map(Output::path).map(Path::to_owned).collect();
            journal.end(&End { files, found, failed })?;
        }
        outputs.into_iter().try_for_each(Output::finish_unsynced).map_err(unwritable)?;
        journal.map_or(Ok(()), Journal::remove)?;
        finished.close()?;
        Ok(Ending { found, failed, interrupted: false })
    }
}
