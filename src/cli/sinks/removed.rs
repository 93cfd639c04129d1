//! The removed text. The source can be restored from it.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Context;

use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::RemovedRecord;

/// Writes each removed span as a line of JSON Lines.
pub(super) struct Removed(pub Output);

impl Sink for Removed {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        for removed in article.outcome.cleaned.iter().flat_map(|cleaned| &cleaned.removed) {
            let record = RemovedRecord { doc: article.name.into(), removed: Cow::Borrowed(removed) };
            writeln!(self.0, "{}", serde_json::to_string(&record)?)
                .context("cannot write the removed text")?;
        }
        Ok(())
    }

    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.0)
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(Some(self.0))
    }
}
