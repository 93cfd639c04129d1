//! The report for people, on standard error: the lines removed from each article, and their number by rule, by category
//! and by source.

use std::io;

use anstream::AutoStream;
use anyhow::Context;

use super::super::args::ReportLevel;
use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::terminal;

/// Lists removals on standard error.
pub(super) struct TerminalList {
    /// Standard error.
    pub stream: AutoStream<io::Stderr>,
    /// How much is listed.
    pub level: ReportLevel,
}

impl Sink for TerminalList {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        let out = &mut self.stream;
        let written = match self.level {
            ReportLevel::Summary => Ok(()),
            ReportLevel::Article => terminal::heading(out, article.name, cleaned),
            ReportLevel::Line => terminal::article(out, article.name, cleaned),
        };
        written.context("cannot write the report")
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        terminal::totals(&mut self.stream, &totals.summary)?;
        Ok(None)
    }
}
