//! Runs a job over inputs: reader → workers → writer and sinks. The results are in the order of the input, whatever the
//! number of threads.
//!
//! One thread reads, and finds where records end (`source`). Workers parse the records and do the job with each
//! (`work`). One thread takes the results in order and passes them to writer and sinks (`delivery`). With one thread
//! the same code does all of this in turn. Memory is bounded: each worker has one unit of work, and at most two units
//! wait.

mod copied;
mod delivery;
mod folders;
mod ids;
mod plan;
mod recoding;
mod source;
mod stream;
mod work;

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

pub(super) use copied::copy_standard_input;
pub(super) use plan::RunPlan;

use super::args::ProgressForm;
use super::destination::{Destination, ResultPlace};
use super::interrupt;
use super::jobs::Job;
use super::journal::{Journal, Point, Position};
use super::progress::{Counters, Progress};
use super::sinks::Sinks;
use super::{Ending, complain, is_closed_pipe};
use crate::Converter;
use crate::io::{Input, OpenedInput, in_order};
use delivery::Delivery;
use source::InputSource;
use stream::{Sizes, Stopped};

/// Does a job with all articles. Returns whether any article could not be processed, and whether any has what the
/// command looks for.
///
/// # Errors
/// If something cannot be written.
pub(super) fn run(
    plan: &RunPlan,
    job: &dyn Job,
    destination: Destination,
    sinks: Sinks,
) -> anyhow::Result<Ending> {
    interrupt::listen();
    interrupt::waits_for_input(plan.inputs.iter().any(|selected| selected.input == Input::Standard));
    let in_place = destination.is_in_place();
    tell_if_it_waits(plan);
    let opened = destination.open()?;
    let (journal, points) = begin_journal(plan, destination)?;
    let counters = Counters { read: Arc::clone(&plan.reading.read), ..Counters::default() };
    let mut delivery = Delivery::new(plan, opened, sinks, journal, counters.clone());
    let progress = (plan.progress != ProgressForm::None)
        .then(|| Progress::show(plan.progress, plan.bytes(), &counters, plan.phase));
    let from = delivery.resume(points)?;
    let processed = process_all(plan, job, in_place, from, &mut delivery);
    drop(progress);
    let closed = delivery.ending_if_closed();
    let ended = processed.and_then(|()| match interrupt::heeded() {
        true => delivery.interrupted(),
        false => delivery.finish(),
    });
    ended.or_else(|error| if is_closed_pipe(&error) { closed } else { Err(error) })
}

/// Does the job with all articles from a position on.
fn process_all(
    plan: &RunPlan,
    job: &dyn Job,
    in_place: bool,
    from: Position,
    delivery: &mut Delivery,
) -> anyhow::Result<()> {
    delivery.begin_run()?;
    for stretch in plan.stretches(in_place, job.streaming().is_some()) {
        if stretch.end <= from.input || interrupt::requested() {
            continue;
        }
        match job.streaming().filter(|_| plan.may_stream(stretch.start)) {
            Some(converter) => convert(plan, stretch.start, in_place, job, converter, delivery)?,
            None => process(plan, InputSource::new(plan, stretch, in_place).from(from), job, delivery)?,
        }
    }
    Ok(())
}

/// Tells a person that the command waits for input, if that is not obvious.
fn tell_if_it_waits(plan: &RunPlan) {
    if plan.waits_for_terminal() {
        complain("reads standard input, because no file is named; Ctrl-D ends it");
    }
}

/// Begins the journal, and finds the points of the run that this one goes on with.
fn begin_journal(plan: &RunPlan, destination: Destination) -> anyhow::Result<(Option<Journal>, Vec<Point>)> {
    let Destination { target, journal: Some(mut journal) } = destination else {
        return Ok((None, Vec::new()));
    };
    let in_place = matches!(target, ResultPlace::InPlace { .. });
    let points = journal.begin(plan.fingerprint(in_place), plan.exceptions())?;
    if matches!(target, ResultPlace::Folder(_)) {
        journal.claim()?;
    }
    Ok((Some(journal), points))
}

