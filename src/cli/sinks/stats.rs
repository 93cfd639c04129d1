//! The summary of a run, as JSON.

use std::io::Write;

use anyhow::Context;

use super::{Sink, Totals};
use crate::io::Output;

/// Writes the summary.
pub(super) struct Stats(pub Output);

impl Sink for Stats {
    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.0)
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        let summary = serde_json::to_string_pretty(&totals.summary)?;
        writeln!(self.0, "{summary}").context("cannot write the summary")?;
        Ok(Some(self.0))
    }
}
