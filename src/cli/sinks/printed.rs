//! The output of `check`, `diff` and `inspect`.

use std::io::Write;

use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::{Summary, terminal};

/// Prints the job's output for each article.
pub(super) struct Printed {
    /// Standard output. It drops colours where they are not supported.
    pub stream: Box<dyn Write + Send>,
    /// Whether the findings are summed up at the end.
    pub totals: bool,
}

impl Sink for Printed {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        Ok(self.stream.write_all(&article.outcome.shown)?)
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        if self.totals && totals.found {
            // An input that could not be read is not a difference. A message has been printed for it.
            let summary = Summary { errors: 0, ..totals.summary.clone() };
            terminal::totals(&mut self.stream, &summary)?;
            terminal::closing_line(&mut self.stream, &summary)?;
        }
        self.stream.flush()?;
        Ok(None)
    }
}
