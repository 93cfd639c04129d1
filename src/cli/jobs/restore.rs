//! `qingwen restore`.

use std::collections::HashSet;

use anyhow::{bail, ensure};

use super::super::args::RestoreArgs;
use super::super::destination::Destination;
use super::super::removed_text::{RemovedFromArticle, RemovedText};
use super::super::run::{Plan, run};
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::{restore, restore_lines};

pub(in crate::cli) fn command(args: &RestoreArgs) -> anyhow::Result<Ending> {
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
    let plan = Plan::new(&args.input).written(&args.output);
    run(&plan, &job, Destination::of(&args.output), sinks::Sinks::begin())
}

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
            Ok(text) => Outcome { text, ..Outcome::default() },
            Err(reason) => Outcome { failure: Some(reason.to_string()), ..Outcome::default() },
        }
    }
}

impl Restore {
    /// The text with what is put back; `None` if that is nothing.
    fn restored(&self, article: &Article) -> anyhow::Result<Option<String>> {
        let Some(removed) = self.of(article)? else { return Ok(None) };
        let restored = if self.lines.is_empty() {
            restore(article.text, &removed.spans)
        } else {
            self.expect_lines(article.name, removed)?;
            restore_lines(article.text, &removed.spans, &self.lines)
        };
        ensure!(restored.is_some(), "the removed text in {} has no order", self.file);
        Ok(restored)
    }

    /// What was removed from an article; `None` if that is nothing.
    fn of(&self, article: &Article) -> anyhow::Result<Option<&RemovedFromArticle>> {
        let file = &self.file;
        match self.removed.of(article.name, article.text).as_slice() {
            [] if self.removed.has_name(article.name) => {
                bail!(
                    "is not the clean text to which {file} belongs; it was changed since, or restored already"
                )
            }
            [] if self.named.contains(article.name) => bail!("nothing in {file} belongs to this text"),
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
