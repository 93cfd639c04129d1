//! What `check`, `diff` and `inspect` print.

use std::io::Write;

use super::{Processed, Sink, Totals};
use crate::report::{Summary, terminal};

/// Prints what the job shows of each article.
pub(super) struct Printed {
    /// Standard output. It drops colours where they do not belong.
    pub stream: Box<dyn Write + Send>,
    /// What was found is summed up at the end.
    pub totals: bool,
}

impl Sink for Printed {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        Ok(self.stream.write_all(&article.outcome.shown)?)
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<()> {
        if self.totals && totals.found {
            // What could not be read is no difference; a message has told of it.
            let summary = Summary { errors: 0, ..totals.summary.clone() };
            terminal::rules(&mut self.stream, &summary)?;
            terminal::closing_line(&mut self.stream, &summary)?;
        }
        Ok(self.stream.flush()?)
    }
}
