//! `qingwen check`.

use super::super::args::CheckArgs;
use super::super::destination::Destination;
use super::super::run::{Plan, run};
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::Cleaner;
use crate::report::{findings, of_title};

pub(in crate::cli) fn command(args: &CheckArgs) -> anyhow::Result<Ending> {
    let job = Check { cleaner: args.cleaning.cleaner()?, quiet: args.quiet };
    let sinks = sinks::Sinks::begin().with(sinks::of_check(args)?);
    let plan = Plan::new(&args.input, &[])?.titled(&args.title)?.quiet(args.quiet);
    match args.fix {
        true => run(&plan.fixing(), &job, Destination::in_place(), sinks),
        false => run(&plan, &job, Destination::nowhere(), sinks),
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
        let title = article.title.filter(|_| article.has_title_field);
        let of_title = title.and_then(|title| of_title(title, &cleaned));
        let found = cleaned.text != article.text || of_title.is_some();
        let findings = match self.quiet {
            true => Vec::new(),
            false => of_title.into_iter().chain(findings(article.text, &cleaned)).collect(),
        };
        Outcome { found, findings, cleaned: Some(cleaned), ..Outcome::default() }
    }
}
