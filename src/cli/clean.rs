//! `qingwen clean`.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;

use super::Outcome;
use super::args::CleanArgs;
use super::articles::{self, Article, Outputs, Task, create};
use crate::io::Output;
use crate::report::{Record, RemovedRecord, Summary, terminal};
use crate::{Cleaned, Cleaner};

pub(super) fn run(args: &CleanArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut cleaning = Cleaning {
        cleaner: args.cleaning.cleaner()?,
        report: Report::open(args)?,
        removed: open(args.removed.as_deref())?,
        summary: Summary::default(),
    };
    let outcome = articles::run(&args.input, &Outputs::of(&args.output), &mut cleaning)?;
    cleaning.summary.finish(started.elapsed());
    cleaning.finish(args.quiet)?;
    Ok(outcome)
}

struct Cleaning {
    cleaner: Cleaner,
    report: Report,
    removed: Output,
    summary: Summary,
}

/// Where the report goes, and in which form.
enum Report {
    Nowhere,
    /// Readable, to standard error.
    Terminal(anstream::AutoStream<io::Stderr>),
    /// JSON Lines.
    File(Output),
}

impl Report {
    fn open(args: &CleanArgs) -> anyhow::Result<Self> {
        Ok(match args.report.as_deref() {
            None => Report::Nowhere,
            Some(path) if path == Path::new("-") => {
                Report::Terminal(anstream::AutoStream::new(io::stderr(), args.color.color.into()))
            }
            Some(path) => Report::File(create(path)?),
        })
    }

    fn record(&mut self, record: &Record) -> anyhow::Result<()> {
        if let Report::File(output) = self {
            writeln!(output, "{}", record.to_json()).context("cannot write the report")?;
        }
        Ok(())
    }

    fn article(&mut self, name: &str, cleaned: &Cleaned) -> anyhow::Result<()> {
        if let Report::Terminal(stream) = self {
            return terminal::article(stream, name, cleaned).context("cannot write the report");
        }
        for removal in &cleaned.removals {
            self.record(&Record::Removal { doc: name, removal })?;
        }
        self.record(&Record::Conversion { doc: name, conversion: &cleaned.conversion })
    }
}

impl Task for Cleaning {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        self.summary.add(article.text.len(), &cleaned);
        self.report.article(article.name, &cleaned)?;
        for removed in &cleaned.removed {
            let record = serde_json::to_string(&RemovedRecord { doc: article.name, removed })?;
            writeln!(self.removed, "{record}").context("cannot write the removed text")?;
        }
        Ok(Cow::Owned(cleaned.text))
    }

    fn failed(&mut self, name: &str, message: &str) -> anyhow::Result<()> {
        self.summary.errors += 1;
        self.report.record(&Record::Error { doc: name, message: message.to_owned() })
    }
}

impl Cleaning {
    fn finish(mut self, quiet: bool) -> anyhow::Result<()> {
        self.report.record(&Record::Summary(&self.summary))?;
        self.removed.finish().context("cannot write the removed text")?;
        match self.report {
            Report::File(output) => output.finish().context("cannot write the report")?,
            Report::Terminal(mut stream) => terminal::rules(&mut stream, &self.summary)?,
            Report::Nowhere => {}
        }
        if !quiet {
            terminal::closing_line(&mut io::stderr(), &self.summary)?;
        }
        Ok(())
    }
}

fn open(path: Option<&Path>) -> anyhow::Result<Output> {
    anyhow::ensure!(path != Some(Path::new("-")), "--removed needs a file: standard output holds the text");
    path.map_or(Ok(Output::Nowhere), create)
}
