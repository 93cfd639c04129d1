//! `qingwen check`.

use super::super::args::CheckArgs;
use super::super::cleaners::Cleaners;
use super::super::destination::Destination;
use super::super::run::{RunPlan, run};
use super::super::settings::ConfiguredCommand;
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::report::{findings, of_title};

pub(in crate::cli) fn command(args: &CheckArgs, configuration: &ConfiguredCommand) -> anyhow::Result<Ending> {
    let cleaners = Cleaners::new(&args.cleaning, configuration, |builder| builder)?;
    let job = Check { cleaners, quiet: args.quiet };
    let sinks = sinks::Sinks::begin()
        .knowing(job.cleaners.rules())
        .with(sinks::of_check(args)?)
        .with_closing_line(args.fix && !args.quiet);
    let plan = RunPlan::new(&args.input, &[])?
        .titled(&args.title)?
        .with_sources(&args.source)
        .with_exceptions()
        .quiet(args.quiet);
    match args.fix {
        true => run(&plan.fixing(), &job, Destination::in_place(), sinks),
        false => run(&plan, &job, Destination::nowhere(), sinks),
    }
}

/// Finds the changes that cleaning makes.
struct Check {
    cleaners: Cleaners,
    quiet: bool,
}

impl Job for Check {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaners.clean(article);
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
