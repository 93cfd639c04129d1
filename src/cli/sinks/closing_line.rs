//! The closing line of a run.

use std::io;

use anstream::{AutoStream, ColorChoice};

use super::{Sink, Totals};
use crate::io::Output;
use crate::report::terminal;

/// Prints the totals on standard error at the end.
pub(super) struct ClosingLine;

impl Sink for ClosingLine {
    fn finish(self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        if tracing::enabled!(tracing::Level::DEBUG) {
            terminal::rules(&mut AutoStream::new(io::stderr(), ColorChoice::Auto), &totals.summary)?;
        }
        terminal::closing_line(&mut io::stderr(), &totals.summary)?;
        Ok(None)
    }
}
