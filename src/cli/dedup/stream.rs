//! Decides on each record as it is read (`--stream`), so that the command can stand in a pipe.
//!
//! A record is passed on, and only then its article becomes a part of the index. So a run that is killed loses no record: the
//! next run passes on once more what the index had not taken yet.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::super::Ending;
use super::super::args::DedupArgs;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::run;
use super::super::seen::{IndexSettings, SeenIndex};
use super::super::sinks::{Processed, Sink, Sinks, Totals, dedup_report, of_reading};
use super::deciding::{StreamDecision, decide};
use super::reading::ArticleReading;
use super::written_plan;
use crate::corpus::{ComparedTexts, Signature, StoredArticle, Thresholds};
use crate::io::{Failure, Output};
use crate::report::{CollectionSummary, Record};

/// The most articles that wait until the index takes them.
const BATCH: usize = 1000;
/// How long an article waits for the index, if others come.
const WAIT: Duration = Duration::from_secs(1);

pub(super) fn command(args: &DedupArgs) -> anyhow::Result<Ending> {
    let settings = IndexSettings::of(args);
    let index = match &args.against {
        Some(path) => SeenIndex::open(path, &settings)?,
        None => SeenIndex::temporary(args.memory.temp_dir.as_deref(), &settings)?,
    };
    let report = dedup_report(args)?;
    let copies = Shared::new(HashSet::new());
    let plan = written_plan(args)?.leaving_out(copies.clone());
    let output = args.output().unwrap_or(Path::new("-"));
    // A file appears when it is complete. Until then the index takes nothing.
    let is_piped = output == Path::new("-");
    let plan = plan.shown(&args.reading).phase("decided");
    let plan = if is_piped { plan.flushing() } else { plan };
    let stream = Shared::new(Some(RecordStream::new(index, args.comparison.thresholds(), report, copies)?));
    let mut sinks = of_reading(&args.reading, args.force)?;
    sinks.push(Box::new(StreamSink(stream.clone())));
    let texts = ComparedTexts::new(args.cleaned);
    let ending =
        run(&plan, &ReadTexts { texts: &texts }, Destination::to(output), Sinks::begin().with(sinks))?;
    match stream.take() {
        Some(stream) if is_piped || !ending.interrupted => stream.finish(args.quiet)?,
        _ => {}
    }
    Ok(ending)
}

/// Finds everything that is compared of an article.
struct ReadTexts<'t> {
    texts: &'t ComparedTexts,
}

impl Job for ReadTexts<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let text = self.texts.of(article.text);
        let (signature, shingles) = Signature::with_shingles(&text);
        let mut reading = ArticleReading::of(article.text);
        (reading.signature, reading.shingles) = (Some(signature), Some(shingles));
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// What a stream has come to.
struct RecordStream {
    index: SeenIndex,
    thresholds: Thresholds,
    /// The number of articles that earlier runs saw.
    earlier: u32,
    report: Option<Output>,
    summary: CollectionSummary,
    started: Instant,
    /// The articles that are not passed on.
    copies: Shared<HashSet<usize>>,
    /// The articles that the index has not taken, and since when.
    waiting: usize,
    since: Instant,
}

impl RecordStream {
    fn new(
        index: SeenIndex,
        thresholds: Thresholds,
        report: Option<Output>,
        copies: Shared<HashSet<usize>>,
    ) -> anyhow::Result<Self> {
        let earlier = index.with(|tables| tables.next_number())?;
        let (summary, started) = (CollectionSummary::default(), Instant::now());
        Ok(Self { index, thresholds, earlier, report, summary, started, copies, waiting: 0, since: started })
    }

    fn article(&mut self, name: &str, text: &str, reading: &ArticleReading) -> anyhow::Result<()> {
        let (Some(signature), Some(shingles)) = (reading.signature, &reading.shingles) else { return Ok(()) };
        let article = StoredArticle { name: name.into(), signature, shingles: shingles.clone() };
        let decision = self.index.with(|tables| decide(tables, &article, &self.thresholds))?;
        if let Some(decision) = decision {
            self.copies.lock().insert(usize::try_from(self.summary.documents)?);
            self.copy(name, &decision)?;
        }
        self.summary.documents += 1;
        self.summary.bytes_in += text.len() as u64;
        self.waiting += 1;
        Ok(())
    }

    fn copy(&mut self, doc: &str, decision: &StreamDecision) -> anyhow::Result<()> {
        let is_earlier = |number: usize| number < self.earlier as usize;
        let StreamDecision { of, kept, duplicate } = decision;
        let (of_earlier, kept_earlier) = (is_earlier(duplicate.of), is_earlier(duplicate.kept));
        self.summary.duplicates += 1;
        self.summary.earlier += u64::from(kept_earlier);
        *self.summary.kinds.entry(duplicate.kind.name()).or_default() += 1;
        self.write(&Record::Duplicate { doc, of, of_earlier, kept, kept_earlier, duplicate })
    }

    fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        let Some(report) = &mut self.report else { return Ok(()) };
        writeln!(report, "{}", record.to_json()).context("cannot write the report")
    }

    /// Lets the index take the articles, if there are many, or they have waited for long.
    fn commit_if_due(&mut self) -> anyhow::Result<()> {
        if self.waiting < BATCH && (self.waiting == 0 || self.since.elapsed() < WAIT) {
            return Ok(());
        }
        (self.waiting, self.since) = (0, Instant::now());
        self.index.commit()
    }

    /// Completes the report and the index, and prints the closing line.
    fn finish(mut self, quiet: bool) -> anyhow::Result<()> {
        self.summary.finish(self.started.elapsed());
        let summary = self.summary.clone();
        self.write(&Record::Collection(&summary))?;
        self.report.take().map_or(Ok(()), Output::finish).context("cannot write the report")?;
        self.index.commit()?;
        if !quiet {
            writeln!(anstream::stderr(), "{summary}")?;
        }
        Ok(())
    }
}

/// Passes articles to the stream.
struct StreamSink(Shared<Option<RecordStream>>);

impl StreamSink {
    fn with(&self, call: impl FnOnce(&mut RecordStream) -> anyhow::Result<()>) -> anyhow::Result<()> {
        self.0.lock().as_mut().map_or(Ok(()), call)
    }
}

impl Sink for StreamSink {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(reading) = article.outcome.reading.as_deref() else { return Ok(()) };
        self.with(|stream| stream.article(article.name, article.text, reading))
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.with(|stream| {
            stream.summary.errors += 1;
            stream.write(&Record::Error { doc: &failure.name, message: failure.message.clone() })
        })
    }

    fn flushed(&mut self) -> anyhow::Result<()> {
        self.with(RecordStream::commit_if_due)
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
