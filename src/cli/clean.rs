//! `qingwen clean`.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;

use super::Outcome;
use super::args::CleanArgs;
use super::articles;
use super::articles::{Article, Outputs, Task, create};
use crate::io::Output;
use crate::report::html::Page;
use crate::report::{Record, RemovedRecord, Summary, terminal};
use crate::{clean::Cleaned, clean::Cleaner, clean::Metadata};

pub(super) fn run(args: &CleanArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    refuse_shared_files(args)?;
    let read = [Some(&args.input.text_field), Some(&args.input.id_field), args.input.title_field.as_ref()];
    if let Some(name) = args.metadata_field.as_ref().filter(|name| read.contains(&Some(name))) {
        anyhow::bail!("--metadata-field names {name:?}, a field that is read");
    }
    let mut cleaning = Cleaning {
        cleaner: args.cleaning.builder()?.metadata(args.metadata_field.is_some()).build(),
        report: Report::open(args)?,
        page: page(args.report_html.as_deref())?,
        removed: open("--removed", args.removed.as_deref())?,
        summary: Summary::default(),
        field: args.metadata_field.clone(),
        metadata: Metadata::default(),
    };
    let outcome = articles::run(&args.input, &Outputs::of(&args.output), &mut cleaning)?;
    cleaning.summary.finish(started.elapsed());
    cleaning.finish(args.quiet)?;
    Ok(outcome)
}

/// Two outputs in one file, or an output over an input, would lose one of them.
fn refuse_shared_files(args: &CleanArgs) -> anyhow::Result<()> {
    let beside =
        [("--report", &args.report), ("--report-html", &args.report_html), ("--removed", &args.removed)];
    let beside = beside.into_iter().filter_map(|(option, path)| Some((option, path.as_deref()?)));
    let output = args.output.output.as_deref().map(|path| ("--output", path));
    let inputs = args.input.paths.iter().map(|path| ("an input", path.as_path()));
    let mut taken: Vec<(&str, PathBuf)> =
        inputs.chain(output).map(|(what, path)| (what, resolved(path))).collect();
    for (option, path) in beside.filter(|(_, path)| *path != Path::new("-")) {
        let place = resolved(path);
        let device = place.exists() && !place.is_file();
        if let Some((what, _)) = taken.iter().find(|(_, known)| !device && *known == place) {
            anyhow::bail!("{}: {option} names the same file as {what}", path.display());
        }
        taken.push((option, place));
    }
    Ok(())
}

/// The path by which two names of one file are the same, also of a file that is not there yet.
fn resolved(path: &Path) -> PathBuf {
    let whole = path.canonicalize();
    let folder =
        || path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).canonicalize();
    whole
        .or_else(|_| Ok::<_, io::Error>(folder()?.join(path.file_name().unwrap_or_default())))
        .unwrap_or_else(|_| path.to_owned())
}

struct Cleaning {
    cleaner: Cleaner,
    report: Report,
    page: Option<(Page, Output)>,
    removed: Output,
    summary: Summary,
    /// Name of the field for metadata.
    field: Option<String>,
    /// That of the last article.
    metadata: Metadata,
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
        for replacement in &cleaned.replacements {
            self.record(&Record::Replacement { doc: name, replacement })?;
        }
        self.record(&Record::Conversion { doc: name, conversion: &cleaned.conversion })
    }
}

impl Task for Cleaning {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        self.summary.add(article.text.len(), &cleaned);
        self.report.article(article.name, &cleaned)?;
        if let Some((page, output)) = &mut self.page {
            page.article(output, article.name, article.text, &cleaned).context("cannot write the page")?;
        }
        for removed in &cleaned.removed {
            let record = serde_json::to_string(&RemovedRecord { doc: article.name, removed })?;
            writeln!(self.removed, "{record}").context("cannot write the removed text")?;
        }
        self.metadata = cleaned.metadata;
        Ok(Cow::Owned(cleaned.text))
    }

    fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    fn value(&self) -> String {
        serde_json::to_string(&self.metadata).unwrap_or_else(|_| "null".into())
    }

    fn failed(&mut self, name: &str, message: &str) -> anyhow::Result<()> {
        self.summary.errors += 1;
        self.report.record(&Record::Error { doc: name, message: message.to_owned() })
    }
}

impl Cleaning {
    fn finish(mut self, quiet: bool) -> anyhow::Result<()> {
        self.report.record(&Record::Summary(&self.summary))?;
        if let Some((page, mut output)) = self.page {
            page.finish(&mut output, &self.summary).context("cannot write the page")?;
            output.finish().context("cannot write the page")?;
        }
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

fn open(option: &str, path: Option<&Path>) -> anyhow::Result<Output> {
    anyhow::ensure!(path != Some(Path::new("-")), "{option} needs a file: standard output holds the text");
    path.map_or(Ok(Output::Nowhere), create)
}

fn page(path: Option<&Path>) -> anyhow::Result<Option<(Page, Output)>> {
    let Some(path) = path else { return Ok(None) };
    let mut output = open("--report-html", Some(path))?;
    let page = Page::begin(&mut output).context("cannot write the page")?;
    Ok(Some((page, output)))
}
