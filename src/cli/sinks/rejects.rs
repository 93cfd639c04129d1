//! What could not be processed, so that it can be mended and processed later.

use std::io::Write;

use anyhow::Context;

use super::{Sink, Totals};
use crate::io::{Failure, Output};
use crate::report::RejectRecord;

/// Writes each failure as a line of JSON Lines.
pub(super) struct Rejects(pub Output);

impl Sink for Rejects {
    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let record = RejectRecord::new(&failure.name, &failure.message, failure.source.as_deref());
        writeln!(self.0, "{}", serde_json::to_string(&record)?).context("cannot write the rejects")
    }

    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.0)
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(Some(self.0))
    }
}
