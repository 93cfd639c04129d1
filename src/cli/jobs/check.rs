//! `qingwen check`.

use super::super::args::CheckArgs;
use super::super::destination::Destination;
use super::super::run::{Plan, run};
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::Cleaner;
use crate::report::findings;

pub(in crate::cli) fn command(args: &CheckArgs) -> anyhow::Result<Ending> {
    let job = Check { cleaner: args.cleaning.cleaner()?, quiet: args.quiet };
    let sinks = sinks::Sinks::begin().with(sinks::of_check(args)?);
    let plan = Plan::new(&args.input).quiet(args.quiet);
    match args.fix {
        true => run(&plan.fixing(), &job, Destination::InPlace, sinks),
        false => run(&plan, &job, Destination::Nowhere, sinks),
    }
}

/// Finds the changes that cleaning makes.
struct Check {
    cleaner: Cleaner,
    quiet: bool,
}

impl Job for Check {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaner.clean_titled(article.text, article.title);
        let findings = if self.quiet { Vec::new() } else { findings(article.text, &cleaned) };
        let found = cleaned.text != article.text;
        Outcome { found, findings, cleaned: Some(cleaned), ..Outcome::default() }
    }
}
