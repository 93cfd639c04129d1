//! `qingwen diff`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use super::super::Ending;
use super::super::args::DiffArgs;
use super::super::cleaners::Cleaners;
use super::super::destination::Destination;
use super::super::run::{RunPlan, run};
use super::super::settings::ConfiguredCommand;
use super::super::sinks::{self, DiffView};
use super::{Article, Job, Outcome};
use crate::clean::{Cleaned, Removal};
use crate::report::terminal;

/// Number of unchanged lines shown around a change.
const CONTEXT: usize = 2;

pub(in crate::cli) fn command(args: &DiffArgs, configuration: &ConfiguredCommand) -> anyhow::Result<Ending> {
    let view = DiffView::of(args);
    let folder = std::env::current_dir().unwrap_or_default();
    let cleaners = Cleaners::new(&args.cleaning, configuration, |builder| builder)?;
    let job = Diff { cleaners, view, folder, names_files: args.input.may_be_several() };
    let sinks = sinks::Sinks::begin().knowing(job.cleaners.rules()).with(sinks::of_diff(args, view));
    let plan = RunPlan::new(&args.input, &[])?
        .titled(&args.title)?
        .with_sources(&args.source)
        .with_exceptions()
        .quiet(args.quiet);
    run(&plan, &job, Destination::nowhere(), sinks)
}

/// Shows the changes that cleaning would make.
struct Diff {
    cleaners: Cleaners,
    view: DiffView,
    /// The working folder.
    folder: PathBuf,
    /// Whether headers name the file of a record.
    names_files: bool,
}

impl Job for Diff {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaners.clean(article);
        let found = cleaned.text != article.text;
        let shown = if found { self.shown(article, &cleaned) } else { Vec::new() };
        Outcome { cleaned: Some(cleaned), shown, found, ..Outcome::default() }
    }
}

impl Diff {
    fn shown(&self, article: &Article, cleaned: &Cleaned) -> Vec<u8> {
        let mut shown = Vec::new();
        let file = article.path.filter(|_| self.names_files).map(|path| path.display().to_string());
        let name = sinks::within_file(article.name, file.as_deref().unwrap_or_default());
        let name = if article.is_page { format!("{name} (text of the page)") } else { name.into_owned() };
        match self.view {
            DiffView::Patch => {
                let name = header_name(&name, &self.folder);
                shown = unified(&name, article.text, cleaned).into_bytes();
            }
            // Writing to memory does not fail.
            DiffView::Readable => {
                let _ = terminal::diff(&mut shown, &name, article.text, cleaned);
            }
        }
        shown
    }
}

/// The name of a file in a header, as `patch -p0` and `git apply -p0` read it: they refuse absolute names, git refuses names
/// that begin with `./`, a blank ends a name unless a tab stands behind it, and names with quotes and control characters
/// stand between quotes.
fn header_name(name: &str, folder: &Path) -> String {
    let path = Path::new(name);
    let relative = path.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or(name);
    let relative = relative.trim_start_matches("./").trim_start_matches('/');
    let is_special = |c: char| c.is_ascii_control() || matches!(c, '"' | '\\');
    match relative {
        name if name.contains(is_special) => {
            name.chars().fold("\"".to_owned(), |all, c| all + &escaped(c)) + "\""
        }
        name if name.contains(' ') => format!("{name}\t"),
        name => name.to_owned(),
    }
}

/// A character of a name between quotes.
fn escaped(character: char) -> String {
    match character {
        '"' | '\\' => format!("\\{character}"),
        control if control.is_ascii_control() => format!("\\{:03o}", u32::from(control)),
        other => other.to_string(),
    }
}

/// A unified diff. The line numbers of a hunk are followed by the rules that removed lines in it, where other programs
/// put the name of a function.
fn unified(name: &str, source: &str, cleaned: &Cleaned) -> String {
    // A line ends at a line feed, as everywhere else. A single carriage return is part of the line.
    let (before, after) = (lines(source), lines(&cleaned.text));
    let diff = TextDiff::from_slices(&before, &after);
    let mut text = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let old = hunk.ops().iter().map(|op| op.old_range());
        let old = old.reduce(|all, range| all.start..range.end).unwrap_or_default();
        let within = |removal: &&Removal| old.contains(&removal.line.saturating_sub(1));
        let rules: BTreeSet<_> =
            cleaned.removals.iter().filter(within).map(|removal| removal.rule.as_ref()).collect();
        let rules: String = rules.into_iter().map(|rule| format!(" {rule}")).collect();
        text.push_str(&format!("{}{rules}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let line = change.value();
            let content = line.strip_suffix('\n').unwrap_or(line);
            text.push_str(&format!("{}{content}\n", sign(change.tag())));
            if content.len() == line.len() {
                text.push_str("\\ No newline at end of file\n");
            }
        }
    }
    text
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn sign(tag: ChangeTag) -> char {
    match tag {
        ChangeTag::Delete => '-',
        ChangeTag::Insert => '+',
        ChangeTag::Equal => ' ',
    }
}
