//! The report as a page for a browser.

use anyhow::Context;
use serde_json::Value;

use super::{Processed, Sink, Totals};
use crate::io::Output;
use crate::report::html::Page;

/// Writes the page.
pub(super) struct PageSink {
    page: Option<Page>,
    output: Output,
}

impl PageSink {
    /// A page without articles. Its first part is written with the first article.
    pub fn new(output: Output) -> Self {
        Self { page: None, output }
    }

    /// The page, begun.
    fn page(&mut self) -> anyhow::Result<(&mut Page, &mut Output)> {
        let page = match self.page.take() {
            Some(page) => page,
            None => Page::begin(&mut self.output).context("cannot write the page")?,
        };
        Ok((self.page.insert(page), &mut self.output))
    }
}

impl Sink for PageSink {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        let (page, output) = self.page()?;
        page.article(output, article.name, article.text, cleaned).context("cannot write the page")
    }

    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.output)
    }

    fn state(&self) -> Value {
        serde_json::to_value(&self.page).unwrap_or_default()
    }

    fn restore(&mut self, state: &Value) -> anyhow::Result<()> {
        self.page = serde_json::from_value(state.clone())?;
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.page()?;
        if let Some(page) = self.page.take() {
            page.finish(&mut self.output, &totals.summary).context("cannot write the page")?;
        }
        Ok(Some(self.output))
    }
}
