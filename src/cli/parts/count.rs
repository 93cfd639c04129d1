//! `qingwen corpus count`: what `corpus learn` needs to know of each page.

use super::super::Ending;
use super::super::args::CountArgs;
use super::super::jobs::{Article, Job, Outcome};
use super::super::learn::Learned;
use super::super::run::RunPlan;
use super::program;
use super::table_sink::{refuse_shared_table, write};
use crate::corpus::{CountedRow, PageCounter};

pub(in crate::cli) fn command(args: &CountArgs) -> anyhow::Result<Ending> {
    refuse_shared_table(&args.output, &args.input.paths)?;
    let plan = RunPlan::new(&args.input, &[&args.output.output])?
        .titled(&args.title)?
        .with_sources(&args.source)
        .shown(&args.output.reading)
        .phase("counted")
        .quiet(args.output.quiet);
    let job = CountPages { counter: PageCounter::default() };
    write::<CountedRow>(&plan, &job, &args.output, &[program()], "counted")
}

/// Counts the lines of pages.
struct CountPages {
    counter: PageCounter,
}

impl Job for CountPages {
    fn process(&self, article: &Article) -> Outcome {
        let page = self.counter.count(article.publisher, article.text, article.title);
        Outcome { learned: Some(Learned::Page(page)), ..Outcome::default() }
    }
}
