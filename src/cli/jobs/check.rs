//! `qingwen check`.

use super::super::args::CheckArgs;
use super::super::cleaners::Cleaners;
use super::super::destination::Destination;
use super::super::run::{Plan, run};
use super::super::settings::Configuration;
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::{BYTE_ORDER_MARK, Cleaned, Rewrite};
use crate::report::terminal::visible;

pub(in crate::cli) fn command(args: &CheckArgs, configuration: &Configuration) -> anyhow::Result<Ending> {
    let cleaners = Cleaners::new(&args.cleaning, configuration, |builder| builder)?;
    let job = Check { cleaners, quiet: args.quiet };
    let sinks = sinks::Sinks::begin().with(sinks::of_check(args));
    run(
        &Plan::new(&args.input, &[])?.with_exceptions().quiet(args.quiet),
        &job,
        Destination::nowhere(),
        sinks,
    )
}

/// Finds the changes that cleaning would make.
struct Check {
    cleaners: Cleaners,
    quiet: bool,
}

impl Job for Check {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaners.of(article).clean_with(article.text, article.title, article.exceptions);
        let shown = if self.quiet { String::new() } else { findings(article.name, &cleaned, article.text) };
        let found = cleaned.text != article.text;
        Outcome { found, shown: shown.into_bytes(), ..Outcome::default() }
    }
}

/// `file:line: rule: text`, in the order of lines.
fn findings(name: &str, cleaned: &Cleaned, source: &str) -> String {
    let removals = cleaned
        .removals
        .iter()
        .map(|removal| (removal.line, removal.rule.to_string(), removal.text.as_str()));
    let rewrites = cleaned
        .rewrites
        .iter()
        .map(|rewrite| (rewrite.line, reason(rewrite, cleaned), rewrite.span.of(source)));
    let mark = cleaned.removed.iter().filter(|removed| removed.rule == BYTE_ORDER_MARK);
    let mark = mark.map(|removed| (1, removed.rule.to_string(), "U+FEFF"));
    let mut findings: Vec<_> = mark.chain(removals).chain(rewrites).collect();
    findings.sort_unstable();
    let name = visible(name);
    let lines = findings
        .into_iter()
        .map(|(line, rule, text)| format!("{name}:{line}: {rule}: {}\n", visible(text.trim())));
    lines.collect()
}

/// The reasons for the change of a line, in the order of the steps.
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
