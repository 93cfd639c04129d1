//! `qingwen explain --line`: what each policy said of one line of a file.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;

use super::args::ExplainArgs;
use super::exceptions::ExceptionFiles;
use super::{Ending, markdown, print, rule_packs};
use crate::Cleaner;
use crate::clean::{Document, Exceptions, Removal};
use crate::io::{Entry, Input, InputRecord, OpenedInput, Reading, ShownPath, is_markdown};
use crate::report::terminal::{evidence, visible};

/// Prints the history of a line, by its 1-based number, as the default options and the user's rules clean the file.
pub(super) fn explain(args: &ExplainArgs, number: usize) -> anyhow::Result<Ending> {
    let record = read(Path::new(&args.subject))?;
    let (text, title) = (record.text.as_str(), args.title.as_deref().or(record.title.as_deref()));
    let document = Document::new(text);
    let line = line(&document, &args.subject, number)?;
    let builder = Cleaner::builder().rules(rule_packs::read(&args.packs.folders)?);
    let is_markdown = is_markdown(Path::new(&args.subject));
    let cleaner = if is_markdown { markdown::keeping_marks(builder, &[]) } else { builder }.build();
    let exceptions = ExceptionFiles::default().of(&Input::from_path(Path::new(&args.subject)))?;
    print(account(&cleaner, text, line, number, title, &exceptions).as_bytes())
}

/// The line of a file, by its 1-based number.
pub(super) fn line<'t>(document: &Document<'t>, file: &str, number: usize) -> anyhow::Result<&'t str> {
    let count = document.lines().len();
    let line = number.checked_sub(1).and_then(|index| document.lines().get(index));
    let line = line.with_context(|| format!("{file}: no line {number}; it has {count}"))?;
    Ok(document.text(line))
}

/// A file's text and title, as `clean` reads them.
pub(super) fn read(file: &Path) -> anyhow::Result<InputRecord> {
    let opened = OpenedInput::open(&Input::from_path(file), &Arc::new(Reading::default()))?;
    if opened.format.has_fields {
        anyhow::bail!("{}: {}; --line reads text", file.shown(), opened.format.title);
    }
    let batch = opened.reader()?.next_batch()?;
    let record = batch.into_iter().flat_map(|batch| batch.entries()).find_map(|entry| match entry {
        Entry::Record(record) => Some(Ok(record)),
        Entry::Faulty(failure) => Some(Err(anyhow::anyhow!(failure.message))),
        Entry::Notice(_) | Entry::Verbatim(_) => None,
    });
    record.with_context(|| format!("{}: holds no text", file.shown()))?
}

/// The line, the steps in which policies changed what becomes of it, and what became of it.
fn account(
    cleaner: &Cleaner,
    text: &str,
    line: &str,
    number: usize,
    title: Option<&str>,
    exceptions: &Exceptions,
) -> String {
    let cleaned = cleaner.clean_with(text, title, exceptions);
    let mut account = format!("line {number}: {}\n", visible(line));
    for step in cleaner.history_with(text, title, exceptions).iter().filter(|step| step.line == number) {
        let goes = if step.goes.is_empty() { "it stays".into() } else { step.goes.join(", ") };
        let _ = writeln!(account, "  round {}  {:<17} {goes}", step.round, step.policy);
    }
    let removal = cleaned.removals.iter().find(|removal| removal.line == number);
    account + &removal.map_or_else(|| stays(exceptions.keeps(line)).into(), removed)
}

fn stays(is_kept: bool) -> &'static str {
    if is_kept {
        "The line stays. An exception keeps it: see qingwen explain guard/kept.\n"
    } else {
        "The line stays.\n"
    }
}

/// Why a line went, and how to keep it.
fn removed(removal: &Removal) -> String {
    let Removal { rule, category, .. } = removal;
    let mut account = format!("Removed by {rule}{}.\n", evidence(&removal.evidence));
    if let crate::clean::Evidence::Model { features, .. } = &removal.evidence {
        features.iter().for_each(|feature| account += &format!("  {}\n", visible(feature)));
    }
    account
        + &format!(
            "To keep such lines: --keep {rule}, or --keep {category} for the whole category. See qingwen explain {rule}.\n"
        )
}
