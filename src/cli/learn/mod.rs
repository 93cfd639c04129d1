//! `qingwen corpus learn`, and the learning of `clean --learn`. It reads the inputs twice, so that memory holds counts and
//! not articles: once to count lines (`counting`), and once to see what cleaning does with those that stand on many pages
//! (`learning`).

mod counting;
mod learning;

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::args::LearnArgs;
use super::run::{RunPlan, copy_standard_input};
use super::sinks::{learned_model, refuse_shared};
use super::{Ending, complain};
use crate::corpus::{CorpusModel, LearnThresholds, PageLines, PageReader, PageReading, Review};
use crate::io::{Input, Output};
use crate::report::LearnedSummary;

/// What a reading finds of an article.
#[derive(Debug)]
pub(super) enum Learned {
    Lines(PageLines),
    Reading(PageReading),
}

/// A model, and the plan by which it was learned.
pub(super) struct LearnedBy<'p> {
    pub model: CorpusModel,
    pub plan: RunPlan<'p>,
}

pub(super) fn command(args: &LearnArgs) -> anyhow::Result<Ending> {
    let beside = [("--review", args.review.as_deref()), ("--output", Some(args.output.as_path()))];
    refuse_shared(&args.input.paths, None, &beside)?;
    let review = args.review.as_deref().map(review).transpose()?;
    let output = learned_model(args)?;
    let mut plan = RunPlan::new(&args.input, &[&args.output])?
        .titled(&args.title)?
        .with_sources(&args.source)
        .quiet(args.quiet);
    let _copy = copy_standard_input(&mut plan)?;
    let (LearnedBy { mut model, .. }, mut ending) = model(plan)?;
    if ending.interrupted {
        return Ok(ending);
    }
    if let Some((path, review, faults)) = review {
        ending.failed |= follow(&mut model, path, &review, &faults);
    }
    write(&model, output, ending.failed)
        .with_context(|| format!("{}: cannot be written", args.output.display()))?;
    if !args.quiet {
        writeln!(anstream::stderr(), "{}", LearnedSummary::of(&model))?;
    }
    Ok(ending)
}

/// Learns from all articles of a plan.
///
/// # Errors
/// If the inputs cannot be read twice.
pub(super) fn model(plan: RunPlan) -> anyhow::Result<(LearnedBy, Ending)> {
    let (counts, mut ending) = counting::count(&plan)?;
    let plan = plan.again();
    if ending.interrupted {
        return Ok((LearnedBy { model: CorpusModel::default(), plan }, ending));
    }
    let reader = PageReader::new(counts, LearnThresholds::default());
    let (learner, second) = learning::learn(&plan, &reader)?;
    ending.interrupted = second.interrupted;
    Ok((LearnedBy { model: learner.finish(&reader), plan }, ending))
}

/// The review in a file, and the numbers of the lines that are no decision.
fn review(path: &Path) -> anyhow::Result<(&Path, Review, Vec<usize>)> {
    let (review, faults) = Review::parse(&Input::from_path(path).read_text()?);
    Ok((path, review, faults))
}

/// Follows a review, and names the lines of it that cannot be followed. Returns whether there are any.
fn follow(model: &mut CorpusModel, path: &Path, review: &Review, faults: &[usize]) -> bool {
    let name = path.display();
    for number in faults {
        complain(&format!("{name}:{number}: begins with neither + nor -, or names no line"));
    }
    let unknown = model.review(review);
    for number in &unknown {
        complain(&format!("{name}:{number}: the model has no such line"));
    }
    !faults.is_empty() || !unknown.is_empty()
}

/// Writes a model. Where nothing could be read, an existing file is worth more than an empty model.
fn write(model: &CorpusModel, mut output: Output, has_failed: bool) -> std::io::Result<()> {
    if has_failed && model.sources().next().is_none() {
        output.discard();
        return Ok(());
    }
    output.write_all(model.to_text().as_bytes())?;
    output.finish()
}