/// The number of threads besides the reading thread and the writing thread. With one thread, that thread does
/// everything.
fn workers(threads: usize) -> usize {
    if threads > 1 { threads } else { 0 }
}

/// Does the job with all articles of some inputs.
fn process(
    plan: &RunPlan,
    mut source: InputSource,
    job: &dyn Job,
    delivery: &mut Delivery,
) -> anyhow::Result<()> {
    let mut delivered = Ok(());
    let sink = |unit| {
        delivered = delivery.unit(unit);
        let goes_on = delivered.is_ok() && !interrupt::requested();
        if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let worker = || |unit| work::process(unit, plan, job);
    in_order(workers(plan.threads), plan.flush, || source.next_unit(), worker, sink);
    delivered
}

/// Converts an input piece by piece, if it is one text. If reading fails, the text before that place has been written.
fn convert(
    plan: &RunPlan,
    index: usize,
    in_place: bool,
    job: &dyn Job,
    converter: &Converter,
    delivery: &mut Delivery,
) -> anyhow::Result<()> {
    if let Some(failure) = plan.refusal(index, in_place) {
        return delivery.failed(&failure);
    }
    let opened = match OpenedInput::open(&plan.inputs[index].input, &plan.reading) {
        Err(error) => return delivery.unreadable(index, &plan.failure(index, &error)),
        Ok(opened) => opened,
    };
    if let Some(failure) = plan.misfit(index, &opened, in_place) {
        return delivery.unreadable(index, &failure);
    }
    // Mending and other encodings need a text as a whole.
    if !opened.format.is_one_text || plan.output_encoding.is_some() || plan.reading.repair_mojibake {
        return process(plan, InputSource::of_opened(plan, index, in_place, opened), job, delivery);
    }
    let stamp = plan.inputs[index].input.stamp();
    delivery.begin(index)?;
    delivery.opened(opened.format, opened.compression);
    let notices = opened.notices.clone();
    let mut nowhere = io::sink();
    let out = delivery.stream().unwrap_or(&mut nowhere);
    let converted = stream::convert(plan.threads, converter, opened.text(), out);
    notices.take().into_iter().try_for_each(|notice| delivery.notice(notice))?;
    match converted {
        Err(Stopped::Writing(error)) => return Err(delivery::unwritable(error)),
        Err(Stopped::Reading(error)) => {
            delivery.failed(&plan.failure(index, &plan.inputs[index].input.error(error)))?;
        }
        Ok(Sizes { read, written }) => delivery.converted(read, written),
    }
    if let Some(failure) = plan.changed(index, stamp) {
        delivery.failed(&failure)?;
    }
    delivery.has_read(stamp.map_or(0, |stamp| stamp.length));
    delivery.end()?;
    delivery.point_if_due()
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use clap::Parser;

    use super::super::args::{Cli, Command};
    use super::super::jobs::{Article, Outcome};
    use super::*;

    /// Panics at one article.
    struct Panics;

    impl Job for Panics {
        fn process(&self, article: &Article) -> Outcome {
            assert!(article.name != "900", "a panic that this test asks for");
            Outcome::default()
        }
    }

    /// A run in which a worker panics leaves nothing that looks complete.
    #[test]
    fn a_panic_in_a_worker_ends_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
        let record = |id| format!("{{\"id\":{id},\"text\":\"{}\"}}\n", "甲".repeat(100));
        std::fs::write(&input, (0..2000).map(record).collect::<String>()).unwrap();
        let (input, output) = (input.to_str().unwrap(), output.to_str().unwrap());
        for threads in ["1", "3"] {
            let line = ["qingwen", "convert", "--to", "hans", input, "-o", output, "--threads", threads];
            let Command::Convert(args) = Cli::parse_from(line).command else { panic!() };
            let plan = RunPlan::new(&args.input, &[]).unwrap();
            let destination = Destination::of(&args.output, &args.input.paths, None).unwrap();
            let ended = catch_unwind(AssertUnwindSafe(|| run(&plan, &Panics, destination, Sinks::begin())));
            assert!(ended.is_err(), "{threads} threads");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "{threads} threads");
        }
    }
}
