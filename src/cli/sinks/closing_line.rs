//! The closing line of a run.

use std::io;

use super::{Sink, Totals};
use crate::report::terminal;

/// Prints the totals on standard error at the end.
pub(super) struct ClosingLine;

impl Sink for ClosingLine {
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<()> {
        Ok(terminal::closing_line(&mut io::stderr(), &totals.summary)?)
    }
}

/// Prints on standard error what cleaning would do, if it would do anything.
pub(super) struct Prospect;

impl Sink for Prospect {
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<()> {
        if totals.summary.removed_lines + totals.summary.rewritten_lines > 0 {
            terminal::prospect(&mut io::stderr(), &totals.summary)?;
        }
        Ok(())
    }
}
