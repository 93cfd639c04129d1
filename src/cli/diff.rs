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
    let mut diffing = Diffing { cleaner: args.cleaning.cleaner()?, stream, found: false };
    let outcome = articles::run(&args.input, &Outputs::nowhere(), &mut diffing)?;
    diffing.stream.flush()?;
    Ok(Outcome { found: diffing.found, ..outcome })
}

struct Diffing {
    cleaner: Cleaner,
    stream: anstream::AutoStream<io::Stdout>,
    found: bool,
}

impl Task for Diffing {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        if cleaned.text != article.text {
            self.found = true;
            self.stream.write_all(unified(article.name, article.text, &cleaned.text).as_bytes())?;
        }
        Ok(Cow::Borrowed(article.text))
    }
}

/// A unified diff in colour, which `patch` applies once the colours are gone.
fn unified(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let bold = Style::new().bold();
    let mut text = format!("{bold}--- {name}\n+++ {name}{bold:#}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let cyan = AnsiColor::Cyan.on_default();
        text.push_str(&format!("{cyan}{}{cyan:#}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, style) = sign(change.tag());
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

fn sign(tag: ChangeTag) -> (char, Style) {
    match tag {
        ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
        ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
        ChangeTag::Equal => (' ', Style::new()),
    }
}
