//! `qingwen corpus dedup`. It reads the inputs two or three times, so that memory holds signatures and not articles: once
//! for the signatures (`signing`), once for the articles that may be copies (`comparing`), and once to write what is left
//! (`writing`).

mod comparing;
mod reading;
mod report;
mod signing;
mod writing;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use anyhow::ensure;

use super::Ending;
use super::args::{DedupArgs, KeepArg};
use super::run::{RunPlan, copy_standard_input};
use super::sinks::{dedup_report, refuse_shared};
use crate::corpus::{Comparison, Duplicate, Keep};
pub(super) use reading::{ArticleReading, Articles, ComparedTexts};
pub(super) use report::DedupReport;
use signing::Signed;

pub(super) fn command(args: &DedupArgs) -> anyhow::Result<Ending> {
    let started = Instant::now();
    let keep = keep(args)?;
    let beside = [("--report", args.report.as_deref())];
    refuse_shared(&args.input.paths, args.output.as_deref(), &beside)?;
    let report = DedupReport { output: dedup_report(args)?, started };
    let written: Vec<_> = args.output.iter().chain(&args.report).map(|path| path.as_path()).collect();
    let mut plan = RunPlan::new(&args.input, &written)?.dated(args.date_field.as_deref()).quiet(args.quiet);
    let _copy = copy_standard_input(&mut plan)?;
    let texts = ComparedTexts::of(args.cleaned);
    let (Signed { articles, collection }, mut ending) = signing::sign(&plan, &texts)?;
    let articles = Arc::new(articles);
    if ending.interrupted {
        return Ok(ending);
    }
    let plan = plan.again();
    let comparison = Comparison::new(collection, args.comparison.thresholds());
    let Some(duplicates) = comparing::duplicates(&plan, &texts, &articles, comparison, keep)? else {
        return Ok(Ending { interrupted: true, ..ending });
    };
    if let Some(path) = &args.output {
        let left_out = duplicates.iter().map(|duplicate| duplicate.article).collect::<HashSet<_>>();
        let written = writing::write(&plan.leaving_out(left_out), &articles, path)?;
        ending.interrupted |= written.interrupted;
    }
    if !ending.interrupted {
        report.finish(&articles, &duplicates, args.quiet)?;
    }
    Ok(ending)
}

/// Which of several copies stays.
fn keep(args: &DedupArgs) -> anyhow::Result<Keep> {
    let is_newest = args.comparison.keep == KeepArg::Newest;
    ensure!(!is_newest || args.date_field.is_some(), "--keep newest needs --date-field");
    ensure!(is_newest || args.date_field.is_none(), "--date-field is for --keep newest");
    args.comparison.keep()
}
