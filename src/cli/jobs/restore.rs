//! `qingwen restore`.

use std::collections::HashSet;

use anyhow::{Context, bail};

use super::super::args::RestoreArgs;
use super::super::destination::Destination;
use super::super::fingerprint::Fingerprint;
use super::super::removed_text::{RemovedFromArticle, RemovedText};
use super::super::run::{RunPlan, run};
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::{BYTE_ORDER_MARK, RemovedSpan, restore, restore_lines};

pub(in crate::cli) fn command(args: &RestoreArgs) -> anyhow::Result<Ending> {
    let beside = [
        ("--removed", Some(args.removed.as_path())),
        ("--rejects", args.output.rejects.as_deref()),
        ("--stats", args.output.stats.as_deref()),
    ];
    sinks::refuse_shared(&args.input.paths, args.output.output.as_deref(), &beside)?;
    let removed = RemovedText::read(&args.removed, args.record.as_deref())?;
    let file = args.removed.display();
    if let Some(name) = args.record.as_ref().filter(|_| removed.is_empty()) {
        bail!("{file}: nothing was removed from {name:?}");
    }
    if let Some(line) = args.line.iter().find(|line| !removed.has_line(**line)) {
        bail!("{file}: no line {line} was removed");
    }
    let named = args.input.paths.iter().map(|path| path.display().to_string());
    let named = named.chain(args.record.clone()).chain(args.input.paths.is_empty().then(|| "-".into()));
    let job = Restore { removed, file: file.to_string(), lines: args.line.clone(), named: named.collect() };
    let depends = || {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add_file(&args.removed);
        fingerprint
    };
    let mut destination = Destination::of(&args.output, &args.input.paths, args.output.rejects.as_deref())?
        .depending_on(depends);
    if let Some(ending) = destination.complete_earlier()? {
        return Ok(ending);
    }
    let written: Vec<_> = args.output.written().collect();
    let plan = RunPlan::new(&args.input, &written)?.quiet(args.quiet).written(&args.output)?;
    let sinks = sinks::Sinks::begin().with(sinks::of_restore(args, destination.opening())?);
    run(&plan, &job, destination, sinks)
}

/// What may be the matter if removed text is of several articles, and of none that is read.
const JOINED: &str =
    "; results that were written into one file cannot be told apart; clean with --output-dir or --in-place";

/// Puts removed text back.
struct Restore {
    removed: RemovedText,
    /// The file of the removed text.
    file: String,
    /// The lines to put back; empty for all that was removed.
    lines: Vec<usize>,
    /// The names of articles that the command line names. Each of them must have something to put back; of other
    /// records some may have nothing.
    named: HashSet<String>,
}

impl Job for Restore {
    fn process(&self, article: &Article) -> Outcome {
        match self.restored(article) {
            Ok(Some((text, put_back))) => Outcome { text: Some(text), put_back, ..Outcome::default() },
            Ok(None) => Outcome::default(),
            Err(reason) => Outcome { failure: Some(reason.to_string()), ..Outcome::default() },
        }
    }
}

impl Restore {
    /// The text with what is put back, and the lines of it; `None` if that is nothing.
    fn restored(&self, article: &Article) -> anyhow::Result<Option<(String, Vec<String>)>> {
        let Some(removed) = self.of(article)? else { return Ok(None) };
        let restored = if self.lines.is_empty() {
            restore(article.text, &removed.spans)
        } else {
            self.expect_lines(article.name, removed)?;
            restore_lines(article.text, &removed.spans, &self.lines)
        };
        let restored = restored.with_context(|| format!("the removed text in {} has no order", self.file))?;
        Ok(Some((restored, self.put_back(removed))))
    }

    /// The lines that are put back and not blank.
    fn put_back(&self, removed: &RemovedFromArticle) -> Vec<String> {
        let is_put_back = |span: &&RemovedSpan| self.lines.is_empty() || self.lines.contains(&span.line);
        let lines = removed.spans.iter().filter(is_put_back).filter(|span| span.rule != BYTE_ORDER_MARK);
        lines.map(|span| span.text.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// What was removed from an article; `None` if that is nothing.
    fn of(&self, article: &Article) -> anyhow::Result<Option<&RemovedFromArticle>> {
        let file = &self.file;
        match self.removed.of(article.name, article.text).as_slice() {
            [] if self.removed.has_name(article.name) => {
                bail!("is not the clean text to which {file} belongs; it was changed since")
            }
            // An empty record says that nothing was removed at all.
            [] if self.removed.is_empty() => Ok(None),
            [] if self.named.contains(article.name) => {
                let several = if self.removed.is_of_several() { JOINED } else { "" };
                bail!(
                    "{file} holds nothing of this text: nothing was removed from it, or the file is of other texts{several}"
                )
            }
            [] => Ok(None),
            [removed] => Ok(Some(removed)),
            [first, second, ..] => {
                let (first, second) = (&first.name, &second.name);
                bail!("{first} and {second} in {file} have this clean text; choose one with --record")
            }
        }
    }

    /// Fails if a line was not removed from an article that the command line names.
    fn expect_lines(&self, name: &str, removed: &RemovedFromArticle) -> anyhow::Result<()> {
        let is_named = self.named.contains(name) || self.named.contains(&removed.name);
        match self.lines.iter().find(|line| !removed.has_line(**line)) {
            Some(line) if is_named => bail!("line {line} was not removed from it"),
            _ => Ok(()),
        }
    }
}
