//! The report for programs: JSON Lines.

use std::io::Write;

use anyhow::Context;

use super::{Processed, Sink, Totals};
use crate::io::{Failure, Output};
use crate::report::Record;

/// Writes a record for each removal, replacement, conversion and error, and one for the run.
pub(super) struct Report(pub Output);

impl Report {
    fn record(&mut self, record: &Record) -> anyhow::Result<()> {
        writeln!(self.0, "{}", record.to_json()).context("cannot write the report")
    }
}

impl Sink for Report {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(cleaned) = &article.outcome.cleaned else { return Ok(()) };
        let doc = article.name;
        for removal in &cleaned.removals {
            self.record(&Record::Removal { doc, removal })?;
        }
        for replacement in &cleaned.replacements {
            self.record(&Record::Replacement { doc, replacement })?;
        }
        self.record(&Record::Conversion { doc, conversion: &cleaned.conversion })
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.record(&Record::Error { doc: &failure.name, message: failure.message.clone() })
    }

    fn output(&mut self) -> Option<&mut Output> {
        Some(&mut self.0)
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.record(&Record::Summary(&totals.summary))?;
        Ok(Some(self.0))
    }
}
