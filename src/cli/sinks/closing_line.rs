//! The closing line of a run.

use std::io;

use anstream::{AutoStream, ColorChoice};

use super::super::messages;
use super::{Sink, Totals};
use crate::io::Output;
use crate::report::terminal;

/// Prints the totals on standard error, when all files have their names.
///
/// # Errors
/// Errors of standard error.
pub(super) fn print(totals: &Totals) -> io::Result<()> {
    if tracing::enabled!(tracing::Level::DEBUG) {
        terminal::totals(&mut AutoStream::new(io::stderr(), ColorChoice::Auto), &totals.summary)?;
    }
    messages::conclude(|out| terminal::closing_line(out, &totals.summary))
}

/// Prints on standard error what cleaning would do, if it would do anything.
pub(super) struct Prospect;

impl Sink for Prospect {
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        if totals.summary.removed_lines + totals.summary.rewritten_lines > 0 {
            messages::conclude(|out| terminal::prospect(out, &totals.summary))?;
        }
        Ok(None)
    }
}
