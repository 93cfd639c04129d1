//! `qingwen diff`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};

use similar::{ChangeTag, TextDiff};

use super::Outcome;
use super::args::DiffArgs;
use super::articles;
use super::articles::{Article, Outputs, Task};
use crate::report::{Summary, terminal};
use crate::{clean::Cleaned, clean::Cleaner, clean::Removal};

/// Unchanged lines shown around a change.
const CONTEXT: usize = 2;

pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Outcome> {
    let view = View::of(args);
    let mut diffing =
        Diffing { cleaner: args.cleaning.cleaner()?, view, found: false, summary: Summary::default() };
    let outcome = articles::run(&args.input, &Outputs::nowhere(), &mut diffing)?;
    let found = diffing.found;
    diffing.finish()?;
    Ok(Outcome { found, ..outcome })
}

struct Diffing {
    cleaner: Cleaner,
    view: View,
    /// An article differs.
    found: bool,
    summary: Summary,
}

/// In which form differences are shown.
enum View {
    /// A unified diff, byte for byte: `patch` applies it. Nothing passes through a stream that drops colours:
    /// it would drop the articles' own control characters too.
    Patch(io::Stdout),
    /// For reading: on a terminal, or wherever colour is asked for.
    Readable(anstream::AutoStream<io::Stdout>),
}

impl View {
    fn of(args: &DiffArgs) -> Self {
        let stream = anstream::AutoStream::new(io::stdout(), args.color.color.into());
        let colored = stream.current_choice() != anstream::ColorChoice::Never;
        if colored || io::stdout().is_terminal() { View::Readable(stream) } else { View::Patch(io::stdout()) }
    }
}

impl Task for Diffing {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        self.summary.add(article.text.len(), &cleaned);
        if cleaned.text != article.text {
            self.found = true;
            match &mut self.view {
                View::Patch(stream) => {
                    stream.write_all(unified(article.name, article.text, &cleaned).as_bytes())?
                }
                View::Readable(stream) => terminal::diff(stream, article.name, article.text, &cleaned)?,
            }
        }
        Ok(Cow::Borrowed(article.text))
    }
}

impl Diffing {
    fn finish(self) -> anyhow::Result<()> {
        match self.view {
            View::Patch(mut stream) => stream.flush()?,
            View::Readable(mut stream) => {
                if self.found {
                    terminal::rules(&mut stream, &self.summary)?;
                    terminal::closing_line(&mut stream, &self.summary)?;
                }
                stream.flush()?;
            }
        }
        Ok(())
    }
}

/// A unified diff. Behind the line numbers of a hunk stand the rules that removed lines in it, where other
/// programs put the name of a function.
fn unified(name: &str, source: &str, cleaned: &Cleaned) -> String {
    // A line ends at a line feed, as everywhere else; a lone carriage return is a part of it.
    let (before, after) = (lines(source), lines(&cleaned.text));
    let diff = TextDiff::from_slices(&before, &after);
    let mut text = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let old = hunk.ops().iter().map(|op| op.old_range());
        let old = old.reduce(|all, range| all.start..range.end).unwrap_or_default();
        let within = |removal: &&Removal| old.contains(&removal.line.saturating_sub(1));
        let rules: BTreeSet<_> = cleaned.removals.iter().filter(within).map(|removal| removal.rule).collect();
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
