//! `qingwen check`.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Outcome;
use super::args::CheckArgs;
use super::articles;
use super::articles::{Article, Outputs, Task};
use crate::{clean::BYTE_ORDER_MARK, clean::Cleaned, clean::Cleaner, clean::Rewrite};

pub(super) fn run(args: &CheckArgs) -> anyhow::Result<Outcome> {
    let mut checking = Checking { cleaner: args.cleaning.cleaner()?, quiet: args.quiet, found: false };
    let outcome = articles::run(&args.input, &Outputs::nowhere(), &mut checking)?;
    Ok(Outcome { found: checking.found, ..outcome })
}

struct Checking {
    cleaner: Cleaner,
    quiet: bool,
    found: bool,
}

impl Task for Checking {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        self.found |= cleaned.text != article.text;
        if !self.quiet {
            io::stdout().lock().write_all(findings(article.name, &cleaned, article.text).as_bytes())?;
        }
        Ok(Cow::Borrowed(article.text))
    }
}

/// `file:line: rule: text`, in the order of lines.
fn findings(name: &str, cleaned: &Cleaned, source: &str) -> String {
    let removals =
        cleaned.removals.iter().map(|removal| (removal.line, removal.rule.to_owned(), removal.text.as_str()));
    let rewrites = cleaned
        .rewrites
        .iter()
        .map(|rewrite| (rewrite.line, reason(rewrite, cleaned), rewrite.span.of(source)));
    let mark = cleaned.removed.iter().filter(|removed| removed.rule == BYTE_ORDER_MARK);
    let mark = mark.map(|removed| (1, removed.rule.to_owned(), "U+FEFF"));
    let mut findings: Vec<_> = mark.chain(removals).chain(rewrites).collect();
    findings.sort_unstable();
    let lines =
        findings.into_iter().map(|(line, rule, text)| format!("{name}:{line}: {rule}: {}\n", text.trim()));
    lines.collect()
}

/// What changed the line, in the order in which it was done.
fn reason(rewrite: &Rewrite, cleaned: &Cleaned) -> String {
    let first = cleaned.replacements.partition_point(|replacement| replacement.line < rewrite.line);
    let of_line =
        || cleaned.replacements.iter().skip(first).take_while(|replacement| replacement.line == rewrite.line);
    let replaced = |rule| of_line().any(|replacement| replacement.rule == rule);
    let reasons = [
        ("entity", replaced("entity")),
        ("radical", replaced("radical")),
        ("script", rewrite.converted),
        ("punctuation", rewrite.mended),
    ];
    let reasons: Vec<_> = reasons.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name).collect();
    reasons.join(", ")
}
