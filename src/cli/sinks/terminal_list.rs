//! The report for people, on standard error: the lines removed from each article, and the number of lines removed by
//! each rule.

use std::io;

use anstream::AutoStream;
use anyhow::Context;

use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::terminal;

/// Lists removals on standard error.
pub(super) struct TerminalList(pub AutoStream<io::Stderr>);

impl Sink for TerminalList {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        terminal::article(&mut self.0, article.name, cleaned).context("cannot write the report")
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        terminal::rules(&mut self.0, &totals.summary)?;
        Ok(None)
    }
}
