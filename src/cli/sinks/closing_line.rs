//! The closing line of a run.

use std::io;

use anstream::{AutoStream, ColorChoice};

use super::Totals;
use crate::report::terminal;

/// Prints the totals on standard error, when all files have their names.
///
/// # Errors
/// Errors of standard error.
pub(super) fn print(totals: &Totals) -> io::Result<()> {
    if tracing::enabled!(tracing::Level::DEBUG) {
        terminal::rules(&mut AutoStream::new(io::stderr(), ColorChoice::Auto), &totals.summary)?;
    }
    terminal::closing_line(&mut io::stderr(), &totals.summary)
}
