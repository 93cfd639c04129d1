//! The report as a page for a browser.

use anyhow::Context;

use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::html::Page;

/// Writes the page.
pub(super) struct PageSink {
    page: Page,
    output: Output,
}

impl PageSink {
    /// Writes the part before the articles.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn begin(mut output: Output) -> anyhow::Result<Self> {
        let page = Page::begin(&mut output).context("cannot write the page")?;
        Ok(Self { page, output })
    }
}

impl Sink for PageSink {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        let written = self.page.article(&mut self.output, article.name, article.text, cleaned);
        written.context("cannot write the page")
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<()> {
        self.page.finish(&mut self.output, &totals.summary).context("cannot write the page")?;
        totals.complete(self.output).context("cannot write the page")
    }
}
