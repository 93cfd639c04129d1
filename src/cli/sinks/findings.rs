//! The findings of `check`, on standard output.

use std::borrow::Cow;
use std::io::{self, Write};

use anstream::AutoStream;

use super::{Processed, Sink, Totals};
use crate::io::{Failure, Output};
use crate::report::sarif::Sarif;
use crate::report::{CheckFinding, DocumentPlace, Record, github, terminal};

/// Writes findings in one form.
pub(super) struct Findings {
    stream: Box<dyn Write + Send>,
    form: FindingsFormat,
    /// Whether rows name the file of a record.
    names_files: bool,
}

/// The form of findings.
pub(super) enum FindingsFormat {
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
    pub fn begin(
        stream: AutoStream<io::Stdout>,
        form: FindingsFormat,
        names_files: bool,
    ) -> anyhow::Result<Self> {
        // Only rows have colours. A stream that removes colours also removes some characters of texts.
        let mut stream: Box<dyn Write + Send> = match form {
            FindingsFormat::Text => Box::new(stream),
            _ => Box::new(io::stdout()),
        };
        if let FindingsFormat::Sarif(sarif) = &form {
            sarif.begin(&mut stream)?;
        }
        Ok(Self { stream, form, names_files })
    }

    fn finding(&mut self, doc: &str, place: DocumentPlace, finding: &CheckFinding) -> io::Result<()> {
        let out = &mut self.stream;
        match self.form {
            FindingsFormat::Text if self.names_files => {
                terminal::finding(out, &within_file(doc, place.file), finding)
            }
            FindingsFormat::Text => terminal::finding(out, doc, finding),
            FindingsFormat::Json => writeln!(out, "{}", Record::Finding { doc, place, finding }.to_json()),
            FindingsFormat::GitHub => github::warning(out, doc, &place, finding),
            FindingsFormat::Sarif(_) => Ok(()),
        }
    }
}

/// The name of an article with that of its file, as `qingwen keep` takes it.
pub(in crate::cli) fn within_file<'n>(name: &'n str, file: &str) -> Cow<'n, str> {
    if name.starts_with(file) { name.into() } else { format!("{file}:{name}").into() }
}

impl Sink for Findings {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let (doc, findings) = (article.name, &article.outcome.findings);
        if let FindingsFormat::Sarif(sarif) = &mut self.form {
            return Ok(sarif.article(&mut self.stream, doc, &article.place, findings)?);
        }
        Ok(findings.iter().try_for_each(|finding| self.finding(doc, article.place, finding))?)
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let (doc, message) = (failure.name.as_str(), failure.message.clone());
        match &mut self.form {
            FindingsFormat::Text => {}
            FindingsFormat::Json => writeln!(self.stream, "{}", Record::Error { doc, message }.to_json())?,
            FindingsFormat::GitHub => github::error(&mut self.stream, &message)?,
            FindingsFormat::Sarif(sarif) => sarif.error(&message),
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, totals: &Totals) -> anyhow::Result<Option<Output>> {
        match &self.form {
            FindingsFormat::Text | FindingsFormat::GitHub => {}
            FindingsFormat::Json => writeln!(self.stream, "{}", Record::Summary(&totals.summary).to_json())?,
            FindingsFormat::Sarif(sarif) => sarif.finish(&mut self.stream, &totals.summary.own_rules)?,
        }
        self.stream.flush()?;
        Ok(None)
    }
}
