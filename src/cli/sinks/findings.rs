//! The findings of `check`, on standard output.

use std::io::{self, Write};

use anstream::AutoStream;

use super::{Processed, Sink, Totals};
use crate::io::{Failure, Output};
use crate::report::sarif::Sarif;
use crate::report::{Finding, Place, Record, github, terminal};

/// Writes findings in one form.
pub(super) struct Findings {
    stream: Box<dyn Write + Send>,
    form: Form,
}

/// The form of findings.
pub(super) enum Form {
    /// One row for each finding, for people and for `grep`.
    Text,
    /// JSON Lines.
    Json,
    /// One log of SARIF.
    Sarif(Sarif),
    /// Workflow commands of GitHub Actions.
    GitHub,
}

impl Findings {
    /// Writes the part before the findings.
    ///
    /// # Errors
    /// Errors of standard output.
    pub fn begin(stream: AutoStream<io::Stdout>, form: Form) -> anyhow::Result<Self> {
        // Only rows have colours. A stream that removes colours also removes some characters of texts.
        let mut stream: Box<dyn Write + Send> = match form {
            Form::Text => Box::new(stream),
            _ => Box::new(io::stdout()),
        };
        if let Form::Sarif(sarif) = &form {
            sarif.begin(&mut stream)?;
        }
        Ok(Self { stream, form })
    }

    fn finding(&mut self, doc: &str, place: Place, finding: &Finding) -> io::Result<()> {
        let out = &mut self.stream;
        match self.form {
            Form::Text => terminal::finding(out, doc, finding),
            Form::Json => writeln!(out, "{}", Record::Finding { doc, place, finding }.to_json()),
            Form::GitHub => github::warning(out, doc, &place, finding),
            Form::Sarif(_) => Ok(()),
        }
    }
}

impl Sink for Findings {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let (doc, findings) = (article.name, &article.outcome.findings);
        if let Form::Sarif(sarif) = &mut self.form {
            return Ok(sarif.article(&mut self.stream, doc, &article.place, findings)?);
        }
        Ok(findings.iter().try_for_each(|finding| self.finding(doc, article.place, finding))?)
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let (doc, message) = (failure.name.as_str(), failure.message.clone());
        match &mut self.form {
            Form::Text => {}
            Form::Json => writeln!(self.stream, "{}", Record::Error { doc, message }.to_json())?,
            Form::GitHub => github::error(&mut self.stream, &message)?,
            Form::Sarif(sarif) => sarif.error(&message),
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        match &self.form {
            Form::Text | Form::GitHub => {}
            Form::Json => writeln!(self.stream, "{}", Record::Summary(&totals.summary).to_json())?,
            Form::Sarif(sarif) => sarif.finish(&mut self.stream, &totals.summary.own_rules)?,
        }
        self.stream.flush()?;
        Ok(None)
    }
}
