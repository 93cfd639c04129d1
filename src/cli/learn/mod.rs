//! `qingwen corpus learn`, and the learning of `clean --learn`. It reads the inputs twice, so that memory holds counts and
//! not articles: once to count lines (`counting`), and once to see what cleaning does with those that stand on several pages
//! (`learning`).

mod counting;
mod learning;

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;

use super::args::LearnArgs;
use super::memory::Memory;
use super::run::{RunPlan, copy_standard_input};
use super::sinks::{Sink, learned_model, of_reading, refuse_shared};
use super::{Ending, complain};
use crate::corpus::{CorpusModel, CountedPage, LearnThresholds, PageLines, PageReader, PageReading, Review};
use crate::io::{Input, Output, ShownPath};
use crate::report::LearnedSummary;
pub(super) use counting::{CountedPages, SortedPages};

/// What a reading finds of an article.
#[derive(Debug)]
pub(super) enum Learned {
    Lines(PageLines),
    Reading(PageReading),
    Page(CountedPage),
}

/// A model, and the plan by which it was learned.
pub(super) struct LearnedBy<'p> {
    pub model: CorpusModel,
    pub plan: RunPlan<'p>,
}

pub(super) fn command(args: &LearnArgs) -> anyhow::Result<Ending> {
    let beside = [
        ("--review", args.review.as_deref()),
        ("--output", Some(args.output.as_path())),
        ("--rejects", args.reading.rejects.as_deref()),
    ];
    refuse_shared(&args.input.paths, None, &beside)?;
    let file = ModelFile::open(&args.output, args.review.as_deref(), args.force)?;
    let mut plan = RunPlan::new(&args.input, &[&args.output])?
        .titled(&args.title)?
        .with_sources(&args.source)
        .shown(&args.reading)
        .quiet(args.quiet);
    let memory = Memory::of(&args.memory, args.input.threads.count())?;
    let _copy = copy_standard_input(&mut plan, args.memory.temp_dir.as_deref())?;
    if let Some(bytes) = plan.bytes().filter(|_| !args.quiet) {
        memory.tell_disk(bytes);
    }
    let rejects = of_reading(&args.reading, args.force)?;
    let (LearnedBy { model, .. }, ending) = model(plan, &memory, rejects)?;
    if ending.interrupted { Ok(ending) } else { file.finish(model, ending, args.quiet) }
}

/// The file of a model, before the model is known.
pub(super) struct ModelFile<'p> {
    path: &'p Path,
    output: Output,
    /// What a reviewer says.
    review: Option<ReviewFile<'p>>,
}

/// A file with a review, and the numbers of the lines that are no decision.
struct ReviewFile<'p> {
    path: &'p Path,
    review: Review,
    faults: Vec<usize>,
}

impl<'p> ModelFile<'p> {
    /// Opens the file, and reads the review.
    ///
    /// # Errors
    /// If the review cannot be read, or the file cannot be created.
    pub fn open(path: &'p Path, review: Option<&'p Path>, force: bool) -> anyhow::Result<Self> {
        let review = review.map(ReviewFile::read).transpose()?;
        Ok(Self { path, output: learned_model(path, force)?, review })
    }

    /// Follows the review, writes the model, and prints the closing line.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn finish(self, mut model: CorpusModel, mut ending: Ending, quiet: bool) -> anyhow::Result<Ending> {
        if let Some(review) = self.review {
            ending.failed |= review.follow(&mut model);
        }
        write(&model, self.output, ending.failed)
            .with_context(|| format!("{}: cannot be written", self.path.shown()))?;
        if !quiet {
            writeln!(anstream::stderr(), "{}", LearnedSummary::of(&model))?;
        }
        Ok(ending)
    }
}

impl<'p> ReviewFile<'p> {
    fn read(path: &'p Path) -> anyhow::Result<Self> {
        let (review, faults) = Review::parse(&Input::from_path(path).read_text()?);
        Ok(Self { path, review, faults })
    }

    /// Follows the review, and names the lines of it that cannot be followed. Returns whether there are any.
    fn follow(&self, model: &mut CorpusModel) -> bool {
        let name = self.path.shown();
        for number in &self.faults {
            complain(&format!("{name}:{number}: begins with neither + nor -, or names no line"));
        }
        let unknown = model.review(&self.review);
        for number in &unknown {
            complain(&format!("{name}:{number}: the model has no such line"));
        }
        !self.faults.is_empty() || !unknown.is_empty()
    }
}

/// Learns from all articles of a plan. The sinks beside get what could not be read.
///
/// # Errors
/// If the inputs cannot be read twice.
pub(super) fn model<'p>(
    plan: RunPlan<'p>,
    memory: &Arc<Memory>,
    beside: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(LearnedBy<'p>, Ending)> {
    let plan = plan.phase("counted");
    let (CountedPages { counts, repeated }, mut ending) = counting::count(&plan, memory, beside)?;
    let plan = plan.again().phase("learned from");
    if ending.interrupted {
        return Ok((LearnedBy { model: CorpusModel::default(), plan }, ending));
    }
    let reader = PageReader::new(counts, LearnThresholds::default());
    let (learner, second) = learning::learn(&plan, &reader, repeated)?;
    ending.interrupted = second.interrupted;
    Ok((LearnedBy { model: learner.finish(&reader), plan }, ending))
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
