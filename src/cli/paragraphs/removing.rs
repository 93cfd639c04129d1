//! The second reading: the paragraphs that stand in many articles, and the articles without them.

use std::collections::HashSet;
use std::io::Write;
use std::time::Instant;

use anyhow::{Context, ensure};

use super::super::Ending;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::ParagraphReading;
use super::counting::{ArticleOrder, CountedParagraphs};
use crate::clean::TextHash;
use crate::corpus::{ParagraphOptions, RepeatedParagraph, RepeatedParagraphs};
use crate::io::{Failure, Output};
use crate::report::{ParagraphSummary, Record};

/// What the second reading needs.
pub(super) struct ParagraphRemoval {
    pub counted: CountedParagraphs,
    pub options: ParagraphOptions,
    pub report: Option<Output>,
    pub started: Instant,
    pub quiet: bool,
}

impl ParagraphRemoval {
    /// Reads all articles, writes what is left of them if that is wanted, and reports.
    pub fn run(self, plan: &RunPlan, output: Option<Destination>) -> anyhow::Result<Ending> {
        let CountedParagraphs { repeated, order } = self.counted;
        let removes = output.is_some();
        let told = Shared::new(Telling {
            expected: order,
            report: self.report,
            removes,
            keeps_first: self.options.keeps_first,
            ..Telling::default()
        });
        let sinks = Sinks::begin().with(vec![Box::new(TellingSink(told.clone()))]);
        let destination = output.unwrap_or_else(Destination::nowhere);
        let job = Remove { repeated: &repeated, removes };
        let ending = run(plan, &job, destination, sinks)?;
        if !ending.interrupted {
            told.take().finish(self.started, self.quiet)?;
        }
        Ok(ending)
    }
}

/// Removes repeated paragraphs.
struct Remove<'r> {
    repeated: &'r RepeatedParagraphs,
    removes: bool,
}

impl Job for Remove<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let found = self.repeated.find(article.name, article.text);
        let text = self.removes.then(|| self.repeated.without(article.name, article.text)).flatten();
        Outcome { text, paragraphs: Some(ParagraphReading::Repeated(found)), ..Outcome::default() }
    }
}

/// What is told of paragraphs.
#[derive(Default)]
struct Telling {
    /// The articles of the first reading, and those of this one.
    expected: ArticleOrder,
    order: ArticleOrder,
    report: Option<Output>,
    removes: bool,
    keeps_first: bool,
    /// The paragraphs that are in the report.
    told: HashSet<TextHash>,
    summary: ParagraphSummary,
}

impl Telling {
    fn article(&mut self, article: &Processed, found: &[RepeatedParagraph]) -> anyhow::Result<()> {
        self.order.add(article.text);
        self.summary.documents += 1;
        self.summary.bytes_in += article.text.len() as u64;
        self.summary.bytes_out += article.outcome.text().unwrap_or(article.text).len() as u64;
        let goes = |paragraph: &&RepeatedParagraph| !(self.keeps_first && paragraph.is_first);
        if self.removes {
            self.summary.removed_lines += found.iter().filter(goes).count() as u64;
        }
        for paragraph in found {
            if self.told.insert(paragraph.key) {
                self.paragraph(article, paragraph)?;
            }
        }
        Ok(())
    }

    /// Tells a paragraph, at the first article that has it.
    fn paragraph(&mut self, article: &Processed, paragraph: &RepeatedParagraph) -> anyhow::Result<()> {
        let RepeatedParagraph { line, articles, .. } = paragraph;
        let text = line.span.of(article.text);
        self.summary.paragraphs += 1;
        self.write(&Record::Paragraph { doc: article.name, line: line.number, articles: *articles, text })
    }

    fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        let Some(report) = &mut self.report else { return Ok(()) };
        writeln!(report, "{}", record.to_json()).context("cannot write the report")
    }

    /// Completes the report, and prints the closing line.
    fn finish(mut self, started: Instant, quiet: bool) -> anyhow::Result<()> {
        self.summary.finish(started.elapsed());
        let summary = self.summary.clone();
        self.write(&Record::Paragraphs(&summary))?;
        if let Some(mut report) = self.report.take() {
            // Where nothing could be read, an existing file is worth more than an empty report.
            if summary.documents == 0 && summary.errors > 0 {
                report.discard();
            } else {
                report.finish().context("cannot write the report")?;
            }
        }
        if !quiet {
            writeln!(anstream::stderr(), "{summary}")?;
        }
        Ok(())
    }
}

/// Takes articles.
struct TellingSink(Shared<Telling>);

impl Sink for TellingSink {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(ParagraphReading::Repeated(found)) = &article.outcome.paragraphs else { return Ok(()) };
        self.0.lock().article(article, found)
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let mut told = self.0.lock();
        told.summary.errors += 1;
        told.write(&Record::Error { doc: &failure.name, message: failure.message.clone() })
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        let told = self.0.lock();
        ensure!(told.order == told.expected, "the input changed while it was read");
        Ok(None)
    }
}
