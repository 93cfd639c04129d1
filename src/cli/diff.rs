//! `qingwen diff`.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};

use super::Outcome;
use super::args::DiffArgs;
use super::articles::{self, Article, Outputs, Task};
use crate::Cleaner;

/// Unchanged lines shown around a change.
const CONTEXT: usize = 2;

pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Outcome> {
    let stream = anstream::AutoStream::new(io::stdout(), args.color.color.into());
    // Without colour nothing passes through that stream: it would drop the articles' own control characters,
    // and `patch` would not find the lines.
    let colored = stream.current_choice() != anstream::ColorChoice::Never;
    let stream: Box<dyn Write> = if colored { Box::new(stream) } else { Box::new(io::stdout()) };
    let mut diffing = Diffing { cleaner: args.cleaning.cleaner()?, stream, colored, found: false };
    let outcome = articles::run(&args.input, &Outputs::nowhere(), &mut diffing)?;
    diffing.stream.flush()?;
    Ok(Outcome { found: diffing.found, ..outcome })
}

struct Diffing {
    cleaner: Cleaner,
    stream: Box<dyn Write>,
    colored: bool,
    found: bool,
}

impl Task for Diffing {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        if cleaned.text != article.text {
            self.found = true;
            let diff = unified(article.name, article.text, &cleaned.text, self.colored);
            self.stream.write_all(diff.as_bytes())?;
        }
        Ok(Cow::Borrowed(article.text))
    }
}

/// A unified diff, which `patch` applies where it is not in colour.
fn unified(name: &str, before: &str, after: &str, colored: bool) -> String {
    // A line ends at a line feed, as everywhere else; a lone carriage return is a part of it.
    let (before, after) = (lines(before), lines(after));
    let diff = TextDiff::from_slices(&before, &after);
    let shown = |style: Style| if colored { style } else { Style::new() };
    let bold = shown(Style::new().bold());
    let mut text = format!("{bold}--- {name}\n+++ {name}{bold:#}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let cyan = shown(AnsiColor::Cyan.on_default());
        text.push_str(&format!("{cyan}{}{cyan:#}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, style) = sign(change.tag());
            let style = shown(style);
            let line = change.value();
            let content = line.strip_suffix('\n').unwrap_or(line);
            text.push_str(&format!("{style}{sign}{content}{style:#}\n"));
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

fn sign(tag: ChangeTag) -> (char, Style) {
    match tag {
        ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
        ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
        ChangeTag::Equal => (' ', Style::new()),
    }
}
